"""The contents of a terminal as a grid of cells, and how written text changes it."""

import re
from collections.abc import Iterator
from typing import TypeAlias

from rich.cells import split_graphemes

Cell: TypeAlias = tuple[str, str]
"""A character with all that combines with it, and its style (SGR parameters). `""` stands behind a wide character."""

Row: TypeAlias = list[Cell | None]
"""The cells of a line; None: unknown."""

BLANK: Cell = (" ", "")

_CERTAIN = re.compile(
    "[\x20-\x7e\xa1-\xac\xae-\u02ff\u0370-\u0482\u048a-\u0513\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2500-\u259f]*"
)
"""Characters that are one column wide on every terminal; for others some have older tables."""


class DoesNotFit(Exception):
    """Text was written past the edge: its writer assumed another terminal size."""


class Canvas:
    """A grid of cells with a cursor (x, y), counted from 0."""

    def __init__(self, width: int, height: int, cell: Cell | None) -> None:
        """Fill the grid with `cell`."""
        self.width = width
        self.height = height
        self.rows: list[Row] = [[cell] * width for _ in range(height)]
        self.x = self.y = 0

    def write(self, text: str, style: str) -> None:
        """Write text without control characters at the cursor. Raises: DoesNotFit."""
        if self.y >= self.height:
            raise DoesNotFit
        row, x = self.rows[self.y], self.x
        if text.isascii() or _CERTAIN.fullmatch(text):
            cells: list[Cell | None] = [(character, style) for character in text]
        else:
            cells = list(_cells(text, style))
        if x + len(cells) > self.width:
            raise DoesNotFit
        end = x + len(cells)
        # A wide character of which half is overwritten becomes blank.
        if x < end and _is_behind(row, x):
            row[x - 1] = BLANK
        if end < self.width and _is_behind(row, end):
            row[end] = BLANK
        row[x:end] = cells
        self.x = end


def _is_behind(row: Row, x: int) -> bool:
    """Whether column x is the second one of a wide character."""
    cell = row[x]
    return cell is not None and not cell[0]


def _cells(text: str, style: str) -> Iterator[Cell]:
    for start, end, width in split_graphemes(text)[0]:
        if width:
            yield text[start:end], style
            yield from [("", style)] * (width - 1)


def is_certain(cell: Cell | None) -> bool:
    """Whether the cell has the same width on every terminal."""
    return cell is None or _CERTAIN.fullmatch(cell[0]) is not None
