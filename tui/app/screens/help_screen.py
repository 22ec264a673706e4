"""The help screen: every key, and the meaning of each sign and colour."""

from collections.abc import Iterable

from textual.widget import Widget

from store.snapshot import Snapshot
from tui.app.pages.help_page import help_lines
from tui.app.screens.base_screen import BaseScreen
from tui.app.widgets.text_lines import Page


class HelpScreen(BaseScreen):
    """The help."""

    KIND = "help"

    def body(self) -> Iterable[Widget]:
        """The page."""
        yield Page(self.app.paint, self.show_message, id="page")

    def heading(self) -> tuple[str, str]:
        """What it is."""
        return "Help", ""

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the help, the same for every snapshot."""
        self.query_one(Page).show(help_lines(self.app.size.width))
