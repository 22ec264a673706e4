"""A grid as messages of plain data: what the limited process sends, and what is taken of it.

Who takes them trusts nothing: each value must be of its type, and there are only so many rows, cells and characters.
A message is `["head", {...}]`, `["problems", [[row, why, column], ...]]`, `["comments", [[row, column, text], ...]]` or
`["rows", number of the first, [[cell, ...], ..]]`.
Of a whole store it is `["store"]`, and then come its bytes. A cell is a text, a number, or an object for other kinds.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from store.foreign_files.refusals import no_answer, too_large
from store.imports.files.read_json import WholeStore
from store.imports.grid.grid import DATE_SYSTEMS, Grid, GridRow, Notice, Problem, UncomputedFormula
from store.imports.grid.list_size_limits import CELLS_OF_ROW, LONGEST_ROW, MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

    from store.imports.grid.grid import Cell

_PLAIN = frozenset((str, int, float))
_TEXT = frozenset((str,))

_BATCH = 64_000
"""Characters and cells after which the rows so far are sent."""

_PIECE = 1 << 20

_DAYS = 4096
"""Days that are kept: many rows of a list have the same."""

_NOUNS = ("row", "item", "to-do", "event")
_FIELDS = (None, "sheet", "options")

CODES = {
    "import.delimiter-unknown": ("rule",),
    "import.encoding-unknown": (),
    "import.encodings-alike": (),
    "import.file-empty": (),
    "import.file-too-large": (),
    "import.json-broken": (),
    "import.list-unknown": (),
    "import.json-no-list": (),
    "import.json-no-value": (),
    "import.json-too-deep": (),
    "import.no-encoding": (),
    "import.no-list": (),
    "import.no-to-dos": (),
    "import.no-workbook": (),
    "import.not-in-encoding": ("likely",),
    "import.of-another-format": ("rule",),
    "import.row-not-readable": (),
    "import.sheet-all-hidden": (),
    "import.sheet-empty": (),
    "import.sheet-too-wide": (),
    "import.sheet-unknown": (),
    "foreign.too-large": (),
    "library.missing": ("what",),
    "setting.timezone-unknown": (),
}
"""Code of a refusal that reading ends in -> the names of its values."""


class _Size:
    """The rows and cells so far, and how many there may be."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._rows = self._cells = 0

    def add(self, number: int, cells: Sequence[object]) -> int:
        """Count a row. Returns the characters of its texts. Raises: NotAllowed for a row too many or too long."""
        self._rows += any(cells)
        self._cells += CELLS_OF_ROW + len(cells)
        if len(cells) > MOST_COLUMNS:
            raise too_large(
                self._name,
                tr("has more than {most_columns:,} cells in row {number}", most_columns=MOST_COLUMNS, number=number),
            )
        if self._rows > MOST_ROWS:
            raise too_large(self._name, tr("has more than {most_rows:,} rows", most_rows=MOST_ROWS))
        if self._cells > MOST_CELLS:
            raise too_large(self._name, tr("has more than {most_cells:,} cells", most_cells=MOST_CELLS))
        texts: Sequence[Any] = cells
        if not _TEXT.issuperset(map(type, cells)):
            texts = [cell for cell in cells if type(cell) is str]
        length = sum(map(len, texts))
        if length > LONGEST_ROW:
            raise too_large(
                self._name,
                tr("has more than {longest_row:,} characters in row {number}", longest_row=LONGEST_ROW, number=number),
            )
        return length


# In the limited process.


def messages_of(found: Grid | WholeStore, rows: Iterable[GridRow], name: str) -> Iterator[object]:
    """The messages of what was read of a file; the rows are taken one after the other.

    Raises: NotAllowed for more than a list can hold.
    """
    if isinstance(found, WholeStore):
        yield ["store"]
        for start in range(0, len(found.raw), _PIECE):
            yield found.raw[start : start + _PIECE]
        return
    yield [
        "head",
        {
            "headings": found.headings,
            "noun": found.noun,
            "notices": [[each.sentence, each.code, each.field] for each in found.notices],
            "sheet": found.sheet,
            "sheets": list(found.sheets),
            "may_be_guarded": found.may_be_guarded,
            "date_system": found.date_system,
            "set_apart": [[row, is_wide] for row, is_wide in found.set_apart.items()],
            "colours": [[row, colour] for row, colour in found.colours.items()],
        },
    ]
    for start in range(0, len(found.problems), 1000):
        some = found.problems[start : start + 1000]
        yield ["problems", [[each.row, each.why, each.column, each.code] for each in some]]
    for start in range(0, len(found.comments), 1000):
        yield ["comments", [list(comment) for comment in found.comments[start : start + 1000]]]
    size = _Size(name)
    batch: list[Sequence[object]] = []
    first, weight = 0, 0
    for line in rows:
        cells: Sequence[object] = line.cells
        if not _PLAIN.issuperset(map(type, cells)):
            cells = [cell if type(cell) in _PLAIN else _packed(cell) for cell in cells]
        length = size.add(line.number, cells)
        if weight > _BATCH or line.number != first + len(batch):
            if batch:
                yield ["rows", first, batch]
            batch, first, weight = [], line.number, 0
        batch.append(cells)
        weight += length + len(cells)
    if batch:
        yield ["rows", first, batch]


@lru_cache(maxsize=_DAYS)
def _packed_day(day: date) -> object:
    return {"day": day.isoformat()}


def _packed(cell: object) -> object:
    """A cell of another kind than text and number, as an object with one key."""
    if isinstance(cell, date):
        return _packed_day(cell)
    return {"formula": str(cell)} if isinstance(cell, UncomputedFormula) else str(cell)


# Where it is asked for.


def grid_of(messages: Iterable[object], name: str, count: Callable[[int], None]) -> Grid | WholeStore:
    """The grid, or the whole store, that messages tell; `count` gets the number of rows so far.

    Raises: NotAllowed for messages that tell something else, or more than a list can hold.
    """
    try:
        return _grid_of(iter(messages), name, count)
    except (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError):
        raise no_answer(name) from None


def _grid_of(messages: Iterator[Any], name: str, count: Callable[[int], None]) -> Grid | WholeStore:
    first: Any = next(messages, None)
    if first == ["store"]:
        return WholeStore(name, b"".join(messages))
    kind, head = first
    if kind != "head":
        raise ValueError(kind)
    headings = head["headings"]
    if headings is not None:
        headings = _texts(headings, MOST_COLUMNS)
    notices = [
        Notice(_text(sentence), code=_text(code), field=_one_of(field, _FIELDS))
        for sentence, code, field in head["notices"][:MOST_ROWS]
        if code in ("", "import.other-sheets", "import.events-left-out")
    ]
    grid = Grid(
        name,
        [],
        headings=headings,
        noun=_one_of(head["noun"], _NOUNS),
        notices=notices,
        sheet=_text(head["sheet"]),
        sheets=_texts(head["sheets"], MOST_ROWS),
        may_be_guarded=head["may_be_guarded"] is True,
        date_system=_one_of(head["date_system"], (None, *DATE_SYSTEMS)),
    )
    grid.set_apart = {_number(row): is_wide is True for row, is_wide in head["set_apart"][:MOST_ROWS]}
    grid.colours = {_number(row): _number(colour) for row, colour in head["colours"][:MOST_ROWS]}
    size = _Size(name)
    for message in messages:
        if message[0] == "problems":
            for row, why, column, code in message[1]:
                size.add(row, ())
                at = None if column is None else _number(column)
                known = _one_of(code, ("", "import.struck-through"))
                grid.problems.append(Problem(_number(row), _text(why), at, code=known, values={"row": row}))
            continue
        if message[0] == "comments":
            for row, column, text in message[1]:
                size.add(row, (_text(text),))
                grid.comments.append((_number(row), _number(column), text))
            continue
        kind, number, rows = message
        if kind != "rows":
            raise ValueError(kind)
        for place, cells in enumerate(rows, _number(number)):
            if type(cells) is not list:
                raise TypeError(cells)
            size.add(place, cells)
            if not _PLAIN.issuperset(map(type, cells)):
                cells = [cell if type(cell) in _PLAIN else _unpacked(cell) for cell in cells]
            grid.lines.append(GridRow(place, cells))
        count(len(grid.lines))
    return grid


def _unpacked(packed: Any) -> Cell:
    ((kind, value),) = packed.items()
    if kind == "day":
        return _day(_text(value))
    if kind == "formula":
        return UncomputedFormula(_text(value))
    raise ValueError(kind)


_day = lru_cache(maxsize=_DAYS)(date.fromisoformat)


def _text(value: object) -> str:
    if type(value) is not str:
        raise TypeError(value)
    return value


def _texts(values: object, most: int) -> list[str]:
    if type(values) is not list or len(values) > most:
        raise TypeError(values)
    return [_text(value) for value in values]


def _number(value: object) -> int:
    if type(value) is not int:
        raise TypeError(value)
    return value


def _one_of(value: object, known: tuple[Any, ...]) -> Any:
    if value not in known:
        raise ValueError(value)
    return value
