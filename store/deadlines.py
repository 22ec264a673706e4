"""What a deadline means today: nothing else in the program decides or counts it.

The rules are the one table of the product: `assess` gives a commitment its band, its outcome and its days,
`tally` counts them for the status, the list, the app and the papers. Days are ISO strings, so that ten
thousand of them are read without building a record of each.
"""

from datetime import date

from store.model import OPEN, UNDONE, Band, Outcome, State

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.documents import Commitment

SILENT_AFTER = 30
"""Days without news after which a commitment is silent, unless the store says otherwise."""


class _Ordinals(dict[str, int]):
    """ISO day -> day number; a store has few different days, so each is read once."""

    def __missing__(self, iso: str) -> int:
        number = self[iso] = date.fromisoformat(iso).toordinal()
        return number


_ordinal_of = _Ordinals()


def days_between(earlier: str, later: str) -> int:
    """Calendar days from one ISO day to another; negative when `later` is the earlier one."""
    return _ordinal_of[later] - _ordinal_of[earlier]


def band_of(state: str, days_left: int | None) -> Band:
    """The band of a commitment that is due in so many days (None: no date).

    Due today is not overdue; what was reported is never late.
    """
    if state not in UNDONE:
        return Band.UNCONFIRMED if state == State.REPORTED else Band.FINISHED
    if days_left is None:
        return Band.NO_DATE
    if days_left < 0:
        return Band.OVERDUE
    if days_left == 0:
        return Band.TODAY
    if days_left <= 7:
        return Band.WEEK
    return Band.MONTH if days_left <= 30 else Band.LATER


def outcome_of(state: str, due: str | None, original: str | None, done: str | None) -> Outcome | None:
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


def done_day(commitment: "Commitment") -> str | None:
    """The day the promise was kept: the day reported if somebody reported, else the day confirmed."""
    voice = commitment.get("reported") or commitment.get("confirmed")
    return voice["on"] if voice else None


class Assessment:
    """A commitment against a day: `band`, `outcome`, `days_left` (negative: late; None: not counted)."""

    __slots__ = ("band", "days_left", "outcome")

    def __init__(self, band: Band, outcome: Outcome | None, days_left: int | None) -> None:
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


def silent_days(commitment: "Commitment", visit_end: str, today: str) -> int:
    """Days since the last news, or since the visit's end when there was none; never negative."""
    return max(0, days_between(commitment.get("news_on") or visit_end, today))


def is_silent(state: str, days: int, is_waiting: bool, silent_after: int) -> bool:
    """Whether an open commitment has been silent for too long; one that waits for another never is."""
    return state in OPEN and days >= silent_after and not is_waiting


def is_to_chase(commitment: "Commitment", today: str) -> bool:
    """Whether somebody wanted to look at this open commitment again by today."""
    chase_on = commitment.get("chase_on")
    return chase_on is not None and chase_on <= today and commitment["state"] in OPEN


BAND_ORDER: dict[str, int] = {band: place for place, band in enumerate(Band)}
"""Band -> how far down a list it stands."""

COUNT_NAMES: dict[str, str] = {
    Band.OVERDUE: "overdue",
    Band.TODAY: "due_today",
    Band.WEEK: "week",
    Band.MONTH: "month",
    Band.LATER: "later",
    Band.NO_DATE: "no_date",
    Band.UNCONFIRMED: "unconfirmed",
    Band.FINISHED: "finished",
}
"""Band -> the name of its count in a tally."""


def tally(assessed: "Iterable[tuple[str, bool, bool]]") -> dict[str, int]:
    """Count commitments, given as (band, silent, to chase), under the names that every output uses."""
    bands: dict[str, int] = dict.fromkeys(Band, 0)
    total = silent = to_chase = 0
    for band, silence, chase in assessed:
        bands[band] += 1
        silent += silence
        to_chase += chase
        total += 1
    return {
        "open": total - bands[Band.FINISHED],
        **{COUNT_NAMES[band]: count for band, count in bands.items() if band != Band.FINISHED},
        "silent": silent,
        "to_chase": to_chase,
        "finished": bands[Band.FINISHED],
        "total": total,
    }
