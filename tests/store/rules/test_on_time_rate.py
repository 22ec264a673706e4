"""The on-time rate and the months: a worked example for every rule of the product, and what must always hold."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.database import Database
from store.model.vocabulary_and_signs import OPEN, Because, State, Verdict
from store.rules.due_dates_and_extensions import was_agreed
from store.rules.on_time_rate import By, on_time_rate, verdict
from store.rules.progress import by_party, by_visit, finished_day, months, opened_day, totals
from tests.support.fixed_day_and_user import TODAY
from tests.support.store_builders import INTERPOL, UNODC, VISIT, VISIT_END, add, do, set_due

QUARTER = ("2023-01-01", "2023-03-31")


def day(offset: int) -> str:
    return (date.fromisoformat(TODAY) + timedelta(days=offset)).isoformat()


def promise(state: str = "agreed", due: int | None = None, original: int | None = None, **more: Any) -> Any:
    """A commitment with its dates counted from today; `done`: the day reported, `received`: the day confirmed."""
    record: dict[str, Any] = {"id": 1, "state": state, "visit": VISIT, "by": [UNODC], "created": f"{TODAY}T09:00:00Z"}
    if state != State.PROPOSED:
        record["agreed_on"] = VISIT_END
    if due is not None:
        record["due"] = day(due)
        if state != State.PROPOSED:
            record["original_due"] = day(due)
    if original is not None:
        record["original_due"] = day(original)
    for name, voice in (("done", "reported"), ("received", "confirmed")):
        if name in more:
            record[voice] = {"said_by": [UNODC], "on": day(more.pop(name)), "recorded_by": "asel"}
    return record | more


def numbered(some: list[Any]) -> list[Any]:
    return [{**each, "id": number} for number, each in enumerate(some, 1)]


def closed(because: str, **more: Any) -> dict[str, Any]:
    return {"because": because, "on": TODAY, **more}


# commitment -> verdict by the original date, by the current date
EXAMPLES = [
    # Done on or before the date, by whoever said so first.
    (promise("reported", due=-5, done=-6), "on-time", "on-time"),
    (promise("reported", due=-5, done=-5), "on-time", "on-time"),
    (promise("reported", due=-50, done=-4), "missed", "missed"),
    (promise("confirmed", due=-5, received=-5), "on-time", "on-time"),
    (promise("confirmed", due=-50, received=-4), "missed", "missed"),
    # The day it was reported is the day it was done, however late the other side confirmed it.
    (promise("confirmed", due=-5, done=-6, received=0), "on-time", "on-time"),
    # Done before its date is past.
    (promise("confirmed", due=30, done=-6, received=-1), "on-time", "on-time"),
    # An extension: two dates, two answers.
    (promise("confirmed", due=-5, original=-80, received=-10), "missed", "on-time"),
    (promise("agreed", due=5, original=-80), "missed", "not-yet-due"),
    # Brought forward, and kept by the first date alone.
    (promise("confirmed", due=-80, original=-5, received=-10), "on-time", "missed"),
    # The date was taken out.
    (promise("agreed", original=-80), "missed", "no-date"),
    # Undone: past is missed, today is not past.
    (promise("agreed", due=-60), "missed", "missed"),
    (promise("in-progress", due=-60), "missed", "missed"),
    (promise("agreed", due=0), "not-yet-due", "not-yet-due"),
    (promise("agreed", due=1), "not-yet-due", "not-yet-due"),
    # Never agreed: the date is a wish.
    (promise("proposed", due=-1), "never-agreed", "never-agreed"),
    (promise("proposed"), "never-agreed", "never-agreed"),
    # Agreed once, and back to a proposal: it was agreed at some time.
    (promise("proposed", due=-60, agreed_on=VISIT_END), "missed", "missed"),
    # No date at all.
    (promise("agreed"), "no-date", "no-date"),
    (promise("confirmed", received=-3), "no-date", "no-date"),
    (promise("closed", closed=closed("declined")), "no-date", "no-date"),
    # Closed: declined and dropped alone are misses, at once.
    (promise("closed", due=-20, closed=closed("declined")), "missed", "missed"),
    (promise("closed", due=20, closed=closed("declined")), "missed", "missed"),
    (promise("closed", due=-20, closed=closed("dropped")), "missed", "missed"),
    (promise("closed", due=20, closed=closed("dropped")), "missed", "missed"),
    (promise("closed", due=-20, closed=closed("dropped", agreed_by=INTERPOL)), *["dropped-by-agreement"] * 2),
    (promise("closed", due=-20, closed=closed("superseded", by_id=2)), "superseded", "superseded"),
    (promise("closed", due=-20, closed=closed("overtaken")), "overtaken", "overtaken"),
    # Reported, then closed: the voice stays for reading, the thing does not stand as done.
    (promise("closed", due=-5, done=-6, closed=closed("declined")), "missed", "missed"),
]


@pytest.mark.parametrize(("commitment", "original", "current"), EXAMPLES)
def test_every_rule_of_the_rate(commitment: Any, original: str, current: str) -> None:
    assert verdict(commitment, By.ORIGINAL, TODAY) == original
    assert verdict(commitment, By.CURRENT, TODAY) == current


def test_what_was_only_proposed_and_then_declined_was_never_agreed() -> None:
    commitment = promise("closed", due=-9, closed=closed("declined"))
    del commitment["agreed_on"], commitment["original_due"]
    assert not was_agreed(commitment)
    assert verdict(commitment, By.CURRENT, TODAY) == Verdict.NEVER_AGREED


def test_a_record_without_an_original_date_is_measured_by_the_one_it_has() -> None:
    commitment = promise("reported", due=-5, done=-5)
    del commitment["original_due"]
    assert verdict(commitment, By.ORIGINAL, TODAY) == Verdict.ON_TIME


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("2022-12-31", Verdict.OUTSIDE),
        ("2023-01-01", Verdict.MISSED),
        ("2023-01-31", Verdict.MISSED),
        ("2023-03-31", Verdict.NOT_YET_DUE),
        ("2023-04-01", Verdict.OUTSIDE),
    ],
)
def test_the_date_lies_in_the_period_both_days_included(due: str, expected: str) -> None:
    commitment: Any = {**promise("agreed"), "due": due, "original_due": due}
    first, last = QUARTER
    assert verdict(commitment, By.CURRENT, TODAY, first=first, last=last) == expected


def test_each_date_is_held_against_the_period_by_itself() -> None:
    moved: Any = {**promise("agreed"), "original_due": "2022-12-31", "due": "2023-01-31"}
    by_original, by_current = (verdict(moved, by, TODAY, first=QUARTER[0]) for by in By.ALL)
    assert (by_original, by_current) == (Verdict.OUTSIDE, Verdict.MISSED)


def test_a_period_may_be_open_at_either_side() -> None:
    commitment = promise("agreed", due=-60)
    assert verdict(commitment, By.CURRENT, TODAY, first=day(-59)) == Verdict.OUTSIDE
    assert verdict(commitment, By.CURRENT, TODAY, last=day(-61)) == Verdict.OUTSIDE
    assert verdict(commitment, By.CURRENT, TODAY, first=day(-60)) == Verdict.MISSED


def test_a_rate_says_of_which_confirmed_what_was_missed_and_what_is_left_out() -> None:
    some = [
        promise("confirmed", due=-5, received=-5),
        promise("reported", due=-5, done=-9),
        promise("reported", due=-90, done=-50),
        promise("agreed", due=-60),
        promise("agreed", due=9),
        promise("agreed"),
        promise("proposed"),
        promise("agreed"),
        promise("confirmed", due=-90, received=-20),
    ]
    rate = on_time_rate(numbered(some), By.CURRENT, TODAY)
    assert (rate.kept, rate.total) == (2, 5)
    assert (rate.on_time, rate.confirmed, rate.missed) == ([1, 2], [1], [3, 4, 9])
    assert rate.left_out == {Verdict.NEVER_AGREED: [7], Verdict.NO_DATE: [6, 8], Verdict.NOT_YET_DUE: [5]}
    assert (rate.days_late, rate.mean_days_late) == ({3: 40, 9: 70}, 55.0)


def test_nothing_counted_is_nought_of_nought_and_no_mean() -> None:
    rate = on_time_rate([], By.CURRENT, TODAY)
    assert (rate.kept, rate.total, rate.left_out, rate.mean_days_late) == (0, 0, {}, None)


# What must always hold

OFFSETS = st.integers(-200, 200)


@st.composite
def commitments(draw: st.DrawFn) -> Any:
    state = draw(st.sampled_from(State.ALL))
    record = promise(state, draw(st.none() | OFFSETS), draw(st.none() | OFFSETS))
    record["visit"] = draw(st.sampled_from(["lyon-2022", "vienna-2022"]))
    record["by"] = draw(st.lists(st.sampled_from("ABC"), min_size=1, max_size=3))
    record["created"] = day(draw(st.integers(-200, 0))) + "T09:00:00Z"
    past = st.integers(-200, 0)
    voice = {"said_by": ["A"], "recorded_by": "asel"}
    if state == State.REPORTED or (state == State.CONFIRMED and draw(st.booleans())):
        record["reported"] = {**voice, "on": day(draw(past))}
    if state == State.CONFIRMED:
        record["confirmed"] = {**voice, "on": day(draw(past))}
    if state == State.CLOSED:
        agreed_by = {"agreed_by": "B"} if draw(st.booleans()) else {}
        record["closed"] = {"because": draw(st.sampled_from(Because.ALL)), "on": day(draw(past)), **agreed_by}
    return record


STORES = st.lists(commitments(), max_size=12).map(numbered)
PERIODS = st.tuples(st.none() | OFFSETS.map(day), st.none() | OFFSETS.map(day))
ENDS = {"lyon-2022": VISIT_END, "vienna-2022": "2022-10-31"}


@given(STORES, st.sampled_from(By.ALL), PERIODS)
def test_each_is_on_time_missed_or_left_out_and_never_two_of_them(
    some: list[Any], by: str, period: tuple[str | None, str | None]
) -> None:
    rate = on_time_rate(some, by, TODAY, first=period[0], last=period[1])
    assert rate.kept <= rate.total
    left_out = [number for numbers in rate.left_out.values() for number in numbers]
    assert rate.total + len(left_out) == len(some)
    assert sorted([*rate.on_time, *rate.missed, *left_out]) == [each["id"] for each in some]
    assert set(rate.confirmed) <= set(rate.on_time)
    assert set(rate.days_late) <= set(rate.missed)
    assert all(days > 0 for days in rate.days_late.values())
    assert all(rate.left_out.values())


@given(STORES, st.sampled_from(By.ALL), PERIODS, st.none() | OFFSETS)
def test_one_that_was_never_agreed_never_changes_the_rate(
    some: list[Any], by: str, period: tuple[str | None, str | None], due: int | None
) -> None:
    wish: Any = {**promise("proposed"), "id": 99, **({"due": day(due)} if due is not None else {})}
    first, last = period
    before = on_time_rate(some, by, TODAY, first=first, last=last)
    after = on_time_rate([*some, wish], by, TODAY, first=first, last=last)
    for name in ("kept", "total", "on_time", "confirmed", "missed", "days_late", "mean_days_late"):
        assert getattr(before, name) == getattr(after, name)
    assert after.left_out[Verdict.NEVER_AGREED][-1] == 99


@given(STORES, st.sampled_from(By.ALL), OFFSETS)
def test_two_periods_that_follow_each_other_count_what_the_whole_counts(some: list[Any], by: str, cut: int) -> None:
    whole = on_time_rate(some, by, TODAY)
    parts = [on_time_rate(some, by, TODAY, last=day(cut)), on_time_rate(some, by, TODAY, first=day(cut + 1))]
    assert (whole.kept, whole.total) == (sum(part.kept for part in parts), sum(part.total for part in parts))


@given(STORES, st.sampled_from(By.ALL), st.integers(0, 400))
def test_the_days_that_pass_only_ever_add_to_what_is_counted(some: list[Any], by: str, days: int) -> None:
    now, later = on_time_rate(some, by, TODAY), on_time_rate(some, by, day(days))
    assert now.on_time == later.on_time
    assert set(now.missed) <= set(later.missed)


@given(STORES)
def test_the_months_never_go_below_nought_and_end_with_what_is_open(some: list[Any]) -> None:
    series = months(some, ENDS, TODAY)
    if not some:
        assert series == []
        return
    names = [month.month for month in series]
    assert names == sorted(set(names))
    assert names[-1] >= TODAY[:7]
    assert all(month.open >= 0 for month in series)
    assert sum(month.opened for month in series) == series[-1].opened_total == len(some)
    assert sum(month.finished for month in series) == series[-1].finished_total
    assert series[-1].open == sum(each["state"] in OPEN for each in some)
    assert series[0].opened > 0


@given(STORES, OFFSETS, OFFSETS)
def test_a_period_shows_a_part_of_the_same_months(some: list[Any], one: int, other: int) -> None:
    first, last = day(min(one, other)), day(max(one, other))
    whole = {month.month: (month.opened_total, month.finished_total) for month in months(some, ENDS, TODAY)}
    for month in months(some, ENDS, TODAY, first=first, last=last):
        assert first[:7] <= month.month <= last[:7]
        assert (month.opened_total, month.finished_total) == whole.get(month.month, list(whole.values())[-1])


@given(STORES)
def test_the_groups_hold_every_commitment(some: list[Any]) -> None:
    assert sum(map(len, by_visit(some).values())) == len(some)
    for name, its in by_party(some).items():
        assert its == [each for each in some if name in each["by"]]
    whole = totals(some, TODAY)
    ended = whole.kept + whole.withdrawn + whole.not_met
    assert whole.promised == whole.open + ended == len(some)
    assert whole.open == whole.reported + whole.in_work + whole.proposed
    assert whole.late + whole.undated <= whole.in_work
    assert whole.late <= whole.overdue <= whole.open
    assert whole.kept_late <= whole.kept


# Months


def test_it_was_opened_when_its_visit_ended_not_when_it_was_typed_in() -> None:
    assert opened_day(promise("agreed"), VISIT_END) == VISIT_END


def test_it_was_opened_no_later_than_it_was_entered_or_finished() -> None:
    assert opened_day(promise("agreed"), "2023-06-30") == TODAY
    finished = promise("confirmed", received=-100)
    assert opened_day(finished, VISIT_END) == day(-100) == finished_day(finished)


@pytest.mark.parametrize(
    ("commitment", "expected"),
    [
        (promise("agreed"), None),
        (promise("reported", done=-3), None),
        (promise("confirmed", done=-9, received=-3), day(-3)),
        (promise("closed", closed=closed("declined")), TODAY),
        (promise("closed", updated="2023-02-01T00:00:00Z"), "2023-02-01"),
    ],
)
def test_it_was_finished_when_it_was_confirmed_or_closed(commitment: Any, expected: str | None) -> None:
    assert finished_day(commitment) == expected


def test_months_without_anything_stand_between_the_others() -> None:
    some = [promise("agreed"), promise("confirmed", received=-20)]
    series = months(some, {VISIT: "2022-11-30"}, TODAY)
    counts = [(month.month, month.opened, month.finished, month.open) for month in series]
    assert counts == [
        ("2022-11", 2, 0, 2),
        ("2022-12", 0, 0, 2),
        ("2023-01", 0, 0, 2),
        ("2023-02", 0, 1, 1),
        ("2023-03", 0, 0, 1),
    ]


# A real store


def test_the_records_of_a_store_are_counted_as_its_tally_counts_them(database: Database) -> None:
    do(database, "mark", 2, "done", on="2023-02-20")
    set_due(database, 4, "2023-04-30", reason="one more signature")
    add(database, "late", state="agreed", due="2023-01-27")
    do(database, "mark", 3, "closed", because="declined")
    snapshot = database.snapshot()
    commitments = list(snapshot.commitments.values())
    its, counts = totals(commitments, TODAY), snapshot.counts()
    assert (its.promised, its.open, its.overdue) == (counts["total"], counts["open"], counts["overdue"])
    assert (its.by_original.on_time, its.by_original.missed) == ([2], [4, 5])
    assert (its.by_current.on_time, its.by_current.missed) == ([2], [5])
    assert its.by_current.left_out == {
        Verdict.NEVER_AGREED: [1],
        Verdict.NO_DATE: [3],
        Verdict.NOT_YET_DUE: [4],
    }
