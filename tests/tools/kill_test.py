"""kill -9 in the middle of writing, fifty times: the old output or the whole new one, and nothing left after the next run."""

import signal
import sqlite3
import time

import command
from output_faults_test import LAYERS, STYLES
from tool_case import ToolCase, main

KILLS = 50


class Kill(ToolCase):
    def setUp(self):
        super().setUp()
        self.study.write()
        self.project = self.target.with_suffix(".qgz")

    def partials(self):
        return [path for path in self.outputs.iterdir() if path not in (self.target, self.project)]

    def time_of_writing(self):
        """Seconds between the first sight of the temporary name and the end of a run."""
        process = command.start("gap", self.study.path, "-o", self.target)
        seen = self.wait_for_partial(process)
        process.communicate(timeout=60)
        self.assertEqual(process.returncode, 0)
        return time.monotonic() - seen

    def wait_for_partial(self, process):
        while process.poll() is None and not self.partials():
            time.sleep(0.0002)
        return time.monotonic()

    def assert_whole(self):
        with sqlite3.connect(f"file:{self.target}?mode=ro", uri=True) as database:
            self.assertEqual(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
            self.assertEqual(database.execute("PRAGMA foreign_key_check").fetchall(), [])
            names = {name for (name,) in database.execute("SELECT table_name FROM gpkg_contents")}
        database.close()
        self.assertEqual(names - {STYLES}, LAYERS)

    def test_fifty_kills(self):
        duration = self.time_of_writing()
        whole = self.target.read_bytes()
        killed = 0
        for turn in range(KILLS):
            has_old = turn % 2 == 0
            self.target.unlink(missing_ok=True)
            self.project.unlink(missing_ok=True)
            if has_old:
                self.target.write_bytes(b"old")
            process = command.start("gap", self.study.path, "-o", self.target, "--overwrite")
            self.wait_for_partial(process)
            time.sleep(duration * turn / KILLS)
            process.send_signal(signal.SIGKILL)
            process.communicate(timeout=60)
            killed += process.returncode == -signal.SIGKILL
            self.assertLessEqual(len(self.partials()), 1, self.partials())
            if self.target.exists():
                content = self.target.read_bytes()
                self.assertTrue(content == whole or (has_old and content == b"old"), f"turn {turn}")
            else:
                self.assertFalse(has_old, f"turn {turn}: the old output is gone")
            self.assert_done(self.gap("--overwrite"))
            self.assertEqual(self.partials(), [], f"turn {turn}")
            self.assert_whole()
        self.assertGreater(killed, KILLS // 2, "most runs were over before the signal came")

    def test_interrupt_and_terminate_leave_no_half_output(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(signal=number):
                process = command.start("gap", self.study.path, "-o", self.target)
                self.wait_for_partial(process)
                process.send_signal(number)
                process.communicate(timeout=60)
                if self.target.exists():
                    self.assert_whole()
                self.assert_done(self.gap("--overwrite"))
                self.assertEqual(self.partials(), [])
                self.target.unlink()
                self.project.unlink()


if __name__ == "__main__":
    main()
