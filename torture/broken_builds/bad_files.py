"""Builds that take a damaged file for a store, or do not bring it back as they should."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from store.database import Database
from store.errors import StoreDamaged
from store.file import quick_reader, refuse_damaged, serialize_file, strict_reader
from store.file.file_store import file_of
from store.maintenance import doctor_checks_files_and_modes, doctor_checks_records, restore
from store.model.format_version import TABLES
from store.rules.valid_record import check_records
from store.transaction import Transaction
from torture.broken_builds import broken_build
from torture.injected.replace_functions import replace


@broken_build
def duplicate_keys() -> None:
    """The strict reader takes a key that stands twice in one object."""
    replace(strict_reader._ValueReader.without_duplicate_keys, lambda self, pairs: dict(pairs))


@broken_build
def no_validation() -> None:
    """The records of a file that another program wrote are not checked."""
    replace(check_records, lambda table, records: None, only_in=strict_reader)


@broken_build
def empty_is_new() -> None:
    """An empty file is taken for a new store, and written over."""
    sound = strict_reader._parse_json
    numbers = dict.fromkeys(TABLES, 1)
    meta = {"format": "followup", "schema": 1, "revision": 1, "settings": {}, "next": numbers}

    def parsed_strictly(raw: bytes) -> object:
        return sound(raw) if raw.strip() else {"_meta": {"1": meta}, **{name: {} for name in TABLES}}

    replace(strict_reader._parse_json, parsed_strictly)


@broken_build
def no_checksum() -> None:
    """A file in our lines is trusted whatever its sum."""
    replace(quick_reader._is_sum_right, lambda line, place_of_sum, sum_of_all: True)


@broken_build
def no_way_out() -> None:
    """A damaged store is refused without the newest good copy."""
    replace(
        refuse_damaged.refusal_of_damaged,
        lambda path, what, copies: StoreDamaged(f"{path} is damaged: {what}", code="store.damaged"),
    )


@broken_build
def oldest_back() -> None:
    """A restore brings the oldest copy back."""
    sound = restore._read_source

    def read_source(database: Database, source: str | None) -> quick_reader.StoreImage:
        copies = file_of(database).copies
        return sound(database, source) if source else copies.read(copies.all()[-1])

    replace(restore._read_source, read_source)


@broken_build
def doctor_misses() -> None:
    """Doctor passes over what a killed writer left."""
    replace(doctor_checks_files_and_modes._leftovers, lambda database: iter(()))


@broken_build
def history_not_compared() -> None:
    """Doctor does not compare the records with their history."""
    replace(doctor_checks_records._altered, lambda image, history: iter(()))


@broken_build
def lines_as_they_are() -> None:
    """What is read quickly may be laid out in any way."""
    replace(strict_reader._check_lines, lambda table, piece, records, before: None)


@broken_build
def numbers_not_counted() -> None:
    """Doctor does not hold the revision and the counters to the events."""
    replace(doctor_checks_records._counters, lambda database, image, history: iter(()))


@broken_build
def settings_searched() -> None:
    """Where no settings stand anywhere in the first line, there are none."""
    sound = quick_reader.StoreImage.settings

    def settings(image: quick_reader.StoreImage) -> Any:
        return {} if quick_reader._NO_SETTINGS in image.first_line else sound.__get__(image)

    quick_reader.StoreImage.settings = property(settings)  # type: ignore[method-assign, assignment]


@broken_build
def set_back_believed() -> None:
    """A change counts on from what the first line says, whatever numbers are there."""
    replace(quick_reader.StoreImage.count_on, lambda self: [])


@broken_build
def order_believed() -> None:
    """A change takes the lines of another program in whatever order they stand."""
    replace(quick_reader.StoreImage.is_in_order, lambda self, name, numbers: True)


@broken_build
def removed_forgotten() -> None:
    """A number that only the history names is given again."""
    replace(Transaction._count_on, lambda self, table: None)


@broken_build
def first_line_of_any_length() -> None:
    """A change writes a first line that is longer than a look reads."""
    serialize_file.LONGEST_FIRST_LINE = 1 << 30  # type: ignore[attr-defined]


@broken_build
def end_unlooked_at() -> None:
    """Where the history should begin and end anything may stand."""
    replace(quick_reader._has_history, lambda file, start: True)


@broken_build
def repair_loses() -> None:
    """doctor --repair takes a field of the record with what it mends."""
    sound = Transaction.write

    def write(
        self: Transaction, table: str, number: int, changes: Mapping[str, Any], *, action: str, **event: object
    ) -> bool:
        lost = {"agreed_on": None} if action == "repair" else {}
        return sound(self, table, number, {**changes, **lost}, action=action, **event)

    replace(Transaction.write, write)
