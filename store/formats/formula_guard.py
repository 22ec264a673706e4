"""Texts that a spreadsheet would run, kept from running: what guards them, and what takes the guard away again.

A spreadsheet runs a cell that begins with one of a few characters (OWASP, "CSV Injection"). One that is set to another
separator cuts a cell at a semicolon or a line break, so each piece counts as a cell.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

GUARD = "'"
_STARTS = tuple("=+-@\t\r＝＋－＠")
_BEFORE = " \u00a0\u2007\u202f\u3000\u200c\u200d\"'"
"""What spreadsheets, and the programs between, take away before they look."""


def would_run(piece: str) -> bool:
    """Whether a spreadsheet may take a piece of text for a formula; also of one that is guarded already."""
    return piece.lstrip(_BEFORE).startswith(_STARTS)


def guarded(text: str) -> str:
    """The text with a `'` before each piece that would run."""
    return _each_piece(text, lambda piece: GUARD + piece if would_run(piece) else piece)


def unguarded(text: str) -> str:
    """The text that was given to `guarded`."""
    return _each_piece(text, lambda piece: piece[1:] if piece.startswith(GUARD) and would_run(piece) else piece)


def _each_piece(text: str, change: Callable[[str], str]) -> str:
    return "\n".join(";".join(map(change, line.split(";"))) for line in text.split("\n"))
