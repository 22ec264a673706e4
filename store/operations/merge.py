"""The rule for two people on one record: what changed since, field by field, theirs and yours."""

from __future__ import annotations

from store.errors import Conflict
from store.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.model.record_types import Event
    from store.transaction import Transaction


FOLLOWING = frozenset({"due_changes", "due_precision", "original_due", "agreed_on"})
"""Fields of a commitment that change only because another one does: not told apart to people."""


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


def changes_since(tx: Transaction, table: str, number: int, revision: int) -> list[Clash]:
    """The fields of a record that changed after this revision of it, with what this transaction makes of them."""
    clashes: dict[str, Clash] = {}
    for event in tx.events_of(table, number):
        for field, (old, new) in event.get("fields", {}).items():
            if event["change"] == tx.change:
                if field in clashes:
                    clashes[field].is_mine, clashes[field].mine = True, new
            elif event["revision"] > revision:
                clash = Clash(field, old, new, event)
                clash.before = clashes[field].before if field in clashes else old
                clashes[field] = clash
        if event["change"] != tx.change and event["revision"] > revision and "note" in event:
            clashes["note"] = Clash("note", None, event["note"], event)
    return list(clashes.values())


def expect_revision(tx: Transaction, number: int, expected: int, current: int) -> None:
    """Refuse a change that was meant for another revision of a commitment; called when the change is staged,
    so that both sides can be shown. Raises: Conflict.
    """
    if current == expected:
        return
    _refuse_later(str(number), expected, current)
    parts = []
    clashes = _told_apart(changes_since(tx, "commitments", number, expected))
    for clash in clashes:
        yours = f", yours {told(clash.mine)}" if clash.is_mine else ""
        theirs = f"theirs {told(clash.theirs)} (was {told(clash.before)}; {visible(clash.who)}, {clash.on})"
        parts.append(f"{clash.field}: {theirs}{yours}")
    raise Conflict(
        f"{number} changed since revision {expected}, it is now at {current}; nothing was changed. " + "; ".join(parts),
        hint=f". Look at it (followup show {number}), then say --expect-rev {current}",
        clashes=tuple(clashes),
    )


def merge_or_conflict(tx: Transaction, number: int, revision: int) -> list[Clash]:
    """Let my change stand beside those that others made since this revision of a commitment, the one that I was
    looking at; called when my change is staged. Returns what others changed, for me to be told of.

    A field clashes when it has another value than I saw, and I give it a third one. Notes and chases never do.
    Raises: Conflict with the fields that clash; NotFound when the commitment was removed meanwhile.
    """
    current = tx.revision_before(number)
    if current == revision:
        return []
    changed = _changed_by_others(tx, "commitments", number, str(number), (revision, current))
    clashing = _told_apart([clash for clash in _clashing(changed) if clash.field != "chase_on"])
    if clashing:
        raise Conflict(f"{number} changed meanwhile: {_who_changed_what(clashing)}", clashes=tuple(clashing))
    return _told_apart(changed)


def merge_visit_or_conflict(tx: Transaction, number: int, revision: int, known: Mapping[str, object]) -> list[Clash]:
    """The same for the visit of this number. `known`: field -> what another made of it, which I have seen since,
    so that mine may stand in its place. Raises: Conflict.
    """
    own = [event for event in tx.events_of("visits", number) if event["change"] == tx.change]
    visit = tx.table("visits")[number]
    current = visit["revision"] - bool(own)
    if current == revision:
        return []
    renamed = [event["fields"]["slug"][0] for event in own if "slug" in event.get("fields", {})]
    name = told(renamed[0] if renamed else visit["slug"])  # My own new one is not known yet.
    changed = _changed_by_others(tx, "visits", number, name, (revision, current))
    clashing = [clash for clash in _clashing(changed) if known.get(clash.field, clash) != clash.theirs]
    if clashing:
        name = next((told(clash.before) for clash in changed if clash.field == "slug"), name)
        what = _who_changed_what(clashing, are_values_told=True)
        raise Conflict(f"{name} changed meanwhile: {what}", clashes=tuple(clashing))
    return changed


def _changed_by_others(tx: Transaction, table: str, number: int, name: str, revisions: tuple[int, int]) -> list[Clash]:
    """The fields that have another value than at the first of two revisions, the second being the present one.
    Raises: Conflict when nobody can tell."""
    _refuse_later(name, *revisions)
    if not _is_all_known(tx, table, number, *revisions):
        raise Conflict(f"{name} changed meanwhile, and its history does not tell how: look at it again")
    return [clash for clash in changes_since(tx, table, number, revisions[0]) if clash.theirs != clash.before]


def _clashing(changed: list[Clash]) -> list[Clash]:
    """Those to which I give a third value."""
    return [clash for clash in changed if clash.is_mine and clash.mine != clash.theirs]


def _refuse_later(name: str, revision: int, current: int) -> None:
    """Refuse a revision that the record does not have yet. Raises: Conflict."""
    if revision > current:
        raise Conflict(f"{name} is at revision {current}, not yet at {revision}: nothing was changed")


def _told_apart(clashes: list[Clash]) -> list[Clash]:
    """Those that people are told of: without the fields that only follow another, unless they are all there is."""
    return [clash for clash in clashes if clash.field not in FOLLOWING] or clashes


def _is_all_known(tx: Transaction, table: str, number: int, revision: int, current: int) -> bool:
    """Whether the events tell all that changed since. A restore raises the revision without one: what it changed
    is known only when the state that it brought back came after this revision.
    """
    seen = {event["revision"] for event in tx.events_of(table, number) if event["change"] != tx.change}
    return revision in seen or seen.issuperset(range(revision + 1, current + 1))


def _who_changed_what(clashes: list[Clash], *, are_values_told: bool = False) -> str:
    fields: dict[str, list[str]] = {}
    for clash in clashes:
        what = f"{clash.field} to {told(clash.theirs)}" if are_values_told else clash.field
        fields.setdefault(visible(clash.who), []).append(what)
    return "; ".join(f"{who} changed {', '.join(theirs)}" for who, theirs in fields.items())


def told(value: object) -> str:
    """A field's value in a sentence, in one line."""
    if value is None:
        return "none"
    if isinstance(value, dict):
        return ", ".join(f"{name} {told(item)}" for name, item in value.items())
    if isinstance(value, list):
        return "; ".join(told(item) for item in value) or "none"
    return visible(str(value))
