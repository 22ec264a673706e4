"""Rows with a cursor, whose foot a menu or a form may cover for a while."""

from __future__ import annotations

from textual.geometry import Region, Size
from textual.scroll_view import ScrollView


class CoveredRows(ScrollView, can_focus=True, inherit_bindings=False):
    """A widget of rows that keeps the one under its cursor above whatever covers its foot."""

    covered = 0
    """Lines at the foot that cannot be seen."""
    _uncovered_at: tuple[int, int] | None = None
    """Where it was scrolled to before its foot was covered, and since."""

    @property
    def seen_height(self) -> int:
        """Lines that can be seen."""
        return max(1, self.size.height - self.covered) if self.size.height else 0

    def size_for(self, lines: int) -> Size:
        """The virtual size for so many lines: the last one can be scrolled above what covers the foot."""
        return Size(self.size.width, lines + self.covered)

    def cover_from(self, y: int) -> None:
        """Scroll the cursor's row above line `y` of the screen, which something covers from there on; back again when
        nothing covers it any more and nothing else moved.
        """
        covered = max(0, self.region.bottom - y)
        if covered == self.covered:
            return
        lines, before = self.virtual_size.height - self.covered, self.scroll_offset.y
        feet = {self.seen_height, max(1, self.size.height - covered)}
        self.covered = covered
        for foot in feet:
            self.refresh(Region(0, foot - 1, self.size.width, 1))
        self.virtual_size = self.size_for(lines)
        first, since = self._uncovered_at or (before, before)
        if covered:
            self.keep_cursor_in_sight()
            self._uncovered_at = (first if before == since else before, self.scroll_offset.y)
            return
        self._uncovered_at = None
        most = max(0, lines - self.size.height)
        top = min(first if before == since else before, most)
        if top != before:
            self.scroll_to(y=top, animate=False, immediate=True, force=True)
            self.refresh()
        self.keep_cursor_in_sight()

    def was_uncovered_at(self, top: int) -> None:
        """Go to this line, or near it, when nothing covers the foot any more."""
        self._uncovered_at = (top, self.scroll_offset.y)

    def keep_cursor_in_sight(self) -> None:
        """Scroll no further than the row under the cursor needs to be seen."""
        raise NotImplementedError
