"""The forms of a paper: what it is to say, and where it is to be written."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from store.errors import FollowUpError, UsageError
from store.reports.wording import languages
from store.snapshot import Snapshot
from store.text import clean_line, visible
from tui.app.forms import name_fields
from tui.app.forms.date_fields import day_in, live_day
from tui.app.forms.form import CHOICE, SHOW, Answers, Form, Plan, Question, Subject
from tui.app.forms.report_options import SHEET, ReportChoice
from tui.render.document_lines import BY_ENDING, FORMATS, format_of, written

if TYPE_CHECKING:
    from tui.app.app import FollowUp

_YES, _NO = "yes", "no"

_ENDINGS = {format_: next(ending for ending in BY_ENDING if BY_ENDING[ending] == format_) for format_ in FORMATS}
"""Format -> what the name of its file ends with."""

_HINT = "its ending is the format; without one it gets the format's"


def choosing(snapshot: Snapshot, report_choice: ReportChoice, show: Callable[[FollowUp, ReportChoice], None]) -> Form:
    """For whom, of which time, in which language; `show` is called with what was chosen."""
    today = snapshot.today
    of_sheet = (
        Question("parties", "for", name_fields.shown(snapshot, report_choice.parties),
                 empty="all that have something open",
                 candidates=name_fields.parties(snapshot), is_list=True,
                 live=name_fields.live_parties(snapshot, is_new_taken=False)),
        Question("since", "done since", report_choice.since or "", empty="the last meeting", live=live_day(today)),
        Question("until", "due until", report_choice.until or "", empty="in three months", live=live_day(today)),
    )  # fmt: skip
    of_report = (
        Question("quarter", "quarter", report_choice.quarter or "", empty="the last that has ended: write 2026-Q3"),
        Question(
            "donor",
            "donor",
            visible(report_choice.donor or ""),
            empty="all",
            candidates=name_fields.words(_donors(snapshot)),
        ),
    )
    questions = (
        *(of_sheet if report_choice.kind == SHEET else of_report),
        Question("language", "language", report_choice.language, kind=CHOICE, options=tuple(languages())),
        Question(
            "internal", "for us only", _YES if report_choice.is_internal else _NO, kind=CHOICE, options=(_NO, _YES)
        ),
        Question("mark", "handling mark", visible(report_choice.mark), empty="none"),
    )

    def plan(answers: Answers) -> Plan:
        chosen = replace(
            report_choice,
            parties=tuple(name_fields.split(answers.text("parties"), snapshot.parties)),
            since=day_in(answers, "since", today),
            until=day_in(answers, "until", today),
            quarter=answers.given("quarter"),
            donor=answers.given("donor"),
            language=answers.text("language"),
            is_internal=answers.text("internal") == _YES,
            mark=clean_line(answers.text("mark")),
        )
        return Plan(None, lambda _: "", then=show, act=lambda: _made(chosen, snapshot))

    return Form("", Subject(), f"What {report_choice.name} says", questions, plan, SHOW)


def _made(report_choice: ReportChoice, snapshot: Snapshot) -> ReportChoice:
    """The same, when a paper can be made of it. Raises: NotFound, UsageError."""
    report_choice.document(snapshot)
    return report_choice


def _donors(snapshot: Snapshot) -> list[str]:
    return sorted({visit["donor"] for visit in snapshot.visits.values() if "donor" in visit})


def saving(snapshot: Snapshot, report_choice: ReportChoice, write: Callable[..., str | None]) -> Form:
    """Which file, in which format; `write` is `Session.write_file`. Raises: UsageError for a period."""
    usual = report_choice.file_name(snapshot.today)
    questions = (
        Question("format", "format", "docx", kind=CHOICE, options=FORMATS),
        Question("file", "file", empty=f"~/{usual}", live=lambda _: (_HINT, "dim")),
        Question("replaces", "replace a file", _NO, kind=CHOICE, options=(_NO, _YES)),
    )

    def plan(answers: Answers) -> Plan:
        path, format_ = _place(answers.given("file") or f"~/{usual}", answers.text("format"))

        def act() -> str:
            data = written(report_choice.document(snapshot), format_, snapshot.today)
            try:
                trouble = write(path, data, is_forced=answers.text("replaces") == _YES)
            except FollowUpError as error:
                error.field = "file"
                raise
            told = f"written to {visible(path)}"
            return f"{told}, but the disk did not confirm it: {visible(trouble)}" if trouble else told

        return Plan(None, str, act=act)

    return Form("", Subject(), f"Write {report_choice.name} to a file", questions, plan, follow=_follow)


def _place(name: str, chosen: str) -> tuple[str, str]:
    """Where a paper of this name is written, and as what: as its ending says; without one as `chosen`, whose ending it
    gets.

    Raises: UsageError for an ending that is no format's.
    """
    path = os.path.abspath(os.path.expanduser(name))
    if name.endswith("/") or os.path.isdir(path):
        return os.path.join(path, ""), chosen  # A folder gets no ending: it is refused as one.
    try:
        format_ = format_of(None, path, otherwise=chosen)
    except UsageError as error:
        *endings, last = (f".{ending}" for ending in _ENDINGS.values())
        raise UsageError(f"{error.sentence}, {', '.join(endings)} or {last}", field=error.field) from None
    has_ending = len(os.path.splitext(path)[1]) > 1
    return path if has_ending else f"{path.removesuffix('.')}.{_ENDINGS[format_]}", format_


def _follow(changed: str, answers: Answers) -> Mapping[str, str]:
    """The format follows the ending of the name, and the ending follows the format."""
    stem, ending = os.path.splitext(answers.text("file"))
    chosen, told = answers.text("format"), BY_ENDING.get(ending[1:].lower())
    if told in (None, chosen):
        return {}
    return {"format": told} if changed == "file" else {"file": f"{stem}.{_ENDINGS[chosen]}"}
