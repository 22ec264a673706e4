"""The forms of capture: the file and its day, the visit of a text, one proposal to enter, its date alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from store.capture.fields.deadline_of_promise import days_near, is_in_words
from store.capture.proposals.take_proposal import due_of, take_with
from store.capture.readers.text_formats import FORMATS
from store.errors import FollowUpError, UsageError
from store.rules.days import Direction, said_day
from store.rules.due_dates_and_extensions import DueDate
from store.sanitise_text import clean_line, visible
from store.translation import phrase, tr, tr_in
from tui.app.forms import name_fields
from tui.app.forms.commitment_form import entered, follow_seats, questions_of_new
from tui.app.forms.form import (
    DAY_WIDTH,
    NAME_WIDTH,
    PATH,
    Answers,
    Button,
    Candidate,
    Form,
    FormContext,
    Hint,
    Plan,
    Question,
    Subject,
)
from tui.app.forms.value_fields import date_in, day_hint, day_in, due_date_hint
from tui.app.long_task import LongTask
from tui.render.day_words import day, day_with_weekday
from tui.render.lateness_and_outcome_words import kind_text

if TYPE_CHECKING:
    from store.capture.proposals.propose_commitments import Proposal
    from store.snapshot import Snapshot
    from store.transaction import Transaction
    from tui.app.app import FollowUp
    from tui.app.capture_review import CaptureReview

READ = Button(phrase("Read"), phrase("read"))
TAKE = Button(phrase("Take"), phrase("taken"))
SET = Button(phrase("Set"), phrase("set"))
FIND = Button(phrase("Find"), phrase("found"))


def file_form(
    snapshot: Snapshot,
    visit: str | None,
    read: Callable[[str, LongTask], object],
    show: Callable[[FollowUp, object, str | None, str | None], None],
) -> Form:
    """The form that asks for a text; `visit` is the slug of its visit, None to ask for it afterwards.

    `show` gets what was read, the slug of the visit and the day of the text, both None where they are not said.
    """

    def plan(answers: Answers) -> Plan:
        file = answers.given("file")
        if file is None:
            raise UsageError(tr("say which file"), field="file")
        slug, dated = _visit_in(snapshot, answers), day_in(answers, "dated", snapshot.today, Direction.NEAREST)
        task = LongTask()

        def act() -> object:
            try:
                return read(os.path.abspath(os.path.expanduser(file)), task)
            except FollowUpError as error:
                error.field = "file"
                raise

        return Plan(None, lambda _: "", then=lambda app, found: show(app, found, slug, dated), act=act, task=task)

    questions = (
        Question(
            "file",
            tr_in("label", "file"),
            kind=PATH,
            help=tr("{formats}: ~/report.docx; Tab completes a path", formats=", ".join(FORMATS).upper()),
        ),
        _visit_question(snapshot, visit or "", empty=tr("asked for when it is read")),
        _dated_question(snapshot, ""),
    )
    about = (tr("what it promises is shown first, nothing is taken yet"),)
    return Form("", Subject(), tr("Capture a report or a mail"), questions, plan, READ, about=about)


def visit_form(
    snapshot: Snapshot,
    name: str,
    likely: Sequence[str],
    dated: str,
    how: str,
    show: Callable[[FollowUp, str, str | None], None],
) -> Form:
    """The form that asks at which visit a text called `name` was promised; the `likely` slugs are listed first.

    `dated` is the day that the text says by itself, empty where it says none, and `how`. `show` gets slug and day.
    """

    def plan(answers: Answers) -> Plan:
        slug = _visit_in(snapshot, answers)
        if slug is None:
            raise UsageError(tr("say at which visit it was promised"), field="visit")
        day = day_in(answers, "dated", snapshot.today, Direction.NEAREST)
        return Plan(None, lambda _: "", then=lambda app, _: show(app, slug, day), act=lambda: None)

    def candidates() -> list[Candidate]:
        every = list(name_fields.visits(snapshot)())
        place = {slug: at for at, slug in enumerate(likely)}
        return sorted(every, key=lambda each: place.get(each.names[0], len(place)))

    visit = Question(
        "visit",
        tr_in("label", "visit"),
        candidates=candidates,
        hint=name_fields.visit_hint(snapshot),
        width=NAME_WIDTH,
        is_choice=True,
        makes_visit=True,
        help=tr("where it was promised, the likeliest first; Down lists them"),
    )
    said = (
        tr("its dates count from {day}, {how}", day=day_with_weekday(dated), how=how)
        if dated
        else tr("the text does not say its day")
    )
    questions = (visit, _dated_question(snapshot, dated))
    return Form(
        "", Subject(), tr("Which visit is {name} of?", name=visible(name)), questions, plan, READ, about=(said,)
    )


def _visit_question(snapshot: Snapshot, value: str, empty: str) -> Question:
    return Question(
        "visit",
        tr_in("label", "visit"),
        visible(value),
        empty=empty,
        candidates=name_fields.visits(snapshot),
        width=NAME_WIDTH,
        hint=name_fields.visit_hint(snapshot),
        help=tr("where it was promised; Down lists the visits"),
    )


def _dated_question(snapshot: Snapshot, value: str) -> Question:
    return Question(
        "dated",
        tr_in("label", "day of text"),
        said_day(value) if value else "",
        empty=tr("as the text says"),
        width=DAY_WIDTH,
        is_default=True,
        hint=day_hint(snapshot.today, Direction.NEAREST),
        help=tr('from which "next month" counts in it'),
    )


def _visit_in(snapshot: Snapshot, answers: Answers) -> str | None:
    """The slug in the field. Raises: NotFound, with the field."""
    text = answers.given("visit")
    if text is None:
        return None
    slug = name_fields.slug_of(snapshot, text)
    try:
        return snapshot.visit(slug)["slug"]
    except FollowUpError as error:
        error.field = "visit"
        raise


def proposal_form(
    context: FormContext,
    review: CaptureReview,
    proposal: Proposal,
    taken: Callable[[FollowUp, tuple[int, int]], None],
    *,
    is_once_more: bool = False,
) -> Form:
    """The form of a new commitment, filled with a proposal; the focus is on the first missing value.

    `taken` gets the number of the commitment and of the change. `is_once_more`: it is a second promise of the same
    sentence, which stands beside the first.
    """
    snapshot = context.snapshot
    now = _first_values(context, review, proposal, is_once_more=is_once_more)
    candidates = name_fields.parties(snapshot, *review.new_parties(snapshot.parties))
    asked = {each.name: each for each in questions_of_new(context, now, now.get("seats", ""))}
    for name in ("by", "to"):
        asked[name] = replace(asked[name], candidates=candidates)
    asked["date"] = replace(
        asked["date"],
        hint=_date_hint(snapshot, review.dated),
        help=tr("31.3., end of March, or words as they were said: before the next session; empty: no date yet"),
    )
    first_ones = [replace(asked.pop(name), is_further=False) for name in _FIRST_FIELDS]
    questions = (*first_ones, *asked.values())
    missing = "" if is_once_more else next((name for name in ("by", "to") if not now[name]), "")
    about = {"by": (tr("the text does not say who promised it"),), "to": (tr("the text does not say to whom"),)}

    def plan(answers: Answers) -> Plan:
        is_as_read = not is_once_more and "date" not in answers.changed
        date = due_of(proposal) if is_as_read else _date_in(answers, review.dated)
        source_id = None if is_once_more else proposal.source_id
        visit = name_fields.slug_of(snapshot, answers.text("visit"))
        add = entered(snapshot, answers, review.dated, date=date, source_id=source_id)

        def apply(tx: Transaction) -> tuple[int, int]:
            return take_with(tx, add, visit, source_id, dated=review.dated, name=proposal.file), tx.change

        return Plan(apply, lambda done: tr("#{n} taken: {title}", n=done[0], title=answers.text("title")), then=taken)

    title = tr("The same sentence once more") if is_once_more else tr("A commitment of this text")
    # A line that is lost while it is filled in leaves the draft of a commitment like any other.
    return Form(
        "add",
        Subject(visit=review.visit),
        title,
        questions,
        plan,
        TAKE,
        follow=follow_seats,
        first=missing,
        about=about.get(missing, ()),
        keeps_all_in_draft=True,
    )


def _first_values(
    context: FormContext, review: CaptureReview, proposal: Proposal, *, is_once_more: bool
) -> dict[str, str]:
    """Field -> its first value. What the first promise of a sentence says need not be true of the second."""
    now = {
        "visit": visible(review.visit),
        "owner": visible(context.actor),
        "quote": visible(proposal.quote),
        "source": visible(proposal.source_in_words),
    }
    if is_once_more:
        return now
    return {
        **now,
        "title": visible(proposal.title),
        "by": name_fields.shown(context.snapshot, proposal.by),
        "to": name_fields.shown(context.snapshot, proposal.to),
        "kind": visible(kind_text(proposal.kind)),
        "date": said_day(proposal.due) if proposal.due else visible(proposal.due_words or ""),
        "seats": "" if proposal.seats is None else str(proposal.seats),
    }


_FIRST_FIELDS = ("title", "by", "to", "date", "seats", "kind")
"""The fields that a sentence says something of, which stand first."""


def _date_in(answers: Answers, dated: str) -> DueDate:
    """The due date in its field: a day, counted from the ISO day `dated`, or words that name none.

    Raises: DateRefused.
    """
    text = answers.given("date")
    if text is not None and is_in_words(text, dated):
        return DueDate(None, None, clean_line(text))
    return date_in(answers, "date", dated, None) or DueDate(None)


def _date_hint(snapshot: Snapshot, dated: str) -> Hint:
    """How a due date was understood: the day, or that it stays in words."""
    of_day = due_date_hint(snapshot.today, counted_from=dated)

    def hint(text: str) -> tuple[str, str]:
        if not is_in_words(text, dated):
            return of_day(text)
        near = tr(" or ").join(map(day, days_near(text, dated)))
        return (tr("= in words, or {days}?", days=near) if near else tr("= in words, without a day")), "plain"

    return hint


def date_form(
    snapshot: Snapshot, review: CaptureReview, proposal: Proposal, changed: Callable[[FollowUp, DueDate], None]
) -> Form:
    """The form of the date of a proposal, before it is taken; dates count from the day of the text."""

    def plan(answers: Answers) -> Plan:
        date = _date_in(answers, review.dated)
        return Plan(None, lambda _: "", then=lambda app, _: changed(app, date), act=lambda: None)

    near = days_near(proposal.due_words, review.dated) if proposal.due_words else ()
    hint = _date_hint(snapshot, review.dated)
    question = Question(
        "date",
        tr_in("label", "due date"),
        said_day(due) if (due := proposal.due or next(iter(near), "")) else "",
        empty=tr("no date"),
        hint=hint,
        width=DAY_WIDTH,
        help=tr("counted from {day}, the day of the text; none takes it out", day=day_with_weekday(review.dated)),
    )
    return Form(
        "", Subject(), tr("Due date of {title}", title=visible(proposal.title)), (question,), plan, SET, is_small=True
    )


def find_form(sought: str, find: Callable[[FollowUp, str], None]) -> Form:
    """The form that asks for words of a sentence; `sought` are the last ones."""

    def plan(answers: Answers) -> Plan:
        words = answers.given("words")
        if words is None:
            raise UsageError(tr("say which words"), field="words")
        return Plan(None, lambda _: "", then=lambda app, _: find(app, words), act=lambda: None)

    question = Question(
        "words",
        tr_in("label", "words in it"),
        visible(sought),
        help=tr("in any sentence of the text; n finds the next one"),
    )
    return Form("", Subject(), tr("Find a sentence"), (question,), plan, FIND, is_small=True)
