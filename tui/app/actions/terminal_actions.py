"""Taking changes back, and what concerns the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store import operations
from store.text import visible
from tui.app.forms.form import Plan
from tui.app.screens.save_plan import save_at_once
from tui.app.terminal.driver import Driver
from tui.render.event_words import Subjects, headline

if TYPE_CHECKING:
    from store.model.record_types import Event
    from store.transaction import Transaction
    from tui.app.app import FollowUp

_MOST_EVENTS = 3


def undo(app: FollowUp) -> None:
    """Take back my last change."""
    save_at_once(app, Plan(lambda tx: _told(operations.undo(tx), tx), lambda told: f"taken back: {told}"))


def redo(app: FollowUp) -> None:
    """Bring back what I took back last."""
    save_at_once(app, Plan(lambda tx: _told(operations.redo(tx), tx), lambda told: f"brought back: {told}"))


def _told(events: list[Event], tx: Transaction) -> str:
    subjects = Subjects(tx.visits().values(), tx.parties.all())
    parts = [f"{subjects.subject(event)} {headline(event)}" for event in events[:_MOST_EVENTS]]
    more = len(events) - _MOST_EVENTS
    return "; ".join(parts) + (f"; and {more} more" if more > 0 else "")


def copy(app: FollowUp) -> None:
    """Send the commitment's line to the terminal's clipboard; whether it takes it nobody can know."""
    numbers, lines = app.place.numbers(), []
    for number in numbers:
        commitment = app.snapshot.row(number).commitment
        lines.append(f"#{number} {visible(commitment['title'])} (due {commitment.get('due', 'no date')})")
    app.copy_to_clipboard("; ".join(lines))
    told = f"the line of #{numbers[0]}" if len(numbers) == 1 else f"the lines of {len(numbers)} commitments"
    app.say(f"sent to the terminal's clipboard: {told}")


def redraw(app: FollowUp) -> None:
    """Draw the whole screen anew, for one that somebody else wrote on."""
    if isinstance(app._driver, Driver):
        app._driver.repaint()


def suspend(app: FollowUp) -> None:
    """Back to the shell until `fg`."""
    app.action_suspend_process()


def how_to_quit(app: FollowUp) -> None:
    """Say how to leave."""
    app.say("q quits, on another screen it goes back first; Esc closes a form or a menu")
