"""Takes a proposal into the store as a commitment, in an open transaction."""

from __future__ import annotations

from store import operations
from store.rules.due_dates import DueDate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.capture.proposals import Proposal
    from store.transaction import Transaction


def due_of(proposal: Proposal) -> DueDate:
    """The due date that is proposed, with its words."""
    return DueDate(proposal.due, proposal.due_precision, proposal.due_words)


def take(
    tx: Transaction,
    proposal: Proposal,
    *,
    visit: str,
    dated: str,
    title: str | None = None,
    by: Sequence[str] | None = None,
    to: Sequence[str] | None = None,
) -> int:
    """Add the commitment of a proposal, as it stands or with other fields. Returns its number.

    It is proposed, on the day of the text. Raises: as `operations.add`; UsageError without `by` or `to`.
    """
    tx.set_day(dated)
    number = operations.add(
        tx,
        title or proposal.title,
        visit=visit,
        by=proposal.by if by is None else by,
        to=proposal.to if to is None else to,
        kind=proposal.kind,
        date=due_of(proposal),
        quote=proposal.quote,
        source=proposal.source,
        source_id=proposal.source_id,
        seats=proposal.seats,
    )
    tx.set_day(None)
    return number
