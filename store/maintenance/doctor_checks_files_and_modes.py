"""Examines the files of a store: modes, groups, ACLs, lock, copies, leftovers, the disk.

All is read from and mended on open files: who may write in the folder can put a link in the place of any of them.
"""

from __future__ import annotations

import os
import stat
from functools import cache, partial
from itertools import islice

from store.errors import StoreUnusable
from store.file.automatic_copies import is_wider_than_store, narrow_to_store
from store.file.file_store import file_of
from store.file.lock import may_be_planted
from store.file.permissions import (
    PRIVATE_FILE,
    SHARED_FILE,
    SHARED_FOLDER,
    admits_readers,
    admits_strangers,
    group_rights,
    is_open_to,
    may_change,
    rights_of,
    set_mode,
    sharing_group,
    stranger,
    writing_groups,
)
from store.file.strict_reader import LAID_OUT_OTHERWISE
from store.file.who_can_tamper import strangers_along
from store.is_process_running import is_running
from store.maintenance.create_store import said_of_stranger
from store.maintenance.files_of_a_group import (
    is_what_was_shared,
    refuse_other_files,
    refuse_private_store,
    write_copy_for_group,
)
from store.maintenance.files_of_former_members import examine_owners, renew_lock, write_copy_anew
from store.maintenance.finding import Finding
from store.maintenance.names_of_replaced_stores import outdated_stores
from store.open_folder import OpenFolder, close_quietly
from store.rules.retention import KEPT_DAYS, KEPT_FILES
from store.sanitise_text import visible
from store.translation import phrase, plural, tr
from store.users_and_groups import group_name, groups_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from store.database import Database
    from store.file.file_store import FileStore

_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "ceph", "glusterfs"})


_MOUNTS = "/proc/self/mounts"
"""Where the system says which file system holds what."""


def examine_files(database: Database, folder: OpenFolder, store: int) -> Iterator[Finding]:
    """The faults of the files of a store, which is open as `store` in `folder`, the worst first."""
    file = file_of(database)
    status = os.fstat(store)
    is_reader = not folder.may_write() and os.geteuid() not in (0, status.st_uid)
    group = sharing_group(folder.status())
    yield from _modes(file, store, group)
    yield from _owner_outside_group(file, folder, status)
    yield from _lock(database, folder, store, group)
    yield from _copies_folder(database, folder, store, group)
    if group is not None and not admits_strangers(folder.status()):
        yield from examine_owners(database, folder, store, partial(_mended, file.open_folder))
    yield from _other_names(file, status)
    yield from _folder(file, folder, status, has_group=group_rights(store) != 0)
    yield from _folders_of_strangers(file, folder.status(), store)
    yield from _leftovers(database)
    yield from _replaced_stores(database, folder)
    yield from _copies(database, group, is_reader=is_reader)
    yield from _disk(folder, status.st_size)
    if is_reader:
        yield from _closed_to_readers(file, folder)
    elif not folder.may_write():
        yield Finding(tr("you may not write in {folder}: you can look at the store, not change it", folder=file.folder))


def _mended(
    opened: Callable[[], OpenFolder], name: str, seen: os.stat_result, change: Callable[[int], None]
) -> Callable[[], None]:
    """A repair of the file of this name, made on the open file if that is still the one that was examined."""

    def mend() -> None:
        with opened() as folder:
            descriptor = folder.open_readable() if name == "." else folder.open(name)
            try:
                if not os.path.samestat(os.fstat(descriptor), seen):
                    sentence = tr(
                        "{name} was replaced by another program meanwhile; try again", name=folder.path_of(name)
                    )
                    raise StoreUnusable(sentence, code="doctor.replaced-meanwhile")
                change(descriptor)
            finally:
                close_quietly(descriptor)

    return mend


def _add_to_mode(bits: int, group: int | None, descriptor: int) -> None:
    set_mode(descriptor, stat.S_IMODE(os.fstat(descriptor).st_mode) | bits, group)


def _take_from_mode(bits: int, descriptor: int) -> None:
    set_mode(descriptor, stat.S_IMODE(os.fstat(descriptor).st_mode) & ~bits)


def _modes(file: FileStore, store: int, group: int | None) -> Iterator[Finding]:
    status = os.fstat(store)
    mode = stat.S_IMODE(status.st_mode)
    if mode & 0o007:
        yield Finding(
            tr("{path} can be opened by everybody on this machine (mode {mode:04o})", path=file.path, mode=mode),
            _mended(file.open_folder, file.name, status, partial(_take_from_mode, 0o007)),
        )
    if group is None or _is_open(status, group, SHARED_FILE):
        return
    sentence = tr("the store {path} shuts out the group that shares the store", path=file.path)
    if not is_what_was_shared(file, store, group):
        values = {"store": file.path, "group": group_name(group)}
        yield Finding(sentence, code="doctor.store-shut-out", values=values)
        return

    def open_it(descriptor: int) -> None:
        refuse_private_store(file, descriptor, group)
        _add_to_mode(SHARED_FILE, group, descriptor)

    yield Finding(sentence, _mended(file.open_folder, file.name, status, open_it))


def _owner_outside_group(file: FileStore, folder: OpenFolder, store: os.stat_result) -> Iterator[Finding]:
    """The fault of a store whose owner cannot give it its group again, as each change has to.

    A folder that hands on this group does that itself, and root can give any.
    """
    import pwd

    above, owner = folder.status(), store.st_uid
    if owner == 0 or (above.st_mode & stat.S_ISGID and above.st_gid == store.st_gid):
        return
    groups = {os.getegid(), *os.getgroups()} if owner == os.geteuid() else set(groups_of(owner))
    if store.st_gid in groups or not groups:
        return
    try:
        who = visible(pwd.getpwuid(owner).pw_name)
    except KeyError:
        return  # The machine does not say which groups it is in.
    values = {"who": who, "group": visible(group_name(store.st_gid)), "folder": file.folder}
    yield Finding(
        tr(
            "{path} has the group {group}, and its owner {who} is not in that: each change of {who} is refused",
            path=file.path,
            **values,
        ),
        code="doctor.owner-outside-group",
        values=values,
    )


def _is_open(status: os.stat_result, group: int, rights: int) -> bool:
    """Whether the group that shares a store can use a file or folder of it."""
    return status.st_gid == group and status.st_mode & rights == rights


def _lock(database: Database, folder: OpenFolder, store: int, group: int | None) -> Iterator[Finding]:
    file = file_of(database)
    name = os.path.basename(file.lock_path)
    status = folder.status_of(name)
    if status is None:
        return
    if not stat.S_ISREG(status.st_mode):
        yield Finding(tr("the lock {lock_path} is not a file: remove it", lock_path=file.lock_path))
        return
    if who := stranger(status, store, folder.status()):
        yield Finding(
            tr(
                "the lock {lock_path} belongs to {who}, who may not change the store: remove it",
                lock_path=file.lock_path,
                who=visible(who),
            )
        )
        return
    if status.st_nlink > 1:
        yield Finding(
            tr("the lock {lock_path} is another file of somebody's (a hard link): remove it", lock_path=file.lock_path)
        )
        return
    shuts_out = group is not None and not _is_open(status, group, SHARED_FILE)
    is_open = is_another = False
    try:
        lock, _ = folder.open_file(name)
    except OSError:
        pass  # It is closed to the user as well.
    else:
        try:
            is_open = admits_readers(lock, store, folder.status())
            is_another = may_be_planted(lock)
        finally:
            close_quietly(lock)
    if is_another:
        yield Finding(
            tr(
                "the lock {lock_path} holds what no lock does, so it may be another file of somebody's: move it away",
                lock_path=file.lock_path,
            )
        )
        return
    if shuts_out:
        yield Finding(
            tr("the lock {path} shuts out the group that shares the store", path=file.lock_path),
            partial(renew_lock, database),
        )
    if is_open:
        yield Finding(
            tr(
                "the lock {lock_path} can be opened by people who may only look, and so stop all changes",
                lock_path=file.lock_path,
            ),
            partial(renew_lock, database),
        )


def _copies_folder(database: Database, folder: OpenFolder, store: int, group: int | None) -> Iterator[Finding]:
    file = file_of(database)
    copies = file.copies
    status = folder.status_of(os.path.basename(copies.folder))
    if status is None:
        return
    if not stat.S_ISDIR(status.st_mode):
        yield Finding(tr("the folder of the copies {folder} is not a folder: remove it", folder=copies.folder))
        return
    if who := copies.stranger():
        yield Finding(
            tr(
                "the folder of the copies {folder} belongs to {who}, who may not change the store, so no "
                "copies are kept: remove it",
                folder=copies.folder,
                who=visible(who),
            )
        )
        return
    if group is not None and not _is_open(status, group, SHARED_FOLDER):

        def open_it(descriptor: int) -> None:
            refuse_other_files(file, descriptor, group)
            _add_to_mode(SHARED_FOLDER, group, descriptor)

        yield Finding(
            tr("the folder of the copies {path} shuts out the group that shares the store", path=copies.folder),
            _mended(file.open_folder, os.path.basename(copies.folder), status, open_it),
        )
    allowed = os.fstat(store).st_mode | (SHARED_FILE if group is not None else 0)
    for copy in copies.all():
        if group is not None and not is_open_to(group, copy.status):
            yield Finding(
                tr("the copy {path} shuts out the group that shares the store", path=copy.path),
                partial(write_copy_for_group, database, copy, group),
            )
        if copy.status.st_mode & ~allowed & 0o077:
            yield Finding(
                tr(_MORE_PEOPLE, path=copy.path),
                _mended(copies.open_folder, copy.name, copy.status, partial(_take_from_mode, ~allowed & 0o777)),
            )
        elif _is_wider(copies.open_folder, copy.name, store):
            yield Finding(tr(_MORE_PEOPLE, path=copy.path), partial(_narrow, database, copies.open_folder, copy.name))
    for name in file.replaced(folder):
        if is_wider_than_store(folder, name, folder.mode_of(name), store):
            path = folder.path_of(name)
            mend = partial(_narrow, database, file.open_folder, name)
            yield Finding(tr("the replaced store {path} can be read by more people than the store", path=path), mend)


_MORE_PEOPLE = phrase("the copy {path} can be read by more people than the store")


def _is_wider(opened: Callable[[], OpenFolder], name: str, store: int) -> bool:
    try:
        with opened() as folder:
            # The mode was compared with what it should be; the rest of it is that of an ACL.
            return is_wider_than_store(folder, name, 0, store)
    except OSError:
        return False


def _narrow(database: Database, opened: Callable[[], OpenFolder], name: str) -> None:
    file = file_of(database)
    with file.locked(database.actor) as held, opened() as folder:
        store, status = held.folder.open_file(file.name)
        try:
            narrow_to_store(folder, name, folder.mode_of(name), status.st_mode & 0o777, rights_of(store))
        finally:
            close_quietly(store)


def _other_names(file: FileStore, store: os.stat_result) -> Iterator[Finding]:
    others = store.st_nlink - 1 - sum(os.path.samestat(copy.status, store) for copy in file.copies.all())
    if others > 0:
        yield Finding(
            plural(
                "{path} has {n} other names (hard links), which keep the old state at each change",
                "{path} has {n} other names (hard links), which keep the old state at each change",
                others,
                path=file.path,
            )
        )


def _folder(file: FileStore, folder: OpenFolder, store: os.stat_result, *, has_group: bool) -> Iterator[Finding]:
    status = folder.status()
    mode = stat.S_IMODE(status.st_mode)
    # A folder that its group may write in, or whose group (or that of the copies) is handed on, was shared; but for one
    # of a private store, which has the handed-on group of the folder that it was made in. Bits are added only to one
    # that is the group's alone, as `init --shared` makes it: never to somebody's home.
    is_open = is_open_to(status.st_gid, store)
    copies = folder.mode_of(os.path.basename(file.copies.folder))
    hands_on_copies = stat.S_ISDIR(copies) and copies & stat.S_ISGID
    is_used = mode & 0o020 or (is_open if mode & stat.S_ISGID else hands_on_copies)
    is_shared = is_used and (has_group or mode & stat.S_ISGID)

    def added(bits: int) -> Callable[[], None]:
        return _mended(file.open_folder, ".", status, partial(_add_to_mode, bits, None))

    if has_group and not is_shared and not _is_for_readers(status, store):
        yield _shared_or_private(file, status, store)
    if is_shared and not mode & stat.S_ISGID:
        yield Finding(
            tr("{folder} does not hand its group on, so a change by one user shuts the others out", folder=file.folder),
            None if mode & 0o007 else added(stat.S_ISGID),
        )
    if is_shared and mode & 0o070 != 0o070 and not _is_for_readers(status, store):
        yield Finding(
            tr("{folder} may not be used by the group that shares it (mode {mode:04o})", folder=file.folder, mode=mode),
            added(0o070) if is_open else None,
        )
    if is_shared and mode & stat.S_ISVTX:
        yield Finding(
            tr("{folder} is sticky: only the owner of the store can change it; run chmod -t on it", folder=file.folder)
        )
    if mode & 0o002 and mode & stat.S_ISVTX and not is_shared:
        # As /tmp is, which other programs need as it stands.
        yield Finding(
            tr("everybody on this machine can write in {folder}: keep the store in another folder", folder=file.folder)
        )
    elif mode & 0o002:
        yield Finding(tr("everybody on this machine can write in {folder}: run chmod o-w on it", folder=file.folder))


def _folders_of_strangers(file: FileStore, folder: os.stat_result, store: int) -> Iterator[Finding]:
    """The fault of a folder, or one above it, where a user who may not change this store can replace it."""
    groups = writing_groups(store, folder)
    strangers = strangers_along(file.folder, lambda user: may_change(store, user, folder), groups)
    # That everybody may write in the folder itself is told with what to do.
    known = (each for each in strangers if each.path != file.folder or not each.is_everybody)
    for each in islice(known, 1):
        yield Finding(said_of_stranger(each))


def _is_for_readers(folder: os.stat_result, store: os.stat_result) -> bool:
    """Whether folder and store are open to a group of readers, and not by a usual umask.

    The group is one that somebody chose, not the one that the files of their owner have anyway.
    """
    import pwd

    try:
        own = pwd.getpwuid(store.st_uid).pw_gid
    except KeyError:
        own = store.st_uid
    is_theirs = folder.st_gid == store.st_gid != own
    return is_theirs and folder.st_mode & 0o077 == 0o050 and store.st_mode & 0o077 == 0o040


def _shared_or_private(file: FileStore, folder: os.stat_result, store: os.stat_result) -> Finding:
    """The fault of a store that its group may open, in a folder that this group does not share.

    Where the group can get into the folder and nobody else, it may have been shared before it was copied: only its
    owner knows.
    """
    sentence = tr("{path} can be opened by its group, which does not share the folder", path=file.path)
    if folder.st_mode & 0o050 == 0o050 and not folder.st_mode & 0o007:
        values = {"folder": file.folder, "store": file.path}
        return Finding(sentence, code="doctor.shared-or-private", values=values)

    def close(descriptor: int) -> None:
        set_mode(descriptor, PRIVATE_FILE)

    return Finding(sentence, _mended(file.open_folder, file.name, store, close))


def _leftovers(database: Database) -> Iterator[Finding]:
    file = file_of(database)
    names = [name for name in file.leftovers() if not _is_being_written(name)]
    # A change that was still at it when the names were listed may have come to its end before it was looked for.
    there = set(file.leftovers())
    names = [name for name in names if name in there]
    if names:
        yield Finding(
            plural(
                "{n} temporary file of a change that was cut off ({name}); the next change removes them",
                "{n} temporary files of a change that was cut off ({name}); the next change removes them",
                len(names),
                name=names[0],
            ),
            lambda: _sweep(database),
        )


def _replaced_stores(database: Database, folder: OpenFolder) -> Iterator[Finding]:
    names = outdated_stores(file_of(database).name, folder, database.clock.now()[:10])
    if names:
        yield Finding(
            plural(
                "{n} store that a restore replaced lies beside the store for too long ({name}): the newest {most} "
                "stay, for {days} days",
                "{n} replaced stores lie beside the store for too long ({name}): the newest {most} stay, for {days} "
                "days",
                len(names),
                name=names[0],
                most=KEPT_FILES,
                days=KEPT_DAYS,
            ),
            lambda: _remove_replaced_stores(database),
        )


def _remove_replaced_stores(database: Database) -> None:
    file = file_of(database)
    with file.locked(database.actor) as held:
        for name in outdated_stores(file.name, held.folder, database.clock.now()[:10]):
            held.folder.unlink(name)


def _is_being_written(name: str) -> bool:
    """Whether the process named in a temporary file's name still runs, so that it is in use."""
    return any(part.isdecimal() and is_running(int(part)) for part in name.split(".")[-3:-1])


def _sweep(database: Database) -> None:
    file = file_of(database)
    with file.locked(database.actor) as held:
        file.sweep(held.folder)


def _copies(database: Database, group: int | None, *, is_reader: bool) -> Iterator[Finding]:
    copies = file_of(database).copies
    if copies.are_closed() and not is_reader:
        yield Finding(
            tr("you may not look into {folder}: a damaged store cannot be brought back by you", folder=copies.folder)
        )
    beginnings = cache(copies.beginnings)
    for copy in copies.all():
        try:
            copies.read_own(copy, with_history=True, beginnings=beginnings)
        except StoreUnusable as error:
            if group is not None and error.code == "copy.closed":
                continue  # That it shuts the group out is told.
            if is_reader and copies.is_closed(copy):
                yield Finding(
                    tr("not looked at: the copy {path}, which is closed to you", path=copy.path), is_fault=False
                )
            elif any(each.path == copy.path for each in copies.all()):  # Else a change has removed it meanwhile.
                mend = partial(write_copy_anew, database, copy, is_laid_out_anew=True)
                yield Finding(
                    tr("the copy {path} is of no use: {sentence}", path=copy.path, sentence=error.sentence),
                    mend if error.code == LAID_OUT_OTHERWISE else None,
                )


def _closed_to_readers(file: FileStore, folder: OpenFolder) -> Iterator[Finding]:
    """Notes on the lock and the copies, which are closed to a reader and not examined."""
    lock = os.path.basename(file.lock_path)
    if folder.status_of(lock) is not None and not folder.may_read(lock):
        yield Finding(
            tr("not looked at: the lock {lock_path}, which is closed to you", lock_path=file.lock_path), is_fault=False
        )
    if file.copies.are_closed():
        yield Finding(
            tr("not looked at: the copies in {folder}, which are closed to you", folder=file.copies.folder),
            is_fault=False,
        )


def _disk(folder: OpenFolder, size: int) -> Iterator[Finding]:
    space = os.statvfs(folder.descriptor)
    free = space.f_bavail * space.f_frsize
    if free < 4 * size + (1 << 20):
        yield Finding(
            tr(
                "only {free} KiB are free in {path}: keep {needed} KiB for changes and copies",
                free=free // 1024,
                path=folder.path,
                needed=(4 * size + (1 << 20)) // 1024,
            )
        )
    kind = _file_system(folder.path)
    if kind in _NETWORK:
        yield Finding(
            tr(
                "{path} is on a network file system ({kind}): all who change the store must be on one machine",
                path=folder.path,
                kind=kind,
            )
        )


def _file_system(folder: str) -> str:
    """The type of the file system that holds a folder, from the longest mount point above it."""
    best, kind = "", ""
    try:
        with open(_MOUNTS, encoding="utf-8", errors="surrogateescape") as mounts:
            for line in mounts:
                _, mount_point, this_kind, *_ = line.split(" ")
                mount_point = mount_point.replace("\\040", " ")
                inside = folder == mount_point or folder.startswith(mount_point.rstrip("/") + "/")
                if inside and len(mount_point) >= len(best):
                    best, kind = mount_point, this_kind
    except OSError:
        return ""
    return kind
