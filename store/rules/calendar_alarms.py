"""Which commitments ring in a calendar.

Source: docs/rules.md, In a period.
"""

from __future__ import annotations

from store.model.vocabulary_and_signs import UNDONE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.model.record_types import Commitment


def has_alarm(commitment: Commitment) -> bool:
    """Whether a calendar reminds of the due date: only while it is open."""
    return "due" in commitment and commitment["state"] in UNDONE
