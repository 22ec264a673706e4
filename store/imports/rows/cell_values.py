"""Parse a cell into the value of a field, or say why it is invalid."""

from __future__ import annotations

from re import compile as compile_pattern

from store.imports.answers.parse_answers import word_key
from store.imports.dates.cell_dates import DateReader, day, due_date, due_or_words, without_time
from store.imports.grid.grid import UncomputedFormula, cell_text
from store.imports.grid.invalid_cell import InvalidCell, Told
from store.imports.headings.heading_synonyms import DATE_FIELDS
from store.imports.parties.party_names_in_cell import name, names
from store.imports.rows.placeholder_titles import names_nothing
from store.imports.states.state_synonyms import because_of, state_of, usual_word_of, usual_words
from store.model.vocabulary_and_signs import CLOSING_REASONS, KINDS, Because, Precision, State
from store.rules.due_dates_and_extensions import DueDate
from store.rules.russian_choices import RUSSIAN_KINDS, RUSSIAN_PRECISIONS, plain
from store.text import clean_line, clean_text, fold, visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from re import Match

    from store.imports.grid.grid import Cell

_EMPTY = frozenset(
    ("", "-", "--", "---", "\u2013", "\u2014", "n/a", "na", "н/д", "нет данных", "?", "...", "null", "[]", "{}")
)
"""Texts that count as an empty cell."""

_LONGEST_EMPTY = 12

_ERRORS = (
    *("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"),
    *("#ССЫЛКА!", "#Н/Д", "#ЗНАЧ!", "#ДЕЛ/0!", "#ИМЯ?", "#ЧИСЛО!", "#ПУСТО!", "#ПЕРЕНОС!", "#ВЫЧИСЛ!"),
)
"""Error values of spreadsheets, in English and Russian."""

_LISTS = frozenset(("by", "to", "support", "reported-by", "confirmed-by"))
_TEXTS = frozenset(("quote", "source", "note", "reason", "miss-reason", "evidence", "confirmed-evidence"))
_DAYS = DATE_FIELDS - {"due", "original-due"}
_COUNTS = frozenset(("wanted", "nominated", "acknowledged", "revision"))


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

_PERCENT = 100


def is_empty(cell: Cell) -> bool:
    """Whether a cell is empty, or holds a placeholder such as `n/a`."""
    return cell == "" or (isinstance(cell, str) and len(cell) <= _LONGEST_EMPTY and cell.strip().casefold() in _EMPTY)


def refuse_formula_error(cell: Cell) -> None:
    """Refuse the error value of a formula, or a formula without a value. Raises: InvalidCell."""
    if isinstance(cell, UncomputedFormula):
        raise InvalidCell(
            tr("a formula stands there, and no value of it is kept: open the file in a spreadsheet and save it")
        )
    if isinstance(cell, str) and cell.strip().upper() in _ERRORS:
        raise InvalidCell(tr("{value} stands there: mend the formula, or write the value", value=cell.strip()))


def parser_of(field: str, dates: DateReader, meanings: Mapping[str, str] | None = None) -> Callable[[Cell], object]:
    """The function that parses a cell that is not empty into the value of a field. It raises: InvalidCell.

    `meanings`: word, folded -> what it says, empty for nothing.
    """
    parse = _parser_of(field, dates)
    if not meanings:
        return parse
    if field in _LISTS:
        return lambda cell: names(cell_text(cell), meanings)
    if field in DATE_FIELDS:
        return lambda cell: _answered_date(cell, meanings, parse, is_due=field in ("due", "original-due"))

    if field == "title":
        return lambda cell: _title(cell) if word_key(cell_text(cell)) not in meanings else clean_line(cell_text(cell))

    def read(cell: Cell) -> object:
        text = meanings.get(word_key(cell_text(cell)))
        return parse(cell) if text is None else parse(text) if text else None

    return read


def _answered_date(cell: Cell, meanings: Mapping[str, str], parse: Callable[[Cell], object], *, is_due: bool) -> object:
    """A date as it was answered, by the cell or by what a refusal shows of it; the words of a deadline are kept."""
    words = clean_line(cell_text(cell))
    text = meanings.get(word_key(words))
    if text is None:
        text = meanings.get(word_key(without_time(words)))
    if text is None:
        return parse(cell)
    found = parse(text) if text else DueDate(None) if is_due else None
    value = found.value if isinstance(found, Told) else found
    if is_due and isinstance(value, DueDate) and (value.day is None or any(map(str.isalpha, words))):
        return DueDate(value.day, value.precision, words)
    return found


def _parser_of(field: str, dates: DateReader) -> Callable[[Cell], object]:
    if field == "due":
        return lambda cell: due_or_words(cell, dates)
    if field == "original-due":
        return lambda cell: due_date(cell, dates)
    if field in _DAYS:
        return lambda cell: day(cell, dates)
    if field in _LISTS:
        return lambda cell: names(cell_text(cell))
    if field == "title":
        return _title
    if field == "via":
        return lambda cell: name(cell_text(cell))
    if field in _TEXTS:
        return lambda cell: clean_text(cell_text(cell))
    if field in _COUNTS:
        return _count
    special: dict[str, Callable[[Cell], object]] = {
        "id": _number,
        "state": lambda cell: _state(cell, dates),
        "because": _because,
        "precision": _precision,
        "kind": _kind,
    }
    return special.get(field, lambda cell: clean_line(cell_text(cell)))


def _title(cell: Cell) -> str:
    """What was promised. Raises: InvalidCell for a text that names nothing."""
    text = clean_line(cell_text(cell))
    if names_nothing(text):
        shown = visible(text)
        sentence = tr('"{text}" names nothing that was promised: is it a promise?', text=shown)
        raise InvalidCell(sentence, code="import.names-nothing", word=shown)
    return text


def _count(cell: Cell) -> int:
    text = cell_text(cell).strip()
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise InvalidCell(tr('"{text}" is no whole number', text=visible(text)[:60]))
    return int(text)


def _number(cell: Cell) -> int:
    text = cell_text(cell).strip().removeprefix("#")
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 16 and int(text)):
        raise InvalidCell(tr('"{text}" is no number of a commitment', text=visible(text)[:60]))
    return int(text)


def _state(cell: Cell, dates: DateReader) -> object:
    """A state and why it is closed; with the day on which it was done, where that stands behind the word for it."""
    text = cell_text(cell)
    found = state_of(text)
    if found is None and (parts := _word_and_day(clean_line(text))) is not None:
        done = state_of(_ON.sub("", parts[1]))
        if done == (State.REPORTED, None):
            when = day(parts[2], dates)
            return (*done, when.value if isinstance(when, Told) else when)
    if found is None:
        shown = visible(clean_line(text))[:60]
        if _is_whole(cell, text):
            raise InvalidCell(
                tr('"{shown}" says how far it is: is it done?', shown=shown), code="import.share-unknown", word=shown
            )
        if _is_percentage(cell, text):
            return Told(None, tr('"{shown}" says how far it is, and no state', shown=shown))
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


def _is_percentage(cell: Cell, text: str) -> bool:
    """Whether a cell tells a share: `60%`, `60`, or 0.6 as a spreadsheet keeps it."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return 0 <= cell <= _PERCENT
    digits = text.strip().removesuffix("%").strip().replace(",", ".")
    try:
        return digits[:1].isdigit() and 0 <= float(digits) <= _PERCENT
    except ValueError:
        return False


def _is_whole(cell: Cell, text: str) -> bool:
    """Whether a cell tells that all is done: `100%`, `100`, or 1 as a spreadsheet keeps it."""
    if isinstance(cell, int | float):
        return cell in (1, _PERCENT)
    return text.replace(",", ".").strip(" %") in ("100", "100.0", "100.00") or text.strip() in ("1", "1.0", "1,0")


def _kind(cell: Cell) -> str:
    """A kind that is known, also in the words that our papers have for it; else as it is written."""
    text = clean_line(cell_text(cell))
    if not text.isascii():
        return RUSSIAN_KINDS.get(plain(text), text)
    return next((kind.word for kind in KINDS.values() if fold(text) == fold(kind.text)), text)


def says_done(cell: Cell) -> bool:
    """Whether a cell that says why a row is closed says that it was done: `COMPLETED` of GitHub, `Done` of Jira."""
    text = cell_text(cell)
    return state_of(text) == (State.REPORTED, None) or fold(clean_line(text)) in _FIXED


def _because(cell: Cell) -> str | None:
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


def _precision(cell: Cell) -> str:
    word = fold(cell_text(cell).strip())
    word = RUSSIAN_PRECISIONS.get(word, word)
    if word not in Precision.ALL:
        raise InvalidCell(
            tr('"{cell}" is none of {words}', cell=visible(cell_text(cell))[:60], words=", ".join(Precision.ALL))
        )
    return word
