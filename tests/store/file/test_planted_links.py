"""Links planted in a store's folder: who may write there makes no other user read or change files elsewhere."""

import os
import stat
import time
from pathlib import Path

import pytest

from store.database import Database
from store.errors import FollowUpError, NotAllowed
from store.file.file_store import file_of
from store.maintenance.doctor import examine
from store.maintenance.restore import restore
from tests.support.doctor_repair import findings, mend
from tests.support.store_builders import (
    contents,
    do,
    make_store,
    open_store,
    raw,
    record,
)

GROUP = 4321
"""A group that no file has by itself; only root may give a file to it."""


Place = tuple[int, int, int, int, bytes]


def everything_below(folder: Path) -> dict[str, Place]:
    """Name -> mode, owner, group, time and bytes of each thing in a folder, itself among them."""
    there = {}
    for path in (folder, *folder.rglob("*")):
        status = os.lstat(path)
        content = path.read_bytes() if stat.S_ISREG(status.st_mode) else b""
        there[str(path)] = (status.st_mode, status.st_uid, status.st_gid, status.st_mtime_ns, content)
    return there


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder with files that nobody may touch: one that all can read, another store's copies, a temporary file."""
    folder = tmp_path / "elsewhere"
    folder.mkdir(mode=0o755)
    other = make_store(str(tmp_path / "other" / "c.json"))
    do(other, "note", 2, "Major X called")
    (folder / "0000000001.2023-02-01.json").write_bytes(raw(other))
    (folder / "0000000002.2023-02-02.json").write_bytes(b"precious")
    (folder / "victim").write_bytes(b"precious")
    (folder / "half-written.tmp").write_bytes(b"precious")
    for path in folder.iterdir():
        path.chmod(0o666)
    (folder / "inner").mkdir(mode=0o700)
    return folder


def change_examine_and_mend(database: Database) -> None:
    """What an unsuspecting user does: changes, a redaction, an examination, a repair; some of it may be refused."""
    for verb, *arguments in (
        ("note", 2, "Major X called"),
        ("mark", 2, "done"),
        ("redact", 2, "Major X"),
        ("note", 3, "called"),
    ):
        try:
            do(database, verb, *arguments)
        except FollowUpError:
            continue
    examine(database)
    mend(database)
    mend(database)


def copy_of_the_next_change(database: Database) -> str:
    """The path at which the next change keeps the state before it."""
    day = time.strftime("%Y-%m-%d", time.gmtime(os.stat(database.path).st_mtime))
    return os.path.join(file_of(database).copies.folder, f"{database.snapshot().revision:010d}.{day}.json")


@pytest.mark.parametrize("target", ["victim", "0000000001.2023-02-01.json", "not-there", "inner"])
@pytest.mark.parametrize("name", ["0000000099.2026-11-25.json", "0000000000.2023-01-01.json", "x.tmp", "the next"])
@pytest.mark.parametrize("is_shared", [False, True])
def test_a_link_among_the_copies_leads_nowhere(
    database: Database, elsewhere: Path, target: str, name: str, is_shared: bool
) -> None:
    if is_shared:
        os.chmod(file_of(database).folder, 0o2770)
    planted = copy_of_the_next_change(database)
    if name != "the next":
        planted = os.path.join(file_of(database).copies.folder, name)
    os.symlink(elsewhere / target, planted)
    before = everything_below(elsewhere)
    change_examine_and_mend(database)
    assert everything_below(elsewhere) == before
    assert record(database, 2)["state"] == "reported"
    assert b"Major X" not in raw(database)


def test_a_link_among_the_copies_is_no_copy_to_bring_back(database: Database, elsewhere: Path) -> None:
    os.symlink(
        elsewhere / "0000000001.2023-02-01.json", f"{file_of(database).copies.folder}/0000000099.2026-11-25.json"
    )
    before = raw(database)
    with pytest.raises(NotAllowed):
        restore(database, "99")
    assert raw(database) == before
    assert 99 not in [copy.revision for copy in file_of(database).copies.all()]


@pytest.mark.parametrize("is_shared", [False, True])
@pytest.mark.parametrize("target", [".", "inner", "not-there", "victim"])
def test_a_link_in_the_place_of_the_copies_leads_nowhere(
    database: Database, elsewhere: Path, target: str, is_shared: bool
) -> None:
    copies = Path(file_of(database).copies.folder)
    for copy in copies.iterdir():
        copy.unlink()
    copies.rmdir()
    copies.symlink_to(elsewhere / target)
    if is_shared:
        os.chmod(file_of(database).folder, 0o2770)
        if os.getuid() == 0:
            os.chown(file_of(database).folder, -1, GROUP)
            os.chmod(file_of(database).folder, 0o2770)
    before = everything_below(elsewhere)
    change_examine_and_mend(database)
    assert everything_below(elsewhere) == before
    assert record(database, 2)["state"] == "reported"


def test_a_change_that_keeps_no_copy_behind_a_link_says_so(database: Database, elsewhere: Path) -> None:
    copies = Path(file_of(database).copies.folder)
    for copy in copies.iterdir():
        copy.unlink()
    copies.rmdir()
    copies.symlink_to(elsewhere)
    with database.transaction() as tx:
        tx.write("commitments", 2, {"title": "Another"}, action="edit")
    assert [warning.partition(":")[0] for warning in tx.warnings] == ["saved, but no copy of the state before was kept"]


@pytest.mark.parametrize("is_shared", [False, True])
@pytest.mark.parametrize("target", ["victim", "not-there", "inner"])
def test_a_link_in_the_place_of_the_lock_leads_nowhere(
    database: Database, elsewhere: Path, target: str, is_shared: bool
) -> None:
    os.unlink(file_of(database).lock_path)
    database = open_store(database.path, lock_timeout=0)
    os.symlink(elsewhere / target, file_of(database).lock_path)
    if is_shared:
        os.chmod(file_of(database).folder, 0o2770)
    before, contents_before = everything_below(elsewhere), contents(database)
    change_examine_and_mend(database)
    assert everything_below(elsewhere) == before
    assert contents(database) == contents_before
    assert any("the lock" in sentence for sentence in findings(database))
