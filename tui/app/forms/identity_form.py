"""The form that asks for the user's names, of parties or owners ("me", "mine")."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from store.sanitise_text import clean_line, visible
from store.translation import tr, tr_in
from tui.app.forms import name_fields
from tui.app.forms.form import NAME_WIDTH, Answers, Candidate, Form, FormContext, Plan, Question, Subject

if TYPE_CHECKING:
    from tui.app.app import FollowUp


def identity(context: FormContext, environment: Mapping[str, str]) -> Form:
    """The form that sets `me`: the names of parties or owners that are mine."""
    snapshot = context.snapshot

    def candidates() -> list[Candidate]:
        return [*name_fields.parties(snapshot)(), *name_fields.owners(snapshot, context.actor)()]

    questions = (
        Question(
            "me",
            tr_in("label", "my names"),
            visible(context.actor),
            is_list=True,
            candidates=candidates,
            width=NAME_WIDTH,
            help=tr("the parties or owners that you are, as: MIA; UNODC"),
        ),
    )

    def plan(answers: Answers) -> Plan:
        from store import config
        from store.errors import UsageError

        mine = [clean_line(name) for name in name_fields.split(answers.text("me"), snapshot.parties)]
        if not mine:
            raise UsageError(tr("say one name at least"), field="me")
        return Plan(
            None,
            lambda _: tr("mine is what concerns {names}", names=name_fields.joined(mine)),
            then=_show_mine,
            act=lambda: config.save(environment, "me", mine),
        )

    return Form(
        "", Subject(), tr("Who are you? Names of parties or owners that are yours"), questions, plan, is_small=True
    )


def _show_mine(app: FollowUp, _: object) -> None:
    from store.query.views import MINE

    app.session.forget()
    app.show_list().change_list_state(me=tuple(app.session.me), view=MINE, lens=None, visit=None)
