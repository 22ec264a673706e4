"""Opens files of a store to the group that shares it, where they are shown to be this store's.

Who may write in the folder can give a private file of somebody else the name of the store, of a copy, or of the folder
of the copies: a mode is never enough to open it. What the group may read anyway shows what it may be shown.
"""

from __future__ import annotations

import os

from store.errors import StoreUnusable, too_large
from store.file.automatic_copies import is_name_of_copy
from store.file.file_store import file_of
from store.file.layout import MAX_BYTES
from store.file.permissions import is_open_to
from store.file.same_history import goes_on_from, is_part_of
from store.file.strict_reader import check_strictly, read, read_file
from store.open_folder import OpenFolder, close_quietly
from store.sanitise_text import visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from io import FileIO

    from store.database import Database
    from store.file.automatic_copies import Copy
    from store.file.file_store import FileStore
    from store.file.quick_reader import StoreImage


def is_what_was_shared(file: FileStore, store: int, group: int) -> bool:
    """Whether a copy that the group may read shows that the open file is what it shared: but for one change at most."""
    try:
        image = _image_of(store)
        revision = image.meta["revision"]
        return any(
            goes_on_from(image, file.copies.read(copy, with_history=True))
            for copy in file.copies.all()
            if copy.revision in (revision, revision - 1) and is_open_to(group, copy.status)
        )
    except (StoreUnusable, OSError):
        return False


def refuse_private_store(file: FileStore, store: int, group: int) -> None:
    """Refuse to open a file to the group that is not shown to be what it shared. Raises: StoreUnusable."""
    if not is_what_was_shared(file, store, group):
        sentence = tr("no copy shows that {path} is what the group shared", path=file.path)
        raise StoreUnusable(sentence, code="doctor.not-what-was-shared")


def refuse_other_files(file: FileStore, copies: int, group: int) -> None:
    """Refuse to open a folder to the group that holds more than copies of what it may read. Raises: StoreUnusable.

    `copies` is the open folder. Raises: OSError.
    """
    store = _open_shared_store(file, group)
    try:
        image = _image_of(store)
        with OpenFolder(os.dup(copies), file.copies.folder) as folder:
            for name in folder.names():
                if not is_name_of_copy(name):
                    raise _not_a_copy(folder.path_of(name))
                copy, _ = folder.open_file(name)
                try:
                    _refuse_unless_part(_file(copy).readall(), image, folder.path_of(name))
                finally:
                    close_quietly(copy)
    finally:
        close_quietly(store)


def write_copy_for_group(database: Database, copy: Copy, group: int) -> None:
    """Rewrite a copy for all who can open the store, if the store holds all of its history.

    Raises: StoreUnusable, StoreBusy, OSError.
    """
    file = file_of(database)
    with file.locked(database.actor):
        store = _open_shared_store(file, group)
        try:
            with file.copies.open_folder() as folder:
                old, _ = folder.open_file(copy.name)
            try:
                raw = _file(old).readall()
                _refuse_unless_part(raw, _image_of(store), copy.path)
                file.copies.rewrite(copy, raw, store)
            finally:
                close_quietly(old)
        finally:
            close_quietly(store)


def _open_shared_store(file: FileStore, group: int) -> int:
    """Open a store that the group may read. Raises: StoreUnusable, OSError."""
    with file.open_folder() as folder:
        store, status = folder.open_file(file.name)
    if not is_open_to(group, status):
        close_quietly(store)
        sentence = tr("{path} itself is closed to the group", path=file.path)
        raise StoreUnusable(sentence, code="doctor.store-closed")
    return store


def _refuse_unless_part(raw: bytes, store: StoreImage, path: str) -> None:
    try:
        copy = read(raw)
        check_strictly(copy)
    except StoreUnusable:
        raise _not_a_copy(path) from None
    if not is_part_of(copy, store):
        raise _not_a_copy(path)


def _not_a_copy(path: str) -> StoreUnusable:
    sentence = tr(
        "{path} is no earlier state of this store, so it may be a private file: move it away", path=visible(path)
    )
    return StoreUnusable(sentence, code="doctor.no-earlier-state")


def _image_of(descriptor: int) -> StoreImage:
    """The store in an open file. Raises: StoreUnusable, OSError."""
    return read_file(_file(descriptor))


def _file(descriptor: int) -> FileIO:
    """Read an open file from its begin. Raises: StoreUnusable, OSError."""
    if (size := os.fstat(descriptor).st_size) > MAX_BYTES:
        raise too_large(tr("the file"), size)
    descriptor = os.dup(descriptor)
    file = open(descriptor, "rb", buffering=0)  # noqa: SIM115
    file.seek(0)
    return file
