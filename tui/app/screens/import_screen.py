"""The screen of an import's preview."""

from collections.abc import Iterable

from textual.widget import Widget

from store.sanitise_text import visible
from store.snapshot import Snapshot
from store.translation import tr_in
from tui.app.import_preview import ImportPreview
from tui.app.key_table import KeyCommand
from tui.app.pages.import_page import preview_lines
from tui.app.screens.base_screen import BaseScreen
from tui.app.widgets.text_lines import Page


class ImportScreen(BaseScreen):
    """The preview of an import; the key `s` saves it."""

    KIND = "import"

    def __init__(self, preview: ImportPreview) -> None:
        super().__init__()
        self.preview = preview

    def body(self) -> Iterable[Widget]:
        """The page."""
        yield Page(self.app.paint, self.show_message, id="page")

    def footer(self) -> list[tuple[KeyCommand, str]]:
        """Its keys: `s` only where there is something to import, `a` where a question is open."""
        left_out = {"take-in"} if self.preview.is_empty else set()
        if not self.preview.questions:
            left_out.add("answer")
        return [entry for entry in super().footer() if entry[0].id not in left_out]

    def heading(self) -> tuple[str, str]:
        """What it is."""
        return tr_in("title", "Import"), f" {visible(self.preview.parsed.columns.grid.name)}"

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the preview; changes by others since are checked when it is saved."""
        self.query_one(Page).show(preview_lines(self.preview, self.app.terminal(self.app.size.width)))
