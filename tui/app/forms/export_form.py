"""The form that exports commitments of the list to a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from store.errors import UsageError
from store.formats.document_export import export_document
from store.query.parse_query import Query
from store.snapshot import Snapshot
from store.translation import language, phrase, plural, tr, tr_in
from store.translation_catalogue_and_plurals import languages
from tui.app.forms.file_fields import FileFields
from tui.app.forms.form import CHOICE, Answers, Form, Plan, Question, Subject
from tui.app.forms.value_fields import for_us_only, is_for_us_only
from tui.render.document_lines import document_text

_FORMATS = {"xlsx": "xlsx", "csv": "csv", "ics": "ics", "md": "md", "html": "html", "htm": "html"}
"""Ending of a file -> format."""

_IN_A_LANGUAGE = ("xlsx", "md", "html")
"""Formats for people: what programs read is the same in every language."""

_TO_DOS, _EVENTS = phrase("to-dos"), phrase("events")


def export_form(snapshot: Snapshot, numbers: Sequence[int], query: Query, write: Callable[..., str | None]) -> Form:
    """The form that writes these commitments, in their order. `query` selected them, `write` writes a file."""
    file = FileFields(_FORMATS, "xlsx", f"~/followup-{snapshot.today}")

    def plan(answers: Answers) -> Plan:
        path, format_ = file.path_and_format(answers)
        chosen, are_events = answers.text("language"), answers.text("calendar") == _EVENTS
        if "language" in answers.changed and format_ not in _IN_A_LANGUAGE:
            formats = ", ".join(_IN_A_LANGUAGE)
            sentence = tr("a language goes with {formats}, not with {format}", formats=formats, format=format_)
            raise UsageError(sentence, field="language")
        if are_events and format_ != "ics":
            raise UsageError(tr("events go with ics, not with {format}", format=format_), field="calendar")

        def act() -> str:
            is_internal = is_for_us_only(answers)
            data = _exported(snapshot, numbers, query, format_, chosen, is_internal=is_internal, are_events=are_events)
            message = file.write(write, path, data, answers)
            if not are_events:
                return plural("{n} commitment {written}", "{n} commitments {written}", len(numbers), written=message)
            undated = sum("due" not in snapshot.row(number).commitment for number in numbers)
            left_out = (
                plural(
                    "; {n} commitment without a due date left out",
                    "; {n} commitments without a due date left out",
                    undated,
                )
                if undated
                else ""
            )
            written = plural("{n} event {written}", "{n} events {written}", len(numbers) - undated, written=message)
            return f"{written}{left_out}"

        return Plan(None, str, act=act)

    title = plural("Export {n} commitment to a file", "Export {n} commitments to a file", len(numbers))
    questions = (*file.questions, *_of_formats(), for_us_only())
    return Form("", Subject(), title, questions, plan, follow=file.follow, is_small=True)


def _of_formats() -> tuple[Question, ...]:
    """The questions of some formats alone."""
    return (
        Question(
            "language",
            tr_in("label", "language"),
            language(),
            kind=CHOICE,
            options=tuple(languages()),
            help=tr("of xlsx, md, html and ics"),
        ),
        Question(
            "calendar",
            tr_in("label", "dates as"),
            _TO_DOS,
            kind=CHOICE,
            options=(_TO_DOS, _EVENTS),
            shown=(tr(_TO_DOS), tr(_EVENTS)),
            help=tr("of ics: to-dos for Thunderbird, events of a whole day for Outlook and Google"),
        ),
    )


def _exported(
    snapshot: Snapshot,
    numbers: Sequence[int],
    query: Query,
    format_: str,
    language: str,
    *,
    is_internal: bool,
    are_events: bool,
) -> bytes:
    """The bytes of a file with these commitments; formats are imported on use."""
    rows = [snapshot.row(number) for number in numbers]
    if format_ == "csv":
        from store.formats.csv_export import export_csv

        return export_csv(snapshot, rows, is_internal=is_internal, is_raw=False)
    if format_ == "ics":
        from store.formats.ics_export import export_ics

        return export_ics(snapshot, rows, is_internal=is_internal, is_of_events=are_events, language=language)
    if format_ == "xlsx":
        from store.formats.xlsx_export import export_xlsx, visits_of

        visits = visits_of(snapshot, rows)
        return export_xlsx(snapshot, rows, visits=visits, is_internal=is_internal, language=language)
    from store.reports.list_report import list_report

    document = list_report(snapshot, rows, query=query, language=language, is_internal=is_internal)
    return export_document(document, format_, snapshot.today, as_text=document_text)
