"""Writes a backup of a store, and lists its automatic copies."""

from __future__ import annotations

import os
from contextlib import suppress
from itertools import count
from typing import NamedTuple

from store.errors import FollowUpError, NotAllowed, StoreDamaged, StoreUnusable, no_folder
from store.file.automatic_copies import read_whole
from store.file.file_store import file_of
from store.file.permissions import PRIVATE_FILE
from store.file.serialize_file import serialize, serialize_changes
from store.file.strict_reader import read_strictly
from store.file.who_can_tamper import outsider
from store.maintenance.server_of_database import is_on_server
from store.model.format_version import TABLES
from store.open_folder import OpenFolder, close_quietly, resolved
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.database import Database
    from store.file.automatic_copies import Copies
    from store.file.file_store import FileStore
    from store.snapshot import SnapshotSource


class Backup(NamedTuple):
    """A backup: its path, and whether it was written, or was there already with the same bytes."""

    path: str
    is_new: bool


def backup(database: Database, path: str | None) -> Backup:
    """Write a copy of the store and verify it by reading it back; an identical one is enough.

    `path` is a file or a folder, in which each state of the store gets a name of its own; None: beside the store.
    Raises: NotAllowed for a file that is another one; FollowUpError when the copy cannot be written; StoreUnusable.
    """
    raw, revision, beside = _whole(database)
    above, stem = os.path.split(beside)
    if path is not None and not _is_folder(path):
        paths = iter([path])
    else:
        # A store that was brought back can have a number a second time, for another change.
        begin = os.path.join(above if path is None else path, f"{stem.removesuffix('.json')}.backup-{revision:06d}")
        paths = (f"{begin}{f'-{number}' if number > 1 else ''}.json" for number in count(1))
    for path in paths:
        above, name = os.path.split(os.path.abspath(path))
        try:
            with OpenFolder.at(resolved(above)) as folder:
                is_new = folder.status_of(name) is None
                if not is_new and not _is_backup_of(database, folder, name, raw):
                    continue
                made = file_of(database.beside(folder.path_of(name)))
                made.sweep(folder)  # Temporary files of a backup of this name that was killed.
        except OSError:
            raise no_folder(os.path.dirname(path)) from None
        if is_new:
            _write(made, path, raw)
        return Backup(path, is_new=is_new)
    sentence = tr("{path} is there already: name another file, or a folder", path=path)
    raise NotAllowed(sentence, code="backup.there-already")


def _is_backup_of(database: Database, folder: OpenFolder, name: str, raw: bytes) -> bool:
    """Whether a file is the user's backup with these bytes; its time is then set to now.

    Who removes the backups of long ago by their time keeps the one that still is the store.
    """
    try:
        descriptor, status = folder.open_file(name)
    except OSError:  # A link, a pipe, or closed to the user.
        return False
    try:
        store = None if is_on_server(database) else file_of(database).status()
        is_store = store is not None and os.path.samestat(status, store)
        if is_store or status.st_uid != os.geteuid() or status.st_size != len(raw) or read_whole(descriptor) != raw:
            return False
        with suppress(OSError):
            os.utime(descriptor)
        return True
    except (OSError, StoreUnusable):
        return False
    finally:
        close_quietly(descriptor)


def _write(made: FileStore, path: str, raw: bytes) -> None:
    """Write a backup, and read it back. Raises: FollowUpError, leaving no backup."""
    try:
        trouble = made.create(raw, PRIVATE_FILE)
        if made.read_bytes() != raw:
            trouble = [tr("it does not read back as it was written")]
    except StoreUnusable as error:
        if made.stamp() is None:
            # The store is as good as it was: it is the copy that was not written.
            raise FollowUpError(
                tr("{path} was {sentence}", path=path, sentence=error.sentence), code=error.code, values=error.values
            ) from None
        trouble = [error.sentence]
    if trouble:
        made.remove()
        sentence = tr(
            "{path} was removed again, the disk cannot be trusted: {trouble}", path=path, trouble="; ".join(trouble)
        )
        raise FollowUpError(sentence, code="backup.disk-not-trusted")


def warning_of(database: Database, path: str) -> str:
    """A warning where a user who may not change the store could change or swap this backup; else empty.

    `restore` would refuse it there.
    """
    try:
        who = outsider(path, None if is_on_server(database) else database.path)
    except OSError:
        return ""
    if who is None:
        return ""
    return tr(
        "{path} can be changed or swapped by {who}, who may not change the store: restore takes no backup from there, "
        "so keep it in a folder of your own",
        path=path,
        who=who,
    )


def _whole(database: Database) -> tuple[bytes, int, str]:
    """The bytes of the whole store, its revision, and the path beside which a backup lies when none is named.

    Raises: StoreUnusable for a store with a record that is not valid: such a backup could not be brought back.
    """
    if is_on_server(database):
        image = database.image()
        raw = whole_of(image)
        try:
            read_strictly(raw)
        except StoreDamaged as damage:
            sentence = tr(
                "{where} holds a record that is not valid: {sentence}", where=database.where, sentence=damage.sentence
            )
            raise StoreUnusable(sentence, code="backup.record-invalid") from None
        return raw, image.meta["revision"], os.path.abspath("followup.json")
    file = file_of(database)
    raw = file.read_bytes()
    read = file.parse(raw)
    file.check_strictly(read)
    return raw, read.meta["revision"], file.path


def whole_of(image: SnapshotSource) -> bytes:
    """The bytes of a store file that holds this revision of a store on a server."""
    image.expect("commitments", "events")
    return serialize(image.meta, {name: image.table(name) for name in TABLES})


def _is_folder(path: str) -> bool:
    try:
        with OpenFolder.at(resolved(path)):
            return True
    except OSError:
        return False


def copies_of(database: Database) -> Copies:
    """The automatic copies of a store."""
    return file_of(database).copies


def export_store(database: Database) -> tuple[bytes, int]:
    """Export the whole store: the bytes of a store file, and the number of its commitments.

    Raises: StoreUnusable.
    """
    if is_on_server(database):
        whole = database.image()
        return whole_of(whole), len(whole.table("commitments"))
    image = file_of(database).image_and_stamp(with_history=True)[0]
    return serialize_changes(image, image.meta, {}), sum(1 for _ in image.numbers("commitments"))
