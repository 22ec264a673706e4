"""Columns of dates that must be asked about: none of them says until when, or they are written in two orders.

Whether the day or the month stands first in one date is told by `day_or_month_first`.
"""

from __future__ import annotations

from itertools import islice
from re import compile as compile_pattern

from store.imports.answers.parse_answers import ORDERS, word_key
from store.imports.dates.cell_dates import due_date
from store.imports.dates.day_or_month_first import is_ambiguous, order_of, order_of_short_year
from store.imports.grid.grid import Problem, cell_text
from store.imports.grid.invalid_cell import InvalidCell, Told
from store.imports.grid.row_nouns import row_named
from store.imports.headings.heading_synonyms import DATE_FIELDS, DUE_OR_DONE, are_ours, field_of, is_stamp, normal
from store.rules.due_dates_and_extensions import DueDate
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from store.imports.columns.column_mapping import ColumnMapping
    from store.imports.dates.cell_dates import DateReader
    from store.imports.grid.grid import Cell, GridRow

_BETWEEN_DAYS = compile_pattern(r"\s*[\u2013\u2014]\s*|\s+-\s+")
"""What stands between the first and the last day of a period."""

_OF_MOVED = (
    *("extend", "extension", "revis", "postpon", "reschedul", "prolong", "deadline", "due", "срок", "продл", "перенос"),
    *("перенес", "echeance", "reporte", "prorog", "plazo", "prorrog", "aplaza"),
)
"""How words of headings begin that tell of a deadline that was moved."""

_LOOKED_AT = 200
"""Cells of a column, that are not empty, by which it is told what stands in it."""


def date_problems(columns: ColumnMapping, dates: DateReader) -> list[Problem]:
    """A problem for each column of dates that nobody said the meaning of, and for dates in two orders."""
    return [*_unknown_columns(columns, dates), *_two_orders(columns, dates)]


def _unknown_columns(columns: ColumnMapping, dates: DateReader) -> Iterator[Problem]:
    answers = columns.answers
    fields = columns.fields
    if "due" in answers.given or ("due" in answers.columns and "due" not in fields):
        return
    if "due" in fields and are_ours(columns.headings):
        return
    is_answered = "due" in answers.columns and "due" not in columns.more
    used = columns.used
    for column, heading in enumerate(columns.headings):
        if column in used or not heading.strip() or is_stamp(heading):
            continue
        is_deadline = field_of(heading) == "due" or any(word.startswith(_OF_MOVED) for word in normal(heading).split())
        if is_answered and not is_deadline:
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
    lines = list(islice(filled, _LOOKED_AT))
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
    found = found.value if isinstance(found, Told) else found
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
    some = list(islice(filled, _LOOKED_AT))
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


def _two_orders(columns: ColumnMapping, dates: DateReader) -> Iterator[Problem]:
    """The problem that some dates of the list are certainly day first, and others month first."""
    if dates.order is not None:
        yield from _against_order(columns, dates.order)
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


def _against_order(columns: ColumnMapping, order: str) -> Iterator[Problem]:
    """The problem of dates that could be two, in a column that has others surely in the other order than was told."""
    for field, column in columns.fields.items():
        if field not in DATE_FIELDS:
            continue
        meant = columns.answers.meanings_of(field)
        rows: dict[str, list[int]] = {}
        for line in columns.lines:
            cell = line.cells[column] if column < len(line.cells) else ""
            if isinstance(cell, str) and cell:
                rows.setdefault(cell, []).append(line.number)
        surely = next((text for text in rows if order_of(text.strip()) not in (None, order)), None)
        if surely is None:
            continue
        for text, numbers in rows.items():
            if is_ambiguous(text.strip()) and word_key(text) not in meant:
                yield Problem(
                    numbers[0],
                    tr(
                        '"{text}" stands in a column with "{other}", which is written {order}: write the day',
                        text=text.strip(),
                        other=surely.strip(),
                        order=_order(surely),
                    ),
                    column,
                    code="import.date-in-other-order",
                    field=field,
                    values={"word": text.strip()},
                    rows=numbers,
                )


def _order(text: str) -> str:
    order = order_of(text.strip())
    return tr(ORDERS[order]) if order else ""
