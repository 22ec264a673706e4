"""`import`: reads a file of another program, and imports its rows, or the whole store in it."""

from __future__ import annotations

import os

from store.errors import UsageError
from store.foreign_files.limits import Limits
from store.imports.answers.parse_answers import ALL
from store.imports.files.read_json import WholeStore
from store.imports.files.read_list_in_child import ListFile, list_file
from store.imports.files.reading_options import ReadOptions
from store.imports.grid.row_nouns import rows_counted
from store.sanitise_text import visible
from store.translation import plural, speak, tr
from tui.cli.stdout import SAVED, json_text, write, write_json
from tui.stderr import ProgressLine, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.imports.grid.grid import Grid
    from tui.cli.arguments import Arguments
    from tui.session import Session


def import_(arguments: Arguments, session: Session) -> int:
    """`import`: import rows, or a whole store. Returns 1 when there were bad rows not to be skipped: nothing changed.

    Raises: FollowUpError.
    """
    path = arguments.words[0]
    how = ReadOptions(*(arguments.get(name) for name in ("format", "encoding", "delimiter", "sheet")))
    how.events = ALL if arguments.has("events") else None
    # Its process starts while the store is read, and reads while what rows need is loaded.
    with _opened(path) as file:
        snapshot = session.snapshot()
        if arguments.has("json"):
            speak(None)  # What programs read is no language.
        file.begin(how, snapshot.settings.get("timezone"), Limits(session.config.import_memory))
        from tui.cli.import_rows import import_rows

        found = _read(file)
    if isinstance(found, WholeStore):
        return _import_whole_store(arguments, session, found)
    return import_rows(arguments, session, found)


def _opened(path: str) -> ListFile:
    """Open the file at a path, or stdin for `-`. Raises: UsageError."""
    if path != "-":
        return list_file(path)
    from tui.cli.stdin import stdin_for_another_process

    try:
        descriptor = stdin_for_another_process()
    except OSError as error:
        raise UsageError(tr("stdin cannot be read: {error}", error=error.strerror)) from None
    try:
        return ListFile(descriptor, "stdin")
    finally:
        os.close(descriptor)


def _read(file: ListFile) -> Grid | WholeStore:
    with ProgressLine() as line:

        def watch(name: str, rows: int, seconds: float) -> None:
            so_far = f", {rows_counted('row', rows)}" if rows else ""
            line.show(lambda: tr("reading {name}, {seconds:.0f} s{so_far}", name=name, seconds=seconds, so_far=so_far))

        return file.read(watch)


def _counts(found: Mapping[str, int]) -> list[str]:
    """The number of records of each table, in words."""
    return [
        plural("{n} commitment", "{n} commitments", found["commitments"]),
        plural("{n} visit", "{n} visits", found["visits"]),
        plural("{n} party", "{n} parties", found["parties"]),
        plural("{n} event", "{n} events", found["events"]),
    ]


_ROW_OPTIONS = (
    *("map", "default", "set", "value", "visit", "dates", "skip-bad", "reason", "sheet", "delimiter"),
    *("new-party", "new-parties", "events", "leave-out", "holds", "new-visit", "title", "place", "from", "to", "like"),
)


def _import_whole_store(arguments: Arguments, session: Session, found: WholeStore) -> int:
    """Import a whole store into an empty one. Returns the exit code. Raises: FollowUpError."""
    from store.maintenance.import_store import import_store

    misplaced = [f"--{name}" for name in _ROW_OPTIONS if arguments.has(name)]
    if misplaced:
        raise UsageError(
            tr(
                "{option} goes with a list of rows, and {name} is a whole store",
                option=misplaced[0],
                name=visible(found.name),
            )
        )
    is_dry_run = arguments.has("dry-run")
    brought = import_store(session.database, found.raw, found.name, is_dry_run=is_dry_run)
    try:
        if arguments.has("json"):
            document = {"dry_run": is_dry_run, "same": brought.is_same, **brought.counts}
            write_json(json_text(document) + "\n")
        elif brought.is_same:
            write(tr("the store holds all of it already") + "\n")
        else:
            write(tr("a whole store: {counts}", counts=", ".join(_counts(brought.counts))) + "\n")
    except Exception as error:
        if not is_dry_run and not brought.is_same:
            error.add_note(SAVED)
        raise
    for sentence in brought.warnings:
        say(sentence)
    if is_dry_run or brought.is_same:
        say(tr("nothing was changed: this was a dry run") if is_dry_run else tr("nothing was changed"))
    return 0
