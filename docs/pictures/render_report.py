#!/usr/bin/python3
"""Draws the picture of the README: a report in English and in Persian, side by side (python3-selenium, python3-pil).

usage: render_report.py REPORT.html PICTURE.png [NAME]      (NAME: the district to choose on the Persian map)
"""
import io
import os
import pathlib
import sys

from PIL import Image
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

WIDTH, HEIGHT, GAP, SHARE = 1160, 1120, 24, 0.62


def browser():
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for switch in ["--headless=new", "--disable-gpu", "--hide-scrollbars"] + ["--no-sandbox"] * (os.geteuid() == 0):
        options.add_argument(switch)
    return webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)


def picture_of(driver):
    return Image.open(io.BytesIO(driver.get_screenshot_as_png())).convert("RGB")


def choose(driver, name):
    driver.execute_script(
        "const t = amayeshReport.table('units'), at = amayeshReport.columnIndex(t, 'name');"
        "amayeshReport.choose('units', t.rows.findIndex((row) => row[at] === arguments[0]), 'map');",
        name,
    )


def main(page, target, name=None):
    driver = browser()
    try:
        size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        driver.get(pathlib.Path(page).resolve().as_uri())
        driver.execute_async_script("document.fonts.ready.then(arguments[0])")
        pictures = []
        for language, section in (("en", "report"), ("fa", "map")):
            if driver.execute_script("return document.documentElement.lang") != language:
                driver.find_element(By.ID, "language").click()
            if name and section == "map":
                choose(driver, name)
            driver.execute_script(
                "document.getElementById(arguments[0]).scrollIntoView({ behavior: 'instant' })", section
            )
            pictures.append(picture_of(driver))
    finally:
        driver.quit()
    both = Image.new("RGB", (2 * WIDTH + GAP, HEIGHT), "#c9ced3")
    for at, picture in enumerate(pictures):
        both.paste(picture, (at * (WIDTH + GAP), 0))
    small = both.resize((round(both.width * SHARE), round(both.height * SHARE)), Image.LANCZOS)
    small.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(target, optimize=True)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:4])
