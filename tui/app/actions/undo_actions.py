"""Undo and redo: the last change of mine, taken back or brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store import operations
from tui.app.forms.form import Plan
from tui.app.screens.save_plan import save_in_background
from tui.render.event_words import Subjects
from tui.render.labels import moment
from tui.render.undo_words import what_was_done

if TYPE_CHECKING:
    from store.model.record_types import Event
    from store.transaction import Transaction
    from tui.app.app import FollowUp


def undo(app: FollowUp) -> None:
    """Take back my last change."""
    plan = Plan(lambda tx: _summary(operations.undo(tx), tx), lambda summary: f"taken back: {summary}")
    save_in_background(app, plan)


def redo(app: FollowUp) -> None:
    """Bring back the change that I took back last."""
    plan = Plan(lambda tx: _summary(operations.redo(tx), tx), lambda summary: f"brought back: {summary}")
    save_in_background(app, plan)


def _summary(events: list[Event], tx: Transaction) -> str:
    """`#5 Cooperate on TIP cases, and the new party that came with it (27 Nov, 06:24)`."""
    subjects = Subjects(tx.visits().values(), tx.parties.all())
    when = moment(events[0]["at"], tx.today, tx.settings.get("timezone"))
    what = what_was_done(events, subjects, lambda number: tx.record("commitments", number), tx.today)
    return f"{what} ({when})"
