"""Parse a cell into the value of a field, or say why it is invalid."""

from __future__ import annotations

from datetime import date, timedelta

from store.imports.grid import Serial, UncomputedFormula, cell_text
from store.imports.state_words import USUAL_WORDS, because_of, state_of
from store.model.vocabulary import CLOSING_REASONS, Because, Precision
from store.rules.dates.parse import DateRefused, parse_date
from store.rules.days import Direction
from store.rules.due_dates import DueDate
from store.text import clean_line, clean_text, fold, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from store.imports.grid import Cell

_EMPTY = frozenset(("", "-", "--", "---", "\u2013", "\u2014", "n/a", "na", "н/д", "нет данных", "?", "..."))
"""Texts that count as an empty cell."""

_LONGEST_EMPTY = 12

_ERRORS = (
    *("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"),
    *("#ССЫЛКА!", "#Н/Д", "#ЗНАЧ!", "#ДЕЛ/0!", "#ИМЯ?", "#ЧИСЛО!", "#ПУСТО!", "#ПЕРЕНОС!", "#ВЫЧИСЛ!"),
)
"""Error values of spreadsheets, in English and Russian."""

_FIRST_SERIAL, _LAST_SERIAL = 20_000, 73_415
"""Serial numbers of the days from 1954 to 2100 in spreadsheets."""

_DAY_ZERO = date(1899, 12, 30)
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_MIDNIGHTS = ("T00:00:00Z", "T00:00:00", " 00:00:00.000", " 00:00:00", " 00:00", " 0:00:00", " 0:00")
"""Times of day that other programs append to a date, and that carry no information."""

_LISTS = frozenset(("by", "to", "support", "reported-by", "confirmed-by"))
_TEXTS = frozenset(("quote", "source", "note", "reason", "miss-reason", "evidence", "confirmed-evidence"))
_DAYS = frozenset(("endorsed", "agreed-on", "reported-on", "confirmed-on", "closed-on"))
_COUNTS = frozenset(("wanted", "nominated", "acknowledged", "revision"))


class InvalidCell(Exception):
    """A cell is not a value of its field; the message says why."""


def is_empty(cell: Cell) -> bool:
    """Whether a cell is empty, or holds a placeholder such as `n/a`."""
    return cell == "" or (isinstance(cell, str) and len(cell) <= _LONGEST_EMPTY and cell.strip().casefold() in _EMPTY)


def refuse_formula_error(cell: Cell) -> None:
    """Refuse the error value of a formula, or a formula without a value. Raises: InvalidCell."""
    if isinstance(cell, UncomputedFormula):
        raise InvalidCell(
            "a formula stands there, and no value of it is kept: open the file in a spreadsheet and save it"
        )
    if isinstance(cell, str) and cell.strip().upper() in _ERRORS:
        raise InvalidCell(f"{cell.strip()} stands there: mend the formula, or write the value")


def parser_of(field: str, today: str) -> Callable[[Cell], object]:
    """The function that parses a cell that is not empty into the value of a field. It raises: InvalidCell."""
    if field == "due":
        return lambda cell: due_date(cell, today)
    if field in _DAYS:
        return lambda cell: _day(cell, today)
    if field in _LISTS:
        return lambda cell: _names(cell_text(cell))
    if field in _TEXTS:
        return lambda cell: clean_text(cell_text(cell))
    if field in _COUNTS:
        return _count
    special: dict[str, Callable[[Cell], object]] = {
        "id": _number,
        "state": _state,
        "because": _because,
        "precision": _precision,
    }
    return special.get(field, lambda cell: clean_line(cell_text(cell)))


def _names(text: str) -> list[str]:
    """The names in one cell, separated by line breaks or semicolons."""
    parts = text.replace("\r", "\n").replace("\n", ";").split(";")
    return list(filter(None, map(clean_line, parts)))


def _count(cell: Cell) -> int:
    text = cell_text(cell).strip()
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise InvalidCell(f'"{visible(text)[:60]}" is no whole number')
    return int(text)


def _number(cell: Cell) -> int:
    text = cell_text(cell).strip().removeprefix("#")
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 16 and int(text)):
        raise InvalidCell(f'"{visible(text)[:60]}" is no number of a commitment')
    return int(text)


def _state(cell: Cell) -> tuple[str, str | None]:
    text = cell_text(cell)
    found = state_of(text)
    if found is None:
        raise InvalidCell(
            f'"{visible(clean_line(text))[:60]}" is no state that is known: '
            f"write {', '.join(USUAL_WORDS)}, {Because.DECLINED} or {Because.DROPPED}"
        )
    return found


def _because(cell: Cell) -> str:
    found = because_of(cell_text(cell))
    if found is None:
        raise InvalidCell(f'"{visible(cell_text(cell))[:60]}" is none of {", ".join(CLOSING_REASONS)}')
    return found


def _precision(cell: Cell) -> str:
    word = fold(cell_text(cell).strip())
    if word not in Precision.ALL:
        raise InvalidCell(f'"{visible(cell_text(cell))[:60]}" is none of {", ".join(Precision.ALL)}')
    return word


def _day(cell: Cell, today: str) -> str:
    day = due_date(cell, today).day
    if day is None:
        raise InvalidCell("a day is needed here, not none")
    return day


def due_date(cell: Cell, today: str) -> DueDate:
    """Parse a due date: a text with its year, or a date of a workbook. Raises: InvalidCell."""
    if isinstance(cell, date):
        return _real(cell)
    if isinstance(cell, Serial) and _FIRST_SERIAL <= cell <= _LAST_SERIAL:
        return _real(_DAY_ZERO + timedelta(cell))
    text = cell_text(cell).strip()
    for midnight in _MIDNIGHTS:
        text = text.removesuffix(midnight)
    try:
        return parse_date(text, today, Direction.FIXED)
    except DateRefused as refused:
        way = "" if any(each.isdigit() for each in text) else ", or leave the cell empty where no date is agreed"
        raise InvalidCell(_serial(text) or refused.sentence + way) from None


def _real(day: date) -> DueDate:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise InvalidCell(f"{day.isoformat()} is not between {_FIRST_YEAR} and {_LAST_YEAR}: is it a date?")
    return DueDate(day.isoformat(), Precision.DAY)


def _serial(text: str) -> str | None:
    """The error for a spreadsheet's serial number of a day in a text file; None for any other text."""
    number = text.partition(".")[0] if text.replace(".", "", 1).isdigit() and text.isascii() else ""
    if len(number) != 5 or not _FIRST_SERIAL <= int(number) <= _LAST_SERIAL:
        return None
    meant = (_DAY_ZERO + timedelta(int(number))).isoformat()
    return f'"{text}" is a bare number; as a date of a spreadsheet it may mean {meant}: write that, if it does'
