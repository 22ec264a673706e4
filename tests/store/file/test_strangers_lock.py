"""A lock or a folder of copies that a stranger put beside a store, where everybody may write, is not used."""

import os
from pathlib import Path

import pytest

from store.errors import StoreUnusable
from store.file.file_store import file_of
from tests.support.store_builders import do, make_store, raw

STRANGER = 12345
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
    copies = folder / ".c.json.copies"
    copies.mkdir(mode=0o777)
    os.chown(copies, STRANGER, STRANGER)
    database = make_store(str(folder / "c.json"))
    with database.transaction() as tx:
        from store import operations

        operations.note(tx, 2, "called")
    assert any(f"belongs to uid {STRANGER}" in warning for warning in tx.warnings)
    assert os.listdir(copies) == []


def test_where_nobody_else_may_write_a_lock_of_another_is_one_of_a_colleague(folder: Path) -> None:
    database = make_store(str(folder / "c.json"))
    folder.chmod(0o770)
    planted_lock(folder)
    do(database, "note", 2, "called")
