"""Who may open the files of a store: the modes that its folder asks for, and how they are changed."""

import os
import stat
from errno import EMLINK

_ACL = "system.posix_acl_access"


def sharing_group(folder: str) -> int | None:
    """The group that shares what is in a folder: that of one which hands its group on and lets it write."""
    try:
        status = os.stat(folder)
    except OSError:
        return None
    return status.st_gid if stat.S_IMODE(status.st_mode) & 0o2020 == 0o2020 else None


def mode_at(path: str) -> int:
    """The mode of what stands at a path itself, not behind a link; 0 when there is nothing."""
    try:
        return os.lstat(path).st_mode
    except OSError:
        return 0


def narrow(path: str, allowed: int) -> None:
    """Take from the mode of a file what is not allowed. Raises: OSError, also when it has a second name.

    That may be the name of somebody's file, planted here.
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
    """Open a new file or folder, so far its maker's alone, to a group, and to whom the ACL of `like` names.

    Made by root it is given to the owner of `like`, who would be shut out of his own store. The order is that in
    which nobody has for a moment what he may not have. Raises: OSError.
    """
    made = os.fstat(descriptor)
    owner = os.stat(like).st_uid if like is not None and os.geteuid() == 0 else made.st_uid
    if (made.st_uid, made.st_gid) != (owner, group):
        os.fchown(descriptor, owner if owner != made.st_uid else -1, group)
    if like is not None:
        _copy_acl(descriptor, like)
    # One who is not in the group would take the folder's setgid away with a needless call.
    if stat.S_IMODE(os.fstat(descriptor).st_mode) != mode:
        os.fchmod(descriptor, mode)


def _copy_acl(descriptor: int, like: str) -> None:
    """A rename loses the ACL of the file it replaces, and a folder may ask for one that this file did not have."""
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
