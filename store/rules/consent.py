"""Who of the other side agreed, to a closing or to another date. Source: docs/rules.md, How it stands."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.model.record_types import Commitment, DueChange


def consent(commitment: Commitment) -> str | None:
    """Who of the other side agreed to the closing, if anybody. Source: docs/rules.md, How it stands."""
    closed = commitment.get("closed")
    return of_other_side(commitment, closed.get("agreed_by")) if closed is not None else None


def of_other_side(commitment: Commitment, name: str | None) -> str | None:
    """Who agreed to something, unless it was promised by that one, and not to that one as well.

    Source: docs/rules.md, How it stands.
    """
    is_own = name in commitment.get("by", ()) and name not in commitment.get("to", ())
    return None if is_own else name


def consent_to_change(commitment: Commitment, change: DueChange) -> str | None:
    """Who of the other side agreed to a change of the date: whoever promised it, where who gets it asked for it.

    Source: docs/rules.md, How it stands.
    """
    asked = change.get("asked_by")
    is_asked_by_other_side = asked in commitment.get("to", ()) and asked not in commitment.get("by", ())
    agreed = change.get("agreed_by")
    return agreed if is_asked_by_other_side else of_other_side(commitment, agreed)
