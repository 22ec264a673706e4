"""A change of the history in a line: which one, of when, and what it did."""

from __future__ import annotations

from tui.render.event_words import Subjects, headline

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.model.record_types import Event

_MOST_EVENTS = 5


def told_change(events: Sequence[Event], subjects: Subjects) -> str:
    """`change 12 of 2026-03-31 14:03 UTC: #3 agreed -> reported done`."""
    at = events[0]["at"].replace("T", " ").removesuffix("Z")[:16]
    parts = [f"{subjects.subject(event)} {headline(event)}" for event in events[:_MOST_EVENTS]]
    if len(events) > _MOST_EVENTS:
        parts.append(f"and {len(events) - _MOST_EVENTS} more")
    return f"change {events[0]['change']} of {at} UTC: " + "; ".join(parts)
