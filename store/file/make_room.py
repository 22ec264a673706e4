"""Room on a full disk: the oldest automatic copies give way to a change, when that is enough for it."""

from __future__ import annotations

import os
from errno import EDQUOT, ENOSPC

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.file.automatic_copies import Copies, Copy
    from store.open_folder import OpenFolder

_PAGE = 4096
"""Bytes by which a change makes a file larger, at most times."""

_AMPLE = 1 << 20
"""Bytes beyond two files of the store's size with which a disk is not full, whatever failed."""

_FEW_FILES = 16
"""So many more files can be made on a disk that has enough of them."""


def copies_to_give_way(folder: OpenFolder, copies: Copies, error: OSError, size: int) -> list[list[Copy]]:
    """The copies to be removed step by step, the oldest first, until a file of about `size` bytes can be written.

    `error` is why it could not be. No copies when it is not for want of room, or all of them would not be enough.
    """
    own = _own_copies(folder, copies, error, size)
    # The first step is two: the state before the change becomes a copy as well, and some file systems count its name.
    return [own[:2], *([copy] for copy in own[2:])] if own else []


def _own_copies(folder: OpenFolder, copies: Copies, error: OSError, size: int) -> list[Copy]:
    own = [copy for copy in reversed(copies.all()) if copy.status.st_nlink == 1]
    if error.errno == EDQUOT:
        own = [copy for copy in own if copy.status.st_uid == os.geteuid()]
        return own if sum(copy.status.st_size for copy in own) >= size + _PAGE else []
    if error.errno != ENOSPC:
        return []
    disk = os.statvfs(folder.descriptor)
    blocks, files = (disk.f_bfree, disk.f_ffree) if os.geteuid() == 0 else (disk.f_bavail, disk.f_favail)
    free = blocks * disk.f_frsize
    if disk.f_files > 0 and files < _FEW_FILES:
        return own
    is_full = free < 2 * size + _AMPLE
    is_enough = free + sum(copy.status.st_blocks * 512 for copy in own) >= size + _PAGE
    return own if is_full and is_enough else []
