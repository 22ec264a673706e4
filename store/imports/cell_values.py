"""One cell -> the value of a field, or a sentence that says why it is none."""

from __future__ import annotations

from datetime import date, timedelta

from store.imports.grid import Broken, shown
from store.imports.read_xlsx import Serial
from store.imports.state_words import USUAL_WORDS, because_of, state_of
from store.model.vocabulary import CLOSING_REASONS, Because, Precision
from store.rules.dates.parse import DateRefused, parse_date
from store.rules.due_dates import DueDate
from store.text import clean_line, clean_text, fold, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from store.imports.grid import Cell

_EMPTY = frozenset(("", "-", "--", "---", "\u2013", "\u2014", "n/a", "na", "н/д", "нет данных", "?", "..."))
"""What stands in a cell that says nothing."""

_LONGEST_EMPTY = 12

_ERRORS = (
    *("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"),
    *("#ССЫЛКА!", "#Н/Д", "#ЗНАЧ!", "#ДЕЛ/0!", "#ИМЯ?", "#ЧИСЛО!", "#ПУСТО!", "#ПЕРЕНОС!", "#ВЫЧИСЛ!"),
)
"""What a spreadsheet shows where a formula cannot be worked out, in English and Russian."""

_FIRST_SERIAL, _LAST_SERIAL = 20_000, 73_415
"""The numbers under which spreadsheets keep the days from 1954 to 2100."""

_DAY_ZERO = date(1899, 12, 30)
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_MIDNIGHTS = ("T00:00:00Z", "T00:00:00", " 00:00:00.000", " 00:00:00", " 00:00", " 0:00:00", " 0:00")
"""Ends of a day as other programs write it, which say nothing of a time."""

_LISTS = frozenset(("by", "to", "support", "reported-by", "confirmed-by"))
_TEXTS = frozenset(("quote", "source", "note", "reason", "miss-reason", "evidence", "confirmed-evidence"))
_DAYS = frozenset(("endorsed", "agreed-on", "reported-on", "confirmed-on", "closed-on"))
_COUNTS = frozenset(("wanted", "nominated", "acknowledged", "revision"))


class NoValue(Exception):
    """Why a cell cannot be taken."""


def is_empty(cell: Cell) -> bool:
    """Whether a cell says nothing: blanks and signs for it do not."""
    return cell == "" or (isinstance(cell, str) and len(cell) <= _LONGEST_EMPTY and cell.strip().casefold() in _EMPTY)


def refuse_broken(cell: Cell) -> None:
    """Refuse what a spreadsheet shows in the place of a value. Raises: NoValue."""
    if isinstance(cell, Broken):
        raise NoValue("a formula stands there, and no value of it is kept: open the file in a spreadsheet and save it")
    if isinstance(cell, str) and cell.strip().upper() in _ERRORS:
        raise NoValue(f"{cell.strip()} stands there: mend the formula, or write the value")


def reader_of(field: str, today: str) -> Callable[[Cell], object]:
    """What makes the value of a field from a cell that says something. It raises: NoValue."""
    if field == "due":
        return lambda cell: due_date(cell, today)
    if field in _DAYS:
        return lambda cell: _day(cell, today)
    if field in _LISTS:
        return lambda cell: _names(shown(cell))
    if field in _TEXTS:
        return lambda cell: clean_text(shown(cell))
    if field in _COUNTS:
        return _count
    special: dict[str, Callable[[Cell], object]] = {
        "id": _number,
        "state": _state,
        "because": _because,
        "precision": _precision,
    }
    return special.get(field, lambda cell: clean_line(shown(cell)))


def _names(text: str) -> list[str]:
    """Names that stand in one cell, one a line or between semicolons."""
    parts = text.replace("\r", "\n").replace("\n", ";").split(";")
    return list(filter(None, map(clean_line, parts)))


def _count(cell: Cell) -> int:
    text = shown(cell).strip()
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise NoValue(f'"{visible(text)[:60]}" is no whole number')
    return int(text)


def _number(cell: Cell) -> int:
    text = shown(cell).strip().removeprefix("#")
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 16 and int(text)):
        raise NoValue(f'"{visible(text)[:60]}" is no number of a commitment')
    return int(text)


def _state(cell: Cell) -> tuple[str, str | None]:
    text = shown(cell)
    found = state_of(text)
    if found is None:
        raise NoValue(
            f'"{visible(clean_line(text))[:60]}" is no state that is known: '
            f"write {', '.join(USUAL_WORDS)}, {Because.DECLINED} or {Because.DROPPED}"
        )
    return found


def _because(cell: Cell) -> str:
    found = because_of(shown(cell))
    if found is None:
        raise NoValue(f'"{visible(shown(cell))[:60]}" is none of {", ".join(CLOSING_REASONS)}')
    return found


def _precision(cell: Cell) -> str:
    word = fold(shown(cell).strip())
    if word not in Precision.ALL:
        raise NoValue(f'"{visible(shown(cell))[:60]}" is none of {", ".join(Precision.ALL)}')
    return word


def _day(cell: Cell, today: str) -> str:
    day = due_date(cell, today).day
    if day is None:
        raise NoValue("a day is needed here, not none")
    return day


def due_date(cell: Cell, today: str) -> DueDate:
    """A date as the command line reads it, or a real one of a workbook. Raises: NoValue."""
    if isinstance(cell, date):
        return _real(cell)
    if isinstance(cell, Serial) and _FIRST_SERIAL <= cell <= _LAST_SERIAL:
        return _real(_DAY_ZERO + timedelta(cell))
    text = shown(cell).strip()
    for midnight in _MIDNIGHTS:
        text = text.removesuffix(midnight)
    try:
        due = parse_date(text, today, is_kept=True)
    except DateRefused as refused:
        way = "" if any(each.isdigit() for each in text) else ", or leave the cell empty where no date is agreed"
        raise NoValue(_serial(text) or refused.sentence + way) from None
    if due.day is not None and due.words is None and any(c.isalpha() or c == "+" for c in text):
        raise NoValue(f'"{visible(text)}" is another day each time that the list is read: write {due.day}')
    return due


def _real(day: date) -> DueDate:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise NoValue(f"{day.isoformat()} is not between {_FIRST_YEAR} and {_LAST_YEAR}: is it a date?")
    return DueDate(day.isoformat(), Precision.DAY)


def _serial(text: str) -> str | None:
    """What to say of a number under which a spreadsheet keeps a day, in a file that is none."""
    number = text.partition(".")[0] if text.replace(".", "", 1).isdigit() and text.isascii() else ""
    if len(number) != 5 or not _FIRST_SERIAL <= int(number) <= _LAST_SERIAL:
        return None
    meant = (_DAY_ZERO + timedelta(int(number))).isoformat()
    return f'"{text}" is a bare number; as a date of a spreadsheet it may mean {meant}: write that, if it does'
