"""What a deadline means today: nothing else in the program decides or counts it.

The rules are the one table of the product: `assess` gives a commitment its band, its outcome and its days,
`tally` counts them for the status, the list, the app and the papers. Days are ISO strings, so that ten
thousand of them are read without building a record of each.
"""

from __future__ import annotations

from store.model.vocabulary import BANDS, OPEN, STATES, UNDONE, Band, Outcome, State

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from store.model.record_types import Commitment

SILENT_AFTER = 30
"""Days without news after which a commitment is silent, unless the store says otherwise."""


class _Ordinals(dict[str, int]):
    """ISO day -> day number, counted in the Gregorian calendar; a store has few different days, each read once."""

    def __missing__(self, iso: str) -> int:
        # Years are counted from March, so that the leap day is the last of one. Written out because importing
        # datetime takes a tenth of the time of a quick check, and its rules have not changed since 1582.
        year, month, day = int(iso[:4]), int(iso[5:7]), int(iso[8:])
        year, month = (year, month - 3) if month > 2 else (year - 1, month + 9)
        number = self[iso] = year * 365 + year // 4 - year // 100 + year // 400 + (month * 153 + 2) // 5 + day
        return number


_ordinal_of = _Ordinals()

_DAYS_OF_MONTH = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar, written as YYYY-MM-DD."""
    year, month, day = text[:4], text[5:7], text[8:]
    if len(text) != 10 or text[4] + text[7] != "--" or not (text.isascii() and (year + month + day).isdigit()):
        return False
    is_leap = int(year) % 4 == 0 and (int(year) % 100 != 0 or int(year) % 400 == 0)
    last = _DAYS_OF_MONTH[int(month) - 1] if 1 <= int(month) <= 12 else 0
    return int(year) > 0 and 1 <= int(day) <= last + (month == "02" and is_leap)


def days_between(earlier: str, later: str) -> int:
    """Calendar days from one ISO day to another; negative when `later` is the earlier one."""
    return _ordinal_of[later] - _ordinal_of[earlier]


def band_of(state: str, days_left: int | None) -> str:
    """The band of a commitment that is due in so many days (None: no date).

    Due today is not overdue; what was reported is never late.
    """
    of_state = STATES[state].band
    if of_state is not None:
        return of_state
    if days_left is None:
        return Band.NO_DATE
    if days_left < 0:
        return Band.OVERDUE
    if days_left == 0:
        return Band.TODAY
    if days_left <= 7:
        return Band.WEEK
    return Band.MONTH if days_left <= 30 else Band.LATER


def outcome_of(state: str, due: str | None, original: str | None, done: str | None) -> str | None:
    """How the promise ended, `done` being the day it was reported, else confirmed; provisional if reported."""
    if state == State.CLOSED:
        return Outcome.NOT_MET
    if done is None or state not in (State.REPORTED, State.CONFIRMED):
        return None
    if due is None:
        return Outcome.MET_UNDATED
    if done > due:
        return Outcome.MET_LATE
    return Outcome.MET if original is None or done <= original else Outcome.MET_EXTENDED


def done_day(commitment: Commitment) -> str | None:
    """The day the promise was kept: the day reported if somebody reported, else the day confirmed."""
    voice = commitment.get("reported") or commitment.get("confirmed")
    return voice["on"] if voice else None


def extension_count(commitment: Commitment) -> int:
    """How often the agreed date was put off, corrections left out."""
    return sum(change["extension"] for change in commitment.get("due_changes", ()))


class Assessment:
    """A commitment against a day: `band`, `outcome`, `days_left` (negative: late; None: not counted)."""

    __slots__ = ("band", "days_left", "outcome")

    def __init__(self, band: str, outcome: str | None, days_left: int | None) -> None:
        self.band = band
        self.outcome = outcome
        self.days_left = days_left

    def __repr__(self) -> str:
        return f"Assessment({self.band}, {self.outcome}, {self.days_left})"


def assess(
    state: str,
    due: str | None,
    original: str | None,
    reported_on: str | None,
    confirmed_on: str | None,
    today: str,
) -> Assessment:
    """What the table says of a commitment, from its plain values (ISO days)."""
    days_left = None
    if due is not None and state in UNDONE:
        days_left = days_between(today, due)
    outcome = outcome_of(state, due, original, reported_on or confirmed_on)
    return Assessment(band_of(state, days_left), outcome, days_left)


def silent_days(commitment: Commitment, visit_end: str, today: str) -> int:
    """Days since the last news, or since the visit's end when there was none; never negative."""
    return max(0, days_between(commitment.get("news_on") or visit_end, today))


def is_silent(state: str, days: int, is_waiting: bool, silent_after: int) -> bool:
    """Whether an open commitment has been silent for too long; one that waits for another never is."""
    return state in OPEN and days >= silent_after and not is_waiting


def is_to_chase(commitment: Commitment, today: str) -> bool:
    """Whether somebody wanted to look at this open commitment again by today."""
    chase_on = commitment.get("chase_on")
    return chase_on is not None and chase_on <= today and commitment["state"] in OPEN


BAND_ORDER: dict[str, int] = {band: place for place, band in enumerate(Band.ALL)}
"""Band -> how far down a list it stands."""

COUNT_NAMES: dict[str, str] = {band: entry.count for band, entry in BANDS.items()}
"""Band -> the name of its count in a tally."""


def tally(
    commitments: Iterable[Commitment],
    *,
    visit_ends: Mapping[str, str],
    is_undone: Callable[[int], bool],
    silent_after: int,
    today: str,
) -> dict[str, int]:
    """Count commitments under the names that every output uses.

    Of each it reads only the fields of a line's head (`store.rules.schema.HEADS`). `visit_ends` has the last day of
    each visit by slug, `is_undone` tells of the number of a commitment whether others still wait for it.
    """
    counts = dict.fromkeys(("open", *COUNT_NAMES.values()), 0)
    finished = silent = to_chase = total = 0
    for commitment in commitments:
        total += 1
        state = commitment["state"]
        if state not in OPEN:
            finished += 1
            continue
        due = commitment.get("due")
        counts[COUNT_NAMES[band_of(state, None if due is None else days_between(today, due))]] += 1
        after = commitment.get("after")
        is_waiting = after is not None and is_undone(after)
        silence = silent_days(commitment, visit_ends[commitment["visit"]], today)
        silent += is_silent(state, silence, is_waiting, silent_after)
        to_chase += is_to_chase(commitment, today)
    del counts["finished"]
    counts["open"] = total - finished
    return {**counts, "silent": silent, "to_chase": to_chase, "finished": finished, "total": total}
