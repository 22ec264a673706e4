"""Parse the cell of a state, with its day or why it was closed: `done on 18.11.2026`, `60%`, `won't fix`."""

from __future__ import annotations

from re import compile as compile_pattern

from store.fold_case_and_accents import fold
from store.imports.dates.date_in_cell import DateReader, day
from store.imports.grid.grid import cell_text
from store.imports.grid.invalid_cell import AdjustedValue, InvalidCell
from store.imports.states.percent_done import is_percentage, is_whole
from store.imports.states.state_meant_by_word import because_of, state_of, usual_word_of, usual_words
from store.model.vocabulary_and_signs import CLOSING_REASONS, Because, State
from store.sanitise_text import clean_line, visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from re import Match

    from store.imports.grid.grid import Cell

_FIXED = frozenset(("fixed", "resolved", "решено"))
"""Words for how a task ended that say that it was done."""

_KEPT = _FIXED | {"unresolved", "reopened", "не решено"}
"""Words for how a task ended that are no reason to close it without being kept."""

_WITH_DAY = compile_pattern(r"(\D+?)[\s,:(-]*(?:\b(?:on|le|el)\s+)?(\d{1,4}[./-]\d{1,2}[./-]\d{1,4})(?:\s*г\.?)?\)?\.?")
"""A word, and a day in figures behind it: `done on 18.11.2026`."""

_WITH_DAY_IN_WORDS = compile_pattern(r"(\D+?)[\s,:(-]*(\d{1,2}\s+[^\W\d_]{3,}\.?\s+\d{4})(?:\s*г(?:ода|\.)?)?\)?\.?")
"""The same with the month in words: `done 18 Nov 2026`."""

_ON = compile_pattern(r"\s+(?:on|le|el)$")
"""What stands before a day."""


def state_in_cell(cell: Cell, dates: DateReader) -> object:
    """A state and why it is closed; with the day on which it was done, where that stands behind the word for it."""
    text = cell_text(cell)
    found = state_of(text)
    if found is None and (parts := _word_and_day(clean_line(text))) is not None:
        done = state_of(_ON.sub("", parts[1]))
        if done == (State.REPORTED, None):
            when = day(parts[2], dates)
            return (*done, when.value if isinstance(when, AdjustedValue) else when)
    if found is None:
        shown = visible(clean_line(text))[:60]
        if is_whole(cell, text):
            raise InvalidCell(
                tr('"{shown}" says how far it is: is it done?', shown=shown), code="import.share-unknown", word=shown
            )
        if is_percentage(cell, text):
            return AdjustedValue(None, tr('"{shown}" says how far it is, and no state', shown=shown))
        raise InvalidCell(
            tr(
                '"{shown}" is no state that is known: write {usual_words}, {declined} or {dropped}',
                shown=shown,
                usual_words=", ".join(usual_words()),
                declined=usual_word_of(Because.DECLINED),
                dropped=usual_word_of(Because.DROPPED),
            ),
            code="import.word-unknown",
            word=shown,
        )
    return found


def _word_and_day(text: str) -> Match[str] | None:
    return _WITH_DAY.fullmatch(text) or _WITH_DAY_IN_WORDS.fullmatch(text)


def says_done(cell: Cell) -> bool:
    """Whether a cell that says why a row is closed says that it was done: `COMPLETED` of GitHub, `Done` of Jira."""
    text = cell_text(cell)
    return state_of(text) == (State.REPORTED, None) or fold(clean_line(text)) in _FIXED


def reason_in_cell(cell: Cell) -> str | None:
    """Why it was closed without being kept; nothing where the cell says that it was kept, or is not closed."""
    text = cell_text(cell)
    found = because_of(text)
    state = state_of(text)
    if found is None and state in (None, (State.CLOSED, None)) and fold(clean_line(text)) not in _KEPT:
        shown = visible(clean_line(text))[:60]
        raise InvalidCell(
            tr('"{cell}" is none of {words}', cell=shown, words=", ".join(CLOSING_REASONS)),
            code="import.reason-unknown",
            word=shown,
        )
    return found
