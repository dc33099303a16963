"""The page of `amayesh report` in Chromium: both languages, map, tables, paper, keyboard. Exit code 77 without Chromium."""

import re
import subprocess
import time

from browser_case import QUIET_GREY, SERVED_BLUE, UNMET_RED, BrowserCase, Image, column_of, table_of
from selenium.webdriver import ActionChains, Keys
from selenium.webdriver.support.ui import Select

from tool_case import main

PERSIAN_DIGITS = re.compile("[۰-۹]")
LATIN_DIGITS = re.compile("[0-9]")

# Inside the districts, away from settlements, zones, sources and the names that are written in the middle.
INSIDE = {"تبادکان": (58.65, 36.04), "شاندیز": (59.35, 36.26), "ارداک": (58.65, 36.56), "گلمکان": (59.35, 36.56)}


class Page(BrowserCase):
    def setUp(self):
        super().setUp()
        self.study.settings["language"] = "en"
        self.data = self.report()
        self.open()

    def language_of_page(self):
        return self.script("return [document.documentElement.lang, document.documentElement.dir]")

    def test_what_has_no_place_is_counted_beside_the_map(self):
        self.assertNotIn("no known place", self.text("#map"))
        shape, attributes = self.study.districts.features.pop(2)
        self.study.districts.features.append((None, attributes))
        self.report()
        self.open()
        self.assertIn("1 of 4 rural districts have no known place", self.text("#map"))
        self.report("--unit", "settlement", "--over", "0")  # drawn as points
        self.open()
        self.assertNotIn("no known place", self.text("#map"))

    # ---- languages

    def test_page_starts_in_the_language_of_the_study(self):
        self.assertEqual(self.language_of_page(), ["en", "ltr"])
        self.study.settings["language"] = "fa"
        self.report()
        self.open()
        self.assertEqual(self.language_of_page(), ["fa", "rtl"])
        self.assertIn("چهار دهستان", self.script("return document.title"))

    def test_button_switches_language_direction_and_digits_without_loading_the_page_again(self):
        self.script("window.before = true")
        figures = self.text("#key-figures")
        self.assertRegex(figures, LATIN_DIGITS)
        self.assertNotRegex(figures, PERSIAN_DIGITS)
        self.switch_language()
        self.assertEqual(self.language_of_page(), ["fa", "rtl"])
        figures = self.text("#key-figures")
        self.assertRegex(figures, PERSIAN_DIGITS)
        self.assertNotRegex(figures, LATIN_DIGITS)
        for heading in self.all("h2"):
            self.assertNotRegex(heading.text, "[A-Za-z]")
        self.switch_language()
        self.assertEqual(self.language_of_page(), ["en", "ltr"])
        self.assertTrue(self.script("return window.before"))

    def test_every_text_of_the_page_is_there_in_both_languages(self):
        missing = self.script(
            "return Object.entries(amayeshReport.texts).filter(([, pair]) => !pair.en || !pair.fa).map(([name]) => name)"
        )
        self.assertEqual(missing, [])
        persian = self.script("return Object.values(amayeshReport.texts).map((pair) => pair.fa).join('')")
        self.assertFalse(set(persian) & set("يكﻻ0123456789"), "Arabic letters or Latin digits in Persian texts")

    def test_persian_has_words_for_every_unit_and_every_meaning_of_a_missing_value(self):
        columns = [column for table in self.data["tables"] for column in table["columns"]]
        known = self.script("return [Object.keys(amayeshReport.units), Object.keys(amayeshReport.missing)]")
        self.assertEqual({c["unit"] for c in columns if c["unit"]} - set(known[0]) - {"0–1"}, set())
        self.assertEqual(
            {c["null"] for c in columns if isinstance(c["null"], str) and c["null"]} - set(known[1]), set()
        )

    def test_texts_in_the_other_language_say_so(self):
        cell = self.one('[data-table="units"] tbody tr:first-child th bdi')
        self.assertEqual((cell.text, cell.get_attribute("lang")), ("تبادکان", "fa"))
        self.switch_language()
        cell = self.one('[data-table="units"] tbody tr:first-child th bdi')
        self.assertFalse(self.script("return arguments[0].hasAttribute('lang')", cell))

    def test_the_persian_font_is_in_the_page(self):
        self.assertTrue(self.script("return document.fonts.check('16px Amayesh', 'نقشه پژوهش گ ی ک ۴۵۶')"))
        loaded = self.script(
            "return [...document.fonts].filter((face) => face.status === 'loaded').map((face) => face.family)"
        )
        self.assertIn("Amayesh", {family.strip('"') for family in loaded})
        widths = self.script(
            """
            const context = document.createElement('canvas').getContext('2d');
            return ['Amayesh', 'monospace'].map((font) => { context.font = '40px ' + font; return context.measureText('گچپژ ۴۵۶').width; });
            """
        )
        self.assertNotEqual(*widths)

    # ---- map

    def test_districts_have_the_colour_of_their_status(self):
        self.assertEqual(self.colour_at(*INSIDE["تبادکان"]), SERVED_BLUE)
        self.assertEqual(self.colour_at(*INSIDE["شاندیز"]), UNMET_RED)
        self.assertEqual(self.colour_at(*INSIDE["ارداک"]), QUIET_GREY)

    def test_click_chooses_the_district_under_the_pixel(self):
        units = table_of(self.data, "units")
        for name, place in INSIDE.items():
            self.point_at(*place, click=True)
            self.assertEqual(self.one(".chosen-name").text, name)
            row = int(self.one('[data-table="units"] tr.chosen').get_attribute("data-row"))
            self.assertEqual(units["rows"][row][column_of(units, "name")], name)
        self.point_at(58.55, 36.3, click=True)
        self.assertEqual(self.all(".chosen-name"), [], "outside every district nothing is chosen")

    def test_the_chosen_district_says_why_and_how_much(self):
        self.point_at(*INSIDE["شاندیز"], click=True)
        details = self.text("#details")
        for words in (
            "No zone in reach",
            "15,000\u00a0people",
            "34.6\u00a0km",
            "Water",
            "Power",
            "Gas",
            "Telecom",
            "No source in reach",
        ):
            self.assertIn(words, details)
        self.switch_language()
        details = self.text("#details")
        for words in ("بدون ناحیه در دسترس", "۱۵٬۰۰۰\u00a0نفر", "آب"):
            self.assertIn(words, details)

    def test_unknown_is_said_and_never_nought(self):
        self.point_at(*INSIDE["گلمکان"], click=True)
        pairs = self.script(
            "return [...document.querySelectorAll('#details dl div')].map((one) => [...one.children].map((x) => x.textContent))"
        )
        self.assertIn(["Population", "unknown"], pairs)
        units = table_of(self.data, "units")
        at = column_of(units, "population")
        self.assertIn(None, [row[at] for row in units["rows"]])
        heads = [head.get_attribute("data-column") for head in self.all('[data-table="units"] thead button')]
        populations = [row[heads.index("population")] for row in self.cells("units")]
        self.assertEqual(sorted(populations), ["12,000", "15,000", "8,000", "unknown"])

    def test_pointing_shows_the_name_and_the_status(self):
        self.point_at(*INSIDE["شاندیز"])
        tooltip = self.one(".pointed").text
        self.assertIn("شاندیز", tooltip)
        self.assertIn("No zone in reach", tooltip)
        self.point_at(58.55, 36.3)
        self.assertEqual(self.all(".pointed"), [])

    def test_districts_can_be_coloured_by_other_things(self):
        before = self.colour_at(*INSIDE["شاندیز"])
        choice = Select(self.one("#colour-by"))
        names = [option.get_attribute("value") for option in choice.options]
        for name in ("status", "people", "short", "water_short", "water_reason", "telecom_reason"):
            self.assertIn(name, names)
        choice.select_by_value("people")
        self.assertIn("People left out", self.text("#legend"))
        self.assertNotEqual(self.colour_at(*INSIDE["شاندیز"]), before)

    def test_unknown_looks_unknown_whatever_colours_the_districts(self):
        choice = Select(self.one("#colour-by"))
        for name in [option.get_attribute("value") for option in choice.options]:
            choice.select_by_value(name)
            if name == "short":
                continue  # says that it was not assessed
            self.point_at(*INSIDE["گلمکان"])
            said = self.text(".pointed").lower()
            self.assertTrue("unknown" in said or "not assessed" in said, (name, said))
            self.assertNotIn("not over the threshold", said, name)

    def test_layers_can_be_switched(self):
        place = (58.85, 36.15)  # the telecom source: a square of its own colour
        with_sources = self.colour_at(*place)
        self.one('#legend [data-layer="sources"]').click()
        self.assertNotEqual(self.colour_at(*place), with_sources)
        self.one('#legend [data-layer="sources"]').click()
        self.assertEqual(self.colour_at(*place), with_sources)

    # ---- keyboard, structure

    def test_everything_can_be_reached_by_keyboard(self):
        body = self.one("body")
        body.send_keys(Keys.TAB)
        self.assertEqual(self.script("return document.activeElement.className"), "skip")
        self.driver.switch_to.active_element.send_keys(Keys.ENTER)
        self.assertEqual(self.script("return document.activeElement.id"), "content")
        seen = set()
        for _ in range(120):
            ActionChains(self.driver).send_keys(Keys.TAB).perform()
            seen.add(
                self.script(
                    "const e = document.activeElement; return e.id || e.dataset.column || e.className || e.getAttribute('aria-label') || e.tagName"
                )
            )
        for name in ("colour-by", "details", "population", "frame"):
            self.assertIn(name, seen)
        self.assertTrue({name for name in seen if "map-frame" in name or "leaflet" in name}, seen)

    def test_a_row_is_shown_on_the_map_by_keyboard(self):
        button = self.all('[data-table="units"] .place button')[1]
        self.assertIn("شاندیز", button.get_attribute("aria-label"))
        self.script("arguments[0].focus()", button)
        button.send_keys(Keys.ENTER)
        self.assertEqual(self.one(".chosen-name").text, "شاندیز")
        self.assertEqual(self.script("return document.activeElement.id"), "map-frame")
        before = self.script("return amayeshReport.leafletMap.getCenter().lng")
        self.one("#map-frame").send_keys(Keys.ARROW_RIGHT)
        time.sleep(0.5)
        self.assertGreater(self.script("return amayeshReport.leafletMap.getCenter().lng"), before)
        shown = self.script("const b = amayeshReport.leafletMap.getBounds(); return [b.getWest(), b.getEast()]")
        self.assertTrue(shown[0] < 59.2 < shown[1])

    def test_headings_and_landmarks_are_in_order(self):
        for _ in range(2):
            levels = [int(one.tag_name[1]) for one in self.all("h1, h2, h3, h4, h5, h6")]
            self.assertEqual(levels[0], 1)
            self.assertEqual(levels.count(1), 1)
            for above, below in zip(levels, levels[1:]):
                self.assertLessEqual(below, above + 1)
            for landmark in ("main", "nav", "header", "footer"):
                self.one(landmark)
            unnamed = self.script(
                """
                return [...document.querySelectorAll('button, input, select, svg[role=img], [role=region], table')].filter((one) =>
                  !(one.textContent.trim() || one.getAttribute('aria-label') || one.getAttribute('aria-labelledby') || (one.labels && one.labels.length))).map((one) => one.outerHTML.slice(0, 80));
                """
            )
            self.assertEqual(unnamed, [])
            doubled = self.script(
                "const ids = [...document.querySelectorAll('[id]')].map((one) => one.id); return ids.filter((id, at) => ids.indexOf(id) !== at)"
            )
            self.assertEqual(doubled, [])
            self.switch_language()

    def test_texts_stand_off_from_their_ground(self):
        self.point_at(*INSIDE["شاندیز"], click=True)
        weak = self.script(
            """
            const parse = (text) => { const v = text.match(/[0-9.]+/g).map(Number); return { rgb: v.slice(0, 3), alpha: v.length > 3 ? v[3] : 1 }; };
            const light = (rgb) => { const [r, g, b] = rgb.map((v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4); }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
            const ground = (element) => { for (let one = element; one; one = one.parentElement) { const c = parse(getComputedStyle(one).backgroundColor); if (c.alpha > 0.99) { return c.rgb; } } return [255, 255, 255]; };
            const weak = [];
            for (const element of document.querySelectorAll('#report *:not(canvas)')) {
              if (![...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()) || !element.getClientRects().length || element.disabled) { continue; }
              const isSvg = element instanceof SVGElement;
              const colour = parse(isSvg ? getComputedStyle(element).fill : getComputedStyle(element).color).rgb;
              const behind = isSvg ? [255, 255, 255] : ground(element);
              if (isSvg && element.classList.contains('on-dark')) { continue; }
              const [a, b] = [light(colour), light(behind)].sort((x, y) => y - x);
              if ((a + 0.05) / (b + 0.05) < 4.5) { weak.push([element.className, element.textContent.slice(0, 30), colour, behind]); }
            }
            return weak;
            """
        )
        self.assertEqual(weak, [])

    def test_the_phone_needs_no_scrolling_sideways(self):
        self.open(width=375, height=800)
        for _ in range(2):
            self.assertLessEqual(self.script("return document.documentElement.scrollWidth"), 375)
            self.switch_language()

    # ---- paper

    def test_it_prints_with_map_and_all_rows_and_without_controls(self):
        pdf = self.print_to_pdf()
        text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True).stdout.decode()
        pages = text.count("\f")
        self.assertGreater(pages, 2)
        for words in ("Key figures", "15,000", "Standards and their sources", "MW/ha"):
            self.assertIn(words, text)
        for words in ("Skip to the content", "Show on map", "Next", "file://"):
            self.assertNotIn(words, text)
        self.assertEqual(self.all("#paper-map"), [], "the picture for paper is gone after printing")
        self.assertEqual(self.colour_at(*INSIDE["شاندیز"]), UNMET_RED)

    def test_the_printed_map_shows_the_districts(self):
        pdf = self.print_to_pdf()
        subprocess.run(["pdftoppm", "-r", "40", "-png", pdf, self.outputs / "sheet"], check=True)
        red = 0
        for sheet in self.outputs.glob("sheet*.png"):
            with Image.open(sheet) as picture:
                red = max(red, sum(1 for pixel in picture.convert("RGB").getdata() if pixel == UNMET_RED))
        self.assertGreater(red, 1500)


if __name__ == "__main__":
    main()
