"""The events of a calendar, which are commitments only where somebody says so."""

from __future__ import annotations

from datetime import date, timedelta
from re import IGNORECASE
from re import compile as compile_pattern

from store.errors import UsageError
from store.imports.answers.parse_answers import ALL, NONE
from store.imports.grid.grid import Problem, cell_text
from store.imports.grid.invalid_cell import AdjustedValue, InvalidCell
from store.imports.headings.heading_synonyms import ALL_DAY, FIRST_DAY, LAST_DAY, TIME_OF_END, normal
from store.imports.states.yes_or_no import says_yes
from store.rules.due_dates_and_extensions import DueDate
from store.sanitise_text import clean_line, visible
from store.translation import plural, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from store.imports.columns.column_mapping import ColumnMapping
    from store.imports.grid.grid import Cell, GridRow


def events_to_import(columns: ColumnMapping) -> tuple[list[GridRow], list[Problem], str | None]:
    """The events that are commitments, a problem for each that nobody answered, a sentence on those left out.

    Raises: UsageError for an answer that is no numbers of events.
    """
    said: dict[int, bool] = {}
    last = max((line.number for line in columns.lines), default=0)
    rest: bool | None = None
    for typed in columns.answers.events:
        if typed in (ALL, NONE):
            rest = typed == ALL
            continue
        _refuse_unknown(typed, columns)
        said |= dict.fromkeys(_numbers(typed.removeprefix("-"), last), not typed.startswith("-"))
    taken, problems, left = [], [], 0
    for line in columns.lines:
        answer = said.get(line.number, rest)
        if answer is None:
            problems.append(_asked(line, columns))
        elif answer:
            taken.append(line)
        else:
            left += 1
    sentence = plural("{n} event was left out", "{n} events were left out", left) if left else None
    return taken, problems, sentence


def _refuse_unknown(typed: str, columns: ColumnMapping) -> None:
    """Refuse the number of an event that the calendar does not have. Raises: UsageError."""
    numbers = {line.number for line in columns.lines} | {problem.row for problem in columns.grid.problems}
    last = max(numbers, default=0)
    for part in typed.removeprefix("-").split(","):
        first = part.strip().partition("-")[0]
        if _is_number(first) and len(part) <= _LONGEST and int(first) > last:
            sentence = plural(
                "there is no event {number}: the calendar has {n} event",
                "there is no event {number}: the calendar has {n} events",
                last,
                number=first,
            )
            raise UsageError(sentence, code="import.no-such-event", field="events")


def _asked(line: GridRow, columns: ColumnMapping) -> Problem:
    def text(field: str) -> str:
        at = columns.fields.get(field)
        return clean_line(cell_text(line.cells[at])) if at is not None and at < len(line.cells) else ""

    when = f", {text('due')}" if text("due") else ""
    title = visible(text("title"))[:60]
    sentence = (
        tr('"{title}"{when}, which is cancelled: is this event a promise?', title=title, when=when)
        if text("state")
        else tr('"{title}"{when}: is this event a promise?', title=title, when=when)
    )
    return Problem(line.number, sentence, code="import.event-asked", field="events", values={"number": line.number})


def _numbers(typed: str, last_event: int) -> Sequence[int]:
    """The numbers of events up to the last one. Raises: UsageError."""
    found: list[int] = []
    for part in typed.split(","):
        first, dash, last = part.strip().partition("-")
        if not (_is_number(first) and (_is_number(last) or not dash)) or len(part) > _LONGEST:
            sentence = tr('"{typed}" is not numbers of events, as 1,3-5', typed=visible(typed)[:60])
            raise UsageError(sentence, code="import.events-not-understood", field="events")
        found += range(int(first), min(int(last or first), last_event) + 1)
    return found


def _is_number(text: str) -> bool:
    """Whether it is digits alone: not `²`, which Python takes for a digit and does not read."""
    return text.isascii() and text.isdecimal()


class AllDayEvents:
    """The columns of a calendar that say which of its events last whole days: those end before the day of their end."""

    __slots__ = ("_all_day", "_at_times", "_start", "due")

    def __init__(self, all_day: int, due: int, start: int | None, at_times: int | None) -> None:
        self.due = due
        self._all_day = all_day
        self._start = start
        self._at_times = at_times

    def last_day(self, line: GridRow, day: str, read: Callable[[Cell], object]) -> str:
        """The last day of an event that ends on this ISO day; the same where it does not last whole days."""
        cells = line.cells
        if not says_yes(_cell(cells, self._all_day)):
            return day
        time_of_end = cell_text(_cell(cells, self._at_times)).strip()
        if time_of_end and _MIDNIGHT.fullmatch(time_of_end) is None:
            return day
        try:
            start = read(_cell(cells, self._start))
        except InvalidCell:
            start = None
        found = start.value if isinstance(start, AdjustedValue) else start
        first = (found.day or "") if isinstance(found, DueDate) else ""
        return (date.fromisoformat(day) - timedelta(1)).isoformat() if first < day else day


def all_day_events(columns: ColumnMapping) -> AllDayEvents | None:
    """The columns that show whole days, where the end is the due date; None for another list."""
    names = list(map(normal, columns.headings))
    places = {name: at for at, name in reversed(list(enumerate(names)))}
    due = columns.fields.get("due")
    if ALL_DAY not in places or due is None or due >= len(names) or names[due] != LAST_DAY:
        return None
    return AllDayEvents(places[ALL_DAY], due, places.get(FIRST_DAY), places.get(TIME_OF_END))


def _cell(cells: Sequence[Cell], at: int | None) -> Cell:
    return cells[at] if at is not None and at < len(cells) else ""


_MIDNIGHT = compile_pattern(r"(?:12|0?0):00(?::00)?(?:\s*AM)?", IGNORECASE)
"""The time of the end of a whole day: `12:00:00 AM`, `0:00`."""

_LONGEST = 11
