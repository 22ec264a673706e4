"""The automatic copies: every change keeps the previous revision in a folder `.NAME.copies` beside the store."""

from __future__ import annotations

import os
import stat
from errno import ENOTDIR

from store.atomic_write import replace_file
from store.errors import StoreUnusable, unreadable, unwritable
from store.file.permissions import (
    PRIVATE_FOLDER,
    SHARED_FILE,
    SHARED_FOLDER,
    give_access,
    mode_at,
    narrow,
    sharing_group,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.file.quick_reader import StoreImage

NEWEST = 3
"""The number of newest revisions whose copies are kept."""

DAYS = 7
"""The number of days of which the last copy is kept as well: at most ten copies in all."""


class Copy:
    """One copy: its path, its `revision`, and the `day` (UTC) on which that was written."""

    __slots__ = ("day", "path", "revision")

    def __init__(self, path: str, revision: int, day: str) -> None:
        self.path = path
        self.revision = revision
        self.day = day

    @property
    def written_at(self) -> str:
        """The time at which it was written, as `2026-03-31 14:03` (UTC)."""
        from time import gmtime, strftime

        return strftime("%Y-%m-%d %H:%M", gmtime(os.lstat(self.path).st_mtime))


def _parsed_name(name: str) -> tuple[int, str] | None:
    """Parse a file name: `0000000012.2026-11-25.json` -> (12, "2026-11-25"); None for any other."""
    parts = name.split(".")
    if len(parts) != 3 or parts[2] != "json" or len(parts[1]) != 10 or not parts[0].isdecimal():
        return None
    return int(parts[0]), parts[1]


class Copies:
    """The copies of one store, newest first."""

    def __init__(self, folder: str, name: str) -> None:
        self.folder = os.path.join(folder, f".{name}.copies")

    def all(self) -> list[Copy]:
        """All copies, newest first; none when the folder cannot be read."""
        found = [
            Copy(path, *parsed)
            for name in self._names()
            # A planted link is no copy: nothing may be read or changed through it.
            if (parsed := _parsed_name(name)) and stat.S_ISREG(mode_at(path := os.path.join(self.folder, name)))
        ]
        return sorted(found, key=lambda copy: copy.revision, reverse=True)

    def newest_good(self) -> Copy | None:
        """The newest valid copy; None when there is none."""
        for copy in self.all():
            try:
                self.read(copy)
            except StoreUnusable:
                continue
            return copy
        return None

    def read(self, copy: Copy) -> StoreImage:
        """Read a copy. Raises: StoreUnusable."""
        try:
            descriptor = os.open(copy.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
            with open(descriptor, "rb") as file:
                from store.file.strict_reader import read

                return read(file.read())
        except OSError as error:
            raise unreadable(copy.path, error) from None

    def keep(self, path: str, revision: int) -> str | None:
        """Keep the file at `path`, which is about to be replaced, as the copy of its revision.

        Returns an error message, if any: a copy that cannot be kept must not stop a change.
        """
        try:
            status = os.stat(path)
            target = self._target(status, revision)
            if os.path.lexists(target):
                os.unlink(target)  # From before somebody replaced the store by an older one by hand.
            try:
                # The old file is never written to again, so a second name for it is a copy of it.
                os.link(path, target)
            except OSError:
                with open(path, "rb") as file:
                    _write(target, file.read(), path)
            self._prune(stat.S_IMODE(status.st_mode) & 0o777)
        except OSError as error:
            return f"{error.strerror or error} ({self.folder})"
        return None

    def keep_bytes(self, raw: bytes, path: str, revision: int) -> str | None:
        """Keep the bytes of the file at `path`, which stays in use, as the copy of its revision.

        Returns an error message, if any.
        """
        try:
            status = os.stat(path)
            _write(self._target(status, revision), raw, path)
            self._prune(stat.S_IMODE(status.st_mode) & 0o777)
        except OSError as error:
            return f"no copy was kept: {error.strerror or error} ({self.folder})"
        return None

    def _target(self, status: os.stat_result, revision: int) -> str:
        from time import gmtime, strftime

        self._make_folder(status)
        return os.path.join(self.folder, f"{revision:010d}.{strftime('%Y-%m-%d', gmtime(status.st_mtime))}.json")

    def leftovers(self) -> list[str]:
        """The paths of temporary files that killed writers left in the folder."""
        return [os.path.join(self.folder, name) for name in self._names() if name.endswith(".tmp")]

    def _names(self) -> list[str]:
        """The names in the folder; none when it cannot be read, or is a link."""
        try:
            return os.listdir(self.folder) if stat.S_ISDIR(mode_at(self.folder)) else []
        except OSError:
            return []

    def rewrite(self, copy: Copy, raw: bytes) -> None:
        """Replace the bytes of a copy atomically. Raises: StoreUnusable."""
        try:
            _write(copy.path, raw, copy.path)
        except OSError as error:
            raise unwritable(copy.path, error) from None

    def _make_folder(self, store: os.stat_result) -> None:
        above = os.path.dirname(self.folder)
        is_shared = sharing_group(above) is not None
        try:
            os.mkdir(self.folder, SHARED_FOLDER & 0o777 if is_shared else PRIVATE_FOLDER)
        except FileExistsError:
            if not stat.S_ISDIR(mode_at(self.folder)):
                raise NotADirectoryError(ENOTDIR, "the folder of the copies is no folder", self.folder) from None
            return
        descriptor = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            if is_shared:
                give_access(descriptor, SHARED_FOLDER, store.st_gid, above)
            else:
                give_access(descriptor, PRIVATE_FOLDER, os.fstat(descriptor).st_gid, above)
        finally:
            os.close(descriptor)

    def _prune(self, mode: int) -> None:
        days: set[str] = set()
        for place, copy in enumerate(self.all()):
            is_kept = place < NEWEST or (copy.day not in days and len(days) < DAYS)
            if place >= NEWEST:
                days.add(copy.day)
            try:
                if not is_kept:
                    os.unlink(copy.path)
                elif stat.S_IMODE(mode_at(copy.path)) & ~mode & 0o777:
                    narrow(copy.path, mode)
            except OSError:
                continue  # Another user's file in a sticky folder: doctor names it.


def _write(target: str, raw: bytes, like: str) -> None:
    """Write a file atomically, with access for nobody who cannot open the file `like`. Raises: OSError."""
    status = os.stat(like)
    mode, group = stat.S_IMODE(status.st_mode) & SHARED_FILE, status.st_gid
    replace_file(
        target,
        raw,
        temporary=f"{target}.{os.getpid()}.tmp",
        give_access=lambda descriptor: give_access(descriptor, mode, group, like),
    )
