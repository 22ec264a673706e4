"""Wraps a text for a terminal without breaking a date, a number, words that read like a state, or "to" and a name."""

from __future__ import annotations

import re
from functools import lru_cache

from store.model.months_and_weekdays import SHORT_MONTH_NAMES
from tui.render.widths import width_of, wrapped

_NO_BREAK = "\xa0"
_GENITIVES = "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
_DAY = rf"\d{{1,2}} (?:(?:{'|'.join(SHORT_MONTH_NAMES)})\b(?: \d{{4}}\b)?|(?:{_GENITIVES})\b(?: \d{{4}} г\.)?)"
_TOGETHER = re.compile(
    r"№ (?=\d)|\b(?=[\dbint])"  # Where none of it begins, nothing more is tried.
    r"(?:no date set\b|\d+ (?:d|days?) late\b|in \d+ (?:d|days?)\b|\d+ дн\.|(?:to|by) (?=[A-Z]|it\b)"
    rf"|(?:\d{{1,2}}[-–]|{_DAY} [-–] )?{_DAY})"
)
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=%|г\.)|(?<=\bп\.) (?=\d)")
"""A blank in `48 %`, `2026 г.`, `п. 6`, which Russian papers have."""


def folded(text: str, width: int) -> list[str]:
    """Wrap a sanitised text to at most `width` columns, no date broken."""
    if width_of(text) <= width and not text.startswith(" "):
        return [text.replace(_NO_BREAK, " ")]  # Most cells of a table fit: nothing is looked for in them.
    return [line.replace(_NO_BREAK, " ") for line in wrapped(_kept_together(text), width)]


def unbroken_parts(text: str) -> list[str]:
    """The parts of a text between which a line may break."""
    return _kept_together(text).split(" ")


@lru_cache(maxsize=4096)
def _kept_together(text: str) -> str:
    text = _TOGETHER.sub(lambda found: found[0].replace(" ", _NO_BREAK), text)
    return _BEFORE_UNIT.sub(_NO_BREAK, text) if " %" in text or " г." in text or " п. " in text else text
