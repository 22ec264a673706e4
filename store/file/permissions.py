"""The permissions of a store's files: which mode, group and ACL a new or replaced one gets, as its folder requires.

They are read from and set on open files: a path may lead to another file by then.
"""

from __future__ import annotations

import os
import stat
import struct
from errno import EMLINK

from store.translation import tr
from store.users_and_groups import groups_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.open_folder import OpenFolder

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600
"""The modes of a store of one person."""

SHARED_FOLDER, SHARED_FILE = 0o2770, 0o660
"""The modes of a store that a group shares: the folder hands its group on."""

_ACL = "system.posix_acl_access"
_ACL_VERSION = struct.pack("<I", 2)
_ACL_ENTRY = struct.Struct("<HHI")
_USER_OBJ, _USER, _GROUP_OBJ, _GROUP, _MASK, _OTHER = 1, 2, 4, 8, 16, 32
"""The tags of the entries of an ACL, see acl(5)."""

_NOBODY = 0xFFFFFFFF
"""The number in an entry that names nobody."""

_WRITE = 2
"""The right to write, in an entry of an ACL."""


def sharing_group(folder: os.stat_result) -> int | None:
    """The group that shares a folder, when it is setgid and group-writable; None for any other."""
    return folder.st_gid if stat.S_IMODE(folder.st_mode) & 0o2020 == 0o2020 else None


def narrow(folder: OpenFolder, name: str, allowed: int) -> None:
    """Restrict the mode of a file to the `allowed` bits. Raises: as `set_mode`."""
    descriptor, status = folder.open_file(name)
    try:
        set_mode(descriptor, status.st_mode & allowed)
    finally:
        os.close(descriptor)


Rights = dict[tuple[int, int], int]
"""What the users and groups in an ACL, and the owning group, may do: tag and number -> rights."""


def rights_of(store: int) -> Rights:
    """The rights on an open store of those who are neither its owner nor everybody."""
    acl = _acl_of(store)
    rights = {(_GROUP_OBJ, _NOBODY): group_rights(store)}
    if acl is not None:
        found = list(_ACL_ENTRY.iter_unpack(acl[4:]))
        mask = next((rights for tag, rights, _ in found if tag == _MASK), 7)
        rights |= {(tag, number): rights & mask for tag, rights, number in found if tag in (_USER, _GROUP)}
    return rights


def narrowed_acl(file: int, allowed: Rights) -> bytes | None:
    """The ACL of an open file reduced to the rights allowed; None where it grants nothing more.

    Its mode is to be narrowed first.
    """
    acl = _acl_of(file)
    if acl is None and len(allowed) == 1:  # The modes say all.
        return None
    entries = list(_ACL_ENTRY.iter_unpack(acl[4:])) if acl is not None else _entries_of_mode(file)
    kept = [
        (tag, rights & allowed.get((tag, number), 0), number) if tag in (_USER, _GROUP, _GROUP_OBJ) else entry
        for entry in entries
        for tag, rights, number in (entry,)
    ]
    if kept == entries:
        return None
    kept = [entry for entry in kept if entry[1] or entry[0] not in (_USER, _GROUP)]
    return _ACL_VERSION + b"".join(_ACL_ENTRY.pack(*entry) for entry in kept)


def _entries_of_mode(file: int) -> list[tuple[int, int, int]]:
    """The entries of an ACL that says what the mode of an open file does."""
    mode = os.fstat(file).st_mode
    return [(tag, mode >> shift & 7, _NOBODY) for tag, shift in ((_USER_OBJ, 6), (_GROUP_OBJ, 3), (_OTHER, 0))]


def set_acl(descriptor: int, acl: bytes) -> None:
    """Give an open file an ACL. Raises: OSError, also for a file with other hard links, as `set_mode`."""
    if os.fstat(descriptor).st_nlink > 1:
        raise OSError(EMLINK, tr("it has another name (a hard link)"))
    _set_acl(descriptor, acl)


def set_mode(descriptor: int, mode: int, group: int | None = None) -> None:
    """Change the mode of an open file or folder, and its group; a file never gets a set-id bit.

    Raises: OSError, also for a file with other hard links: it may be somebody's file, planted here.
    """
    status = os.fstat(descriptor)
    is_file = not stat.S_ISDIR(status.st_mode)
    if is_file and status.st_nlink > 1:
        raise OSError(EMLINK, tr("it has another name (a hard link)"))
    if group is not None and group != status.st_gid:
        os.fchown(descriptor, -1, group)
    os.fchmod(descriptor, mode & (0o777 if is_file else 0o7777))


def give_access(
    descriptor: int,
    mode: int,
    group: int,
    like: int | None = None,
    *,
    for_writers: bool = False,
    is_shared: bool = False,
) -> None:
    """Give a new file or folder, private so far, its mode and group, and the ACL of the open file `like`.

    `for_writers`: only those in the ACL get access who may write, also none to read.
    When root created it, it gets the owner of `like`, who would be shut out of their own store; where a group shares
    it (`is_shared`), the file stays root's: its owner is the one sign of who changed the store. In this order nobody
    has more access than in the end at any moment. Raises: OSError.
    """
    made = os.fstat(descriptor)
    is_given = like is not None and os.geteuid() == 0 and not is_shared
    owner = os.fstat(like).st_uid if like is not None and is_given else made.st_uid
    if (made.st_uid, made.st_gid) != (owner, group):
        os.fchown(descriptor, owner if owner != made.st_uid else -1, group)
    if like is not None:
        _copy_acl(descriptor, like, for_writers=for_writers)
    # A needless call by a user outside the group would clear the setgid bit of a folder.
    if stat.S_IMODE(os.fstat(descriptor).st_mode) != mode:
        os.fchmod(descriptor, mode)


def lock_access(store: os.stat_result, folder: os.stat_result) -> tuple[int, int]:
    """The mode and the group of the lock of a store: open to the writing group, closed to readers."""
    group = sharing_group(folder)
    if group is not None:
        return SHARED_FILE, group
    return SHARED_FILE if store.st_mode & 0o020 else PRIVATE_FILE, store.st_gid


def group_rights(descriptor: int) -> int:
    """The rights of the owning group of an open file: where it has an ACL, its mode shows those of the mask instead."""
    acl = _acl_of(descriptor)
    if acl is None:
        return os.fstat(descriptor).st_mode >> 3 & 7
    rights: dict[int, int] = {tag: rights for tag, rights, _ in _ACL_ENTRY.iter_unpack(acl[4:])}
    return rights[_GROUP_OBJ] & rights.get(_MASK, 7)


def admits_readers(lock: int, store: int, folder: os.stat_result) -> bool:
    """Whether a user who may not write to the store can open its lock, which is enough to lock it."""
    mode, _ = lock_access(os.fstat(store), folder)
    is_more = not _named(_acl_of(lock)) <= _named(_of_writers(_acl_of(store)))
    return is_more or bool(os.fstat(lock).st_mode & ~mode & 0o077)


def is_open_to(group: int, status: os.stat_result) -> bool:
    """Whether a group may read a file, by its mode."""
    return status.st_gid == group and bool(status.st_mode & 0o040)


def shuts_out_readers(copy: os.stat_result, store: os.stat_result, folder: os.stat_result) -> bool:
    """Whether a copy is closed to some readers of the store in this folder, and may be a private file.

    In a folder where nobody but the user and root may write, nobody else can have put it there.
    """
    if folder.st_uid in (0, os.geteuid()) and not folder.st_mode & 0o022:
        return False
    group = sharing_group(folder)
    if group is None and store.st_mode & 0o040:
        group = store.st_gid
    if group is not None and not is_open_to(group, copy):
        return True
    return copy.st_uid != store.st_uid and not is_open_to(store.st_gid, copy)


def admits_strangers(folder: os.stat_result) -> bool:
    """Whether users may create files in a folder without changing all in it, as in /tmp: by mode or ACL.

    Where a group may write and the folder is not sticky, each member can change what is in it anyway.
    """
    mode = folder.st_mode
    return bool(mode & 0o002 or (mode & 0o020 and mode & stat.S_ISVTX))


def stranger(planted: os.stat_result, store: int | None, folder: os.stat_result) -> str:
    """The owner of a file or folder beside a store, if that user may not change it; else empty.

    `store` is open, None for one to be made, or to be restored.
    """
    owner = planted.st_uid
    if not admits_strangers(folder) or owner in (0, os.geteuid()):
        return ""
    if store is not None and may_change(store, owner, folder):
        return ""
    from store.users_and_groups import account_name

    return account_name(owner)


def stranger_beside(planted: os.stat_result, store: str, folder: OpenFolder) -> str:
    """The same of a store that is opened for it, by its name in the folder, where it is there."""
    above = folder.status()
    if not admits_strangers(above):
        return ""
    try:
        opened, _ = folder.open_file(store)
    except OSError:
        return stranger(planted, None, above)
    try:
        return stranger(planted, opened, above)
    finally:
        os.close(opened)


def may_change(store: int, user: int, folder: os.stat_result) -> bool:
    """Whether a user may write to an open store in this folder: by a group, by an entry of its ACL, or as its owner.

    Where a group shares the folder the owner counts for nothing: who made the last change is the owner of the store,
    and stays that when they are taken out of the group.
    """
    status, acl = os.fstat(store), _acl_of(store)
    is_owner = user == status.st_uid and sharing_group(folder) is None
    if user == 0 or is_owner or status.st_mode & 0o002:
        return True
    writers = _named(_of_writers(acl))
    if (_USER, user) in _named(acl):
        return (_USER, user) in writers
    if group_rights(store) & _WRITE:
        writers.add((_GROUP, status.st_gid))
    return any((_GROUP, group) in writers for group in groups_of(user))


def writing_groups(store: int, folder: os.stat_result) -> set[int]:
    """The groups that may write to an open store in this folder, and the one that shares the folder."""
    _, groups = named_writers(store)
    if group_rights(store) & _WRITE:
        groups.add(os.fstat(store).st_gid)
    shares = sharing_group(folder)
    return groups if shares is None else {*groups, shares}


def named_writers(descriptor: int) -> tuple[set[int], set[int]]:
    """The users and the groups that the ACL of an open file names and lets write, by number."""
    named = _named(_of_writers(_acl_of(descriptor)))
    users, groups = ({number for tag, number in named if tag == kind} for kind in (_USER, _GROUP))
    return users, groups


def _copy_acl(descriptor: int, like: int, *, for_writers: bool) -> None:
    """Copy the ACL of `like`: a rename loses that of the replaced file, and the folder may have set another one."""
    acl = _acl_of(like)
    if for_writers:
        acl = _of_writers(acl)
    if acl != _acl_of(descriptor):
        _set_acl(descriptor, acl)


def _set_acl(descriptor: int, acl: bytes | None) -> None:
    if acl is not None:
        os.setxattr(descriptor, _ACL, acl)
    else:
        os.removexattr(descriptor, _ACL)


def _acl_of(descriptor: int) -> bytes | None:
    """The ACL of an open file as the kernel keeps it; None when its mode says all."""
    try:
        return os.getxattr(descriptor, _ACL)
    except OSError:
        return None


def _named(acl: bytes | None) -> set[tuple[int, int]]:
    """The users and groups that an ACL names and gives any right: tag and number. An owning group that may only read is
    one of them.
    """
    found = set()
    for tag, rights, number in _ACL_ENTRY.iter_unpack(acl[4:] if acl else b""):
        if (tag in (_USER, _GROUP) and rights) or (tag == _GROUP_OBJ and rights and not rights & _WRITE):
            found.add((tag, number))
    return found


def _of_writers(acl: bytes | None) -> bytes | None:
    """The ACL without the rights of readers."""
    if acl is None:
        return None
    entries = list(_ACL_ENTRY.iter_unpack(acl[4:]))
    mask = next((rights for tag, rights, _ in entries if tag == _MASK), 7)
    kept: list[tuple[int, int, int]] = []
    for tag, rights, number in entries:
        if tag in (_USER_OBJ, _MASK) or rights & mask & _WRITE:
            kept.append((tag, rights, number))
        elif tag in (_GROUP_OBJ, _OTHER):
            kept.append((tag, 0, number))
    return acl[:4] + b"".join(_ACL_ENTRY.pack(*entry) for entry in kept)
