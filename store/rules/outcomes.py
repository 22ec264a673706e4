"""How a promise ended: the day it was done, its outcome, and by how many days it was late.

Source: docs/rules.md, Bands and outcomes.
"""

from __future__ import annotations

from store.model.vocabulary import Outcome, State
from store.rules.days import days_between

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.model.record_types import Commitment


def outcome_of(state: str, due: str | None, original: str | None, done: str | None) -> str | None:
    """The outcome of a commitment, `done` being the day of `done_day`; provisional while it is only reported.

    None while it is undone. Source: docs/rules.md, Bands and outcomes.
    """
    if state == State.CLOSED:
        return Outcome.NOT_MET
    if done is None or state not in (State.REPORTED, State.CONFIRMED):
        return None
    if due is None:
        return Outcome.MET_UNDATED
    if done > due:
        return Outcome.MET_LATE
    return Outcome.MET if original is None or done <= original else Outcome.MET_EXTENDED


def is_provisional(commitment: Commitment) -> bool:
    """Whether its outcome is only the promiser's word: reported, not confirmed yet.

    Source: docs/rules.md, Bands and outcomes.
    """
    return commitment["state"] == State.REPORTED


def done_on(reported_on: str | None, confirmed_on: str | None) -> str | None:
    """The ISO day on which it was done: the day reported, else the day confirmed; None when neither.

    Source: docs/rules.md, Bands and outcomes.
    """
    return reported_on or confirmed_on


def done_day(commitment: Commitment) -> str | None:
    """The ISO day on which a commitment was done, as `done_on` has it."""
    reported, confirmed = commitment.get("reported"), commitment.get("confirmed")
    return done_on(reported["on"] if reported else None, confirmed["on"] if confirmed else None)


def days_late(commitment: Commitment) -> int:
    """The number of days it was done after its current due date; 0 if in time, without a date, or not done.

    Source: docs/rules.md, Bands and outcomes.
    """
    done, due = done_day(commitment), commitment.get("due")
    return max(0, days_between(due, done)) if done and due else 0
