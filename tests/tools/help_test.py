"""Help, version and wrong command lines of every command there is."""

import re

import command
from tool_case import ToolCase, main


def commands():
    """Names of the commands, from the program's own help."""
    listed = command.run("--help").stdout.partition("Commands:\n")[2].partition("\n\n")[0]
    return re.findall(r"^  (\w+) ", listed, re.MULTILINE)


class Help(ToolCase):
    def test_help_names_the_commands(self):
        self.assertLessEqual({"check", "gap", "schema"}, set(commands()))

    def test_every_command_has_help_on_stdout_and_nothing_on_stderr(self):
        for name in [None, *commands()]:
            with self.subTest(command=name):
                outcome = self.amayesh(*([name] if name else []), "--help")
                self.assert_done(outcome)
                self.assertEqual(outcome.stderr, "")
                self.assertIn("Usage:", outcome.stdout)
                self.assertIn("--help", outcome.stdout)

    def test_every_line_of_help_fits_a_terminal(self):
        for name in commands():
            for line in self.amayesh(name, "--help").stdout.splitlines():
                self.assertLessEqual(len(line), 120, f"{name}: {line}")

    def test_every_command_has_usage_examples_and_exit_codes(self):
        for name in commands():
            with self.subTest(command=name):
                text = self.amayesh(name, "--help").stdout
                self.assertRegex(text, rf"(?m)^Usage: amayesh {name} ")
                self.assertRegex(text, rf"(?m)^Examples:\n  amayesh {name}\b.*\n      \S")
                self.assertRegex(text, r"(?m)^Exit codes:\n  0  .*\n  1  .*\n  2  wrong command line\n  130  stopped by Ctrl-C .*$")

    def test_commands_stand_in_the_order_of_their_use(self):
        self.assertEqual(commands()[:5], ["init", "check", "gap", "allocate", "reach"])

    def test_version_names_the_libraries(self):
        outcome = self.amayesh("--version")
        self.assert_done(outcome)
        self.assertEqual(outcome.stderr, "")
        self.assertRegex(outcome.stdout, r"^amayesh \d+\.\d+\.\d+\n")
        for library in ("GDAL", "GEOS", "PROJ"):
            self.assertRegex(outcome.stdout, rf"{library} \d+\.\d+")


class WrongCommandLine(ToolCase):
    def test_wrong_option_is_2_for_every_command(self):
        for name in commands():
            with self.subTest(command=name):
                self.assert_misused(self.amayesh(name, "--no-such-option"))

    def test_no_command_and_unknown_command_are_2(self):
        self.assert_misused(self.amayesh())
        self.assert_misused(self.amayesh("gapp"), "gapp")

    def test_missing_study_argument_is_2(self):
        self.assert_misused(self.amayesh("check"), "study")
        self.assert_misused(self.amayesh("gap", "-o", self.target), "study")

    def test_missing_output_of_gap_is_2(self):
        self.assert_misused(self.amayesh("gap", "study.toml"), "--output")

    def test_misspelt_words_are_told_the_right_ones(self):
        for words, told in [
            (["gap", "study.toml", "-o", "x", "--overwite"], "did you mean '--overwrite'?"),
            (["gap", "--overwite"], "did you mean '--overwrite'?"),  # rather than that the study is missing
            (["check", "study.toml", "--jsn=1"], "did you mean '--json'?"),
            (["explain", "study.toml", "D1", "--collumn", "x"], "did you mean '--column'?"),
            (["gap", "study.toml", "-o", "x", "--unit", "setlement"], "did you mean 'settlement'?"),
            (["gap", "study.toml", "-o", "x", "--unit", "town"], "is none of rural_district, settlement"),
            (["alocate"], "did you mean 'allocate'?"),
            (["--versoin"], "did you mean '--version'?"),
            (["plough"], "known: init, check, gap"),
        ]:
            with self.subTest(words=words):
                self.assert_misused(self.amayesh(*words), told)

    def test_wrong_command_line_is_told_the_usage(self):
        self.assert_misused(self.amayesh("gap"), "Usage: amayesh gap STUDY -o FILE", "amayesh gap --help")
        self.assert_misused(self.amayesh("diff", "a.gpkg"), "Usage: amayesh diff A B")
        self.assert_misused(self.amayesh(), "name a command", "amayesh --help")
        self.assert_misused(self.amayesh("gap", "--no-such\x1b[31m"), "no option")
        self.assertNotIn("\x1b", self.amayesh("gap", "--no-such\x1b[31m").stderr)

    def test_values_that_cannot_be_are_2(self):
        for option, value in [
            ("--threads", "0"),
            ("--threads", "many"),
            ("--over", "-1"),
            ("--over", "ten"),
            ("--over", "1.5"),
            ("--unit", "village"),
        ]:
            with self.subTest(option=option, value=value):
                outcome = self.amayesh("gap", "study.toml", "-o", self.target, option, value)
                self.assert_misused(outcome, option.lstrip("-"))
        self.assert_nothing_written()


if __name__ == "__main__":
    main()
