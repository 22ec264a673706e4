"""The lock of a store: one writer at a time, freed by the kernel when its holder dies."""

from __future__ import annotations

import fcntl
import os
import stat
import time

from store.atomic_write import NO_LINK
from store.errors import StoreBusy, StoreUnusable, reason
from store.file.permissions import PRIVATE_FILE, SHARED_FILE, give_access, mode_at, sharing_group
from store.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


_MARK = 512
"""The offset in the lock file, after the holder's name, at which a waiting writer leaves a mark."""

_BACKOFF = 0.02
"""Seconds for which a holder that finds the mark does not take the lock again: several tries of waiting writers.

A batch releases the lock for a fraction of a millisecond between two changes. Without the backoff, one change beside
eight batches on a slow disk waits longer than the usual 10 s.
"""

LOCK_TIMEOUT = 10.0
"""Seconds that a change waits for the lock."""


def close_quietly(descriptor: int) -> None:
    """Close a descriptor (below 0: none), ignoring errors: its use has failed or is done already."""
    if descriptor >= 0:
        try:
            os.close(descriptor)
        except OSError:
            return


class Held:
    """The held lock; `warnings` collects what failed after a change was saved."""

    def __init__(self) -> None:
        self.warnings: list[str] = []


def lock_path_of(store: str) -> str:
    """The path of the lock file beside a store."""
    folder, name = os.path.split(store)
    return os.path.join(folder, f".{name}.lock")


def holder_of(store: str) -> str:
    """The last holder of the lock of a store, and since when; empty when unknown."""
    try:
        descriptor = os.open(lock_path_of(store), os.O_RDONLY | os.O_NONBLOCK | NO_LINK)
    except OSError:
        return ""
    try:
        return _read_holder(descriptor)
    finally:
        close_quietly(descriptor)


def signature(actor: str) -> str:
    """The text that names this process and its user in the lock file."""
    return f"{actor} (process {os.getpid()} on {os.uname().nodename})"


def _read_holder(descriptor: int) -> str:
    try:
        if _has_other_names(descriptor):
            return ""
        note = os.pread(descriptor, 200, 0).partition(b"\n")[0]
        return visible(note.decode("utf-8", "replace").strip(" \0"))
    except OSError:
        return ""


def _has_other_names(descriptor: int) -> bool:
    """Whether the file has other hard links, so that it may be a planted one: it is locked, not read or written."""
    return os.fstat(descriptor).st_nlink > 1


class Lock:
    """The lock as a context manager: `flock` on a file beside the store, never deleted, with the holder's name in it.

    The kernel frees it when its holder dies. It is not on the store itself, which is replaced, and not a
    POSIX lock, which any close of the file in this process would drop.
    """

    _backoff_until = 0.0

    def __init__(self, store: str, actor: str, timeout: float) -> None:
        """`store` is the path of the store, `timeout` the seconds to wait for another holder."""
        self._store = store
        self._path = lock_path_of(store)
        self._actor = actor
        self._timeout = timeout
        self._descriptor = -1

    def __enter__(self) -> Held:
        if (away := Lock._backoff_until - time.monotonic()) > 0:  # To sleep for no time costs a tenth of a millisecond.
            time.sleep(away)
        end = time.monotonic() + self._timeout
        for wait in _retry_delays():
            self._descriptor = self._open()
            try:
                if self._try_lock() and self._is_still_the_lock():
                    self._write_holder()
                    return Held()
            except BaseException:
                close_quietly(self._descriptor)
                raise
            holder = _read_holder(self._descriptor) or "another process"
            self._mark_waiting()
            close_quietly(self._descriptor)
            left = end - time.monotonic()
            if left <= 0:
                raise StoreBusy(f"{self._store} is being changed by {holder}; nothing was changed, try again")
            time.sleep(min(wait, left))
        raise AssertionError("unreachable")

    def __exit__(self, *exception: object) -> None:
        try:
            if os.fstat(self._descriptor).st_size > _MARK:
                Lock._backoff_until = time.monotonic() + _BACKOFF
        except OSError:
            pass  # Nobody is kept waiting for long by that.
        close_quietly(self._descriptor)

    def _open(self) -> int:
        path = self._path
        while True:
            try:
                # Without O_CREAT first: fs.protected_regular refuses it on another user's file.
                descriptor = os.open(path, os.O_RDWR | os.O_NONBLOCK | NO_LINK)
                self._refuse_other_than_file(descriptor)
                return descriptor
            except FileNotFoundError:
                pass
            except PermissionError as error:
                self._refuse_other_than_file()
                if not os.access(os.path.dirname(path), os.X_OK):
                    sentence = f"not saved: {self._store} cannot be opened: {reason(error)}"
                    raise StoreUnusable(sentence, code="lock.no-way-to-store") from None
                sentence = (
                    f"not saved: {path} may not be opened by you: its owner or the administrator can run "
                    f"chmod g+rw {path}"
                )
                raise StoreUnusable(sentence, code="lock.not-permitted") from None
            except OSError as error:
                self._refuse_other_than_file()
                sentence = f"not saved: the lock {path} cannot be used: {reason(error)}"
                raise StoreUnusable(sentence, code="lock.unusable") from None
            try:
                descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | NO_LINK, PRIVATE_FILE)
            except FileExistsError:
                continue
            except OSError as error:
                sentence = f"not saved: {os.path.dirname(self._store)} cannot be written to: {reason(error)}"
                raise StoreUnusable(sentence, code="lock.folder-not-writable") from None
            try:
                folder = os.path.dirname(self._store)
                # A store that is to be restored may be gone.
                like = self._store if os.path.exists(self._store) else folder
                group, mode = sharing_group(folder), SHARED_FILE
                if group is None:
                    status = os.stat(like)
                    group, mode = status.st_gid, stat.S_IMODE(status.st_mode) & SHARED_FILE | PRIVATE_FILE
                give_access(descriptor, mode, group, like)
            except OSError:
                pass  # Then it stays private: other users get a refusal that says what to do.
            return descriptor

    def _refuse_other_than_file(self, descriptor: int = -1) -> None:
        """Refuse a link, a folder or a pipe in the place of the lock file. Raises: StoreUnusable."""
        mode = mode_at(self._path)
        if mode and not stat.S_ISREG(mode):
            close_quietly(descriptor)
            sentence = f"not saved: the lock {self._path} is not a file: its owner or the administrator can remove it"
            raise StoreUnusable(sentence, code="lock.not-a-file")

    def _try_lock(self) -> bool:
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            raise self._not_lockable(error) from None
        return True

    def _is_still_the_lock(self) -> bool:
        try:
            status = os.stat(self._path, follow_symlinks=False)
            return os.path.samestat(os.fstat(self._descriptor), status)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise self._not_lockable(error) from None

    def _not_lockable(self, error: OSError) -> StoreUnusable:
        sentence = f"not saved: {self._path} cannot be locked: {reason(error)}"
        return StoreUnusable(sentence, code="lock.not-lockable")

    def _mark_waiting(self) -> None:
        """Leave the mark of a waiting writer; the next holder overwrites it."""
        try:
            if os.fstat(self._descriptor).st_size <= _MARK and not _has_other_names(self._descriptor):
                os.pwrite(self._descriptor, b"\n", _MARK)
        except OSError:
            return

    def _write_holder(self) -> None:
        since = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime())
        note = f"{signature(self._actor)} since {since}\n".encode("utf-8", "replace")
        try:
            if _has_other_names(self._descriptor):
                return
            # Cut after it is written, and never to nothing: that makes ext4 write the file at once, 1.7 ms instead of
            # 0.01. Until then the name is the first line of what stands there.
            os.pwrite(self._descriptor, note, 0)
            os.ftruncate(self._descriptor, len(note))
        except OSError:
            return  # The name is a courtesy; a full disk is reported when the change is written.


def _retry_delays() -> Iterator[float]:
    """The seconds between tries, with jitter, so that waiting writers do not keep in step.

    They shrink with time: a writer that has waited for long tries more often than a new one.
    """
    begun = time.monotonic()
    while True:
        waited = time.monotonic() - begun
        yield max(0.001, 0.01 / (1 + 2 * waited)) * (0.5 + time.monotonic_ns() % 1009 / 1009)
