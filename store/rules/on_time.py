"""The on-time rate, the standing of groups of commitments, and the numbers opened and finished by month.

They are computed from the records alone, never the history. A rule that goes further than its section says so.
Source: docs/rules.md, On-time rate.
"""

from __future__ import annotations

from store.model.vocabulary import OPEN, Because, State, Verdict
from store.rules.days import days_between
from store.rules.due_dates import was_agreed
from store.rules.overdue import done_day, is_overdue

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from store.model.record_types import Closed, Commitment, Voice


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
    2. Its date lies in the period. (Outside of it is a verdict of its own, so that everything given is accounted for.)
    3. Superseded, overtaken, dropped by agreement: left out, whenever they were due.
    4. Without a date: left out.
    5. Done (reported or confirmed): on time up to that date, else missed, also before the date is past.
    6. Declined: missed. Ours: at once, since its end is known; and so is what was dropped without agreement.
    7. Undone: missed when the date is past, else not yet due; the date itself is still in time.
    """
    if not was_agreed(commitment):
        return Verdict.NEVER_AGREED
    date = date_of(commitment, by)
    if date is not None and ((first is not None and date < first) or (last is not None and date > last)):
        return Verdict.OUTSIDE
    excuse = _excuse(commitment)
    if excuse is not None:
        return excuse
    if date is None:
        return Verdict.NO_DATE
    done = done_day_if_standing(commitment)
    if done is not None:
        return Verdict.ON_TIME if done <= date else Verdict.MISSED
    is_given_up = commitment["state"] == State.CLOSED
    return Verdict.MISSED if is_given_up or date < today else Verdict.NOT_YET_DUE


def _excuse(commitment: Commitment) -> str | None:
    closed = commitment.get("closed")
    if commitment["state"] != State.CLOSED or closed is None:
        return None
    because = closed["because"]
    if because == Because.DROPPED:
        return Verdict.DROPPED if closed.get("agreed_by") else None
    return {Because.SUPERSEDED: Verdict.SUPERSEDED, Because.OVERTAKEN: Verdict.OVERTAKEN}.get(because)


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


class Totals:
    """The totals of a group of commitments: `promised`, of these `open` (and of these `overdue`), `kept`, `not_met`.

    The rates are `by_original` and `by_current`. promised = open + kept + not_met.
    """

    __slots__ = ("by_current", "by_original", "kept", "not_met", "open", "overdue", "promised")

    def __init__(
        self, promised: int, is_open: int, overdue: int, kept: int, not_met: int, by_original: Rate, by_current: Rate
    ) -> None:
        self.promised = promised
        self.open = is_open
        self.overdue = overdue
        self.kept = kept
        self.not_met = not_met
        self.by_original = by_original
        self.by_current = by_current


def totals(
    commitments: Sequence[Commitment], today: str, *, first: str | None = None, last: str | None = None
) -> Totals:
    """The totals of these commitments today; the period of ISO days applies to the rates only."""
    states = [commitment["state"] for commitment in commitments]
    return Totals(
        len(states),
        sum(state in OPEN for state in states),
        sum(is_overdue(commitment, today) for commitment in commitments),
        states.count(State.CONFIRMED),
        states.count(State.CLOSED),
        on_time_rate(commitments, By.ORIGINAL, today, first=first, last=last),
        on_time_rate(commitments, By.CURRENT, today, first=first, last=last),
    )


def by_visit(commitments: Iterable[Commitment]) -> dict[str, list[Commitment]]:
    """Group commitments by visit: slug -> its commitments."""
    groups: dict[str, list[Commitment]] = {}
    for commitment in commitments:
        groups.setdefault(commitment["visit"], []).append(commitment)
    return groups


def by_party(commitments: Iterable[Commitment]) -> dict[str, list[Commitment]]:
    """Group commitments by promiser: full name -> its commitments; a joint promise is in several groups."""
    groups: dict[str, list[Commitment]] = {}
    for commitment in commitments:
        for name in dict.fromkeys(commitment["by"]):
            groups.setdefault(name, []).append(commitment)
    return groups


def finished_day(commitment: Commitment) -> str | None:
    """The ISO day on which it was confirmed or closed; None while it is open.

    A record without its voice or reason, which only other software writes, counts from its last change.
    """
    if commitment["state"] in OPEN:
        return None
    end: Voice | Closed | None = commitment.get("closed")
    if commitment["state"] == State.CONFIRMED:
        end = commitment.get("confirmed")
    return end["on"] if end else commitment["updated"][:10]


def opened_day(commitment: Commitment, visit_end: str) -> str:
    """The ISO day on which it was promised, as near as the record knows: the last day of its visit.

    That is where silence is counted from as well; the day it was typed in says when somebody had time for it.
    One that was entered, or finished, before its visit ended was promised no later than that.
    """
    days = [visit_end, commitment["created"][:10]]
    finished = finished_day(commitment)
    return min([*days, finished] if finished is not None else days)


class Month:
    """A calendar month (`2023-01`): how many were `opened` and `finished` in it, and up to its end in all.

    `opened_total` and `finished_total` are cumulated from the first commitment on; their difference is `open`.
    """

    __slots__ = ("finished", "finished_total", "month", "opened", "opened_total")

    def __init__(self, month: str, opened: int, finished: int, opened_total: int, finished_total: int) -> None:
        self.month = month
        self.opened = opened
        self.finished = finished
        self.opened_total = opened_total
        self.finished_total = finished_total

    @property
    def open(self) -> int:
        """The number open at the end of the month."""
        return self.opened_total - self.finished_total


def months(
    commitments: Iterable[Commitment],
    visit_ends: Mapping[str, str],
    today: str,
    *,
    first: str | None = None,
    last: str | None = None,
) -> list[Month]:
    """The numbers by month, from the first promise to today or the last one entered, without gaps.

    `visit_ends` has the last day of each visit by slug. A period of ISO days shows the months that it touches; what
    was opened and finished before it is in their totals. Nothing promised: an empty list.
    """
    opened: dict[int, int] = {}
    finished: dict[int, int] = {}
    for commitment in commitments:
        start = _month_number(opened_day(commitment, visit_ends[commitment["visit"]]))
        opened[start] = opened.get(start, 0) + 1
        day = finished_day(commitment)
        if day is not None:
            finished[_month_number(day)] = finished.get(_month_number(day), 0) + 1
    if not opened:
        return []
    end = max(*opened, *finished, _month_number(today)) if last is None else _month_number(last)
    series: list[Month] = []
    totals = [0, 0]
    for number in range(min(opened), end + 1):
        new, done = opened.get(number, 0), finished.get(number, 0)
        totals = [totals[0] + new, totals[1] + done]
        if first is None or number >= _month_number(first):
            series.append(Month(f"{number // 12:04}-{number % 12 + 1:02}", new, done, *totals))
    return series


def _month_number(day: str) -> int:
    return int(day[:4]) * 12 + int(day[5:7]) - 1
