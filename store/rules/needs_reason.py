"""What needs a reason: a step of the state, a change of a date, a lateness.

A removal always needs one (`operations.add_edit.remove`).

Source: docs/rules.md, What needs a reason; What a step asks for.
"""

from __future__ import annotations

from store.model.vocabulary_and_signs import RETURNED, State
from store.rules.day_done_and_outcome import days_late
from store.rules.due_dates_and_extensions import is_agreed_date
from store.rules.seats import missing_seats

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.model.record_types import Commitment


def needed_field(commitment: Commitment, step: str, given: Mapping[str, object]) -> str | None:
    """The field that a step needs and that is not given: `note`, `because`, or None.

    Returning needs a note (what is missing), closing needs why, and reporting something done for the first time with
    fewer seats nominated than wanted needs a note. Source: docs/rules.md, What a step asks for; Seats.
    """
    if step == RETURNED:
        needed = "note"
    elif step == State.CLOSED:
        needed = "because"
    elif step == State.REPORTED and "reported" not in commitment and missing_seats(commitment):
        needed = "note"
    else:
        return None
    return None if given.get(needed) else needed


def is_due_change_to_explain(commitment: Commitment, day: str | None) -> bool:
    """Whether changing the due date to this ISO day (None: no date) needs a reason.

    Every change of a date that was ever agreed does, earlier or later, correction or not; new words for the same day
    do not. Source: docs/rules.md, What needs a reason.
    """
    return is_agreed_date(commitment) and day != commitment.get("due")


def days_late_unexplained(commitment: Commitment) -> int:
    """The number of days a commitment was reported done late without a reason; else 0.

    Whoever reports it is asked for the reason. Source: docs/rules.md, What needs a reason.
    """
    if commitment["state"] != State.REPORTED or "miss_reason" in commitment:
        return 0
    return days_late(commitment)
