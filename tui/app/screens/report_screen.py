"""The screen of a report: the meeting sheet, the donor's quarter."""

from collections.abc import Iterable

from textual.widget import Widget

from store.errors import FollowUpError
from store.snapshot import Snapshot
from store.translation import tr_in
from tui.app.forms.report_options import ReportOptions
from tui.app.screens.base_screen import BaseScreen
from tui.app.widgets.key_line import KeyLine
from tui.app.widgets.text_lines import Page
from tui.render.document_lines import document_lines


class ReportScreen(BaseScreen):
    """A report of the current snapshot, as it would be printed."""

    KIND = "paper"

    def __init__(self, report_options: ReportOptions) -> None:
        super().__init__()
        self.report_options = report_options

    def body(self) -> Iterable[Widget]:
        """The page."""
        yield Page(self.app.paint, self.show_message, id="page")

    def heading(self) -> tuple[str, str]:
        """What it is."""
        return tr_in("title", "Paper"), f"{self.app.terminal(80).dot}{self.report_options.name}"

    def show_what_else(self, line: KeyLine, said: str = "") -> None:
        """Say for whom the report is and until when."""
        try:
            said = self.report_options.scope(self.app.snapshot)
        except FollowUpError:
            said = ""
        super().show_what_else(line, said)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Make the report again and draw it."""
        page = self.query_one(Page)
        try:
            terminal = self.app.terminal(self.app.size.width)
            page.show(list(document_lines(self.report_options.document(snapshot), terminal)))
        except FollowUpError as error:  # A party was merged or a visit renamed meanwhile.
            page.show([])
            self.app.refuse(error)

    def show_report(self, report_options: ReportOptions) -> None:
        """Show a report with these options, from its top."""
        self.report_options = report_options
        self.show_snapshot(self.app.snapshot)
        self.show_title()
        self.show_message()
        self.query_one(Page).move_to_end(False)
