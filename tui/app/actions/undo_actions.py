"""Undo and redo: the last change of mine, taken back or brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store import operations
from tui.app.forms.form import Plan
from tui.app.screens.save_plan import save_in_background
from tui.render.event_words import Subjects, headline

if TYPE_CHECKING:
    from store.model.record_types import Event
    from store.transaction import Transaction
    from tui.app.app import FollowUp

_MOST_EVENTS = 3
"""Events of a change that its message names."""


def undo(app: FollowUp) -> None:
    """Take back my last change."""
    plan = Plan(lambda tx: _summary(operations.undo(tx), tx), lambda summary: f"taken back: {summary}")
    save_in_background(app, plan)


def redo(app: FollowUp) -> None:
    """Bring back the change that I took back last."""
    plan = Plan(lambda tx: _summary(operations.redo(tx), tx), lambda summary: f"brought back: {summary}")
    save_in_background(app, plan)


def _summary(events: list[Event], tx: Transaction) -> str:
    """`#7 agreed -> reported done; #8 ...; and 2 more`."""
    subjects = Subjects(tx.visits().values(), tx.parties.all())
    parts = [f"{subjects.subject(event)} {headline(event)}" for event in events[:_MOST_EVENTS]]
    more = len(events) - _MOST_EVENTS
    return "; ".join(parts) + (f"; and {more} more" if more > 0 else "")
