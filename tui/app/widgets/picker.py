"""A list of entries with one or more lines each, and a cursor."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from tui.app.theme import Paint
from tui.app.widgets.rows_under_a_menu import CoveredRows
from tui.app.widgets.segment_strips import blank_strip, strip_of
from tui.render.segments import Segments, split_at

_Entry: TypeAlias = tuple[int, Sequence[Segments]]
"""The key of an entry, and its lines."""


class Picker(CoveredRows, inherit_bindings=False):
    """Draws entries; the cursor follows the key of its entry.

    An entry that others remove while it is under the cursor stays as a dim line that says so, until the cursor moves.
    """

    DEFAULT_CSS = "Picker { height: 1fr; width: 1fr; overflow-x: hidden; }"

    class EntryClicked(Message):
        """The entry under the cursor was clicked."""

    def __init__(
        self,
        paint: Paint,
        scrolled: Callable[[], None] = lambda: None,
        moved: Callable[[], None] = lambda: None,
    ) -> None:
        """`scrolled` is called when `has_more` may have changed, `moved` when the cursor is on another entry."""
        super().__init__(id="picker")
        self._paint = paint
        self._scrolled = scrolled
        self._moved = moved
        self._entries: list[_Entry] = []
        self._lines: list[tuple[int, Segments]] = []
        self._position = 0
        self._flag_columns = 0
        self.is_stale = False

    @property
    def has_more(self) -> bool:
        """Whether there are lines below the last one that is seen."""
        return 0 < self.size.height < len(self._lines) - self.scroll_offset.y

    @property
    def key(self) -> int | None:
        """The key of the entry under the cursor."""
        return self._entries[self._position][0] if self._entries else None

    def show(self, entries: Sequence[_Entry], gone: Callable[[int], str], *, flag_columns: int = 0) -> None:
        """Show these entries, with the cursor on the same key, even if it is not among them any more.

        `gone` gives the text of a key that is not among them. The cursor covers the first `flag_columns` of the first
        line of its entry; 0: all of it.
        """
        self._flag_columns = flag_columns
        here, shown = self.key, list(entries)
        position = next((position for position, (key, _) in enumerate(shown) if key == here), None)
        self.is_stale = position is None and here is not None
        if self.is_stale and here is not None:
            position = min(self._position, len(shown))
            shown.insert(position, (here, [[(gone(here), "dim")]]))
        self._put(shown, position or 0)
        self._scroll_near()
        self.refresh()
        self._scrolled()

    def _put(self, entries: list[_Entry], position: int) -> None:
        self._entries, self._position = entries, position
        self._lines = [(position, line) for position, (_, lines) in enumerate(entries) for line in lines]
        self.virtual_size = self.size_for(len(self._lines))

    def render_line(self, y: int) -> Strip:
        """One line of the screen; the first line of the entry under the cursor has the mark."""
        at, width = y + self.scroll_offset.y, self.size.width
        if at >= len(self._lines):
            return blank_strip(width)
        position, line = self._lines[at]
        is_first = at == 0 or self._lines[at - 1][0] != position
        if position != self._position or not is_first:
            return strip_of([(" ", "plain"), *line], width, self._paint)
        flag, rest = split_at([(">", "plain"), *line], self._flag_columns or width)
        return strip_of([(flag, "cursor"), *rest], width, self._paint)

    def move_lines(self, entries: int) -> None:
        """Move so many entries down."""
        self._go(self._position + entries)

    def move_half_pages(self, halves: int) -> None:
        """Move so many half pages down."""
        lines_each = max(1, len(self._lines) // max(1, len(self._entries)))
        self._go(self._position + halves * max(1, self.size.height // 2 // lines_each))

    def move_to_end(self, is_last: bool) -> None:
        """Move to the first entry or the last."""
        self._go(len(self._entries) - 1 if is_last else 0)

    def point_at(self, key: int) -> None:
        """Put the cursor on the entry with this key, where it is shown."""
        position = next((position for position, (known, _) in enumerate(self._entries) if known == key), None)
        if position is not None:
            self._go(position)

    def let_go(self) -> None:
        """Remove the entry under the cursor where it is stale, and move to its neighbour."""
        if self.is_stale:
            self._drop_stale(self._position)

    def _drop_stale(self, position: int) -> None:
        entries = [*self._entries[: self._position], *self._entries[self._position + 1 :]]
        self.is_stale = False
        self._put(entries, max(0, min(position, len(entries) - 1)))
        self._scroll_near()
        self.refresh()

    def _go(self, position: int) -> None:
        position = max(0, min(position, len(self._entries) - 1))
        if position == self._position or not self._entries:
            return
        if self.is_stale:
            self._drop_stale(position - (position > self._position))
            self._moved()
            return
        old, self._position = self._position, position
        if not self._scroll_near():
            for at, (its, _) in enumerate(self._lines):
                if its in (old, position):
                    self.refresh(Region(0, at - self.scroll_offset.y, self.size.width, 1))
        self._moved()

    def _scroll_near(self) -> bool:
        its = [at for at, (position, _) in enumerate(self._lines) if position == self._position]
        top, height = self.scroll_offset.y, self.seen_height
        if not its or not height or (top <= its[0] and its[-1] < top + height):
            return False
        self.scroll_to(y=max(0, its[0] - height // 2), animate=False, immediate=True, force=True)
        self.refresh()
        self._scrolled()
        return True

    def keep_cursor_in_sight(self) -> None:
        """Scroll only where the entry under the cursor cannot be seen."""
        self._scroll_near()

    def on_resize(self) -> None:
        """Say whether there is more."""
        self._scrolled()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to a clicked entry; a click on the one under the cursor opens it."""
        at = event.y + self.scroll_offset.y
        if at < len(self._lines):
            position = self._lines[at][0]
            if position == self._position:
                self.post_message(self.EntryClicked())
            self._go(position)
