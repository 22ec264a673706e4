"""Converts lines of styled text to Textual's strips, cut and filled to the width."""

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from store.sanitise_text import visible
from tui.app.theme import Paint
from tui.render.segments import Segments
from tui.render.widths import first_columns, width_of


def strip_of(line: Segments, width: int, paint: Paint, *, is_cursor: bool = False) -> Strip:
    """Convert a line to a strip of exactly `width` columns; in reverse where the cursor is."""
    segments = []
    left = width
    for drawn, name in line:
        text = visible(drawn)
        size = width_of(text)
        if size > left:
            text, size = first_columns(text, left), left
        style = paint.style(name)
        segments.append(Segment(text, style + paint.cursor if is_cursor else style))
        left -= size
        if left <= 0:
            break
    style = paint.cursor if is_cursor else paint.plain
    if left > 0 and segments and segments[-1].style == style:
        segments[-1] = Segment(segments[-1].text + " " * left, style)
    elif left > 0:
        segments.append(Segment(" " * left, style))
    return Strip(segments, width)


def blank_strip(width: int) -> Strip:
    """A strip of blanks with a style: Textual's filter for NO_COLOR fails on a segment that has none."""
    return Strip.blank(width, Style.null())


def harmless(strip: Strip) -> Strip:
    """Sanitise a strip: the last guard where Textual draws text that people typed.

    What does not print is escaped, as `\\x1b`, and the strip cut to its width again.
    """
    if all(segment.control is None and visible(segment.text) == segment.text for segment in strip):
        return strip
    segments = [Segment(visible(segment.text), segment.style) for segment in strip if segment.control is None]
    return Strip(segments).adjust_cell_length(strip.cell_length)
