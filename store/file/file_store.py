"""The durable store file: nothing else opens a store for reading or writing.

A change takes the lock, reads the file afresh, and replaces it (`durable_replace`). A reader takes no lock: it opens
one file, which is never written to again, and sees the revision before or after.
"""

from __future__ import annotations

import os
import stat
from io import FileIO

from store.errors import (
    Conflict,
    FollowUpError,
    StoreDamaged,
    StoreLost,
    StoreMissing,
    StoreMoved,
    StoreUnusable,
    already_there,
    reason,
    too_large,
    unreadable,
)
from store.file import quick_reader
from store.file.layout import MAX_BYTES
from store.model.format_version import first_meta
from store.open_folder import OpenFolder, close_quietly, resolved
from store.sanitise_text import visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from store.database import Database
    from store.file.automatic_copies import Copies
    from store.file.file_write_transaction import FileWriteTransaction
    from store.file.lock import Held, Lock
    from store.file.serialize_file import WritePiece
    from store.model.record_types import Settings

Stamp = tuple[int, int, int]
"""(inode, mtime in ns, size): differs when a file was replaced; inode numbers alone are reused."""


def _stamp(status: os.stat_result) -> Stamp:
    return (status.st_ino, status.st_mtime_ns, status.st_size)


def _is_empty(descriptor: int) -> bool:
    """Whether a file of size 0 holds nothing: those of the kernel (`/proc/kmsg`) hold much, perhaps without end.

    Raises: OSError.
    """
    try:
        is_read = os.pread(descriptor, 1, 0) != b""
    except BlockingIOError:
        is_read = True
    # What has a size by then is a file that another program is writing where it stands.
    return not is_read or os.fstat(descriptor).st_size > 0


class _FileToRead(FileIO):
    """A file open for reading: an error on closing it loses nothing."""

    def close(self) -> None:
        try:
            super().close()
        except OSError:  # Else the interpreter prints it, where nobody asks for the file any more.
            return


class FileStore:
    """The file of a store, with its lock and its copies.

    Each look opens the folder anew, since another may have taken its place. A change works in the one its lock is in.
    """

    is_remote = False

    def __init__(self, path: str, lock_timeout: float | None) -> None:
        """`path` may be a link, which is followed when nobody else can change it; `lock_timeout` is in seconds."""
        self.path = resolved(path)
        self.folder, self.name = os.path.split(self.path)
        self._lock_timeout = lock_timeout

    @property
    def copies(self) -> Copies:
        """Its automatic copies."""
        from store.file.automatic_copies import Copies

        return Copies(self.folder, self.name)

    @property
    def lock_path(self) -> str:
        """The path of its lock."""
        from store.file.lock import lock_path_of

        return lock_path_of(self.path)

    @property
    def where(self) -> str:
        """The path of the file, to be printed."""
        return self.path

    @property
    def paths(self) -> tuple[str, ...]:
        """The files and folders of the store."""
        return (self.path, self.lock_path, self.copies.folder)

    def user(self) -> str:
        """The user who changes it, where the operating system's name does not count; else empty."""
        from store.user_namespace import unverified_user

        return unverified_user()

    def is_users_alone(self) -> bool:
        """Whether only the user and root may now change or replace it."""
        from store.user_namespace import is_users_alone

        try:
            with self.open_folder() as folder:
                return is_users_alone(folder, self.name)
        except OSError:
            return False

    # Reading.

    def open_folder(self) -> OpenFolder:
        """Open the folder of the store. Raises: OSError."""
        return OpenFolder.at(self.folder)

    def has_folder(self) -> bool:
        """Whether the folder of the store is there, also one that the user cannot open."""
        try:
            with self.open_folder():
                return True
        except FileNotFoundError:
            return False
        except OSError:
            return True

    def status(self) -> os.stat_result | None:
        """The status of the file, never of a link's target; None when missing."""
        try:
            with self.open_folder() as folder:
                return folder.status_of(self.name)
        except OSError:
            return None

    def stamp(self) -> Stamp | None:
        """The stamp of the file; None when missing."""
        status = self.status()
        return None if status is None else _stamp(status)

    def warnings(self) -> list[str]:
        """Warnings beside an answer: a file has none."""
        return []

    def size(self) -> int:
        """The size of the file in bytes, 0 when missing."""
        return (self.stamp() or (0, 0, 0))[2]

    def is_file(self) -> bool:
        """Whether the path is a regular file: a folder, a pipe or a device is never locked or replaced."""
        status = self.status()
        return status is not None and stat.S_ISREG(status.st_mode)

    def watched(self) -> tuple[Stamp | None, bool]:
        """The stamp, and whether the user may read the store but not change it."""
        return self.stamp(), self.is_read_only()

    def is_read_only(self) -> bool:
        """Whether the user may not create files in the folder, or not open the lock."""
        lock = os.path.basename(self.lock_path)
        try:
            with self.open_folder() as folder:
                is_locked_out = folder.status_of(lock) is not None and not folder.may_write(lock)
                return is_locked_out or not folder.may_write() or self._is_sticky()
        except OSError:
            return True

    def _is_sticky(self) -> bool:
        """Whether the folder is sticky, and the user owns neither it nor the store."""
        try:
            with self.open_folder() as folder:
                store, status = folder.status_of(self.name), folder.status()
        except OSError:
            return False
        is_owner = store is None or os.geteuid() in (0, status.st_uid, store.st_uid)
        return bool(status.st_mode & stat.S_ISVTX) and not is_owner

    def read_bytes(self) -> bytes:
        """Read the bytes of the file. Raises: StoreMissing, StoreLost, StoreUnusable."""
        try:
            with self.open_to_read() as file:
                return file.readall()
        except OSError as error:
            raise self._unreadable(error) from None

    def image(self) -> quick_reader.StoreImage:
        """Read the current revision. Raises: StoreMissing, StoreDamaged, StoreUnusable."""
        return self.image_and_stamp()[0]

    def image_to_keep(self, after: object) -> tuple[quick_reader.StoreImage, Stamp]:
        """Read the current revision and its stamp; `after` is the image that the app shows until then.

        So whoever looks for hours meets no record that is not valid under a right sum. Raises: StoreUnusable.
        """
        image, stamp = self.image_and_stamp()
        if isinstance(after, quick_reader.StoreImage):
            from store.file.strict_reader import check_what_changed

            try:
                check_what_changed(image, after)
            except StoreDamaged as damage:
                from store.file.refuse_damaged import refusal_of_invalid_record

                raise refusal_of_invalid_record(self.path, damage) from None
        return image, stamp

    def image_and_stamp(
        self, held: Held | None = None, *, with_history: bool = False
    ) -> tuple[quick_reader.StoreImage, Stamp]:
        """The same with the stamp of the file, in the folder of a lock that is held; `with_history` to write it."""
        file = self.open_to_read(held)
        try:
            stamp = _stamp(os.fstat(file.fileno()))
        except OSError as error:
            raise self._unreadable(error) from None
        return self.image_in(file, with_history=with_history), stamp

    def image_in(self, file: FileIO, *, with_history: bool = False) -> quick_reader.StoreImage:
        """Read the revision in this file, which is open. Raises: StoreDamaged, StoreUnusable."""
        try:
            quick = quick_reader.open_quickly(file, with_history=with_history)
            if quick is not None:
                return quick
            with file:
                file.seek(0)
                return self.parse(file.readall())
        except OSError as error:
            raise self._unreadable(error) from None

    def open_to_read(self, held: Held | None = None) -> FileIO:
        """Open the file, in the folder of a lock that is held. Raises: StoreMissing, StoreLost, StoreUnusable."""
        try:
            if held is not None:
                descriptor = held.folder.open(self.name)
            else:
                with self.open_folder() as folder:
                    descriptor = folder.open(self.name)
        except FileNotFoundError:
            raise self._missing() from None
        except OSError as error:
            raise self._unreadable(error) from None
        try:
            status = os.fstat(descriptor)
            is_file = stat.S_ISREG(status.st_mode) and (status.st_size > 0 or _is_empty(descriptor))
        except OSError as error:
            close_quietly(descriptor)
            raise self._unreadable(error) from None
        if not is_file or status.st_size > MAX_BYTES:
            close_quietly(descriptor)
            if is_file:
                raise too_large(self.path, status.st_size)
            raise StoreUnusable(
                tr("{path} is not a file that can hold a store", path=self.path), code="store.not-a-file"
            )
        return _FileToRead(descriptor, "rb")

    def _missing(self) -> StoreLost | StoreMissing:
        if self.copies.all():
            return StoreLost(
                tr("there is no store at {path}, and copies of one that was there lie beside it", path=self.path),
                values={"path": self.path},
            )
        return StoreMissing(tr("there is no store at {path}", path=self.path), values={"path": self.path})

    def _unreadable(self, error: OSError) -> FollowUpError:
        return unreadable(self.path, error)

    def parse(self, raw: bytes) -> quick_reader.StoreImage:
        """Parse the bytes of the file. Raises: StoreDamaged naming the newest valid copy, StoreUnusable."""
        try:
            from store.file.strict_reader import read

            return read(raw)
        except StoreMoved:
            raise
        except StoreDamaged as damage:
            from store.file.refuse_damaged import refusal_of_damaged

            raise refusal_of_damaged(self.path, damage.sentence, self.copies) from None
        except StoreUnusable as error:
            raise StoreUnusable(
                tr("{path} cannot be used: {sentence}", path=self.path, sentence=error.sentence), code="store.unusable"
            ) from None

    def check_strictly(self, image: quick_reader.StoreImage) -> None:
        """Validate all that was read of it, whatever its checksum. Raises: StoreUnusable, StoreNewer."""
        from store.file.strict_reader import check_strictly

        try:
            check_strictly(image)
        except StoreDamaged as damage:
            from store.file.refuse_damaged import refusal_of_invalid_record

            raise refusal_of_invalid_record(self.path, damage) from None

    # The lock.

    def has_lock(self) -> bool:
        """Whether the lock file exists; the first change creates it."""
        try:
            with self.open_folder() as folder:
                return folder.status_of(os.path.basename(self.lock_path)) is not None
        except OSError:
            return False

    def locked(self, actor: str) -> Lock:
        """The lock, as a context manager that yields `Held`. Raises: StoreBusy, StoreUnusable."""
        from store.file.lock import Lock

        return Lock(self.path, actor, self._lock_timeout)

    def other_holder(self) -> str:
        """The other holder of the lock, and since when; empty when unknown, or for this process."""
        from store.file.lock import other_holder_of

        return other_holder_of(self.path)

    def sweep(self, folder: OpenFolder) -> None:
        """Remove temporary files of killed writers; call it under the lock, when nobody else writes.

        Who may not open the store any more is shut out of those that restores replaced, too.
        """
        try:
            names = folder.names()
        except OSError:
            names = []
        for name in self._leftovers_among(names):
            folder.remove_quietly(name)
        if replaced := self._replaced_among(names):
            self._narrow(folder, replaced)
        self.copies.sweep(folder)

    def _narrow(self, folder: OpenFolder, replaced: list[str]) -> None:
        from store.file.automatic_copies import narrow_to_store
        from store.file.permissions import rights_of

        try:
            store, status = folder.open_file(self.name)
        except OSError:
            return
        mode, rights = status.st_mode & 0o777, rights_of(store)
        close_quietly(store)
        for name in replaced:
            try:
                if stat.S_ISREG(found := folder.mode_of(name)):
                    narrow_to_store(folder, name, found, mode, rights)
            except OSError:
                continue  # Another user's file in a sticky folder: doctor names it.

    def replaced(self, folder: OpenFolder) -> list[str]:
        """The names of the stores beside this one that restores replaced. Raises: OSError."""
        return [name for name in self._replaced_among(folder.names()) if stat.S_ISREG(folder.mode_of(name))]

    def _replaced_among(self, names: Iterable[str]) -> list[str]:
        start = f"{self.name.removesuffix('.json')}.replaced-"
        return [name for name in names if name.startswith(start)]

    def leftovers(self) -> list[str]:
        """Temporary files of this store: names of those beside it, paths of those among its copies."""
        try:
            with self.open_folder() as folder:
                return self._leftovers_among(folder.names()) + self.copies.leftovers()
        except OSError:
            return []

    def _leftovers_among(self, names: Iterable[str]) -> list[str]:
        start = f".{self.name}."
        ends = {name: name[len(start) :].split(".") for name in names if name.startswith(start)}
        return [
            name
            for name, end in ends.items()
            if len(end) == 3 and (end[0].isdecimal() or end[0] == "lock") and end[2] == "tmp"
        ]

    # Writing, under the lock.

    def begin(
        self, actor: str, now: Callable[[], str], about: Iterable[int], *, takes_back: bool = False
    ) -> FileWriteTransaction:
        """Begin a change: take the lock and read the current revision, whatever it is about.

        Raises: StoreMissing, StoreDamaged, StoreBusy, StoreUnusable.
        """
        from store.file.file_write_transaction import FileWriteTransaction

        return FileWriteTransaction(self, actor, now)

    def replace(self, held: Held, write: Callable[[WritePiece], None], revision: int, stamp: Stamp) -> None:
        """Replace the file by what `write` writes; `revision` is that of the old file, `stamp` its stamp as read.

        Raises: StoreUnusable or Conflict, and then nothing changed.
        """
        from store.file.durable_replace import put_in_place, write_making_room

        folder = held.folder
        try:
            old, found = folder.open_file(self.name)
            try:
                self._refuse_replaced(found, stamp)

                def keep_copy() -> str | None:
                    self._refuse_replaced(folder.stat(self.name), stamp)
                    trouble = self.copies.keep(folder, self.name, old, revision)
                    self._refuse_replaced(folder.stat(self.name), stamp)  # To copy a large store takes its time.
                    return trouble

                temporary = write_making_room(held, self.name, self.copies, write, old)
                trouble = put_in_place(held, temporary, self.name, keep_copy)
            finally:
                close_quietly(old)
        except OSError as error:
            raise self._not_saved(error) from None
        if trouble:
            held.warnings.append(tr("saved, but no copy of the state before was kept: {trouble}", trouble=trouble))

    def _refuse_replaced(self, status: os.stat_result, stamp: Stamp) -> None:
        """Refuse to replace a file that another program changed since it was read. Raises: Conflict."""
        if _stamp(status) != stamp:
            sentence = tr(
                "{path} was changed by another program meanwhile; nothing was saved, try again", path=self.path
            )
            raise Conflict(sentence, code="store.changed-meanwhile")

    def create_empty(self, settings: Settings, mode: int, group: int | None = None) -> list[str]:
        """Create an empty store file. Returns and raises as `create`."""
        from store.file.serialize_file import serialize

        return self.create(serialize(first_meta(settings), {}), mode, group)

    def create(self, raw: bytes, mode: int, group: int | None = None) -> list[str]:
        """Create a store file of these bytes. Returns warnings: what failed after it was created.

        Raises: NotAllowed when there is a file; StoreUnusable.
        """
        from store.file.durable_replace import write_temporary

        try:
            folder = self.open_folder()
        except OSError as error:
            raise self._not_saved(error) from None
        with folder:
            self._refuse_planted(folder)
            try:
                temporary = write_temporary(
                    folder, self.name, lambda write_piece: write_piece(raw, None), None, mode, group
                )
            except OSError as error:
                raise self._not_saved(error) from None
            try:
                folder.rename_to_new(temporary, self.name)
            except OSError as error:
                # Who made it meanwhile and changed it already has swept our temporary file away.
                if isinstance(error, FileExistsError) or folder.status_of(self.name) is not None:
                    raise already_there(self.path, code="store.there-already") from None
                raise self._not_saved(error) from None
            finally:
                folder.remove_quietly(temporary)
            trouble = folder.sync()
            return (
                [tr("the store is made, but the disk did not confirm it: {trouble}", trouble=trouble)]
                if trouble
                else []
            )

    def _refuse_planted(self, folder: OpenFolder) -> None:
        """Refuse to make a store beside a lock or copies of a stranger, which it cannot use. Raises: StoreUnusable."""
        from store.file.permissions import stranger

        for path in (self.lock_path, self.copies.folder):
            status = folder.status_of(os.path.basename(path))
            if status is not None and (who := stranger(status, None, folder.status())):
                sentence = tr(
                    "not saved: {path} belongs to {who}, who could stop every change or put copies there: "
                    "make the store in a folder where nobody else may write",
                    path=path,
                    who=visible(who),
                )
                raise StoreUnusable(sentence, code="init.beside-a-stranger")

    def remove(self) -> None:
        """Remove the file, ignoring errors."""
        try:
            with self.open_folder() as folder:
                folder.unlink(self.name)
        except OSError:
            return

    def replace_keeping_old(self, held: Held, raw: bytes, kept_as: str, *, is_shared: bool = False) -> bool:
        """Replace a store that may be damaged or missing, keeping the old file under the name `kept_as`.

        Its permissions are those of the old file, else of the newest copy; when it `is_shared` those of a file that
        the group of its folder shares.

        Returns whether there was an old file. Raises: StoreUnusable, and then nothing changed.
        """
        from store.file.durable_replace import put_in_place, write_making_room
        from store.file.permissions import SHARED_FILE, sharing_group

        folder = held.folder
        is_kept = False

        def keep() -> None:
            nonlocal is_kept
            try:
                folder.link(self.name, folder, kept_as)
                is_kept = True
            except FileNotFoundError:
                return

        try:
            group = sharing_group(folder.status()) if is_shared else None
            mode = SHARED_FILE if group is not None else None
            like = self._open_like(folder)
            try:
                temporary = write_making_room(
                    held, self.name, self.copies, lambda write_piece: write_piece(raw, None), like, mode, group
                )
            finally:
                close_quietly(like if like is not None else -1)
            put_in_place(held, temporary, self.name, keep)
        except BaseException as error:
            if is_kept:
                # After an interrupt just behind the rename, this is the only name of the old file.
                kept, store = folder.status_of(kept_as), folder.status_of(self.name)
                if kept is not None and store is not None and os.path.samestat(kept, store):
                    folder.remove_quietly(kept_as)
            if isinstance(error, OSError):
                raise self._not_saved(error) from None
            raise
        return is_kept

    def keep_bytes(self, held: Held, raw: bytes, revision: int) -> str | None:
        """Keep the bytes of the store, which stays in use, as the copy of its revision. Returns an error message."""
        try:
            store, _ = held.folder.open_file(self.name)
        except OSError as error:
            return tr("no copy was kept: {error} ({folder})", error=reason(error), folder=self.copies.folder)
        try:
            return self.copies.keep_bytes(held.folder, raw, store, revision)
        finally:
            close_quietly(store)

    def _not_saved(self, error: OSError) -> StoreUnusable:
        if isinstance(error, PermissionError):
            why = tr("it is sticky: only the owner of the store can") if self._is_sticky() else reason(error)
            sentence = tr(
                "not saved: {folder} does not let you replace {name} ({why})",
                folder=self.folder,
                name=self.name,
                why=why,
            )
            return StoreUnusable(sentence, code="store.not-replaceable")
        sentence = tr(
            "not saved: {error}, in {folder}; the store is as it was", error=reason(error), folder=self.folder
        )
        return StoreUnusable(sentence, code="store.not-saved")

    def _open_like(self, folder: OpenFolder) -> int | None:
        """Open the file whose permissions a restored store gets: the old one, else the newest copy."""
        try:
            return folder.open_file(self.name)[0]
        except OSError:
            return self.copies.open_newest()


def file_of(database: Database) -> FileStore:
    """The file of a store, for maintenance."""
    return FileStore(database.path, database.lock_timeout)
