"""The command `list`: a table of commitments, tab-separated lines for scripts, or a hint where none matches."""

from __future__ import annotations

from store.errors import UsageError
from store.model.vocabulary_and_signs import NOTHING_PROMISED, Band
from store.query.sort_orders import SORT_ORDERS, by_urgency
from store.sanitise_text import visible
from store.translation import phrase, tr
from tui.cli.arguments import refuse_together
from tui.cli.stdout import PIPED_WIDTH, is_terminal, json_lines, terminal_of, write_json, write_lines
from tui.stderr import is_watched, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from store.query.parse_query import Query
    from store.snapshot import Row, Snapshot
    from tui.cli.arguments import Arguments
    from tui.session import Session


def list_(arguments: Arguments, session: Session) -> int:
    """`list`: print the open commitments, the most urgent first; with --all, or a query on them, finished ones too.

    The table is for people, into a pipe too; --tsv, --ids and --json are for scripts. Raises: FollowUpError.
    """
    refuse_together(arguments, "json", "tsv", "ids")
    field = arguments.get("sort")
    order = _sort_order(field) if field else None
    snapshot, query = session.snapshot(), session.query(arguments.words)
    is_all = arguments.has("all")
    among = snapshot.rows_to_list(
        finished=is_all or (query is not None and query.asks_for_finished),
        aside=is_all or (query is not None and query.asks_for_aside),
    )
    if is_all and query is not None:
        rows = [row for row in among if query.matches(row, snapshot)]
    else:
        rows = snapshot.matching(query, among)
    is_answered = query is not None and _say_what_was_meant(arguments, session, query, len(rows), among)
    if is_terminal() and not is_all:
        _say_set_aside(sum(query is None or query.hides(row, snapshot) for row in snapshot.aside_rows))
    key, is_reverse = order or (by_urgency, False)
    rows = sorted(rows, key=key, reverse=is_reverse)
    if arguments.has("json"):
        from store.formats.records_as_json import commitment_json

        write_json(json_lines(commitment_json(row, snapshot) for row in rows))
    elif arguments.has("ids"):
        write_lines([visible(str(row.commitment["id"])) for row in rows])
    elif not rows:
        if not is_answered:
            _say_nothing_found(arguments, query, snapshot)
    elif arguments.has("tsv"):
        write_lines([_tab_separated(row) for row in rows])
    else:
        from tui.render.commitment_table import CommitmentTable

        table = CommitmentTable(rows, snapshot, terminal_of(session, PIPED_WIDTH))
        write_lines(table.lines(is_grouped=field in (None, "urgency")))
    return 0


def _sort_order(field: str) -> tuple[Callable[[Row], Any], bool]:
    """The sort key of a field, and whether the order is reversed. Raises: UsageError."""
    from store.nearest_word import did_you_mean

    if field not in SORT_ORDERS:
        hint = did_you_mean(field, tuple(SORT_ORDERS))
        raise UsageError(
            tr(
                '--sort takes one of {sort_orders}, not "{field}"{hint}',
                sort_orders=", ".join(SORT_ORDERS),
                field=visible(field),
                hint=hint,
            )
        )
    return SORT_ORDERS[field]


def _say_what_was_meant(arguments: Arguments, session: Session, query: Query, found: int, among: Sequence[Row]) -> bool:
    """Print which names of a query are unknown, or which query was meant. Returns whether it printed."""
    from tui.cli.refused_lines.words_meant_as_fields import say_fields_meant
    from tui.cli.say_or_refuse_unknown_names import say_unknown_names

    return say_unknown_names(query, session.snapshot()) or say_fields_meant(arguments, session, found, among)


def _say_set_aside(count: int) -> None:
    if count:
        say(tr("{count} set aside: followup list aside shows them", count=count))


def _tab_separated(row: Row) -> str:
    """`id, band, days_left, due, state, visit, by, to, title`; `visible` removes tabs from each."""
    commitment = row.commitment
    days = row.days_left
    return "\t".join((
        visible(str(commitment["id"])),
        row.band,
        "" if days is None else str(days),
        visible(commitment.get("due", "")),
        visible(commitment["state"]),
        visible(commitment["visit"]),
        visible("; ".join(commitment["by"])),
        visible("; ".join(commitment["to"])),
        visible(commitment["title"]),
    ))  # fmt: skip


_NOTHING = {
    "now": phrase("nothing to act on now"),
    "overdue": phrase("nothing is overdue"),
    "today": phrase("nothing is due today"),
    "week": phrase("nothing is due within 7 days"),
    "month": phrase("nothing is due within 30 days"),
    "later": phrase("nothing is due later"),
    "no-date": phrase("nothing is without a date"),
    "unconfirmed": phrase("nothing waits to be confirmed"),
    "silent": phrase("nothing is silent"),
    "chase": phrase("nobody is to be chased today"),
    "aside": phrase("nothing is set aside"),
    "waiting": phrase("nothing waits for another commitment"),
    "extended": phrase("nothing open was put off"),
    "finished": phrase("nothing is over yet"),
    "closed": phrase("nothing was closed"),
}
"""Word of a query -> the sentence where nothing matches it alone."""

_NOT_OPEN = ("aside", "finished", "closed")
"""Those of them that find what is not listed as open."""


_OTHER_LISTS = phrase("; followup now lists what to act on, followup list all that is open")


def _what_comes_next(snapshot: Snapshot) -> str:
    """`4 open, the next one due Tue 1 December 2026, in 4 days (2)`."""
    rows = snapshot.open_rows
    if not rows:
        return tr("nothing is open")
    undone = [row.commitment for row in rows if row.band != Band.UNCONFIRMED]
    dated = [(commitment["due"], commitment["id"]) for commitment in undone if "due" in commitment]
    day, number = min((each for each in dated if each[0] >= snapshot.today), default=("", 0))
    if not day:
        return tr("{count} open", count=len(rows))
    from tui.render.day_words import day_and_distance

    return tr(
        "{count} open, the next one due {day} ({number})",
        count=len(rows),
        day=day_and_distance(day, snapshot.today),
        number=number,
    )


def _say_nothing_found(arguments: Arguments, query: Query | None, snapshot: Snapshot) -> None:
    """Print that the list is empty, and what to type, for a person to read: also when the table is piped.

    A script or a cron job is told only of a query that was meant otherwise.
    """
    if [word.lower() for word in arguments.words[:1]] == ["aside"] and len(arguments.words) == 2:
        slug = visible(arguments.words[1])
        if slug in snapshot.visits and not snapshot.aside_rows:
            say(tr("nothing is set aside: followup visit aside {slug} sets that visit aside", slug=slug))
            return
    from tui.cli.refused_lines.foreign_query_syntax import not_a_query

    if meant := not_a_query(arguments):
        say(meant)
        return
    if not is_terminal() and (not is_watched() or arguments.has("tsv")):
        return  # A line for each empty list would be a mail of each cron job.
    is_all = arguments.has("all")
    word = arguments.words[0].lower() if len(arguments.words) == 1 else ""
    if word in _NOTHING and not is_all:
        more = tr(_OTHER_LISTS) if snapshot.open_rows else ""
        # That nothing is open is no reason why nothing was closed.
        why = "" if word in _NOT_OPEN and not snapshot.open_rows else f": {_what_comes_next(snapshot)}{more}"
        say(f"{tr(_NOTHING[word])}{why}")
    elif query is not None:
        more = "" if is_all else tr("; --all looks among the finished ones too")
        say(tr("nothing matches {query}{more}", query=query.describe(), more=more))
    elif is_all:
        say(tr("{nothing} yet: followup add enters one", nothing=tr(NOTHING_PROMISED)))
    else:
        say(tr("nothing open: followup list --all shows the finished ones too"))
