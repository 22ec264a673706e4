"""Which changes can be undone: one's own that still stand, and never a redaction, a restore or an import of a store.

That nobody else changed the same fields since is asked when it is done, by `store.operations.undo`.

Source: docs/rules.md, Events and undo.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator
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


def unknown_hosts(visits: Iterable[Visit], parties: Iterable[Party]) -> Iterator[str]:
    """A sentence for each host of a visit that is no party, which no undo may leave.

    It is no fault of a store: one of an older version may have such hosts.
    """
    known = {party["name"] for party in parties}
    for visit in visits:
        for host in visit.get("hosts", ()):
            if host not in known:
                yield f'visit {visit["slug"]} names the host "{host}", which is not in the list of parties'
