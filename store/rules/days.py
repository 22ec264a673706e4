"""Calendar days as ISO texts: validation, difference, direction of a date.

Without `datetime`, whose import takes a tenth of the time of `status`.
"""

from __future__ import annotations

from store.translation import tr_in


class Direction:
    """The direction in which a phrase such as `31 March` or `Tuesday` finds its day. Source: docs/rules.md, Dates."""

    FORWARD = "forward"
    """The next such day: for what is to be done."""
    BACK = "back"
    """The last such day, today counts: for what has happened."""
    NEAREST = "nearest"
    """The nearest such day on either side of today, or the first one from a given day on: for visits."""
    FIXED = "fixed"
    """None: only what means the same on every day, for lists that are read again."""


class _Ordinals(dict[str, int]):
    """ISO day -> day number of the Gregorian calendar, cached: a store has few different days."""

    def __missing__(self, iso: str) -> int:
        # Years are counted from March, so that the leap day is the last day of a year.
        year, month, day = int(iso[:4]), int(iso[5:7]), int(iso[8:])
        year, month = (year, month - 3) if month > 2 else (year - 1, month + 9)
        number = self[iso] = year * 365 + year // 4 - year // 100 + year // 400 + (month * 153 + 2) // 5 + day
        return number


_ordinal_of = _Ordinals()

_DAYS_OF_MONTH = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar, written as YYYY-MM-DD."""
    year, month, day = text[:4], text[5:7], text[8:]
    if len(text) != 10 or text[4] + text[7] != "--" or not (text.isascii() and (year + month + day).isdigit()):
        return False
    is_leap = int(year) % 4 == 0 and (int(year) % 100 != 0 or int(year) % 400 == 0)
    last = _DAYS_OF_MONTH[int(month) - 1] if 1 <= int(month) <= 12 else 0
    return int(year) > 0 and 1 <= int(day) <= last + (month == "02" and is_leap)


def days_between(earlier: str, later: str) -> int:
    """The number of days from one ISO day to another; negative when `later` is the earlier one."""
    return _ordinal_of[later] - _ordinal_of[earlier]


def local_time(at: str, timezone: str | None) -> str:
    """An instant of the file, in UTC, by the clock of a time zone (None: the machine's): `2026-11-27 06:24`.

    Raises: ValueError, LookupError, OSError or OverflowError for what is none: a history edited by hand may hold it.
    """
    from time import localtime

    seconds = days_between("1970-01-01", at[:10]) * 86400 + int(at[11:13]) * 3600 + int(at[14:16]) * 60
    if timezone is None:
        local = localtime(seconds)
    else:
        from datetime import UTC, datetime
        from zoneinfo import ZoneInfo

        local = datetime.fromtimestamp(seconds, UTC).astimezone(ZoneInfo(timezone)).timetuple()
    return f"{local.tm_year:04}-{local.tm_mon:02}-{local.tm_mday:02} {local.tm_hour:02}:{local.tm_min:02}"


def said_day(iso: str) -> str:
    """An ISO day for the answer of a command: unchanged in English, in words in other languages."""
    return tr_in("iso", "{year}-{month}-{day}", year=iso[:4], month=iso[5:7], day=iso[8:])
