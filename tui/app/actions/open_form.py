"""Opening a form by its name: from a key, from a menu, or from a draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from store.model.vocabulary_and_signs import CLOSING_REASONS, STEPS
from store.rules.visit_slugs import is_slug
from store.sanitise_text import clean_line, visible
from tui.app.forms import commitment_form, due_form, note_forms, party_form, seats_form, state_form, visit_form
from tui.app.forms.form import Answers, Form, FormContext, NextForm, Subject
from tui.app.screens.form_screen import FormScreen

if TYPE_CHECKING:
    from tui.app.app import FollowUp
    from tui.app.sync.drafts import Draft

FORMS: dict[str, Callable[[FormContext, Subject], Form]] = {
    "due": due_form.due,
    "chase": note_forms.chase,
    "note": note_forms.note,
    "why": note_forms.why,
    "remove": note_forms.remove,
    "seats": seats_form.seats,
    "add": commitment_form.add,
    "edit": commitment_form.edit,
    "add-visit": visit_form.add_visit,
    "edit-visit": visit_form.edit_visit,
    "visit-aside": visit_form.set_aside,
    "edit-party": party_form.edit_party,
    **{step.word: state_form.form_of(step) for step in STEPS.values() if step.draft},
    **{reason.word: state_form.closing_form_of(reason) for reason in CLOSING_REASONS.values()},
}
"""Name of a form, as drafts keep it -> what makes it."""


def open_form(app: FollowUp, form: str, subject: Subject, draft: Draft | None = None) -> None:
    """Open the form of this name, filled from a draft if one is given. Raises: NotFound for a removed record."""
    show(app, FORMS[form](FormContext(app.snapshot, app.session.actor), subject), draft)


def open_next(app: FollowUp, next_form: NextForm, answers: Answers) -> None:
    """Open the form that follows one that was saved, with the message on that one. Raises: NotFound."""
    open_form(app, *next_form(answers))
    app.call_after_refresh(app.say, *app.message)


def new_visit(app: FollowUp, typed: str, made: Callable[[Any], None]) -> None:
    """Open the form of a new visit; `typed` is its title or its short name, `made` gets the slug."""
    name = clean_line(typed)
    first = {"slug" if is_slug(name) and "-" in name else "title": visible(name)} if name else {}
    form = visit_form.add_visit(FormContext(app.snapshot, app.session.actor), Subject(), first)
    app.push_screen(FormScreen(form, saved=made))


def show(app: FollowUp, form: Form, draft: Draft | None = None) -> None:
    """Show a form."""
    app.push_screen(FormScreen(form, draft))
