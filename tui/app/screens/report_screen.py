"""A paper for others as a page: the meeting sheet, the donor's quarter."""

from collections.abc import Iterable

from textual.widget import Widget

from store.errors import FollowUpError
from store.snapshot import Snapshot
from tui.app.forms.report_options import ReportChoice
from tui.app.screens.base_screen import SnapshotScreen
from tui.app.widgets.text_lines import Page
from tui.render.document_lines import document_lines


class PaperPage(SnapshotScreen):
    """The paper as it would be printed, over the store as it is."""

    KIND = "paper"

    def __init__(self, report_choice: ReportChoice) -> None:
        super().__init__()
        self.report_choice = report_choice

    def body(self) -> Iterable[Widget]:
        """The page."""
        yield Page(self.app.paint, id="page")

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Write it anew."""
        page = self.query_one(Page)
        try:
            page.show(document_lines(self.report_choice.document(snapshot), self.app.terminal(self.app.size.width)))
        except FollowUpError as error:  # A party was merged or a visit renamed meanwhile.
            page.show([])
            self.app.refuse(error)

    def show_wanted(self, report_choice: ReportChoice) -> None:
        """Show another paper, or the same one for others, from its top."""
        self.report_choice = report_choice
        self.show_snapshot(self.app.snapshot)
        self.query_one(Page).move_to_end(False)
