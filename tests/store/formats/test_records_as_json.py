"""The JSON of the contract: every key is there, in order, whatever the record lacks."""

import json
from typing import Any, cast

import pytest

from store.file import strict_reader
from store.file.serialize_file import serialize
from store.formats import records_as_json
from store.model.format_version import FORMAT, TABLES, VERSION
from store.model.record_types import Meta, Party
from store.rules.party_counts import PartyCounts, party_counts
from store.snapshot import Snapshot

TODAY = "2023-01-09"
STAMPS = {"created": "2022-12-09T09:00:00Z", "updated": "2022-12-10T09:00:00Z", "revision": 2}
MIA, INTERPOL, UNODC = "MIA Uzbekistan", "INTERPOL", "UNODC"

COMMITMENT_KEYS = [
    "id",
    "title",
    "visit",
    "kind",
    "by",
    "to",
    "via",
    "support",
    "owner",
    "state",
    "closed",
    "due",
    "due_words",
    "due_precision",
    "original_due",
    "due_changes",
    "extension_count",
    "days_left",
    "band",
    "outcome",
    "miss_reason",
    "silent_days",
    "chase_on",
    "chased",
    "last_chased",
    "after",
    "reported",
    "confirmed",
    "seats",
    "quote",
    "source",
    "created",
    "updated",
    "revision",
]


def commitment(number: int, **fields: object) -> dict[str, Any]:
    return {
        "id": number,
        "title": f"Promise {number}",
        "visit": "lyon-2022",
        "kind": "other",
        "by": [MIA],
        "to": [INTERPOL],
        "owner": "adviser",
        "state": "agreed",
        **STAMPS,
        **fields,
    }


def event(seq: int, number: int, **fields: object) -> dict[str, Any]:
    return {
        "seq": seq,
        "change": seq,
        "at": "2022-12-10T08:00:00Z",
        "day": "2022-12-09",
        "who": "adviser",
        "action": "note",
        "id": number,
        "revision": 1,
        **fields,
    }


def snapshot_of(*commitments: dict[str, Any], events: tuple[dict[str, Any], ...] = ()) -> Snapshot:
    visit: dict[str, Any] = {
        "id": 1,
        "slug": "lyon-2022",
        "title": "Study visit",
        "start": "2022-12-06",
        "end": "2022-12-08",
        **STAMPS,
    }
    parties: list[dict[str, Any]] = [
        {"id": place, "name": name, **STAMPS} for place, name in enumerate((MIA, INTERPOL, UNODC), 1)
    ]
    tables: dict[str, dict[int, dict[str, Any]]] = {
        "visits": {1: visit},
        "parties": {party["id"]: party for party in parties},
        "commitments": {record["id"]: record for record in commitments},
        "events": {record["seq"]: record for record in events},
    }
    meta: Meta = {
        "format": FORMAT,
        "schema": VERSION,
        "revision": 7,
        "next": dict.fromkeys(TABLES, 100),
        "settings": {},
    }
    return Snapshot(strict_reader.read(serialize(meta, tables)), TODAY)


class TestCommitment:
    def test_a_bare_one_has_every_key_in_the_order_of_the_contract(self) -> None:
        snapshot = snapshot_of(commitment(1))
        view = records_as_json.commitment_json(snapshot.row(1), snapshot)
        assert list(view)[: len(COMMITMENT_KEYS)] == COMMITMENT_KEYS

    def test_what_it_lacks_is_null_or_empty_or_nought(self) -> None:
        snapshot = snapshot_of(commitment(1))
        view = records_as_json.commitment_json(snapshot.row(1), snapshot)
        assert (view["via"], view["due"], view["closed"], view["seats"], view["reported"]) == (None,) * 5
        assert (view["support"], view["due_changes"]) == ([], [])
        assert (view["chased"], view["extension_count"]) == (0, 0)
        assert view["silent_days"] == snapshot.row(1).silent_days > 0
        assert view["band"] == "no-date"

    def test_a_change_of_date_has_its_seven_keys_and_one_for_corrections(self) -> None:
        change = {"old": "2022-12-31", "on": "2022-12-20", "reason": "new minister", "extension": True}
        record = commitment(1, original_due="2022-12-31", due_changes=[{**change, "correction": False}])
        snapshot = snapshot_of(record)
        view = records_as_json.commitment_json(snapshot.row(1), snapshot)
        assert view["due_changes"] == [
            {
                "old": "2022-12-31",
                "new": None,
                "on": "2022-12-20",
                "reason": "new minister",
                "asked_by": None,
                "agreed_by": None,
                "extension": True,
                "correction": False,
            }
        ]
        assert view["extension_count"] == 1

    def test_seats_that_were_not_counted_are_nought_and_wanted_is_unknown(self) -> None:
        snapshot = snapshot_of(commitment(1, seats={"letter": "12/44"}))
        view = records_as_json.commitment_json(snapshot.row(1), snapshot)
        assert view["seats"] == {
            "wanted": None,
            "nominated": 0,
            "acknowledged": 0,
            "letter": "12/44",
            "endorsed": None,
        }

    def test_a_reported_one_has_no_days_left_and_a_provisional_outcome(self) -> None:
        voice = {"said_by": [MIA], "on": "2022-12-20", "recorded_by": "adviser"}
        snapshot = snapshot_of(
            commitment(1, state="reported", due="2022-10-15", original_due="2022-10-15", reported=voice)
        )
        view = records_as_json.commitment_json(snapshot.row(1), snapshot)
        assert (view["days_left"], view["band"], view["outcome"]) == (None, "unconfirmed", "met-late")
        assert view["reported"] == {**voice, "evidence": None}

    def test_it_is_json_with_plain_words(self) -> None:
        snapshot = snapshot_of(commitment(1, due="2022-12-28"))
        text = json.dumps(records_as_json.commitment_json(snapshot.row(1), snapshot))
        assert '"band": "overdue"' in text
        assert '"days_left": -12' in text


def test_show_adds_notes_and_events() -> None:
    snapshot = snapshot_of(commitment(1), events=(event(1, 1, action="add"), event(2, 1, note="called")))
    view = records_as_json.full_commitment_json(snapshot.row(1), snapshot)
    assert list(view)[-2:] == ["notes", "events"]
    assert view["notes"] == [{"on": "2022-12-09", "at": "2022-12-10T08:00:00Z", "who": "adviser", "text": "called"}]
    assert [list(one)[:11] for one in cast(list[dict[str, object]], view["events"])] == [
        ["seq", "change", "at", "day", "who", "action", "id", "fields", "note", "reason", "visit"]
    ] * 2


class TestVisit:
    def test_it_counts_what_it_left(self) -> None:
        statement = {"said_by": [INTERPOL], "on": "2022-12-20", "recorded_by": "adviser"}
        snapshot = snapshot_of(
            commitment(1),
            commitment(2, due="2023-01-01"),
            commitment(3, state="confirmed", confirmed=statement),
            commitment(4, state="closed", agreed_on="2022-12-08", closed={"because": "declined", "on": "2022-12-20"}),
            commitment(5, state="reported", reported=statement),
            commitment(6, state="closed", agreed_on="2022-12-08", closed={"because": "overtaken", "on": "2022-12-20"}),
        )
        view = records_as_json.visit_json(snapshot.visits["lyon-2022"], snapshot.rows, snapshot)
        names = ["open", "overdue", "no_date", "unconfirmed", "met", "withdrawn", "not_met"]
        counts = {name: view[name] for name in [*names, "total"]}
        assert counts == {
            "open": 3,
            "overdue": 1,
            "no_date": 1,
            "unconfirmed": 1,
            "met": 1,
            "withdrawn": 1,
            "not_met": 1,
            "total": 6,
        }
        assert (view["from"], view["to"], view["place"], view["hosts"]) == ("2022-12-06", "2022-12-08", None, [])

    def test_without_promises_all_is_nought(self) -> None:
        snapshot = snapshot_of()
        assert records_as_json.visit_json(snapshot.visits["lyon-2022"], [], snapshot)["total"] == 0


class TestParty:
    @pytest.fixture
    def counts(self) -> dict[str, PartyCounts]:
        statement = {"said_by": [MIA], "on": "2022-12-20", "recorded_by": "adviser"}
        snapshot = snapshot_of(
            commitment(1, due="2023-01-01"),
            commitment(2, state="reported", reported=statement),
            commitment(3, by=[UNODC, INTERPOL], to=[UNODC, INTERPOL]),
            commitment(4, state="closed", closed={"because": "declined", "on": "2022-12-20"}),
        )
        return party_counts(snapshot.rows)

    @pytest.mark.parametrize(
        ("name", "owes", "owed", "late", "unconfirmed"),
        [(MIA, 2, 0, 1, 0), (INTERPOL, 1, 3, 0, 1), (UNODC, 1, 1, 0, 0), ("IOM", 0, 0, 0, 0)],
    )
    def test_it_counts_both_sides(
        self, counts: dict[str, PartyCounts], name: str, owes: int, owed: int, late: int, unconfirmed: int
    ) -> None:
        view = records_as_json.party_json(cast(Party, {"id": 1, "name": name, **STAMPS}), counts)
        assert view == {
            "name": name,
            "short": None,
            "ru": None,
            "aliases": [],
            "owes": owes,
            "owed": owed,
            "late": late,
            "unconfirmed": unconfirmed,
        }
