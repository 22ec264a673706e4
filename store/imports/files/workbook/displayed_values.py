"""Read what cells of a workbook display where that is not their value: words struck through, a date as its month.

They are read from the XML of the workbook (ECMA-376, 18.4 and 18.8.30).
"""

from __future__ import annotations

from datetime import date
from re import DOTALL, findall, sub
from re import compile as pattern

from store.imports.files.workbook.normalize_workbook_xml import may_have, plain_xml
from store.imports.files.workbook.struck_hidden_and_commented_cells import (
    PREFIX,
    STYLED_CELL,
    column_number,
    formats_of_cells,
    plain_text,
)
from store.model.months_and_weekdays import MONTH_NAMES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from zipfile import ZipFile

    Place = tuple[int, int]
    """Row and column, from 0."""

MONTH, YEAR, MONTH_WITHOUT_YEAR, DAY_WITHOUT_YEAR = "month", "year", "month without year", "day without year"
"""What a date is shown as, where that is not all of it."""

_STRING = pattern(rb"<" + PREFIX + rb"si\b[^>]*?(?:/>|>(.*?)</" + PREFIX + rb"si>)", DOTALL)
_RUN = pattern(rb"<" + PREFIX + rb"r\b[^>]*>(.*?)</" + PREFIX + rb"r>", DOTALL)
_TEXT = pattern(rb"<" + PREFIX + rb"t\b[^>]*>(.*?)</" + PREFIX + rb"t>", DOTALL)
_STRIKE = pattern(rb"<" + PREFIX + rb'strike\b(?![^>]*val="(?:0|false)")')
_CELL = pattern(rb"<" + PREFIX + rb"c\b([^>]*)(?<!/)>(.*?)</" + PREFIX + rb"c>", DOTALL)
_REFERENCE = pattern(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_VALUE = pattern(rb"<" + PREFIX + rb"v\b[^>]*>([0-9]{1,9})<")

_BUILT_IN = {b"16": DAY_WITHOUT_YEAR, b"17": MONTH}
"""The numbers of the formats `d-mmm` and `mmm-yy`, which are built in."""


def struck_words(parts: ZipFile, xml: bytes) -> dict[Place, tuple[str, str]]:
    """The cells of a sheet with words that are struck through -> the words that are not, and those that are."""
    shared = _shared_strings(parts)
    found: dict[Place, tuple[str, str]] = {}
    if not shared and b"strike" not in xml:
        return found
    for attributes, inside in _CELL.findall(xml):
        if b't="s"' in attributes:
            value = _VALUE.search(inside)
            words = shared.get(int(value[1])) if value else None
        else:
            words = _words(inside) if b"strike" in inside else None
        place = _REFERENCE.search(attributes)
        if words is not None and place is not None:
            found[int(place[2]) - 1, column_number(place[1]) - 1] = words
    return found


def _shared_strings(parts: ZipFile) -> dict[int, tuple[str, str]]:
    """The number of each shared text with words struck through -> its words, as `struck_words` has them."""
    path = next((name for name in parts.namelist() if name.lower() == "xl/sharedstrings.xml"), None)
    xml = parts.read(path) if path is not None else b""
    if not may_have(xml, b"strike"):
        return {}
    found = {}
    for number, inside in enumerate(_STRING.findall(plain_xml(xml))):
        if b"strike" in inside and (words := _words(inside)) is not None:
            found[number] = words
    return found


def _words(inside: bytes) -> tuple[str, str] | None:
    """The words of a rich text that are not struck through, and those that are; None where none is."""
    kept, struck = list[str](), list[str]()
    for run in _RUN.findall(inside):
        text = "".join(map(plain_text, _TEXT.findall(run)))
        (struck if _STRIKE.search(run) else kept).append(text)
    return ("".join(kept).strip(), " ".join("".join(struck).split())) if struck else None


def dates_shown_as(parts: ZipFile, xml: bytes) -> dict[Place, str]:
    """The cells of a sheet whose format does not show all of a date -> what it shows."""
    shown = {}
    for number, (format_id, code) in enumerate(formats_of_cells(parts)):
        kind = _kind(code) if code else _BUILT_IN.get(format_id)
        if kind is not None:
            shown[b"%d" % number] = kind
    if not shown:
        return {}
    return {
        (int(found[3]) - 1, column_number(found[2]) - 1): shown[found[1]]
        for found in STYLED_CELL.finditer(xml)
        if found[1] in shown
    }


def _kind(code: str) -> str | None:
    """What a format of a date shows of it, where that is not all of it."""
    letters = set(sub(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', "", code.partition(";")[0]).lower())
    has_year = bool(letters & set("ye"))
    if any(len(word) > 1 for literal in findall(r'"([^"]*)"', code) for word in findall(r"[^\W_]+", literal)):
        return None  # `"February "yyyy`, as our own exports have it: the rest of the date is said in words.
    if letters & set("hs#0?%@"):
        return None
    if "d" in letters:
        return DAY_WITHOUT_YEAR if "m" in letters and not has_year else None
    if "m" in letters:
        return MONTH if has_year else MONTH_WITHOUT_YEAR
    return YEAR if has_year else None


def as_shown(day: date, kind: str) -> date | str:
    """A date as its format shows it; with its year where that is all that is not shown."""
    if kind == DAY_WITHOUT_YEAR:
        return day
    if kind == YEAR:
        return str(day.year)
    month = MONTH_NAMES[day.month - 1]
    return f"{month} {day.year}" if kind == MONTH else month
