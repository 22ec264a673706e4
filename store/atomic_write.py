"""Atomic writing of files, fsync: the one writer of whole files."""

from __future__ import annotations

import os

from store.errors import reason

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

NO_LINK = os.O_CLOEXEC | os.O_NOFOLLOW
"""Flags for opening any file to write: not inherited by a child process, never through a planted link."""

PRIVATE = 0o600


def write_new(path: str, fill: Callable[[int], None], *, is_synced: bool = True, dir_fd: int | None = None) -> None:
    """Create a file, mode 0600, that is whole and synced when this returns and does not exist when it raises.

    `fill` gets its descriptor: it writes the content, and may change mode, owner and group. With `dir_fd`, an open
    folder, the path is a name in that.
    Raises: FileExistsError when the path exists, also as a link; OSError, and whatever `fill` raises.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_LINK, PRIVATE, dir_fd=dir_fd)
    try:
        fill(descriptor)
        if is_synced:
            os.fsync(descriptor)
        closing, descriptor = descriptor, -1
        os.close(closing)
    except BaseException:
        if descriptor >= 0:
            os.close(descriptor)
        remove_quietly(path, dir_fd=dir_fd)
        raise


def write_all(descriptor: int, data: bytes | bytearray | memoryview) -> None:
    """Write all bytes, in as many calls as that takes. Raises: OSError."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def rename_to_new(temporary: str, path: str, *, dir_fd: int | None = None) -> None:
    """Give a file a name that must not exist yet; its old one is removed, or left to be.

    Raises: FileExistsError, OSError.
    """
    try:
        os.link(temporary, path, src_dir_fd=dir_fd, dst_dir_fd=dir_fd, follow_symlinks=False)
    except OSError as error:
        from errno import ENOSYS, EOPNOTSUPP, EPERM

        if error.errno not in (EPERM, EOPNOTSUPP, ENOSYS):
            raise
        # No second names on this file system (FAT, sshfs): an empty file keeps the name free until the rename.
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_LINK, PRIVATE, dir_fd=dir_fd))
        try:
            os.rename(temporary, path, src_dir_fd=dir_fd, dst_dir_fd=dir_fd)
        except OSError:
            remove_quietly(path, dir_fd=dir_fd)
            raise


def remove_quietly(path: str, *, dir_fd: int | None = None) -> None:
    """Remove a file, if that can be done."""
    try:
        os.unlink(path, dir_fd=dir_fd)
    except OSError:
        return


def sync_folder(folder: str, *, dir_fd: int | None = None) -> str | None:
    """Sync a folder, so that its names are durable. Returns the error message, if any."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=dir_fd)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        return reason(error)
    return None
