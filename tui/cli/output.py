"""The only writer of stdout: data, whole, and never a traceback for a reader that went away."""

from __future__ import annotations

import os
import sys
from itertools import islice

from store.errors import UsageError
from store.quick_json import dumps
from tui.stderr import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tui.cli.arguments import Arguments
    from tui.session import Session

SAVED = "saved, but "
"""The note on an error that came after the change was on the disk: nothing may then sound as if it were not."""

_CHUNK = 16
"""Documents that are made and encoded together."""


class OutputFailed(Exception):
    """The answer could not be written; the sentence says why."""


def write_after_commit(text: str) -> None:
    """Write what was done and is saved. Raises: OutputFailed that says so."""
    try:
        write(text)
    except OutputFailed as lost:
        lost.add_note(SAVED)
        raise


def saved_prefix(error: Exception) -> str:
    """How the sentence on an error begins when it came after the change was saved; else nothing."""
    return SAVED if SAVED in getattr(error, "__notes__", []) else ""


def write(text: str) -> bool:
    """Write text to stdout at once; characters that its encoding lacks are written out as escapes.

    A pipe that was closed ends quietly. Returns whether anybody still reads. Raises: OutputFailed.
    """
    encoding = sys.stdout.encoding if sys.stdout is not None else None
    return write_bytes(text.encode(encoding or "utf-8", "backslashreplace"))


def write_bytes(data: bytes) -> bool:
    """Write what is no text of this terminal: a file. Returns whether anybody still reads. Raises: OutputFailed."""
    stdout = sys.stdout
    if stdout is None:
        raise OutputFailed("stdout is closed")
    try:
        stdout.flush()
        view = memoryview(data)
        while view:
            try:
                view = view[os.write(stdout.fileno(), view) :]
            except BlockingIOError:
                _wait_for_room(stdout.fileno())
    except BrokenPipeError:
        _discard_stdout()
        return False
    except OSError as error:
        _discard_stdout()
        raise OutputFailed(error.strerror or str(error)) from None
    return True


def _wait_for_room(fileno: int) -> None:
    """Until more can be written where another program made the shared terminal or pipe non-blocking."""
    import select

    select.select([], [fileno], [], 1)


def _discard_stdout() -> None:
    """Let what Python flushes at its end go nowhere, instead of failing once more."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    except OSError:
        return


def json_text(document: object) -> str:
    """A document as JSON in one line: letters of every script as they are, what does not print as an escape."""
    return printable_json(dumps(document))


def printable_json(text: str) -> str:
    """JSON with what does not print as an escape; a line break is no such thing only between its lines."""
    # JSON has escaped the controls already, all but DEL: most texts need no look at each character.
    if text.isascii() and "\x7f" not in text:
        return text
    return text if text.isprintable() else "".join(map(_json_escape, text))


def json_lines(documents: Iterable[Mapping[str, object]]) -> str:
    """An array of documents of one shape, each in a line of its own, so that it can be grepped."""
    remaining, lines = iter(documents), []
    # A few at a time: a call for each costs a third more, and one for all touches as much new memory as it writes.
    while some := list(islice(remaining, _CHUNK)):
        # No text can hold a brace before a key whose quotation mark is not escaped.
        start = f'{{"{next(iter(some[0]))}": '
        lines.append(json_text(some)[1:-1].replace("}, " + start, "},\n" + start))
    if not lines:
        return "[]\n"
    # Put to the ends before they are joined: each sum of the whole text would be one more copy of it.
    lines[0] = "[\n" + lines[0]
    lines[-1] += "\n]\n"
    return ",\n".join(lines)


def _json_escape(character: str) -> str:
    if character.isprintable():
        return character
    code = ord(character)
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"


def write_json(text: str) -> None:
    """Write JSON, which is UTF-8 whatever the terminal is. Raises: OutputFailed."""
    write_bytes(text.encode())


def is_terminal() -> bool:
    """Whether a person reads stdout."""
    try:
        return sys.stdout is not None and sys.stdout.isatty()
    except ValueError:
        return False


def refuse_output(arguments: Arguments, *, is_binary: bool) -> None:
    """Refuse, before there is any work, a place for a paper that cannot be meant. Raises: UsageError."""
    path = arguments.get("output")
    if path == "":
        raise UsageError("-o is empty: name a file")
    if path in (None, "-"):
        if arguments.has("force"):
            raise UsageError("--force goes with -o FILE")
        if is_binary and is_terminal():
            raise UsageError("this is a file of bytes, which a terminal cannot show: name a file for it, -o FILE")


def write_output(arguments: Arguments, session: Session, data: bytes, what: str) -> int:
    """Write a paper to the file that `-o` names, and say so, or to stdout. `what` names what was written.

    The bytes are the same everywhere, whatever the encoding of a terminal is. Returns the exit code.
    Raises: FollowUpError; OutputFailed.
    """
    path = arguments.get("output")
    if path is None or path in ("-", "/dev/stdout"):
        write_bytes(data)
        return 0
    trouble = session.write_file(path, data, is_forced=arguments.has("force"))
    say(f"wrote {what} to {path}")
    if trouble:
        say(f"the disk did not confirm it: {trouble}")
    return 0
