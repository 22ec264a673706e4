"""The commands that show visits and parties: `visits`, `parties`, `party list`."""

from __future__ import annotations

from store.query.sort_orders import by_urgency
from store.translation import tr
from tui.cli.say_or_refuse_unknown_names import say_unknown_names
from tui.cli.stdout import PIPED_WIDTH, is_terminal, json_lines, terminal_of, write_json, write_lines, write_page
from tui.stderr import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from store.model.record_types import Visit
    from store.query.parse_query import Query
    from store.snapshot import Row, Snapshot
    from tui.cli.arguments import Arguments
    from tui.session import Session


def visits(arguments: Arguments, session: Session) -> int:
    """`visits`: print the visits, newest first, with the counts of their commitments. Raises: FollowUpError."""
    from store.formats.records_as_json import visit_json

    snapshot, query = session.snapshot(), session.query(arguments.words)
    found = [
        (visit, visit_json(visit, rows, snapshot))
        for visit, rows in snapshot.visits_with_rows()
        if _visit_matches(visit, rows, query, snapshot)
    ]
    is_answered = say_unknown_names(query, snapshot)
    if arguments.has("json"):
        write_json(json_lines(view for _, view in found))
    elif found:
        from tui.render.visits_page import visits_page

        terminal = terminal_of(session)
        headings, entries = visits_page(found, terminal, is_whole=True)
        write_page([headings, *(line for entry in entries for line in entry.lines)], terminal)
        if len(found) == 1 and len(arguments.words) == 1 and found[0][0]["slug"].startswith(arguments.words[0].lower()):
            _write_visit(found[0][0], snapshot, session)
    elif is_terminal() and not is_answered:
        if query is not None:
            say(tr("no visit matches {query}: followup visits shows them all", query=query.describe()))
        else:
            say(tr("no visit yet: followup visit add TITLE --place P --from DATE enters one"))
    return 0


def _write_visit(visit: Visit, snapshot: Snapshot, session: Session) -> None:
    """Print the details of a visit: who received it, who came, who paid, and all its commitments."""
    from tui.render.commitment_table import CommitmentTable
    from tui.render.visits_page import visit_details

    terminal = terminal_of(session, PIPED_WIDTH)
    rows = [row for row in snapshot.rows if row.commitment["visit"] == visit["slug"]]
    if details := visit_details(visit, snapshot.parties, terminal):
        write_page([[], *details], terminal)
    if rows:
        write_lines(["", *CommitmentTable(sorted(rows, key=by_urgency), snapshot, terminal).lines()])


def _visit_matches(visit: Visit, rows: Sequence[Row], query: Query | None, snapshot: Snapshot) -> bool:
    """Whether a visit matches a query, with one of its commitments, or alone when it has none.

    The words of the visit are put before each commitment's title, so that `lyon overdue` finds the visit to Lyon that
    left something overdue, and `-lyon` all others.
    """
    if query is None:
        return True
    words = " ".join((visit["slug"], visit["title"], visit.get("place", "")))
    return any(query.matches(row, snapshot) for row in _rows_with_visit_words(visit, words, rows))


def _rows_with_visit_words(visit: Visit, words: str, rows: Sequence[Row]) -> Iterable[Row]:
    from store.snapshot import Row

    stand_in: Any = {"id": 0, "title": "", "visit": visit["slug"], "kind": "", "by": [], "to": [], "owner": "",
                     "state": "", "created": "", "updated": "", "revision": 0}  # fmt: skip
    for row in rows or (None,):
        copy = Row()
        for name in Row.__slots__:
            setattr(copy, name, getattr(row, name) if row else 0)
        if row is None:
            copy.outcome = copy.days_left = None
        commitment = row.commitment if row else stand_in
        copy.commitment = {**commitment, "title": f"{words} {commitment['title']}"}
        yield copy


def parties(arguments: Arguments, session: Session) -> int:
    """`parties`: print what each party owes, owes late, is owed and has to confirm, the most overdue first.

    Raises: FollowUpError.
    """
    from store.formats.records_as_json import party_json
    from store.rules.party_counts import counted_parties

    snapshot = session.snapshot()
    found = counted_parties(snapshot.parties.all(), snapshot.open_rows)
    if arguments.has("json"):
        write_json(json_lines(party_json(party, {party["name"]: counts}) for party, counts in found))
    elif found:
        from tui.render.parties_page import parties_page

        terminal = terminal_of(session)
        headings, entries = parties_page(found, terminal)
        write_page([headings, *(line for entry in entries for line in entry)], terminal)
    else:
        _say_no_party()
    return 0


def party_list(arguments: Arguments, session: Session) -> int:
    """`party list`: print every party with all its names, by name. Raises: FollowUpError."""
    from store.fold_case_and_accents import fold

    snapshot = session.snapshot()
    found = sorted(snapshot.parties.all(), key=lambda party: fold(party["name"]))
    if arguments.has("json"):
        from store.formats.records_as_json import party_json
        from store.rules.party_counts import party_counts

        counts = party_counts(snapshot.open_rows)
        write_json(json_lines(party_json(party, counts) for party in found))
    elif found:
        from tui.render.parties_page import party_names_page

        terminal = terminal_of(session)
        write_lines([terminal.painted_line(line) for line in party_names_page(found, terminal)])
    else:
        _say_no_party()
    return 0


def _say_no_party() -> None:
    if is_terminal():
        say(tr("no party yet: followup add enters those that it names"))
