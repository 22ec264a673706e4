"""The command `status`: the counts of each band, and the most urgent commitments.

Its quick form, `--short`, imports little: `tui.render` pages are imported only where one is printed. It takes no lock.
"""

from __future__ import annotations

from store.errors import StoreMissing
from store.model.vocabulary_and_signs import Band
from store.rules.days import said_day
from store.translation import tr
from tui.cli.arguments import refuse_together
from tui.cli.stdout import json_text, terminal_of, write, write_json, write_lines
from tui.session import TODAY_VARIABLE
from tui.stderr import is_watched, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.query.parse_query import Query
    from store.snapshot import Snapshot
    from tui.cli.arguments import Arguments
    from tui.session import Session


MOST_URGENT = 10
"""Commitments that `status` lists."""


def status(arguments: Arguments, session: Session) -> int:
    """`status`: print the counts of each band and the most urgent commitments. Raises: FollowUpError.

    With --short prints one line, and nothing where there is no store in the default place, as a login script needs it.
    """
    refuse_together(arguments, "short", "json")
    is_short = arguments.has("short")
    try:
        snapshot = session.snapshot()
    except StoreMissing:
        if is_short and session.is_own_default:
            return 0
        raise
    query = session.query(arguments.words)
    if is_short:
        from tui.render.line_of_counts import line_of_counts

        counts = (
            snapshot.counts()
            if query is None
            else snapshot.tally(snapshot.matching(query), is_aside_counted=query.asks_for_aside)
        )
        _say_unknown_names(query, snapshot)
        # The other answers of `status` have the day in them. In a login somebody reads this.
        if is_watched() and session.another_day() == TODAY_VARIABLE:
            say(
                tr(
                    "counted on {day}, which {variable} sets, and not today",
                    day=said_day(snapshot.today),
                    variable=TODAY_VARIABLE,
                )
            )
        write(line_of_counts(counts) + "\n")
        return 0
    rows = snapshot.matching(query, snapshot.open_rows if query is None else None)
    counts = snapshot.counts() if query is None else snapshot.tally(rows, is_aside_counted=query.asks_for_aside)
    still_open = (row for row in rows if row.band != Band.FINISHED)
    from store.query.sort_orders import by_urgency  # the short line sorts nothing

    urgent = sorted(still_open, key=by_urgency)[:MOST_URGENT]
    _say_unknown_names(query, snapshot)
    if arguments.has("json"):
        from store.formats.records_as_json import commitment_json

        write_json(json_text({
            "today": snapshot.today,
            "store_revision": snapshot.revision,
            **counts,
            "urgent": [commitment_json(row, snapshot) for row in urgent],
        }) + "\n")  # fmt: skip
        return 0
    if query is not None:
        from tui.cli.refused_lines.words_meant_as_fields import say_fields_meant

        say_fields_meant(arguments, session, len(rows), snapshot.rows)
    from tui.render.status_page import status_page

    write_lines(status_page(snapshot, counts, urgent, terminal_of(session), is_filtered=query is not None))
    return 0


def _say_unknown_names(query: Query | None, snapshot: Snapshot) -> None:
    """Print which names of a query are unknown; without a query nothing is loaded for it."""
    if query is not None:
        from tui.cli.say_or_refuse_unknown_names import say_unknown_names

        say_unknown_names(query, snapshot)
