"""The parser of date phrases: `end of March` -> its last day, its precision, and the words worth keeping.

A phrase is split into words, words without effect are dropped, and the rest must be one known form as a whole;
anything else is refused with examples, so that no deadline is ever a guess.

Source: docs/reference.md, Dates.
"""

from __future__ import annotations

from datetime import date

from store.errors import UsageError
from store.model.vocabulary import MONTH_NAMES, WEEKDAY_NAMES, Precision
from store.rules.dates import tokenizer as known
from store.rules.dates.tokenizer import Unclear
from store.rules.due_dates import DueDate

TYPE_CHECKING = False
if TYPE_CHECKING:
    Found = tuple[date, date, str, bool]
    """First and last day, precision, and whether the words mean the same on later days."""

_DAY_NAMES = tuple(name[:3] for name in WEEKDAY_NAMES)


class DateRefused(UsageError):
    """The refusal of a phrase that is no date, or ambiguous: the sentence says why, and what to write."""

    code = "date.not-understood"


def parse_date(phrase: str, today: str, *, is_kept: bool = False) -> DueDate:
    """Parse a date phrase on the ISO day `today`.

    A phrase that `is_kept`, in a list, is parsed on other days too: then a refusal gives no example such as `+2w`.
    Raises: DateRefused.
    """
    try:
        if _is_iso(phrase):
            _existing(int(phrase[:4]), int(phrase[5:7]), int(phrase[8:]))
            return DueDate(phrase, Precision.DAY, None, phrase)
        tokens = known.tokens(phrase)
        if tokens == ["none"]:
            return DueDate(None, None, None, None)
        first, last, precision, stays_true = _read(tokens, date.fromisoformat(today))
    except Unclear as unclear:
        raise DateRefused(_sentence(phrase, unclear, today, is_kept=is_kept)) from None
    says_more = precision != Precision.DAY or any(map(str.isalpha, phrase))
    words = " ".join(phrase.split()) if stays_true and says_more else None
    return DueDate(last.isoformat(), precision, words, first.isoformat())


def parse_day(phrase: str, today: str) -> str:
    """Parse a date phrase where a day is required. Returns an ISO day, the last one of a period.

    Raises: DateRefused, for `none` too.
    """
    day = parse_date(phrase, today).day
    if day is None:
        raise DateRefused(_sentence(phrase, Unclear("is not a day, and a day is needed here"), today))
    return day


def shift(day: str, *, days: int = 0, months: int = 0, years: int = 0) -> str:
    """Add calendar years and months, then days, to an ISO day; 31 January + 1 month is 28 February.

    Raises: DateRefused when there is no such day (before year 1, after year 9999).
    """
    moved = _moved(date.fromisoformat(day), days, 12 * years + months)
    if moved is None:
        sentence = f"counting on from {day} leaves the calendar: give a smaller number, e.g. +2w or +3m"
        raise DateRefused(sentence, code="date.off-the-calendar")
    return moved.isoformat()


def day_in_words(day: str) -> str:
    """Format an ISO day for people, the same in every locale: `Fri 31 March 2023`."""
    when = date.fromisoformat(day)
    return f"{_DAY_NAMES[when.weekday()]} {_long(when)}"


def _long(when: date) -> str:
    return f"{when.day} {MONTH_NAMES[when.month - 1]} {when.year:04}"


def _is_iso(phrase: str) -> bool:
    if len(phrase) != 10 or phrase[4] != "-" or phrase[7] != "-" or not phrase.isascii():
        return False
    return phrase[:4].isdigit() and phrase[5:7].isdigit() and phrase[8:].isdigit()


def _sentence(phrase: str, unclear: Unclear, today: str, *, is_kept: bool = False) -> str:
    from store.text import visible  # only a refusal needs it

    shown = visible(" ".join(phrase.split())).replace("\u200c", "\\u200c").replace("\u200d", "\\u200d")
    shown = shown if len(shown) <= 60 else shown[:57] + "..."
    soon = (_moved(date.fromisoformat(today), 14, 0) or date.fromisoformat(today)).isoformat()
    examples = unclear.examples or (soon, "end of March", "+2w")
    if is_kept:
        examples = tuple(filter(_stays, examples)) or (soon, "end of March")
    *others, last = examples
    return f'"{shown}" {unclear.why}: write {" or ".join(filter(None, (", ".join(others), last)))}'


def _stays(example: str) -> bool:
    """Whether an example means the same on every day, unlike `+2w`, which counts from today."""
    ahead = tuple(f"{language.AHEAD[0]} " for language in known.LANGUAGES)
    return example != "today" and not example.startswith(("+", *ahead))


def _month_length(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _existing(year: int, month: int, day: int) -> date:
    """The date of a year, month and day. Raises: Unclear when it does not exist."""
    if year < 1 or not 1 <= month <= 12:
        raise Unclear("is a day that does not exist")
    longest = _month_length(year, month)
    if not 1 <= day <= longest:
        name = MONTH_NAMES[month - 1]
        raise Unclear(
            f"is a day that does not exist, {name} {year:04} has {longest} days",
            *(f"{year:04}-{month:02}-{longest}", f"{longest} {name} {year:04}"),
        )
    return date(year, month, day)


def _moved(day: date, days: int, months: int) -> date | None:
    """Add days and months to a date, clamping the day of the month; None outside the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    number = date(year, month + 1, min(day.day, _month_length(year, month + 1))).toordinal() + days
    return date.fromordinal(number) if 1 <= number <= date.max.toordinal() else None


def _ahead(today: date, days: int, months: int) -> date:
    """Add days and months to today. Raises: Unclear past LAST_YEAR."""
    moved = _moved(today, days, months)
    if moved is None or moved.year > known.LAST_YEAR:
        raise Unclear(f"lies past the year {known.LAST_YEAR}")
    return moved


def _months(year: int, first: int, count: int) -> tuple[date, date]:
    last = first + count - 1
    return date(year, first, 1), date(year, last, _month_length(year, last))


def _one_day(day: date, stays_true: bool) -> Found:
    return day, day, Precision.DAY, stays_true


def _read(tokens: list[str], today: date) -> Found:
    """Parse the words of a phrase as a whole. Raises: Unclear when they are no known form, or ambiguous."""
    rest = known.plain(tokens)
    is_ended = is_until = False
    while rest:
        offset = _offset(rest, today)
        if offset:
            return offset
        lead = next((lead for lead in known.LEADS if tuple(rest[: len(lead)]) == lead), None)
        if lead is None:
            break
        is_ended = is_ended or lead[-1] in known.ENDS
        is_until = is_until or lead[0] in known.UNTIL
        rest = rest[len(lead) :]
    found = _form(rest, today, is_ended) if rest else None
    if found is None:
        raise known.why_not(tokens)
    first, last, precision, _ = found
    if is_until and not is_ended and precision != Precision.DAY:
        eve = _moved(first, -1, 0) or first
        raise Unclear(f"can be {_long(eve)} or {_long(last)}", eve.isoformat(), last.isoformat())
    return found


def _form(words: list[str], today: date, is_ended: bool) -> Found | None:
    if len(words) > 1 and known.is_year(words[0]):
        words = [*words[1:], words[0]]
    days_ahead = known.NEAR.get(tuple(words))
    if days_ahead is not None:
        return _one_day(_ahead(today, days_ahead, 0), False)
    return (
        _weekday(words, today)
        or _running(words, today, is_ended)
        or _calendar_day(words, today)
        or _period(words, today)
    )


def _offset(words: list[str], today: date) -> Found | None:
    """Parse `+2w`, `in 2 weeks`, `через неделю`: calendar months and years, clamped."""
    if words[0][:1] == "+" and words[0][1:2].isdigit():
        amount = known.amount([words[0][1:], *words[1:]])
    else:
        lead = next((lead for lead in known.AHEAD if tuple(words[: len(lead)]) == lead), None)
        amount = known.amount(words[len(lead) :]) if lead else None
    if amount is None:
        return None
    count, days, months = amount
    if count == 0:
        raise Unclear("counts no time at all", "today", "+2w", "in 2 weeks")
    return _one_day(_ahead(today, count * days, count * months), False)


def _weekday(words: list[str], today: date) -> Found | None:
    """Parse a weekday: the next one, never today; before a date it must agree with it."""
    is_pointed = len(words) == 2 and words[0] in known.THIS | known.NEXT
    number = known.WEEKDAYS.get(words[1] if is_pointed else words[0])
    if number is None:
        return None
    if is_pointed or len(words) == 1:
        coming = _ahead(today, (number - today.weekday() - 1) % 7 + 1, 0)
        if words[0] in known.NEXT:
            after = _ahead(coming, 7, 0)
            raise Unclear(f"can be {_long(coming)} or {_long(after)}", coming.isoformat(), after.isoformat())
        return _one_day(coming, False)
    found = _calendar_day(words[1:], today)
    if found and found[0].weekday() != number:
        day = found[0]
        name = _DAY_NAMES[day.weekday()]
        raise Unclear(f"does not agree, {_long(day)} is a {name}", day.isoformat(), f"{name} {_long(day)}")
    return found


def _running(words: list[str], today: date, is_ended: bool) -> Found | None:
    """Parse `this week`, `next month`, `end of the quarter`; a named month after `next` is ambiguous."""
    is_pointed = len(words) == 2 and words[0] in known.THIS | known.NEXT
    if not is_pointed and not (is_ended and len(words) == 1):
        return None
    steps = 1 if words[0] in known.NEXT else 0
    if is_pointed and words[1] in known.PERIODS:
        _, first, count = known.PERIODS[words[1]]
        year = today.year + (1 if steps and _months(today.year, first, count)[1] < today else 0)
        name = words[1].capitalize()
        raise Unclear(f"can be in {year} or {year + 1}", f"{name} {year}", f"{name} {year + 1}")
    if words[-1] not in known.RUNNING:
        return None
    precision, count = known.RUNNING[words[-1]]
    if precision == Precision.WEEK:
        sunday = _ahead(today, 6 - today.weekday() + 7 * steps, 0)
        return date.fromordinal(sunday.toordinal() - 6), sunday, precision, False
    first_month = today.replace(day=1, month=(today.month - 1) // count * count + 1)
    begin = _ahead(first_month, 0, count * steps)
    return *_months(begin.year, begin.month, count), precision, False


def _calendar_day(words: list[str], today: date) -> Found | None:
    """Parse a day of the calendar, in figures or with its month in words; without a year the next one."""
    if len(words) == 1:
        numeric = _numeric_day(words[0])
        return _one_day(numeric, True) if numeric else None
    if len(words) not in (2, 3):
        return None
    is_month_first = words[0] in known.MONTHS
    name, figure = (words[0], words[1]) if is_month_first else (words[1], words[0])
    number = known.ordinal(figure)
    day = int(figure) if figure.isdigit() and len(figure) <= 2 else number
    if name not in known.MONTHS or day is None:
        return None
    month = known.MONTHS[name]
    if len(words) == 3:
        return _dated(day, month, words[2])
    if is_month_first and number is None:
        raise _day_or_year(month, day)
    return _one_day(_next_such_day(month, day, today), True)


def _day_or_year(month: int, number: int) -> Unclear:
    """The refusal of `March 23`, a day or a month of a year, and of `March 45`, no day."""
    name = MONTH_NAMES[month - 1]
    if not 1 <= number <= _month_length(2000, month):
        return Unclear("needs a year of four digits", f"{name} 20{number:02}")
    readings = (f"{number} {name}", f"{name} 20{number:02}")
    return Unclear(f"can be {readings[0]} or {readings[1]}", *readings)


def _dated(day: int, month: int, year: str) -> Found | None:
    if not year.isdigit():
        return None
    if not known.is_year(year):
        raise Unclear(f"needs a year of four digits, {known.FIRST_YEAR} to {known.LAST_YEAR}")
    return _one_day(_existing(int(year), month, day), True)


def _next_such_day(month: int, day: int, today: date) -> date:
    """The first such day from today on; 29 February may be eight years away."""
    if not 1 <= day <= _month_length(2000, month):
        raise Unclear("is a day that does not exist")
    for year in range(today.year, min(today.year + 8, date.max.year) + 1):
        is_ahead = year > today.year or (month, day) >= (today.month, today.day)
        if is_ahead and day <= _month_length(year, month):
            return date(year, month, day)
    raise Unclear(f"lies past the year {known.LAST_YEAR}")


def _numeric_day(word: str) -> date | None:
    """Parse a day in figures. Dots mean day.month.year; otherwise day and month must not be ambiguous."""
    separator, parts = known.figures(word, 3)
    is_certain = separator == "."
    if separator == "-" and parts[1] in known.MONTHS:
        parts[1] = str(known.MONTHS[parts[1]])
        is_certain = True
    if not parts or not all(part.isdigit() and len(part) in (1, 2, 4) for part in parts):
        return None
    one, two, three = map(int, parts)
    if len(parts[0]) == 4:
        return _existing(one, two, three)
    if len(parts[2]) != 4:
        raise Unclear("needs a year of four digits")
    if not is_certain and one != two and 1 <= one <= 12 and 1 <= two <= 12:
        first, second = _existing(three, two, one), _existing(three, one, two)
        other = f"{first.day} {MONTH_NAMES[first.month - 1]}"
        raise Unclear(f"can be {other} or {_long(second)}", first.isoformat(), _long(first))
    return _existing(three, one, two) if two > 12 and not is_certain else _existing(three, two, one)


def _numeric_period(word: str) -> Found | None:
    """Parse `2023-W13`, `2023-Q1`, `2023-03`, `03/2023`, `2023`."""
    if known.is_year(word):
        return *_months(int(word), 1, 12), Precision.YEAR, True
    separator, parts = known.figures(word, 2)
    if not parts:
        return None
    is_year_first = known.is_year(parts[0])
    year, part = parts if is_year_first else parts[::-1]
    if is_year_first and separator == "-" and part in known.CODES:
        precision, first, count = known.CODES[part]
        return *_months(int(year), first, count), precision, True
    if is_year_first and separator == "-" and part[:1] == "w" and part[1:].isdigit():
        return _week(int(year), int(part[1:]) if len(part) <= 3 else 0)
    if not year.isdigit() or not part.isdigit():
        return None
    if len(year) <= 2 and len(part) <= 2:
        raise Unclear("has no year of four digits")
    if is_year_first and known.is_year(part):
        raise Unclear("names more than one date")
    if not known.is_year(year) or len(part) > 2 or not 1 <= int(part) <= 12:
        raise Unclear("is a month that does not exist")
    return *_months(int(year), int(part), 1), Precision.MONTH, True


def _week(year: int, number: int) -> Found:
    try:
        sunday = date.fromisocalendar(year, number, 7)
    except ValueError:
        raise Unclear("is a week that does not exist") from None
    return date.fromordinal(sunday.toordinal() - 6), sunday, Precision.WEEK, True


def _period(words: list[str], today: date) -> Found | None:
    """Parse a month, quarter, half or season by name; without a year the next one that has not ended."""
    if len(words) == 1:
        numeric = _numeric_period(words[0])
        if numeric:
            return numeric
    named, tail = known.PERIODS.get(words[0]), words[1:]
    if named is None and tail:
        named, tail = known.counted_period(words[0], words[1]), words[2:]
    if named is None or len(tail) > 1 or (tail and not known.is_year(tail[0])):
        return None
    precision, first, count = named
    year = int(tail[0]) if tail else today.year
    if not tail and _months(year, first, count)[1] < today:
        year = min(year + 1, date.max.year)
    return *_months(year, first, count), precision, True
