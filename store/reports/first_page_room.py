"""Tell how much of a report's first page a part of it takes, in points, and so what has room there.

The page is that of both formats that are printed, HTML and DOCX: of each height the larger one. What a part takes is
counted from its lines alone, so the same report has the same first page everywhere.
"""

from __future__ import annotations

from store.reports.document import Bars, Figures, Table, TextBlock
from store.reports.letter_widths import line_count, text_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.reports.document import Block

_WIDTH, _HEIGHT = 504.0, 765.0
"""Of the text on a page of A4."""
_SPARE = 8.0
"""What is left free at the foot."""

_MARKS = 12.0
"""Under the marks."""
_TITLE, _ABOUT, _FACT, _CELL, _DIM, _TEXT, _COUNTS = 20.4, 14.2, 12.7, 10.95, 10.8, 12.6, 16.0
"""The height of a line."""
_AROUND_FACTS, _AROUND_A_ROW, _AROUND_A_PARAGRAPH, _AROUND_COUNTS = 9.0, 2.8, 1.6, 5.0
_HEADING = 26.0
"""With its rule and what is around it."""
_COLUMN_HEADS, _UNDER_A_TABLE = 13.5, 5.0
_TO_FILL = 29.0
"""The least height of a row that is filled in by hand."""
_BETWEEN_COUNTS, _GAP = 13.0, 8.0
_LARGE_DIGIT = 1.5
"""How much wider a digit of a count is than one of a text."""
_BOLD = 1.07
"""How much wider bold letters are."""
_LABEL = 5.2
"""The mean width of a letter of a label beside which the facts stand."""
_LEGEND_LINE, _BAR, _LEGEND_WIDTH, _LEGEND_LETTER, _MARK, _BETWEEN_MARKS = 12.8, 28.0, 450.0, 4.65, 15.0, 11.3


def room_of_first_page(
    title: str, about: Sequence[str], facts: Sequence[tuple[str, str]], marks: Sequence[str]
) -> float:
    """What the first page has for the sections under the head of its document."""
    head = _TITLE * _lines(title, 17, is_bold=True) + 3 + sum(_ABOUT * _lines(line, 10.5) for line in about)
    if marks:
        head += _TEXT * _lines(" · ".join(marks), 11.5, is_bold=True) + _MARKS
    if facts:
        labels = min(max(len(label) for label, _ in facts) * _LABEL + 12, _WIDTH * 0.5)
        head += _AROUND_FACTS + sum(_FACT * _lines(value, 10, _WIDTH - labels) for _, value in facts)
    return _HEIGHT - _SPARE - head


def height_of(blocks: Sequence[Block]) -> float:
    """What a section of these blocks takes, with its heading."""
    return _HEADING + sum(map(height_of_block, blocks))


def height_of_block(block: Block) -> float:
    """What a paragraph, a table, counts or a bar take."""
    if isinstance(block, TextBlock):
        size, line = (9.0, _DIM) if block.style == "dim" else (10.5, _TEXT)
        return line * _lines(f"{block.lead} {block.text}", size) + (
            1.5 if block.style == "dim" else _AROUND_A_PARAGRAPH
        )
    if isinstance(block, Table):
        return _COLUMN_HEADS + _UNDER_A_TABLE + sum(_row(block, entry.cells) for entry in block.entries)
    if isinstance(block, Figures):
        return _COUNTS * _flowing([*map(_width_of, block.parts())], _WIDTH, _BETWEEN_COUNTS) + _AROUND_COUNTS
    assert isinstance(block, Bars)
    widths = [_MARK + _LEGEND_LETTER * len(what) for _, what in block.legend()]
    return _LEGEND_LINE * _flowing(widths, _LEGEND_WIDTH, _BETWEEN_MARKS) + _BAR


def _row(table: Table, cells: Sequence[str]) -> float:
    whole = sum(column.share for column in table.columns)
    lines = max(
        _lines(cell, 9.5, _WIDTH * column.share / whole - _GAP)
        for cell, column in zip(cells, table.columns, strict=True)
    )
    least = _TO_FILL if any(column.to_fill for column in table.columns) else 0.0
    return max(least, _CELL * lines + _AROUND_A_ROW)


def _lines(text: str, size: float, width: float = _WIDTH, *, is_bold: bool = False) -> int:
    """How many lines a text of this size takes."""
    letters = width / size / (_BOLD if is_bold else 1.0)
    return sum(line_count(line, letters) for line in text.split("\n"))


def _width_of(parts: tuple[str, str, str, str]) -> float:
    """The width of a count with its words."""
    before, count, after, _ = parts
    return 10.5 * text_width(before + count + after) + _LARGE_DIGIT * len(count)


def _flowing(widths: Sequence[float], width: float, between: float) -> int:
    """How many lines pieces of these widths take, none of them broken."""
    lines, across = 1, 0.0
    for its in widths:
        if across and across + between + its > width:
            lines, across = lines + 1, 0.0
        across += its + (between if across else 0.0)
    return lines
