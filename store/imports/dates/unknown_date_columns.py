"""Columns of dates that must be asked about: none of them says until when, or one stands beside it."""

from __future__ import annotations

from itertools import islice
from re import compile as compile_pattern

from store.imports.dates.date_in_cell import due_date
from store.imports.dates.day_or_month_first import is_ambiguous, order_of_short_year
from store.imports.grid.grid import Problem, cell_text
from store.imports.grid.invalid_cell import AdjustedValue, InvalidCell
from store.imports.headings.heading_synonyms import DAYS_OF_VISITS, DUE_OR_DONE, are_ours, is_stamp, normal
from store.rules.due_dates_and_extensions import DueDate
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from store.imports.columns.column_mapping import ColumnMapping
    from store.imports.dates.date_in_cell import DateReader
    from store.imports.grid.grid import Cell, GridRow

_BETWEEN_DAYS = compile_pattern(r"\s*[\u2013\u2014]\s*|\s+-\s+")
"""What stands between the first and the last day of a period."""

_SAMPLE_SIZE = 200
"""Cells of a column, that are not empty, by which it is told what stands in it."""


def date_problems(columns: ColumnMapping, dates: DateReader) -> Iterator[Problem]:
    """A problem for each column of dates that nobody said the meaning of."""
    answers = columns.answers
    fields = columns.fields
    if "due" in answers.given or ("due" in answers.columns and "due" not in fields):
        return
    if "due" in fields and are_ours(columns.headings):
        return
    used = columns.used
    for column, heading in enumerate(columns.headings):
        if column in used or not heading.strip() or is_stamp(heading) or normal(heading) in DAYS_OF_VISITS:
            continue
        rows = _rows_with_dates(column, columns.lines, dates)
        if not rows:
            continue
        if "due" in fields:
            if _says_otherwise(fields["due"], column, columns, dates):
                yield _beside(fields["due"], column, columns, rows)
            continue
        can_be_done = normal(heading) in DUE_OR_DONE
        yield Problem(
            rows[0],
            tr("it can be until when, or on which day it was done, and no column says until when (due)")
            if can_be_done
            else tr("it holds dates, and no column says until when (due)"),
            column,
            code="import.dates-unknown",
            field="due",
            values={"column": columns.typed(column), "is_day_done": can_be_done},
            rows=rows,
        )


def _says_otherwise(due: int, column: int, columns: ColumnMapping, dates: DateReader) -> bool:
    """Whether mostly days stand in a column beside that of the deadlines, and not the same ones in other words."""
    filled = (line for line in columns.lines if column < len(line.cells) and cell_text(line.cells[column]).strip())
    lines = list(islice(filled, _SAMPLE_SIZE))
    days = [_day(line.cells[column], dates) for line in lines]
    if 2 * sum(day is not None for day in days) < len(days):
        return False
    return any(
        day is not None and (due >= len(line.cells) or _day(line.cells[due], dates) != day)
        for line, day in zip(lines, days, strict=True)
    )


def _day(cell: Cell, dates: DateReader) -> str | None:
    """What a cell says in the place of a date: its day, or itself where it can be read in two ways; else None."""
    text = cell_text(cell).strip()
    if is_ambiguous(text) or order_of_short_year(text) is not None:
        return text
    try:
        found = due_date(cell, dates)
    except InvalidCell:
        return None
    found = found.value if isinstance(found, AdjustedValue) else found
    return found.day if isinstance(found, DueDate) else None


def _beside(due: int, column: int, columns: ColumnMapping, rows: list[int]) -> Problem:
    """The problem of a column of dates beside the one that says until when: deadlines are moved."""
    return Problem(
        rows[0],
        tr("it holds dates, and {name} says until when: was the deadline moved?", name=columns.name(due)),
        column,
        code="import.dates-beside",
        field="due",
        values={
            "column": columns.typed(column),
            # A deadline is moved from left to right.
            "both": ",".join(map(columns.typed, sorted((due, column)))),
            "can_be_done": "reported-on" not in columns.fields,
        },
        rows=rows,
    )


def _rows_with_dates(column: int, lines: Sequence[GridRow], dates: DateReader) -> list[int]:
    """The numbers of the rows that have a date in a column; none where less than half of its first cells are dates."""
    cells = ((line.number, line.cells[column]) for line in lines if column < len(line.cells))
    filled = ((number, cell) for number, cell in cells if cell_text(cell).strip())
    some = list(islice(filled, _SAMPLE_SIZE))
    if not some or 2 * sum(_is_date(cell, dates) for _, cell in some) < len(some):
        return []
    return [number for number, cell in (*some, *filled) if _is_date(cell, dates)]


def _is_date(cell: Cell, dates: DateReader) -> bool:
    """Whether a cell is a date, or one that can be read in two ways; a number is none."""
    if isinstance(cell, int | float):
        return False
    text = cell_text(cell).strip()
    if isinstance(cell, str) and (text.isdigit() or not any(map(str.isdigit, text))):
        return False
    if is_ambiguous(text):
        return True
    try:
        return due_date(cell, dates) is not None
    except InvalidCell as error:
        # A date without its year has readings, one with two figures of it an order; of a period each end is looked at.
        ends = _BETWEEN_DAYS.split(text)
        is_short = "order" in error.values
        return (
            is_short
            or bool(error.values.get("readings"))
            or (len(ends) > 1 and all(_is_date(end, dates) for end in ends))
        )
