"""Builds whose changes are not durable, or are acknowledged before they are."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from threading import Timer
from threading import enumerate as threads
from typing import Any

from store.errors import StoreUnusable
from store.file import automatic_copies
from store.file.durable_replace import unconfirmed
from store.file.file_store import FileStore
from store.file.make_room import copies_to_give_way
from store.transaction import Transaction
from torture.broken_builds import broken_build
from torture.injected.replace_functions import replace

_LATER = 0.05
"""Seconds after its answer when a change is written, in a build that answers early."""

_LATER_ON_SCREEN = 0.3


def _replace_fsync(is_meant: Callable[[int], bool], times: int) -> None:
    """Sync the files meant this many times, and all other files once."""
    sound = os.fsync

    def fsync(descriptor: int) -> None:
        for _ in range(times if is_meant(os.fstat(descriptor).st_mode) else 1):
            sound(descriptor)

    replace(os.fsync, fsync)


@broken_build
def no_fsync() -> None:
    """The new file is renamed before it is on the disk."""
    _replace_fsync(stat.S_ISREG, 0)


@broken_build
def no_folder_fsync() -> None:
    """The folder with the new name is not synced."""
    _replace_fsync(stat.S_ISDIR, 0)


@broken_build
def third_fsync() -> None:
    """The new file is synced twice."""
    _replace_fsync(stat.S_ISREG, 2)


@broken_build
def in_place() -> None:
    """The store is written over where it stands, as plain TinyDB does, in two pieces."""
    rename, fsync = os.rename, os.fsync

    def write_over(temporary: str, path: str, *, src_dir_fd: int | None = None, dst_dir_fd: int | None = None) -> None:
        try:
            there = os.open(path, os.O_RDWR, dir_fd=dst_dir_fd)
        except FileNotFoundError:
            rename(temporary, path, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)
            return
        made = os.open(temporary, os.O_RDONLY, dir_fd=src_dir_fd)
        with open(made, "rb") as new, open(there, "r+b", buffering=0) as old:
            text = new.read()
            old.write(text[: len(text) // 2])
            fsync(old.fileno())
            old.write(text[len(text) // 2 :])
            fsync(old.fileno())
            old.truncate()
        os.unlink(temporary, dir_fd=src_dir_fd)

    replace(os.rename, write_over)
    no_fsync()  # It is beside the point, and would take its time.
    # A copy that is a second name of the store would be written over with it.
    replace(automatic_copies.Copies.keep, lambda self, above, name, store, revision: None)


@broken_build
def not_saved_after_all() -> None:
    """A folder that cannot be synced makes a saved change 'not saved'."""

    def refuse(trouble: str | None) -> list[str]:
        if trouble:
            raise StoreUnusable(f"not saved: {trouble}; the store is as it was")
        return []

    replace(unconfirmed, refuse)


@broken_build
def copies_stay() -> None:
    """On a full disk the automatic copies stay, and the change is refused."""
    replace(copies_to_give_way, lambda folder, copies, error, size: [])


@broken_build
def not_swept() -> None:
    """What a killed writer left is not swept."""
    replace(FileStore.sweep, lambda self, folder: None)


def _commit_later(seconds: float) -> None:
    """Let every change be written some time after it was answered, but before the process ends."""
    sound, leave = Transaction.__exit__, os._exit

    def commit_later(self: Transaction, kind: Any, *rest: Any) -> None:
        if kind is not None or not self._staged["events"]:
            sound(self, kind, *rest)
            return
        self.revision = self.change
        Timer(seconds, sound, (self, None, None, None)).start()

    def leave_when_written(code: int) -> None:
        for thread in threads():
            if isinstance(thread, Timer):
                thread.join()
        leave(code)

    replace(Transaction.__exit__, commit_later)
    replace(os._exit, leave_when_written)


@broken_build
def early_answer() -> None:
    """A line of a batch is acknowledged before the new file has its name."""
    if sys.argv[1:2] == ["batch"]:
        _commit_later(_LATER)


@broken_build
def early_answer_once() -> None:
    """A command answers before its change is written."""
    if sys.argv[1:] and sys.argv[1:2] != ["batch"]:
        _commit_later(_LATER)


@broken_build
def early_screen() -> None:
    """The app says that a change is saved a moment before it is written."""
    if not sys.argv[1:]:
        _commit_later(_LATER_ON_SCREEN)
