"""Titles of a sheet that its format sets apart, in bold or over its width, alone in their rows; and rows in colours.

They are read from its XML in the plain form (ECMA-376, 18.3.1 and 18.8), as in `struck_hidden_and_commented_cells`.
"""

from __future__ import annotations

from itertools import pairwise
from re import compile as pattern

from store.imports.files.workbook.struck_hidden_and_commented_cells import FONT, FONT_ID, FONTS, FORMAT, FORMATS, PREFIX
from store.imports.grid.describe_bad_rows import rows_in_words
from store.imports.grid.grid import letters
from store.imports.grid.row_nouns import rows_named
from store.translation import plural

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from store.imports.grid.grid import Grid

_BOLD = pattern(rb"<" + PREFIX + rb'b\b(?![^>]*val="(?:0|false)")[^>]*/?>')
_FILLS = pattern(rb"<" + PREFIX + rb"fills\b.*?</" + PREFIX + rb"fills>", 16)
_FILL = pattern(rb"<" + PREFIX + rb"fill\b(?:[^>]*/>|.*?</" + PREFIX + rb"fill>)", 16)
_COLOUR = pattern(rb"<" + PREFIX + rb"fgColor\b[^>]*>")
_FILL_ID = pattern(rb'\bfillId="([0-9]{1,6})"')
_NO_COLOUR = (b'rgb="FFFFFFFF"', b'rgb="00FFFFFF"', b'indexed="64"', b'theme="0"/', b'theme="0" /')
_STYLE, _ROW = pattern(rb'\bs="([0-9]{1,6})"'), pattern(rb'\br="[A-Z]{1,3}([0-9]{1,7})"')

_MOST_ALONE = 200
"""Rows with a single text of which it is looked whether that is in bold."""


def texts_set_apart(
    cells: Sequence[Sequence[Any]], merged: Iterable[Any], styles: bytes, xml: bytes
) -> dict[int, bool]:
    """Number of a row with a single text, over several columns or in bold -> whether it is over the sheet's width."""
    counts = [len(row) - row.count("") for row in cells]
    alone = {
        number: next(column for column, cell in enumerate(cells[number - 1]) if cell != "")
        for number, count in enumerate(counts, 1)
        if count == 1
    }
    if not alone:
        return {}
    width = max(counts)
    found: dict[int, bool] = {}
    for (top, left), (bottom, right) in merged:
        if top == bottom and alone.get(top + 1) == left and right - left + 1 >= max(2, width):
            found[top + 1] = True
    bold = {number for number, font in _formats(styles, FONTS, FONT, FONT_ID).items() if _BOLD.search(font)}
    for number, column in list(alone.items())[: _MOST_ALONE if bold else 0]:
        if number not in found and _style_of(xml, column, number) in bold:
            found[number] = False
    return found


def rows_in_colours(styles: bytes, xml: bytes) -> dict[int, int]:
    """Number of a row with a cell in a colour -> the number of its format of cells."""
    coloured = {
        number
        for number, fill in _formats(styles, _FILLS, _FILL, _FILL_ID).items()
        if b'"solid"' in fill and (colour := _COLOUR.search(fill)) and not any(each in colour[0] for each in _NO_COLOUR)
    }
    if not coloured:
        return {}
    found: dict[int, int] = {}
    for each in pattern(rb' s="(?:' + b"|".join(coloured) + rb')"').finditer(xml):
        start = xml.rfind(b"<", 0, each.start())
        if (row := _ROW.search(xml, start, xml.find(b">", start))) is not None:
            found.setdefault(int(row[1]), int(each[0][len(b' s="') : -1]))
    return found


def notices_of_colours(grid: Grid, rows: Sequence[int]) -> list[str]:
    """Notices of coloured rows, which may mean a state; none of stripes, or of one colour for all."""
    coloured = [row for row in rows if row in grid.colours]
    are_alike = len({grid.colours[row] for row in coloured}) == 1
    if not coloured or (are_alike and (len(coloured) == len(rows) or _are_stripes(coloured))):
        return []
    return [
        plural(
            "{rows} is in a colour: colours are not taken",
            "{rows} are in colours: colours are not taken",
            len(coloured),
            rows=rows_named(grid.noun, rows_in_words(coloured)),
        )
    ]


_EACH_OTHER = 2


def _are_stripes(rows: Sequence[int]) -> bool:
    return len(rows) > 1 and all(after - before == _EACH_OTHER for before, after in pairwise(rows))


def _formats(styles: bytes, whole: Any, part: Any, number: Any) -> Mapping[bytes, bytes]:
    """The number of each format of cells -> its font or fill."""
    parts, formats = whole.search(styles), FORMATS.search(styles)
    if parts is None or formats is None:
        return {}
    listed = part.findall(parts[0])
    numbers = [number.search(each) for each in FORMAT.findall(formats[0])]
    return {
        b"%d" % place: listed[int(each[1])]
        for place, each in enumerate(numbers)
        if each is not None and int(each[1]) < len(listed)
    }


def _style_of(xml: bytes, column: int, row: int) -> bytes | None:
    """The number of the format of a cell; None where it has none."""
    at = xml.find(b' r="%s%d"' % (letters(column).encode(), row))
    start = xml.rfind(b"<", 0, at)
    found = _STYLE.search(xml, start, xml.find(b">", start)) if at >= 0 else None
    return found[1] if found is not None else None
