"""The doctor: examines a store, and repairs what can be repaired safely."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from functools import partial

from store.atomic_write import is_running, set_mode
from store.errors import StoreUnusable
from store.file import quick_reader
from store.file.file_store import file_of
from store.file.permissions import PRIVATE_FILE, SHARED_FILE, SHARED_FOLDER, mode_at, narrow, sharing_group
from store.file.serializer import write_changes
from store.file.strict_reader import read_strictly
from store.rules.history import SUMMARY_FIELDS, summary
from store.rules.newer_version import known_events, refuse_unknown_words
from store.rules.valid_store import faults
from store.transaction import KEY_OF_TABLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from store.database import Database
    from store.model.record_types import Commitment, Event

_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "ceph", "glusterfs"})


class Finding:
    """One fault, and the function that repairs it when that is safe.

    `code` stands for the sentence where the command line adds what to type.
    """

    __slots__ = ("code", "mend", "sentence")

    def __init__(self, sentence: str, mend: Callable[[], None] | None = None, *, code: str = "") -> None:
        self.sentence = sentence
        self.mend = mend
        self.code = code


def examine(database: Database) -> list[Finding]:
    """Examine a store. Returns its faults, the worst first. Raises: StoreUnusable when it cannot be read at all."""
    file = file_of(database)
    raw = file.read_bytes()
    image = file.parse(raw)
    _refuse_newer(image)
    return [
        *(_invalid(raw) or _records(database, raw, image)),
        *_modes(database),
        *_folder(database),
        *_leftovers(database),
        *_copies(database),
        *_disk(database, len(raw)),
    ]


def _refuse_newer(image: quick_reader.StoreImage) -> None:
    """Refuse a store with a word that only a newer version knows. Raises: StoreNewer.

    A record of the wrong shape is damage, which `_invalid` reports.
    """
    with suppress(AttributeError, KeyError, TypeError):
        for commitment in image.table("commitments").values():
            refuse_unknown_words(commitment)
        for _ in known_events(image.table("events").values()):
            pass


def _invalid(raw: bytes) -> list[Finding]:
    """The fault of a store that is invalid under a matching checksum; then no record can be trusted."""
    try:
        read_strictly(raw)
    except StoreUnusable as error:
        return [Finding(f"the store holds a record that is not valid: {error.sentence}")]
    return []


def _records(database: Database, raw: bytes, image: quick_reader.StoreImage) -> Iterator[Finding]:
    if quick_reader.read_quickly(raw) is None:
        yield Finding(
            "the store was written by another program since the last change (it is whole and valid)",
            lambda: _write_anew(database),
        )
    yield from _references(image)
    yield from _lost(image)
    yield from _summaries(database, image)


def _write_anew(database: Database) -> None:
    """Write the file anew, without a change of its records."""
    storage = file_of(database)
    with storage.locked(database.actor) as held:
        image, stamp = storage.image_and_stamp()
        storage.replace(
            held, lambda write_piece: write_changes(image, write_piece, image.meta, {}), image.meta["revision"], stamp
        )


def _references(image: quick_reader.StoreImage) -> Iterator[Finding]:
    visits, parties, commitments = (image.table(name) for name in ("visits", "parties", "commitments"))
    for sentence in faults(visits.values(), parties.values(), commitments):
        yield Finding(sentence)


def _lost(image: quick_reader.StoreImage) -> Iterator[Finding]:
    """Records that were added and not removed, and are missing: another program left them out."""
    events = image.table("events")
    for table, key in KEY_OF_TABLE.items():
        created = {
            event[key]: event["fields"]["created"][1]
            for _, event in sorted(events.items())
            if key in event and "created" in event.get("fields", {})
        }
        lost = {number for number, instant in created.items() if instant is not None} - image.table(table).keys()
        for number in sorted(lost):
            what = "commitment" if key == "id" else key
            yield Finding(
                f"{what} {number} is in the history, and not in the store: another program left it out",
                code="doctor.record-left-out",
            )


def _summaries(database: Database, image: quick_reader.StoreImage) -> Iterator[Finding]:
    events: dict[int, list[Event]] = {}
    for event in image.table("events").values():
        if "id" in event:
            events.setdefault(event["id"], []).append(event)
    for number, commitment in image.table("commitments").items():
        stored = {name: commitment[name] for name in SUMMARY_FIELDS if name in commitment}
        expected = summary(events.get(number, []))
        if stored != expected:
            yield Finding(
                f"commitment {number} sums its history up wrongly (last news, chases)",
                partial(_sum_up, database, number),
            )


def _sum_up(database: Database, number: int) -> None:
    with database.transaction() as tx:
        commitment: Commitment = tx.commitment(number)
        expected = summary(tx.events_of("commitments", number))
        fields = {name: expected.get(name) for name in SUMMARY_FIELDS}
        tx.write("commitments", commitment["id"], fields, action="repair")


def _modes(database: Database) -> Iterator[Finding]:
    storage = file_of(database)
    store = os.stat(storage.path)
    group = sharing_group(storage.folder)
    mode = stat.S_IMODE(store.st_mode)
    if mode & 0o007:
        yield Finding(
            f"{storage.path} can be opened by everybody on this machine (mode {mode:04o})",
            lambda: os.chmod(storage.path, mode & 0o770),
        )
    if group is not None:
        yield from _shut_out(storage.path, "the store", SHARED_FILE, group)
    if os.path.lexists(storage.lock_path):
        lock = os.lstat(storage.lock_path)
        if not stat.S_ISREG(lock.st_mode):
            yield Finding(f"the lock {storage.lock_path} is not a file: remove it")
        elif lock.st_nlink > 1:
            yield Finding(f"the lock {storage.lock_path} is another file of somebody's (a hard link): remove it")
        elif group is not None:
            yield from _shut_out(storage.lock_path, "the lock", SHARED_FILE, group)
    if os.path.lexists(storage.copies.folder) and not stat.S_ISDIR(os.lstat(storage.copies.folder).st_mode):
        yield Finding(f"the folder of the copies {storage.copies.folder} is not a folder: remove it")
    elif group is not None and os.path.lexists(storage.copies.folder):
        yield from _shut_out(storage.copies.folder, "the folder of the copies", SHARED_FOLDER, group)
    allowed = mode | (SHARED_FILE if group is not None else 0)
    for copy in storage.copies.all():
        wide = stat.S_IMODE(mode_at(copy.path))
        if wide & ~allowed & 0o077:
            yield Finding(
                f"the copy {copy.path} can be read by more people than the store",
                partial(narrow, copy.path, allowed),
            )
    others = store.st_nlink - 1 - sum(_inode_of(copy.path) == store.st_ino for copy in storage.copies.all())
    if others > 0:
        yield Finding(f"{storage.path} has {others} other names (hard links), which keep the old state at each change")


def _inode_of(path: str) -> int:
    """The inode of a file; 0 when another change has removed it meanwhile."""
    try:
        return os.lstat(path).st_ino
    except OSError:
        return 0


def _shut_out(path: str, what: str, mode: int, group: int) -> Iterator[Finding]:
    """The fault of a file or folder that the group which shares the store cannot use."""
    status = os.stat(path)

    def open_up() -> None:
        if status.st_gid != group:
            os.chown(path, -1, group, follow_symlinks=False)
        # Read again: an earlier repair may have changed it.
        set_mode(path, stat.S_IMODE(os.stat(path).st_mode) | mode)

    if status.st_gid != group or stat.S_IMODE(status.st_mode) & mode != mode:
        yield Finding(f"{what} {path} shuts out the group that shares the store", open_up)


def _add_to_mode(path: str, bits: int) -> None:
    os.chmod(path, stat.S_IMODE(os.stat(path).st_mode) | bits)


def _folder(database: Database) -> Iterator[Finding]:
    storage = file_of(database)
    status = os.stat(storage.folder)
    mode = stat.S_IMODE(status.st_mode)
    # A folder that its group may write in, or whose group (or that of the copies) is handed on, was shared. Bits are
    # added only to one that is the group's alone, as `init --shared` makes it: never to somebody's home.
    has_group = os.stat(storage.path).st_mode & 0o060
    copies = stat.S_IMODE(os.stat(storage.copies.folder).st_mode) if os.path.isdir(storage.copies.folder) else 0
    is_shared = mode & stat.S_ISGID or (has_group and (mode & 0o020 or copies & stat.S_ISGID))
    if has_group and not is_shared:
        yield Finding(
            f"{storage.path} can be opened by its group, which does not share the folder",
            lambda: set_mode(storage.path, PRIVATE_FILE),
        )
    if is_shared and not mode & stat.S_ISGID:
        yield Finding(
            f"{storage.folder} does not hand its group on, so a change by one user shuts the others out",
            None if mode & 0o007 else lambda: _add_to_mode(storage.folder, stat.S_ISGID),
        )
    if is_shared and mode & 0o070 != 0o070:
        yield Finding(
            f"{storage.folder} may not be used by the group that shares it (mode {mode:04o})",
            lambda: _add_to_mode(storage.folder, 0o070),
        )
    if is_shared and mode & stat.S_ISVTX:
        yield Finding(f"{storage.folder} is sticky: only the owner of the store can change it; run chmod -t on it")
    if mode & 0o002:
        yield Finding(f"everybody on this machine can write in {storage.folder}: run chmod o-w on it")
    if not os.access(storage.folder, os.W_OK):
        yield Finding(f"you may not write in {storage.folder}: you can look at the store, not change it")


def _leftovers(database: Database) -> Iterator[Finding]:
    file = file_of(database)
    names = [name for name in file.leftovers() if not _is_being_written(name)]
    # A change that was still at it when the names were listed may have come to its end before it was looked for.
    names = [name for name in names if os.path.lexists(os.path.join(file.folder, name))]
    if names:
        yield Finding(
            f"{len(names)} temporary {'file' if len(names) == 1 else 'files'} of a change that was cut off "
            f"({names[0]}); the next change removes them",
            lambda: _sweep(database),
        )


def _is_being_written(name: str) -> bool:
    """Whether the process named in a temporary file's name still runs, so that it is in use."""
    return any(part.isdecimal() and is_running(int(part)) for part in name.split(".")[-3:-1])


def _sweep(database: Database) -> None:
    file = file_of(database)
    with file.locked(database.actor):
        file.sweep()


def _copies(database: Database) -> Iterator[Finding]:
    copies = file_of(database).copies
    folder = copies.folder
    if os.path.isdir(folder) and not os.access(folder, os.R_OK | os.X_OK):
        yield Finding(f"you may not look into {folder}: a damaged store cannot be brought back by you")
    for copy in copies.all():
        try:
            copies.read(copy)
        except StoreUnusable as error:
            if os.path.lexists(copy.path):  # Else a change has removed it meanwhile.
                yield Finding(f"the copy {copy.path} is of no use: {error.sentence}")


def _disk(database: Database, size: int) -> Iterator[Finding]:
    folder = file_of(database).folder
    space = os.statvfs(folder)
    free = space.f_bavail * space.f_frsize
    if free < 4 * size + (1 << 20):
        yield Finding(
            f"only {free // 1024} KiB are free in {folder}: "
            f"keep {(4 * size + (1 << 20)) // 1024} KiB for changes and copies"
        )
    kind = _file_system(folder)
    if kind in _NETWORK:
        yield Finding(f"{folder} is on a network file system ({kind}): all who change the store must be on one machine")


def _file_system(folder: str) -> str:
    """The type of the file system that holds a folder, from the longest mount point above it."""
    best, kind = "", ""
    try:
        with open("/proc/self/mounts", encoding="utf-8", errors="surrogateescape") as mounts:
            for line in mounts:
                _, mount_point, this_kind, *_ = line.split(" ")
                mount_point = mount_point.replace("\\040", " ")
                inside = folder == mount_point or folder.startswith(mount_point.rstrip("/") + "/")
                if inside and len(mount_point) >= len(best):
                    best, kind = mount_point, this_kind
    except OSError:
        return ""
    return kind
