"""Ctrl-C and SIGTERM at many moments: the old output stays byte for byte, nothing is left beside it; and the bar that is shown."""

import fcntl
import os
import pathlib
import pty
import re
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time

import command
from tool_case import ToolCase, main

SOURCE = pathlib.Path(os.environ["AMAYESH_SOURCE_DIR"])
DISTRICTS = 400  # 16,000 villages: long enough to be met in every phase
MOMENTS = 10
LONGEST_STOP_S = 2.0
COLUMNS = 100
ERASED = b"\r\x1b[K"


class Cancel(ToolCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="amayesh-test-")
        cls.addClassCleanup(folder.cleanup)
        maker = SOURCE / "tests/benchmarks/made_country.py"
        subprocess.run([sys.executable, maker, folder.name, "--districts", str(DISTRICTS)], check=True)
        cls.environment = {"AMAYESH_BENCHMARK_DATA": folder.name}
        cls.country = SOURCE / "tests/benchmarks/study.toml"

    def start(self, *words, target=None):
        """Returns once the run has begun: what it writes lies in a hidden folder."""
        process = command.start(*words, self.country, "-o", target or self.target, "--overwrite", changes=self.environment)
        until = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < until and not any(self.outputs.glob(".*")):
            time.sleep(0.001)
        return process

    def stopped(self, process, number):
        """Sends the signal and returns how long the end took, and what was said."""
        sent = time.monotonic()
        process.send_signal(number)
        _, stderr = process.communicate(timeout=60)
        return time.monotonic() - sent, stderr.decode()

    def assert_stopped(self, process, stderr, number, target):
        self.assertEqual(process.returncode, 128 + number, stderr)
        self.assertEqual(stderr.strip(), f"amayesh: stopped; {target} is as it was")

    def usual_duration(self, *words, target=None):
        process = self.start(*words, target=target)
        begun = time.monotonic()
        process.communicate(timeout=command.LONGEST_RUN_S)
        self.assertEqual(process.returncode, 0)
        return time.monotonic() - begun

    def stop_at_every_moment(self, number, moments, *words):
        duration = self.usual_duration(*words)
        self.target.with_suffix(".qgz").unlink(missing_ok=True)
        stops, slowest = 0, 0
        for moment in range(moments):
            self.target.write_bytes(b"old")
            process = self.start(*words)
            time.sleep(duration * moment / moments)
            took, stderr = self.stopped(process, number)
            with self.subTest(words=words, moment=moment):
                if process.returncode == 0:  # it was done just before
                    self.target.with_suffix(".qgz").unlink(missing_ok=True)
                    continue
                stops += 1
                slowest = max(slowest, took)
                self.assert_stopped(process, stderr, number, self.target)
                self.assertEqual(self.target.read_bytes(), b"old")
                self.assertEqual([path.name for path in self.outputs.iterdir()], ["gap.gpkg"])
        self.assertGreater(stops, moments // 2, "most runs were over before the signal came")
        self.assertLess(slowest, LONGEST_STOP_S * max(1.0, os.getloadavg()[0] / os.cpu_count()))

    def test_interrupt_at_many_moments(self):
        self.stop_at_every_moment(signal.SIGINT, MOMENTS, "gap")

    def test_terminate_while_service_areas_are_drawn(self):
        self.stop_at_every_moment(signal.SIGTERM, 4, "allocate")

    def test_the_page_and_the_folder_stay_too(self):
        for words, name in (("report", "page.html"), ("run", "results")):
            target = self.outputs / name
            if words == "report":
                target.write_bytes(b"old")
            process = self.start(words, target=target)
            _, stderr = self.stopped(process, signal.SIGINT)
            self.assert_stopped(process, stderr, signal.SIGINT, target)
        self.assertEqual([path.name for path in self.outputs.iterdir()], ["page.html"])
        self.assertEqual((self.outputs / "page.html").read_bytes(), b"old")

    def test_two_results_that_are_compared_stay_and_so_does_what_was_found_before(self):
        """`diff` reads both before it makes its hidden folder: it has begun once the first is open."""
        results = [self.folder / name for name in ("before.gpkg", "after.gpkg")]
        for result, over in zip(results, ("10000", "5000")):
            self.assert_done(command.run("gap", self.country, "-o", result, "--over", over, changes=self.environment))
        held = [result.read_bytes() for result in results]
        duration, stops = self.compare_until_stopped(results, None), 0
        for moment in range(MOMENTS):
            self.target.write_bytes(b"old")
            took, code, stderr = self.compare_until_stopped(results, duration * moment / MOMENTS)
            with self.subTest(moment=moment):
                self.assertEqual([result.read_bytes() for result in results], held)
                self.assertEqual([path.name for path in self.outputs.iterdir()], ["gap.gpkg"])
                if code == 0:  # it was done just before
                    continue
                stops += 1
                self.assertEqual((code, stderr), (128 + signal.SIGINT, f"amayesh: stopped; {self.target} is as it was\n"))
                self.assertEqual(self.target.read_bytes(), b"old")
                self.assertLess(took, LONGEST_STOP_S * max(1.0, os.getloadavg()[0] / os.cpu_count()))
        self.assertGreater(stops, MOMENTS // 3, "most runs were over before the signal came")

    def compare_until_stopped(self, results, after):
        """Interrupts so long after the first result was opened: how long the end took, exit code, what was said."""
        process = command.start("diff", *results, "-o", self.target, "--overwrite")
        while process.poll() is None and not self.has_open(process, results[0]):
            time.sleep(0.0005)
        begun = time.monotonic()
        if after is None:
            process.communicate(timeout=command.LONGEST_RUN_S)
            self.assertEqual(process.returncode, 0)
            return time.monotonic() - begun
        time.sleep(after)
        took, stderr = self.stopped(process, signal.SIGINT)
        return took, process.returncode, stderr

    def has_open(self, process, file):
        try:
            handles = list(pathlib.Path(f"/proc/{process.pid}/fd").iterdir())
            return any(os.readlink(handle) == str(file) for handle in handles)
        except OSError:  # it closes them meanwhile
            return False

    def test_quiet_and_timed_runs_stop_too(self):
        for option in ("--quiet", "--times"):
            with self.subTest(option=option):
                process = self.start("gap", option)
                _, stderr = self.stopped(process, signal.SIGINT)
                self.assertEqual(process.returncode, 128 + signal.SIGINT, stderr)
                self.assertIn(f"stopped; {self.target} is as it was", stderr)
                self.assertEqual(list(self.outputs.iterdir()), [])

    def test_a_program_is_told_in_json(self):
        process = self.start("gap", "--json")
        _, stderr = self.stopped(process, signal.SIGTERM)
        self.assertEqual(process.returncode, 128 + signal.SIGTERM, stderr)
        self.assertRegex(stderr, r'^{"error":"stopped; .* is as it was"}$')

    def test_second_signal_ends_at_once(self):
        process = self.start("gap")
        process.send_signal(signal.SIGSTOP)  # both are there when it goes on
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGCONT)
        time.sleep(0.002)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        self.assertIn(process.returncode, (-signal.SIGINT, 128 + signal.SIGINT))
        self.assertFalse(self.target.exists())

    def test_ignored_signal_stays_ignored(self):
        words = ("sh", "-c", 'trap "" INT; exec "$@"', "sh", command.program(), "gap", str(self.country), "-o", str(self.target))
        process = subprocess.Popen(words, env=command.environment_with(self.environment),
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(timeout=command.LONGEST_RUN_S), 0)

    # ---- on a terminal

    def shown_on_terminal(self, *words, interrupted_at=None):
        """What a run writes to a terminal, and its exit code."""
        terminal, end = pty.openpty()
        fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, COLUMNS, 0, 0))
        begun = time.monotonic()
        process = subprocess.Popen([command.program(), *map(str, words)], stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=end,
                                   env=command.environment_with(self.environment))
        os.close(end)
        shown = b""
        while True:
            try:
                part = os.read(terminal, 4096)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            shown += part
            if interrupted_at and interrupted_at in shown:
                process.send_signal(signal.SIGINT)
                interrupted_at = None
        os.close(terminal)
        return shown, process.wait(timeout=60), time.monotonic() - begun

    def test_a_bar_appears_and_is_taken_away(self):
        shown, code, duration = self.shown_on_terminal("gap", self.country, "-o", self.target)
        self.assertEqual(code, 0, shown)
        self.assertRegex(shown, rb"\[#* *\] +\d+ %")
        last = shown.rindex(b"%")
        self.assertIn(ERASED, shown[last:], "the bar is still there")
        self.assertTrue(shown[last:].rpartition(ERASED)[2].strip().startswith(b"wrote "), shown[last:])
        lines = [line for line in shown.decode().split("\r\x1b[K") if "%" in line]
        phases = {re.split(r" \[| +\d+ %", line)[0] for line in lines}
        self.assertLessEqual(len(lines), 10 * duration + 2 * len(phases) + 2)
        self.assertLess(max(map(len, lines)), COLUMNS)

    def test_the_bar_is_taken_away_when_stopped(self):
        shown, code, _ = self.shown_on_terminal("gap", self.country, "-o", self.target, interrupted_at=b"features")
        self.assertEqual(code, 128 + signal.SIGINT, shown)
        self.assertTrue(shown.rpartition(ERASED)[2].strip().startswith(b"amayesh: stopped; "), shown[-300:])

    def test_nothing_is_shown_when_quiet_or_without_a_terminal(self):
        shown, code, _ = self.shown_on_terminal("gap", self.country, "-o", self.target, "--quiet")
        self.assertEqual((code, shown), (0, b""))
        outcome = command.run("gap", self.country, "-o", self.target, "--overwrite", changes=self.environment)
        self.assert_done(outcome)
        self.assertNotIn("%", outcome.stderr)


if __name__ == "__main__":
    main()
