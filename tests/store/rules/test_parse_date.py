"""Dates in: every form the contract takes or refuses, and what holds for all of them."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.errors import UsageError
from store.model.vocabulary_and_signs import Precision
from store.rules.dates.date_refusals import DateRefused
from store.rules.dates.month_arithmetic import add_to_day
from store.rules.dates.parse_date import is_only_a_day, parse_date, parse_day
from store.rules.days import Direction
from store.rules.due_dates_and_extensions import DueDate

TODAY = "2022-12-08"
"""A Thursday: the last day of the Lyon visit."""

DAY, WEEK, MONTH, QUARTER, HALF, SEASON, YEAR = Precision.ALL


def meaning(phrase: str, today: str = TODAY) -> tuple[str | None, str | None, str | None]:
    deadline = parse_date(phrase, today)
    return deadline.start, deadline.day, deadline.precision


def day_of(phrase: str, today: str = TODAY) -> str | None:
    return parse_date(phrase, today).day


def refusal(phrase: str, today: str = TODAY) -> str:
    with pytest.raises(DateRefused) as refused:
        parse_date(phrase, today)
    return str(refused.value)


def day_in_words(iso: str) -> str:
    return date.fromisoformat(iso).strftime("%a %-d %B %Y")


def phrases(text: str) -> list[str]:
    return [phrase.strip() for phrase in text.split("|")]


DAYS = {
    "2023-03-31": [
        *phrases("""2023-03-31 | 2023/03/31 | 2023.3.31 | 2023-3-31 | 31.3.2023 | 31.03.2023 | 31/03/2023 |
        03/31/2023 | 31-03-2023 | 03-31-2023 | 31-Mar-2023 | 31-march-2023 | 31 March |
        31st of March 2023 | 31 Mar 2023 | the 31st of March | 31 of March | 31st March |
        March 31, 2023 | March 31 2023 | March 31st | March the 31st | March 31st, 2023 |
        31 March, 2023 | Friday 31 March 2023 | Fri, 31 Mar. 2023 | Friday the 31st of March |
        Friday 2023-03-31 | Friday March 31, 2023 | fri 31.03.2023 | 2023 March 31 |
        31.03 | 31.3 | 31.3. | by 31.3. | Friday 31.03. | до 31.3 |
        the 31 the March the 2023 | by 31 March | on 31 March | in 31 March | until 31 March |
        due 31 March | due by 31 March | no later than 31 March | not later than 31 March |
        on or before 31 March | by the end of 31 March | before the end of 31 March |
        31 March at the latest | at the latest 31 March | BY THE 31ST OF MARCH | 31 March 2023. |
        by 2023-03-31 | 31 March,2023 | till 31 March | until 31 March inclusive | 31 марта |
        31 марта 2023 г. | 31 марта 2023 года | 31 Марта 2023 | до 31 марта | к 31 марта |
        не позднее 31 марта | не позже 31 марта 2023 | 31-го марта | 31.03.2023 г. | до 31.03.2023 |
        пятница, 31 марта 2023 | в пятницу 31 марта | до 31 марта включительно | 31 мар. 2023 г |
        31-марта-2023 | on or before 31 марта"""),
        "  by\xa0the\u202f31st\tof\nMarch ",
        "2023\u201103\u201131",
        "\u300031 March",
    ],
    "2022-12-08": phrases("today | TODAY | by today | by the end of today | сегодня | 8 December | 8 декабря"),
    "2022-12-09": phrases(
        """tomorrow | by tomorrow | завтра | до завтра | Friday | Fri | on Friday | by Friday | fri. |
        this Friday | +1d | in a day | within 1 day | пятница | в пятницу | до пятницы | к пятнице |
        in one day | в эту пятницу | пт"""
    ),
    "2022-12-10": phrases("day after tomorrow | the day after tomorrow | послезавтра | Sat | суббота | in 2 days"),
    "2022-12-15": phrases("Thursday | this Thursday | Thu | Thurs | четверг | +1w | in a week | через неделю"),
    "2022-12-13": phrases("Tuesday | tue | Tues | во вторник | вторник"),
    "2022-12-14": phrases("Wednesday | в среду | среда | wed"),
    "2022-12-11": phrases("Sunday | воскресенье | через 3 дня | in three days"),
    "2022-12-12": phrases("Monday | понедельник | понедельника | mon"),
    "2022-12-18": phrases("+10d | +10 days | in 10 days | within 10 days | in 10d | in ten days | через 10 дней"),
    "2022-12-22": phrases(
        """+2w | +2 weeks | in 2 weeks | in two weeks | within two weeks | within 2w | +2W | by +2w |
        by in 2 weeks | in +2w | через 2 недели | через две недели | в течение 2 недель | +2 недели"""
    ),
    "2023-01-08": phrases("+1m | within a month | in a month | in 1 month | через месяц | в течение месяца"),
    "2023-03-08": phrases("+3m | in 3 months | +3 months | через 3 месяца"),
    "2023-12-08": phrases("+1y | in a year | +1 year | через год | in 12 months"),
    "2027-12-08": phrases("через 5 лет | +5y"),
    "2023-04-04": phrases("04/04/2023 | 4/4/2023 | 04-04-2023 | 4.4.2023 | 2023-4-4"),
    "2023-04-03": phrases("03.04.2023 | 3.4.2023 | 3-Apr-2023 | April 3rd"),
    "2023-03-23": phrases("23 March | 23 марта | March 23, 2023 | March 23rd | 2023-03-23"),
    "2024-02-29": phrases("29 February | 29 февраля | 2024-02-29 | 29 Feb 2024 | 29/02/2024"),
    "2023-12-07": phrases("7 December | December 7th"),
    "2020-05-01": phrases("2020-05-01 | 1 May 2020 | 1.5.2020 | 1 мая 2020"),
}

PERIODS = {
    ("2023-03-27", "2023-04-02", WEEK): phrases("2023-W13 | 2023-w13 | by 2023-W13 | end of 2023-W13"),
    ("2022-12-05", "2022-12-11", WEEK): phrases(
        """end of the week | this week | by the end of the week | end of this week | end of week |
        до конца недели | на этой неделе"""
    ),
    ("2022-12-12", "2022-12-18", WEEK): phrases("next week | by the end of next week | на следующей неделе"),
    ("2020-12-28", "2021-01-03", WEEK): phrases("2020-W53"),
    ("2023-01-02", "2023-01-08", WEEK): phrases("2023-W01 | 2023-W1"),
    ("2023-03-01", "2023-03-31", MONTH): phrases(
        """March 2023 | 2023-03 | 03/2023 | 3/2023 | March | in March | end of March | Mar | mar. |
        by the end of March | before the end of March | end of March 2023 | in March, 2023 |
        March of 2023 | no later than the end of March 2023 | by March at the latest | until March |
        2023 March | март | март 2023 | в марте | в марте 2023 года | до конца марта |
        до конца марта 2023 г. | конец марта | к концу марта | не позднее марта 2023 | в конце марта"""
    ),
    ("2022-12-01", "2022-12-31", MONTH): phrases(
        """end of month | end of the month | this month | end of this month | by the end of the month |
        December | Dec | декабрь | до конца месяца | в этом месяце | до конца текущего месяца"""
    ),
    ("2023-01-01", "2023-01-31", MONTH): phrases(
        "next month | end of next month | by the end of the next month | January | в следующем месяце"
    ),
    ("2023-09-01", "2023-09-30", MONTH): phrases("Sept | Sept. 2023 | September | sep | сентябрь | в сентябре"),
    ("2024-02-01", "2024-02-29", MONTH): phrases("February 2024 | 2024-02 | до конца февраля 2024 года"),
    ("2023-05-01", "2023-05-31", MONTH): phrases("May | in May | май | в мае | до конца мая | MAY 2023"),
    ("2023-01-01", "2023-03-31", QUARTER): phrases(
        """2023-Q1 | 2023-q1 | Q1 2023 | 1st quarter of 2023 | Q1 | end of Q1 | 2023 Q1 | Q1, 2023 |
        first quarter | first quarter of 2023 | in the first quarter of 2023 | next quarter | by Q1 |
        the end of next quarter | 1 квартал 2023 | I квартал 2023 | 1-й квартал 2023 года |
        1 кв. 2023 | до конца 1 квартала 2023 | в первом квартале 2023 года | в 1-м квартале |
        первый квартал | в следующем квартале | I quarter 2023"""
    ),
    ("2023-04-01", "2023-06-30", QUARTER): phrases("II квартал 2023 | 2 квартал 2023 года | ii квартал | Q2 of 2023"),
    ("2023-07-01", "2023-09-30", QUARTER): phrases("III квартал 2023 | 3rd quarter 2023 | third quarter"),
    ("2022-10-01", "2022-12-31", QUARTER): phrases(
        "end of the quarter | this quarter | Q4 | IV квартал | до конца квартала | в этом квартале"
    ),
    ("2023-01-01", "2023-06-30", HALF): phrases(
        """first half of 2023 | H1 2023 | 1st half of 2023 | 2023-H1 | 2023 H1 | H1 | 1 полугодие 2023 |
        первое полугодие 2023 года | I полугодие 2023 | by the end of the first half of 2023"""
    ),
    ("2023-07-01", "2023-12-31", HALF): phrases("2023-H2 | H2 2023 | second half of 2023 | до конца 2 полугодия 2023"),
    ("2023-03-01", "2023-05-31", SEASON): phrases("spring 2023 | in the spring of 2023 | весна 2023 | весной 2023 г."),
    ("2023-06-01", "2023-08-31", SEASON): phrases("summer 2023 | end of summer 2023 | летом 2023 | лето 2023 | summer"),
    ("2023-09-01", "2023-11-30", SEASON): phrases("autumn 2023 | до конца осени 2023 | autumn | fall 2023"),
    ("2023-01-01", "2023-12-31", YEAR): phrases(
        """2023 | end of 2023 | by the end of 2023 | in 2023 | by 2023 | next year | end of next year |
        2023 год | 2023 года | в 2023 году | до конца 2023 года | к концу 2023 г. | в следующем году"""
    ),
    ("2022-01-01", "2022-12-31", YEAR): phrases(
        "this year | end of the year | end of this year | до конца года | в этом году | end of year"
    ),
    ("1990-01-01", "1990-12-31", YEAR): phrases("1990"),
    ("2100-01-01", "2100-12-31", YEAR): phrases("2100"),
}

REFUSED = {
    "two readings": phrases(
        """03/04/2023 | 3-4-2023 | 12/11/2023 | March 23 | March 31 | марта 31 | Mar. 23 | in March 23 |
        before 31 March | after 31 March | before March | after 31 марта | после 31 марта |
        перед 31 марта | next Friday | by next Friday | в следующую пятницу | next March | this March |
        next Q1 | next May | до марта | до 2023 года | до 1 квартала 2023 | до марта 2023 |
        next spring | mid-March | mid March | middle of March | early March | late March |
        start of March | winter 2023 | winter | зима 2023 | зимой | end of winter 2023 | 10d |
        2 weeks | two weeks | by 2w | 2 недели | неделю | by 2 weeks | end of 2 weeks | in 1 quarter |
        1 quarter 2023 | a week | half of 2023 | first half of March | within the week | within March"""
    ),
    "not a date": phrases(
        """asap | ASAP | tbd | maybe | maybe 31 March | soon | as soon as possible | later | foo | ? | . |
        5 working days | in 5 working days | 10 business days | через 5 рабочих дней | yesterday |
        вчера | by none | no date | null | - | -- | next | this | end | by | by the end of | the | of |
        due | month | the week | by the month | in month | in the month | quarter | week | the 31st |
        31st | March of | 31 March of | 31 March the | 31 March by | Friday the 13th | Fridays |
        every Friday | Friday March | Friday Q1 | Friday today | в марте в | марта марта |
        2023 2023 2023 | weekend | 31 March in 2023 | Friday +2w | end of next Friday | Marsh | мaрт |
        31 marta | W13 | Q5 | H3 | 2023-Q5 | 2023-H3 | 5 квартал 2023 | 3 полугодие | Q1 March |
        the end | + | +w | +2 | +2x | ++2w | +-2w | -2w | 2w+ | +2w2d | +1.5w | in 1,5 weeks |
        in week | +a week | now | in 2w 3d"""
    ),
    "two dates": phrases(
        """31 March 2 April | 31 March or 2 April | 31 March - 2 April | 1-5 March |
        2023-03-31 2023-04-01 | March to April | between March and May | 2023-2024 | 2022/2023 |
        2023 2024 | Friday Saturday | с 1 по 5 марта | март или апрель | 2023-03-31..2023-04-01 |
        ..2w | March, April | March-April | 31 March 2023 2024 | today tomorrow | Q1 Q2"""
    ),
    "no year, or a short one": phrases(
        """31/3 | 3/31 | 03-31 | 12/12 | 31.3.23 | 31/03/23 | 23-03-31 | 31-03-23 |
        31 March 23 | 31-Mar-23 | 31 марта 23 г. | March 31, 23 | Q1 23 | H1 '23 | 1/2/3 | March '23 |
        31 March 0023 | 31 March 1700 | 31 March 20233 | March 45 | 31-Mar"""
    ),
    "a time": phrases(
        """17:00 | 31 March 17:00 | 31 March 2023 at 5pm | 5pm | 5 pm | noon | today 12:00 |
        2023-03-31T17:00 | 2023-03-31 17:00:00 | в 17:00 | midnight | 31 March 1400"""
    ),
    "a bare number": phrases(
        """2023.5 | 2023.05 | 5.2023 | 03.2023 | 31.13 | 31 | 5 | 0 | 1989 | 2101 | 45016 | 20230331 | by 31 | in 31 |
        2,023 | -5 | 1e3"""
    ),
    "does not exist": phrases(
        """2023-02-30 | 2023-02-29 | 2023-13-01 | 2023-00-10 | 2023-01-00 | 0000-01-01 | 31 April |
        30 Feb | 31 April 2023 | 32 March | 0 March | 32 March 2023 | 29 February 2023 | 31/02/2023 |
        02/30/2023 | 13/13/2023 | 29.02.2023 | 00/03/2023 | 3/0/2023 | 2023-31-03 | 03/04/0000 |
        2023-13 | 13/2023 | 00/2023 | 2023-W00 | 2023-W53 | 2023-W54 | 2023-W999 | 2023-90 |
        31-Apr-2023 | 31 апреля | Thursday 31 March 2023 | Thursday 31 March |
        понедельник 31 марта 2023 | March 32nd | Feb 30th"""
    ),
    "too far, or not at all": [
        *phrases("""+0d | +0w | in 0 weeks | через 0 дней | +100y | +79y | +99999d | +9999999999999999999m |
        in 900 years"""),
        "+" + "9" * 190 + "d",
        "2022-12-08" * 100,
    ],
    "glued": phrases(
        """31March | March31 | 31st March2023 | Q12023 | 2023Q1 | endofMarch | 2weeks | +2weeks |
        in 2weeks | 31марта | 2023г. | 31.03.2023г. | byMarch | 2023W13 | Friday31March | 31-March"""
    ),
    "strange characters": [
        *phrases("٣١ March | ２０２３-03-31 | ２０２３ | ३१ मार्च | ²0 March | Ⅱ квартал 2023 | +２w | 31 March ➀"),
        *phrases("“31 March” | 31 Mär | 31 Marc\u0127 | in 2 wee\u212as | 31 \u216fI March | 31 March\ufe0f"),
        *phrases("2023\u201303\u201331 | 2023\u221203\u221231 | 31\u200bMarch | 31 March\u200b | \u200e31 March"),
        *phrases("\u202e31 March | 31\xadMarch | 2023-03-31\x00 | \ufeff2023-03-31 | 31 March\x1b[31m"),
        *phrases("31\x1fMarch | 31 March\x7f | 31\u2060March | \u200d | 31 March\u200d | \ud800"),
        "\x1c31 March",
    ],
    "empty": ["", " ", "\t\n", "\xa0", ",", " , "],
}


@pytest.mark.parametrize(("day", "phrase"), [(day, phrase) for day, phrases in DAYS.items() for phrase in phrases])
def test_a_day_is_understood(day: str, phrase: str) -> None:
    assert meaning(phrase) == (day, day, DAY)


@pytest.mark.parametrize(
    ("period", "phrase"), [(period, phrase) for period, phrases in PERIODS.items() for phrase in phrases]
)
def test_a_period_is_understood_as_its_last_day(period: tuple[str, str, str], phrase: str) -> None:
    assert meaning(phrase) == period


def examples_in(sentence: str) -> list[str]:
    *others, last = sentence.rpartition(": write ")[2].rsplit(" or ", 1)
    return [*(phrase for other in others for phrase in other.split(", ")), last]


@pytest.mark.parametrize("phrase", [phrase for refused in REFUSED.values() for phrase in refused])
def test_what_is_not_certain_is_refused_with_examples_that_are_taken(phrase: str) -> None:
    sentence = refusal(phrase)
    assert sentence.startswith('"')
    assert sentence.isprintable()
    assert len(sentence) < 250
    assert 1 <= len(examples_in(sentence)) <= 3
    for shown in examples_in(sentence):
        parse_date(shown, TODAY)


@pytest.mark.parametrize("phrase", ["none", "None", "NONE", "  none ", "нет", "Без срока", "без  даты"])
def test_none_is_no_date(phrase: str) -> None:
    assert parse_date(phrase, TODAY) == DueDate(None, None, None, None)
    with pytest.raises(DateRefused, match="a day is needed"):
        parse_day(phrase, TODAY)


@pytest.mark.parametrize(
    ("phrase", "sentence"),
    [
        ("03/04/2023", '"03/04/2023" can be 3 April or 4 March 2023: write 2023-04-03 or 3 April 2023'),
        ("March 23", '"March 23" can be 23 March or March 2023: write 23 March or March 2023'),
        (
            "next  Friday",
            '"next Friday" can be 9 December 2022 or 16 December 2022: write 2022-12-09 or 2022-12-16',
        ),
        ("2 weeks", '"2 weeks" does not say from when: write +2w or in 2 weeks'),
        ("2 недели", '"2 недели" does not say from when: write +2w or через 2 недели'),
        (
            "Thursday 31 March 2023",
            '"Thursday 31 March 2023" does not agree, 31 March 2023 is a Fri: write 2023-03-31 or Fri 31 March 2023',
        ),
        (
            "2023-02-30",
            '"2023-02-30" is a day that does not exist, February 2023 has 28 days: '
            "write 2023-02-28 or 28 February 2023",
        ),
        ("asap", '"asap" names no last day: write 2022-12-22, end of March or +2w'),
        ("до марта", '"до марта" can be 28 February 2023 or 31 March 2023: write 2023-02-28 or 2023-03-31'),
        ("", '"" is empty: write 2023-03-31, end of March or none'),
        (
            "31\u200bMarch",
            '"31\\u200bMarch" has an invisible character (U+200B): write 2022-12-22, end of March or +2w',
        ),
    ],
)
def test_a_refusal_says_why_and_what_to_write(phrase: str, sentence: str) -> None:
    assert refusal(phrase) == sentence


def test_a_refusal_is_wrong_usage() -> None:
    assert issubclass(DateRefused, UsageError)


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("end of March", "end of March"),
        ("  By the  end\u00a0of March 2023 ", "By the end of March 2023"),
        ("Q1 2023", "Q1 2023"),
        ("2023-Q1", "2023-Q1"),
        ("31 марта", "31 марта"),
        ("spring 2023", "spring 2023"),
        ("Friday 31 March 2023", "Friday 31 March 2023"),
        ("by 2023-03-31", "by 2023-03-31"),
        ("до конца марта", "до конца марта"),
        *((phrase, None) for phrase in ("2023-03-31", "31.3.2023", " 2023/03/31 ", "2023\u201103\u201131")),
        *((phrase, None) for phrase in ("today", "by tomorrow", "+2w", "in 2 weeks", "within a month", "Friday")),
        *((phrase, None) for phrase in ("this week", "end of the week", "next month", "this year", "end of month")),
        *((phrase, None) for phrase in ("end of next quarter", "через неделю", "до конца месяца", "до пятницы")),
    ],
)
def test_words_are_kept_when_they_stay_true(phrase: str, words: str | None) -> None:
    assert parse_date(phrase, TODAY).words == words


@pytest.mark.parametrize(
    ("phrase", "today", "day"),
    [
        ("31 March", "2023-03-31", "2023-03-31"),
        ("31 March", "2023-04-01", "2024-03-31"),
        ("29 February", "2024-02-29", "2024-02-29"),
        ("29 February", "2024-03-01", "2028-02-29"),
        ("Friday", "2023-03-31", "2023-04-07"),
        ("this Friday", "2023-03-31", "2023-04-07"),
        ("March", "2023-03-31", "2023-03-31"),
        ("March", "2023-04-01", "2024-03-31"),
        ("Q1", "2023-03-31", "2023-03-31"),
        ("Q1", "2023-04-01", "2024-03-31"),
        ("end of the week", "2023-04-02", "2023-04-02"),
        ("next week", "2023-04-02", "2023-04-09"),
        ("end of month", "2023-03-31", "2023-03-31"),
        ("next month", "2023-01-31", "2023-02-28"),
        ("next month", "2023-12-31", "2024-01-31"),
        ("next quarter", "2023-12-31", "2024-03-31"),
        ("+1m", "2023-01-31", "2023-02-28"),
        ("+1m", "2024-01-31", "2024-02-29"),
        ("+1y", "2024-02-29", "2025-02-28"),
        ("+78y", "2022-12-08", "2100-12-08"),
        ("+1d", "2100-12-30", "2100-12-31"),
    ],
)
def test_today_decides(phrase: str, today: str, day: str) -> None:
    assert day_of(phrase, today) == day


@pytest.mark.parametrize("phrase", ["tomorrow", "+1d", "next year", "next week", "29 February", "Monday"])
def test_the_end_of_the_calendar_is_a_refusal_too(phrase: str) -> None:
    refusal(phrase, "9999-12-31")


def test_a_day_is_the_last_of_its_period() -> None:
    assert parse_day("March 2023", TODAY) == "2023-03-31"
    assert parse_day("2023-03-31", TODAY) == "2023-03-31"


@pytest.mark.parametrize(
    ("day", "step", "later"),
    [
        ("2023-01-31", {"months": 1}, "2023-02-28"),
        ("2024-01-31", {"months": 1}, "2024-02-29"),
        ("2023-01-31", {"months": 2}, "2023-03-31"),
        ("2024-02-29", {"years": 1}, "2025-02-28"),
        ("2023-12-31", {"days": 14}, "2024-01-14"),
        ("2023-03-31", {"months": -1}, "2023-02-28"),
        ("2023-01-31", {"months": 1, "days": 1}, "2023-03-01"),
    ],
)
def test_shift_keeps_to_the_calendar(day: str, step: dict[str, int], later: str) -> None:
    assert add_to_day(day, **step) == later


@pytest.mark.parametrize("step", [{"days": 10**9}, {"months": 10**9}, {"years": -9999}, {"days": -(10**9)}])
def test_shift_refuses_to_leave_the_calendar(step: dict[str, int]) -> None:
    with pytest.raises(DateRefused):
        add_to_day("2023-03-31", **step)


def test_a_deadline_does_not_change() -> None:
    deadline = parse_date("end of March 2023", TODAY)
    with pytest.raises(AttributeError):
        deadline.day = "2024-03-31"
    with pytest.raises(AttributeError):
        del deadline.day
    assert deadline == parse_date("end of March 2023", "2023-01-01")
    assert len({deadline, parse_date("end of March 2023", TODAY)}) == 1
    assert "2023-03-31" in repr(deadline)


def test_reading_a_date_costs_no_heavy_import() -> None:
    heavy = {"re", "typing", "dataclasses", "pathlib", "unicodedata", "calendar", "locale", "json"}
    code = (
        f"import sys, store.rules.dates.parse_date as d; d.parse_date('end of March', '{TODAY}'); print(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True)
    assert not heavy & set(loaded.stdout.split())


any_day = st.dates().map(date.isoformat)
some_day = st.dates(date(1990, 1, 1), date(2100, 12, 31))
some_today = st.dates(date(1990, 1, 1), date(2090, 12, 31)).map(date.isoformat)
vocabulary = st.sampled_from(
    phrases(
        """the|of|by|on|in|until|due|end|before|after|no|later|than|not|at|latest|or|this|next|none|today|day
        |tomorrow|Friday|Fri|31|31st|2|2nd|1|23|29|2023|2024|1989|March|Mar|February|May|month|week|weeks|half
        |quarter|year|first|Q1|H2|2023-Q1|2023-W13|+2w|+0d|within|a|two|spring|winter|03/04/2023|2023-03-31
        |2023-03|31.3.2023|,|.|до|конца|к|не|позднее|марта|март|31-го|квартал|II|полугодие|год|года|недели|10d
        |через|в|течение|пятницу|г.|17:00|mid-March"""
    )
)


@given(any_day, some_today)
@example("1989-12-31", TODAY)
@example("1990-01-01", TODAY)
@example("2100-12-31", TODAY)
@example("2101-01-01", TODAY)
def test_every_iso_day_of_the_years_that_words_may_name_round_trips(day: str, today: str) -> None:
    if "1990" <= day[:4] <= "2100":
        assert meaning(day, today) == (day, day, DAY)
        assert day_of(f" {day} ", today) == day
        return
    for form in (day, day.replace("-", "/"), ".".join(reversed(day.split("-")))):
        assert "1990 to 2100" in refusal(form, today)


@given(some_day, some_today)
def test_a_full_date_means_itself_however_it_is_written(day: date, today: str) -> None:
    iso = day.isoformat()
    y, m, d = day.year, day.month, day.day
    long = day_in_words(iso).partition(" ")[2]
    name = long.split()[1]
    forms = [day_in_words(iso), long, f"{name} {d}, {y}", f"{d}-{name[:3]}-{y}", f"{d}.{m}.{y}", f"{y}/{m}/{d}"]
    assert {day_of(form, today) for form in forms} == {iso}
    for swappable in (f"{d}/{m}/{y}", f"{m}/{d}/{y}", f"{d:02}-{m:02}-{y}"):
        if d > 12 or d == m:
            assert day_of(swappable, today) == iso
        else:
            refusal(swappable, today)


@given(some_day, some_today)
def test_a_day_without_a_year_is_the_next_one(day: date, today: str) -> None:
    name = day_in_words(day.isoformat()).split()[2]
    found = day_of(f"{day.day} {name}", today)
    assert found is not None
    assert found[5:] == day.isoformat()[5:]
    assert today <= found < add_to_day(today, years=8, days=2)
    if found[5:] != "02-29":
        assert found <= add_to_day(today, years=1)


@given(st.sampled_from(sorted(phrase for phrases in PERIODS.values() for phrase in phrases)), some_today)
def test_the_day_is_the_last_of_its_period(phrase: str, today: str) -> None:
    deadline = parse_date(phrase, today)
    assert deadline.start is not None
    assert deadline.day is not None
    start = date.fromisoformat(deadline.start)
    after = date.fromisoformat(deadline.day) + timedelta(days=1)
    lengths = {MONTH: 1, QUARTER: 3, HALF: 6, SEASON: 3, YEAR: 12}
    if deadline.precision == WEEK:
        assert (start.weekday(), (after - start).days) == (0, 7)
    else:
        assert start.day == 1
        assert after.isoformat() == add_to_day(deadline.start, months=lengths[deadline.precision or ""])


@given(st.sampled_from(["March", "Q1", "H2", "summer", "first quarter", "декабрь"]), some_today)
def test_a_period_without_a_year_is_the_next_that_has_not_ended(phrase: str, today: str) -> None:
    found = day_of(phrase, today)
    assert found is not None
    assert today <= found <= add_to_day(today, years=1, days=1)


@given(st.integers(0, 6), some_today)
def test_a_weekday_is_never_today_and_within_a_week(number: int, today: str) -> None:
    name = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[number]
    found = day_of(name, today)
    assert found is not None
    assert add_to_day(today, days=1) <= found <= add_to_day(today, days=7)
    assert day_in_words(found)[:3] == name[:3]


TAKEN = sorted({p for group in (DAYS, PERIODS) for phrases in group.values() for p in phrases})
blanks = st.sampled_from([" ", "  ", "\t", "\u00a0", "\u202f ", " \n"])


@given(st.sampled_from(TAKEN), st.sampled_from([str.upper, str.lower, str.title, str]), blanks)
def test_case_and_blanks_change_nothing(phrase: str, recase: type[str], blank: str) -> None:
    spaced = blank + blank.join(recase(phrase).split()) + blank
    assert meaning(spaced) == meaning(phrase)


leads = st.sampled_from(
    phrases(
        """by|on|in|until|due|no later than|on or before|by the end of|before the end of|the|due by|by the
        |not later than|at the latest|не позднее|к|до конца|до"""
    )
)
ENDS = {"end", "конец", "конца", "концу", "конце"}


@given(st.sampled_from(TAKEN), leads)
def test_a_lead_changes_nothing(phrase: str, lead: str) -> None:
    bare = meaning(phrase)
    if lead == "до" and bare[2] != DAY and not ENDS & set(phrase.split()):
        refusal(f"до {phrase}")
    else:
        assert meaning(f"{lead} {phrase}") == bare


def either(phrase: str, today: str = TODAY) -> None:
    """The phrase is understood as a day or period, or refused in one sentence that prints."""
    sentence = ""
    try:
        deadline = parse_date(phrase, today)
    except DateRefused as refused:
        sentence = str(refused)
    else:
        if deadline.day is None:
            assert " ".join(phrase.lower().split()) in ("none", "нет", "без срока", "без даты")
        else:
            assert deadline.start is not None
            assert date.fromisoformat(deadline.start) <= date.fromisoformat(deadline.day)
    assert not sentence or sentence.isprintable()


@given(st.text(max_size=30), any_day)
@example("\ud800", TODAY)
def test_any_text_is_understood_or_refused(phrase: str, today: str) -> None:
    either(phrase, today)


@given(st.text("0123456789-/.+: wdmyqhQ,'г", max_size=14), any_day)
def test_any_figures_are_understood_or_refused(phrase: str, today: str) -> None:
    either(phrase, today)


@given(st.lists(vocabulary, max_size=6).map(" ".join), any_day)
def test_any_words_are_understood_or_refused(phrase: str, today: str) -> None:
    either(phrase, today)


@given(st.sampled_from(TAKEN), st.sampled_from(TAKEN))
def test_two_dates_are_never_one(one: str, other: str) -> None:
    refusal(f"{one} or {other}")
    refusal(f"{one} - {other}")


@pytest.mark.parametrize(
    ("phrase", "why", "examples"),
    [
        ("Q2 next year", "needs its year in figures", "Q2 2024"),
        ("end of Q1 next year", "needs its year in figures", "Q1 2024"),
        ("31 March next year", "needs its year in figures", "31 March 2024"),
        ("spring next year", "needs its year in figures", "spring 2024"),
        ("next year Q2", "needs its year in figures", "Q2 2024"),
        ("Q4 this year", "needs its year in figures", "Q4 2023"),
        ("mid February", "names no last day", "15 February or end of February"),
        ("mid-February", "names no last day", "15 February or end of February"),
        ("beginning of April 2028", "names no last day", "10 April 2028 or end of April 2028"),
        ("late 2027", "names no last day", "end of 2027"),
        ("start of next year", "names no last day", "end of next year"),
        ("before 31 May", "does not say whether that day counts", "31 May"),
        ("next two weeks", "does not say which one", "in two weeks"),
        ("середина мая", "names no last day", "15 мая or конец мая"),
    ],
)
def test_a_phrase_that_is_near_a_date_is_refused_with_that_date(phrase: str, why: str, examples: str) -> None:
    with pytest.raises(DateRefused) as refused:
        parse_date(phrase, "2023-03-01")
    assert refused.value.sentence == f'"{phrase}" {why}: write {examples}'


@pytest.mark.parametrize("phrase", ["after 31 May", "not before 31 May 2023", "после 31 мая"])
def test_a_phrase_that_says_from_when_is_near_no_date(phrase: str) -> None:
    with pytest.raises(DateRefused) as refused:
        parse_date(phrase, "2023-03-01", Direction.FIXED)
    assert refused.value.values["readings"] == []
    assert "write 2023-03-15 or end of March 2024" in refused.value.sentence


@pytest.mark.parametrize(
    ("words", "is_only"),
    [
        ("20 December", True), ("by 20 December 2026", True), ("20 декабря", True), ("2026-12-20", True),
        ("21 December", False), ("end of December", False), ("as soon as possible", False),
        ("20 December, at the meeting", False), ("", False),
    ],
)  # fmt: skip
def test_words_that_say_no_more_than_the_day(words: str, is_only: bool) -> None:
    assert is_only_a_day(words, "2026-12-20") == is_only
