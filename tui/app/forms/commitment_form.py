"""The forms that add and edit a commitment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from store import operations
from store.errors import NotAtHand
from store.model.required_fields import CLEARABLE
from store.model.vocabulary_and_signs import FIRST_STATES, STATES, Kind
from store.rules.due_dates_and_extensions import DueDate
from store.sanitise_text import visible, visible_lines
from store.translation import tr, tr_in
from tui.app.forms import name_fields
from tui.app.forms.form import (
    CHOICE,
    DAY_WIDTH,
    NAME_WIDTH,
    NUMBER_WIDTH,
    TEXT,
    Answers,
    Form,
    FormContext,
    Plan,
    Question,
    Subject,
)
from tui.app.forms.value_fields import commitment_hint, count_in, date_in, due_date_hint, number_in, words_of_date
from tui.render.day_words import day_with_weekday
from tui.render.event_words import field_label
from tui.render.lateness_and_outcome_words import kind_text, long_lateness

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.model.record_types import Commitment
    from store.snapshot import Row, Snapshot
    from store.transaction import Transaction
    from tui.app.app import FollowUp

_LISTS = ("by", "to", "support")
_RECORD_FIELD = {"words": "due_words"}
"""A field of the form -> that of the record, where they differ."""


def _common(context: FormContext, now: dict[str, str], further: frozenset[str]) -> dict[str, Question]:
    """Name -> question, of those that both forms ask; `further` are behind `more`."""
    questions = (*_of_promise(context.snapshot, now), *_of_parties(context, now))
    return {question.name: replace(question, is_further=question.name in further) for question in questions}


def _of_promise(snapshot: Snapshot, now: dict[str, str]) -> tuple[Question, ...]:
    """What was promised, of which kind, where, and in which words."""
    kinds = [*Kind.ALL, *sorted({commitment["kind"] for commitment in snapshot.commitments.values()} - set(Kind.ALL))]
    return (
        Question(
            "title",
            tr_in("label", "what"),
            now.get("title", ""),
            help=tr("what was promised, as it shall stand in the list"),
        ),
        Question(
            "kind",
            tr_in("label", "kind"),
            now.get("kind", ""),
            empty=kind_text(Kind.OTHER),
            candidates=name_fields.kinds(kinds),
            hint=name_fields.kind_hint(snapshot),
            width=NAME_WIDTH,
            is_choice=True,
            is_default=now.get("kind") == kind_text(Kind.OTHER),
            help=tr("what kind of promise it is: Down lists the kinds"),
        ),
        Question(
            "visit",
            tr_in("label", "visit"),
            now.get("visit", ""),
            candidates=name_fields.visits(snapshot),
            hint=name_fields.visit_hint(snapshot),
            width=NAME_WIDTH,
            is_choice=True,
            makes_visit=True,
            help=tr("where it was promised; Down lists visits, or a new one"),
        ),
        Question(
            "quote",
            tr_in("label", "words"),
            now.get("quote", ""),
            kind=TEXT,
            help=tr("the promise as it was said or written"),
        ),
        Question(
            "source", tr_in("label", "source"), now.get("source", ""), help=tr("where that stands: minutes, para 12")
        ),
        Question(
            "after",
            tr_in("label", "after"),
            now.get("after", ""),
            hint=commitment_hint(snapshot),
            width=NUMBER_WIDTH,
            help=tr("the number of the commitment that must be done first"),
        ),
        words_of_date(now.get("words", "")),
    )


def _of_parties(context: FormContext, now: dict[str, str]) -> tuple[Question, ...]:
    """Who promised it to whom, who helps, and who of us follows it up."""
    snapshot = context.snapshot
    parties, hint = name_fields.parties(snapshot), name_fields.party_hint(snapshot)

    def several(name: str, label: str, help_: str) -> Question:
        return Question(
            name, label, now.get(name, ""), is_list=True, candidates=parties, hint=hint, width=NAME_WIDTH, help=help_
        )

    return (
        several("by", tr_in("label", "promised by"), tr("who promised it; several as: MIA; UNODC")),
        several("to", tr_in("label", "to"), tr("to whom; several as: MIA; UNODC")),
        Question(
            "via",
            tr_in("label", "channel"),
            now.get("via", ""),
            candidates=parties,
            hint=name_fields.party_hint(snapshot, is_list=False),
            width=NAME_WIDTH,
            help=tr("through whom it goes, as an NCB"),
        ),
        several("support", tr_in("label", "support"), tr("who helps; several as: MIA; UNODC")),
        Question(
            "owner",
            tr_in("label", "owner"),
            now.get("owner", ""),
            candidates=name_fields.owners(snapshot, context.actor),
            width=NAME_WIDTH,
            is_choice=True,
            is_default=now.get("owner") == visible(context.actor),
            help=tr("who of us follows it up"),
        ),
    )


_FURTHER = ("via", "support", "kind", "owner", "seats", "quote", "source", "after")
"""The fields of a new commitment behind `more`, in order."""


def add(context: FormContext, subject: Subject) -> Form:
    """The form that adds a commitment, filled as the one entered before it; `subject.visit` is the default visit.

    With a number in the subject it is filled as that one, with its kind, support and seats too.
    """
    snapshot = context.snapshot
    is_like = bool(subject.numbers)
    previous = snapshot.row(subject.number).commitment if is_like else _previous(snapshot, subject.visit)
    now = {"visit": visible(subject.visit or ""), "owner": visible(context.actor)}
    about: tuple[str, ...] = ()
    if previous is not None:
        values = _values(context, previous)
        now |= {name: values[name] for name in ("visit", "by", "to", "via", *(("support", "kind") if is_like else ()))}
        about = (
            tr("the visit and the parties stand as in #{n}", n=previous["id"])
            if is_like
            else tr("the visit and the parties stand as in #{n}, entered before", n=previous["id"]),
        )
    elif subject.visit is None and (newest := _newest_visit(snapshot)):
        now["visit"] = visible(newest)
    questions = questions_of_new(context, now, _seats_like(previous) if is_like else "")

    def plan(answers: Answers) -> Plan:
        return Plan(
            entered(snapshot, answers, snapshot.today), lambda number: tr("#{n} added", n=number), then=_point_at
        )

    return Form(
        "add",
        subject,
        tr("A new commitment"),
        questions,
        plan,
        follow=follow_seats,
        about=about,
        next_form=lambda answers: ("add", Subject(visit=name_fields.slug_of(snapshot, answers.text("visit")))),
        keeps_all_in_draft=True,
    )


def questions_of_new(context: FormContext, now: dict[str, str], seats: str) -> tuple[Question, ...]:
    """The questions on a new commitment, with their first values in `now`."""
    asked = _common(context, now, frozenset(_FURTHER))
    asked["via"] = replace(asked["via"], is_default=True)
    asked["state"] = Question(
        "state",
        tr_in("label", "state"),
        FIRST_STATES[0],
        kind=CHOICE,
        options=FIRST_STATES,
        shown=tuple(f"{STATES[state].sign} {tr(STATES[state].text)}" for state in FIRST_STATES),
        help=tr("agreed: both sides said yes"),
    )
    asked["date"] = Question(
        "date",
        tr_in("label", "due date"),
        now.get("date", ""),
        empty=tr("no date"),
        width=DAY_WIDTH,
        hint=due_date_hint(context.snapshot.today),
        help=tr("31.3., in 2 weeks, end of March; empty: no date yet"),
    )
    asked["seats"] = Question(
        "seats",
        tr_in("label", "seats"),
        seats,
        width=NUMBER_WIDTH,
        is_further=True,
        help=tr("of a nomination: how many officers"),
    )
    usual = ("title", "by", "to", "visit", "date", "state")
    return tuple(asked[name] for name in (*usual, *_FURTHER))


def entered(
    snapshot: Snapshot, answers: Answers, today: str, *, date: DueDate | None = None, source_id: str | None = None
) -> Callable[[Transaction], int]:
    """The plan that adds the commitment of these answers; `date` is that in its field, None to parse it.

    Raises: FollowUpError for a bad answer.
    """
    date = date or date_in(answers, "date", today, None)
    seats, after, kind = count_in(answers, "seats"), number_in(answers, "after"), answers.given("kind")

    def apply(tx: Transaction) -> int:
        by, to, support = (name_fields.split(answers.text(name), tx.parties) for name in _LISTS)
        return operations.add(
            tx,
            answers.text("title"),
            visit=name_fields.visit_said(snapshot, answers.text("visit")),
            by=by,
            to=to,
            support=support,
            via=answers.given("via"),
            kind=name_fields.kind_said(snapshot, kind) if kind else None,
            state=answers.text("state"),
            date=date or DueDate(None),
            owner=answers.given("owner"),
            quote=answers.given("quote"),
            source=answers.given("source"),
            seats=seats,
            after=after,
            source_id=source_id,
        )

    return apply


def follow_seats(changed: str, answers: Answers) -> dict[str, str]:
    """Seats make the kind a nomination, unless another one was chosen."""
    is_nomination = changed == "seats" and answers.text("seats") and answers.text("kind") in ("", kind_text(Kind.OTHER))
    return {"kind": kind_text(Kind.NOMINATE_EXPERTS)} if is_nomination else {}


def _seats_like(commitment: Commitment | None) -> str:
    """The seats wanted of the commitment that a new one is like."""
    return str(operations.fields_like(commitment).get("seats", "")) if commitment is not None else ""


def _previous(snapshot: Snapshot, visit: str | None) -> Commitment | None:
    """The commitment entered last: of this visit; else of all, unless a visit was entered after it."""
    if visit is not None:
        there = (each for each in snapshot.commitments.values() if each["visit"] == visit)
        return max(there, key=lambda each: each["id"], default=None)
    visits = {each["id"] for each in snapshot.visits.values()}
    try:
        for event in snapshot.events_newest_first():
            if event.get("revision") != 1 or "created" not in event.get("fields", ()):
                continue  # What the same change did to it afterwards has that revision too.
            if event.get("id") in snapshot.commitments:
                return snapshot.commitments[event["id"]]
            if event.get("visit") in visits:
                return None
    except NotAtHand:
        return _newest_by_instant(snapshot)
    return None


def _newest_by_instant(snapshot: Snapshot) -> Commitment | None:
    """The same by when they were entered, which two of one second share."""
    last = max(snapshot.commitments.values(), key=lambda each: each["id"], default=None)
    visits = max((visit["created"] for visit in snapshot.visits.values()), default="")
    return last if last is not None and last["created"] >= visits else None


def _newest_visit(snapshot: Snapshot) -> str | None:
    """The visit entered last."""
    last = max(snapshot.visits.values(), key=lambda visit: visit["id"], default=None)
    return last["slug"] if last else None


def _point_at(app: FollowUp, number: int) -> None:
    app.list_screen.rows.point_at(number)


_OF_EDIT = ("title", "by", "to", "via", "visit", "support", "kind", "owner", "quote", "source", "after", "words")
_USUAL_OF_EDIT = frozenset(("title", "by", "to", "visit"))


def edit(context: FormContext, subject: Subject) -> Form:
    """The form that edits a commitment; only changed fields are saved, empty ones are behind `more`."""
    number = subject.number
    row = context.snapshot.row(number)
    commitment = row.commitment
    now = _values(context, commitment)
    empty = [name for name in _OF_EDIT if not now[name] and name not in _USUAL_OF_EDIT]
    asked = _common(context, now, frozenset(empty))
    questions = tuple(asked[name] for name in (*(name for name in _OF_EDIT if name not in empty), *empty))

    def plan(answers: Answers) -> Plan:
        if not answers.changed:
            return Plan(lambda _: False, lambda _: tr("#{n}: nothing was changed", n=number))
        after = number_in(answers, "after") if "after" in answers.changed else None
        given = {name: answers.text(name) for name in answers.changed}
        clear = [name for name, text in given.items() if not text and name in CLEARABLE]
        given = {name: text for name, text in given.items() if name not in clear and name != "after"}

        def apply(tx: Transaction) -> bool:
            texts = {name: text for name, text in given.items() if name not in _LISTS}
            if "visit" in texts:
                texts["visit"] = name_fields.visit_said(context.snapshot, texts["visit"])
            if "kind" in texts:
                texts["kind"] = name_fields.kind_said(context.snapshot, texts["kind"])
            by, to, support = (name_fields.split(given[name], tx.parties) if name in given else None for name in _LISTS)
            return operations.edit(tx, number, by=by, to=to, support=support, after=after, clear=clear, **texts)

        def without(theirs: frozenset[str]) -> Plan | None:
            dropped = [name for name in answers.changed if _RECORD_FIELD.get(name, name) in theirs]
            left = answers.without(dropped)
            return plan(left) if left.changed else None

        changed_message = tr("#{n} changed: {fields}", n=number, fields=", ".join(map(_word, answers.changed)))
        return Plan(
            apply,
            lambda changed: changed_message if changed else tr("#{n} was so already", n=number),
            subject.seen_revisions,
            without,
        )

    about = (*_as_it_is(row, context.snapshot.today), tr(tr("s and d, in the list, change these")))
    return Form(
        "edit",
        subject,
        tr("Edit #{n} {title}", n=number, title=visible(commitment["title"])),
        questions,
        plan,
        about=about,
    )


def _word(name: str) -> str:
    """The word of a field for the message: `channel`, `date in words`."""
    return field_label(_RECORD_FIELD.get(name, name))


def _as_it_is(row: Row, today: str) -> tuple[str, str]:
    """`o agreed` and `due Thu 26 Nov 2026, 1 d late`: the values that the form does not change."""
    state, due = STATES[row.commitment["state"]], row.commitment.get("due")
    late = long_lateness(row, today)
    date = tr("due {day}, {late}", day=day_with_weekday(due), late=late) if due else late
    return f"{state.sign} {tr(state.text)}", date


def _values(context: FormContext, commitment: Commitment) -> dict[str, str]:
    """Field -> its first value, from the record."""
    named = {"by": commitment["by"], "to": commitment["to"], "support": commitment.get("support", [])}
    lists = {name: name_fields.shown(context.snapshot, parties) for name, parties in named.items()}
    texts = {name: visible(str(commitment.get(name, ""))) for name in ("title", "owner", "visit", "source")}
    return {
        **texts,
        **lists,
        "kind": visible(kind_text(commitment["kind"])),
        "via": name_fields.shown(context.snapshot, [commitment["via"]] if "via" in commitment else []),
        "quote": "\n".join(visible_lines(commitment.get("quote", ""))),
        "words": visible(commitment.get("due_words", "")),
        "after": str(commitment.get("after", "")),
    }
