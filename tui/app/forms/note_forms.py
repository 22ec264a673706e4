"""The forms that add a text: a chase, a note, the reason of a miss."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store import operations
from store.rules.days import Direction
from store.rules.silence import default_chase_day
from store.text import visible_lines
from tui.app.forms.form import TEXT, Answers, Form, FormContext, Plan, Question, Subject
from tui.app.forms.value_fields import day_hint, day_in, day_with_distance
from tui.render.change_words import chased, noted, reason_kept
from tui.render.labels import day

if TYPE_CHECKING:
    from store.transaction import Transaction


def chase(context: FormContext, subject: Subject) -> Form:
    """The form of a chase: a note, and the day to look at it again."""
    today = context.snapshot.today
    usual = default_chase_day(today)
    questions = (
        Question("note", "note", kind=TEXT),
        Question(
            "again",
            "look again on",
            empty=f"if empty: {day_with_distance(usual, today)}",
            hint=day_hint(today, Direction.FORWARD),
        ),
    )

    def plan(answers: Answers) -> Plan:
        again = day_in(answers, "again", today, Direction.FORWARD) or usual

        def apply(tx: Transaction) -> None:
            for number in subject.numbers:
                operations.chase(tx, number, again=again, note=answers.given("note"))

        return Plan(apply, lambda _: chased(subject.name(), day(again)))

    return Form("chase", subject, context.title("Chased: {}", subject), questions, plan)


def note(context: FormContext, subject: Subject) -> Form:
    """The form of a note."""
    questions = (Question("text", "note", kind=TEXT),)

    def plan(answers: Answers) -> Plan:
        def apply(tx: Transaction) -> None:
            for number in subject.numbers:
                operations.note(tx, number, answers.text("text"))

        return Plan(apply, lambda _: noted(subject.name()))

    return Form("note", subject, context.title("Note on {}", subject), questions, plan)


def why(context: FormContext, subject: Subject) -> Form:
    """The form of the reason why a commitment was missed."""
    number = subject.number
    now = "\n".join(visible_lines(context.snapshot.row(number).commitment.get("miss_reason", "")))
    questions = (Question("text", "reason", now, kind=TEXT),)

    def plan(answers: Answers) -> Plan:
        def apply(tx: Transaction) -> bool:
            if now and not answers.changed:
                return (
                    False  # `now` may differ from the stored text by escapes only; and saving an empty text is refused.
                )
            return operations.set_miss_reason(tx, number, answers.text("text"))

        return Plan(
            apply,
            lambda changed: reason_kept(f"#{number}", is_changed=changed),
            subject.seen_revisions,
        )

    return Form("why", subject, context.title("Why was {} missed?", subject), questions, plan)
