"""Creates an empty store: a private one, or one that a group of users shares."""

from __future__ import annotations

import os
import stat
from contextlib import suppress

from store.errors import NotAllowed, StoreUnusable, UsageError, already_there, reason, unreadable
from store.file.file_store import file_of
from store.file.permissions import PRIVATE_FILE, PRIVATE_FOLDER, SHARED_FILE, SHARED_FOLDER, sharing_group
from store.file.who_can_tamper import strangers_along
from store.maintenance.server_of_database import server_of
from store.open_folder import OpenFolder
from store.sanitise_text import visible
from store.translation import phrase, tr
from store.users_and_groups import groups_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.database import Database
    from store.file.who_can_tamper import Stranger
    from store.model.record_types import Settings


_OF_A_STRANGER = phrase("{path} belongs to {who}, who may not change the store, and can put another in its place")
_OPEN_TO_A_STRANGER = phrase(
    "{who} can put another store in the place of this one, since they may write in {path}: keep it where no "
    "one else may"
)
ON_TRUST = phrase("this server has no row security: who made a change is taken on trust")


def make_private(database: Database, settings: Settings) -> list[str]:
    """Create a store readable by its owner only, and its folder (mode 0700) if missing.

    Returns warnings: who else can replace it, and what failed after it was created. Raises: NotAllowed for an existing
    file; StoreUnusable.
    """
    _refuse_existing(database)
    folder = file_of(database).folder
    refuse_folder_of_another(folder)
    make_private_folder(folder)
    warnings = refuse_folder_of_another(folder)
    return [*file_of(database).create_empty(settings, PRIVATE_FILE), *warnings]


def refuse_folder_of_another(folder: str, group: int | None = None) -> list[str]:
    """Refuse a new store in a folder of a stranger's, or below one: he could put another store in its place.

    The owner is root, the user, or in the group: the one that is to share the store, or does share the folder. Where
    root makes a store that no group shares, for somebody else, it is a warning, which is returned: in a container root
    owns no folder of the machine. So is that others may write in one of these folders. Raises: StoreUnusable.
    """
    shares = None
    try:
        with suppress(FileNotFoundError), OpenFolder.at(folder) as opened:
            shares = sharing_group(opened.status())
            if not opened.may_write():
                return []  # It is not made: that is refused with its reason.
        is_for_another = os.geteuid() == 0 and group is None and shares is None
        group = shares if group is None else group
        groups = () if group is None else (group,)
        found = list(strangers_along(folder, lambda user: group is not None and group in groups_of(user), groups))
    except OSError as error:
        raise unreadable(folder, error) from None
    owner = next((stranger for stranger in found if stranger.is_owner), None)
    if owner is not None and not is_for_another:
        sentence = tr(
            "{path} belongs to {who}, who could put another store in its place: make it in a folder of your own",
            path=owner.path,
            who=visible(str(owner.who)),
        )
        raise StoreUnusable(sentence, code="init.folder-of-another")
    return [said_of_stranger(stranger) for stranger in found[:1]]


def said_of_stranger(stranger: Stranger) -> str:
    """The sentence on a user who can replace a store without being allowed to change it."""
    sentence = _OF_A_STRANGER if stranger.is_owner else _OPEN_TO_A_STRANGER
    return tr(sentence, path=stranger.path, who=visible(str(stranger.who)))


def make_private_folder(folder: str, above: int = PRIVATE_FOLDER) -> None:
    """Create the folder of a store (mode 0700), and those above it with the mode `above`, if missing.

    Raises: StoreUnusable.
    """
    try:
        os.close(OpenFolder.made(folder, PRIVATE_FOLDER, above).descriptor)
    except OSError as error:
        raise StoreUnusable(
            tr("{folder} cannot be made: {error}", folder=folder, error=reason(error)), code="init.folder-not-made"
        ) from None


def make_shared(database: Database, settings: Settings, group: str | None) -> list[str]:
    """Create a store for a group of users: its folder is setgid, its files are readable by the group alone.

    Returns warnings: what failed after it was created. Raises: UsageError for an unknown group; NotAllowed for a folder
    that holds other things; StoreUnusable.
    """
    folder = file_of(database).folder
    _refuse_existing(database)
    number = _group_number(group) if group is not None else None
    refuse_folder_of_another(folder, number)
    try:
        # Whoever is in the group must get through those above it.
        with OpenFolder.made(folder, PRIVATE_FOLDER, above=0o755) as opened:
            status = opened.status()
            number = status.st_gid if number is None else number
            refuse_folder_of_another(folder, number)
            is_ready = stat.S_IMODE(status.st_mode) & 0o2070 == 0o2070 and status.st_gid == number
            if not is_ready:
                if opened.names():
                    raise NotAllowed(
                        tr(
                            "{folder} holds other things and is no shared folder: name a folder of its own, or run "
                            "chgrp {group} {folder} && chmod 2770 {folder}",
                            folder=folder,
                            group=group or number,
                        ),
                        code="init.folder-not-empty",
                    )
                opened.set_mode(SHARED_FOLDER, number)
    except OSError as error:
        sentence = tr("{folder} cannot be made a shared folder: {error}", folder=folder, error=reason(error))
        raise StoreUnusable(sentence, code="init.folder-not-shared") from None
    return file_of(database).create_empty(settings, SHARED_FILE, number)


def make_on_server(database: Database, settings: Settings, *, group: str | None, readers: str | None) -> list[str]:
    """Create a store on a server: the schema `followup`, writable by the role `group`, readable by `readers`.

    Returns warnings. Raises: NotAllowed when it is there; StoreUnusable.
    """
    return [] if server_of(database).create(settings, group=group, readers=readers) else [tr(ON_TRUST)]


def _refuse_existing(database: Database) -> None:
    if database.stamp() is not None:
        raise already_there(database.path, code="init.there-already")
    copies = file_of(database).copies
    if copies.all():
        # A new store would count from one, and its own copies be taken for the oldest.
        sentence = tr("copies of a store that was at {path} lie beside it", path=database.path)
        raise NotAllowed(sentence, code="init.copies-there", values={"folder": copies.folder})


def _group_number(name: str) -> int:
    import grp

    try:
        return grp.getgrnam(name).gr_gid
    except KeyError:
        raise UsageError(
            tr('there is no group "{name}" on this machine', name=name), code="init.group-unknown"
        ) from None
