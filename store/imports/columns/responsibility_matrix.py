"""A responsibility matrix: a column for each institution, with a mark where it takes part, and none of who promised."""

from __future__ import annotations

from store.fold_case_and_accents import fold
from store.imports.grid.grid import Problem, cell_text
from store.imports.headings.heading_synonyms import is_stamp
from store.sanitise_text import clean_line
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from store.imports.columns.column_mapping import ColumnMapping
    from store.imports.grid.grid import Cell, GridRow

_MARKS = frozenset(
    (
        *("x", "xx", "v", "+", "*", "•", "●", "✓", "✔", "☑", "s", "l", "r", "a", "c", "i", "p"),
        *("х", "да", "yes", "о", "с", "lead", "support"),
    )
)
"""What stands in a matrix, folded: a cross of Latin or Cyrillic, a tick, the letter of a role."""

_PLAIN_MARKS = frozenset(("x", "xx", "х", "+", "*", "•", "●", "✓", "✔", "☑", "v"))
_ROLES = frozenset("raciqs")
"""The letters of a RACI chart: who is responsible, accountable, consulted, informed; and what others add."""

_FEWEST = 2


def matrix_problems(columns: ColumnMapping, lines: Sequence[GridRow]) -> Iterator[Problem]:
    """The problem that institutions stand over columns of marks; `lines` are the rows."""
    fields = columns.fields
    names = [field for field in ("by", "to", "support") if field in fields]
    wrong = [
        column
        for field in names
        for column in (fields[field], *columns.more.get(field, ()))
        if (_are_marks(column, lines, _PLAIN_MARKS) and field not in columns.of_headings)
        or _are_marks(column, lines, _ROLES)
    ]
    used = columns.used
    others = []
    if not {"by", "to"} <= fields.keys():
        others = [
            column
            for column, heading in enumerate(columns.headings)
            if heading.strip() and column not in used and not is_stamp(heading) and _are_marks(column, lines, _MARKS)
        ]
        is_marked = any(_are_marks(column, lines, _PLAIN_MARKS, some=True) for column in others)
        if not is_marked and not _are_roles(others, lines):
            others = []
    places = sorted({*wrong, *others})
    if not wrong and len(places) < _FEWEST:
        return
    rows = [line.number for line in lines if any(_text(line, column) for column in places)]
    yield Problem(
        rows[0],
        tr(
            "marks stand below {columns}, as in a matrix of institutions: write who promised it, and to whom, into "
            "columns of their own",
            columns=", ".join(map(columns.name, places)),
        ),
        code="import.matrix",
        field="columns",
        values={
            "columns": ",".join(map(columns.typed, places)),
            "is_of_marks": not wrong and all(_are_marks(column, lines, _PLAIN_MARKS) for column in places),
        },
        rows=rows,
    )


def is_mark(cell: Cell) -> bool:
    """Whether a cross or a tick stands in a cell, and nothing else."""
    return fold(clean_line(cell_text(cell))) in _PLAIN_MARKS


def _are_marks(column: int, lines: Sequence[GridRow], marks: frozenset[str], *, some: bool = False) -> bool:
    """Whether marks stand in a column, and nothing else; with `some`, whether one does."""
    is_there = False
    for line in lines:
        text = _text(line, column)
        if text and marks.issuperset(_letters(text)):
            if some:
                return True
            is_there = True
        elif text and not some:
            return False
    return is_there


def _text(line: GridRow, column: int) -> str:
    cell = line.cells[column] if column < len(line.cells) else ""
    return fold(clean_line(cell_text(cell))) if cell != "" else ""


def _letters(text: str) -> Iterable[str]:
    """The marks in a cell: both of `R/A`."""
    return text.replace(",", "/").replace(" ", "").split("/") if "/" in text or "," in text else (text,)


def _are_roles(places: Sequence[int], lines: Sequence[GridRow]) -> bool:
    """Whether the letters in several columns are those of a RACI chart, and one of them says who is responsible."""
    found = {letter for column in places for line in lines for letter in _letters(_text(line, column))} - {""}
    return len(places) >= _FEWEST and "r" in found and found <= _ROLES
