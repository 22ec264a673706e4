"""The only writer of stdout: text, JSON, and the file or stdout that `-o` names.

A pipe that its reader closed ends a command quietly, never with a traceback.
"""

from __future__ import annotations

import os
import sys

from store.errors import UsageError, reason
from store.quick_json import dumps
from store.translation import phrase, tr
from tui.stderr import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tui.cli.arguments import Arguments
    from tui.render.segments import Segments
    from tui.render.terminal_style import TerminalStyle
    from tui.session import Session

SAVED = phrase("saved, but ")
"""The note (`add_note`) on an error after the commit: its message must not sound as if nothing were saved."""

_CHUNK = 16
"""Documents that are encoded together."""

_LINES = 500
"""Lines that are written together."""


class OutputFailed(Exception):
    """Stdout could not be written; the message says why."""


def write_after_commit(text: str) -> None:
    """Write the result of a change that is saved. Raises: OutputFailed with the note `SAVED`."""
    try:
        write(text)
    except OutputFailed as lost:
        lost.add_note(SAVED)
        raise


def saved_prefix(error: Exception) -> str:
    """`saved, but ` for an error after the commit, else an empty string: the prefix of its message."""
    return tr(SAVED) if SAVED in getattr(error, "__notes__", []) else ""


_written = False


def has_written() -> bool:
    """Whether anything was written to stdout."""
    return _written


def write(text: str) -> bool:
    """Write text to stdout at once; characters that its encoding lacks become plain signs or escapes.

    Returns False when the reader closed the pipe. Raises: OutputFailed.
    """
    encoding = (sys.stdout.encoding if sys.stdout is not None else None) or "utf-8"
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        from tui.signs_an_encoding_lacks import encoded  # a terminal that does not take UTF-8 is rare

        data = encoded(text, encoding)
    return write_bytes(data)


def write_lines(lines: Iterable[str]) -> None:
    """Write lines to stdout, if there are any. Raises: OutputFailed."""
    remaining = iter(lines)
    # Some at a time: all of thousands would touch as much new memory as they have bytes, several times over.
    while some := [line for _, line in zip(range(_LINES), remaining, strict=False)]:
        if not write("\n".join([*some, ""])):
            return


def write_page(lines: Iterable[Segments], terminal: TerminalStyle) -> None:
    """Write lines from the second column on: the first is for the cursor of the app. Raises: OutputFailed."""
    write_lines([f" {painted}" if (painted := terminal.painted_line(line)) else "" for line in lines])


def write_bytes(data: bytes) -> bool:
    """Write bytes to stdout. Returns False when the reader closed the pipe. Raises: OutputFailed."""
    global _written
    stdout = sys.stdout
    if stdout is None:
        raise OutputFailed(tr("stdout is closed"))
    _written = True
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
        raise OutputFailed(reason(error)) from None
    return True


def _wait_for_room(fileno: int) -> None:
    """Wait until a non-blocking stdout can be written: another program may have made a shared one non-blocking."""
    import select

    select.select([], [fileno], [], 1)


def _discard_stdout() -> None:
    """Redirect stdout to /dev/null, or Python's flush at exit would fail again."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    except OSError:
        return


def json_text(document: object) -> str:
    """Encode a document as JSON in one line: letters of every script unescaped, unprintable characters escaped."""
    return printable_json(dumps(document))


def printable_json(text: str) -> str:
    """Escape the unprintable characters of JSON, one line at a time."""
    # JSON has escaped all controls but DEL already: most texts need no pass over each character.
    if text.isascii() and "\x7f" not in text:
        return text
    return text if text.isprintable() else "".join(map(_json_escape, text))


def json_lines(documents: Iterable[Mapping[str, object]]) -> str:
    """Encode documents of one shape as a JSON array, one a line, to be grepped."""
    remaining, lines = iter(documents), []
    # A few at a time: a call for each costs a third more, and one for all touches as much new memory as it writes.
    while some := [document for _, document in zip(range(_CHUNK), remaining, strict=False)]:
        # No text can hold a brace before a key whose quotation mark is not escaped.
        start = f'{{"{next(iter(some[0]))}": '
        lines.append(json_text(some)[1:-1].replace("}, " + start, "},\n" + start))
    if not lines:
        return "[]\n"
    # Added to the first and last line before joining: concatenating to the whole text would copy it once more.
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
    """Write JSON to stdout as UTF-8, whatever the locale. Raises: OutputFailed."""
    write_bytes(text.encode())


def is_terminal() -> bool:
    """Whether stdout is a terminal."""
    try:
        return sys.stdout is not None and sys.stdout.isatty()
    except ValueError:
        return False


PIPED_WIDTH = 100
"""Columns of a table into a pipe, where COLUMNS does not say how many: a pager or a mail is no narrower."""


def terminal_of(session: Session, piped_width: int | None = None) -> TerminalStyle:
    """The width, characters and colours of stdout; `piped_width` columns without a terminal or COLUMNS."""
    from tui.render.terminal_style import terminal_style_for

    ground = session.ground if is_terminal() else None
    return terminal_style_for(session.environment, is_terminal=is_terminal(), piped_width=piped_width, ground=ground)


def refuse_output(arguments: Arguments, *, is_binary: bool) -> None:
    """Validate -o and --force before any work: an empty name, --force without a file, bytes to a terminal.

    Raises: UsageError.
    """
    path = arguments.get("output")
    if path == "":
        raise UsageError(tr("-o is empty: name a file"))
    if path in (None, "-"):
        if arguments.has("force"):
            raise UsageError(tr("--force goes with -o FILE"))
        if is_binary and is_terminal():
            raise UsageError(tr("this is a file of bytes, which a terminal cannot show: name a file for it, -o FILE"))


def write_output(arguments: Arguments, session: Session, data: bytes, what: str) -> int:
    """Write a report or an export to stdout, or to the file of `-o` with a message on stderr.

    `what` names it in that message. The bytes do not depend on the locale. Returns the exit code.
    Raises: FollowUpError; OutputFailed.
    """
    path = arguments.get("output")
    if path is None or path in ("-", "/dev/stdout"):
        write_bytes(data)
        return 0
    trouble = session.write_file(path, data, is_forced=arguments.has("force"))
    say(tr("wrote {what} to {path}", what=what, path=path))
    if trouble:
        say(tr("the disk did not confirm it: {trouble}", trouble=trouble))
    return 0
