"""The durable file, met by real processes, kills, full disks and planted links."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import select
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from store.database import Database
from store.errors import Conflict, FollowUpError, StoreBusy, StoreMissing, StoreUnusable
from store.file import lock
from store.file.file_store import file_of
from store.file.strict_reader import read_strictly
from store.maintenance.create_store import make_shared
from store.maintenance.restore import restore
from tests.support.fixed_day_and_user import BORIS
from tests.support.store_builders import VISIT, add, beside, do, make_empty, make_store, open_store, raw

ROOT = Path(__file__).parents[3]

WRITER = """
import sys
from tests.support.store_builders import do, open_store
from store.errors import StoreUnusable
path, who, times = sys.argv[1:4]
database = open_store(path, who=who, lock_timeout=60)
for count in range(int(times)):
    do(database, "note", 2, f"{who} {count}")
    print(count, flush=True)
"""

HOLDER = """
import sys, time
from tests.support.store_builders import open_store
with open_store(sys.argv[1], who=sys.argv[2]).transaction():
    print("held", flush=True)
    sys.stdin.read()
"""


def process(code: str, *arguments: str, **more: Any) -> subprocess.Popen[bytes]:
    """Another Python that knows this one's packages, its streams piped."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,  # Nothing that was read is held back from communicate().
        **more,
    )


@contextmanager
def held_by_another(path: str, who: str = BORIS) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that holds the lock of a store until the block ends."""
    holder = process(HOLDER, path, who)
    assert holder.stdout
    assert holder.stdout.readline() == b"held\n"
    try:
        yield holder
    finally:
        holder.send_signal(signal.SIGCONT)
        holder.kill()
        holder.wait()
        for stream in (holder.stdin, holder.stdout, holder.stderr):
            assert stream
            stream.close()


def notes(database: Database) -> list[str]:
    return [event["note"] for event in database.snapshot().notes(2)]


def leftovers(database: Database) -> list[str]:
    return [name for name in os.listdir(file_of(database).folder) if name.endswith(".tmp")]


def mode_of(path: str | Path) -> int:
    return stat.S_IMODE(os.lstat(path).st_mode)


# Several processes


def test_a_note_planted_in_the_lock_cannot_move_the_terminal(database: Database) -> None:
    with held_by_another(database.path):
        Path(file_of(database).lock_path).write_bytes("\x1b]0;owned\x07\x9b2J\u202e\n".encode() * 3)
        with pytest.raises(StoreBusy) as refused:
            do(open_store(database.path, lock_timeout=0), "note", 2, "called")
    assert str(refused.value).isprintable()


def test_who_waits_long_enough_gets_the_lock(database: Database) -> None:
    with held_by_another(database.path) as holder:
        waiting = process(WRITER, database.path, "asel", "1")
        assert waiting.stdout
        assert not select.select([waiting.stdout], [], [], 0.3)[0]
        assert holder.stdin
        holder.stdin.close()
        assert waiting.stdout.readline() == b"0\n"
        waiting.communicate()
    assert notes(database) == ["asel 0"]


def test_who_kept_others_waiting_gives_them_a_turn(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    now, waits = time.monotonic(), list[float]()
    monkeypatch.setattr(lock.Lock, "_backoff_until", 0.0)
    monkeypatch.setattr(time, "monotonic", lambda: now)
    monkeypatch.setattr(time, "sleep", waits.append)
    with file_of(database).locked(BORIS):
        # A second one: the mark that the first one left stands behind the name.
        for _ in range(2):
            with pytest.raises(StoreBusy, match="is being changed by "):
                do(open_store(database.path, lock_timeout=0), "note", 2, "called")
    with file_of(database).locked(BORIS):
        assert waits == [pytest.approx(lock._BACKOFF)]


def test_the_lock_file_is_never_deleted(database: Database) -> None:
    inode = os.stat(file_of(database).lock_path).st_ino
    do(database, "note", 2, "called")
    with suppress(FollowUpError):
        do(database, "note", 99, "called")
    assert os.stat(file_of(database).lock_path).st_ino == inode


def test_a_lock_that_was_deleted_under_its_holder_does_not_make_two_writers(database: Database) -> None:
    """The second writer makes a new lock file: the first must not save over what the second did."""
    with pytest.raises(Conflict), database.transaction() as tx:  # noqa: PT012 - the block is the transaction
        tx.write("commitments", 2, {"title": "first"}, action="edit")
        os.unlink(file_of(database).lock_path)
        do(beside(database, who=BORIS), "note", 2, "second")
    assert notes(database) == ["second"]


# Leftovers of a writer that was killed; the kills themselves are the parts `random_kills` and `faults` of the torture.


def test_only_leftovers_of_this_store_are_swept(database: Database) -> None:
    folder = Path(file_of(database).folder)
    (folder / ".commitments.json.4711.0123456789ab.tmp").write_bytes(b"x")
    others = [".other.json.4711.0123456789ab.tmp", "commitments.json.tmp", "notes.tmp"]
    for name in others:
        (folder / name).write_bytes(b"x")
    do(database, "note", 2, "called")
    assert sorted(leftovers(database)) == sorted(others)


# Faults of the file system


FILE_CALLS = (
    *("open", "write", "close", "fsync", "fchmod", "fchown", "link", "rename", "unlink"),
    *("stat", "fstat", "mkdir", "listdir", "ftruncate", "pwrite"),
)


def failing(monkeypatch: pytest.MonkeyPatch, savepoint: int, number: int, *, is_persistent: bool) -> list[str]:
    """From now on the call of this number to the file system fails (and all after it). Returns what failed."""
    failed: list[str] = []
    count = 0

    def wrapped(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any, **named: Any) -> Any:
            nonlocal count
            count += 1
            if count == savepoint or (is_persistent and count > savepoint):
                failed.append(name)
                if name == "close":
                    call(*arguments)
                raise OSError(number, os.strerror(number))
            return call(*arguments, **named)

        return called

    for name in FILE_CALLS:
        monkeypatch.setattr(os, name, wrapped(name, getattr(os, name)))
    return failed


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EACCES])
@pytest.mark.parametrize("is_persistent", [False, True], ids=["once", "from then on"])
def test_whichever_file_call_fails_the_answer_is_true(path: str, number: int, is_persistent: bool) -> None:
    """Refused: the old state. Saved: the new one. Nothing else, and never `not saved` after the rename."""
    database = make_store(path)
    outcomes: set[str] = set()
    for savepoint in range(1, 300):
        before, saved_before = raw(database), len(notes(database))
        with pytest.MonkeyPatch.context() as monkeypatch:
            failed = failing(monkeypatch, savepoint, number, is_persistent=is_persistent)
            try:
                do(database, "note", 2, f"note {savepoint}")
                outcome = "saved"
            except FollowUpError as error:
                outcome = f"refused: {type(error).__name__}"
        outcomes.add(outcome)
        if outcome == "saved":
            assert len(notes(database)) == saved_before + 1, failed
        else:
            assert raw(database) == before, failed
        read_strictly(raw(database))
        if not failed:
            break
    else:
        pytest.fail("the change never came to its end")
    assert outcomes == {"saved", "refused: StoreUnusable"}
    do(open_store(path, lock_timeout=0), "note", 2, "after all that")
    assert leftovers(database) == []


def test_a_copy_that_cannot_be_kept_does_not_stop_a_change_but_is_told(database: Database) -> None:
    shutil.rmtree(file_of(database).copies.folder)
    Path(file_of(database).copies.folder).write_bytes(b"in the way")
    with database.transaction() as tx:
        tx.write("commitments", 2, {}, action="note", note="called")
    assert notes(database) == ["called"]
    assert len(tx.warnings) == 1
    assert tx.warnings[0].startswith("saved, but no copy")


# Changes from outside, links


def _rewritten(path: str) -> None:
    Path(path).write_bytes(Path(path).read_bytes().replace(b"Study visit", b"Study tours"))


def _replaced(path: str) -> None:
    shutil.copy(path, path + ".new")
    os.rename(path + ".new", path)


def _grown(path: str) -> None:
    with open(path, "ab") as file:
        file.write(b"\n")


@pytest.mark.parametrize("change", [_rewritten, _replaced, _grown])
def test_what_another_program_wrote_between_read_and_rename_is_not_overwritten(
    database: Database, change: Callable[[str], None]
) -> None:
    with pytest.raises(Conflict, match="changed by another program"), database.transaction() as tx:  # noqa: PT012
        tx.write("commitments", 2, {}, action="note", note="called")
        change(database.path)
        outside = raw(database)
    assert raw(database) == outside
    assert leftovers(database) == []


def test_a_store_deleted_between_read_and_rename_is_told_and_not_made_again(database: Database) -> None:
    with pytest.raises(FollowUpError), database.transaction() as tx:  # noqa: PT012 - the block is the transaction
        tx.write("commitments", 2, {}, action="note", note="called")
        os.unlink(database.path)
    assert not os.path.exists(database.path)
    assert leftovers(database) == []


@pytest.mark.parametrize("change", [_rewritten, _grown, lambda path: os.truncate(path, 900)])
def test_a_snapshot_stays_whole_or_says_so_when_another_program_writes_in_place(
    database: Database, change: Callable[[str], None]
) -> None:
    """Stock TinyDB and editors write into the file that a look may still hold open."""
    snapshot = database.snapshot()
    expected = [dict(event) for event in database.snapshot().events()]
    change(database.path)
    try:
        found = [dict(event) for event in snapshot.events()]
    except StoreUnusable:
        return
    assert found in (expected, json.loads(json.dumps(expected).replace("Study visit", "Study tours")))


def test_two_names_of_one_store_have_one_lock(database: Database, tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(database.path)
    with held_by_another(database.path), pytest.raises(StoreBusy):
        do(open_store(str(link), lock_timeout=0), "note", 2, "called")


def test_a_hard_link_to_the_store_keeps_the_old_state(database: Database, tmp_path: Path) -> None:
    os.link(database.path, tmp_path / "planted")
    before = raw(database)
    do(database, "note", 2, "called")
    assert (tmp_path / "planted").read_bytes() == before


def test_a_store_that_is_not_there_makes_no_lock_beside_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match="there is no store at"):
        do(open_store(str(tmp_path / "none.json")), "note", 1, "x")
    assert [name for name in os.listdir(tmp_path) if "none" in name] == []


def test_a_file_that_is_no_store_gets_no_lock_beside_it(path: str) -> None:
    Path(path).write_bytes(b"{}")
    with pytest.raises(StoreUnusable):
        do(open_store(path), "note", 2, "called")
    assert os.listdir(os.path.dirname(path)) == [os.path.basename(path)]


def test_a_file_of_somebody_that_was_planted_as_the_lock_is_neither_written_into_nor_shown(
    database: Database, tmp_path: Path
) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    os.unlink(file_of(database).lock_path)
    os.link(victim, file_of(database).lock_path)
    do(database, "note", 2, "called")
    with held_by_another(database.path), pytest.raises(StoreBusy, match="a process that did not sign"):
        do(open_store(database.path, lock_timeout=0), "note", 2, "called")
    assert victim.read_bytes() == b"precious"


def test_the_lock_is_not_inherited_by_a_child(database: Database) -> None:
    """An editor or a pager that outlives the change must not keep the store locked."""
    with database.transaction():
        child = subprocess.Popen(["sleep", "60"], close_fds=False)
    try:
        with open(file_of(database).lock_path, "rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    finally:
        child.kill()
        child.wait()


# Copies


def days_of_copies(database: Database) -> list[tuple[int, str]]:
    return [(copy.revision, copy.day) for copy in file_of(database).copies.all()]


def written_on(database: Database, day: str) -> None:
    """Let the store look as if it had been written at noon of this day."""
    noon = time.mktime(time.strptime(f"{day} 12:00:00", "%Y-%m-%d %H:%M:%S"))
    os.utime(database.path, (noon, noon))


def test_every_change_keeps_the_state_before_it(empty: Database) -> None:
    states = {}
    for count in range(3):
        states[empty.snapshot().revision] = raw(empty)
        do(empty, "add_visit", f"Visit {count}", place="Lyon", start="2022-12-06")
    kept = {copy.revision: Path(copy.path).read_bytes() for copy in file_of(empty).copies.all()}
    assert kept == states


def test_a_change_that_changes_nothing_keeps_no_copy(database: Database) -> None:
    before = days_of_copies(database)
    do(database, "mark", 2, "agreed")
    assert days_of_copies(database) == before


def test_the_three_newest_copies_and_one_a_day_for_seven_days_are_kept(path: str) -> None:
    database = make_empty(path)
    add_first = [(day, change) for day in range(1, 13) for change in range(3)]
    for day, change in add_first:
        written_on(database, f"2023-01-{day:02}")
        do(database, "add_visit", f"Visit {day} {change}", place="Lyon", start="2022-12-06")
    # Revision 1 + 3 (day - 1) + change was replaced on that day; the last of each day is what is kept.
    assert database.snapshot().revision == 37
    assert days_of_copies(database) == [
        (36, "2023-01-12"),
        (35, "2023-01-12"),
        (34, "2023-01-12"),
        (33, "2023-01-11"),
        (30, "2023-01-10"),
        (27, "2023-01-09"),
        (24, "2023-01-08"),
        (21, "2023-01-07"),
        (18, "2023-01-06"),
        (15, "2023-01-05"),
    ]


def test_there_are_never_more_than_ten_copies_and_each_is_a_whole_store(path: str) -> None:
    database = make_empty(path)
    for count in range(25):
        written_on(database, f"2023-{count // 3 + 1:02}-{count % 28 + 1:02}")
        do(database, "add_visit", f"Visit {count}", place="Lyon", start="2022-12-06")
        copies = file_of(database).copies.all()
        assert len(copies) <= 10
        assert copies[0].revision == database.snapshot().revision - 1
    for copy in file_of(database).copies.all():
        assert read_strictly(Path(copy.path).read_bytes()).meta["revision"] == copy.revision


def test_the_state_before_a_change_is_kept_also_where_an_older_store_was_put_back_by_hand(
    database: Database, tmp_path: Path
) -> None:
    """Its next revisions have numbers that copies of the former line of changes have already."""
    old = raw(database)
    do(database, "note", 2, "former line 1")
    do(database, "note", 2, "former line 2")
    Path(database.path).write_bytes(old)
    do(database, "note", 2, "new line 1")
    before = raw(database)
    do(database, "note", 2, "new line 2")
    assert before in [Path(copy.path).read_bytes() for copy in file_of(database).copies.all()]


def test_foreign_files_among_the_copies_are_left_alone(database: Database) -> None:
    folder = Path(file_of(database).copies.folder)
    for name in ("README", "x.json", "0000000001.json", "12.2023-01-01.json.gz"):
        (folder / name).write_bytes(b"x")
    for _ in range(12):
        do(database, "note", 2, "called")
    assert {"README", "x.json", "0000000001.json", "12.2023-01-01.json.gz"} <= set(os.listdir(folder))


def test_no_copy_is_more_readable_than_the_store_now_is(database: Database) -> None:
    os.chmod(database.path, 0o644)
    do(database, "note", 2, "called")
    do(database, "note", 2, "called again")
    os.chmod(database.path, 0o600)
    do(database, "note", 2, "and again")
    for copy in file_of(database).copies.all():
        assert mode_of(copy.path) & ~0o600 == 0
    assert mode_of(file_of(database).copies.folder) == 0o700


def test_a_copy_survives_the_change_of_the_store_that_it_was(database: Database) -> None:
    before = raw(database)
    revision = database.snapshot().revision
    do(database, "note", 2, "called")
    copy = next(copy for copy in file_of(database).copies.all() if copy.revision == revision)
    assert Path(copy.path).read_bytes() == before
    assert os.stat(copy.path).st_ino != os.stat(database.path).st_ino


# Modes


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def modes_below(folder: str) -> dict[str, int]:
    found = {".": mode_of(folder)}
    for where, folders, files in os.walk(folder):
        for name in (*folders, *files):
            full = os.path.join(where, name)
            found[os.path.relpath(full, folder)] = mode_of(full)
    return found


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_a_private_store_is_private_whatever_the_umask(tmp_path: Path, mask: int) -> None:
    with umask(mask):
        database = make_store(str(tmp_path / "deep" / "folder" / "store.json"))
        do(database, "note", 2, "called")
    for name, mode in modes_below(file_of(database).folder).items():
        is_folder = (Path(file_of(database).folder) / name).is_dir()
        assert mode == (0o700 if is_folder else 0o600), name


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_a_shared_store_is_the_groups_and_nobody_elses_whatever_the_umask(tmp_path: Path, mask: int) -> None:
    with umask(mask):
        database = open_store(str(tmp_path / "team" / "store.json"))
        make_shared(database, {}, None)
        do(database, "add_visit", "Visit", place="Lyon", start="2022-12-06", slug=VISIT)
        add(database)
        do(database, "note", 1, "called")
    group = os.stat(file_of(database).folder).st_gid
    for name, mode in modes_below(file_of(database).folder).items():
        full = Path(file_of(database).folder) / name
        assert mode == (0o2770 if full.is_dir() else 0o660), name
        assert full.lstat().st_gid == group


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o660, 0o644])
def test_a_change_keeps_the_mode_that_the_store_has(database: Database, mode: int) -> None:
    os.chmod(database.path, mode)
    with umask(0o077):
        do(database, "note", 2, "called")
    assert mode_of(database.path) == mode


def test_a_copy_with_a_second_name_keeps_its_mode(database: Database, tmp_path: Path) -> None:
    """The name may be that of somebody's file, planted there."""
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    victim.chmod(0o644)
    os.link(victim, os.path.join(file_of(database).copies.folder, "9999999999.2023-01-01.json"))
    do(database, "note", 2, "called")
    assert mode_of(victim) == 0o644


@pytest.mark.skipif(os.getuid() != 0, reason="giving a file to another user needs root")
def test_what_root_changes_stays_its_owners(tmp_path: Path) -> None:
    folder = tmp_path / "asels"
    folder.mkdir(mode=0o700)
    database = make_store(str(folder / "store.json"))
    shutil.rmtree(file_of(database).copies.folder)
    os.unlink(file_of(database).lock_path)
    for path in (folder, database.path):
        os.chown(path, 12345, 12345)
    do(database, "note", 2, "called")
    owners = {each.lstat().st_uid for each in folder.rglob("*")}
    assert owners == {12345}


@pytest.mark.skipif(os.getuid() != 0, reason="giving a file to another user needs root")
def test_what_root_brings_back_when_all_but_the_copies_is_gone_stays_its_owners(tmp_path: Path) -> None:
    folder = tmp_path / "asels"
    folder.mkdir(mode=0o700)
    database = make_store(str(folder / "store.json"))
    for left in (file_of(database).lock_path, database.path):
        os.unlink(left)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, 12345, 12345)
    restore(database, None)
    assert {each.lstat().st_uid for each in folder.rglob("*")} == {12345}
    assert mode_of(database.path) == 0o600


@pytest.mark.skipif(os.getuid() != 0, reason="giving a file to another group needs root")
def test_a_change_keeps_the_group_that_the_store_has(database: Database) -> None:
    os.chown(database.path, -1, 12345)
    os.chmod(database.path, 0o660)
    do(database, "note", 2, "called")
    assert os.stat(database.path).st_gid == 12345
    assert mode_of(database.path) == 0o660
