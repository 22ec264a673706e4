"""Dates of one list in two orders, `12/31/2026` and `31/12/2026`: they are refused, or asked about one by one.

Whether the day or the month stands first in one date is told by `day_or_month_first`.
"""

from __future__ import annotations

from store.imports.answers.parse_answers import ORDERS, word_key
from store.imports.dates.day_or_month_first import is_ambiguous, order_of
from store.imports.grid.grid import Problem
from store.imports.grid.row_nouns import row_named
from store.imports.headings.heading_synonyms import DATE_FIELDS
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.imports.columns.column_mapping import ColumnMapping
    from store.imports.dates.date_in_cell import DateReader


def order_problems(columns: ColumnMapping, dates: DateReader) -> Iterator[Problem]:
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
            '"{few}" is written {order}, "{many}" in {row} {other}: a list that mixes both is not read, '
            "so write the days of the column in one order, or as 2027-12-31",
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
    """The problem of ambiguous dates in a column that has others surely in another order than the given one."""
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
