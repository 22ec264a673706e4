"""Esc: clears one choice made on the screen (selection, filter, lens, visit), or goes back to the screen before."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.app.app import FollowUp


def back(app: FollowUp) -> None:
    """Clear the selection, the filter or the lens, one a time; else go back to the screen before."""
    if app.base_screen.KIND == "list":
        _clear_in_list(app)
    elif app.base_screen.KIND == "timeline" and app.list_screen.list_state.filter_text:
        # The filter is that of the list, which the timeline is of as well.
        app.list_screen.change_list_state(filter_text="")
        app.say("")
        app.base_screen.show_snapshot(app.snapshot)
    elif len(app.screen_stack) > 1:
        app.pop_screen()


def _clear_in_list(app: FollowUp) -> None:
    """Clear the selection, then the filter, then the lens, then the visit."""
    screen = app.list_screen
    if screen.selected:
        screen.select(())
    elif screen.list_state.filter_text:
        screen.change_list_state(filter_text="")
        app.say("")  # The message describes the filter.
    elif screen.list_state.lens is not None and screen.list_state.visit is not None:
        screen.change_list_state(lens=None)
    else:
        screen.leave()
