"""The tables of the page on the sample study: what they sort and find is what Python sorts and finds in the data."""

import os
import pathlib
import unicodedata

from browser_case import BrowserCase, column_of, data_of, table_of

from tool_case import main

SAMPLE = pathlib.Path(os.environ["AMAYESH_SOURCE_DIR"]) / "shapefiles" / "khorasan_razavi" / "study.toml"


def folded(text):
    """As letters and digits count as equal on a Persian keyboard; written apart from the page's own rule."""
    text = unicodedata.normalize("NFKC", str(text)).lower()
    text = text.translate(str.maketrans("يىئكةأإآؤ", "یییکهاااو"))
    digits = {ord(d): str(unicodedata.digit(d)) for d in "۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩"}
    return "".join(c for c in text.translate(digits) if c not in "\u200c\u0640")


class Tables(BrowserCase):
    page_of_sample = None

    def setUp(self):
        super().setUp()
        self.assert_done(self.amayesh("report", SAMPLE, "-o", self.page))
        self.data = data_of(self.page)
        self.open()

    def column(self, table, name):
        at = column_of(table_of(self.data, table), name)
        return [row[at] for row in table_of(self.data, table)["rows"]]

    def test_all_rows_are_there_in_the_order_of_the_data(self):
        for table in ("units", "zones", "sources", "rollups", "problems", "standards", "manifest"):
            self.assertEqual(self.all_rows(table), list(range(len(table_of(self.data, table)["rows"]))), table)

    def test_numbers_are_sorted_as_numbers_and_unknown_ones_stand_last(self):
        for table, name in (("units", "population"), ("units", "nearest_zone_km"), ("sources", "headroom_left")):
            values = self.column(table, name)
            known = [at for at, value in enumerate(values) if value is not None]
            unknown = [at for at, value in enumerate(values) if value is None]
            self.sort_by(table, name)
            self.assertEqual(self.all_rows(table), sorted(known, key=lambda at: -values[at]) + unknown, (table, name))
            self.sort_by(table, name)
            self.assertEqual(self.all_rows(table), sorted(known, key=lambda at: values[at]) + unknown, (table, name))
            self.sort_by(table, name)
            self.assertEqual(self.all_rows(table), list(range(len(values))), "the third time: as in the data")

    def test_the_sorted_column_says_so(self):
        def said():
            return [head.get_attribute("aria-sort") for head in self.all('[data-table="units"] thead th[aria-sort]')]

        self.assertEqual(set(said()), {"none"})
        self.sort_by("units", "population")
        self.assertEqual(sorted(said())[0], "descending")
        self.assertEqual(said().count("none"), len(said()) - 1)
        self.sort_by("units", "population")
        self.assertIn("ascending", said())

    def test_names_are_sorted_by_the_persian_alphabet(self):
        alphabet = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
        names = self.column("units", "name")
        self.sort_by("units", "name")
        first_letters = [folded(names[at])[0] for at in self.all_rows("units")]
        self.assertEqual(first_letters, sorted(first_letters, key=alphabet.index))

    def line(self, row):
        """All that a row says in the columns in view, folded."""
        said = []
        for head in self.all('[data-table="units"] thead button'):
            at = column_of(self.units, head.get_attribute("data-column"))
            column, value = self.units["columns"][at], row[at]
            if value is None:
                value = column["null"] or "unknown"
            elif column.get("words"):
                value = self.data["words"][str(value)]["en"]
            elif isinstance(value, float) and value.is_integer():
                value = int(value)
            said.append(folded(value))
        return "\n".join(said)

    def test_the_filter_finds_what_python_finds(self):
        self.units = table_of(self.data, "units")
        lines = [self.line(row) for row in self.units["rows"]]
        for text in ("مشهد", "مش ابر", "ك", "ي", "پيوه ژن", "10686", "۱۰۶۸۶", "١٠٦٨٦", "no zone in", "unknown", "qqq"):
            expected = [at for at, line in enumerate(lines) if all(folded(word) in line for word in text.split())]
            self.filter("units", text)
            self.assertEqual(self.all_rows("units"), expected, text)
            self.assertEqual(bool(expected), text != "qqq", text)

    def test_letters_of_either_keyboard_find_the_same(self):
        for persian, arabic in (("ی", "ي"), ("ک", "ك"), ("کدکن", "كدكن")):
            self.filter("units", persian)
            found = self.all_rows("units")
            self.assertTrue(found)
            self.filter("units", arabic)
            self.assertEqual(self.all_rows("units"), found)

    def test_separators_of_thousands_do_not_matter(self):
        for text in ("10,686", "۱۰٬۶۸۶", "10686"):
            self.filter("units", text)
            self.assertEqual([self.column("units", "population")[at] for at in self.all_rows("units")], [10686])

    def test_the_filter_stays_when_the_language_changes(self):
        self.filter("units", "مشهد")
        found = self.all_rows("units")
        self.switch_language()
        self.assertEqual(self.all_rows("units"), found)
        self.assertEqual(self.one('[data-table="units"] .filter').get_attribute("value"), "مشهد")

    def test_columns_can_be_chosen(self):
        heads = lambda: [head.get_attribute("data-column") for head in self.all('[data-table="units"] thead button')]
        self.assertNotIn("settlements", heads())
        self.script("arguments[0].click()", self.one('[data-table="units"] .columns input[data-column="settlements"]'))
        self.assertIn("settlements", heads())
        self.script("arguments[0].click()", self.one('[data-table="units"] .columns input[data-column="county"]'))
        self.assertNotIn("county", heads())

    def test_numbers_read_as_the_language_writes_them(self):
        self.filter("units", "10686")
        self.assertIn("10,686", self.cells("units")[0])
        self.switch_language()
        self.assertIn("۱۰٬۶۸۶", self.cells("units")[0])

    def test_every_coefficient_has_its_confidence_and_its_source(self):
        standards = table_of(self.data, "standards")
        text = self.text("#standards")
        for row in standards["rows"]:
            self.assertIn(row[column_of(standards, "confidence")], "ABCD")
            self.assertIn(row[column_of(standards, "source")], text)
        self.assertIn("0.21", text, "a coefficient is not rounded away")

    def test_charts_say_what_the_data_says(self):
        provinces = self.data["charts"]["shortfall_by_province"]
        rows = self.script(
            "return [...document.querySelectorAll('[data-chart=provinces] .as-table tbody tr')].map((row) => [...row.cells].map((cell) => cell.textContent))"
        )
        self.assertEqual([row[0] for row in rows], [one["province"] for one in provinces])
        self.assertEqual(rows[0][1], f"{provinces[0]['people_left_out']['min']:,}")
        distance = self.data["charts"]["left_out_by_distance"]
        rows = self.script(
            "return [...document.querySelectorAll('[data-chart=distance] .as-table tbody tr')].map((row) => [...row.cells].map((cell) => cell.textContent))"
        )
        self.assertEqual(rows, [[str(km), f"{people:,}"] for km, people in zip(distance["distance"], distance["people"])])
        for chart in self.all("svg.chart"):
            self.assertTrue(
                self.script(
                    "return arguments[0].querySelector('title').textContent && arguments[0].querySelector('desc').textContent",
                    chart,
                )
            )
        self.one("[data-chart=distance] line.limit")


if __name__ == "__main__":
    main()
