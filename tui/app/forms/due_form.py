"""The form of the due date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store import operations
from store.errors import UsageError
from store.rules.due_dates import DueDate, is_agreed_date
from store.snapshot import Snapshot
from store.text import visible
from tui.app.forms import name_fields
from tui.app.forms.form import CHOICE, Answers, Form, FormContext, Plan, Question, Subject
from tui.app.forms.value_fields import NOTHING, date_in, day_with_distance, due_date_hint
from tui.render.change_words import due_changed
from tui.render.labels import day

if TYPE_CHECKING:
    from store.model.record_types import Commitment
    from store.transaction import Transaction

NO_YES = ("no", "yes")


def due(context: FormContext, subject: Subject) -> Form:
    """The form that sets, changes or corrects the due date of a commitment."""
    snapshot, number = context.snapshot, subject.number
    commitment = snapshot.row(number).commitment

    def plan(answers: Answers) -> Plan:
        words = answers.given("words")
        date = date_in(answers, "date", snapshot.today, words)
        if date is None:
            if words is None:
                raise UsageError("say the date, or none for no date", field="date")
            date = DueDate(commitment.get("due"), commitment.get("due_precision"), words)

        def apply(tx: Transaction) -> str:
            before = tx.commitment(number).get("due")
            change = operations.set_due(
                tx,
                number,
                date,
                reason=answers.given("reason"),
                asked_by=answers.given("asked_by"),
                agreed_by=answers.given("agreed_by"),
                is_correction=answers.text("is_correction") == "yes",
            )
            return due_changed(f"#{number}", before, tx.commitment(number), change, day)

        return Plan(apply, str, subject.seen_revisions)

    title = f"Due date of #{number} {visible(commitment['title'])}"
    return Form("due", subject, title, _questions(snapshot, commitment), plan)


def _questions(snapshot: Snapshot, commitment: Commitment) -> tuple[Question, ...]:
    """The date and its words; once a date was agreed also who asked, who agreed, why, and if it was mistyped."""
    now = commitment.get("due")
    message = (
        f"now {day_with_distance(now, snapshot.today)}; none takes it out"
        if now
        else "no date yet: end of March, +2w, 31.3.2023"
    )
    questions = [
        Question("date", "due date", hint=due_date_hint(snapshot.today, message)),
        Question("words", "words as agreed", empty="as the date was typed, if they say more"),
    ]
    if is_agreed_date(commitment):
        candidates, near = name_fields.parties(snapshot), name_fields.asker_hint(snapshot)
        questions += [
            Question("reason", "reason"),
            Question("asked_by", "asked by", candidates=candidates, hint=near),
            Question("agreed_by", "agreed by", candidates=candidates, hint=near),
            Question("is_correction", "mistyped", "no", kind=CHOICE, options=NO_YES, hint=_correction_hint),
        ]

    return tuple(questions)


def _correction_hint(text: str) -> tuple[str, str]:
    return ("the old date was a slip: a correction is no extension", "dim") if text == "yes" else NOTHING
