"""The history: which changes are undone, and the summary of events (last news, number of chases).

Source: docs/rules.md, Events and undo; Silence.
"""

from __future__ import annotations

from store.rules.days import local_time
from store.rules.silence_and_chasing import is_news

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any, Literal

    from store.model.record_types import Event


SUMMARY_FIELDS = ("news_on", "chased", "last_chased")
"""The fields of a commitment that summarise its events: never in an event themselves."""

NOT_IN_EVENTS = frozenset({"id", "updated", "revision", *SUMMARY_FIELDS})
"""The fields of a record that no event tells."""


def is_to_come(event: Event, now: str, last_day: str) -> bool:
    """Whether an event is dated in the future: its instant after `now`, or its day after `last_day`."""
    return event["at"] > now or event["day"] > last_day


def is_since(event: Event, since: str, today: str, timezone: str | None) -> bool:
    """Whether an event happened, or was put down, on the ISO day `since` or later, `today` at the latest.

    It is put down on the day that the clocks of the time zone show (None: the machine's).
    """
    if since <= event["day"] <= today:
        return True
    try:
        put_down = local_time(event["at"], timezone)[:10]
    except (ValueError, LookupError, OSError, OverflowError):
        return False
    return since <= put_down <= today


def undone_changes(events: Iterable[Event]) -> set[int]:
    """The numbers of the undone changes among these events: the last undo or redo of each decides."""
    undone: set[int] = set()
    for event in events:
        if "undoes" in event:
            undone.add(event["undoes"])
        elif "redoes" in event:
            undone.discard(event["redoes"])
    return undone


def standing_notes(events: Iterable[Event], undo_events: Iterable[Event]) -> list[Event]:
    """The events of commitments with a note that is not undone; `undo_events` holds every undo and redo of them."""
    undone = undone_changes(undo_events)
    return [event for event in events if "note" in event and "id" in event and event["change"] not in undone]


def with_event(record: Mapping[str, Any], event: Event) -> Mapping[str, Any]:
    """The record with its summary fields after one more event, which is no undo and no redo."""
    if is_news(event):
        return {**record, "news_on": max(record.get("news_on", ""), event["day"])}
    if event["action"] == "chase":
        last = max(record.get("last_chased", ""), event["day"])
        return {**record, "chased": record.get("chased", 0) + 1, "last_chased": last}
    return record


def with_summary(record: Mapping[str, Any], events: Iterable[Event]) -> dict[str, Any]:
    """The record with the summary fields of all its events."""
    events = list(events)
    return {**{name: value for name, value in record.items() if name not in SUMMARY_FIELDS}, **summary(events)}


def records_from(events: Iterable[Event], key: Literal["id", "visit", "party"]) -> dict[int, dict[str, Any]]:
    """The records that these events add up to, by number; removed ones are empty.

    `key` is what an event calls the number of such a record: id, visit or party. What no event tells is left out: the
    number, `updated`, `revision` and the summary fields.
    """
    records: dict[int, dict[str, Any]] = {}
    for event in events:
        if key in event:
            record = records.setdefault(event[key], {})
            record.update({name: new for name, (_, new) in event.get("fields", {}).items()})
    return {
        number: {name: value for name, value in record.items() if value is not None}
        for number, record in records.items()
    }


def altered_fields(record: Mapping[str, Any], recorded: Mapping[str, Any]) -> list[str]:
    """The fields of a record that are not what its events add up to (`records_from`)."""
    names = dict.fromkeys((*record, *recorded))
    return [name for name in names if name not in NOT_IN_EVENTS and record.get(name) != recorded.get(name)]


def summary(events: list[Event]) -> dict[str, Any]:
    """The summary fields of a commitment, from its events that are not undone."""
    undone = undone_changes(events)
    standing = [event for event in events if event["change"] not in undone]
    news = [event["day"] for event in standing if is_news(event)]
    chases = [event["day"] for event in standing if event["action"] == "chase"]
    found: dict[str, Any] = {}
    if news:
        found["news_on"] = max(news)
    if chases:
        found.update(chased=len(chases), last_chased=max(chases))
    return found


def summaries(events: Iterable[Event]) -> dict[int, Mapping[str, Any]]:
    """The summary fields of each commitment that has any, by its number."""
    by_number: dict[int, list[Event]] = {}
    for event in events:
        if "id" in event:
            by_number.setdefault(event["id"], []).append(event)
    return {number: found for number, of_one in by_number.items() if (found := summary(of_one))}


REPLACING = frozenset({"restore", "import"})
"""Actions of the changes that put another history in the place of the one before."""


def removal_among(events: Sequence[Event]) -> Event | None:
    """The last event, oldest first, that removed or undid a record; None without one."""
    pairs = ((event, event.get("fields", {}).get("created")) for event in reversed(events))
    return next((event for event, created in pairs if created and created[1] is None), None)
