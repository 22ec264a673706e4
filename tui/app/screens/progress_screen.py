"""The progress screen: opened and finished, on time or late, in all and for each visit and party."""

from collections.abc import Iterable

from textual.widget import Widget

from store.snapshot import Snapshot
from store.translation import tr, tr_in
from tui.app.key_table import KeyCommand
from tui.app.pages.progress_page import progress
from tui.app.screens.base_screen import BaseScreen
from tui.app.widgets.text_lines import Page


class ProgressScreen(BaseScreen):
    """The charts of the whole store."""

    KIND = "progress"

    def body(self) -> Iterable[Widget]:
        """The page."""
        yield Page(self.app.paint, self._scrolled, id="page")

    def _scrolled(self) -> None:
        self.show_message()
        self.show_keys()

    def footer(self) -> list[tuple[KeyCommand, str]]:
        """Its keys, `j` only while there is more below."""
        return [entry for entry in super().footer() if self.has_more or not entry[0].is_move]

    def heading(self) -> tuple[str, str]:
        """What it is."""
        return tr_in("title", "Progress"), f"{self.app.terminal(80).dot}{tr('all that was promised')}"

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the charts."""
        width, height = self.app.size
        self.query_one(Page).show(progress(snapshot.rows, snapshot, width, height, self.app.terminal(width)))
