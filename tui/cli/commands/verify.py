"""`history --verify`: compares the history with the audit lines in the system log."""

from __future__ import annotations

from contextlib import nullcontext

from store.errors import UsageError, unreadable
from store.sanitise_text import visible
from store.translation import plural, tr
from tui.cli.exit_codes import DONE, FAILED
from tui.cli.stdin import open_lines
from tui.cli.stdout import json_text, write, write_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from typing import BinaryIO

    from store.rules.audit_comparison import Comparison
    from tui.cli.arguments import Arguments
    from tui.session import Session


def verify(arguments: Arguments, session: Session) -> int:
    """Compare the history with a log, and print the differences. Returns 1 when there are some.

    Raises: UsageError, NotAllowed when the log has no line about the store, StoreUnusable.
    """
    from store.maintenance.verify_history import verify_history

    path = arguments.get("verify")
    if path is None:
        raise UsageError(tr("--moved-from goes with --verify LOG"))
    if arguments.words:
        raise UsageError(tr("--verify compares the whole history: leave out the number"))
    former = arguments.get("moved-from")
    try:
        with _opened(path) as log:
            found = verify_history(session.database, _lines_of(log), former, is_for_json=arguments.has("json"))
    except OSError as error:
        raise unreadable(visible(path), error, UsageError) from None
    if arguments.has("json"):
        write_json(_as_json(found))
    else:
        write("".join(f"{visible(line)}\n" for line in _lines(found)))
    return FAILED if found.disagreements else DONE


def _opened(path: str) -> AbstractContextManager[BinaryIO]:
    """Open the log. Raises: UsageError, OSError."""
    log = open_lines(path)
    if log is None:
        raise UsageError(tr("stdin is closed: name a file, --verify LOG"))
    return nullcontext(log) if path == "-" else log


_LONGEST_LINE = 1 << 20
"""Bytes of a line of the log; one of ours has less than 1 kB, with all that journald adds some."""


def _lines_of(log: BinaryIO) -> Iterator[bytes]:
    """The lines of a log, without overlong ones: anybody can write one, and memory would fill."""
    is_begun = False
    while raw := log.readline(_LONGEST_LINE):
        is_whole = raw.endswith(b"\n") or len(raw) < _LONGEST_LINE
        if is_whole and not is_begun:
            yield raw
        is_begun = not is_whole


def _lines(found: Comparison) -> list[str]:
    """The differences, what agrees and why, and the summary."""
    changes = plural("{n:,} change in the store", "{n:,} changes in the store", found.changes)
    lines = plural("{n:,} line in the log", "{n:,} lines in the log", found.lines)
    counts = f"{changes}, {lines}"
    if found.disagreements:
        verdict = tr(
            "from change {change} on the store does not agree with the log: {counts}",
            change=found.disagreements[0].change,
            counts=counts,
        )
    else:
        verdict = tr("the store agrees with the log: {counts}", counts=counts)
    return [*(each.sentence for each in found.disagreements), *found.notes, verdict]


def _as_json(found: Comparison) -> str:
    document = {
        "agrees": not found.disagreements,
        "from_change": found.disagreements[0].change if found.disagreements else None,
        "changes": found.changes,
        "lines": found.lines,
        "disagreements": [each._asdict() for each in found.disagreements],
        "notes": found.notes,
    }
    return json_text(document) + "\n"
