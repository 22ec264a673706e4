"""Actions that concern the terminal: clipboard, redraw, suspend with ctrl+z, how to quit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.text import visible
from tui.app.terminal.driver import Driver

if TYPE_CHECKING:
    from tui.app.app import FollowUp


def copy(app: FollowUp) -> None:
    """Copy the commitments, a line each, to the terminal's clipboard; whether that takes it nobody can know."""
    numbers, lines = app.base_screen.numbers(), []
    for number in numbers:
        commitment = app.snapshot.row(number).commitment
        lines.append(f"#{number} {visible(commitment['title'])} (due {commitment.get('due', 'no date')})")
    app.copy_to_clipboard("; ".join(lines))
    what = f"the line of #{numbers[0]}" if len(numbers) == 1 else f"the lines of {len(numbers)} commitments"
    app.say(f"sent to the terminal's clipboard: {what}")


def redraw(app: FollowUp) -> None:
    """Redraw the whole screen, which another program may have written on."""
    if isinstance(app._driver, Driver):
        app._driver.repaint()


def suspend(app: FollowUp) -> None:
    """Suspend the app: back to the shell until `fg`."""
    app.action_suspend_process()


def how_to_quit(app: FollowUp) -> None:
    """Say which keys quit and close."""
    app.say("q quits, on another screen it goes back first; Esc closes a form or a menu")
