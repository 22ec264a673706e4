"""What happened, in a line: a change of the history for people."""

from store.operations.clashes import FOLLOWING, told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.documents import Event

_MOST_EVENTS = 5
_MOST_FIELDS = 4
_MOST_LETTERS = 60


def told_change(events: "Sequence[Event]") -> str:
    """`change 12 of 2026-03-31 (2026-03-31 14:03 UTC): mark 3, state agreed -> reported`."""
    first = events[0]
    at = first["at"].replace("T", " ").removesuffix("Z")[:16]
    parts = [told_event(event) for event in events[:_MOST_EVENTS]]
    if len(events) > _MOST_EVENTS:
        parts.append(f"and {len(events) - _MOST_EVENTS} more")
    return f"change {first['change']} of {at} UTC: " + "; ".join(parts)


def told_event(event: "Event") -> str:
    """One event without its time: `mark 3, state agreed -> reported`."""
    subject = next((f" {kind}" for kind in ("party", "visit") if kind in event), "")
    subject = f" {event['id']}" if "id" in event else subject
    fields = event.get("fields", {})
    if "created" in fields:
        # A record that came or went: its name says more than all its fields.
        old, new = fields.get("title") or fields.get("slug") or fields.get("name") or (None, None)
        return f"{event['action']}{subject}, {told(new if old is None else old)}"
    shown = [(name, pair) for name, pair in fields.items() if name not in FOLLOWING]
    parts = [f"{name} {_short(old)} -> {_short(new)}" for name, (old, new) in shown]
    if len(parts) > _MOST_FIELDS:
        parts[_MOST_FIELDS:] = [f"and {len(parts) - _MOST_FIELDS} more fields"]
    if "note" in event:
        parts.append(f"note {_short(event['note'])}")
    return f"{event['action']}{subject}" + (", " if parts else "") + ", ".join(parts)


def _short(value: object) -> str:
    if isinstance(value, dict) and "said_by" in value:
        text = f"by {told(value['said_by'])} on {value['on']}"
    else:
        text = told(value)
    return text if len(text) <= _MOST_LETTERS else text[: _MOST_LETTERS - 1] + "…"
