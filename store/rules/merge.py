"""Two people's edits of one record: what changed since one of them looked, field by field, theirs and mine.

Source: docs/rules.md, Two people on one record.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from store.model.record_types import Event

FOLLOWING = frozenset({"due_changes", "due_precision", "original_due", "agreed_on"})
"""Fields of a commitment that change only because another one does: not listed to people beside that one."""


class Clash:
    """A field that another one changed since: its value `before`, `theirs`, and `mine` when I change it too."""

    __slots__ = ("before", "field", "is_mine", "mine", "on", "theirs", "who")

    def __init__(self, field: str, before: object, theirs: object, event: Event) -> None:
        self.field = field
        self.before = before
        self.theirs = theirs
        self.who = event["who"]
        self.on = event["day"]
        self.is_mine = False
        self.mine: object = None


def changes_since(events: Iterable[Event], revision: int, own_change: int) -> list[Clash]:
    """The fields of a record that changed after this revision of it, with what my change makes of them.

    `events` are those of the record, oldest first, mine among them; they carry the number `own_change`.
    """
    clashes: dict[str, Clash] = {}
    for event in events:
        for field, (old, new) in event.get("fields", {}).items():
            if event["change"] == own_change:
                if field in clashes:
                    clashes[field].is_mine, clashes[field].mine = True, new
            elif event["revision"] > revision:
                clash = Clash(field, old, new, event)
                clash.before = clashes[field].before if field in clashes else old
                clashes[field] = clash
        if event["change"] != own_change and event["revision"] > revision and "note" in event:
            clashes["note"] = Clash("note", None, event["note"], event)
    return list(clashes.values())


def changed_by_others(events: Iterable[Event], revision: int, own_change: int) -> list[Clash]:
    """The fields that have another value than at this revision, as others made it."""
    return [clash for clash in changes_since(events, revision, own_change) if clash.theirs != clash.before]


def is_history_complete(events: Iterable[Event], revision: int, current: int, own_change: int) -> bool:
    """Whether the events tell all that changed between two revisions.

    A restore raises the revision without an event: what it changed is known only when the state that it brought back
    came after the first revision.
    """
    seen = {event["revision"] for event in events if event["change"] != own_change}
    return revision in seen or seen.issuperset(range(revision + 1, current + 1))


def clashing(changed: Iterable[Clash]) -> list[Clash]:
    """Those of the changed fields to which I give a third value."""
    return [clash for clash in changed if clash.is_mine and clash.mine != clash.theirs]


def clashing_in_commitment(changed: Iterable[Clash]) -> list[Clash]:
    """The same for a commitment, where two who chased it do not clash; notes stand beside each other anyway."""
    return [clash for clash in clashing(changed) if clash.field != "chase_on"]


def clashing_unless_known(changed: Iterable[Clash], known: Mapping[str, object]) -> list[Clash]:
    """The same without those of which I have seen what another made of them, by field: mine may take its place."""
    return [clash for clash in clashing(changed) if known.get(clash.field, clash) != clash.theirs]


def without_following(clashes: list[Clash]) -> list[Clash]:
    """Those that are listed to people: without the fields that only follow another, unless they are all there is."""
    return [clash for clash in clashes if clash.field not in FOLLOWING] or clashes
