"""Rows of a server store that hold no valid record: they are named, whatever was asked, and records are mended."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.store.server.conftest import SharedStore
from tests.support.check_answers_and_refusals import assert_harmless

VISIT = ("visit", "add", "Study visit", "--place", "Lyon", "--from", "2022-12-06", "--to", "2022-12-08")
PROMISE = ("add", "Nominate officers", "--visit", "lyon-2022", "--by", "MIA", "--to", "INTERPOL", "--state", "agreed")
READING_COMMANDS = (
    ("status",),
    ("list",),
    ("show", "1"),
    ("history",),
    ("check", "overdue"),
    ("visits",),
    ("list", "--json"),
)


@pytest.fixture
def visit(server: SharedStore, run: Run) -> SharedStore:
    for line in (VISIT, PROMISE, ("note", "1", "rang them")):
        assert run(*line, env=server.env()).code == 0
    return server


def _tables(store: SharedStore, run: Run) -> dict[str, object]:
    """The tables of the store; the sum of a file goes by the order of fields."""
    tables = json.loads(run("export", "--format", "json", env=store.env()).out)
    return {name: records for name, records in tables.items() if name != "_meta"}


RECORDS = {
    "no JSON": "UPDATE followup.commitments SET doc = 'x' WHERE number = 1",
    "a number that JSON does not hold": "UPDATE followup.commitments SET doc = replace(doc, '\"id\":1,', "
    '\'"id":1,"z":1e999,\') WHERE number = 1',
    "a list": "UPDATE followup.commitments SET doc = '[]' WHERE number = 1",
    "a wrong type": 'UPDATE followup.commitments SET doc = replace(doc, \'"title":"Nominate officers"\', '
    "'\"title\":7') WHERE number = 1",
    "a visit that is a list": "UPDATE followup.visits SET doc = '[]'",
    "a party without a name": "UPDATE followup.parties SET doc = '{\"id\":1}' WHERE number = 1",
}


@pytest.mark.parametrize("kind", RECORDS)
def test_a_record_that_is_none_is_named_and_mended_by_its_history(
    visit: SharedStore, run: Run, tmp_path: Path, kind: str
) -> None:
    before = _tables(visit, run)
    visit.sql(RECORDS[kind], role="postgres")
    table = RECORDS[kind].split()[1].removeprefix("followup.")
    named = f"row 1 of followup.{table} is no valid record, another program wrote it"
    assert run("backup", str(tmp_path / "kept.json"), env=visit.env()).code == 4
    for argv in READING_COMMANDS:
        answer = run(*argv, env=visit.env("boris"))
        assert answer.code == 0 or named in answer.out + answer.err, argv
    doctor = run("doctor", env=visit.env("boris"))
    assert doctor.code == 1
    assert named in doctor.out
    assert run("doctor", "--repair", env=visit.env("postgres")).code == 0
    assert run("doctor", env=visit.env("postgres")).code == 0
    assert _tables(visit, run) == before


@pytest.mark.parametrize("table", ["visits", "events"])
def test_a_row_that_this_program_would_not_write_is_found_and_written_anew(
    visit: SharedStore, run: Run, table: str
) -> None:
    number = "seq" if table == "events" else "number"
    before = visit.sql(f"SELECT doc FROM followup.{table} WHERE {number} = 1")
    visit.sql(f"UPDATE followup.{table} SET doc = replace(doc, 'lyon', 'l\\u0079on') WHERE {number} = 1")
    assert visit.sql(f"SELECT doc FROM followup.{table} WHERE {number} = 1") != before
    doctor = run("doctor", env=visit.env("boris"))
    assert f"row 1 of followup.{table} was written by another program" in doctor.out
    assert run("doctor", "--repair", env=visit.env("postgres")).code == 0
    assert visit.sql(f"SELECT doc FROM followup.{table} WHERE {number} = 1") == before


EVENT = (
    "UPDATE followup.meta SET revision = revision + 1, next = replace(next, '\"events\": 6', '\"events\": 7'); "
    "INSERT INTO followup.changes SELECT revision, 'k', 'asel', now() FROM followup.meta; "
    "INSERT INTO followup.events SELECT 6, revision, 'asel', 'id', 1, {is_note}, {is_turn}, "
    """'{{"seq":6,"change":' || revision || ',"who":"asel","id":1,{more}}}' FROM followup.meta"""
)
_DAY = '"at":"2022-12-09T06:36:00Z","day":"2022-12-09","revision":4,"action":"edit"'
EVENTS = {
    "without a day": EVENT.format(is_note="true", is_turn="false", more='"action":"note","note":"x"'),
    "a number that JSON does not hold": EVENT.format(is_note="false", is_turn="false", more=_DAY + ',"z":1e400'),
    "a text for a number": EVENT.format(
        is_note="false", is_turn="true", more=_DAY + ',"undoes":"\\u001b]0;PWN\\u0007\\u001b[31m"'
    ),
}


@pytest.mark.parametrize("kind", EVENTS)
def test_an_event_that_is_none_is_named_with_what_its_owner_does(
    visit: SharedStore, run: Run, tmp_path: Path, kind: str
) -> None:
    visit.sql(EVENTS[kind], role="asel")
    named = "row 6 of followup.events is no valid record, another program wrote it"
    assert run("backup", str(tmp_path / "kept.json"), env=visit.env()).code == 4
    for argv in (*READING_COMMANDS, ("history", "1")):
        answer = run(*argv, env=visit.env("boris"))
        assert answer.code == 0 or named in answer.out + answer.err, argv
        assert_harmless(answer.out)
    doctor = run("doctor", env=visit.env("postgres"))
    assert named in doctor.out
    typed = doctor.out.partition("by SQL: ")[2].strip()
    visit.sql(typed, role="postgres")
    assert "no valid record" not in run("doctor", env=visit.env("postgres")).out
    assert run("history", "1", env=visit.env("boris")).code == 0


def test_no_change_takes_up_a_record_that_is_none(visit: SharedStore, run: Run) -> None:
    visit.sql('UPDATE followup.visits SET doc = \'{"id":1,"slug":"lyon-2022"}\'')
    refused = run("visit", "edit", "lyon-2022", "--donor", "INL", env=visit.env("boris"))
    assert refused.code == 4
    assert "record 1: has no " in refused.err or "row 1 of followup.visits" in refused.err
    visit.sql("UPDATE followup.commitments SET state = NULL, head = NULL, doc = NULL", role="postgres")
    gone = run("show", "1", env=visit.env("boris"))
    assert "removed by" not in gone.err
