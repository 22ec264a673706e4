"""The forms that add and edit a commitment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from store import operations
from store.model.record_fields import CLEARABLE
from store.model.vocabulary import FIRST_STATES, Kind
from store.rules.due_dates import DueDate
from store.text import visible, visible_lines
from tui.app.forms import name_fields
from tui.app.forms.form import CHOICE, TEXT, Answers, Form, FormContext, Plan, Question, Subject
from tui.app.forms.value_fields import commitment_hint, count_in, date_in, due_date_hint, number_in

if TYPE_CHECKING:
    from store.model.record_types import Commitment
    from store.transaction import Transaction
    from tui.app.app import FollowUp

_LISTS = ("by", "to", "support")
_RECORD_FIELD = {"words": "due_words"}
"""A field of the form -> that of the record, where they differ."""


def _common(context: FormContext, now: dict[str, str]) -> dict[str, Question]:
    """Name -> question, of those that both forms ask."""
    snapshot = context.snapshot
    parties, hint = name_fields.parties(snapshot), name_fields.party_hint(snapshot)
    live_one = name_fields.party_hint(snapshot, is_list=False)
    kinds = [*Kind.ALL, *sorted({commitment["kind"] for commitment in snapshot.commitments.values()} - set(Kind.ALL))]

    def several(name: str) -> Question:
        return Question(name, name, now.get(name, ""), is_list=True, candidates=parties, hint=hint)

    questions = (
        Question("title", "title", now.get("title", "")),
        several("by"),
        several("to"),
        Question("via", "via", now.get("via", ""), candidates=parties, hint=live_one),
        several("support"),
        Question("owner", "owner", now.get("owner", ""), candidates=name_fields.owners(snapshot, context.actor)),
        Question("kind", "kind", now.get("kind", ""), empty=Kind.OTHER, candidates=name_fields.words(kinds)),
        Question(
            "visit",
            "visit",
            now.get("visit", ""),
            candidates=name_fields.visits(snapshot),
            hint=name_fields.visit_hint(snapshot),
        ),
        Question("quote", "quote", now.get("quote", ""), kind=TEXT),
        Question("source", "source", now.get("source", "")),
        Question("after", "waits for #", now.get("after", ""), hint=commitment_hint(snapshot)),
        Question("words", "words of the date", now.get("words", "")),
    )
    return {question.name: question for question in questions}


def add(context: FormContext, subject: Subject) -> Form:
    """The form that adds a commitment; `subject.visit` is the default visit."""
    snapshot = context.snapshot
    asked = _common(context, {"visit": visible(subject.visit or ""), "owner": visible(context.actor)})
    asked |= {name: replace(asked[name], is_default=True) for name in ("visit", "owner")}
    order = ("title", "visit", "by", "to", "via", "support", "kind", "owner")
    questions = (
        *(asked[name] for name in order[:4]),
        Question("state", "state", FIRST_STATES[0], kind=CHOICE, options=FIRST_STATES),
        Question("date", "due date", hint=due_date_hint(snapshot.today)),
        *(asked[name] for name in order[4:]),
        Question("seats", "seats wanted"),
        *(asked[name] for name in ("quote", "source", "after")),
    )

    def plan(answers: Answers) -> Plan:
        date = date_in(answers, "date", snapshot.today, None)
        seats, after = count_in(answers, "seats"), number_in(answers, "after")

        def apply(tx: Transaction) -> int:
            by, to, support = (name_fields.split(answers.text(name), tx.parties) for name in _LISTS)
            return operations.add(
                tx,
                answers.text("title"),
                visit=name_fields.slug_of(snapshot, answers.text("visit")),
                by=by,
                to=to,
                support=support,
                via=answers.given("via"),
                kind=answers.given("kind"),
                state=answers.text("state"),
                date=date or DueDate(None),
                owner=answers.given("owner"),
                quote=answers.given("quote"),
                source=answers.given("source"),
                seats=seats,
                after=after,
            )

        return Plan(apply, lambda number: f"#{number} added", then=_point_at)

    return Form("add", subject, "A new commitment", questions, plan)


def _point_at(app: FollowUp, number: int) -> None:
    app.list_screen.rows.point_at(number)


def edit(context: FormContext, subject: Subject) -> Form:
    """The form that edits a commitment; only changed fields are saved."""
    number = subject.number
    commitment = context.snapshot.row(number).commitment
    questions = tuple(_common(context, _values(context, commitment)).values())

    def plan(answers: Answers) -> Plan:
        if not answers.changed:
            return Plan(lambda _: False, lambda _: f"#{number}: nothing was changed")
        after = number_in(answers, "after") if "after" in answers.changed else None
        given = {name: answers.text(name) for name in answers.changed}
        clear = [name for name, text in given.items() if not text and name in CLEARABLE]
        given = {name: text for name, text in given.items() if name not in clear and name != "after"}

        def apply(tx: Transaction) -> bool:
            texts = {name: text for name, text in given.items() if name not in _LISTS}
            if "visit" in texts:
                texts["visit"] = name_fields.slug_of(context.snapshot, texts["visit"])
            by, to, support = (name_fields.split(given[name], tx.parties) if name in given else None for name in _LISTS)
            return operations.edit(tx, number, by=by, to=to, support=support, after=after, clear=clear, **texts)

        def without(theirs: frozenset[str]) -> Plan | None:
            dropped = [name for name in answers.changed if _RECORD_FIELD.get(name, name) in theirs]
            left = answers.without(dropped)
            return plan(left) if left.changed else None

        changed_message = f"#{number} changed: {', '.join(answers.changed)}"
        return Plan(
            apply,
            lambda changed: changed_message if changed else f"#{number} was so already",
            subject.seen_revisions,
            without,
        )

    return Form("edit", subject, f"Edit #{number} {visible(commitment['title'])}", questions, plan)


def _values(context: FormContext, commitment: Commitment) -> dict[str, str]:
    """Field -> its first value, from the record."""
    named = {"by": commitment["by"], "to": commitment["to"], "support": commitment.get("support", [])}
    lists = {name: name_fields.shown(context.snapshot, parties) for name, parties in named.items()}
    texts = {name: visible(str(commitment.get(name, ""))) for name in ("title", "owner", "kind", "visit", "source")}
    return {
        **texts,
        **lists,
        "via": name_fields.shown(context.snapshot, [commitment["via"]] if "via" in commitment else []),
        "quote": "\n".join(visible_lines(commitment.get("quote", ""))),
        "words": visible(commitment.get("due_words", "")),
        "after": str(commitment.get("after", "")),
    }
