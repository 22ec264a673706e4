"""The forms that add and edit a visit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from store import operations
from store.errors import Conflict, FollowUpError, NotFound, UsageError
from store.model.required_fields import VISIT_DETAILS, VISIT_TEXTS
from store.operations.refuse_clashing_edits import merge_visit_or_conflict
from store.rules.dates.parse_date import parse_day
from store.rules.days import Direction
from store.rules.set_aside import open_of_visit
from store.sanitise_text import visible
from store.snapshot import Snapshot
from store.translation import phrase, phrase_in, tr, tr_in
from tui.app.forms import name_fields
from tui.app.forms.form import DAY_WIDTH, NAME_WIDTH, Answers, Form, FormContext, Plan, Question, Subject
from tui.app.forms.value_fields import day_hint, day_in
from tui.render.change_words import brought_back, promises_entered
from tui.render.change_words import set_aside as set_aside_sentence
from tui.render.day_words import day

if TYPE_CHECKING:
    from store.model.record_types import Visit
    from store.transaction import Transaction
    from tui.app.app import FollowUp

_PEOPLE = {
    "delegation": (
        phrase_in("label", "delegation"),
        phrase("who travels"),
        phrase("who travels: officers of MIA Uzbekistan, NCB Tashkent"),
    ),
    "programme": (
        phrase_in("label", "programme"),
        phrase("who brings them"),
        phrase("who brings them, under what: UNODC, Global Programme against Trafficking"),
    ),
    "donor": (phrase_in("label", "donor"), phrase("who pays"), phrase("who pays for it: INL")),
    "grant": (
        phrase_in("label", "grant"),
        phrase("the donor's number"),
        phrase("the number of the grant, as it stands on a report: GLO-1234"),
    ),
    "contact": (
        phrase_in("label", "contact"),
        phrase("whom to ask"),
        phrase("whom a reader of a report may ask: the office, its address"),
    ),
}
"""Field -> its label, what stands in it while it is empty, and its help; by the example of one visit, as `hosts` is."""

_FURTHER = ("donor", "grant", "contact")

_DAY = re.compile(r"\d{1,2}(?!\d)")
_YEAR = re.compile(r"\d{4}$")

_RECORD_FIELD = {"new_slug": "slug"}
"""A field of the form -> that of the record, where they differ."""


def _questions(context: FormContext, now: Mapping[str, str], slug: Question) -> tuple[Question, ...]:
    return (
        Question(
            "title",
            tr_in("label", "title"),
            now.get("title", ""),
            help=tr("what it was: Study visit to the General Secretariat"),
        ),
        Question(
            "place",
            tr_in("label", "place"),
            now.get("place", ""),
            width=NAME_WIDTH,
            help=tr("the town where it was: Lyon"),
        ),
        *_days(context.snapshot.today, now),
        Question(
            "hosts",
            tr_in("label", "hosts"),
            now.get("hosts", ""),
            empty=tr("who receives them"),
            is_list=True,
            candidates=name_fields.parties(context.snapshot),
            hint=name_fields.party_hint(context.snapshot),
            width=NAME_WIDTH,
            help=tr("who receives them: INTERPOL; several as: INTERPOL; IOM"),
        ),
        *(
            Question(
                name,
                tr_in("label", label),
                now.get(name, ""),
                empty=tr(empty),
                help=tr(help_),
                is_further=name in _FURTHER,
            )
            for name, (label, empty, help_) in _PEOPLE.items()
        ),
        slug,
    )


def _days(today: str, now: Mapping[str, str]) -> tuple[Question, Question]:
    """The first day, and the last one, which is read from the first on."""
    start = [now.get("start", "")]

    def first_day(text: str) -> tuple[str, str]:
        span = _span(text)
        start[0] = span[0] if span else text
        return day_hint(today, Direction.NEAREST)(start[0])

    def since() -> str | None:
        return _first_day(start[0], today)

    return (
        Question(
            "start",
            tr_in("label", "first day"),
            now.get("start", ""),
            hint=first_day,
            width=DAY_WIDTH,
            help=tr("its first day, or all of them: 17 Nov, 17-19 Nov"),
        ),
        Question(
            "end",
            tr_in("label", "last day"),
            now.get("end", ""),
            empty=tr("the same day"),
            width=DAY_WIDTH,
            hint=day_hint(today, Direction.NEAREST, since),
            help=tr("its last day; empty: it was one day"),
        ),
    )


def _span(text: str) -> tuple[str, str] | None:
    """The first and the last day of a span as the app shows it, `17-19 Nov` or `30 Nov - 2 Dec 2022`.

    None for any other text.
    """
    first, dash, last = (part.strip() for part in text.replace("–", "-").partition("-"))
    number = _DAY.match(last)
    if not dash or "-" in last or not number or not _DAY.match(first):
        return None
    if first.isdecimal():
        return f"{first}{last.removeprefix(number[0])}", last
    year = _YEAR.search(last)
    return f"{first} {year[0]}" if year and not _YEAR.search(first) and "." not in first else first, last


def _spread(answers: Answers) -> Answers:
    """The answers with a span in `from` split into first and last day, unless `to` has another."""
    span = _span(answers.text("start"))
    return answers if span is None else answers.with_values(start=span[0], end=answers.text("end") or span[1])


def _follow(changed: str, answers: Answers) -> Mapping[str, str]:
    """Copy the last day of a span typed in `from` into `to`."""
    span = _span(answers.text("start")) if changed == "start" else None
    return {} if span is None else {"end": span[1]}


def _first_day(text: str, today: str) -> str | None:
    """The ISO day of a visit's first day as typed; None for an empty or invalid field."""
    try:
        return parse_day(text, today, Direction.NEAREST) if text.strip() else None
    except FollowUpError:
        return None


def add_visit(context: FormContext, subject: Subject, first: Mapping[str, str] = MappingProxyType({})) -> Form:
    """The form that adds a visit; `first`: field -> its first value.

    With a visit in the subject it is filled as that one, and gets its promises once more, as proposed.
    """
    today = context.snapshot.today
    like = context.snapshot.visit(subject.visit)["slug"] if subject.visit is not None else None
    if like is not None:
        visit = context.snapshot.visits[like]
        values = _values(visit, context.snapshot)
        first = {name: values[name] for name in operations.visit_fields_like(visit)}
    slug = Question(
        "slug",
        tr_in("visit", "short name"),
        empty=tr("from place and year"),
        width=NAME_WIDTH,
        is_further=True,
        help=tr("the name to type for it, as lyon-2022"),
    )
    questions = _questions(context, first, slug)

    def plan(answers: Answers) -> Plan:
        answers = _spread(answers)
        start, end = _days_of_new(answers, today)
        entered: list[int] = []

        def apply(tx: Transaction) -> str:
            slug = operations.add_visit(
                tx,
                answers.text("title"),
                place=answers.text("place"),
                start=start,
                end=end,
                slug=answers.given("slug"),
                hosts=name_fields.split(answers.text("hosts"), tx.parties),
                **{name: answers.given(name) for name in VISIT_DETAILS},
            )
            if like is not None:
                entered[:] = operations.add_promises_like(tx, like, slug)
            return slug

        def message(slug: str) -> str:
            added = tr("visit {visit} added", visit=visible(slug))
            return added if like is None else f"{added}, {promises_entered(entered, like)}"

        return Plan(apply, message, then=_point_at if like is not None else _open)

    if like is None:
        return Form("add-visit", subject, tr("A new visit"), questions, plan, follow=_follow)
    about = (tr("its promises are entered once more, as proposed, without dates"),)
    return Form(
        "add-visit",
        subject,
        tr("A new visit like {visit}", visit=visible(like)),
        questions,
        plan,
        follow=_follow,
        about=about,
    )


def _days_of_new(answers: Answers, today: str) -> tuple[str, str | None]:
    """The first and the last day of a new visit. Raises: UsageError for these, or without a title or a place."""
    start = day_in(answers, "start", today, Direction.NEAREST)
    end = day_in(answers, "end", today, Direction.NEAREST, since=start)
    for name, sentence in (("title", tr("say what kind of visit it was")), ("place", tr("say where it was"))):
        if not answers.text(name):
            raise UsageError(sentence, field=name)
    if start is None:
        raise UsageError(tr("say the day on which it began"), field="start")
    return start, end


def _point_at(app: FollowUp, slug: str) -> None:
    app.base_screen.point_at(slug)


def _open(app: FollowUp, slug: str) -> None:
    """Show the new visit, where the next key adds what was promised at it."""
    _point_at(app, slug)
    app.show_list().show_visit(slug)


def edit_visit(context: FormContext, subject: Subject) -> Form:
    """The form that edits a visit; only changed fields are saved."""
    today = context.snapshot.today
    visit = _visit_of(context, subject)
    number, slug = visit["id"], visible(visit["slug"])
    if number not in subject.seen_revisions:
        # Kept with a draft, so that changes by others are noticed when it is resumed.
        subject = replace(subject, seen_revisions={number: visit["revision"]})
    known: dict[str, object] = {}

    def plan(answers: Answers) -> Plan:
        answers = _spread(answers)
        changed = answers.changed
        start = day_in(answers, "start", today, Direction.NEAREST) if "start" in changed else visit["start"]
        days = {"start": start} if "start" in changed else {}
        if "end" in changed:
            days["end"] = day_in(answers, "end", today, Direction.NEAREST, since=start)
        for name, each in days.items():
            if each is None:
                raise UsageError(tr("a visit has a first and a last day"), field=name)

        def apply(tx: Transaction) -> bool:
            texts = {name: answers.text(name) for name in (*VISIT_TEXTS, "new_slug") if name in changed}
            hosts = name_fields.split(answers.text("hosts"), tx.parties) if "hosts" in changed else None
            now = tx.record("visits", number)  # Another may have renamed it.
            if now is None:
                raise NotFound(tr("the visit {visit} was removed meanwhile", visit=slug))
            is_changed = operations.edit_visit(tx, now["slug"], **days, hosts=hosts, **texts)
            if is_changed:
                _merge(tx, number, subject.seen_revisions[number], known)
            return is_changed

        def without(theirs: frozenset[str]) -> Plan | None:
            left = answers.without([name for name in changed if _RECORD_FIELD.get(name, name) in theirs])
            return plan(left) if left.changed else None

        new_slug = visible(answers.text("new_slug"))
        return Plan(
            apply,
            lambda is_changed: (
                tr("visit {visit} changed", visit=new_slug)
                if is_changed
                else tr("visit {visit} was so already", visit=new_slug)
            ),
            without=without,
            about=tr("visit {visit}", visit=slug),
        )

    questions = _questions_about(context, visit)
    return Form("edit-visit", subject, tr("Edit the visit {visit}", visit=slug), questions, plan, follow=_follow)


def set_aside(context: FormContext, subject: Subject) -> Form:
    """The form that sets a visit aside: until when, and why."""
    today = context.snapshot.today
    visit = _visit_of(context, subject)
    subject = replace(subject, seen_revisions={visit["id"]: visit["revision"]})
    questions = (
        Question(
            "until",
            tr_in("label", "until"),
            empty=tr("until A brings it back"),
            hint=day_hint(today, Direction.FORWARD),
            help=tr("the day on which its open commitments are listed again"),
        ),
        Question("reason", tr_in("label", "reason"), help=tr("why; it stands in internal papers only")),
    )

    def plan(answers: Answers) -> Plan:
        until = day_in(answers, "until", today, Direction.FORWARD)

        def apply(tx: Transaction) -> str:
            now = tx.record("visits", visit["id"])
            if now is None:
                raise NotFound(tr("the visit {visit} was removed meanwhile", visit=visible(visit["slug"])))
            operations.set_visit_aside(tx, now["slug"], until=until, reason=answers.given("reason"))
            there = tx.commitments_naming(visits=[now["slug"]]).values()
            return set_aside_sentence(tx.visit(now["slug"]), open_of_visit(there, now["slug"]), day)

        return Plan(apply, str)

    title = tr("Set the visit {visit} aside", visit=visible(visit["slug"]))
    return Form("visit-aside", subject, title, questions, plan, is_small=True)


def bring_back(slug: str) -> Plan:
    """A plan that brings back a visit that was set aside."""

    def apply(tx: Transaction) -> str:
        is_changed = operations.bring_visit_back(tx, slug)
        there = tx.commitments_naming(visits=[slug]).values()
        return brought_back(slug, open_of_visit(there, slug), is_changed=is_changed)

    return Plan(apply, str)


def _visit_of(context: FormContext, subject: Subject) -> Visit:
    """The visit, which another may have renamed since the draft was stored. Raises: NotFound."""
    seen = (visit for visit in context.snapshot.visits.values() if visit["id"] in subject.seen_revisions)
    return next(seen, None) or context.snapshot.visit(subject.visit or "")


def _values(visit: Visit, snapshot: Snapshot) -> dict[str, str]:
    """Field -> its first value, from the record."""
    now = {name: visible(str(visit.get(name, ""))) for name in VISIT_TEXTS}
    return {
        **now,
        "start": day(visit["start"]),
        "end": day(visit["end"]),
        "hosts": name_fields.shown(snapshot, visit.get("hosts", [])),
    }


def _questions_about(context: FormContext, visit: Visit) -> tuple[Question, ...]:
    return _questions(
        context,
        _values(visit, context.snapshot),
        Question(
            "new_slug",
            tr_in("visit", "short name"),
            visible(visit["slug"]),
            width=NAME_WIDTH,
            is_further=True,
            is_default=True,
            help=tr("the name to type for it, as lyon-2022"),
        ),
    )


def _merge(tx: Transaction, number: int, revision: int, known: dict[str, object]) -> None:
    """Merge the change with those of others since this revision. Raises: Conflict, once for each of their values: it is
    `known` from then on, and overwritten when the form is saved again.
    """
    try:
        merge_visit_or_conflict(tx, number, revision, known)
    except Conflict as conflict:
        if not conflict.clashes:
            raise
        known.update({clash.field: clash.theirs for clash in conflict.clashes})
        field = conflict.clashes[0].field
        at = next((name for name, other in _RECORD_FIELD.items() if other == field), field)
        sentence = tr("{conflict}; save again to put yours in its place", conflict=conflict.sentence)
        raise Conflict(sentence, field=at, clashes=conflict.clashes) from None
