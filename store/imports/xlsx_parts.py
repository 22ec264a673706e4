"""What the reader of workbooks does not tell of a sheet: errors in cells, formulas without a value, hidden rows.

calamine gives an empty text for the first two. They are looked for in the XML of the sheet (ECMA-376, 18.3.1.4).
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from zipfile import ZipFile

_PREFIX = rb"(?:\w+:)?"


class Told:
    """`broken`: (row, column), from 0 -> what stands there, an error or a formula; `hidden`: how many rows are."""

    __slots__ = ("broken", "hidden")

    def __init__(self) -> None:
        self.broken: dict[tuple[int, int], str] = {}
        self.hidden = 0


def told_of(raw: bytes, place: int) -> Told:
    """What there is to tell of the sheet at this place of a workbook; nothing of what is no XLSX."""
    from io import BytesIO
    from re import compile as pattern
    from zipfile import BadZipFile, ZipFile

    told = Told()
    try:
        with ZipFile(BytesIO(raw)) as parts:
            xml = parts.read(_part_of(parts, place))
    except (BadZipFile, LookupError, OSError, ValueError, RuntimeError, EOFError):
        return told
    if b'hidden="' in xml:
        told.hidden = len(pattern(rb"<" + _PREFIX + rb'row\b[^>]*\bhidden="(?:1|true)"[^>]*(?<!/)>').findall(xml))
    if b't="e"' in xml or pattern(rb"<" + _PREFIX + rb"f\b").search(xml):
        cell = pattern(rb"<" + _PREFIX + rb"c\b([^>]*)(?<!/)>(.*?)</" + _PREFIX + rb"c>")
        where = pattern(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
        value = pattern(rb"<" + _PREFIX + rb"v\b[^>]*>([^<]+)<")
        formula = pattern(rb"<" + _PREFIX + rb"f\b")
        for attributes, inside in cell.findall(xml):
            found = where.search(attributes)
            kept = value.search(inside)
            if found is None:
                continue
            row_and_column = int(found[2]) - 1, number_of(found[1]) - 1
            if b't="e"' in attributes:
                told.broken[row_and_column] = kept[1].decode("utf-8", "replace") if kept else "#VALUE!"
            elif kept is None and b't="' not in attributes and formula.search(inside):
                told.broken[row_and_column] = ""
    return told


def number_of(letters: bytes) -> int:
    """The number of a column, from 1, by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _part_of(parts: ZipFile, place: int) -> str:
    """The part of a workbook that is its sheet at this place. Raises: LookupError."""
    from re import compile as pattern

    sheets = pattern(rb"<" + _PREFIX + rb'sheet\b[^>]*?\b\w+:id="([^"]*)"').findall(parts.read("xl/workbook.xml"))
    key = sheets[place]
    for tag in pattern(rb"<" + _PREFIX + rb"Relationship\b[^>]*>").findall(parts.read("xl/_rels/workbook.xml.rels")):
        target = pattern(rb'\bTarget="([^"]*)"').search(tag)
        if target is not None and b'Id="' + key + b'"' in tag:
            path = target[1].decode()
            return path[1:] if path.startswith("/") else f"xl/{path}"
    raise LookupError(place)
