"""Moves a whole store from its file to a server, and back: at no moment can both be changed.

Each step is durable before the next one and can be done again, so that the same command goes on after a crash. On the
way in the server's store is closed until a note stands in the file's place; on the way out it is closed first.
"""

from __future__ import annotations

import socket

from store.errors import NotAllowed, StoreMissing, StoreMoved, StoreUnusable
from store.file.file_store import file_of
from store.file.moved_note import moved_note, moved_to
from store.file.permissions import PRIVATE_FILE, SHARED_FILE, sharing_group
from store.file.serialize_file import serialize_changes
from store.file.strict_reader import read
from store.maintenance.backup import whole_of
from store.maintenance.create_store import ON_TRUST, refuse_folder_of_another
from store.maintenance.names_of_replaced_stores import name_for_replaced
from store.maintenance.server_of_database import is_on_server, server_of
from store.model.format_version import TABLES
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from store.database import Database
    from store.file.file_store import FileStore
    from store.file.quick_reader import StoreImage
    from store.model.record_types import Meta
    from store.server.server_store import ServerStore
    from store.snapshot import SnapshotSource

_COMING = "coming"
"""What a server's store that is being moved in says of where it is."""


class MoveResult:
    """The new place of the store, its revision, the path of what was there before, warnings."""

    __slots__ = ("kept_as", "revision", "warnings", "where")

    def __init__(self, where: str, revision: int, kept_as: str | None, warnings: list[str]) -> None:
        self.where = where
        self.revision = revision
        self.kept_as = kept_as
        self.warnings = warnings


def move(database: Database, target: Database, *, group: str | None = None, readers: str | None = None) -> MoveResult:
    """Move the store to the place that `target` names: from a file to a server, or back.

    `group` and `readers` are roles for a store that is made on the server. Raises: NotAllowed when there is another
    store, or both are files or servers; StoreUnusable.
    """
    if is_on_server(database) == is_on_server(target):
        sentence = tr("a store moves from a file to a server, or from a server to a file")
        raise NotAllowed(sentence, code="move.same-kind")
    if is_on_server(target):
        return _move_in(database, target, group, readers)
    return _move_out(database, target)


# From a file to a server.


def _move_in(database: Database, target: Database, group: str | None, readers: str | None) -> MoveResult:
    file, server = file_of(database), server_of(target, is_moving=True)
    if moved_to(file.read_bytes()) == target.name:  # Interrupted when the note lay there already.
        there = server.image()
        if there.moved == _COMING:
            server.set_moved(None)
        elif there.moved is not None:
            raise _moved(there.moved)
        return MoveResult(server.where, there.meta["revision"], None, [])
    with file.locked(database.actor) as held:
        file.sweep(held.folder)
        image, _ = file.image_and_stamp(held, with_history=True)
        file.check_strictly(image)  # A server has no copies to go back to.
        held.warnings += _make_ready(server, group, readers, image, _here(file.path))
        with server.begin("", database.clock.now, ()) as write:
            day = database.clock.today(image.settings.get("timezone"))
            meta, changes = _with_move(image, f"from {_here(file.path)}", write.now, day, write.actor)
            write.replace(image, meta, changes)
        if whole_of(server.image()) != serialize_changes(image, meta, changes):
            sentence = tr(
                "what {where} holds is not what was sent there; the store is where it was", where=server.where
            )
            raise StoreUnusable(sentence, code="move.differs")
        kept_as = name_for_replaced(file.name, held.folder, write.now, "moved")
        file.replace_keeping_old(held, moved_note(target.name), kept_as)
        server.set_moved(None)
    return MoveResult(server.where, meta["revision"], held.folder.path_of(kept_as), held.warnings)


def _make_ready(
    server: ServerStore, group: str | None, readers: str | None, image: StoreImage, place: str
) -> list[str]:
    """Create the server's store, closed, or close one that is empty or moved to this `place` before.

    Returns warnings. Raises: NotAllowed for one that holds what `image` does not.
    """
    try:
        there = server.image()
    except StoreMissing:
        return [] if server.create({}, group=group, readers=readers, moved=_COMING) else [tr(ON_TRUST)]
    if there.moved == _COMING:
        return []
    is_old = there.moved == place and _begins_with(image, there)
    if not is_old and (there.moved is not None or any(there.table(name) for name in TABLES)):
        sentence = tr("{where} holds a store already; nothing was moved", where=server.where)
        raise NotAllowed(sentence, code="move.target-not-empty")
    server.set_moved(_COMING)
    return []


def _begins_with(image: StoreImage, older: SnapshotSource) -> bool:
    """Whether the history of a store begins with that of an older one."""
    events = image.table("events")
    return all(events.get(seq) == event for seq, event in older.table("events").items())


# From a server to a file.


def _move_out(database: Database, target: Database) -> MoveResult:
    file, server = file_of(target), server_of(database, is_moving=True)
    place = _here(file.path)
    image_there = server.image()
    moved = image_there.moved
    if moved not in (None, place):
        raise _moved(moved)
    there = _bytes_there(file)
    if there is not None and moved_to(there) != database.name:
        revision = None
        if moved == place:
            revision = _revision_once_moved(there, server.where, image_there.meta["revision"] + 1)
        if revision is None:
            raise NotAllowed(tr("{path} is there already; nothing was moved", path=file.path), code="move.file-there")
        return MoveResult(file.path, revision, None, [])
    warnings = refuse_folder_of_another(file.folder) if there is None else []
    server.set_moved(place)
    image = read(whole_of(server.image()))
    now, day = database.clock.now(), database.clock.today(image.settings.get("timezone"))
    meta, changes = _with_move(image, f"from {server.where}", now, day, server.user())
    raw = serialize_changes(image, meta, changes)
    if there is None:
        with file.open_folder() as folder:
            group = sharing_group(folder.status())
        warnings += file.create(raw, SHARED_FILE if group is not None else PRIVATE_FILE, group)
        return MoveResult(file.path, meta["revision"], None, warnings)
    with file.locked(target.actor) as held:
        kept_as = name_for_replaced(file.name, held.folder, now, "moved-note")
        file.replace_keeping_old(held, raw, kept_as)
        held.folder.remove_quietly(kept_as)
    return MoveResult(file.path, meta["revision"], None, held.warnings)


def _bytes_there(file: FileStore) -> bytes | None:
    try:
        return file.read_bytes()
    except StoreMissing:
        return None


def _revision_once_moved(raw: bytes, where: str, change: int) -> int | None:
    """The revision of a file that an interrupted command moved here from that server; None for any other.

    `change` is that of the move, after which people may have worked on it already.
    """
    try:
        image = read(raw)
    except StoreUnusable:
        return None
    for event in image.newest_events():
        if event["change"] <= change:
            is_move = event["change"] == change and event["action"] == "move" and event.get("note") == f"from {where}"
            return image.meta["revision"] if is_move else None
    return None


# In both directions.


def _moved(place: str) -> StoreMoved:
    return StoreMoved(tr("the store has moved to {moved}", moved=place), values={"to": place})


def _here(path: str) -> str:
    """A path as it is named elsewhere."""
    return f"{path} on {socket.gethostname()}"


def _with_move(
    image: StoreImage, note: str, now: str, day: str, who: str
) -> tuple[Meta, dict[str, dict[int, dict[str, Any]]]]:
    """The `_meta` and the event of the revision that records the move."""
    seq, revision = image.meta["next"]["events"], image.meta["revision"] + 1
    event = {"seq": seq, "change": revision, "at": now, "day": day, "who": who, "action": "move", "note": note}
    meta: Meta = {**image.meta, "revision": revision, "next": {**image.meta["next"], "events": seq + 1}}
    return meta, {"events": {seq: event}}
