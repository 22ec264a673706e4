"""What a change of the due date writes: the original one, and each change of an agreed one with its reason.

Source: docs/rules.md, Due dates.
"""

from __future__ import annotations

from store.rules.due_dates_and_extensions import is_agreed_date, is_extension, was_agreed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.model.record_types import Commitment
    from store.rules.due_dates_and_extensions import DueDate


class Change:
    """The kinds of change of a due date."""

    SAME = "same"
    WORDS = "words"
    """The same day with other words or precision."""
    WISH = "wish"
    FIRST = "first"
    """The first date of an agreed commitment: its original one."""
    EXTENSION = "extension"
    EARLIER = "earlier"
    AGAIN = "again"
    """A date again after an agreed one was removed."""
    CORRECTION = "correction"


def change_of(commitment: Commitment, date: DueDate, *, is_correction: bool = False) -> str:
    """The kind of change that a new due date makes: one of `Change`. Source: docs/rules.md, Due dates."""
    old, new = commitment.get("due"), date.day
    if old == new:
        is_worded = date.words is not None or date.precision != commitment.get("due_precision")
        return Change.WORDS if is_worded else Change.SAME
    if not is_agreed_date(commitment):
        return Change.FIRST if was_agreed(commitment) else Change.WISH
    if is_correction:
        return Change.CORRECTION
    if is_extension(old, new):
        return Change.EXTENSION
    return Change.EARLIER if old is not None else Change.AGAIN


def fields_of_change(
    commitment: Commitment,
    date: DueDate,
    *,
    day: str,
    reason: str | None = None,
    asked_by: str | None = None,
    agreed_by: str | None = None,
    is_correction: bool = False,
) -> dict[str, object]:
    """The fields of a commitment that a new due date changes; `day` is the ISO day of the change.

    A change of an agreed date is added to `due_changes`; a correction of the original date changes `original_due` too.
    Source: docs/rules.md, Due dates.
    """
    fields: dict[str, object] = {**date.fields()}
    change = change_of(commitment, date, is_correction=is_correction)
    if change == Change.FIRST and date.day is not None:
        fields["original_due"] = date.day
    if change not in (Change.EXTENSION, Change.EARLIER, Change.AGAIN, Change.CORRECTION):
        return fields
    old = commitment.get("due")
    kept = {
        "old": old,
        "new": date.day,
        "on": day,
        "reason": reason,
        "asked_by": asked_by,
        "agreed_by": agreed_by,
        "extension": change == Change.EXTENSION,
        "correction": is_correction,
    }
    entry = {name: value for name, value in kept.items() if value is not None}
    fields["due_changes"] = [*commitment.get("due_changes", []), entry]
    if is_correction and old == commitment["original_due"]:
        fields["original_due"] = date.day
    return fields
