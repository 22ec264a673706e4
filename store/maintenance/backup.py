"""Writes a backup of a store, and lists its automatic copies."""

from __future__ import annotations

import os

from store.errors import FollowUpError, NotAllowed, StoreDamaged, StoreUnusable, no_folder
from store.file.file_store import file_of
from store.file.outsiders import outsider
from store.file.permissions import PRIVATE_FILE
from store.file.serialize_file import serialize, serialize_changes
from store.file.strict_reader import read_strictly
from store.maintenance.engines import is_on_server
from store.model.format_version import TABLES
from store.open_folder import OpenFolder, resolved
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.database import Database
    from store.file.automatic_copies import Copies
    from store.snapshot import SnapshotSource


def backup(database: Database, path: str | None) -> str:
    """Write a copy of the store and verify it by reading it back.

    `path` is a new file or a folder; None: a new file beside the store. Returns the path of the file.
    Raises: NotAllowed for a file that exists; FollowUpError when the copy cannot be written; StoreUnusable.
    """
    raw, revision, beside = _whole(database)
    above, stem = os.path.split(beside)
    name = f"{stem.removesuffix('.json')}.backup-{revision:06d}.json"
    if path is None:
        path = os.path.join(above, name)
    elif _is_folder(path):
        path = os.path.join(path, name)
    above, name = os.path.split(os.path.abspath(path))
    try:
        with OpenFolder.at(resolved(above)) as folder:
            if folder.status_of(name) is not None:
                raise NotAllowed(
                    tr("{path} is there already: name another file", path=path), code="backup.there-already"
                )
            made = file_of(database.beside(folder.path_of(name)))
            made.sweep(folder)  # Temporary files of a backup of this name that was killed.
    except OSError:
        raise no_folder(os.path.dirname(path)) from None
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
    return path


def warning_of(database: Database, path: str) -> str:
    """A sentence when somebody could change this backup, or swap it, who may not change the store; else empty.

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
