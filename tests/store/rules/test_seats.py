"""Seats of a nomination: the rules alone, without a store."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.model.vocabulary_and_signs import Kind, State
from store.rules.seats import (
    are_seats_unknown,
    is_letter_missing,
    is_more_acknowledged,
    is_nomination,
    missing_seats,
)
from tests.store.rules.records import commitment

COUNTS = st.none() | st.integers(0, 5)


@given(wanted=COUNTS, nominated=COUNTS, acknowledged=COUNTS)
def test_seats_are_missing_only_where_their_number_is_known(
    wanted: int | None, nominated: int | None, acknowledged: int | None
) -> None:
    given_counts = {"wanted": wanted, "nominated": nominated, "acknowledged": acknowledged}
    seats = {name: count for name, count in given_counts.items() if count is not None}
    missing = missing_seats(commitment(seats=seats))
    is_missing = wanted is not None and (nominated or 0) < wanted
    assert missing == ((nominated or 0, wanted) if is_missing else None)
    assert is_more_acknowledged(seats) == ((acknowledged or 0) > (nominated or 0))


def test_a_nomination_is_one_by_its_kind_or_its_counts() -> None:
    assert is_nomination(commitment(kind=Kind.NOMINATE_EXPERTS))
    assert is_nomination(commitment(seats={"nominated": 1}))
    assert not is_nomination(commitment())
    assert missing_seats(commitment()) is None


@pytest.mark.parametrize(
    ("seats", "is_unknown"), [({}, True), ({"nominated": 0}, True), ({"nominated": 1}, True), ({"wanted": 0}, False)]
)
def test_seats_are_unknown_until_somebody_says_how_many(seats: dict[str, int], is_unknown: bool) -> None:
    assert are_seats_unknown(commitment(seats=seats)) == is_unknown
    assert not are_seats_unknown(commitment())


def test_a_letter_is_missing_once_officers_are_nominated_or_that_is_said_to_be_done() -> None:
    kind = Kind.NOMINATE_EXPERTS
    assert not is_letter_missing(commitment(kind=kind))
    assert is_letter_missing(commitment(seats={"nominated": 1}))
    assert is_letter_missing(commitment(State.REPORTED, kind=kind))
    assert not is_letter_missing(commitment(seats={"nominated": 1, "letter": "12/2023"}))
    assert not is_letter_missing(commitment(State.REPORTED))
