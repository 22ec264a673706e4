"""The lock of a store: one writer at a time, freed by the kernel when its holder dies.

How long a writer waits for it, here as on a server, and its refusal after that, stand in
`store.lock_timeout_and_refusal`.
"""

from __future__ import annotations

import fcntl
import os
import stat
import time

from store.errors import StoreBusy, StoreUnusable, reason
from store.file.permissions import give_access, lock_access, sharing_group, stranger_beside
from store.lock_timeout_and_refusal import busy, seconds_to_wait
from store.open_folder import OpenFolder, close_quietly
from store.sanitise_text import visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


_MARK = 512
"""The offset in the lock file, after the holder's name, at which a waiting writer leaves a mark."""

_MOST = 4096
"""The most bytes that a lock can have: a signature, a mark, and what a signature that was cut off left."""

_LONGEST_NAME = 200
"""Characters of a name to sign with: `SUDO_USER` can say anything."""

_BACKOFF = 0.02
"""Seconds for which a holder that finds the mark does not take the lock again: several tries of waiting writers.

A batch releases the lock for a fraction of a millisecond between two changes. Without the backoff, one change beside
eight batches on a slow disk waits longer than the usual 10 s.
"""


class Held:
    """The held lock, and the open `folder` that it is in; `warnings` collects what failed after a change was saved."""

    def __init__(self, folder: OpenFolder) -> None:
        self.folder = folder
        self.warnings: list[str] = []


def lock_path_of(store: str) -> str:
    """The path of the lock file beside a store."""
    folder, name = os.path.split(store)
    return os.path.join(folder, f".{name}.lock")


def other_holder_of(store: str) -> str:
    """The holder of the lock of a store, and since when; empty when it cannot be opened, or it is this process."""
    from store.file.name_lock_holder import holder, is_held_here

    folder, name = os.path.split(lock_path_of(store))
    try:
        with OpenFolder.at(folder) as opened:
            descriptor = opened.open(name)
    except OSError:
        return ""
    try:
        return "" if is_held_here(descriptor) else holder(descriptor)
    finally:
        close_quietly(descriptor)


def _signature(actor: str) -> str:
    """The text that names this process and its user in the lock file."""
    return f"{actor[:_LONGEST_NAME]} (process {os.getpid()} on {os.uname().nodename})"


def mark_of(lock: os.stat_result) -> str:
    """The name that a process has with the kernel while it holds this lock; nobody else can give it that."""
    return f"followup+{lock.st_ino & 0xFFFFFF:06x}"


def may_be_planted(descriptor: int) -> bool:
    """Whether the file has other hard links, or holds what no lock does, so that it may be another one of somebody's.

    Who may write in the folder can give it the name of the lock: it is locked then, and neither told nor written.
    """
    if os.fstat(descriptor).st_nlink > 1:
        return True
    held = os.pread(descriptor, _MOST + 1, 0)
    signature = held.partition(b"\n")[0]
    is_signed = b" (process " in signature and b" on " in signature
    return len(held) > _MOST or not (is_signed or not held.strip(b"\0\n"))


class Lock:
    """The lock as a context manager: `flock` on a file beside the store, never deleted, with the holder's name in it.

    The kernel frees it when its holder dies. It is not on the store itself, which is replaced, and not a
    POSIX lock, which any close of the file in this process would drop. Who may open the file can lock it, so it is open
    to those alone who may write to the store.
    """

    _backoff_until = 0.0

    def __init__(self, store: str, actor: str, timeout: float | None) -> None:
        """`store` is the path of the store, `timeout` the seconds to wait for another holder (None: the usual ones)."""
        self._store = store
        self._path = lock_path_of(store)
        self._name = os.path.basename(self._path)
        self._actor = actor
        self._timeout = seconds_to_wait(timeout)
        self._descriptor = -1
        self._own_name = b""

    def __enter__(self) -> Held:
        if (away := Lock._backoff_until - time.monotonic()) > 0:  # To sleep for no time costs a tenth of a millisecond.
            time.sleep(away)
        try:
            self._folder = OpenFolder.at(os.path.dirname(self._path))
        except OSError as error:
            sentence = tr("not saved: {store} cannot be opened: {error}", store=self._store, error=reason(error))
            raise StoreUnusable(sentence, code="lock.no-way-to-store") from None
        try:
            self._wait()
        except BaseException:
            close_quietly(self._folder.descriptor)
            raise
        return Held(self._folder)

    def _wait(self) -> None:
        """Take the lock. Raises: StoreBusy, StoreUnusable."""
        end = time.monotonic() + self._timeout
        for wait in _retry_delays():
            self._descriptor = self._open()
            try:
                if self._try_lock() and self._is_still_the_lock():
                    self._sign()
                    return
                self._mark_waiting()
                left = end - time.monotonic()
                if left <= 0:
                    raise self._busy()
            except BaseException:
                close_quietly(self._descriptor)
                raise
            close_quietly(self._descriptor)
            time.sleep(min(wait, left))

    def _busy(self) -> StoreBusy:
        from store.file.name_lock_holder import UNSIGNED, holder

        return busy(self._store, holder(self._descriptor) or tr(UNSIGNED))

    def __exit__(self, *exception: object) -> None:
        try:
            if os.fstat(self._descriptor).st_size > _MARK:
                Lock._backoff_until = time.monotonic() + _BACKOFF
        except OSError:
            pass  # Nobody is kept waiting for long by that.
        close_quietly(self._descriptor)
        close_quietly(self._folder.descriptor)
        if self._own_name:
            _swap_name(self._own_name)

    def renew(self) -> None:
        """Replace the file of the lock, which is held: users with the old one open can block nobody.

        Raises: OSError.
        """
        # As `FileStore.leftovers` knows it.
        temporary = f"{self._name}.{os.urandom(6).hex()}.tmp"
        self._folder.write_whole(self._name, self._give_access, temporary=temporary)

    def _open(self) -> int:
        folder, path = self._folder, self._path
        while True:
            try:
                # Without O_CREAT first: fs.protected_regular refuses it on another user's file.
                descriptor = folder.open(self._name, os.O_RDWR)
                self._refuse_other_than_file(descriptor)
                return descriptor
            except FileNotFoundError:
                pass
            except PermissionError as error:
                self._refuse_other_than_file()
                raise self._not_permitted(error) from None
            except OSError as error:
                self._refuse_other_than_file()
                sentence = tr("not saved: the lock {path} cannot be used: {error}", path=path, error=reason(error))
                raise StoreUnusable(sentence, code="lock.unusable") from None
            try:
                descriptor = folder.open(self._name, os.O_RDWR | os.O_CREAT | os.O_EXCL)
            except FileExistsError:
                continue
            except OSError as error:
                raise self._folder_not_writable(error) from None
            return self._opened_to_writers(descriptor)

    def _opened_to_writers(self, descriptor: int) -> int:
        try:
            self._give_access(descriptor)
        except OSError:
            return descriptor  # It stays private: other users get a refusal that says what to do.
        return descriptor

    def _give_access(self, descriptor: int) -> None:
        """Open a new lock file to all who may write to the store, and nobody else. Raises: OSError."""
        folder = self._folder
        try:
            like, _ = folder.open_file(os.path.basename(self._store))
        except OSError:
            like = folder.open_readable()  # A store that is to be restored may be gone.
        try:
            above = folder.status()
            mode, group = lock_access(os.fstat(like), above)
            is_shared = sharing_group(above) is not None
            give_access(descriptor, mode, group, like, for_writers=True, is_shared=is_shared)
        finally:
            os.close(like)

    def _not_permitted(self, error: OSError) -> StoreUnusable:
        """The refusal of a user who may not open the lock: a reader, or one who should be able to."""
        if not self._folder.may_write():
            return self._folder_not_writable(error)
        sentence = tr("not saved: {path} may not be opened by you", path=self._path)
        return StoreUnusable(sentence, code="lock.not-permitted")

    def _folder_not_writable(self, error: OSError) -> StoreUnusable:
        sentence = tr("not saved: {path} cannot be written to: {error}", path=self._folder.path, error=reason(error))
        return StoreUnusable(sentence, code="lock.folder-not-writable")

    def _refuse_other_than_file(self, descriptor: int = -1) -> None:
        """Refuse a link, a folder or a pipe in the place of the lock file. Raises: StoreUnusable."""
        mode = self._folder.mode_of(self._name)
        if mode and not stat.S_ISREG(mode):
            close_quietly(descriptor)
            sentence = tr(
                "not saved: the lock {path} is not a file: its owner or the administrator can remove it",
                path=self._path,
            )
            raise StoreUnusable(sentence, code="lock.not-a-file")
        if mode:
            self._refuse_of_stranger(descriptor)

    def _refuse_of_stranger(self, descriptor: int) -> None:
        """Refuse a lock owned by a user who may not change the store, and could hold it. Raises: StoreUnusable."""
        planted = os.fstat(descriptor) if descriptor >= 0 else self._folder.status_of(self._name)
        if planted is not None and (who := stranger_beside(planted, os.path.basename(self._store), self._folder)):
            close_quietly(descriptor)
            sentence = tr(
                "not saved: the lock {path} is a file of {who}, who may not change the store: they or "
                "the administrator can remove it; better keep the store in a folder where nobody else "
                "may write",
                path=self._path,
                who=visible(who),
            )
            raise StoreUnusable(sentence, code="lock.of-a-stranger")

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
            return os.path.samestat(os.fstat(self._descriptor), self._folder.stat(self._name))
        except FileNotFoundError:
            return False
        except OSError as error:
            raise self._not_lockable(error) from None

    def _not_lockable(self, error: OSError) -> StoreUnusable:
        sentence = tr("not saved: {path} cannot be locked: {error}", path=self._path, error=reason(error))
        return StoreUnusable(sentence, code="lock.not-lockable")

    def _mark_waiting(self) -> None:
        """Leave the mark of a waiting writer; the next holder overwrites it."""
        try:
            if os.fstat(self._descriptor).st_size <= _MARK and not may_be_planted(self._descriptor):
                os.pwrite(self._descriptor, b"\n", _MARK)
        except OSError:
            return

    def _sign(self) -> None:
        """Sign the lock with its holder: in its file, where anybody can write, and as the name of this process.

        The kernel goes on to tell the number of a process that took the lock and ended, where a child of it holds the
        lock on, also when that number is another's by then. The name tells the two apart.
        """
        since = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime())
        note = f"{_signature(self._actor)} since {since}\n".encode("utf-8", "replace")
        try:
            self._own_name = _swap_name(mark_of(os.fstat(self._descriptor)).encode())
            if may_be_planted(self._descriptor):
                return
            # Cut after it is written, and never to nothing: that makes ext4 write the file at once, 1.7 ms instead of
            # 0.01. Until then the name is the first line of what stands there.
            os.pwrite(self._descriptor, note, 0)
            os.ftruncate(self._descriptor, len(note))
        except OSError:
            return  # The name is a courtesy; a full disk is reported when the change is written.


def _swap_name(name: bytes) -> bytes:
    """Give this process another name with the kernel. Returns the one that it had; empty where there is no /proc."""
    try:
        with open("/proc/self/comm", "r+b", buffering=0) as own:
            before = own.read().rstrip(b"\n")
            own.write(name)
    except OSError:
        return b""
    return before


def _retry_delays() -> Iterator[float]:
    """The seconds between tries, with jitter, so that waiting writers do not keep in step.

    They shrink with time: a writer that has waited for long tries more often than a new one.
    """
    begun = time.monotonic()
    while True:
        waited = time.monotonic() - begun
        yield max(0.001, 0.01 / (1 + 2 * waited)) * (0.5 + time.monotonic_ns() % 1009 / 1009)
