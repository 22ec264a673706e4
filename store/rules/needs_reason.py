"""Which changes of a date need a reason, and which lateness. Source: docs/rules.md, What needs a reason.

What a step of the state needs stands in `store.rules.transitions`; a removal always needs one (`operations.remove`).
"""

from __future__ import annotations

from store.model.vocabulary import State
from store.rules.due_dates import is_agreed_date
from store.rules.outcomes import days_late

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.model.record_types import Commitment


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
