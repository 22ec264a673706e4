"""The parser of date phrases: `end of March` -> its last day, its precision, and the words worth keeping.

A phrase is split into words, words without effect are dropped, and the rest must be one known form as a whole;
anything else is refused with examples, so that no deadline is ever a guess. A phrase without a year looks forward, back
or to the nearest day, as `Direction` says.

Source: docs/rules.md, Dates.
"""

from __future__ import annotations

from datetime import date

from store.errors import NotAllowed, UsageError
from store.model.months_and_weekdays import MONTH_NAMES, SHORT_MONTH_NAMES, SHORT_WEEKDAY_NAMES
from store.model.vocabulary_and_signs import Precision
from store.rules.dates import date_words_and_tokens as known
from store.rules.dates.date_refusals import DateRefused, Unclear
from store.rules.dates.month_arithmetic import add_clamped, month_length, months
from store.rules.dates.nearest_day_in_direction import ReferenceDate
from store.rules.dates.this_and_next_period import this_and_next_period
from store.rules.days import Direction, days_between, said_day
from store.rules.due_dates_and_extensions import DueDate
from store.translation import tr, tr_in
from store.words_for_none import NO_DATE_TYPED

TYPE_CHECKING = False
if TYPE_CHECKING:
    Found = tuple[date, date, str, bool]
    """First and last day, precision, and whether the words mean the same on later days."""


def parse_date(phrase: str, today: str, direction: str = Direction.FORWARD, *, since: str | None = None) -> DueDate:
    """Parse a date phrase on the ISO day `today`; a `direction` of `Direction` decides where it names no year.

    `since` is the ISO day from which on NEAREST finds the first one. Raises: DateRefused.
    """
    reference = _reference_date(today, direction, since)
    try:
        return _parsed(phrase, reference)
    except Unclear as unclear:
        sentence, spoken = _sentences(phrase, unclear, reference)
        readings = _readings(phrase, unclear, reference, is_day=False)
        raise DateRefused(sentence, values={"spoken": spoken, "readings": readings}) from None


def nearest_days(phrase: str, today: str) -> tuple[str, ...]:
    """The ISO days that a phrase may mean which is refused: 15 and 28 February for `mid-February`; else none."""
    reference = _reference_date(today, Direction.FORWARD, None)
    try:
        _parsed(phrase, reference)
    except Unclear as unclear:
        examples = unclear.examples
    else:
        return ()
    found = []
    for example in examples:
        try:
            found.append(_parsed(example, reference).day)
        except Unclear:
            continue
    return tuple(dict.fromkeys(day for day in found if day is not None and day >= today))


def is_only_a_day(words: str, day: str) -> bool:
    """Whether the words of a deadline say no more than its day (ISO): `20 December`."""
    try:
        found = parse_date(words, day)
    except (UsageError, NotAllowed):
        return False
    return (found.day, found.precision) == (day, Precision.DAY)


def is_a_day(phrase: str | None, today: str) -> bool:
    """Whether a date phrase names a day and no period that ends with it."""
    if phrase is None:
        return False
    try:
        return parse_date(phrase, today).precision == Precision.DAY
    except (UsageError, NotAllowed):
        return False


def day_just_past(phrase: str, today: str) -> str | None:
    """The last such day of a phrase for a coming day, where it is nearer than the next by far; else None.

    `20 Nov` on 27 November is next year's, and may have been meant for the one a week ago.
    """
    try:
        coming, past = parse_date(phrase, today).day, parse_date(phrase, today, Direction.BACK).day
    except DateRefused:
        return None
    if coming is None or past is None or not past < today < coming:
        return None
    is_near = days_between(past, today) <= _JUST_PAST and days_between(today, coming) >= _MOSTLY_A_YEAR
    return past if is_near else None


_JUST_PAST, _MOSTLY_A_YEAR = 92, 270
"""The most days since a date that may have been meant, and the least to the next such date."""


def parse_day(phrase: str, today: str, direction: str = Direction.FORWARD, *, since: str | None = None) -> str:
    """Parse a date phrase where a day is required. Returns an ISO day, the last one of a period.

    Raises: DateRefused, for `none` too; NotAllowed for a day to come where dates look back.
    """
    reference = _reference_date(today, direction, since)
    try:
        parsed = _parsed(phrase, reference)
        if parsed.day is None:
            raise Unclear(tr("is not a day, and a day is needed here"))
    except Unclear as unclear:
        sentence, spoken = _sentences(phrase, unclear, reference, is_day=True)
        raise DateRefused(sentence, values={"spoken": spoken}) from None
    if direction == Direction.BACK and parsed.day > today:
        is_begun = parsed.start is not None and parsed.start <= today
        to_come = Unclear(tr("is not over yet") if is_begun else tr("is still to come"))
        sentence, spoken = _sentences(phrase, to_come, reference, is_day=True)
        raise NotAllowed(sentence, code="date.to-come", values={"spoken": spoken})
    return parsed.day


def _long(when: date) -> str:
    """A day as a phrase that is understood, in the language of the program."""
    return tr(
        "{day:d} {month} {year:04}", day=when.day, month=tr_in("day", MONTH_NAMES[when.month - 1]), year=when.year
    )


def _is_iso(phrase: str) -> bool:
    if len(phrase) != 10 or phrase[4] != "-" or phrase[7] != "-" or not phrase.isascii():
        return False
    return phrase[:4].isdigit() and phrase[5:7].isdigit() and phrase[8:].isdigit()


def _reference_date(today: str, direction: str, since: str | None) -> ReferenceDate:
    return ReferenceDate(date.fromisoformat(today), direction, None if since is None else date.fromisoformat(since))


def _parsed(phrase: str, reference: ReferenceDate) -> DueDate:
    """Parse a phrase into a date. Raises: Unclear."""
    if _is_iso(phrase):
        day = _existing(int(phrase[:4]), int(phrase[5:7]), int(phrase[8:]))
        _refuse_other_times(day, day)
        return DueDate(phrase, Precision.DAY, None, phrase)
    tokens = known.tokens(phrase)
    if " ".join(tokens) in NO_DATE_TYPED:
        return DueDate(None, None, None, None)
    first, last, precision, stays_true = _read(tokens, reference)
    _refuse_other_times(first, last)
    if reference.direction == Direction.FIXED and not stays_true:
        raise Unclear(tr("is another day each time that the list is read"), last.isoformat())
    says_more = precision != Precision.DAY or any(map(str.isalpha, phrase))
    words = " ".join(phrase.split()) if stays_true and says_more else None
    return DueDate(last.isoformat(), precision, words, first.isoformat())


def _refuse_other_times(first: date, last: date) -> None:
    """Refuse a day that no study visit can mean, a year mistyped. Raises: Unclear."""
    if first.year < known.FIRST_YEAR or last.year > known.LAST_YEAR:
        raise Unclear(
            tr(
                "lies outside the years {first_year} to {last_year}",
                first_year=known.FIRST_YEAR,
                last_year=known.LAST_YEAR,
            )
        )


def _sentences(phrase: str, unclear: Unclear, reference: ReferenceDate, *, is_day: bool = False) -> tuple[str, str]:
    """What cannot be understood, why, and what to write: with ISO days, and with days as people write them."""
    from store.sanitise_text import visible  # only a refusal needs it

    text = " ".join(phrase.split())
    shown = visible(text).replace("\u200c", "\\u200c").replace("\u200d", "\\u200d")
    shown = shown if len(shown) <= 60 else shown[:57] + "..."
    examples = _readings(phrase, unclear, reference, is_day=is_day) or _usual_examples(reference)
    first = tr('"{typed}" {why}: write ', typed=shown, why=tr(unclear.why))
    spoken = dict.fromkeys(map(_spoken, examples))
    return first + _alternatives([*map(_said, examples)]), first + _alternatives([*spoken])


_NOT_BEFORE = ("not before ", "no earlier than ", "not earlier than ", "не ранее ", "не раньше ")
"""How phrases begin that say from when, and not until when."""


def _readings(phrase: str, unclear: Unclear, reference: ReferenceDate, *, is_day: bool) -> list[str]:
    """What a phrase may mean that cannot be understood, as it can be; nothing where it says from when."""
    text = " ".join(phrase.split())
    if text.casefold().startswith(_NOT_BEFORE):
        return []
    given = dict.fromkeys(example.replace("{}", text) for example in unclear.examples)
    understood = [example for example in given if _is_understood(example, reference, is_day=is_day)]
    return understood[: 2 if reference.direction == Direction.FIXED else 3]


def _alternatives(examples: list[str]) -> str:
    *others, last = dict.fromkeys(examples)  # Two ways to write a day may be one to say it.
    return tr(" or ").join(filter(None, (", ".join(others), last)))


def _said(example: str) -> str:
    """An example as a command says it, in the language of the program."""
    if _is_iso(example):
        return said_day(example)
    if example == "today":
        return tr_in("typed", "today")
    return tr_in("typed", "+2w") if example == "+2w" else example


def _spoken(example: str) -> str:
    """An example as the app writes days: `2026-12-11` and `11 December 2026` are `11 Dec 2026`."""
    if _is_iso(example):
        example = _long(date.fromisoformat(example))
    if example == "+2w":
        return tr_in("typed", "+2w")
    *before, day, name, year = ("", "", *example.split())
    if day.isdigit() and name in MONTH_NAMES:
        example = " ".join([*filter(None, before), day, SHORT_MONTH_NAMES[MONTH_NAMES.index(name)], year])
    return example


def _is_understood(example: str, reference: ReferenceDate, *, is_day: bool) -> bool:
    """Whether a phrase is understood where another one was not."""
    try:
        day = _parsed(example, reference).day
    except Unclear:
        return False
    if day is None:
        return not is_day
    return reference.direction != Direction.BACK or day <= reference.today.isoformat()


def _usual_examples(reference: ReferenceDate) -> list[str]:
    """Examples of dates valid in this direction."""
    soon, lately = (add_clamped(reference.today, days, 0) or reference.today for days in (14, -7))
    if reference.direction == Direction.BACK:
        return [lately.isoformat(), tr_in("typed", "yesterday"), tr("last Tuesday")]
    if reference.direction == Direction.NEAREST:
        near = reference.since or lately
        return [near.isoformat(), _long(near), _long(near).rpartition(" ")[0]]
    if reference.direction == Direction.FIXED:
        return [soon.isoformat(), tr("end of March {year}", year=soon.year + 1)]
    return [soon.isoformat(), tr("end of March"), "+2w"]


def _existing(year: int, month: int, day: int) -> date:
    """The date of a year, month and day. Raises: Unclear when it does not exist."""
    if year < 1 or not 1 <= month <= 12:
        raise Unclear(tr("is a day that does not exist"))
    longest = month_length(year, month)
    if not 1 <= day <= longest:
        name = MONTH_NAMES[month - 1]
        raise Unclear(
            tr(
                "is a day that does not exist, {month} {year:04} has {n} days",
                month=tr_in("of days", name),
                year=year,
                n=longest,
            ),
            *(f"{year:04}-{month:02}-{longest}", _long(date(year, month, longest))),
        )
    return date(year, month, day)


def _one_day(day: date, stays_true: bool) -> Found:
    return day, day, Precision.DAY, stays_true


def _read(tokens: list[str], reference: ReferenceDate) -> Found:
    """Parse the words of a phrase as a whole. Raises: Unclear when they are no known form, or ambiguous."""
    rest = known.plain(tokens)
    is_ended = is_until = False
    while rest:
        offset = _offset(rest, reference)
        if offset:
            return offset
        lead = next((lead for lead in known.LEADS if tuple(rest[: len(lead)]) == lead), None)
        if lead is None:
            break
        is_ended = is_ended or lead[-1] in known.ENDS
        is_until = is_until or lead[0] in known.UNTIL
        rest = rest[len(lead) :]
    found = _form(rest, reference, is_ended) if rest else None
    if found is None:
        raise _year_in_words(known.plain(tokens), reference) or _nearest_last_day(tokens, reference)
    first, last, precision, _ = found
    if is_until and not is_ended and precision != Precision.DAY:
        eve = add_clamped(first, -1, 0) or first
        raise Unclear(
            tr("can be {one} or {other}", one=_long(eve), other=_long(last)), eve.isoformat(), last.isoformat()
        )
    return found


def _year_in_words(words: list[str], reference: ReferenceDate) -> Unclear | None:
    """The refusal of `Q2 next year` and `31 March this year`, whose year must be in figures; else None."""
    for at in range(len(words) - 1):
        unit = known.RUNNING.get(words[at + 1])
        if words[at] not in known.POINTING or unit is None or unit[0] != Precision.YEAR:
            continue
        step = 1 if words[at] in known.NEXT else -1 if words[at] in known.LAST else 0
        date_words = [word for word in (*words[:at], *words[at + 2 :]) if word not in known.ENDS]
        text = f"{' '.join(map(_as_name, date_words))} {reference.today.year + step}"
        try:
            _read(text.lower().split(), reference)
        except Unclear:
            return None
        return Unclear(tr("needs its year in figures"), text)
    return None


def _as_name(word: str) -> str:
    """A word of a date as people write it: `Q2`, `March`, `spring`."""
    if word in known.CODES:
        return word.upper()
    return word.capitalize() if word.isascii() and (word in known.MONTHS or word in known.WEEKDAYS) else word


def _nearest_last_day(tokens: list[str], reference: ReferenceDate) -> Unclear:
    """Why words are no known form, with the nearest dates: for `mid-February` its 15th and its end."""
    why = known.why_not(tokens, reference.direction)
    if why.examples:
        return why
    parts = [part for token in tokens for part in token.split("-") if part]
    words = known.plain(parts) if parts else []
    at = next((at for at, word in enumerate(words) if word in known.REASONS), None)
    if at is None:
        return why
    rest = " ".join(map(_as_name, words[at + 1 :]))
    return Unclear(why.why, *(f"{before}{rest}" for before in known.NEAREST.get(words[at], ()) if rest))


def _form(words: list[str], reference: ReferenceDate, is_ended: bool) -> Found | None:
    if len(words) > 1 and known.is_year(words[0]):
        words = [*words[1:], words[0]]
    days_ahead = known.NEAR.get(tuple(words))
    if days_ahead is not None:
        return _one_day(reference.at(days_ahead, 0), False)
    return (
        _past_day(words, reference)
        or _weekday(words, reference)
        or this_and_next_period(words, reference, is_ended)
        or _calendar_day(words, reference)
        or _period(words, reference)
    )


def _offset(words: list[str], reference: ReferenceDate) -> Found | None:
    """Parse `+2w`, `in 2 weeks`, `через неделю`: calendar months and years, clamped."""
    if words[0][:1] == "+" and words[0][1:2].isdigit():
        amount = known.amount([words[0][1:].translate(known.RUSSIAN_LETTERS), *words[1:]])
    else:
        lead = next((lead for lead in known.AHEAD if tuple(words[: len(lead)]) == lead), None)
        amount = known.amount(words[len(lead) :]) if lead else None
    if amount is None:
        return None
    count, days, months = amount
    if count == 0:
        raise Unclear(tr("counts no time at all"), "today", "+2w", tr("in 2 weeks"))
    return _one_day(reference.at(count * days, count * months), False)


def _past_day(words: list[str], reference: ReferenceDate) -> Found | None:
    """Parse `yesterday`, `2 days ago`, `неделю назад`."""
    if tuple(words) in known.RECENT:
        return _one_day(reference.at(-known.RECENT[tuple(words)], 0), False)
    end = next((end for end in known.AGO if tuple(words[-len(end) :]) == end), None)
    amount = known.amount(words[: -len(end)]) if end else None
    if amount is None:
        return None
    count, days, months = amount
    if count == 0:
        raise Unclear(tr("counts no time at all"), "today")
    return _one_day(reference.at(-count * days, -count * months), False)


def _weekday(words: list[str], reference: ReferenceDate) -> Found | None:
    """Parse a weekday, also after `this` and `last`; before a date it must agree with it."""
    is_pointed = len(words) == 2 and words[0] in known.POINTING
    number = known.WEEKDAYS.get(words[1] if is_pointed else words[0])
    if number is None:
        return None
    if is_pointed and words[0] in known.NEXT:
        raise _next_weekday(number, reference)
    if is_pointed and words[0] in known.LAST:
        return _one_day(reference.last_weekday(number), False)
    if is_pointed or len(words) == 1:
        return _one_day(reference.this_weekday(number) if is_pointed else reference.weekday(number), False)
    found = _calendar_day(words[1:], reference)
    if found and found[0].weekday() != number:
        day = found[0]
        name = tr(SHORT_WEEKDAY_NAMES[day.weekday()])
        why = tr("does not agree, {day} is a {weekday}", day=_long(day), weekday=name)
        raise Unclear(why, day.isoformat(), f"{name} {_long(day)}")
    return found


def _next_weekday(number: int, reference: ReferenceDate) -> Unclear:
    """The refusal of `next Friday`, which some say of this week's."""
    coming = reference.at((number - reference.today.weekday() - 1) % 7 + 1, 0)
    after = add_clamped(coming, 7, 0) or coming
    return Unclear(
        tr("can be {one} or {other}", one=_long(coming), other=_long(after)),
        coming.isoformat(),
        after.isoformat(),
    )


def _calendar_day(words: list[str], reference: ReferenceDate) -> Found | None:
    """Parse a day of the calendar, in figures or with its month in words; without a year as the direction says."""
    if len(words) == 1:
        numeric = _numeric_day(words[0])
        return _one_day(numeric, True) if numeric else _day_and_month(words[0], reference)
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
    return _one_day(_such_day(month, day, reference), True)


def _day_and_month(word: str, reference: ReferenceDate) -> Found | None:
    """Parse `17.11`: with a dot the day always comes first."""
    separator, parts = known.figures(word, 2)
    if separator != "." or not all(part.isdigit() and len(part) <= 2 for part in parts):
        return None
    day, month = map(int, parts)
    if not 1 <= month <= 12:
        raise Unclear(tr("is a day that does not exist"))
    return _one_day(_such_day(month, day, reference), True)


def _day_or_year(month: int, number: int) -> Unclear:
    """The refusal of `March 23`, a day or a month of a year, and of `March 45`, no day."""
    name = MONTH_NAMES[month - 1]
    if not 1 <= number <= month_length(2000, month):
        return Unclear(tr("needs a year of four digits"), f"{name} 20{number:02}")
    readings = (f"{number} {tr_in('day', name)}", tr(f"{name} {{year}}", year=f"20{number:02}"))
    return Unclear(tr("can be {one} or {other}", one=readings[0], other=readings[1]), *readings)


def _dated(day: int, month: int, year: str) -> Found | None:
    if not year.isdigit():
        return None
    if not known.is_year(year):
        raise Unclear(
            tr(
                "needs a year of four digits, {first_year} to {last_year}",
                first_year=known.FIRST_YEAR,
                last_year=known.LAST_YEAR,
            )
        )
    return _one_day(_existing(int(year), month, day), True)


def _such_day(month: int, day: int, reference: ReferenceDate) -> date:
    """The day of this name that is meant; 29 February may be eight years away."""
    if not 1 <= day <= month_length(2000, month):
        raise Unclear(tr("is a day that does not exist"))

    def in_year(year: int) -> tuple[date, date] | None:
        return (date(year, month, day),) * 2 if day <= month_length(year, month) else None

    return reference.pick(in_year)[0]


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
        raise Unclear(tr("needs a year of four digits"))
    if not is_certain and one != two and 1 <= one <= 12 and 1 <= two <= 12:
        first, second = _existing(three, two, one), _existing(three, one, two)
        other = f"{first.day} {tr_in('day', MONTH_NAMES[first.month - 1])}"
        raise Unclear(tr("can be {one} or {other}", one=other, other=_long(second)), first.isoformat(), _long(first))
    return _existing(three, one, two) if two > 12 and not is_certain else _existing(three, two, one)


def _numeric_period(word: str) -> Found | None:
    """Parse `2023-W13`, `2023-Q1`, `2023-03`, `03/2023`, `2023`."""
    if known.is_year(word):
        return *months(int(word), 1, 12), Precision.YEAR, True
    separator, parts = known.figures(word, 2)
    if not parts:
        return None
    is_year_first = known.is_year(parts[0])
    year, part = parts if is_year_first else parts[::-1]
    if is_year_first and separator == "-" and part in known.CODES:
        precision, first, count = known.CODES[part]
        return *months(int(year), first, count), precision, True
    if is_year_first and separator == "-" and part[:1] == "w" and part[1:].isdigit():
        return _week(int(year), int(part[1:]) if len(part) <= 3 else 0)
    if not year.isdigit() or not part.isdigit():
        return None
    if len(year) <= 2 and len(part) <= 2:
        raise Unclear(tr("has no year of four digits"))
    if is_year_first and known.is_year(part):
        raise Unclear(tr("names more than one date"))
    if separator == "." and (is_year_first or (known.is_year(year) and len(part) <= 2 and 1 <= int(part) <= 12)):
        raise Unclear(tr("can be a number"), f"{year}-{part:0>2}")
    if not known.is_year(year) or len(part) > 2 or not 1 <= int(part) <= 12:
        raise Unclear(tr("is a month that does not exist"))
    return *months(int(year), int(part), 1), Precision.MONTH, True


def _week(year: int, number: int) -> Found:
    try:
        sunday = date.fromisocalendar(year, number, 7)
    except ValueError:
        raise Unclear(tr("is a week that does not exist")) from None
    return date.fromordinal(sunday.toordinal() - 6), sunday, Precision.WEEK, True


def _period(words: list[str], reference: ReferenceDate) -> Found | None:
    """Parse a month, quarter, half or season by name; without a year as the direction says."""
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
    span = months(int(tail[0]), first, count) if tail else reference.pick(lambda year: months(year, first, count))
    return *span, precision, True
