"""A paper for others as a page: the meeting sheet, the donor's quarter."""

from collections.abc import Iterable

from textual.widget import Widget

from store.errors import FollowUpError
from store.snapshot import Ledger
from tui.app.forms.report_choice import Wanted
from tui.app.screens.snapshot_screen import Place
from tui.app.widgets.text_lines import Page
from tui.render.document_lines import document_lines


class PaperPage(Place):
    """The paper as it would be printed, over the store as it is."""

    KIND = "paper"

    def __init__(self, wanted: Wanted) -> None:
        super().__init__()
        self.wanted = wanted

    def body(self) -> Iterable[Widget]:
        """The page."""
        yield Page(self.app.paint, id="page")

    def show_ledger(self, ledger: Ledger) -> None:
        """Write it anew."""
        page = self.query_one(Page)
        try:
            page.show(document_lines(self.wanted.document(ledger), self.app.paper(self.app.size.width)))
        except FollowUpError as error:  # A party was merged or a visit renamed meanwhile.
            page.show([])
            self.app.refuse(error)

    def show_wanted(self, wanted: Wanted) -> None:
        """Show another paper, or the same one for others, from its top."""
        self.wanted = wanted
        self.show_ledger(self.app.ledger)
        self.query_one(Page).action_end(False)
