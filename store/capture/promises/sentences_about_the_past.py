"""Finds sentences about the past: those that begin with a year or a month before the time of the text."""

from __future__ import annotations

import re
from functools import cache

from store.capture.month_patterns import english_months, russian_months
from store.errors import FollowUpError
from store.rules.dates.month_arithmetic import add_to_day
from store.rules.dates.parse_date import parse_date

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.model.record_types import Visit

_BEFORE_A_VISIT, _BEFORE_A_TEXT = 31, 92
"""Days before a visit, or before a text of no visit, from which on what was promised may be news."""


def end_of_history(visit: Visit | None, dated: str) -> str:
    """The ISO day before which events in a text of the day `dated` are history."""
    try:
        if visit and "start" in visit:
            return add_to_day(visit["start"], days=-_BEFORE_A_VISIT)
        return add_to_day(dated, days=-_BEFORE_A_TEXT)
    except FollowUpError:
        return dated


@cache
def _opening(is_russian: bool) -> re.Pattern[str]:
    year = r"(?:19|20)\d\d"
    if is_russian:
        return re.compile(
            rf"(?:ещ[её] |также )?(?:(?:в|во) )?(?:(?:начале|конце|середине) )?(?P<date>(?:\d{{1,2}} )?(?:{russian_months()} )?{year}) ?(?:году|года|г\.)",
            re.IGNORECASE,
        )
    return re.compile(
        r"(?:already |back |as early as |also )?(?:in|on|during) (?:the )?(?:early |late |mid-?|(?:spring|summer|autumn|winter|beginning|end|first half|second half) of )?"
        rf"(?P<date>(?:\d{{1,2}} )?(?:{english_months()} )?{year})\b(?! (?:session|meeting|report|budget|plan|census|survey|programme|[a-z]+ report))",
        re.IGNORECASE,
    )


def begins_in_former_time(words: str, history_until: str, *, is_russian: bool) -> bool:
    """Whether a sentence begins with a time that ended before the ISO day `history_until`: `In 2024 IFAD agreed to`."""
    match = _opening(is_russian).match(words) if history_until else None
    if match is None:
        return False
    try:
        day = parse_date(match["date"], history_until).day
    except FollowUpError:
        return False
    return day is not None and day < history_until
