"""The durable store file: nothing else opens a store for reading or writing.

A change takes the lock, reads the file afresh, and replaces it: temporary file beside it, fsync, copy of the old
revision, rename, fsync of the folder. A reader takes no lock: it opens one file, which is never written to again, and
sees the revision before or after. A failure before the rename means that nothing changed; after it the change is
saved, whatever else fails.
"""

from __future__ import annotations

import os
import stat

from store.atomic_write import (
    is_same_file,
    remove_quietly,
    rename_to_new,
    replace_durably,
    sync_folder,
    write_all,
    write_new,
)
from store.errors import (
    Conflict,
    FollowUpError,
    StoreDamaged,
    StoreMissing,
    StoreUnusable,
    already_there,
    reason,
    unreadable,
)
from store.file import automatic_copies, quick_reader
from store.file.lock import LOCK_TIMEOUT, Held, Lock, close_quietly, holder_of, lock_path_of, signature
from store.file.permissions import SHARED_FILE, give_access, sharing_group
from store.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from io import FileIO
    from typing import TypeVar

    from store.database import Database
    from store.file.serializer import WritePiece

    _Result = TypeVar("_Result")

MAX_BYTES = 1 << 30
Stamp = tuple[int, int, int]
"""(inode, mtime in ns, size): differs when a file was replaced; inode numbers alone are reused."""


def _stamp(status: os.stat_result) -> Stamp:
    return (status.st_ino, status.st_mtime_ns, status.st_size)


class FileStore:
    """The file of a store, with its lock and its copies."""

    def __init__(self, path: str, lock_timeout: float = LOCK_TIMEOUT) -> None:
        """`path` may be a symbolic link, which is resolved."""
        self.path = os.path.realpath(path)
        self.folder, self.name = os.path.split(self.path)
        self.lock_path = lock_path_of(self.path)
        self.copies = automatic_copies.Copies(self.folder, self.name)
        self._lock_timeout = lock_timeout

    # Reading.

    def stamp(self) -> Stamp | None:
        """The stamp of the file; None when there is none."""
        try:
            return _stamp(os.stat(self.path))
        except OSError:
            return None

    def is_file(self) -> bool:
        """Whether the path is a regular file: a folder, a pipe or a device is never locked or replaced."""
        return os.path.isfile(self.path)

    def is_read_only(self) -> bool:
        """Whether the user may not create files in the folder, or not open the lock."""
        is_locked_out = os.path.exists(self.lock_path) and not os.access(self.lock_path, os.W_OK)
        return is_locked_out or not os.access(self.folder, os.W_OK | os.X_OK) or self._is_sticky()

    def _is_sticky(self) -> bool:
        """Whether the folder is sticky, and the user owns neither it nor the store."""
        try:
            folder = os.stat(self.folder)
            owners = (0, folder.st_uid, os.stat(self.path).st_uid)
        except OSError:
            return False
        return bool(folder.st_mode & stat.S_ISVTX) and os.geteuid() not in owners

    def read_bytes(self) -> bytes:
        """Read the bytes of the file. Raises: StoreMissing, StoreUnusable."""
        try:
            with self._open() as file:
                return file.readall()
        except OSError as error:
            raise self._unreadable(error) from None

    def image(self) -> quick_reader.StoreImage:
        """Read the current revision. Raises: StoreMissing, StoreDamaged, StoreUnusable."""
        return self.image_and_stamp()[0]

    def image_and_stamp(self, *, with_history: bool = False) -> tuple[quick_reader.StoreImage, Stamp]:
        """The same with the stamp of the file; `with_history` to write it anew."""
        file = self._open()
        try:
            stamp = _stamp(os.fstat(file.fileno()))
            quick = quick_reader.open_quickly(file, with_history=with_history)
            if quick is not None:
                return quick, stamp
            with file:
                file.seek(0)
                return self.parse(file.readall()), stamp
        except OSError as error:
            raise self._unreadable(error) from None

    def _open(self) -> FileIO:
        try:
            # Not blocking, or a pipe of this name would be waited for.
            descriptor = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        except FileNotFoundError:
            raise StoreMissing(f"there is no store at {self.path}", values={"path": self.path}) from None
        except OSError as error:
            raise self._unreadable(error) from None
        try:
            status = os.fstat(descriptor)
        except OSError as error:
            close_quietly(descriptor)
            raise self._unreadable(error) from None
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
            close_quietly(descriptor)
            if stat.S_ISREG(status.st_mode):
                sentence = f"{self.path} is larger than a store can be ({status.st_size} bytes)"
                raise StoreUnusable(sentence, code="store.too-large")
            raise StoreUnusable(f"{self.path} is not a file that can hold a store", code="store.not-a-file")
        return open(descriptor, "rb", buffering=0)

    def _unreadable(self, error: OSError) -> FollowUpError:
        return unreadable(self.path, error)

    def parse(self, raw: bytes) -> quick_reader.StoreImage:
        """Parse the bytes of the file. Raises: StoreDamaged naming the newest valid copy, StoreUnusable."""
        try:
            from store.file.strict_reader import read

            return read(raw)
        except StoreDamaged as damage:
            raise self._damaged(damage.sentence) from None
        except StoreUnusable as error:
            raise StoreUnusable(f"{self.path} cannot be used: {error.sentence}", code="store.unusable") from None

    def _damaged(self, what: str) -> StoreDamaged:
        """The refusal of a damaged store, with its newest valid copy."""
        sentence = f"{self.path} is damaged: {what}; it was left as it is."
        good = self.copies.newest_good()
        if good is None:
            sentence += " There is no good automatic copy of it: bring back a backup"
            return StoreDamaged(sentence, code="store.damaged-without-copy")
        return StoreDamaged(
            f"{sentence} The newest good copy is revision {good.revision} of {good.day}", code="store.damaged"
        )

    # The lock.

    def has_lock(self) -> bool:
        """Whether the lock file exists; the first change creates it."""
        return os.path.lexists(self.lock_path)

    def locked(self, actor: str) -> Lock:
        """The lock, as a context manager that yields `Held`. Raises: StoreBusy, StoreUnusable."""
        return Lock(self.path, actor, self._lock_timeout)

    def other_holder(self, actor: str) -> str:
        """Who else holds the lock, and since when; empty when unknown, or it is this process."""
        holder = holder_of(self.path)
        return "" if holder.startswith(visible(signature(actor))) else holder

    def sweep(self) -> None:
        """Remove temporary files of killed writers; call it under the lock, when nobody else writes."""
        for name in self.leftovers():
            try:
                os.unlink(os.path.join(self.folder, name))
            except OSError:
                continue

    def leftovers(self) -> list[str]:
        """Temporary files of this store: names of those beside it, paths of those among its copies."""
        start = f".{self.name}."
        try:
            names = os.listdir(self.folder)
        except OSError:
            return []
        ends = {name: name[len(start) :].split(".") for name in names if name.startswith(start)}
        own = [name for name, end in ends.items() if len(end) == 3 and end[0].isdecimal() and end[2] == "tmp"]
        return own + self.copies.leftovers()

    def remove(self) -> None:
        """Remove the file, ignoring errors."""
        remove_quietly(self.path)

    # Writing, under the lock.

    def replace(self, held: Held, write: Callable[[WritePiece], None], revision: int, stamp: Stamp) -> None:
        """Replace the file by what `write` writes; `revision` is that of the old file, `stamp` its stamp as read.

        Raises: StoreUnusable or Conflict, and then nothing changed.
        """
        temporary = self._write_temporary(write, self.path)

        def keep_copy() -> str | None:
            self._refuse_replaced(stamp)
            return self.copies.keep(self.path, revision)

        trouble = self._replace_durably(temporary, keep_copy, held)
        if trouble:
            held.warnings.append(f"saved, but no copy of the state before was kept: {trouble}")

    def _refuse_replaced(self, stamp: Stamp) -> None:
        """Refuse to replace a file that another program changed since it was read. Raises: Conflict."""
        if _stamp(os.stat(self.path)) != stamp:
            sentence = f"{self.path} was changed by another program meanwhile; nothing was saved, try again"
            raise Conflict(sentence, code="store.changed-meanwhile")

    def create(self, raw: bytes, mode: int, group: int | None = None) -> list[str]:
        """Create a store file of these bytes. Returns warnings: what failed after it was created.

        Raises: NotAllowed when there is a file; StoreUnusable.
        """
        temporary = self._write_temporary(lambda write_piece: write_piece(raw, None), None, mode, group)
        try:
            rename_to_new(temporary, self.path)
        except OSError as error:
            # Who made it meanwhile and changed it already has swept our temporary file away.
            if isinstance(error, FileExistsError) or self.stamp() is not None:
                raise already_there(self.path, code="store.there-already") from None
            raise self._not_saved(error) from None
        finally:
            remove_quietly(temporary)
        held = Held()
        self._warn_unconfirmed(held, sync_folder(self.folder))
        return held.warnings

    def replace_keeping_old(self, held: Held, raw: bytes, kept_as: str) -> bool:
        """Replace a store that may be damaged or missing, keeping the old file under the name `kept_as`.

        Its permissions are those of a shared folder, else of the old file, else of the newest copy.

        Returns whether there was an old file. Raises: StoreUnusable, and then nothing changed.
        """
        paths = [self.path, *(copy.path for copy in self.copies.all())]
        like = next((path for path in paths if os.path.exists(path)), None)
        group = sharing_group(self.folder)
        mode = SHARED_FILE if group is not None else None
        temporary = self._write_temporary(lambda write_piece: write_piece(raw, None), like, mode, group)
        is_kept = False

        def keep() -> None:
            nonlocal is_kept
            try:
                os.link(self.path, kept_as)
                is_kept = True
            except FileNotFoundError:
                return

        try:
            self._replace_durably(temporary, keep, held)
        except BaseException:
            # After an interrupt just behind the rename, this is the only name of the old file.
            if is_kept and is_same_file(kept_as, self.path):
                remove_quietly(kept_as)
            raise
        return is_kept

    def _replace_durably(self, temporary: str, before: Callable[[], _Result], held: Held) -> _Result:
        """Call `before`, then put the synced temporary file in the store's place, durably.

        When `before` or the rename fails, nothing changed. Returns the result of `before`.
        """
        try:
            result, trouble = replace_durably(temporary, self.path, before)
        except OSError as error:
            raise self._not_saved(error) from None
        self._warn_unconfirmed(held, trouble)
        return result

    def _not_saved(self, error: OSError) -> StoreUnusable:
        if isinstance(error, PermissionError):
            why = "it is sticky: only the owner of the store can" if self._is_sticky() else reason(error)
            sentence = f"not saved: {self.folder} does not let you replace {self.name} ({why})"
            return StoreUnusable(sentence, code="store.not-replaceable")
        sentence = f"not saved: {reason(error)}, in {self.folder}; the store is as it was"
        return StoreUnusable(sentence, code="store.not-saved")

    def _write_temporary(
        self,
        write: Callable[[WritePiece], None],
        like: str | None,
        mode: int | None = None,
        group: int | None = None,
    ) -> str:
        """Write a synced temporary file, with the permissions of `like` unless they are given. Returns its path."""
        temporary = os.path.join(self.folder, f".{self.name}.{os.getpid()}.{os.urandom(6).hex()}.tmp")

        def fill(descriptor: int) -> None:
            write(lambda piece, at: _write_piece(descriptor, piece, at))
            status = os.stat(like) if like is not None else os.fstat(descriptor)
            allowed = stat.S_IMODE(status.st_mode) & 0o777 if mode is None else mode
            give_access(descriptor, allowed, status.st_gid if group is None else group, like)

        try:
            write_new(temporary, fill)
        except OSError as error:
            raise self._not_saved(error) from None
        return temporary

    def _warn_unconfirmed(self, held: Held, trouble: str | None) -> None:
        """Keep the warning that the folder could not be synced; the change is saved all the same."""
        if trouble:
            held.warnings.append(f"saved, but the disk did not confirm it: {trouble}")


def file_of(database: Database) -> FileStore:
    """The file of a store, for maintenance."""
    return FileStore(database.path, database.lock_timeout)


def _write_piece(descriptor: int, piece: bytes | bytearray | memoryview, at: int | None) -> None:
    """Append bytes to a file, or write them at an offset."""
    if at is not None:
        os.pwrite(descriptor, piece, at)
    else:
        write_all(descriptor, piece)
