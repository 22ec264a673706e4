"""The help screen: every key, and the meaning of each sign and colour."""

from collections.abc import Iterable

from textual.widget import Widget

from store.snapshot import Snapshot
from store.translation import phrase, tr, tr_in
from tui.app.pages.help_page import forms_heading, help_lines, help_title
from tui.app.screens.base_screen import BaseScreen
from tui.app.widgets.key_line import KeyLine
from tui.app.widgets.text_lines import Page
from tui.render.widths import width_of

_FRAME = 3
"""Lines of the frame: title, the line that speaks, keys."""

_MORE = phrase("more: forms, finding, every key: j, PgDn")


class HelpScreen(BaseScreen):
    """The help: first the keys and signs of the screen that one comes from."""

    KIND = "help"

    def __init__(self, screen: str) -> None:
        """`screen` is the name of that screen in the key table."""
        super().__init__()
        self._of = screen
        self._first_page = 0

    def body(self) -> Iterable[Widget]:
        """The page."""
        yield Page(self.app.paint, self.show_message, id="page")

    def heading(self) -> tuple[str, str]:
        """What it is."""
        return tr_in("title", "Help"), f"{self.app.terminal(80).dot}{help_title(self._of)}"

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the help, the same for every snapshot."""
        width, height = self.app.size
        lines = help_lines(self._of, width, self.app.terminal(width), height - _FRAME)
        heading = forms_heading()
        self._first_page = next(at for at, line in enumerate(lines) if line[:1] == heading)
        self.query_one(Page).show(lines)

    def show_what_else(self, line: KeyLine, said: str = "") -> None:
        """Say what is below the first page."""
        page = self.query_one(Page)
        is_first_page = page.scroll_offset.y == 0 and page.size.height <= self._first_page
        if is_first_page and page.has_more:
            more = tr(_MORE)
            blanks = max(0, self.app.size.width - 1 - width_of(more))
            line.show([(" " * blanks, "plain"), (more, "dim")])
        else:
            super().show_what_else(line, said)
