"""The most rows, columns, cells and characters that a list may have; its bytes: `store.foreign_files.limits`."""

from __future__ import annotations

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 50_000, 16_384, 4_000_000
"""The most of a list: rows with something in them, columns (those of a sheet in a workbook), cells with the empty ones.

So many new commitments take as much memory as reading may take.
"""

CELLS_OF_ROW = 8
"""Cells that each row counts for beside its own: an empty one takes memory as well."""

LONGEST_ROW = 1_000_000
"""The most characters of a row; in a workbook a cell can have 32,767."""
