"""Builds that open files to others, or trust what the surroundings say."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Collection, Iterator, Mapping

from store import config
from store.errors import StoreUnusable
from store.file import automatic_copies, durable_replace, lock, permissions, who_can_tamper
from store.file.automatic_copies import Copies
from store.file.file_store import FileStore, Stamp
from store.file.lock import Held
from store.file.permissions import narrow
from store.file.same_history import refuse_another_history
from store.file.strict_reader import check_strictly
from store.maintenance import create_store, doctor_checks_files_and_modes, files_of_a_group, restore
from store.open_folder import OpenFolder, replace_own_file, resolved
from store.paths import SYSTEM_CONFIG
from store.users_and_groups import user_name
from torture.broken_builds import broken_build
from torture.injected.replace_functions import replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.file.quick_reader import StoreImage
    from store.file.serialize_file import WritePiece

_Opening = Callable[[str, int, int], tuple[int, int]]


def replace_open(opening: _Opening) -> None:
    """Open each file with the flags and the mode that `opening(path, flags, mode)` makes of what was asked for."""
    sound = os.open

    def opened(path: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        flags, mode = opening(os.fspath(path), flags, mode)
        return sound(path, flags, mode, dir_fd=dir_fd)

    replace(os.open, opened)


@broken_build
def open_temporary() -> None:
    """A new file is open to all who may open a usual one, until its mode is set."""
    replace_open(lambda path, flags, mode: (flags, 0o644 if path.endswith(".tmp") else mode))


@broken_build
def umasked_folders() -> None:
    """Folders above the one that is wanted are made as the umask has it."""
    sound = OpenFolder.at

    def made(path: str, mode: int, above: int = 0o700) -> OpenFolder:
        os.makedirs(path, mode, exist_ok=True)
        return sound(path)

    OpenFolder.made = made  # type: ignore[method-assign]


@broken_build
def acl_lost() -> None:
    """The ACL of a store is not taken along."""
    replace(permissions._copy_acl, lambda descriptor, like, *, for_writers: None)


@broken_build
def plain_temporary() -> None:
    """A temporary file has a name that can be guessed, and is opened through a link."""
    through_links = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    replace(os.urandom, lambda size: bytes(size))
    replace_open(lambda path, flags, mode: (through_links if path.endswith(".tmp") else flags, mode))


@broken_build
def signed_through() -> None:
    """The holder's name is written into whatever stands in the place of the lock."""
    replace(lock.may_be_planted, lambda descriptor: False)


@broken_build
def chmod_through() -> None:
    """The mode of a copy is changed through a link in its place."""

    def narrow_behind(folder: OpenFolder, name: str, allowed: int) -> None:
        os.chmod(name, allowed, dir_fd=folder.descriptor)

    replace(OpenFolder.stat, lambda self, name: os.stat(name, dir_fd=self.descriptor))
    replace(narrow, narrow_behind, only_in=automatic_copies)


@broken_build
def links_followed() -> None:
    """A link in the path of a store is followed, whoever put it there."""

    def at(path: str) -> OpenFolder:
        return OpenFolder(os.open(path, os.O_RDONLY | os.O_DIRECTORY), path)

    replace(resolved, lambda path: os.path.realpath(path))
    OpenFolder.at = at  # type: ignore[method-assign]


@broken_build
def repaired_by_path() -> None:
    """A repair opens what its path leads to by then."""

    def mended(
        opened: Callable[[], OpenFolder], name: str, seen: os.stat_result, change: Callable[[int], None]
    ) -> Callable[[], None]:
        def mend() -> None:
            with opened() as folder:
                descriptor = os.open(os.path.join(folder.path, name), os.O_RDONLY)
                try:
                    change(descriptor)
                finally:
                    os.close(descriptor)

        return mend

    replace(doctor_checks_files_and_modes._mended, mended)


@broken_build
def copied_by_path() -> None:
    """The state before a change is copied from what the path of the store leads to by then."""

    def keep(self: Copies, above: OpenFolder, name: str, store: int, revision: int) -> str | None:
        path = os.path.join(above.path, name)
        os.close(self._opened(above, store).descriptor)  # It is made when it is not there.
        copy = os.path.join(self.folder, automatic_copies._name_of(os.stat(path), revision))
        try:
            os.link(path, copy)
        except OSError:
            with open(path, "rb") as old:
                replace_own_file(copy, old.read())
        return None

    replace(Copies.keep, keep)


@broken_build
def lock_for_readers() -> None:
    """The lock of a store is open to all who may open the store."""

    def access(store: os.stat_result, folder: os.stat_result) -> tuple[int, int]:
        return store.st_mode & 0o660 | 0o600, store.st_gid

    replace(permissions.lock_access, access)
    replace(permissions._of_writers, lambda acl: acl)


@broken_build
def strangers_admitted() -> None:
    """A lock and copies are used whoever put them there."""
    replace(permissions.stranger, lambda planted, store, folder: "")


@broken_build
def folders_of_strangers_used() -> None:
    """A store is made in any folder."""
    replace(create_store.refuse_folder_of_another, lambda folder, group=None: [])


@broken_build
def open_folders_untold() -> None:
    """The owners alone are named who can put another store there."""
    sound = who_can_tamper.strangers_along

    def owners_along(
        folder: str, may_change: Callable[[int], bool], groups: Collection[int] = ()
    ) -> Iterator[who_can_tamper.Stranger]:
        return (each for each in sound(folder, may_change, groups) if each.is_owner)

    replace(who_can_tamper.strangers_along, owners_along)


@broken_build
def readers_admitted() -> None:
    """Where anybody is named in the ACL of a store, everybody may have put a lock beside it."""
    sound = permissions.may_change

    def may_change(store: int, user: int, folder: os.stat_result) -> bool:
        return bool(permissions._acl_of(store)) or sound(store, user, folder)

    replace(permissions.may_change, may_change)


@broken_build
def owners_admitted() -> None:
    """Who owns a store may change it, whoever shares it."""
    sound = permissions.may_change

    def may_change(store: int, user: int, folder: os.stat_result) -> bool:
        return user == os.fstat(store).st_uid or sound(store, user, folder)

    replace(permissions.may_change, may_change)


@broken_build
def readers_stay() -> None:
    """Who may read older states of a store may go on."""
    replace(permissions.narrowed_acl, lambda file, allowed: None)


@broken_build
def note_believed() -> None:
    """Who holds the lock stands in it."""
    from store.file import name_lock_holder

    replace(name_lock_holder.holder, name_lock_holder._read_signature)


@broken_build
def number_believed() -> None:
    """Who signed holds the lock when the kernel tells the number of that process."""
    from store.file import name_lock_holder

    replace(name_lock_holder._says_it_holds, lambda process, descriptor: True)


@broken_build
def written_in_place() -> None:
    """Where the folder may not be written in, the store is written over where it stands."""
    sound = FileStore.replace

    def write_over(
        self: FileStore, held: Held, write: Callable[[WritePiece], None], revision: int, seen: Stamp
    ) -> None:
        try:
            sound(self, held, write, revision, seen)
        except StoreUnusable:
            descriptor = os.open(self.path, os.O_WRONLY)
            write(lambda piece, at: durable_replace._write_piece(descriptor, piece, at))

    replace(FileStore.replace, write_over)


@broken_build
def user_trusted() -> None:
    """Who somebody is stands in $USER."""
    replace(user_name, lambda environment: environment.get("USER") or user_name(environment))


@broken_build
def namespaces_believed() -> None:
    """Whoever has a number in a namespace of his own has the name of that number."""
    from store.user_namespace import unverified_user

    replace(unverified_user, lambda: "")


@broken_build
def lonely_namespaces_believed() -> None:
    """A number in a namespace has its name where the store is the user's alone at that moment."""
    sound = FileStore.user
    replace(FileStore.user, lambda self: "" if self.is_users_alone() else sound(self))


@broken_build
def settings_from_here() -> None:
    """Settings are read from the current folder too."""
    sound = config._read

    def read(path: str, *, is_own: bool) -> Mapping[str, object]:
        here = sound(os.path.abspath("config.toml"), is_own=True) if path == SYSTEM_CONFIG else {}
        return {**here, **sound(path, is_own=is_own)}

    replace(config._read, read)


@broken_build
def machine_trusted() -> None:
    """The machine's settings are obeyed whoever can write them."""
    replace(config._refuse_unless_roots, lambda path, status, mend: None)


@broken_build
def modules_from_here() -> None:
    """Modules are imported from the current folder first."""
    sys.path.insert(0, "")


@broken_build
def pythonpath_first() -> None:
    """Modules are imported from the folders of PYTHONPATH first, where an empty entry is the current one."""
    sys.path[:0] = os.environ.get("PYTHONPATH", "").split(os.pathsep)


@broken_build
def copies_believed() -> None:
    """A copy with a right sum is taken for one that this program wrote."""

    def believe(image: StoreImage, *, with_history: bool = True) -> None:
        """Look at nothing."""

    replace(check_strictly, believe)


@broken_build
def renamed_files_opened() -> None:
    """Whatever has the name of a store, a copy or their folder is opened to the group that shares the store."""
    replace(files_of_a_group.is_what_was_shared, lambda file, store, group: True)
    replace(files_of_a_group.refuse_other_files, lambda file, copies, group: None)
    replace(files_of_a_group._refuse_unless_part, lambda raw, store, path: None)


@broken_build
def restored_for_all() -> None:
    """What is brought back in a folder that a group shares is the group's."""
    sound = FileStore.replace_keeping_old

    def replace_keeping_old(self: FileStore, held: Held, raw: bytes, kept_as: str, *, is_shared: bool = False) -> bool:
        return sound(self, held, raw, kept_as, is_shared=True)

    replace(FileStore.replace_keeping_old, replace_keeping_old)


@broken_build
def renamed_copies_believed() -> None:
    """A valid store among the copies is a copy, whatever its history and whoever it was closed to."""
    replace(permissions.shuts_out_readers, lambda copy, store, folder: False)
    replace(refuse_another_history, lambda copy, of_store, of_copies: None)


@broken_build
def revisions_are_paths() -> None:
    """A revision is brought back from the file of that name where one stands."""
    from store.maintenance import restore

    replace(restore._is_revision, lambda source: os.path.lexists(source) is False and source.isdecimal())


@broken_build
def outsiders_admitted() -> None:
    """A backup is brought back whoever can have put it there."""
    from store.file.who_can_tamper import outsider

    replace(outsider, lambda path, store, opened=None: None)


@broken_build
def backups_asked_by_name() -> None:
    """Who can have put a backup there is asked of what has its name just then, where that is a file."""
    from store.file.who_can_tamper import outsider

    def asked(path: str, store: str | None, opened: int | None = None) -> object:
        try:
            is_file = stat.S_ISREG(os.lstat(path).st_mode)
        except OSError:
            is_file = False
        return outsider(path, store) if is_file else None

    replace(outsider, asked, only_in=restore)


@broken_build
def names_of_copies_believed() -> None:
    """Whatever stands in the name of a copy in the place of its day is a day."""
    replace(automatic_copies._parsed_name, _parsed_loosely)


def _parsed_loosely(name: str) -> tuple[int, str] | None:
    parts = name.split(".")
    if len(parts) != 3 or parts[2] != "json" or len(parts[1]) != 10 or not parts[0].isdecimal():
        return None
    return int(parts[0]), parts[1]


@broken_build
def counters_believed() -> None:
    """A restore goes on from any counter that stands in the store."""
    replace(restore._is_plausible, lambda number: type(number) is int)


@broken_build
def backup_unasked() -> None:
    """A backup is made of a store whatever is in it."""
    replace(FileStore.check_strictly, lambda self, image: None)
