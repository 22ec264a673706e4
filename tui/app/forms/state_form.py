"""The forms of steps that need more than the state (reported, confirmed, sent back, closed), as the vocabulary says."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import TYPE_CHECKING, Any

from store import operations
from store.model.vocabulary_and_signs import RETURNED, STATES, State
from store.operations import StateChange
from store.rules.days import Direction
from store.rules.needs_reason import days_late_unexplained
from store.rules.seats import is_nomination
from store.rules.transitions import default_day, default_voice
from store.translation import ENGLISH, language, phrase, phrase_in, plural, tr, tr_in
from tui.app.forms import name_fields
from tui.app.forms.form import (
    DAY_WIDTH,
    NAME_WIDTH,
    NUMBER_WIDTH,
    TEXT,
    Answers,
    Form,
    FormContext,
    Plan,
    Question,
    Subject,
)
from tui.app.forms.seats_form import seat_questions
from tui.app.forms.value_fields import commitment_hint, count_in, day_hint, day_in, number_in
from tui.render.change_words import voices_taken_back
from tui.render.commitment_numbers import number_text
from tui.render.day_words import day_without_year

if TYPE_CHECKING:
    from store.model.record_types import Commitment
    from store.model.vocabulary_and_signs import ClosingReason, Step
    from store.transaction import Transaction
    from tui.app.app import FollowUp


def plain_state_change(subject: Subject, state: str, *, take_back: Collection[int] = ()) -> Plan:
    """A plan that gives commitments a state which needs nothing else.

    `take_back` are the numbers whose report or confirmation is meant to go with it.
    """

    return _plan(subject, partial(operations.mark_all, numbers=subject.numbers, state=state, take_back=take_back))


def form_of(step: Step) -> Callable[[FormContext, Subject], Form]:
    """Make the form of a step: reported, confirmed or sent back."""

    def form(context: FormContext, subject: Subject) -> Form:
        return _form(context, subject, step.word, step.word, tr(step.text), step.asks)

    return form


def closing_form_of(reason: ClosingReason) -> Callable[[FormContext, Subject], Form]:
    """Make the form that closes commitments for this reason."""

    def form(context: FormContext, subject: Subject) -> Form:
        closed = tr(STATES[State.CLOSED].text)
        because = reason.word if language() == ENGLISH else tr(reason.text)
        title = tr("{closed}, {because}", closed=closed, because=because)
        return _form(context, subject, reason.word, State.CLOSED, title, reason.asks, reason.word)

    return form


_HELP = {"evidence": phrase("what shows it: a letter, minutes, a file")}
_LABELS = {"evidence": phrase_in("label", "evidence")}
"""Parameter of `operations.mark_all` -> what its field is for, and the label of that."""


def _question(name: str, context: FormContext, subject: Subject, state: str) -> Question:
    """The question for a parameter of `operations.mark_all`."""
    if name == "said_by":
        return _said_by(context, subject, state)
    if name == "on":
        return _day(context, state, _day_before(context, subject, state))
    if name == "by_id":
        return Question(
            "by_id",
            tr_in("label", "by number"),
            hint=commitment_hint(context.snapshot),
            width=NUMBER_WIDTH,
            help=tr("the number of the commitment that stands in its place"),
        )
    if name == "agreed_by":
        snapshot = context.snapshot
        candidates = name_fields.parties(snapshot)
        return Question(
            "agreed_by",
            tr_in("label", "agreed by"),
            candidates=candidates,
            hint=name_fields.asker_hint(snapshot),
            width=NAME_WIDTH,
            help=tr("who of the other side agreed; without, dropped is not met"),
        )
    if name == "note" and state == RETURNED:
        return Question(
            "note", tr_in("label", "missing"), kind=TEXT, help=tr("what is missing, for the one who has to do it")
        )
    if name == "note":
        return Question("note", tr_in("label", "note"), kind=TEXT, help=tr("what else there is to say"))
    return Question(name, tr_in("label", _LABELS[name]), help=tr(_HELP[name]))


def _commitments(context: FormContext, subject: Subject) -> list[Commitment]:
    return [context.snapshot.row(number).commitment for number in subject.numbers]


_SAID_BY = {
    State.CONFIRMED: ("label, confirmed", phrase_in("label, confirmed", "said by")),
    RETURNED: ("label, returned", phrase_in("label, returned", "said by")),
}
_WHO_SAYS_SO = {
    State.CONFIRMED: ("confirmed", phrase_in("confirmed", "who says so; several as: MIA; UNODC")),
    RETURNED: ("returned", phrase_in("returned", "who says so; several as: MIA; UNODC")),
}
"""Step -> the context and the words of its question who said so, where another language names the step."""


def _said_by(context: FormContext, subject: Subject, state: str) -> Question:
    """The question who said so; empty means the expected side."""
    snapshot = context.snapshot
    usual = {
        name_fields.shown(snapshot, default_voice(commitment, state)) for commitment in _commitments(context, subject)
    }
    if len(usual) == 1:
        empty = usual.pop()
    else:
        is_report = state == State.REPORTED
        empty = tr("those who promised it") if is_report else tr("those to whom it was promised")
    return Question(
        "said_by",
        tr_in(*_SAID_BY.get(state, ("label", phrase_in("label", "said by")))),
        empty=empty,
        is_list=True,
        candidates=name_fields.parties(snapshot),
        hint=name_fields.party_hint(snapshot, is_new_allowed=False),
        width=NAME_WIDTH,
        help=tr_in(*_WHO_SAYS_SO[state]) if state in _WHO_SAYS_SO else tr("who says so; several as: MIA; UNODC"),
    )


def _day_before(context: FormContext, subject: Subject, state: str) -> str:
    """The default day, if it is not today."""
    days = {default_day(commitment, state) for commitment in _commitments(context, subject)}
    return (days.pop() or "") if len(days) == 1 else ""


_DAYS = {
    State.REPORTED: (
        phrase_in("label", "done on"),
        phrase("{done} on {day}"),
        phrase("the day it was done: yesterday, 24 Nov"),
    ),
    State.CONFIRMED: (
        phrase_in("label", "received on"),
        phrase("{done}, received on {day}"),
        phrase("the day it was received: yesterday, 24 Nov"),
    ),
}
"""Step -> the label of its day, the message with that day, and which day that is."""


def _day(context: FormContext, state: str, usual: str = "") -> Question:
    today = context.snapshot.today
    label, _, about = _DAYS.get(
        state, (phrase_in("label", "day"), "", phrase("the day it was said: yesterday, 24 Nov"))
    )
    shown = day_without_year(usual, today) if usual else tr_in("when", "today")
    if state == State.CONFIRMED and usual:
        about = tr("the day it was received; as reported: {day}", day=shown)
    elif state == State.CLOSED:
        about = tr_in("closed", "the day it was said: yesterday, 24 Nov")
    else:
        about = tr(about)
    return Question(
        "on",
        tr_in("label", label),
        empty=shown,
        hint=day_hint(today, Direction.BACK, usual=usual or today),
        width=DAY_WIDTH,
        help=about,
    )


def _form(
    context: FormContext,
    subject: Subject,
    name: str,
    state: str,
    heading: str,
    asks: tuple[str, ...],
    because: str | None = None,
) -> Form:
    asked_seats = _seats(context, subject, state)
    questions = (*(_question(each, context, subject, state) for each in asks), *asked_seats)

    def plan(answers: Answers) -> Plan:
        mark_all = partial(
            operations.mark_all,
            numbers=subject.numbers,
            state=state,
            on=day_in(answers, "on", context.snapshot.today, Direction.BACK),
            said_by=name_fields.split(answers.text("said_by"), context.snapshot.parties),
            by_id=number_in(answers, "by_id"),
            agreed_by=answers.given("agreed_by"),
            note=answers.given("note"),
            evidence=answers.given("evidence"),
            because=because,
        )
        seats = _seats_in(answers, asked_seats)

        def mark(tx: Transaction) -> list[StateChange]:
            if seats:
                operations.set_seats(tx, subject.number, **seats)
            return mark_all(tx)

        return _plan(subject, mark, today=context.snapshot.today)

    title = tr(
        "{heading}: {subject}",
        heading=f"{heading[0].upper()}{heading[1:]}",
        subject=context.title("{subject}", subject),
    )
    return Form(name, subject, title, questions, plan, is_small=True)


_ASKED_SEATS = {State.REPORTED: ("nominated", "letter"), State.CONFIRMED: ("acknowledged",)}
"""The seats that a step asks of a nomination."""


def _seats(context: FormContext, subject: Subject, state: str) -> tuple[Question, ...]:
    """The questions for the seats of one nomination."""
    names = _ASKED_SEATS.get(state, ())
    commitment = context.snapshot.row(subject.number).commitment
    if len(subject.numbers) > 1 or not names or not is_nomination(commitment):
        return ()
    asked = {
        question.name: question for question in seat_questions(commitment.get("seats", {}), context.snapshot.today)
    }
    return tuple(asked[name] for name in names)


def _seats_in(answers: Answers, asked: tuple[Question, ...]) -> dict[str, Any]:
    """The arguments of `operations.set_seats`, of the seats that were changed. Raises: UsageError."""
    changed = [question.name for question in asked if question.name in answers.changed]
    return {name: answers.text(name) if name == "letter" else count_in(answers, name) or 0 for name in changed}


def _plan(subject: Subject, mark: Callable[[Transaction], list[StateChange]], *, today: str = "") -> Plan:
    """The plan of a step. With `today` the message names the day of a report or a confirmation that differs."""

    def apply(tx: Transaction) -> list[tuple[Commitment, StateChange]]:
        changes = mark(tx)
        return [(tx.commitment(number), change) for number, change in zip(subject.numbers, changes, strict=True)]

    return Plan(apply, lambda done: _message(done, today), subject.seen_revisions, then=_ask_why_late)


def _message(done: list[tuple[Commitment, StateChange]], today: str) -> str:
    changed = [pair for pair in done if pair[1].is_changed]
    commitment, marked = done[0]
    label = tr(STATES[marked.after].text)
    if len(done) > 1:
        same = len(done) - len(changed)
        lost = [marked.taken_back for _, marked in changed if marked.taken_back]
        parts = [plural("{n} commitment {state}", "{n} commitments {state}", len(changed), state=label)]
        if same:
            parts.append(plural("{n} already so", "{n} already so", same))
        if lost:
            is_one = len(lost) == 1
            parts.append(
                voices_taken_back(lost[0]) if is_one else plural("{n} taken back", "{n} taken back", len(lost))
            )
        text = ", ".join(parts)
        return f"{text}; {_way_back(len(changed), is_loss=bool(lost))}" if changed else text
    number = commitment["id"]
    if not changed:
        return tr("#{n} is {state} already", n=number, state=label)
    if marked.returned_by and marked.is_unreported:
        way_back = _way_back(1, is_loss=False)
        return tr("#{n} sent back, though nobody reported it; {way_back}", n=number, way_back=way_back)
    if marked.returned_by:
        return tr("#{n} sent back: in progress again; {way_back}", n=number, way_back=_way_back(1, is_loss=False))
    late = _days_late(commitment, marked)
    voice = commitment.get("confirmed") if marked.after == State.CONFIRMED else commitment.get("reported")
    is_said = today and marked.after in _DAYS and voice is not None and voice["on"] != today
    parts = [f"{number_text(number)} {label}"]
    if is_said and voice:
        parts = [tr(_DAYS[marked.after][1], done=parts[0], day=day_without_year(voice["on"], today))]
    if late:
        parts = [plural("{when}, {n} d late", "{when}, {n} d late", late, when=parts[0])]
    if marked.taken_back:
        parts.append(voices_taken_back(marked.taken_back))
    return f"{', '.join(parts)}; {_way_back(1, is_loss=bool(marked.taken_back))}"


def _way_back(count: int, *, is_loss: bool) -> str:
    """The key that undoes a step: `u takes it back`; for a step that undid something, `u brings it back`."""
    if is_loss:
        return tr("u brings it back") if count == 1 else tr("u brings them back")
    return tr("u takes it back") if count == 1 else tr("u takes them back")


def _days_late(commitment: Commitment, marked: StateChange) -> int:
    """Days by which it was just now reported late without a reason; else 0."""
    return days_late_unexplained(commitment) if marked.is_changed else 0


def _ask_why_late(app: FollowUp, done: list[tuple[Commitment, StateChange]]) -> None:
    late = [commitment["id"] for commitment, marked in done if _days_late(commitment, marked)]
    if len(late) == 1:
        revision = app.snapshot.row(late[0]).commitment["revision"]
        app.open_form("why", Subject((late[0],), {late[0]: revision}))
    elif late:
        numbers = ", ".join(map(number_text, late))
        app.say(tr("done late: {numbers}. w says why, on one at a time", numbers=numbers))
