"""Writes an output file (an export, a report): whole or not at all, mode 0600, never over a protected path."""

from __future__ import annotations

import os
import stat
from errno import ELOOP

from store.atomic_write import NO_LINK, PRIVATE, write_all
from store.errors import FollowUpError, NotAllowed, already_there, no_folder, reason
from store.is_process_running import is_running
from store.open_folder import OpenFolder, resolved
from store.translation import tr

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
    above, name = os.path.split(path)
    if name in ("", ".", ".."):
        raise _is_a_folder(path)
    try:
        folder = OpenFolder.at(resolved(above or "."))
    except OSError as error:
        _refuse(path, error)
    with folder:
        status = _status(folder, path)
        if status is not None and _is_stream(folder, path, status):
            _refuse_protected(folder, path, protected)
            _write_to_stream(folder, path, data, status)
            return None
        if status is not None and stat.S_ISDIR(status.st_mode):
            raise _is_a_folder(path)
        _refuse_protected(folder, path, protected)
        if status is not None and not is_forced:
            raise _already_there(path)
        _sweep(folder)
        temporary = f"{_START}{os.getpid()}-{os.urandom(6).hex()}{_END}"
        try:
            folder.write_whole(
                name, lambda descriptor: _fill(descriptor, data), temporary=temporary, is_new=not is_forced
            )
        except FileExistsError:
            raise _already_there(path) from None
        except OSError as error:
            _refuse(path, error)
        return folder.sync()


def _fill(descriptor: int, data: bytes) -> None:
    os.fchmod(descriptor, PRIVATE)  # A umask may have left less than that.
    write_all(descriptor, data)


def _is_open_already(path: str) -> bool:
    return os.path.dirname(path) in _OPEN_FILES


def _status(folder: OpenFolder, path: str) -> os.stat_result | None:
    try:
        follows = _is_open_already(path)
        return os.stat(os.path.basename(path), dir_fd=folder.descriptor, follow_symlinks=follows)
    except FileNotFoundError:
        return None
    except OSError as error:
        _refuse(path, error)


def _is_stream(folder: OpenFolder, path: str, status: os.stat_result) -> bool:
    """Whether a path leads to a stream: a device, a pipe, an open file of this process."""
    mode = status.st_mode
    is_link = stat.S_ISLNK(folder.mode_of(os.path.basename(path)))
    is_open_file = stat.S_ISREG(mode) and is_link and _is_open_already(path)
    return is_open_file or stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)


def _write_to_stream(folder: OpenFolder, path: str, data: bytes, status: os.stat_result) -> None:
    """Write to the device or pipe whose `status` was read, and to nothing that has replaced it since."""
    is_open_already, mode = _is_open_already(path), status.st_mode
    if stat.S_ISFIFO(mode) and not is_open_already and status.st_uid != os.geteuid():
        sentence = tr("{path} is a pipe of somebody else's: name a file, or a pipe of your own", path=path)
        raise NotAllowed(sentence, code="output.pipe-of-others")
    flags = os.O_WRONLY | (os.O_CLOEXEC if is_open_already else NO_LINK) | (os.O_APPEND if stat.S_ISREG(mode) else 0)
    try:
        descriptor = os.open(os.path.basename(path), flags, dir_fd=folder.descriptor)
        with open(descriptor, "wb", buffering=0) as file:
            if not os.path.samestat(os.fstat(file.fileno()), status):
                raise _replaced(path)
            write_all(file.fileno(), data)
    except OSError as error:
        if error.errno == ELOOP:
            raise _replaced(path) from None
        raise FollowUpError(
            tr("{path} could not be written: {error}", path=path, error=reason(error)), code="output.write-failed"
        ) from None


def _replaced(path: str) -> FollowUpError:
    sentence = tr("{path} was replaced by another program meanwhile; nothing was written, try again", path=path)
    return FollowUpError(sentence, code="output.replaced-meanwhile")


def _refuse_protected(folder: OpenFolder, path: str, protected: Sequence[str]) -> None:
    name = os.path.basename(path)
    real_path = folder.path_of(name)
    for other in protected:
        above, other_name = os.path.split(other)
        real_above = resolved(above or ".")
        is_inside = f"{real_path}{os.sep}".startswith(f"{os.path.join(real_above, other_name)}{os.sep}")
        if is_inside or _is_same_file(folder, name, real_above, other_name):
            sentence = tr("{path} belongs to the store and is never written over: name another file", path=path)
            raise NotAllowed(sentence, code="output.belongs-to-store")


def _is_same_file(folder: OpenFolder, name: str, other_folder: str, other_name: str) -> bool:
    """Whether a name leads to another existing file, also by a link, which is not opened."""
    try:
        with OpenFolder.at(other_folder) as opened:
            other = os.stat(other_name, dir_fd=opened.descriptor)
        return os.path.samestat(os.stat(name, dir_fd=folder.descriptor), other)
    except OSError:
        return False


def _is_a_folder(path: str) -> FollowUpError:
    return FollowUpError(tr("{path} is a folder: name a file in it", path=path), code="output.is-a-folder")


def _already_there(path: str) -> NotAllowed:
    return already_there(path, code="output.there-already")


def _refuse(path: str, error: OSError) -> NoReturn:
    folder = os.path.dirname(path) or "."
    if isinstance(error, FileNotFoundError):
        raise no_folder(folder) from None
    if isinstance(error, NotADirectoryError):
        raise FollowUpError(
            tr("{folder} is no folder: name a file in one", folder=folder), code="output.not-in-a-folder"
        ) from None
    if isinstance(error, PermissionError):
        sentence = tr(
            "{path} cannot be written: {folder} does not let you ({error})",
            path=path,
            folder=folder,
            error=reason(error),
        )
        raise FollowUpError(sentence, code="output.not-permitted") from None
    sentence = tr("{path} was not written: {error}; nothing of it is left", path=path, error=reason(error))
    raise FollowUpError(sentence, code="output.not-written") from None


def _sweep(folder: OpenFolder) -> None:
    """Remove the temporary files that this user's killed writers left in a folder."""
    try:
        names = folder.names()
    except OSError:
        return
    for name in names:
        if not name.startswith(_START) or not name.endswith(_END):
            continue
        number = name[len(_START) : -len(_END)].partition("-")[0]
        status = folder.status_of(name)
        is_mine = status is not None and status.st_uid == os.geteuid()
        if is_mine and number.isdecimal() and not is_running(int(number)):
            folder.remove_quietly(name)
