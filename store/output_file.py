"""A file that somebody asked for: written whole or not at all, for its maker alone, never over what must stay."""

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
from store.errors import FollowUpError, NotAllowed, already_there, reason

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

_START, _END = ".followup-", ".tmp"
"""Around the process and a random number in the name of a temporary file; no store sweeps that for one of its own."""
_OPEN_FILES = ("/dev", "/dev/fd", "/proc/self/fd")
"""Folders of the system, whose links lead to what the process has open already: nobody else can plant one there."""


def write_whole(path: str, data: bytes, *, is_forced: bool, kept: Sequence[str] = ()) -> str | None:
    """Write a file of mode 0600; without `is_forced` never over one that is there, not even one made meanwhile.

    A link in its place is replaced and never followed. `kept` are paths that are never written over, nor what is in
    them. A device, or a pipe of one's own, is written to. What writers that were killed left of theirs in the folder
    is removed. Returns what went wrong after the file was there.
    Raises: NotAllowed for a place that is taken; FollowUpError, and then nothing of it is left.
    """
    status = _status(path)
    if status is not None and _is_stream(path, status):
        _refuse_kept(path, kept)
        _write_plainly(path, data, status)
        return None
    folder, name = os.path.split(path)
    if name in ("", ".", "..") or (status is not None and stat.S_ISDIR(status.st_mode)):
        raise FollowUpError(f"{path} is a folder: name a file in it", code="output.is-a-folder")
    _refuse_kept(path, kept)
    if status is not None and not is_forced:
        raise _taken(path)
    _sweep(folder or ".")
    temporary = ""
    try:
        temporary = _written(folder, data)
        if is_forced:
            os.rename(temporary, path)
        else:
            rename_to_new(temporary, path)
    except FileExistsError:
        raise _taken(path) from None
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
    """Whether a path leads to what takes bytes as they come: a device, a pipe, an open file of this process."""
    mode = status.st_mode
    is_open_file = stat.S_ISREG(mode) and os.path.islink(path) and _is_open_already(path)
    return is_open_file or stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)


def _write_plainly(path: str, data: bytes, status: os.stat_result) -> None:
    """Write to the device or pipe that was looked at, and to nothing that was put in its place since."""
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


def _refuse_kept(path: str, kept: Sequence[str]) -> None:
    place = _place(path)
    for other in kept:
        is_inside = f"{place}{os.sep}".startswith(f"{_place(other)}{os.sep}")
        if is_inside or is_same_file(path, other):
            sentence = f"{path} belongs to the store and is never written over: name another file"
            raise NotAllowed(sentence, code="output.belongs-to-store")


def _place(path: str) -> str:
    """Where a name stands, the links to its folder followed, but not one in its own place."""
    folder, name = os.path.split(path)
    return os.path.join(os.path.realpath(folder), name)


def _taken(path: str) -> NotAllowed:
    return already_there(path, code="output.there-already")


def _refuse(path: str, error: OSError) -> NoReturn:
    folder = os.path.dirname(path) or "."
    if isinstance(error, FileNotFoundError):
        sentence = f"there is no folder {folder}: make it, or name a file in another one"
        raise FollowUpError(sentence, code="output.no-folder") from None
    if isinstance(error, NotADirectoryError):
        raise FollowUpError(f"{folder} is no folder: name a file in one", code="output.not-in-a-folder") from None
    if isinstance(error, PermissionError):
        sentence = f"{path} cannot be written: {folder} does not let you ({reason(error)})"
        raise FollowUpError(sentence, code="output.not-permitted") from None
    sentence = f"{path} was not written: {reason(error)}; nothing of it is left"
    raise FollowUpError(sentence, code="output.not-written") from None


def _sweep(folder: str) -> None:
    """Remove what writers of mine that are gone left in a folder."""
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


def _written(folder: str, data: bytes) -> str:
    """The path of a synced temporary file in this folder that holds the data. Raises: OSError."""
    temporary = os.path.join(folder, f"{_START}{os.getpid()}-{os.urandom(6).hex()}{_END}")

    def fill(descriptor: int) -> None:
        os.fchmod(descriptor, PRIVATE)  # A umask may have left less than that.
        write_all(descriptor, data)

    write_new(temporary, fill)
    return temporary
