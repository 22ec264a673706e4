"""The doctor: examines a store, and repairs what can be repaired safely."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from store.atomic_write import close_quietly
from store.errors import StoreDamaged, StoreUnusable, unreadable
from store.file import quick_reader
from store.file.file_store import file_of
from store.file.serializer import write_changes
from store.file.strict_reader import check_strictly
from store.maintenance.backup import whole_of
from store.maintenance.engines import is_on_server
from store.maintenance.examine_files import examine_files
from store.maintenance.examine_server import examine_server
from store.maintenance.finding import Finding
from store.rules.history import (
    SUMMARY_FIELDS,
    altered_fields,
    is_to_come,
    records_from,
    summary,
    undone_changes,
    with_event,
)
from store.rules.history_sums import sum_of_event, sum_of_record
from store.rules.newer_version import known_events, refuse_unknown_words
from store.rules.valid_store import faults
from store.text import visible
from store.transaction import KEY_OF_TABLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from store.database import Database
    from store.model.record_types import Commitment, Event


_CLOCKS_DIFFER = 600
"""Seconds by which the clocks of two machines may differ, between which a store was moved."""

_MOST_SHOWN = 60
"""Characters of a value that a finding shows."""

_WRITTEN_BY_ANOTHER = "the store was written by another program since the last change (it is whole and valid)"


def examine(database: Database) -> list[Finding]:
    """Examine a store. Returns its faults, the worst first. Raises: StoreUnusable when it cannot be read at all.

    It may be large: no table is held in memory as a whole but those of visits and parties.
    """
    if is_on_server(database):
        return [*_examine_on_server(database), *_audit_trail(database)]
    file = file_of(database)
    with file.open_to_read() as opened:
        image = quick_reader.open_quickly(opened)
        is_ours = image is not None
        if image is None:
            opened.seek(0)
            image = file.parse(opened.readall())
        _refuse_newer(image)
        found = _invalid(image) if is_ours else [Finding(_WRITTEN_BY_ANOTHER, lambda: _write_anew(database))]
        if not (is_ours and found):
            found += _records(database, image)
    return [*found, *_files(database), *_audit_trail(database)]


def _audit_trail(database: Database) -> Iterator[Finding]:
    """The fault of a machine whose changes are to leave lines in a log that takes none."""
    if (trail := database.audit_trail()) and (trouble := trail.trouble()):
        yield Finding(
            f"the audit trail is on for this machine, and its changes leave no line: {trouble}",
            code="doctor.no-audit-log",
        )


def _examine_on_server(database: Database) -> list[Finding]:
    """Examine the records of a server as those of a file that holds them, and what a server adds to them."""
    image = quick_reader.read_quickly(whole_of(database.image()))
    if image is None:
        return [Finding("what the server holds cannot be laid out as a store")]
    _refuse_newer(image)
    return [*(_invalid(image) or _records(database, image)), *examine_server(database, image)]


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
    with suppress(AttributeError, KeyError, TypeError, ValueError, StoreDamaged):
        for commitment in image.records("commitments"):
            refuse_unknown_words(commitment)
        for _ in known_events(image.records("events")):
            pass


def _invalid(image: quick_reader.StoreImage) -> list[Finding]:
    """The fault of a store that is invalid under a matching checksum; then no record can be trusted."""
    try:
        check_strictly(image)
    except StoreUnusable as error:
        return [Finding(f"the store holds a record that is not valid: {error.sentence}")]
    return []


def _records(database: Database, image: quick_reader.StoreImage) -> Iterator[Finding]:
    yield from _references(image)
    yield from _lost(image)
    yield from _to_come(database, image)
    yield from _altered(image)
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
    after = {commitment["id"]: commitment.get("after") for commitment in image.records("commitments")}
    visits, parties = image.table("visits").values(), image.table("parties").values()
    for sentence in faults(visits, parties, image.records("commitments"), after):
        yield Finding(sentence)


def _lost(image: quick_reader.StoreImage) -> Iterator[Finding]:
    """Records that were added and not removed, and are missing: another program left them out."""
    added: dict[str, set[int]] = {key: set() for key in KEY_OF_TABLE.values()}
    for event in image.records("events"):
        if "created" in event.get("fields", {}):
            is_there = event["fields"]["created"][1] is not None
            for key in added.keys() & event.keys():
                added[key].add(event[key]) if is_there else added[key].discard(event[key])
    for table, key in KEY_OF_TABLE.items():
        for number in sorted(added[key].difference(record["id"] for record in image.records(table))):
            what = "commitment" if key == "id" else key
            yield Finding(
                f"{what} {number} is in the history, and not in the store: another program left it out",
                code="doctor.record-left-out",
            )


def _altered(image: quick_reader.StoreImage) -> Iterator[Finding]:
    """Records that are not what the events of their history add up to, each with its fields."""
    sums: dict[str, dict[int, int]] = {key: {} for key in KEY_OF_TABLE.values()}
    for event in image.records("events"):
        for key in sums.keys() & event.keys():
            sums[key][event[key]] = sums[key].get(event[key], 0) + sum_of_event(event)
    for table, key in KEY_OF_TABLE.items():
        of_table = sums[key]
        numbers = {
            record["id"] for record in image.records(table) if of_table.get(record["id"]) != sum_of_record(record)
        }
        if not numbers:
            continue
        told = records_from((event for event in image.records("events") if event.get(key) in numbers), key)
        for number in sorted(numbers):
            record = image.record(table, number) or {}
            names = altered_fields(record, told.get(number, {}))
            what = "commitment" if key == "id" else key
            if number not in told:
                yield Finding(f"{what} {number} is in the store, and not in the history: another program put it in")
            elif names:
                fields = "; ".join(
                    f"{name} is {_shown(record.get(name))}, and {_shown(told[number].get(name))} in the history"
                    for name in names
                )
                yield Finding(
                    f"{what} {number} was altered by another program: {fields}",
                    code="doctor.record-altered",
                )
    yield from _altered_settings(image)


def _altered_settings(image: quick_reader.StoreImage) -> Iterator[Finding]:
    """Settings that are not what the last event about them says."""
    told: dict[str, Any] = {}
    for event in image.records("events"):
        if event["action"] in ("config", "undo", "redo") and not event.keys() & set(KEY_OF_TABLE.values()):
            told |= {name: new for name, (_, new) in event.get("fields", {}).items()}
    settings: Mapping[str, Any] = image.meta["settings"]
    for name, value in told.items():
        if settings.get(name) != value:
            yield Finding(
                f"the setting {visible(name)} was altered by another program: it is {_shown(settings.get(name))}, and "
                f"{_shown(value)} in the history"
            )


def _shown(value: object) -> str:
    """A value of a record for a message, texts in quotes."""
    if value is None:
        return "none"
    is_text = isinstance(value, str)
    text = visible(str(value) if is_text else json.dumps(value, ensure_ascii=False))
    text = text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}..."
    return f'"{text}"' if is_text else text


def _to_come(database: Database, image: quick_reader.StoreImage) -> Iterator[Finding]:
    """Events that are dated in the future, by a clock that was wrong or by another program."""
    now = database.clock.now()
    instant = datetime.fromisoformat(now)
    latest = f"{instant + timedelta(seconds=_CLOCKS_DIFFER):%Y-%m-%dT%H:%M:%SZ}"
    # The day is that of the store's time zone, which may be one ahead.
    last_day = max(database.clock.today(None), f"{instant + timedelta(days=1):%Y-%m-%d}")
    first, count = None, 0
    for event in image.records("events"):
        if is_to_come(event, latest, last_day):
            first, count = first or event, count + 1
    if first is not None:
        what = "an event is" if count == 1 else f"{count} events are"
        of = next((f" of {key} {first[key]}" for key in ("visit", "party") if key in first), "")
        of = f" of commitment {first['id']}" if "id" in first else of
        yield Finding(
            f"{what} dated in the future (the first: event {first['seq']}{of}, on {first['day']}, recorded at "
            f"{first['at']} by {first['who']}): the clock was wrong, or another program wrote it"
        )


def _summaries(database: Database, image: quick_reader.StoreImage) -> Iterator[Finding]:
    turns: dict[int, list[Event]] = {}
    for event in image.undo_events():
        if "id" in event:
            turns.setdefault(event["id"], []).append(event)
    undone = {number: undone_changes(events) for number, events in turns.items()}
    expected: dict[int, Mapping[str, Any]] = {}
    for event in image.records("events"):
        number = event.get("id")
        if number is not None and event["change"] not in undone.get(number, ()):
            expected[number] = with_event(expected.get(number, {}), event)
    for commitment in image.records("commitments"):
        number = commitment["id"]
        stored = {name: commitment[name] for name in SUMMARY_FIELDS if name in commitment}
        if stored != expected.get(number, {}):
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
