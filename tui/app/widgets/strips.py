"""A line of styled pieces -> a strip of the screen, cut and filled to the width."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from rich.segment import Segment
from textual.strip import Strip

from tui.app.themes import Paint
from tui.cells import first_columns, width_of

Line: TypeAlias = Sequence[tuple[str, str]]
"""One line of a screen: pieces of (harmless text, style name)."""


def strip_of(line: Line, width: int, paint: Paint, *, is_cursor: bool = False) -> Strip:
    """The line in exactly `width` columns; where the cursor is, all of it is in reverse."""
    segments = []
    left = width
    for text, name in line:
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


def text_of(line: Line) -> str:
    """The line without its styles."""
    return "".join(text for text, _ in line)


def size_of(line: Line) -> int:
    """The columns that a line takes."""
    return sum(width_of(text) for text, _ in line)


def joined(parts: Iterable[Line], between: str) -> list[tuple[str, str]]:
    """Lines put beside each other, with `between` in plain between them."""
    whole: list[tuple[str, str]] = []
    for part in parts:
        if whole:
            whole.append((between, "plain"))
        whole += part
    return whole
