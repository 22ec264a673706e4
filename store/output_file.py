"""Writes an output file (an export, a report): whole or not at all, mode 0600, never over a protected path."""

from __future__ import annotations

import os
import stat
from errno import ELOOP

from store.atomic_write import (
    NO_LINK,
    PRIVATE,
    is_running,
    is_same_file,
    remove_quietly,
    rename_to_new,
    sync_folder,
    write_all,
    write_new,
)
from store.errors import FollowUpError, NotAllowed, already_there, no_folder, reason

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

_START, _END = ".followup-", ".tmp"
"""The start and end of a temporary file's name, `.followup-PROCESS-RANDOM.tmp`: never taken for a store's own."""
_OPEN_FILES = ("/dev", "/dev/fd", "/proc/self/fd")
"""Folders whose links lead to files that the process has open already: nobody else can plant one there."""


def write_whole(path: str, data: bytes, *, is_forced: bool, protected: Sequence[str] = ()) -> str | None:
    """Write a file of mode 0600; without `is_forced` never over an existing one, not even one created meanwhile.

    A link at the path is replaced, never followed. Neither the `protected` paths nor anything in them is written over.
    A device, or a pipe of the user's own, is written to. Temporary files of this user's killed writers in the folder
    are removed. Returns a warning: what failed after the file was written.
    Raises: NotAllowed for an existing or protected path; FollowUpError, and then nothing of the file is left.
    """
    status = _status(path)
    if status is not None and _is_stream(path, status):
        _refuse_protected(path, protected)
        _write_to_stream(path, data, status)
        return None
    folder, name = os.path.split(path)
    if name in ("", ".", "..") or (status is not None and stat.S_ISDIR(status.st_mode)):
        raise FollowUpError(f"{path} is a folder: name a file in it", code="output.is-a-folder")
    _refuse_protected(path, protected)
    if status is not None and not is_forced:
        raise _already_there(path)
    _sweep(folder or ".")
    temporary = ""
    try:
        temporary = _write_temporary(folder, data)
        if is_forced:
            os.rename(temporary, path)
        else:
            rename_to_new(temporary, path)
    except FileExistsError:
        raise _already_there(path) from None
    except OSError as error:
        _refuse(path, error)
    finally:
        remove_quietly(temporary)
    return sync_folder(folder or ".")


def _is_open_already(path: str) -> bool:
    return os.path.dirname(path) in _OPEN_FILES


def _status(path: str) -> os.stat_result | None:
    try:
        return os.stat(path, follow_symlinks=_is_open_already(path))
    except FileNotFoundError:
        return None
    except OSError as error:
        _refuse(path, error)


def _is_stream(path: str, status: os.stat_result) -> bool:
    """Whether a path leads to a stream: a device, a pipe, an open file of this process."""
    mode = status.st_mode
    is_open_file = stat.S_ISREG(mode) and os.path.islink(path) and _is_open_already(path)
    return is_open_file or stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)


def _write_to_stream(path: str, data: bytes, status: os.stat_result) -> None:
    """Write to the device or pipe whose `status` was read, and to nothing that has replaced it since."""
    is_open_already, mode = _is_open_already(path), status.st_mode
    if stat.S_ISFIFO(mode) and not is_open_already and status.st_uid != os.geteuid():
        sentence = f"{path} is a pipe of somebody else's: name a file, or a pipe of your own"
        raise NotAllowed(sentence, code="output.pipe-of-others")
    flags = os.O_WRONLY | (os.O_CLOEXEC if is_open_already else NO_LINK) | (os.O_APPEND if stat.S_ISREG(mode) else 0)
    try:
        with open(os.open(path, flags), "wb", buffering=0) as file:
            if not os.path.samestat(os.fstat(file.fileno()), status):
                raise _replaced(path)
            write_all(file.fileno(), data)
    except OSError as error:
        if error.errno == ELOOP:
            raise _replaced(path) from None
        raise FollowUpError(f"{path} could not be written: {reason(error)}", code="output.write-failed") from None


def _replaced(path: str) -> FollowUpError:
    sentence = f"{path} was replaced by another program meanwhile; nothing was written, try again"
    return FollowUpError(sentence, code="output.replaced-meanwhile")


def _refuse_protected(path: str, protected: Sequence[str]) -> None:
    real_path = _real_path(path)
    for other in protected:
        is_inside = f"{real_path}{os.sep}".startswith(f"{_real_path(other)}{os.sep}")
        if is_inside or is_same_file(path, other):
            sentence = f"{path} belongs to the store and is never written over: name another file"
            raise NotAllowed(sentence, code="output.belongs-to-store")


def _real_path(path: str) -> str:
    """The path with the links of its folder resolved, but not a link in its own place."""
    folder, name = os.path.split(path)
    return os.path.join(os.path.realpath(folder), name)


def _already_there(path: str) -> NotAllowed:
    return already_there(path, code="output.there-already")


def _refuse(path: str, error: OSError) -> NoReturn:
    folder = os.path.dirname(path) or "."
    if isinstance(error, FileNotFoundError):
        raise no_folder(folder) from None
    if isinstance(error, NotADirectoryError):
        raise FollowUpError(f"{folder} is no folder: name a file in one", code="output.not-in-a-folder") from None
    if isinstance(error, PermissionError):
        sentence = f"{path} cannot be written: {folder} does not let you ({reason(error)})"
        raise FollowUpError(sentence, code="output.not-permitted") from None
    sentence = f"{path} was not written: {reason(error)}; nothing of it is left"
    raise FollowUpError(sentence, code="output.not-written") from None


def _sweep(folder: str) -> None:
    """Remove the temporary files that this user's killed writers left in a folder."""
    try:
        names = os.listdir(folder)
    except OSError:
        return
    for name in names:
        if not name.startswith(_START) or not name.endswith(_END):
            continue
        number = name[len(_START) : -len(_END)].partition("-")[0]
        temporary = os.path.join(folder, name)
        if number.isdecimal() and _is_mine(temporary) and not is_running(int(number)):
            remove_quietly(temporary)


def _is_mine(path: str) -> bool:
    try:
        return os.lstat(path).st_uid == os.geteuid()
    except OSError:
        return False


def _write_temporary(folder: str, data: bytes) -> str:
    """Write the data to a synced temporary file in this folder. Returns its path. Raises: OSError."""
    temporary = os.path.join(folder, f"{_START}{os.getpid()}-{os.urandom(6).hex()}{_END}")

    def fill(descriptor: int) -> None:
        os.fchmod(descriptor, PRIVATE)  # A umask may have left less than that.
        write_all(descriptor, data)

    write_new(temporary, fill)
    return temporary
