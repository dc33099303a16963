"""Runs the amayesh command, whose path stands in the environment variable AMAYESH, and keeps what it said."""

import dataclasses
import json
import os
import resource
import signal
import subprocess

LONGEST_RUN_S = 120

# Changes of the environment where the leak check cannot tell: under strace it cannot run at all, and the C library
# itself never frees what it makes of LOCPATH.
WITHOUT_LEAK_CHECK = {"ASAN_OPTIONS": "detect_leaks=0"}


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What a finished run left: `code` is negative where a signal ended it."""

    arguments: tuple
    code: int
    stdout: str
    stderr: str
    cpu_s: float  # processor time, the same on a busy machine

    def json(self):
        return json.loads(self.stdout)

    def __str__(self):
        return f"{self.arguments} → {self.code}\n--- stdout\n{self.stdout}\n--- stderr\n{self.stderr}"


def program():
    return os.environ["AMAYESH"]


def environment_with(changes):
    """The caller's environment in the C locale, with changes; None removes a variable."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8", **(changes or {})}
    return {name: value for name, value in environment.items() if value is not None}


def with_preloaded(library, changes=None):
    """Environment changes that load a library first, also under an address sanitizer."""
    sanitizer = os.environ.get("ASAN_OPTIONS", "")
    return {"LD_PRELOAD": str(library), "ASAN_OPTIONS": f"{sanitizer}:verify_asan_link_order=0", **(changes or {})}


def limit_file_size(most_bytes):
    """For `before`: no file may grow beyond that. The signal stays as the program sets it."""

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

    return limit


def _cpu_s_of_children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(*arguments, changes=None, wrapper=(), cwd=None, before=None, stdout=subprocess.PIPE):
    """Runs the command to its end. `wrapper` stands before the program; `before` is called in the child."""
    words = [*wrapper, program(), *map(str, arguments)]
    before_s = _cpu_s_of_children()
    done = subprocess.run(
        words,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env=environment_with(changes),
        cwd=cwd,
        preexec_fn=before,
        timeout=LONGEST_RUN_S,
    )
    return Outcome(
        tuple(map(str, arguments)),
        done.returncode,
        (done.stdout or b"").decode("utf-8"),
        done.stderr.decode("utf-8", errors="backslashreplace"),
        _cpu_s_of_children() - before_s,
    )


def start(*arguments, changes=None, cwd=None):
    """Starts the command in a process group of its own, to be killed or waited for."""
    return subprocess.Popen(
        [program(), *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment_with(changes),
        cwd=cwd,
        preexec_fn=lambda: signal.signal(signal.SIGPIPE, signal.SIG_DFL),
    )
