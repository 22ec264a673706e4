"""What each step allows and clears, who speaks and which day counts: the rules alone, without a store."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.model.vocabulary_and_signs import RETURNED, STATE_WORDS, UNDONE, Because, State
from store.rules.transitions import (
    Barred,
    barred_voices,
    can_be_removed,
    can_supersede,
    cleared_fields,
    default_day,
    default_voice,
    is_step_back,
    misplaced_field,
    names_successor,
    state_after,
    step_of,
)
from tests.store.rules.records import INTERPOL, MIA, UNODC, commitment, voice

STEPS = (*State.ALL, RETURNED)
FIELDS = ("because", "agreed_by", "by_id", "evidence", "said_by")
ROLES = st.lists(st.sampled_from([MIA, INTERPOL, UNODC]), min_size=1, max_size=3, unique=True)


def test_a_word_asks_for_a_step_and_a_step_leads_to_a_state() -> None:
    assert {step_of(word) for word in STATE_WORDS} == set(STEPS)
    assert step_of("done") == State.REPORTED
    assert step_of("finished") is None
    assert [state_after(step) for step in STEPS] == [*State.ALL, State.IN_PROGRESS]


@pytest.mark.parametrize("step", STEPS)
def test_a_step_keeps_what_is_said_with_it_and_nothing_else(step: str) -> None:
    kept = {
        State.REPORTED: {"evidence", "said_by"},
        State.CONFIRMED: {"evidence", "said_by"},
        RETURNED: {"said_by"},
        State.CLOSED: {"because", "agreed_by", "by_id"},
    }.get(step, set())
    for field in FIELDS:
        assert misplaced_field(step, {field: "x"}) == (None if field in kept else field)
        assert misplaced_field(step, {field: None}) is None


def test_the_first_misplaced_field_is_the_one_that_is_named() -> None:
    given_all = dict.fromkeys(FIELDS, "x")
    assert misplaced_field(State.AGREED, given_all) == "because"
    assert misplaced_field(State.CLOSED, given_all) == "evidence"


def test_only_what_is_superseded_names_a_successor_and_that_is_another_one() -> None:
    assert [because for because in (None, *Because.ALL, "lost") if names_successor(because)] == [Because.SUPERSEDED]
    assert can_supersede(3, 2)
    assert not can_supersede(2, 2)


def test_who_speaks_when_nobody_is_named() -> None:
    new = commitment(by=[MIA, UNODC], to=[INTERPOL, UNODC])
    assert default_voice(new, State.REPORTED) == [MIA, UNODC]
    assert default_voice(new, State.CONFIRMED) == [INTERPOL, UNODC]
    assert default_voice(new, RETURNED) == [INTERPOL, UNODC]
    record = commitment(by=[MIA, UNODC], to=[INTERPOL, UNODC], reported=voice(UNODC))
    assert default_voice(record, State.REPORTED) == [UNODC]
    assert default_voice(record, State.CONFIRMED) == [INTERPOL]
    assert default_voice(commitment(reported=voice(UNODC), confirmed=voice(UNODC)), State.CONFIRMED) == [UNODC]
    assert default_voice(commitment(by=[MIA], to=[MIA], reported=voice(MIA)), State.CONFIRMED) == []


@given(by=ROLES, to=ROLES, step=st.sampled_from([State.REPORTED, State.CONFIRMED, RETURNED]), is_reported=st.booleans())
def test_nobody_who_speaks_by_default_is_barred(by: list[str], to: list[str], step: str, is_reported: bool) -> None:
    reported = voice(*by) if is_reported and step != State.REPORTED else None
    record = commitment(by=by, to=to, reported=reported)
    assert barred_voices(record, step, default_voice(record, step)) is None


@pytest.mark.parametrize(
    ("step", "named", "barred"),
    [
        (State.REPORTED, [MIA, INTERPOL], (Barred.RECEIVER, [INTERPOL])),
        (State.REPORTED, [MIA, UNODC], None),
        (State.CONFIRMED, [INTERPOL, UNODC], None),
        (State.CONFIRMED, [MIA], (Barred.REPORTER, [MIA])),
        (RETURNED, [MIA, INTERPOL], (Barred.PROMISER, [MIA])),
    ],
)
def test_who_cannot_be_a_voice(step: str, named: list[str], barred: tuple[str, list[str]] | None) -> None:
    assert barred_voices(commitment(reported=voice(MIA)), step, named) == barred
    if step == State.CONFIRMED and barred:
        assert barred_voices(commitment(), step, named) == (Barred.PROMISER, [MIA])


def test_the_day_that_counts_when_none_is_given() -> None:
    plain = commitment()
    assert [default_day(plain, step) for step in STEPS] == [None] * len(STEPS)
    record = commitment(reported=voice(MIA, on="2023-03-01"))
    assert default_day(record, State.REPORTED) == default_day(record, State.CONFIRMED) == "2023-03-01"
    both = commitment(reported=voice(MIA, on="2023-03-01"), confirmed=voice(INTERPOL, on="2023-03-05"))
    assert (default_day(both, State.REPORTED), default_day(both, State.CONFIRMED)) == ("2023-03-01", "2023-03-05")
    closed = commitment(State.CLOSED, closed={"because": Because.DROPPED, "on": "2023-02-01"})
    assert default_day(closed, State.CLOSED, Because.DROPPED) == "2023-02-01"
    assert default_day(closed, State.CLOSED, Because.DECLINED) is None


@given(before=st.sampled_from(State.ALL), after=st.sampled_from(State.ALL))
def test_a_step_clears_what_no_longer_holds(before: str, after: str) -> None:
    record = commitment(
        before,
        reported=voice(MIA),
        confirmed=voice(INTERPOL),
        returned=voice(INTERPOL),
        closed={"because": Because.DROPPED, "on": "2023-02-01"},
    )
    cleared = cleared_fields(record, after)
    assert set(cleared.values()) <= {None}
    assert ("reported" in cleared) == (after in UNDONE)
    assert ("confirmed" in cleared) == (after in UNDONE or after == State.REPORTED)
    assert ("closed" in cleared) == (after != State.CLOSED)
    assert ("returned" in cleared) == (after != before)
    assert cleared_fields(commitment(before), after) == {}


def test_the_order_of_states() -> None:
    for (place, before), (other, after) in product(enumerate(State.ALL), repeat=2):
        assert is_step_back(before, after) == (other < place)


def test_only_what_was_never_agreed_can_be_removed() -> None:
    assert can_be_removed(commitment(State.PROPOSED))
    assert not can_be_removed(commitment(State.PROPOSED, agreed_on="2023-01-09"))
    assert not any(can_be_removed(commitment(state)) for state in State.ALL if state != State.PROPOSED)
