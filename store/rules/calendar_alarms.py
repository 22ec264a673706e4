"""Which commitments ring in a calendar, and how many days ahead.

Source: docs/rules.md, In a period.
"""

from __future__ import annotations

from store.errors import UsageError
from store.model.vocabulary_and_signs import UNDONE
from store.sanitise_text import visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.model.record_types import Commitment


MOST_DAYS = 366
"""The most days of an alarm before the due date."""


def has_alarm(commitment: Commitment) -> bool:
    """Whether a calendar reminds of the due date: only while it is open."""
    return "due" in commitment and commitment["state"] in UNDONE


def alarm_days(text: str) -> int:
    """Parse `7d` or `2w` into days before the due date. Raises: UsageError."""
    digits, unit = text[:-1], text[-1:]
    if digits.isascii() and digits.isdigit() and len(digits) < 4 and unit in ("d", "w"):
        days = int(digits) * (7 if unit == "w" else 1)
        if days <= MOST_DAYS:
            return days
    raise UsageError(
        tr(
            'an alarm is set some days or weeks ahead, such as 7d or 2w, at most a year, not "{text}"',
            text=visible(text[:60]),
        ),
        code="alarm.not-understood",
    )
