"""The lock of a store: one writer at a time, freed by the kernel when its holder dies."""

import fcntl
import os
import stat
import time

from store.errors import StoreBusy, StoreUnusable, reason
from store.modes import sharing_group
from store.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


NO_LINK = os.O_CLOEXEC | os.O_NOFOLLOW
"""Flags for every file that a writer opens: not handed on to a child, and never through a planted link."""


def close_quietly(descriptor: int) -> None:
    """Close a descriptor (below 0: there is none) when what it was for has failed or is done already."""
    if descriptor >= 0:
        try:
            os.close(descriptor)
        except OSError:
            return


class Held:
    """The lock, held: `warnings` collects what went wrong after a change was already saved."""

    def __init__(self) -> None:
        self.warnings: list[str] = []


def lock_path_of(store: str) -> str:
    """The lock file beside a store."""
    folder, name = os.path.split(store)
    return os.path.join(folder, f".{name}.lock")


class Lock:
    """`flock` on a file beside the store that is never deleted, with the holder's name in it.

    The kernel frees it when its holder dies. It is not on the store itself, which is replaced, and not a
    POSIX lock, which any close of the file in this process would drop.
    """

    def __init__(self, store: str, actor: str, timeout: float) -> None:
        """`store` is the path of the file that it guards, `timeout` the seconds to wait for another holder."""
        self._store = store
        self._path = lock_path_of(store)
        self._actor = actor
        self._timeout = timeout
        self._descriptor = -1

    def __enter__(self) -> Held:
        end = time.monotonic() + self._timeout
        for wait in _waits():
            self._descriptor = self._opened()
            try:
                if self._taken() and self._is_still_the_lock():
                    self._sign()
                    return Held()
            except BaseException:
                close_quietly(self._descriptor)
                raise
            holder = self._holder()
            close_quietly(self._descriptor)
            left = end - time.monotonic()
            if left <= 0:
                raise StoreBusy(f"{self._store} is being changed by {holder}; nothing was changed, try again")
            time.sleep(min(wait, left))
        raise AssertionError("unreachable")

    def __exit__(self, *exception: object) -> None:
        close_quietly(self._descriptor)

    def _opened(self) -> int:
        path = self._path
        while True:
            try:
                # Without O_CREAT first: fs.protected_regular refuses it on another user's file.
                return os.open(path, os.O_RDWR | os.O_NONBLOCK | NO_LINK)
            except FileNotFoundError:
                pass
            except PermissionError:
                raise StoreUnusable(
                    f"{path} may not be opened by you: its owner or the administrator can run chmod g+rw {path}"
                ) from None
            except OSError as error:
                raise StoreUnusable(f"the lock {path} cannot be used: {reason(error)}") from None
            try:
                descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | NO_LINK, 0o600)
            except FileExistsError:
                continue
            except OSError as error:
                raise StoreUnusable(
                    f"{os.path.dirname(self._store)} cannot be written to: {reason(error)}; nothing was changed"
                ) from None
            try:
                group, mode = sharing_group(os.path.dirname(self._store)), 0o660
                if group is None:
                    store = os.stat(self._store)
                    group, mode = store.st_gid, stat.S_IMODE(store.st_mode) & 0o660 | 0o600
                if os.fstat(descriptor).st_gid != group:
                    os.fchown(descriptor, -1, group)
                os.fchmod(descriptor, mode)
            except OSError:
                pass  # Private then: who may not open it is told what to do.
            return descriptor

    def _taken(self) -> bool:
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            raise StoreUnusable(f"{self._path} cannot be locked: {reason(error)}") from None
        return True

    def _is_still_the_lock(self) -> bool:
        try:
            there = os.stat(self._path, follow_symlinks=False)
            return os.path.samestat(os.fstat(self._descriptor), there)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise StoreUnusable(f"{self._path} cannot be locked: {reason(error)}") from None

    def _sign(self) -> None:
        since = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime())
        note = f"{self._actor} (process {os.getpid()} on {os.uname().nodename}) since {since}\n"
        try:
            os.ftruncate(self._descriptor, 0)
            os.pwrite(self._descriptor, note.encode("utf-8", "replace"), 0)
        except OSError:
            return  # The note is a courtesy; a full disk is met, and told, when the change is written.

    def _holder(self) -> str:
        try:
            note = visible(os.pread(self._descriptor, 200, 0).decode("utf-8", "replace").strip())
        except OSError:
            note = ""
        return note or "another process"


def _waits() -> "Iterator[float]":
    """Seconds between two tries, growing, each with a jitter so that several waiters do not march in step."""
    wait = 0.002
    while True:
        yield wait * (0.5 + time.monotonic_ns() % 1009 / 1009)
        wait = min(wait * 1.5, 0.05)
