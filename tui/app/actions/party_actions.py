"""Actions on parties: the screen of all of them, their names, merging two of them, removing one that nothing names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store import operations
from store.rules.party_renaming import places_of_party
from store.sanitise_text import visible
from store.translation import tr
from tui.app.actions.open_form import open_form, show
from tui.app.forms.form import Plan, Subject
from tui.app.forms.party_form import merge_party, party_with_id
from tui.app.screens.parties_screen import PartiesScreen
from tui.app.screens.save_form_in_background import save_if_confirmed, save_in_background

if TYPE_CHECKING:
    from tui.app.app import FollowUp


def parties(app: FollowUp) -> None:
    """Show the parties."""
    app.show_screen(PartiesScreen)


def edit(app: FollowUp) -> None:
    """Open the form of the names of the party under the cursor."""
    open_form(app, "edit-party", Subject(seen_revisions={_party_id(app): 0}))


def merge(app: FollowUp) -> None:
    """Ask which other party to merge the one under the cursor into, then for confirmation."""

    def ask(app: FollowUp, sentence: str, plan: Plan) -> None:
        save_if_confirmed(
            app, tr("{sentence}  y merge  n no", sentence=sentence), plan, otherwise=tr("nothing was merged")
        )

    show(app, merge_party(app.snapshot, _party_id(app), ask))


def remove(app: FollowUp) -> None:
    """Remove the party under the cursor, if nothing names it, once confirmed."""
    snapshot = app.snapshot
    party = party_with_id(snapshot, _party_id(app))
    name = party["name"]
    plan = Plan(
        lambda tx: operations.remove_party(tx, name),
        lambda _: tr("{name} removed", name=visible(name)),
        then=lambda app, _: app.base_screen.let_go(),
    )
    if any(places_of_party(name, snapshot.commitments.values(), snapshot.visits.values())):
        save_in_background(app, plan)  # It is refused, in the words of the rule.
        return
    save_if_confirmed(app, tr("Remove {name}, which nothing names?  y remove  n no", name=visible(name)), plan)


def _party_id(app: FollowUp) -> int:
    """The party under the cursor. Raises: NotAllowed when there is none."""
    screen = app.base_screen
    assert isinstance(screen, PartiesScreen), "these keys are those of the parties"
    return screen.number
