"""What stands in one line of a paper: a sign with its number, a number with its unit, days, a dash behind its word."""

from __future__ import annotations

import re

from store.model.months_and_weekdays import SHORT_MONTH_NAMES

_MONTHS = "|".join(SHORT_MONTH_NAMES)
_GENITIVES = "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
_BLANK = re.compile(
    # A blank first, for which a text is searched at once.
    rf" (?:(?<=№ )(?=\d)|(?<=\bп\. )(?=\d)|(?<=\d )(?=%|(?:d|days?|день|дня|дней|{_MONTHS}|{_GENITIVES})\b|г\.)"
    rf"|(?<=(?:{_MONTHS}) )(?=\d{{4}}\b)|(?<=[аяьтйл] )(?=\d{{4}} г\.)|(?=[—–-] )"
    r"|(?<=[IV] )(?=квартал)|(?<=\bна )(?=\d+ д[ен])|(?<=\bQ[1-4] )(?=\d{4}\b)"
    r"|(?<=\d )(?=\((?:\d+|\d\d\.\d\d\.\d{4})\))|(?<=\d{4} )(?=#\d)"  # `№ 50 (05.12.2026)`, `18 (3)`, `2026 #50`
    r"|(?<=\d )(?=(?:of|из) \d)|(?<=\d (?:of|из) )(?=\d)"
    r"|(?<=[ (][авикосу] )(?=[а-яё])"  # A word of one letter does not end a line in Russian.
    r"|(?<=[а-яё] )(?=\d+(?:[,;)]|\.?$))|(?<=\b[А-ЯЁ]{3} )(?=[А-ЯЁ]{3}\b))"  # `выдвинуто 2`, `УНП ООН`
)
_SPAN = re.compile(rf"(?<=\d)-(?=\d{{1,2}} (?:{_MONTHS})\b)")
"""The hyphen between two days of a month."""
_RANGE = re.compile(r"(?<=\d)–(?=\d)|(?<=\d)-(?=#\d)")
"""The hyphen or dash between two numbers: `#38-#40`, `8–30`."""
_NAMED_BY_A_LETTER = re.compile(r"(?<=\b[A-ZА-Я])-(?=\d+/\d)")
"""The hyphen of `I-24/7`."""
_BETWEEN_DAYS = re.compile(rf"(?<=\d{{4}}) - (?=\d{{1,2}} (?:{_MONTHS})\b)")
NO_BREAK_BEHIND = "\u2060"


def unbroken(text: str) -> str:
    """The text whose blanks do not break where a line is not to end: `№ 7`, `33 %`, `6 Oct 2026`, `I-24/7`.

    Days have the dash of print between them, which a terminal may not have.
    """
    text = _NAMED_BY_A_LETTER.sub(f"-{NO_BREAK_BEHIND}", text)
    text = _RANGE.sub(rf"\g<0>{NO_BREAK_BEHIND}", text)
    text = _BETWEEN_DAYS.sub(" – ", _SPAN.sub(f"–{NO_BREAK_BEHIND}", text))
    return _BLANK.sub("\u00a0", text)
