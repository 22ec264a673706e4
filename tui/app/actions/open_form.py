"""Opening a form by its name: from a key, from a menu, or from a draft."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from store.model.vocabulary import RETURNED, Because, State
from tui.app.screens.form import Form
from tui.app.sheets import commitments, due, marks, short, visits
from tui.app.sheets.sheet import Desk, Sheet, Subject

if TYPE_CHECKING:
    from tui.app.app import FollowUp
    from tui.app.drafts import Draft

FORMS: dict[str, Callable[[Desk, Subject], Sheet]] = {
    "due": due.due,
    "chase": short.chase,
    "note": short.note,
    "why": short.why,
    "seats": short.seats,
    "add": commitments.add,
    "edit": commitments.edit,
    "add-visit": visits.add_visit,
    "edit-visit": visits.edit_visit,
    State.REPORTED: marks.reported,
    State.CONFIRMED: marks.confirmed,
    RETURNED: marks.returned,
    **{because: marks.closed_as(because) for because in Because.ALL},
}
"""Name of a form, as drafts keep it -> what makes its sheet."""


def open_form(app: "FollowUp", form: str, subject: Subject, draft: "Draft | None" = None) -> None:
    """Open a form. Raises: NotFound when what it is about is not there any more."""
    show(app, FORMS[form](Desk(app.ledger, app.session.actor), subject), draft)


def show(app: "FollowUp", sheet: Sheet, draft: "Draft | None" = None) -> None:
    """Show a sheet to be filled in."""
    app.push_screen(Form(sheet, draft))
