"""Who is named as the holder of the lock: what the kernel tells, never only what stands in the file."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from store.database import Database
from store.errors import StoreBusy
from store.file.file_store import file_of
from tests.support.process_holding_lock import ME, held
from tests.support.store_builders import do, open_store

HOST = os.uname().nodename
SINCE = "since 2023-03-01 09:00:00 UTC"


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    """A process that lives and holds nothing."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process
        process.communicate()


@contextmanager
def held_with_note(database: Database, note: str) -> Iterator[None]:
    """The lock is held by this process, and this note stands in it."""
    lock = Path(file_of(database).lock_path)
    lock.write_text(f"{note}\n")
    with lock.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def refusal(database: Database) -> str:
    with pytest.raises(StoreBusy) as refused:
        do(open_store(database.path, lock_timeout=0), "note", 2, "called")
    return str(refused.value)


def test_who_signed_and_holds_it_is_named(database: Database) -> None:
    with held(
        database,
    ) as holder:
        signed = f"{ME} (process {holder} on {HOST}) since "
        assert f"is being changed by {signed}" in refusal(database)
        assert file_of(database).other_holder().startswith(signed)


def test_who_holds_it_is_not_another(database: Database) -> None:
    with open_store(database.path).transaction():
        assert file_of(database).other_holder() == ""


def test_a_number_that_another_process_has_by_now_is_nobodys_name(database: Database) -> None:
    """The kernel tells the number of the process that took the lock, also when a child of it holds the lock on."""
    with held_with_note(database, f"{ME} (process {os.getpid()} on {HOST}) {SINCE}"):
        assert f"is being changed by a process that did not sign ({os.getpid()}, of {ME}); " in refusal(database)


def test_the_child_of_a_process_that_ended_has_no_name(database: Database) -> None:
    lock = file_of(database).lock_path
    with subprocess.Popen(
        [sys.executable, "-c", _LEFT_TO_A_CHILD, lock, HOST], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout
        assert parent.stdout.readline() == b"held\n"
        parent.wait()
        told = refusal(database)
        parent.communicate()
    assert f"is being changed by a process that did not sign ({parent.pid}); " in told


_LEFT_TO_A_CHILD = """
import fcntl, os, sys
lock = open(sys.argv[1], "r+")
fcntl.flock(lock, fcntl.LOCK_EX)
lock.write(f" (process {os.getpid()} on {sys.argv[2]}) since 2023-03-01 09:00:00 UTC\\n")
lock.flush()
if not os.fork():
    os.write(1, b"held\\n")
    sys.stdin.read()
"""


def test_the_name_of_the_process_is_its_own_again(database: Database) -> None:
    before = Path("/proc/self/comm").read_text()
    with open_store(database.path).transaction():
        assert Path("/proc/self/comm").read_text() != before
    assert Path("/proc/self/comm").read_text() == before


@pytest.mark.parametrize(
    "who", ["asel", "asel (process {pid} on {host}) {since}", "asel (process 0 on {host}) {since}"]
)
def test_who_does_not_hold_it_is_not_blamed(database: Database, sleeper: subprocess.Popen[bytes], who: str) -> None:
    with held_with_note(database, who.format(pid=sleeper.pid, host=HOST, since=SINCE)):
        told = refusal(database)
    assert f"is being changed by a process that did not sign ({os.getpid()}, of {ME}); " in told
    assert "asel" not in told


def test_who_signs_with_the_name_of_another_is_told_by_the_own_one(database: Database) -> None:
    with held(database, who="asel") as holder:
        told = refusal(database)
    assert f"by a process that did not sign ({holder}, of {ME}); " in told
    assert "asel" not in told


def test_another_machine_is_not_named(database: Database) -> None:
    with held_with_note(database, f"asel (process {os.getpid()} on elsewhere) {SINCE}"):
        assert "asel" not in refusal(database)


def test_a_lock_that_nobody_holds_has_no_holder(database: Database) -> None:
    do(database, "note", 2, "called")
    assert file_of(database).other_holder() == ""
