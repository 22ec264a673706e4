"""The assessment of commitments: band, outcome, days late or left (`assess`), and their counts (`tally`).

Nothing else in the program decides or counts these. Days are ISO texts. Source: docs/rules.md, Bands and outcomes.
"""

from __future__ import annotations

from store.model.vocabulary_and_signs import BANDS, OPEN, STATES, UNDONE, Band
from store.rules.day_done_and_outcome import done_on, outcome_of
from store.rules.days import days_between
from store.rules.refuse_newer_version import refuse_unknown_words
from store.rules.silence_and_chasing import is_silent, is_to_chase, is_waiting, silent_days

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from store.model.record_types import Commitment


WEEK_DAYS, MONTH_DAYS = 7, 30
"""The number of days ahead that the bands `week` and `month` include."""


def days_left_on(due: str | None, today: str) -> int | None:
    """The number of days from the ISO day `today` to the due date, negative when that is past; None without one."""
    return None if due is None else days_between(today, due)


def is_overdue(days_left: int) -> bool:
    """Whether what is due in so many days, and undone, is overdue. Source: docs/rules.md, Bands and outcomes."""
    return days_left < 0


def band_of(state: str, days_left: int | None) -> str:
    """The band of a commitment that is due in `days_left` days (None: no date).

    Due today is not overdue; what was reported is never late. Source: docs/rules.md, Bands and outcomes.
    """
    of_state = STATES[state].band
    if of_state is not None:
        return of_state
    if days_left is None:
        return Band.NO_DATE
    if is_overdue(days_left):
        return Band.OVERDUE
    if days_left <= 0:
        return Band.TODAY
    if days_left <= WEEK_DAYS:
        return Band.WEEK
    return Band.MONTH if days_left <= MONTH_DAYS else Band.LATER


class Assessment:
    """A commitment assessed on a day: `band`, `outcome`, `days_left` (negative: late; None: nothing is due)."""

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
    *,
    is_withdrawn: bool = False,
) -> Assessment:
    """Assess a commitment, given as its plain values (ISO days), on the ISO day `today`.

    `is_withdrawn`: as of `store.rules.day_done_and_outcome`. Source: docs/rules.md, Bands and outcomes.
    """
    days_left = days_left_on(due, today) if state in UNDONE else None
    outcome = outcome_of(state, due, original, done_on(reported_on, confirmed_on), is_withdrawn=is_withdrawn)
    return Assessment(band_of(state, days_left), outcome, days_left)


def days_overdue(days_left: int | None) -> int:
    """The number of days a commitment that is due in `days_left` days (None: nothing is due) is late; else 0.

    Source: docs/rules.md, Bands and outcomes.
    """
    return -days_left if days_left is not None and is_overdue(days_left) else 0


def is_due_within(days_left: int | None, days: int) -> bool:
    """Whether a commitment falls due within this many days from today; a late one does not.

    Source: docs/rules.md, Bands and outcomes.
    """
    return days_left is not None and not is_overdue(days_left) and days_left <= days


def band_on(commitment: Commitment, today: str) -> str:
    """The band of a commitment on the ISO day `today`. Source: docs/rules.md, Bands and outcomes."""
    return band_of(commitment["state"], days_left_on(commitment.get("due"), today))


AGES = ((1, 30), (31, 90), (91, 180), (181, None))
"""The ages of what is late: first and last day late, None for no end."""


def age_of(days: int) -> int:
    """The index in `AGES` of this many days late. Source: docs/rules.md, How it stands."""
    return next(place for place, (_, last) in enumerate(AGES) if last is None or days <= last)


BAND_ORDER: dict[str, int] = {band: place for place, band in enumerate(Band.ALL)}
"""Band -> its place in the order of lists."""

COUNT_NAMES: dict[str, str] = {band: entry.count for band, entry in BANDS.items()}
"""Band -> the name of its count in a tally."""


def tally(
    commitments: Iterable[Commitment],
    *,
    visit_ends: Mapping[str, str],
    is_undone: Callable[[int], bool],
    silent_after: int,
    today: str,
    aside: Collection[str] = (),
) -> dict[str, int]:
    """Count commitments by band, and those that are open, silent, to be chased, and in all.

    It reads only their HEADS fields (`store.model.format_version`). `visit_ends` has the last day of each visit by
    slug, `is_undone` says whether the commitment of a number is still to be done. Open ones of the visits in `aside`
    (slugs) are counted as `aside` alone.
    """
    bands = dict.fromkeys(BANDS, 0)
    finished = silent = to_chase = aside_count = 0
    for commitment in commitments:
        state = commitment["state"]
        if state not in OPEN:
            if state not in STATES:
                refuse_unknown_words(commitment)
            finished += 1
            continue
        if aside and commitment["visit"] in aside:
            aside_count += 1
            continue
        bands[band_of(state, days_left_on(commitment.get("due"), today))] += 1
        silence = silent_days(commitment, visit_ends[commitment["visit"]], today)
        silent += is_silent(state, silence, is_waiting(commitment, is_undone), silent_after)
        to_chase += is_to_chase(commitment, today)
    bands[Band.FINISHED] = finished
    return counts_of(bands, silent=silent, to_chase=to_chase, aside=aside_count)


def counts_of(bands: Mapping[str, int], *, silent: int, to_chase: int, aside: int) -> dict[str, int]:
    """The counts of a tally: the `bands`, all open ones, silent, to be chased, set `aside`."""
    counts = {COUNT_NAMES[band]: bands[band] for band in BANDS}
    finished = counts.pop(COUNT_NAMES[Band.FINISHED])
    count = sum(counts.values())
    shared = {"silent": silent, "to_chase": to_chase, "finished": finished, "total": count + finished, "aside": aside}
    return {"open": count, **counts, **shared}
