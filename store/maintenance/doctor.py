"""The doctor: examines a store, and repairs what can be repaired safely."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from store.atomic_write import close_quietly
from store.errors import StoreUnusable, unreadable
from store.file import quick_reader
from store.file.file_store import file_of
from store.file.serializer import write_changes
from store.file.strict_reader import read_strictly
from store.maintenance.examine_files import examine_files
from store.maintenance.finding import Finding
from store.rules.history import SUMMARY_FIELDS, summary
from store.rules.newer_version import known_events, refuse_unknown_words
from store.rules.valid_store import faults
from store.transaction import KEY_OF_TABLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.database import Database
    from store.model.record_types import Commitment, Event


def examine(database: Database) -> list[Finding]:
    """Examine a store. Returns its faults, the worst first. Raises: StoreUnusable when it cannot be read at all."""
    file = file_of(database)
    raw = file.read_bytes()
    image = file.parse(raw)
    _refuse_newer(image)
    return [
        *(_invalid(raw) or _records(database, raw, image)),
        *_files(database),
    ]


def _files(database: Database) -> list[Finding]:
    file = file_of(database)
    try:
        with file.open_folder() as folder:
            store, _ = folder.open_file(file.name)
            try:
                return list(examine_files(database, folder, store))
            finally:
                close_quietly(store)
    except OSError as error:
        raise unreadable(file.path, error) from None


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
        image, stamp = storage.image_and_stamp(held)
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
