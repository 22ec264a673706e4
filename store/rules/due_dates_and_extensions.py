"""Due dates: their parts, when one is agreed, extensions.

While a commitment is proposed its date is a wish, free to change. The date in force when it is agreed, or the first
one set after that, is its original one: from then on each change is kept. Source: docs/rules.md, Due dates.
"""

from __future__ import annotations

from store.model.vocabulary_and_signs import Band, State
from store.sanitise_text import clean_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any, NoReturn

    from store.model.record_types import Commitment, DueChange


class DueDate:
    """A due date: ISO `day` (None: no date), `precision`, the `words` as agreed, `start`, the first day of its period.

    `day` is the last day of the period; only a date parsed from words has a `start`.
    """

    __slots__ = ("day", "precision", "start", "words")

    day: str | None
    precision: str | None
    words: str | None
    start: str | None

    def __init__(
        self, day: str | None, precision: str | None = None, words: str | None = None, start: str | None = None
    ) -> None:
        words = clean_line(words) if words else None
        for name, value in (("day", day), ("precision", precision), ("words", words), ("start", start)):
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object = None) -> NoReturn:
        raise AttributeError(f"a DueDate does not change: {name}")

    __delattr__ = __setattr__

    def _values(self) -> tuple[str | None, ...]:
        return (self.day, self.precision, self.words, self.start)

    def __eq__(self, other: object) -> bool:
        return self._values() == other._values() if isinstance(other, DueDate) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._values())

    def __repr__(self) -> str:
        return f"DueDate(day={self.day}, precision={self.precision}, words={self.words!r}, start={self.start})"

    def in_other_words(self, words: str | None) -> DueDate:
        """The same date with other words; None keeps its own."""
        return self if words is None else DueDate(self.day, self.precision, words, self.start)

    def fields(self) -> dict[str, str | None]:
        """The date as fields of a commitment."""
        return {"due": self.day, "due_precision": self.precision, "due_words": self.words}


# Agreement.


def agrees(state: str) -> bool:
    """Whether reaching this state makes a commitment agreed. Source: docs/rules.md, Due dates."""
    return state not in (State.PROPOSED, State.CLOSED)


def was_agreed(commitment: Commitment) -> bool:
    """Whether it was ever agreed; going back to proposed, or being closed, does not undo that.

    Source: docs/rules.md, Due dates.
    """
    return agrees(commitment["state"]) or "agreed_on" in commitment or "original_due" in commitment


def is_agreed_date(commitment: Mapping[str, object]) -> bool:
    """Whether its date was ever agreed: then every change of it is kept. Source: docs/rules.md, Due dates."""
    return "original_due" in commitment


def is_agreed_by_doing(commitment: Commitment) -> bool:
    """Whether nobody agreed its date before it was done: it was reported or confirmed the day it became agreed.

    Source: docs/rules.md, Due dates.
    """
    voice = commitment.get("reported") or commitment.get("confirmed")
    return voice is not None and voice["on"] == commitment.get("agreed_on")


def is_wish(commitment: Commitment) -> bool:
    """Whether its date is a wish, which may pass without being late. Source: docs/rules.md, Due dates."""
    return commitment["state"] == State.PROPOSED


def is_late(commitment: Commitment, band: str) -> bool:
    """Whether a commitment in this band is late: overdue, its date more than a wish. Nothing else is late.

    Source: docs/rules.md, How it stands.
    """
    return band == Band.OVERDUE and not is_wish(commitment)


def fields_of_agreement(commitment: Mapping[str, Any], state: str, day: str) -> dict[str, str]:
    """The fields that reaching a state on an ISO day adds: the original date, the day agreed.

    Empty when the state agrees nothing, or both are set. Source: docs/rules.md, Due dates.
    """
    if not agrees(state):
        return {}
    fields = {}
    if commitment.get("original_due") is None and commitment.get("due") is not None:
        fields["original_due"] = commitment["due"]
    if commitment.get("agreed_on") is None:
        fields["agreed_on"] = day
    return fields


# Extensions.


def is_extension(old: str | None, new: str | None) -> bool:
    """Whether a change of an agreed date extends it: to a later day, or to none. Source: docs/rules.md, Due dates."""
    return new is None or (old is not None and new > old)


def extension_count(commitment: Commitment) -> int:
    """The number of extensions of the agreed date, without corrections. Source: docs/rules.md, Due dates."""
    return count_extensions(commitment.get("due_changes", ()))


def removal_count(commitment: Commitment) -> int:
    """How many of the extensions took the agreed date out: a text names them so. Source: docs/rules.md, Due dates."""
    return sum(change["extension"] and "new" not in change for change in commitment.get("due_changes", ()))


def last_delay(commitment: Commitment) -> DueChange | None:
    """The last change to a later date, to none, or from none; None without any. Source: docs/rules.md, Due dates."""
    changes = commitment.get("due_changes", ())
    found = [each for each in changes if each["extension"] or not (each["correction"] or "old" in each)]
    return found[-1] if found else None


def count_extensions(due_changes: Iterable[DueChange]) -> int:
    """The number of extensions among the changes of an agreed date. Source: docs/rules.md, Due dates."""
    return sum(change["extension"] for change in due_changes)


def is_extended(commitment: Commitment) -> bool:
    """Whether the agreed date was ever extended. Source: docs/rules.md, Due dates."""
    return extension_count(commitment) > 0


def is_unexplained(commitment: Commitment, *, is_current_missed: bool) -> bool:
    """Whether no reason is recorded for a miss: an extension has one for the original date, none for the current one.

    Source: docs/rules.md, On-time rate.
    """
    return not commitment.get("miss_reason") and (is_current_missed or not is_extended(commitment))


def date_without_unrecorded_extensions(commitment: Commitment) -> str | None:
    """The ISO day on which it is due without the last extensions to which nobody is recorded as agreeing.

    Source: docs/rules.md, Due dates.
    """
    from store.rules.consent import consent_to_change  # only papers ask

    day, is_recorded = commitment.get("original_due"), True
    for change in commitment.get("due_changes", ()):
        if not change["correction"]:
            is_recorded = not change["extension"] or consent_to_change(commitment, change) is not None
        if is_recorded:
            day = change.get("new")
    return commitment.get("due") if is_recorded else day


def is_extension_unrecorded(commitment: Commitment) -> bool:
    """Whether its date is in force only by an extension to which nobody is recorded as agreeing.

    Source: docs/rules.md, Due dates.
    """
    return date_without_unrecorded_extensions(commitment) != commitment.get("due")


def is_former_date(commitment: Commitment, day: str | None) -> bool:
    """Whether it was due on this ISO day before that was changed, and is not now. Source: docs/rules.md, Due dates."""
    former = [change["old"] for change in commitment.get("due_changes", ()) if change.get("old")]
    return day in former and day != commitment.get("due")


# Probable slips.

_FAR_AHEAD = 10
"""Years ahead after which a deadline is probably a slip."""


def is_past(day: str, today: str) -> bool:
    """Whether a new deadline is before today: allowed, with a warning."""
    return day < today


def is_too_far_ahead(day: str, today: str) -> bool:
    """Whether a new deadline is probably in the wrong year: allowed, with a warning.

    Source: docs/rules.md, Due dates.
    """
    return int(day[:4]) > int(today[:4]) + _FAR_AHEAD
