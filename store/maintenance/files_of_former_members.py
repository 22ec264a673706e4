"""Finds files of a shared store that belong to somebody who may not change it, and makes them anew.

Who changed a store owns what that change made, and an owner may open, change and remove it whatever the group may: so
does one who was taken out of the group, to look on as a reader or not at all.
"""

from __future__ import annotations

import os
from functools import partial

from store.file.automatic_copies import read_whole
from store.file.file_store import file_of
from store.file.permissions import may_change
from store.file.quick_reader import read_quickly
from store.file.serialize_file import serialize_changes, write_changes
from store.file.strict_reader import read_strictly
from store.maintenance.finding import Finding
from store.open_folder import close_quietly
from store.sanitise_text import visible
from store.translation import phrase, tr
from store.users_and_groups import account_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from store.database import Database
    from store.file.automatic_copies import Copy
    from store.file.quick_reader import StoreImage
    from store.open_folder import OpenFolder

_LOCK = phrase("the lock {path} belongs to {who}, who may not change the store, and can stop all changes")
_STORE = phrase(
    "the store {path} belongs to {who}, who is no member of its group, and can change it: root makes it anew"
)
_COPIES = phrase(
    "the folder of the copies {path} belongs to {who}, who may not change the store, and can remove all of them: root "
    "takes it over"
)
_COPY = phrase("the copy {path} belongs to {who}, who may not change the store, and can change it")


def examine_owners(
    database: Database, folder: OpenFolder, store: int, mended: Callable[..., Callable[[], None]]
) -> Iterator[Finding]:
    """The files of former members, beside and below a store that is open in a folder which a group shares.

    `mended` makes the repair of a file of the folder, by its name. What is made anew belongs to who repairs it: the
    store and the folder of the copies to root alone, since who made the last change is read from the owner.
    """
    file, above = file_of(database), folder.status()

    def former(status: os.stat_result | None) -> str:
        if status is None or status.st_uid in (0, os.geteuid()) or may_change(store, status.st_uid, above):
            return ""
        return visible(account_name(status.st_uid))

    def finding(sentence: str, path: str, who: str, mend: Callable[[], None] | None) -> Finding:
        return Finding(tr(sentence, path=path, who=who), mend)

    is_root = os.geteuid() == 0
    if who := former(os.fstat(store)):
        yield finding(_STORE, file.path, who, partial(write_store_anew, database) if is_root else None)
    if who := former(folder.status_of(os.path.basename(file.lock_path))):
        yield finding(_LOCK, file.lock_path, who, partial(renew_lock, database))
    name = os.path.basename(file.copies.folder)
    status = folder.status_of(name)
    if status is not None and (who := former(status)):
        yield finding(_COPIES, file.copies.folder, who, mended(name, status, _give_to_root) if is_root else None)
    for copy in file.copies.all():
        if who := former(copy.status):
            yield finding(_COPY, copy.path, who, partial(write_copy_anew, database, copy))


def renew_lock(database: Database) -> None:
    """Put a new file in the place of the lock. Raises: StoreBusy, StoreUnusable, OSError."""
    lock = file_of(database).locked(database.actor)
    with lock:
        lock.renew()


def write_store_anew(database: Database, *, is_laid_out_anew: bool = False) -> None:
    """Write the file of the store anew, without a change of its records. Raises: StoreBusy, StoreUnusable.

    Its lines stay as they are, unless they are `laid out anew`.
    """
    file = file_of(database)
    with file.locked(database.actor) as held:
        image, stamp = file.image_and_stamp(held)
        if is_laid_out_anew:
            image = _laid_out_anew(file.read_bytes())
        file.replace(
            held, lambda write_piece: write_changes(image, write_piece, image.meta, {}), image.meta["revision"], stamp
        )


def _laid_out_anew(raw: bytes) -> StoreImage:
    """The image of a valid store in the lines that this program writes. Raises: StoreDamaged."""
    image = read_quickly(raw)
    # First its line of `_meta` alone: a key may stand twice in it, which is refused everywhere else.
    return read_strictly(raw if image is None else serialize_changes(image, image.meta, {}))


def write_copy_anew(database: Database, copy: Copy, *, is_laid_out_anew: bool = False) -> None:
    """Write a copy anew, as `write_store_anew` does the store. Raises: StoreBusy, StoreUnusable, OSError."""
    file = file_of(database)
    with file.locked(database.actor), file.copies.open_folder() as folder:
        old, _ = folder.open_file(copy.name)
        try:
            raw = read_whole(old)
            if is_laid_out_anew:
                image = _laid_out_anew(raw)
                raw = serialize_changes(image, image.meta, {})
            file.copies.rewrite(copy, raw)
        finally:
            close_quietly(old)


def _give_to_root(descriptor: int) -> None:
    os.fchown(descriptor, 0, -1)
