"""Imports a whole store into an empty one: records, history, numbers and settings."""

from __future__ import annotations

from store.errors import NotAllowed, StoreDamaged, StoreNewer
from store.file.strict_reader import read_strictly
from store.model.format_version import TABLES
from store.sanitise_text import clean_line, visible
from store.translation import phrase_in, tr, tr_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from store.database import Database
    from store.file.quick_reader import StoreImage
    from store.model.record_types import Meta
    from store.snapshot import SnapshotSource
    from store.transaction import WriteTransaction


class StoreImport:
    """The result of importing a store: its records by table, and whether the store held all of them already."""

    __slots__ = ("counts", "is_same", "warnings")

    def __init__(self, counts: Mapping[str, int], *, is_same: bool) -> None:
        self.counts = counts
        self.is_same = is_same
        self.warnings: list[str] = []


def import_store(database: Database, raw: bytes, name: str, *, is_dry_run: bool = False) -> StoreImport:
    """Import a whole store from the bytes of a file called `name`: records, history, numbers, settings.

    A store that holds settings and no records is empty: its settings are replaced, with a warning. A dry run takes no
    lock and writes nothing. Raises: NotAllowed when the store holds something else already, or the file is no valid
    store; StoreUnusable.
    """
    try:
        imported = read_strictly(raw)
    except StoreNewer:
        raise
    except StoreDamaged as damage:
        sentence = tr(
            "{name} is no store that can be trusted: {sentence}", name=visible(name), sentence=damage.sentence
        )
        raise NotAllowed(sentence, code="import.store-damaged") from None
    if is_dry_run:
        return _compare(database.image(), imported)
    with database.begin(()) as write:
        current = write.image
        result = _compare(current, imported)
        if result.is_same:
            return result
        revision = max(imported.meta["revision"], current.meta["revision"]) + 1
        event = _import_event(write, imported, revision, name, database.clock.today(imported.settings.get("timezone")))
        seq = event["seq"]
        events = {seq: event}
        # The accounts and the chain of an audit trail are of the machine that it comes from, and stay there.
        meta: Meta = {
            "format": imported.meta["format"],
            "schema": imported.meta["schema"],
            "revision": revision,
            "next": {**imported.meta["next"], "events": seq + 1},
            "settings": imported.meta["settings"],
        }
        trail, line = database.audit_trail(), None
        if trail is not None:
            meta, line = trail.next(meta, imported, events, imported.meta["revision"])
        write.replace(imported, meta, {"events": events})
        if trail is not None and line is not None:
            trail.write(line, write.warnings)
        result.warnings += write.warnings
    return result


def _import_event(write: WriteTransaction, imported: StoreImage, revision: int, name: str, day: str) -> dict[str, Any]:
    """The event after its own history that records from which file a store was imported."""
    return {
        "seq": imported.meta["next"]["events"],
        "change": revision,
        "at": write.now,
        "day": day,
        "who": write.actor,
        "action": "import",
        "note": f"revision {imported.meta['revision']}",
        "imported": clean_line(name),
    }


_HELD = (phrase_in("held", "visits"), phrase_in("held", "parties"), phrase_in("held", "commitments"))
"""The tables, as a sentence names what a store holds."""


def _compare(current: SnapshotSource, imported: StoreImage) -> StoreImport:
    """The result of importing it into the current store. Raises: NotAllowed when that holds something else."""
    counts = {table: len(imported.table(table)) for table in TABLES}
    events, imported_events = current.table("events"), imported.table("events")
    is_same = all(current.table(table) == imported.table(table) for table in TABLES[:-1])
    is_same = is_same and all(events.get(seq) == event for seq, event in imported_events.items())
    if is_same and (imported_events or current.settings == imported.settings):
        return StoreImport(counts, is_same=True)
    held = [tr_in("held", table) for table in TABLES[:-1] if current.table(table)]
    if not held and any("revision" in event for event in events.values()):
        held = [tr("the history of what was removed")]
    if held:
        raise NotAllowed(
            tr("a whole store comes into an empty one only, and this one holds {held}", held=", ".join(held)),
            code="import.store-not-empty",
        )
    result = StoreImport(counts, is_same=False)
    if coming := [
        f"{name.replace('_', '-')} {visible(str(value))}"
        for name, value in imported.settings.items()
        if name not in current.settings
    ]:
        result.warnings.append(tr("settings that come with the file: {settings}", settings=", ".join(coming)))
    if replaced := _replaced_settings(current.settings, imported.settings):
        result.warnings.append(
            tr("the settings of the file take the place of those of this store: {replaced}", replaced=replaced)
        )
    return result


def _replaced_settings(current: Mapping[str, Any], imported: Mapping[str, Any]) -> str:
    """The settings of the current store that the imported ones replace, as a text: `timezone A -> B`."""
    replaced = [
        f"{name.replace('_', '-')} {visible(str(value))} -> {visible(str(imported.get(name, 'none')))}"
        for name, value in current.items()
        if value != imported.get(name)
    ]
    return ", ".join(replaced)
