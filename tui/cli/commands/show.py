"""The command `show`: everything about one commitment."""

from __future__ import annotations

from store.errors import UsageError
from store.sanitise_text import visible
from store.translation import tr
from tui.cli.stdout import json_text, terminal_of, write_json, write_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tui.cli.arguments import Arguments
    from tui.session import Session


def number_to_show(typed: str) -> int:
    """Parse the number of a commitment, `7` or `#7`. Raises: UsageError."""
    digits = typed.removeprefix("#")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 16):
        raise UsageError(
            tr('"{typed}" is not the number of a commitment, such as 7: followup list shows them', typed=visible(typed))
        )
    return int(digits)


def show(arguments: Arguments, session: Session) -> int:
    """`show`: print the page of one commitment. Raises: FollowUpError."""
    number = number_to_show(arguments.words[0])
    snapshot = session.snapshot()
    row = snapshot.row(number)
    if arguments.has("json"):
        from store.formats.records_as_json import full_commitment_json

        write_json(json_text(full_commitment_json(row, snapshot)) + "\n")
        return 0
    from tui.render.commitment_page import commitment_page

    terminal = terminal_of(session)
    write_lines([terminal.painted_line(line) for line in commitment_page(row, snapshot, terminal, is_whole=False)])
    return 0
