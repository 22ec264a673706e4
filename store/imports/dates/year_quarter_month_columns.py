"""A deadline in parts: columns of the year, the quarter and the month, which are asked about and read as one date."""

from __future__ import annotations

from store.fold_case_and_accents import fold
from store.imports.dates.french_and_spanish_dates import in_english
from store.imports.dates.month_columns_of_work_plan import date_below_months, month_columns
from store.imports.grid.empty_cells import is_empty
from store.imports.grid.grid import Problem, cell_text
from store.imports.headings.heading_synonyms import normal
from store.model.months_and_weekdays import MONTH_NAMES
from store.rules.dates.date_words_and_tokens import MONTHS
from store.sanitise_text import clean_line
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from store.imports.columns.column_mapping import ColumnMapping
    from store.imports.grid.grid import GridRow

YEAR, HALF, QUARTER, MONTH, DAY = "year", "half", "quarter", "month", "day"

_HEADINGS = {
    YEAR: ("year", "год", "annee", "ano", "anno"),
    HALF: ("half", "half year", "полугодие", "semestre", "semester"),
    QUARTER: ("quarter", "квартал", "trimestre"),
    MONTH: ("month", "месяц", "moi", "mois", "mes"),
    DAY: ("day", "день", "число", "jour", "dia"),
}
_PART_OF = {name: part for part, names in _HEADINGS.items() for name in names}
_AROUND = frozenset(
    (
        *("due", "deadline", "target", "planned", "completion", "of", "end", "срока", "исполнения", "выполнения"),
        *("реализации", "плановый", "prevu", "prevue", "d", "de", "echeance", "previsto", "prevista", "del", "plazo"),
    )
)
"""Words that may stand beside that of a year or a month where it is one of a deadline."""

_EXACT = (DAY, MONTH, QUARTER, HALF)
"""Parts of a date beside its year, the most exact first."""

_LONGEST = 12
"""Characters of a part of a date: a longer text is none."""


def period_problems(columns: ColumnMapping, lines: Sequence[GridRow]) -> Iterator[Problem]:
    """The problem that columns hold years and months, while none says until when; `lines` are the rows."""
    answers = columns.answers
    if "due" in columns.fields or "due" in answers.columns or "due" in answers.given:
        return
    used = columns.used
    parts = {column: part for column, part in parts_of_dates(columns.headings).items() if column not in used}
    rows = [line.number for line in lines if any(_is_part(line, column) for column in parts)]
    if YEAR not in parts.values() or not rows:
        return
    listed = ",".join(map(columns.typed, parts))
    yield Problem(
        rows[0],
        tr(
            "{columns} hold a year, a quarter or a month, and no column says until when (due)",
            columns=", ".join(map(columns.name, parts)),
        ),
        code="import.period-unknown",
        field="due",
        values={"columns": listed},
        rows=rows,
    )


def parts_of_dates(headings: Sequence[str]) -> dict[int, str]:
    """The columns whose headings name a part of a date -> which one."""
    found = {}
    for column, heading in enumerate(headings):
        words = [word for word in normal(heading).split() if word not in _AROUND]
        if (part := _PART_OF.get(" ".join(words))) is not None:
            found[column] = part
    return found


def joined_date(line: GridRow, columns: Sequence[int], headings: Sequence[str]) -> str:
    """The date that several cells tell, as it is written in one: `December 2026`; empty where none tells anything."""
    if months := month_columns(headings, columns):
        return date_below_months(line, months)
    kinds = parts_of_dates(headings)
    cells = {column: cell_text(line.cells[column]).strip() for column in columns if column < len(line.cells)}
    said = {kinds.get(column, str(column)): text for column, text in cells.items() if not is_empty(text)}
    if not said or YEAR not in said or not said.keys() <= {YEAR, *_EXACT}:
        return " ".join(said.values())
    year = said[YEAR]
    month = said.get(MONTH, "")
    if month.isascii() and month.isdigit() and 0 < int(month) <= len(MONTH_NAMES):
        month = MONTH_NAMES[int(month) - 1]
    if month:
        return " ".join(filter(None, (said.get(DAY), month, year)))
    for part, letter in ((QUARTER, "Q"), (HALF, "H")):
        if text := said.get(part):
            number = _ROMAN.get(text.upper(), text)
            return f"{letter}{number} {year}" if number.isdigit() else f"{text} {year}"
    return year


def are_months(line: GridRow, headings: Sequence[str]) -> bool:
    """Whether a line below headings has months in it, and else these headings again, as merged cells give them."""
    texts = [fold(clean_line(cell_text(cell))).strip(" .") for cell in line.cells]
    above = [*(fold(clean_line(each)) for each in headings), *[""] * len(texts)]
    others = [text for text, heading in zip(texts, above, strict=False) if text and text != heading]
    return len(others) > 1 and all(_is_month(text) for text in others)


def _is_month(text: str) -> bool:
    return text in MONTHS or (in_english(text) or "").lower() in MONTHS


_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4"}


def _is_part(line: GridRow, column: int) -> bool:
    """Whether a cell can be a part of a date: short, and not empty."""
    return column < len(line.cells) and 0 < len(cell_text(line.cells[column]).strip()) <= _LONGEST
