"""What an import would do, before it does it."""

from collections.abc import Iterable

from textual.widget import Widget

from store.snapshot import Ledger
from tui.app.forms.import_preview import Preview
from tui.app.pages.import_page import preview_lines
from tui.app.screens.snapshot_screen import Place
from tui.app.widgets.text_lines import Page


class ImportPage(Place):
    """The preview; `s` takes in what it shows."""

    KIND = "import"

    def __init__(self, preview: Preview) -> None:
        super().__init__()
        self.preview = preview

    def body(self) -> Iterable[Widget]:
        """The page."""
        yield Page(self.app.paint, id="page")

    def show_ledger(self, ledger: Ledger) -> None:
        """Show what was tried; what others change meanwhile is looked at again when it is taken in."""
        self.query_one(Page).show(preview_lines(self.preview, self.app.paper(self.app.size.width)))
