"""Writes a backup of a store, and lists its automatic copies."""

from __future__ import annotations

import os

from store.errors import FollowUpError, NotAllowed, StoreUnusable, no_folder
from store.file.file_store import file_of
from store.file.permissions import PRIVATE_FILE
from store.file.serializer import serialize_changes
from store.open_folder import OpenFolder, resolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.database import Database
    from store.file.automatic_copies import Copies


def backup(database: Database, path: str | None) -> str:
    """Write a copy of the store and verify it by reading it back.

    `path` is a new file or a folder; None: a new file beside the store. Returns the path of the file.
    Raises: NotAllowed for a file that exists; FollowUpError when the copy cannot be written; StoreUnusable.
    """
    file = file_of(database)
    raw = file.read_bytes()
    image = file.parse(raw)
    stem = file.name.removesuffix(".json")
    name = f"{stem}.backup-{image.meta['revision']:06d}.json"
    if path is None:
        path = os.path.join(file.folder, name)
    elif _is_folder(path):
        path = os.path.join(path, name)
    above, name = os.path.split(os.path.abspath(path))
    try:
        with OpenFolder.at(resolved(above)) as folder:
            if folder.status_of(name) is not None:
                raise NotAllowed(f"{path} is there already: name another file", code="backup.there-already")
            made = file_of(database.beside(folder.path_of(name)))
            made.sweep(folder)  # Temporary files of a backup of this name that was killed.
    except OSError:
        raise no_folder(os.path.dirname(path)) from None
    try:
        trouble = made.create(raw, PRIVATE_FILE)
        if made.read_bytes() != raw:
            trouble = ["it does not read back as it was written"]
    except StoreUnusable as error:
        if made.stamp() is None:
            # The store is as good as it was: it is the copy that was not written.
            raise FollowUpError(f"{path} was {error.sentence}", code=error.code, values=error.values) from None
        trouble = [error.sentence]
    if trouble:
        made.remove()
        sentence = f"{path} was removed again, the disk cannot be trusted: {'; '.join(trouble)}"
        raise FollowUpError(sentence, code="backup.disk-not-trusted")
    return path


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
    image = file_of(database).image_and_stamp(with_history=True)[0]
    return serialize_changes(image, image.meta, {}), sum(1 for _ in image.numbers("commitments"))
