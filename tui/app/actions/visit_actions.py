"""Actions on the visit under the cursor of the visits screen: set it aside, bring it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.rules.set_aside import is_set_aside
from tui.app.actions.open_form import open_form
from tui.app.forms.form import Subject
from tui.app.forms.visit_form import bring_back
from tui.app.screens.save_plan import save_in_background
from tui.app.screens.visits_screen import VisitsScreen

if TYPE_CHECKING:
    from tui.app.app import FollowUp


def set_aside_or_bring_back(app: FollowUp) -> None:
    """Ask until when the visit is set aside; bring back one that is. Raises: NotAllowed without a visit."""
    screen = app.base_screen
    assert isinstance(screen, VisitsScreen)
    visit = app.snapshot.visit(screen.slug)
    if is_set_aside(visit, app.snapshot.today):
        save_in_background(app, bring_back(visit["slug"]))
    else:
        open_form(app, "visit-aside", Subject(visit=visit["slug"]))
