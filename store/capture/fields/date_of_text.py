"""The date of a text, from which its days are counted: given by the user, else from the file, its front matter or a
dateline, else the visit.
"""

from __future__ import annotations

import re

from store.capture.lazy_pattern import lazy
from store.capture.month_patterns import english_months, russian_months
from store.errors import FollowUpError
from store.rules.dates.parse_date import parse_day
from store.rules.days import Direction
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.capture.readers.source_text import SourceText
    from store.model.record_types import Visit

_MONTH, _MONTH_RU = english_months(), russian_months()
_SPAN = rf"(?:(?:с )?\d{{1,2}}(?: (?:{_MONTH}|{_MONTH_RU}))?(?: ?[–—-] ?| по ))"
"""The first day of several, as in `18–20 November 2026`: the last one is the day of the text."""
_DAY = rf"({_SPAN}?\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}|{_MONTH} (?:\d{{1,2}} ?[–—-] ?)?\d{{1,2}}(?:st|nd|rd|th)?, \d{{4}}|{_SPAN}?\d{{1,2}} {_MONTH_RU} \d{{4}}|\d{{1,2}}\.\d{{1,2}}\.\d{{4}}|\d{{4}}-\d\d-\d\d)"
_FRONT = lazy(rf"\A---\n(?:.*\n)*?(?:date|dated|дата):\s*[\"']?{_DAY}", re.IGNORECASE)
_HEAD = lazy(
    rf"^(?:\| ?)?(?:\**)?(?:date|dated|sent|prepared on|дата|от|составлен\w?|подготовлен\w?)\b\**:?\**\s*(?:\|\s*)?(?:\w+day,? )?{_DAY}",
    re.IGNORECASE | re.MULTILINE,
)
_DATELINE = lazy(
    rf"^[ \t]*(?:(?:г\. ?)?[A-ZА-ЯЁ][\w.\- ]{{1,40}}(?:\([\w ]+\))?[,:] ?(?:\w+day,? )?|г\. ?[А-ЯЁ][\w\-]+[ \t]+)?{_DAY}(?: ?г(?:ода|\.))?[ \t]*(?:$|[–—-] )",
    re.MULTILINE,
)
_KIND_OF_DOCUMENT = (
    r"протокол|справка|отч[её]т|меморандум|итоговый документ|резюме|стенограмма|запись беседы|"
    r"(?:summary )?minutes|(?:meeting |visit |mission )?report|summary record|record of (?:the )?discussions?|note for the file"
)
_HEADING = lazy(
    rf"^(?:\W*)(?:{_KIND_OF_DOCUMENT})\b(?P<of>(?:[^.;:!?\n]|\bг\.){{0,200}}?(?:\n(?:[^.;:!?\n]|\bг\.){{0,120}}?)?)"
    rf"\s(?:(?:от|of|on|held on) )?(?:\w+day,? )?{_DAY}(?: ?г(?:ода|\.))?\W*$",
    re.IGNORECASE | re.MULTILINE,
)
"""The heading of a paper that ends with its day: `Протокол совещания от 24 ноября 2026 г.`"""
_OF_ANOTHER_DOCUMENT = lazy(
    r"\b(?:исполнени|выполнени|реализаци|решени|соглашени|договор|план|поручени|постановлени|указ|implement|follow|agreement|decision|plan\b|since|until|due|по состоянию)",
    re.IGNORECASE,
)
"""Words of a heading whose day is that of the paper it is about: `Отчёт о выполнении решений от 3 мая 2024 г.`"""
_AT_THE_TOP = 600
"""Characters at the beginning in which the heading of a paper stands."""
_NEAR_THE_EDGE = 1500
"""Characters at the beginning and at the end in which a day that stands in a line is that of the text."""


def day_of_text(source: SourceText, visit: Visit | None) -> tuple[str, str] | None:
    """The ISO day of a text and how it is known, in words; None where nothing says it."""
    if source.dated:
        return source.dated, tr("the day in its head")
    text = source.text
    edges = (text[:_NEAR_THE_EDGE], text[-_NEAR_THE_EDGE:])
    for pattern, how in ((_FRONT, tr("its front matter")), (_HEAD, tr("its head")), (_DATELINE, tr("its dateline"))):
        for edge in edges:
            match = pattern.search(edge)
            day = _day(match[1]) if match else None
            if day:
                return day, how
    heading = _HEADING.search(text[:_AT_THE_TOP])
    day = _day(heading[2]) if heading and not _OF_ANOTHER_DOCUMENT.search(heading["of"]) else None
    if day:
        return day, tr("its heading")
    if visit:
        return visit["end"], tr("the last day of {visit}", visit=visit["slug"])
    return None


_SENT = lazy(rf"(?:sent|date|отправлено|дата)\**:\**\s*(?:[^\W\d]+,? )?{_DAY}", re.IGNORECASE)


def day_sent(words: str) -> str | None:
    """The ISO day that a line of the head of a mail says: `Sent: Tuesday, 20 October 2026`."""
    match = _SENT.match(words)
    return _day(match[1]) if match else None


_FIRST_OF_SEVERAL = lazy(rf"{_SPAN}(?=\d)", re.IGNORECASE)


def _day(words: str) -> str | None:
    words = _FIRST_OF_SEVERAL.sub("", words)
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|(?<=[a-z])\.", "", words)
    try:
        return parse_day(plain, "2000-01-01", Direction.NEAREST)
    except FollowUpError:
        return None
