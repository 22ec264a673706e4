"""Progress: how groups of commitments stand, and how many were opened and finished month by month.

They are computed from the records alone, never the history.
"""

from __future__ import annotations

from store.model.vocabulary_and_signs import OPEN, Band, Kind, Standing, State
from store.rules.assess_overdue_and_tally import band_on
from store.rules.day_done_and_outcome import days_late, standing
from store.rules.due_dates_and_extensions import is_late
from store.rules.on_time_rate import By, Rate, on_time_rate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from store.model.record_types import Closed, Commitment, Voice


class Totals:
    """The totals of a group of promises.

    `promised`, and of these by `standing`: `kept` (of these `kept_late`), `reported`, `in_work` (of these `late` and
    `undated`), `proposed`, `withdrawn`, `not_met`, which add up to it. `open` and of these `overdue`, as in a list,
    where a wish that is past stands among the overdue. The rates are `by_original` and `by_current`.
    """

    __slots__ = (
        *("by_current", "by_original", "in_work", "kept", "kept_late", "late", "not_met", "open", "overdue"),
        *("promised", "proposed", "reported", "undated", "withdrawn"),
    )

    def __init__(self, commitments: Sequence[Commitment], today: str, by_original: Rate, by_current: Rate) -> None:
        self.promised = len(commitments)
        standings = [standing(commitment) for commitment in commitments]
        count = standings.count
        self.kept, self.reported, self.in_work = map(count, (Standing.KEPT, Standing.REPORTED, Standing.IN_WORK))
        self.proposed, self.withdrawn, self.not_met = map(
            count, (Standing.PROPOSED, Standing.WITHDRAWN, Standing.NOT_MET)
        )
        pairs = list(zip(commitments, standings, strict=True))
        self.kept_late = sum(days_late(each) > 0 for each, its in pairs if its == Standing.KEPT)
        bands = [band_on(each, today) for each in commitments]
        self.late = sum(map(is_late, commitments, bands))
        self.undated = sum("due" not in each for each, its in pairs if its == Standing.IN_WORK)
        self.open = self.reported + self.in_work + self.proposed
        self.overdue = bands.count(Band.OVERDUE)
        self.by_original = by_original
        self.by_current = by_current


def totals(
    commitments: Sequence[Commitment], today: str, *, first: str | None = None, last: str | None = None
) -> Totals:
    """The totals of commitments today; the period of ISO days applies to the rates alone."""
    return Totals(
        commitments,
        today,
        on_time_rate(commitments, By.ORIGINAL, today, first=first, last=last),
        on_time_rate(commitments, By.CURRENT, today, first=first, last=last),
    )


def by_visit(commitments: Iterable[Commitment]) -> dict[str, list[Commitment]]:
    """Group commitments by visit: slug -> its commitments."""
    groups: dict[str, list[Commitment]] = {}
    for commitment in commitments:
        groups.setdefault(commitment["visit"], []).append(commitment)
    return groups


def by_kind(commitments: Iterable[Commitment]) -> dict[str, list[Commitment]]:
    """Group commitments by kind: kind -> its commitments, the kinds of the vocabulary first."""
    groups: dict[str, list[Commitment]] = {kind: [] for kind in Kind.ALL}
    for commitment in commitments:
        groups.setdefault(commitment["kind"], []).append(commitment)
    return {kind: its for kind, its in groups.items() if its}


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
    running_totals = [0, 0]
    for number in range(min(opened), end + 1):
        new, done = opened.get(number, 0), finished.get(number, 0)
        running_totals = [running_totals[0] + new, running_totals[1] + done]
        if first is None or number >= _month_number(first):
            series.append(Month(f"{number // 12:04}-{number % 12 + 1:02}", new, done, *running_totals))
    return series


def _month_number(day: str) -> int:
    return int(day[:4]) * 12 + int(day[5:7]) - 1
