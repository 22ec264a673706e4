"""Things of one or two lines each, one of them under the cursor."""

from collections.abc import Sequence

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.app.themes import Paint
from tui.app.widgets.strips import strip_of
from tui.lines import Line


class Picker(ScrollView, can_focus=True, inherit_bindings=False):
    """Draws entries, each of a key and its lines; the cursor follows the key."""

    DEFAULT_CSS = "Picker { height: 1fr; width: 1fr; overflow-x: hidden; }"

    class Opened(Message):
        """The entry under the cursor was clicked."""

    def __init__(self, paint: Paint) -> None:
        super().__init__(id="picker")
        self._paint = paint
        self._keys: list[str] = []
        self._lines: list[tuple[int, Line]] = []
        self._place = 0

    @property
    def key(self) -> str | None:
        """The key of the entry under the cursor."""
        return self._keys[self._place] if self._keys else None

    def show(self, entries: Sequence[tuple[str, Sequence[Line]]]) -> None:
        """Show these, the cursor on the same key where it is among them."""
        here = self.key
        self._keys = [key for key, _ in entries]
        self._lines = [(place, line) for place, (_, lines) in enumerate(entries) for line in lines]
        self._place = self._keys.index(here) if here in self._keys else min(self._place, max(0, len(self._keys) - 1))
        self.virtual_size = Size(self.size.width, len(self._lines))
        self._scroll_near()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the screen; the first line of the entry under the cursor has the mark."""
        at, width = y + self.scroll_offset.y, self.size.width
        if at >= len(self._lines):
            return Strip.blank(width)
        place, line = self._lines[at]
        is_here = place == self._place
        is_first = at == 0 or self._lines[at - 1][0] != place
        mark = [(">" if is_here and is_first else " ", "plain")]
        return strip_of([*mark, *line], width, self._paint, is_cursor=is_here)

    def action_move(self, entries: int) -> None:
        """So many entries down."""
        self._go(self._place + entries)

    def action_page(self, halves: int) -> None:
        """So many half pages down."""
        self._go(self._place + halves * max(1, self.size.height // 4))

    def action_end(self, is_last: bool) -> None:
        """To the first or the last."""
        self._go(len(self._keys) - 1 if is_last else 0)

    def _go(self, place: int) -> None:
        place = max(0, min(place, len(self._keys) - 1))
        if place == self._place or not self._keys:
            return
        old, self._place = self._place, place
        if not self._scroll_near():
            for at, (its, _) in enumerate(self._lines):
                if its in (old, place):
                    self.refresh(Region(0, at - self.scroll_offset.y, self.size.width, 1))

    def _scroll_near(self) -> bool:
        its = [at for at, (place, _) in enumerate(self._lines) if place == self._place]
        top, height = self.scroll_offset.y, self.size.height
        if not its or not height or (top <= its[0] and its[-1] < top + height):
            return False
        self.scroll_to(y=max(0, its[0] - height // 2), animate=False, immediate=True)
        self.refresh()
        return True

    def on_click(self, event: events.Click) -> None:
        """A click points; one on what is pointed at opens it."""
        at = event.y + self.scroll_offset.y
        if at < len(self._lines):
            place = self._lines[at][0]
            if place == self._place:
                self.post_message(self.Opened())
            self._go(place)
