"""Actions on the list: selection, filter, view, grouping, party lens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.errors import NotAllowed
from store.translation import tr, tr_in
from tui.app.screens.menu_screen import MenuItem, MenuScreen
from tui.app.view_filter_and_groups import GROUPINGS, SORTINGS

if TYPE_CHECKING:
    from tui.app.app import FollowUp


def select(app: FollowUp) -> None:
    """Toggle the selection of the commitment under the cursor, and move to the next."""
    screen = app.show_list()
    screen.select(screen.selected ^ {screen.current()})
    screen.rows.move_lines(1)


def select_all(app: FollowUp) -> None:
    """Select all that are shown, or clear the selection when they all are."""
    screen = app.show_list()
    shown = screen.shown()
    screen.select(screen.selected - shown if shown <= screen.selected else screen.selected | shown)


def filter_(app: FollowUp) -> None:
    """Open the filter bar."""
    app.show_list().open_filter()


def view(app: FollowUp, digit: str) -> None:
    """Show the view of this digit; "mine" asks once who the user is."""
    chosen = next((view for view in app.session.views if view.key == digit), None)
    if chosen is None:
        raise NotAllowed(
            tr("no view is kept on {key}: / finds, and ctrl+s there keeps what is found on a key", key=digit)
        )
    if chosen.query == "mine" and not app.session.config.me:
        _ask_who_i_am(app)
        return
    screen = app.show_list()
    screen.change_list_state(view=chosen, lens=None, visit=None)
    if unknown := screen.list_state.unknown_names(app.snapshot):
        app.say(unknown)


def _ask_who_i_am(app: FollowUp) -> None:
    """Ask for my names and store them in my settings; then open the view "mine"."""
    from tui.app.actions.open_form import show
    from tui.app.forms.form import FormContext
    from tui.app.forms.identity_form import identity

    show(app, identity(FormContext(app.snapshot, app.session.actor), app.session.environment))


def group(app: FollowUp) -> None:
    """Open the menu of groupings."""
    screen = app.show_list()
    choices = [
        MenuItem(letter, tr_in("grouping", name), name == screen.list_state.grouping)
        for name, (letter, _) in GROUPINGS.items()
    ]

    def chosen(letter: str | None) -> None:
        name = next((name for name, (known, _) in GROUPINGS.items() if known == letter), None)
        if name is not None:
            screen.change_list_state(grouping=name, lens=None)

    app.ask(MenuScreen(tr("Group by"), choices), chosen)


def sort(app: FollowUp) -> None:
    """Open the menu of orders."""
    screen = app.show_list()
    now = screen.list_state.sorting
    choices = [MenuItem(letter, tr_in("order", text), name == now) for name, (letter, _, text) in SORTINGS.items()]

    def chosen(letter: str | None) -> None:
        name = next((name for name, (known, *_) in SORTINGS.items() if known == letter), None)
        if name is not None:
            screen.change_list_state(sorting=name)

    app.ask(MenuScreen(tr("Sort by"), choices), chosen)


def wrap(app: FollowUp) -> None:
    """Show titles whole, in as many lines as they need, or cut to one line again."""
    app.show_list().wrap_titles()


def lens(app: FollowUp) -> None:
    """Toggle the party lens: all that the first party who promised this owes and is owed."""
    number = app.base_screen.numbers()[0]
    screen = app.show_list()
    if screen.list_state.lens is not None:
        screen.change_list_state(lens=None)
    else:
        screen.change_list_state(lens=app.snapshot.row(number).commitment["by"][0], lens_of=number)


def next_party(app: FollowUp) -> None:
    """In the party lens, go to the next party of the commitment that it was opened from."""
    screen = app.show_list()
    list_state = screen.list_state
    if list_state.lens is None:
        raise NotAllowed(tr("Tab goes to the next party in the party lens: p opens it"))
    number = list_state.lens_of if list_state.lens_of in app.snapshot.commitments else screen.current()
    assert number is not None
    commitment = app.snapshot.row(number).commitment
    support = commitment.get("support", [])
    via = [commitment["via"]] if "via" in commitment else []
    parties = list(dict.fromkeys([*commitment["by"], *commitment["to"], *via, *support]))
    here = parties.index(list_state.lens) if list_state.lens in parties else -1
    screen.change_list_state(lens=parties[(here + 1) % len(parties)], lens_of=number)
    screen.rows.point_at(number)
