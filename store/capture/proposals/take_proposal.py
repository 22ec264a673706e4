"""Takes a proposal into the store as a commitment, in an open transaction."""

from __future__ import annotations

from store import operations
from store.errors import NotAllowed
from store.rules.due_dates_and_extensions import DueDate
from store.sanitise_text import clean_line
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from store.capture.proposals.propose_commitments import Proposal
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
    by: Sequence[str] | None = None,
    to: Sequence[str] | None = None,
) -> int:
    """Add the commitment of a proposal, unchanged or with other parties. Returns its number.

    It is proposed, on the ISO day `dated` of the text.
    Raises: as `operations.add`, so UsageError without `by` or `to`; NotAllowed for one that is in the store already.
    """

    def add(tx: Transaction) -> int:
        return operations.add(
            tx,
            proposal.title,
            visit=visit,
            by=proposal.by if by is None else by,
            to=proposal.to if to is None else to,
            kind=proposal.kind,
            date=due_of(proposal),
            quote=proposal.quote,
            source=proposal.source_in_words,
            source_id=proposal.source_id,
            seats=proposal.seats,
        )

    return take_with(tx, add, visit, proposal.source_id, dated=dated, name=proposal.file)


def take_with(
    tx: Transaction, add: Callable[[Transaction], int], visit: str, source_id: str | None, *, dated: str, name: str
) -> int:
    """Have `add` add a captured commitment, on the ISO day `dated` of the text in the file `name`. Returns its number.

    `source_id` is None for a second promise of the same sentence.
    Raises: NotAllowed for one that is in the store already, at the visit with this slug; what `add` raises.
    """
    if source_id is not None:
        for known, each in tx.commitments().items():
            if each["visit"] == visit and each.get("source_id") == source_id:
                sentence = tr("this promise is commitment {known} already", known=known)
                raise NotAllowed(sentence, code="capture.taken-already", values={"number": known})
    tx.set_day(dated)
    tx.captured = clean_line(name)
    try:
        return add(tx)
    finally:
        tx.set_day(None)
        tx.captured = None
