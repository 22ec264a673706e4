"""Widgets for lines of styled text: a fixed number of lines, or a page that scrolls."""

from collections.abc import Callable, Iterator, Sequence

from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from tui.app.theme import Paint
from tui.app.widgets.segment_strips import strip_of
from tui.render.segments import Segments, columns_of
from tui.render.widths import wrapped

NO_BREAK = "\xa0"


def regions_that_differ(old: Sequence[Segments], new: Sequence[Segments], width: int) -> Iterator[Region]:
    """The region of each line that differs, without what stays blank: that need not travel over a slow line."""
    for y in range(max(len(old), len(new))):
        before, after = old[y : y + 1], new[y : y + 1]
        if before != after:
            yield Region(0, y, min(max(map(columns_of, (*before, *after))), width), 1)


class Lines(Widget):
    """A fixed number of lines; new ones repaint only those that differ, without a new layout."""

    DEFAULT_CSS = "Lines { height: 1; width: 1fr; }"

    def __init__(self, paint: Paint, *, id: str, height: int = 1) -> None:  # noqa: A002
        super().__init__(id=id)
        self._paint = paint
        self._lines: list[Segments] = []
        self.styles.height = height

    @property
    def lines(self) -> Sequence[Segments]:
        """The lines that are shown."""
        return self._lines

    def show(self, *lines: Segments) -> None:
        """Show these lines, from the top."""
        old, self._lines = self._lines, list(lines)
        for region in regions_that_differ(old, self._lines, self.size.width):
            self.refresh(region)

    def show_text(self, text: str, style: str, width: int, most: int) -> None:
        """Show a text in as many lines as it needs on a screen of this width, `most` of them at most; another number
        of them lays the screen out again. A line is not broken at a `NO_BREAK`, which is shown as a blank.
        """
        shown = [line.replace(NO_BREAK, " ") for line in wrapped(text, max(20, width - 2))[:most]]
        lines: list[Segments] = [[(f" {line}", style)] for line in shown]
        if self.styles.height is None or self.styles.height.value != len(lines):
            self.styles.height = len(lines)
        self.show(*lines)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        line = self._lines[y] if y < len(self._lines) else []
        return strip_of(line, self.size.width, self._paint)


class Page(ScrollView, can_focus=True, inherit_bindings=False):
    """A page of any number of lines, scrolled by the keys that move."""

    DEFAULT_CSS = "Page { width: 1fr; height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 0; }"

    def __init__(
        self,
        paint: Paint,
        scrolled: Callable[[], None] = lambda: None,
        *,
        id: str,  # noqa: A002
        margin: Sequence[tuple[str, str]] = (),
    ) -> None:
        """`scrolled` is called when `has_more` may have changed; `margin` stands left of every line."""
        super().__init__(id=id)
        self._paint = paint
        self._scrolled = scrolled
        self._margin = margin
        self._lines: Sequence[Segments] = ()

    @property
    def has_more(self) -> bool:
        """Whether there are lines below the last one that is seen."""
        return 0 < self.size.height < len(self._lines) - self.scroll_offset.y

    def show(self, lines: Sequence[Segments]) -> None:
        """Show these lines, at the same scroll position."""
        self._lines = lines
        self.virtual_size = Size(self.size.width, len(lines))
        self.refresh()
        self._scrolled()

    def render_line(self, y: int) -> Strip:
        """One line of the screen; blank for a heading at its foot, when what it stands over is below."""
        position = y + self.scroll_offset.y
        line = self._lines[position] if position < len(self._lines) else []
        if 0 < y == self.size.height - 1 and position < len(self._lines) - 1 and _is_heading(line):
            line = []
        return strip_of([*self._margin, *line], self.size.width, self._paint)

    def on_resize(self) -> None:
        """Say whether there is more."""
        self._scrolled()

    def move_lines(self, lines: int) -> None:
        """Scroll by so many lines."""
        self._go(self.scroll_offset.y + lines)

    def move_half_pages(self, halves: int) -> None:
        """Scroll by so many half pages."""
        self._go(self.scroll_offset.y + halves * max(1, (self.size.height - 1) // 2))

    def move_to_end(self, is_last: bool) -> None:
        """Scroll to the first line or the last."""
        self._go(len(self._lines) if is_last else 0)

    def _go(self, y: int) -> None:
        most = max(0, len(self._lines) - self.size.height)
        self.scroll_to(y=max(0, min(y, most)), animate=False, immediate=True, force=True)
        self._scrolled()


def _is_heading(line: Segments) -> bool:
    return bool(line) and all(style.endswith("heading") for text, style in line if text.strip())
