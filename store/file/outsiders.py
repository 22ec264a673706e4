"""Who can change a file, or put another one in its place, without being one of those who may change the store.

Whoever may write to a file can change it; whoever may write in its folder, or in one above that, can put another there,
unless that folder is sticky. Root, the user, and whoever runs the program by sudo are trusted, and with a store all who
can change or replace that.
"""

from __future__ import annotations

import os
import stat
from typing import NamedTuple

from store.clock_and_user import account_name, group_name, groups_of, is_group_of_one, number_of_account
from store.file.permissions import group_rights, named_writers
from store.open_folder import OpenFolder, resolved
from store.translation import tr
from store.user_namespace import unverified_user

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_USER, _GROUP, _EVERYBODY = "user", "group", "everybody"
_WRITE = 2

_UNMAPPED = 65534
"""The number that stands in a user namespace for each one that is not in it."""


class Writer(NamedTuple):
    """A user, a group, or everybody."""

    kind: str
    number: int = -1

    def __str__(self) -> str:
        if self.kind == _USER:
            return account_name(self.number)
        if self.kind == _GROUP:
            return tr("the group {name}", name=group_name(self.number))
        return tr("everybody on this machine")


def outsider(path: str, store: str | None, opened: int | None = None) -> Writer | None:
    """One who can change or swap the file or folder at `path`, and not the store at the path `store`; None for nobody.

    `opened` is the descriptor of the file, where that is what counts, whatever has its name by now. Raises: OSError.
    """
    trusted = {Writer(_USER, 0), Writer(_USER, os.geteuid()), Writer(_GROUP, 0)}
    if os.geteuid() == 0 and (by_sudo := os.environ.get("SUDO_UID", "")).isdecimal():
        trusted.add(Writer(_USER, int(by_sudo)))
    if store is not None:
        trusted |= set(_writers_along(store))
    if Writer(_EVERYBODY) in trusted:
        return None
    found = dict.fromkeys(_writers_along(path) if opened is None else _writers_around(path, opened))
    return next((writer for writer in found if writer not in trusted and not _is_one_of(writer, trusted)), None)


def _owners_along(folder: str) -> Iterator[tuple[str, int]]:
    """Each folder of a path, the last one first, with the number of its owner; those that are missing are left out.

    Whoever owns one can put something else in the place of what is in it. Raises: OSError.
    """
    found = []
    opened = OpenFolder.at("/")
    names = [name for name in resolved(folder).split("/") if name]
    while True:
        with opened:
            found.append((opened.path, opened.status().st_uid))
            if not names or opened.status_of(names[0]) is None:
                break
            opened = opened.folder(names.pop(0))
    return reversed(found)


def strangers_along(folder: str, may_own: Callable[[int], bool]) -> Iterator[tuple[str, int]]:
    """Each folder of a path, the last one first, whose owner is neither root nor the user nor one who `may_own` it.

    Raises: OSError.
    """
    is_in_namespace = bool(unverified_user())
    for path, owner in _owners_along(folder):
        is_unmapped = is_in_namespace and owner == _UNMAPPED and path != folder  # As root's own are there.
        if owner not in (0, os.geteuid()) and not is_unmapped and not may_own(owner):
            yield path, owner


def _writers_along(path: str) -> Iterator[Writer]:
    """Who can change what is at a path, or a part of the path; what is missing at its end has no writers."""
    folder = OpenFolder.at("/")
    names = [name for name in resolved(path).split("/") if name]
    for name in names:
        with folder:
            yield from _writers_in(folder)
            status = folder.status_of(name)
            if status is None:
                return
            if not stat.S_ISDIR(status.st_mode):
                yield from _writers_of_file(folder, name, status)
                return
            folder = folder.folder(name)
    with folder:
        yield from _writers_in(folder)


def _writers_around(path: str, opened: int) -> Iterator[Writer]:
    """Who can change an open file, or one of the folders of its path. Raises: OSError, where one of those is none."""
    yield from _writers_of(opened)
    folder = OpenFolder.at("/")
    for name in filter(None, os.path.dirname(resolved(path)).split("/")):
        with folder:
            yield from _writers_in(folder)
            folder = folder.folder(name)
    with folder:
        yield from _writers_in(folder)


def _writers_in(folder: OpenFolder) -> Iterator[Writer]:
    """Who can put something else in the place of what is in a folder: in a sticky one its owner alone."""
    status = folder.status()
    yield Writer(_USER, status.st_uid)
    if not status.st_mode & stat.S_ISVTX:
        yield from _writers_once_open(folder.open_readable, status)


def _writers_of_file(folder: OpenFolder, name: str, status: os.stat_result) -> Iterator[Writer]:
    yield from _writers_once_open(lambda: folder.open_file(name)[0], status)


def _writers_once_open(opened: Callable[[], int], status: os.stat_result) -> Iterator[Writer]:
    """Who can write to what `opened` opens; where it cannot be opened, as far as its mode says."""
    try:
        descriptor = opened()
    except OSError:
        yield from _by_mode(status)
        return
    try:
        yield from _writers_of(descriptor)
    finally:
        os.close(descriptor)


def _by_mode(status: os.stat_result) -> Iterator[Writer]:
    yield Writer(_USER, status.st_uid)
    if status.st_mode & 0o020:
        yield Writer(_GROUP, status.st_gid)
    if status.st_mode & 0o002:
        yield Writer(_EVERYBODY)


def _writers_of(descriptor: int) -> Iterator[Writer]:
    """Who may write to an open file or folder, by its mode and its ACL."""
    status = os.fstat(descriptor)
    yield Writer(_USER, status.st_uid)
    if group_rights(descriptor) & _WRITE:
        yield Writer(_GROUP, status.st_gid)
    if status.st_mode & 0o002:
        yield Writer(_EVERYBODY)
    users, groups = named_writers(descriptor)
    yield from (Writer(_USER, number) for number in sorted(users))
    yield from (Writer(_GROUP, number) for number in sorted(groups))


def _is_one_of(writer: Writer, trusted: set[Writer]) -> bool:
    """Whether a user is in a trusted group, or a group is that of a trusted user alone."""
    if writer.kind == _USER:
        return any(Writer(_GROUP, group) in trusted for group in groups_of(writer.number) if group)
    if writer.kind == _GROUP:
        owner = number_of_account(group_name(writer.number))
        return owner is not None and Writer(_USER, owner) in trusted and is_group_of_one(writer.number, owner)
    return False
