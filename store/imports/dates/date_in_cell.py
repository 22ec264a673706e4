"""Parse the dates in cells: words and figures with their year, a spreadsheet's days, instants."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from re import compile as compile_pattern

from store.fold_case_and_accents import fold
from store.imports.answers.parse_answers import DAY_FIRST
from store.imports.dates.day_or_month_first import day_in_order, in_order, is_ambiguous, order_of_short_year
from store.imports.dates.french_and_spanish_dates import has_words_of_a_deadline, in_english
from store.imports.dates.weekday_dates import day_by_weekday
from store.imports.grid.grid import DATE_SYSTEMS, cell_text
from store.imports.grid.invalid_cell import AdjustedValue, InvalidCell
from store.model.vocabulary_and_signs import Precision
from store.rules.dates.date_refusals import DateRefused
from store.rules.dates.parse_date import parse_date
from store.rules.days import Direction, said_day
from store.rules.due_dates_and_extensions import DueDate
from store.sanitise_text import clean_line, visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import tzinfo

    from store.imports.grid.grid import Cell

_FIRST_SERIAL, _LAST_SERIAL = 20_000, 73_415
"""Serial numbers of the days from 1954 to 2100 in spreadsheets."""

_DAY_ZERO = date(1899, 12, 30)
"""From which the day of a serial number counts."""

_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_MIDNIGHTS = (
    *("T00:00:00Z", "T00:00:00", " 00:00:00.000", " 00:00:00", " 00:00", " 0:00:00", " 0:00"),
    *(" 12:00:00 AM", " 12:00 AM"),
)
"""Times of day that other programs append to a date, and that carry no information."""

_MIDNIGHT_OF_ISO = compile_pattern(r"T00:00(?::00(?:\.0+)?)?Z?$")
_TIME_OF_ISO = compile_pattern(r"(?<=\d)T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
"""Times of day behind a day as programs write them, with as many digits of a second as they like, and no zone."""

_TIME_OF_DAY = compile_pattern(
    r",?\s+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[AaPp]\.?[Mm]\.?)?(?:\s*(?:GMT|UTC)(?:[+-]\d{1,2}(?::?\d{2})?)?)?$"
)
_DOTTED = compile_pattern(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4})")
"""A day as most lists of offices have it, day first."""

_YEAR_WORD = compile_pattern(r"(\d{4})г\.?(?!\w)")
"""A year in Russian without a blank before its word."""

_OFFSET = compile_pattern(r"[+-]\d\d:?\d\d$")
"""The end of an instant with its distance from UTC: `+05:00`, and `+0500` as Jira writes it."""

_MILLISECONDS = compile_pattern(r"1[0-9]{12}")
"""An instant as some programs write it: milliseconds since 1970, of the years 2001 to 2033."""

_NO_DAY_YET = frozenset(
    (
        *("tbc", "tbd", "tba", "asap", "a.s.a.p.", "as soon as possible", "ongoing", "on-going", "continuous"),
        *("continuing", "open-ended", "open ended", "permanent", "to be confirmed", "to be determined", "to be agreed"),
        *("to be decided", "when possible", "immediately", "постоянно", "на постоянной основе", "в кратчайшие сроки"),
        *("как можно скорее", "бессрочно", "уточняется", "по согласованию", "подлежит уточнению", "незамедлительно"),
        *("des que possible", "en continu", "a confirmer", "a determiner", "a definir", "en cours", "permanente"),
        *("lo antes posible", "por confirmar", "por determinar", "por definir", "continuo", "inmediato"),
        *("as needed", "as required", "when needed", "on request", "upon request", "по мере необходимости"),
        *("по запросу", "по мере поступления", "по мере готовности", "au fur et a mesure", "au besoin"),
        *("selon les besoins", "sur demande", "segun sea necesario", "segun se requiera", "a solicitud", "permanent"),
    )
)
"""Words in the place of a due date that name no day, folded."""


class DateReader:
    """How the dates of a list are read: the ISO day `today`, the `order` of ORDERS if one was given, the time zone.

    `date_system` is that of its grid.
    """

    __slots__ = ("date_system", "order", "today", "zone", "zone_name")

    def __init__(
        self, today: str, order: str | None = None, timezone: str | None = None, date_system: int | None = None
    ) -> None:
        """`timezone`: the store's; None is the machine's."""
        self.today = today
        self.order = order
        self.date_system = date_system
        self.zone_name = timezone
        self.zone: tzinfo | None = None

    def day_of(self, instant: datetime) -> str:
        """The ISO day of an instant in the time zone."""
        if self.zone is None and self.zone_name is not None:
            from zoneinfo import ZoneInfo

            self.zone = ZoneInfo(self.zone_name)
        return instant.astimezone(self.zone).date().isoformat()

    @property
    def zone_in_words(self) -> str:
        """The time zone, in words."""
        return self.zone_name or tr("{zone}, the machine's time zone", zone=datetime.now().astimezone().tzname())


def day(cell: Cell, dates: DateReader) -> object:
    found = due_date(cell, dates)
    date, sentence = (found.value, found.sentence) if isinstance(found, AdjustedValue) else (found, "")
    assert isinstance(date, DueDate), "a date was parsed"
    if date.day is None:
        raise InvalidCell(tr("a day is needed here, not none"))
    return AdjustedValue(date.day, sentence) if sentence else date.day


def due_or_words(cell: Cell, dates: DateReader) -> object:
    """A due date, or words in its place that name no day: they are kept. Raises: InvalidCell."""
    if isinstance(cell, str) and fold(clean_line(cell)).strip(" .!") in _NO_DAY_YET:
        words = clean_line(cell)
        return AdjustedValue(
            DueDate(None, None, words),
            tr('"{words}" names no day: the words are kept, without a date', words=visible(words)),
        )
    return due_date(cell, dates)


def due_date(cell: Cell, dates: DateReader) -> object:
    """Parse a date: a text with its year, or a date of a workbook. Returns a DueDate. Raises: InvalidCell."""
    try:
        return _due_date(cell, dates)
    except InvalidCell as error:
        if error.code:
            raise
        values = {**error.values, "word": visible(without_time(clean_line(cell_text(cell))))}
        raise InvalidCell(str(error), code="import.date-unknown", **values) from None


def _due_date(cell: Cell, dates: DateReader) -> object:
    if isinstance(cell, date):
        return _real(cell)
    if isinstance(cell, int) and dates.date_system is not None:
        serial = cell + DATE_SYSTEMS[dates.date_system]
        if _FIRST_SERIAL <= serial <= _LAST_SERIAL:
            remark = tr("a number without the format of a date is read as the day that it counts")
            return AdjustedValue(_real(_DAY_ZERO + timedelta(serial)), remark)
    text = cell_text(cell).strip()
    if (dotted := _dotted(text)) is not None:
        return dotted
    if text[-1:] == "Z" or "T" in text:
        found = _instant(text, dates)
        if found is not None:
            return found
    if _MILLISECONDS.fullmatch(text):
        instant = datetime.fromtimestamp(int(text) / 1000, UTC)
        return AdjustedValue(
            _real(date.fromisoformat(dates.day_of(instant))), sentence_of_instants(dates.zone_in_words)
        )
    text = _without_midnight(text)
    if text[-1:] in _ENDS_OF_TIMES and (day_alone := without_time(text)) != text:
        found = due_date(day_alone, dates)
        return found if isinstance(found, AdjustedValue) else AdjustedValue(found, tr("the time of day is left out"))
    if text[:1].isalpha() and (named := day_by_weekday(text)) is not None:
        return _real(named)
    if dates.order is not None and "." in text and order_of_short_year(text) is not None:
        first, second, year = map(int, text.split("."))
        return _real(day_in_order(text, (first, second, 2000 + year), DAY_FIRST))
    written = in_order(text)
    if written is not None and (dates.order is not None or not written[1]):
        return _real(day_in_order(text, written, dates.order or DAY_FIRST))
    if "г" in text:
        text = _YEAR_WORD.sub(r"\1 г.", text)
    english = in_english(text)
    try:
        found = parse_date(english or text, dates.today, Direction.FIXED)
        return found if english is None else DueDate(found.day, found.precision, _words_to_keep(text, found))
    except DateRefused as refused:
        way = "" if any(each.isdigit() for each in text) else tr(", or leave the cell empty where no date is agreed")
        sentence = refused.sentence if english is None else refused.sentence.replace(english, visible(text), 1)
        why = _serial(text) or sentence + way
        if is_ambiguous(text):
            raise InvalidCell(why, code="import.dates-alike") from None
        order = order_of_short_year(text)
        of_all = {} if order is None else {"order": order}
        raise InvalidCell(why, readings=_each_once(refused.values["readings"], dates.today), **of_all) from None


def _each_once(readings: object, today: str) -> list[str]:
    """What a cell may mean: of several ways to write one date the first."""
    assert isinstance(readings, list), "the refusal lists what the words may mean"
    dates = {each: parse_date(each, today, Direction.FIXED) for each in readings}
    first = {(due.day, due.precision): each for each, due in reversed(dates.items())}
    return [each for each in readings if each in first.values()]


def _dotted(text: str) -> DueDate | None:
    """The day of `31.03.2023`, which thousands of rows have; None for another text, and for what is no such day."""
    found = _DOTTED.fullmatch(text)
    try:
        return None if found is None else _real(date(int(found[3]), int(found[2]), int(found[1])))
    except (ValueError, InvalidCell):
        return None  # The words of a refusal are those of any date.


_ENDS_OF_TIMES = frozenset("0123456789mM.CT")


def without_time(text: str) -> str:
    """A text without the time of day behind its date, as a refusal shows it."""
    plain = _without_midnight(text)
    return _TIME_OF_DAY.sub("", _TIME_OF_ISO.sub("", plain) if "T" in plain else plain)


def _without_midnight(text: str) -> str:
    for midnight in _MIDNIGHTS:
        text = text.removesuffix(midnight)
    return _MIDNIGHT_OF_ISO.sub("", text) if "T" in text else text


def _words_to_keep(text: str, found: DueDate) -> str | None:
    """The words of a date that say more than its day."""
    return text if found.precision != Precision.DAY or has_words_of_a_deadline(text) else None


def _instant(text: str, dates: DateReader) -> object:
    """The day of an instant, `2023-03-31T19:00:00Z` or `20230331T190000Z`; None for another text.

    Midnight in UTC is how programs write a day without a time.
    """
    if not text[:4].isdigit() or "T" not in text or not (text.endswith("Z") or _OFFSET.search(text)):
        return None
    try:
        instant = datetime.fromisoformat(text)
        if instant.tzinfo is None:
            return None
        is_day = text.endswith("Z") and instant.time() == time()
        day = instant.date().isoformat() if is_day else dates.day_of(instant)
        found = _real(date.fromisoformat(day))
    except (ValueError, OverflowError):
        return None
    return found if is_day else AdjustedValue(found, sentence_of_instants(dates.zone_in_words))


def sentence_of_instants(zone: str) -> str:
    """The notice that instants became days; `zone` in words."""
    return tr("instants are the days on which they are in {zone}", zone=zone)


def _real(day: date) -> DueDate:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise InvalidCell(
            tr(
                "{day} is not between {first} and {last}: is it a date?",
                day=said_day(day.isoformat()),
                first=_FIRST_YEAR,
                last=_LAST_YEAR,
            )
        )
    return DueDate(day.isoformat(), Precision.DAY)


def _serial(text: str) -> str | None:
    """The error for a spreadsheet's serial number of a day in a text file; None for any other text."""
    number = text.partition(".")[0] if text.replace(".", "", 1).isdigit() and text.isascii() else ""
    if len(number) != 5 or not _FIRST_SERIAL <= int(number) <= _LAST_SERIAL:
        return None
    meant = (_DAY_ZERO + timedelta(int(number))).isoformat()
    return tr(
        '"{text}" is a bare number; as a date of a spreadsheet it may mean {meant}: write that, if it does',
        text=text,
        meant=said_day(meant),
    )
