"""How a promise ended: the day it was done, its outcome, and by how many days it was late.

Source: docs/rules.md, Bands and outcomes.
"""

from __future__ import annotations

from store.model.vocabulary_and_signs import UNDONE, Because, Outcome, Standing, State, Verdict
from store.rules.days import days_between

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.model.record_types import Commitment


def keeps(day: str, date: str) -> bool:
    """Whether what is done on an ISO day keeps a date: on that date or before it.

    Source: docs/rules.md, On-time rate.
    """
    return day <= date


def outcome_of(
    state: str, due: str | None, original: str | None, done: str | None, *, is_withdrawn: bool = False
) -> str | None:
    """The outcome of a commitment, `done` being the day of `done_day`; provisional while it is only reported.

    `is_withdrawn`: it is closed, and that is no miss. None while it is undone.
    Source: docs/rules.md, Bands and outcomes.
    """
    if state == State.CLOSED:
        return Outcome.WITHDRAWN if is_withdrawn else Outcome.NOT_MET
    if done is None or state not in (State.REPORTED, State.CONFIRMED):
        return None
    if due is None:
        return Outcome.MET_UNDATED
    if not keeps(done, due):
        return Outcome.MET_LATE
    return Outcome.MET if original is None or keeps(done, original) else Outcome.MET_EXTENDED


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
    return days_between(due, done) if done and due and not keeps(done, due) else 0


def is_in_time(commitment: Commitment) -> bool:
    """Whether it was done by its first date and by its current one: a reason for a miss says nothing then.

    Source: docs/rules.md, Bands and outcomes.
    """
    dates = commitment.get("due"), commitment.get("original_due")
    return outcome_of(commitment["state"], *dates, done_day(commitment)) == Outcome.MET


def is_still_in_time(commitment: Commitment, today: str) -> bool:
    """Whether an open one has a date to come that was never changed: then no miss needs a reason.

    Source: docs/rules.md, Bands and outcomes.
    """
    dates = [day for day in (commitment.get("due"), commitment.get("original_due")) if day is not None]
    is_to_come = commitment["state"] in UNDONE and bool(dates) and keeps(today, min(dates))
    return is_to_come and "due_changes" not in commitment


def excuse(commitment: Commitment) -> str | None:
    """Why a closed commitment is no miss: superseded, overtaken, dropped by agreement; None for any other.

    Source: docs/rules.md, How it stands.
    """
    closed = commitment.get("closed")
    if commitment["state"] != State.CLOSED or closed is None:
        return None
    because = closed["because"]
    if because == Because.DROPPED:
        from store.rules.consent import consent  # most reads do not need it

        return Verdict.DROPPED if consent(commitment) else None
    return {Because.SUPERSEDED: Verdict.SUPERSEDED, Because.OVERTAKEN: Verdict.OVERTAKEN}.get(because)


def is_closed_late(commitment: Commitment, date: str | None) -> bool:
    """Whether it was superseded or overtaken after this ISO date, and nobody of the other side is named as agreeing.

    Source: docs/rules.md, On-time rate.
    """
    from store.rules.consent import consent

    closed = commitment.get("closed")
    if date is None or closed is None or consent(commitment):
        return False
    return excuse(commitment) in (Verdict.SUPERSEDED, Verdict.OVERTAKEN) and not keeps(closed["on"], date)


def is_withdrawn(commitment: Commitment) -> bool:
    """Whether it is closed and was not missed: there is an excuse, or it was never agreed.

    Source: docs/rules.md, How it stands.
    """
    if commitment["state"] != State.CLOSED:
        return False
    from store.rules.due_dates_and_extensions import was_agreed  # most reads do not need it

    return excuse(commitment) is not None or not was_agreed(commitment)


_STANDING_OF = {
    State.PROPOSED: Standing.PROPOSED,
    State.AGREED: Standing.IN_WORK,
    State.IN_PROGRESS: Standing.IN_WORK,
    State.REPORTED: Standing.REPORTED,
    State.CONFIRMED: Standing.KEPT,
}


def standing(commitment: Commitment) -> str:
    """The standing of a commitment, one of `Standing.ALL`, for every count, table and chart of a report.

    Source: docs/rules.md, How it stands.
    """
    if commitment["state"] == State.CLOSED:
        return Standing.WITHDRAWN if is_withdrawn(commitment) else Standing.NOT_MET
    return _STANDING_OF[commitment["state"]]
