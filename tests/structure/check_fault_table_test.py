#!/usr/bin/env python3
"""The fault table's check, broken on purpose."""

import pathlib
import unittest

import check_fault_table


def complete_rows():
    return [
        {"number": str(n), "touches": "reading", "fault": f"fault {n}", "tests": "a file is refused | io"}
        for n in range(1, check_fault_table.ROWS + 1)
    ]


class FaultTableCheck(unittest.TestCase):
    known = {"io", "a file is refused"}

    def assert_only_fault(self, rows, text):
        faults = list(check_fault_table.faults_of_rows(rows, self.known))
        self.assertEqual(len(faults), 1, faults)
        self.assertIn(text, faults[0])

    def test_a_complete_table_passes(self):
        self.assertEqual(list(check_fault_table.faults_of_rows(complete_rows(), self.known)), [])

    def test_a_row_without_a_test_is_a_fault_only_where_one_is_due(self):
        rows = complete_rows()
        rows[4]["tests"] = " "
        self.assert_only_fault(rows, "fault 5 (fault 5): has no test")
        rows[4]["touches"] = "planning"
        self.assertEqual(list(check_fault_table.faults_of_rows(rows, self.known)), [])

    def test_a_test_that_does_not_exist_is_a_fault(self):
        rows = complete_rows()
        rows[0]["tests"] += " | a file is welcomed"
        self.assert_only_fault(rows, "no test is called 'a file is welcomed'")

    def test_a_missing_row_and_an_unknown_word_are_faults(self):
        self.assert_only_fault(complete_rows()[:-1], "numbered 1 to")
        rows = complete_rows()
        rows[0]["touches"] = "reading luck"
        self.assert_only_fault(rows, "is not known")

    def test_methods_of_python_tests_are_known(self):
        self.assertIn(
            "FaultTableCheck.test_methods_of_python_tests_are_known",
            list(check_fault_table.methods_in_python(pathlib.Path(__file__))),
        )


if __name__ == "__main__":
    unittest.main()
