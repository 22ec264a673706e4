"""Columns without a heading between others: what stands there is asked about, unless it numbers the rows."""

from __future__ import annotations

from itertools import pairwise

from store.imports.grid.empty_cells import is_empty
from store.imports.grid.grid import Problem, cell_text
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from store.imports.columns.column_mapping import ColumnMapping
    from store.imports.grid.grid import GridRow


def unheaded_problems(columns: ColumnMapping, lines: Sequence[GridRow]) -> Iterator[Problem]:
    """A problem for each column in which rows have something, and nothing stands above; `lines` are the rows."""
    if columns.grid.headings is not None:
        return
    last = max((column for column, heading in enumerate(columns.headings) if heading.strip()), default=0)
    used = columns.used
    for column in range(last):
        if columns.headings[column].strip() or column in used:
            continue
        filled = [line for line in lines if column < len(line.cells) and not is_empty(line.cells[column])]
        if not filled or _count_up([cell_text(line.cells[column]) for line in filled]):
            continue
        yield Problem(
            filled[0].number,
            tr("words stand in it, and no heading says what they are"),
            column,
            code="import.column-unheaded",
            field="columns",
            values={"column": columns.typed(column), "as_note": columns.with_notes(column)},
            rows=[line.number for line in filled],
        )


def _count_up(texts: Sequence[str]) -> bool:
    """Whether the texts are numbers of which each is greater than the one before."""
    numbers = [int(text) if (text := each.strip(" .)")).isascii() and text.isdigit() else -1 for each in texts]
    return numbers[0] >= 0 and all(one < other for one, other in pairwise(numbers))
