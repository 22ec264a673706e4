"""The doctor tells of a store that those who changed it cannot open, or whose owner cannot change it."""

import multiprocessing
import os
import pwd
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store.database import Database
from store.errors import FollowUpError
from store.file.file_store import file_of
from store.maintenance.backup import backup
from store.maintenance.create_store import make_private
from tests.store.maintenance.conftest import GROUP
from tests.support.doctor_repair import findings
from tests.support.fixed_day_and_user import StandingClock, isolated
from tests.support.folder_for_all_users import folder_for_all
from tests.support.run_command import followup
from tests.support.store_builders import VISIT, add, do, open_store

pytestmark = pytest.mark.skipif(os.getuid() != 0, reason="only root can give files away")

DAEMON, NOBODY = (pwd.getpwnam(name) for name in ("daemon", "nobody"))


def by(account: pwd.struct_passwd, path: str) -> Database:
    return Database(path, StandingClock(), account.pw_name, 10.0, account.pw_uid)


@pytest.fixture
def copied(team: Database, tmp_path: Path) -> Database:
    """As `cp -r` of root leaves a shared store under umask 077; two accounts have changed it."""
    for account in (DAEMON, NOBODY):
        do(by(account, team.path), "note", 1, "called")
    folder = tmp_path / "copied"
    shutil.copytree(file_of(team).folder, folder)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, 0, 0)
        path.chmod(0o700 if path.is_dir() else 0o600)
    return open_store(str(folder / "c.json"))


def doctor(database: Database, tmp_path: Path) -> tuple[int, str]:
    done = followup("--store", database.path, "doctor", env=isolated(str(tmp_path)))
    assert done.err == ""
    return done.code, done.out


def test_a_copy_of_roots_that_shuts_all_others_out_is_asked_about(copied: Database, tmp_path: Path) -> None:
    folder = file_of(copied).folder
    shared = (
        f"chgrp -R GROUP {folder} && chmod 2770 {folder} && chmod 660 {copied.path}"
        f" && followup doctor --repair --store {copied.path}"
    )
    assert doctor(copied, tmp_path) == (
        1,
        f"{copied.path} belongs to root alone, and has changes of nobody, daemon, who cannot open it: say whose it is "
        f"to be\n  shared:   {shared}\n  private:  chown -R nobody: {folder}\n",
    )
    do(copied, "note", 1, "by root")
    assert doctor(copied, tmp_path)[0] == 1
    for path in (Path(folder), *Path(folder).rglob("*")):
        os.chown(path, DAEMON.pw_uid, DAEMON.pw_gid)
    do(by(DAEMON, copied.path), "note", 1, "mine")
    for path in (Path(folder), *Path(folder).rglob("*")):
        os.chown(path, DAEMON.pw_uid, DAEMON.pw_gid)
    assert doctor(copied, tmp_path) == (
        0,
        f"{copied.path}: no findings\n{copied.path} belongs to daemon alone, and has changes of nobody, who cannot "
        f"open it; if they are to share it: {shared}\n",
    )


def test_what_is_shared_again_or_a_backup_is_not_told(copied: Database, team: Database, tmp_path: Path) -> None:
    assert findings(team) == []
    made = backup(team, str(tmp_path / "backup.json")).path
    assert findings(open_store(made)) == []
    folder = Path(file_of(copied).folder)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, 0, GROUP)
    folder.chmod(0o2770)
    os.chmod(copied.path, 0o660)
    assert not [each for each in findings(copied) if "who cannot open it" in each]


@pytest.fixture
def read_by_a_group() -> Iterator[Database]:
    """A store of one account that a group may read which is not its own."""
    with folder_for_all() as above:
        above.chmod(0o755)
        store = open_store(f"{above}/team/c.json")
        make_private(store, {})
        do(store, "add_visit", "Visit", place="Lyon", start="2022-12-06", slug=VISIT)
        add(store)
        folder = Path(file_of(store).folder)
        for path in (folder, *folder.rglob("*")):
            os.chown(path, DAEMON.pw_uid, GROUP)
            path.chmod(0o700 if path.is_dir() else 0o600)
        folder.chmod(0o750)
        os.chmod(store.path, 0o640)
        yield store


def as_daemon(groups: list[int], work: Callable[[], None]) -> int | None:
    """The exit code of a process of this account: 0, or 1 for a refusal."""

    def change() -> None:
        os.setgroups(groups)
        os.setresgid(DAEMON.pw_gid, DAEMON.pw_gid, DAEMON.pw_gid)
        os.setresuid(DAEMON.pw_uid, DAEMON.pw_uid, DAEMON.pw_uid)
        try:
            work()
        except FollowUpError:
            os._exit(1)

    process = multiprocessing.get_context("fork").Process(target=change)
    process.start()
    process.join()
    return process.exitcode


def test_an_owner_who_is_not_in_the_group_of_the_store_is_told(read_by_a_group: Database, tmp_path: Path) -> None:
    path = read_by_a_group.path
    folder = file_of(read_by_a_group).folder
    told = [each for each in findings(read_by_a_group) if "each change of daemon is refused" in each]
    assert told == [
        f"{path} has the group {GROUP}, and its owner daemon is not in that: each change of daemon is refused"
    ]
    assert f"member:   usermod -aG {GROUP} daemon\n  back:     chown -R daemon: {folder}\n" in doctor(
        read_by_a_group, tmp_path
    )[1]  # fmt: skip

    def change() -> None:
        do(by(DAEMON, path), "note", 1, "called")

    def look() -> None:
        if any("is refused" in each for each in findings(by(DAEMON, path))):
            os._exit(3)

    assert (as_daemon([], change), as_daemon([], look)) == (1, 3)
    assert (as_daemon([GROUP], change), as_daemon([GROUP], look)) == (0, 0)
