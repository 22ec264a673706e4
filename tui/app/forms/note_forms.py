"""The short forms: chased, a note, why it was missed, the seats, who I am."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from store import operations
from store.rules.silence import default_chase_day
from store.text import clean_line, visible, visible_lines
from tui.app.forms import name_fields
from tui.app.forms.date_fields import count_in, day_in, day_told, live_day
from tui.app.forms.form import TEXT, Answers, Candidate, Form, FormContext, Plan, Question, Subject
from tui.render.labels import day

if TYPE_CHECKING:
    from store.transaction import Transaction
    from tui.app.app import FollowUp


def _title(context: FormContext, subject: Subject, wording: str) -> str:
    title = wording.format(subject.words())
    if len(subject.numbers) == 1:
        title += f" - {visible(context.snapshot.row(subject.number).commitment['title'])}"
    return title


def chase(context: FormContext, subject: Subject) -> Form:
    """Somebody was chased: what was said, when to look again."""
    today = context.snapshot.today
    usual = default_chase_day(today)
    questions = (
        Question("note", "note", kind=TEXT),
        Question("again", "look again on", empty=f"if empty: {day_told(usual, today)}", live=live_day(today)),
    )

    def plan(answers: Answers) -> Plan:
        again = day_in(answers, "again", today) or usual

        def apply(tx: Transaction) -> None:
            for number in subject.numbers:
                operations.chase(tx, number, again=again, note=answers.given("note"))

        return Plan(apply, lambda _: f"{subject.name()} chased, look again on {day(again)}")

    return Form("chase", subject, _title(context, subject, "Chased: {}"), questions, plan)


def note(context: FormContext, subject: Subject) -> Form:
    """What was said."""
    questions = (Question("text", "note", kind=TEXT),)

    def plan(answers: Answers) -> Plan:
        def apply(tx: Transaction) -> None:
            for number in subject.numbers:
                operations.note(tx, number, answers.text("text"))

        return Plan(apply, lambda _: f"{subject.name()} noted")

    return Form("note", subject, _title(context, subject, "Note on {}"), questions, plan)


def why(context: FormContext, subject: Subject) -> Form:
    """Why a promise was missed."""
    number = subject.number
    now = "\n".join(visible_lines(context.snapshot.row(number).commitment.get("miss_reason", "")))
    questions = (Question("text", "reason", now, kind=TEXT),)

    def plan(answers: Answers) -> Plan:
        def apply(tx: Transaction) -> bool:
            if now and not answers.changed:
                return False  # It may have been made visible only; an empty one is refused.
            return operations.set_miss_reason(tx, number, answers.text("text"))

        return Plan(
            apply,
            lambda changed: f"#{number} {'reason kept' if changed else 'has that reason already'}",
            subject.looked_at,
        )

    return Form("why", subject, _title(context, subject, "Why was {} missed?"), questions, plan)


def seats(context: FormContext, subject: Subject) -> Form:
    """The seats of a nomination."""
    number, today = subject.number, context.snapshot.today
    now = context.snapshot.row(number).commitment.get("seats", {})
    questions = (
        Question("wanted", "wanted", str(now.get("wanted", "")), empty="not known", is_default=True),
        Question("nominated", "nominated", str(now.get("nominated", "")), empty="0", is_default=True),
        Question("acknowledged", "acknowledged", str(now.get("acknowledged", "")), empty="0", is_default=True),
        Question("letter", "letter", visible(now.get("letter", ""))),
        Question("endorsed", "endorsed on", now.get("endorsed", ""), live=live_day(today)),
    )

    def plan(answers: Answers) -> Plan:
        changed = answers.changed

        def counted(name: str) -> int | None:
            return (count_in(answers, name) or 0) if name in changed else None

        wanted = count_in(answers, "wanted") if "wanted" in changed else None
        nominated, acknowledged = counted("nominated"), counted("acknowledged")
        endorsed = (day_in(answers, "endorsed", today) or "") if "endorsed" in changed else None

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

        return Plan(apply, lambda counts: seats_told(number, counts), subject.looked_at)

    return Form("seats", subject, _title(context, subject, "Seats of {}"), questions, plan)


def seats_told(number: int, counts: Mapping[str, object]) -> str:
    """`#2 seats: wanted 3, nominated 2, acknowledged 1`."""
    wanted, nominated = counts.get("wanted", "not known"), counts.get("nominated", 0)
    return f"#{number} seats: wanted {wanted}, nominated {nominated}, acknowledged {counts.get('acknowledged', 0)}"


def one_seat(number: int, step: int) -> Plan:
    """One nominated more or fewer, counted from what is in the store then."""

    def apply(tx: Transaction) -> Mapping[str, object]:
        now = tx.commitment(number).get("seats", {}).get("nominated", 0)
        operations.set_seats(tx, number, nominated=now + step)
        return tx.commitment(number).get("seats", {})

    return Plan(apply, lambda counts: seats_told(number, counts))


def identity(context: FormContext, environment: Mapping[str, str]) -> Form:
    """Who I am: the names, parties or owners, that are mine."""
    snapshot = context.snapshot

    def candidates() -> list[Candidate]:
        return [*name_fields.parties(snapshot)(), *name_fields.owners(snapshot, context.actor)()]

    questions = (
        Question("me", "my names", visible(context.actor), is_list=True, candidates=candidates, is_default=True),
    )

    def plan(answers: Answers) -> Plan:
        from store import config
        from store.errors import UsageError

        mine = [clean_line(name) for name in name_fields.split(answers.text("me"), snapshot.parties)]
        if not mine:
            raise UsageError("say one name at least", field="me")
        return Plan(None, lambda _: f"mine is what concerns {name_fields.joined(mine)}", then=_show_mine,
                    act=lambda: config.save(environment, "me", mine))  # fmt: skip

    return Form("", Subject(), "Who are you? Names of parties or owners that are yours", questions, plan)


def _show_mine(app: FollowUp, _: object) -> None:
    from store.query.views import MINE

    app.session.forget()
    app.home().change_list_state(me=tuple(app.session.me), view=MINE, lens=None, visit=None)
