"""The forms of a report: its options, and the file to save it to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from store.formats.document_export import FORMAT_BY_EXTENSION, export_document
from store.reports.narrative import read_narrative_file
from store.rules.days import Direction
from store.snapshot import Snapshot
from store.text import clean_line, visible
from store.translation_catalogue import languages
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
    today = snapshot.today
    of_sheet = (
        Question("parties", "for", name_fields.shown(snapshot, report_options.parties),
                 empty="all that have something open",
                 candidates=name_fields.parties(snapshot), is_list=True,
                 hint=name_fields.party_hint(snapshot, is_new_taken=False), width=NAME_WIDTH,
                 help="who is at the table, as: MIA; UNODC; empty: all"),
        Question("since", "done since", report_options.since or "", empty="the last meeting", width=DAY_WIDTH,
                 hint=day_hint(today, Direction.BACK), help="what was done from this day on"),
        Question("until", "due until", report_options.until or "", empty="in three months", width=DAY_WIDTH,
                 hint=day_hint(today, Direction.FORWARD), help="what is due by this day"),
    )  # fmt: skip
    of_meeting = (
        Question("meeting", "meeting", visible(report_options.meeting), empty="not said", width=NAME_WIDTH,
                 help="its title, which heads the sheet"),
        Question("place", "place", visible(report_options.place), empty="not said", width=NAME_WIDTH,
                 help="where the meeting is"),
        Question("on", "meeting on", report_options.on or "", empty="not said", width=DAY_WIDTH,
                 hint=day_hint(today, Direction.FORWARD), help="when the meeting is"),
    )  # fmt: skip
    of_report = (
        Question("quarter", "quarter", report_options.quarter or "", empty="the last one", width=DAY_WIDTH,
                 help="2026-Q3; empty: the last that has ended"),
        Question(
            "donor",
            "donor",
            visible(report_options.donor or ""),
            empty="all",
            candidates=name_fields.words(_donors(snapshot)),
            is_choice=True,
            width=NAME_WIDTH,
            help="visits that this donor paid for; Down lists the donors",
        ),
    )  # fmt: skip
    questions = (
        *(of_sheet if report_options.kind == SHEET else of_report),
        Question("language", "language", report_options.language, kind=CHOICE, options=tuple(languages())),
        for_us_only(is_internal=report_options.is_internal),
        Question("mark", "handling mark", visible(report_options.mark), empty="none", width=NAME_WIDTH,
                 help="stands on every page, as OFFICIAL USE"),
        to_decide_on(has_decisions=report_options.has_decisions)
        if report_options.kind == SHEET
        else Question("intro", "own words", visible(report_options.intro), empty="none", kind=PATH,
                      help="a file of Markdown for its first page; Tab completes the path"),
        *(of_meeting if report_options.kind == SHEET else ()),
    )  # fmt: skip

    def plan(answers: Answers) -> Plan:
        intro = answers.text("intro")
        chosen = replace(
            report_options,
            has_decisions=is_to_decide_on(answers),
            intro=intro,
            narrative=tuple(read_narrative_file(intro)) if intro else (),
            parties=tuple(name_fields.split(answers.text("parties"), snapshot.parties)),
            since=day_in(answers, "since", today, Direction.BACK),
            until=day_in(answers, "until", today, Direction.FORWARD),
            meeting=clean_line(answers.text("meeting")),
            place=clean_line(answers.text("place")),
            on=day_in(answers, "on", today, Direction.FORWARD),
            quarter=answers.given("quarter"),
            donor=answers.given("donor"),
            language=answers.text("language"),
            is_internal=is_for_us_only(answers),
            mark=clean_line(answers.text("mark")),
        )
        return Plan(None, lambda _: "", then=show, act=lambda: _made(chosen, snapshot))

    return Form("", Subject(), f"What {report_options.name} says", questions, plan, SHOW)


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

    title = f"Write {report_options.name} to a file"
    return Form("", Subject(), title, file.questions, plan, follow=file.follow, is_small=True)
