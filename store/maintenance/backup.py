"""Making stores, backups of them, and bringing one back."""

from __future__ import annotations

import os
import stat

from store.atomic_write import make_folders
from store.errors import NotAllowed, StoreDamaged, StoreNewer, StoreUnusable, UsageError, already_there
from store.file import quick_reader
from store.file.file_store import file_of
from store.file.serializer import changed, write_changed
from store.file.strict_reader import read, read_strictly
from store.model.schema import TABLES
from store.rules.valid_record import COUNTABLE
from store.text import clean_line, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from store.database import Database
    from store.file.automatic_copies import Copies, Copy
    from store.model.record_types import Meta, Settings

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600
SHARED_FOLDER, SHARED_FILE = 0o2770, 0o660


def make_private(database: Database, settings: Settings) -> list[str]:
    """Make a store that only its owner can read, in a folder of its own if there is none yet.

    Returns what went wrong after it was made. Raises: StoreUnusable.
    """
    folder = file_of(database).folder
    _refuse_existing(database)
    try:
        make_folders(folder, PRIVATE_FOLDER)
    except OSError as error:
        raise StoreUnusable(f"{folder} cannot be made: {error.strerror}", code="init.folder-not-made") from None
    return database.create(settings, PRIVATE_FILE)


def make_shared(database: Database, settings: Settings, group: str | None) -> list[str]:
    """Make a store for a group of users: its folder hands its group on, and its files are theirs alone.

    Returns what went wrong after it was made. Raises: UsageError for an unknown group; NotAllowed when the folder
    holds other things; StoreUnusable.
    """
    folder = file_of(database).folder
    _refuse_existing(database)
    number = _group_number(group) if group is not None else None
    try:
        # Whoever is in the group must get through those above it.
        make_folders(folder, PRIVATE_FOLDER, above=0o755)
        status = os.stat(folder)
        number = status.st_gid if number is None else number
        is_ready = stat.S_IMODE(status.st_mode) & 0o2070 == 0o2070 and status.st_gid == number
        if not is_ready:
            if os.listdir(folder):
                raise NotAllowed(
                    f"{folder} holds other things and is no shared folder: name a folder of its own, or run "
                    f"chgrp {group or number} {folder} && chmod 2770 {folder}",
                    code="init.folder-not-empty",
                )
            os.chown(folder, -1, number)
            os.chmod(folder, SHARED_FOLDER)
    except OSError as error:
        told = f"{folder} cannot be made a shared folder: {error.strerror}"
        raise StoreUnusable(told, code="init.folder-not-shared") from None
    return database.create(settings, SHARED_FILE, number)


def _refuse_existing(database: Database) -> None:
    path = database.path
    if os.path.lexists(path):
        raise already_there(path, code="init.there-already")


def _group_number(name: str) -> int:
    import grp

    try:
        return grp.getgrnam(name).gr_gid
    except KeyError:
        raise UsageError(f'there is no group "{name}" on this machine', code="init.group-unknown") from None


def backup(database: Database, path: str | None) -> str:
    """Write a copy of the store and read it back. Returns its path: a new file, beside the store unless named.

    Raises: StoreUnusable; NotAllowed when the file is there already.
    """
    raw = file_of(database).read_bytes()
    image = file_of(database).parsed(raw)
    stem = file_of(database).name.removesuffix(".json")
    name = f"{stem}.backup-{image.meta['revision']:06d}.json"
    if path is None:
        path = os.path.join(file_of(database).folder, name)
    elif os.path.isdir(path):
        path = os.path.join(path, name)
    if os.path.lexists(path):
        raise NotAllowed(f"{path} is there already: name another file", code="backup.there-already")
    made = file_of(database.beside(path))
    made.sweep()  # What a backup of this name left that was killed.
    try:
        trouble = made.create(raw, PRIVATE_FILE)
        if made.read_bytes() != raw:
            trouble = ["it does not read back as it was written"]
    except StoreUnusable as error:
        if made.stamp() is None:
            raise StoreUnusable(f"{path} was {error.sentence}", code=error.code, values=error.values) from None
        trouble = [error.sentence]
    if trouble:
        made.forget()
        told = f"{path} was removed again, the disk cannot be trusted: {'; '.join(trouble)}"
        raise StoreUnusable(told, code="backup.disk-not-trusted")
    return path


def copies_of(database: Database) -> Copies:
    """The automatic copies of a store."""
    return file_of(database).copies


def whole(database: Database) -> tuple[bytes, int]:
    """The store as the bytes of a file that is a store itself, and how many commitments it holds.

    Raises: StoreUnusable.
    """
    image = file_of(database).image_and_stamp(is_whole=True)[0]
    return changed(image, image.meta, {}), sum(1 for _ in image.numbers("commitments"))


class Restored:
    """What a restore did: the revision brought back, the revision the store now has, where the old file is."""

    __slots__ = ("from_revision", "kept_as", "revision", "warnings")

    def __init__(self, from_revision: int, revision: int, kept_as: str | None, warnings: list[str]) -> None:
        self.from_revision = from_revision
        self.revision = revision
        self.kept_as = kept_as
        self.warnings = warnings


def restore(database: Database, wanted: str | None) -> Restored:
    """Bring back a copy: `wanted` is the revision of an automatic one, or a file; None takes the newest good one.

    The store and all its records get a revision above any that was seen, so that nobody takes the old state for
    the one that he looked at. The replaced file stays beside the store. Raises: NotAllowed when the store is
    healthy and no copy is named, or there is no such copy; StoreUnusable.
    """
    storage = file_of(database)
    if storage.stamp() and not storage.is_file():
        told = f"{storage.path} is not a file that can hold a store: move it away, then restore"
        raise StoreUnusable(told, code="restore.not-a-file")
    with storage.locked(database.actor) as held:
        storage.sweep()
        present = _present(database)
        if wanted is None and present is not None:
            told = "the store is healthy: name the copy that is to take its place"
            raise NotAllowed(told, code="restore.store-is-healthy")
        image = _wanted(database, wanted)
        known = present.meta if present is not None else _meta_of_damaged(database)
        seen = [copy.revision + 1 for copy in storage.copies.all()]
        seen += [image.meta["revision"], known.get("revision", 0)]
        raw, revision = _raised(image, max(seen) + 1, known.get("next", {}), database)
        kept_as = _name_for_replaced(database)
        is_kept = storage.put_in_place(held, raw, kept_as)
        # Kept as a copy at once: should this file be damaged before its first change, its revision is still known.
        held.warnings += filter(None, [storage.copies.keep_bytes(raw, storage.path, revision)])
    return Restored(image.meta["revision"], revision, kept_as if is_kept else None, held.warnings)


def _name_for_replaced(database: Database) -> str:
    stem = os.path.join(file_of(database).folder, file_of(database).name.removesuffix(".json"))
    now = database.clock.now().replace("-", "").replace(":", "")
    path, count = f"{stem}.replaced-{now}.json", 1
    while os.path.lexists(path):
        count += 1
        path = f"{stem}.replaced-{now}-{count}.json"
    return path


def _present(database: Database) -> quick_reader.StoreImage | None:
    """The store as it is; None when it is missing or damaged."""
    try:
        return read(file_of(database).read_bytes())
    except StoreNewer:
        raise
    except StoreUnusable:
        return None


def _meta_of_damaged(database: Database) -> Mapping[str, Any]:
    """The revision and the next numbers that the first line of a damaged store still tells, as far as it does."""
    import json

    try:
        line = file_of(database).read_bytes().split(b"\n", 1)[0]
        meta = json.loads(line.rstrip(b",") + b"}")["_meta"]["1"]
        numbers = {name: number for name, number in meta["next"].items() if _is_plausible(number)}
        return {"next": numbers, **({"revision": meta["revision"]} if _is_plausible(meta["revision"]) else {})}
    except (StoreUnusable, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _is_plausible(number: object) -> bool:
    """Whether a number in a damaged file can be one that was counted up to."""
    return type(number) is int and 0 < number < COUNTABLE


def _wanted(database: Database, wanted: str | None) -> quick_reader.StoreImage:
    copies = file_of(database).copies
    if wanted is None:
        newest = copies.newest_good()
        if newest is None:
            told = f"there is no good automatic copy in {copies.folder}: name a backup file"
            raise NotAllowed(told, code="restore.no-good-copy")
        return copies.read(newest)
    if wanted.isdecimal() and not os.path.exists(wanted):
        copy = next((copy for copy in copies.all() if copy.revision == int(wanted)), None)
        if copy is None:
            told = f"there is no automatic copy of revision {wanted}"
            raise NotAllowed(told, code="restore.no-such-revision")
        return _read_copy(database, copy)
    if not os.path.exists(wanted):
        raise NotAllowed(f"there is no copy {wanted}", code="restore.no-such-copy")
    return file_of(database.beside(wanted)).image()


def _read_copy(database: Database, copy: Copy) -> quick_reader.StoreImage:
    try:
        return file_of(database).copies.read(copy)
    except StoreUnusable as error:
        told = f"the copy {copy.path} cannot be brought back: {error.sentence}"
        raise StoreUnusable(told, code="restore.copy-unusable") from None


def _raised(
    image: quick_reader.StoreImage, revision: int, given: Mapping[str, int], database: Database
) -> tuple[bytes, int]:
    """The file of this image with all its revisions at `revision`, and the event that says so; no number of a
    record is below those of `given`."""
    numbers = dict(image.meta["next"])
    for name in TABLES:
        numbers[name] = max(numbers[name], given.get(name, 1))
    seq = numbers["events"]
    numbers["events"] = seq + 1
    changes: dict[str, dict[int, dict[str, Any]]] = {
        name: {number: {**record, "revision": revision} for number, record in image.table(name).items()}
        for name in ("visits", "parties", "commitments")
    }
    event = {
        "seq": seq,
        "change": revision,
        "at": database.clock.now(),
        "day": database.clock.today(image.meta["settings"].get("timezone")),
        "who": database.actor,
        "action": "restore",
        "note": f"brought back revision {image.meta['revision']}",
    }
    meta: Meta = {**image.meta, "revision": revision, "next": numbers}
    touched = {name: records for name, records in changes.items() if records}
    return changed(image, meta, {**touched, "events": {seq: event}}), revision


class Brought:
    """A whole store that came into an empty one: its records by table, and whether all were there already."""

    __slots__ = ("counts", "is_same", "warnings")

    def __init__(self, counts: Mapping[str, int], *, is_same: bool) -> None:
        self.counts = counts
        self.is_same = is_same
        self.warnings: list[str] = []


def bring_in(database: Database, raw: bytes, name: str, *, is_dry_run: bool = False) -> Brought:
    """Let a store come in whole from the bytes of a file called `name`: records, history, numbers, settings.

    A store that holds settings and no records is empty: those of the file take their place, which is told among the
    warnings. On trial nothing is locked or written. Raises: NotAllowed when the store holds something else already,
    or the file is no store; StoreUnusable.
    """
    try:
        wanted = read_strictly(raw)
    except StoreNewer:
        raise
    except StoreDamaged as damage:
        told = f"{visible(name)} is no store that can be trusted: {damage.sentence}"
        raise NotAllowed(told, code="import.store-damaged") from None
    if is_dry_run:
        return _compared(database, wanted)
    with file_of(database).locked(database.actor) as held:
        file_of(database).sweep()
        brought = _compared(database, wanted)
        if brought.is_same:
            return brought
        present, seen = file_of(database).image_and_stamp()
        revision = max(wanted.meta["revision"], present.meta["revision"]) + 1
        event = _import_event(database, wanted, revision, name)
        seq = event["seq"]
        meta: Meta = {**wanted.meta, "revision": revision, "next": {**wanted.meta["next"], "events": seq + 1}}
        file_of(database).replace(
            held,
            lambda put: write_changed(wanted, put, meta, {"events": {seq: event}}),
            present.meta["revision"],
            seen,
        )
        brought.warnings += held.warnings
    return brought


def _import_event(database: Database, wanted: quick_reader.StoreImage, revision: int, name: str) -> dict[str, Any]:
    """The event that says, behind its own history, from which file a store came in."""
    return {
        "seq": wanted.meta["next"]["events"],
        "change": revision,
        "at": database.clock.now(),
        "day": database.clock.today(wanted.settings.get("timezone")),
        "who": database.actor,
        "action": "import",
        "note": f"revision {wanted.meta['revision']}",
        "imported": clean_line(name),
    }


def _compared(database: Database, wanted: quick_reader.StoreImage) -> Brought:
    """What would come in, beside what is there. Raises: NotAllowed when that is something else."""
    present = file_of(database).image()
    counts = {table: len(wanted.table(table)) for table in TABLES}
    events, its = present.table("events"), wanted.table("events")
    is_same = all(present.table(table) == wanted.table(table) for table in TABLES[:-1])
    is_same = is_same and all(events.get(seq) == event for seq, event in its.items())
    if is_same and (its or present.settings == wanted.settings):
        return Brought(counts, is_same=True)
    there = [table for table in TABLES[:-1] if present.table(table)]
    if not there and any("revision" in event for event in events.values()):
        there = ["the history of what was removed"]
    if there:
        raise NotAllowed(
            f"a whole store comes into an empty one only, and this one holds {', '.join(there)}",
            code="import.store-not-empty",
        )
    brought = Brought(counts, is_same=False)
    if replaced := _replaced_settings(present.settings, wanted.settings):
        brought.warnings.append(f"the settings of the file take the place of those of this store: {replaced}")
    return brought


def _replaced_settings(present: Mapping[str, Any], wanted: Mapping[str, Any]) -> str:
    """Which settings of its own a store loses to those that the records of the file were made under."""
    replaced = [
        f"{name.replace('_', '-')} {visible(str(value))} -> {visible(str(wanted.get(name, 'none')))}"
        for name, value in present.items()
        if value != wanted.get(name)
    ]
    return ", ".join(replaced)
