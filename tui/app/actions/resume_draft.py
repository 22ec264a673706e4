"""Unfinished forms of another time: taken up again, or forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.app.app import FollowUp
    from tui.app.sync.drafts import Draft


def offer(app: FollowUp) -> None:
    """Offer what was kept of unfinished forms of this store, if anything was."""
    drafts = app.drafts.all()
    if not drafts:
        return
    from tui.app.actions.open_form import FORMS
    from tui.app.screens.drafts_screen import DraftList

    known = [draft for draft in drafts if draft.form in FORMS]
    if known:
        app.ask(DraftList(known), lambda draft: take_up(app, draft))


def take_up(app: FollowUp, draft: Draft | None) -> None:
    """Open the form of a draft with what stood in it; saving it checks the revision that was seen then."""
    from tui.app.actions.open_form import open_form

    if draft is not None:
        open_form(app, draft.form, draft.subject, draft)
