"""What stands in one line of a paper: a sign with its number, a number with its unit, a day, a dash behind its word."""

from __future__ import annotations

import re

from store.model.vocabulary import SHORT_MONTH_NAMES

_MONTHS = "|".join(SHORT_MONTH_NAMES)
_GENITIVES = "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
_BLANK = re.compile(
    rf"(?<=№) (?=\d)|(?<=\d) (?=%|(?:d|days?|{_MONTHS}|{_GENITIVES})\b|г\.)"
    rf"|(?<={_MONTHS}) (?=\d{{4}}\b)|(?<=[аья]) (?=\d{{4}} г\.)| (?=[—–-] )"
    r"|(?<= [авикосу]) (?=[а-яё])"  # A word of one letter does not end a line in Russian.
)


def unbroken(text: str) -> str:
    """The text whose blanks do not break where a line is not to end: `№ 7`, `33 %`, `6 Oct 2026`, `1 Jul - 30 Sep`."""
    return _BLANK.sub("\u00a0", text)
