"""What is left of a commitment and its history when a passage is taken out of them, in a store or in a copy of it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from store.file.layout import StoreImage


def cleaned(source: StoreImage, number: int, clean: Callable[[Any], Any]) -> dict[str, dict[int, Any]]:
    """Table -> number -> the record after `clean`, of a commitment and its events, where that changes it."""
    found: dict[str, dict[int, Any]] = {"commitments": {}, "events": {}}
    record = source.record("commitments", number)
    if record is not None and clean(record) != record:
        found["commitments"][number] = clean(record)
    events = source.records_with("events", b'"id":%d,' % number)
    for event in events:
        if event.get("id") == number and clean(event) != event:
            found["events"][event["seq"]] = clean(event)
    return found
