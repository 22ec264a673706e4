"""Going from one screen to another, and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.app.app import FollowUp


def open_(app: FollowUp) -> None:
    """Open what the cursor is on."""
    app.place.open()


def back(app: FollowUp) -> None:
    """Undo one step of what was chosen, or go back to the screen before."""
    if not app.place.back() and len(app.screen_stack) > 1:
        app.pop_screen()


def visits(app: FollowUp) -> None:
    """Show the visits."""
    from tui.app.screens.visits_screen import Visits

    app.go(Visits)


def timeline(app: FollowUp) -> None:
    """Show the deadlines on a calendar."""
    from tui.app.screens.timeline_screen import DeadlineTimeline

    app.go(DeadlineTimeline)


def scale(app: FollowUp) -> None:
    """Show the timeline by weeks, months or quarters."""
    from tui.app.screens.timeline_screen import DeadlineTimeline

    if isinstance(app.place, DeadlineTimeline):
        app.place.change_scale()


def progress(app: FollowUp) -> None:
    """Show what was kept, and when."""
    from tui.app.screens.progress_screen import Progress

    app.go(Progress)


def help_(app: FollowUp) -> None:
    """Show every key and every sign, over where the person is: they come back to it."""
    from tui.app.screens.help_screen import Help

    app.push_screen(Help())


def palette(app: FollowUp) -> None:
    """Find a command by its words."""
    from tui.app.screens.palette_screen import Palette

    def do(name: str | None) -> None:
        if name is not None:
            app.action_command(name)

    app.push_screen(Palette(app.place.KIND), do)


def quit_(app: FollowUp) -> None:
    """On the list leave; elsewhere go back."""
    if len(app.screen_stack) > 1:
        app.pop_screen()
    else:
        app.is_leaving = True  # At once: what is typed after q does nothing.
        app.run_worker(app.leave())
