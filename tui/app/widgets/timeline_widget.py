"""The timeline with a cursor: up and down between periods, left and right between commitments of one."""

from collections.abc import Callable
from itertools import pairwise

from textual import events
from textual.geometry import Region
from textual.strip import Strip

from tui.app.pages.timeline_page import TimelineLayout
from tui.app.theme import Paint
from tui.app.widgets.rows_under_a_menu import CoveredRows
from tui.app.widgets.segment_strips import blank_strip, strip_of
from tui.render.segments import Segments


class TimelineStrip(CoveredRows, inherit_bindings=False):
    """Draws a timeline and keeps the cursor on a commitment."""

    DEFAULT_CSS = "TimelineStrip { height: 1fr; width: 1fr; overflow-x: hidden; scrollbar-size-vertical: 0; }"

    def __init__(self, paint: Paint, number: int | None, pointed: Callable[[], None]) -> None:
        """The cursor begins at `number`, if that is on the timeline; `pointed` is called when it moves."""
        super().__init__(id="strip")
        self._paint = paint
        self._pointed = pointed
        self._timeline: TimelineLayout | None = None
        self._stale_position: int | None = None
        self.number = number

    @property
    def is_stale(self) -> bool:
        """Whether the commitment under the cursor has left the timeline; it stays until the cursor moves."""
        return self._stale_position is not None

    def show(self, timeline: TimelineLayout) -> None:
        """Show this timeline, with the cursor on the same commitment, even if that left it."""
        position = timeline.position_of(self.number)
        if position is None and self.number is not None and self._timeline is not None:
            if self._stale_position is None:
                self._stale_position = self._timeline.position_of(self.number)
        else:
            self._stale_position = None
            self.number = self.number if position is not None else timeline.start
        self._timeline = timeline.around(self.number)
        self.virtual_size = self.size_for(len(timeline.lines))
        self._scroll_near()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the screen, the commitment under the cursor in reverse."""
        position, width = y + self.scroll_offset.y, self.size.width
        if self._timeline is None or position >= len(self._timeline.lines):
            return blank_strip(width)
        line = self._timeline.lines[position]
        pieces: Segments = line.text
        for entry in line.entries:
            if entry.number == self.number:
                pieces = _with_cursor(pieces, entry.column, entry.width)
        return strip_of(pieces, width, self._paint)

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to a clicked commitment."""
        position = event.y + self.scroll_offset.y
        line = self._timeline.lines[position] if self._timeline and position < len(self._timeline.lines) else None
        for entry in line.entries if line else ():
            if entry.column <= event.x < entry.column + entry.reach:
                self._go(entry.number)

    def move_lines(self, lines: int) -> None:
        """Move so many periods down (negative: up), to the nearest commitment."""
        if self._timeline is not None:
            self._go(self._near() if self.is_stale else self._timeline.across(self.number, lines))

    def move_sideways(self, steps: int) -> None:
        """Move so many commitments to the right on the same line."""
        if self._timeline is not None:
            self._go(self._near() if self.is_stale else self._timeline.along(self.number, steps))

    def move_half_pages(self, halves: int) -> None:
        """Move so many half pages down."""
        self.move_lines(halves * max(1, self.size.height // 2))

    def move_to_end(self, is_last: bool) -> None:
        """Move to the first period or the last."""
        count = len(self._timeline.lines) if self._timeline is not None else 0
        self.move_lines(count if is_last else -count)

    def _near(self) -> int | None:
        """The commitment nearest to where the one that left was; the same number if there is none."""
        found = self._timeline.near(self._stale_position or 0) if self._timeline is not None else None
        return self.number if found is None else found

    def _go(self, number: int | None) -> None:
        if number == self.number or self._timeline is None:
            return
        old = self._timeline.position_of(self.number)
        self.number, self._stale_position = number, None
        self._timeline = self._timeline.around(number)
        self._pointed()
        if not self._scroll_near():
            for position in {old, self._timeline.position_of(number)}:
                if position is not None:
                    self.refresh(Region(0, position - self.scroll_offset.y, self.size.width, 1))

    def on_resize(self) -> None:
        """Keep the cursor visible."""
        if self._timeline is not None:
            self.virtual_size = self.size_for(len(self._timeline.lines))
            self._scroll_near()

    def keep_cursor_in_sight(self) -> None:
        """Scroll only where the commitment under the cursor cannot be seen."""
        self._scroll_near()

    def _scroll_near(self) -> bool:
        position = self._timeline.position_of(self.number) if self._timeline is not None else None
        top, height = self.scroll_offset.y, self.seen_height
        if position is None or not height or top <= position < top + height:
            return False
        self.scroll_to(y=max(0, position - height // 2), animate=False, immediate=True, force=True)
        self.refresh()
        return True


def _with_cursor(line: Segments, column: int, width: int) -> Segments:
    """Draw the cursor: a mark in the first column of the line, and `width` columns from `column` in reverse."""
    pieces: Segments = []
    at = 0
    for text, style in line:
        cuts = sorted({0, len(text), *(min(max(0, edge - at), len(text)) for edge in (1, column, column + width))})
        for start, end in pairwise(cuts):
            is_inside = column <= at + start < column + width
            pieces.append((text[start:end], "cursor" if is_inside else style))
        at += len(text)
    return [(">", "plain"), *pieces[1:]]
