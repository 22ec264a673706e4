"""Change the state of commitments, with their voices and reasons; set why a promise was missed."""

from __future__ import annotations

from store.errors import FollowUpError, NotAllowed, UsageError
from store.model.vocabulary_and_signs import ACTIONS, RETURNED, STATES, State
from store.operations.parties import named_party, speaking_party
from store.rules.due_dates_and_extensions import fields_of_agreement
from store.rules.needs_reason import needed_field
from store.rules.party_names import name_in_language
from store.rules.seats import missing_seats
from store.rules.transitions import (
    VOICES,
    Barred,
    barred_voices,
    can_be_returned,
    can_supersede,
    cleared_fields,
    default_day,
    default_voice,
    is_unreported,
    known_step,
    misplaced_field,
    names_successor,
    state_after,
    voices_lost,
)
from store.sanitise_text import clean_text, visible
from store.translation import ENGLISH, language, phrase, plural, tr, tr_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from typing import Any

    from store.model.record_types import Commitment, Voice
    from store.transaction import Transaction


_SAID_OF_CLOSED = {
    "because": phrase("why it was closed"),
    "agreed_by": phrase("who agreed to close it"),
    "by_id": phrase("what superseded it"),
}
"""Parameter of `mark` that goes with `closed` -> its name in a refusal."""

_ASKED_OF_ALL = ("state.because-needed", "state.note-needed")
"""The refusals of one commitment for which every other one of `mark_all` needs the same."""


class StateChange:
    """The result of `mark`: the states before and after, whether anything changed, and the voices undone.

    `is_unreported`: nobody had said before that it was done.
    """

    __slots__ = ("after", "before", "is_changed", "is_unreported", "returned_by", "taken_back")

    def __init__(
        self,
        before: str,
        after: str,
        is_changed: bool,
        returned_by: Sequence[str] = (),
        taken_back: Sequence[str] = (),
        is_unreported: bool = False,
    ) -> None:
        self.before = before
        self.after = after
        self.is_changed = is_changed
        self.returned_by = returned_by
        self.taken_back = taken_back
        self.is_unreported = is_unreported


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
    take_back: bool = False,
) -> StateChange:
    """Mark a commitment: change its state, or return it. `state` is one of STATE_WORDS, `on` an ISO day.

    `take_back`: a report or a confirmation that the new state takes back is meant to go.
    Raises: NotFound; NotAllowed when a note, a reason or a voice is missing, one party would be both voices, or a
    voice would be taken back; UsageError for a state that is not known.
    """
    commitment = tx.commitment(number)
    step = known_step(state)
    if not take_back:
        refuse_losing_voices([commitment], step)
    text = clean_text(note or "") or None
    if on is not None:
        tx.set_day(on)
    given = {"because": because, "agreed_by": agreed_by, "by_id": by_id, "evidence": evidence, "said_by": said_by}
    _refuse_misplaced(number, step, given)
    parties = [speaking_party(tx, name, "said_by") for name in said_by]
    changes: dict[str, Any] = {}
    if step in (State.REPORTED, State.CONFIRMED):
        changes = {step: _voice(tx, commitment, step, parties, on=on, evidence=evidence, note=text)}
    elif step == State.CLOSED:
        changes = {"closed": _closing(tx, commitment, because, agreed_by, by_id)}
    elif step == RETURNED:
        changes = {"returned": _return(tx, commitment, parties, text)}
    after = state_after(step)
    cleared = cleared_fields(commitment, after)
    changes = {**cleared, **changes, "state": after}
    changes |= fields_of_agreement(commitment, after, tx.day)
    if step in VOICES and _is_agreed_by(tx, commitment, step):
        # It counts as agreed on the day of that voice, which may be mended.
        changes["agreed_on"] = changes[step]["on"]
    is_as_it_was = all(commitment.get(field) == value for field, value in changes.items())
    action = RETURNED if step == RETURNED else "note" if text and is_as_it_was else "mark"
    is_changed = tx.write("commitments", number, changes, action=action, note=text)
    returned_by = changes["returned"]["said_by"] if step == RETURNED else ()
    taken_back = [voice for voice in VOICES if voice in cleared] if step != RETURNED else ()
    return StateChange(commitment["state"], after, is_changed, returned_by, taken_back, is_unreported(commitment))


def mark_all(
    tx: Transaction,
    numbers: Sequence[int],
    state: str,
    *,
    on: str | None = None,
    note: str | None = None,
    said_by: Sequence[str] = (),
    evidence: str | None = None,
    because: str | None = None,
    agreed_by: str | None = None,
    by_id: int | None = None,
    take_back: Collection[int] = (),
) -> list[StateChange]:
    """Mark commitments, all of them or none, each as `mark` does; returns the result of each.

    `take_back`: the numbers of those whose report or confirmation is meant to go. Losing others is refused once, with
    all their numbers. Where all need what one lacks, the refusal of that one has all `numbers` in its values.
    Raises: as `mark`.
    """
    refuse_losing_voices([tx.commitment(number) for number in numbers if number not in take_back], known_step(state))
    changes = []
    for number in numbers:
        tx.set_day(None)
        try:
            change = mark(
                tx,
                number,
                state,
                on=on,
                note=note,
                said_by=said_by,
                evidence=evidence,
                because=because,
                agreed_by=agreed_by,
                by_id=by_id,
                take_back=True,
            )
        except FollowUpError as refused:
            if refused.code in _ASKED_OF_ALL:
                refused.values = {**refused.values, "numbers": tuple(numbers)}
            raise
        changes.append(change)
    return changes


def _is_agreed_by(tx: Transaction, commitment: Mapping[str, Any], voice: str) -> bool:
    """Whether it became agreed by this report or confirmation, before which nobody had agreed it."""
    if voice not in commitment or commitment[voice]["on"] != commitment.get("agreed_on"):
        return False
    agreed = [
        event for event in tx.events_of("commitments", commitment["id"]) if "agreed_on" in event.get("fields", {})
    ]
    return bool(agreed) and voice in agreed[-1]["fields"]


def refuse_losing_voices(commitments: Iterable[Commitment], step: str) -> None:
    """Refuse a step that takes back reports or confirmations, naming all commitments concerned. Raises: NotAllowed."""
    last_voices: dict[str, list[str]] = {}
    for commitment in commitments:
        for voice in voices_lost(commitment, step)[-1:]:
            last_voices.setdefault(voice, []).append(str(commitment["id"]))
    if not last_voices:
        return
    parts = []
    for voice in VOICES:  # They are called as the states that they make.
        if numbers := last_voices.get(voice):
            names, state = ", ".join(numbers), tr(STATES[voice].text)
            parts.append(
                plural("{numbers} is {state}", "{numbers} are {state}", len(numbers), numbers=names, state=state)
            )
    raise NotAllowed(
        tr("{parts}, and {step} takes that back", parts=", ".join(parts), step=said_step(step)),
        code="state.voice-lost",
        field="take_back",
    )


def said_step(step: str) -> str:
    """A step in a sentence of a refusal: in English the word that was typed, else as people say the state."""
    if language() == ENGLISH:
        return step
    return tr_in("action", ACTIONS[RETURNED]) if step == RETURNED else tr(STATES[step].text)


def _refuse_misplaced(number: int, step: str, given: Mapping[str, object]) -> None:
    """Refuse an argument that the step does not keep, and that would be lost. Raises: NotAllowed."""
    field = misplaced_field(step, given)
    if field in _SAID_OF_CLOSED:
        raise NotAllowed(
            tr(
                "{number}: {what} goes with closed, not with {step}",
                number=number,
                what=tr(_SAID_OF_CLOSED[field]),
                step=said_step(step),
            ),
            code="state.closing-misplaced",
            field=field,
            values={"number": number, "step": said_step(step)},
        )
    if field == "evidence":
        rule = tr("goes with reported and confirmed, not with {step}", step=said_step(step))
        raise NotAllowed(
            tr("{number}: evidence {rule}", number=number, rule=rule),
            code="state.evidence-misplaced",
            field=field,
            values={"number": number, "rule": rule},
        )
    if field == "said_by":
        rule = tr("goes with reported, confirmed and returned, not with {step}", step=said_step(step))
        raise NotAllowed(
            tr("{number}: who said so {rule}", number=number, rule=rule),
            code="state.voice-misplaced",
            field=field,
            values={"number": number, "rule": rule},
        )


def _refuse_barred(tx: Transaction, commitment: Commitment, step: str, said_by: Sequence[str]) -> None:
    """Refuse a party that cannot be a voice of this step. Raises: NotAllowed."""
    number = commitment["id"]
    barred = barred_voices(commitment, step, said_by)
    if barred is None:
        return
    why, names = barred[0], _shown(tx, barred[1])
    if why == Barred.RECEIVER:
        sentence = tr(
            "{number} was promised to {names}, who can confirm it but not report it done", number=number, names=names
        )
    elif why == Barred.REPORTER:
        sentence = tr("{number}: {names} reported it and cannot confirm it as well", number=number, names=names)
    elif step == RETURNED:
        sentence = tr("{number} was promised by {names}, who cannot return it", number=number, names=names)
    else:
        sentence = tr(
            "{number} was promised by {names}, who can report it but not confirm it", number=number, names=names
        )
    raise NotAllowed(sentence, code="state.voice-barred", field="said_by")


def _refuse_missing(commitment: Commitment, step: str, given: Mapping[str, object]) -> None:
    """Refuse a step without the field that it needs. Raises: NotAllowed."""
    number = commitment["id"]
    field = needed_field(commitment, step, given)
    if field is None:
        return
    if step == State.CLOSED:
        raise NotAllowed(
            tr("{number}: say why it is closed", number=number),
            code="state.because-needed",
            field=field,
            values={"number": number},
        )
    if step == RETURNED:
        sentence = tr("{number}: say what is missing", number=number)
        raise NotAllowed(sentence, code="state.note-needed", field=field, values={"number": number})
    nominated, wanted = missing_seats(commitment) or (0, 0)
    missing = tr(
        "{number}: {nominated} of {wanted} seats are nominated", number=number, nominated=nominated, wanted=wanted
    )
    raise NotAllowed(
        tr("{missing}: say in the note why it is done all the same, or count them", missing=missing),
        code="state.seats-missing",
        field=field,
        values={"missing": missing, "number": number},
    )


def _shown(tx: Transaction, names: Sequence[str]) -> str:
    return ", ".join(visible(_shown_name(tx, name)) for name in names)


def _shown_name(tx: Transaction, name: str) -> str:
    party = tx.parties.find(name) if language() != ENGLISH else None
    return name_in_language(party) if party else tx.parties.shown(name)


def _voice(
    tx: Transaction,
    commitment: Commitment,
    step: str,
    said_by: Sequence[str],
    *,
    on: str | None,
    evidence: str | None,
    note: str | None,
) -> Mapping[str, Any]:
    """The voice of a step, with the evidence that an older record of it has; the older one when nothing is new.

    Raises: NotAllowed for a party that cannot be this voice, when nobody is left to speak, or a note is missing.
    """
    number = commitment["id"]
    old: Voice | None = commitment.get("reported") if step == State.REPORTED else commitment.get("confirmed")
    who = said_by or default_voice(commitment, step)
    if not who:
        reported = commitment.get("reported")
        raise NotAllowed(
            tr(
                "{number}: {names} reported it, and nobody else is there to confirm it",
                number=number,
                names=_shown(tx, reported["said_by"] if reported else ()),
            ),
            code="state.nobody-to-confirm",
            field="said_by",
        )
    # Who reported it before may go on doing so, though its parties were edited since.
    _refuse_barred(tx, commitment, step, who if step == State.CONFIRMED else said_by)
    _refuse_missing(commitment, step, {"note": note})
    day = on or default_day(commitment, step) or tx.day
    if step == State.CONFIRMED:
        tx.set_day(day)
    text = clean_text(evidence or "") or (old.get("evidence") if old else None)
    voice: dict[str, Any] = {"said_by": list(dict.fromkeys(who)), "on": day, "evidence": text}
    if old and all(old.get(name) == value for name, value in voice.items()):
        return {**old}
    kept = {name: value for name, value in voice.items() if value is not None}
    return {**kept, "recorded_by": tx.actor}


def _closing(
    tx: Transaction, commitment: Commitment, because: str | None, agreed_by: str | None, by_id: int | None
) -> Mapping[str, Any]:
    """The `closed` field. Raises: NotAllowed without a reason, or for an impossible successor; NotFound."""
    number = commitment["id"]
    _refuse_missing(commitment, State.CLOSED, {"because": because})
    if by_id is not None and not names_successor(because):
        raise NotAllowed(
            tr("{number}: what superseded it is named only when it is closed as superseded", number=number),
            code="state.by-id-misplaced",
            field="by_id",
            values={"number": number},
        )
    if by_id is not None and not can_supersede(by_id, number):
        raise NotAllowed(
            tr("{number} cannot be superseded by itself", number=number),
            code="state.superseded-by-itself",
            field="by_id",
        )
    if by_id is not None:
        tx.commitment(by_id, "by_id")
    closed: dict[str, Any] = {
        "because": because,
        "on": default_day(commitment, State.CLOSED, because) or tx.day,
        "agreed_by": named_party(tx, agreed_by, "agreed_by"),
        "by_id": by_id,
    }
    return {name: value for name, value in closed.items() if value is not None}


def _return(tx: Transaction, commitment: Commitment, said_by: list[str], note: str | None) -> Mapping[str, Any]:
    """The `returned` field: who returned it, when, and what is missing.

    Raises: NotAllowed without a note, for a party that promised it, or where nothing can come back.
    """
    _refuse_missing(commitment, RETURNED, {"note": note})
    if not can_be_returned(commitment):
        number = commitment["id"]
        raise NotAllowed(
            tr("{number} was never agreed nor reported, so nothing can be returned", number=number),
            code="state.nothing-to-return",
            field="state",
            values={"number": number},
        )
    _refuse_barred(tx, commitment, RETURNED, said_by)
    return {
        "said_by": said_by or default_voice(commitment, RETURNED),
        "on": tx.day,
        "note": note,
        "recorded_by": tx.actor,
    }


def set_miss_reason(tx: Transaction, number: int, text: str) -> bool:
    """Set the reason why a promise was missed. Returns whether it changed. Raises: NotFound, UsageError."""
    tx.commitment(number)
    text = clean_text(text)
    if not text:
        raise UsageError(tr("say why it was missed"), code="miss-reason.empty", field="text")
    return tx.write("commitments", number, {"miss_reason": text}, action="reason")
