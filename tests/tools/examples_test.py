"""Every command line that the pages and the help show works as it stands.

In the pages: each fenced block of the language `sh`, in a folder that holds what the repository holds, one folder a page.
A block that says `sh not run: why` is left out. A line that ends in `# exit code N` must end so; every other must end well.
In the help: each example, in a folder with the sample's files, among them study.toml.
"""

import os
import pathlib
import re
import shlex
import shutil
import subprocess

import command
from help_test import commands
from tool_case import ToolCase, main

SOURCE = pathlib.Path(os.environ["AMAYESH_SOURCE_DIR"])
SAMPLE = SOURCE / "shapefiles" / "khorasan_razavi"
PAGES = [SOURCE / "README.md", *sorted((SOURCE / "docs").rglob("*.md"))]
READABLE = ("docs", "examples", "shapefiles", "standards")
MOST_LEFT_OUT = 6  # blocks that are not run


def blocks(page):
    """Pairs (what stands after the fence, text)."""
    return re.findall(r"^```([^\n]*)\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def shell_blocks(page):
    return [(info, text) for info, text in blocks(page) if info.split(" ")[0] in ("sh", "bash", "console")]


def script_of(text):
    lines = ["set -eu"]
    for line in text.splitlines():
        expected = re.search(r"# exit code (\d+)", line)
        if expected:
            line = f'code=0; {line.split("#")[0]} || code=$?; [ "$code" = {expected[1]} ] || exit 99'
        lines.append(line)
    return "\n".join(lines)


class Examples(ToolCase):
    def run_lines(self, text, folder):
        program = pathlib.Path(command.program())
        environment = command.environment_with(
            {"PATH": f"{program.parent}:{os.environ['AMAYESH_EXAMPLES']}:{os.environ['PATH']}", "HOME": str(self.outputs)}
        )
        done = subprocess.run(["bash", "-c", script_of(text)], cwd=folder, env=environment, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)
        self.assertEqual(done.returncode, 0, f"{text}\n{done.stdout[-2000:]}")

    def empty_folder(self, name):
        for path in self.outputs.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        folder = self.folder / name
        folder.mkdir()
        return folder

    def test_pages(self):
        ran = []
        for page in PAGES:
            folder = self.empty_folder(page.name)
            (folder / "out").mkdir()
            for name in READABLE:
                (folder / name).symlink_to(SOURCE / name)
            for info, text in shell_blocks(page):
                if info.startswith("sh not run: "):
                    continue
                with self.subTest(page=page.name, block=text):
                    self.assertEqual(info, "sh")
                    self.run_lines(text, folder)
                ran.append(text)
        self.assertGreater(len(ran), 8)
        leftovers = subprocess.run(["git", "-C", SOURCE, "status", "--porcelain", "--", *READABLE[1:]],
                                   capture_output=True, text=True)
        self.assertNotIn("??", leftovers.stdout)

    def test_few_blocks_are_left_out_and_say_why(self):
        left_out = [info for page in PAGES for info, _ in shell_blocks(page) if info != "sh"]
        for info in left_out:
            self.assertRegex(info, r"^sh not run: \w+")
        self.assertLessEqual(len(left_out), MOST_LEFT_OUT)

    def test_no_command_line_hides_in_a_block_that_is_not_run(self):
        """A block without a language that begins with the command is a synopsis: it has something to fill in."""
        for page in PAGES:
            for info, text in blocks(page):
                if info or not text.startswith("amayesh "):
                    continue
                self.assertRegex(text.splitlines()[0], r" (\[|[A-Z]+\b)", f"{page.name}: {text}")

    def test_page_of_each_command_has_an_example_and_only_real_options(self):
        for name in commands():
            if name == "schema":
                continue  # its page is what it prints
            page = SOURCE / "docs" / f"{name}.md"
            with self.subTest(page=page.name):
                self.assertIn(f"amayesh {name} ", "".join(text for info, text in shell_blocks(page) if info == "sh"))
                told = set(re.findall(r"--[a-z][a-z-]*", command.run(name, "--help").stdout))
                synopsis = next(text for info, text in blocks(page) if not info and text.startswith("amayesh "))
                self.assertEqual(set(re.findall(r"--[a-z][a-z-]*", synopsis)) - told, set())

    def test_help(self):
        for name in [None, *commands()]:
            folder = self.empty_folder(f"help of {name}")
            shutil.copytree(SAMPLE, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.py", "facts"))
            shutil.copytree(SAMPLE, folder / "data", ignore=shutil.ignore_patterns("*.py", "facts", "*.toml"))
            text = (SAMPLE / "study.toml").read_text(encoding="utf-8")
            (folder / "study.toml").write_text(text.replace("../../standards/iran.toml", "iran"), encoding="utf-8")
            if name in ("diff", "report"):
                self.run_lines("amayesh gap study.toml -o before.gpkg\namayesh gap study.toml -o after.gpkg --over 9000\n"
                               "amayesh gap study.toml -o old_name.gpkg\nmv old_name.gpkg renamed.gpkg", folder)
            shown = command.run(*([name] if name else []), "--help").stdout
            lines = re.findall(r"^  (amayesh .*)$", shown.partition("\nExamples:\n")[2], re.MULTILINE)
            self.assertTrue(lines)
            for line in lines:
                with self.subTest(line=line):
                    self.assertEqual(shlex.split(line)[1], name or shlex.split(line)[1])
                    self.run_lines(line, folder)


if __name__ == "__main__":
    main()
