"""Undo and redo of one's own changes, each as a whole.

An undo adds events and erases none. It is validated as any change, and refused when another user changed one of the
same fields since.
"""

from __future__ import annotations

from store.errors import NotAllowed
from store.operations.choose_or_refuse_undo import (
    change_to_undo,
    commitments_there,
    faults_among,
    refuse_changed_since,
    refuse_unsound,
    subject_of,
)
from store.rules.valid_store import parties_named
from store.rules.what_undo_may_take_back import changes_newest_first, events_of_change
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from store.model.record_types import Event
    from store.transaction import Transaction


def undo(tx: Transaction, change: int | None = None) -> list[Event]:
    """Undo the actor's last change, or the one with this number. Returns the events undone, oldest first.

    A party that came with the change stays when others name it by now, and its event is not among them.

    Raises: NotAllowed when there is nothing to undo or no such change; Conflict when another user changed one of the
    same fields since.
    """
    events = change_to_undo(tx, change)
    touched = _touched(tx, events, to=0)
    refuse_changed_since(tx, events, new=1)
    before = faults_among(tx, touched)
    undone = [
        event for event in reversed(events) if _apply(tx, event, touched, to=0, action="undo", undoes=event["change"])
    ]
    refuse_unsound(tx, events, touched, before, new=1)
    return undone[::-1]


def redo(tx: Transaction) -> list[Event]:
    """Redo what the actor's last undo undid. Returns the events redone.

    Raises: NotAllowed when the actor changed something since, or undid nothing; Conflict as for `undo`.
    """
    redone: set[int] = set()
    names = tx.names_of_actor
    for mine in changes_newest_first(tx):
        first = mine[0]
        if first["who"] not in names:
            continue
        if "redoes" in first:
            redone.add(first["redoes"])
        elif "undoes" not in first:
            break
        elif first["undoes"] in redone:
            redone.discard(first["undoes"])
        else:
            events = events_of_change(tx, first["undoes"])
            touched = _touched(tx, events, to=1)
            refuse_changed_since(tx, events, new=0)
            before = faults_among(tx, touched)
            # Removals come last, when nothing names the record any more.
            for event in sorted(events, key=lambda event: event.get("fields", {}).get("created", [0, 0])[1] is None):
                _apply(tx, event, touched, to=1, action="redo", redoes=event["change"])
            refuse_unsound(tx, events, touched, before, new=0)
            return events
    sentence = tr("there is nothing to redo: only an undo that is your last change can be taken back")
    raise NotAllowed(sentence, code="undo.nothing-to-redo")


def _touched(tx: Transaction, events: list[Event], *, to: int) -> set[int]:
    """The commitments that may be at fault once these events have their values before (`to` is 0) or after them.

    They are those that the events changed, and those that name what goes: a visit, a party, another commitment.
    """
    own = {event["id"] for event in events if "id" in event}
    tx.fetch(own)
    visits: set[str | None] = set()
    parties: set[str | None] = set()
    numbers: set[int] = set()
    for event in events:
        pairs: Mapping[str, Any] = event.get("fields", {})
        if "visit" in event and "slug" in pairs:
            visits.add(pairs["slug"][1 - to])
        elif "party" in event and "name" in pairs:
            parties.add(pairs["name"][1 - to])
        elif "id" in event and "created" in pairs and pairs["created"][to] is None:
            numbers.add(event["id"])
    naming = tx.commitments_naming(visits=filter(None, visits), parties=filter(None, parties), numbers=numbers)
    return own | naming.keys()


def _apply(tx: Transaction, event: Event, touched: Iterable[int], *, to: int, action: str, **mark: int) -> bool:
    """Put the values before (`to` is 0) or after an event in place. Returns whether the record was to be changed."""
    subject = subject_of(event)
    changes = {field: pair[to] for field, pair in event.get("fields", {}).items()}
    if subject is None:
        tx.write_settings(changes, action=action, **mark)
        return True
    table, number = subject
    is_unmaking = "created" in changes and changes["created"] is None
    if is_unmaking and table == "parties" and to == 0 and _is_party_needed(tx, number, changes, touched):
        return False
    tx.write(table, number, changes, action=action, **mark)
    return True


def _is_party_needed(tx: Transaction, number: int, fields: Mapping[str, object], touched: Iterable[int]) -> bool:
    """Whether undoing a change must keep the party that it added: others name it by now, or it has more names."""
    record = tx.record("parties", number)
    if record is None:
        return False
    if record.keys() - fields.keys() - {"id", "updated", "revision"}:
        return True
    name = record["name"]
    return any(name in parties_named(commitment) for commitment in commitments_there(tx, touched)) or any(
        name in visit.get("hosts", ()) for visit in tx.visits().values()
    )
