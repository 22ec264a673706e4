"""Forgetting on purpose: the one exception to "nothing is erased"."""

from store.errors import NotFound, UsageError
from store.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from store.transaction import Transaction

_TEXTS = frozenset(
    {
        "title",
        "quote",
        "source",
        "due_words",
        "miss_reason",
        "owner",
        "kind",
        "note",
        "reason",
        "evidence",
        "letter",
        "asked_by",
        "agreed_by",
    }
)
"""The fields in which people write what they like, wherever they stand in a record or an event."""


def redacted(value: "Any", passage: str, mark: str, name: str = "") -> "Any":
    """The value with the passage replaced in every field of text, however deep."""
    if isinstance(value, dict):
        return {key: redacted(item, passage, mark, key) for key, item in value.items()}
    if isinstance(value, list):
        return [redacted(item, passage, mark, name) for item in value]
    if isinstance(value, str) and name in _TEXTS:
        return value.replace(passage, mark)
    return value


def redact(tx: "Transaction", number: int, passage: str) -> int:
    """Take a passage out of a commitment, its events, and the automatic copies of the store.

    Returns in how many records of the present store it stood. Raises: NotFound when it stands nowhere in it;
    UsageError for an empty passage.
    """
    if not passage.strip():
        raise UsageError("say which passage: --passage TEXT")
    mark = f"[redacted by {tx.actor}, {tx.today}]"
    if not tx.events_of("commitments", number):
        tx.commitment(number)
    found = tx.redact(number, lambda value: redacted(value, passage, mark))
    if not found:
        raise NotFound(f'{number} has no passage "{visible(passage)}": it is compared letter by letter')
    return found
