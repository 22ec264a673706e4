"""What somebody put there who may not change the store is not brought back, and `backup` tells of such places."""

import os
import struct
from pathlib import Path

import pytest

from store.database import Database
from store.file.file_store import file_of
from store.file.who_can_tamper import outsider
from tests.conftest import Run
from tests.support.check_answers_and_refusals import assert_refused, unchanged
from tests.support.folder_for_all_users import folder_for_all
from tests.support.program_with_injections import Program
from tests.support.store_builders import do, make_store, raw

STRANGER = 12345
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to somebody else")


def _of_stranger(path: Path) -> Path:
    other = make_store(str(path))
    do(other, "note", 2, "never promised")
    path.chmod(0o644)
    os.chown(path, STRANGER, STRANGER)
    return path


@pytest.mark.file_only("the copies beside a file")
@pytest.mark.parametrize("plant", ["store", "pipe", "folder", "link"])
def test_digits_are_a_revision_whatever_lies_where_one_stands(
    database: Database, run: Run, tmp_path: Path, plant: str
) -> None:
    run("note", "2", "promised")
    planted = tmp_path / "6"
    if plant == "store":
        do(make_store(str(planted)), "note", 2, "never promised")
    elif plant == "pipe":
        os.mkfifo(planted)
    elif plant == "folder":
        planted.mkdir()
    else:
        planted.symlink_to("/dev/zero")
    restored = run("restore", "6", cwd=str(tmp_path))
    assert (restored.code, restored.out) == (0, "revision 6 is back; the store is now at revision 8\n")
    assert b"never promised" not in raw(database)
    assert_refused(run("restore", "999", cwd=str(tmp_path)), 1, "there is no automatic copy of revision 999")


@pytest.mark.file_only("the copies beside a file")
def test_a_file_named_by_digits_is_named_with_its_folder(database: Database, run: Run, tmp_path: Path) -> None:
    do(make_store(str(tmp_path / "3")), "note", 2, "from the file")
    assert run("restore", "./3", cwd=str(tmp_path)).code == 0
    assert b"from the file" in raw(database)


@as_root
@pytest.mark.file_only("who may change the file")
def test_the_backup_of_a_stranger_is_refused(database: Database, run: Run, tmp_path: Path) -> None:
    planted = _of_stranger(tmp_path / "bk.json")
    with unchanged(database.path):
        assert_refused(
            run("restore", str(planted)),
            1,
            f"{planted} can be changed by uid {STRANGER}, who may not change the store: look at it, and restore a copy "
            f"of your own: cp {planted} ~/bk.json && chmod 600 ~/bk.json && followup restore ~/bk.json",
        )
    os.chown(planted, 0, 0)
    assert run("restore", str(planted)).code == 0


@as_root
@pytest.mark.file_only("who may change the file")
def test_a_backup_in_the_folder_of_a_stranger_is_told_and_not_brought_back(
    database: Database, run: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "bk"
    folder.mkdir()
    folder.chmod(0o755)
    os.chown(folder, STRANGER, STRANGER)
    made = run("backup", str(folder))
    path = made.out.rstrip("\n")
    assert made.err == (
        f"followup: {path} can be changed or swapped by uid {STRANGER}, who may not change the store: restore takes no "
        "backup from there, so keep it in a folder of your own\n"
    )
    with unchanged(database.path):
        assert_refused(run("restore", path), 1, f"can be changed by uid {STRANGER}")


@pytest.mark.file_only("who may change the file")
def test_a_backup_that_everybody_may_write_to_is_refused(database: Database, run: Run, tmp_path: Path) -> None:
    target = tmp_path / "bk.json"
    assert run("backup", str(target)).err == ""
    target.chmod(0o666)
    with unchanged(database.path):
        assert_refused(run("restore", str(target)), 1, "can be changed by everybody on this machine, who may not")
    target.chmod(0o600)
    tmp_path.chmod(0o1777)
    assert run("restore", str(target)).code == 0


@as_root
@pytest.mark.file_only("who may change the file")
def test_the_backup_of_one_who_may_change_the_store_is_brought_back(
    database: Database, run: Run, tmp_path: Path
) -> None:
    planted = _of_stranger(tmp_path / "bk.json")
    os.chown(database.path, STRANGER, STRANGER)
    assert run("restore", str(planted)).code == 0


@pytest.mark.file_only("who may change the file")
def test_where_everybody_may_replace_the_store_every_backup_will_do(
    database: Database, run: Run, tmp_path: Path
) -> None:
    target = tmp_path / "bk.json"
    run("backup", str(target))
    target.chmod(0o666)
    os.chmod(file_of(database).folder, 0o777)
    assert run("restore", str(target)).code == 0


_MAKING = {
    "init": ("init", "work"),
    "init below it": ("init", "work/below/c.json"),
    "init --shared": ("init", "work", "--shared"),
    "restore": ("restore", "bk.json", "--store", "work/commitments.json"),
    "restore below it": ("restore", "bk.json", "--store", "work/below/commitments.json"),
    "demo": ("demo", "work/commitments.json"),
}
"""Commands that make a store."""


@as_root
@pytest.mark.file_only("the folder of a file")
@pytest.mark.parametrize("argv", _MAKING.values(), ids=_MAKING)
@pytest.mark.parametrize("owner", [12345, 1])
def test_no_store_is_made_in_the_folder_of_another(
    environment: dict[str, str], owner: int, argv: tuple[str, ...]
) -> None:
    with folder_for_all() as place:
        folder = place / "work"
        folder.mkdir()
        folder.chmod(0o777)
        os.chown(folder, owner, 1)
        place.chmod(0o755)
        make_store(str(place / "bk.json"))
        os.chown(place / "bk.json", 1, 1)
        as_daemon = Program().under("setpriv", "--reuid=1", "--regid=1", "--clear-groups")
        env = {**environment, "HOME": str(place)}
        if as_daemon.run("--version", env=env, cwd=str(place)).code:
            pytest.skip("another account may not start the interpreter")
        made = as_daemon.run(*argv, env=env, cwd=str(place))
        if owner == 1:
            assert made.code == 0
            return
        assert os.listdir(folder) == []
        assert_refused(made, 4, f"{folder} belongs to uid 12345, who could put another store in its place")


@as_root
@pytest.mark.file_only("the folder of a file")
def test_root_shares_no_store_in_the_folder_of_one_who_is_not_in_the_group(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir(mode=0o777)
    os.chown(folder, STRANGER, STRANGER)
    refused = run("init", str(folder / "c.json"), "--shared", "--group", "daemon")
    assert_refused(refused, 4, f"{folder} belongs to uid {STRANGER}, who could put another store in its place")
    assert os.listdir(folder) == []


@as_root
@pytest.mark.file_only("the folder of a file")
def test_root_is_told_of_the_folder_of_another_and_so_is_doctor(database: Database, run: Run, tmp_path: Path) -> None:
    target = tmp_path / "backup.json"
    run("backup", str(target))
    folder = tmp_path / "work"
    (folder / "below").mkdir(parents=True)
    os.chown(folder, STRANGER, STRANGER)
    told = f"{folder} belongs to uid {STRANGER}, who may not change the store, and can put another in its place\n"
    for name, making in (("a.json", ["init"]), ("b.json", ["restore", str(target), "--store"])):
        store = str(folder / "below" / name)
        made = run(*making, store)
        assert made.code == 0
        assert f"followup: {told}" in made.err
        found = run("doctor", "--store", store)
        assert (found.code, told in found.out) == (1, True)
        os.chown(store, STRANGER, STRANGER)
        assert told not in run("doctor", "--store", store).out


@as_root
@pytest.mark.parametrize("then", ["another file", "a pipe", "nothing"])
def test_it_is_asked_of_the_file_that_is_read_and_not_of_what_has_its_name_by_then(tmp_path: Path, then: str) -> None:
    planted = _of_stranger(tmp_path / "bk.json")
    opened = os.open(planted, os.O_RDONLY)
    planted.unlink()
    if then == "another file":
        planted.write_bytes(b"{}")
    elif then == "a pipe":
        os.mkfifo(planted)
    who = outsider(str(planted), str(tmp_path / "store.json"), opened)
    os.close(opened)
    assert str(who) == f"uid {STRANGER}"


@as_root
def test_a_folder_that_is_gone_from_the_path_of_an_open_file_is_no_folder_of_ones_own(tmp_path: Path) -> None:
    mine = tmp_path / "bk" / "bk.json"
    mine.parent.mkdir()
    mine.write_bytes(b"{}")
    opened = os.open(mine, os.O_RDONLY)
    mine.parent.rename(tmp_path / "elsewhere")
    with pytest.raises(FileNotFoundError):
        outsider(str(mine), None, opened)
    os.close(opened)


@pytest.mark.file_only("the folder of a file")
@pytest.mark.parametrize("way", ["mode", "group", "acl"])
def test_who_can_put_another_store_there_is_told_when_it_is_made_and_by_doctor(
    environment: dict[str, str], tmp_path: Path, way: str
) -> None:
    above = tmp_path / "above"
    below = above / "mine"
    below.mkdir(parents=True, mode=0o700)
    if way == "mode":
        above.chmod(0o777)
    elif os.geteuid() != 0:
        pytest.skip("only root gives a folder to a group of others")
    elif way == "group":
        os.chown(above, -1, 4321)
        above.chmod(0o770)
    else:
        nobody = 0xFFFFFFFF
        entries = [(1, 7, nobody), (2, 7, STRANGER), (4, 0, nobody), (16, 7, nobody), (32, 0, nobody)]
        packed = struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)
        try:
            os.setxattr(above, "system.posix_acl_access", packed)
        except OSError:
            pytest.skip("this file system has no ACLs")
    who = {"mode": "everybody on this machine", "group": "the group 4321", "acl": f"uid {STRANGER}"}[way]
    told = (
        f"{who} can put another store in the place of this one, since they may write in {above}: keep it where no one "
        "else may"
    )
    for line in (("init", str(below / "c.json")), ("demo", str(below / "d.json"))):
        done = Program().run(*line, env=environment, cwd="/")
        assert (done.code, done.err.count(told)) == (0, 1), done
    done = Program().run("doctor", "--store", str(below / "c.json"), env=environment, cwd="/")
    assert (done.code, done.out) == (1, f"{told}\n")
    above.chmod(0o1777)
    assert Program().run("doctor", "--store", str(below / "c.json"), env=environment, cwd="/").code == 0
