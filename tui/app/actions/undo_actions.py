"""Undo and redo of my last change."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from store import operations
from store.errors import FollowUpError, NotAtHand
from store.rules.what_undo_may_take_back import undoable_changes
from store.translation import phrase, tr
from tui.app.forms.form import Plan
from tui.app.forms.value_fields import distance
from tui.app.screens.save_form_in_background import save_if_confirmed, save_in_background
from tui.render.day_words import moment
from tui.render.event_words import Subjects
from tui.render.undo_words import what_was_done

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen
    from textual.widget import Widget

    from store.model.record_types import Event
    from store.rules.what_undo_may_take_back import History
    from store.transaction import Transaction
    from tui.app.app import FollowUp


def undo(app: FollowUp) -> None:
    """Undo my last change; one made before the app was opened only once confirmed."""
    if app.has_saved_since(app.snapshot.revision):
        _take_back(app, None)
        return
    try:
        _take_back(app, _last_change(app, app.snapshot))
    except NotAtHand:
        app.say(tr("looking for your last change ..."))
        app.run_worker(_find_last_change(app, app.screen, app.focused), exit_on_error=True)


async def _find_last_change(app: FollowUp, screen: Screen[Any], focused: Widget | None) -> None:
    """Fetch my last change and ask about it, unless the person went elsewhere: what is typed there would answer the
    question.
    """
    try:
        events = await asyncio.to_thread(_last_change, app, app.snapshot.fetched_history())
    except FollowUpError as error:
        app.refuse(error)
        return
    if app.is_leaving:
        return
    if app.screen is not screen or app.focused not in (None, focused):
        app.say(tr("nothing was taken back: u looks for your last change again"))
        return
    app.say("")
    _take_back(app, events)


def _take_back(app: FollowUp, events: list[Event] | None) -> None:
    """Undo my last change, whose events these are (None: whatever it is); an old one once confirmed."""
    if events is None or events[0]["change"] > app.opened_at:
        save_in_background(app, _undo(None))
        return
    snapshot = app.snapshot
    subjects = Subjects(snapshot.visits.values(), snapshot.parties.all())
    what = what_was_done(events, subjects, snapshot.commitments.get, snapshot.today)
    when = moment(events[0]["at"], snapshot.today, snapshot.settings.get("timezone"))
    age = distance(events[0]["day"], snapshot.today)
    question = tr("Take back {what} ({when}, {age})?  y take it back  n no", what=what, when=when, age=age)
    save_if_confirmed(app, question, _undo(events[0]["change"]), otherwise=tr("nothing was taken back"))


def _undo(change: int | None) -> Plan:
    return _plan(lambda tx: operations.undo(tx, change), phrase("taken back: {what}"))


def _plan(turn: Callable[[Transaction], list[Event]], done: str) -> Plan:
    return Plan(lambda tx: _summary(turn(tx), tx), lambda summary: tr(done, what=summary), takes_back=True)


def _last_change(app: FollowUp, history: History) -> list[Event] | None:
    """My last change that can be undone. Raises: NotAtHand."""
    return next(undoable_changes(history, app.session.database.names_of_actor(app.snapshot.meta)), None)


def redo(app: FollowUp) -> None:
    """Redo the change that I undid last."""
    save_in_background(app, _plan(operations.redo, phrase("brought back: {what}")))


def _summary(events: list[Event], tx: Transaction) -> str:
    """`#5 Cooperate on TIP cases, and the new party that came with it (27 Nov, 06:24)`."""
    subjects = Subjects(tx.visits().values(), tx.parties.all())
    when = moment(events[0]["at"], tx.today, tx.settings.get("timezone"))
    what = what_was_done(events, subjects, lambda number: tx.record("commitments", number), tx.today)
    return f"{what} ({when})"
