"""What tests of faulty sources share."""

from tool_case import ToolCase

LONGEST_RUN_S = 10  # of processor time, whatever the files hold


class Source(ToolCase):
    def assert_refused(self, name, *words):
        """Neither command accepts the study; both say which source it is, at once, and nothing is written."""
        for outcome in (self.check(), self.gap()):
            self.assert_failed(outcome, name, *words)
            self.assertLess(outcome.cpu_s, LONGEST_RUN_S)
        self.assert_nothing_written()
