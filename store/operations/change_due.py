"""Set, change, correct or remove the due date of a commitment."""

from __future__ import annotations

from store.errors import NotAllowed
from store.operations.parties import named_party
from store.rules.days import said_day
from store.rules.due_dates_and_extensions import DueDate, is_agreed_date
from store.rules.needs_reason import is_due_change_to_explain
from store.rules.original_due_and_due_changes import Change, change_of, fields_of_change
from store.sanitise_text import clean_text
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.model.record_types import Commitment
    from store.transaction import Transaction


def set_due(
    tx: Transaction,
    number: int,
    date: DueDate,
    *,
    reason: str | None = None,
    asked_by: str | None = None,
    agreed_by: str | None = None,
    is_correction: bool = False,
) -> str:
    """Set, change or remove the due date; a change of an agreed one needs a reason. Returns its kind, one of `Change`.

    Raises: NotFound; NotAllowed if an agreed date is changed without a reason, or corrected without one.
    """
    commitment = tx.commitment(number)
    reason = clean_text(reason) if reason else None
    change = change_of(commitment, date, is_correction=is_correction)
    if change == Change.SAME:
        return change
    if change == Change.WORDS:
        return change if tx.write("commitments", number, date.fields(), action="words") else Change.SAME
    _refuse_unexplained(commitment, date, reason, is_correction=is_correction)
    _refuse_correction(commitment, date, is_correction=is_correction)
    is_kept = is_agreed_date(commitment)
    fields = fields_of_change(
        commitment,
        date,
        day=tx.day,
        reason=reason,
        asked_by=named_party(tx, asked_by, "asked_by") if is_kept else None,
        agreed_by=named_party(tx, agreed_by, "agreed_by") if is_kept else None,
        is_correction=is_correction,
    )
    tx.write("commitments", number, fields, action="correct" if change == Change.CORRECTION else "due", reason=reason)
    return change


def _refuse_unexplained(commitment: Commitment, date: DueDate, reason: str | None, *, is_correction: bool) -> None:
    """Refuse a change without the reason that it needs. Raises: NotAllowed."""
    if reason or not is_due_change_to_explain(commitment, date.day):
        return
    number, due = commitment["id"], commitment.get("due")
    if due:
        sentence = tr(
            "{number}: its date was agreed ({day}), so changing it needs the reason", number=number, day=said_day(due)
        )
    else:
        sentence = tr("{number}: its date was agreed (none now), so changing it needs the reason", number=number)
    raise NotAllowed(
        sentence,
        code="due.reason-needed",
        field="reason",
        values={"is_correction": is_correction},
    )


def _refuse_correction(commitment: Commitment, date: DueDate, *, is_correction: bool) -> None:
    """Refuse a correction of no date, or of an agreed one to none. Raises: NotAllowed."""
    number = commitment["id"]
    if is_correction and is_agreed_date(commitment) and date.day is None:
        rule = tr("puts the right date in the place of a mistyped one; without a date it is a change")
        raise NotAllowed(
            tr("{number}: a correction {rule}", number=number, rule=rule),
            code="due.correction-to-none",
            field="is_correction",
            values={"number": number, "rule": rule},
        )
    if is_correction and not is_agreed_date(commitment) and "due" not in commitment:
        raise NotAllowed(
            tr("{number} has no date to correct", number=number), code="due.nothing-to-correct", field="is_correction"
        )
