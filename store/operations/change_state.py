"""How a promise moves: its states and voices, its seats, the notes on it, and our chasing."""

from __future__ import annotations

from store.errors import NotAllowed, UsageError
from store.model.vocabulary import OPEN, RETURNED, STATE_WORDS, Because, State
from store.operations.change_due import fixed_date
from store.operations.parties import known_party, named_party
from store.text import clean_line, clean_text, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from store.model.record_types import Commitment, Voice
    from store.transaction import Transaction


_SAID_OF_CLOSED = {
    "because": "why it was closed",
    "agreed_by": "who agreed to close it",
    "by_id": "what superseded it",
}
"""Parameter of mark -> what it says of a closed commitment."""


class Marked:
    """What a mark did: the states before and after, and whether anything changed."""

    __slots__ = ("after", "before", "is_changed", "returned_by")

    def __init__(self, before: str, after: str, is_changed: bool, returned_by: Sequence[str] = ()) -> None:
        self.before = before
        self.after = after
        self.is_changed = is_changed
        self.returned_by = returned_by


def mark(
    tx: Transaction,
    number: int,
    state: str,
    *,
    on: str | None = None,
    note: str | None = None,
    said_by: Sequence[str] = (),
    evidence: str | None = None,
    because: str | None = None,
    agreed_by: str | None = None,
    by_id: int | None = None,
) -> Marked:
    """Give a commitment another state; `state` is one of STATE_WORDS, `on` the ISO day it happened.

    Raises: NotFound; NotAllowed when a note, a reason or a voice is missing, or one party would be both
    voices; UsageError for a state that is not known.
    """
    commitment = tx.commitment(number)
    target = STATE_WORDS.get(state)
    if target is None:
        raise UsageError(f'"{visible(state)}" is not a state: {", ".join(STATE_WORDS)}', field="state")
    text = clean_text(note or "") or None
    if on is not None:
        tx.set_day(on)
    closing = {"because": because, "agreed_by": agreed_by, "by_id": by_id}
    _refuse_misplaced(number, target, closing, evidence, said_by)
    parties = [known_party(tx, name, "said_by")["name"] for name in said_by]
    action = "mark"
    if target == State.REPORTED:
        changes = _reporting(tx, commitment, parties, evidence, on, text)
    elif target == State.CONFIRMED:
        changes = _confirming(tx, commitment, parties, evidence, on)
    elif target == State.CLOSED:
        changes = _closing(tx, commitment, because, agreed_by, by_id)
    elif target == RETURNED:
        changes, action = _returning(tx, commitment, parties, text), RETURNED
        target = State.IN_PROGRESS
    else:
        changes = {}
    changes = {**_left_behind(commitment, target), **changes, "state": str(target)}
    changes.update(fixed_date(commitment, target))
    if target not in (State.PROPOSED, State.CLOSED) and "agreed_on" not in commitment:
        changes["agreed_on"] = tx.day
    returned: dict[str, Any] | None = changes.get("returned")
    is_changed = tx.write("commitments", number, changes, action=action, note=text)
    return Marked(commitment["state"], str(target), is_changed, returned["said_by"] if returned else ())


def _refuse_misplaced(
    number: int, target: str, closing: Mapping[str, object], evidence: str | None, said_by: Sequence[str]
) -> None:
    """Refuse what was said of a state that does not keep it: it would be lost."""
    field = next((name for name, value in closing.items() if value), None)
    if target != State.CLOSED and field:
        raise NotAllowed(
            f"{number}: {_SAID_OF_CLOSED[field]} goes with closed, not with {target}",
            printed=f"{number}: --because, --agreed-by and --by-id go with closed, not with {target}",
            field=field,
        )
    if evidence and target not in (State.REPORTED, State.CONFIRMED):
        told = f"goes with reported and confirmed, not with {target}"
        raise NotAllowed(f"{number}: evidence {told}", printed=f"{number}: --evidence {told}", field="evidence")
    if said_by and target not in (State.REPORTED, State.CONFIRMED, RETURNED):
        told = f"goes with reported, confirmed and returned, not with {target}"
        raise NotAllowed(f"{number}: who said so {told}", printed=f"{number}: --said-by {told}", field="said_by")


def _left_behind(commitment: Commitment, target: str) -> dict[str, Any]:
    """What a change of state clears: voices on the way back, why it was closed, that it was returned."""
    cleared: dict[str, Any] = {}
    if target != commitment["state"] and "returned" in commitment:
        cleared["returned"] = None
    if target != State.CLOSED and "closed" in commitment:
        cleared["closed"] = None
    if target in (State.PROPOSED, State.AGREED, State.IN_PROGRESS):
        cleared.update({voice: None for voice in ("reported", "confirmed") if voice in commitment})
    if target == State.REPORTED and "confirmed" in commitment:
        cleared["confirmed"] = None
    return cleared


def _shown(tx: Transaction, names: Sequence[str]) -> str:
    return ", ".join(visible(tx.parties.shown(name)) for name in names)


def _voice(
    tx: Transaction, old: Voice | None, said_by: Sequence[str], day: str, evidence: str | None
) -> dict[str, Any]:
    """A voice, with the evidence that an older record of it has; the older one itself when nothing is new."""
    text = clean_text(evidence or "") or (old.get("evidence") if old else None)
    voice: dict[str, Any] = {"said_by": list(dict.fromkeys(said_by)), "on": day, "evidence": text}
    if old and all(old.get(name) == value for name, value in voice.items()):
        return {**old}
    kept = {name: value for name, value in voice.items() if value is not None}
    return {**kept, "recorded_by": tx.actor}


def _reporting(
    tx: Transaction,
    commitment: Commitment,
    said_by: list[str],
    evidence: str | None,
    on: str | None,
    note: str | None,
) -> dict[str, Any]:
    number = commitment["id"]
    strangers = [name for name in said_by if name in commitment["to"] and name not in commitment["by"]]
    if strangers:
        sentence = f"{number} was promised to {_shown(tx, strangers)}, who can confirm it but not report it done"
        raise NotAllowed(sentence, field="said_by")
    old = commitment.get("reported")
    _refuse_missing_seats(commitment, note, is_new=old is None)
    who = said_by or (old["said_by"] if old else commitment["by"])
    day = on or (old["on"] if old else tx.day)
    return {"reported": _voice(tx, old, who, day, evidence)}


def _refuse_missing_seats(commitment: Commitment, note: str | None, *, is_new: bool) -> None:
    seats = commitment.get("seats", {})
    wanted, nominated = seats.get("wanted"), seats.get("nominated", 0)
    if is_new and wanted is not None and nominated < wanted and not note:
        number = commitment["id"]
        missing = f"{number}: {nominated} of {wanted} seats are nominated"
        raise NotAllowed(
            f"{missing}: say in the note why it is done all the same, or count them",
            printed=f"{missing}: say in --note why it is done all the same, "
            f"or count them with followup seats {number} --nominated N",
            field="note",
        )


def _confirming(
    tx: Transaction, commitment: Commitment, said_by: list[str], evidence: str | None, on: str | None
) -> dict[str, Any]:
    number = commitment["id"]
    reported, old = commitment.get("reported"), commitment.get("confirmed")
    reporters = reported["said_by"] if reported else []
    who = said_by or (old["said_by"] if old else [name for name in commitment["to"] if name not in reporters])
    if not who:
        raise NotAllowed(
            f"{number}: {_shown(tx, reporters)} reported it, and nobody else is there to confirm it",
            hint=": name who did with --said-by PARTY",
            field="said_by",
        )
    both = [name for name in who if name in reporters]
    if both:
        raise NotAllowed(f"{number}: {_shown(tx, both)} reported it and cannot confirm it as well", field="said_by")
    promisers = [name for name in who if name in commitment["by"] and name not in commitment["to"]]
    if promisers:
        sentence = f"{number} was promised by {_shown(tx, promisers)}, who can report it but not confirm it"
        raise NotAllowed(sentence, field="said_by")
    earlier = old or reported
    if on is None and earlier:
        tx.set_day(earlier["on"])
    return {"confirmed": _voice(tx, old, who, tx.day, evidence)}


def _closing(
    tx: Transaction, commitment: Commitment, because: str | None, agreed_by: str | None, by_id: int | None
) -> dict[str, Any]:
    number = commitment["id"]
    if because is None:
        hint = f": add --because {'|'.join(Because.ALL)}"
        raise NotAllowed(f"{number}: say why it is closed", hint=hint, field="because")
    if by_id is not None and because != Because.SUPERSEDED:
        raise NotAllowed(
            f"{number}: what superseded it is named only when it is closed as superseded",
            printed=f"{number}: --by-id names what superseded it, and goes with --because superseded",
            field="by_id",
        )
    if by_id == number:
        raise NotAllowed(f"{number} cannot be superseded by itself", field="by_id")
    if by_id is not None:
        tx.commitment(by_id, "by_id")
    old = commitment.get("closed")
    closed: dict[str, Any] = {
        "because": str(because),
        "on": old["on"] if old and old["because"] == because else tx.day,
        "agreed_by": named_party(tx, agreed_by),
        "by_id": by_id,
    }
    return {"closed": {name: value for name, value in closed.items() if value is not None}}


def _returning(tx: Transaction, commitment: Commitment, said_by: list[str], note: str | None) -> dict[str, Any]:
    number = commitment["id"]
    if not note:
        raise NotAllowed(f"{number}: say what is missing", hint=": returned needs --note TEXT", field="note")
    promisers = [name for name in said_by if name in commitment["by"] and name not in commitment["to"]]
    if promisers:
        raise NotAllowed(f"{number} was promised by {_shown(tx, promisers)}, who cannot return it", field="said_by")
    return {
        "returned": {
            "said_by": said_by or commitment["to"],
            "on": tx.day,
            "note": note,
            "recorded_by": tx.actor,
        }
    }


def chase(tx: Transaction, number: int, *, again: str | None, note: str | None = None) -> None:
    """Put down that somebody was chased, and the ISO day to look again; the due date stays.

    Raises: NotFound; NotAllowed for a finished one.
    """
    commitment = tx.commitment(number)
    if commitment["state"] not in OPEN:
        raise NotAllowed(f"{number} is {commitment['state']}: there is nothing left to chase")
    text = clean_text(note or "") or None
    tx.write("commitments", number, {"chase_on": again}, action="chase", note=text)


def note(tx: Transaction, number: int, text: str) -> None:
    """Put down a note. Raises: NotFound; UsageError for an empty one."""
    tx.commitment(number)
    text = clean_text(text)
    if not text:
        raise UsageError("a note needs a text", field="text")
    tx.write("commitments", number, {}, action="note", note=text)


def set_miss_reason(tx: Transaction, number: int, text: str) -> bool:
    """Say why a promise was missed. Returns whether that changed. Raises: NotFound, UsageError."""
    tx.commitment(number)
    text = clean_text(text)
    if not text:
        raise UsageError("say why it was missed", field="text")
    return tx.write("commitments", number, {"miss_reason": text}, action="reason")


def set_seats(
    tx: Transaction,
    number: int,
    *,
    wanted: int | None = None,
    is_wanted_unknown: bool = False,
    nominated: int | None = None,
    acknowledged: int | None = None,
    letter: str | None = None,
    endorsed: str | None = None,
) -> bool:
    """Count the seats of a nomination; what is None stays as it is, an empty text goes. Returns whether it changed.

    Raises: NotFound; NotAllowed when more are acknowledged than nominated.
    """
    commitment = tx.commitment(number)
    seats: dict[str, Any] = {**commitment.get("seats", {})}
    given = {"wanted": wanted, "nominated": nominated, "acknowledged": acknowledged, "endorsed": endorsed}
    seats.update({name: value for name, value in given.items() if value is not None})
    if letter is not None:
        seats["letter"] = clean_line(letter) or None
    if is_wanted_unknown:
        seats.pop("wanted", None)
    if endorsed == "":
        seats["endorsed"] = None
    if endorsed and endorsed > tx.today:
        hint = ": --endorsed is the day it was endorsed"
        raise NotAllowed(f"{number}: {endorsed} is still to come", hint=hint, field="endorsed")
    if seats.get("acknowledged", 0) > seats.get("nominated", 0):
        raise NotAllowed(
            f"{number}: {seats['acknowledged']} acknowledged of {seats.get('nominated', 0)} nominated: "
            "a seat is nominated before it is acknowledged",
            field="nominated" if acknowledged is None else "acknowledged",
        )
    counted = {name: value for name, value in seats.items() if value is not None}
    return tx.write("commitments", number, {"seats": counted}, action="seats")
