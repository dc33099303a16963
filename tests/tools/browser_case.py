"""What the tests of the page share: Chromium without a screen, and a page opened in it. Exit code 77 without them."""

import atexit
import base64
import io
import json
import os
import re
import shutil
import sys

try:
    from PIL import Image
    from selenium import webdriver
    from selenium.webdriver import ActionChains
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.by import By
except ImportError as missing:
    print(f"{missing} (packages python3-selenium, python3-pil)", file=sys.stderr)
    sys.exit(77)

from tool_case import ToolCase

CHROMIUM = shutil.which("chromium")
DRIVER = shutil.which("chromedriver")
if not CHROMIUM or not DRIVER:
    print("no Chromium here (packages chromium, chromium-driver)", file=sys.stderr)
    sys.exit(77)

WIDTH, HEIGHT = 1280, 1000

# A wrong element stands for a wrong page: how the districts are coloured by status, as red, green, blue.
UNMET_RED = (0xD7, 0x30, 0x27)
SERVED_BLUE = (0x74, 0xAD, 0xD1)
QUIET_GREY = (0xF2, 0xF2, 0xF2)


def data_of(page):
    """The data that a page holds, as a browser would read it."""
    text = page.read_text(encoding="utf-8")
    found = re.findall(r'<script type="application/json" id="report-data">(.*?)</script>', text, re.DOTALL)
    assert len(found) == 1, f"{len(found)} elements hold the data"
    return json.loads(found[0])


def table_of(data, name):
    return next(table for table in data["tables"] if table["name"] == name)


def column_of(table, name):
    return next(at for at, column in enumerate(table["columns"]) if column["name"] == name)


class BrowserCase(ToolCase):
    """`self.open(page)` opens a file; after each test the console must have been silent and nothing been asked for."""

    driver = None  # one browser for all tests of a process

    @classmethod
    def setUpClass(cls):
        if BrowserCase.driver is None:
            options = webdriver.ChromeOptions()
            options.binary_location = CHROMIUM
            switches = ["--headless=new", "--disable-gpu", "--hide-scrollbars", f"--window-size={WIDTH},{HEIGHT}"]
            switches += ["--no-first-run", "--disable-background-networking", "--disable-dev-shm-usage", "--lang=en-GB"]
            for switch in switches + (["--no-sandbox"] if os.geteuid() == 0 else []):
                options.add_argument(switch)
            options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
            BrowserCase.driver = webdriver.Chrome(service=Service(DRIVER), options=options)
            atexit.register(BrowserCase.driver.quit)

    def setUp(self):
        super().setUp()
        self.page = self.outputs / "report.html"
        self.expected_on_console = None
        self.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})

    def report(self, *options):
        """Writes the study and its page; returns the data in the page."""
        self.study.write()
        self.assert_done(self.amayesh("report", self.study.path, "-o", self.page, "--overwrite", *options))
        return data_of(self.page)

    def open(self, page=None, width=WIDTH, height=HEIGHT):
        """Opens the page in a window of that size; movements are off so that clicks land."""
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
        )
        self.driver.execute_cdp_cmd(
            "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
        )
        self.driver.get_log("browser")
        self.driver.get_log("performance")
        self.driver.get((page or self.page).as_uri())
        self.script("return document.fonts.ready.then(() => true)")

    def tearDown(self):
        console = [entry["message"] for entry in self.driver.get_log("browser")]
        if self.expected_on_console is None:
            self.assertEqual(console, [])
        self.assertEqual(self.requests_outside(), [])
        super().tearDown()

    def requests_outside(self):
        """Addresses that went out since the page was opened: not its own file, what it holds, or what its policy refused."""
        asked, refused = {}, set()
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                asked[message["params"]["requestId"]] = message["params"]["request"]["url"]
            elif message["method"] == "Network.loadingFailed" and message["params"].get("blockedReason") == "csp":
                refused.add(message["params"]["requestId"])
        urls = [url for request, url in asked.items() if request not in refused]
        return [url for url in urls if not url.startswith(("file://" + str(self.folder), "data:", "about:", "blob:"))]

    # ---- tables

    def cells(self, table):
        """The rows of a table that are in view, each a list of texts without that of the button."""
        return self.script(
            """
            return [...document.querySelectorAll('[data-table="' + arguments[0] + '"] tbody tr')].map((row) =>
              [...row.children].filter((cell) => !cell.classList.contains('place')).map((cell) => cell.textContent.trim()));
            """,
            table,
        )

    def rows_in_view(self, table):
        """Which rows of the data these are."""
        return [int(row.get_attribute("data-row")) for row in self.all(f'[data-table="{table}"] tbody tr')]

    def all_rows(self, table):
        """The same over all pages of the table, first page first."""
        return self.script(
            """
            const table = document.querySelector('[data-table="' + arguments[0] + '"]'), rows = [];
            const [previous, next] = ['.previous', '.next'].map((one) => table.querySelector(one));
            while (!previous.disabled) { previous.click(); }
            for (;;) {
              rows.push(...[...table.querySelectorAll('tbody tr')].map((row) => Number(row.dataset.row)));
              if (next.disabled) { return rows; }
              next.click();
            }
            """,
            table,
        )

    def sort_by(self, table, column):
        self.script("arguments[0].click()", self.one(f'[data-table="{table}"] thead button[data-column="{column}"]'))

    def filter(self, table, text):
        field = self.one(f'[data-table="{table}"] .filter')
        field.clear()
        field.send_keys(text)

    # ---- looking and acting

    def script(self, text, *arguments):
        return self.driver.execute_script(text, *arguments)

    def one(self, selector):
        found = self.driver.find_elements(By.CSS_SELECTOR, selector)
        self.assertEqual(len(found), 1, selector)
        return found[0]

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def text(self, selector):
        """All text below an element, also where it is not in view."""
        return self.script("return arguments[0].textContent", self.one(selector))

    def show(self, selector):
        self.script("document.querySelector(arguments[0]).scrollIntoView()", selector)

    def switch_language(self):
        self.one("#language").click()

    def map_pixel(self, longitude, latitude):
        """Where a place stands, from the middle of the map's frame. Web Mercator is worked out here, not asked for."""
        self.show("#map-frame")
        return self.script(
            """
            const map = amayeshReport.leafletMap, size = map.getSize(), centre = map.getCenter();
            const world = 256 * Math.pow(2, map.getZoom()), radians = Math.PI / 180;
            const x = (longitude) => world * (longitude / 360 + 0.5);
            const y = (latitude) => world * (0.5 - Math.asinh(Math.tan(latitude * radians)) / (2 * Math.PI));
            return [x(arguments[0]) - x(centre.lng), y(arguments[1]) - y(centre.lat)].map(Math.round);
            """,
            longitude,
            latitude,
        )

    def point_at(self, longitude, latitude, click=False):
        frame = self.one("#map-frame")
        chain = ActionChains(self.driver).move_to_element_with_offset(frame, *self.map_pixel(longitude, latitude))
        (chain.click() if click else chain).perform()

    def colour_at(self, longitude, latitude):
        """Red, green, blue of the map's pixel at a place, as it is seen."""
        x, y = self.map_pixel(longitude, latitude)
        frame = self.one("#map-frame")
        picture = Image.open(io.BytesIO(frame.screenshot_as_png)).convert("RGB")
        return picture.getpixel((picture.width // 2 + x, picture.height // 2 + y))

    def print_to_pdf(self):
        printed = self.driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True})
        path = self.outputs / "report.pdf"
        path.write_bytes(base64.b64decode(printed["data"]))
        return path
