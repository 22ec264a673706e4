"""Every description of a record names the same fields: types, validation, JSON, columns, import fields.

`FULL` holds one record of each table with every field. Where a description leaves a field out or gives it another
name on purpose, one of the small tables here says so: a new field is either in every description or in a table.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any, cast, get_args

import pytest
from typing_extensions import get_type_hints, is_typeddict

from store.database import Database
from store.errors import StoreDamaged
from store.file import strict_reader
from store.file.serialize_file import serialize
from store.formats.export_columns import columns
from store.formats.records_as_json import commitment_json, event_json, party_json, visit_json
from store.imports.headings.heading_synonyms import FIELDS
from store.model.format_version import FORMAT, TABLES, VERSION
from store.model.record_types import Commitment, Event, Meta, Party, Visit
from store.rules.valid_record import SHAPES, ListOf, Shape, check_records
from store.snapshot import Snapshot
from tests.conftest import Run
from tests.support.fixed_day_and_user import TODAY
from tests.support.store_builders import add_lyon, make_empty, record

TYPES: dict[str, type] = {"visits": Visit, "parties": Party, "commitments": Commitment, "events": Event}

STAMPS = {"created": "2022-12-09T09:00:00Z", "updated": "2022-12-10T09:00:00Z", "revision": 3}

FULL: dict[str, dict[str, Any]] = {
    "visits": {
        "id": 1,
        "slug": "lyon-2022",
        "title": "Study visit",
        "place": "Lyon",
        "start": "2022-12-06",
        "end": "2022-12-08",
        "hosts": ["INTERPOL"],
        "delegation": "six officers",
        "programme": "annex A",
        "donor": "INL",
        "grant": "GLO-1234",
        "contact": "the regional office",
        "aside": {"on": "2022-12-20", "until": "2099-01-15", "reason": "a new minister is awaited"},
        **STAMPS,
    },
    "parties": {
        "id": 1,
        "name": "MIA Uzbekistan",
        "short": "MIA UZ",
        "ru": "МВД Узбекистана",
        "aliases": ["Ministry of Internal Affairs"],
        **STAMPS,
    },
    "commitments": {
        "id": 1,
        "title": "Nominate officers",
        "visit": "lyon-2022",
        "kind": "nominate-experts",
        "by": ["MIA Uzbekistan"],
        "to": ["INTERPOL"],
        "via": "NCB Tashkent",
        "support": ["UNODC"],
        "owner": "asel",
        "state": "closed",
        "agreed_on": "2022-12-08",
        "due": "2023-02-15",
        "due_words": "mid-February",
        "due_precision": "month",
        "original_due": "2023-01-31",
        "due_changes": [
            {
                "old": "2023-01-31",
                "new": "2023-02-15",
                "on": "2023-01-20",
                "reason": "a new minister",
                "asked_by": "the deputy",
                "agreed_by": "the secretariat",
                "extension": True,
                "correction": False,
            }
        ],
        "reported": {
            "said_by": ["MIA Uzbekistan"],
            "on": "2023-02-10",
            "evidence": "letter 9/1",
            "recorded_by": "boris",
        },
        "confirmed": {"said_by": ["INTERPOL"], "on": "2023-02-11", "evidence": "letter 9/2", "recorded_by": "timur"},
        "returned": {"said_by": ["UNODC"], "on": "2023-02-12", "note": "two are missing", "recorded_by": "dina"},
        "closed": {"because": "superseded", "on": "2023-02-13", "agreed_by": "both sides", "by_id": 77},
        "miss_reason": "the list was late",
        "chase_on": "2023-03-03",
        "after": 66,
        "seats": {
            "wanted": 31,
            "nominated": 32,
            "acknowledged": 33,
            "letter": "letter 9/3",
            "endorsed": "2023-02-14",
        },
        "quote": "we will nominate three",
        "source": "minutes, p. 4",
        "source_id": "A-17",
        "news_on": "2023-02-16",
        "chased": 44,
        "last_chased": "2023-02-17",
        **STAMPS,
    },
    "events": {
        "seq": 1,
        "change": 1,
        "at": "2022-12-10T08:00:00Z",
        "day": "2022-12-09",
        "who": "asel",
        "action": "edit",
        "id": 1,
        "visit": 2,
        "party": 3,
        "revision": 3,
        "fields": {"title": ["old", "new"]},
        "note": "they called",
        "reason": "it had been misheard",
        "undoes": 4,
        "redoes": 5,
        "imported": "list.xlsx",
        "captured": "report.docx",
        "script": "tidy.py",
    },
}


def typed_fields(record_type: type, before: str = "") -> Iterator[str]:
    """The fields of a TypedDict; what lies deeper as `seats.wanted`."""
    for name, hint in get_type_hints(record_type).items():
        yield before + name
        inner = get_args(hint)[0] if get_args(hint) else hint
        if is_typeddict(inner):
            yield from typed_fields(inner, f"{before}{name}.")


def held_fields(value: Mapping[str, Any], before: str = "") -> Iterator[str]:
    """The same of a record: what of it is an object or a list of objects is gone into."""
    for name, held in value.items():
        yield before + name
        inner = held[0] if isinstance(held, list) and held else held
        if isinstance(inner, dict) and name != "fields":  # of an event: names and values of any record
            yield from held_fields(inner, f"{before}{name}.")


def checked_fields(shape: Shape, before: str = "") -> Iterator[str]:
    """The same of what validation checks."""
    for name, check in shape.checks.items():
        yield before + name
        inner = check.item if isinstance(check, ListOf) else check
        if isinstance(inner, Shape):
            yield from checked_fields(inner, f"{before}{name}.")


def at(value: Any, path: str) -> Any:
    """What a record holds at `seats.wanted`; of a list of objects, in its first."""
    for name in path.split("."):
        value = value[0] if isinstance(value, list) else value
        value = value[name]
    return value


def full_snapshot() -> Snapshot:
    """A store that holds the full records and nothing else."""
    meta: Meta = {
        "format": FORMAT,
        "schema": VERSION,
        "revision": 7,
        "next": dict.fromkeys(TABLES, 100),
        "settings": {},
    }
    return Snapshot(strict_reader.read(serialize(meta, {table: {1: FULL[table]} for table in TABLES})), TODAY)


# Types and validation

ONE_SHAPE_FOR_ALL_VOICES = {"reported.note", "confirmed.note", "returned.evidence"}
"""Checked though no type has them: reported, confirmed and returned have one shape."""


@pytest.mark.parametrize("table", TABLES)
def test_the_full_record_has_every_field_of_its_type(table: str) -> None:
    assert set(held_fields(FULL[table])) == set(typed_fields(TYPES[table]))


@pytest.mark.parametrize("table", TABLES)
def test_validation_checks_every_field_of_the_type_and_no_other(table: str) -> None:
    checked = set(checked_fields(SHAPES[table]))
    assert checked - ONE_SHAPE_FOR_ALL_VOICES == set(typed_fields(TYPES[table]))


@pytest.mark.parametrize("table", TABLES)
def test_validation_requires_what_the_type_requires(table: str) -> None:
    check_records(table, {1: FULL[table]})
    required = TYPES[table].__required_keys__  # type: ignore[attr-defined]
    for name in FULL[table]:
        lacking = {key: value for key, value in FULL[table].items() if key != name}
        if name in required:
            with pytest.raises(StoreDamaged, match=f"has no {name}"):
                check_records(table, {1: lacking})
        else:
            check_records(table, {1: lacking})


# JSON

JSON_NAMES = {"visits": {"start": "from", "end": "to"}}
"""Table -> field -> its key in JSON, where that is another."""

NOT_IN_JSON = {
    "visits": {"id", "created", "updated", "revision"},
    "parties": {"id", "created", "updated", "revision"},
    "commitments": {"news_on"},  # silent_days says it
    "events": {"revision"},
}

COMPUTED_IN_JSON = {
    "visits": {"open", "overdue", "no_date", "unconfirmed", "met", "withdrawn", "not_met", "total", "set_aside"},
    "parties": {"owes", "owed", "late", "unconfirmed"},
    "commitments": {"extension_count", "days_left", "band", "outcome", "silent_days", "aside"},
    "events": set[str](),
}


@pytest.fixture(scope="module")
def views() -> dict[str, dict[str, object]]:
    """Table -> the full record as JSON."""
    snapshot = full_snapshot()
    return {
        "visits": visit_json(snapshot.visits["lyon-2022"], snapshot.rows, snapshot),
        "parties": party_json(cast(Party, FULL["parties"]), {}),
        "commitments": commitment_json(snapshot.row(1), snapshot),
        "events": event_json(snapshot.events_of(1)[0]),
    }


@pytest.mark.parametrize("table", TABLES)
def test_json_has_every_field_as_the_record_holds_it(table: str, views: dict[str, dict[str, object]]) -> None:
    names = JSON_NAMES.get(table, {})
    expected = {names.get(name, name): held for name, held in FULL[table].items() if name not in NOT_IN_JSON[table]}
    view = views[table]
    assert set(view) == expected.keys() | COMPUTED_IN_JSON[table]
    assert {name: view[name] for name in expected} == expected


# Columns

COLUMN_NAMES = {
    **{
        f"{voice}.{field}": f"{voice}_{name}"
        for voice in ("reported", "confirmed", "returned")
        for field, name in (("said_by", "by"), ("on", "on"), ("recorded_by", "recorded_by"))
    }
}
"""Field of a commitment -> its column, where that is not its name with `_` for `.`."""

NO_COLUMN = {"news_on"}
"""Fields without a column: silent_days says it."""

COMPUTED_COLUMNS = {
    "days_left",
    "band",
    "outcome",
    "extension_count",
    "silent_days",
    "notes",
    "returned_recorded",
    "reported_recorded",
    "confirmed_recorded",
}


def leaves(table: str) -> list[str]:
    """The fields of the full record that hold a value and no other fields."""
    held = list(held_fields(FULL[table]))
    return [path for path in held if not any(other.startswith(f"{path}.") for other in held)]


def column_of(path: str) -> str:
    """The column in which a field stands: all of a change of date stands in one."""
    return "due_changes" if path.startswith("due_changes.") else COLUMN_NAMES.get(path, path.replace(".", "_"))


def test_every_field_of_a_commitment_has_a_column_that_shows_it() -> None:
    snapshot = full_snapshot()
    shown = {column.name: column.read(snapshot.row(1), snapshot) for column in columns(is_internal=True)}
    fields = [path for path in leaves("commitments") if path not in NO_COLUMN]
    assert set(shown) == {column_of(path) for path in fields} | COMPUTED_COLUMNS
    for path in fields:
        held = at(FULL["commitments"], path)
        if isinstance(held, bool):
            continue  # of a change of date: its words say whether it is a correction
        text = "; ".join(held) if isinstance(held, list) else str(held)
        assert text in str(shown[column_of(path)]), path


# Import fields

IMPORTED = {
    "id": "id",
    "source-id": "source_id",
    "title": "title",
    "by": "by",
    "to": "to",
    "via": "via",
    "support": "support",
    "visit": "visit",
    "kind": "kind",
    "state": "state",
    "agreed-on": "agreed_on",
    "original-due": "original_due",
    "due": "due",
    "words": "due_words",
    "precision": "due_precision",
    "owner": "owner",
    "quote": "quote",
    "source": "source",
    "reason": "due_changes.reason",
    "asked-by": "due_changes.asked_by",
    "agreed-by": "due_changes.agreed_by",
    "miss-reason": "miss_reason",
    "wanted": "seats.wanted",
    "nominated": "seats.nominated",
    "acknowledged": "seats.acknowledged",
    "letter": "seats.letter",
    "endorsed": "seats.endorsed",
    "reported-on": "reported.on",
    "reported-by": "reported.said_by",
    "evidence": "reported.evidence",
    "confirmed-on": "confirmed.on",
    "confirmed-by": "confirmed.said_by",
    "confirmed-evidence": "confirmed.evidence",
    "because": "closed.because",
    "closed-on": "closed.on",
    "revision": "revision",
}
"""Import field -> the field of a commitment that it sets; `id` and `revision` say which one is meant."""

IMPORTED_AS_EVENT = {"note"}

NOT_IMPORTED = {
    # kept by the program
    "news_on",
    "chased",
    "last_chased",
    "created",
    "updated",
    "due_changes.old",
    "due_changes.new",
    "due_changes.on",
    "due_changes.extension",
    "due_changes.correction",
    "reported.recorded_by",
    "confirmed.recorded_by",
    # said on the screen or the command line only
    "returned.said_by",
    "returned.on",
    "returned.note",
    "returned.recorded_by",
    "closed.agreed_by",
    "closed.by_id",
    "chase_on",
    "after",
}


def test_every_field_of_a_commitment_is_imported_or_listed_as_not() -> None:
    assert set(FIELDS) == IMPORTED.keys() | IMPORTED_AS_EVENT
    assert set(IMPORTED.values()) | NOT_IMPORTED == set(leaves("commitments"))
    assert not set(IMPORTED.values()) & NOT_IMPORTED


KEPT = {
    "source-id": "A-17",
    "title": "Nominate officers",
    "by": "MIA Uzbekistan",
    "to": "INTERPOL",
    "via": "NCB Tashkent",
    "support": "UNODC",
    "visit": "lyon-2022",
    "kind": "nominate-experts",
    "state": "confirmed",
    "agreed-on": "2022-12-08",
    "original-due": "2023-01-31",
    "due": "2023-01-31",
    "words": "end of January",
    "precision": "month",
    "owner": "boris",
    "quote": "we will nominate three",
    "source": "minutes, p. 4",
    "wanted": "3",
    "nominated": "3",
    "acknowledged": "2",
    "letter": "letter 9/3",
    "endorsed": "2023-01-14",
    "reported-on": "2023-02-10",
    "reported-by": "MIA Uzbekistan",
    "evidence": "letter 9/1",
    "confirmed-on": "2023-02-11",
    "confirmed-by": "INTERPOL",
    "confirmed-evidence": "letter 9/2",
    "miss-reason": "the list was late",
}
CLOSED = {"id": "1", "state": "closed", "because": "declined", "closed-on": "2023-02-13"}
MOVED = {
    "id": "1",
    "revision": "1",
    "due": "2023-02-15",
    "reason": "a new minister",
    "asked-by": "the deputy",
    "agreed-by": "the secretariat",
}


def comparable(held: object) -> str:
    """A value of a record as it stands in a cell."""
    return "; ".join(held) if isinstance(held, list) else str(held)


def import_row(run: Run, folder: Any, row: Mapping[str, str]) -> None:
    """Import one row whose headings are the names of the fields."""
    file = folder / "list.csv"
    text = io.StringIO()
    csv.writer(text).writerows([list(row), list(row.values())])
    file.write_text(text.getvalue())
    done = run("import", str(file), *(f"--map={name}={name}" for name in row))
    assert done.code == 0, done


@pytest.mark.parametrize("row", [KEPT, CLOSED, MOVED], ids=["kept", "closed", "moved"])
def test_an_import_sets_each_of_its_fields(run: Run, path: str, tmp_path: Any, row: dict[str, str]) -> None:
    database = make_empty(path)
    add_lyon(database)
    if row is not KEPT:
        agreed = {name: KEPT[name] for name in ("title", "by", "to", "visit", "due")} | {"state": "agreed"}
        import_row(run, tmp_path, agreed)
    import_row(run, tmp_path, row)
    stored = record(database, 1)
    for field in row.keys() - {"revision"}:
        assert comparable(at(stored, IMPORTED[field])) == row[field], field


def test_every_import_field_is_tried() -> None:
    assert {*KEPT, *CLOSED, *MOVED} | IMPORTED_AS_EVENT == set(FIELDS)


def test_a_note_is_imported_as_an_event(run: Run, database: Database, tmp_path: Any) -> None:
    import_row(run, tmp_path, {"id": "2", "note": "they called"})
    assert [event["note"] for event in database.snapshot().notes(2)] == ["they called"]
