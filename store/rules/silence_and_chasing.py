"""Silence: which undone commitments have had no news for too long, and which open ones are to be chased today.

Also which events are news, which end a silence. Source: docs/rules.md, Silence.
"""

from __future__ import annotations

from store.model.vocabulary_and_signs import OPEN, UNDONE, State
from store.rules.days import days_between

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from store.model.record_types import Commitment, Event

SILENT_AFTER = 30
"""Days without news after which a commitment is silent, unless the store says otherwise."""

_NEWS = frozenset({"mark", "returned", "due", "seats", "note"})
"""The actions that count as news; chases, edits, corrections and undo do not."""

_CHASE_AGAIN_AFTER = 14
"""Days from a chase to the next one, unless another day is given."""


def is_news(event: Event) -> bool:
    """Whether an event is news, and ends a silence; an imported one never is.

    Source: docs/rules.md, Silence.
    """
    return event["action"] in _NEWS and "imported" not in event


def days_without_word(since: str, today: str) -> int:
    """The days for which nothing was heard since an ISO day, of all that is counted here; never negative.

    Source: docs/rules.md, Silence.
    """
    return max(0, days_between(since, today))


def silent_days(commitment: Commitment, visit_end: str, today: str) -> int:
    """Days since the last news, or since the visit's end when there was none. Source: docs/rules.md, Silence."""
    return days_without_word(commitment.get("news_on") or visit_end, today)


def is_waiting(commitment: Commitment, is_undone: Callable[[int], bool]) -> bool:
    """Whether it waits for another commitment: `is_undone` says of a number whether that one is still to be done.

    Source: docs/rules.md, Silence.
    """
    after = commitment.get("after")
    return after is not None and is_undone(after)


def is_silent(state: str, days: int, waits: bool, silent_after: int) -> bool:
    """Whether an undone commitment is silent; one that `waits` for another never is, nor one that is reported.

    `days` is the count of `silent_days`, `silent_after` the limit of the store. Source: docs/rules.md, Silence.
    """
    return state in UNDONE and days >= silent_after and not waits


def unconfirmed_days(commitment: Commitment, today: str) -> int | None:
    """Days since it was reported done, of one that waits for its confirmation; None for any other.

    Source: docs/rules.md, Silence.
    """
    reported = commitment.get("reported")
    if commitment["state"] != State.REPORTED or reported is None:
        return None
    return days_without_word(reported["on"], today)


def long_unconfirmed_days(commitment: Commitment, today: str, silent_after: int) -> int | None:
    """The same, of one that waits for as long as makes another silent; None for any other.

    Source: docs/rules.md, Silence.
    """
    days = unconfirmed_days(commitment, today)
    return days if days is not None and days >= silent_after else None


def is_to_chase(commitment: Commitment, today: str) -> bool:
    """Whether an open commitment is to be chased by today. Source: docs/rules.md, Silence."""
    chase_on = commitment.get("chase_on")
    return chase_on is not None and chase_on <= today and commitment["state"] in OPEN


def default_chase_day(today: str) -> str:
    """The ISO day of the next chase after one today, when none is given.

    Source: docs/rules.md, Silence.
    """
    from store.rules.dates.month_arithmetic import add_to_day  # it imports datetime

    return add_to_day(today, days=_CHASE_AGAIN_AFTER)
