"""The command `check`: one line and an exit code for a monitoring system."""

from __future__ import annotations

from store.errors import ChangedWhileRead, FollowUpError
from store.rules.assess_overdue_and_tally import WEEK_DAYS, is_due_within
from store.rules.days import said_day
from store.translation import plural, tr, tr_in
from tui.cli.exit_codes import CHECK_CRITICAL, CHECK_OK, CHECK_UNKNOWN, CHECK_WARNING, refusal_text
from tui.cli.say_or_refuse_unknown_names import refuse_unknown
from tui.cli.stdout import write
from tui.session import TODAY_VARIABLE
from tui.stderr import say, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.cli.arguments import Arguments
    from tui.session import Session


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
        rows = snapshot.matching(query)
        from tui.cli.refused_lines.words_meant_as_fields import say_fields_meant

        say_fields_meant(arguments, session, len(rows), snapshot.rows)
        refuse_unknown(query, snapshot)
        due = sum(is_due_within(row.days_left, within) for row in rows)
        if query is None:
            return _print_check(snapshot.counts(), due, within, session)
        hidden = sum(query.hides(row, snapshot) for row in snapshot.aside_rows)
        return _print_check(
            {**snapshot.tally(rows, is_aside_counted=query.asks_for_aside), "aside": hidden}, due, within, session
        )
    except ChangedWhileRead:
        raise
    except FollowUpError as error:
        return check_unknown(error)


def _another_day(session: Session) -> str:
    """The day of a check where it is not today, for its line; one from the environment is also printed to stderr.

    A line of cron throws the answer away, and an OK of a day long ago would be one for ever.
    """
    name = session.another_day()
    if name is None:
        return ""
    today = session.snapshot().today
    if name == TODAY_VARIABLE:
        say(tr("checked on {day}, which {variable} sets, and not today", day=said_day(today), variable=name))
    return tr(", on {day} by {variable}", day=said_day(today), variable=name)


def _print_check(counts: Mapping[str, int], due: int, within: int, session: Session) -> int:
    overdue = counts["overdue"]
    word, code = ("CRITICAL", CHECK_CRITICAL) if overdue else ("WARNING", CHECK_WARNING) if due else ("OK", CHECK_OK)
    period = plural("within {n} day", "within {n} days", within) if within else tr_in("when", "today")
    hidden = tr(", {n} set aside", n=counts["aside"]) if counts["aside"] else ""
    figures = f"overdue={overdue} due={due} open={counts['open']}"
    what = tr("{overdue} overdue, {due} due {period}", overdue=overdue, due=due, period=period)
    write(f"FOLLOWUP {word} - {what}{hidden}{_another_day(session)} | {figures}\n")
    return code


def check_unknown(error: FollowUpError) -> int:
    """Print the line of a check that failed. Returns its exit code."""
    sentence = shown(refusal_text(error)).replace("|", "/")
    write(f"FOLLOWUP UNKNOWN - {sentence}\n")
    return CHECK_UNKNOWN
