"""Headings between the rows of a list: those of the same columns in another order, or of a list of its own."""

from __future__ import annotations

from store.imports.grid.empty_cells import is_empty
from store.imports.grid.grid import GridRow, cell_text
from store.imports.headings.heading_synonyms import meanings, normal
from store.imports.headings.one_or_two_heading_rows import are_headings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.imports.columns.column_mapping import ColumnMapping
    from store.imports.grid.grid import Cell


def order_of_headings(line: GridRow, columns: ColumnMapping) -> dict[int, int] | None:
    """Column below these headings -> that of the list, where both have the same columns; else None."""
    cells = [cell_text(cell) for cell in line.cells]
    of_list = {normal(heading): place for place, heading in enumerate(columns.headings) if heading.strip()}
    order: dict[int, int] = {}
    for place, (cell, field) in enumerate(zip(cells, meanings(cells), strict=True)):
        if not cell.strip():
            continue
        target = of_list.get(normal(cell))
        if target is None and field is not None:
            target = columns.fields.get(field)
        if target is None or target in order.values():
            return None
        order[place] = target
    return order if set(columns.fields.values()) <= set(order.values()) else None


def in_order(line: GridRow, order: Mapping[int, int]) -> GridRow:
    """A line with its cells in the order of the list; what stands below no heading goes behind the last one."""
    width = max(len(line.cells), *(place + 1 for place in order.values()))
    cells: list[Cell] = [""] * width
    behind: list[Cell] = []
    for place, cell in enumerate(line.cells):
        if place in order:
            cells[order[place]] = cell
        elif not is_empty(cell):
            behind.append(cell)
    return GridRow(line.number, [*cells, *behind])


def end_of_other_list(place: int, lines: Sequence[GridRow], columns: ColumnMapping) -> int:
    """The place behind the last row of the list whose headings stand at `place`.

    It ends at the next headings. Rows of a list between those of another, as subitems are, leave the column of the
    title empty: it ends at the first row that does not.
    """
    end = next((at for at in range(place + 1, len(lines)) if are_headings(lines[at])), len(lines))
    if end < len(lines):
        # The title of the next part stands above its headings.
        while end > place + 1 and _filled(lines[end - 1]) < _SEVERAL:
            end -= 1
    title = columns.fields.get("title")
    below = [at for at in range(place + 1, end) if _filled(lines[at])]
    if title is None or not below or _says(lines[below[0]], title) or not _says(lines[place], title):
        return end
    return next((at for at in below if _says(lines[at], title)), end)


_SEVERAL = 2


def _filled(line: GridRow) -> int:
    return sum(not is_empty(cell) for cell in line.cells)


def _says(line: GridRow, column: int) -> bool:
    return column < len(line.cells) and not is_empty(line.cells[column])
