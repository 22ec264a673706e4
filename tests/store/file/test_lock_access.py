"""The lock is open to those who may write to the store and to nobody else: who can open it can lock it."""

import os
import stat
import struct
from pathlib import Path

import pytest

from store.database import Database
from store.file.file_store import file_of
from tests.support.doctor_repair import findings, mend
from tests.support.store_builders import do

ACL = "system.posix_acl_access"
NOBODY_NAMED = 0xFFFFFFFF
USER_OBJ, USER, GROUP_OBJ, GROUP, MASK, OTHER = 1, 2, 4, 8, 16, 32

Entry = tuple[int, int, int]


def set_acl(path: str, *more: Entry, group: int = 6) -> None:
    """Give a file an ACL in which the owning group has these rights. Skips the test where there are none."""
    entries = [(USER_OBJ, 6, NOBODY_NAMED), *more, (GROUP_OBJ, group, NOBODY_NAMED), (MASK, 6, NOBODY_NAMED)]
    packed = [struct.pack("<HHI", *entry) for entry in sorted([*entries, (OTHER, 0, NOBODY_NAMED)])]
    try:
        os.setxattr(path, ACL, struct.pack("<I", 2) + b"".join(packed))
    except OSError as error:
        pytest.skip(f"the file system has no ACLs here: {error.strerror}")


def rights_on(path: str) -> dict[tuple[int, int], int]:
    """Who has which rights: the named, and the owning group."""
    raw = os.getxattr(path, ACL)
    return {
        (tag, number): rights
        for tag, rights, number in struct.iter_unpack("<HHI", raw[4:])
        if tag in (USER, GROUP, GROUP_OBJ)
    }


def new_lock(database: Database) -> str:
    """The lock that the next change makes."""
    path = file_of(database).lock_path
    Path(path).unlink()
    do(database, "note", 2, "called")
    return path


def test_readers_of_the_acl_are_not_on_the_lock_and_writers_are(database: Database) -> None:
    set_acl(database.path, (USER, 4, 4711), (USER, 6, 4712), (GROUP, 4, 4713), (GROUP, 6, 4714))
    assert rights_on(new_lock(database)) == {(USER, 4712): 6, (GROUP, 4714): 6, (GROUP_OBJ, NOBODY_NAMED): 6}
    assert not any("may only look" in sentence for sentence in findings(database))


def test_an_owning_group_that_may_only_read_has_no_rights_on_it(database: Database) -> None:
    set_acl(database.path, (USER, 6, 4712), group=4)
    assert rights_on(new_lock(database)) == {(USER, 4712): 6, (GROUP_OBJ, NOBODY_NAMED): 0}


@pytest.mark.parametrize("mode", [0o600, 0o640])
def test_a_group_that_may_only_read_has_no_rights_on_it(database: Database, mode: int) -> None:
    os.chmod(database.path, mode)
    assert stat.S_IMODE(os.stat(new_lock(database)).st_mode) == 0o600


@pytest.mark.parametrize("reader", [(USER, 4, 4711), (GROUP, 4, 4713)])
def test_a_lock_that_a_reader_can_open_is_found_and_renewed(database: Database, reader: Entry) -> None:
    lock = file_of(database).lock_path
    set_acl(lock, reader)
    before = os.stat(lock).st_ino
    with open(lock, "rb"):  # The reader has it open: a new file must not get its place.
        assert any("people who may only look" in sentence for sentence in findings(database))
        mend(database)
        assert os.stat(lock).st_ino != before
    assert findings(database) == []
    assert ACL not in os.listxattr(lock)
    do(database, "note", 2, "called")
