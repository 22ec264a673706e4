"""Two people changed one record: the fields side by side, to choose from."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen

from store.operations.clashes import Clash
from tui.app.commands import in_latin
from tui.app.differences import Difference, differences
from tui.app.widgets.lines import Lines, Page
from tui.cells import padded, wrapped
from tui.lines import Line

if TYPE_CHECKING:
    from tui.app.app import FollowUp

_MOST_LINES = 5
"""Lines that one value gets."""


class Clashing(ModalScreen[frozenset[str] | None]):
    """Gives the fields in which theirs was chosen, or None: theirs stands, mine is for another time."""

    BINDINGS: ClassVar = [
        Binding("ctrl+s,f2", "save", "save", priority=True),
        Binding("escape", "leave", "leave", priority=True),
    ]

    app: "FollowUp"

    def __init__(self, number: int, clashes: Iterable[Clash]) -> None:
        super().__init__()
        self._number = number
        self._differences = differences(clashes)
        self._chosen: dict[str, str] = {}
        self._place = 0

    def compose(self) -> ComposeResult:
        """Title, the fields, a message, the keys."""
        paint = self.app.paint
        yield Lines(paint, id="title", height=3)
        yield Page(paint, id="fields")
        yield Lines(paint, id="message")
        yield Lines(paint, id="keys")

    def on_resize(self) -> None:
        """Draw it for the width."""
        self.query_one("#title", Lines).show(
            [(f" #{self._number} was changed while you were at it", "heading")],
            [(" Not saved yet: choose for each field which one is to stand", "plain")],
        )
        keys = "up/down move  m mine  t theirs  ctrl+s save the choice  esc theirs, mine kept"
        self.query_one("#keys", Lines).show([(f" {keys}", "dim")])
        self._draw()

    def _draw(self) -> None:
        width = max(10, (self.size.width - 4) // 3 - 2)
        lines: list[Line] = []
        at = 0
        for place, difference in enumerate(self._differences):
            if place == self._place:
                at = len(lines)
            lines += [*self._block(difference, width, is_current=place == self._place), []]
        page = self.query_one(Page)
        page.show(lines)
        page.scroll_to(y=max(0, at - 2), animate=False, immediate=True)

    def _block(self, difference: Difference, width: int, *, is_current: bool) -> list[Line]:
        chosen = self._chosen.get(difference.name, "")
        mark = ">" if is_current else " "
        said = {"m": "mine", "t": "theirs"}.get(chosen, "not chosen yet")
        block: list[Line] = [
            [(f"{mark}{difference.name}", "heading" if is_current else "strong"), (f": {said}", "plain")]
        ]
        heads = ("before", f"{difference.who}, {difference.on}", "mine")
        block.append(_beside([[head] for head in heads], width, chosen, is_head=True)[0])
        columns = [
            wrapped(text, width)[:_MOST_LINES] for text in (difference.before, difference.theirs, difference.mine)
        ]
        return block + _beside(columns, width, chosen)

    # Choosing.

    def on_key(self, event: events.Key) -> None:
        """Move, or choose; in either layout."""
        event.stop()
        letter = in_latin(event.character or "").lower()
        if event.key in ("up", "down", "tab", "shift+tab") or letter in ("j", "k"):
            step = -1 if event.key in ("up", "shift+tab") or letter == "k" else 1
            self._place = max(0, min(self._place + step, len(self._differences) - 1))
        elif letter in ("m", "t"):
            self._chosen[self._differences[self._place].name] = letter
            self._place = min(self._place + 1, len(self._differences) - 1)
        else:
            return
        self._draw()

    def action_save(self) -> None:
        """Give the choice, when it is made for every field."""
        for place, difference in enumerate(self._differences):
            if difference.name not in self._chosen:
                self._place = place
                self._draw()
                self.query_one("#message", Lines).show([(f" choose for {difference.name} first: m or t", "error")])
                return
        theirs = [each.fields for each in self._differences if self._chosen[each.name] == "t"]
        self.dismiss(frozenset().union(*theirs))

    def action_leave(self) -> None:
        """Theirs stands."""
        self.dismiss(None)


def _beside(columns: list[list[str]], width: int, chosen: str, *, is_head: bool = False) -> list[Line]:
    """Texts beside each other; the column that was chosen is strong, its head has a star."""
    lines: list[Line] = []
    for row in range(max(map(len, columns))):
        line = [("  ", "plain")]
        for column, letter in zip(columns, ("", "t", "m"), strict=True):
            text = column[row] if row < len(column) else ""
            is_chosen = bool(letter) and letter == chosen
            if is_head and is_chosen:
                text = f"* {text}"
            style = "strong" if is_chosen else "dim" if is_head else "plain"
            line.append((padded(text[:width], width) + "  ", style))
        lines.append(line)
    return lines
