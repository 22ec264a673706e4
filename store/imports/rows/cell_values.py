"""Parse a cell into the value of a field, or say why it is invalid."""

from __future__ import annotations

from store.fold_case_and_accents import fold
from store.imports.answers.parse_answers import word_key
from store.imports.dates.date_in_cell import DateReader, day, due_date, due_or_words, without_time
from store.imports.grid.grid import UncomputedFormula, cell_text
from store.imports.grid.invalid_cell import AdjustedValue, InvalidCell
from store.imports.headings.heading_synonyms import DATE_FIELDS
from store.imports.parties.party_names_in_cell import name, names
from store.imports.rows.placeholder_titles import names_nothing
from store.imports.states.state_in_cell import reason_in_cell, state_in_cell
from store.imports.states.state_meant_by_word import NOT_DONE
from store.model.vocabulary_and_signs import KINDS, Precision
from store.rules.due_dates_and_extensions import DueDate
from store.rules.russian_twins_of_typed_words import RUSSIAN_KINDS, RUSSIAN_PRECISIONS, plain
from store.sanitise_text import clean_line, clean_text, visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.imports.grid.grid import Cell

_ERRORS = (
    *("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"),
    *("#ССЫЛКА!", "#Н/Д", "#ЗНАЧ!", "#ДЕЛ/0!", "#ИМЯ?", "#ЧИСЛО!", "#ПУСТО!", "#ПЕРЕНОС!", "#ВЫЧИСЛ!"),
)
"""Error values of spreadsheets, in English and Russian."""

_LISTS = frozenset(("by", "to", "support", "reported-by", "confirmed-by"))
_TEXTS = frozenset(("quote", "source", "note", "reason", "miss-reason", "evidence", "confirmed-evidence"))
_DAYS = DATE_FIELDS - {"due", "original-due"}
_COUNTS = frozenset(("wanted", "nominated", "acknowledged", "revision"))


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
    """A date as it was answered, by the cell or by what a refusal shows of it; the words of a deadline are kept.

    NOT_DONE in the place of a day on which something was done.
    """
    words = clean_line(cell_text(cell))
    text = meanings.get(word_key(words))
    if text is None:
        text = meanings.get(word_key(without_time(words)))
    if text is None:
        return parse(cell)
    if text == NOT_DONE and not is_due:
        return NOT_DONE
    found = parse(text) if text else DueDate(None) if is_due else None
    value = found.value if isinstance(found, AdjustedValue) else found
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
        "state": lambda cell: state_in_cell(cell, dates),
        "because": reason_in_cell,
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
        shown = visible(text)[:60]
        raise InvalidCell(tr('"{text}" is no whole number', text=shown), code="import.no-number", word=shown)
    return int(text)


def _number(cell: Cell) -> int:
    text = cell_text(cell).strip().removeprefix("#")
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 16 and int(text)):
        raise InvalidCell(tr('"{text}" is no number of a commitment', text=visible(text)[:60]))
    return int(text)


def _kind(cell: Cell) -> str:
    """A kind that is known, also in the words that our papers have for it; else as it is written."""
    text = clean_line(cell_text(cell))
    if not text.isascii():
        return RUSSIAN_KINDS.get(plain(text), text)
    return next((kind.word for kind in KINDS.values() if fold(text) == fold(kind.text)), text)


def _precision(cell: Cell) -> str:
    word = fold(cell_text(cell).strip())
    word = RUSSIAN_PRECISIONS.get(word, word)
    if word not in Precision.ALL:
        raise InvalidCell(
            tr('"{cell}" is none of {words}', cell=visible(cell_text(cell))[:60], words=", ".join(Precision.ALL))
        )
    return word
