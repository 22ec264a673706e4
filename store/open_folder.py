"""An open folder: files in it are opened, made, renamed and removed by name, and never through a link.

A path that is looked at twice can lead elsewhere the second time, when others may write in one of its folders. So a
folder is opened once, and each file in it by that descriptor.
"""

from __future__ import annotations

import os
import stat

from store.atomic_write import (
    NO_LINK,
    PRIVATE,
    remove_quietly,
    rename_to_new,
    sync_folder,
    write_all,
    write_new,
)
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

_FOLDER = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | NO_LINK
_READABLE = os.O_RDONLY | os.O_DIRECTORY | NO_LINK
_FILE = os.O_NONBLOCK | NO_LINK
"""Not blocking, or a pipe of that name would be waited for."""

_MOST_LINKS = 40
"""The number of links that are followed in one path, as the kernel has it."""


class OpenFolder:
    """A folder that is open; as a context manager it is closed at the end. A name in it is never a path."""

    __slots__ = ("descriptor", "path")

    def __init__(self, descriptor: int, path: str) -> None:
        self.descriptor = descriptor
        self.path = path

    @classmethod
    def at(cls, path: str) -> OpenFolder:
        """Open the folder at an absolute path without a link in it, see `resolved`. Raises: OSError."""
        try:
            descriptor = os.open(path, _FOLDER)
        except NotADirectoryError:
            descriptor = -1
        if descriptor >= 0 and _true_path(descriptor) == path:
            return cls(descriptor, path)
        close_quietly(descriptor)
        # By a link, or the kernel does not tell: one folder after the other, which finds the link.
        folder = cls(os.open("/", _FOLDER), "/")
        for name in filter(None, path.split("/")):
            with folder:
                folder = folder.folder(name)
        return folder

    @classmethod
    def made(cls, path: str, mode: int, above: int = 0o700) -> OpenFolder:
        """Open the folder at this path; create it with `mode` when missing, and those above it with `above`.

        The umask has no effect. Raises: OSError.
        """
        try:
            return cls.at(path)
        except FileNotFoundError:
            parent, name = os.path.split(path)
        with cls.made(parent, above, above) as folder:
            try:
                made = folder.make_folder(name)
            except FileExistsError:
                return folder.folder(name)
            if mode != 0o700:
                made.set_mode(mode)
            return made

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        close_quietly(self.descriptor)

    def path_of(self, name: str) -> str:
        """The path of a file in it, to be printed."""
        return os.path.join(self.path, name)

    # Looking.

    def status(self) -> os.stat_result:
        """The status of the folder. Raises: OSError."""
        return os.fstat(self.descriptor)

    def stat(self, name: str) -> os.stat_result:
        """The status of the file of this name, or of the link itself. Raises: OSError."""
        return os.stat(name, dir_fd=self.descriptor, follow_symlinks=False)

    def status_of(self, name: str) -> os.stat_result | None:
        """The same; None when missing or hidden."""
        try:
            return self.stat(name)
        except OSError:
            return None

    def mode_of(self, name: str) -> int:
        """The mode of the file of this name; 0 when missing."""
        status = self.status_of(name)
        return status.st_mode if status is not None else 0

    def may_read(self, name: str) -> bool:
        """Whether the user may read a file."""
        return os.access(name, os.R_OK, dir_fd=self.descriptor)

    def may_write(self, name: str = ".") -> bool:
        """Whether the user may write to a file, or make files in the folder."""
        return os.access(name, os.W_OK | (os.X_OK if name == "." else 0), dir_fd=self.descriptor)

    def names(self) -> list[str]:
        """What is in it. Raises: OSError."""
        descriptor = self.open_readable()
        try:
            return os.listdir(descriptor)
        finally:
            close_quietly(descriptor)

    # Opening.

    def open(self, name: str, flags: int = os.O_RDONLY) -> int:
        """Open the file of this name, of any type but a link; a new file gets the mode 0600.

        Returns the descriptor. Raises: OSError.
        """
        try:
            return os.open(name, flags | _FILE, PRIVATE, dir_fd=self.descriptor)
        except OSError as error:
            raise self._link_or(error, name) from None

    def open_file(self, name: str) -> tuple[int, os.stat_result]:
        """Open a file to be read. Returns the descriptor and its status. Raises: OSError, also for no regular file."""
        descriptor = self.open(name)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                from errno import EINVAL

                raise OSError(EINVAL, tr("it is not a file"), self.path_of(name))
        except BaseException:
            close_quietly(descriptor)
            raise
        return descriptor, status

    def open_readable(self) -> int:
        """Open the folder itself, to list or sync it or to change its mode. Returns the descriptor. Raises: OSError."""
        return os.open(".", _READABLE, dir_fd=self.descriptor)

    def folder(self, name: str) -> OpenFolder:
        """Open a folder in it. Raises: OSError, also for a link."""
        try:
            return OpenFolder(os.open(name, _FOLDER, dir_fd=self.descriptor), self.path_of(name))
        except OSError as error:
            raise self._link_or(error, name) from None

    def _link_or(self, error: OSError, name: str) -> OSError:
        """What to raise when `name` cannot be opened: that it is a link, where that is the reason."""
        if stat.S_ISLNK(self.mode_of(name)) and self.target_of(name) is None:
            what = tr("{name} is a link that others can change, so it is not followed", name=self.path_of(name))
            from errno import ELOOP

            return OSError(ELOOP, what, self.path_of(name))
        return error

    # Changing.

    def set_mode(self, mode: int, group: int = -1) -> None:
        """Change the mode of the folder itself, and its group unless that is -1. Raises: OSError."""
        descriptor = self.open_readable()
        try:
            if group != -1:
                os.fchown(descriptor, -1, group)
            os.fchmod(descriptor, mode)
        finally:
            close_quietly(descriptor)

    def write_new(self, name: str, fill: Callable[[int], None]) -> None:
        """Create a file, as `write_new` of `store.atomic_write` does."""
        write_new(name, fill, dir_fd=self.descriptor)

    def write_whole(
        self,
        name: str,
        fill: Callable[[int], None],
        *,
        temporary: str = "",
        is_new: bool = False,
        is_synced: bool = True,
    ) -> None:
        """Write a file under a temporary name, `fill` as in `write_new`, and put it in the place of the file `name`.

        With `is_new` it is put where none is. Who removes left-over files by another name says which one it has.
        Raises: FileExistsError where there is one that must not be; OSError, and whatever `fill` raises; then nothing
        changed.
        """
        temporary = temporary or f"{name}.{os.getpid()}.{os.urandom(6).hex()}.tmp"
        write_new(temporary, fill, is_synced=is_synced, dir_fd=self.descriptor)
        try:
            if is_new:
                self.rename_to_new(temporary, name)
            else:
                self.rename(temporary, name)
        except BaseException:
            self.remove_quietly(temporary)
            raise
        if is_new:
            self.remove_quietly(temporary)  # Its second name stays.

    def replace_file(self, name: str, data: bytes, *, is_synced: bool = True) -> None:
        """Replace a file of mode 0600 by these bytes, atomically; create it when missing.

        Raises: OSError, and then nothing changed.
        """
        self.write_whole(name, lambda descriptor: write_all(descriptor, data), is_synced=is_synced)

    def make_folder(self, name: str, mode: int = 0o700) -> OpenFolder:
        """Make a folder. Raises: FileExistsError, OSError."""
        os.mkdir(name, mode, dir_fd=self.descriptor)
        folder = self.folder(name)
        try:
            if folder.status().st_uid != os.geteuid() or folder.names():
                from errno import EEXIST

                # Else who may write here could have it opened to others.
                raise OSError(EEXIST, tr("another folder was put in the place of the new one"), folder.path)
        except BaseException:
            close_quietly(folder.descriptor)
            raise
        return folder

    def rename(self, name: str, new: str) -> None:
        """Rename a file here, replacing any file of that name. Raises: OSError."""
        os.rename(name, new, src_dir_fd=self.descriptor, dst_dir_fd=self.descriptor)

    def rename_to_new(self, name: str, new: str) -> None:
        """Give a file a name that must not exist yet. Raises: FileExistsError, OSError."""
        rename_to_new(name, new, dir_fd=self.descriptor)

    def link(self, name: str, into: OpenFolder, new: str) -> None:
        """Add a hard link to the file of this name, here or in another folder; to a link itself. Raises: OSError."""
        os.link(name, new, src_dir_fd=self.descriptor, dst_dir_fd=into.descriptor, follow_symlinks=False)

    def unlink(self, name: str) -> None:
        """Remove a name. Raises: OSError."""
        os.unlink(name, dir_fd=self.descriptor)

    def remove_quietly(self, name: str) -> None:
        """Remove a name, if that can be done."""
        remove_quietly(name, dir_fd=self.descriptor)

    def sync(self) -> str | None:
        """Sync it, so that its names are durable. Returns the error message, if any."""
        return sync_folder(".", dir_fd=self.descriptor)

    # Links.

    def target_of(self, name: str) -> str | None:
        """Where a link leads that only root or the user can have put there; None for any other, and for no link.

        Whoever may write in a folder can move somebody's link there, so the folder must be theirs as well.
        """
        status = self.status_of(name)
        if status is None or not stat.S_ISLNK(status.st_mode):
            return None
        trusted, folder = (0, os.geteuid()), self.status()
        is_closed = not folder.st_mode & 0o022 or folder.st_mode & stat.S_ISVTX
        if status.st_uid in trusted and folder.st_uid in trusted and is_closed:
            return os.readlink(name, dir_fd=self.descriptor)
        return None


def close_quietly(descriptor: int) -> None:
    """Close a descriptor (below 0: none), ignoring errors: its use has failed or is done already."""
    if descriptor >= 0:
        try:
            os.close(descriptor)
        except OSError:
            return


def _true_path(descriptor: int) -> str:
    """The path of an open folder without a link in it; empty where the kernel does not tell."""
    try:
        return os.readlink(f"/proc/self/fd/{descriptor}")
    except OSError:
        return ""


def open_own_folder(path: str) -> OpenFolder:
    """Open a folder of the user's own; make it, mode 0700, and those above it that are missing. Raises: OSError.

    What is written there is written in this open folder: root may work with the home of somebody who puts a link in its
    place meanwhile.
    """
    return OpenFolder.made(resolved(path), 0o700)


def replace_own_file(path: str, data: bytes, *, is_synced: bool = True) -> None:
    """Replace a file of the user's own, mode 0600, atomically, in a folder that is made where it is missing.

    Raises: OSError, and then the file is as it was.
    """
    above, name = os.path.split(path)
    with open_own_folder(above) as folder:
        folder.replace_file(name, data, is_synced=is_synced)


def read_own_file(path: str, most_bytes: int) -> bytes | None:
    """The first bytes of a file of this user's; None where it is another one's or no file. Raises: OSError.

    What another user put into a shared folder is not to be taken for one's own.
    """
    descriptor = os.open(path, os.O_RDONLY | _FILE)
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        is_own = status.st_uid == os.geteuid() and stat.S_ISREG(status.st_mode)
        return file.read(most_bytes) if is_own else None


def resolved(path: str) -> str:
    """The absolute path of a file with its links followed, where only root or the user can have put them there.

    Any other link stays in the path, and `OpenFolder.at` refuses it. What is missing is part of the path as it is.
    """
    absolute = os.path.abspath(path)
    if absolute == path:  # Nearly always: without a link, and nothing in it to be resolved.
        above, name = os.path.split(path)
        try:
            with OpenFolder.at(above) as folder:
                if not stat.S_ISLNK(folder.mode_of(name)):
                    return path
        except OSError:
            pass
    return _followed(path)


def _followed(path: str) -> str:
    waiting = os.path.join(os.getcwd(), path).split("/")[::-1]
    folder = OpenFolder(os.open("/", _FOLDER), "/")
    followed = 0
    try:
        while waiting:
            name = waiting.pop()
            if name in ("", "."):
                continue
            if (target := folder.target_of(name)) is not None and followed < _MOST_LINKS:
                followed += 1
                waiting += target.split("/")[::-1]
                below, path = ("/", "/") if target.startswith("/") else (".", folder.path)
            else:
                below, path = name, os.path.normpath(folder.path_of(name))
            try:
                descriptor = os.open(below, _FOLDER, dir_fd=folder.descriptor)
            except OSError:
                return os.path.normpath(os.path.join(path, *reversed(waiting)))
            close_quietly(folder.descriptor)
            folder = OpenFolder(descriptor, path)
        return folder.path
    finally:
        close_quietly(folder.descriptor)
