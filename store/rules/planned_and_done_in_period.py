"""What is planned for some days, and what was done or closed since a day.

Source: docs/rules.md, In a period.
"""

from __future__ import annotations

from store.model.vocabulary_and_signs import UNDONE, State

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.model.record_types import Commitment


def is_due_between(commitment: Commitment, first: str, last: str) -> bool:
    """Whether the due date lies between two ISO days, both included, whatever became of the promise."""
    due = commitment.get("due")
    return due is not None and first <= due <= last


def is_planned_between(commitment: Commitment, first: str, last: str) -> bool:
    """Whether it is planned for these days: agreed, still to be done, and due in them."""
    is_plan = commitment["state"] in UNDONE and commitment["state"] != State.PROPOSED
    return is_plan and is_due_between(commitment, first, last)


def is_ended_since(commitment: Commitment, since: str) -> bool:
    """Whether it was closed, or confirmed with a report or confirmation, on that ISO day or later."""
    if commitment["state"] == State.CLOSED:
        closed = commitment.get("closed")
        return closed is not None and closed["on"] >= since
    return commitment["state"] == State.CONFIRMED and _has_voice_since(commitment, since)


def is_reported_since(commitment: Commitment, since: str) -> bool:
    """Whether it is reported done, and was so on that ISO day or later."""
    return commitment["state"] == State.REPORTED and _has_voice_since(commitment, since)


def _has_voice_since(commitment: Commitment, since: str) -> bool:
    voices = (commitment.get("reported"), commitment.get("confirmed"))
    return any(voice is not None and voice["on"] >= since for voice in voices)
