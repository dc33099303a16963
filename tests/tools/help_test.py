"""Help, version and wrong command lines of every command there is."""

import re

import command
from tool_case import ToolCase, main


def commands():
    """Names of the commands, from the program's own help."""
    listed = command.run("--help").stdout.partition("Subcommands:\n")[2]
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
