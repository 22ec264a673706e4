"""What was opened and what was finished, on time or late, of all and of each visit and party."""

from collections.abc import Iterable

from textual.widget import Widget

from store.snapshot import Ledger
from tui.app.pages.progress_page import progress
from tui.app.screens.snapshot_screen import Place
from tui.app.widgets.text_lines import Page


class Progress(Place):
    """The charts of the whole store."""

    KIND = "progress"

    def body(self) -> Iterable[Widget]:
        """The page."""
        yield Page(self.app.paint, id="page")

    def show_ledger(self, ledger: Ledger) -> None:
        """Draw the charts."""
        width, height = self.app.size
        self.query_one(Page).show(progress(ledger.rows, ledger, width, height, self.app.paper(width)))
