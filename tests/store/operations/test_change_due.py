"""The due date: free while it is a wish, kept with its reason from the day it is agreed, by every route."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import operations
from store.database import Database
from store.errors import FollowUpError, NotAllowed, NotFound
from store.rules.due_dates_and_extensions import DueDate
from store.rules.recurring_series import series
from tests.support.fixed_day_and_user import TODAY
from tests.support.store_builders import INTERPOL, MIA, add, add_lyon, do, events, make_empty, raw, record, set_due

MARCH, APRIL, MAY, JUNE = "2023-03-31", "2023-04-30", "2023-05-31", "2023-06-30"


# The wish


def test_while_it_is_proposed_a_date_is_free_to_change(database: Database) -> None:
    for day in (MARCH, JUNE, APRIL, None, MAY):
        assert set_due(database, 1, day) == "wish"
    kept = record(database, 1)
    assert kept["due"] == MAY
    assert "original_due" not in kept
    assert "due_changes" not in kept


def test_a_proposed_promise_entered_with_a_date_has_no_original(database: Database) -> None:
    assert "original_due" not in record(database, add(database, due=MARCH))


def test_a_wish_that_goes_from_proposed_to_closed_was_never_agreed(database: Database) -> None:
    number = add(database, due=MARCH)
    do(database, "mark", number, "closed", because="declined")
    kept = record(database, number)
    assert "original_due" not in kept
    assert "agreed_on" not in kept


# The original


@pytest.mark.parametrize("state", ["agreed", "in-progress", "reported", "confirmed"])
def test_the_date_in_force_when_it_became_agreed_is_the_original(database: Database, state: str) -> None:
    number = add(database, due=MARCH)
    set_due(database, number, APRIL)
    do(database, "mark", number, state, on="2023-02-20")
    kept = record(database, number)
    assert kept["original_due"] == APRIL
    assert kept["agreed_on"] == "2023-02-20"


def test_a_promise_entered_as_agreed_has_its_date_as_the_original(database: Database) -> None:
    kept = record(database, 2)
    assert (kept["due"], kept["original_due"], kept["agreed_on"]) == (MARCH, MARCH, TODAY)


def test_the_first_date_after_it_was_agreed_is_free_and_the_original(database: Database) -> None:
    assert set_due(database, 3, MARCH) == "first"
    kept = record(database, 3)
    assert (kept["due"], kept["original_due"]) == (MARCH, MARCH)
    assert "due_changes" not in kept


def test_the_original_stays_through_changes_and_states(database: Database) -> None:
    set_due(database, 2, JUNE, reason="new minister")
    set_due(database, 2, None, reason="no longer sure")
    for state in ("proposed", "agreed", "done", "confirmed", "in-progress"):
        do(database, "mark", 2, state, take_back=True)
    set_due(database, 2, APRIL, reason="sure again")
    assert record(database, 2)["original_due"] == MARCH


# The change of an agreed date


@pytest.mark.parametrize(("new", "became"), [(APRIL, "extension"), ("2023-03-10", "earlier"), (None, "extension")])
def test_a_change_keeps_old_new_day_reason_and_who(database: Database, new: str | None, became: str) -> None:
    with database.transaction() as tx:
        tx.set_day("2023-02-20")
        change = operations.set_due(
            tx,
            2,
            DueDate(new, "day" if new else None),
            reason="new minister",
            asked_by="mia uzbekistan",
            agreed_by=INTERPOL,
        )
    assert change == became
    expected: dict[str, Any] = {
        "old": MARCH,
        "new": new,
        "on": "2023-02-20",
        "reason": "new minister",
        "asked_by": MIA,
        "agreed_by": INTERPOL,
        "extension": became == "extension",
        "correction": False,
    }
    kept = record(database, 2)
    assert kept["due_changes"] == [{name: value for name, value in expected.items() if value is not None}]
    assert kept.get("due") == new
    assert events(database, 2)[-1]["reason"] == "new minister"


def test_from_none_to_a_date_again_is_a_change_but_no_extension(database: Database) -> None:
    set_due(database, 2, None, reason="not sure")
    set_due(database, 2, JUNE, reason="sure again")
    changes = record(database, 2)["due_changes"]
    assert [change["extension"] for change in changes] == [True, False]


def test_a_date_that_comes_after_none_is_not_called_earlier(database: Database) -> None:
    """The answer of the command says what `set_due` returns: "none -> 2023-06-30 (earlier)" is no sentence."""
    set_due(database, 2, None, reason="not sure")
    assert set_due(database, 2, JUNE, reason="sure again") != "earlier"


def test_an_extension_back_to_an_earlier_day_is_not_one(database: Database) -> None:
    set_due(database, 2, JUNE, reason="new minister")
    set_due(database, 2, APRIL, reason="it goes faster")
    assert [change["extension"] for change in record(database, 2)["due_changes"]] == [True, False]


def _mark(state: str, **more: Any) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
    return "mark", (2, state), more


def _date(day: str | None, **more: Any) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
    return "set_due", (2, DueDate(day, "day" if day else None)), {"reason": "new minister", **more}


ROUTES: dict[str, list[tuple[str, tuple[Any, ...], dict[str, Any]]]] = {
    "directly": [],
    "through proposed": [_mark("proposed")],
    "through in-progress": [_mark("in-progress")],
    "through reported": [_mark("done")],
    "through confirmed": [_mark("confirmed")],
    "through closed": [_mark("closed", because="dropped")],
    "through closed and proposed": [_mark("closed", because="dropped"), _mark("proposed")],
    "through returned": [_mark("returned", note="no")],
    "after a change": [_date(MAY)],
    "after a correction": [_date(MAY, is_correction=True)],
    "after none": [_date(None)],
    "after none and proposed": [_date(None), _mark("proposed")],
    "after an undone change": [_date(MAY), ("undo", (), {})],
    "after a merge": [("merge_parties", (MIA, INTERPOL), {})],
}


@pytest.mark.parametrize("reason", [None, "", " \n\t "])
@pytest.mark.parametrize("route", list(ROUTES))
@pytest.mark.parametrize("is_correction", [False, True])
def test_an_agreed_date_is_not_changed_without_a_reason(
    database: Database, route: str, reason: str | None, is_correction: bool
) -> None:
    for verb, arguments, named in ROUTES[route]:
        do(database, verb, *arguments, **named)
    before = raw(database)
    for new in ("2023-03-30", "2024-01-01", None):
        if new is None and "none" in route:
            continue  # It has no date already: nothing is changed.
        with pytest.raises(NotAllowed, match="so changing it needs the reason"):
            set_due(database, 2, new, reason=reason, is_correction=is_correction)
    assert raw(database) == before


def test_the_date_set_after_it_was_agreed_is_as_firm_as_one_set_before(database: Database) -> None:
    set_due(database, 3, MARCH)
    with pytest.raises(NotAllowed, match="so changing it needs the reason"):
        set_due(database, 3, APRIL)


@pytest.mark.parametrize(
    "field", ["due", "original_due", "due_changes", "due_precision", "state", "title", "by", "visit", "id", "created"]
)
def test_an_edit_cannot_take_out_the_date_or_what_a_record_needs(database: Database, field: str) -> None:
    before = raw(database)
    with pytest.raises(FollowUpError):
        do(database, "edit", 2, clear=[field])
    assert raw(database) == before


ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("due"), st.sampled_from([MARCH, APRIL, JUNE, None])),
        st.tuples(st.just("mark"), st.sampled_from(["proposed", "agreed", "in-progress", "done", "confirmed"])),
        st.tuples(st.just("words"), st.sampled_from(["by the end of March", "soon"])),
    ),
    max_size=12,
)


@given(actions=ACTIONS)
def test_no_series_without_reasons_changes_a_date_that_was_ever_agreed(
    actions: list[tuple[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    database = make_empty(str(tmp_path_factory.mktemp("due") / "commitments.json"))
    add_lyon(database)
    add(database)
    with database.transaction() as tx:
        for what, value in actions:
            before = tx.commitment(1)
            was_agreed = "agreed_on" in before and "original_due" in before
            try:
                if what == "due":
                    operations.set_due(tx, 1, DueDate(value, "day" if value else None))
                elif what == "mark":
                    operations.mark(tx, 1, value, take_back=True)
                else:
                    operations.edit(tx, 1, words=value)
            except NotAllowed:
                assert what == "due"
            after = tx.commitment(1)
            if was_agreed:
                assert after.get("due") == before.get("due")
                assert after["original_due"] == before["original_due"]
            elif after["state"] not in ("proposed", "closed") and "due" in after:
                assert after["original_due"] == after["due"]


# The correction


def test_a_mistyped_date_is_corrected_and_the_original_with_it(database: Database) -> None:
    assert set_due(database, 2, "2023-03-13", reason="typed 31 for 13", is_correction=True) == "correction"
    kept = record(database, 2)
    assert (kept["due"], kept["original_due"]) == ("2023-03-13", "2023-03-13")
    assert kept["due_changes"] == [
        {
            "old": MARCH,
            "new": "2023-03-13",
            "on": TODAY,
            "reason": "typed 31 for 13",
            "extension": False,
            "correction": True,
        }
    ]


def test_a_correction_to_a_later_day_is_no_extension(database: Database) -> None:
    set_due(database, 2, JUNE, reason="typed wrongly", is_correction=True)
    assert [change["extension"] for change in record(database, 2)["due_changes"]] == [False]


def test_a_corrected_extension_leaves_the_original(database: Database) -> None:
    set_due(database, 2, APRIL, reason="new minister")
    set_due(database, 2, MAY, reason="typed wrongly", is_correction=True)
    kept = record(database, 2)
    assert (kept["due"], kept["original_due"]) == (MAY, MARCH)
    assert [change["correction"] for change in kept["due_changes"]] == [False, True]


def test_there_is_nothing_to_correct_where_no_date_is(database: Database) -> None:
    with pytest.raises(NotAllowed, match="no date to correct"):
        set_due(database, 3, MARCH, reason="typed wrongly", is_correction=True)


# Words, and what changes nothing


def test_the_words_as_agreed_are_kept_with_their_precision(database: Database) -> None:
    do(database, "set_due", 3, DueDate(MARCH, "month", "by the  end of March"))
    kept = record(database, 3)
    assert (kept["due"], kept["due_precision"], kept["due_words"]) == (MARCH, "month", "by the end of March")


def test_words_may_stand_without_a_day(database: Database) -> None:
    number = add(database, date=DueDate(None, None, "as soon as possible"), state="agreed")
    kept = record(database, number)
    assert kept["due_words"] == "as soon as possible"
    assert "due" not in kept
    assert "original_due" not in kept
    assert database.snapshot().row(number).band == "no-date"


def test_a_new_date_does_not_keep_the_words_of_the_old_one(database: Database) -> None:
    number = add(database, date=DueDate(MARCH, "month", "by the end of March"), state="agreed")
    set_due(database, number, JUNE, reason="new minister")
    assert "due_words" not in record(database, number)


def test_other_words_for_the_same_day_need_no_reason_and_are_no_change_of_date(database: Database) -> None:
    assert do(database, "set_due", 2, DueDate(MARCH, "month", "end of March")) == "words"
    kept = record(database, 2)
    assert (kept["due_words"], kept["due_precision"]) == ("end of March", "month")
    assert "due_changes" not in kept


@pytest.mark.parametrize(("number", "day"), [(2, MARCH), (3, None), (1, None)])
def test_the_same_date_again_writes_nothing(database: Database, number: int, day: str | None) -> None:
    before = raw(database)
    assert set_due(database, number, day, reason="none was needed") == "same"
    assert raw(database) == before


def test_an_unknown_commitment_has_no_date(database: Database) -> None:
    with pytest.raises(NotFound):
        set_due(database, 99, MARCH)


# What comes again


def days(first: str, every: str, until: str, precision: str = "day") -> list[str | None]:
    return [date.day for date in series(DueDate(first, precision), every, until)]


def test_every_month_is_clamped_to_the_months_end_and_comes_back_to_its_day() -> None:
    assert days("2023-01-31", "month", "2023-05-31") == [
        "2023-01-31",
        "2023-02-28",
        "2023-03-31",
        "2023-04-30",
        "2023-05-31",
    ]
    assert days("2023-01-30", "month", "2023-04-29") == ["2023-01-30", "2023-02-28", "2023-03-30"]
    assert days("2024-01-30", "month", "2024-03-01") == ["2024-01-30", "2024-02-29"]


def test_a_day_of_the_month_stays_that_day() -> None:
    """28 February agreed as a day is the 28th of each month; agreed as a month it is its last day."""
    assert days("2023-02-28", "month", "2023-04-30") == ["2023-02-28", "2023-03-28", "2023-04-28"]
    assert days("2023-02-28", "month", "2023-04-30", "month") == ["2023-02-28", "2023-03-31", "2023-04-30"]


def test_every_quarter_and_every_year() -> None:
    assert days("2023-03-31", "quarter", "2023-12-31", "quarter") == [MARCH, JUNE, "2023-09-30", "2023-12-31"]
    assert days("2024-02-29", "year", "2028-12-31") == [
        "2024-02-29",
        "2025-02-28",
        "2026-02-28",
        "2027-02-28",
        "2028-02-29",
    ]
    assert days("2023-12-31", "year", "2025-12-30", "year") == ["2023-12-31", "2024-12-31"]


def test_the_last_day_counts_and_the_day_before_does_not() -> None:
    assert days(MARCH, "month", APRIL) == [MARCH, APRIL]
    assert days(MARCH, "month", "2023-04-29") == [MARCH]


def test_a_first_date_past_the_last_is_refused() -> None:
    with pytest.raises(NotAllowed, match="later than the last one may be"):
        list(series(DueDate(JUNE, "day"), "month", APRIL))


@given(st.dates(), st.sampled_from(["month", "quarter", "year"]), st.sampled_from(["day", "week", "month", "quarter"]))
def test_periods_are_in_order_one_in_each_and_never_past_the_last(first: Any, every: str, precision: str) -> None:
    if not 1990 <= first.year <= 2090:
        return
    until = f"{first.year + 3}-12-31"
    found = days(first.isoformat(), every, until, precision)
    assert found == sorted(set(map(str, found)))
    assert found[0] == first.isoformat()
    assert all(day <= until for day in found if day)
    step = {"month": 1, "quarter": 3, "year": 12}[every]
    for place, day in enumerate(found):
        assert day
        months = first.year * 12 + first.month - 1 + place * step
        assert (int(day[:4]), int(day[5:7])) == (months // 12, months % 12 + 1)
