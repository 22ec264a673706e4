"""Help: every key by its purpose, and what each sign and colour means."""

from collections.abc import Iterable

from textual.widget import Widget

from store.snapshot import Snapshot
from tui.app.pages.help_page import help_lines
from tui.app.screens.base_screen import SnapshotScreen
from tui.app.widgets.text_lines import Page


class Help(SnapshotScreen):
    """The page of help."""

    KIND = "help"

    def body(self) -> Iterable[Widget]:
        """The page."""
        yield Page(self.app.paint, id="page")

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """The help is the same over every snapshot."""
        self.query_one(Page).show(help_lines(self.app.size.width))
