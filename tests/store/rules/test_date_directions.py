"""Which way a date looks: what is to be done ahead, what has happened back, a visit to the nearest day."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from store.errors import NotAllowed
from store.rules.dates.date_refusals import DateRefused
from store.rules.dates.parse_date import parse_date, parse_day
from store.rules.days import Direction
from tests.store.rules.test_parse_date import DAYS, PERIODS, examples_in, phrases

TODAY = "2026-11-27"
"""A Friday."""

FORWARD, BACK, NEAREST, FIXED = Direction.FORWARD, Direction.BACK, Direction.NEAREST, Direction.FIXED


def refusal(phrase: str, direction: str, today: str = TODAY) -> str:
    with pytest.raises((DateRefused, NotAllowed)) as refused:
        parse_day(phrase, today, direction)
    return refused.value.sentence


WITHOUT_A_YEAR = [
    # phrase, forward, back, nearest, first from 17 November on
    ("17 Nov", "2027-11-17", "2026-11-17", "2026-11-17", "2026-11-17"),
    ("17.11", "2027-11-17", "2026-11-17", "2026-11-17", "2026-11-17"),
    ("17.11.", "2027-11-17", "2026-11-17", "2026-11-17", "2026-11-17"),
    ("November 17th", "2027-11-17", "2026-11-17", "2026-11-17", "2026-11-17"),
    ("17 ноября", "2027-11-17", "2026-11-17", "2026-11-17", "2026-11-17"),
    ("16 Nov", "2027-11-16", "2026-11-16", "2026-11-16", "2027-11-16"),
    ("5 December", "2026-12-05", "2025-12-05", "2026-12-05", "2026-12-05"),
    ("27 November", "2026-11-27", "2026-11-27", "2026-11-27", "2026-11-27"),
    ("28 May", "2027-05-28", "2026-05-28", "2027-05-28", "2027-05-28"),
    ("29 May", "2027-05-29", "2026-05-29", "2026-05-29", "2027-05-29"),
    ("29 February", "2028-02-29", "2024-02-29", "2028-02-29", "2028-02-29"),
    ("Tuesday", "2026-12-01", "2026-11-24", "2026-11-24", "2026-11-17"),
    ("Friday", "2026-12-04", "2026-11-27", "2026-11-27", "2026-11-20"),
    ("пятница", "2026-12-04", "2026-11-27", "2026-11-27", "2026-11-20"),
    ("Monday", "2026-11-30", "2026-11-23", "2026-11-30", "2026-11-23"),
    ("this Tuesday", "2026-12-01", "2026-11-24", "2026-11-24", "2026-11-17"),
    ("March", "2027-03-31", "2026-03-31", "2027-03-31", "2027-03-31"),
    ("Q3", "2027-09-30", "2026-09-30", "2026-09-30", "2027-09-30"),
]


@pytest.mark.parametrize(("phrase", "forward", "back", "nearest", "since"), WITHOUT_A_YEAR)
def test_what_names_no_year_lies_where_the_date_looks(
    phrase: str, forward: str, back: str, nearest: str, since: str
) -> None:
    assert parse_day(phrase, TODAY) == forward
    assert parse_day(phrase, TODAY, BACK) == back
    assert parse_day(phrase, TODAY, NEAREST) == nearest
    assert parse_day(phrase, TODAY, NEAREST, since="2026-11-17") == since


LOOKING_BACK = {
    "2026-11-26": phrases("yesterday | Yesterday | on yesterday | вчера | 1 day ago | a day ago | день назад"),
    "2026-11-25": phrases(
        """day before yesterday | the day before yesterday | позавчера | 2 days ago | two days ago | 2 дня назад |
        два дня назад | last Wednesday | в прошлую среду"""
    ),
    "2026-11-20": phrases("a week ago | one week ago | 1w ago | неделю назад | last Friday | в прошлую пятницу"),
    "2026-11-24": phrases("last Tuesday | last tue | в прошлый вторник | previous Tuesday"),
    "2026-11-13": phrases("2 weeks ago | две недели назад | 2 недели тому назад"),
    "2026-11-22": phrases("last week | на прошлой неделе | the end of last week | last Sunday"),
    "2026-10-31": phrases("last month | в прошлом месяце | end of last month | 31.10. | 31 Oct"),
    "2026-09-30": phrases("last quarter | previous quarter | в прошлом квартале"),
    "2025-12-31": phrases("last year | в прошлом году"),
    "2026-10-27": phrases("a month ago | месяц назад"),
    "2025-11-27": phrases("a year ago | год назад | 12 months ago"),
}


@pytest.mark.parametrize(
    ("day", "phrase"), [(day, phrase) for day, phrases in LOOKING_BACK.items() for phrase in phrases]
)
def test_words_that_look_back_are_taken_where_dates_do(day: str, phrase: str) -> None:
    assert parse_day(phrase, TODAY, BACK) == day
    assert parse_day(phrase, TODAY, NEAREST) == day or "ago" not in phrase
    if phrase not in ("31.10.", "31 Oct"):
        assert parse_date(phrase, TODAY, BACK).words is None
        assert refusal(phrase, FORWARD).endswith(f"looks back, and a date looks ahead here: write {day}")


@pytest.mark.parametrize(
    ("phrase", "why"),
    [
        *(
            (phrase, "is still to come")
            for phrase in ("tomorrow", "+2w", "2026-11-28", "in a week", "24 December 2026")
        ),
        *((phrase, "is not over yet") for phrase in ("this week", "end of month", "November", "Q4 2026", "2026")),
        ("2 weeks", "does not say from when"),
        ("next Friday", "can be 4 December 2026 or 11 December 2026"),
        ("last March", "can be in 2025 or 2026"),
        ("", "is empty"),
        ("asap", "names no last day"),
        ("0 days ago", "counts no time"),
        ("yesterday evening", "day of the calendar"),
        ("40 years ago", "before the year 1990"),
        ("none", "a day is needed"),
    ],
)
def test_where_a_date_looks_back_examples_are_of_the_past(phrase: str, why: str) -> None:
    sentence = refusal(phrase, BACK)
    assert why in sentence
    for shown in examples_in(sentence):
        assert parse_day(shown, TODAY, BACK) <= TODAY


def test_a_day_to_come_is_understood_and_not_allowed() -> None:
    with pytest.raises(NotAllowed) as refused:
        parse_day("2026-11-28", TODAY, BACK)
    assert refused.value.code == "date.to-come"
    assert refused.value.sentence == '"2026-11-28" is still to come: write 2026-11-20, yesterday or last Tuesday'


@pytest.mark.parametrize(
    ("phrase", "sentence"),
    [
        ("17 Nov", "write 17 Nov 2026 or 17 Nov 2027"),
        ("17.11", "write 2026-11-17 or 2027-11-17"),
        ("end of March", "write end of March 2026 or end of March 2027"),
        ("November", "write November 2026 or 2026-11-30"),
        ("Friday", "is another day each time that the list is read: write 2026-12-04"),
        ("+2w", "is another day each time that the list is read: write 2026-12-11"),
        ("yesterday", "is another day each time that the list is read: write 2026-11-26"),
        ("this year", "is another day each time that the list is read: write 2026-12-31"),
        ("asap", "names no last day: write 2026-12-11 or end of March 2027"),
    ],
)
def test_a_list_that_is_read_again_needs_the_year(phrase: str, sentence: str) -> None:
    assert refusal(phrase, FIXED).endswith(sentence)


@pytest.mark.parametrize("phrase", ["2026-11-17", "17.11.2026", "17 Nov 2026", "Q3 2026", "2026-W12", "none"])
def test_what_means_the_same_on_every_day_means_it_in_every_direction(phrase: str) -> None:
    assert len({parse_date(phrase, TODAY, direction) for direction in (FORWARD, BACK, NEAREST, FIXED)}) == 1
    assert parse_date(phrase, TODAY, FIXED) == parse_date(phrase, "2023-01-01", FIXED)


some_day = st.dates(date(1992, 1, 1), date(2090, 12, 31))
TAKEN = sorted({phrase for group in (DAYS, PERIODS) for phrases in group.values() for phrase in phrases})
SAID = st.sampled_from(
    ["{day.day} {day:%B}", "{day.day} {day:%b}", "{day.day}.{day.month}", "{day.day:02}.{day.month:02}."]
)


@given(some_day, some_day, SAID)
def test_no_other_such_day_lies_nearer_in_the_direction(day: date, today: date, said: str) -> None:
    phrase = said.format(day=day)
    such = [
        date(year, day.month, day.day)
        for year in range(today.year - 9, today.year + 10)
        if (day.month, day.day) != (2, 29) or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    ]
    assume(all(1990 <= each.year <= 2100 for each in such))
    iso = today.isoformat()
    ahead, behind = min(each for each in such if each >= today), max(each for each in such if each <= today)
    assert parse_day(phrase, iso) == ahead.isoformat()
    assert parse_day(phrase, iso, BACK) == behind.isoformat()
    nearest = behind if today - behind <= ahead - today else ahead
    assert parse_day(phrase, iso, NEAREST) == nearest.isoformat()
    assert parse_day(phrase, "2000-01-01", NEAREST, since=iso) == ahead.isoformat()


@given(st.integers(0, 6), some_day)
def test_a_weekday_lies_where_the_date_looks(number: int, today: date) -> None:
    name = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[number]
    iso = today.isoformat()
    found = {
        "ahead": parse_day(name, iso),
        "back": parse_day(name, iso, BACK),
        "nearest": parse_day(name, iso, NEAREST),
        "since": parse_day(name, "2000-01-01", NEAREST, since=iso),
        "last": parse_day(f"last {name}", iso, BACK),
    }
    days = {way: (date.fromisoformat(day) - today).days for way, day in found.items()}
    assert {date.fromisoformat(day).weekday() for day in found.values()} == {number}
    assert 1 <= days["ahead"] <= 7
    assert -6 <= days["back"] <= 0
    assert -3 <= days["nearest"] <= 3
    assert 0 <= days["since"] <= 6
    assert -7 <= days["last"] <= -1


@given(st.integers(1, 400), some_day)
def test_so_many_days_ago_and_in_so_many_days_are_alike(days: int, today: date) -> None:
    ago = (today - timedelta(days)).isoformat()
    assume(ago >= "1990")
    assert parse_day(f"{days} days ago", today.isoformat(), BACK) == ago
    assert parse_day(f"{days} дней назад", today.isoformat(), NEAREST) == ago
    assert parse_day(f"in {days} days", ago) == today.isoformat()


@given(st.sampled_from(TAKEN), some_day, st.sampled_from([BACK, NEAREST, FIXED]))
def test_a_refusal_in_any_direction_shows_what_is_taken(phrase: str, today: date, direction: str) -> None:
    assume(" or " not in phrase and "," not in phrase)  # Else the examples of a sentence cannot be told apart.
    iso = today.isoformat()
    try:
        day = parse_day(phrase, iso, direction)
    except (DateRefused, NotAllowed) as refused:
        for shown in examples_in(refused.sentence):
            assert parse_day(shown, iso, direction)
    else:
        assert direction != BACK or day <= iso
