"""Lines as styled segments, which the command line prints and the app draws."""

from __future__ import annotations

from tui.render.widths import first_columns, width_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tui.render.terminal_style import TerminalStyle

Segments = list[tuple[str, str]]
"""One line: (sanitised text, style name) each. Style names: those of `BANDS`, plain, dim, heading, strong."""

NEXT_PAGE = "\f"
"""The text of a segment at the beginning of a line: a printer begins a page there."""


def text_of(line: Segments) -> str:
    """The line without its styles."""
    return "".join([text for text, _ in line])


def columns_of(line: Segments) -> int:
    """The width of a line in columns."""
    return width_of(text_of(line))


def merged(line: Segments) -> Segments:
    """Join neighbours of one style, drop empty segments and the blanks at the end of the line."""
    joined: Segments = []
    for text, style in line:
        if joined and joined[-1][1] == style:
            joined[-1] = (joined[-1][0] + text, style)
        elif text:
            joined.append((text, style))
    while joined:
        text, style = joined.pop()
        if text := text.rstrip(" "):
            return [*joined, (text, style)]
    return joined


def split_at(line: Segments, columns: int) -> tuple[str, Segments]:
    """The text of the first columns of a line, filled with blanks, and the rest of the line."""
    first = ""
    for place, (text, style) in enumerate(line):
        room = columns - width_of(first)
        if width_of(text) >= room:
            head = first_columns(text, room)
            return first + head, [(text[len(head) :], style), *line[place + 1 :]]
        first += text
    return first + " " * (columns - width_of(first)), []


def count_bar(part: int, whole: int, room: int, terminal: TerminalStyle) -> str:
    """A bar that counts, `■■··`, for a part of a whole: one sign each where they fit, else `room` signs in all.

    Scaled down it is full only when nothing is missing, and empty only for zero.
    """
    columns = max(1, min(whole, room))
    of_part = min(columns, max(round(part * columns / whole), 1)) if part and whole else 0
    if part < whole:
        of_part = min(of_part, columns - 1)
    return terminal.done * of_part + terminal.left * (columns - of_part)
