"""Percentages in the place of a state: how far a promise is; `100%` is all of it."""

from __future__ import annotations

from store.imports.grid.grid import cell_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.imports.grid.grid import Cell, GridRow

_PERCENT = 100


def is_percentage(cell: Cell, text: str) -> bool:
    """Whether a cell tells a share: `60%`, `60`, or 0.6 as a spreadsheet keeps it."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return 0 <= cell <= _PERCENT
    digits = text.strip().removesuffix("%").strip().replace(",", ".")
    try:
        return digits[:1].isdigit() and 0 <= float(digits) <= _PERCENT
    except ValueError:
        return False


def is_whole(cell: Cell, text: str) -> bool:
    """Whether a cell tells that all is done: `100%`, `100`, or 1 as a spreadsheet keeps it."""
    if isinstance(cell, int | float):
        return cell in (1, _PERCENT)
    return text.replace(",", ".").strip(" %") in ("100", "100.0", "100.00") or text.strip() in ("1", "1.0", "1,0")


def is_all(text: str) -> bool:
    """Whether a share is the whole: `100%`, `100`, `1`."""
    return text.replace(",", ".").strip("% ") in ("100", "100.0", "100.00", "1", "1.0")


def holds_shares(column: int, heading: str, lines: Sequence[GridRow]) -> bool:
    """Whether only figures stand in a column, beside its heading: `60%`, `0.6`."""
    cells = {cell_text(line.cells[column]).strip() for line in lines if column < len(line.cells)}
    cells -= {"", heading.strip()}
    return bool(cells) and not any(cell.strip("0123456789.,% ") for cell in cells)
