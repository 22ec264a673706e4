"""The consent to a closing or a change of date: who agreed, and whether it is the other side.

Source: docs/rules.md, How it stands.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.model.record_types import Commitment, DueChange, Voice


def consent(commitment: Commitment) -> str | None:
    """The party of the other side that agreed to the closing, if any. Source: docs/rules.md, How it stands."""
    closed = commitment.get("closed")
    return of_other_side(commitment, closed.get("agreed_by")) if closed is not None else None


def consent_to_change(commitment: Commitment, change: DueChange) -> str | None:
    """The other side's consent to a change of date: the promiser's where the receiver asked for it.

    Source: docs/rules.md, How it stands.
    """
    asked = change.get("asked_by")
    is_asked_by_other_side = asked in commitment.get("to", ()) and asked not in commitment.get("by", ())
    agreed = change.get("agreed_by")
    return agreed if is_asked_by_other_side else of_other_side(commitment, agreed)


def of_other_side(commitment: Commitment, name: str | None) -> str | None:
    """The name that agreed, if it is a receiver, or without receivers no promiser; else None.

    Source: docs/rules.md, How it stands.
    """
    receivers = commitment.get("to")
    is_other = name in receivers if receivers else name not in commitment.get("by", ())
    return name if is_other else None


def of_neither_side(commitment: Commitment, name: str | None) -> str | None:
    """The name that agreed, if it is neither promiser nor receiver, and so no consent; else None.

    Source: docs/rules.md, How it stands.
    """
    is_of_a_side = name in commitment.get("by", ()) or of_other_side(commitment, name) is not None
    return None if is_of_a_side else name


def is_by_neither_side(commitment: Commitment, voice: Voice) -> bool:
    """Whether a report or a confirmation is by neither promisers nor receivers.

    Source: docs/rules.md, Voices.
    """
    return all(of_neither_side(commitment, name) is not None for name in voice["said_by"])


def is_by_word_of_others(commitment: Commitment) -> bool:
    """Whether the report or the confirmation is by neither promisers nor receivers.

    Source: docs/rules.md, Voices.
    """
    voices = (commitment.get("reported"), commitment.get("confirmed"))
    return any(voice is not None and is_by_neither_side(commitment, voice) for voice in voices)
