"""Silence and chasing: the rule alone, then over a store."""

from datetime import date, timedelta
from typing import Any

import pytest

from store.database import Database
from store.model.vocabulary_and_signs import OPEN, UNDONE, State
from store.rules.history import standing_notes, summary, undone_changes
from store.rules.silence_and_chasing import (
    SILENT_AFTER,
    days_without_word,
    default_chase_day,
    is_news,
    is_silent,
    is_to_chase,
    silent_days,
)
from tests.store.rules.records import event
from tests.support.fixed_day_and_user import TODAY
from tests.support.store_builders import VISIT_END, do


def day(offset: int) -> str:
    return (date.fromisoformat(TODAY) + timedelta(days=offset)).isoformat()


@pytest.mark.parametrize(
    ("news", "days"), [(None, 83), ("2023-02-01", 28), ("2023-01-30", 30), (TODAY, 0), ("2023-03-05", 0)]
)
def test_silence_goes_from_the_last_news_else_from_the_visits_end_and_is_never_negative(
    news: str | None, days: int
) -> None:
    commitment: Any = {"news_on": news} if news else {}
    assert silent_days(commitment, VISIT_END, TODAY) == days


def test_silence_before_the_visit_has_ended_is_nought() -> None:
    nothing: Any = {}
    assert silent_days(nothing, "2023-03-20", TODAY) == 0


@pytest.mark.parametrize("state", State.ALL)
@pytest.mark.parametrize(("days", "is_long"), [(29, False), (30, True), (31, True)])
def test_only_undone_ones_that_wait_for_nothing_are_silent_at_thirty_days(state: str, days: int, is_long: bool) -> None:
    assert is_silent(state, days, False, 30) == (is_long and state in UNDONE)
    assert not is_silent(state, days, True, 30)


def test_one_that_waits_is_silent_only_after_the_other_is_done(database: Database) -> None:
    do(database, "edit", 1, after=2)
    assert database.snapshot().row(1).is_waiting
    assert not database.snapshot().row(1).is_silent
    do(database, "mark", 2, "done")
    assert not database.snapshot().row(1).is_waiting
    assert database.snapshot().row(1).is_silent


def test_the_days_of_silence_are_a_setting_of_the_store(database: Database) -> None:
    do(database, "note", 1, "called", on="2023-02-20")
    assert not database.snapshot().row(1).is_silent
    days = days_without_word("2023-02-20", TODAY)
    do(database, "change_settings", silent_after=str(days))
    assert database.snapshot().row(1).is_silent
    do(database, "change_settings", silent_after=str(days + 1))
    assert not database.snapshot().row(1).is_silent


@pytest.mark.parametrize(("offset", "is_due"), [(-1, True), (0, True), (1, False)])
@pytest.mark.parametrize("state", State.ALL)
def test_open_ones_are_to_be_chased_from_the_day_that_was_set(state: str, offset: int, is_due: bool) -> None:
    commitment: Any = {"chase_on": day(offset), "state": state}
    assert is_to_chase(commitment, TODAY) == (is_due and state in OPEN)


def test_nobody_is_chased_where_no_day_was_set() -> None:
    commitment: Any = {"state": "agreed"}
    assert not is_to_chase(commitment, TODAY)


def test_chasing_moves_no_date_and_no_band(database: Database) -> None:
    before = database.snapshot().row(2)
    do(database, "chase", 2, again="2023-06-01")
    after = database.snapshot().row(2)
    assert (after.band, after.days_left, after.commitment["due"]) == (before.band, before.days_left, "2023-03-31")
    assert not after.is_to_chase


def test_one_that_was_chased_is_looked_at_again_in_two_weeks() -> None:
    assert default_chase_day(TODAY) == day(14)
    assert SILENT_AFTER == 30


# What events add up to


def test_an_import_brings_no_news() -> None:
    assert is_news(event(1, action="mark"))
    assert not is_news(event(1, action="mark", imported="list.csv"))
    assert not is_news(event(1, action="chase"))


def test_the_last_undo_or_redo_of_a_change_decides_whether_it_stands() -> None:
    turns = [event(3, undoes=1), event(4, undoes=2), event(5, redoes=1), event(6, undoes=1), event(7, redoes=2)]
    assert undone_changes(turns) == {1}


def test_what_was_undone_adds_nothing() -> None:
    events = [
        event(1, action="note", day="2023-02-01", note="called"),
        event(2, action="chase", day="2023-02-02", note="wrote"),
        event(3, action="chase", day="2023-02-03"),
        event(4, action="undo", undoes=1),
        event(5, action="undo", undoes=3),
    ]
    assert summary(events) == {"chased": 1, "last_chased": "2023-02-02"}
    assert summary(events[:3]) == {"news_on": "2023-02-01", "chased": 2, "last_chased": "2023-02-03"}
    assert standing_notes(events, events) == [events[1]]
