"""Who is named as the holder of the lock: what the kernel tells, never only what stands in the file."""

import fcntl
import os
import pwd
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from store.database import Database
from store.errors import StoreBusy
from store.file.file_store import file_of
from tests.support.store_builders import do, open_store

ME = pwd.getpwuid(os.getuid()).pw_name
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
    signed = f"{ME} (process {os.getpid()} on {HOST}) {SINCE}"
    with held_with_note(database, signed):
        assert f"is being changed by {signed}; " in refusal(database)
        assert file_of(database).other_holder("somebody") == signed


@pytest.mark.parametrize(
    "who", ["asel", "asel (process {pid} on {host}) {since}", "asel (process 0 on {host}) {since}"]
)
def test_who_does_not_hold_it_is_not_blamed(database: Database, sleeper: subprocess.Popen[bytes], who: str) -> None:
    with held_with_note(database, who.format(pid=sleeper.pid, host=HOST, since=SINCE)):
        told = refusal(database)
    assert f"is being changed by a process that did not sign ({os.getpid()}, of {ME}); " in told
    assert "asel" not in told


def test_who_signs_with_the_name_of_another_is_told_with_the_own_one(database: Database) -> None:
    with held_with_note(database, f"asel (process {os.getpid()} on {HOST}) {SINCE}"):
        assert f"{SINCE}, as a process of {ME} says; " in refusal(database)


def test_another_machine_is_not_named(database: Database) -> None:
    with held_with_note(database, f"asel (process {os.getpid()} on elsewhere) {SINCE}"):
        assert "asel" not in refusal(database)


def test_a_lock_that_nobody_holds_has_no_holder(database: Database) -> None:
    do(database, "note", 2, "called")
    assert file_of(database).other_holder("somebody") == ""
