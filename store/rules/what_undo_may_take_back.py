"""Which changes can be undone: one's own in force, on which nobody else has built since.

A redaction, a restore and an import of a store never can. `store.operations.choose_or_refuse_undo` asks and refuses.

Source: docs/rules.md, Events and undo.
"""

from __future__ import annotations

from store.rules.history import removal_among, undone_changes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
    from typing import Protocol

    from store.model.record_types import Event, Party, Visit

    class History(Protocol):
        """A source of events: a snapshot or a transaction."""

        def events_newest_first(self) -> Iterator[Event]: ...


_NEVER_UNDONE = frozenset({"undo", "redo", "redact", "restore", "repair", "import", "move"})
"""The actions that no undo takes back."""


def changes_newest_first(history: History) -> Iterator[list[Event]]:
    """The events of a store in groups of one change, the newest change first, the events of each oldest first."""
    group: list[Event] = []
    for event in history.events_newest_first():
        if group and event["change"] != group[0]["change"]:
            yield group[::-1]
            group = []
        group.append(event)
    if group:
        yield group[::-1]


def events_of_change(history: History, change: int) -> list[Event]:
    """The events of a change that is in the history, oldest first."""
    return next(events for events in changes_newest_first(history) if events[0]["change"] == change)


def undoable_changes(history: History, names: Container[str]) -> Iterator[list[Event]]:
    """The changes of the user with these `names` that can be undone, newest first, each as its events.

    Source: docs/rules.md, Events and undo.
    """
    settled: set[int] = set()
    for events in changes_newest_first(history):
        first = events[0]
        target = first.get("undoes") or first.get("redoes")
        if first["who"] not in names:
            continue
        if target is not None:
            if target not in settled and "redoes" in first:
                yield events_of_change(history, target)
            settled.add(target)
        elif first["change"] not in settled and first["action"] not in _NEVER_UNDONE:
            yield events


def changed_since(
    own: Sequence[Event],
    history: Iterable[Event],
    record: Mapping[str, object],
    names: Container[str],
    *,
    is_party: bool,
    new: int,
) -> tuple[Event, list[str]] | None:
    """The later event by another person on one record, and the fields of both; None without one.

    `own` are the events of the change that are of the record, `history` all events of the record, oldest first;
    `record` is as it stands. `names` are those of who undoes (`new` is 1) or redoes (0): which of [old, new] must
    still stand. To build on it is to change one of the same fields as another user, to use a record that would be
    removed, to remove it, or to leave another value.
    """
    change = own[0]["change"]
    history = list(history)
    undone = undone_changes(history)
    later = [
        event
        for event in history
        if event["change"] > change and event["action"] not in ("undo", "redo") and event["change"] not in undone
    ]
    pairs = _first_pairs(own, new)
    if is_party and all(record.get(field) == pair[1 - new] for field, pair in pairs.items()):
        return None  # It was kept when the rest was undone: there is nothing to redo.
    is_absent_before = "created" in pairs and pairs["created"][new] is None
    if not record and not is_absent_before and (removal := removal_among(history)):
        return removal, []
    is_unmaking = not is_party and "created" in pairs and pairs["created"][1 - new] is None
    for event in later:
        shared = sorted(pairs.keys() & event.get("fields", {}).keys())
        if is_unmaking or (shared and event["who"] not in names):
            return event, shared
    for field, pair in pairs.items():
        if record.get(field) != pair[new]:
            return next((event for event in reversed(later) if field in event.get("fields", {})), own[-1]), [field]
    return None


def _first_pairs(events: Sequence[Event], new: int) -> dict[str, list[object]]:
    """Field -> its [old, new] in the first event of a record, for an undo (`new` is 1) or the last one, for a redo."""
    pairs: dict[str, list[object]] = {}
    for event in events if new == 1 else reversed(events):
        pairs.update(event.get("fields", {}))
    return pairs


def unknown_hosts(visits: Iterable[Visit], parties: Iterable[Party]) -> Iterator[str]:
    """A sentence for each host of a visit that is no party, which no undo may leave.

    It is no fault of a store: one of an older version may have such hosts.
    """
    known = {party["name"] for party in parties}
    for visit in visits:
        for host in visit.get("hosts", ()):
            if host not in known:
                yield f'visit {visit["slug"]} names the host "{host}", which is not in the list of parties'
