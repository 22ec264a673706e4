"""The screen of a conflict: two people changed one record; before, theirs and mine side by side, to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen

from store.rules.merge import Clash
from store.text import visible
from tui.app.key_table import in_latin
from tui.app.pages.conflict_differences import Difference, differences
from tui.app.widgets.text_lines import Lines, Page
from tui.render.segments import Segments
from tui.render.widths import padded, width_of, wrapped

if TYPE_CHECKING:
    from tui.app.app import FollowUp

_KEYS = "up/down move  m mine  t theirs  ctrl+s save  esc theirs"
_ALL_KEYS = "up/down move  PgDn more  m mine  t theirs  ctrl+s save  esc theirs, mine kept"
_SCROLLING = {"pagedown": 2, "pageup": -2, "ctrl+d": 1, "ctrl+u": -1}
"""Key -> the half pages by which it scrolls."""
_MORE = "more: PgDn"
_MARGIN = _GAP = "  "


class ConflictScreen(ModalScreen[frozenset[str] | None]):
    """Asks for mine or theirs, field by field. Gives the fields with theirs, or None for Esc: theirs stays."""

    BINDINGS: ClassVar = [
        Binding("ctrl+s,f2", "save", "save", priority=True),
        Binding("escape", "leave", "leave", priority=True),
    ]

    app: FollowUp

    def __init__(self, about: int | str, clashes: Iterable[Clash]) -> None:
        """`about`: the number of a commitment, or the harmless name of another record."""
        super().__init__()
        self._about = f"#{about}" if isinstance(about, int) else about
        self._differences = differences(clashes)
        self._chosen: dict[str, str] = {}
        self._position = 0

    def compose(self) -> ComposeResult:
        """Title, fields, message, keys."""
        paint = self.app.paint
        yield Lines(paint, id="title", height=3)
        yield Page(paint, self.show_message, id="fields")
        yield Lines(paint, id="message")
        yield Lines(paint, id="keys")

    def on_resize(self) -> None:
        """Draw title, keys and fields for the width."""
        width = self.size.width
        title = self.app.terminal(width).cut(f"{self._about} was changed while you were at it", width - 2)
        self.query_one("#title", Lines).show(
            [(f" {title}", "heading")],
            [(" Not saved yet: choose for each field which one is to stand", "plain")],
        )
        keys = _ALL_KEYS if len(_ALL_KEYS) < width else _KEYS
        self.query_one("#keys", Lines).show([(f" {keys}", "dim")])
        self._draw()

    def _draw(self) -> None:
        """Draw the fields, scrolled to the current one."""
        lines: list[Segments] = []
        at = 0
        for position, difference in enumerate(self._differences):
            if position == self._position:
                at = len(lines)
            lines += [*self._block(difference, is_current=position == self._position), []]
        page = self.query_one(Page)
        page.show(lines[:-1])
        page.scroll_to(y=max(0, at), animate=False, immediate=True, force=True)

    def _block(self, difference: Difference, *, is_current: bool) -> list[Segments]:
        """The lines of a field: its name, who changed it, and the three values in columns."""
        terminal, all_columns = self.app.terminal(self.size.width), self.size.width
        width = max(10, (all_columns - len(_MARGIN) - 2 * len(_GAP)) // 3)
        chosen = self._chosen.get(difference.name, "")
        mark = ">" if is_current else " "
        choice = {"m": "mine", "t": "theirs"}.get(chosen, "not chosen yet")
        name = f"{mark}{difference.name}"
        status = terminal.cut(f": {choice} ({difference.who}, {difference.on})", all_columns - width_of(name))
        heads = [
            terminal.cut(f"{'* ' if letter and letter == chosen else ''}{head}", width)
            for letter, head in (
                ("", "before"),
                ("t", f"theirs: {difference.who}"),
                ("m", f"mine: {visible(self.app.session.actor)}"),
            )
        ]
        values = [wrapped(text, width) for text in (difference.before, difference.theirs, difference.mine)]
        return [
            [(name, "heading" if is_current else "strong"), (status, "plain")],
            *_beside([[head] for head in heads], width, chosen, "dim"),
            *_beside(values, width, chosen, "plain"),
        ]

    def show_message(self) -> None:
        """Show the app's last message."""
        text, style = self.app.message
        message = self.query_one_optional("#message", Lines)
        if message is None:
            return
        if not text and self.query_one(Page).has_more:
            blanks = self.size.width - 1 - len(_MORE)
            message.show([(" " * blanks, "plain"), (_MORE, "dim")])
        else:
            message.show([(f" {text}", style)])

    # Keys.

    def on_key(self, event: events.Key) -> None:
        """Move, scroll or choose, in the Latin or the Russian layout."""
        event.stop()
        letter = in_latin(event.character or "").lower()
        if event.key in _SCROLLING:
            self.query_one(Page).move_half_pages(_SCROLLING[event.key])
        elif event.key in ("up", "down", "tab", "shift+tab") or letter in ("j", "k"):
            self._step(-1 if event.key in ("up", "shift+tab") or letter == "k" else 1)
        elif letter in ("m", "t"):
            self._chosen[self._differences[self._position].name] = letter
            self._position = min(self._position + 1, len(self._differences) - 1)
            self._draw()

    def _step(self, step: int) -> None:
        """Go to the next field or the one before; from the last or the first scroll by a line."""
        if 0 <= self._position + step < len(self._differences):
            self._position += step
            self._draw()
        else:
            self.query_one(Page).move_lines(step)

    def action_save(self) -> None:
        """Dismiss with the choice, once it is made for every field."""
        for position, difference in enumerate(self._differences):
            if difference.name not in self._chosen:
                self._position = position
                self._draw()
                self.query_one("#message", Lines).show([(f" choose for {difference.name} first: m or t", "error")])
                return
        theirs = [each.fields for each in self._differences if self._chosen[each.name] == "t"]
        self.dismiss(frozenset().union(*theirs))

    def action_leave(self) -> None:
        """Dismiss with None: their change stays."""
        self.dismiss(None)


def _beside(columns: list[list[str]], width: int, chosen: str, style: str) -> list[Segments]:
    """Lay out texts in columns; the chosen column is strong."""
    lines: list[Segments] = []
    for row in range(max(map(len, columns))):
        line = [(_MARGIN, "plain")]
        for column, letter in zip(columns, ("", "t", "m"), strict=True):
            text = column[row] if row < len(column) else ""
            line += [(padded(text, width), "strong" if letter and letter == chosen else style), (_GAP, "plain")]
        lines.append(line[:-1])
    return lines
