"""The doctor: examines a store, and repairs what can be repaired safely.

Each finding brings its own repair: see `doctor_checks_records`, `doctor_checks_files_and_modes` and those of servers.
"""

from __future__ import annotations

import os
from contextlib import suppress
from itertools import islice

from store.errors import FollowUpError, StoreDamaged, unreadable
from store.file import quick_reader
from store.file.file_store import file_of
from store.file.permissions import sharing_group
from store.maintenance.backup import whole_of
from store.maintenance.doctor_checks_files_and_modes import examine_files
from store.maintenance.doctor_checks_records import examine_records
from store.maintenance.doctor_checks_server import examine_server
from store.maintenance.files_of_former_members import write_store_anew
from store.maintenance.finding import Finding
from store.maintenance.invalid_server_rows import invalid_rows
from store.maintenance.server_of_database import is_on_server, server_of
from store.open_folder import close_quietly
from store.sanitise_text import visible
from store.translation import phrase, tr
from store.user_namespace import number_signed_in_namespace
from store.users_and_groups import account_name, number_of_signer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.database import Database
    from store.file.file_store import FileStore
    from store.file.quick_reader import StoreImage


_MAX_ROUNDS = 4
"""How often a store is examined again after a repair."""

_WRITTEN_BY_ANOTHER = phrase("the store was written by another program since the last change (it is whole and valid)")


def examine(database: Database) -> list[Finding]:
    """Examine a store. Returns its faults, the worst first. Raises: StoreUnusable when it cannot be read at all.

    It may be large: no table is held in memory as a whole but those of visits and parties.
    """
    if is_on_server(database):
        return [*_examine_on_server(database), *_audit_trail(database)]
    file = file_of(database)
    with file.open_to_read() as opened:
        image = quick_reader.open_quickly(opened)
        is_ours = image is not None
        if image is None:
            opened.seek(0)
            image = file.parse(opened.readall())
        found = [] if is_ours else [Finding(tr(_WRITTEN_BY_ANOTHER), lambda: write_store_anew(database))]
        found += examine_records(database, image, is_checked=not is_ours)
        with suppress(
            AttributeError, KeyError, TypeError, ValueError, StoreDamaged, OSError
        ):  # A record that is not valid.
            found += _signed(image, file)
            found += _closed_to_signers(image, file)
    return [*found, *_files(database), *_audit_trail(database)]


def _signed(image: StoreImage, file: FileStore) -> Iterator[Finding]:
    """The fault of a file that belongs to another account than the newest change is signed by.

    Each change makes a new file, whose owner the kernel knows, whatever number somebody has in a namespace of his own.
    What root wrote in a folder that no group shares belongs to whom it belonged before, and a name of another machine
    says nothing here. The number that is signed in a namespace can be another's where that lies in a second one.
    """
    newest, status = next(image.newest_events(), None), file.status()
    accounts = image.meta.get("accounts")
    if newest is None or status is None or status.st_uid == 0:
        return
    who, number = newest["who"], number_of_signer(newest["who"])
    is_elsewhere = accounts is not None and accounts["machine"] != os.uname().nodename
    if number is None and accounts is not None:
        number = accounts["numbers"].get(who)  # Of one who left; members can write there what they like.
    numbers = {number, number_signed_in_namespace(who)} - {None}
    with file.open_folder() as folder:
        is_given = 0 in numbers and sharing_group(folder.status()) is None
    if is_elsewhere or is_given or not numbers or status.st_uid in numbers:
        return
    signed, owner = visible(newest["who"]), visible(account_name(status.st_uid))
    yield Finding(
        tr(
            "change {change}, the newest, is signed by {signed}, and the file that it made belongs "
            "to {owner}: they signed under another name, or root gave it to them since",
            change=newest["change"],
            signed=signed,
            owner=owner,
        )
    )


_MOST_NAMED = 5
"""Accounts that a finding names."""


def _closed_to_signers(image: StoreImage, file: FileStore) -> Iterator[Finding]:
    """That accounts of the machine which changed a store cannot open it: as `cp -r` by root leaves one under umask 077.

    Where it is root's they are shut out of what was theirs; one of another account may be its own copy. Without copies
    beside it it is a backup, which is to be so.
    """
    status = file.status()
    if status is None or status.st_mode & 0o077 or not file.copies.all():
        return
    with file.open_folder() as folder:
        if sharing_group(folder.status()) is not None:
            return  # That it is shut out is told.
    newest = next(image.newest_events())["who"]
    accounts = image.meta.get("accounts")
    names = dict.fromkeys([newest, *(accounts["numbers"] if accounts is not None else ())])
    others = (name for name in names if number_of_signer(name) not in (None, 0, status.st_uid))
    if not (shown := [visible(name) for name in islice(others, _MOST_NAMED)]):
        return
    sentence = tr(
        "{path} belongs to {owner} alone, and has changes of {others}, who cannot open it",
        path=file.path,
        owner=visible(account_name(status.st_uid)),
        others=", ".join(shown),
    )
    values = {"folder": file.folder, "store": file.path, "other": shown[0]}
    if status.st_uid == 0:
        yield Finding(sentence, code="doctor.shared-or-of-one", values=values)
    else:
        yield Finding(sentence, code="doctor.to-be-shared", values=values, is_fault=False)


class Repair:
    """A finding that was to be mended: whether it is, and what hindered it where something did."""

    __slots__ = ("finding", "is_mended", "trouble")

    def __init__(self, finding: Finding, trouble: FollowUpError | OSError | None, *, is_mended: bool) -> None:
        self.finding = finding
        self.trouble = trouble
        self.is_mended = is_mended


def repair(database: Database, findings: list[Finding]) -> tuple[list[list[Repair]], int]:
    """Mend the findings that can be mended. Returns the result of each, and the number of faults left.

    A repair can uncover another finding: the store is examined again, a round after the other, as long
    as something was mended.
    """
    rounds: list[list[Repair]] = []
    left = len(findings)
    for _ in range(_MAX_ROUNDS):
        repairs = [_repaired(finding) for finding in findings]
        rounds.append(repairs)
        left = sum(not each.is_mended for each in repairs)
        if left == len(repairs):
            break
        findings = [finding for finding in examine(database) if finding.is_fault]
        left = len(findings)
    return rounds, left


def _repaired(finding: Finding) -> Repair:
    if finding.mend is None:
        return Repair(finding, None, is_mended=False)
    try:
        finding.mend()
    except (FollowUpError, OSError) as error:
        return Repair(finding, error, is_mended=False)
    return Repair(finding, None, is_mended=True)


def _audit_trail(database: Database) -> Iterator[Finding]:
    """The fault of a machine whose changes are to leave lines in a log that takes none."""
    if (trail := database.audit_trail()) and (trouble := trail.trouble()):
        yield Finding(
            tr("the audit trail is on for this machine, and its changes leave no line: {trouble}", trouble=trouble),
            code="doctor.no-audit-log",
        )


def _examine_on_server(database: Database) -> list[Finding]:
    """Examine the records of a server as those of a file that holds them, and what a server adds to them."""
    server = server_of(database)
    if invalid := list(invalid_rows(server)):  # As with a file: where one is not valid, no other fault is looked for.
        return invalid
    image = quick_reader.read_quickly(whole_of(server.image()))
    server.end_snapshot()
    if image is None:
        return [Finding(tr("what the server holds cannot be laid out as a store"))]
    return [*examine_records(database, image, is_checked=True), *examine_server(server, image)]


def _files(database: Database) -> list[Finding]:
    file = file_of(database)
    try:
        with file.open_folder() as folder:
            store, _ = folder.open_file(file.name)
            try:
                return list(examine_files(database, folder, store))
            finally:
                close_quietly(store)
    except OSError as error:
        raise unreadable(file.path, error) from None
