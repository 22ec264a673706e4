"""The users who can change or replace a file without being allowed to change the store.

Whoever may write to a file can change it; whoever may write in its folder, or in one above that, can put another there,
unless that folder is sticky. Root, the user, and whoever runs the program by sudo are trusted, and with a store all who
can change or replace that.
"""

from __future__ import annotations

import os
import stat
from typing import NamedTuple

from store.file.permissions import group_rights, named_writers, sharing_group
from store.open_folder import OpenFolder, resolved
from store.translation import tr
from store.user_namespace import unverified_user
from store.users_and_groups import account_name, group_name, groups_of, is_group_of_one, number_of_account

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

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
    """A user who can change or swap the file or folder at `path`, but not the store at `store`; None for nobody.

    `opened` is the descriptor of the file, where that is what counts, whatever has its name by now. Raises: OSError.
    """
    trusted = {Writer(_USER, 0), Writer(_USER, os.geteuid()), Writer(_GROUP, 0)}
    if os.geteuid() == 0 and (by_sudo := os.environ.get("SUDO_UID", "")).isdecimal():
        trusted.add(Writer(_USER, int(by_sudo)))
    if store is not None:
        trusted |= set(_writers_along(store, is_store=True))
    if Writer(_EVERYBODY) in trusted:
        return None
    found = dict.fromkeys(_writers_along(path) if opened is None else _writers_around(path, opened))
    return next((writer for writer in found if writer not in trusted and not _is_one_of(writer, trusted)), None)


def _folders_along(path: str) -> Iterator[tuple[OpenFolder, str]]:
    """Each folder of a resolved path from the root on, opened while in use, with the name of the next part.

    That of the last one is empty. Raises: OSError where the next part is missing or no folder; whoever can do without
    it stops before.
    """
    folder = OpenFolder.at("/")
    for name in filter(None, path.split("/")):
        with folder:
            yield folder, name
            following = folder.folder(name)
        folder = following
    with folder:
        yield folder, ""


def _writers_above(folder: str) -> Iterator[tuple[str, list[Writer]]]:
    """Each folder of a path, the last one first, with its owner and the others who can replace its content; missing
    ones are left out. Raises: OSError.
    """
    found = []
    for opened, name in _folders_along(resolved(folder)):
        found.append((opened.path, list(dict.fromkeys(_writers_in(opened)))))
        if name and opened.status_of(name) is None:
            break
    return reversed(found)


class Stranger(NamedTuple):
    """A user who can replace the content of a folder: its owner, or one who may write there."""

    path: str
    who: Writer
    is_owner: bool

    @property
    def is_everybody(self) -> bool:
        """Whether that is anybody on the machine."""
        return self.who.kind == _EVERYBODY


def strangers_along(folder: str, may_change: Callable[[int], bool], groups: Collection[int] = ()) -> Iterator[Stranger]:
    """Users who can swap a store in this folder, except root, the user, and those who `may_change` it.

    Each of them for each folder of the path, the last one first; `groups` may change the store. Raises: OSError.
    """
    is_in_namespace = bool(unverified_user())
    trusted = {Writer(_USER, 0), Writer(_USER, os.geteuid()), *(Writer(_GROUP, group) for group in (0, *groups))}
    for path, writers in _writers_above(folder):
        for place, writer in enumerate(writers):
            is_unmapped = is_in_namespace and writer.number == _UNMAPPED and path != folder  # As root's own are there.
            if is_unmapped or writer in trusted:
                continue
            alone = _only_member(writer)
            if alone is None or not (Writer(_USER, alone) in trusted or may_change(alone)):
                yield Stranger(path, writer, is_owner=place == 0)


def _writers_along(path: str, *, is_store: bool = False) -> Iterator[Writer]:
    """The users who can change what is at a path, or a part of the path; a missing end has none.

    The owner of a store that a group shares made its last change, and need not be in the group by now.
    """
    for folder, name in _folders_along(resolved(path)):
        yield from _writers_in(folder)
        status = folder.status_of(name) if name else None
        if status is None:
            return
        if not stat.S_ISDIR(status.st_mode):
            writers = _writers_of_file(folder, name, status)
            is_shared = is_store and sharing_group(folder.status()) is not None
            yield from (each for each in writers if not is_shared or each != Writer(_USER, status.st_uid))
            return


def _writers_around(path: str, opened: int) -> Iterator[Writer]:
    """The users who can change an open file, or a folder of its path. Raises: OSError for one that is no folder."""
    yield from _writers_of(opened)
    for folder, _ in _folders_along(os.path.dirname(resolved(path))):
        yield from _writers_in(folder)


def _writers_in(folder: OpenFolder) -> Iterator[Writer]:
    """The users who can replace the content of a folder: of a sticky one its owner alone."""
    status = folder.status()
    yield Writer(_USER, status.st_uid)
    if not status.st_mode & stat.S_ISVTX:
        yield from _writers_once_open(folder.open_readable, status)


def _writers_of_file(folder: OpenFolder, name: str, status: os.stat_result) -> Iterator[Writer]:
    yield from _writers_once_open(lambda: folder.open_file(name)[0], status)


def _writers_once_open(opened: Callable[[], int], status: os.stat_result) -> Iterator[Writer]:
    """The users who can write to what `opened` opens; where it cannot be opened, by its mode."""
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
    """The users who may write to an open file or folder, by its mode and its ACL."""
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
    alone = _only_member(writer)
    return alone is not None and Writer(_USER, alone) in trusted


def _only_member(writer: Writer) -> int | None:
    """The number of the one user that a writer is: a group can have nobody else in it. None for several."""
    if writer.kind == _USER:
        return writer.number
    owner = number_of_account(group_name(writer.number)) if writer.kind == _GROUP else None
    return owner if owner is not None and is_group_of_one(writer.number, owner) else None
