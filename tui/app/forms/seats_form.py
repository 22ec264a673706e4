"""The form of a nomination's seats: wanted, nominated, acknowledged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from store import operations
from store.rules.days import Direction
from store.sanitise_text import visible
from store.translation import phrase, tr, tr_in
from tui.app.forms.form import DAY_WIDTH, NUMBER_WIDTH, Answers, Form, FormContext, Plan, Question, Subject
from tui.app.forms.value_fields import count_in, day_hint, day_in
from tui.render.change_words import seats_counted
from tui.render.commitment_numbers import number_text

if TYPE_CHECKING:
    from store.transaction import Transaction


def seats(context: FormContext, subject: Subject) -> Form:
    """The form of the seats of a nomination."""
    number, today = subject.number, context.snapshot.today
    now = context.snapshot.row(number).commitment.get("seats", {})
    questions = seat_questions(now, today)

    def plan(answers: Answers) -> Plan:
        changed = answers.changed

        def counted(name: str) -> int | None:
            return (count_in(answers, name) or 0) if name in changed else None

        wanted = count_in(answers, "wanted") if "wanted" in changed else None
        nominated, acknowledged = counted("nominated"), counted("acknowledged")
        endorsed = (day_in(answers, "endorsed", today, Direction.BACK) or "") if "endorsed" in changed else None

        def apply(tx: Transaction) -> Mapping[str, object]:
            operations.set_seats(
                tx,
                number,
                wanted=wanted,
                is_wanted_unknown="wanted" in changed and wanted is None,
                nominated=nominated,
                acknowledged=acknowledged,
                letter=answers.text("letter") if "letter" in changed else None,
                endorsed=endorsed,
            )
            return tx.commitment(number).get("seats", {})

        return Plan(apply, lambda counts: _message(number, counts), subject.seen_revisions)

    return Form("seats", subject, context.title(phrase("Seats of {subject}"), subject), questions, plan, is_small=True)


def seat_questions(now: Mapping[str, object], today: str) -> tuple[Question, ...]:
    """The questions for seats; `now` are the present counts."""

    def counted(name: str, label: str, empty: str, help_: str) -> Question:
        wanted = now.get("wanted")
        note = tr("of {n} wanted", n=wanted) if wanted is not None and name != "wanted" else ""
        hint = (lambda _: (note, "plain")) if note else None
        return Question(name, label, str(now.get(name, "")), empty=empty, width=NUMBER_WIDTH, help=help_, hint=hint)

    return (
        counted("wanted", tr_in("label", "wanted"), "?", tr("how many officers are wanted; empty: not known")),
        counted("nominated", tr_in("label", "nominated"), "0", tr("how many officers are nominated by now")),
        counted("acknowledged", tr_in("label", "acknowledged"), "0", tr("how many of them the receiver took")),
        Question(
            "letter",
            tr_in("label", "letter"),
            visible(str(now.get("letter", ""))),
            help=tr("the letter that names them"),
        ),
        Question(
            "endorsed",
            tr_in("label", "endorsed on"),
            str(now.get("endorsed", "")),
            width=DAY_WIDTH,
            hint=day_hint(today, Direction.BACK),
            help=tr("the day of the endorsement"),
        ),
    )


def _message(number: int, counts: Mapping[str, object]) -> str:
    """`#2 seats: wanted 3, nominated 2, acknowledged 1`."""
    if_unknown = phrase("{name} seats: wanted not known, nominated {nominated}, acknowledged {acknowledged}")
    return seats_counted(number_text(number), counts, if_unknown=if_unknown)


def one_seat(number: int, step: int) -> Plan:
    """A plan that adds `step` to the nominated, counted from the store at the time of saving."""

    def apply(tx: Transaction) -> Mapping[str, object]:
        now = tx.commitment(number).get("seats", {}).get("nominated", 0)
        operations.set_seats(tx, number, nominated=now + step)
        return tx.commitment(number).get("seats", {})

    return Plan(apply, lambda counts: _message(number, counts))
