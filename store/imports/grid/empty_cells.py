"""Whether a cell counts as empty: nothing stands in it, or a placeholder for nothing such as `n/a`."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.imports.grid.grid import Cell

_EMPTY = frozenset(
    ("", "-", "--", "---", "\u2013", "\u2014", "n/a", "na", "н/д", "нет данных", "?", "...", "null", "[]", "{}")
)
"""Texts that count as an empty cell."""

_LONGEST_EMPTY = 12


def is_empty(cell: Cell) -> bool:
    """Whether a cell is empty, or holds a placeholder such as `n/a`."""
    return cell == "" or (isinstance(cell, str) and len(cell) <= _LONGEST_EMPTY and cell.strip().casefold() in _EMPTY)
