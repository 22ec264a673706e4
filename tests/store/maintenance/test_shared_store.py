"""A shared store stays open to its whole group: changes, restores and the doctor keep modes and groups right."""

import multiprocessing
import os
import shutil
import stat
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from store.database import Database
from store.errors import StoreUnusable
from store.file.automatic_copies import Copy
from store.file.file_store import file_of
from store.maintenance.create_store import make_private, make_shared
from store.maintenance.doctor import examine
from store.maintenance.restore import restore
from tests.store.maintenance.conftest import GROUP
from tests.support.doctor_repair import findings, mend
from tests.support.fixed_day_and_user import StandingClock
from tests.support.folder_for_all_users import folder_for_all
from tests.support.store_builders import VISIT, add, do, open_store

needs_root = pytest.mark.skipif(os.getuid() != 0, reason="giving a file to another group needs root")


def mode_of(path: str | Path) -> int:
    return stat.S_IMODE(os.lstat(path).st_mode)


def copies_of(database: Database) -> list[Copy]:
    return file_of(database).copies.all()


def is_shared_by_all(database: Database) -> None:
    """The group of the folder can use it, and everything in it."""
    storage = file_of(database)
    group = os.stat(storage.folder).st_gid
    wanted = {storage.folder: 0o2770, storage.path: 0o660, storage.lock_path: 0o660, storage.copies.folder: 0o2770}
    for path, mode in wanted.items():
        assert (path, oct(mode_of(path)), os.stat(path).st_gid) == (path, oct(mode), group)
    assert {oct(mode_of(copy.path)) for copy in copies_of(database)} == {"0o660"}
    assert findings(database) == []


def place_of(database: Database, name: str) -> str:
    storage = file_of(database)
    return {
        "the store": storage.path,
        "the lock": storage.lock_path,
        "the folder of the copies": storage.copies.folder,
        "the folder": storage.folder,
    }[name]


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("the store", 0o600),
        ("the store", 0o640),
        ("the store", 0o620),
        ("the store", 0o664),
        ("the store", 0o604),
        ("the lock", 0o600),
        ("the lock", 0o640),
        ("the folder of the copies", 0o700),
        ("the folder of the copies", 0o2750),
        ("the folder of the copies", 0o770),
        ("the folder", 0o770),
        ("the folder", 0o2700),
        ("the folder", 0o2750),
        ("the folder", 0o700),
    ],
)
def test_a_mode_that_shuts_the_group_out_is_found_and_mended(team: Database, name: str, mode: int) -> None:
    path = place_of(team, name)
    os.chmod(path, mode)
    assert any(path in sentence for sentence in findings(team))
    mend(team)
    is_shared_by_all(team)


@needs_root
@pytest.mark.parametrize("name", ["the store", "the lock", "the folder of the copies"])
@pytest.mark.parametrize("mode", [0o600, 0o660])
def test_another_group_than_that_of_the_folder_is_found_and_mended(team: Database, name: str, mode: int) -> None:
    path = place_of(team, name)
    os.chown(path, -1, GROUP + 1)
    os.chmod(path, mode | 0o2110 if os.path.isdir(path) else mode)
    assert any(f"{name} {path} shuts out the group" in sentence for sentence in findings(team))
    mend(team)
    is_shared_by_all(team)


@needs_root
def test_all_that_shuts_the_group_out_is_mended_at_once(team: Database) -> None:
    for name in ("the store", "the lock", "the folder of the copies"):
        os.chown(place_of(team, name), -1, GROUP + 1)
        os.chmod(place_of(team, name), 0o700 if name == "the folder of the copies" else 0o600)
    assert len(findings(team)) >= 3
    mend(team)
    is_shared_by_all(team)


def test_a_private_store_in_a_private_folder_is_not_opened_to_anybody(database: Database) -> None:
    mend(database)
    storage = file_of(database)
    assert [mode_of(path) for path in (storage.folder, storage.path, storage.lock_path, storage.copies.folder)] == [
        0o700,
        0o600,
        0o600,
        0o700,
    ]


def test_a_change_by_one_keeps_all_of_a_shared_store_shared(team: Database) -> None:
    before = os.umask(0o077)
    try:
        os.unlink(file_of(team).lock_path)
        do(team, "note", 1, "called")
        mend(team)
        do(team, "note", 1, "called again")
    finally:
        os.umask(before)
    is_shared_by_all(team)
    assert {mode_of(copy.path) for copy in copies_of(team)} == {0o660}


def damage(path: str) -> None:
    Path(path).write_bytes(b"{")
    os.chmod(path, 0o600)


@pytest.mark.parametrize("spoil", [damage, os.unlink], ids=["damaged", "gone"])
def test_a_store_restored_in_a_shared_folder_is_the_groups(team: Database, spoil: Callable[[str], None]) -> None:
    do(team, "note", 1, "called")
    spoil(team.path)
    before = os.umask(0o077)
    try:
        restore(team, None)
    finally:
        os.umask(before)
    assert mode_of(team.path) == 0o660
    assert os.stat(team.path).st_gid == os.stat(file_of(team).folder).st_gid
    assert len(team.snapshot().rows) == 1


@needs_root
def test_a_store_of_another_group_restored_in_a_shared_folder_is_the_groups(team: Database) -> None:
    do(team, "note", 1, "called")
    damage(team.path)
    os.chown(team.path, -1, GROUP + 1)
    with pytest.raises(StoreUnusable):
        team.snapshot()
    restore(team, None)
    assert (mode_of(team.path), os.stat(team.path).st_gid) == (0o660, GROUP)


def copied_without_modes(team: Database, tmp_path: Path) -> Database:
    """As `cp -r` leaves a shared store under a usual umask: the group and the bits that share it are gone."""
    folder = tmp_path / "moved"
    shutil.copytree(file_of(team).folder, folder)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o750 if path.is_dir() else 0o640)
        if os.getuid() == 0:
            os.chown(path, 0, 0)
    return open_store(str(folder / "c.json"))


def test_a_copy_of_a_shared_store_is_neither_shared_nor_made_private_unasked(team: Database, tmp_path: Path) -> None:
    moved = copied_without_modes(team, tmp_path)
    mend(moved)
    mend(moved)
    assert any("can be opened by its group, which does not share the folder" in each for each in findings(moved))
    assert (mode_of(moved.path), mode_of(file_of(moved).folder)) == (0o640, 0o750)


@needs_root
@pytest.mark.parametrize("umask", [0o027, 0o077])
def test_a_copy_of_a_shared_store_is_shared_again_as_soon_as_its_folder_is(
    team: Database, tmp_path: Path, umask: int
) -> None:
    do(team, "note", 1, "called")
    moved = copied_without_modes(team, tmp_path)
    folder = Path(file_of(moved).folder)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, -1, GROUP)
        path.chmod(path.stat().st_mode & ~umask)
    folder.chmod(0o2770)
    mend(moved)
    if umask == 0o077:  # Then nothing shows what the group shared: it is its owner who says so.
        assert mode_of(moved.path) == 0o600
        os.chmod(moved.path, 0o660)
        mend(moved)
    do(moved, "note", 1, "called")
    assert findings(moved) == []
    copies = file_of(moved).copies.all()
    assert copies
    assert all(copy.status.st_gid == GROUP and copy.status.st_mode & 0o040 for copy in copies)


@needs_root
@pytest.mark.parametrize("mode", [0o750, 0o2750])
def test_a_group_that_may_only_look_is_no_finding(team: Database, mode: int) -> None:
    folder = Path(file_of(team).folder)
    folder.chmod(mode)
    for path in folder.rglob("*"):
        path.chmod(0o750 if path.is_dir() else 0o640)
    mend(team)
    assert findings(team) == []
    assert (mode_of(team.path), mode_of(file_of(team).lock_path)) == (0o640, 0o600)
    assert mode_of(folder) == mode


# Readers, by ACL.

READER = 4322
"""The number of an account that is in no group."""

ACL = "system.posix_acl_access"


def admit_reader(path: str, rights: int) -> None:
    """Do what `setfacl -m u:READER:rights` does."""
    mode = os.stat(path).st_mode
    user, group, other = mode >> 6 & 7, mode >> 3 & 7, mode & 7
    everybody = 0xFFFFFFFF
    entries = ((1, user, everybody), (2, rights, READER), (4, group, everybody), (16, group | rights, everybody))
    packed = [struct.pack("<HHI", *entry) for entry in (*entries, (32, other, everybody))]
    try:
        os.setxattr(path, ACL, struct.pack("<I", 2) + b"".join(packed))
    except OSError as error:
        pytest.skip(f"no ACLs here: {error.strerror}")


def examined_by_reader(path: str) -> list[tuple[str, bool]]:
    """Each finding of the reader, and whether it is a fault."""
    examine(open_store(path))  # Loads what another account may not read.
    findings = multiprocessing.get_context("fork").SimpleQueue()

    def look() -> None:
        os.setgroups([])
        os.setresgid(READER, READER, READER)
        os.setresuid(READER, READER, READER)
        findings.put([(finding.sentence, finding.is_fault) for finding in examine(open_store(path))])

    process = multiprocessing.get_context("fork").Process(target=look)
    process.start()
    process.join()
    assert process.exitcode == 0
    found: list[tuple[str, bool]] = findings.get()
    return found


@needs_root
@pytest.mark.parametrize("is_shared", [True, False])
def test_what_is_closed_to_a_reader_is_no_fault(is_shared: bool) -> None:
    with folder_for_all() as above:
        above.chmod(0o755)
        path = f"{above}/team/c.json"
        store = open_store(path)
        if is_shared:
            make_shared(store, {}, None)
        else:
            make_private(store, {})
        do(store, "add_visit", "Visit", place="Lyon", start="2022-12-06", slug=VISIT)
        add(store)
        admit_reader(os.path.dirname(path), 5)
        admit_reader(path, 4)
        assert findings(store) == []
        folder = os.path.dirname(path)
        assert examined_by_reader(path) == [
            (f"not looked at: the lock {folder}/.c.json.lock, which is closed to you", False),
            (f"not looked at: the copies in {folder}/.c.json.copies, which are closed to you", False),
        ]
        do(store, "note", 1, "called")
        os.chmod(path, stat.S_IMODE(os.stat(path).st_mode) | 0o004)
        faults = [sentence for sentence, is_fault in examined_by_reader(path) if is_fault]
        assert len(faults) == 1
        assert "everybody" in faults[0]


@needs_root
def test_what_root_writes_in_a_shared_folder_is_roots_and_another_s_file_under_that_name_is_told(
    team: Database,
) -> None:
    def told() -> list[str]:
        return [each for each in findings(team) if "is signed by root" in each]

    roots = Database(team.path, StandingClock(), "root", 10.0, None)
    os.chown(team.path, GROUP, -1)
    do(roots, "note", 1, "called")
    assert (os.stat(team.path).st_uid, os.stat(team.path).st_gid, mode_of(team.path)) == (0, GROUP, 0o660)
    assert told() == []
    os.chown(team.path, GROUP, -1)
    assert len(told()) == 1
    roots.actor = "root (SUDO_USER=asel, unverified)"
    do(roots, "note", 1, "called")
    os.chown(team.path, GROUP, -1)
    assert len(told()) == 1
    Path(file_of(team).folder).chmod(0o700)
    assert told() == []


@needs_root
def test_a_number_that_is_signed_in_a_namespace_and_is_not_that_of_the_file_is_told(team: Database) -> None:
    signed = "uid 0 (user namespace, unverified)"
    do(Database(team.path, StandingClock(), signed, 10.0, None), "note", 1, "called")
    assert findings(team) == []
    os.chown(team.path, GROUP, -1)
    assert any(f"is signed by {signed}, and the file that it made belongs to uid {GROUP}" in e for e in findings(team))
