"""`batch`: runs changing commands from a file or a pipe, and acknowledges each line after its commit."""

from __future__ import annotations

import sys
from contextlib import suppress

from store.errors import FollowUpError, UsageError, reason
from store.sanitise_text import visible
from store.translation import phrase, tr
from tui.cli.arguments import Arguments, parse_command_line
from tui.cli.exit_codes import FAILED, exit_code_of, refusal_text
from tui.cli.run_change import apply_change, numbers_in, saved_change
from tui.cli.stdin import open_lines
from tui.cli.stdout import OutputFailed, write
from tui.stderr import say, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from store.transaction import Transaction
    from tui.session import Session


UNCLOSED = (phrase("No closing quotation"), phrase("No escaped character"))
"""What the standard library says of a line whose quotes do not close."""

_LONGEST_LINE = 250_000
"""Bytes of a line, in which the longest text has room: to part words takes a time that grows with the square of it."""


def batch(arguments: Arguments, session: Session) -> int:
    """`batch`: run each line as a change of its own, or with --atomic all of them as one.

    Prints `ok LINE REVISION RESULT` or `error LINE EXIT-CODE SENTENCE` for each line. Returns the exit code of the
    first line that failed; without --atomic the others are run all the same.
    Raises: UsageError for a file that cannot be read; StoreUnusable.
    """
    path = arguments.words[0] if arguments.words else "-"
    if path == "-" and sys.stdin is not None and sys.stdin.isatty():
        say(tr("one changing command a line, as typed after followup; end with Ctrl-D"))
    try:
        file = open_lines(path)
    except OSError as error:
        raise UsageError(tr("{path} cannot be read: {strerror}", path=visible(path), strerror=reason(error))) from None
    if file is None:
        raise UsageError(tr("stdin is closed: name a file, followup batch FILE"))
    if session.database.stamp() is None:
        session.database.settings()  # Raises StoreMissing before the first line is read.
    with file:
        return _run_all_or_none(file, session) if arguments.has("atomic") else _run_each(file, session)


def _read_lines(file: BinaryIO) -> Iterator[tuple[int, str]]:
    """Yield number and text of each line that is a command, as soon as it arrives. Raises: UsageError."""
    number = 0
    try:
        while raw := file.readline(_LONGEST_LINE + 1):
            number += 1
            if len(raw) > _LONGEST_LINE:
                raise UsageError(
                    tr(
                        "line {number} is longer than {longest_line:,} bytes, so nothing more was read",
                        number=number,
                        longest_line=_LONGEST_LINE,
                    )
                )
            text = raw.decode("utf-8-sig" if number == 1 else "utf-8", "backslashreplace")
            if text.strip() and not text.startswith("#"):
                yield number, text.strip()
    except OSError as error:
        raise UsageError(
            tr("after line {number} nothing more can be read: {strerror}", number=number, strerror=reason(error))
        ) from None


def _parse_line(line: str) -> Arguments:
    """Parse a line as a shell would. Raises: UsageError, also for a command or option that batch lacks."""
    import shlex

    try:
        words = shlex.split(line)
    except ValueError as error:
        raise UsageError(tr("the quotes of this line do not close ({error})", error=tr(str(error)))) from None
    if words[:1] == ["followup"]:
        words = words[1:]
    arguments = parse_command_line(words)
    if not arguments.command.is_changing or arguments.has("help"):
        raise UsageError(
            tr("followup {name} is not for batch: it runs add, mark, due, note ...", name=arguments.typed_as.name)
        )
    refused = [f"--{name}" for name in ("json", "list", "store", "today", "lang") if arguments.has(name)]
    if refused or arguments.words[-1:] == ["-"]:
        raise UsageError(tr("{refused} does not go into a line of batch", refused=(refused or ["-"])[0]))
    if arguments.command.name == "redact" and not arguments.has("yes"):
        raise UsageError(tr("redact cannot be undone: in batch it needs --yes"))
    return arguments


def _run_each(file: BinaryIO, session: Session) -> int:
    """Run each line in a transaction of its own. Returns the exit code of the first that failed."""
    first_failure = 0
    for number, line in _read_lines(file):
        try:
            arguments = _parse_line(line)
            result, tx = saved_change(arguments, session.database)
        except FollowUpError as error:
            first_failure = first_failure or exit_code_of(error)
            if not _acknowledge(_error_line(number, error)):
                return first_failure
            continue
        try:
            if not _acknowledge(f"ok {number} {tx.revision} {'; '.join(result.lines)}"):
                return first_failure
        except OutputFailed as error:
            say(
                tr(
                    "saved up to line {number}, but the answer could not be written: {error}",
                    number=number,
                    error=error,
                )
            )
            return FAILED
        if tx.is_left_in_copies:
            first_failure = first_failure or FAILED
        for sentence in (*tx.warnings, *result.hints):
            say(tr("line {number}: {sentence}", number=number, sentence=sentence))
    return first_failure


def _run_all_or_none(file: BinaryIO, session: Session) -> int:
    """Run all lines in one transaction, which the first error rolls back. Returns its exit code."""
    lines = list(_read_lines(file))
    failure: tuple[int, FollowUpError] | None = None

    def run_lines(tx: Transaction) -> list[tuple[int, list[str]]]:
        nonlocal failure
        results = []
        for number, line in lines:
            try:
                arguments = _parse_line(line)
                if arguments.command.name in ("undo", "redo", "redact"):
                    raise UsageError(
                        tr("{name} cannot be a part of one change: leave out --atomic", name=arguments.command.name)
                    )
                results.append((number, apply_change(arguments, tx).lines))
            except FollowUpError as error:
                failure = (number, error)
                raise
        return results

    try:
        acknowledged, tx = session.database.change(run_lines, about=_numbers_in(lines))
    except FollowUpError as error:
        if failure is None:
            raise
        _acknowledge(_error_line(failure[0], error))
        say(tr("nothing was changed: with --atomic all lines are one change, or none"))
        return exit_code_of(error)
    try:
        write("".join(f"ok {number} {tx.revision} {visible('; '.join(results))}\n" for number, results in acknowledged))
    except OutputFailed as error:
        say(tr("saved, but the answer could not be written: {error}", error=error))
        return FAILED
    for sentence in tx.warnings:
        say(sentence)
    return 0


def _numbers_in(lines: Iterable[tuple[int, str]]) -> set[int]:
    """The numbers of commitments that these lines name; invalid lines are refused when they run."""
    found: set[int] = set()
    for _, line in lines:
        with suppress(FollowUpError):
            found.update(numbers_in(_parse_line(line)))
    return found


def _error_line(number: int, error: FollowUpError) -> str:
    return f"error {number} {exit_code_of(error)} {shown(refusal_text(error))}"


def _acknowledge(line: str) -> bool:
    """Print the acknowledgement of a line. Returns False when the reader closed the pipe."""
    return write(visible(line) + "\n")
