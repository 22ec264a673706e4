"""The events of a calendar, which are commitments only where somebody says so."""

from __future__ import annotations

from store.errors import UsageError
from store.imports.grid import Problem, cell_text
from store.imports.parse_answers import ALL, NONE
from store.text import clean_line, visible
from store.translation import plural, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.imports.column_mapping import ColumnMapping
    from store.imports.grid import GridRow


def events_taken(columns: ColumnMapping) -> tuple[list[GridRow], list[Problem], str | None]:
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


_LONGEST = 11
