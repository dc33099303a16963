"""The page of a whole country: 2,500 districts, 100,000 settlements, 10,000 sources. It stays small and answers at once.

AMAYESH_BENCHMARK_DATA names a folder that made_country.py wrote; without it the country is made here.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

from browser_case import BrowserCase, column_of, data_of, table_of

from tool_case import main

BENCHMARKS = pathlib.Path(os.environ["AMAYESH_SOURCE_DIR"]) / "tests" / "benchmarks"
MOST_BYTES = 10_000_000
LONGEST_ANSWER_MS = 2_000


def country_in(folder):
    """The folder with the layers of the country."""
    given = os.environ.get("AMAYESH_BENCHMARK_DATA")
    if given:
        return given
    maker = [sys.executable, BENCHMARKS / "made_country.py", folder, "--districts", "2500"]
    subprocess.run(maker, check=True, stdout=subprocess.DEVNULL, timeout=400)
    return folder


class Country(BrowserCase):
    def answer_ms(self, deed, *arguments):
        """Milliseconds until the page has done that and drawn itself."""
        return self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1], start = performance.now();"
            + deed
            + ";requestAnimationFrame(() => setTimeout(() => done(performance.now() - start), 0));",
            *arguments,
        )

    def test_it_is_small_and_answers_at_once(self):
        with tempfile.TemporaryDirectory(prefix="amayesh-country-") as folder:
            changes = {"AMAYESH_BENCHMARK_DATA": str(country_in(folder))}
            self.assert_done(self.amayesh("report", BENCHMARKS / "study.toml", "-o", self.page, changes=changes))
        data = data_of(self.page)
        units = table_of(data, "units")
        self.assertEqual(len(units["rows"]), 2500)
        self.assertEqual(len(table_of(data, "sources")["rows"]), 10_000)
        self.assertLess(self.page.stat().st_size, MOST_BYTES)
        self.open()
        self.driver.set_script_timeout(60)

        population = column_of(units, "population")
        sort = "document.querySelector('[data-table=units] thead [data-column=population]').click()"
        filter_by = "const f = document.querySelector('[data-table=' + arguments[0] + '] .filter'); f.value = arguments[1]; f.dispatchEvent(new Event('input'))"
        answers = {
            "sort": self.answer_ms(sort),
            "sort of sources": self.answer_ms(
                "document.querySelector('[data-table=sources] thead [data-column=capacity]').click()"
            ),
        }
        first = self.rows_in_view("units")[0]
        known = [row[population] for row in units["rows"] if row[population] is not None]
        self.assertEqual(units["rows"][first][population], max(known))
        answers["filter"] = self.answer_ms(filter_by, "units", "12")
        answers["filter of sources"] = self.answer_ms(filter_by, "sources", "77")
        answers["language"] = self.answer_ms("document.getElementById('language').click()")
        answers["colours"] = self.answer_ms(
            "const c = document.getElementById('colour-by'); c.value = 'people'; c.dispatchEvent(new Event('change'))"
        )
        answers["layer"] = self.answer_ms("document.querySelector('#legend [data-layer=sources]').click()")
        click = """
            const frame = document.getElementById('map-frame'), at = frame.getBoundingClientRect();
            for (const type of ['mousemove', 'mousedown', 'mouseup', 'click']) {
              frame.dispatchEvent(new MouseEvent(type, { bubbles: true, view: window, detail: 1, clientX: at.left + at.width / 2, clientY: at.top + at.height / 2 }));
            }
        """
        answers["click"] = self.answer_ms(click)
        self.assertEqual(len(self.all(".chosen-name")), 1)
        answers["row on the map"] = self.answer_ms("document.querySelector('[data-table=units] .place button').click()")
        answers["whole map"] = self.answer_ms("amayeshReport.wholeMap()")
        self.assertFalse({name: ms for name, ms in answers.items() if ms >= LONGEST_ANSWER_MS}, answers)


if __name__ == "__main__":
    main()
