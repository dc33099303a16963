"""`amayesh report STUDY -o report.html`: one page that says what the layers say, loads nothing, and is whole or not there."""

import base64
import errno
import hashlib
import html.parser
import json
import os
import pathlib
import re
import shutil

import command
from small_study import rectangle
from tool_case import ToolCase, listing, main

SAMPLE = pathlib.Path(os.environ["AMAYESH_SOURCE_DIR"]) / "shapefiles" / "khorasan_razavi"
RELATIVE_ERROR = 5e-6  # six significant digits
LEADS_OUT = {"src", "href", "srcset", "action", "formaction", "data", "poster", "background", "ping", "manifest", "cite"}
LOADS = {"link", "iframe", "object", "embed", "img", "audio", "video", "source", "base", "frame", "applet"}


class PageReader(html.parser.HTMLParser):
    """Elements with their attributes, and what stands in scripts and styles."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.blocks, self.comments = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag in ("script", "style"):
            self.blocks.append([tag, dict(attributes), ""])

    def handle_data(self, data):
        if self.cdata_elem:
            self.blocks[-1][2] += data

    def handle_comment(self, data):
        self.comments.append(data)

    def policy(self):
        return next(a["content"] for tag, a in self.elements
                    if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy")

    def data(self):
        texts = [text for tag, attributes, text in self.blocks if attributes.get("id") == "report-data"]
        assert len(texts) == 1, texts
        return json.loads(texts[0])


def table(data, name):
    """Rows of a table of the page as dictionaries."""
    found = next(t for t in data["tables"] if t["name"] == name)
    names = [column["name"] for column in found["columns"]]
    return [dict(zip(names, row, strict=True)) for row in found["rows"]]


def layer(data, name):
    return next(found for found in data["map"]["layers"] if found["name"] == name)


def decoded(flat):
    """Places in degrees of coordinates that are differences in steps of 1e-5°."""
    x = y = 0
    places = []
    for dx, dy in zip(flat[::2], flat[1::2], strict=True):
        x, y = x + dx, y + dy
        places.append((x / 1e5, y / 1e5))
    return places


class ReportCase(ToolCase):
    def setUp(self):
        super().setUp()
        self.page = self.outputs / "report.html"

    def report(self, *options, study=None, **how):
        return self.amayesh("report", study or self.study.path, "-o", self.page, *options, **how)

    def read_page(self):
        return PageReader(self.page.read_text(encoding="utf-8"))

    def reported(self, *options):
        self.study.write()
        self.assert_done(self.report("--overwrite", *options))
        return self.read_page().data()


class Numbers(ReportCase):
    """The page and the GeoPackage of `gap` on the same study."""

    def assert_same_rows(self, shown, written):
        self.assertEqual(len(shown), len(written))
        for one, other in zip(shown, written, strict=True):
            for column, value in one.items():
                expected = other[column]
                if isinstance(expected, float):
                    self.assertAlmostEqual(value, expected, delta=RELATIVE_ERROR * abs(expected), msg=column)
                else:
                    self.assertEqual(value, expected, column)

    def assert_same_as_layers(self, data):
        over = {row["unit_id"] for row in self.rows("units") if row["threshold"] == "over"}
        for name in ("units", "rollups", "problems", "manifest"):
            self.assert_same_rows(table(data, name), self.rows(name))
        names = {row["unit_id"]: row["name"] or row["unit_id"] for row in self.rows("units")}
        utilities = table(data, "unit_utilities")
        self.assertEqual([row.pop("unit_name") for row in utilities], [names[row["unit_id"]] for row in utilities])
        self.assert_same_rows(utilities,
                              [row for row in self.rows("unit_utilities") if row["unit_id"] in over])

    def test_rows_are_those_of_the_layers(self):
        data = self.reported()
        self.assert_done(self.gap())
        self.assert_same_as_layers(data)
        self.assert_same_rows(table(data, "zones"), self.rows("zones"))
        self.assert_same_rows(table(data, "sources"), self.rows("sources"))

    def test_rows_of_the_sample_are_those_of_the_layers(self):
        study = SAMPLE / "study.toml"
        self.assert_done(self.report(study=study))
        self.assert_done(self.amayesh("gap", study, "-o", self.target))
        data = self.read_page().data()
        self.assert_same_as_layers(data)
        lines = self.rows("source_lines")
        self.assertEqual(len(layer(data, "source_lines")["features"]), len(lines))
        by_id = sorted(self.rows("sources") + lines, key=lambda row: row["source_id"])
        self.assert_same_rows(sorted(table(data, "sources"), key=lambda row: row["source_id"]), by_id)

    def test_key_figures_are_the_totals(self):
        data = self.reported()
        figures = {figure["id"]: figure for figure in data["key_figures"]}
        self.assert_done(self.gap())
        nation = self.rows("rollups")[0]
        self.assertEqual(figures["units_over"]["value"], nation["units_over"])
        self.assertEqual(figures["people_left_out"]["value"], nation["people_left_out_min"])
        self.assertAlmostEqual(figures["new_zone_ha"]["value"], nation["new_zone_ha"], places=3)
        self.assertAlmostEqual(figures["power_shortfall"]["value"], nation["power_shortfall_mw"], places=5)

    def test_a_page_does_not_replace_a_result_of_another_kind(self):
        self.study.write()
        result = self.outputs / "gap.gpkg"
        self.assert_done(self.amayesh("gap", self.study.path, "-o", result))
        before = result.read_bytes()
        self.assert_failed(self.amayesh("report", self.study.path, "-o", result, "--overwrite"), "FILE.html")
        self.assertEqual(result.read_bytes(), before)

    def test_options_of_gap_count(self):
        data = self.reported("--over", 7000, "--within", "چناران", "--no-reuse")
        self.assert_done(self.gap("--over", 7000, "--within", "چناران", "--no-reuse"))
        self.assert_same_as_layers(data)
        self.assertEqual({row["unit_id"] for row in table(data, "units")}, {"D3", "D4"})
        question = " ".join(data["question"]["en"])
        self.assertIn("7,000 people", question)
        self.assertIn("چناران", question)
        self.assertIn("۷٬۰۰۰ نفر", " ".join(data["question"]["fa"]))

    def test_every_coefficient_has_its_source(self):
        rows = table(self.reported(), "standards")
        self.assertIn("reach.zone", {row["key"] for row in rows})
        for row in rows:
            self.assertTrue(row["source"], row)
            self.assertRegex(row["confidence"], "^[ABCD]$")
            self.assertNotEqual(row["title_en"], row["key"], "it has no title")
            self.assertNotEqual(row["title_fa"], row["key"], "it has no title")

    def test_map_shows_each_district_where_it_is(self):
        data = self.reported()
        rows = table(data, "units")
        corners = {}
        for feature in layer(data, "units")["features"]:
            (outer,), = feature["rings"]
            places = decoded(outer)
            self.assertEqual(places[0], places[-1])
            corners[rows[feature["row"]]["unit_id"]] = set(places)
        self.assertEqual(set(corners), {"D1", "D2", "D3", "D4"})
        for x, y in ((58.6, 36.0), (59.0, 36.0), (58.6, 36.3), (59.0, 36.3)):
            self.assertIn((x, y), corners["D1"])
        self.assertEqual(corners["D1"] & corners["D2"], {(59.0, 36.0), (59.0, 36.3)})
        west, south, east, north = data["map"]["bounds"]
        self.assertEqual((west, south, east, north), (58.6, 36.0, 59.4, 36.6))
        settlements = layer(data, "settlements")
        self.assertEqual(len(decoded(settlements["flat"])), 7)
        self.assertEqual(len(settlements["in_reach"]), 7)

    def test_backdrop_is_drawn_and_counts_for_nothing(self):
        plain = self.reported()
        road = {"type": "LineString", "coordinates": [[58.6, 36.1], [59.4, 36.2]]}
        collection = {"type": "FeatureCollection",
                      "features": [{"type": "Feature", "properties": {"nam": "جاده توس"}, "geometry": road}]}
        (self.inputs / "roads.geojson").write_text(json.dumps(collection), encoding="utf-8")
        table_of_study = '\n[[backdrop]]\nkind = "roads"\nsource = "roads.geojson"\nname = "nam"\n'
        self.study.path.write_text(self.study.text() + table_of_study, encoding="utf-8")
        self.assert_done(self.report("--overwrite"))
        data = self.read_page().data()
        roads = layer(data, "roads")
        self.assertEqual((roads["kind"], roads["role"], roads["table"]), ("line", "backdrop", None))
        self.assertEqual(roads["features"][0]["label"], "جاده توس")
        self.assertEqual(decoded(roads["features"][0]["lines"][0]), [(58.6, 36.1), (59.4, 36.2)])
        for name in ("tables", "key_figures", "charts"):
            self.assertEqual(data[name], plain[name])
        self.study.path.write_text(self.study.text() + table_of_study.replace("roads.geojson", "rods.geojson"))
        self.assert_failed(self.report("--overwrite"), "rods.geojson")
        self.study.path.write_text(self.study.text() + table_of_study.replace('"roads"', '"raods"'))
        self.assert_failed(self.report("--overwrite"), "raods", "did you mean 'roads'")


class Safe(ReportCase):
    HOSTILE = [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "<img src=x onerror=alert(1)>",
        "a\u2028\u2029\u202eevil\u2066b",
        '"; alert(1); "',
        "&lt;script&gt;",
    ]

    def test_page_loads_nothing(self):
        self.study.write()
        self.assert_done(self.report())
        page = self.read_page()
        for tag, attributes in page.elements:
            self.assertNotIn(tag, LOADS)
            for name, value in attributes.items():
                self.assertFalse(name.startswith("on") or name == "style", f"{tag} {name}")
                if name in LEADS_OUT:
                    self.assertTrue(value.startswith(("#", "data:")), f"{tag} {name}={value}")
        for tag, _, text in page.blocks:
            if tag == "style":
                self.assertNotIn("@import", text)
                for target in re.findall(r"url\(\s*['\"]?([^'\")]*)", text):
                    self.assertTrue(target.startswith(("data:", "#")), target[:80])

    def test_policy_admits_the_scripts_and_styles_of_the_page_alone(self):
        self.study.write()
        self.assert_done(self.report())
        page = self.read_page()
        policy = dict(part.strip().split(" ", 1) for part in page.policy().split(";"))
        self.assertEqual(policy["default-src"], "'none'")
        self.assertEqual(set(policy), {"default-src", "base-uri", "form-action", "img-src", "font-src", "style-src",
                                       "script-src"})
        for tag, directive in (("style", "style-src"), ("script", "script-src")):
            hashes = {
                "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"
                for found, attributes, text in page.blocks
                if found == tag and attributes.get("type") != "application/json"
            }
            self.assertEqual(set(policy[directive].split()), hashes)
        tags = [tag for tag, _ in page.elements]
        of_policy = next(i for i, (_, a) in enumerate(page.elements) if a.get("http-equiv") == "Content-Security-Policy")
        self.assertLess(of_policy, min(tags.index("style"), tags.index("script")))

    def test_hostile_names_are_text(self):
        self.study.write()
        self.assert_done(self.report())
        plain = self.read_page()
        self.study.settings["title"] = self.HOSTILE[0]
        for (_, attributes), name in zip(self.study.districts.features, self.HOSTILE[:4]):
            attributes["name"] = name
        self.study.zones.attributes("Z1")["name"] = self.HOSTILE[4]
        self.study.settlements.attributes("S1")["name"] = self.HOSTILE[5]
        data = self.reported()
        page = self.read_page()
        self.assertEqual([tag for tag, _ in page.elements], [tag for tag, _ in plain.elements])
        self.assertEqual(page.policy(), plain.policy())
        self.assertEqual(page.comments, plain.comments)
        self.assertEqual(data["study"]["title"], self.HOSTILE[0])
        self.assertEqual([row["name"] for row in table(data, "units")], self.HOSTILE[:4])
        text = self.page.read_text(encoding="utf-8")
        for control in "\u2028\u2029\u202e\u2066":
            self.assertNotIn(control, text)


class SameBytes(ReportCase):
    def test_another_run_order_and_thread_count(self):
        self.study.write()
        self.assert_done(self.report("--threads", 1))
        before = self.page.read_bytes()
        for part in self.study.layers:
            part.features.reverse()
        self.study.write()
        changes = {"TZ": "Asia/Tehran", "USER": "someone", "HOME": "/nonexistent", "LC_ALL": "C"}
        self.assert_done(self.report("--overwrite", "--threads", 3, changes=changes))
        data = self.read_page().data()
        first = PageReader(before.decode()).data()
        for one, other in zip(first["tables"], data["tables"], strict=True):
            self.assertEqual(one, other)
        self.assertEqual(self.page.read_bytes(), before)

    def test_another_day(self):
        libraries = list(pathlib.Path("/usr/lib").glob("**/faketime/libfaketime.so.1"))
        self.assertTrue(libraries, "libfaketime is missing (package faketime)")
        self.study.write()
        self.assert_done(self.report())
        before = self.page.read_bytes()
        self.assert_done(self.report("--overwrite", changes=command.with_preloaded(libraries[0], {"FAKETIME": "+400d"})))
        self.assertEqual(self.page.read_bytes(), before)


class CommandLine(ReportCase):
    def test_one_of_two_subjects(self):
        self.assert_misused(self.amayesh("report"), "--project")
        self.assert_misused(self.amayesh("report", self.study.path), "--output")
        self.assert_misused(self.amayesh("report", "-o", self.page))
        self.assert_misused(self.amayesh("report", self.study.path, "-o", self.page, "--project", self.target))
        for options in (("-o", self.page), ("--over", 1), ("--within", "x"), ("--no-reuse",), ("--json",)):
            with self.subTest(options=options):
                self.assert_misused(self.amayesh("report", "--project", self.target, *options), options[0].strip("-")[:1])
        self.assert_nothing_written()

    def test_it_says_what_it_wrote_and_prints_the_result_when_asked(self):
        self.study.write()
        outcome = self.report()
        self.assert_done(outcome)
        self.assertEqual(outcome.stdout, "")
        self.assertIn("report.html", outcome.stderr)
        outcome = self.report("--overwrite", "--quiet", "--json")
        self.assertEqual(outcome.stderr, "")
        self.assertEqual(outcome.json()["title"], "چهار دهستان")

    def test_input_with_errors_writes_nothing(self):
        self.study.districts.attributes("D3")["id"] = "D1"
        self.study.write()
        outcome = self.report()
        self.assertEqual(outcome.code, 1, outcome)
        self.assertIn("was not written", outcome.stderr)
        self.assertIn("id_duplicate", outcome.stdout)
        self.assert_nothing_written()

    def test_warnings_are_failures_if_strict(self):
        bow_tie = rectangle(58.6, 36.0, 59.0, 36.3)
        bow_tie["coordinates"][0][1:3] = bow_tie["coordinates"][0][2:0:-1]
        self.study.districts.set_geometry("D1", bow_tie)
        self.study.write()
        self.assertEqual(self.report("--strict").code, 1)
        self.assert_nothing_written()
        self.assert_done(self.report())


class Target(ReportCase):
    def setUp(self):
        super().setUp()
        self.study.write()

    def remember(self):
        self.before = listing(self.outputs, with_folder_times=False)

    def assert_refused_and_untouched(self, outcome, *words):
        self.assert_failed(outcome, *words)
        self.assertEqual(listing(self.outputs, with_folder_times=False), self.before, outcome)

    def test_page_that_exists_needs_overwrite(self):
        self.page.write_text("old")
        self.remember()
        (self.inputs / "zones.geojson").write_text("{")  # told before the work
        self.assert_refused_and_untouched(self.report(), self.page, "exists", "--overwrite")
        self.study.write()
        self.assert_done(self.report("--overwrite"))
        self.assertEqual([path.name for path in self.outputs.iterdir()], ["report.html"])

    def test_folder_that_is_missing_and_target_that_is_a_folder(self):
        self.remember()
        self.assert_refused_and_untouched(
            self.amayesh("report", self.study.path, "-o", self.outputs / "no" / "report.html"), "no", "does not exist")
        self.page.mkdir()
        self.remember()
        self.assert_refused_and_untouched(self.report("--overwrite"), "report.html", "it is a folder")

    def test_no_input_is_replaced(self):
        (self.outputs / "link.html").symlink_to(self.inputs / "districts.geojson")
        self.remember()
        for target in (self.study.path, self.inputs / "zones.geojson", self.outputs / "link.html"):
            with self.subTest(target=target):
                outcome = self.amayesh("report", self.study.path, "-o", target, "--overwrite")
                self.assert_refused_and_untouched(outcome, "it is an input of this run")
        (self.inputs / "places.csv").write_text("x,y\n59,36.1\n")
        backdrop = '\n[[backdrop]]\nkind = "places"\nsource = "places.csv"\nx = "x"\ny = "y"\n'
        self.study.path.write_text(self.study.text() + backdrop, encoding="utf-8")
        outcome = self.amayesh("report", self.study.path, "-o", self.inputs / "places.csv", "--overwrite")
        self.assert_refused_and_untouched(outcome, "it is an input of this run")

    def test_full_disk(self):
        self.assert_done(self.report())
        size = self.page.stat().st_size
        self.remember()
        for limit in (0, 1, 1024, size // 2, size - 1):
            with self.subTest(limit=limit):
                outcome = self.report("--overwrite", before=command.limit_file_size(limit))
                self.assert_refused_and_untouched(outcome, "report.html", "no space left", "ulimit")

    def test_every_write_that_fails(self):
        self.assert_done(self.report())
        old = self.page.read_bytes()
        self.study.tables["assess"]["over"] = 7000
        self.study.write()
        new = self.outputs / "new.html"
        self.assert_done(self.amayesh("report", self.study.path, "-o", new))
        whole = new.read_bytes()
        new.unlink()
        failing = command.with_preloaded(os.environ["AMAYESH_FAILING_CALLS"])
        failed = 0
        for at in range(1, 50):
            faults = {"FAULT_FOLDER": str(self.outputs), "FAULT_AT": str(at), "FAULT_ERRNO": str(errno.EIO)}
            outcome = self.report("--overwrite", changes={**failing, **faults})
            if outcome.code == 0:
                break
            failed += 1
            with self.subTest(failing_call=at):
                self.assert_failed(outcome, "report.html")
                self.assertIn(self.page.read_bytes(), (old, whole))
                self.assertEqual([path.name for path in self.outputs.iterdir()], ["report.html"])
        self.assertEqual(self.page.read_bytes(), whole)
        self.assertGreater(failed, 2)

    def test_what_a_killed_run_left_is_removed(self):
        left = self.outputs / ".report.html.amayesh-partial"
        left.mkdir()
        (left / "report.html").write_text("half")
        self.assert_done(self.report())
        self.assertEqual([path.name for path in self.outputs.iterdir()], ["report.html"])
        shutil.rmtree(left, ignore_errors=True)


if __name__ == "__main__":
    main()
