"""Record a chase or a note; neither changes the promise."""

from __future__ import annotations

from store.errors import NotAllowed, UsageError
from store.model.vocabulary_and_signs import OPEN, state_word
from store.sanitise_text import clean_text
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.transaction import Transaction


def chase_all(tx: Transaction, numbers: Iterable[int], *, again: str | None, note: str | None = None) -> None:
    """Record of each commitment that somebody was chased, of all or of none. Raises: as `chase`."""
    for number in numbers:
        chase(tx, number, again=again, note=note)


def chase(tx: Transaction, number: int, *, again: str | None, note: str | None = None) -> None:
    """Record that somebody was chased, and the ISO day of the next chase; the due date stays.

    Raises: NotFound; NotAllowed for a finished one.
    """
    commitment = tx.commitment(number)
    if commitment["state"] not in OPEN:
        sentence = tr(
            "{number} is {state}: there is nothing left to chase", number=number, state=state_word(commitment["state"])
        )
        raise NotAllowed(sentence, code="chase.is-finished")
    text = clean_text(note or "") or None
    tx.write("commitments", number, {"chase_on": again}, action="chase", note=text)


def note(tx: Transaction, number: int, text: str) -> None:
    """Record a note. Raises: NotFound; UsageError for an empty one."""
    tx.commitment(number)
    text = clean_text(text)
    if not text:
        raise UsageError(tr("a note needs a text"), code="note.empty", field="text")
    tx.write("commitments", number, {}, action="note", note=text)
