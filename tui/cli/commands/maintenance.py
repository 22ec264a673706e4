"""`init`, `demo`, `doctor`, `backup`, `move` and `restore`: the commands that make, check, copy and move a store."""

from __future__ import annotations

import os

from store.errors import FollowUpError, StoreUnusable, UsageError, reason
from store.sanitise_text import visible
from store.translation import plural, tr
from store.users_and_groups import group_name
from tui.cli import stdout
from tui.cli.arguments import Arguments
from tui.cli.exit_codes import DONE, FAILED
from tui.cli.shell_quoting import quoted_for_shell
from tui.cli.stdout import SAVED, OutputFailed, write, write_after_commit
from tui.stderr import is_watched, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.maintenance.doctor import Repair
    from store.maintenance.finding import Finding
    from store.maintenance.restore import MadeStore
    from store.model.record_types import Settings
    from tui.session import Session


_LARGE_STORE = 4 << 20
"""Bytes of a store whose examination takes more than a second."""


def init(arguments: Arguments, session: Session) -> int:
    """`init`: make a store, private or shared; prints its path. Raises: FollowUpError."""
    from store.maintenance.create_store import make_on_server, make_private, make_shared
    from store.operations import validate_timezone
    from store.server_name import is_server_name

    path = _store_path(arguments.words[0]) if arguments.words else session.path
    is_on_server = is_server_name(path)
    if is_on_server and arguments.has("shared"):
        raise UsageError(tr("--shared is for a file: on a server --group names the role that may change the store"))
    if arguments.has("readers") and not is_on_server:
        raise UsageError(tr("--readers is for a store on a server: a file is read by those whom its folder lets in"))
    if arguments.has("group") and not arguments.has("shared") and not is_on_server:
        raise UsageError(tr("--group goes with --shared"))
    settings: Settings = {}
    if (timezone := arguments.get("timezone")) is not None:
        settings = {"timezone": validate_timezone(timezone)}
    database = session.database.beside(path)
    warnings: list[str] = []
    if is_on_server:
        warnings = make_on_server(database, settings, group=arguments.get("group"), readers=arguments.get("readers"))
    elif arguments.has("shared"):
        warnings = make_shared(database, settings, arguments.get("group"))
    else:
        warnings = make_private(database, settings)
    write_after_commit(f"{visible(database.where)}\n")
    try:
        from store.maintenance.doctor import examine

        # Problems of the folder are reported now, before they lock somebody out.
        found = [] if is_on_server else [each.sentence for each in examine(database) if each.is_fault]
        warnings = list(dict.fromkeys([*warnings, *found]))
    except Exception as error:
        error.add_note(SAVED)
        raise
    for sentence in warnings:
        say(sentence)
    if path != session.path:
        say(_how_to_use(path))
    return 0


def _how_to_use(name: str) -> str:
    quoted = quoted_for_shell(name)
    return tr("to use it: export FOLLOWUP_STORE={quoted}, or followup config store {quoted}", quoted=quoted)


def _store_path(typed: str) -> str:
    """The absolute path of a store, in a folder with the default name; the name of a server store is unchanged."""
    from store.server_name import is_server_name

    if is_server_name(typed):
        return typed
    path = os.path.abspath(os.path.expanduser(typed))
    return os.path.join(path, "commitments.json") if typed.endswith("/") or os.path.isdir(path) else path


def demo(arguments: Arguments, session: Session) -> int:
    """`demo`: make a store with examples, and print its status. Raises: FollowUpError."""
    from store.maintenance.demo import make_demo

    if arguments.words:
        path = _store_path(arguments.words[0])
    elif session.is_named_by_option:
        path = _store_path(session.path)
    else:
        from tempfile import mkdtemp

        path = os.path.join(mkdtemp(prefix="followup-demo-"), "commitments.json")
    warnings = make_demo(session.database.beside(path))
    from tui.cli.arguments import parse_command_line
    from tui.cli.commands.status import status
    from tui.session import Session

    say(tr("made {path}; to use it: export FOLLOWUP_STORE={path}", path=path))
    for sentence in warnings:
        say(sentence)
    shown = Session(path, arguments.get("today"), session.environment)
    try:
        return status(parse_command_line(["status"]), shown)
    except OutputFailed as lost:
        lost.add_note(SAVED)
        raise


def doctor(arguments: Arguments, session: Session) -> int:
    """`doctor`: print each finding, then each note; with --repair mend what is safe.

    Returns 1 when a finding remains, else 0. Raises: StoreUnusable for a store that cannot be read.
    """
    from store.maintenance.doctor import examine, repair

    if stdout.is_terminal() and (size := session.database.size()) > _LARGE_STORE:
        say(tr("examining {size} MiB, a few seconds ...", size=size >> 20))
    examined = examine(session.database)
    findings = [finding for finding in examined if finding.is_fault]
    notes = "".join(_finding_line(finding) for finding in examined if not finding.is_fault)
    if not findings:
        write(tr("{where}: no findings", where=visible(session.database.where)) + f"\n{notes}")
        return DONE
    if arguments.has("repair"):
        rounds, left = repair(session.database, findings)
        lines: list[str] = []
        for repairs in rounds:
            lines += [line for line in map(_repair_line, repairs) if line not in lines]
    else:
        lines, left = [_finding_line(finding) for finding in findings], len(findings)
    write("".join(lines) + notes)
    return FAILED if left else DONE


def _sentence(finding: Finding) -> str:
    from tui.cli.hints_after_refusal import printed

    # What to type may be lines of their own; a line break in the sentence is one in somebody's name.
    return visible(finding.sentence) + printed(finding).removeprefix(finding.sentence)


def _finding_line(finding: Finding) -> str:
    way = f" ({tr('followup doctor --repair mends it')})" if finding.mend is not None else ""
    return f"{_sentence(finding)}{way}\n"


def _repair_line(repair: Repair) -> str:
    """The line of a finding to mend, with the result."""
    from tui.cli.hints_after_refusal import printed

    sentence, trouble = _sentence(repair.finding), repair.trouble
    if isinstance(trouble, FollowUpError):
        return _not_mended(sentence, visible(printed(trouble)))
    if trouble is not None:
        return _not_mended(sentence, reason(trouble))
    return tr("{sentence} - mended", sentence=sentence) + "\n" if repair.is_mended else f"{sentence}\n"


def _not_mended(sentence: str, why: str) -> str:
    return tr("{sentence} - could not be mended: {why}", sentence=sentence, why=why) + "\n"


def backup(arguments: Arguments, session: Session) -> int:
    """`backup`: write a verified copy of the store, unless one exists; prints its path. Raises: FollowUpError."""
    from store.maintenance.backup import backup as back_up
    from store.maintenance.backup import warning_of

    done = back_up(session.database, arguments.words[0] if arguments.words else None)
    write_after_commit(f"{visible(done.path)}\n")
    if not done.is_new and is_watched():  # A timer has nothing to mail of a night without a change.
        say(tr("it was there already, byte for byte the store as it is: nothing had to be written"))
    if warning := warning_of(session.database, done.path):
        say(visible(warning))
    return 0


def move(arguments: Arguments, session: Session) -> int:
    """`move`: move the store to a server or back; prints where it is now. Raises: FollowUpError."""
    from store.maintenance.move_between_file_and_server import move as move_store

    name = _store_path(arguments.words[0])
    target = session.database.beside(name)
    moved = move_store(session.database, target, group=arguments.get("group"), readers=arguments.get("readers"))
    write_after_commit(
        tr("the store is at {where} now, at revision {revision}", where=visible(moved.where), revision=moved.revision)
        + "\n"
    )
    if moved.kept_as:
        say(tr("the file is kept as {kept_as}", kept_as=moved.kept_as))
    for sentence in moved.warnings:
        say(sentence)
    say(_how_to_use(name))
    return 0


def restore(arguments: Arguments, session: Session) -> int:
    """`restore`: bring the store back from a copy, or list the copies. Raises: FollowUpError."""
    from store.maintenance.restore import restore as restore_store

    if arguments.has("list"):
        return _list_copies(session)
    restored = restore_store(session.database, arguments.words[0] if arguments.words else None)
    write_after_commit(
        tr(
            "revision {from_revision} is back; the store is now at revision {revision}",
            from_revision=restored.from_revision,
            revision=restored.revision,
        )
        + "\n"
    )
    first, last = restored.from_revision + 1, restored.revision - 1
    if first == last:
        say(tr("change {last}, made after it, is not in it", last=last))
    elif first < last:
        say(tr("changes {first} to {last}, made after it, are not in it", first=first, last=last))
    if restored.kept_as:
        say(tr("the replaced store is kept as {kept_as}", kept_as=restored.kept_as))
    if restored.made:
        say(_who_can_open(restored.made))
    for sentence in restored.warnings:
        say(sentence)
    return 0


def _who_can_open(made: MadeStore) -> str:
    """Who can open a restored store that did not exist before, and how it is shared."""
    from tui.cli.hints_after_refusal import to_share

    modes = {"path": made.path, "mode": f"{made.mode:04o}", "folder": f"{made.folder_mode:04o}"}
    if made.group is None:
        return tr(
            "there was no store: {path} has mode {mode}, its folder {folder}, so it is yours alone; to share it: "
            "{line}",
            **modes,
            line=to_share(made.folder, made.path),
        )
    return tr(
        "there was no store: {path} has mode {mode}, its folder {folder}, shared with the group {group}",
        **modes,
        group=group_name(made.group),
    )


def _list_copies(session: Session) -> int:
    """List the automatic copies: a table on a terminal, else revision, day, content and path between tabs."""
    from store.maintenance.backup import copies_of

    if session.database.is_remote:
        session.database.settings()  # Raises StoreMissing where there is no store.
        say(
            tr(
                "there are no automatic copies: a server keeps backups of its own; followup backup writes one of the "
                "store"
            )
        )
        return 0
    copies = copies_of(session.database)
    if os.path.isdir(copies.folder) and not os.access(copies.folder, os.R_OK):
        raise StoreUnusable(
            tr("{folder} cannot be read by you: its administrator can run followup doctor", folder=copies.folder)
        )
    lines = []
    for copy in copies.all():
        try:
            count = len(copies.read_own(copy).table("commitments"))
            what = plural("{n} commitment", "{n} commitments", count)
        except FollowUpError as error:
            what = tr("of no use: {error}", error=error)
        if stdout.is_terminal():
            lines.append(f"{copy.revision:>8}  {copy.written_at}  {visible(what)}\n")
        else:
            lines.append(f"{copy.revision}\t{copy.day}\t{visible(what)}\t{visible(copy.path)}\n")
    if not lines:
        session.database.settings()  # Raises StoreMissing where there is no store.
        say(tr("there are no automatic copies in {folder} yet: each change keeps one", folder=copies.folder))
    elif stdout.is_terminal():
        heads = (tr("revision"), tr("written (UTC)"), tr("holds"))
        lines.insert(
            0, tr("copies in {folder}", folder=visible(copies.folder)) + "\n{:<8}  {:<16}  {}\n".format(*heads)
        )
    write("".join(lines))
    return 0
