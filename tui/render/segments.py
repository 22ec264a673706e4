"""Lines of a screen: pieces of text, each with the name of a style, which both faces of the program draw."""

from tui.render.widths import width_of

Segments = list[tuple[str, str]]
"""One line: pieces of (harmless text, style name), the names being those of `tui.render.labels.BANDS`, plain, dim,
heading."""

DONE, LEFT = "*", ":"
"""The signs of a bar: what is done, and what is left of the whole. No state and no band has them."""


def text_of(line: Segments) -> str:
    """The line without its styles."""
    return "".join(text for text, _ in line)


def columns_of(line: Segments) -> int:
    """The columns that a line takes."""
    return width_of(text_of(line))


def merged(line: Segments) -> Segments:
    """The same line with neighbours of one style joined, empty texts left out, and no blank at its end."""
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
    """`[***   ]`: a part of a whole between brackets in at most `room` columns, one a unit where they are enough.

    Scaled down it is full only when nothing is missing, and empty only when there is nothing.
    """
    columns = max(1, min(whole, room - 2))
    of_part = min(columns, max(round(part * columns / whole), 1)) if part and whole else 0
    if part < whole:
        of_part = min(of_part, columns - 1)
    return f"[{DONE * of_part}{' ' * (columns - of_part)}]"
