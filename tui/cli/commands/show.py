"""The commands that only read: `status`, `list`, `show`, `history`, `visits`, `parties`, `party list` and `check`.

The quick ones (`status --short`, the plain list, `check`) import little and do little for each row: `tui.render` is
imported only by commands that print a page or a table. None of them takes the lock.
"""

from __future__ import annotations

from store.did_you_mean import did_you_mean
from store.errors import ChangedWhileRead, FollowUpError, StoreMissing, UsageError
from store.model.vocabulary import NOTHING_PROMISED, Band
from store.rules.overdue import WEEK_DAYS, is_due_within
from store.text import visible
from tui.cli.arguments import refuse_together
from tui.cli.exit_codes import CHECK_CRITICAL, CHECK_OK, CHECK_UNKNOWN, CHECK_WARNING, refusal_text
from tui.cli.output import is_terminal, json_lines, json_text, terminal_of, write, write_json
from tui.cli.say_unknown_names import refuse_unknown, say_unknown_names
from tui.session import TODAY_VARIABLE
from tui.stderr import is_watched, say, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from store.model.record_types import Event, Visit
    from store.query.parse_query import Query
    from store.snapshot import Row, Snapshot
    from tui.cli.arguments import Arguments
    from tui.render.segments import Segments
    from tui.render.terminal_style import TerminalStyle
    from tui.session import Session

_PIPED_WIDTH = 100
"""Columns of the list into a pipe, where COLUMNS does not say how many: a pager or a mail is no narrower."""

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
        from tui.render.labels import counts as counts_in_words

        counts = snapshot.counts() if query is None else _counts(_matching(snapshot, query), query, snapshot)
        say_unknown_names(query, snapshot)
        # The other answers of `status` have the day in them. In a login somebody reads this.
        if is_watched() and session.another_day() == TODAY_VARIABLE:
            say(f"counted on {snapshot.today}, which {TODAY_VARIABLE} sets, and not today")
        write(counts_in_words(counts) + "\n")
        return 0
    rows = _matching(snapshot, query, snapshot.open_rows if query is None else None)
    counts = snapshot.counts() if query is None else _counts(rows, query, snapshot)
    still_open = (row for row in rows if row.band != Band.FINISHED)
    urgent = sorted(still_open, key=lambda row: row.urgency)[:MOST_URGENT]
    say_unknown_names(query, snapshot)
    if arguments.has("json"):
        from store.formats.json_export import commitment_json

        write_json(json_text({
            "today": snapshot.today,
            "store_revision": snapshot.revision,
            **counts,
            "urgent": [commitment_json(row, snapshot) for row in urgent],
        }) + "\n")  # fmt: skip
        return 0
    from tui.cli.refused_lines.fields_meant import say_fields_meant
    from tui.render.status_page import status_page

    say_fields_meant(arguments, session, len(rows), snapshot.rows if query is not None else [])

    _write_lines(status_page(snapshot, counts, urgent, terminal_of(session), is_filtered=query is not None))
    return 0


def _counts(rows: Sequence[Row], query: Query, snapshot: Snapshot) -> Mapping[str, int]:
    return snapshot.tally(rows, is_aside_counted=query.asks_for_aside)


def _matching(snapshot: Snapshot, query: Query | None, rows: list[Row] | None = None) -> list[Row]:
    """The rows that match a query, of these, or of all but those set aside that it does not ask for."""
    is_aside_asked = query is not None and query.asks_for_aside
    among = snapshot.rows_to_list(finished=True, aside=is_aside_asked) if rows is None else rows
    return among if query is None else [row for row in among if query.lists(row, snapshot)]


def _write_lines(lines: Sequence[str]) -> None:
    if lines:
        write("\n".join(lines) + "\n")


def _write_page(lines: Iterable[Segments], terminal: TerminalStyle) -> None:
    """Write lines that begin at the second column: the first one is the cursor's, in the app."""
    _write_lines([f" {painted}" if (painted := terminal.painted_line(line)) else "" for line in lines])


def _by_due(row: Row) -> tuple[str, int]:
    return (row.commitment.get("due", "9999"), row.commitment["id"])


def _by_text(name: str) -> Callable[[Row], Any]:
    def key(row: Row) -> tuple[str, tuple[int, str, int]]:
        from store.text import fold

        commitment: Mapping[str, Any] = row.commitment
        value = commitment[name]
        return (fold("; ".join(value) if isinstance(value, list) else value), row.urgency)

    return key


def _by_state(row: Row) -> tuple[int, tuple[int, str, int]]:
    from store.model.vocabulary import State

    return (State.ALL.index(row.commitment["state"]), row.urgency)


_ORDERS: dict[str, tuple[Callable[[Row], Any], bool]] = {
    "urgency": (lambda row: row.urgency, False),
    "due": (_by_due, False),
    "id": (lambda row: row.commitment["id"], False),
    "title": (_by_text("title"), False),
    "kind": (_by_text("kind"), False),
    "by": (_by_text("by"), False),
    "to": (_by_text("to"), False),
    "band": (lambda row: row.urgency, False),
    "days_left": (_by_due, False),
    "visit": (_by_text("visit"), False),
    "state": (_by_state, False),
    "owner": (_by_text("owner"), False),
    "updated": (lambda row: (row.commitment["updated"], row.commitment["id"]), True),
    "silent": (lambda row: (row.silent_days, -row.commitment["id"]), True),
}
"""Field of `--sort` -> its key, and whether the largest come first: the newest change, the longest silence."""


def list_(arguments: Arguments, session: Session) -> int:
    """`list`: print the open commitments, the most urgent first; with --all, or a query on them, finished ones too.

    The table is for people, into a pipe too; --tsv, --ids and --json are for scripts. Raises: FollowUpError.
    """
    refuse_together(arguments, "json", "tsv", "ids")
    field = arguments.get("sort") or "urgency"
    if field not in _ORDERS:
        hint = did_you_mean(field, tuple(_ORDERS))
        raise UsageError(f'--sort takes one of {", ".join(_ORDERS)}, not "{visible(field)}"{hint}')
    snapshot, query = session.snapshot(), session.query(arguments.words)
    is_all = arguments.has("all")
    among = snapshot.rows_to_list(
        finished=is_all or (query is not None and query.asks_for_finished),
        aside=is_all or (query is not None and query.asks_for_aside),
    )
    if is_all and query is not None:
        rows = [row for row in among if query.matches(row, snapshot)]
    else:
        rows = _matching(snapshot, query, among)
    from tui.cli.refused_lines.fields_meant import say_fields_meant

    is_answered = say_unknown_names(query, snapshot) or say_fields_meant(arguments, session, len(rows), among)
    if is_terminal() and not is_all:
        _say_set_aside(sum(query is None or _is_hidden(query, row, snapshot) for row in snapshot.aside_rows))
    key, is_reverse = _ORDERS[field]
    rows = sorted(rows, key=key, reverse=is_reverse)
    if arguments.has("json"):
        from store.formats.json_export import commitment_json

        write_json(json_lines(commitment_json(row, snapshot) for row in rows))
    elif arguments.has("ids"):
        _write_lines([str(row.commitment["id"]) for row in rows])
    elif not rows:
        if not is_answered:
            _say_nothing_found(arguments, query, snapshot)
    elif arguments.has("tsv"):
        _write_lines([_tab_separated(row) for row in rows])
    else:
        from tui.render.commitment_table import CommitmentTable

        table = CommitmentTable(rows, snapshot, terminal_of(session, _PIPED_WIDTH))
        _write_lines(table.lines(is_grouped=field == "urgency"))
    return 0


def _is_hidden(query: Query, row: Row, snapshot: Snapshot) -> bool:
    """Whether a row matches a query, but is in no list of it because it is set aside."""
    return query.matches(row, snapshot) and not query.lists(row, snapshot)


def _say_set_aside(count: int) -> None:
    if count:
        say(f"{count} set aside: followup list aside shows them")


def _tab_separated(row: Row) -> str:
    """`id, band, days_left, due, state, visit, by, to, title`; `visible` leaves no tab in any of them."""
    commitment = row.commitment
    days = row.days_left
    return "\t".join((
        str(commitment["id"]),
        row.band,
        "" if days is None else str(days),
        commitment.get("due", ""),
        commitment["state"],
        visible(commitment["visit"]),
        visible("; ".join(commitment["by"])),
        visible("; ".join(commitment["to"])),
        visible(commitment["title"]),
    ))  # fmt: skip


_NOTHING = {
    "now": "nothing to act on now",
    "overdue": "nothing is overdue",
    "today": "nothing is due today",
    "week": "nothing is due within 7 days",
    "month": "nothing is due within 30 days",
    "later": "nothing is due later",
    "no-date": "nothing is without a date",
    "unconfirmed": "nothing waits to be confirmed",
    "silent": "nothing is silent",
    "chase": "nobody is to be chased today",
    "aside": "nothing is set aside",
    "waiting": "nothing waits for another commitment",
    "extended": "nothing open was put off",
    "finished": "nothing is over yet",
    "closed": "nothing was closed",
}
"""Word of a query -> the sentence where nothing matches it alone."""

_OTHER_LISTS = "; followup now lists what to act on, followup list all that is open"


def _what_comes_next(snapshot: Snapshot) -> str:
    """`4 open, the next one due Tue 1 December 2026, in 4 days (2)`."""
    rows = snapshot.open_rows
    if not rows:
        return "nothing is open"
    undone = [row.commitment for row in rows if row.band != Band.UNCONFIRMED]
    dated = [(commitment["due"], commitment["id"]) for commitment in undone if "due" in commitment]
    day, number = min((each for each in dated if each[0] >= snapshot.today), default=("", 0))
    if not day:
        return f"{len(rows)} open"
    from tui.render.labels import day_and_distance

    return f"{len(rows)} open, the next one due {day_and_distance(day, snapshot.today)} ({number})"


def _say_nothing_found(arguments: Arguments, query: Query | None, snapshot: Snapshot) -> None:
    """Say that the list is empty, and what to type, where somebody reads it: also when the table goes into a pipe.

    A script or a cron job is told only of a query that was meant otherwise.
    """
    if [word.lower() for word in arguments.words[:1]] == ["aside"] and len(arguments.words) == 2:
        slug = visible(arguments.words[1])
        if slug in snapshot.visits and not snapshot.aside_rows:
            say(f"nothing is set aside: followup visit aside {slug} sets that visit aside")
            return
    from tui.cli.refused_lines.query_meant import not_a_query

    if meant := not_a_query(arguments):
        say(meant)
        return
    if not is_terminal() and (not is_watched() or arguments.has("tsv")):
        return  # A line for each empty list would be a mail of each cron job.
    is_all = arguments.has("all")
    word = arguments.words[0].lower() if len(arguments.words) == 1 else ""
    if word in _NOTHING and not is_all:
        more = _OTHER_LISTS if snapshot.open_rows else ""
        say(f"{_NOTHING[word]}: {_what_comes_next(snapshot)}{more}")
    elif query is not None:
        more = "" if is_all else "; --all looks among the finished ones too"
        say(f"nothing matches {query.describe()}{more}")
    elif is_all:
        say(f"{NOTHING_PROMISED} yet: followup add enters one")
    else:
        say("nothing open: followup list --all shows the finished ones too")


def _number(typed: str) -> int:
    """Parse the number of a commitment, `7` or `#7`. Raises: UsageError."""
    digits = typed.removeprefix("#")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 16):
        raise UsageError(f'"{visible(typed)}" is not the number of a commitment, such as 7: followup list shows them')
    return int(digits)


def show(arguments: Arguments, session: Session) -> int:
    """`show`: print everything about one commitment. Raises: FollowUpError."""
    number = _number(arguments.words[0])
    snapshot = session.snapshot()
    row = snapshot.row(number)
    if arguments.has("json"):
        from store.formats.json_export import full_commitment_json

        write_json(json_text(full_commitment_json(row, snapshot)) + "\n")
        return 0
    from tui.render.commitment_page import commitment_page

    terminal = terminal_of(session)
    _write_lines([terminal.painted_line(line) for line in commitment_page(row, snapshot, terminal, is_whole=False)])
    return 0


def history(arguments: Arguments, session: Session) -> int:
    """`history`: print the events of one commitment, also of a removed one, or of the whole store, newest last.

    Raises: FollowUpError.
    """
    if arguments.has("verify") or arguments.has("moved-from"):
        from tui.cli.commands.verify import verify

        return verify(arguments, session)
    number = _number(arguments.words[0]) if arguments.words else None
    snapshot = session.snapshot()
    events: list[Event] = snapshot.events() if number is None else snapshot.events_of(number)
    if number is not None and not events and number not in snapshot.commitments:
        from store.rules.numbering import commitment_not_found

        raise commitment_not_found(number, events)
    since = arguments.day("since", snapshot.today)
    if since is not None:
        from store.rules.history import is_since

        timezone = snapshot.settings.get("timezone")
        events = [event for event in events if is_since(event, since, snapshot.today, timezone)]
    if arguments.has("json"):
        from store.formats.json_export import event_json

        write_json(json_lines(event_json(event) for event in events))
    elif events:
        from tui.render.history_page import history_page

        terminal = terminal_of(session)
        _write_lines([terminal.painted_line(line) for line in history_page(events, snapshot, terminal)])
    elif is_terminal():
        say("nothing has happened yet" if since is None else f"nothing has happened since {since}")
    return 0


def visits(arguments: Arguments, session: Session) -> int:
    """`visits`: print the visits, newest first, with the counts of their commitments. Raises: FollowUpError."""
    from store.formats.json_export import visit_json

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
        _write_page([headings, *(line for entry in entries for line in entry.lines)], terminal)
        if len(found) == 1 and len(arguments.words) == 1 and found[0][0]["slug"].startswith(arguments.words[0].lower()):
            _write_visit(found[0][0], snapshot, session)
    elif is_terminal() and not is_answered:
        if query is not None:
            say(f"no visit matches {query.describe()}: followup visits shows them all")
        else:
            say("no visit yet: followup visit add TITLE --place P --from DATE enters one")
    return 0


def _write_visit(visit: Visit, snapshot: Snapshot, session: Session) -> None:
    """Write what else there is of a visit: who received it, who came, who paid, and all that it left."""
    from tui.render.commitment_table import CommitmentTable
    from tui.render.visits_page import visit_details

    terminal = terminal_of(session, _PIPED_WIDTH)
    rows = [row for row in snapshot.rows if row.commitment["visit"] == visit["slug"]]
    if details := visit_details(visit, terminal):
        _write_page([[], *details], terminal)
    if rows:
        _write_lines(["", *CommitmentTable(sorted(rows, key=_ORDERS["urgency"][0]), snapshot, terminal).lines()])


def _visit_matches(visit: Visit, rows: Sequence[Row], query: Query | None, snapshot: Snapshot) -> bool:
    """Whether a visit matches a query, together with one of its commitments, or alone when it has none.

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
    """`parties`: print what each party owes, owes late, is owed and has to confirm, the latest one first.

    Raises: FollowUpError.
    """
    from store.formats.json_export import party_json
    from store.rules.party_counts import counted_parties

    snapshot = session.snapshot()
    found = counted_parties(snapshot.parties.all(), snapshot.open_rows)
    if arguments.has("json"):
        write_json(json_lines(party_json(party, {party["name"]: counts}) for party, counts in found))
    elif found:
        from tui.render.parties_page import parties_page

        terminal = terminal_of(session)
        headings, entries = parties_page(found, terminal)
        _write_page([headings, *(line for entry in entries for line in entry)], terminal)
    else:
        _say_no_party()
    return 0


def party_list(arguments: Arguments, session: Session) -> int:
    """`party list`: print every party with all its names, by name. Raises: FollowUpError."""
    from store.text import fold

    snapshot = session.snapshot()
    found = sorted(snapshot.parties.all(), key=lambda party: fold(party["name"]))
    if arguments.has("json"):
        from store.formats.json_export import party_json
        from store.rules.party_counts import party_counts

        counts = party_counts(snapshot.open_rows)
        write_json(json_lines(party_json(party, counts) for party in found))
    elif found:
        from tui.render.parties_page import party_names_page

        terminal = terminal_of(session)
        _write_lines([terminal.painted_line(line) for line in party_names_page(found, terminal)])
    else:
        _say_no_party()
    return 0


def _say_no_party() -> None:
    if is_terminal():
        say("no party yet: followup add enters those that it names")


def check(arguments: Arguments, session: Session) -> int:
    """`check`: print one line for a monitoring system. Returns its exit code; a failure is UNKNOWN.

    So is a query with a name that the store does not know, which would be OK for ever.
    """
    try:
        given = arguments.number("within")
        within = WEEK_DAYS if given is None else given
        snapshot, query = session.snapshot(), session.query(arguments.words)
        if query is None and within == WEEK_DAYS:
            # The usual call of cron and monitoring: the counts need no whole records.
            counts = snapshot.counts()
            return _print_check(counts, counts["due_today"] + counts["week"], within, session)
        rows = _matching(snapshot, query)
        from tui.cli.refused_lines.fields_meant import say_fields_meant

        say_fields_meant(arguments, session, len(rows), snapshot.rows)
        refuse_unknown(query, snapshot)
        due = sum(is_due_within(row.days_left, within) for row in rows)
        if query is None:
            return _print_check(snapshot.counts(), due, within, session)
        hidden = sum(_is_hidden(query, row, snapshot) for row in snapshot.aside_rows)
        return _print_check({**_counts(rows, query, snapshot), "aside": hidden}, due, within, session)
    except ChangedWhileRead:
        raise
    except FollowUpError as error:
        return check_unknown(error)


def _another_day(session: Session) -> str:
    """The day of a check that is not the clock's, for its line; one that nobody typed is said on stderr as well.

    A line of cron throws the answer away, and an OK of a day long ago would be one for ever.
    """
    name = session.another_day()
    if name is None:
        return ""
    today = session.snapshot().today
    if name == TODAY_VARIABLE:
        say(f"checked on {today}, which {name} sets, and not today")
    return f", on {today} by {name}"


def _print_check(counts: Mapping[str, int], due: int, within: int, session: Session) -> int:
    overdue = counts["overdue"]
    word, code = ("CRITICAL", CHECK_CRITICAL) if overdue else ("WARNING", CHECK_WARNING) if due else ("OK", CHECK_OK)
    period = f"within {within} day{'s' if within != 1 else ''}" if within else "today"
    hidden = f", {counts['aside']} set aside" if counts["aside"] else ""
    figures = f"overdue={overdue} due={due} open={counts['open']}"
    write(f"FOLLOWUP {word} - {overdue} overdue, {due} due {period}{hidden}{_another_day(session)} | {figures}\n")
    return code


def check_unknown(error: FollowUpError) -> int:
    """Print the line of a check that failed. Returns its exit code."""
    sentence = shown(refusal_text(error)).replace("|", "/")
    write(f"FOLLOWUP UNKNOWN - {sentence}\n")
    return CHECK_UNKNOWN
