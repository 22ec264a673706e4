"""Redact a passage: the one exception to the rule that nothing is erased."""

from __future__ import annotations

from store.errors import NotAllowed, UsageError
from store.rules.redacted_fields_and_mark import mark, party_field_with, redacted
from store.sanitise_text import visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from store.transaction import Transaction


def redact(tx: Transaction, number: int, passage: str) -> int:
    """Replace a passage in a commitment, its events, and the automatic copies of the store.

    Returns in how many records it stood. Raises: NotFound; NotAllowed when it stands nowhere, or in a party's name;
    UsageError for an empty passage.
    """
    if not passage.strip():
        raise UsageError(tr("say which passage"), code="redact.passage-empty", field="passage")
    instead = mark(tx.actor, tx.today)
    if not tx.events_of("commitments", number):
        tx.commitment(number)

    def clean(value: Any) -> Any:
        return redacted(value, passage, instead)

    _refuse_in_names(tx, number, passage)
    # A redaction that was cut off may have left the passage in the copies only.
    found = tx.redact(number, clean) or tx.redact_copies(number, clean)
    if not found:
        sentence = tr(
            '{number} has no passage "{passage}": it is compared letter by letter',
            number=number,
            passage=visible(passage),
        )
        raise NotAllowed(sentence, code="redact.passage-unknown", field="passage")
    return found


def _refuse_in_names(tx: Transaction, number: int, passage: str) -> None:
    """Refuse a passage in the name of a party, which other commitments share. Raises: NotAllowed."""
    field = party_field_with(tx.events_of("commitments", number), passage)
    if field is not None:
        raise NotAllowed(
            tr(
                '{number}: "{passage}" stands in the name of a party ({field}), where redact does not '
                "reach; nothing was changed. Merge that party into another",
                number=number,
                passage=visible(passage),
                field=field,
            ),
            code="redact.passage-in-a-name",
            field="passage",
        )
