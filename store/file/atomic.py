"""What it takes that a file is whole, has the name it should have, and survives a power cut."""

from __future__ import annotations

import os
from errno import ENOSYS, EOPNOTSUPP, EPERM

from store.errors import reason

NO_LINK = os.O_CLOEXEC | os.O_NOFOLLOW
"""Flags for every file that is opened to be written: not handed on to a child, and never through a planted link."""

_MODE = 0o600


def put_all(descriptor: int, data: bytes | bytearray | memoryview) -> None:
    """Write all of it, in as many writes as that takes. Raises: OSError."""
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
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_LINK, _MODE))
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


def is_same_file(one: str, other: str) -> bool:
    """Whether two names lead to one file, links followed; not where either leads nowhere."""
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False
