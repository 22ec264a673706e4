"""The colour of each meaning, for a dark, a light and an unknown background.

Colours help and never carry: each meaning has a word and a sign as well. The ground is the terminal's own; where nobody
says what it is, the colours hold on both. tests/tui/render/test_colours.py measures every pair of them.
"""

from __future__ import annotations

from store.model.vocabulary_and_signs import Ground

COLOURS_OF_256 = {
    Ground.DARK: {"overdue": 166, "today": 214, "week": 75, "no-date": 175, "unconfirmed": 36},
    Ground.LIGHT: {"overdue": 124, "today": 130, "week": 25, "no-date": 132, "unconfirmed": 29},
    Ground.UNKNOWN: {"overdue": 160, "today": 136, "week": 32, "no-date": 132, "unconfirmed": 29},
}
"""Ground -> style name -> colour of the usual palette of 256."""

COLOURS_OF_16 = {
    Ground.DARK: {"overdue": 1, "today": 3, "week": 6, "no-date": 5, "unconfirmed": 2},
    Ground.LIGHT: {"overdue": 1, "week": 12, "no-date": 5},
    Ground.UNKNOWN: {"overdue": 1, "week": 12, "no-date": 5},
}
"""The same of 16 colours. Yellow, cyan and green vanish on white: none of them where it may be white. Bright blue is
read on both; `_BOLD` helps today, and what is to be confirmed is plain."""

_BOLD = {
    Ground.DARK: frozenset({"overdue"}),
    Ground.LIGHT: frozenset({"overdue", "today"}),
    Ground.UNKNOWN: frozenset({"overdue", "today"}),
}
"""Ground -> the meanings that are bold in 16 colours; with more, or with none, it is `overdue` alone."""

MEANINGS = tuple(COLOURS_OF_256[Ground.UNKNOWN])
"""The style names that have a colour."""


def colour_of(name: str, colours: int, ground: str) -> int | None:
    """The number of the colour of a meaning on a terminal with this many colours; None where it has none."""
    if not colours:
        return None
    return (COLOURS_OF_256 if colours >= 256 else COLOURS_OF_16)[ground].get(name)


def is_bold(name: str, colours: int, ground: str) -> bool:
    """Whether a meaning is bold on a terminal with this many colours (0: none)."""
    return name in _BOLD[ground if 0 < colours < 256 else Ground.DARK]
