"""Lines of a grid -> rows of values, and what in them cannot be understood."""

from __future__ import annotations

from store.errors import UsageError
from store.imports.cell_values import NoValue, is_empty, reader_of, refuse_broken
from store.imports.grid import Problem, shown
from store.imports.headings import FIELDS
from store.text import clean_line, fold, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from store.imports.column_mapping import Columns
    from store.imports.grid import Cell, GridRow

    Values = dict[str, Any]

_TOTALS = ("total", "totals", "subtotal", "grand total", "итого", "всего", "всего пунктов", "итого пунктов")
_INITIALS = frozenset(word[0] for word in _TOTALS)
_FEW = 3
"""Columns that are known, from which a line with a single cell is a heading between the rows."""


class _Column(dict["Cell", "object"]):
    """The cells of a column -> their values, each read when it is first met; None for one that says nothing."""

    def __init__(self, read: Callable[[Cell], object]) -> None:
        self._read = read

    def __missing__(self, cell: Cell) -> object:
        """Raises: NoValue."""
        if isinstance(cell, str) and cell[:1] == "#":
            refuse_broken(cell)
        value = self[cell] = None if is_empty(cell) else self._read(cell)
        return value


class ImportRow:
    """A row that was understood: number, `values` of its cells by field, `defaults` of all rows, line."""

    __slots__ = ("defaults", "line", "number", "values")

    def __init__(self, number: int, values: Values, defaults: Values, line: GridRow) -> None:
        self.number = number
        self.values = values
        self.defaults = defaults
        self.line = line

    def get(self, field: str) -> Any:
        """What a new commitment has of this row: its own value, else the default; None when there is neither."""
        value = self.values.get(field)
        return self.defaults.get(field) if value is None else value


class Understood:
    """The rows of a file, the problems of those that are none, and a sentence for each line that was left out."""

    __slots__ = ("columns", "empty", "left_out", "problems", "rows")

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.rows: list[ImportRow] = []
        self.problems: list[Problem] = list(columns.grid.problems)
        self.left_out: list[str] = []
        self.empty = 0


def understand_rows(columns: Columns, today: str) -> Understood:
    """The rows under the headings; `today` is the ISO day on which dates without a year are read.

    Raises: UsageError for a default that is no value of its field.
    """
    found = Understood(columns)
    defaults = _defaults(columns, today)
    readers = [(field, at, _Column(reader_of(field, today))) for field, at in columns.fields.items()]
    width = len(columns.headings)
    for line in columns.lines:
        values, problems = _values(line, readers)
        if len(line.cells) > width:
            problems += _beyond(line, columns)
        if problems or len(values) < _FEW or line.cells[columns.fields[next(iter(values))]] in columns.headings:
            if all(map(is_empty, line.cells)):
                found.empty += 1
                continue
            why = _no_row(line, columns)
            if why is not None:
                found.left_out.append(f"{columns.grid.noun} {line.number} is left out: {why}")
                continue
        if problems:
            found.problems += problems
        else:
            found.rows.append(ImportRow(line.number, values, defaults, line))
    return found


def _values(line: GridRow, readers: Sequence[tuple[str, int, _Column]]) -> tuple[Values, list[Problem]]:
    """The values of the cells that say something, and the problems of those that are none."""
    values: Values = {}
    problems: list[Problem] = []
    cells = line.cells
    width = len(cells)
    for field, at, column in readers:
        if at >= width:
            continue
        try:
            value = column[cells[at]]
        except NoValue as error:
            problems.append(Problem(line.number, str(error), at))
            continue
        if value is not None:
            values[field] = value
    return values, problems


def _beyond(line: GridRow, columns: Columns) -> list[Problem]:
    """The cells behind the last heading that say something: a cell too many moves the others into wrong columns."""
    taken = columns.fields.values()
    return [
        Problem(line.number, "a cell stands behind the last heading: is there a separator too many before it?", column)
        for column in range(len(columns.headings), len(line.cells))
        if column not in taken and not is_empty(line.cells[column])
    ]


def _defaults(columns: Columns, today: str) -> Values:
    values = {}
    for field, text in columns.defaults.items():
        try:
            values[field] = reader_of(field, today)(text)
        except NoValue as error:
            sentence = f"{field} of all rows: {error}"
            raise UsageError(
                sentence, code="import.default-no-value", field=field, values={"why": str(error)}
            ) from None
    return values


def _no_row(line: GridRow, columns: Columns) -> str | None:
    """Why a line that says something is no row: headings over again, a total, a title between the rows."""
    filled = [column for column, cell in enumerate(line.cells) if not is_empty(cell)]
    first = line.cells[filled[0]]
    if not isinstance(first, str) or columns.grid.headings is not None:
        return None
    if filled[0] < len(columns.headings) and first == columns.headings[filled[0]]:
        same = [shown(cell).strip() for cell in line.cells]
        if same == [heading.strip() for heading in columns.headings]:
            return "it repeats the headings"
    title = columns.fields.get("title")
    if first.lstrip()[:1].casefold() in _INITIALS and _is_total(first):
        others = [column for column in columns.fields.values() if column not in (filled[0], title)]
        if not any(column in others for column in filled[1:]):
            return f'it is a total ("{visible(clean_line(first))[:40]}")'
    if len(filled) == 1 and filled[0] not in (title, columns.fields.get("id")) and len(columns.fields) >= _FEW:
        return f'only "{visible(clean_line(first))[:60]}" stands in it'
    return None


def _is_total(text: str) -> bool:
    return fold(clean_line(text)).rstrip(" :0123456789") in _TOTALS


def is_lacking(columns: Columns, field: str) -> bool:
    """Whether no row can have this field: it has no column and no default."""
    return field not in columns.fields and field not in columns.defaults


def about(field: str) -> str:
    """`by (who promised it)`."""
    return f"{field} ({FIELDS[field]})"
