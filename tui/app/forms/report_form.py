"""The forms of a report: its options, and the file to save it to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from store.formats.document_export import FORMAT_BY_EXTENSION, export_document
from store.reports.read_introduction import read_introduction_file
from store.rules.dates.parse_date import is_a_day
from store.rules.days import Direction
from store.sanitise_text import clean_line, visible
from store.snapshot import Snapshot
from store.translation import tr, tr_in
from store.translation_catalogue_and_plurals import languages
from tui.app.forms import name_fields
from tui.app.forms.file_fields import FileFields
from tui.app.forms.form import CHOICE, DAY_WIDTH, NAME_WIDTH, PATH, SHOW, Answers, Form, Plan, Question, Subject
from tui.app.forms.report_options import SHEET, ReportOptions
from tui.app.forms.value_fields import day_hint, day_in, for_us_only, is_for_us_only, is_to_decide_on, to_decide_on
from tui.render.document_lines import printed_text

if TYPE_CHECKING:
    from tui.app.app import FollowUp


def report_options_form(
    snapshot: Snapshot, report_options: ReportOptions, show: Callable[[FollowUp, ReportOptions], None]
) -> Form:
    """The form of a report's options: parties or donor, period, language; `show` gets the new options."""
    is_sheet = report_options.kind == SHEET
    first_ones = _of_sheet(snapshot, report_options) if is_sheet else _of_report(snapshot, report_options)
    questions = (
        *first_ones,
        Question(
            "language", tr_in("label", "language"), report_options.language, kind=CHOICE, options=tuple(languages())
        ),
        for_us_only(is_internal=report_options.is_internal),
        Question(
            "mark",
            tr_in("label", "handling mark"),
            visible(report_options.mark),
            empty=tr("none"),
            width=NAME_WIDTH,
            help=tr("stands on every page, as OFFICIAL USE"),
        ),
        to_decide_on(has_decisions=report_options.has_decisions)
        if is_sheet
        else Question(
            "intro",
            tr_in("label", "own words"),
            visible(report_options.intro),
            empty=tr("none"),
            kind=PATH,
            help=tr("a file of Markdown for its first page; Tab completes the path"),
        ),
        *(_of_meeting(report_options, snapshot.today) if is_sheet else ()),
    )

    def plan(answers: Answers) -> Plan:
        chosen = _chosen(answers, report_options, snapshot)
        return Plan(None, lambda _: "", then=show, act=lambda: _made(chosen, snapshot))

    return Form("", Subject(), report_options.heading, questions, plan, SHOW)


def _of_sheet(snapshot: Snapshot, report_options: ReportOptions) -> tuple[Question, ...]:
    """Who is at the table, and which days the sheet is of."""
    today = snapshot.today
    return (
        Question(
            "parties",
            tr_in("label", "for"),
            name_fields.shown(snapshot, report_options.parties),
            empty=tr("all that have something open"),
            candidates=name_fields.parties(snapshot),
            is_list=True,
            hint=name_fields.party_hint(snapshot, is_new_allowed=False),
            width=NAME_WIDTH,
            help=tr("who is at the table, as: MIA; UNODC; empty: all"),
        ),
        Question(
            "since",
            tr_in("label", "done since"),
            report_options.since or "",
            empty=tr("the last meeting"),
            width=DAY_WIDTH,
            hint=day_hint(today, Direction.BACK),
            help=tr("what was done from this day on"),
        ),
        Question(
            "until",
            tr_in("label", "due until"),
            report_options.until or "",
            empty=tr("in three months"),
            width=DAY_WIDTH,
            hint=day_hint(today, Direction.FORWARD),
            help=tr("what is due by this day"),
        ),
    )


def _of_meeting(report_options: ReportOptions, today: str) -> tuple[Question, ...]:
    """What the head of the sheet says of the meeting."""
    return (
        Question(
            "meeting",
            tr_in("label", "meeting"),
            visible(report_options.meeting),
            empty=tr("not said"),
            width=NAME_WIDTH,
            help=tr("its title, which heads the sheet"),
        ),
        Question(
            "place",
            tr_in("label", "place"),
            visible(report_options.place),
            empty=tr("not said"),
            width=NAME_WIDTH,
            help=tr("where the meeting is"),
        ),
        Question(
            "on",
            tr_in("label", "meeting on"),
            report_options.on or "",
            empty=tr("not said"),
            width=DAY_WIDTH,
            hint=day_hint(today, Direction.FORWARD),
            help=tr("when the meeting is"),
        ),
    )


def _of_report(snapshot: Snapshot, report_options: ReportOptions) -> tuple[Question, ...]:
    """Which quarter and which donor the report is of."""
    return (
        Question(
            "quarter",
            tr_in("label", "quarter"),
            report_options.quarter or "",
            empty=tr("the last one"),
            width=DAY_WIDTH,
            help=tr("2026-Q3; empty: the last that has ended"),
        ),
        Question(
            "donor",
            tr_in("label", "donor"),
            visible(report_options.donor or ""),
            empty=tr("all"),
            candidates=name_fields.words(_donors(snapshot)),
            is_choice=True,
            width=NAME_WIDTH,
            help=tr("visits that this donor paid for; Down lists the donors"),
        ),
    )


def _chosen(answers: Answers, report_options: ReportOptions, snapshot: Snapshot) -> ReportOptions:
    """The options with what was answered. Raises: UsageError."""
    today = snapshot.today
    intro = answers.text("intro")
    return replace(
        report_options,
        has_decisions=is_to_decide_on(answers),
        intro=intro,
        introduction=tuple(read_introduction_file(intro)) if intro else (),
        parties=tuple(name_fields.split(answers.text("parties"), snapshot.parties)),
        since=day_in(answers, "since", today, Direction.BACK),
        until=day_in(answers, "until", today, Direction.FORWARD),
        is_until_a_day=is_a_day(answers.given("until"), today),
        meeting=clean_line(answers.text("meeting")),
        place=clean_line(answers.text("place")),
        on=day_in(answers, "on", today, Direction.FORWARD),
        quarter=answers.given("quarter"),
        donor=answers.given("donor"),
        language=answers.text("language"),
        is_internal=is_for_us_only(answers),
        mark=clean_line(answers.text("mark")),
    )


def _made(report_options: ReportOptions, snapshot: Snapshot) -> ReportOptions:
    """Return the options, once a report was made of them. Raises: NotFound, UsageError."""
    report_options.document(snapshot)
    return report_options


def _donors(snapshot: Snapshot) -> list[str]:
    return sorted({visit["donor"] for visit in snapshot.visits.values() if "donor" in visit})


def report_file_form(snapshot: Snapshot, report_options: ReportOptions, write: Callable[..., str | None]) -> Form:
    """The form that saves a report to a file; `write` is `Session.write_file`. Raises: UsageError for a period."""
    file = FileFields(FORMAT_BY_EXTENSION, "docx", f"~/{report_options.file_name(snapshot)}")

    def plan(answers: Answers) -> Plan:
        path, format_ = file.path_and_format(answers)

        def act() -> str:
            document = report_options.document(snapshot)
            data = export_document(document, format_, snapshot.today, as_text=printed_text)
            return file.write(write, path, data, answers)

        return Plan(None, str, act=act)

    title = report_options.title_of_file
    return Form("", Subject(), title, file.questions, plan, follow=file.follow, is_small=True)
