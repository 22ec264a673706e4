"""The rule for two people on one record: what changed since, field by field, theirs and yours."""

from store.errors import Conflict
from store.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.documents import Event
    from store.transaction import Transaction


FOLLOWING = frozenset({"due_changes", "due_precision", "original_due", "agreed_on"})
"""Fields of a commitment that change only because another one does: not told apart to people."""


class Clash:
    """A field that another one changed since: its value `before`, `theirs`, and `mine` when I change it too."""

    __slots__ = ("before", "field", "is_mine", "mine", "on", "theirs", "who")

    def __init__(self, field: str, before: object, theirs: object, event: "Event") -> None:
        self.field = field
        self.before = before
        self.theirs = theirs
        self.who = event["who"]
        self.on = event["day"]
        self.is_mine = False
        self.mine: object = None


def changes_since(tx: "Transaction", number: int, revision: int) -> list[Clash]:
    """The fields of a commitment that changed after this revision of it, with what this transaction makes
    of them."""
    clashes: dict[str, Clash] = {}
    for event in tx.events_of("commitments", number):
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


def expect_revision(tx: "Transaction", number: int, expected: int, current: int) -> None:
    """Refuse a change that was meant for another revision of a commitment; called when the change is staged,
    so that both sides can be shown. Raises: Conflict.
    """
    if current == expected:
        return
    if expected > current:
        raise Conflict(f"{number} is at revision {current}, not yet at {expected}: nothing was changed")
    parts = []
    clashes = changes_since(tx, number, expected)
    for clash in [clash for clash in clashes if clash.field not in FOLLOWING] or clashes:
        yours = f", yours {told(clash.mine)}" if clash.is_mine else ""
        theirs = f"theirs {told(clash.theirs)} (was {told(clash.before)}; {visible(clash.who)}, {clash.on})"
        parts.append(f"{clash.field}: {theirs}{yours}")
    raise Conflict(
        f"{number} changed since revision {expected}, it is now at {current}; nothing was changed. "
        + "; ".join(parts)
        + f". Look at it (followup show {number}), then say --expect-rev {current}"
    )


def told(value: object) -> str:
    """A field's value in a sentence, in one line."""
    if value is None:
        return "none"
    if isinstance(value, dict):
        return ", ".join(f"{name} {told(item)}" for name, item in value.items())
    if isinstance(value, list):
        return "; ".join(told(item) for item in value) or "none"
    return visible(str(value))
