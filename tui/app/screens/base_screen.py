"""The base of all screens that show the snapshot: body, message line, footer with the keys.

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
from tui.app.key_table import keys_line
from tui.app.widgets.text_lines import Lines
from tui.render.segments import columns_of

if TYPE_CHECKING:
    from tui.app.app import FollowUp


_MOST_LINES = 5
"""Lines that a message gets."""


class BaseScreen(Screen[None], inherit_bindings=False):
    """A screen that shows the snapshot, with the message and the footer in its last two lines."""

    KIND: ClassVar[str]
    """Its name in the key table, one of `key_table.ALL_SCREENS`."""

    app: FollowUp

    def compose(self) -> ComposeResult:
        """Body, message, footer."""
        yield from self.body()
        yield Lines(self.app.paint, id="message")
        yield Lines(self.app.paint, id="keys")

    def body(self) -> Iterable[Widget]:
        """The widgets above the message."""
        raise NotImplementedError

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the screen for this snapshot, the first one or a newer one."""
        raise NotImplementedError

    def numbers(self) -> list[int]:
        """The commitments that a key acts on. Raises: NotAllowed when there is none, saying why."""
        raise NotAllowed("there is no commitment here")

    def point_at(self, slug: str) -> None:
        """Put the cursor on a visit, where visits are shown."""

    def open(self) -> None:
        """Open what the cursor is on."""

    def back(self) -> bool:
        """Clear one choice made here (selection, filter, lens). Returns False when the screen should close."""
        return False

    # Events.

    def on_mount(self) -> None:
        """Draw the current snapshot."""
        self.show_snapshot(self.app.snapshot)

    def on_screen_resume(self) -> None:
        """Show the message that came while another screen was in front."""
        self.show_message()

    def on_resize(self) -> None:
        """Lay out body, message and footer for the new size."""
        self.lay_out()
        self.show_message()
        self.query_one("#keys", Lines).show(_fitted(keys_line(self.KIND), self.size.width or 80))

    def lay_out(self) -> None:
        """Draw the body for the current size."""
        self.show_snapshot(self.app.snapshot)

    def show_message(self) -> None:
        """Show the app's last message in the line for it, or in a few when it is long."""
        text, style = self.app.message
        message = self.query_one_optional("#message", Lines)
        if message is not None:
            message.show_text(text, style, self.app.size.width, _MOST_LINES)


def _fitted(keys: list[tuple[str, str]], width: int) -> list[tuple[str, str]]:
    """The footer with as many keys as fit; the last two, help and quit, always."""
    parts = [[(f" {key}", "key"), (f" {label} ", "plain")] for key, label in keys]
    while len(parts) > 2 and sum(map(columns_of, parts)) > width:
        del parts[-3]
    return [piece for part in parts for piece in part]
