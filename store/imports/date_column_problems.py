"""Columns of dates that must be asked about: none of them says until when, or they are written in two orders.

Whether the day or the month stands first in one date is told by `day_or_month_first`.
"""

from __future__ import annotations

from re import compile as compile_pattern

from store.imports.cell_dates import due_date
from store.imports.cell_errors import InvalidCell
from store.imports.day_or_month_first import is_ambiguous, order_of
from store.imports.grid import Problem, cell_text
from store.imports.heading_synonyms import DATE_FIELDS, DUE_OR_DONE, is_stamp, normal
from store.imports.parse_answers import ORDERS
from store.imports.row_words import row_named
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from store.imports.cell_dates import DateReader
    from store.imports.column_mapping import ColumnMapping
    from store.imports.grid import Cell, GridRow

_BETWEEN_DAYS = compile_pattern(r"\s*[\u2013\u2014]\s*|\s+-\s+")
"""What stands between the first and the last day of a period."""

_LOOKED_AT = 200
"""Cells of a column, that are not empty, by which it is told what stands in it."""


def date_problems(columns: ColumnMapping, dates: DateReader) -> list[Problem]:
    """A problem for each column of dates that nobody said the meaning of, and for dates in two orders."""
    return [*_unknown_columns(columns, dates), *_two_orders(columns, dates)]


def _unknown_columns(columns: ColumnMapping, dates: DateReader) -> Iterator[Problem]:
    answers = columns.answers
    fields = columns.fields
    if "due" in fields or "due" in answers.columns or "due" in answers.given:
        return
    used = columns.used
    for column, heading in enumerate(columns.headings):
        if column in used or not heading.strip() or is_stamp(heading):
            continue
        rows = _rows_with_dates(column, columns.lines, dates)
        if not rows:
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


def _rows_with_dates(column: int, lines: Sequence[GridRow], dates: DateReader) -> list[int]:
    """The numbers of the rows that have a date in a column; none where less than half of its first cells are dates."""
    filled = [(line.number, line.cells[column]) for line in lines if column < len(line.cells)]
    filled = [(number, cell) for number, cell in filled if cell_text(cell).strip()]
    some = filled[:_LOOKED_AT]
    if not some or 2 * sum(_is_date(cell, dates) for _, cell in some) < len(some):
        return []
    return [number for number, cell in filled if _is_date(cell, dates)]


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
        # A date without its year has readings; of a period each end is looked at.
        ends = _BETWEEN_DAYS.split(text)
        return bool(error.values.get("readings")) or (len(ends) > 1 and all(_is_date(end, dates) for end in ends))


def _two_orders(columns: ColumnMapping, dates: DateReader) -> Iterator[Problem]:
    """The problem that some dates of the list are certainly day first, and others month first."""
    if dates.order is not None:
        return
    places = [column for field, column in columns.fields.items() if field in DATE_FIELDS]
    first: dict[str, tuple[int, int]] = {}
    for column in places:
        for line in columns.lines:
            cell = line.cells[column] if column < len(line.cells) else ""
            if isinstance(cell, str):
                first.setdefault(cell, (line.number, column))
    found: dict[str, list[str]] = {order: [] for order in ORDERS}
    for text in first:
        if (order := order_of(text.strip())) is not None:
            found[order].append(text)
    few, many = sorted(found.values(), key=len)
    if not few:
        return
    (number, column), (other, _) = first[few[0]], first[many[0]]
    yield Problem(
        number,
        tr(
            '"{few}" is written {order}, "{many}" in {row} {other}: a list that mixes both is not read',
            few=few[0].strip(),
            order=_order(few[0]),
            many=many[0].strip(),
            row=row_named(columns.grid.noun, other),
            other=_order(many[0]),
        ),
        column,
        code="import.dates-mixed",
        field="due",
        rows=[first[text][0] for text in few],
    )


def _order(text: str) -> str:
    order = order_of(text.strip())
    return tr(ORDERS[order]) if order else ""
