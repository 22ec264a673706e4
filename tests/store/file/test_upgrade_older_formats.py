"""Older formats of the file are read by steps, each from one number to the next; invented ones stand for them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from store.database import Database
from store.errors import StoreDamaged
from store.file import upgrade_older_formats
from store.file.file_store import file_of
from store.file.strict_reader import read_strictly
from store.model.format_version import VERSION
from tests.support import store_builders


def words_for_states(document: dict[str, Any]) -> dict[str, Any]:
    """From the invented format 0, which called a state `status`."""
    for record in document["commitments"].values():
        record["state"] = record.pop("status")
    return document


def states_in_small_letters(document: dict[str, Any]) -> dict[str, Any]:
    """From the invented format -1, which wrote a state in capitals."""
    for record in document["commitments"].values():
        record["status"] = record["status"].lower()
    return document


@pytest.fixture
def invented(database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The store of four commitments, written in a format two numbers older."""
    monkeypatch.setitem(upgrade_older_formats.UPGRADES, VERSION - 1, words_for_states)
    monkeypatch.setitem(upgrade_older_formats.UPGRADES, VERSION - 2, states_in_small_letters)
    file = Path(database.path)
    document = json.loads(file.read_bytes())
    document["_meta"]["1"]["schema"] = VERSION - 2
    for record in document["commitments"].values():
        record["status"] = record.pop("state").upper()
    file.write_text(json.dumps(document))
    return database


def test_an_older_store_is_read_step_by_step(invented: Database) -> None:
    assert [row.commitment["state"] for row in invented.snapshot().rows] == ["proposed", "agreed", "agreed", "agreed"]
    assert invented.snapshot().counts()["open"] == 4


def test_the_next_change_writes_it_in_todays_format(invented: Database) -> None:
    before = Path(invented.path).read_bytes()
    store_builders.do(invented, "mark", 2, "in-progress")
    raw = Path(invented.path).read_bytes()
    assert raw.startswith(b'{"_meta":{"1":{"format":"followup","schema":%d,' % VERSION)
    assert b'"status"' not in raw
    assert invented.snapshot().row(2).commitment["state"] == "in-progress"
    kept = file_of(invented).copies.all()[0]
    assert Path(kept.path).read_bytes() == before
    assert file_of(invented).copies.read(kept).table("commitments")[2]["state"] == "agreed"


def test_a_format_without_a_step_is_damage(database: Database) -> None:
    raw = Path(database.path).read_bytes()
    with pytest.raises(StoreDamaged, match="_meta has no usable schema"):
        read_strictly(raw.replace(b'"schema":%d' % VERSION, b'"schema":%d' % (VERSION - 1)))


def test_an_older_store_is_checked_as_strictly(invented: Database) -> None:
    file = Path(invented.path)
    file.write_text(file.read_text().replace("PROPOSED", "WISHED"))
    with pytest.raises(StoreDamaged, match="record 1: state"):
        invented.snapshot()
