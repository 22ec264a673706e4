"""Drafts of unfinished forms: offered at the start, resumed in their form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.rules.retention import KEPT_DAYS, KEPT_FILES
from store.translation import plural

if TYPE_CHECKING:
    from tui.app.app import FollowUp
    from tui.app.sync.drafts import Draft


def offer_drafts(app: FollowUp) -> None:
    """Offer the drafts of this store, if there are any; remove expired ones, with a message."""
    if removed := app.drafts.clear_up():
        app.say(
            plural(
                "{n} old draft removed: the newest {most} are kept, for {days} days",
                "{n} old drafts removed: the newest {most} are kept, for {days} days",
                removed,
                most=KEPT_FILES,
                days=KEPT_DAYS,
            )
        )
    drafts = app.drafts.all()
    if not drafts:
        return
    from tui.app.actions.open_form import FORMS
    from tui.app.screens.drafts_screen import DraftsScreen

    known = [draft for draft in drafts if draft.form_name in FORMS]
    if known:
        app.ask(DraftsScreen(known), lambda draft: resume_draft(app, draft))


def resume_draft(app: FollowUp, draft: Draft | None) -> None:
    """Open the form of a draft with its values; saving checks the revisions seen then."""
    from tui.app.actions.open_form import open_form

    if draft is not None:
        open_form(app, draft.form_name, draft.subject, draft)
