"""Commitments that were removed as entered by mistake, as they were then: the history has them, the store no more."""

from __future__ import annotations

from store.rules.history import undone_changes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from store.model.record_types import Commitment, Event
    from store.snapshot import Snapshot


def removed_commitments(snapshot: Snapshot) -> Iterator[tuple[Event, Commitment]]:
    """The events that removed a commitment and were not undone, with the commitment as it was then.

    The slug of a visit may have changed since: the commitment gets the present one.
    """
    events = snapshot.events()
    undone = undone_changes(events)
    slug_now = {visit["id"]: visit["slug"] for visit in snapshot.visits.values()}
    visit_of: dict[object, int] = {}
    for event in events:
        fields = event.get("fields", {})
        if "visit" in event and "slug" in fields:
            old, new = fields["slug"]
            visit_of.pop(old, None)
            if new is not None:
                visit_of[new] = event["visit"]
        if event["action"] != "remove" or "id" not in event or event["change"] in undone:
            continue
        line: Any = {"id": event["id"], **{name: pair[0] for name, pair in fields.items()}}
        number = visit_of.get(line["visit"])
        yield event, line | ({"visit": slug_now[number]} if number in slug_now else {})
