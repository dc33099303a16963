"""amayesh run where zones are reached in minutes: what `reach` adds to the folder."""

import json
import shutil
import signal
import subprocess
import time

import command
from reach_case import ReachCase
from tool_case import listing, main

REACH = ["reach.gpkg", "reach.qgz"]
RASTER = ["travel_time.qml", "travel_time.tif"]
OTHERS = ["allocate.gpkg", "allocate.qgz", "gap.gpkg", "gap.qgz", "report.html"]
ABOUT = ["manifest.json", "summary.json", "summary.txt"]
REPEATED = 3


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


class RunReachCase(ReachCase):
    def setUp(self):
        super().setUp()
        self.folder_made = self.outputs / "results"
        self.study.tables["reach"]["cell_m"] = 250
        self.set_reach("surface")

    def set_reach(self, kind, outputs=None):
        self.study.tables["assess"]["reach"] = kind
        self.study.tables["run"] = {"outputs": outputs} if outputs else {}
        self.study.write()

    def run_study(self, *options, **how):
        return self.amayesh("run", self.study.path, "-o", self.folder_made, *options, **how)

    def made(self, *options):
        outcome = self.run_study("--overwrite", *options)
        self.assert_done(outcome)
        return contents(self.folder_made)

    def told(self):
        return json.loads((self.folder_made / "summary.json").read_text())


class Folder(RunReachCase):
    def test_reach_is_among_the_outputs_unless_zones_are_reached_straight(self):
        for kind, names in [("straight", []), ("roads", REACH), ("surface", REACH + RASTER)]:
            with self.subTest(reach=kind):
                self.set_reach(kind)
                self.assertEqual(sorted(self.made()), sorted(OTHERS + ABOUT + names))
                self.assertEqual("reach" in self.told(), kind != "straight")

    def test_a_list_of_outputs_decides(self):
        for outputs, names in [(["reach"], REACH + RASTER), (["reach", "gap"], ["gap.gpkg", "gap.qgz"] + REACH + RASTER),
                               (["report"], ["report.html"])]:
            with self.subTest(outputs=outputs):
                self.set_reach("surface", outputs)
                self.assertEqual(sorted(self.made()), sorted(names + ABOUT))

    def test_reach_where_zones_are_reached_straight_is_refused(self):
        self.set_reach("straight", ["gap", "reach"])
        outcome = self.run_study()
        self.assert_failed(outcome, "study.toml:", "'outputs' in [run]", "'reach'", "[assess]", '"roads"', "out of the list")
        self.assert_nothing_written()

    def test_each_file_is_that_of_its_own_command(self):
        for kind, options in (("roads", []), ("surface", ["--over", "4000", "--within", "B"])):
            with self.subTest(reach=kind):
                self.set_reach(kind)
                made = self.made(*options)
                raster = ["--travel-time", self.outputs / "travel_time.tif"] if kind == "surface" else []
                for name, more in (("gap", []), ("allocate", []), ("reach", raster)):
                    alone = self.outputs / f"{name}.gpkg"
                    self.assert_done(self.amayesh(name, self.study.path, "-o", alone, "--overwrite", *options, *more))
                    rasters = [self.outputs / file for file in RASTER if more]
                    for path in (alone, alone.with_suffix(".qgz"), *rasters):
                        self.assertEqual(path.read_bytes(), made[path.name], path.name)

    def test_summary_tells_what_reach_tells(self):
        outcome = self.run_study("--overwrite", "--json")
        alone = self.amayesh("reach", self.study.path, "-o", self.target, "--json").json()
        told = outcome.json()
        for key, value in told["reach"].items():
            self.assertEqual(value, alone[key], key)
        self.assertEqual(told["inputs"], alone["inputs"])
        for problem in alone["problems"]:
            self.assertIn(problem, told["problems"])
        self.assertIn("Who reaches a serving zone", (self.folder_made / "summary.txt").read_text())

    def test_manifest_names_every_file_with_its_hash_and_the_limits_of_people(self):
        made = self.made()
        manifest = json.loads(made["manifest.json"])
        self.assertEqual(sorted([f["name"] for f in manifest["files"]] + ["manifest.json"]), sorted(made))
        for file in manifest["files"]:
            path = self.folder_made / file["name"]
            self.assertEqual(file["bytes"], path.stat().st_size)
            hashed = subprocess.run(["xxh128sum", path], capture_output=True, text=True, check=True).stdout.split()[0]
            self.assertEqual(file["xxh3_128"], hashed, path.name)
        entries = {(e["section"], e["key"]): e["value"] for e in manifest["entries"]}
        self.assertEqual(entries["parameters", "people_minutes"], "15, 30, 45, 60")
        self.assertEqual(entries["reach", "reach"], "surface")
        for path in (self.folder_made / "reach.gpkg", self.folder_made / "gap.gpkg"):
            for row in self.rows("manifest", path):
                self.assertEqual(entries[row["section"], row["key"]], row["value"] or "", path.name)

    def test_second_run_and_other_threads_write_the_same_bytes(self):
        first = self.made("--threads", "1")
        self.assertEqual(self.made("--threads", "2"), first)
        self.assertEqual(self.made("--threads", "2"), first)

    def phases(self, *words):
        """In their order, as often as they began."""
        outcome = self.amayesh(*words, "--overwrite", "--times")
        self.assert_done(outcome)
        return [line.partition("of processors  ")[2] for line in outcome.stderr.splitlines() if "of processors" in line]

    def test_inputs_are_read_and_roads_or_surface_made_once(self):
        for kind in ("roads", "surface"):
            with self.subTest(reach=kind):
                self.set_reach(kind)
                alone = self.phases("reach", self.study.path, "-o", self.target)
                together = self.phases("run", self.study.path, "-o", self.folder_made)
                until_ways = alone[:alone.index("find ways")]
                self.assertGreater(len(until_ways), 3)
                self.assertEqual(together[:len(until_ways)], until_ways)
                for phase in until_ways:
                    self.assertEqual(together.count(phase), until_ways.count(phase), phase)

    def test_folder_of_a_surface_gives_way_to_one_over_roads(self):
        self.made()
        (self.folder_made / "travel_time.tif.aux.xml").write_text("a histogram, as QGIS leaves it")
        self.set_reach("roads")
        self.assertEqual(sorted(self.made()), sorted(OTHERS + ABOUT + REACH))

    def test_times_are_told_by_file(self):
        outcome = self.run_study("--times")
        for words in ("reach.gpkg: write", "travel_time.tif: writing the raster"):
            self.assertIn(words, outcome.stderr)


class Refused(RunReachCase):
    def assert_untouched(self, outcome, *words):
        self.assert_failed(outcome, *words)
        self.assertEqual(listing(self.outputs, with_folder_times=False), self.before)

    def remember(self):
        self.before = listing(self.outputs, with_folder_times=False)

    def test_input_with_errors_leaves_the_old_folder(self):
        self.made()
        self.remember()
        self.study.districts.features.append(self.study.districts.features[0])
        self.study.write()
        outcome = self.run_study("--overwrite")
        self.assert_untouched(outcome, "was not written", "amayesh check")
        self.assertIn("id_duplicate", outcome.stdout)

    def test_place_that_holds_no_unit(self):
        self.assert_failed(self.run_study("--within", "nowhere"), "nowhere")
        self.assert_nothing_written()

    def test_raster_that_does_not_fit_leaves_the_old_folder(self):
        self.set_reach("surface", ["reach"])
        self.made()
        self.remember()
        self.study.tables["reach"]["cell_m"] = 50  # 2,180 × 480 cells and more, 4 bytes each in the first copy
        self.study.write()
        outcome = self.run_study("--overwrite", before=command.limit_file_size(2_000_000))
        self.assert_untouched(outcome, "no space left", self.folder_made / "travel_time.tif")
        self.assertNotIn("amayesh-partial", outcome.stderr)

    def test_link_in_the_place_of_the_raster_is_not_followed(self):
        self.made()
        (self.folder_made / "travel_time.tif").unlink()
        (self.folder_made / "travel_time.tif").symlink_to(self.inputs / "zones.geojson")
        self.remember()
        self.assert_untouched(self.run_study("--overwrite"), "travel_time.tif", "did not write")


class Stopped(RunReachCase):
    def hidden(self):
        return list(self.outputs.glob(".results.*/results/*"))

    def test_interrupt_while_reach_is_written_leaves_the_old_folder(self):
        old = self.made()
        self.study.districts.attributes("B")["people"] = 15001
        self.study.write()
        stopped = 0
        for wanted in ("gap.gpkg", "reach.gpkg", "travel_time.tif"):
            for _ in range(REPEATED):
                process = command.start("run", self.study.path, "-o", self.folder_made, "--overwrite")
                until = time.monotonic() + 60
                while process.poll() is None and time.monotonic() < until:
                    if any(path.name.startswith(wanted) for path in self.hidden()):
                        break
                    time.sleep(0.0005)
                process.send_signal(signal.SIGINT)
                _, stderr = process.communicate(timeout=60)
                with self.subTest(wanted=wanted):
                    if process.returncode == 0:  # it was done just before
                        self.assertEqual(sorted(contents(self.folder_made)), sorted(old))
                        shutil.rmtree(self.folder_made)
                        self.folder_made.mkdir()
                        for name, content in old.items():
                            (self.folder_made / name).write_bytes(content)
                        continue
                    stopped += 1
                    self.assertEqual(process.returncode, 128 + signal.SIGINT, stderr)
                    self.assertIn(f"{self.folder_made} is as it was", stderr.decode())
                    self.assertEqual(contents(self.folder_made), old)
                    self.assertEqual([path.name for path in self.outputs.iterdir()], ["results"])
        self.assertGreater(stopped, REPEATED, "most runs were over before the signal came")


if __name__ == "__main__":
    main()
