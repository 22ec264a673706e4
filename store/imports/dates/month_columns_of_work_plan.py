"""Months over the columns or the sections of a work plan: what is marked below one is due in it."""

from __future__ import annotations

import re

from store.fold_case_and_accents import fold
from store.imports.dates.french_and_spanish_dates import in_english
from store.imports.grid.empty_cells import is_empty
from store.imports.grid.grid import Problem, cell_text
from store.model.months_and_weekdays import MONTH_NAMES
from store.rules.dates.date_words_and_tokens import MONTHS
from store.sanitise_text import clean_line
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from store.imports.columns.column_mapping import ColumnMapping
    from store.imports.grid.grid import GridRow

_FEWEST = 2
"""With fewer months over the columns it is no work plan."""

_QUARTER = r"(?:q|кв\.?|квартал|t|trim\.?)\s*[1-4]|[1-4]\s*(?:q|кв\.?|квартал)|(?:iv|i{1,3})\s*(?:кв\.?|квартал)"
_YEAR = r"(?:19|20)\d\d"
_YEAR_BEFORE = rf"({_YEAR})(?:\s*г(?:ода|од|\.)?)?[\s./,:-]+(\D.*|\d\s*\D.*)"
"""A year, and behind it what divides it, as headings of two lines give it: `2027 Jan`, `2027 год I кв.`."""

_LAST_DAY = 31


def month_named(text: str) -> str | None:
    """The month or quarter that a text is, as a date is written; None for another text."""
    plain = fold(clean_line(text)).strip(" .:")
    if found := re.fullmatch(rf"({_YEAR})-(0[1-9]|1[0-2])-01", plain):
        return f"{MONTH_NAMES[int(found[2]) - 1]} {found[1]}"  # The day that a workbook shows as a month.
    if plain[:1].isdigit() and (before := re.fullmatch(_YEAR_BEFORE, clean_line(text).strip(" .:"), re.IGNORECASE)):
        text = f"{before[2].strip(' .')} {before[1]}"
        plain = fold(text)
    found = re.fullmatch(rf"(.+?)[\s./'\u2019-]*(?:{_YEAR})?(?:\s*г(?:ода|\.)?)?", plain)
    if found is None:
        return None
    name = found[1].strip(" .")
    if name not in MONTHS and (in_english(name) or "").lower() not in MONTHS and not re.fullmatch(_QUARTER, name):
        return None
    return clean_line(text).strip(" .:")


def month_columns(headings: Sequence[str], among: Sequence[int] | None = None) -> dict[int, str]:
    """The columns with a month or a quarter over them -> it; empty where there are few."""
    columns = range(len(headings)) if among is None else among
    found = {
        column: month
        for column in columns
        if column < len(headings) and headings[column].strip() and (month := month_named(headings[column])) is not None
    }
    return found if len(found) >= _FEWEST else {}


def date_below_months(line: GridRow, months: Mapping[int, str]) -> str:
    """The date that a row tells below months: the last one that is marked, or the day or date that stands there.

    Several dates, of which people say which one is meant; empty where nothing stands.
    """
    dates, marked = [], ""
    for column, month in months.items():
        text = cell_text(line.cells[column]).strip() if column < len(line.cells) else ""
        if is_empty(text):
            continue
        day = text.strip(" .").removesuffix(".0")
        if day.isdigit() and 0 < int(day) <= _LAST_DAY:
            dates.append(f"{day} {month}")
        elif any(map(str.isdigit, text)):
            dates.append(text)
        else:
            marked = month
    return "; ".join(dates) or marked


def are_several_marked(line: GridRow, months: Mapping[int, str]) -> bool:
    """Whether a row has marks below several months."""
    cells = [cell_text(line.cells[column]).strip() for column in months if column < len(line.cells)]
    return sum(not is_empty(cell) and not any(map(str.isdigit, cell)) for cell in cells) > 1


def month_problems(columns: ColumnMapping, lines: Sequence[GridRow], titles: Mapping[int, str]) -> Iterator[Problem]:
    """The problem that months stand over columns or parts, and no column says until when; `lines` are the rows."""
    answers = columns.answers
    if "due" in columns.fields or "due" in answers.columns or "due" in answers.given or not lines:
        return
    used = columns.used
    months = month_columns(columns.headings, [at for at in range(len(columns.headings)) if at not in used])
    if months:
        marked = [line.number for line in lines if date_below_months(line, months)]
        named = ", ".join(map(columns.name, months))
        yield Problem(
            (marked or [lines[0].number])[0],
            tr("months stand over {columns}, and no column says until when (due)", columns=named)
            if marked
            else tr(
                "months stand over {columns}, and nothing is written below them: colours are not read, so write until "
                "when each promise runs into one column",
                columns=named,
            ),
            code="import.months-over-columns",
            field="due",
            values={"columns": ",".join(map(columns.typed, months)), "is_marked": bool(marked)},
            rows=marked or [line.number for line in lines],
        )
    first = min((number for number, title in titles.items() if month_named(title) is not None), default=None)
    below = [line.number for line in lines if first is not None and line.number > first]
    if below:
        yield Problem(
            below[0],
            tr("the titles of the parts are months, and no column says until when (due)"),
            code="import.months-in-titles",
            field="due",
            rows=below,
        )
