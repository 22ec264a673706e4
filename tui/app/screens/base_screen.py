"""The base of all screens that show the snapshot, with the frame that all have.

Line 1 says what it is; then the body; one line that speaks (the last message, or what more there is); one line of keys.
Each is redrawn when there is a newer snapshot, and says which commitments its keys act on.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from store.errors import NotAllowed
from store.snapshot import Snapshot
from store.translation import phrase, tr
from tui.app.key_table import KeyCommand, footer_of, key_shown
from tui.app.pages.key_parts import fitting, gap_of, key_part
from tui.app.widgets.key_line import KeyLine
from tui.app.widgets.rows_under_a_menu import CoveredRows
from tui.app.widgets.text_lines import Lines, Page
from tui.render.segments import Segments
from tui.render.widths import width_of

if TYPE_CHECKING:
    from tui.app.app import FollowUp


_MOST_LINES = 5
"""Lines that a message gets."""

AIRY_HEIGHT = 20
"""Lines from which blank ones set the parts of a screen apart."""

_MORE = phrase("more: j, PgDn")


class BaseScreen(Screen[None], inherit_bindings=False):
    """A screen that shows the snapshot, between the title line on top and the message and the keys at the foot."""

    KIND: ClassVar[str]
    """Its name in the key table, one of `key_table.ALL_SCREENS`."""

    app: FollowUp

    def compose(self) -> ComposeResult:
        """Title, body, message, keys."""
        yield Lines(self.app.paint, id="title")
        yield from self.body()
        yield KeyLine(self.app.paint, self.app.press, id="message")
        yield KeyLine(self.app.paint, self.app.press, id="keys")

    def body(self) -> Iterable[Widget]:
        """The widgets above the message."""
        raise NotImplementedError

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the screen for this snapshot, the first one or a newer one."""
        raise NotImplementedError

    def heading(self) -> tuple[str, ...]:
        """What the screen shows, sanitised: the title, and the plain text after it."""
        raise NotImplementedError

    def numbers(self) -> list[int]:
        """The commitments that a key acts on. Raises: NotAllowed when there is none, saying why."""
        raise NotAllowed(tr("there is no commitment here"))

    def point_at(self, name: str) -> None:
        """Put the cursor on the visit with this slug, or the party with this name, where they are shown."""

    def footer(self) -> list[tuple[KeyCommand, str]]:
        """The commands of the line of keys, the most needed first, with their labels."""
        return footer_of(self.KIND)

    def let_go(self) -> None:
        """Move the cursor to a neighbour where its record was removed by me."""

    def open(self) -> None:
        """Open what the cursor is on."""

    def leave(self) -> bool:
        """Go back to what opened this view. Returns False when the screen should close."""
        return False

    # Events.

    def on_mount(self) -> None:
        """Draw the current snapshot."""
        self.show_snapshot(self.app.snapshot)

    def on_screen_resume(self) -> None:
        """Show the message that came while another screen was in front."""
        self.show_message()
        self.cover_from(self.app.size.height)

    def cover_from(self, y: int) -> None:
        """Keep the row under the cursor above line `y`, from which on a menu or a form stands at the foot."""
        for rows in self.query(CoveredRows):
            rows.cover_from(y)

    def on_resize(self) -> None:
        """Lay out title, body, message and keys for the new size."""
        self.lay_out()
        self.show_title()
        self.show_message()
        self.show_keys()

    @property
    def kept_keys(self) -> int:
        """Keys at the end of the footer that are never left out: help, and how to leave."""
        return 2

    def lay_out(self) -> None:
        """Draw the body for the current size."""
        self.show_snapshot(self.app.snapshot)

    def show_keys(self) -> None:
        """Show the keys of the screen, as many as fit."""
        parts = [
            key_part(key_shown(command.shown).split(", ")[0], label, command.keys[0])
            for command, label in self.footer()
        ]
        width = self.size.width or 80
        gap = gap_of(parts, width)
        shown = fitting(parts, width, kept=min(self.kept_keys, len(parts) - 1), gap=gap)
        self.query_one("#keys", KeyLine).show_parts(shown, gap)

    def show_title(self) -> None:
        """Show what the screen is, in its first line."""
        self.query_one("#title", Lines).show(self.app.title_line(*self.heading()))

    def show_message(self) -> None:
        """Show the app's last message, wrapped when it is long; without one, other information."""
        text, style = self.app.message
        message = self.query_one_optional("#message", KeyLine)
        if message is None:
            return
        if text:
            message.show_text(text, style, self.app.size.width, _MOST_LINES)
        else:
            message.show_text("", "plain", self.app.size.width, 1)
            self.show_what_else(message)

    def columns_lines(self, headings: Segments) -> list[Segments]:
        """The headings of columns over a list of entries, set apart from the title where there is room."""
        columns: Segments = [(" ", "plain"), *headings]
        return [[], columns] if self.app.size.height >= AIRY_HEIGHT else [columns]

    @property
    def has_more(self) -> bool:
        """Whether a page goes on below its visible part."""
        return any(page.has_more for page in self.query(Page))

    def show_what_else(self, line: KeyLine, said: str = "") -> None:
        """Fill the message line while there is no message: with `said`, and what more is below."""
        more = tr(_MORE) if self.has_more else ""
        width = self.app.size.width
        said = self.app.terminal(width).cut(said, width - 3 - width_of(more))
        if said or more:
            blanks = max(0, width - 2 - width_of(said) - width_of(more))
            line.show([(f" {said}", "plain"), (" " * blanks, "plain"), (more, "dim")])
