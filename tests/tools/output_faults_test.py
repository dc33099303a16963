"""Outputs that cannot be written: whole or not at all, and the old one stays until the new one stands."""

import errno
import fcntl
import os
import shutil
import signal
import subprocess
import time

import command
from tool_case import ToolCase, listing, main

LAYERS = {"units", "unit_utilities", "zones", "sources", "allocations", "settlements", "rollups", "problems", "manifest"}
STYLES = "layer_styles"  # QGIS's own table
NOBODY = "65534"


class Output(ToolCase):
    def setUp(self):
        super().setUp()
        self.study.write()

    def assert_refused_and_untouched(self, outcome, *words):
        """Failed with these words; what was in the folder of the outputs is as it was."""
        self.assert_failed(outcome, *words)
        self.assertEqual(listing(self.outputs, with_folder_times=False), self.before, outcome)

    def remember(self):
        self.before = listing(self.outputs, with_folder_times=False)


class Target(Output):
    def test_output_that_exists_needs_overwrite(self):
        self.target.write_text("old")
        self.remember()
        self.assert_refused_and_untouched(self.gap(), self.target, "exists", "--overwrite")
        self.assert_refused_and_untouched(self.check("-o", self.target), self.target, "exists", "--overwrite")
        self.assert_done(self.gap("--overwrite"))
        self.assertEqual(len(self.rows("units")), 4)
        self.assertEqual({path.name for path in self.outputs.iterdir()}, {"gap.gpkg", "gap.qgz"})

    def test_failed_run_leaves_the_old_output(self):
        self.assert_done(self.gap())
        self.remember()
        self.study.districts.attributes("D3")["id"] = "D1"
        self.study.write()
        outcome = self.gap("--overwrite")
        self.assertEqual(outcome.code, 1, outcome)
        self.assertEqual(listing(self.outputs, with_folder_times=False), self.before)

    def test_output_that_is_an_input_is_refused(self):
        """By its name, through a link, under another spelling; with and without --overwrite."""
        (self.outputs / "soft.gpkg").symlink_to(self.inputs / "districts.gpkg")
        self.study.districts.file = "districts.gpkg"
        self.study.write()
        os.link(self.inputs / "districts.gpkg", self.outputs / "hard.gpkg")
        self.remember()
        for target in (
            self.inputs / "districts.gpkg",
            self.inputs / "." / ".." / "inputs" / "districts.gpkg",
            self.outputs / "soft.gpkg",
            self.outputs / "hard.gpkg",
        ):
            with self.subTest(target=target):
                self.assert_failed(self.amayesh("gap", self.study.path, "-o", target, "--overwrite"), "input")
                self.assertEqual(listing(self.outputs, with_folder_times=False), self.before)
        for target in (self.study.path, self.inputs / "zones.geojson", self.inputs / "settlements.csv"):
            with self.subTest(target=target):
                self.assert_failed(self.amayesh("gap", self.study.path, "-o", target, "--overwrite", "-f", "GPKG"), "input")

    def test_part_of_a_shapefile_that_is_an_input_is_refused(self):
        self.study.districts.file = "districts.shp"
        self.study.write()
        target = self.inputs / "districts.dbf"
        self.assert_failed(self.amayesh("gap", self.study.path, "-o", target, "--overwrite", "-f", "GPKG"), "input")

    def test_ending_of_no_format_that_is_written(self):
        target = self.outputs / "report.html"
        target.write_text("a page")
        self.remember()
        self.assert_failed(self.amayesh("gap", self.study.path, "-o", target, "--overwrite"), ".html", ".gpkg", "-f")
        self.assertEqual(target.read_text(), "a page")

    def test_folder_that_is_missing(self):
        target = self.outputs / "nowhere" / "gap.gpkg"
        self.assert_failed(self.amayesh("gap", self.study.path, "-o", target), "nowhere")
        self.assert_nothing_written()

    def test_folder_that_is_a_file(self):
        (self.outputs / "file").write_text("x")
        self.remember()
        target = self.outputs / "file" / "gap.gpkg"
        self.assert_refused_and_untouched(self.amayesh("gap", self.study.path, "-o", target), "file")

    def test_target_that_is_a_folder(self):
        self.target.mkdir()
        (self.target / "mine").write_text("x")
        self.remember()
        self.assert_refused_and_untouched(self.gap("--overwrite"), self.target)

    def test_target_that_is_a_device(self):
        self.assert_failed(self.amayesh("gap", self.study.path, "-o", "/dev/null", "--overwrite"), "/dev/null")

    def test_folder_that_cannot_be_written(self):
        """Root may write anywhere but in the kernel's own folders; others are kept out by permissions."""
        target = "/sys/kernel/gap.gpkg"
        self.assert_failed(self.amayesh("gap", self.study.path, "-o", target), "/sys/kernel")
        if os.geteuid() != 0:
            self.outputs.chmod(0o555)
            self.addCleanup(self.outputs.chmod, 0o755)
            self.assert_failed(self.gap(), self.outputs, "ermission")
            return
        if not shutil.which("setpriv"):
            return
        self.folder.chmod(0o755)
        wrapper = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
        if command.run("--version", wrapper=wrapper).code != 0:
            return  # another user cannot reach the program's own folder
        self.assert_failed(self.gap(wrapper=wrapper), self.outputs, "ermission")
        self.assert_nothing_written()

    def test_it_is_refused_before_the_work(self):
        """A study that cannot be read at all: the target's fault is told first."""
        self.target.write_text("old")
        (self.inputs / "zones.geojson").write_text("{")
        self.assert_failed(self.gap(), self.target, "--overwrite")

    def test_unknown_format_and_option(self):
        self.assert_failed(self.gap("-f", "NoSuchDriver"), "NoSuchDriver")
        self.assert_nothing_written()
        self.assert_failed(self.gap("--lco", "novalue"), "novalue", "NAME=VALUE")
        for driver in ("GPKG", "GeoJSON", "FlatGeobuf", "CSV", "ESRI Shapefile", "XLSX"):
            with self.subTest(driver=driver):
                target = self.outputs / ("result.gpkg" if driver == "GPKG" else "result.xlsx" if driver == "XLSX" else "result")
                arguments = ("-o", target, "-f", driver, "--lco", "NO_SUCH_OPTION=1")
                self.assert_failed(self.amayesh("gap", self.study.path, *arguments), driver, "NO_SUCH_OPTION")
                self.assert_failed(self.amayesh("check", self.study.path, *arguments), driver, "NO_SUCH_OPTION")
        self.assert_nothing_written()
        self.assert_done(self.gap("--lco", "GEOMETRY_NAME=shape"))

    def test_file_that_holds_one_layer_is_refused_before_the_work(self):
        (self.inputs / "zones.geojson").write_text("{")
        for ending in ("geojson", "fgb", "csv"):
            target = self.outputs / f"gap.{ending}"
            self.assert_failed(self.amayesh("gap", self.study.path, "-o", target), "holds one layer", "name a folder")
        self.assert_nothing_written()

    def test_formats_that_reach_out_are_no_outputs(self):
        for driver in ("PGDump", "Memory", "KML", "WFS", "MySQL"):
            with self.subTest(driver=driver):
                self.assert_failed(self.gap("-f", driver), driver)
        for target in ("/vsimem/gap.gpkg", "/vsicurl/http://127.0.0.1:9/gap.gpkg", "/vsizip/gap.zip/gap.gpkg"):
            with self.subTest(target=target):
                self.assertEqual(self.amayesh("gap", self.study.path, "-o", target).code, 1)
        self.assert_nothing_written()


class FullDisk(Output):
    def assert_old_or_nothing(self, outcome, *words):
        self.assert_failed(outcome, *words)
        for noise in ("sqlite3", "SELECT", "CREATE", "malformed"):
            self.assertNotIn(noise, outcome.stderr)
        self.assertEqual(listing(self.outputs, with_folder_times=False), self.before, outcome)

    def test_file_size_limit(self):
        """`ulimit -f`: the signal is ignored, so that a write fails as on a full disk."""
        self.assert_done(self.gap())
        size = self.target.stat().st_size
        self.remember()
        for limit in (0, 1, 1024, 16 * 1024, size // 2, size - 1):
            with self.subTest(limit=limit):
                outcome = self.gap("--overwrite", before=command.limit_file_size(limit))
                self.assert_old_or_nothing(outcome, "gap.gpkg", "no space left", "ulimit")
        self.target.unlink()
        self.target.with_suffix(".qgz").unlink()
        self.remember()
        outcome = self.gap(before=command.limit_file_size(size // 2))
        self.assert_old_or_nothing(outcome, "gap.gpkg", "no space left", "ulimit")

    def test_file_size_limit_of_other_formats(self):
        for driver, ending in (("GeoJSON", ""), ("ESRI Shapefile", ""), ("CSV", ""), ("FlatGeobuf", ""), ("XLSX", ".xlsx")):
            target = self.outputs / f"result{ending}"
            with self.subTest(driver=driver):
                self.remember()
                outcome = self.amayesh("gap", self.study.path, "-o", target, "-f", driver,
                                       before=command.limit_file_size(600))
                self.assert_old_or_nothing(outcome, "result", "no space left")

    def test_every_write_that_fails(self):
        """The n-th call that changes a file fails, for growing n until a run meets none: never a half-written output."""
        self.assert_done(self.gap())
        old = self.target.read_bytes()
        self.study.tables["assess"]["over"] = 7000
        self.study.write()
        elsewhere = self.outputs / "elsewhere"  # of the same name: the project names its file
        elsewhere.mkdir()
        new = elsewhere / "gap.gpkg"
        self.assert_done(self.amayesh("gap", self.study.path, "-o", new))
        whole = new.read_bytes()
        shutil.rmtree(elsewhere)
        failed, at, step = 0, 1, 1
        while True:
            faults = {"FAULT_FOLDER": str(self.outputs), "FAULT_AT": str(at), "FAULT_ERRNO": str(errno.EIO)}
            outcome = self.gap("--overwrite", changes=command.with_preloaded(os.environ["AMAYESH_FAILING_CALLS"], faults))
            with self.subTest(failing_call=at):
                if outcome.code == 0:
                    self.assertEqual(self.target.read_bytes(), whole)
                else:
                    self.assert_failed(outcome, "gap.gpkg")
                    self.assertIn(self.target.read_bytes(), (old, whole))  # the last call of all syncs what is in place
                self.assertEqual({path.name for path in self.outputs.iterdir()}, {"gap.gpkg", "gap.qgz"})
            if outcome.code == 0:
                break
            failed += 1
            at, step = at + step, at  # 1, 2, 3, 5, 8 …
        self.assertGreater(failed, 5)

    def test_small_file_system(self):
        disk = self.outputs / "disk"
        disk.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", disk], capture_output=True).returncode:
            self.skipTest("no mounting here; the limit of the file size stands for it")
        self.addCleanup(subprocess.run, ["umount", disk], check=True)
        (disk / "gap.gpkg").write_text("old")
        self.remember()
        outcome = self.amayesh("gap", self.study.path, "-o", disk / "gap.gpkg", "--overwrite")
        self.assert_old_or_nothing(outcome, "gap.gpkg", f"no space left on the disk of {disk}", "make room")


class StandardOutput(Output):
    """Results on a stdout that takes nothing: never exit code 0."""

    def run_with(self, redirection, *words):
        line = f'"$0" "$@" {redirection}'
        return command.run(*words, wrapper=("bash", "-o", "pipefail", "-c", line))

    def commands(self):
        yield ("schema",)
        yield ("schema", "--json")
        yield ("check", self.study.path)
        yield ("check", self.study.path, "--json")
        yield ("gap", self.study.path, "-o", self.target, "--overwrite")
        yield ("--help",)
        yield ("--version",)

    def test_closed(self):
        for words in self.commands():
            with self.subTest(words=words):
                self.assertEqual(self.run_with(">&-", *words).code, 1)

    def test_full(self):
        for words in self.commands():
            with self.subTest(words=words):
                outcome = self.run_with(">/dev/full", *words)
                self.assertEqual(outcome.code, 1, outcome)
                self.assertIn("standard output", outcome.stderr)

    def test_pipe_whose_reader_has_gone(self):
        for words in self.commands():
            with self.subTest(words=words):
                reader, writer = os.pipe()
                os.close(reader)
                try:
                    outcome = command.run(*words, stdout=writer)
                finally:
                    os.close(writer)
                self.assertEqual(outcome.code, 1, outcome)

    def test_closed_streams_never_end_up_in_the_output(self):
        """A file opened on a free descriptor 1 or 2 would take what is printed."""
        for driver in ("GPKG", "CSV"):
            with self.subTest(driver=driver):
                folders = [self.outputs / f"{turn}-{driver}" for turn in ("expected", "closed")]
                for folder in folders:
                    folder.mkdir()
                expected, target = (folder / "gap" for folder in folders)
                self.assert_done(self.amayesh("gap", self.study.path, "-o", expected, "-f", driver))
                self.run_with("<&- >&- 2>&-", "gap", self.study.path, "-o", target, "-f", driver)
                contents = [[row[-1] for row in listing(folder).values()] for folder in folders]
                self.assertEqual(contents[0], contents[1])


class TwoRuns(Output):
    def wait_for_partial(self, process):
        until = time.monotonic() + 60
        while time.monotonic() < until:
            found = [path for path in self.outputs.iterdir() if "partial" in path.name]
            if found:
                return found[0]
            if process.poll() is not None:
                return None
            time.sleep(0.0005)
        return None

    def is_locked(self, folder):
        """Whether a run holds that hidden folder: it exists a moment before, and goes at the end."""
        try:
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(handle)
        return False

    def stopped_while_it_writes(self):
        """A run that stands still while it holds the target; one that was too early or too late is started again."""
        for _ in range(50):
            for earlier in (self.target, self.target.with_suffix(".qgz")):
                earlier.unlink(missing_ok=True)
            process = command.start("gap", self.study.path, "-o", self.target, "--overwrite")
            self.addCleanup(process.stdout.close)
            self.addCleanup(process.stderr.close)
            partial = self.wait_for_partial(process)
            process.send_signal(signal.SIGSTOP)
            os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
            if partial and self.is_locked(partial):
                return process
            process.send_signal(signal.SIGCONT)
            process.communicate(timeout=60)
        return self.fail("each run was done before it could be stopped")

    def test_second_run_on_one_output_is_refused_while_the_first_works(self):
        first = self.stopped_while_it_writes()
        try:
            self.assert_failed(self.gap(), "gap.gpkg", "another run")
        finally:
            first.send_signal(signal.SIGCONT)
        _, stderr = first.communicate(timeout=60)
        self.assertEqual(first.returncode, 0, stderr)
        self.assertEqual(len(self.rows("units")), 4)
        self.assertEqual({path.name for path in self.outputs.iterdir()}, {"gap.gpkg", "gap.qgz"})

    def test_runs_on_different_outputs_do_not_meet(self):
        targets = [self.outputs / f"{i}.gpkg" for i in range(3)]
        runs = [command.start("gap", self.study.path, "-o", target) for target in targets]
        for process in runs:
            process.communicate(timeout=60)
            self.assertEqual(process.returncode, 0)
        together = [target.read_bytes() for target in targets]
        for target, content in zip(targets, together):
            self.assert_done(self.amayesh("gap", self.study.path, "-o", target, "--overwrite"))
            self.assertEqual(target.read_bytes(), content)

    def test_many_runs_at_once_leave_one_whole_output(self):
        runs = [command.start("gap", self.study.path, "-o", self.target, "--overwrite") for _ in range(4)]
        ends = [(process.communicate(timeout=60), process.returncode) for process in runs]
        for (_, stderr), code in ends:
            if code != 0:
                self.assertEqual(code, 1)
                self.assertIn(b"another run", stderr)
        self.assertIn(0, [code for _, code in ends])
        self.assertEqual(len(self.rows("units")), 4)
        self.assertEqual({path.name for path in self.outputs.iterdir()}, {"gap.gpkg", "gap.qgz"})


if __name__ == "__main__":
    main()
