"""The one table of the product: state x due x original x reported x confirmed -> band, outcome, days."""

from datetime import date, timedelta
from itertools import product
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.database import Database
from store.model.record_types import Commitment
from store.model.vocabulary_and_signs import OPEN, Band, Outcome, State
from store.query.sort_orders import by_urgency
from store.rules.assess_overdue_and_tally import assess, band_of, tally
from store.rules.day_done_and_outcome import keeps, outcome_of
from store.rules.days import days_between
from tests.support.fixed_day_and_user import TODAY
from tests.support.store_builders import add, do, record, set_due


def day(offset: int) -> str:
    return (date.fromisoformat(TODAY) + timedelta(days=offset)).isoformat()


def day_or_none(offset: int | None) -> str | None:
    return None if offset is None else day(offset)


UNDONE_STATES = ("proposed", "agreed", "in-progress")

BANDS = [
    (-400, "overdue"),
    (-1, "overdue"),
    (0, "today"),
    (1, "week"),
    (7, "week"),
    (8, "month"),
    (30, "month"),
    (31, "later"),
    (4000, "later"),
    (None, "no-date"),
]

# done day, current due, original due (None: there is none), all counted from today -> outcome
OUTCOMES = [
    (-3, 0, 0, "met"),
    (0, 0, 0, "met"),
    (-3, -3, None, "met"),
    (-4, -3, None, "met"),
    (37, -3, None, "met-late"),
    (0, 10, 0, "met"),
    (40, 90, 0, "met-extended"),
    (90, 90, 0, "met-extended"),
    (130, 90, 0, "met-late"),
    # An earlier date was agreed: kept by the original one, but too late by the one in force.
    (-50, -90, 0, "met-late"),
    (-10, -10, 0, "met"),
    (0, None, None, "met-undated"),
    (0, None, -20, "met-undated"),
]


@pytest.mark.parametrize("state", UNDONE_STATES)
@pytest.mark.parametrize(("offset", "band"), BANDS)
@pytest.mark.parametrize("original", [None, -40, 0, 40])
def test_what_is_undone_stands_in_the_band_of_its_current_date(
    state: str, offset: int | None, band: str, original: int | None
) -> None:
    due = None if offset is None else day(offset)
    found = assess(state, due, None if original is None else day(original), None, None, TODAY)
    assert (found.band, found.outcome, found.days_left) == (band, None, offset)


@pytest.mark.parametrize(("done", "due", "original", "outcome"), OUTCOMES)
def test_what_is_reported_is_unconfirmed_whatever_its_date_and_never_late(
    done: int, due: int | None, original: int | None, outcome: str
) -> None:
    found = assess("reported", day_or_none(due), day_or_none(original), day(done), None, TODAY)
    assert (found.band, found.outcome, found.days_left) == ("unconfirmed", outcome, None)


@pytest.mark.parametrize(("done", "due", "original", "outcome"), OUTCOMES)
@pytest.mark.parametrize("confirmed_later", [0, 1, 500])
def test_what_is_confirmed_was_done_on_the_day_it_was_reported(
    done: int, due: int | None, original: int | None, outcome: str, confirmed_later: int
) -> None:
    found = assess("confirmed", day_or_none(due), day_or_none(original), day(done), day(done + confirmed_later), TODAY)
    assert (found.band, found.outcome, found.days_left) == ("finished", outcome, None)


@pytest.mark.parametrize(("done", "due", "original", "outcome"), OUTCOMES)
def test_without_a_report_the_day_confirmed_is_the_day_done(
    done: int, due: int | None, original: int | None, outcome: str
) -> None:
    found = assess("confirmed", day_or_none(due), day_or_none(original), None, day(done), TODAY)
    assert (found.band, found.outcome, found.days_left) == ("finished", outcome, None)


@pytest.mark.parametrize(("due", "original"), list(product([None, -9, 0, 9], repeat=2)))
@pytest.mark.parametrize(("reported", "confirmed"), [(None, None), (-20, None), (-20, -10), (None, -10)])
def test_what_is_closed_is_finished_and_not_met_whoever_spoke_before(
    due: int | None, original: int | None, reported: int | None, confirmed: int | None
) -> None:
    due_day, original_day, reported_day, confirmed_day = map(day_or_none, (due, original, reported, confirmed))
    found = assess("closed", due_day, original_day, reported_day, confirmed_day, TODAY)
    assert (found.band, found.outcome, found.days_left) == ("finished", "not-met", None)


def test_a_date_is_kept_up_to_its_own_day() -> None:
    assert [keeps(day(offset), TODAY) for offset in (-400, -1, 0, 1, 400)] == [True, True, True, False, False]


@pytest.mark.parametrize("state", UNDONE_STATES)
def test_no_voice_gives_an_outcome_to_what_is_undone(state: str) -> None:
    assert outcome_of(state, TODAY, TODAY, TODAY) is None


ISO_DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31)).map(date.isoformat)


@given(st.sampled_from(State.ALL), st.none() | ISO_DAYS, st.none() | ISO_DAYS, st.none() | ISO_DAYS, ISO_DAYS)
def test_every_commitment_has_one_band_and_an_outcome_only_when_it_is_due_one(
    state: str, due: str | None, original: str | None, done: str | None, today: str
) -> None:
    found = assess(state, due, original, done, None, today)
    assert (found.band == Band.FINISHED) == (state not in OPEN)
    assert (found.band == Band.UNCONFIRMED) == (state == State.REPORTED)
    assert (found.days_left is None) == (state not in UNDONE_STATES or due is None)
    assert (found.outcome == Outcome.NOT_MET) == (state == State.CLOSED)
    if state in UNDONE_STATES:
        assert found.outcome is None
        assert (found.band == Band.OVERDUE) == (due is not None and due < today)


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.integers(-40000, 40000))
def test_days_are_calendar_days_in_both_directions(first: date, days: int) -> None:
    if not 1 <= first.toordinal() + days <= date.max.toordinal():
        return
    second = first + timedelta(days=days)
    assert days_between(first.isoformat(), second.isoformat()) == days
    assert days_between(second.isoformat(), first.isoformat()) == -days


def test_days_left_do_not_care_for_a_leap_day_or_daylight_saving() -> None:
    assert days_between("2024-02-28", "2024-03-01") == 2
    assert days_between("2023-03-25", "2023-03-27") == 2


# The tally


def counted(commitments: list[dict[str, Any]], undone: frozenset[int | None] = frozenset()) -> dict[str, int]:
    ends = {"lyon-2022": "2022-12-08"}
    is_undone = undone.__contains__
    return tally(
        cast(list[Commitment], commitments), visit_ends=ends, is_undone=is_undone, silent_after=30, today=TODAY
    )


COMMITMENTS = st.fixed_dictionaries(
    {"state": st.sampled_from(State.ALL), "visit": st.just("lyon-2022")},
    optional={"due": ISO_DAYS, "news_on": ISO_DAYS, "chase_on": ISO_DAYS, "after": st.integers(1, 3)},
)


@given(st.lists(COMMITMENTS), st.frozensets(st.integers(1, 3)))
def test_the_sums_of_a_tally_hold(commitments: list[dict[str, Any]], undone: frozenset[int | None]) -> None:
    counts = counted(commitments, undone)
    bands = ("overdue", "due_today", "week", "month", "later", "no_date", "unconfirmed")
    assert counts["open"] == sum(counts[band] for band in bands)
    assert counts["total"] == counts["open"] + counts["finished"] == len(commitments)
    assert counts["finished"] == sum(each["state"] not in OPEN for each in commitments)
    assert counts["silent"] <= counts["open"]
    assert counts["to_chase"] <= sum("chase_on" in each for each in commitments)


@pytest.mark.parametrize(
    ("state", "due", "name"),
    [
        ("proposed", "2020-01-01", "overdue"),
        ("agreed", TODAY, "due_today"),
        ("agreed", day(7), "week"),
        ("in-progress", day(30), "month"),
        ("agreed", "2090-01-01", "later"),
        ("agreed", None, "no_date"),
        ("reported", "2020-01-01", "unconfirmed"),
        ("confirmed", TODAY, "finished"),
        ("closed", None, "finished"),
    ],
)
def test_each_band_is_counted_under_its_own_name(state: str, due: str | None, name: str) -> None:
    commitment = {"state": state, "visit": "lyon-2022", "news_on": TODAY} | ({"due": due} if due else {})
    counts = counted([commitment])
    assert {key for key, value in counts.items() if value} - {"total", "open"} == {name}


def test_one_that_waits_is_not_counted_as_silent() -> None:
    silent = {"state": "agreed", "visit": "lyon-2022", "after": 2}
    assert counted([silent])["silent"] == 1
    assert counted([silent], undone=frozenset({2}))["silent"] == 0


def test_a_store_is_counted_as_its_rows_stand(database: Database) -> None:
    add(database, "due today", state="agreed", due=TODAY)
    do(database, "mark", 3, "done")
    do(database, "mark", 2, "closed", because="dropped")
    snapshot = database.snapshot()
    counts = snapshot.tally(snapshot.rows)
    expected = {"overdue": 1, "due_today": 1, "no_date": 1, "unconfirmed": 1, "finished": 1, "open": 4, "total": 5}
    assert {name: counts[name] for name in expected} == expected


# Order, and the table met through the operations


def test_the_most_urgent_stands_first_then_the_earlier_date_then_the_number(database: Database) -> None:
    for due in ("2023-03-02", "2023-03-01", "2023-02-15", "2023-02-14", "2023-05-01"):
        add(database, due, state="agreed", due=due)
    ordered = sorted(database.snapshot().rows, key=by_urgency)
    assert [row.commitment["id"] for row in ordered] == [8, 4, 7, 6, 5, 2, 9, 1, 3]


def test_band_and_outcome_follow_a_promise_from_its_first_day_to_its_last(database: Database) -> None:
    def assessed() -> tuple[str, str | None, int | None]:
        row = database.snapshot().row(2)
        return row.band, row.outcome, row.days_left

    assert assessed() == ("month", None, 30)
    set_due(database, 2, "2023-01-20", reason="brought forward")
    assert assessed() == ("overdue", None, -40)
    do(database, "mark", 2, "done", on="2023-02-21")
    assert assessed() == ("unconfirmed", "met-late", None)
    do(database, "mark", 2, "done", on="2023-01-20")
    assert assessed() == ("unconfirmed", "met", None)
    do(database, "mark", 2, "confirmed", on=TODAY)
    assert assessed() == ("finished", "met", None)
    assert record(database, 2)["original_due"] == "2023-03-31"


def test_band_of_needs_no_date_for_what_is_no_longer_to_be_done() -> None:
    assert band_of("reported", -5) == Band.UNCONFIRMED
    assert band_of("confirmed", None) == band_of("closed", 3) == Band.FINISHED
