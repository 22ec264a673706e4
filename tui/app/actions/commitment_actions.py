"""Actions on commitments and visits: state, due date, chase, note, edit, seats, add."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.errors import NotAllowed, StoreUnusable
from store.model.vocabulary_and_signs import CLOSING_REASONS, STEPS
from store.rules.seats import is_nobody_nominated, is_nomination
from store.rules.transitions import voices_lost
from store.sanitise_text import visible
from store.translation import plural, tr
from tui.app.actions.open_form import open_form
from tui.app.actions.visit_actions import remove_visit
from tui.app.forms.form import Subject
from tui.app.forms.seats_form import one_seat
from tui.app.forms.state_form import plain_state_change
from tui.app.screens.menu_screen import MenuItem, MenuScreen
from tui.app.screens.question_screen import QuestionScreen
from tui.app.screens.save_form_in_background import save_in_background
from tui.app.screens.visits_screen import VisitsScreen
from tui.render.commitment_numbers import number_text
from tui.render.life_line import life_line, life_line_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.app import FollowUp
    from tui.render.segments import Segments
    from tui.render.terminal_style import TerminalStyle

_STEPS = {step.key: step for step in STEPS.values()}
_REASONS = {reason.key: reason for reason in CLOSING_REASONS.values()}
_MANY = 20
"""Changing more commitments than this at once is confirmed first."""


# The commitments that a key acts on.


def _all_of(app: FollowUp, then: Callable[[Subject], None]) -> None:
    """Call `then` with the selected commitments, or the one under the cursor; over `_MANY` once confirmed."""
    numbers = app.base_screen.numbers()
    seen_revisions = {number: app.snapshot.row(number).commitment["revision"] for number in numbers}
    hidden = 0
    if len(numbers) > 1:
        hidden = len(set(numbers) - app.list_screen.shown())
    subject = Subject(tuple(numbers), seen_revisions, hidden=hidden)
    if len(numbers) <= _MANY:
        then(subject)
        return

    def answered(letter: str | None) -> None:
        if letter == "y":
            then(subject)

    app.ask(QuestionScreen(tr("{subject}: act on all of them?  y yes  n no", subject=subject.words())), answered)


def _one(app: FollowUp, what: str) -> Subject:
    """The one commitment to act on. Raises: NotAllowed when several are selected."""
    number = _one_number(
        app,
        lambda count: plural(
            "{n} is selected, {what} is for one at a time: Esc clears the selection",
            "{n} are selected, {what} is for one at a time: Esc clears the selection",
            count,
            what=what,
        ),
    )
    return Subject((number,), {number: app.snapshot.row(number).commitment["revision"]})


def _one_number(app: FollowUp, refusal: Callable[[int], str]) -> int:
    """The number of the commitment to act on. Raises: NotAllowed, with the refusal of several."""
    numbers = app.base_screen.numbers()
    if len(numbers) > 1:
        raise NotAllowed(refusal(len(numbers)))
    return numbers[0]


# States.


def state(app: FollowUp) -> None:
    """Open the state menu."""
    _all_of(app, lambda subject: _state_menu(app, subject))


def _state_menu(app: FollowUp, subject: Subject) -> None:
    now = {app.snapshot.row(number).commitment["state"] for number in subject.numbers}
    choices = [MenuItem(key, f"{step.sign} {tr(step.menu)}", now == {step.word}) for key, step in _STEPS.items()]

    def chosen(letter: str | None) -> None:
        step = _STEPS.get(letter or "")
        if step is None:
            return
        if "because" in step.asks:
            _closing_menu(app, subject)
        elif step.asks:
            open_form(app, step.word, subject)
        else:
            _without_loss(app, subject, step.word)

    def life(terminal: TerminalStyle) -> Segments:
        if len(subject.numbers) > 1:
            return life_line(terminal)
        commitment = app.snapshot.row(subject.number).commitment
        try:
            events = app.snapshot.events_at_hand(subject.number)
        except StoreUnusable:  # Written over a moment ago: the watcher tells it.
            events = []
        return life_line_of(commitment, events, terminal)

    title = tr("State of {subject}", subject=_named(app, subject))
    is_one_marked = any(choice.is_current for choice in choices)
    app.ask(MenuScreen(title, choices, is_one_marked=is_one_marked, above=life), chosen)


def _without_loss(app: FollowUp, subject: Subject, state: str) -> None:
    """Give commitments a state; ask before it takes back reports or confirmations."""
    voices = {number: voices_lost(app.snapshot.row(number).commitment, state) for number in subject.numbers}
    losing = [number for number in subject.numbers if voices[number]]
    if not losing:
        save_in_background(app, plain_state_change(subject, state))
        return
    kept = [number for number in subject.numbers if not voices[number]]
    confirmed = sum("confirmed" in found for found in voices.values())

    def answered(letter: str | None) -> None:
        if letter == "y":
            save_in_background(app, plain_state_change(subject, state, take_back=frozenset(losing)))
        elif letter == "o" and kept:
            save_in_background(app, plain_state_change(subject.only(kept), state))

    if len(subject.numbers) == 1:
        number = losing[0]
        question = (
            tr("#{n} is confirmed: y take that back  n leave it", n=number)
            if confirmed
            else tr("#{n} is reported done: y take that back  n leave it", n=number)
        )
    else:
        question = taking_back_question(len(losing) - confirmed, confirmed, len(subject.numbers))
    app.ask(QuestionScreen(question), answered)


def taking_back_question(reported: int, confirmed: int, of: int) -> str:
    """`2 of 14 are reported done, 1 confirmed: y take them back too  o only the other 11  n nothing`."""
    if reported:
        what = plural("{n} of {of} is reported done", "{n} of {of} are reported done", reported, of=of)
        if confirmed:
            what = plural("{what}, {n} confirmed", "{what}, {n} confirmed", confirmed, what=what)
    else:
        what = plural("{n} of {of} is confirmed", "{n} of {of} are confirmed", confirmed, of=of)
    others = of - reported - confirmed
    only = plural("  o only the other one", "  o only the other {n}", others) if others else ""
    back = tr("y take them back too") if reported + confirmed > 1 else tr("y take that back too")
    return f"{what}: {back}{only}{tr('  n nothing')}"


def _named(app: FollowUp, subject: Subject) -> str:
    """`#7 Send the list`, or `3 commitments, 1 not shown`."""
    if len(subject.numbers) > 1:
        return subject.words()
    return f"{number_text(subject.number)} {visible(app.snapshot.row(subject.number).commitment['title'])}"


def _closing_menu(app: FollowUp, subject: Subject) -> None:
    choices = [MenuItem(key, tr(reason.menu)) for key, reason in _REASONS.items()]

    def chosen(letter: str | None) -> None:
        if letter in _REASONS:
            open_form(app, _REASONS[letter].word, subject)

    app.ask(MenuScreen(tr("Why closed? {subject}", subject=_named(app, subject)), choices, is_one_marked=False), chosen)


# Forms.


def due(app: FollowUp) -> None:
    """Open the form of the due date."""
    open_form(app, "due", _one(app, tr("the date")))


def chase(app: FollowUp) -> None:
    """Open the form for a chase."""
    _all_of(app, lambda subject: open_form(app, "chase", subject))


def note(app: FollowUp) -> None:
    """Open the form for a note."""
    _all_of(app, lambda subject: open_form(app, "note", subject))


def why(app: FollowUp) -> None:
    """Open the form for the reason of a miss."""
    open_form(app, "why", _one(app, tr("the reason")))


def remove(app: FollowUp) -> None:
    """Open the form that removes a mistaken entry; on the visits screen, ask about an empty visit."""
    if isinstance(app.base_screen, VisitsScreen):
        remove_visit(app, app.base_screen.slug)
        return
    try:
        open_form(app, "remove", _one(app, tr("removing")))
    except NotAllowed as error:
        if error.code == "remove.was-agreed":
            raise NotAllowed(tr("#{refusal}: s, then x, closes it", refusal=error.sentence), code=error.code) from None
        raise


def seats(app: FollowUp) -> None:
    """Open the form of the seats."""
    open_form(app, "seats", _one(app, tr("a count of seats")))


def edit(app: FollowUp) -> None:
    """Open the form to edit the commitment; on other screens, the visit or the party."""
    if app.base_screen.KIND == "parties":
        from tui.app.actions import party_actions

        party_actions.edit(app)
    elif isinstance(app.base_screen, VisitsScreen):
        open_form(app, "edit-visit", Subject(visit=app.base_screen.slug))
    else:
        open_form(app, "edit", _one(app, tr("editing")))


def add(app: FollowUp) -> None:
    """Open the form to add a commitment; on the visits screen, a visit."""
    if isinstance(app.base_screen, VisitsScreen):
        open_form(app, "add-visit", Subject())
    else:
        open_form(app, "add", Subject(visit=app.list_screen.list_state.visit))


def add_like(app: FollowUp) -> None:
    """Open the form to add a commitment like this one; on the visits screen, a visit like this one."""
    if isinstance(app.base_screen, VisitsScreen):
        open_form(app, "add-visit", Subject(visit=app.base_screen.slug))
    else:
        number = _one_number(
            app,
            lambda count: plural(
                "{n} is selected, and a new one is like one: Esc clears the selection",
                "{n} are selected, and a new one is like one: Esc clears the selection",
                count,
            ),
        )
        open_form(app, "add", Subject((number,)))


# Seats, one by one.


def one_more(app: FollowUp) -> None:
    """Count one more nominated officer."""
    save_in_background(app, one_seat(_nomination_number(app), 1))


def one_fewer(app: FollowUp) -> None:
    """Count one nominated officer fewer. Raises: NotAllowed at 0."""
    number = _nomination_number(app)
    if is_nobody_nominated(app.snapshot.row(number).commitment):
        raise NotAllowed(tr("#{n}: nobody is nominated, so there is none to take away", n=number))
    save_in_background(app, one_seat(number, -1))


def _nomination_number(app: FollowUp) -> int:
    number = _one(app, tr("a count of seats")).number
    if not is_nomination(app.snapshot.row(number).commitment):
        raise NotAllowed(tr("#{n} is no nomination: S counts seats on it all the same", n=number))
    return number
