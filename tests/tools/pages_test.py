"""Man pages and help tell the same, and groff has nothing to complain about."""

import os
import pathlib
import re
import subprocess
import unittest

import command
from help_test import commands
from tool_case import main

PAGES = pathlib.Path(os.environ["AMAYESH_PAGES"])
WIDE = {"MANWIDTH": "1000", "MAN_KEEP_FORMATTING": "", "LC_ALL": "C.UTF-8"}


def page_of(name):
    return PAGES / "man1" / (f"amayesh-{name}.1" if name else "amayesh.1")


def shown(name):
    """The page as `man` shows it, and what it complains of."""
    done = subprocess.run(
        ["man", "--warnings", "-l", page_of(name)], capture_output=True, text=True, env=command.environment_with(WIDE)
    )
    if done.returncode:
        raise AssertionError(done.stderr)
    return re.sub(".\b", "", done.stdout), done.stderr


def help_of(name):
    return command.run(*([name] if name else []), "--help").stdout


def options_in(text):
    """Options that begin a line, with every name."""
    found = re.findall(r"^ +((?:-\w, ?)?--[\w-]+|-\w)\b", text, re.MULTILINE)
    return {tuple(re.split(r", ?", words)) for words in found}


class Pages(unittest.TestCase):
    def test_every_command_has_one_and_there_are_no_others(self):
        self.assertEqual({page_of(name) for name in [None, *commands()]}, set((PAGES / "man1").iterdir()))

    def test_man_and_groff_have_nothing_to_say(self):
        for name in [None, *commands()]:
            with self.subTest(page=name):
                self.assertEqual(shown(name)[1], "")
                done = subprocess.run(
                    ["groff", "-man", "-Kutf8", "-Tutf8", "-ww", "-z", page_of(name)], capture_output=True, text=True
                )
                self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_every_option_of_the_help_is_in_the_page_and_no_other(self):
        for name in [None, *commands()]:
            with self.subTest(page=name):
                of_help = options_in(help_of(name).partition("Options:\n")[2])
                self.assertIn(("-h", "--help"), of_help)
                self.assertEqual(of_help, options_in(shown(name)[0]))

    def test_page_tells_what_the_help_tells(self):
        def words(text):
            return " ".join(text.split())

        for name in commands():
            with self.subTest(page=name):
                page, text = words(shown(name)[0]), help_of(name)
                usage = re.search(r"^Usage: (.*)$", text, re.MULTILINE)[1]
                self.assertIn(usage, page)
                prose, _, rest = text.partition("Options:\n")[2].partition("\n\n")[2].partition("\nExamples:\n")
                for paragraph in prose.strip().split("\n\n"):
                    self.assertIn(words(paragraph), page)
                examples, _, codes = rest.partition("\nExit codes:\n")
                for line in (examples + codes).strip().splitlines():
                    self.assertIn(words(line), page)

    def test_name_of_the_page_is_what_whatis_needs(self):
        for name in commands():
            text = shown(name)[0]
            self.assertRegex(text, rf"NAME\n +amayesh-{name} - \S")

    def test_pages_name_each_other(self):
        for name in commands():
            self.assertIn(f"amayesh-{name}(1)", shown(None)[0])
            others = shown(name)[0].partition("SEE ALSO")[2]
            self.assertEqual(set(re.findall(r"amayesh-(\w+)\(1\)", others.rpartition("\n\n")[0])), set(commands()) - {name})


if __name__ == "__main__":
    main()
