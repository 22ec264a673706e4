"""Actions that concern the terminal: clipboard, redraw, suspend with ctrl+z, how to quit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.sanitise_text import visible
from store.translation import plural, tr
from tui.app.terminal.driver import Driver

if TYPE_CHECKING:
    from tui.app.app import FollowUp


def copy(app: FollowUp) -> None:
    """Send the commitments, one a line, to the terminal's clipboard, which may ignore them."""
    numbers, lines = app.base_screen.numbers(), []
    for number in numbers:
        commitment = app.snapshot.row(number).commitment
        title, due = visible(commitment["title"]), commitment.get("due") or tr("no date")
        lines.append(tr("#{n} {title} (due {day})", n=number, title=title, day=due))
    app.copy_to_clipboard("; ".join(lines))
    if len(numbers) == 1:
        app.say(tr("sent to the terminal's clipboard: the line of #{n}", n=numbers[0]))
    else:
        app.say(
            plural(
                "sent to the terminal's clipboard: the line of {n} commitment",
                "sent to the terminal's clipboard: the lines of {n} commitments",
                len(numbers),
            )
        )


def redraw(app: FollowUp) -> None:
    """Redraw the whole screen, which another program may have written on."""
    if isinstance(app._driver, Driver):
        app._driver.repaint()


def suspend(app: FollowUp) -> None:
    """Suspend the app: back to the shell until `fg`."""
    app.action_suspend_process()


def how_to_quit(app: FollowUp) -> None:
    """Say which keys quit and close."""
    app.say(tr("q quits, on another screen it goes back first; Esc closes a form or a menu"))
