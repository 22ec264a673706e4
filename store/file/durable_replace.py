"""Replaces a file durably: temporary file beside it, fsync, copy of the old one, rename, fsync of the folder.

A failure before the rename means that nothing changed; after it the change is saved, whatever else fails.

Not by `OpenFolder.write_whole`: on a full disk copies give way between two tries to write, and between writing and
renaming the old file gets its copy.
"""

from __future__ import annotations

import os

from store.atomic_write import write_all
from store.errors import NotAllowed
from store.file.layout import MAX_BYTES
from store.file.permissions import give_access, sharing_group
from store.translation import plural, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from store.file.automatic_copies import Copies
    from store.file.lock import Held
    from store.file.serialize_file import WritePiece
    from store.open_folder import OpenFolder

    _Result = TypeVar("_Result")


def write_temporary(
    folder: OpenFolder,
    name: str,
    write: Callable[[WritePiece], None],
    like: int | None,
    mode: int | None = None,
    group: int | None = None,
) -> str:
    """Write a synced temporary file for the file of this name, with the permissions of the open file `like`.

    `mode` and `group` count instead where they are given. Returns its name.
    Raises: OSError, and NotAllowed for a store that would be too large; then there is none.
    """
    temporary = f".{name}.{os.getpid()}.{os.urandom(6).hex()}.tmp"

    def fill(descriptor: int) -> None:
        write(lambda piece, at: _write_piece(descriptor, piece, at))
        if os.fstat(descriptor).st_size > MAX_BYTES:
            raise NotAllowed(
                tr(
                    "not saved: the store would be larger than {size} GiB, and no program would read it",
                    size=MAX_BYTES >> 30,
                ),
                code="store.would-be-too-large",
            )
        status = os.fstat(descriptor if like is None else like)
        allowed = status.st_mode & 0o777 if mode is None else mode
        is_shared = sharing_group(folder.status()) is not None
        give_access(descriptor, allowed, status.st_gid if group is None else group, like, is_shared=is_shared)

    folder.write_new(temporary, fill)
    return temporary


def write_making_room(
    held: Held,
    name: str,
    copies: Copies,
    write: Callable[[WritePiece], None],
    like: int | None,
    mode: int | None = None,
    group: int | None = None,
) -> str:
    """The same under the lock; on a full disk the oldest copies give way. Raises: OSError."""
    folder = held.folder
    try:
        return write_temporary(folder, name, write, like, mode, group)
    except OSError as error:
        full = error
    from store.file.make_room import copies_to_give_way  # only a full disk needs it

    try:
        size = 0 if like is None else os.fstat(like).st_size
        steps = copies_to_give_way(folder, copies, full, size)
    except OSError:
        raise full from None
    given = 0
    for step in steps:
        for copy in step:
            copies.remove(folder, copy)
        given += len(step)
        try:
            temporary = write_temporary(folder, name, write, like, mode, group)
        except OSError as error:
            full = error
            continue
        held.warnings.append(
            tr("saved, and the oldest automatic copy gave way to it: the disk is full")
            if given == 1
            else plural(
                "saved, and the oldest automatic {n} copy gave way to it: the disk is full",
                "saved, and the oldest automatic {n} copies gave way to it: the disk is full",
                given,
            )
        )
        return temporary
    raise full


def put_in_place(held: Held, temporary: str, name: str, before: Callable[[], _Result]) -> _Result:
    """Call `before`, then put the synced temporary file in the place of the file of this name, durably.

    Returns the result of `before`. Raises: OSError, or what `before` raises, and then nothing changed.
    """
    folder = held.folder
    try:
        result = before()
        folder.rename(temporary, name)
    except BaseException:
        folder.remove_quietly(temporary)
        raise
    held.warnings += unconfirmed(folder.sync())
    return result


def unconfirmed(trouble: str | None) -> list[str]:
    """The warning that the folder could not be synced, if so; the change is saved all the same."""
    return [tr("saved, but the disk did not confirm it: {trouble}", trouble=trouble)] if trouble else []


def _write_piece(descriptor: int, piece: bytes | bytearray | memoryview, at: int | None) -> None:
    """Append bytes to a file, or write them at an offset."""
    if at is not None:
        os.pwrite(descriptor, piece, at)
    else:
        write_all(descriptor, piece)
