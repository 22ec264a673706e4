"""The permissions of a store's files: mode, group and ACL, as its folder requires them."""

import os
import stat
from errno import EMLINK

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600
"""The modes of a store of one person."""

SHARED_FOLDER, SHARED_FILE = 0o2770, 0o660
"""The modes of a store that a group shares: the folder hands its group on."""

_ACL = "system.posix_acl_access"


def sharing_group(folder: str) -> int | None:
    """The group that shares a folder, when it is setgid and group-writable; None for any other."""
    try:
        status = os.stat(folder)
    except OSError:
        return None
    return status.st_gid if stat.S_IMODE(status.st_mode) & 0o2020 == 0o2020 else None


def mode_at(path: str) -> int:
    """The mode of a path, links not followed; 0 when it does not exist."""
    try:
        return os.lstat(path).st_mode
    except OSError:
        return 0


def narrow(path: str, allowed: int) -> None:
    """Restrict the mode of a file to the `allowed` bits.

    Raises: OSError, also for a file with other hard links: it may be somebody's file, planted here.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    try:
        status = os.fstat(descriptor)
        if status.st_nlink > 1:
            raise OSError(EMLINK, "it has another name (a hard link)", path)
        os.fchmod(descriptor, stat.S_IMODE(status.st_mode) & allowed)
    finally:
        os.close(descriptor)


def give_access(descriptor: int, mode: int, group: int, like: str | None = None) -> None:
    """Give a new file or folder, private so far, its mode and group, and the ACL of `like`.

    When root created it, it gets the owner of `like`, who would be shut out of their own store. In this order nobody
    has more access than in the end at any moment. Raises: OSError.
    """
    made = os.fstat(descriptor)
    owner = os.stat(like).st_uid if like is not None and os.geteuid() == 0 else made.st_uid
    if (made.st_uid, made.st_gid) != (owner, group):
        os.fchown(descriptor, owner if owner != made.st_uid else -1, group)
    if like is not None:
        _copy_acl(descriptor, like)
    # A needless call by a user outside the group would clear the setgid bit of a folder.
    if stat.S_IMODE(os.fstat(descriptor).st_mode) != mode:
        os.fchmod(descriptor, mode)


def _copy_acl(descriptor: int, like: str) -> None:
    """Copy the ACL of `like`: a rename loses that of the replaced file, and the folder may have set another one."""
    acl = _acl_of(like)
    if acl == _acl_of(descriptor):
        return
    if acl is not None:
        os.setxattr(descriptor, _ACL, acl)
    else:
        os.removexattr(descriptor, _ACL)


def _acl_of(file: str | int) -> bytes | None:
    try:
        return os.getxattr(file, _ACL)
    except OSError:
        return None
