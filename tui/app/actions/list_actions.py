"""Choosing what the list shows, and which of it is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.errors import NotAllowed
from store.query.views import VIEWS
from tui.app.list_state import GROUPINGS
from tui.app.screens.menu_screen import Choice, Menu

if TYPE_CHECKING:
    from tui.app.app import FollowUp


def select(app: FollowUp) -> None:
    """Select the one under the cursor, or no longer; the cursor goes on to the next."""
    place = app.home()
    place.select(place.selected ^ {place.current()})
    place.rows.move_lines(1)


def select_all(app: FollowUp) -> None:
    """Select all that are shown, or none when they are selected already."""
    place = app.home()
    shown = place.shown()
    place.select(place.selected - shown if shown <= place.selected else place.selected | shown)


def filter_(app: FollowUp) -> None:
    """Open the filter bar."""
    app.home().open_filter()


def view(app: FollowUp, digit: str) -> None:
    """Show the view of this digit."""
    chosen = VIEWS[int(digit) - 1]
    if chosen.query == "mine" and not app.session.config.me:
        from tui.app.actions.identity import ask_who_i_am

        ask_who_i_am(app)
        return
    app.home().change_list_state(view=chosen, lens=None, visit=None)


def group(app: FollowUp) -> None:
    """Ask what the rows are grouped by."""
    place = app.home()
    choices = [Choice(letter, name, name == place.list_state.grouping) for name, (letter, _) in GROUPINGS.items()]

    def chosen(letter: str | None) -> None:
        name = next((name for name, (known, _) in GROUPINGS.items() if known == letter), None)
        if name is not None:
            place.change_list_state(grouping=name, lens=None)

    app.ask(Menu("Group by", choices), chosen)


def lens(app: FollowUp) -> None:
    """Show all that the one who promised this owes and is owed; once more: no longer."""
    number = app.place.numbers()[0]
    place = app.home()
    if place.list_state.lens is not None:
        place.change_list_state(lens=None)
    else:
        place.change_list_state(lens=app.snapshot.row(number).commitment["by"][0], lens_of=number)


def next_party(app: FollowUp) -> None:
    """In the lens, look at the next party of the commitment that it was opened from."""
    place = app.home()
    list_state = place.list_state
    if list_state.lens is None:
        raise NotAllowed("Tab goes to the next party in the party lens: p opens it")
    number = list_state.lens_of if list_state.lens_of in app.snapshot.commitments else place.current()
    assert number is not None
    commitment = app.snapshot.row(number).commitment
    support = commitment.get("support", [])
    via = [commitment["via"]] if "via" in commitment else []
    parties = list(dict.fromkeys([*commitment["by"], *commitment["to"], *via, *support]))
    here = parties.index(list_state.lens) if list_state.lens in parties else -1
    place.change_list_state(lens=parties[(here + 1) % len(parties)], lens_of=number)
    place.rows.point_at(number)
