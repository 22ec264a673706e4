"""The form of the due date."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from store import operations
from store.errors import UsageError
from store.rules.due_dates_and_extensions import DueDate, extension_count, is_agreed_date
from store.sanitise_text import visible
from store.snapshot import Snapshot
from store.translation import ENGLISH, language, tr, tr_in
from tui.app.forms import name_fields
from tui.app.forms.form import CHOICE, DAY_WIDTH, NAME_WIDTH, Answers, Form, FormContext, Plan, Question, Subject
from tui.app.forms.value_fields import date_in, due_date_hint, words_of_date
from tui.render.change_words import coming_due_change, due_changed
from tui.render.commitment_numbers import number_text
from tui.render.day_words import day, day_with_weekday
from tui.render.lateness_and_outcome_words import lateness, long_lateness

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
                raise UsageError(tr("say the date, or none for no date"), field="date")
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
            return due_changed(number_text(number), before, tx.commitment(number), change, day)

        return Plan(apply, str, subject.seen_revisions)

    reason = [""]

    def follow(changed: str, answers: Answers) -> Mapping[str, str]:
        """Update what the date requires once there is a reason."""
        reason[0] = answers.text("reason")
        return {"date": answers.values["date"]} if changed == "reason" else {}

    title = tr("Due date of #{n} {title}", n=number, title=visible(commitment["title"]))
    questions = _questions(snapshot, commitment, lambda: bool(reason[0]))
    is_small = not is_agreed_date(commitment)
    about = _now(snapshot, commitment)
    return Form("due", subject, title, questions, plan, follow=follow, about=about, is_small=is_small)


def _now(snapshot: Snapshot, commitment: Commitment) -> tuple[str, ...]:
    """`now Thu 26 Nov 2026, 1 d late`, `first agreed 7 Nov 2026`, `put off once`."""
    row, now = snapshot.row(commitment["id"]), commitment.get("due")
    if now is None:
        return (tr("no date yet") if not is_agreed_date(commitment) else tr("now no date"),)
    if language() == ENGLISH:
        parts = [tr("now {day}, {late}", day=day_with_weekday(now), late=long_lateness(row, snapshot.today))]
    else:
        parts = [tr("now {day}, {late}", day=day(now), late=lateness(row, snapshot.today))]
    first = commitment.get("original_due")
    if first and first != now:
        parts.append(tr("first agreed {day}", day=day(first)))
    if count := extension_count(commitment):
        once, often = tr_in("due form", "put off once"), tr_in("due form", "put off {n} times", n=count)
        parts.append(once if count == 1 else often)
    return tuple(parts)


def _questions(snapshot: Snapshot, commitment: Commitment, has_reason: Callable[[], bool]) -> tuple[Question, ...]:
    """The date and its words; where there is one already why it changes, and once it was agreed also who asked, who
    agreed, if it was mistyped.
    """
    is_changed_wish = "due" in commitment and not is_agreed_date(commitment)
    hint = due_date_hint(snapshot.today, lambda date: coming_due_change(commitment, date, has_reason=has_reason()))
    date = Question(
        "date",
        tr_in("label", "due date"),
        width=DAY_WIDTH,
        hint=hint,
        note_lines=3 if is_changed_wish or language() != ENGLISH else 2,
        help=tr("31.3., in 2 weeks, end of March; none takes it out"),
    )
    words = words_of_date(is_further=True)
    if is_changed_wish:
        return (
            date,
            Question(
                "reason",
                tr_in("label", "reason"),
                empty=tr("optional"),
                help=tr("why the date changes, if that is known; papers print it"),
            ),
            words,
        )
    if not is_agreed_date(commitment):
        return date, words
    candidates, near = name_fields.parties(snapshot), name_fields.asker_hint(snapshot)
    return (
        date,
        Question("reason", tr_in("label", "reason"), help=tr("why the date changes; papers print it")),
        Question(
            "asked_by",
            tr_in("label", "asked by"),
            width=NAME_WIDTH,
            candidates=candidates,
            hint=near,
            help=tr("who asked for another date"),
        ),
        Question(
            "agreed_by",
            tr_in("label", "agreed by"),
            width=NAME_WIDTH,
            candidates=candidates,
            hint=near,
            help=tr("who agreed to it"),
        ),
        words,
        Question(
            "is_correction",
            tr_in("label", "only mistyped?"),
            "no",
            kind=CHOICE,
            options=NO_YES,
            shown=(tr("no"), tr("yes")),
            is_further=True,
            help=tr("yes: the old date was a slip"),
        ),
    )
