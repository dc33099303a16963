"""A ToolCase about sources: the small study's substations, and what becomes of them."""

from tool_case import ToolCase


class SupplyCase(ToolCase):
    """The substations P1 (30 MW, 20 in use) and P2 (10 MW, 4 in use) are near the centres of D1 and D2."""

    def source(self, code):
        return next(row for row in self.rows("sources") if row["source_id"] == code)

    def shared(self, unit, utility="power"):
        """The central row of a unit and utility."""
        return next(
            row
            for row in self.rows("unit_utilities")
            if (row["unit_id"], row["utility"], row["case"]) == (unit, utility, "central")
        )

    def run_gap(self, *options):
        self.study.write()
        self.assert_done(self.gap("--overwrite", *options))
