"""Atomic writing of files, creating of folders, fsync: the one writer of whole files."""

from __future__ import annotations

import os
from errno import ENOSYS, EOPNOTSUPP, EPERM

from store.errors import reason

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    _Result = TypeVar("_Result")

NO_LINK = os.O_CLOEXEC | os.O_NOFOLLOW
"""Flags for opening any file to write: not inherited by a child process, never through a planted link."""

PRIVATE = 0o600


def write_new(path: str, fill: Callable[[int], None], *, is_synced: bool = True) -> None:
    """Create a file, mode 0600, that is whole and synced when this returns and does not exist when it raises.

    `fill` gets its descriptor: it writes the content, and may change mode, owner and group.
    Raises: FileExistsError when the path exists, also as a link; OSError, and whatever `fill` raises.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_LINK, PRIVATE)
    try:
        fill(descriptor)
        if is_synced:
            os.fsync(descriptor)
        closing, descriptor = descriptor, -1
        os.close(closing)
    except BaseException:
        if descriptor >= 0:
            os.close(descriptor)
        remove_quietly(path)
        raise


def replace_file(
    path: str,
    data: bytes,
    *,
    temporary: str = "",
    is_synced: bool = True,
    give_access: Callable[[int], None] | None = None,
) -> None:
    """Replace a file atomically; create it when there is none.

    `temporary` is the name it has until it is whole, beside `path` unless given. `give_access` gets the descriptor of
    the new file, whose mode is 0600 before. Raises: OSError, and then nothing changed.
    """
    temporary = temporary or f"{path}.{os.getpid()}.{os.urandom(6).hex()}.tmp"

    def fill(descriptor: int) -> None:
        write_all(descriptor, data)
        if give_access is not None:
            give_access(descriptor)

    write_new(temporary, fill, is_synced=is_synced)
    rename_over(temporary, path, lambda: None)


def rename_over(temporary: str, path: str, before: Callable[[], _Result]) -> _Result:
    """Call `before`, then rename a new file over another one; when either fails, nothing changed.

    Returns what `before` returned. Raises: OSError, and whatever `before` raises; the new file is removed then.
    """
    try:
        result = before()
        os.rename(temporary, path)
    except BaseException:
        remove_quietly(temporary)
        raise
    return result


def replace_durably(temporary: str, path: str, before: Callable[[], _Result]) -> tuple[_Result, str | None]:
    """Put a new file, synced by `write_new`, in the place of another so that a power cut leaves one of the two.

    The order: the step `before` (which keeps the old file), rename, fsync of the folder. Returns what `before`
    returned, and what went wrong after the rename, when the new file is in place. Raises: OSError, and whatever
    `before` raises, and then nothing changed.
    """
    result = rename_over(temporary, path, before)
    return result, sync_folder(os.path.dirname(path))


def write_all(descriptor: int, data: bytes | bytearray | memoryview) -> None:
    """Write all bytes, in as many calls as that takes. Raises: OSError."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def rename_to_new(temporary: str, path: str) -> None:
    """Rename a file to a name that must not exist yet. Raises: FileExistsError, OSError."""
    try:
        os.link(temporary, path)
    except OSError as error:
        if error.errno not in (EPERM, EOPNOTSUPP, ENOSYS):
            raise
        # No second names on this file system (FAT, sshfs): an empty file keeps the name free until the rename.
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_LINK, PRIVATE))
        try:
            os.rename(temporary, path)
        except OSError:
            remove_quietly(path)
            raise


def remove_quietly(path: str) -> None:
    """Remove a file, if that can be done."""
    try:
        os.unlink(path)
    except OSError:
        return


def sync_folder(folder: str) -> str | None:
    """Sync a folder, so that its names are durable. Returns the error message, if any."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        return reason(error)
    return None


def make_folders(path: str, mode: int, above: int = 0o700) -> None:
    """Create a folder, and its missing parents with the mode `above`; the umask has no effect.

    Raises: OSError.
    """
    if os.path.isdir(path):
        return
    if (parent := os.path.dirname(path)) != path:
        make_folders(parent, above, above)
    try:
        os.mkdir(path, 0o700)
    except FileExistsError:
        if not os.path.isdir(path):
            raise
        return
    if mode != 0o700:
        set_mode(path, mode)


def set_mode(path: str, mode: int) -> None:
    """Change the mode of a file or folder, never through a link. Raises: OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    try:
        os.fchmod(descriptor, mode)
    finally:
        os.close(descriptor)


def is_same_file(one: str, other: str) -> bool:
    """Whether two paths lead to one existing file, links followed."""
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False


def is_running(process: int) -> bool:
    """Whether a process with this number runs on this machine, whoever it belongs to."""
    if process <= 0:
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True
