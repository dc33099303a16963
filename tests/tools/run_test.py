"""amayesh run: one folder with all that a study asks for, whole or not at all."""

import errno
import json
import os
import shutil
import signal
import subprocess
import time

import command
from same_bytes_test import FAKETIME, SAMPLE
from tool_case import ToolCase, listing, main

GAP = ["gap.gpkg", "gap.qgz"]
REPORT = ["report.html"]
ALLOCATE = ["allocate.gpkg", "allocate.qgz"]
ABOUT = ["summary.txt", "summary.json", "manifest.json"]
EVERYTHING = sorted(GAP + REPORT + ALLOCATE + ABOUT)


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


class RunCase(ToolCase):
    def setUp(self):
        super().setUp()
        self.study.write()
        self.target = self.outputs / "results"

    def run_study(self, *options, **how):
        return self.amayesh("run", self.study.path, "-o", self.target, *options, **how)

    def remember(self):
        self.before = listing(self.outputs, with_folder_times=False)

    def assert_refused_and_untouched(self, outcome, *words):
        self.assert_failed(outcome, *words)
        self.assertEqual(listing(self.outputs, with_folder_times=False), self.before, outcome)

    def assert_alone(self):
        """Nothing lies beside the folder."""
        self.assertEqual([path.name for path in self.outputs.iterdir()], ["results"])


class Folder(RunCase):
    def test_it_holds_what_the_study_asks_for(self):
        for outputs, names in [
            (None, EVERYTHING),
            (["gap", "report", "allocate"], EVERYTHING),
            (["allocate", "report", "gap", "gap"], EVERYTHING),
            (["report"], sorted(REPORT + ABOUT)),
            (["gap"], sorted(GAP + ABOUT)),
            (["allocate"], sorted(ALLOCATE + ABOUT)),
        ]:
            with self.subTest(outputs=outputs):
                self.study.tables["run"] = {"outputs": outputs} if outputs else {}
                self.study.write()
                outcome = self.run_study("--overwrite")
                self.assert_done(outcome)
                self.assertEqual(sorted(path.name for path in self.target.iterdir()), names)
                self.assert_alone()
                for name in names:
                    self.assertIn(name, outcome.stderr)
                told = json.loads((self.target / "summary.json").read_text())
                self.assertEqual("gap" in told, "gap.gpkg" in names)
                self.assertNotIn("report", told)
                self.assertEqual("allocate" in told, "allocate.gpkg" in names)

    def test_each_file_is_that_of_its_own_command(self):
        self.assert_done(self.run_study("--over", "9000"))
        for name in ("gap", "allocate"):
            file = self.outputs / f"{name}.gpkg"
            self.assert_done(self.amayesh(name, self.study.path, "-o", file, "--over", "9000"))
            for path in (file, file.with_suffix(".qgz")):
                self.assertEqual(path.read_bytes(), (self.target / path.name).read_bytes(), path.name)

    def test_report_is_that_of_its_own_command(self):
        self.assert_done(self.run_study("--over", "9000"))
        page = self.outputs / "page.html"
        self.assert_done(self.amayesh("report", self.study.path, "-o", page, "--over", "9000"))
        self.assertEqual(page.read_bytes(), (self.target / "report.html").read_bytes())

    def test_summary_is_what_is_printed(self):
        outcome = self.run_study()
        self.assertEqual(outcome.stdout, (self.target / "summary.txt").read_text())
        as_json = self.run_study("--overwrite", "--json")
        self.assertEqual(as_json.stdout, (self.target / "summary.json").read_text())
        alone = {name: self.amayesh(name, self.study.path, "-o", self.outputs / f"{name}.gpkg", "--json").json()
                 for name in ("gap", "allocate")}
        told = as_json.json()
        for name, its_own in alone.items():
            for key, value in told[name].items():
                self.assertEqual(value, its_own[key], key)
            for key in ("inputs", "counts", "problems", "weak_coefficients"):
                self.assertEqual(told[key], its_own[key], key)

    def test_manifest_names_every_other_file_with_its_hash(self):
        self.assert_done(self.run_study())
        manifest = json.loads((self.target / "manifest.json").read_text())
        self.assertEqual(sorted([f["name"] for f in manifest["files"]] + ["manifest.json"]), EVERYTHING)
        for file in manifest["files"]:
            path = self.target / file["name"]
            self.assertEqual(file["bytes"], path.stat().st_size)
            told = subprocess.run(["xxh128sum", path], capture_output=True, text=True, check=True).stdout.split()[0]
            self.assertEqual(file["xxh3_128"], told, path.name)
        rows = [(r["section"], r["key"], r["value"] or "") for r in self.rows("manifest", self.target / "allocate.gpkg")]
        self.assertEqual([(e["section"], e["key"], e["value"]) for e in manifest["entries"]], rows)

    def test_folder_that_was_renamed_still_opens(self):
        """Nothing in it names the folder, so it may lie anywhere."""
        self.assert_done(self.run_study())
        for content in contents(self.target).values():
            self.assertNotIn(b"amayesh-partial", content)
            self.assertNotIn(os.fsencode(self.outputs), content)

    def test_quiet_run_says_nothing_but_the_result(self):
        outcome = self.run_study("--quiet")
        self.assert_done(outcome)
        self.assertEqual(outcome.stderr, "")

    def test_times_are_told_by_file(self):
        outcome = self.run_study("--times")
        for words in ("gap.gpkg: write", "draw service areas", "allocate.gpkg: write"):
            self.assertIn(words, outcome.stderr)


class SameBytes(RunCase):
    def assert_same(self, first, second):
        self.assertEqual(sorted(first), sorted(second))
        for name in first:
            self.assertEqual(first[name], second[name], name)

    def test_second_run_another_day_time_zone_thread_count_and_folder(self):
        self.assertTrue(FAKETIME, "libfaketime is missing (package faketime)")
        self.assert_done(self.run_study("--threads", "1"))
        first = contents(self.target)
        self.assert_done(self.run_study("--overwrite"))
        self.assert_same(first, contents(self.target))
        changes = command.with_preloaded(
            FAKETIME[0], {"FAKETIME": "+400d", "TZ": "Asia/Tehran", "USER": "someone", "HOME": "/nonexistent"}
        )
        self.target = self.outputs / "نتایج دیگر"
        self.assert_done(self.run_study("--threads", "2", changes=changes))
        self.assert_same(first, contents(self.target))

    def test_sample(self):
        study = SAMPLE / "study.toml"
        self.assert_done(command.run("run", study, "-o", self.target))
        first = contents(self.target)
        self.assert_done(command.run("run", study, "-o", self.target, "--overwrite", changes={"TZ": "Asia/Tehran"}))
        self.assert_same(first, contents(self.target))


class Refused(RunCase):
    def test_input_with_errors_writes_nothing_and_leaves_the_old_folder(self):
        self.assert_done(self.run_study())
        self.remember()
        self.study.districts.attributes("D3")["id"] = "D1"
        self.study.write()
        for options in (("--overwrite",), ("--overwrite", "--json")):
            outcome = self.run_study(*options)
            self.assert_refused_and_untouched(outcome, "1 errors", "was not written", "amayesh check")
            self.assertIn("D1", outcome.stdout)
        shutil.rmtree(self.target)
        self.assertEqual(self.run_study().code, 1)
        self.assert_nothing_written()

    def test_strict_refuses_warnings(self):
        self.study.settlements.attributes("S4")["id"] = "S3"
        self.study.write()
        outcome = self.run_study("--strict")
        self.assert_failed(outcome, "0 errors", "was not written")
        self.assertIn("S3", outcome.stdout)
        self.assert_nothing_written()
        self.assert_done(self.run_study())

    def test_study_that_asks_for_something_else(self):
        for outputs, words in [(["gaps"], ["'gaps'", "did you mean 'gap'"]), ([], ["empty"]), ("plan", ["list of texts"])]:
            with self.subTest(outputs=outputs):
                self.study.tables["run"] = {"outputs": outputs}
                self.study.write_study_file()
                self.assert_failed(self.run_study(), "study.toml:", *words)
        self.study.tables["run"] = {"output": ["gap"]}
        self.study.write_study_file()
        self.assert_failed(self.run_study(), "did you mean 'outputs'")
        self.assert_nothing_written()

    def test_folder_that_exists_needs_overwrite(self):
        self.target.mkdir()
        self.remember()
        self.assert_refused_and_untouched(self.run_study(), self.target, "exists", "--overwrite")
        self.assert_done(self.run_study("--overwrite"))
        self.assertEqual(sorted(contents(self.target)), EVERYTHING)

    def test_folder_of_another_is_never_replaced(self):
        def mine(name, text="mine"):
            self.target.mkdir()
            (self.target / name).write_text(text)

        for name in ("notes.txt", "gap.gpkg", "summary.txt", "manifest.json", ".hidden"):
            with self.subTest(name=name):
                mine(name)
                self.remember()
                self.assert_refused_and_untouched(self.run_study("--overwrite"), self.target, "another folder")
                shutil.rmtree(self.target)
        for name, make in [
            ("notes.txt", lambda path: path.write_text("mine")),
            ("maps", lambda path: path.mkdir()),
            ("copy.gpkg", lambda path: path.write_text("mine")),
        ]:
            with self.subTest(beside_results=name):
                self.assert_done(self.run_study())
                make(self.target / name)
                self.remember()
                self.assert_refused_and_untouched(self.run_study("--overwrite"), name, "did not write")
                shutil.rmtree(self.target)

    def test_link_in_the_place_of_a_result_is_not_followed(self):
        self.assert_done(self.run_study())
        (self.target / "gap.gpkg").unlink()
        (self.target / "gap.gpkg").symlink_to(self.inputs / "zones.geojson")
        self.remember()
        self.assert_refused_and_untouched(self.run_study("--overwrite"), "gap.gpkg", "did not write")

    def test_project_that_was_saved_in_qgis_is_kept(self):
        self.assert_done(self.run_study())
        (self.target / "gap.qgz").write_bytes(b"saved by another program")
        self.remember()
        self.assert_refused_and_untouched(self.run_study("--overwrite"), self.target / "gap.qgz", "saved in QGIS")

    def test_folder_that_is_open_in_another_program(self):
        self.assert_done(self.run_study())
        (self.target / "allocate.gpkg-wal").write_bytes(b"")
        self.remember()
        self.assert_refused_and_untouched(self.run_study("--overwrite"), "allocate.gpkg", "close it in QGIS")

    def test_target_that_is_a_file_or_has_no_parent(self):
        self.target.write_text("mine")
        self.remember()
        self.assert_refused_and_untouched(self.run_study("--overwrite"), self.target, "it is a file")
        self.target = self.outputs / "nowhere" / "results"
        self.assert_refused_and_untouched(self.run_study(), "nowhere", "make it first")

    def test_folder_of_the_inputs(self):
        for target in (self.inputs, self.inputs / ".", self.inputs.parent):
            with self.subTest(target=target):
                outcome = self.amayesh("run", self.study.path, "-o", target, "--overwrite")
                self.assertEqual(outcome.code, 1, outcome)
        (self.outputs / "link").symlink_to(self.inputs)
        self.assert_failed(self.amayesh("run", self.study.path, "-o", self.outputs / "link", "--overwrite"), "input")

    def test_folder_that_cannot_be_written(self):
        self.assert_failed(self.amayesh("run", self.study.path, "-o", "/sys/kernel/results"), "/sys/kernel")

    def test_it_is_refused_before_the_work(self):
        self.target.mkdir()
        (self.inputs / "zones.geojson").write_text("{")
        self.assert_failed(self.run_study(), self.target, "--overwrite")

    def test_missing_arguments_are_2(self):
        self.assert_misused(self.amayesh("run", self.study.path), "--output")
        self.assert_misused(self.amayesh("run", "-o", self.target), "study")


class Interrupted(RunCase):
    KILLS = 12

    def wait_for(self, process, is_there):
        until = time.monotonic() + 60
        while process.poll() is None and not is_there() and time.monotonic() < until:
            time.sleep(0.0005)

    def hidden(self):
        return [path for path in self.outputs.iterdir() if path != self.target]

    def test_kills_leave_the_old_folder_or_the_new_one(self):
        self.assert_done(self.run_study())
        old = contents(self.target)
        self.study.districts.attributes("D3")["people"] = 8001
        self.study.write()
        started = time.monotonic()
        self.assert_done(self.run_study("--overwrite"))
        duration = time.monotonic() - started
        new = contents(self.target)
        killed = 0
        for turn in range(self.KILLS):
            shutil.rmtree(self.target)
            self.target.mkdir()
            for name, content in old.items():
                (self.target / name).write_bytes(content)
            process = command.start("run", self.study.path, "-o", self.target, "--overwrite")
            self.wait_for(process, self.hidden)
            time.sleep(duration * turn / self.KILLS)
            process.kill()
            process.communicate(timeout=60)
            killed += process.returncode == -signal.SIGKILL
            self.assertIn(contents(self.target), (old, new), f"turn {turn}")
            self.assertLessEqual(len(self.hidden()), 1)
        self.assertGreater(killed, self.KILLS // 3, "most runs were over before the signal came")
        self.assert_done(self.run_study("--overwrite"))
        self.assertEqual(contents(self.target), new)
        self.assert_alone()

    def test_second_run_at_the_same_time_is_refused(self):
        for _ in range(30):
            process = command.start("run", self.study.path, "-o", self.target, "--overwrite")
            self.wait_for(process, lambda: list(self.outputs.glob(".results.*/results/*gap.gpkg*")))
            process.send_signal(signal.SIGSTOP)
            os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
            if process.poll() is None and not self.target.exists():
                break
            process.send_signal(signal.SIGCONT)
            process.communicate(timeout=60)
            shutil.rmtree(self.target)
        else:
            self.fail("each run was done before it could be stopped")
        try:
            self.assert_failed(self.run_study(), self.target, "another run")
        finally:
            process.send_signal(signal.SIGCONT)
        _, stderr = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 0, stderr)
        self.assertEqual(sorted(contents(self.target)), EVERYTHING)
        self.assert_alone()

    def test_limit_on_file_size_names_the_file_in_its_folder(self):
        self.assert_done(self.run_study())
        self.remember()
        for most in (1000, 200_000):
            outcome = self.run_study("--overwrite", before=command.limit_file_size(most))
            self.assert_refused_and_untouched(outcome, "no space left", self.target)
            self.assertNotIn("amayesh-partial", outcome.stderr)

    def test_every_write_that_fails(self):
        """The n-th call that changes a file fails, for growing n until a run meets none: never a half-written folder."""
        self.assert_done(self.run_study())
        old = contents(self.target)
        self.study.tables["assess"]["over"] = 7000
        self.study.write()
        self.assert_done(self.run_study("--overwrite"))
        new = contents(self.target)
        failed, at, step = 0, 1, 1
        while True:
            shutil.rmtree(self.target)
            self.target.mkdir()
            for name, content in old.items():
                (self.target / name).write_bytes(content)
            faults = {"FAULT_FOLDER": str(self.outputs), "FAULT_AT": str(at), "FAULT_ERRNO": str(errno.EIO)}
            changes = command.with_preloaded(os.environ["AMAYESH_FAILING_CALLS"], faults)
            outcome = self.run_study("--overwrite", changes=changes)
            with self.subTest(failing_call=at):
                self.assert_alone()
                if outcome.code == 0:
                    self.assertEqual(contents(self.target), new)
                    break
                self.assert_failed(outcome, self.target)
                self.assertIn(contents(self.target), (old, new))  # the last call of all syncs what is in place
            failed += 1
            at, step = at + step, at  # 1, 2, 3, 5, 8 …
        self.assertGreater(failed, 5)

    def test_small_disk(self):
        disk = self.outputs / "disk"
        disk.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "none", disk], capture_output=True).returncode:
            self.skipTest("no mounting here; the limit of the file size stands for it")
        self.addCleanup(subprocess.run, ["umount", disk], check=True)
        outcome = self.amayesh("run", self.study.path, "-o", disk / "results")
        self.assert_failed(outcome, disk / "results", f"no space left on the disk of {disk}", "make room")
        self.assertEqual(list(disk.iterdir()), [])


if __name__ == "__main__":
    main()
