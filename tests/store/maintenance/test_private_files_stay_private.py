"""A private file that somebody gave the name of a store, its lock or a copy is opened, changed and shown to nobody.

Who may write in a folder can rename what lies in it: a colleague's or root's own file, which they cannot read.
"""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from store.database import Database
from store.errors import StoreUnusable
from store.file.file_store import file_of
from store.maintenance.backup import backup
from store.maintenance.create_store import make_private, make_shared
from store.maintenance.import_store import import_store
from store.maintenance.restore import restore
from tests.support.doctor_repair import findings, mend
from tests.support.store_builders import do, make_store, open_store, raw

Made = Callable[[Path], Path]

SECRET = "between root and herself"
COPY = "0000000900.2026-01-01.json"


@pytest.fixture
def team(tmp_path: Path) -> Database:
    database = open_store(str(tmp_path / "team" / "c.json"))
    make_shared(database, {}, None)
    do(database, "add_visit", "Visit", place="Lyon", start="2022-12-06")
    for note in ("called", "wrote"):
        do(database, "add_visit", note, place="Lyon", start="2022-12-06")
    assert findings(database) == []
    return database


def _private_text(path: Path) -> Path:
    path.write_text(SECRET)
    path.chmod(0o600)
    return path


def _private_store(path: Path) -> Path:
    do(make_store(str(path)), "note", 2, SECRET)
    path.chmod(0o600)
    return path


def _is_as_it_was(path: Path) -> bool:
    return stat.S_IMODE(path.stat().st_mode) & 0o077 == 0 and SECRET.encode() in path.read_bytes()


@pytest.mark.parametrize("made", [_private_text, _private_store])
def test_a_private_file_in_the_place_of_the_lock_is_told_and_left(team: Database, made: Made, tmp_path: Path) -> None:
    lock = Path(file_of(team).lock_path)
    made(tmp_path / "private.json").rename(lock)
    assert any(str(lock) in each and "move it away" in each for each in findings(team))
    mend(team)
    assert _is_as_it_was(lock)
    do(team, "add_visit", "third", place="Lyon", start="2022-12-06")
    assert _is_as_it_was(lock)
    assert file_of(team).other_holder() == ""


def test_a_lock_that_shuts_the_group_out_is_made_anew(team: Database) -> None:
    lock = Path(file_of(team).lock_path)
    before = lock.stat().st_ino
    kept = os.open(lock, os.O_RDONLY)  # So that its number is not given again.
    lock.chmod(0o600)
    mend(team)
    assert (lock.stat().st_ino != before, stat.S_IMODE(lock.stat().st_mode)) == (True, 0o660)
    os.close(kept)


@pytest.mark.parametrize("made", [_private_text, _private_store])
def test_a_private_file_among_the_copies_is_told_and_left(team: Database, made: Made, tmp_path: Path) -> None:
    copy = Path(file_of(team).copies.folder) / COPY
    made(tmp_path / "private.json").rename(copy)
    assert any(f"the copy {copy} shuts out the group" in each for each in findings(team))
    mend(team)
    assert _is_as_it_was(copy)
    with pytest.raises(StoreUnusable, match="closed to some who may read the store"):
        restore(team, "900")
    Path(team.path).write_bytes(b"{")
    with pytest.raises(StoreUnusable, match="The newest good copy is revision 3 "):
        team.snapshot()
    restore(team, None)
    assert SECRET not in raw(team).decode()


def test_an_earlier_state_that_is_closed_to_the_group_is_opened_by_a_new_file(team: Database) -> None:
    copy = Path(file_of(team).copies.all()[0].path)
    held = copy.read_bytes()
    copy.chmod(0o600)
    mend(team)
    assert findings(team) == []
    assert (stat.S_IMODE(copy.stat().st_mode), copy.read_bytes()) == (0o660, held)


@pytest.mark.parametrize("made", [_private_text, _private_store])
def test_a_private_folder_in_the_place_of_the_copies_is_told_and_left(
    team: Database, made: Made, tmp_path: Path
) -> None:
    folder = Path(file_of(team).copies.folder)
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    made(private / COPY)
    folder.rename(tmp_path / "old")
    private.rename(folder)
    mend(team)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert _is_as_it_was(folder / COPY)
    assert any(f"the folder of the copies {folder} shuts out the group" in each for each in findings(team))


def test_a_private_store_in_the_place_of_the_store_is_told_and_left(team: Database, tmp_path: Path) -> None:
    _private_store(tmp_path / "private.json").rename(team.path)
    assert any("the store" in each and "shuts out the group" in each for each in findings(team))
    mend(team)
    assert _is_as_it_was(Path(team.path))
    # A change does not open it either, nor what it keeps of it.
    do(team, "note", 2, "more")
    assert _is_as_it_was(Path(team.path))
    shown = [copy.path for copy in file_of(team).copies.all() if SECRET.encode() in Path(copy.path).read_bytes()]
    assert all(stat.S_IMODE(os.stat(path).st_mode) & 0o077 == 0 for path in shown)


def test_a_valid_store_of_another_history_among_the_copies_is_not_brought_back(team: Database, tmp_path: Path) -> None:
    other = Path(file_of(team).copies.folder) / COPY
    _private_store(tmp_path / "other.json").rename(other)
    other.chmod(0o660)
    assert any(f"the copy {other} is of no use: its history is neither" in each for each in findings(team))
    with pytest.raises(StoreUnusable, match="its history is neither"):
        restore(team, "900")
    Path(team.path).write_bytes(b"{")
    restore(team, None)
    assert SECRET not in raw(team).decode()


def test_a_copy_that_is_alone_comes_back(team: Database) -> None:
    for copy in file_of(team).copies.all()[1:]:
        os.unlink(copy.path)
    Path(team.path).write_bytes(b"{")
    restore(team, None)
    assert b'"called"' in raw(team)


def test_what_was_there_before_and_after_a_whole_store_was_imported_can_come_back(
    team: Database, tmp_path: Path
) -> None:
    other = open_store(str(tmp_path / "other" / "c.json"))
    make_shared(other, {}, None)
    do(other, "change_settings", timezone="Asia/Tashkent")
    import_store(other, raw(team), "c.json")
    do(other, "add_visit", "one", place="Lyon", start="2022-12-06")
    do(other, "add_visit", "two", place="Lyon", start="2022-12-06")
    copies = file_of(other).copies
    assert len(copies.all()) > 3
    assert all(copies.read_own(copy, with_history=True) for copy in copies.all())
    Path(other.path).write_bytes(b"{")
    restore(other, None)
    assert b'"one"' in raw(other)


def test_a_file_that_is_closed_to_the_group_does_not_keep_the_only_copy_from_coming_back(
    team: Database, tmp_path: Path
) -> None:
    copies = file_of(team).copies.all()
    for copy in copies[1:]:
        os.unlink(copy.path)
    for number, mode in ((900, 0o600), (0, 0o660)):
        other = Path(file_of(team).copies.folder) / f"{number:010d}.2026-01-01.json"
        _private_store(tmp_path / f"other-{number}.json").rename(other)
        other.chmod(mode)
    Path(team.path).write_bytes(b"{")
    assert restore(team, None).from_revision == copies[0].revision


def test_the_copy_of_a_store_in_which_nothing_was_does_not_open_a_private_one(team: Database, tmp_path: Path) -> None:
    other = open_store(str(tmp_path / "other" / "c.json"))
    make_shared(other, {}, None)
    empty = Path(file_of(team).copies.folder) / "0000000006.2026-01-01.json"
    empty.write_bytes(raw(other))
    empty.chmod(0o660)
    private = _private_store(tmp_path / "private.json")
    assert b'"revision":7' in private.read_bytes()
    private.rename(team.path)
    mend(team)
    assert _is_as_it_was(Path(team.path))


@pytest.mark.parametrize("mode", [0o2700, 0o2740, 0o2750])
def test_a_private_folder_that_was_made_in_a_shared_one_is_not_opened(team: Database, mode: int) -> None:
    folder = Path(file_of(team).folder) / "private"
    folder.mkdir(mode=0o700)
    _private_store(folder / "c.json")
    folder.chmod(mode)
    mend(open_store(str(folder / "c.json")))
    assert stat.S_IMODE(folder.stat().st_mode) == mode
    assert _is_as_it_was(folder / "c.json")
    assert not any("may not be used by the group" in each for each in findings(open_store(str(folder / "c.json"))))


@pytest.mark.parametrize("spoil", ["", "damaged", "removed", "mode"])
def test_a_private_store_in_a_shared_folder_is_private_after_a_restore_of_a_backup(
    team: Database, tmp_path: Path, spoil: str
) -> None:
    own = open_store(os.path.join(os.path.dirname(team.path), "own.json"))
    make_private(own, {})
    do(own, "add_visit", SECRET, place="Lyon", start="2022-12-06")
    do(own, "add_visit", SECRET + " 2", place="Lyon", start="2022-12-06")
    made = backup(own, str(tmp_path / "bk.json")).path
    kept = 0o600
    if spoil == "damaged":
        Path(own.path).write_bytes(b"{")
    elif spoil == "removed":
        os.unlink(own.path)
    elif spoil == "mode":
        os.chmod(own.path, kept := 0o640)
    restore(own, made)
    assert len(own.snapshot().visits) == 2
    folder = Path(team.path).parent
    secrets = [path for path in folder.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]
    assert secrets
    assert {oct(path.stat().st_mode & 0o777) for path in secrets} <= {oct(0o600), oct(kept)}
