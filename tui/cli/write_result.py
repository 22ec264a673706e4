"""Handing something over: to the file that `-o` names, or to stdout."""

from __future__ import annotations

from store.errors import UsageError
from tui.cli.output import is_terminal, write_bytes
from tui.stderr import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tui.cli.arguments import Arguments
    from tui.session import Session


def refuse_place(arguments: Arguments, *, is_binary: bool) -> None:
    """Refuse, before there is any work, a place for a paper that cannot be meant. Raises: UsageError."""
    path = arguments.one("output")
    if path == "":
        raise UsageError("-o is empty: name a file")
    if path in (None, "-"):
        if arguments.has("force"):
            raise UsageError("--force goes with -o FILE")
        if is_binary and is_terminal():
            raise UsageError("this is a file of bytes, which a terminal cannot show: name a file for it, -o FILE")


def hand_over(arguments: Arguments, session: Session, data: bytes, what: str) -> int:
    """Write a paper to the file that `-o` names, and say so, or to stdout. `what` names what was written.

    The bytes are the same everywhere, whatever the encoding of a terminal is. Returns the exit code.
    Raises: FollowUpError; AnswerLost.
    """
    path = arguments.one("output")
    if path is None or path in ("-", "/dev/stdout"):
        write_bytes(data)
        return 0
    trouble = session.write_file(path, data, is_forced=arguments.has("force"))
    say(f"wrote {what} to {path}")
    if trouble:
        say(f"the disk did not confirm it: {trouble}")
    return 0
