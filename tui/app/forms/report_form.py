"""The forms of a report: its options, and the file to save it to."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from store.errors import FollowUpError, UsageError
from store.formats.document_export import FORMAT_BY_EXTENSION, FORMATS, choose_format, export_document
from store.reports.wording import languages
from store.rules.days import Direction
from store.snapshot import Snapshot
from store.text import clean_line, visible
from tui.app.forms import name_fields
from tui.app.forms.form import CHOICE, DAY_WIDTH, NAME_WIDTH, PATH, SHOW, Answers, Form, Plan, Question, Subject
from tui.app.forms.report_options import SHEET, ReportOptions
from tui.app.forms.value_fields import day_hint, day_in
from tui.render.document_lines import document_text

if TYPE_CHECKING:
    from tui.app.app import FollowUp

_YES, _NO = "yes", "no"

_ENDINGS = {
    format_: next(ending for ending in FORMAT_BY_EXTENSION if FORMAT_BY_EXTENSION[ending] == format_)
    for format_ in FORMATS
}
"""Format -> the ending of its files."""

_HELP = "its ending is the format; Tab completes the path"


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
                 help="who is at the table; of several: MIA; UNODC; empty: all"),
        Question("since", "done since", report_options.since or "", empty="the last meeting", width=DAY_WIDTH,
                 hint=day_hint(today, Direction.BACK), help="what was done from this day on"),
        Question("until", "due until", report_options.until or "", empty="in three months", width=DAY_WIDTH,
                 hint=day_hint(today, Direction.FORWARD), help="what is due by this day"),
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
            width=NAME_WIDTH,
            help="visits that this donor paid for; Down shows the donors",
        ),
    )  # fmt: skip
    questions = (
        *(of_sheet if report_options.kind == SHEET else of_report),
        Question("language", "language", report_options.language, kind=CHOICE, options=tuple(languages())),
        Question("internal", "for us only", _YES if report_options.is_internal else _NO, kind=CHOICE,
                 options=(_NO, _YES), help="yes: with what is not handed over"),
        Question("mark", "handling mark", visible(report_options.mark), empty="none", width=NAME_WIDTH,
                 help="stands on every page, as OFFICIAL USE"),
    )  # fmt: skip

    def plan(answers: Answers) -> Plan:
        chosen = replace(
            report_options,
            parties=tuple(name_fields.split(answers.text("parties"), snapshot.parties)),
            since=day_in(answers, "since", today, Direction.BACK),
            until=day_in(answers, "until", today, Direction.FORWARD),
            quarter=answers.given("quarter"),
            donor=answers.given("donor"),
            language=answers.text("language"),
            is_internal=answers.text("internal") == _YES,
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
    usual = report_options.file_name(snapshot.today)
    questions = (
        Question("format", "format", "docx", kind=CHOICE, options=FORMATS),
        Question("file", "file", empty=f"~/{usual}", kind=PATH, help=_HELP),
        Question("replaces", "replace it", _NO, kind=CHOICE, options=(_NO, _YES),
                 help="yes: a file of that name is replaced"),
    )  # fmt: skip

    def plan(answers: Answers) -> Plan:
        path, format_ = _path_and_format(answers.given("file") or f"~/{usual}", answers.text("format"))

        def act() -> str:
            document = report_options.document(snapshot)
            data = export_document(document, format_, snapshot.today, as_text=document_text)
            try:
                trouble = write(path, data, is_forced=answers.text("replaces") == _YES)
            except FollowUpError as error:
                error.field = "file"
                raise
            message = f"written to {visible(path)}"
            return f"{message}, but the disk did not confirm it: {visible(trouble)}" if trouble else message

        return Plan(None, str, act=act)

    return Form("", Subject(), f"Write {report_options.name} to a file", questions, plan, follow=_follow, is_small=True)


def _path_and_format(name: str, chosen: str) -> tuple[str, str]:
    """The path and the format of a file: the format of its ending; without one `chosen`, whose ending is added.

    Raises: UsageError for an ending that is no format's.
    """
    path = os.path.abspath(os.path.expanduser(name))
    if name.endswith("/") or os.path.isdir(path):
        return os.path.join(path, ""), chosen  # A folder gets no ending: it is refused as one.
    try:
        format_ = choose_format(None, path, default=chosen)
    except UsageError as error:
        *endings, last = (f".{ending}" for ending in _ENDINGS.values())
        raise UsageError(f"{error.sentence}, {', '.join(endings)} or {last}", field=error.field) from None
    has_ending = len(os.path.splitext(path)[1]) > 1
    return path if has_ending else f"{path.removesuffix('.')}.{_ENDINGS[format_]}", format_


def _follow(changed: str, answers: Answers) -> Mapping[str, str]:
    """Keep format and ending together, whichever of the two was changed."""
    stem, ending = os.path.splitext(answers.text("file"))
    chosen, message = answers.text("format"), FORMAT_BY_EXTENSION.get(ending[1:].lower())
    if message in (None, chosen):
        return {}
    return {"format": message} if changed == "file" else {"file": f"{stem}.{_ENDINGS[chosen]}"}
