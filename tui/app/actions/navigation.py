"""Going from one screen to another, and out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from tui.app.app import FollowUp


@runtime_checkable
class _HasCursor(Protocol):
    """A widget with a cursor, or a page that scrolls."""

    def move_lines(self, lines: int, /) -> None:
        """So many lines, or entries, down."""

    def move_half_pages(self, halves: int, /) -> None:
        """So many half pages down."""

    def move_to_end(self, is_last: bool, /) -> None:
        """To the first or the last."""


def move_lines(app: FollowUp, lines: int) -> None:
    """Move the cursor of what has the focus so many lines down."""
    if isinstance(app.focused, _HasCursor):
        app.focused.move_lines(lines)


def move_half_pages(app: FollowUp, halves: int) -> None:
    """Move the cursor of what has the focus so many half pages down."""
    if isinstance(app.focused, _HasCursor):
        app.focused.move_half_pages(halves)


def move_to_end(app: FollowUp, is_last: bool) -> None:
    """Move the cursor of what has the focus to the first line or the last."""
    if isinstance(app.focused, _HasCursor):
        app.focused.move_to_end(is_last)


def move_aside(app: FollowUp, steps: int) -> None:
    """On the timeline, move so many commitments to the right on the same line."""
    from tui.app.widgets.timeline_widget import TimelineStrip

    if isinstance(app.focused, TimelineStrip):
        app.focused.move_aside(steps)


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
    from tui.app.key_table import BY_ID
    from tui.app.screens.palette_screen import Palette

    def do(name: str | None) -> None:
        if name is not None:
            app.do(BY_ID[name])

    app.push_screen(Palette(app.place.KIND), do)


def quit_(app: FollowUp) -> None:
    """On the list leave; elsewhere go back."""
    if len(app.screen_stack) > 1:
        app.pop_screen()
    else:
        app.is_leaving = True  # At once: what is typed after q does nothing.
        app.run_worker(app.leave())
