"""What stands in one line of a paper: a sign with its number, a number with its unit, a dash behind its word."""

from __future__ import annotations

import re

_BLANK = re.compile(r"(?<=№) (?=\d)|(?<=\d) (?=%|d\b|days?\b)| (?=[—–-] )")


def unbroken(text: str) -> str:
    """The text with blanks that do not break where a line is not to end: `№ 7`, `33 %`, `12 days`, `1 Jul - 30 Sep`."""
    return _BLANK.sub("\u00a0", text)
