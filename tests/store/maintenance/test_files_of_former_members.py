"""Who was taken out of the group owns what their changes made: doctor tells, and makes it anew."""

import os
import struct
from pathlib import Path

import pytest

from store.database import Database
from store.errors import NotAllowed
from store.file.file_store import file_of
from store.maintenance.create_store import make_shared
from store.maintenance.doctor import examine, repair
from store.maintenance.restore import restore
from tests.support.doctor_repair import findings
from tests.support.folder_for_all_users import folder_for_all
from tests.support.program_with_injections import Program
from tests.support.store_builders import VISIT, add, do, open_store

FORMER = 12345
ACL = "system.posix_acl_access"

needs_root = pytest.mark.skipif(os.getuid() != 0, reason="giving a file to somebody else needs root")


def _place(database: Database, what: str) -> str:
    file = file_of(database)
    return {
        "lock": file.lock_path,
        "store": file.path,
        "folder of the copies": file.copies.folder,
        "copy": file.copies.all()[0].path,
    }[what]


@needs_root
@pytest.mark.parametrize("what", ["lock", "store", "folder of the copies", "copy"])
def test_what_belongs_to_a_former_member_is_found_and_made_anew(team: Database, what: str) -> None:
    path = _place(team, what)
    os.chown(path, FORMER, -1)
    before = os.stat(path).st_ino
    told = [sentence for sentence in findings(team) if path in sentence and "belongs to uid 12345" in sentence]
    assert [f"the {what} {path} belongs to" in sentence for sentence in told] == [True]
    _, left = repair(team, examine(team))
    assert left == 0
    assert findings(team) == []
    assert os.stat(path).st_uid == 0
    assert oct(os.stat(path).st_mode & 0o7777) == ("0o2770" if os.path.isdir(path) else "0o660")
    # Another file, so that who has the old one open can do nothing with it; of a folder the kernel asks each time.
    assert (os.stat(path).st_ino != before) == (what != "folder of the copies")
    assert len(team.snapshot().rows) == 1


@needs_root
@pytest.mark.parametrize("what", ["lock", "store", "folder of the copies", "copy"])
def test_one_who_may_write_by_an_acl_is_no_former_member(team: Database, what: str) -> None:
    nobody = 0xFFFFFFFF
    entries = [(1, 6, nobody), (2, 6, FORMER), (4, 6, nobody), (16, 7, nobody), (32, 0, nobody)]
    acl = struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)
    try:
        os.setxattr(team.path, ACL, acl)
    except OSError:
        pytest.skip("this file system has no ACLs")
    os.chown(_place(team, what), FORMER, -1)
    assert [sentence for sentence in findings(team) if "belongs to" in sentence] == []


@needs_root
def test_a_member_mends_the_lock_and_the_copies_and_root_the_rest(environment: dict[str, str]) -> None:
    with folder_for_all() as place:
        folder = place / "team"
        folder.mkdir()
        os.chown(folder, -1, 1)  # The group of daemon, the account.
        folder.chmod(0o2770)
        place.chmod(0o755)
        database = open_store(str(folder / "c.json"))
        make_shared(database, {}, None)
        do(database, "add_visit", "Visit", place="Lyon", start="2022-12-06", slug=VISIT)
        add(database)
        for what in ("lock", "store", "folder of the copies", "copy"):
            os.chown(_place(database, what), FORMER, -1)
        as_daemon = Program().under("setpriv", "--reuid=1", "--regid=1", "--clear-groups")
        env = {**environment, "HOME": str(place), "FOLLOWUP_STORE": database.path}
        done = as_daemon.run("doctor", "--repair", env=env, cwd="/")
        if "Permission denied" in done.err and not done.out:
            pytest.skip("another account may not start the interpreter")
        assert (done.code, done.err) == (1, "")
        lines = done.out.splitlines()
        names = ("lock", "store", "folder", "copy")
        ends = {name: line for line in lines for name in names if line.startswith(f"the {name} ")}
        assert ends["lock"].endswith(" - mended")
        assert ends["copy"].endswith(" - mended")
        for what in ("store", "folder"):
            assert ends[what].endswith((": root makes it anew", ": root takes it over"))
        _, left = repair(database, examine(database))
        assert left == 0


@needs_root
def test_a_backup_that_a_former_member_can_change_is_refused_though_the_store_is_theirs(
    team: Database, tmp_path: Path
) -> None:
    backup = tmp_path / "bk.json"
    backup.write_bytes(Path(team.path).read_bytes())
    for path in (backup, Path(team.path)):
        os.chown(path, FORMER, -1)
    with pytest.raises(NotAllowed, match="can be changed by uid 12345"):
        restore(team, str(backup))
    os.chown(backup, 0, -1)
    restore(team, str(backup))
