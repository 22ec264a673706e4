"""The form that exports commitments of the list to a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from store.formats.document_export import export_document
from store.query.parse_query import Query
from store.snapshot import Snapshot
from tui.app.forms.file_fields import FileFields
from tui.app.forms.form import Answers, Form, Plan, Subject
from tui.app.forms.value_fields import for_us_only, is_for_us_only
from tui.render.document_lines import document_text
from tui.render.labels import counted

_FORMATS = {"xlsx": "xlsx", "csv": "csv", "ics": "ics", "md": "md", "html": "html", "htm": "html"}
"""Ending of a file -> format."""


def export_form(snapshot: Snapshot, numbers: Sequence[int], query: Query, write: Callable[..., str | None]) -> Form:
    """The form that writes these commitments, in their order. `query` selected them, `write` writes a file."""
    file = FileFields(_FORMATS, "xlsx", f"~/followup-{snapshot.today}")

    def plan(answers: Answers) -> Plan:
        path, format_ = file.path_and_format(answers)

        def act() -> str:
            data = _exported(snapshot, numbers, query, format_, is_internal=is_for_us_only(answers))
            message = file.write(write, path, data, answers)
            return f"{counted(len(numbers), 'commitment')} {message}"

        return Plan(None, str, act=act)

    title = f"Export {counted(len(numbers), 'commitment')} to a file"
    return Form("", Subject(), title, (*file.questions, for_us_only()), plan, follow=file.follow, is_small=True)


def _exported(snapshot: Snapshot, numbers: Sequence[int], query: Query, format_: str, *, is_internal: bool) -> bytes:
    """The bytes of a file with these commitments. The formats are loaded when they are asked for."""
    rows = [snapshot.row(number) for number in numbers]
    if format_ == "csv":
        from store.formats.csv_export import export_csv

        return export_csv(snapshot, rows, is_internal=is_internal, is_raw=False)
    if format_ == "ics":
        from store.formats.ics_export import export_ics

        return export_ics(snapshot, rows, is_internal=is_internal)
    if format_ == "xlsx":
        from store.formats.xlsx_export import export_xlsx, visits_of

        return export_xlsx(snapshot, rows, visits=visits_of(snapshot, rows), is_internal=is_internal)
    from store.reports.list_report import list_report

    document = list_report(snapshot, rows, query=query, is_internal=is_internal)
    return export_document(document, format_, snapshot.today, as_text=document_text)
