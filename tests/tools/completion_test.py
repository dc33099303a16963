"""What bash offers after a half-written command line, from bash itself."""

import os
import pathlib
import re
import subprocess

import command
from help_test import commands
from pages_test import help_of, options_in
from tool_case import ToolCase, main

SCRIPT = pathlib.Path(os.environ["AMAYESH_PAGES"]) / "completions" / "amayesh"

# As readline does it: the words of the line so far, "=" being one of its own, and then the function of the command.
ASK = r"""
source "$1"; shift
set -u
[[ $(complete -p amayesh) == *'-F _amayesh amayesh' ]] || exit 3
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE}
_amayesh
((${#COMPREPLY[@]})) && printf '%s\0' "${COMPREPLY[@]}"
exit 0
"""


class Completion(ToolCase):
    def offered(self, *words):
        """Completions of the last word, in the folder of the inputs."""
        done = subprocess.run(
            ["bash", "--norc", "--noprofile", "-c", ASK, "bash", SCRIPT, "amayesh", *words],
            capture_output=True, text=True, cwd=self.inputs, env=command.environment_with(None),
        )
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout.split("\0")[:-1]

    def make(self, *names):
        for name in names:
            path = self.inputs / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("")

    def test_commands_in_the_order_of_the_help(self):
        self.assertEqual([word for word in self.offered("") if not word.startswith("-")], commands())
        self.assertEqual(self.offered("al"), ["allocate"])
        self.assertEqual(self.offered("--v"), ["--version"])
        self.assertEqual(self.offered("nothing"), [])

    def test_every_option_of_every_command(self):
        for name in commands():
            with self.subTest(command=name):
                told = {word for words in options_in(help_of(name).partition("Options:\n")[2]) for word in words}
                self.assertEqual(set(self.offered(name, "-")), told)
        self.assertEqual(self.offered("gap", "study.toml", "--ov"), ["--overwrite", "--over"])
        self.assertEqual(self.offered("no_command", "-"), [])

    def test_words_that_an_option_takes(self):
        self.assertEqual(self.offered("gap", "--unit", ""), ["rural_district", "settlement"])
        self.assertEqual(self.offered("gap", "--unit", "s"), ["settlement"])
        self.assertEqual(self.offered("gap", "study.toml", "--unit", "=", "r"), ["rural_district"])
        self.assertEqual(self.offered("gap", "study.toml", "--unit", "="), ["rural_district", "settlement"])
        self.assertEqual(self.offered("init", "--language", ""), ["fa", "en"])
        self.assertEqual(self.offered("explain", "study.toml", "D1", "--utility", "t"), ["telecom"])

    def test_every_choice_of_the_help_is_offered(self):
        seen = 0
        for name in commands():
            for option, choices in re.findall(r"^  (?:-\w,)?(--[\w-]+) ([a-z_]+(?:\|[a-z_]+)+)", help_of(name), re.MULTILINE):
                self.assertEqual(self.offered(name, option, ""), choices.split("|"))
                seen += 1
        self.assertGreater(seen, 4)

    def test_files_that_suit_the_argument(self):
        self.make("study.toml", "mine/other.toml", "data.gpkg", "notes.txt", "نقشه تازه.toml")
        self.assertEqual(sorted(self.offered("gap", "")), ["mine", "study.toml", "نقشه تازه.toml"])
        self.assertEqual(self.offered("gap", "s"), ["study.toml"])
        self.assertEqual(self.offered("gap", "mine/"), ["mine/other.toml"])
        self.assertEqual(sorted(self.offered("diff", "")), ["data.gpkg", "mine"])
        self.assertEqual(sorted(self.offered("diff", "data.gpkg", "d")), ["data.gpkg"])
        self.assertEqual(sorted(self.offered("report", "--project", "")), ["data.gpkg", "mine"])
        self.assertEqual(self.offered("run", "study.toml", "-o", ""), ["mine"])
        self.assertEqual(self.offered("init", ""), ["mine"])
        self.assertEqual(len(self.offered("gap", "study.toml", "-o", "")), 5)

    def test_place_of_an_argument_does_not_hang_on_options(self):
        self.make("study.toml")
        self.assertEqual(self.offered("gap", "-o", "out.gpkg", "--json", "--over", "5", ""), ["study.toml"])
        self.assertEqual(self.offered("gap", "--unit", "=", "settlement", "s"), ["study.toml"])
        self.assertEqual(self.offered("explain", "study.toml", ""), [])
        self.assertEqual(self.offered("gap", "study.toml", ""), [])
        self.assertEqual(self.offered("gap", "--over", ""), [])

    def test_nothing_in_a_name_is_run(self):
        self.make("$(touch mine).toml", "`touch mine`.toml")
        self.assertEqual(sorted(self.offered("gap", "")), ["$(touch mine).toml", "`touch mine`.toml"])
        self.offered("gap", "--unit", "$(touch mine)")
        self.offered("$(touch mine)", "$(touch mine)", "--unit", "")
        self.assertFalse((self.inputs / "mine").exists())

    def test_in_an_interactive_shell(self):
        """Two tabs at a prompt list the commands; one completes a word."""
        import pty
        import time

        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(self.inputs)
            os.environ.update({"PS1": "ready ", "TERM": "dumb", "INPUTRC": "/dev/null", "HOME": str(self.folder)})
            os.execvp("bash", ["bash", "--norc", "--noprofile", "-i"])
        self.addCleanup(os.close, terminal)
        self.addCleanup(os.waitpid, pid, 0)
        self.addCleanup(os.kill, pid, 9)
        self.make("study.toml")

        def typed(text, until):
            os.write(terminal, text.encode())
            seen, deadline = "", time.monotonic() + 20
            while until not in seen and time.monotonic() < deadline:
                seen += os.read(terminal, 4096).decode(errors="replace")
            return seen

        typed(f"source {SCRIPT}; bind 'set bell-style none'; echo so''urced\n", "sourced")
        self.assertIn("echo gap study.toml --unit settlement", typed("amayesh() { echo \"echo $*\"; }\n"
                      "amayesh ga\ts\t--unit se\t\n", "echo gap study.toml --unit settlement"))


if __name__ == "__main__":
    main()
