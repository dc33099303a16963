"""The page of `amayesh report` where minutes decide, in Chromium, in both languages. Exit code 77 without Chromium."""

import re

from browser_case import BrowserCase, column_of, table_of
from tool_case import main
from travel_gap_test import TravelCase

PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
LIMIT_MIN = 45

# Texts of the page, not of the data: no element above them says that they are in another language.
OWN_TEXTS = """
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), texts = [];
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (!parent.closest('script, style, noscript, [lang=en]')) { texts.push(walker.currentNode.textContent.trim()); }
    }
    return texts.filter(Boolean);
"""
# Letters of confidence, the name of a program and of a coordinate system.
LATIN_OF_ITS_OWN = re.compile(r"\b[A-D]\b|amayesh gap|amayesh reach|amayesh check|OpenStreetMap|Digital Chart of the World")


class Travelled(BrowserCase, TravelCase):
    """D2's 11,000 people of S3 are over an hour from the zone; its 4,000 of S4, and D1's 12,000, have no road within 5 km."""

    def setUp(self):
        super().setUp()
        self.study.settings["language"] = "en"
        self.set_speed(30)

    def opened(self, kind="roads", **settings):
        self.set_reach(kind, **settings)
        self.data = self.report()
        self.open()

    def chart(self):
        return self.text("[data-chart=distance]")


class Chart(Travelled):
    def test_it_is_of_minutes_and_marks_their_limit(self):
        for kind, settings in (("roads", {}), ("surface", {"cell_m": 200})):
            with self.subTest(kind=kind):
                self.opened(kind, **settings)
                self.assertIn("Minutes to the nearest zone", self.chart())
                self.assertIn(f"limit: {LIMIT_MIN} min", self.chart())
                self.assertNotIn("km", self.chart())
                self.switch_language()
                self.assertIn("دقیقه تا نزدیک‌ترین ناحیه", self.chart())
                self.assertIn(f"حد: {LIMIT_MIN} دقیقه".translate(PERSIAN_DIGITS), self.chart())
                self.assertNotIn("کیلومتر", self.chart())

    def test_by_the_straight_line_it_is_of_kilometres(self):
        self.opened("straight")
        self.assertIn("Distance, km", self.chart())
        self.assertIn("reach: 20 km", self.chart())
        self.assertNotIn("inutes", self.chart())

    def test_the_line_stands_at_the_limit(self):
        self.opened()
        left, right, at = self.script(
            """
            const box = (selector) => document.querySelector('[data-chart=distance] ' + selector).getBoundingClientRect();
            const axis = box('line.axis'), limit = box('line.limit');
            return [axis.left, axis.right, limit.left];
            """
        )
        last = self.data["charts"]["left_out_by_distance"]["distance"][-1]
        self.assertAlmostEqual((at - left) / (right - left), LIMIT_MIN / last, places=2)

    def test_its_people_are_those_left_out_at_least_and_others_have_no_way(self):
        self.opened()
        curve = self.data["charts"]["left_out_by_distance"]
        self.assertEqual(curve["people"][LIMIT_MIN], 11000)
        self.assertEqual(curve["people_without_way"], 16000)
        self.assertIn("No way was found for 16,000 people", self.chart())

    def test_it_fits_a_phone(self):
        self.set_reach("roads", limit_min=300)
        self.report()
        self.open(width=390, height=800)
        self.assertLessEqual(self.script("return document.documentElement.scrollWidth"), 390)
        ticks = self.script(
            """
            const texts = [...document.querySelectorAll('[data-chart=distance] svg text')];
            const boxes = texts.map((text) => text.getBoundingClientRect()).filter((box) => box.width > 0);
            return boxes.filter((one, i) => boxes.some((other, j) => j > i && one.left < other.right &&
              one.right > other.left && one.top < other.bottom && one.bottom > other.top)).length;
            """
        )
        self.assertEqual(ticks, 0, "letters over letters")


class WithoutWay(Travelled):
    def test_the_reader_is_told(self):
        self.opened()
        self.assertIn("16,000", self.text("[data-figure=people_without_way]"))
        rows = table_of(self.data, "unroutable")["rows"]
        kinds = [row[0] for row in rows]
        counts = [kinds.count(kind) for kind in ("unit", "settlement", "zone")]
        words = "centres of rural districts {}, settlements {}, zones that count {}".format(*counts)
        self.assertIn(words, self.text("#method"))
        self.assertEqual({row[1] for row in rows if row[0] == "unit"}, {"D1", "D3", "D4"})
        for row in self.cells("unroutable"):
            self.assertIn("No road or passable ground near by", row)
        self.switch_language()
        self.assertIn("۱۶٬۰۰۰", self.text("[data-figure=people_without_way]"))
        for row in self.cells("unroutable"):
            self.assertIn("بدون راه یا زمین گذرپذیر در نزدیکی", row)

    def test_units_on_islands_are_not_said_to_lack_a_list_of_zones(self):
        del self.roads.features[1]
        self.opened(snap_km=2)
        figure = self.text("[data-figure=units_without_zone]")
        self.assertIn("For 2 of them none is known: no way was found to a zone that may be near", figure)
        self.assertNotIn("not complete", self.text("#key-figures"))
        self.assertNotIn("may be nearer", self.chart())
        rows = [row[0] for row in self.cells("unroutable")]
        self.assertIn("Unit", rows)
        units = self.cells("units")
        self.assertTrue(any("No way to a zone known" in row for row in units), units)

    def test_the_chosen_district_has_its_minutes(self):
        self.opened()
        units = table_of(self.data, "units")
        at = next(i for i, row in enumerate(units["rows"]) if row[column_of(units, "unit_id")] == "D2")
        minutes = units["rows"][at][column_of(units, "quickest_zone_min")]
        self.script("amayeshReport.choose('units', arguments[0], 'map')", at)
        self.assertIn("Travel time to the quickest serving zone", self.text("#details"))
        self.assertIn(f"{minutes:.1f}\u00a0min", self.text("#details"))


class Words(Travelled):
    def test_no_english_is_left_on_the_persian_page(self):
        self.opened()
        self.switch_language()
        for name in ("standards", "manifest", "problems", "unit_utilities"):
            self.assertTrue(self.cells(name), name)
        left = [text for text in self.script(OWN_TEXTS) if re.search("[A-Za-z]", LATIN_OF_ITS_OWN.sub("", text))]
        self.assertEqual(left, [])

    def test_every_coefficient_of_travel_has_a_title(self):
        self.opened()
        for row in table_of(self.data, "standards")["rows"]:
            self.assertNotEqual(row[1], row[0])
            self.assertRegex(row[2], "[آ-ی]")

    def test_sections_layers_and_bases_are_in_the_language_of_the_page(self):
        self.roads.features[0][1]["class"] = "tertairy"
        for _, attributes in self.roads.features:
            attributes["speed"] = None
        self.opened()
        self.assertIn("versions", self.text("#manifest"))
        self.assertIn("roads", [row[2] for row in self.cells("problems")])
        self.switch_language()
        self.assertIn("نسخه‌ها", [row[0] for row in self.cells("manifest")])
        self.assertIn("راه‌ها", [row[2] for row in self.cells("problems")])
        self.assertIn("هکتار ناخالص", self.text("#standards"))
        self.filter("manifest", "دسترسی")
        self.assertEqual({row[0] for row in self.cells("manifest")}, {"دسترسی"})

    def test_utilities_are_named_by_their_unit(self):
        self.opened()
        names = {row[0] for row in self.cells("unit_utilities")}
        self.assertLessEqual(names, {"تبادکان", "شاندیز"})
        self.filter("unit_utilities", "شاندیز")
        self.assertEqual({row[0] for row in self.cells("unit_utilities")}, {"شاندیز"})


class NothingKnown(Travelled):
    def test_a_province_of_unknown_populations_is_unknown_and_not_0(self):
        for _, attributes in self.study.districts.features:
            attributes["people"] = None
        for _, attributes in self.study.settlements.features:
            attributes["people"] = None
        self.opened()
        nation = next(row for row in self.cells("rollups") if row[0] == "Nation")
        shown = self.script(
            "return [...document.querySelectorAll('[data-table=rollups] thead button')].map((one) => one.dataset.column)"
        )
        for column in ("people_left_out_min", "people_left_out_max", "new_zone_ha", "power_shortfall_mw"):
            self.assertNotIn("0", nation[shown.index(column)], column)
        self.assertNotIn("0", self.text("[data-chart=provinces]"))


if __name__ == "__main__":
    main()
