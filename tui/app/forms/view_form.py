"""The form that saves the filter and order of the list as the user's own view, on a key from 7 to 9."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.query.words_as_fields import as_spoken
from store.sanitise_text import clean_line, visible
from store.translation import tr, tr_in
from tui.app.forms.form import CHOICE, NAME_WIDTH, Answers, Form, Plan, Question, Subject

if TYPE_CHECKING:
    from tui.app.app import FollowUp
    from tui.session import Session

_KEYS = ("7", "8", "9")


def keep_view(session: Session, query: str) -> Form:
    """The form that asks for the name and the key of a view with this query."""
    saved = session.config.saved_views
    free = next((key for key in _KEYS if key not in saved), _KEYS[0])
    taken = "; ".join(tr("{key} is {name}", key=key, name=visible(name)) for key, (name, _) in sorted(saved.items()))
    questions = (
        Question("name", tr_in("label", "name"), empty=tr("a word or two"), width=NAME_WIDTH,
                 help=tr("it stands beside the views in the line above the keys")),
        Question("key", tr_in("label", "key"), free, kind=CHOICE, options=_KEYS,
                 help=tr("the key that shows it; {others}", others=taken) if taken else tr("the key that shows it")),
    )  # fmt: skip

    def plan(answers: Answers) -> Plan:
        from store import config
        from store.errors import UsageError
        from store.query.views import refuse_name_of_another

        name, key = clean_line(answers.text("name")), answers.text("key")
        if not all(config.name_and_query(f"{name}: {query}")):
            raise UsageError(
                tr("a name has 1 to {most} letters, and no colon", most=config.LONGEST_VIEW_NAME), field="name"
            )
        refuse_name_of_another(name, key, session.views)
        return Plan(
            None,
            lambda _: tr("{key} shows {name}: {query}", key=key, name=visible(name), query=visible(as_spoken(query))),
            then=lambda app, _: _show(app, key),
            act=lambda: config.save(session.environment, f"view-{key}", f"{name}: {query}"),
        )

    return Form(
        "",
        Subject(),
        tr("Keep as a view"),
        questions,
        plan,
        about=(tr("what it shows: {query}", query=visible(as_spoken(query))),),
        is_small=True,
    )


def _show(app: FollowUp, key: str) -> None:
    from store.query.views import view_named

    app.session.forget()
    view = view_named(key, app.session.views)
    app.show_list().change_list_state(view=view, filter_text="", lens=None, visit=None)
