"""Columns that may say the state of a row, which no heading tells: they are asked about, and never left out."""

from __future__ import annotations

import re
from itertools import islice

from store.fold_case_and_accents import fold
from store.imports.grid.grid import Problem, cell_text
from store.imports.grid.invalid_cell import InvalidCell
from store.imports.headings.heading_synonyms import field_of, normal
from store.imports.states.percent_done import holds_shares, is_all
from store.imports.states.state_in_cell import state_in_cell
from store.imports.states.state_meant_by_word import NOT_DONE, state_of
from store.imports.states.yes_or_no import ANSWERS
from store.model.vocabulary_and_signs import State
from store.sanitise_text import clean_line, visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from store.imports.columns.column_mapping import ColumnMapping
    from store.imports.dates.date_in_cell import DateReader
    from store.imports.grid.grid import GridRow

_ENDS = (State.REPORTED, State.CONFIRMED, State.CLOSED)

_SAMPLE_SIZE = 200
"""Cells of a column, that are not empty, by which it is told what stands in it."""


def state_problems(columns: ColumnMapping, lines: Sequence[GridRow], dates: DateReader) -> list[Problem]:
    """The problem that columns hold words for states, and none of them is known as that; `lines` are the rows."""
    answers = columns.answers
    if "state" in answers.columns or "state" in answers.given:
        return []
    flag, known = columns.flags.done, columns.fields.get("state")
    is_share = known is not None and known != flag and holds_shares(known, columns.headings[known], columns.lines)
    if known is not None and known != flag and not is_share:
        return []
    used = columns.used
    if is_share:
        # Remarks beside a share may say the state.
        used -= {columns.fields.get("note", -1), *columns.more.get("note", ())} - set(columns.left_out)
    found: dict[int, list[int]] = {}
    for column, heading in enumerate(columns.headings):
        if column not in used and heading.strip():
            rows = _rows_with_states(column, lines, dates) or _rows_of_a_state(column, heading, lines)
            if not rows and known is None:
                rows = _rows_done_by_share(column, heading, lines) or _rows_with_marks(column, heading, lines)
            if rows:
                found[column] = rows
    if not found:
        return [] if known is not None or "state" in columns.of_parts else _states_in_texts(columns, lines)
    rows = sorted({row for each in found.values() for row in each})
    return [
        Problem(
            rows[0],
            _sentence(columns, found, known, is_share=is_share),
            code="import.states-unknown",
            field="state",
            values={
                "columns": list(map(columns.typed, found)),
                "names": list(map(columns.name, found)),
                "share": columns.typed(known) if is_share and known is not None else "",
            },
            rows=rows,
        )
    ]


def _sentence(columns: ColumnMapping, found: Iterable[int], known: int | None, *, is_share: bool) -> str:
    named = ", ".join(map(columns.name, found))
    if known is None:
        return tr(
            "{columns}: words for where a promise stands are in it, and no column says that (state)", columns=named
        )
    if is_share:
        return tr(
            "{columns}: words for where a promise stands are in it, and {name} says only how far it is",
            columns=named,
            name=columns.name(known),
        )
    return tr(
        "{columns}: words for where a promise stands are in it, and {flag} says only whether it is done",
        columns=named,
        flag=columns.name(known),
    )


_AT_THE_END = r"[.,;:(\u2013\u2014\n]|\s-\s|\sby\s|\spar\s|\spor\s|\sна\s|\sв\s"
"""What stands between a word for a state and the sentence that begins with it."""


def _rows_of_a_state(column: int, heading: str, lines: Sequence[GridRow]) -> list[int]:
    """The rows that say something below a heading that begins with one of a state: `Status / comments`."""
    first = normal(heading).partition(" ")[0]
    if first == normal(heading) or field_of(first) != "state":
        return []
    return [number for number, text in _filled(column, lines) if any(map(str.isalpha, text))]


_OF_SHARES = (
    *(
        "%",
        "percent",
        "progress",
        "complet",
        "pourcent",
        "achev",
        "avanc",
        "progres",
        "porcentaje",
        "процент",
        "готовн",
    ),
    *("выполн", "исполн", "прогресс", "fertig", "concl"),
)
"""What a heading has in it that stands over shares of what is done."""


def _rows_done_by_share(column: int, heading: str, lines: Sequence[GridRow]) -> list[int]:
    """The rows of which a column of shares says that all is done: `100 %`, 1 of a workbook."""
    if not any(each in fold(heading) for each in _OF_SHARES) or not holds_shares(column, heading, lines):
        return []
    return [number for number, text in _filled(column, lines) if is_all(text)]


_MARKS = frozenset("xх+v\u2713\u2714\u2611\u2612\u2717\u2718\u2610")
_TICKS = frozenset("\u2713\u2714\u2611\u2612\u2717\u2718")


def _rows_with_marks(column: int, heading: str, lines: Sequence[GridRow]) -> list[int]:
    """The rows with a mark below a word for a state: `x` below *Closed*; and with a tick in a column of them."""
    filled = [(number, fold(text)) for number, text in _filled(column, lines)]
    texts = {text for _, text in filled}
    is_state = state_of(heading) is not None and texts <= (_MARKS | ANSWERS.keys())
    return [number for number, _ in filled] if texts and (is_state or texts <= _TICKS) else []


def _filled(column: int, lines: Sequence[GridRow]) -> list[tuple[int, str]]:
    cells = ((line.number, cell_text(line.cells[column]).strip()) for line in lines if column < len(line.cells))
    return [(number, text) for number, text in cells if text]


_BEFORE_A_TITLE = (
    r"[\u2611\u2612\u2713\u2714\u2717\u2718\u2705\u274c]|\[[xXхХ\u2713\u2714]\]"
    r"|[(\[]([^\W\d_]{3,20}(?: [^\W\d_]{2,12})?)[)\]]"
    r"|([^\W\d_]{3,20}(?: [^\W\d_]{2,12})?)\s*(?:[:\u2013\u2014]|-\s)"
)
"""A mark, or words in brackets or before a dash, with which a title begins."""


def _states_in_texts(columns: ColumnMapping, lines: Sequence[GridRow]) -> list[Problem]:
    """The problem of titles that begin with a mark or a word for where they stand: `[x] Book rooms`, `DONE - Send`."""
    at = columns.fields.get("title")
    rows, first = list[int](), ""
    for number, text in _filled(at, lines) if at is not None else ():
        found = re.match(_BEFORE_A_TITLE, text)
        if found is None:
            continue
        word = found[1] or found[2]
        state = state_of(word) if word else None
        if not word or (state is not None and state[0] != NOT_DONE):
            first = first or text
            rows.append(number)
    if not rows:
        return []
    sentence = tr(
        'it begins with where it stands ("{text}"), and no column says that (state): write it into one',
        text=visible(clean_line(first))[:60],
    )
    return [Problem(rows[0], sentence, at, code="import.state-before-title", field="state", rows=rows)]


def _rows_with_states(column: int, lines: Sequence[GridRow], dates: DateReader) -> list[int]:
    """The numbers of the rows with such a word; none where less than half of the first cells are, and none is an end.

    A word for an end is not left out, whatever colours and remarks stand in the other cells.
    """
    cells = ((line.number, cell_text(line.cells[column]).strip()) for line in lines if column < len(line.cells))
    filled = ((number, text) for number, text in cells if text)
    first = list(islice(filled, _SAMPLE_SIZE))
    some = [text for _, text in first]
    states = {
        text: _state(text, dates) or _state(re.split(_AT_THE_END, text, maxsplit=1)[0], dates)
        for text in set(some)
        if any(map(str.isalpha, text))
    }
    words = {text for text, state in states.items() if state is not None}
    if all(states[text] == NOT_DONE for text in words):
        return []
    if 2 * sum(text in words for text in some) < len(some) and not any(states[text] in _ENDS for text in words):
        return []
    return [number for number, text in (*first, *filled) if text in words]


def _state(text: str, dates: DateReader) -> str | None:
    """The state that a text says, with or without its day; None where it says none."""
    try:
        found = state_in_cell(text, dates)
    except InvalidCell:
        return None
    return found[0] if isinstance(found, tuple) else None
