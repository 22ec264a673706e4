"""The known word that was probably meant by a mistyped one.

What is proposed for a whole command line that is refused stands in `tui.cli.refused_lines`.
"""

from __future__ import annotations

from store.fold_case_and_accents import fold
from store.sanitise_text import visible
from store.translation import tr


def nearest(typed: str, known: list[str] | tuple[str, ...], likeness: float = 0.6) -> str | None:
    """The known word nearest to the typed one, with at least this `likeness` (0 to 1); None without one."""
    from difflib import get_close_matches

    folded = {fold(word): word for word in known}
    close = get_close_matches(fold(typed), list(folded), n=1, cutoff=likeness)
    return folded[close[0]] if close else None


def did_you_mean(typed: str, known: list[str] | tuple[str, ...]) -> str:
    """The end of an error sentence: `; did you mean "INTERPOL"?`, or nothing."""
    close = nearest(typed, known)
    return tr('; did you mean "{near}"?', near=visible(close)) if close else ""
