"""What names a party, what changes when it is renamed or merged, and what is left unnamed.

Source: docs/rules.md, Parties.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from typing import Any

    from store.model.record_types import Commitment, Visit


def places_of_party(
    name: str, commitments: Iterable[Commitment], visits: Iterable[Visit]
) -> tuple[list[int], list[str]]:
    """The numbers of the commitments and the slugs of the visits that name a party, by its full name."""
    numbers = [each["id"] for each in commitments if fields_with_party_renamed(each, name, "")]
    return numbers, [visit["slug"] for visit in visits if name in visit.get("hosts", ())]


def promises_to_itself(commitments: Iterable[Commitment], old: str, new: str) -> list[int]:
    """The numbers of the commitments in which the party `new` would promise itself something, if `old` became it.

    Those that both sides promise each other are among them once nobody else is left. Both are full names.
    Source: docs/rules.md, Parties.
    """
    found = []
    for commitment in commitments:
        by, to = set(commitment["by"]), set(commitment["to"])
        renamed = [{new if name == old else name for name in names} for names in (by, to)]
        was_so = new in by & to or old in by & to
        if new in renamed[0] & renamed[1] and (not was_so or (renamed[0] == renamed[1] == {new} != by)):
            found.append(commitment["id"])
    return found


def unnamed_parties(
    commitment: Commitment, commitments: Collection[Commitment], visits: Collection[Visit]
) -> list[str]:
    """The parties that promised or received a removed commitment and that nothing names any more, by full name."""
    names = dict.fromkeys((*commitment["by"], *commitment["to"]))
    return [name for name in names if places_of_party(name, commitments, visits) == ([], [])]


def fields_with_party_renamed(commitment: Commitment, old: str, new: str) -> dict[str, Any]:
    """The fields of a commitment that name the party `old`, naming `new` instead; the others are absent.

    Source: docs/rules.md, Parties.
    """

    def renamed(names: list[str]) -> list[str]:
        return list(dict.fromkeys(new if name == old else name for name in names))

    record: dict[str, Any] = {**commitment}
    changes: dict[str, Any] = {
        role: renamed(record[role]) for role in ("by", "to", "support") if old in record.get(role, [])
    }
    if record.get("via") == old:
        changes["via"] = new
    closed = record.get("closed")
    if closed and closed.get("agreed_by") == old:
        changes["closed"] = {**closed, "agreed_by": new}
    due_changes = [
        {key: new if key in ("asked_by", "agreed_by") and value == old else value for key, value in change.items()}
        for change in record.get("due_changes", [])
    ]
    if due_changes != record.get("due_changes", []):
        changes["due_changes"] = due_changes
    for voice in ("reported", "confirmed", "returned"):
        if voice in record and old in record[voice]["said_by"]:
            changes[voice] = {**record[voice], "said_by": renamed(record[voice]["said_by"])}
    return changes
