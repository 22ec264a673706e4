"""The forms that add a text: a chase, a note, the reason of a miss."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store import operations
from store.operations import refuse_if_agreed
from store.rules.days import Direction
from store.rules.party_renaming import unnamed_parties
from store.rules.silence_and_chasing import default_chase_day
from store.sanitise_text import visible, visible_lines
from store.translation import phrase, plural, tr, tr_in
from tui.app.forms.form import DAY_WIDTH, REMOVE, TEXT, Answers, Form, FormContext, Plan, Question, Subject
from tui.app.forms.value_fields import day_hint, day_in
from tui.render.change_words import chased, noted, reason_kept
from tui.render.commitment_numbers import number_text
from tui.render.day_words import day, day_without_year

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.transaction import Transaction


def chase(context: FormContext, subject: Subject) -> Form:
    """The form of a chase: a note, and the day to look at it again."""
    today = context.snapshot.today
    usual = default_chase_day(today)
    questions = (
        Question("note", tr_in("label", "note"), kind=TEXT, help=tr("whom you asked, and how; the due date stays")),
        Question(
            "again",
            tr_in("label", "look again on"),
            empty=tr("in two weeks"),
            hint=day_hint(today, Direction.FORWARD, usual=usual),
            width=DAY_WIDTH,
            help=tr("when to ask again: a day, or in 2 weeks"),
        ),
    )

    def plan(answers: Answers) -> Plan:
        again = day_in(answers, "again", today, Direction.FORWARD) or usual

        def apply(tx: Transaction) -> None:
            operations.chase_all(tx, subject.numbers, again=again, note=answers.given("note"))

        return Plan(apply, lambda _: chased(subject.name(), day(again)))

    title = context.title(phrase("Chased: {subject}"), subject)
    return Form("chase", subject, title, questions, plan, about=_chased_before(context, subject), is_small=True)


def _chased_before(context: FormContext, subject: Subject) -> tuple[str, ...]:
    """`chased twice, last on 2 Nov`, `look again 25 Nov`, of one commitment."""
    if len(subject.numbers) > 1:
        return ()
    commitment, today = context.snapshot.row(subject.number).commitment, context.snapshot.today
    count = commitment.get("chased", 0)
    if not count:
        return (tr("never chased"),)
    once = {1: tr("chased once"), 2: tr("chased twice")}.get(count)
    times = once or plural("chased {n} time", "chased {n} times", count)
    if "last_chased" in commitment:
        last = day_without_year(commitment["last_chased"], today)
        times = tr("{times}, last on {day}", times=times, day=last)
    if "chase_on" not in commitment:
        return (times,)
    return times, tr("look again {day}", day=day_without_year(commitment["chase_on"], today))


def note(context: FormContext, subject: Subject) -> Form:
    """The form of a note."""
    questions = (Question("text", tr_in("label", "note"), kind=TEXT, help=tr("what was said, and by whom")),)

    def plan(answers: Answers) -> Plan:
        def apply(tx: Transaction) -> None:
            for number in subject.numbers:
                operations.note(tx, number, answers.text("text"))

        return Plan(apply, lambda _: noted(subject.name()))

    return Form("note", subject, context.title(phrase("Note on {subject}"), subject), questions, plan, is_small=True)


def remove(context: FormContext, subject: Subject) -> Form:
    """The form that removes a mistaken entry, with its reason. Raises: NotAllowed for one that was agreed."""
    number = subject.number
    refuse_if_agreed(number, context.snapshot.row(number).commitment)
    questions = (
        Question("reason", tr_in("label", "reason"), help=tr("why it was a mistake: entered twice, another visit")),
    )

    def plan(answers: Answers) -> Plan:
        def apply(tx: Transaction) -> list[str]:
            removed = tx.commitment(number)
            operations.remove(tx, number, answers.text("reason"))
            return unnamed_parties(removed, tx.commitments().values(), tx.visits().values())

        return Plan(apply, lambda left: _removed(number, left), subject.seen_revisions)

    about = (tr("it leaves every list; its history and its number are kept"),)
    title = context.title(phrase("Remove {subject}"), subject)
    return Form("remove", subject, title, questions, plan, REMOVE, about=about, is_small=True)


def _removed(number: int, left: Sequence[str]) -> str:
    """`#7 removed; u brings it back`, with the unused parties and how to remove them too."""
    if not left:
        return tr("#{n} removed; u brings it back", n=number)
    return plural(
        "#{number} removed; u brings it back. Nothing names {names} any more: i, and X on it there, removes it too",
        "#{number} removed; u brings it back. Nothing names {names} any more: i, and X on each there, removes them too",
        len(left),
        number=number,
        names=tr(" and ").join(map(visible, left)),
    )


def why(context: FormContext, subject: Subject) -> Form:
    """The form of the reason why a commitment was missed."""
    number = subject.number
    now = "\n".join(visible_lines(context.snapshot.row(number).commitment.get("miss_reason", "")))
    questions = (
        Question("text", tr_in("label", "reason"), now, kind=TEXT, help=tr("why it was late; it stands in the papers")),
    )

    def plan(answers: Answers) -> Plan:
        def apply(tx: Transaction) -> bool:
            if now and not answers.changed:
                return (
                    False  # `now` may differ from the stored text by escapes only; and saving an empty text is refused.
                )
            return operations.set_miss_reason(tx, number, answers.text("text"))

        return Plan(
            apply,
            lambda changed: reason_kept(number_text(number), is_changed=changed),
            subject.seen_revisions,
        )

    return Form(
        "why", subject, context.title(phrase("Why was {subject} missed?"), subject), questions, plan, is_small=True
    )
