"""Actions on the visit under the cursor of the visits screen: set it aside, bring it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store import operations
from store.rules.set_aside import is_set_aside
from store.sanitise_text import visible
from store.translation import tr
from tui.app.actions.open_form import open_form
from tui.app.forms.form import Plan, Subject
from tui.app.forms.visit_form import bring_back
from tui.app.screens.save_form_in_background import save_if_confirmed, save_in_background
from tui.app.screens.visits_screen import VisitsScreen

if TYPE_CHECKING:
    from tui.app.app import FollowUp


def set_aside_or_bring_back(app: FollowUp) -> None:
    """Ask until when to set the visit aside; bring one back that is. Raises: NotAllowed without a visit."""
    screen = app.base_screen
    assert isinstance(screen, VisitsScreen)
    visit = app.snapshot.visit(screen.slug)
    if is_set_aside(visit, app.snapshot.today):
        save_in_background(app, bring_back(visit["slug"]))
    else:
        open_form(app, "visit-aside", Subject(visit=visit["slug"]))


def remove_visit(app: FollowUp, slug: str) -> None:
    """Ask whether to remove an empty visit, and do it."""
    plan = Plan(
        lambda tx: operations.remove_visit(tx, slug),
        lambda _: tr("visit {visit} removed", visit=visible(slug)),
        then=lambda app, _: app.base_screen.let_go(),
    )
    save_if_confirmed(app, tr("Remove the visit {visit}?  y remove  n keep it", visit=visible(slug)), plan)
