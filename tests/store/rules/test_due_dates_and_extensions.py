"""Due dates and the reasons for changing them: the rules alone, without a store."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import NotAllowed
from store.model.vocabulary_and_signs import State
from store.rules.due_dates_and_extensions import (
    DueDate,
    agrees,
    extension_count,
    fields_of_agreement,
    is_agreed_date,
    is_extended,
    is_former_date,
    is_past,
    is_too_far_ahead,
    is_wish,
    was_agreed,
)
from store.rules.needs_reason import is_due_change_to_explain
from store.rules.original_due_and_due_changes import Change, change_of, fields_of_change
from store.rules.refuse_future_or_past_day import refuse_day_to_come
from tests.store.rules.records import commitment

MARCH, APRIL, MAY = "2023-03-31", "2023-04-30", "2023-05-31"
DAYS = st.sampled_from([None, MARCH, APRIL, MAY])
STATES = st.sampled_from(State.ALL)


def test_a_due_date_does_not_change_and_is_equal_to_one_like_it() -> None:
    due = DueDate(MARCH, "month", "end  of March", "2023-03-01")
    assert due == DueDate(MARCH, "month", "end of March", "2023-03-01") != DueDate(MARCH)
    assert len({due, DueDate(MARCH, "month", "end of March", "2023-03-01")}) == 1
    with pytest.raises(AttributeError, match="does not change"):
        due.day = APRIL
    with pytest.raises(AttributeError, match="does not change"):
        del due.day
    assert due.in_other_words("spring").fields() == {"due": MARCH, "due_precision": "month", "due_words": "spring"}
    assert due.in_other_words(None) is due
    assert due.in_other_words("").words is None
    assert repr(DueDate(None)) == "DueDate(day=None, precision=None, words=None, start=None)"


@given(state=STATES, due=DAYS, original=DAYS)
def test_what_agrees_a_date_fixes_the_original_one_once(state: str, due: str | None, original: str | None) -> None:
    record = commitment(State.PROPOSED, due=due, original_due=original, agreed_on=original and "2023-01-01")
    fields = fields_of_agreement(record, state, "2023-02-01")
    assert agrees(state) == (state not in (State.PROPOSED, State.CLOSED))
    is_fixed = agrees(state) and due is not None and original is None
    assert fields.get("original_due") == (due if is_fixed else None)
    assert fields.get("agreed_on") == ("2023-02-01" if agrees(state) and original is None else None)
    after: Any = {**record, **fields, "state": state}
    assert fields_of_agreement(after, state, "2023-03-01") == {}
    assert was_agreed(after) == (agrees(state) or original is not None)
    assert is_agreed_date(after) == ("original_due" in after)


def test_going_back_to_proposed_makes_a_wish_of_no_agreed_date() -> None:
    record = commitment(State.PROPOSED, due=MARCH, original_due=MARCH)
    assert is_wish(record)
    assert is_agreed_date(record)
    assert was_agreed(record)


@pytest.mark.parametrize(
    ("fields", "day", "change"),
    [
        ({"state": State.PROPOSED}, MARCH, Change.WISH),
        ({"state": State.PROPOSED, "due": MARCH}, APRIL, Change.WISH),
        ({"state": State.PROPOSED, "agreed_on": "2023-01-01"}, MARCH, Change.FIRST),
        ({"state": State.CLOSED}, MARCH, Change.WISH),
        ({}, MARCH, Change.FIRST),
        ({"due": MARCH, "original_due": MARCH}, APRIL, Change.EXTENSION),
        ({"due": MARCH, "original_due": MARCH}, None, Change.EXTENSION),
        ({"due": APRIL, "original_due": MARCH}, MARCH, Change.EARLIER),
        ({"original_due": MARCH}, APRIL, Change.AGAIN),
        ({"due": MARCH, "original_due": MARCH, "due_precision": "day"}, MARCH, Change.SAME),
    ],
)
def test_what_a_change_of_date_amounts_to(fields: dict[str, Any], day: str | None, change: str) -> None:
    record = commitment(**fields)
    due = DueDate(day, "day" if day else None)
    assert change_of(record, due) == change
    is_kept = change in (Change.EXTENSION, Change.EARLIER, Change.AGAIN)
    assert is_due_change_to_explain(record, day) == is_kept
    assert change_of(record, due, is_correction=True) == (Change.CORRECTION if is_kept else change)


def test_other_words_for_the_same_day_are_a_change_of_words() -> None:
    record = commitment(due=MARCH, original_due=MARCH, due_precision="day")
    assert change_of(record, DueDate(MARCH, "day", "end of March")) == Change.WORDS
    assert change_of(record, DueDate(MARCH, "month")) == Change.WORDS
    assert not is_due_change_to_explain(record, MARCH)


@given(days=st.lists(DAYS, max_size=8), corrected=st.sets(st.integers(0, 7)))
def test_each_change_of_an_agreed_date_is_kept(days: list[str | None], corrected: set[int]) -> None:
    record: Any = commitment(due=MARCH, original_due=MARCH)
    extensions = 0
    for place, day in enumerate(days):
        is_correction = place in corrected and day is not None
        due = DueDate(day, "day" if day else None)
        change = change_of(record, due, is_correction=is_correction)
        if change in (Change.SAME, Change.WORDS):
            continue
        fields = fields_of_change(record, due, day="2023-02-01", reason="asked", is_correction=is_correction)
        kept: Any = fields["due_changes"]
        assert kept[:-1] == record.get("due_changes", [])
        assert (kept[-1].get("old"), kept[-1].get("new")) == (record.get("due"), day)
        assert (kept[-1]["extension"], kept[-1]["correction"]) == (change == Change.EXTENSION, is_correction)
        is_original_mended = is_correction and record.get("due") == record["original_due"]
        assert fields.get("original_due") == (day if is_original_mended else None)
        record = {name: value for name, value in {**record, **fields}.items() if value is not None}
        extensions += change == Change.EXTENSION
    assert extension_count(record) == extensions
    assert is_extended(record) == (extensions > 0)


def test_a_former_date_is_one_that_it_had_and_has_no_more() -> None:
    changes = [{"old": MARCH, "new": APRIL}, {"old": APRIL, "new": MAY}]
    record = commitment(due=MAY, original_due=MARCH, due_changes=changes)
    assert [is_former_date(record, day) for day in (MARCH, APRIL, MAY, None)] == [True, True, False, False]
    assert not is_former_date(commitment(due=MARCH, original_due=MARCH, due_changes=changes), MARCH)


def test_a_date_past_or_too_far_ahead_is_a_slip_perhaps() -> None:
    assert is_past("2023-01-08", "2023-01-09")
    assert not is_past("2023-01-09", "2023-01-09")
    assert not is_too_far_ahead("2033-12-31", "2023-01-09")
    assert is_too_far_ahead("2034-01-01", "2023-01-09")


def test_a_day_to_come_is_refused_at_its_field() -> None:
    refuse_day_to_come(None, MARCH, field="on")
    refuse_day_to_come(MARCH, MARCH, field="on")
    with pytest.raises(NotAllowed, match=r"^7: 2023-04-30 is still to come$") as refused:
        refuse_day_to_come(APRIL, MARCH, field="endorsed", subject="7: ")
    assert refused.value.field == "endorsed"
