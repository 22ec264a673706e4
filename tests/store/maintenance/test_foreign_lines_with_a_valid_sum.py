"""Lines with the right sum and the same records, which this program would not write: a quick look misreads them."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import pytest

from store import operations
from store.errors import FollowUpError, NotAllowed, StoreDamaged, StoreUnusable
from store.file.file_store import file_of
from store.maintenance.doctor import examine, repair
from store.maintenance.restore import restore
from tests.support.store_builders import do, raw
from tests.support.store_bytes import in_our_lines, with_the_right_sum

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.database import Database


def _line(file: bytes, table: str, number: int) -> bytes:
    start = file.index(b'\n"%d":' % number, file.index(b'"%b":{\n' % table.encode()) + len(table) + 3) + 1
    return file[start : file.index(b"\n", start)]


def _behind_the_title(file: bytes) -> bytes:
    line = _line(file, "commitments", 2)
    visit = line[line.index(b'"visit":') : line.index(b",", line.index(b'"visit":')) + 1]
    return file.replace(line, line.replace(visit, b"", 1).replace(b'"kind":', visit + b'"kind":', 1))


def _swapped(file: bytes) -> bytes:
    two, three = _line(file, "commitments", 2).rstrip(b","), _line(file, "commitments", 3).rstrip(b",")
    return file.replace(two, b"@@").replace(three, two).replace(b"@@", three)


def _escaped(file: bytes) -> bytes:
    line = _line(file, "commitments", 2)
    return file.replace(line, line.replace(b'"state":', b'"st\\u0061te":'))


def _escaped_number(file: bytes) -> bytes:
    line = _line(file, "commitments", 2)
    return file.replace(line, line.replace(b'"2":', b'"\\u0032":', 1))


def _in_one_line(file: bytes) -> bytes:
    line = _line(file, "commitments", 2)
    return file.replace(line + b"\n", line)


def _in_two_lines(file: bytes) -> bytes:
    line = _line(file, "commitments", 2)
    return file.replace(line, line.replace(b',"title"', b',\n"title"'))


def _with_a_blank(file: bytes) -> bytes:
    line = _line(file, "commitments", 3)
    return file.replace(line, b" " + line)


def _event_without_its_number_in_front(file: bytes) -> bytes:
    line = next(each for each in file[file.index(b'"events":{') :].split(b"\n") if b'"id":' in each)
    end = line.rstrip(b",")
    number = end[end.index(b'"id":') : end.index(b",", end.index(b'"id":')) + 1]
    moved = end.replace(number, b"", 1)[:-1] + b"," + number[:-1] + b"}"
    return file.replace(line, line.replace(end, moved))


WRITTEN = [
    _behind_the_title, _swapped, _escaped, _escaped_number, _in_one_line, _in_two_lines, _with_a_blank,
    _event_without_its_number_in_front,
]  # fmt: skip


@pytest.mark.parametrize("write", WRITTEN)
def test_lines_that_this_program_would_not_write_are_found_and_written_anew(
    database: Database, write: Callable[[bytes], bytes]
) -> None:
    before = raw(database)
    written = with_the_right_sum(write(before))
    assert json.loads(written)["commitments"] == json.loads(before)["commitments"]
    Path(database.path).write_bytes(written)
    found = [each for each in examine(database) if each.is_fault]
    assert any("another program wrote its line" in each.sentence for each in found)
    repairs, left = repair(database, found)
    assert left == 0, [(each.finding.sentence, str(each.trouble)) for round_ in repairs for each in round_]
    assert raw(database) == before
    do(database, "note", 2, "as before")
    assert examine(database) == []


def _with_meta(file: bytes, change: Callable[[bytes], bytes]) -> bytes:
    line, rest = file.split(b"\n", 1)
    return with_the_right_sum(change(line) + b"\n" + rest)


def _of_the_store(database: Database) -> list[str]:
    """What is found, but of the copies, which hold what was found before."""
    return [each.sentence for each in examine(database) if "the copy " not in each.sentence]


def _another_key(line: bytes) -> bytes:
    return line.replace(b',"settings":', b',"x":{"a":1,"settings":{},"b":2},"settings":', 1)


def _twice(line: bytes) -> bytes:
    return line.replace(b',"settings":', b',"settings":{},"settings":', 1)


@pytest.mark.parametrize("change", [_another_key, _twice])
def test_no_key_in_the_first_line_hides_the_settings_of_the_store(
    database: Database, change: Callable[[bytes], bytes]
) -> None:
    do(database, "change_settings", silent_after="5")
    before = raw(database)
    Path(database.path).write_bytes(_with_meta(before, change))
    assert database.snapshot().settings["silent_after"] == 5
    [found] = examine(database)
    assert found.sentence.startswith("in _meta: another program wrote its line")
    assert repair(database, [found])[1] == 0
    assert raw(database) == before


def test_a_key_that_another_program_put_into_the_first_line_goes_with_the_next_change(database: Database) -> None:
    Path(database.path).write_bytes(_with_meta(raw(database), _another_key))
    do(database, "note", 2, "called")
    assert b'"x":' not in raw(database)
    assert _of_the_store(database) == []


def test_no_change_makes_a_first_line_that_no_look_reads_to_its_end(database: Database) -> None:
    numbers = {f"account-{number:010}": number for number in range(3_000)}

    def change(line: bytes) -> bytes:
        accounts = json.dumps({"machine": "here", "numbers": numbers}, separators=(",", ":")).encode()
        return line.replace(b',"events_at":', b',"accounts":' + accounts + b',"events_at":', 1)

    Path(database.path).write_bytes(_with_meta(raw(database), change))
    before = raw(database)
    with pytest.raises(FollowUpError):
        do(database, "note", 2, "called")
    assert raw(database) == before


def test_a_store_that_no_program_would_read_is_not_written(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    before = raw(database)
    monkeypatch.setattr("store.file.durable_replace.MAX_BYTES", len(before) + 20)
    with pytest.raises(NotAllowed, match="not saved: the store would be larger"):
        do(database, "note", 2, "called")
    assert raw(database) == before
    assert [path.name for path in Path(database.path).parent.glob(".*.tmp")] == []


@pytest.mark.parametrize("table", ["visits", "parties", "commitments", "events"])
def test_a_counter_that_was_set_back_gives_no_number_again(database: Database, table: str) -> None:
    tables = json.loads(raw(database))
    honest = tables["_meta"]["1"]["next"][table]
    tables["_meta"]["1"]["next"][table] = 1
    Path(database.path).write_bytes(with_the_right_sum(in_our_lines(tables)))
    before = database.snapshot()
    with database.transaction() as tx:
        operations.add_visit(tx, "Another", place="Vienna", start="2023-02-01")
        operations.edit(tx, 2, owner="dina", by=["OSCE"])
    assert any("set back what the store counts" in each for each in tx.warnings)
    after = json.loads(raw(database))
    assert {**before.commitments, 2: None} == {**database.snapshot().commitments, 2: None}
    assert after["_meta"]["1"]["next"][table] >= honest
    assert len(after["visits"]) == 2
    assert _of_the_store(database) == []


def _reversed(file: bytes, table: str, following: int) -> bytes:
    """The lines of a table from the last to the first, and its counter set back to what would be right for the last."""
    tables = json.loads(file)
    tables["_meta"]["1"]["next"][table] = following
    tables[table] = dict(reversed(tables[table].items()))
    return with_the_right_sum(in_our_lines(tables))


def _noted(database: Database, count: int) -> None:
    with database.transaction() as tx:
        for number in range(count):
            operations.note(tx, 2, f"called {number}")


def _added(database: Database, count: int) -> None:
    with database.transaction() as tx:
        for number in range(count):
            operations.add(tx, f"Another {number}", by=["UNODC"], to=["OSCE"], visit="lyon-2022")


@pytest.mark.parametrize("count", [1, 6])
@pytest.mark.parametrize(
    ("table", "change"),
    [("parties", _added), ("commitments", _added), ("events", _noted), ("events", _added)],
)
def test_no_number_is_given_twice_among_lines_out_of_their_order_and_the_doctor_mends_them(
    database: Database, table: str, change: Callable[[Database, int], None], count: int
) -> None:
    before = json.loads(raw(database))[table]
    Path(database.path).write_bytes(_reversed(raw(database), table, 2))
    with suppress(StoreUnusable):  # Refused, or counted on from what the history names.
        change(database, count)
    repairs, left = repair(database, [each for each in examine(database) if each.is_fault])
    assert left == 0, [(each.finding.sentence, str(each.trouble)) for round_ in repairs for each in round_]
    change(database, count)
    after = json.loads(raw(database))[table]
    assert list(map(int, after)) == sorted(map(int, after))
    assert {number: after[number] for number in before if number != "2"} == {
        number: record for number, record in before.items() if number != "2"
    }
    assert _of_the_store(database) == []


@pytest.mark.parametrize("count", [1, 6])
def test_a_change_is_refused_that_would_write_a_second_line_of_a_number(database: Database, count: int) -> None:
    for table in ("commitments", "events"):
        before = raw(database)
        Path(database.path).write_bytes(_reversed(before, table, 2))
        forged = raw(database)
        with pytest.raises(FollowUpError):
            _noted(database, count)
        assert raw(database) == forged
        assert repair(database, [each for each in examine(database) if each.is_fault])[1] == 0
        assert raw(database) == before


def test_no_passage_is_redacted_in_a_history_out_of_its_order(database: Database) -> None:
    do(database, "note", 2, "Mr Karimov called")
    before = raw(database)
    Path(database.path).write_bytes(_reversed(before, "events", json.loads(before)["_meta"]["1"]["next"]["events"]))
    with pytest.raises(StoreUnusable, match="another program wrote its line"):
        do(database, "redact", 2, "Karimov")
    assert repair(database, [each for each in examine(database) if each.is_fault])[1] == 0
    do(database, "redact", 2, "Karimov")
    assert b"Karimov" not in raw(database)


def test_the_number_of_a_removed_record_is_not_given_again_where_its_counter_was_set_back(database: Database) -> None:
    added = do(database, "add", "Removed", by=["UNODC"], to=["UNODC"], visit="lyon-2022")
    do(database, "remove", added, "entered twice")
    tables = json.loads(raw(database))
    tables["_meta"]["1"]["next"]["commitments"] = added
    forged = with_the_right_sum(in_our_lines(tables))
    Path(database.path).write_bytes(forged)
    [found] = [each for each in examine(database) if each.is_fault]
    assert "another program set it back" in found.sentence
    assert repair(database, [found])[1] == 0
    assert json.loads(raw(database))["_meta"]["1"]["next"]["commitments"] == added + 1
    Path(database.path).write_bytes(forged)
    with database.transaction() as tx:
        again = operations.add(tx, "Another", by=["UNODC"], to=["UNODC"], visit="lyon-2022")
        assert again == added + 1
        assert operations.add(tx, "A third", by=["UNODC"], to=["UNODC"], visit="lyon-2022") == added + 2
    assert any("set back what the store counts (commitments)" in each for each in tx.warnings)
    assert _of_the_store(database) == []


def test_a_number_that_was_given_a_second_time_is_found(database: Database) -> None:
    added = do(database, "add", "Removed", by=["UNODC"], to=["UNODC"], visit="lyon-2022")
    do(database, "remove", added, "entered twice")
    do(database, "undo")
    do(database, "redo")
    assert _of_the_store(database) == []
    do(database, "add", "Another", by=["UNODC"], to=["UNODC"], visit="lyon-2022")
    tables = json.loads(raw(database))
    *_, last = tables["events"].values()
    last["id"] = added
    tables["commitments"][str(added)] = {**tables["commitments"].pop(str(added + 1)), "id": added}
    Path(database.path).write_bytes(with_the_right_sum(in_our_lines(tables)))
    sentences = " ".join(_of_the_store(database))
    assert f"event {last['seq']} of commitment {added} gives a number that was given before" in sentences


def test_a_copy_whose_counters_were_set_back_is_good_for_the_list_the_doctor_and_a_restore(database: Database) -> None:
    do(database, "note", 2, "called")
    newest = file_of(database).copies.all()[0]
    tables = json.loads(Path(newest.path).read_bytes())
    honest = dict(tables["_meta"]["1"]["next"])
    tables["_meta"]["1"]["next"]["events"] = 2
    tables["_meta"]["1"]["next"]["commitments"] = 1
    Path(newest.path).write_bytes(with_the_right_sum(in_our_lines(tables)))
    good = file_of(database).copies.newest_good()
    assert good is not None
    assert good.name == newest.name
    assert restore(database, str(newest.revision)).from_revision == newest.revision
    counted = json.loads(raw(database))["_meta"]["1"]["next"]
    assert all(counted[name] >= number for name, number in honest.items())
    assert _of_the_store(database) == []


def test_a_revision_that_was_set_back_is_given_to_no_second_change(database: Database) -> None:
    tables = json.loads(raw(database))
    tables["_meta"]["1"]["revision"] -= 1
    Path(database.path).write_bytes(with_the_right_sum(in_our_lines(tables)))
    assert any("another program set the revision back" in each.sentence for each in examine(database))
    newest = max(event["change"] for event in tables["events"].values())
    do(database, "note", 2, "called")
    assert max(event["change"] for event in json.loads(raw(database))["events"].values()) == newest + 1


@pytest.mark.parametrize(
    ("old", "new"), [(b'"events":{\n', b'"eventz":{\n'), (b"\n}}\n", b"\n}]\n"), (b'\n},\n"events"', b'\n};\n"events"')]
)
def test_what_stands_between_the_tables_is_compared(database: Database, old: bytes, new: bytes) -> None:
    file = raw(database)
    assert file.count(old) == 1
    forged = file.replace(old, new)
    place = forged.index(b'"crc32":"') + len(b'"crc32":"')
    end = forged.index(b"\n", place)
    right = b"%08x" % crc32(forged[end + 1 :], crc32(forged[:place]))
    Path(database.path).write_bytes(forged[:place] + right + forged[place + 8 :])
    with pytest.raises(StoreDamaged):
        database.snapshot()
    with pytest.raises(StoreDamaged):
        examine(database)


def test_a_time_zone_that_this_machine_does_not_know_is_a_finding(database: Database) -> None:
    tables = json.loads(raw(database))
    tables["_meta"]["1"]["settings"] = {"timezone": "Nowhere/Town"}
    Path(database.path).write_bytes(with_the_right_sum(in_our_lines(tables)))
    assert any('the time zone "Nowhere/Town"' in each.sentence for each in examine(database))


def test_a_note_that_a_store_was_moved_and_that_cannot_be_parsed_is_a_damaged_store(database: Database) -> None:
    do(database, "note", 2, "called")
    Path(database.path).write_bytes(b'{"followup":"moved","to":' + b"[" * 200_000)
    with pytest.raises(StoreDamaged, match="newest good copy is revision"):
        database.snapshot()
    assert restore(database, None).from_revision > 0


def test_a_change_that_two_people_sign_and_one_that_stands_too_late_are_found(database: Database) -> None:
    do(database, "note", 2, "called")
    tables = json.loads(raw(database))
    *_, before, last = tables["events"].values()
    last["change"] = before["change"]
    last["who"] = "boris"
    Path(database.path).write_bytes(with_the_right_sum(in_our_lines(tables)))
    found = _of_the_store(database)
    assert f"change {before['change']} is signed by two people" in " ".join(found)
    last["change"] = 2
    Path(database.path).write_bytes(with_the_right_sum(in_our_lines(tables)))
    assert f"event {last['seq']} of change 2 stands behind a later change" in " ".join(_of_the_store(database))
