"""Forgetting on purpose: the one exception to "nothing is erased"."""

from __future__ import annotations

from store.errors import NotAllowed, UsageError
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
        "source_id",
        "imported",
        "script",
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


_NAMES = frozenset({"by", "to", "via", "support"})
"""The fields that hold names of parties."""


def redacted(value: Any, passage: str, mark: str, name: str = "") -> Any:
    """The value with the passage replaced in every field of text, however deep."""
    if isinstance(value, dict):
        return {key: redacted(item, passage, mark, key) for key, item in value.items()}
    if isinstance(value, list):
        return [redacted(item, passage, mark, name) for item in value]
    if isinstance(value, str) and name in _TEXTS:
        return value.replace(passage, mark)
    return value


def redact(tx: Transaction, number: int, passage: str) -> int:
    """Take a passage out of a commitment, its events, and the automatic copies of the store.

    Returns in how many records it stood. Raises: NotFound; NotAllowed when it stands nowhere, or in a party's name;
    UsageError for an empty passage.
    """
    if not passage.strip():
        raise UsageError("say which passage", hint=": --passage TEXT", field="passage")
    mark = f"[redacted by {tx.actor}, {tx.today}]"
    if not tx.events_of("commitments", number):
        tx.commitment(number)

    def clean(value: Any) -> Any:
        return redacted(value, passage, mark)

    _refuse_in_names(tx, number, passage)
    # A redaction that was cut off may have left the passage in the copies only.
    found = tx.redact(number, clean) or tx.redact_copies(number, clean)
    if not found:
        raise NotAllowed(
            f'{number} has no passage "{visible(passage)}": it is compared letter by letter', field="passage"
        )
    return found


def _refuse_in_names(tx: Transaction, number: int, passage: str) -> None:
    """Refuse a passage that stands in the name of a party: it belongs to other commitments as well."""
    for event in tx.events_of("commitments", number):
        for field, pair in event.get("fields", {}).items():
            if field not in _NAMES and not (isinstance(pair[1], dict) and "said_by" in pair[1]):
                continue
            names = [value["said_by"] if isinstance(value, dict) else value for value in pair]
            if any(passage in str(name) for name in names):
                raise NotAllowed(
                    f'{number}: "{visible(passage)}" stands in the name of a party ({field}), where redact does not '
                    "reach; nothing was changed. Merge that party into another",
                    hint=", and see the limits in the README",
                    field="passage",
                )
