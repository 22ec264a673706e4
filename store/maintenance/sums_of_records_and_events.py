"""Sums of records and of events, by which many records are compared with their history in little memory."""

from __future__ import annotations

import json

from store.rules.history import NOT_IN_EVENTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from store.model.record_types import Event

_ENCODER = json.JSONEncoder(sort_keys=True)


def sum_of_record(record: Mapping[str, Any]) -> int:
    """A sum over the fields of a record that events tell; equal to that of its events, where nothing was altered."""
    return sum(_sum(name, value) for name, value in record.items() if name not in NOT_IN_EVENTS)


def sum_of_event(event: Event) -> int:
    """What an event adds to the sum of its record."""
    return sum(_sum(name, new) - _sum(name, old) for name, (old, new) in event.get("fields", {}).items())


def _sum(name: str, value: object) -> int:
    return hash((name, _ENCODER.encode(value))) if value is not None else 0
