"""The on-time rate: what counts as on time, what is left out and why.

It is computed from the records alone, never the history. A rule that goes further than its section says so.
Source: docs/rules.md, On-time rate.
"""

from __future__ import annotations

from store.model.vocabulary_and_signs import State, Verdict
from store.rules.day_done_and_outcome import done_day, excuse, keeps
from store.rules.days import days_between
from store.rules.due_dates_and_extensions import was_agreed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from store.model.record_types import Commitment


class By:
    """The date by which punctuality is measured."""

    ORIGINAL = "original"
    CURRENT = "current"
    ALL = (ORIGINAL, CURRENT)


def done_day_if_standing(commitment: Commitment) -> str | None:
    """The ISO day it was done, if it is reported or confirmed now; None for one that was closed after a report."""
    return done_day(commitment) if commitment["state"] in (State.REPORTED, State.CONFIRMED) else None


def date_of(commitment: Commitment, by: str) -> str | None:
    """The original or the current due date; a record without an original one has only had the current one."""
    due = commitment.get("due")
    return due if by == By.CURRENT else commitment.get("original_due", due)


def verdict(commitment: Commitment, by: str, today: str, *, first: str | None = None, last: str | None = None) -> str:
    """How one promise counts for the rate: one of `Verdict.ALL`.

    `by` is one of `By.ALL`; the days are ISO, the period from `first` to `last` includes both. The first rule that
    fits decides, so that each promise is counted once. Source: docs/rules.md, On-time rate:

    1. Only what was agreed at some time counts; a wish has no date that could place it in the period.
    2. Without a date: left out, however it ended.
    3. Its date lies in the period. (Outside of it is a verdict of its own, so that everything given is accounted for.)
    4. Superseded, overtaken, dropped by agreement: left out.
    5. Done (reported or confirmed): on time up to that date, else missed, also before the date is past.
    6. Declined: missed. Ours: at once, since its end is known; and so is what was dropped without agreement.
    7. Undone: missed when the date is past, else not yet due; the date itself is still in time.
    """
    if not was_agreed(commitment):
        return Verdict.NEVER_AGREED
    date = date_of(commitment, by)
    if date is None:
        return Verdict.NO_DATE
    if (first is not None and date < first) or (last is not None and date > last):
        return Verdict.OUTSIDE
    excused = excuse(commitment)
    if excused is not None:
        return excused
    done = done_day_if_standing(commitment)
    if done is not None:
        return Verdict.ON_TIME if keeps(done, date) else Verdict.MISSED
    is_given_up = commitment["state"] == State.CLOSED
    return Verdict.MISSED if is_given_up or not keeps(today, date) else Verdict.NOT_YET_DUE


class Rate:
    """An on-time rate, `kept` of `total`, with the numbers of the commitments behind every count, in the order given.

    `on_time`; `confirmed`, those of them that the other side confirmed; `missed`; `left_out`, by reason in the order
    of `Verdict.LEFT_OUT`, reasons with nothing absent; `days_late`, number -> days after the date, of those done late.
    """

    __slots__ = ("confirmed", "days_late", "left_out", "missed", "on_time")

    def __init__(
        self,
        on_time: Sequence[int],
        confirmed: Sequence[int],
        missed: Sequence[int],
        left_out: Mapping[str, Sequence[int]],
        days_late: Mapping[int, int],
    ) -> None:
        self.on_time = on_time
        self.confirmed = confirmed
        self.missed = missed
        self.left_out = left_out
        self.days_late = days_late

    @property
    def kept(self) -> int:
        """The number done in time."""
        return len(self.on_time)

    @property
    def total(self) -> int:
        """The number that could have been: done in time or missed."""
        return len(self.on_time) + len(self.missed)

    @property
    def mean_days_late(self) -> float | None:
        """The mean of `days_late`; None when nothing was done late. Undone promises are left out."""
        return sum(self.days_late.values()) / len(self.days_late) if self.days_late else None


def on_time_rate(
    commitments: Iterable[Commitment], by: str, today: str, *, first: str | None = None, last: str | None = None
) -> Rate:
    """The on-time rate of commitments by one date (`By.ALL`), in an inclusive period of ISO days.

    Source: docs/rules.md, On-time rate; `verdict` has the rules.
    """
    numbers: dict[str, list[int]] = {each: [] for each in Verdict.ALL}
    confirmed: list[int] = []
    days_late: dict[int, int] = {}
    for commitment in commitments:
        number = commitment["id"]
        result = verdict(commitment, by, today, first=first, last=last)
        numbers[result].append(number)
        if result == Verdict.ON_TIME and commitment["state"] == State.CONFIRMED:
            confirmed.append(number)
        done, date = done_day_if_standing(commitment), date_of(commitment, by)
        if result == Verdict.MISSED and done is not None and date is not None:
            days_late[number] = days_between(date, done)
    left_out = {reason: numbers[reason] for reason in Verdict.LEFT_OUT if numbers[reason]}
    return Rate(numbers[Verdict.ON_TIME], confirmed, numbers[Verdict.MISSED], left_out, days_late)
