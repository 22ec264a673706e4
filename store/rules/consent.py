"""Who agreed to a closing or to another date, and whether that is the consent of the other side.

Source: docs/rules.md, How it stands.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.model.record_types import Commitment, DueChange, Voice


def consent(commitment: Commitment) -> str | None:
    """Who of the other side agreed to the closing, if anybody. Source: docs/rules.md, How it stands."""
    closed = commitment.get("closed")
    return of_other_side(commitment, closed.get("agreed_by")) if closed is not None else None


def consent_to_change(commitment: Commitment, change: DueChange) -> str | None:
    """Who of the other side agreed to a change of the date: whoever promised it, where who gets it asked for it.

    Source: docs/rules.md, How it stands.
    """
    asked = change.get("asked_by")
    is_asked_by_other_side = asked in commitment.get("to", ()) and asked not in commitment.get("by", ())
    agreed = change.get("agreed_by")
    return agreed if is_asked_by_other_side else of_other_side(commitment, agreed)


def of_other_side(commitment: Commitment, name: str | None) -> str | None:
    """The name of who agreed to something, if it was promised to that one; to nobody: if that one did not promise it.

    Source: docs/rules.md, How it stands.
    """
    receivers = commitment.get("to")
    is_other = name in receivers if receivers else name not in commitment.get("by", ())
    return name if is_other else None


def of_neither_side(commitment: Commitment, name: str | None) -> str | None:
    """The name of who agreed to something that was promised neither by nor to that one: no consent of the other side.

    Source: docs/rules.md, How it stands.
    """
    is_of_a_side = name in commitment.get("by", ()) or of_other_side(commitment, name) is not None
    return None if is_of_a_side else name


def is_by_neither_side(commitment: Commitment, voice: Voice) -> bool:
    """Whether a report or a confirmation is the word of nobody who promised it or to whom it was promised.

    Source: docs/rules.md, Voices.
    """
    return all(of_neither_side(commitment, name) is not None for name in voice["said_by"])


def is_by_word_of_others(commitment: Commitment) -> bool:
    """Whether it was reported, or confirmed, by nobody who promised it or to whom it was promised.

    Source: docs/rules.md, Voices.
    """
    voices = (commitment.get("reported"), commitment.get("confirmed"))
    return any(voice is not None and is_by_neither_side(commitment, voice) for voice in voices)
