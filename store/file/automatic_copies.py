"""The automatic copies: every change keeps the previous revision in a folder `.NAME.copies` beside the store."""

from __future__ import annotations

import os
import stat
from errno import EPERM

from store.atomic_write import write_all
from store.errors import StoreUnusable, reason, too_large, unreadable, unwritable
from store.file.layout import MAX_BYTES
from store.file.permissions import (
    PRIVATE_FOLDER,
    SHARED_FILE,
    SHARED_FOLDER,
    give_access,
    narrow,
    narrowed_acl,
    rights_of,
    set_acl,
    sharing_group,
    shuts_out_readers,
    stranger_beside,
)
from store.open_folder import OpenFolder, close_quietly
from store.rules.days import is_day
from store.sanitise_text import visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from store.file.permissions import Rights
    from store.file.quick_reader import StoreImage

NEWEST = 3
"""The number of newest revisions whose copies are kept."""

DAYS = 7
"""The number of days of which the last copy is kept as well: at most ten copies in all."""


_PIECE = 1 << 20
"""Bytes that are copied at once."""

_MOST_DIGITS = 12
"""Digits of a revision: no store counts further (`store.rules.valid_record`)."""


class Copy:
    """One copy: its path, its `revision`, the `day` (UTC) on which that was written, and its `status` as listed."""

    __slots__ = ("day", "path", "revision", "status")

    def __init__(self, path: str, revision: int, day: str, status: os.stat_result) -> None:
        self.path = path
        self.revision = revision
        self.day = day
        self.status = status

    @property
    def name(self) -> str:
        """Its name in the folder of the copies."""
        return os.path.basename(self.path)

    @property
    def written_at(self) -> str:
        """The time at which it was written, as `2026-03-31 14:03` (UTC)."""
        from time import gmtime, strftime

        return strftime("%Y-%m-%d %H:%M", gmtime(self.status.st_mtime))


def _parsed_name(name: str) -> tuple[int, str] | None:
    """Parse a file name: `0000000012.2026-11-25.json` -> (12, "2026-11-25"); None for any other.

    Whoever may change the store can put files of any name there, and what is read here is printed.
    """
    parts = name.split(".")
    if len(parts) != 3 or parts[2] != "json" or not is_day(parts[1]):
        return None
    digits = parts[0]
    return (int(digits), parts[1]) if digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS else None


def is_name_of_copy(name: str) -> bool:
    """Whether this program gives copies such names."""
    return _parsed_name(name) is not None


class StrangersFolder(PermissionError):
    """The folder of the copies belongs to a user who may not change the store: it is not trusted."""

    def __init__(self, owner: str) -> None:
        super().__init__(
            EPERM, tr("the folder of the copies belongs to {owner}, who may not change the store", owner=visible(owner))
        )
        self.owner = owner


class Copies:
    """The copies of one store, newest first."""

    def __init__(self, folder: str, name: str) -> None:
        self._store = name
        self._name = f".{name}.copies"
        self.folder = os.path.join(folder, self._name)

    # Looking.

    def open_folder(self) -> OpenFolder:
        """Open their folder. Raises: OSError, as for that of a stranger."""
        with OpenFolder.at(os.path.dirname(self.folder)) as above:
            return self._existing(above)

    def stranger(self) -> str:
        """The owner of the folder, if that user may not change the store; else empty."""
        try:
            with self.open_folder():
                return ""
        except StrangersFolder as error:
            return error.owner
        except OSError:
            return ""

    def are_closed(self) -> bool:
        """Whether the folder of copies exists and the user may not read it."""
        try:
            with self.open_folder() as folder:
                folder.names()
        except StrangersFolder:
            return False
        except PermissionError:
            return True
        except OSError:
            return False
        return False

    def is_closed(self, copy: Copy) -> bool:
        """Whether a copy that is there cannot be read by the user."""
        try:
            with self.open_folder() as folder:
                return folder.status_of(copy.name) is not None and not folder.may_read(copy.name)
        except OSError:
            return False

    def all(self) -> list[Copy]:
        """All copies, newest first; none when the folder cannot be read."""
        try:
            with self.open_folder() as folder:
                return _copies_in(folder)
        except OSError:
            return []

    def newest_good(self) -> Copy | None:
        """The newest copy whose records are valid; None without one. The history is not read."""
        from functools import cache

        beginnings = cache(self.beginnings)
        for copy in self.all():
            try:
                self.read_own(copy, beginnings=beginnings)
            except StoreUnusable:
                continue
            return copy
        return None

    def read_own(
        self,
        copy: Copy,
        *,
        with_history: bool = False,
        beginnings: Callable[[], tuple[Any, dict[str, Any]]] | None = None,
    ) -> StoreImage:
        """Read a copy as `read` does, if it begins as the store or another copy does. Raises: StoreUnusable.

        `beginnings` gives what the method of that name does: for who reads several, once for all.
        """
        from store.file.same_history import refuse_another_history

        image = self.read(copy, with_history=with_history)
        try:
            of_store, of_copies = (beginnings or self.beginnings)()
            others = [event for name, event in of_copies.items() if name != copy.name]
            refuse_another_history(image, of_store, others)
        except OSError as error:
            raise unreadable(copy.path, error) from None
        return image

    def beginnings(self) -> tuple[Any, dict[str, Any]]:
        """The first event of the store, and by name those of the copies open to all its readers.

        None where it cannot be told. Raises: OSError.
        """
        with OpenFolder.at(os.path.dirname(self.folder)) as above, self._existing(above) as folder:
            copies = _copies_in(folder)
            store = above.status_of(self._store)
            of_copies = {
                each.name: _beginning_in(folder, each.name)
                for each in copies
                if not shuts_out_readers(each.status, store or copies[0].status, above.status())
            }
            return _beginning_in(above, self._store), of_copies

    def read(self, copy: Copy, *, with_history: bool = False) -> StoreImage:
        """Read a copy and validate its records, and its history if that is asked for. Raises: StoreUnusable.

        A right sum does not say that this program wrote it: whoever may change the store can put one there. One that
        is closed to some who may read the store may be a private file that somebody moved there.
        """
        try:
            from store.file.strict_reader import check_strictly, read_file

            with OpenFolder.at(os.path.dirname(self.folder)) as above, self._existing(above) as folder:
                descriptor, status = folder.open_file(copy.name)
                like = above.status_of(self._store) or next((each.status for each in _copies_in(folder)), status)
                is_closed = shuts_out_readers(status, like, above.status())
            if is_closed:
                close_quietly(descriptor)
                sentence = tr("it is closed to some who may read the store, so it may be a private file of somebody's")
                raise StoreUnusable(sentence, code="copy.closed")
            if status.st_size > MAX_BYTES:
                close_quietly(descriptor)
                raise too_large(copy.path, status.st_size)
            image = read_file(open(descriptor, "rb", buffering=0))  # noqa: SIM115
            check_strictly(image, with_history=with_history)
            return image
        except OSError as error:
            raise unreadable(copy.path, error) from None

    def open_newest(self) -> int | None:
        """Open the newest copy for reading. Returns the descriptor; None when none can be opened."""
        for copy in self.all():
            try:
                with self.open_folder() as folder:
                    return folder.open_file(copy.name)[0]
            except OSError:
                continue
        return None

    def leftovers(self) -> list[str]:
        """The paths of temporary files that killed writers left in the folder."""
        try:
            with self.open_folder() as folder:
                return [folder.path_of(name) for name in folder.names() if _is_temporary(name)]
        except OSError:
            return []

    # Changing, under the lock, in the open folder of the store.

    def sweep(self, above: OpenFolder) -> None:
        """Remove the temporary files that killed writers left."""
        try:
            with self._existing(above) as folder:
                for name in filter(_is_temporary, folder.names()):
                    folder.remove_quietly(name)
        except OSError:
            return

    def keep(self, above: OpenFolder, name: str, store: int, revision: int) -> str | None:
        """Keep the store called `name`, open as `store`, which is about to be replaced, as the copy of its revision.

        Returns an error message, if any: a copy that cannot be kept must not stop a change.
        """
        try:
            with self._opened(above, store) as folder:
                copy = _name_of(os.fstat(store), revision)
                folder.remove_quietly(copy)  # From before somebody replaced the store by an older one by hand.
                try:
                    # The old file is never written to again, so a second name for it is a copy of it.
                    above.link(name, folder, copy)
                    if not _is_same(folder, copy, store):
                        folder.unlink(copy)
                        raise FileNotFoundError
                except OSError:
                    _write(folder, copy, lambda new: _copy_bytes(store, new), store)
                _prune(folder, store)
        except OSError as error:
            return f"{reason(error)} ({self.folder})"
        return None

    def keep_bytes(self, above: OpenFolder, raw: bytes, store: int, revision: int) -> str | None:
        """Keep the bytes of the open file `store`, which stays in use, as the copy of its revision.

        Returns an error message, if any.
        """
        try:
            status = os.fstat(store)
            with self._opened(above, store) as folder:
                _write(folder, _name_of(status, revision), lambda new: write_all(new, raw), store)
                _prune(folder, store)
        except OSError as error:
            return tr("no copy was kept: {error} ({folder})", error=reason(error), folder=self.folder)
        return None

    def remove(self, above: OpenFolder, copy: Copy) -> None:
        """Remove a copy, if that can be done."""
        try:
            with self._existing(above) as folder:
                folder.unlink(copy.name)
        except OSError:
            return

    def rewrite(self, copy: Copy, raw: bytes, like: int | None = None) -> None:
        """Replace the bytes of a copy atomically; access stays, or is as for the open file `like`.

        Raises: StoreUnusable.
        """
        try:
            with self.open_folder() as folder:
                old, _ = folder.open_file(copy.name)
                try:
                    _write(folder, copy.name, lambda new: write_all(new, raw), old if like is None else like)
                finally:
                    os.close(old)
        except OSError as error:
            raise unwritable(copy.path, error) from None

    def sync(self) -> str | None:
        """Sync their folder. Returns the error message, if any."""
        try:
            with self.open_folder() as folder:
                return folder.sync()
        except OSError as error:
            return reason(error)

    def _existing(self, above: OpenFolder) -> OpenFolder:
        """Open their folder in the folder of the store. Raises: StrangersFolder; OSError."""
        opened = above.folder(self._name)
        try:
            if who := stranger_beside(opened.status(), self._store, above):
                raise StrangersFolder(who)
        except BaseException:
            close_quietly(opened.descriptor)
            raise
        return opened

    def _opened(self, above: OpenFolder, store: int) -> OpenFolder:
        """Open the folder of the copies; create it for those who can open the store. Raises: OSError."""
        try:
            return self._existing(above)
        except FileNotFoundError:
            is_shared = sharing_group(above.status()) is not None
        made = above.make_folder(self._name, SHARED_FOLDER & 0o777 if is_shared else PRIVATE_FOLDER)
        new = like = -1
        try:
            new, like = made.open_readable(), above.open_readable()
            if is_shared:
                give_access(new, SHARED_FOLDER, os.fstat(store).st_gid, like, is_shared=True)
            else:
                give_access(new, PRIVATE_FOLDER, os.fstat(new).st_gid, like)
        except BaseException:
            close_quietly(made.descriptor)
            raise
        finally:
            close_quietly(new)
            close_quietly(like)
        return made


def _copies_in(folder: OpenFolder) -> list[Copy]:
    found = [
        Copy(folder.path_of(name), *parsed, status)
        for name in folder.names()
        # A planted link is no copy: nothing may be read or changed through it.
        if (parsed := _parsed_name(name)) and (status := folder.status_of(name)) and stat.S_ISREG(status.st_mode)
    ]
    return sorted(found, key=lambda copy: copy.revision, reverse=True)


def _beginning_in(folder: OpenFolder, name: str) -> Any:
    from store.file.same_history import beginning_of

    try:
        descriptor, status = folder.open_file(name)
    except OSError:
        return None
    try:
        return beginning_of(descriptor) if status.st_size <= MAX_BYTES else None
    finally:
        close_quietly(descriptor)


def _is_temporary(name: str) -> bool:
    return name.endswith(".tmp")


def _name_of(store: os.stat_result, revision: int) -> str:
    from time import gmtime, strftime

    return f"{revision:010d}.{strftime('%Y-%m-%d', gmtime(store.st_mtime))}.json"


def _is_same(folder: OpenFolder, name: str, descriptor: int) -> bool:
    status = folder.status_of(name)
    return status is not None and os.path.samestat(status, os.fstat(descriptor))


def _prune(folder: OpenFolder, store: int) -> None:
    mode, rights = os.fstat(store).st_mode & 0o777, rights_of(store)
    days: set[str] = set()
    for place, copy in enumerate(_copies_in(folder)):
        is_kept = place < NEWEST or (copy.day not in days and len(days) < DAYS)
        if place >= NEWEST:
            days.add(copy.day)
        try:
            if not is_kept:
                folder.unlink(copy.name)
            else:
                narrow_to_store(folder, copy.name, copy.status.st_mode, mode, rights)
        except OSError:
            continue  # Another user's file in a sticky folder: doctor names it.


def narrow_to_store(folder: OpenFolder, name: str, mode: int, allowed: int, rights: Rights) -> None:
    """Revoke access to a file in a folder for those who may not open the store: by mode (`allowed`) and ACL.

    Somebody who was to read no longer can then read no older state either. Raises: OSError.
    """
    if mode & ~allowed & 0o777:
        narrow(folder, name, allowed)
    if not mode & 0o070:  # The mask of an ACL stands there.
        return
    file = folder.open(name)
    try:
        if (acl := narrowed_acl(file, rights)) is None:
            return
        try:
            set_acl(file, acl)
        except PermissionError:  # It is another member's: in its place comes one that is this user's.
            _write(folder, name, lambda new: _copy_bytes(file, new), file, acl)
    finally:
        os.close(file)


def is_wider_than_store(folder: OpenFolder, name: str, mode: int, store: int) -> bool:
    """Whether somebody may open a file in a folder, of this mode, who may not open the open store."""
    if mode & ~os.fstat(store).st_mode & 0o077:
        return True
    try:
        file, _ = folder.open_file(name)
    except OSError:
        return False
    try:
        return narrowed_acl(file, rights_of(store)) is not None
    finally:
        close_quietly(file)


def _write(folder: OpenFolder, name: str, fill: Callable[[int], None], like: int, acl: bytes | None = None) -> None:
    """Write a file atomically, readable by nobody who cannot read `like`, with this ACL if given. Raises: OSError."""

    def write(new: int) -> None:
        fill(new)
        status = os.fstat(like)
        is_shared = sharing_group(folder.status()) is not None
        give_access(new, status.st_mode & SHARED_FILE, status.st_gid, like, is_shared=is_shared)
        if acl is not None:
            set_acl(new, acl)

    folder.write_whole(name, write)


def read_whole(descriptor: int) -> bytes:
    """The bytes of an open copy. Raises: StoreUnusable for one that is too large; OSError."""
    if (size := os.fstat(descriptor).st_size) > MAX_BYTES:
        raise too_large(tr("the file"), size)
    pieces = bytearray()
    while piece := os.pread(descriptor, _PIECE, len(pieces)):
        pieces += piece
    return bytes(pieces)


def _copy_bytes(source: int, target: int) -> None:
    at = 0
    while piece := os.pread(source, _PIECE, at):
        write_all(target, piece)
        at += len(piece)
