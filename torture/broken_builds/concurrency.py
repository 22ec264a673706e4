"""Builds in which one writer loses what another one saved.

What one of them needs alone it imports itself: with many writers at once the start of each counts.
"""

from __future__ import annotations

import fcntl
import os

from store.file.file_store import FileStore
from store.file.lock import lock_path_of
from store.transaction import Transaction
from torture.broken_builds import broken_build
from torture.injected.replace_functions import replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from store.file import quick_reader
    from store.file.file_store import Stamp
    from store.file.lock import Held, Lock


def _take_any_stamp() -> None:
    """Leave out the check that notices another writer: it is a second lock, and goes with the first."""
    replace(FileStore._refuse_replaced, lambda self, status, stamp: None)


@broken_build
def no_lock() -> None:
    """The lock is opened and signed, and not taken."""
    replace(fcntl.flock, lambda descriptor, operation: None)
    _take_any_stamp()


@broken_build
def own_lock() -> None:
    """Each process locks a file of its own."""
    replace(lock_path_of, lambda store: f"{store}.{os.getpid()}.lock")
    _take_any_stamp()


@broken_build
def stale_read() -> None:
    """The store is read before the lock is taken, not under it."""
    read, lock = FileStore.image_and_stamp, FileStore.locked
    early: list[tuple[quick_reader.StoreImage, Stamp]] = []

    def locked(self: FileStore, actor: str) -> Lock:
        early.append(read(self, with_history=True))
        return lock(self, actor)

    def image_and_stamp(
        self: FileStore, held: Held | None = None, *, with_history: bool = False
    ) -> tuple[quick_reader.StoreImage, Stamp]:
        return early.pop() if with_history and early else read(self, held, with_history=with_history)

    replace(FileStore.locked, locked)
    replace(FileStore.image_and_stamp, image_and_stamp)
    _take_any_stamp()


@broken_build
def numbers_reused() -> None:
    """A new record gets the number after the highest one that is there."""
    sound = Transaction.add

    def add(self: Transaction, table: str, fields: Any) -> int:
        self._next[table] = max(self.table(table), default=0) + 1
        return sound(self, table, fields)

    replace(Transaction._count_on, lambda self, table: None)  # It would find the number in the history.
    replace(Transaction.add, add)


@broken_build
def no_revision_check() -> None:
    """--expect-rev is taken whatever the revision is."""
    from store.operations.refuse_clashing_edits import expect_revision

    replace(expect_revision, lambda tx, number, expected, current: None)


@broken_build
def no_merge_check() -> None:
    """The app does not check what others changed since it read the store."""
    from store.operations.refuse_clashing_edits import merge_or_conflict

    replace(merge_or_conflict, lambda tx, number, revision: [])


@broken_build
def no_swap_check() -> None:
    """A script writes what it read, whatever was saved since."""
    from store import tinydb_storage

    replace(tinydb_storage._refuse_stale, lambda tx, meta: None)
    replace(tinydb_storage._refuse_stamps, lambda tx, name, old, new: None)
