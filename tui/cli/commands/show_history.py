"""The command `history`: the events of one commitment, or of the whole store."""

from __future__ import annotations

from store.rules.days import said_day
from store.translation import tr
from tui.cli.commands.show import number_to_show
from tui.cli.stdout import is_terminal, json_lines, terminal_of, write_json, write_lines
from tui.stderr import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.model.record_types import Event
    from tui.cli.arguments import Arguments
    from tui.session import Session


def history(arguments: Arguments, session: Session) -> int:
    """`history`: print the events of one commitment, also of a removed one, or of the whole store, newest last.

    Raises: FollowUpError.
    """
    if arguments.has("verify") or arguments.has("moved-from"):
        from tui.cli.commands.verify import verify

        return verify(arguments, session)
    number = number_to_show(arguments.words[0]) if arguments.words else None
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
        from store.formats.records_as_json import event_json

        write_json(json_lines(event_json(event) for event in events))
    elif events:
        from tui.render.history_page import history_page

        terminal = terminal_of(session)
        write_lines([terminal.painted_line(line) for line in history_page(events, snapshot, terminal)])
    elif is_terminal():
        say(
            tr("nothing has happened yet")
            if since is None
            else tr("nothing has happened since {since}", since=said_day(since))
        )
    return 0
