"""The counts of a store in one line, as `status --short` prints them at login; imports little."""

from __future__ import annotations

from store.model.vocabulary_and_signs import BANDS, Band
from store.translation import tr, tr_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

COUNTED = (Band.OVERDUE, Band.TODAY, Band.WEEK, Band.NO_DATE, Band.UNCONFIRMED)
"""The bands in one line of counts (`status --short`)."""

_COUNTS = (*((BANDS[band].count, BANDS[band].short) for band in COUNTED), ("silent", "silent"), ("open", "open"))
"""Name in a tally, and its word in one line of counts."""


def line_of_counts(tally: Mapping[str, int]) -> str:
    """The seven counts in one line, zeros left out: `3 overdue, 1 today, 14 open`; `, 5 set aside` where some are."""
    shown = [_count(tally[name], tr_in("count", word)) for name, word in _COUNTS if tally[name]] or [tr("nothing open")]
    return ", ".join([*shown, *([_count(tally["aside"], tr("set aside"))] if tally["aside"] else [])])


def _count(count: int, what: str) -> str:
    """A count in a line of counts: `3 overdue`, `просрочено: 3`."""
    return tr("{count} {what}", count=count, what=what)
