"""What the rows of a list say of the visit that is made of them: its place and its first day, in their columns."""

from __future__ import annotations

from store.imports.grid.empty_cells import is_empty
from store.imports.grid.grid import cell_text
from store.imports.headings.heading_synonyms import DAYS_OF_VISITS, PLACES_OF_VISITS, normal
from store.rules.visit_slugs import is_slug
from store.sanitise_text import clean_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from store.imports.columns.column_mapping import ColumnMapping
    from store.imports.rows.parse_rows import ImportRow


def details_in_rows(name: str, rows: Sequence[ImportRow], columns: ColumnMapping) -> dict[str, str]:
    """What is known of a visit of this name, by the kinds of answers on one: its title, its place, its first day."""
    found = {
        "title": name if not is_slug(name) else None,
        "place": _said_in_rows(PLACES_OF_VISITS, rows, columns),
        "from": _said_in_rows(DAYS_OF_VISITS, rows, columns),
    }
    return {kind: text for kind, text in found.items() if text}


def _said_in_rows(headings: Collection[str], rows: Sequence[ImportRow], columns: ColumnMapping) -> str | None:
    """What the rows say below these headings; None where they say nothing, or each another thing."""
    for column, heading in enumerate(columns.headings):
        if normal(heading) not in headings:
            continue
        cells = (row.line.cells[column] for row in rows if column < len(row.line.cells))
        said = {clean_line(cell_text(cell)) for cell in cells if not is_empty(cell)}
        if len(said) == 1:
            return said.pop()
    return None
