"""Columns of words for where a promise stands, which no heading tells: they are asked about, and never left out."""

from __future__ import annotations

from itertools import islice

from store.imports.cell_errors import InvalidCell
from store.imports.cell_values import parser_of
from store.imports.grid import Problem, cell_text
from store.imports.state_words import NOT_DONE
from store.model.vocabulary import State
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from store.imports.cell_dates import DateReader
    from store.imports.column_mapping import ColumnMapping
    from store.imports.grid import Cell, GridRow

_ENDS = (State.REPORTED, State.CONFIRMED, State.CLOSED)

_LOOKED_AT = 200
"""Cells of a column, that are not empty, by which it is told what stands in it."""


def state_problems(columns: ColumnMapping, lines: Sequence[GridRow], dates: DateReader) -> list[Problem]:
    """The problem that columns hold words for states, and none of them is known as that; `lines` are the rows."""
    answers = columns.answers
    if "state" in answers.columns or "state" in answers.given:
        return []
    flag = columns.flags.done
    if "state" in columns.fields and columns.fields["state"] != flag:
        return []
    used = columns.used
    found: dict[int, list[int]] = {}
    for column, heading in enumerate(columns.headings):
        if column not in used and heading.strip():
            rows = _rows_with_states(column, lines, dates)
            if rows:
                found[column] = rows
    if not found:
        return []
    rows = sorted({row for each in found.values() for row in each})
    return [
        Problem(
            rows[0],
            tr(
                "{columns}: words for where a promise stands are in it, and no column says that (state)",
                columns=", ".join(map(columns.name, found)),
            )
            if "state" not in columns.fields or flag is None
            else tr(
                "{columns}: words for where a promise stands are in it, and {flag} says only whether it is done",
                columns=", ".join(map(columns.name, found)),
                flag=columns.name(flag),
            ),
            code="import.states-unknown",
            field="state",
            values={"columns": list(map(columns.typed, found)), "names": list(map(columns.name, found))},
            rows=rows,
        )
    ]


def _rows_with_states(column: int, lines: Sequence[GridRow], dates: DateReader) -> list[int]:
    """The numbers of the rows with such a word; none where less than half of the first cells are, and none is an end.

    A word for an end is not left out, whatever colours and remarks stand in the other cells.
    """
    cells = ((line.number, cell_text(line.cells[column]).strip()) for line in lines if column < len(line.cells))
    filled = ((number, text) for number, text in cells if text)
    first = list(islice(filled, _LOOKED_AT))
    some = [text for _, text in first]
    read = parser_of("state", dates)
    states = {text: _state(text, read) for text in set(some) if any(map(str.isalpha, text))}
    words = {text for text, state in states.items() if state is not None}
    if all(states[text] == NOT_DONE for text in words):
        return []
    if 2 * sum(text in words for text in some) < len(some) and not any(states[text] in _ENDS for text in words):
        return []
    return [number for number, text in (*first, *filled) if text in words]


def _state(text: str, read: Callable[[Cell], object]) -> str | None:
    """The state that a text says, with or without its day; None where it says none."""
    try:
        found = read(text)
    except InvalidCell:
        return None
    return found[0] if isinstance(found, tuple) else None
