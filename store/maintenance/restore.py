"""Restores a store from an automatic copy or a backup."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from functools import cache

from store.errors import NotAllowed, StoreDamaged, StoreMoved, StoreNewer, StoreUnusable, unreadable
from store.file.file_store import file_of
from store.file.permissions import PRIVATE_FILE, sharing_group
from store.file.serialize_file import serialize_changes
from store.file.strict_reader import check_strictly, read
from store.file.who_can_tamper import outsider
from store.maintenance.backup import whole_of
from store.maintenance.create_store import make_private_folder, refuse_folder_of_another
from store.maintenance.names_of_replaced_stores import name_for_replaced, outdated_stores
from store.maintenance.server_of_database import is_on_server, server_of
from store.model.format_version import TABLES
from store.open_folder import OpenFolder, resolved
from store.rules.numbering import counted_on
from store.rules.valid_record import NEVER_REACHED
from store.sanitise_text import visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from store.database import Database
    from store.file.automatic_copies import Copies, Copy
    from store.file.file_store import FileStore
    from store.file.quick_reader import StoreImage
    from store.model.record_types import Meta
    from store.rules.audit_line_and_chain import AuditLine


_MOST = 40
"""The length to which a revision that is not there is cut in a refusal."""


class MadeStore:
    """A store that a restore made where nothing was: path, folder, their modes, the group that shares it if any."""

    __slots__ = ("folder", "folder_mode", "group", "mode", "path")

    def __init__(self, file: FileStore, folder: OpenFolder) -> None:
        self.path, self.folder = file.path, file.folder
        self.mode = stat.S_IMODE(folder.mode_of(file.name))
        self.folder_mode = stat.S_IMODE(folder.status().st_mode)
        self.group = sharing_group(folder.status())


class RestoreResult:
    """The result of a restore: the revision restored, the revision the store has now, the path of the replaced file.

    `made` is the store where there was none, nor a copy of one, so that its modes are new.
    """

    __slots__ = ("from_revision", "kept_as", "made", "revision", "warnings")

    def __init__(
        self, from_revision: int, revision: int, kept_as: str | None, warnings: list[str], made: MadeStore | None = None
    ) -> None:
        self.from_revision = from_revision
        self.revision = revision
        self.kept_as = kept_as
        self.warnings = warnings
        self.made = made


def restore(database: Database, source: str | None) -> RestoreResult:
    """Replace the store by a copy of it, keeping the replaced file beside it; where no store is, make it.

    `source` is the revision of an automatic copy, which digits alone always are, or the path of a backup; None: the
    newest valid automatic copy. The store and all its records get a revision above every earlier one, so that nobody
    takes the restored state for one that they have read. Raises: NotAllowed when the store is valid and no copy is
    named, there is no such copy, or an outsider can have made it; StoreUnusable.
    """
    if is_on_server(database):
        return _restore_on_server(database, source)
    storage = file_of(database)
    if storage.stamp() and not storage.is_file():
        sentence = tr("{path} is not a file that can hold a store: move it away, then restore", path=storage.path)
        raise StoreUnusable(sentence, code="restore.not-a-file")
    if not storage.has_folder():
        _read_source(database, source)  # What is refused makes no folder.
        refuse_folder_of_another(storage.folder)
        make_private_folder(storage.folder, above=0o755)  # So that it can be shared.
    warnings = refuse_folder_of_another(storage.folder) if storage.stamp() is None else []
    with storage.locked(database.actor) as held:
        held.warnings += warnings
        storage.sweep(held.folder)
        current = _read_current(storage)
        if source is None and current is not None:
            sentence = tr("the store is healthy: name the copy that is to take its place")
            raise NotAllowed(sentence, code="restore.store-is-healthy")
        image = _read_source(database, source)
        meta = current.meta if current is not None else _salvage_meta(storage)
        own = meta.get("revision", 0)
        # A copy is what a change found: the next one may have been made. A restore copies what it left as well.
        revisions = [copy.revision + 1 for copy in storage.copies.all() if copy.revision != own]
        revisions += [image.meta["revision"], own]
        revision = max(filter(_is_plausible, revisions), default=0) + 1
        now, who = database.clock.now(), database.actor
        new, changes, line = _with_new_revision(image, revision, meta.get("next", {}), database, now, who)
        raw = serialize_changes(image, new, changes)
        kept_as = name_for_replaced(storage.name, held.folder, now)
        is_new = storage.stamp() is None and not storage.copies.all()
        is_shared = current is None and (is_new or _was_shared(storage, image))
        is_kept = storage.replace_keeping_old(held, raw, kept_as, is_shared=is_shared)
        # Copied at once: should this file be damaged before its first change, its revision is still known.
        held.warnings += filter(None, [storage.keep_bytes(held, raw, revision)])
        if line is not None and (trail := database.audit_trail()):
            trail.write(line, held.warnings)
        kept_path = held.folder.path_of(kept_as) if is_kept else None
        held.warnings += _clear_up(storage.name, held.folder, now[:10])
        made = MadeStore(storage, held.folder) if is_new else None
    return RestoreResult(image.meta["revision"], revision, kept_path, held.warnings, made)


def _restore_on_server(database: Database, source: str | None) -> RestoreResult:
    """The same on a server, after saving the present store to a file in the current folder."""
    if source is None or _is_revision(source):
        sentence = tr("a server keeps no automatic copies of this program's: name the file of a backup")
        raise NotAllowed(sentence, code="restore.no-copies-on-server")
    file = file_of(database.beside(source))
    if file.stamp() is None:
        raise NotAllowed(tr("there is no backup {source}", source=visible(source)), code="restore.no-such-backup")
    image = _image_of_backup(file, None)
    with server_of(database).begin("", database.clock.now, ()) as write:
        with write.while_it_goes_on():
            revision = max(filter(_is_plausible, (image.meta["revision"], write.image.meta["revision"])), default=0) + 1
            next_numbers = write.image.meta["next"]
            meta, changes, line = _with_new_revision(image, revision, next_numbers, database, write.now, write.actor)
            with OpenFolder.at(resolved(os.getcwd())) as folder:
                kept_as = folder.path_of(name_for_replaced("followup.json", folder, write.now))
            file_of(database.beside(kept_as)).create(whole_of(write.image), PRIVATE_FILE)
        write.replace(image, meta, changes)
        if line is not None and (trail := database.audit_trail()):
            trail.write(line, write.warnings)
    return RestoreResult(image.meta["revision"], revision, kept_as, write.warnings)


def _was_shared(file: FileStore, image: StoreImage) -> bool:
    """Whether an automatic copy open to all who share the folder begins like the restored one.

    A private store can lie in a shared folder as well, and whoever shares that can remove or damage its file.
    """
    beginning = next(image.records("events"), None)
    try:
        return beginning is not None and beginning in file.copies.beginnings()[1].values()
    except OSError:
        return False


def _clear_up(store: str, folder: OpenFolder, today: str) -> list[str]:
    """Remove the replaced stores that lie there for too long. Returns a sentence for each."""
    try:
        names = outdated_stores(store, folder, today)
        for name in names:
            folder.unlink(name)
    except OSError:
        return []  # The store is back all the same; doctor names them.
    return [tr("{name}, which an older restore left, was removed", name=folder.path_of(name)) for name in names]


def _read_current(file: FileStore) -> StoreImage | None:
    """The current store; None when it is missing, damaged, or has a record that is not valid. Raises: StoreNewer."""
    try:
        image = read(file.read_bytes())
        check_strictly(image)
        return image
    except (StoreNewer, StoreMoved):
        raise
    except StoreUnusable:
        return None


def _salvage_meta(file: FileStore) -> Mapping[str, Any]:
    """The revision and the next numbers in the first line of a damaged store, where they are readable and plausible."""
    import json

    try:
        line = file.read_bytes().split(b"\n", 1)[0]
        meta = json.loads(line.rstrip(b",") + b"}")["_meta"]["1"]
        numbers = {name: number for name, number in meta["next"].items() if _is_plausible(number)}
        return {"next": numbers, **({"revision": meta["revision"]} if _is_plausible(meta["revision"]) else {})}
    except (StoreUnusable, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _is_plausible(number: object) -> bool:
    """Whether a number can be a counter's: one that a damaged file holds, or that another program wrote, may be any."""
    return type(number) is int and 0 < number < NEVER_REACHED


def _read_source(database: Database, source: str | None) -> StoreImage:
    """The image of the copy that `source` names, as for `restore`. Raises: NotAllowed, StoreUnusable."""
    copies = file_of(database).copies
    if source is None:
        beginnings = cache(copies.beginnings)
        for each in copies.all():
            with suppress(StoreUnusable):
                return copies.read_own(each, with_history=True, beginnings=beginnings)
        sentence = tr("there is no good automatic copy in {folder}: name a backup file", folder=copies.folder)
        raise NotAllowed(sentence, code="restore.no-good-copy")
    if _is_revision(source):
        revision = source.lstrip("0")
        copy = next((copy for copy in copies.all() if str(copy.revision) == revision), None)
        if copy is None:
            sentence = tr("there is no automatic copy of revision {source}", source=source[:_MOST])
            raise NotAllowed(sentence, code="restore.no-such-revision")
        return _read_copy(copies, copy)
    file = file_of(database.beside(source))
    if file.stamp() is None:
        raise NotAllowed(tr("there is no copy {source}", source=visible(source)), code="restore.no-such-copy")
    return _image_of_backup(file, database.path)


def _is_revision(source: str) -> bool:
    """Whether digits alone are typed: never a file, or anyone who writes to the current folder chose the copy."""
    return source.isascii() and source.isdecimal()


def _image_of_backup(file: FileStore, store: str | None) -> StoreImage:
    """The image of a backup, validated whatever its sum says; refused where an outsider can have put it there.

    What is asked about is the open file that is read: its name can stand for another one at each moment.
    Raises: NotAllowed, StoreUnusable.
    """
    opened = file.open_to_read()
    try:
        who = outsider(file.path, store, opened.fileno())
    except OSError as error:
        opened.close()
        raise unreadable(file.path, error) from None
    if who is not None:
        opened.close()
        sentence = tr(
            "{path} can be changed by {who}, who may not change the store",
            path=visible(file.path),
            who=visible(str(who)),
        )
        raise NotAllowed(sentence, code="restore.backup-of-outsider", values={"path": file.path})
    try:
        image = file.image_in(opened)
        file.check_strictly(image)
    except StoreDamaged as error:
        if "what" not in error.values:
            raise  # It has copies of its own, of which the refusal names the newest.
        what = error.values["what"]
        sentence = tr(
            "{path} is no good copy of a store: {what}; nothing was changed", path=visible(file.path), what=what
        )
        raise StoreDamaged(sentence, code="restore.backup-unusable") from None
    return image


def _read_copy(copies: Copies, copy: Copy) -> StoreImage:
    try:
        return copies.read_own(copy, with_history=True)
    except StoreUnusable as error:
        sentence = tr("the copy {path} cannot be brought back: {sentence}", path=copy.path, sentence=error.sentence)
        raise StoreUnusable(sentence, code="restore.copy-unusable") from None


def _with_new_revision(
    image: StoreImage, revision: int, next_numbers: Mapping[str, int], database: Database, now: str, who: str
) -> tuple[Meta, dict[str, dict[int, Any]], AuditLine | None]:
    """The `_meta` and the changes that give each record of this image `revision`, and record the restore.

    No table's next number is below that of `next_numbers`, if a store can count so far; `now` and `who` are those
    of the restore. The third is the line of the audit trail, if there is one.
    """
    own = {name: number if _is_plausible(number) else 1 for name, number in image.meta["next"].items()}
    numbers = counted_on(own, {name: image.numbers(name) for name in TABLES}, image.records("events"))
    for name in TABLES:
        numbers[name] = max([numbers[name], *filter(_is_plausible, [next_numbers.get(name, 1)])])
    seq = numbers["events"]
    numbers["events"] = seq + 1
    changes: dict[str, dict[int, dict[str, Any]]] = {
        name: {number: {**record, "revision": revision} for number, record in image.table(name).items()}
        for name in ("visits", "parties", "commitments")
    }
    event = {
        "seq": seq,
        "change": revision,
        "at": now,
        "day": database.clock.today(image.meta["settings"].get("timezone")),
        "who": who,
        "action": "restore",
        "note": f"brought back revision {image.meta['revision']}",
    }
    meta: Meta = {**image.meta, "revision": revision, "next": numbers}
    line = None
    if trail := database.audit_trail():
        meta, line = trail.next(meta, image, {seq: event}, image.meta["revision"])
    touched = {name: records for name, records in changes.items() if records}
    return meta, {**touched, "events": {seq: event}}, line
