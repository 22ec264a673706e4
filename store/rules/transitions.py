"""Transitions between states: what each step allows and clears, its default voice and day.

Any state may follow any other. `returned` is a step of its own, back to in-progress. These are pure functions:
`store.operations.change_state` refuses and writes, forms ask beforehand. What a step needs is in
`store.rules.needs_reason`.

Source: docs/rules.md, States; Voices.
"""

from __future__ import annotations

from store.errors import UsageError
from store.model.vocabulary_and_signs import CLOSING_REASONS, RETURNED, STATE_WORDS, STATES, STEPS, UNDONE, State
from store.rules.due_dates_and_extensions import was_agreed
from store.sanitise_text import visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from store.model.record_types import Commitment

VOICES = ("reported", "confirmed")
"""The fields of a commitment for the two voices: who said it was done, and who confirmed it."""

_SAID_WITH_STEPS = ("because", "agreed_by", "by_id", "evidence", "said_by")
"""The arguments that only some steps take; every step takes the day and a note."""

_RANKS = {state: rank for rank, state in enumerate(State.ALL)}


class Barred:
    """The reasons why a party cannot be a voice of a step."""

    RECEIVER = "receiver"
    """It was promised to this party, which can confirm it but not report it done."""
    REPORTER = "reporter"
    """It reported that it is done, and the two voices are two."""
    PROMISER = "promiser"
    """It promised it, and can report it but neither confirm nor return it."""


def step_of(word: str) -> str | None:
    """The step that a word means: a state or `returned`; None for any other word."""
    if word.isascii():
        return STATE_WORDS.get(word)
    from store.rules.russian_twins_of_typed_words import RUSSIAN_STEPS, plain

    return RUSSIAN_STEPS.get(plain(word))


def known_step(word: str) -> str:
    """The step that a word means: a state or `returned`. Raises: UsageError for any other word."""
    step = step_of(word)
    if step is None:
        from store.nearest_word import did_you_mean  # only a mistyped word needs it

        known = dict(zip(STATE_WORDS, STATE_WORDS, strict=True))
        if not word.isascii():
            from store.rules.russian_twins_of_typed_words import first_twins

            known = first_twins(STATE_WORDS.values())
        meant = next((known[entry.word] for entry in STATES.values() if word in entry.import_words.split("|")), None)
        near = tr('; did you mean "{meant}"?', meant=meant) if meant else did_you_mean(word, [*known.values()])
        hint = near or tr(": it is one of {known}", known=", ".join(known.values()))
        raise UsageError(
            tr('"{word}" is not a state{hint}', word=visible(word), hint=hint), code="state.unknown", field="state"
        )
    return step


def state_after(step: str) -> str:
    """The state of a commitment after a step. Source: docs/rules.md, States."""
    return State.IN_PROGRESS if step == RETURNED else step


def misplaced_field(step: str, given: Mapping[str, object]) -> str | None:
    """The first given field that this step does not store, and would lose; None without one.

    `given` holds `because`, `agreed_by`, `by_id`, `evidence`, `said_by`. Source: docs/rules.md, What a step asks for.
    """
    kept = STEPS[step].asks
    if "because" in kept:
        kept = (*kept, *(name for reason in CLOSING_REASONS.values() for name in reason.asks))
    return next((name for name in _SAID_WITH_STEPS if given.get(name) and name not in kept), None)


def names_successor(because: str | None) -> bool:
    """Whether a closing for this reason may name what superseded the commitment.

    Source: docs/rules.md, What a step asks for.
    """
    reason = CLOSING_REASONS.get(because or "")
    return reason is not None and "by_id" in reason.asks


def can_supersede(successor: int, number: int) -> bool:
    """Whether one commitment can supersede another: any but itself. Source: docs/rules.md, What a step asks for."""
    return successor != number


def default_voice(commitment: Commitment, step: str) -> Sequence[str]:
    """The voice of a step when none is named: the earlier voice, else the promisers or the receivers.

    Who reported it never confirms it; empty when nobody is left.
    Source: docs/rules.md, Who speaks when nobody is named.
    """
    if step == RETURNED:
        return commitment["to"]
    reported, confirmed = commitment.get("reported"), commitment.get("confirmed")
    if step == State.REPORTED:
        return reported["said_by"] if reported else commitment["by"]
    if confirmed:
        return confirmed["said_by"]
    reporters = reported["said_by"] if reported else []
    return [name for name in commitment["to"] if name not in reporters]


def barred_voices(commitment: Commitment, step: str, said_by: Iterable[str]) -> tuple[str, list[str]] | None:
    """Why some parties cannot be a voice of this step (one of `Barred`), and which; None when all can.

    Source: docs/rules.md, Voices.
    """
    by, to, said_by = commitment["by"], commitment["to"], list(said_by)
    if step == State.REPORTED:
        receivers = [name for name in said_by if name in to and name not in by]
        return (Barred.RECEIVER, receivers) if receivers else None
    reported = commitment.get("reported") if step == State.CONFIRMED else None
    both = [name for name in said_by if reported and name in reported["said_by"]]
    if both:
        return (Barred.REPORTER, both)
    promisers = [name for name in said_by if name in by and name not in to]
    return (Barred.PROMISER, promisers) if promisers else None


def default_day(commitment: Commitment, step: str, because: str | None = None) -> str | None:
    """The ISO day of a step when none is given; None: the day on which it is recorded.

    A voice keeps the day it had, a confirmation has that of the report, and one that is closed again for the same
    reason (`because`) keeps its day. Source: docs/rules.md, Who speaks when nobody is named.
    """
    reported, confirmed, closed = commitment.get("reported"), commitment.get("confirmed"), commitment.get("closed")
    if step == State.REPORTED:
        return reported["on"] if reported else None
    if step == State.CONFIRMED:
        voice = confirmed or reported
        return voice["on"] if voice else None
    if step == State.CLOSED and closed and closed["because"] == because:
        return closed["on"]
    return None


def cleared_fields(commitment: Commitment, state: str) -> dict[str, Any]:
    """The fields that a step to a state clears, each as None: later voices, `closed`, `returned`.

    Source: docs/rules.md, States.
    """
    cleared: dict[str, Any] = {}
    if state != commitment["state"] and "returned" in commitment:
        cleared["returned"] = None
    if state != State.CLOSED and "closed" in commitment:
        cleared["closed"] = None
    if state in UNDONE:
        cleared.update({voice: None for voice in VOICES if voice in commitment})
    if state == State.REPORTED and "confirmed" in commitment:
        cleared["confirmed"] = None
    return cleared


def voices_lost(commitment: Commitment, step: str) -> list[str]:
    """The voices that a step takes back and that have to be meant: of `VOICES`, in this order.

    To return says so itself, and so does reporting again what is confirmed.
    Source: docs/rules.md, Taking back what was said.
    """
    is_said = commitment["state"] in VOICES
    return [voice for voice in VOICES if voice in commitment] if is_said and step in UNDONE else []


def is_unreported(commitment: Commitment) -> bool:
    """Whether nobody reported or returned it: there is no report to send back.

    Source: docs/rules.md, States.
    """
    return not any(field in commitment for field in (*VOICES, "returned"))


def can_be_returned(commitment: Commitment) -> bool:
    """Whether a commitment may be returned: it was once agreed, or somebody reported it.

    Source: docs/rules.md, States.
    """
    return was_agreed(commitment) or not is_unreported(commitment)


def is_step_back(now: str, state: str) -> bool:
    """Whether a state comes before another in the life of a promise. Source: docs/rules.md, States."""
    return _RANKS[state] < _RANKS[now]


def can_be_removed(commitment: Commitment) -> bool:
    """Whether a commitment may be removed: proposed, and never agreed.

    Source: docs/rules.md, States.
    """
    return commitment["state"] == State.PROPOSED and "agreed_on" not in commitment
