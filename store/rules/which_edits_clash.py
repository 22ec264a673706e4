"""Which fields of a record two people's edits clash in: what changed since a revision, theirs and mine.

Where none does, both edits hold, field by field: `store.operations.refuse_clashing_edits` merges them, or refuses.

Source: docs/rules.md, Two people on one record.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from store.model.record_types import Event

FOLLOWING = frozenset({"due_changes", "due_precision", "original_due", "agreed_on"})
"""Fields of a commitment that change only with another one, beside which they are not listed."""


class Clash:
    """A field that another user changed: its value `before`, `theirs`, and `mine` when `is_mine`, my change sets it."""

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
    """The fields of a record that others changed after a revision, with the values that my change sets.

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
    """The fields that have another value than at the revision because others changed them."""
    return [clash for clash in changes_since(events, revision, own_change) if clash.theirs != clash.before]


def is_history_complete(events: Iterable[Event], revision: int, current: int, own_change: int) -> bool:
    """Whether the events cover every change between two revisions.

    A restore raises the revision without an event of the record: its changes are known only when the restored state is
    later than the first revision.
    """
    seen = {event["revision"] for event in events if event["change"] != own_change}
    return revision in seen or seen.issuperset(range(revision + 1, current + 1))


def clashing(changed: Iterable[Clash]) -> list[Clash]:
    """The changed fields to which my change gives a third value."""
    return [clash for clash in changed if clash.is_mine and clash.mine != clash.theirs]


def clashing_in_commitment(changed: Iterable[Clash]) -> list[Clash]:
    """The same for a commitment, where two chases do not clash; notes never do."""
    return [clash for clash in clashing(changed) if clash.field != "chase_on"]


def clashing_unless_known(changed: Iterable[Clash], known: Mapping[str, object]) -> list[Clash]:
    """The same without the fields whose new value by another I have seen (`known`): mine may replace it."""
    return [clash for clash in clashing(changed) if known.get(clash.field, clash) != clash.theirs]


def without_following(clashes: list[Clash]) -> list[Clash]:
    """The fields to list to people: without those of FOLLOWING, unless there are no others."""
    return [clash for clash in clashes if clash.field not in FOLLOWING] or clashes
