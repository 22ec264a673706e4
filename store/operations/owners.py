"""Rename an owner: in all commitments that name it, as after a change of a login name or of hands."""

from __future__ import annotations

from store.errors import NotFound, UsageError
from store.fold_case_and_accents import fold
from store.nearest_word import did_you_mean
from store.sanitise_text import clean_line, visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.transaction import Transaction


_MOST_SHOWN = 6
"""Owners that a refusal names."""


def rename_owner(tx: Transaction, old: str, new: str) -> list[int]:
    """Give the commitments of the owner `old` the owner `new`, finished ones too. Returns their numbers.

    Case and accents of `old` aside; none of them changed where it is called so already.
    Raises: NotFound, UsageError.
    """
    name = clean_line(new)
    if not name:
        raise UsageError(tr("an owner has a name"), code="owner.empty", field="new")
    folded = fold(clean_line(old))
    commitments = tx.commitments()
    numbers = [number for number, commitment in commitments.items() if fold(commitment["owner"]) == folded]
    if not numbers:
        owners = list(dict.fromkeys(commitment["owner"] for commitment in commitments.values()))
        near = did_you_mean(old, owners)
        sentence = tr('nobody called "{old}" owns a commitment{near}', old=visible(clean_line(old)), near=near)
        values = {"near": near, "what": "owner", "known": ", ".join(map(visible, owners[:_MOST_SHOWN]))}
        raise NotFound(sentence, code="owner.unknown", field="old", values=values)
    return [number for number in numbers if tx.write("commitments", number, {"owner": name}, action="edit")]
