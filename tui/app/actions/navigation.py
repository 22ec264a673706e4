"""Navigation: moving the cursor, opening screens, help, palette, quit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from tui.app.app import FollowUp


@runtime_checkable
class _HasCursor(Protocol):
    """A widget with a cursor, or a page that scrolls."""

    def move_lines(self, lines: int, /) -> None:
        """Move so many lines, or entries, down."""

    def move_half_pages(self, halves: int, /) -> None:
        """Move so many half pages down."""

    def move_to_end(self, is_last: bool, /) -> None:
        """Move to the first line or the last."""


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


def move_sideways(app: FollowUp, steps: int) -> None:
    """On the timeline, move so many commitments to the right on the same line."""
    from tui.app.widgets.timeline_widget import TimelineStrip

    if isinstance(app.focused, TimelineStrip):
        app.focused.move_sideways(steps)


def open_(app: FollowUp) -> None:
    """Open what the cursor is on."""
    app.base_screen.open()


def visits(app: FollowUp) -> None:
    """Show the visits."""
    from tui.app.screens.visits_screen import VisitsScreen

    app.show_screen(VisitsScreen)


def timeline(app: FollowUp) -> None:
    """Show the deadlines on a calendar."""
    from tui.app.screens.timeline_screen import TimelineScreen

    app.show_screen(TimelineScreen)


def scale(app: FollowUp) -> None:
    """Show the timeline by weeks, months or quarters."""
    from tui.app.screens.timeline_screen import TimelineScreen

    if isinstance(app.base_screen, TimelineScreen):
        app.base_screen.change_scale()


def progress(app: FollowUp) -> None:
    """Show the progress screen: opened and finished, on time or late."""
    from tui.app.screens.progress_screen import ProgressScreen

    app.show_screen(ProgressScreen)


def help_(app: FollowUp) -> None:
    """Show the help over the current screen."""
    from tui.app.screens.help_screen import HelpScreen

    app.push_screen(HelpScreen(app.base_screen.KIND))


def find_key(app: FollowUp) -> None:
    """Leave the help for the palette of the screen below it, which finds a command by its words."""
    app.pop_screen()
    palette(app)


def palette(app: FollowUp) -> None:
    """Open the command palette."""
    from tui.app.key_table import BY_ID
    from tui.app.screens.palette_screen import Chosen, PaletteScreen

    def do(chosen: Chosen | None) -> None:
        if chosen is not None and chosen.id:
            app.do(BY_ID[chosen.id])
        elif chosen is not None:
            app.say(chosen.advice)

    app.push_screen(PaletteScreen(app.base_screen.KIND), do)


def quit_(app: FollowUp) -> None:
    """Leave a place for the one it was entered from; quit on the list."""
    if app.base_screen.leave():
        return
    if len(app.screen_stack) > 1:
        app.pop_screen()
    else:
        app.is_leaving = True  # Set at once: keys typed after q do nothing.
        app.run_worker(app.leave())
