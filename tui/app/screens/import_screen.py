"""What an import would do, before it does it."""

from collections.abc import Iterable

from textual.widget import Widget

from store.snapshot import Snapshot
from tui.app.import_preview import ImportPreview
from tui.app.pages.import_page import preview_lines
from tui.app.screens.base_screen import SnapshotScreen
from tui.app.widgets.text_lines import Page


class ImportPage(SnapshotScreen):
    """The preview; `s` takes in what it shows."""

    KIND = "import"

    def __init__(self, preview: ImportPreview) -> None:
        super().__init__()
        self.preview = preview

    def body(self) -> Iterable[Widget]:
        """The page."""
        yield Page(self.app.paint, id="page")

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show what was tried; what others change meanwhile is looked at again when it is taken in."""
        self.query_one(Page).show(preview_lines(self.preview, self.app.terminal(self.app.size.width)))
