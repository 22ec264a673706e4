"""A lock or a folder of copies that a stranger put beside a store, where everybody may write, is not used."""

import os
import shutil
import struct
from pathlib import Path

import pytest

from store.errors import FollowUpError, StoreUnusable
from store.file.file_store import file_of
from store.maintenance.create_store import make_private
from store.maintenance.doctor import examine
from store.maintenance.restore import restore
from tests.support.store_builders import do, make_store, open_store, raw

STRANGER, NOBODY = 12345, 0xFFFFFFFF
pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to somebody else")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "sticky"
    place.mkdir()
    place.chmod(0o1777)
    return place


def planted_lock(folder: Path) -> Path:
    lock = folder / ".c.json.lock"
    lock.touch()
    lock.chmod(0o666)
    os.chown(lock, STRANGER, STRANGER)
    return lock


def copies_of_stranger(folder: Path) -> Path:
    copies = folder / ".c.json.copies"
    if copies.exists():
        shutil.rmtree(copies)
    copies.mkdir()
    copies.chmod(0o777)
    os.chown(copies, STRANGER, STRANGER)
    return copies


def _with_acl(path: str, user: int, rights: int) -> None:
    """Give the store an ACL of one more user. The tags stand in acl(5)."""
    entries = [(1, 6, NOBODY), (2, rights, user), (4, 0, NOBODY), (16, rights, NOBODY), (32, 0, NOBODY)]
    acl = struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)
    os.setxattr(path, "system.posix_acl_access", acl)


def test_a_lock_of_a_stranger_is_refused_with_who_it_is(folder: Path) -> None:
    database = make_store(str(folder / "c.json"))
    os.unlink(file_of(database).lock_path)
    planted_lock(folder)
    before = raw(database)
    with pytest.raises(
        StoreUnusable, match=rf"c\.json\.lock is a file of uid {STRANGER}, who may not change the store"
    ):
        do(database, "note", 2, "called")
    assert raw(database) == before


def test_a_lock_of_one_who_owns_the_store_is_used(folder: Path) -> None:
    database = make_store(str(folder / "c.json"))
    planted_lock(folder)
    os.chown(database.path, STRANGER, STRANGER)
    do(database, "note", 2, "called")


def test_copies_are_not_put_into_the_folder_of_a_stranger(folder: Path) -> None:
    database = make_store(str(folder / "c.json"))
    copies = copies_of_stranger(folder)
    with database.transaction() as tx:
        from store import operations

        operations.note(tx, 2, "called")
    assert any(f"belongs to uid {STRANGER}" in warning for warning in tx.warnings)
    assert os.listdir(copies) == []


def test_a_reader_by_an_acl_lets_no_stranger_in(folder: Path) -> None:
    database = make_store(str(folder / "c.json"))
    os.unlink(file_of(database).lock_path)
    _with_acl(database.path, 7777, rights=4)
    planted_lock(folder)
    with pytest.raises(StoreUnusable, match=f"a file of uid {STRANGER}, who may not change the store"):
        do(database, "note", 2, "called")


def test_a_lock_of_one_whom_an_acl_lets_write_is_used(folder: Path) -> None:
    database = make_store(str(folder / "c.json"))
    planted_lock(folder)
    _with_acl(database.path, STRANGER, rights=6)
    do(database, "note", 2, "called")


def test_a_lock_of_one_whom_an_acl_lets_only_read_is_refused(folder: Path) -> None:
    database = make_store(str(folder / "c.json"))
    os.unlink(file_of(database).lock_path)
    planted_lock(folder)
    _with_acl(database.path, STRANGER, rights=4)
    with pytest.raises(StoreUnusable, match="who may not change the store"):
        do(database, "note", 2, "called")


def test_a_stranger_in_a_sticky_folder_of_a_group_is_one_as_well(folder: Path) -> None:
    database = make_store(str(folder / "c.json"))
    os.unlink(file_of(database).lock_path)
    folder.chmod(0o1770)
    planted_lock(folder)
    with pytest.raises(StoreUnusable, match="who may not change the store"):
        do(database, "note", 2, "called")


def test_what_a_stranger_put_among_the_copies_is_no_copy(folder: Path) -> None:
    database = make_store(str(folder / "c.json"))
    planted = copies_of_stranger(folder)
    (planted / "0000000099.2026-11-25.json").write_bytes(raw(database))
    copies = file_of(database).copies
    assert copies.all() == []
    assert copies.newest_good() is None
    assert copies.stranger() == f"uid {STRANGER}"
    with pytest.raises(FollowUpError):
        restore(database, "99")
    assert [each.sentence for each in examine(database) if str(planted) in each.sentence] == [
        f"the folder of the copies {planted} belongs to uid {STRANGER}, who may not change the store, so no copies are "
        "kept: remove it"
    ]


def test_no_copy_is_rewritten_by_a_redaction_in_the_folder_of_a_stranger(folder: Path) -> None:
    database = make_store(str(folder / "c.json"))
    do(database, "note", 2, "Mr. Smith called")
    planted = copies_of_stranger(folder)
    copy = planted / "0000000099.2026-11-25.json"
    copy.write_bytes(before := raw(database))
    do(database, "redact", 2, "Smith")
    assert copy.read_bytes() == before


def test_doctor_names_the_lock_of_a_stranger(folder: Path) -> None:
    database = make_store(str(folder / "c.json"))
    os.unlink(file_of(database).lock_path)
    lock = planted_lock(folder)
    told = [each.sentence for each in examine(database) if str(lock) in each.sentence]
    assert told == [f"the lock {lock} belongs to uid {STRANGER}, who may not change the store: remove it"]


@pytest.mark.parametrize("plant", ["lock", "copies"])
def test_no_store_is_made_beside_what_a_stranger_planted(folder: Path, plant: str) -> None:
    planted_lock(folder) if plant == "lock" else copies_of_stranger(folder)
    with pytest.raises(StoreUnusable, match=f"belongs to uid {STRANGER}, who could stop every change"):
        make_private(open_store(str(folder / "c.json")), {})
    assert not (folder / "c.json").exists()


def test_where_nobody_else_may_write_a_lock_of_another_is_one_of_a_colleague(folder: Path) -> None:
    database = make_store(str(folder / "c.json"))
    folder.chmod(0o770)
    planted_lock(folder)
    do(database, "note", 2, "called")
