"""Who I am, asked when somebody wants to see what is theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.actions.open_form import show
from tui.app.forms.form import FormContext
from tui.app.forms.note_forms import identity

if TYPE_CHECKING:
    from tui.app.app import FollowUp


def ask_who_i_am(app: FollowUp) -> None:
    """Ask for my names and keep them in my settings; then the view of what is mine opens."""
    show(app, identity(FormContext(app.snapshot, app.session.actor), app.session.environment))
