"""Guard texts that a spreadsheet would run as formulas, and remove the guard again.

A spreadsheet runs a cell that begins with one of a few characters (OWASP, "CSV Injection"). With another
separator a cell is split at semicolons and line breaks, so each piece is guarded.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

GUARD = "'"
_STARTS = tuple("=+-@\t\r＝＋－＠")
_BEFORE = " \u00a0\u2007\u202f\u3000\u200c\u200d\"'"
"""Characters that spreadsheets, and programs on the way, strip before they look for a formula."""


def would_run(piece: str) -> bool:
    """Whether a spreadsheet may run a piece of text as a formula; also true of a guarded one."""
    return piece.lstrip(_BEFORE).startswith(_STARTS)


def guarded(text: str) -> str:
    """Put a `'` before each piece that would run."""
    return _each_piece(text, lambda piece: GUARD + piece if would_run(piece) else piece)


def unguarded(text: str) -> str:
    """Undo `guarded`."""
    return _each_piece(text, lambda piece: piece[1:] if piece.startswith(GUARD) and would_run(piece) else piece)


def _each_piece(text: str, change: Callable[[str], str]) -> str:
    return "\n".join(";".join(map(change, line.split(";"))) for line in text.split("\n"))
