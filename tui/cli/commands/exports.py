"""`export`: writes commitments as CSV, JSON, ICS, Markdown, HTML or XLSX."""

from __future__ import annotations

from store.errors import UsageError
from store.formats.document_export import choose_format, export_document
from store.reports.issuer_selection_and_marks import matching_rows, page_marks, parse_mark
from store.reports.language_of_papers import load_words
from store.sanitise_text import visible
from store.translation import language, plural, tr
from tui.cli.arguments import Arguments
from tui.cli.say_or_refuse_unknown_names import say_unknown_names
from tui.cli.shell_quoting import quoted_for_shell
from tui.cli.stdout import json_lines, printable_json, refuse_output, write_output
from tui.render.document_lines import document_text
from tui.stderr import say, with_progress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from store.query.parse_query import Query
    from store.snapshot import Row, Snapshot
    from tui.session import Session

_FORMAT_BY_EXTENSION = {
    "csv": "csv",
    "json": "json",
    "ics": "ics",
    "md": "md",
    "markdown": "md",
    "html": "html",
    "htm": "html",
    "xlsx": "xlsx",
}
"""Extension of a file -> format."""

_BINARY = {"xlsx"}
_WITHOUT_PAGES = {"csv", "json"}
"""Formats without pages, which have no place for a handling mark."""
_IN_A_LANGUAGE = {"md", "html", "xlsx", "ics"}
"""Formats for people. The headings of the others are read by programs, and so the same in every language."""
_PAGES = {"md", "html"}
"""Formats of a document."""


def export(arguments: Arguments, session: Session) -> int:
    """`export`: write all commitments or those that match a query. Raises: FollowUpError."""
    name = choose_format(arguments.get("format"), arguments.get("output"), _FORMAT_BY_EXTENSION, "csv")
    _refuse_options(arguments, name)
    refuse_output(arguments, is_binary=name in _BINARY)
    if name == "json":
        return _export_json(arguments, session)
    query = session.query(arguments.words)
    rows = _matching_by_number(session, query)
    from tui.cli.refused_lines.words_meant_as_fields import say_fields_meant

    is_said = say_unknown_names(query, session.snapshot()) or say_fields_meant(
        arguments, session, len(rows), session.snapshot().rows
    )
    if not rows and not is_said:
        _refuse_format_meant(arguments.words)
    if name in _PAGES:
        data = _export_page(arguments, session, rows, query, name)
    else:
        marks = page_marks(
            load_words(arguments.get("lang") or language()),
            parse_mark(arguments.get("mark")),
            is_internal=arguments.has("internal"),
        )
        data = _EXPORTERS[name](arguments, session.snapshot(), rows, marks)
    if arguments.has("events") and (undated := sum("due" not in row.commitment for row in rows)):
        text = plural("{n} commitment without a due date left out",
                      "{n} commitments without a due date left out", undated)  # fmt: skip
        say(text)
        return write_output(arguments, session, data, plural("{n} event", "{n} events", len(rows) - undated))
    return write_output(arguments, session, data, _commitments(len(rows)))


_NEAR_FORMAT = {"excel": "xlsx", "xls": "xlsx", "pdf": "html", "word": "html", "docx": "html", "calendar": "ics"}
"""What people ask for -> the extension of what is nearest to it."""


def _refuse_format_meant(words: Sequence[str]) -> None:
    """Refuse a query that finds nothing and whose only word is a format or file name. Raises: UsageError."""
    name, _, extension = words[0].rpartition(".") if len(words) == 1 else ("", "", "")
    if (near := _NEAR_FORMAT.get(extension.lower())) is not None:
        file = quoted_for_shell(f"{name or 'FILE'}.{near}")
        raise UsageError(
            tr(
                'nothing has the word "{word}"; to write a file: followup export -o {file}',
                word=visible(words[0]),
                file=file,
            )
        )
    if extension.lower() in _FORMAT_BY_EXTENSION:
        file = quoted_for_shell(words[0]) if name else f"FILE.{extension.lower()}"
        raise UsageError(
            tr(
                'nothing has the word "{word}"; to write a file: followup export -o {file}',
                word=visible(words[0]),
                file=file,
            )
        )


def _refuse_options(arguments: Arguments, name: str) -> None:
    """Refuse options that the format lacks. Raises: UsageError."""
    for option, format_ in (("raw", "csv"), ("alarm", "ics"), ("events", "ics")):
        if arguments.has(option) and name != format_:
            raise UsageError(
                tr(
                    "--{option} goes with --format {formats}, not with {name}",
                    option=option,
                    formats=format_,
                    name=name,
                )
            )
    if arguments.has("lang") and name not in _IN_A_LANGUAGE:
        raise UsageError(tr("--lang goes with --format xlsx, md, html or ics, not with {name}", name=name))
    if arguments.has("mark") and name in _WITHOUT_PAGES:
        raise UsageError(tr("--mark has no place in {name}, which has no pages", name=name))


def _matching_by_number(session: Session, query: Query | None) -> list[Row]:
    """All commitments, or those that match, finished ones too, in the order of their numbers."""
    return sorted(matching_rows(session.snapshot(), query), key=lambda row: row.commitment["id"])


def _export_json(arguments: Arguments, session: Session) -> int:
    """Write the whole store, or with a query what `list --json` prints of the matching ones."""
    query = session.query(arguments.words)
    if query is None:
        from store.maintenance.backup import export_store

        raw, count = export_store(session.database)
        # `printable_json` takes no line breaks: one record a line.
        text = "\n".join(map(printable_json, raw.decode().split("\n")))
    else:
        from store.formats.records_as_json import commitment_json

        snapshot, rows = session.snapshot(), _matching_by_number(session, query)
        text, count = json_lines(commitment_json(row, snapshot) for row in rows), len(rows)
        say_unknown_names(query, snapshot)
    if not arguments.has("internal"):
        say(tr("JSON holds everything, also what may not be handed over"))
    return write_output(arguments, session, text.encode(), _commitments(count))


def _csv(arguments: Arguments, snapshot: Snapshot, rows: Sequence[Row], marks: Sequence[str]) -> bytes:
    from store.formats.csv_export import export_csv

    return export_csv(
        snapshot, with_progress(rows, len(rows)), is_internal=arguments.has("internal"), is_raw=arguments.has("raw")
    )


def _ics(arguments: Arguments, snapshot: Snapshot, rows: Sequence[Row], marks: Sequence[str]) -> bytes:
    from store.formats.ics_export import export_ics
    from store.rules.calendar_alarms import alarm_days

    ahead = arguments.get("alarm")
    return export_ics(
        snapshot,
        with_progress(rows, len(rows)),
        is_internal=arguments.has("internal"),
        marks=marks,
        alarm=None if ahead is None else alarm_days(ahead),
        is_of_events=arguments.has("events"),
        language=arguments.get("lang") or language(),
    )


def _xlsx(arguments: Arguments, snapshot: Snapshot, rows: Sequence[Row], marks: Sequence[str]) -> bytes:
    from store.formats.xlsx_export import export_xlsx, visits_of

    return export_xlsx(
        snapshot,
        with_progress(rows, len(rows)),
        visits=visits_of(snapshot, rows),
        is_internal=arguments.has("internal"),
        marks=marks,
        language=arguments.get("lang") or language(),
    )


_EXPORTERS: dict[str, Callable[[Arguments, Snapshot, Sequence[Row], Sequence[str]], bytes]] = {
    "csv": _csv,
    "ics": _ics,
    "xlsx": _xlsx,
}
"""Format for programs -> function that makes the file."""


def _export_page(arguments: Arguments, session: Session, rows: Sequence[Row], query: Query | None, name: str) -> bytes:
    from store.reports.list_report import list_report

    document = list_report(
        session.snapshot(),
        rows,
        query=query,
        language=arguments.get("lang") or language(),
        marks=parse_mark(arguments.get("mark")),
        is_internal=arguments.has("internal"),
    )
    return export_document(document, name, session.snapshot().today, as_text=document_text)


def _commitments(count: int) -> str:
    return plural("{n} commitment", "{n} commitments", count)
