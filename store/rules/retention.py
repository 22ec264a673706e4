"""What was left beside the work is cleared up: stores that a restore replaced, drafts, reports on faults.

Source: docs/rules.md, What is cleared up.
"""

from __future__ import annotations

from store.rules.days import days_between

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

KEPT_DAYS = 90
"""Days after which a file is removed."""

KEPT_FILES = 20
"""The number of newest files of a kind that are kept."""


def outdated(left: Mapping[str, str], today: str) -> list[str]:
    """The files to be removed, the oldest first, of those with the instant (ISO) at which each was left."""
    newest_first = sorted(left, key=lambda name: (left[name], name), reverse=True)
    return [
        name
        for place, name in enumerate(newest_first)
        if place >= KEPT_FILES or days_between(left[name][:10], today) > KEPT_DAYS
    ][::-1]
