"""Who may not read the store any more reads no older state of it: neither a copy nor what a restore replaced."""

import os
import struct
from pathlib import Path

import pytest

from store.database import Database
from store.file.file_store import file_of
from store.maintenance.create_store import make_shared
from store.maintenance.doctor import examine, repair
from store.maintenance.restore import restore
from tests.support.doctor_repair import findings
from tests.support.store_builders import do, open_store

READER, STAYS, MEMBER = 12345, 12346, 12347
ACL = "system.posix_acl_access"


def _acl(*readers: int, group: int = 6) -> bytes:
    nobody = 0xFFFFFFFF
    named = [(2, 4, reader) for reader in readers]
    entries = [(1, 6, nobody), *named, (4, group, nobody), (16, 6, nobody), (32, 0, nobody)]
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


def _readers_of(path: str | Path) -> set[int]:
    try:
        acl = os.getxattr(path, ACL)
    except OSError:
        return set()
    return {number for tag, rights, number in struct.iter_unpack("<HHI", acl[4:]) if tag == 2 and rights}


@pytest.fixture
def team(tmp_path: Path) -> Database:
    """A shared store that two can read besides the group, as can its copies and one that a restore replaced."""
    database = open_store(str(tmp_path / "team" / "c.json"))
    make_shared(database, {}, None)
    do(database, "add_visit", "Visit", place="Lyon", start="2022-12-06")
    try:
        os.setxattr(database.path, ACL, _acl(READER, STAYS))
    except OSError:
        pytest.skip("this file system has no ACLs")
    for name in ("one", "two", "three"):
        do(database, "add_visit", name, place="Lyon", start="2022-12-06")
    restore(database, "3")
    assert findings(database) == []
    return database


def _older(database: Database) -> list[str]:
    file = file_of(database)
    with file.open_folder() as folder:
        return [*(copy.path for copy in file.copies.all()), *map(folder.path_of, file.replaced(folder))]


def _can_read(database: Database, reader: int) -> list[str]:
    return [path for path in _older(database) if reader in _readers_of(path)]


@pytest.mark.parametrize("owner", [None, MEMBER], ids=["one's own", "another member's"])
@pytest.mark.parametrize("way", ["change", "repair"])
def test_a_change_and_a_repair_shut_out_who_was_taken_out_of_the_acl(
    team: Database, way: str, owner: int | None
) -> None:
    if owner is not None:
        if os.getuid() != 0:
            pytest.skip("only root gives a file to somebody else")
        for path in _older(team):
            os.chown(path, owner, -1)
    assert len(_can_read(team, READER)) >= 3
    os.setxattr(team.path, ACL, _acl(STAYS))
    told = [sentence for sentence in findings(team) if "can be read by more people than the store" in sentence]
    assert len(told) == len(_can_read(team, READER))
    before = {path: Path(path).read_bytes() for path in _older(team)}
    if way == "change":
        do(team, "add_visit", "four", place="Lyon", start="2022-12-06")
    else:
        repair(team, [each for each in examine(team) if "more people" in each.sentence])
    assert _can_read(team, READER) == []
    assert _can_read(team, STAYS)
    assert {path: Path(path).read_bytes() for path in _older(team) if path in before}.items() <= before.items()
    assert not [sentence for sentence in findings(team) if "more people" in sentence]


def test_the_group_is_shut_out_of_copies_as_of_the_store(team: Database) -> None:
    os.setxattr(team.path, ACL, _acl(STAYS, group=0))
    do(team, "add_visit", "four", place="Lyon", start="2022-12-06")
    for path in _older(team):
        try:
            entries = struct.iter_unpack("<HHI", os.getxattr(path, ACL)[4:])
        except OSError:
            pytest.fail(f"{path} is open to the group")
        assert [rights for tag, rights, _ in entries if tag == 4] == [0], path


def test_another_file_of_somebodys_under_the_name_of_a_copy_keeps_its_acl(team: Database, tmp_path: Path) -> None:
    """A hard link to it was put there."""
    private = tmp_path / "private"
    private.write_bytes(b"{}")
    private.chmod(0o660)
    os.setxattr(private, ACL, _acl(READER))
    os.link(private, os.path.join(file_of(team).copies.folder, "0000000900.2026-01-01.json"))
    os.setxattr(team.path, ACL, _acl(STAYS))
    do(team, "add_visit", "four", place="Lyon", start="2022-12-06")
    assert _readers_of(private) == {READER}
