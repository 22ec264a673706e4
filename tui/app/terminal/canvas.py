"""What stands on a terminal, cell by cell, and how text that is written moves over it."""

import re
from collections.abc import Iterator
from typing import TypeAlias

from rich.cells import split_graphemes

Cell: TypeAlias = tuple[str, str]
"""A character with all that combines with it, and its style (SGR parameters). `""` stands behind a wide character."""

Row: TypeAlias = list[Cell | None]
"""The cells of a line; None: nobody knows what is there."""

BLANK: Cell = (" ", "")

_CERTAIN = re.compile(
    "[\x20-\x7e\xa1-\xac\xae-\u02ff\u0370-\u0482\u048a-\u0513\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2500-\u259f]*"
)
"""Characters that every terminal gives one column: of others some have older tables."""


class DoesNotFit(Exception):
    """Text was written past the edge: the terminal has another size than whoever wrote it thinks."""


class Canvas:
    """A grid of cells with a place to write at, counted from 0."""

    def __init__(self, width: int, height: int, cell: Cell | None) -> None:
        """All of it is `cell`."""
        self.width = width
        self.height = height
        self.rows: list[Row] = [[cell] * width for _ in range(height)]
        self.x = self.y = 0

    def write(self, text: str, style: str) -> None:
        """Put text without controls at the place, and go behind it. Raises: DoesNotFit."""
        if self.y >= self.height:
            raise DoesNotFit
        row, x = self.rows[self.y], self.x
        if text.isascii():
            cells: list[Cell | None] = [(character, style) for character in text]
        else:
            cells = list(_cells(text, style))
        if x + len(cells) > self.width:
            raise DoesNotFit
        end = x + len(cells)
        # Of a wide character that is written over by half nothing stays.
        if x < end and _is_behind(row, x):
            row[x - 1] = BLANK
        if end < self.width and _is_behind(row, end):
            row[end] = BLANK
        row[x:end] = cells
        self.x = end


def _is_behind(row: Row, x: int) -> bool:
    """Whether this is the second column of a wide character."""
    cell = row[x]
    return cell is not None and not cell[0]


def _cells(text: str, style: str) -> Iterator[Cell]:
    for start, end, width in split_graphemes(text)[0]:
        if width:
            yield text[start:end], style
            yield from [("", style)] * (width - 1)


def is_certain(cell: Cell | None) -> bool:
    """Whether every terminal agrees how many columns this takes."""
    return cell is None or _CERTAIN.fullmatch(cell[0]) is not None
