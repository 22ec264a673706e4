"""The forms of answers to the questions before an import: one in words, and the visit that the import makes."""

from __future__ import annotations

from collections.abc import Mapping

from store.errors import FollowUpError, UsageError
from store.imports.questions.question_choices import Choice, FreeAnswer
from store.imports.questions.questions_before_import import ImportQuestion
from store.imports.questions.visit_questions import FIRST_DAY, PLACE, TITLE, VISIT_QUESTIONS, day_of_visit
from store.rules.days import Direction
from store.snapshot import Snapshot
from store.translation import phrase, tr, tr_in
from tui.app.forms import name_fields
from tui.app.forms.form import DAY_WIDTH, NAME_WIDTH, Answers, Button, Form, Plan, Question, Subject
from tui.app.forms.value_fields import day_hint

_TAKE = Button(phrase("Take"), phrase("taken"))
_WORDS = "words"


def words_form(snapshot: Snapshot, question: ImportQuestion, free: FreeAnswer) -> Form:
    """The form of an answer in words to a question; its result is the choice that they make."""
    is_party = free.kind in ("value", "default") and question.field in ("by", "to", "support")
    candidates = name_fields.parties(snapshot) if is_party else None
    if question.field == "visit":
        candidates = name_fields.visits(snapshot)
    field = Question(
        _WORDS, tr_in("label", "answer"), candidates=candidates, help=free.label, is_choice=candidates is not None
    )

    def plan(answers: Answers) -> Plan:
        text = answers.text(_WORDS)
        if question.field == "visit" and text:
            text = name_fields.slug_of(snapshot, text)
        choice = free.choice(text)
        if choice is None:
            raise UsageError(free.why_not(text), field=_WORDS)
        return _of(choice)

    return Form("", Subject(), question.text, (field,), plan, _TAKE, is_small=True)


def visit_form(snapshot: Snapshot, known: Mapping[str, str]) -> Form:
    """The form of the visit that an import makes, filled with what is `known` of it; its result are the details."""
    labels = {TITLE: tr_in("label", "title"), PLACE: tr_in("label", "place"), FIRST_DAY: tr_in("label", "first day")}
    widths = {TITLE: 0, PLACE: NAME_WIDTH, FIRST_DAY: DAY_WIDTH}
    fields = tuple(
        Question(
            kind,
            labels[kind],
            known.get(kind, ""),
            width=widths[kind],
            hint=day_hint(snapshot.today, Direction.NEAREST) if kind == FIRST_DAY else None,
            help=tr(asked),
        )
        for kind, asked in VISIT_QUESTIONS.items()
    )

    def plan(answers: Answers) -> Plan:
        for kind, asked in VISIT_QUESTIONS.items():
            if not answers.text(kind):
                raise UsageError(tr(asked), field=kind)
        try:
            day_of_visit(answers.text(FIRST_DAY), snapshot.today)
        except FollowUpError as error:
            error.field = FIRST_DAY
            raise
        return _of({kind: answers.text(kind) for kind in VISIT_QUESTIONS})

    return Form("", Subject(), tr("A visit that is made with the list"), fields, plan, _TAKE)


def _of(answer: Choice | Mapping[str, str]) -> Plan:
    """The plan that changes nothing, and gives an answer."""
    return Plan(None, lambda _: "", act=lambda: answer)
