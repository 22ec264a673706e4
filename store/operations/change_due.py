"""The due date: free while it is a wish, kept with its reasons once it was agreed."""

from __future__ import annotations

from store.errors import NotAllowed
from store.model.vocabulary import State
from store.operations.parties import named_party
from store.text import clean_line, clean_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from store.model.record_types import Commitment
    from store.transaction import Transaction


class Date:
    """A due date as it was understood: ISO `day` (None: no date), `precision`, the `words` as agreed."""

    __slots__ = ("day", "precision", "words")

    def __init__(self, day: str | None, precision: str | None = None, words: str | None = None) -> None:
        self.day = day
        self.precision = precision
        self.words = clean_line(words) if words else None

    def fields(self) -> dict[str, str | None]:
        """The fields of a commitment that hold it."""
        return {"due": self.day, "due_precision": self.precision, "due_words": self.words}


def is_agreed_date(commitment: Commitment) -> bool:
    """Whether its date was ever agreed: from then on every change of it needs a reason."""
    return "original_due" in commitment


def fixed_date(commitment: Commitment, state: str) -> dict[str, str]:
    """The original due date that a commitment gets when it enters this state, if it gets one now."""
    if state in (State.PROPOSED, State.CLOSED) or "original_due" in commitment or "due" not in commitment:
        return {}
    return {"original_due": commitment["due"]}


def set_due(
    tx: Transaction,
    number: int,
    date: Date,
    *,
    reason: str | None = None,
    asked_by: str | None = None,
    agreed_by: str | None = None,
    is_correction: bool = False,
) -> str:
    """Set, change or take out the due date. Returns what became of it: `first`, `wish`, `extension`,
    `earlier`, `again` (after there was none), `correction`, `words` (only those changed) or `same`.

    Raises: NotFound; NotAllowed if an agreed date is changed without a reason, or corrected without one.
    """
    commitment = tx.commitment(number)
    old, new = commitment.get("due"), date.day
    reason = clean_text(reason) if reason else None
    if old == new:
        if date.words is None and date.precision == commitment.get("due_precision"):
            return "same"
        return "words" if tx.write("commitments", number, date.fields(), action="words") else "same"
    if not is_agreed_date(commitment):
        return _set_freely(tx, commitment, date, reason, is_correction)
    reason = _reason_for(commitment, date, reason, is_correction)
    change = _due_change(tx, old, new, reason, asked_by, agreed_by, is_correction)
    fields: dict[str, object] = {**date.fields(), "due_changes": [*commitment.get("due_changes", []), change]}
    if is_correction and old == commitment["original_due"]:
        fields["original_due"] = new
    tx.write("commitments", number, fields, action="correct" if is_correction else "due", reason=reason)
    if is_correction:
        return "correction"
    if change["extension"]:
        return "extension"
    return "earlier" if old is not None else "again"


def _reason_for(commitment: Commitment, date: Date, reason: str | None, is_correction: bool) -> str:
    """The reason that a change of an agreed date needs. Raises: NotAllowed."""
    number = commitment["id"]
    if not reason:
        hint = ": add --reason TEXT" + ("" if is_correction else " (or --correct with a reason, if it was mistyped)")
        agreed = f"its date was agreed ({commitment.get('due') or 'none now'})"
        raise NotAllowed(f"{number}: {agreed}, so changing it needs the reason", hint=hint, field="reason")
    if is_correction and date.day is None:
        told = "puts the right date in the place of a mistyped one; without a date it is a change"
        raise NotAllowed(f"{number}: a correction {told}", printed=f"{number}: --correct {told}", field="is_correction")
    return reason


def _due_change(
    tx: Transaction,
    old: str | None,
    new: str | None,
    reason: str,
    asked_by: str | None,
    agreed_by: str | None,
    is_correction: bool,
) -> dict[str, Any]:
    change: dict[str, Any] = {
        "old": old,
        "new": new,
        "on": tx.day,
        "reason": reason,
        "asked_by": named_party(tx, asked_by),
        "agreed_by": named_party(tx, agreed_by),
        "extension": not is_correction and (new is None or (old is not None and new > old)),
        "correction": is_correction,
    }
    return {name: value for name, value in change.items() if value is not None}


def _set_freely(tx: Transaction, commitment: Commitment, date: Date, reason: str | None, is_correction: bool) -> str:
    number = commitment["id"]
    if is_correction and "due" not in commitment:
        raise NotAllowed(
            f"{number} has no date to correct", hint=": set its first one without --correct", field="is_correction"
        )
    fields: dict[str, object] = {**date.fields()}
    is_agreed = commitment["state"] not in (State.PROPOSED, State.CLOSED) or "agreed_on" in commitment
    if is_agreed and date.day is not None:
        fields["original_due"] = date.day
    tx.write("commitments", number, fields, action="due", reason=reason)
    return "first" if is_agreed else "wish"
