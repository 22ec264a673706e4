"""Lines as styled segments, which the command line prints and the app draws."""

from tui.render.widths import width_of

Segments = list[tuple[str, str]]
"""One line: (sanitised text, style name) each. Style names: those of `BANDS`, plain, dim, heading, strong."""

DONE, LEFT = "*", ":"
"""The signs of a bar: done, and left to do. No state and no band has them."""


def text_of(line: Segments) -> str:
    """The line without its styles."""
    return "".join(text for text, _ in line)


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
    while joined and not joined[-1][0].rstrip(" "):
        joined.pop()
    if joined:
        joined[-1] = (joined[-1][0].rstrip(" "), joined[-1][1])
    return joined


def share_bar(part: int, whole: int, room: int) -> str:
    """A bar `[***   ]` of a part of a whole in at most `room` columns, one column a unit where they suffice.

    Scaled down it is full only when nothing is missing, and empty only for zero.
    """
    columns = max(1, min(whole, room - 2))
    of_part = min(columns, max(round(part * columns / whole), 1)) if part and whole else 0
    if part < whole:
        of_part = min(of_part, columns - 1)
    return f"[{DONE * of_part}{' ' * (columns - of_part)}]"
