"""A file that somebody asked for: written whole or not at all, for its maker alone, never over what must stay."""

import os
import stat
from errno import ENOSYS, EOPNOTSUPP, EPERM

from store.errors import FollowUpError, NotAllowed, reason

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

_NO_LINK = os.O_CLOEXEC | os.O_NOFOLLOW
_MODE = 0o600
_OPEN_FILES = ("/dev", "/dev/fd", "/proc/self/fd")
"""Folders of the system, whose links lead to what the process has open already: nobody else can plant one there."""


def write_whole(path: str, data: bytes, *, is_forced: bool, kept: "Sequence[str]" = ()) -> str | None:
    """Write a file of mode 0600; without `is_forced` never over one that is there, not even one made meanwhile.

    A link in its place is replaced and never followed. `kept` are paths that are never written over, nor what is in
    them. A device or a pipe is written to. Returns what went wrong after the file was there.
    Raises: NotAllowed for a place that is taken; FollowUpError, and then nothing of it is left.
    """
    status = _status(path)
    if status is not None and _is_stream(path, status):
        _write_plainly(path, data, status)
        return None
    folder, name = os.path.split(path)
    if name in ("", ".", "..") or (status is not None and stat.S_ISDIR(status.st_mode)):
        raise FollowUpError(f"{path} is a folder: name a file in it")
    _refuse_kept(path, kept)
    if status is not None and not is_forced:
        raise _taken(path)
    temporary = ""
    try:
        temporary = _written(folder, data)
        if is_forced:
            os.rename(temporary, path)
        else:
            name_new(temporary, path)
    except FileExistsError:
        raise _taken(path) from None
    except OSError as error:
        _refuse(path, error)
    finally:
        forget(temporary)
    return sync_folder(folder or ".")


def _status(path: str) -> os.stat_result | None:
    try:
        return os.stat(path, follow_symlinks=os.path.dirname(path) in _OPEN_FILES)
    except FileNotFoundError:
        return None
    except OSError as error:
        _refuse(path, error)


def _is_stream(path: str, status: os.stat_result) -> bool:
    """Whether a path leads to what takes bytes as they come: a device, a pipe, an open file of this process."""
    mode = status.st_mode
    is_open_file = stat.S_ISREG(mode) and os.path.islink(path) and os.path.dirname(path) in _OPEN_FILES
    return is_open_file or stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)


def _write_plainly(path: str, data: bytes, status: os.stat_result) -> None:
    flags = os.O_WRONLY | os.O_CLOEXEC | (os.O_APPEND if stat.S_ISREG(status.st_mode) else 0)
    try:
        with open(os.open(path, flags), "wb", buffering=0) as file:
            _put_all(file.fileno(), data)
    except OSError as error:
        raise FollowUpError(f"{path} could not be written: {reason(error)}") from None


def _refuse_kept(path: str, kept: "Sequence[str]") -> None:
    place = _place(path)
    for other in kept:
        is_inside = f"{place}{os.sep}".startswith(f"{_place(other)}{os.sep}")
        if is_inside or _is_same_file(path, other):
            raise NotAllowed(f"{path} belongs to the store and is never written over: name another file")


def _place(path: str) -> str:
    """Where a name stands, the links to its folder followed, but not one in its own place."""
    folder, name = os.path.split(path)
    return os.path.join(os.path.realpath(folder), name)


def _is_same_file(one: str, other: str) -> bool:
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False


def _taken(path: str) -> NotAllowed:
    return NotAllowed(f"{path} is there already; it was left as it is", hint=": --force writes over it")


def _refuse(path: str, error: OSError) -> "NoReturn":
    folder = os.path.dirname(path) or "."
    if isinstance(error, FileNotFoundError):
        raise FollowUpError(f"there is no folder {folder}: make it, or name a file in another one") from None
    if isinstance(error, NotADirectoryError):
        raise FollowUpError(f"{folder} is no folder: name a file in one") from None
    if isinstance(error, PermissionError):
        raise FollowUpError(f"{path} cannot be written: {folder} does not let you ({reason(error)})") from None
    raise FollowUpError(f"{path} was not written: {reason(error)}; nothing of it is left") from None


def _written(folder: str, data: bytes) -> str:
    """The path of a synced temporary file in this folder that holds the data. Raises: OSError."""
    temporary = os.path.join(folder, f".followup.{os.getpid()}.{os.urandom(6).hex()}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK, _MODE)
    try:
        with open(descriptor, "wb", buffering=0) as file:
            os.fchmod(descriptor, _MODE)
            _put_all(descriptor, data)
            os.fsync(file.fileno())
    except BaseException:
        forget(temporary)
        raise
    return temporary


def _put_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def name_new(temporary: str, path: str) -> None:
    """Give a file its name unless there is one of that name. Raises: OSError."""
    try:
        os.link(temporary, path)
    except OSError as error:
        if error.errno not in (EPERM, EOPNOTSUPP, ENOSYS):
            raise
        # No second names on this file system (FAT, sshfs): an empty file keeps the name free until the rename.
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK, _MODE))
        try:
            os.rename(temporary, path)
        except OSError:
            forget(path)
            raise


def forget(path: str) -> None:
    """Remove a file, if that can be done."""
    try:
        os.unlink(path)
    except OSError:
        return


def sync_folder(folder: str) -> str | None:
    """Make the names in a folder durable. Returns what went wrong, if anything."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        return reason(error)
    return None
