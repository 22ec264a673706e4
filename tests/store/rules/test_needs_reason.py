"""What a step needs, and which lateness is to be explained: the rules alone, without a store.

Which change of a date needs a reason is tested with what the change amounts to, in `test_due_dates`.
"""

from typing import Any

import pytest

from store.model.vocabulary_and_signs import RETURNED, Because, State
from store.rules.needs_reason import days_late_unexplained, needed_field
from tests.store.rules.records import MIA, commitment, voice

MARCH = "2023-03-31"


@pytest.mark.parametrize(
    ("step", "fields", "needed"),
    [
        (State.PROPOSED, {}, None),
        (State.AGREED, {}, None),
        (State.IN_PROGRESS, {}, None),
        (State.REPORTED, {}, None),
        (State.REPORTED, {"seats": {"wanted": 3, "nominated": 2}}, "note"),
        (State.REPORTED, {"seats": {"wanted": 3, "nominated": 3}}, None),
        (State.REPORTED, {"seats": {"nominated": 2}}, None),
        (State.REPORTED, {"seats": {"wanted": 3}, "reported": voice(MIA)}, None),
        (State.CONFIRMED, {"seats": {"wanted": 3}}, None),
        (RETURNED, {}, "note"),
        (State.CLOSED, {}, "because"),
    ],
)
def test_what_a_step_needs(step: str, fields: dict[str, Any], needed: str | None) -> None:
    assert needed_field(commitment(**fields), step, {}) == needed
    assert needed_field(commitment(**fields), step, {"note": "x", "because": Because.DROPPED}) is None


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ({"reported": voice(MIA, on="2023-04-02")}, 2),
        ({"reported": voice(MIA, on=MARCH)}, 0),
        ({"reported": voice(MIA, on="2023-04-02"), "miss_reason": "the minister changed"}, 0),
        ({"reported": voice(MIA, on="2023-04-02"), "due": None}, 0),
        ({"reported": voice(MIA, on="2023-04-02"), "state": State.CONFIRMED}, 0),
        ({"reported": None}, 0),
    ],
)
def test_who_reports_late_owes_a_reason(fields: dict[str, Any], days: int) -> None:
    usual = {"state": State.REPORTED, "due": MARCH, "original_due": MARCH}
    assert days_late_unexplained(commitment(**{**usual, **fields})) == days
