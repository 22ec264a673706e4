"""`export`: commitments in the format of another program."""

import os

from store.errors import UsageError
from store.text import clean_line, visible
from tui.cli.arguments import Arguments
from tui.cli.handing import hand_over, refuse_place
from tui.cli.output import json_lines, printable_json
from tui.diagnostics import say, told_how_far

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from store.filters import Query
    from store.ledger import Ledger, Row
    from tui.session import Session

_BY_ENDING = {
    ".csv": "csv",
    ".json": "json",
    ".ics": "ics",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".xlsx": "xlsx",
}
_BINARY = {"xlsx"}
_WITHOUT_PAGES = {"csv", "json"}
"""Formats that have no place for a mark."""


def export(arguments: Arguments, session: "Session") -> int:
    """Write what is asked for, in its format."""
    name = _format(arguments)
    _refuse_options(arguments, name)
    refuse_place(arguments, is_binary=name in _BINARY)
    if name == "json":
        return _export_json(arguments, session)
    make = _MAKERS[name]
    ledger, query = session.ledger(), session.query(arguments.words)
    rows = _matching(ledger, query)
    data = make(arguments, ledger, rows, query)
    return hand_over(arguments, session, data, _counted(len(rows)))


def _format(arguments: Arguments) -> str:
    name, path = arguments.one("format"), arguments.one("output")
    if name is not None or path is None:
        return name or "csv"
    ending = os.path.splitext(path)[1].lower()
    if ending and ending not in _BY_ENDING:
        raise UsageError(
            f'a file that ends with "{visible(ending)}" may be anything: say which it is to be, --format csv'
        )
    return _BY_ENDING.get(ending, "csv")


def _refuse_options(arguments: Arguments, name: str) -> None:
    for option, format_ in (("raw", "csv"), ("alarm", "ics")):
        if arguments.has(option) and name != format_:
            raise UsageError(f"--{option} goes with --format {format_}, not with {name}")
    if arguments.has("mark") and name in _WITHOUT_PAGES:
        raise UsageError(f"--mark has no place in {name}, which has no pages")


def _matching(ledger: "Ledger", query: "Query | None") -> "list[Row]":
    """All commitments, or those that match, finished or not, by number."""
    rows = ledger.rows if query is None else [row for row in ledger.rows if query.matches(row, ledger)]
    return sorted(rows, key=lambda row: row.commitment["id"])


def _counted(count: int) -> str:
    return f"{count} commitment{'' if count == 1 else 's'}"


def _mark(arguments: Arguments) -> str:
    return clean_line(arguments.one("mark") or "")


def _marks(arguments: Arguments) -> "list[str]":
    from store.reports.listing import marks_of

    return marks_of(_mark(arguments), is_internal=arguments.has("internal"))


def _export_json(arguments: Arguments, session: "Session") -> int:
    """The whole store, or with a query what `list --json` prints of those that match."""
    query = session.query(arguments.words)
    if query is None:
        from store.upkeep import whole

        raw, count = whole(session.database)
        # One record a line, so that each is looked at by itself.
        text = "\n".join(map(printable_json, raw.decode().split("\n")))
    else:
        from store.views import commitment_view

        ledger = session.ledger()
        rows = _matching(ledger, query)
        text, count = json_lines(commitment_view(row, ledger) for row in rows), len(rows)
    if not arguments.has("internal"):
        say("JSON holds everything, also what may not be handed over")
    return hand_over(arguments, session, text.encode(), _counted(count))


def _csv(arguments: Arguments, ledger: "Ledger", rows: "Sequence[Row]", query: "Query | None") -> bytes:
    from store.formats.csv_rows import csv_rows

    told = told_how_far(rows, len(rows))
    return csv_rows(ledger, told, is_internal=arguments.has("internal"), is_raw=arguments.has("raw"))


def _ics(arguments: Arguments, ledger: "Ledger", rows: "Sequence[Row]", query: "Query | None") -> bytes:
    from store.formats.ics import alarm_days, ics

    ahead = arguments.one("alarm")
    return ics(
        ledger,
        told_how_far(rows, len(rows)),
        is_internal=arguments.has("internal"),
        marks=_marks(arguments),
        alarm=None if ahead is None else alarm_days(ahead),
    )


def _xlsx(arguments: Arguments, ledger: "Ledger", rows: "Sequence[Row]", query: "Query | None") -> bytes:
    from store.formats.xlsx import xlsx

    there = {row.commitment["visit"] for row in rows}
    return xlsx(
        ledger,
        told_how_far(rows, len(rows)),
        visits=[visit["slug"] for visit in ledger.visits_newest_first if visit["slug"] in there],
        is_internal=arguments.has("internal"),
        marks=_marks(arguments),
    )


def _page(arguments: Arguments, ledger: "Ledger", rows: "Sequence[Row]", query: "Query | None") -> bytes:
    from store.reports.listing import listing

    document = listing(
        ledger,
        told_how_far(rows, len(rows)),
        is_internal=arguments.has("internal"),
        mark=_mark(arguments),
        asked=None if query is None else query.describe(),
    )
    if _format(arguments) == "md":
        from store.formats.markdown import markdown

        return markdown(document).encode()
    from store.formats.html import html

    return html(document).encode()


_MAKERS: "dict[str, Callable[[Arguments, Ledger, Sequence[Row], Query | None], bytes]]" = {
    "csv": _csv,
    "ics": _ics,
    "xlsx": _xlsx,
    "md": _page,
    "html": _page,
}
"""Format -> what makes the file."""
