"""The audit trail: what a line says, and what a comparison of the store with its lines finds."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import operations
from store.database import Database
from store.errors import NotAllowed, StoreDamaged, UsageError
from store.file.file_store import file_of
from store.file.serialize_file import serialize
from store.maintenance.backup import backup
from store.maintenance.import_store import import_store
from store.maintenance.restore import restore
from store.maintenance.verify_history import verify_history
from store.rules.audit_comparison import Comparison
from store.rules.audit_line_and_chain import AuditLine, is_in, line_of, parse_line, ranges, store_name
from store.tinydb_storage import StoreDB
from store.users_and_groups import number_of_signer
from tests.support.audit_socket import LogSocket, audited
from tests.support.store_builders import add_lyon, do, make_empty, make_store, open_store
from tests.support.store_bytes import with_the_right_sum


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[LogSocket]:
    """The log of a machine whose settings ask for the trail."""
    from store import paths, system_log

    with LogSocket() as log:
        monkeypatch.setattr(paths, "SYSTEM_CONFIG", paths.SYSTEM_CONFIG)
        monkeypatch.setattr(paths, "SYSTEM_OWNER", paths.SYSTEM_OWNER)
        monkeypatch.setattr(system_log, "SYSLOG_SOCKET", system_log.SYSLOG_SOCKET)
        for name, value in log.variables.items():
            monkeypatch.setenv(name, value)
        audited()
        yield log


@pytest.fixture
def store(log: LogSocket, path: str) -> Database:
    """The store of `make_store`, each change of it with its line."""
    return make_store(path)


def verified(store: Database, log: LogSocket, leave_out: tuple[int, ...] = ()) -> Comparison:
    """The store compared with the lines of the log, but those of some changes."""
    lines = [line for line in log.lines() if parsed(line).change not in leave_out]
    return verify_history(store, [line.encode() for line in lines])


def parsed(line: str) -> AuditLine:
    found = parse_line(line)
    assert found is not None, line
    return found


def found_in(comparison: Comparison) -> list[tuple[int, str]]:
    return [(each.change, each.what) for each in comparison.disagreements]


def rewrite(store: Database, change: Callable[[dict[str, dict[int, Any]]], object]) -> None:
    """Rewrite the file as a member's program can: with the right sum, and nothing that the program would notice."""
    file = file_of(store)
    image = file.image()
    tables = {name: dict(image.table(name)) for name in ("visits", "parties", "commitments", "events")}
    tables = json.loads(json.dumps(tables), object_hook=_with_numbers)
    change(tables)
    meta = {**image.meta, "revision": max(event["change"] for event in tables["events"].values())}
    meta["next"] = {**meta["next"], "events": max(meta["next"]["events"], *(seq + 1 for seq in tables["events"]))}
    Path(store.path).write_bytes(serialize(meta, tables))  # type: ignore[arg-type]


def _with_numbers(record: dict[str, Any]) -> dict[Any, Any]:
    return {int(key) if key.isdigit() else key: value for key, value in record.items()}


def event_of(tables: dict[str, dict[int, Any]], change: int) -> dict[str, Any]:
    """The first event of a change, to be altered."""
    found: dict[str, Any] = next(event for event in tables["events"].values() if event["change"] == change)
    return found


def test_each_change_leaves_one_line(store: Database, log: LogSocket) -> None:
    lines = [parsed(line) for line in log.lines()]
    assert [line.change for line in lines] == [2, 3, 4, 5, 6]
    assert lines[2].words == {"add": 1}
    assert lines[2].commitments == "2"
    assert {line.uid for line in lines} == {os.getuid()}
    assert {line.store for line in lines} == {store_name(store.path)}
    assert verified(store, log) == Comparison([], [], 5, 5)


def test_a_message_is_one_of_authpriv_with_the_name_and_the_number_of_the_process(
    store: Database, log: LogSocket
) -> None:
    assert log.messages()[0].startswith(b"<85>followup[%d]: audit change=2 store=" % os.getpid())


def test_nothing_that_was_typed_stands_in_a_line(store: Database, log: LogSocket) -> None:
    do(store, "note", 2, "Told in confidence")
    do(store, "mark", 2, "reported", evidence="A secret letter")
    do(store, "edit", 1, title="Another title", owner="somebody")
    text = "\n".join(log.lines())
    for typed in ("confidence", "secret", "title", "somebody", "Lyon", "lyon", "INTERPOL", "ISON"):
        assert typed not in text


def test_without_the_setting_there_is_no_line_and_no_chain(log: LogSocket, path: str) -> None:
    log.config.write_text('store = "/nowhere"\n')
    store = make_store(path)
    log.config.unlink()
    do(store, "note", 2, "x")
    assert log.lines() == []
    assert "audit" not in store.snapshot().meta


def test_the_setting_counts_from_the_next_change_on(log: LogSocket, path: str) -> None:
    asked = log.config.read_text()
    log.config.write_text("")
    store = make_store(path)
    log.config.write_text(asked)
    do(store, "note", 2, "x")
    found = verified(store, log)
    assert found.disagreements == []
    assert found.notes == ["changes 2-6 have no line of their own: the line of change 7 vouches for them"]


@pytest.mark.parametrize("text", ['audit = "nowhere"\n', "audit = true\n", "audit = [\n"])
def test_a_setting_that_is_not_understood_stops_the_change(store: Database, log: LogSocket, text: str) -> None:
    before = Path(store.path).read_bytes()
    log.config.write_text(text)
    with pytest.raises(UsageError):
        do(store, "note", 2, "x")
    assert Path(store.path).read_bytes() == before


def test_a_log_that_is_not_there_is_told_once_and_the_change_stands(store: Database, log: LogSocket) -> None:
    log.close()
    told = []
    for _ in range(3):
        with store.transaction() as tx:
            operations.note(tx, 2, "x")
        told += tx.warnings
    assert told == [f"saved, but the audit trail has no line of it: {log.path}: No such file or directory"]
    log.open()
    do(store, "note", 2, "y")
    assert found_in(verified(store, log)) == [(7, "no-line"), (8, "no-line"), (9, "no-line")]


def test_a_log_that_takes_nothing_holds_no_change_up_for_good(store: Database, log: LogSocket) -> None:
    log.close()
    with (
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as deaf,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as own,
    ):
        deaf.bind(str(log.path))
        own.connect(str(log.path))
        own.setblocking(False)
        with suppress(BlockingIOError):
            while True:
                own.send(b"full")
        told = []
        for _ in range(3):
            with store.transaction() as tx:
                operations.note(tx, 2, "x")
            told += tx.warnings
    assert told == [f"saved, but the audit trail has no line of it: {log.path}: the system's log takes nothing"]


def test_what_was_changed_in_one_go_is_one_line_with_ranges(log: LogSocket, path: str) -> None:
    store = make_empty(path)
    with store.transaction() as tx:
        slug = operations.add_visit(tx, "Many", place="Lyon", start="2022-12-06", end="2022-12-08")
        for number in range(10_000):
            operations.add(tx, f"Promise {number}", visit=slug, by=["A B"], to=["C D"])
        for number in range(1, 4_000, 2):
            operations.edit(tx, number, title="Another")
    [text] = log.lines()
    line = parsed(text)
    assert len(log.messages()[0]) < 1024
    assert (line.events, line.commitments) == (12_003, "1-10000")
    assert line.words == {"add": 10_003, "edit": 2_000}


def test_the_longest_line_has_less_than_1_kb() -> None:
    from store.model.vocabulary_and_signs import ACTIONS

    number = 10**15
    events: list[Any] = [
        {"seq": seq, "change": number, "action": action, key: number + 2 * seq}
        for seq, (action, key) in enumerate((action, key) for action in ACTIONS for key in ("id", "visit", "party"))
    ]
    named = store_name("/srv/" + "Ж" * 2000)
    line = line_of(events, store=named, uid=2**32, login=2**32, origin=number, chain="0" * 64)
    assert len(f"<85>followup[4194304]: {line.text()}") < 1024
    assert parse_line(line.text()) == line


@pytest.mark.parametrize(
    "alter",
    [
        lambda tables: event_of(tables, 4).update(who="boris"),
        lambda tables: event_of(tables, 4).update(at="2023-03-01T10:00:00Z"),
        lambda tables: event_of(tables, 4)["fields"].update(due=[None, "2023-04-30"]),
        lambda tables: event_of(tables, 4).update(note="never said"),
    ],
)
def test_a_change_that_was_rewritten_is_named_with_who_made_it(
    store: Database, log: LogSocket, alter: Callable[[dict[str, dict[int, Any]]], object]
) -> None:
    do(store, "note", 2, "x")
    rewrite(store, alter)
    do(store, "note", 2, "after it")
    found = [each for each in verified(store, log).disagreements if each.what != "record-altered"]
    assert [(each.change, each.what) for each in found] == [(4, "altered")]
    assert f"uid {os.getuid()} (add 1; commitments 2)" in found[0].sentence


def test_a_text_that_was_rewritten_is_named(store: Database, log: LogSocket) -> None:
    do(store, "note", 2, "he refused")
    rewrite(store, lambda tables: event_of(tables, 7).update(note="he agreed"))
    assert found_in(verified(store, log)) == [(7, "text-altered")]


def test_a_record_that_was_rewritten_is_named(store: Database, log: LogSocket) -> None:
    rewrite(store, lambda tables: tables["commitments"][2].update(state="proposed", quote="never said"))
    found = verified(store, log).disagreements
    assert [(each.change, each.what) for each in found] == [(4, "record-altered")]
    assert found[0].sentence == "commitment 2 is not what the history made it: state, quote"


def alter_meta(store: Database, **fields: Any) -> None:
    file = file_of(store)
    image = file.image()
    tables = {name: dict(image.table(name)) for name in ("visits", "parties", "commitments", "events")}
    Path(store.path).write_bytes(serialize({**image.meta, **fields}, tables))  # type: ignore[typeddict-item]


@pytest.mark.parametrize(
    "fields",
    [
        {"settings": {"silent_after": 900}},
        {"accounts": {"machine": os.uname().nodename, "numbers": {"asel": 1001, "boris": 1001}}},
    ],
)
def test_settings_and_accounts_that_no_change_made_are_found_also_later(
    store: Database, log: LogSocket, fields: dict[str, Any]
) -> None:
    do(store, "note", 2, "x")
    do(store, "change_settings", silent_after="20")
    assert found_in(verified(store, log)) == []
    alter_meta(store, **fields)
    comparison = verified(store, log)
    assert found_in(comparison) == [(8, "meta-altered")]
    assert comparison.disagreements[0].sentence.endswith("are not those that change 8 left")
    do(store, "note", 2, "y")
    comparison = verified(store, log)
    assert found_in(comparison) == [(9, "meta-altered")]
    assert comparison.disagreements[0].sentence.endswith("were altered between change 8 and change 9")


def test_lines_of_the_file_that_hide_an_event_from_a_quick_look_are_refused(store: Database, log: LogSocket) -> None:
    do(store, "note", 2, "they will never send it")
    written = Path(store.path).read_bytes()
    event = written[written.rindex(b'\n"') + 1 : written.rindex(b"\n}}")]
    moved = event.replace(b'"id":2,', b"", 1)[:-1] + b',"id":2}'
    Path(store.path).write_bytes(with_the_right_sum(written.replace(event, moved)))
    assert [each["action"] for each in store.snapshot().events_of(2)][-1:] != ["note"]
    with pytest.raises(StoreDamaged, match="another program wrote its line"):
        verified(store, log)


def test_a_line_that_does_not_say_its_settings_hides_nothing(store: Database, log: LogSocket) -> None:
    do(store, "note", 2, "x")
    alter_meta(store, settings={"silent_after": 900})
    do(store, "note", 2, "y")
    do(store, "note", 2, "z")
    *earlier, forged, last = log.lines()
    lines = [*earlier, re.sub(" meta=[0-9a-f]+", "", forged), last]
    found = verify_history(store, [line.encode() for line in lines])
    assert found_in(found) == [(8, "meta-altered"), (9, "meta-altered")]
    assert "does not say what settings and accounts it found and left" in found.disagreements[0].sentence
    lines = [*earlier, re.sub(" meta=[0-9a-f]+", "", forged)]
    assert (8, "meta-altered") in found_in(verify_history(store, [line.encode() for line in lines]))


@pytest.mark.parametrize("said", [{"origin": 6}, {"origin": 7}, {"actions": "redact:1"}, {"actions": "restore:1"}])
def test_a_line_that_says_of_its_change_what_its_events_do_not_excuses_nothing(
    store: Database, log: LogSocket, said: dict[str, Any]
) -> None:
    for words in ("x", "y", "z"):
        do(store, "note", 2, words)
    *earlier, last = filter(None, map(parse_line, log.lines()))
    lines = [line.text() for line in (*earlier, last._replace(**said))]
    rewrite(store, lambda tables: _take_out(tables["events"], 8))
    found = verify_history(store, [f"followup[1]: {line}".encode() for line in lines])
    assert {(8, "no-change"), (9, "forged-line")} <= set(found_in(found))


def _take_out(events: dict[int, Any], change: int) -> None:
    for seq in [seq for seq, event in events.items() if event["change"] == change]:
        del events[seq]


@pytest.mark.parametrize("raised", [1, 1000, 900_000_000_000])
def test_settings_that_no_change_made_are_found_though_the_revision_was_raised(
    store: Database, log: LogSocket, raised: int
) -> None:
    do(store, "note", 2, "x")
    revision = store.snapshot().revision
    alter_meta(store, settings={"silent_after": 900}, revision=revision + raised)
    assert sorted(found_in(verified(store, log))) == [(revision, "meta-altered"), (revision + 1, "no-change")]
    do(store, "note", 2, "y")
    later = revision + raised + 1
    assert sorted(found_in(verified(store, log))) == [(revision + 1, "no-change"), (later, "meta-altered")]


def test_settings_are_not_compared_where_no_line_has_their_sum(store: Database, log: LogSocket) -> None:
    do(store, "note", 2, "x")
    lines = [re.sub(" meta=[0-9a-f]+", "", line) for line in log.lines()]
    comparison = verify_history(store, [line.encode() for line in lines])
    assert comparison.disagreements == []
    assert any("settings and accounts are not compared" in note for note in comparison.notes)


def test_a_record_that_was_put_in_or_left_out_is_named(store: Database, log: LogSocket) -> None:
    def swap(tables: dict[str, dict[int, Any]]) -> None:
        tables["parties"][4] = {**tables["parties"][1], "id": 4, "name": "Nobody"}
        del tables["commitments"][3]

    file = file_of(store)
    rewrite(store, swap)
    assert file.image().table("parties")[4]["name"] == "Nobody"
    assert {each.what for each in verified(store, log).disagreements} == {"record-altered"}
    sentences = [each.sentence for each in verified(store, log).disagreements]
    assert any("commitment 3 is not what the history made it" in sentence for sentence in sentences)
    assert any("party 4 is not what" in sentence for sentence in sentences)


def test_a_change_that_was_left_out_is_named(store: Database, log: LogSocket) -> None:
    do(store, "note", 2, "x")
    do(store, "note", 2, "y")
    rewrite(store, lambda tables: tables["events"].pop(event_of(tables, 7)["seq"]))
    assert found_in(verified(store, log)) == [(7, "no-change")]


def test_a_change_by_another_program_has_no_line(store: Database, log: LogSocket) -> None:
    asked = log.config.read_text()
    log.config.write_text("")
    do(store, "note", 2, "forged")
    log.config.write_text(asked)
    assert found_in(verified(store, log)) == [(7, "no-line")]
    do(store, "note", 2, "x")
    assert found_in(verified(store, log)) == [(7, "no-line")]


def test_an_older_file_in_the_place_of_the_store_is_named(store: Database, log: LogSocket) -> None:
    older = Path(store.path).read_bytes()
    do(store, "note", 2, "x")
    do(store, "note", 2, "y")
    Path(store.path).write_bytes(older)
    assert found_in(verified(store, log)) == [(7, "cut-off"), (8, "cut-off")]
    do(store, "note", 2, "z")
    assert found_in(verified(store, log)) == [(7, "two-lines"), (8, "cut-off")]


def test_one_line_vouches_for_the_changes_before_it(store: Database, log: LogSocket) -> None:
    do(store, "note", 2, "x")
    rewrite(store, lambda tables: event_of(tables, 4).update(who="boris"))
    assert found_in(verified(store, log, leave_out=(2, 3, 4, 5))) == [(6, "earlier-altered")]


def test_a_chain_that_was_altered_in_the_store_is_noticed(store: Database, log: LogSocket) -> None:
    file = file_of(store)
    image = file.image()
    meta: Any = {**image.meta, "audit": {"change": 6, "chain": "0" * 64}}
    tables = {name: image.table(name) for name in ("visits", "parties", "commitments", "events")}
    Path(store.path).write_bytes(serialize(meta, tables))
    do(store, "note", 2, "x")
    assert found_in(verified(store, log)) == [(7, "broken-chain")]


@pytest.mark.parametrize(
    "kept", [7, [], {"change": "6"}, {"change": 99, "chain": "0" * 64}, {"change": 3, "chain": "\ud800"}]
)
def test_a_chain_that_is_none_is_computed_anew(store: Database, log: LogSocket, kept: object) -> None:
    file = file_of(store)
    image = file.image()
    meta: Any = {**image.meta, "audit": kept}
    tables = {name: image.table(name) for name in ("visits", "parties", "commitments", "events")}
    Path(store.path).write_bytes(serialize(meta, tables))
    do(store, "note", 2, "x")
    assert verified(store, log).disagreements == []


def test_a_redaction_is_known_and_hides_nothing_else(store: Database, log: LogSocket) -> None:
    do(store, "note", 2, "ask Mr Somebody")
    do(store, "note", 3, "he refused")
    with store.transaction() as tx:
        operations.redact(tx, 2, "Somebody")
    do(store, "note", 2, "x")
    found = verified(store, log)
    assert found.disagreements == []
    assert found.notes == [
        f"change 9 redacted commitment 2, by uid {os.getuid()}: the texts of changes 7 are not those that were written"
    ]
    honest = Path(store.path).read_bytes()
    rewrite(store, lambda tables: event_of(tables, 7).update(note="ask nobody"))
    assert found_in(verified(store, log)) == [(7, "text-altered")]
    rewrite(store, lambda tables: event_of(tables, 7).update(note="ask nobody [redacted by asel, 2023-03-01]"))
    assert found_in(verified(store, log)) == [(9, "earlier-altered")]
    Path(store.path).write_bytes(honest)
    rewrite(store, lambda tables: event_of(tables, 8).update(note="he agreed"))
    assert found_in(verified(store, log)) == [(8, "text-altered")]
    rewrite(store, lambda tables: event_of(tables, 7).update(who="boris"))
    assert found_in(verified(store, log)) == [(7, "altered"), (8, "text-altered")]


@pytest.mark.parametrize("cover", ["redact", "restore"])
def test_what_was_altered_from_before_the_trail_is_covered_by_no_later_change(
    store: Database, log: LogSocket, cover: str
) -> None:
    do(store, "note", 2, "ask Mr Somebody")  # Change 7: the first one with a line.
    rewrite(store, lambda tables: event_of(tables, 2).update(who="marat"))
    if cover == "redact":
        do(store, "redact", 2, "Somebody")
    else:
        do(store, "note", 2, "one more")
        restore(store, "7")
    assert (7, "earlier-altered") in found_in(verified(store, log, leave_out=tuple(range(1, 7))))


def test_a_redaction_of_what_is_from_before_the_trail_is_no_alteration(store: Database, log: LogSocket) -> None:
    do(store, "note", 2, "ask Mr Somebody")
    do(store, "note", 2, "done")  # Change 8: the first one with a line.
    do(store, "redact", 2, "Somebody")
    do(store, "note", 3, "more")
    assert found_in(verified(store, log, leave_out=tuple(range(1, 8)))) == []


def test_a_redaction_without_a_line_is_none(store: Database, log: LogSocket) -> None:
    do(store, "note", 2, "ask Mr Somebody")
    rewrite(store, lambda tables: event_of(tables, 7).update(note="ask Mr [redacted by asel, 2023-03-01]"))
    assert found_in(verified(store, log)) == [(7, "text-altered")]


def test_a_restore_is_known_and_hides_nothing(store: Database, log: LogSocket) -> None:
    do(store, "note", 2, "x")
    do(store, "note", 2, "y")
    assert restore(store, "7").revision == 9
    do(store, "note", 2, "z")
    found = verified(store, log)
    assert found.disagreements == []
    assert found.notes == [f"change 9 brought back revision 7, by uid {os.getuid()}"]
    rewrite(store, lambda tables: event_of(tables, 7).update(who="boris"))
    assert found_in(verified(store, log)) == [(7, "altered")]


def test_restores_one_after_the_other_leave_no_revision_out(store: Database, log: LogSocket, tmp_path: Path) -> None:
    for number in range(3):
        copy = backup(store, str(tmp_path / f"{number}.json")).path
        assert restore(store, copy).revision == 7 + number
    do(store, "note", 2, "z")
    assert verified(store, log).disagreements == []


def test_a_store_that_was_lost_with_its_folder_gives_numbers_a_second_time(
    store: Database, log: LogSocket, tmp_path: Path
) -> None:
    copy = backup(store, str(tmp_path / "backup.json")).path
    do(store, "note", 2, "lost")
    do(store, "note", 3, "lost as well")
    before = len(log.lines())
    shutil.rmtree(file_of(store).folder)
    restore(store, copy)
    do(store, "note", 2, "entered again")
    found = verified(store, log)
    assert found_in(found) == [(7, "two-lines"), (8, "two-lines")]
    said = f"change 7 brought back revision 6, by uid {os.getuid()}, as the next one after it: if the store was lost"
    assert sum(note.startswith(said) for note in found.notes) == 1
    since = [line.encode() for line in log.lines()[before:]]
    assert verify_history(store, since).disagreements == []


def test_the_revision_that_a_damaged_store_may_have_had_is_no_disagreement(store: Database, log: LogSocket) -> None:
    Path(store.path).write_bytes(b"{")
    assert restore(store, None).revision == 7
    do(store, "note", 2, "z")
    found = verified(store, log, leave_out=(6,))
    assert found.disagreements == []
    note = "no change has revision 6: what change 7 replaced may have had it, since it was damaged"
    assert note in found.notes


def test_a_forged_history_that_is_restored_is_named(store: Database, log: LogSocket, tmp_path: Path) -> None:
    honest = Path(store.path).read_bytes()
    rewrite(store, lambda tables: event_of(tables, 4).update(who="boris"))
    backup = tmp_path / "backup.json"
    backup.write_bytes(Path(store.path).read_bytes())
    Path(store.path).write_bytes(honest)
    restore(store, str(backup))
    assert (4, "altered") in found_in(verified(store, log))


def test_a_whole_store_that_is_imported_is_known(log: LogSocket, path: str, tmp_path: Path) -> None:
    other = make_store(str(tmp_path / "other.json"))
    do(other, "note", 2, "x")
    store = make_empty(path)
    import_store(store, Path(other.path).read_bytes(), "other.json")
    do(store, "note", 2, "y")
    found = verified(store, log)
    assert found.disagreements == []
    assert found.notes == [
        "changes 2-7 have no line of their own: the line of change 8 vouches for them",
        f"change 8 imported a store of revision 7, by uid {os.getuid()}",
    ]
    rewrite(store, lambda tables: event_of(tables, 4).update(who="boris"))
    assert found_in(verified(store, log)) == [(8, "earlier-altered")]


def test_an_import_excuses_nothing_where_the_store_had_lines_before(log: LogSocket, path: str, tmp_path: Path) -> None:
    store = make_store(path)
    do(store, "note", 2, "honest")
    do(store, "note", 2, "honest too")
    assert verified(store, log).disagreements == []

    def put_in(tables: dict[str, dict[int, Any]]) -> None:
        seq = max(tables["events"])
        forged = {"seq": seq + 1, "change": 9, "who": "boris", "note": "I agree to everything", "revision": 9}
        tables["events"][seq + 1] = {**tables["events"][seq], **forged}
        tables["commitments"][2]["revision"] = 9

    rewrite(store, put_in)
    forged = Path(path).read_bytes()
    os.unlink(path)
    shutil.rmtree(file_of(store).copies.folder)
    import_store(make_empty(path), forged, "forged.json")
    uid = os.getuid()
    told = (9, "no-line", f"change 9 has no line: it came with the store that change 10 imported, by uid {uid}")
    assert told in verified(store, log).disagreements
    do(store, "note", 2, "honest later")
    assert told in verified(store, log).disagreements
    assert [what for _, what in found_in(verified(store, log))] == ["no-line"]


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"news_on": "2023-06-01"}, "news_on"),
        ({"chased": None, "last_chased": None}, "chased, last_chased"),
    ],
)
def test_last_news_and_chases_that_no_event_tells_are_told(
    log: LogSocket, path: str, fields: dict[str, Any], named: str
) -> None:
    store = make_store(path)
    do(store, "chase", 2, again=None)
    do(store, "note", 2, "news")
    assert verified(store, log).disagreements == []

    def alter(tables: dict[str, dict[int, Any]]) -> None:
        for name, value in fields.items():
            tables["commitments"][2][name] = value
            if value is None:
                del tables["commitments"][2][name]

    rewrite(store, alter)
    sentence = f"commitment 2 is not what the history made it: {named}"
    assert (8, "record-altered", sentence) in verified(store, log).disagreements


def test_a_script_and_an_undo_leave_lines_as_well(store: Database, log: LogSocket) -> None:
    with StoreDB(store, "a script") as db:
        db.table("commitments").update({"owner": "boris"}, doc_ids=[1, 2])
    with store.transaction() as tx:
        operations.undo(tx)
    lines = [parsed(line) for line in log.lines()]
    assert [(line.words, line.commitments) for line in lines[-2:]] == [({"edit": 2}, "1-2"), ({"undo": 2}, "1-2")]
    assert verified(store, log).disagreements == []


def test_a_change_that_is_refused_leaves_no_line(store: Database, log: LogSocket) -> None:
    count = len(log.lines())
    with pytest.raises(NotAllowed):
        do(store, "mark", 2, "closed")
    with store.dry_run() as tx:
        operations.note(tx, 2, "x")
    assert len(log.lines()) == count


def test_a_log_about_other_stores_is_refused(log: LogSocket, path: str, tmp_path: Path) -> None:
    log.config.write_text("")
    store = make_store(path)
    log.config.write_text('audit = "syslog"\n')
    with pytest.raises(NotAllowed, match="no line about a change of"):
        verify_history(store, [])
    other = make_empty(str(tmp_path / "other.json"))
    add_lyon(other)
    about = re.escape(f"it has lines about {store_name(other.path)}")
    with pytest.raises(NotAllowed, match=about):
        verify_history(store, [line.encode() for line in log.lines()])


def test_a_store_that_was_moved_is_compared_with_its_lines_from_before(
    store: Database, log: LogSocket, tmp_path: Path
) -> None:
    former = store.path
    moved = Path(former).rename(tmp_path / "moved.json")
    there = Database(str(moved), store.clock, store.actor)
    do(there, "note", 2, "x")
    lines = [line.encode() for line in log.lines()]
    assert verify_history(there, lines).lines == 1
    assert verify_history(there, lines, former) == Comparison([], [], 6, 6)


def as_journald(line: str, uid: int) -> bytes:
    tag, _, message = line.partition(": ")
    pid = tag.partition("[")[2].rstrip("]")
    return json.dumps({"SYSLOG_IDENTIFIER": "followup", "_UID": str(uid), "_PID": pid, "MESSAGE": message}).encode()


def test_a_line_that_another_user_sent_is_forged(store: Database, log: LogSocket) -> None:
    """Journald says who sent a line: the kernel told it."""
    lines = log.lines()
    own = [as_journald(line, os.getuid()) for line in lines]
    assert verify_history(store, own).disagreements == []
    forged = lines[2].replace("actions=add:1", "actions=remove:1")
    os.chmod(store.path, 0o666)  # So that the other user may change it: of one who may not no line accuses anybody.
    found = verify_history(store, [*own, as_journald(forged, 4711)])
    assert found_in(found) == [(4, "forged-line")]
    assert found_in(verify_history(store, [*own, forged.encode()])) == [(4, "two-lines")]


def test_a_change_that_bears_the_name_of_another_account_is_named(
    store: Database, log: LogSocket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log has the number of the process; whose name the change bears its program says."""
    do(open_store(store.path, who="daemon"), "note", 2, "I agree to pay")
    do(open_store(store.path, who="root (SUDO_USER=asel, unverified)"), "note", 2, "so do I")
    do(open_store(store.path, who="nobody who has an account"), "note", 2, "and I")
    with monkeypatch.context() as patched:
        patched.setattr("store.maintenance.verify_history.number_of_signer", {"daemon": os.getuid()}.get)
        assert verified(store, log).disagreements == []
    numbers = {"daemon": os.getuid() + 1, "root (SUDO_USER=asel, unverified)": os.getuid()}
    monkeypatch.setattr("store.maintenance.verify_history.number_of_signer", numbers.get)
    [found] = verified(store, log).disagreements
    assert (found.change, found.what) == (7, "signed-as-another")
    signed = f"change 7 is signed by daemon, who has uid {os.getuid() + 1} here, and was made by uid {os.getuid()} "
    assert found.sentence.startswith(signed)


STRANGER = 4711


def _of_stranger(line: str, **changes: str) -> bytes:
    """A line that a stranger sent under his own number, with other words in the place of those of a sound one."""
    for key, value in {"uid": str(STRANGER), **changes}.items():
        said = f" {key}={value}"
        line = re.sub(rf" {key}=\S+", said, line) if f" {key}=" in line else line.replace(" digest=", f"{said} digest=")
    return as_journald(line, STRANGER)


@pytest.mark.parametrize(
    "changes",
    [
        {"change": "1"},
        {"change": "999"},
        {"change": "999", "actions": "import:1", "origin": "0"},
        {"digest": "0" * 64},
        {"uid": "1", "digest": "0" * 64},
        {"uid": "1", "change": "999"},
    ],
)
def test_a_line_of_one_who_may_not_change_the_store_explains_and_accuses_nothing(
    store: Database, log: LogSocket, changes: dict[str, str]
) -> None:
    lines = log.lines()
    own = [as_journald(line, os.getuid()) for line in lines]
    forged = _of_stranger(lines[-1], **changes)
    cut = own[:-2]
    for sound in (own, cut):
        found, without = verify_history(store, [*sound, forged]), verify_history(store, sound)
        assert found.disagreements == without.disagreements
        assert any(f"from uid {STRANGER}, who may not change the store" in note for note in found.notes)
        said = f"uid {STRANGER} wrote another number there: uid 1"
        assert (said in found.notes) == ("uid" in changes)
    assert found_in(verify_history(store, cut)) != []


@pytest.mark.parametrize("program", ["sshd", "sudo", "Followup", None])
def test_a_message_of_another_program_that_repeats_what_somebody_typed_is_no_line(
    store: Database, log: LogSocket, program: str | None
) -> None:
    lines = log.lines()
    own = [as_journald(line, os.getuid()) for line in lines]
    typed = re.sub(r" change=\d+", " change=999", lines[-1].partition(": ")[2])
    for message in (f"Invalid user followup: {typed} from ::1", f"followup: {typed}", typed):
        entry = {"SYSLOG_IDENTIFIER": program, "_UID": "0", "MESSAGE": message}
        repeated = json.dumps({key: value for key, value in entry.items() if value is not None}).encode()
        assert verify_history(store, [*own, repeated]) == verify_history(store, own)
    quoted = json.dumps({"SYSLOG_IDENTIFIER": "followup", "_UID": "0", "MESSAGE": f"x followup: {typed}"}).encode()
    assert verify_history(store, [*own, quoted]) == verify_history(store, own)


def test_a_line_of_one_who_left_stands_for_a_change_that_is_just_so(store: Database, log: LogSocket) -> None:
    lines = log.lines()
    own = [as_journald(line, os.getuid()) for line in lines]
    of_one_who_left = [_of_stranger(lines[2])]
    assert verify_history(store, [*own[:2], *of_one_who_left, *own[3:]]).disagreements == []


def test_a_line_of_one_who_may_not_change_the_store_vouches_for_nobody_else_and_for_no_settings(
    store: Database, log: LogSocket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A member forges a change in a colleague's name, and somebody else sends its line."""
    numbers = {"daemon": os.getuid() + 1}
    monkeypatch.setattr("store.maintenance.verify_history.number_of_signer", numbers.get)
    do(open_store(store.path, who="daemon"), "note", 2, "I agree to pay")
    own = [as_journald(line, os.getuid()) for line in log.lines()]
    forged = as_journald(re.sub(r"uid=[0-9]+", f"uid={STRANGER}", log.lines()[-1]), STRANGER)
    assert (7, "signed-as-another") in found_in(verify_history(store, [*own[:-1], forged]))
    image = file_of(store).image()
    tables = {name: image.table(name) for name in ("visits", "parties", "commitments", "events")}
    altered: Any = {**image.meta, "settings": {"silent_after": 900}}
    Path(store.path).write_bytes(serialize(altered, tables))
    do(store, "note", 2, "later")
    last = as_journald(log.lines()[-1], os.getuid())
    found = found_in(verify_history(store, [*own[:-1], forged, last]))
    assert (8, "meta-altered") in found


def test_many_lines_about_one_change_are_told_in_one_short_sentence(store: Database, log: LogSocket) -> None:
    lines = log.lines()
    forged = [re.sub("digest=[0-9a-f]{64}", f"digest={number:064x}", lines[2]) for number in range(2_000)]
    [found] = [
        each
        for each in verify_history(store, [line.encode() for line in (*lines, *forged)]).disagreements
        if each.what == "two-lines"
    ]
    assert len(found.sentence) < 600


@pytest.mark.parametrize("who", ["daemon ", " daemon", "DAEMON", "daemon (SUDO_USER=x, unverified)"])
def test_what_looks_like_the_name_of_an_account_is_taken_for_it(who: str) -> None:
    assert number_of_signer(who) == number_of_signer("daemon") is not None
    assert number_of_signer("uid 4711") == 4711
    assert number_of_signer("uid 0 (user namespace, unverified)") is None


def test_nothing_is_explained_by_a_change_that_the_store_does_not_have(store: Database, log: LogSocket) -> None:
    lines = [line.encode() for line in log.lines()]
    without = verify_history(store, lines[:-2])
    imported = re.sub(rb"change=\d+", b"change=999", re.sub(rb"actions=\S+", b"actions=import:1", lines[-1]))
    found = verify_history(store, [*lines[:-2], re.sub(rb" digest=", b" origin=0 digest=", imported)])
    assert set(without.disagreements) <= set(found.disagreements)
    assert (999, "cut-off") in found_in(found)


def test_a_log_that_holds_lines_twice_is_no_finding(store: Database, log: LogSocket) -> None:
    lines = [line.encode() for line in log.lines()]
    assert verify_history(store, [*lines, *lines[2:]]).disagreements == []


@given(st.text())
def test_no_text_of_a_log_is_a_fault(text: str) -> None:
    for line in (text, f"followup[1]: audit {text}", f"audit change=1 {text}", '{"MESSAGE": ' + json.dumps(text) + "}"):
        parse_line(line)


@pytest.mark.parametrize(
    "change",
    [
        ("change=4", "change=" + "9" * 4000),
        ("uid=", "uid=-"),
        ("events=1", "events=one"),
        ("actions=add:1", "actions=add:1,[b]:1"),
        ("actions=add:1", "actions=" + "add:1," * 99 + "add:1"),
        ("commitments=2", "commitments=2-x"),
        ("commitments=2", "commitments=--"),
        ("digest=", "digest=0"),
        ("chain=", "chained="),
    ],
)
def test_a_line_that_is_none_of_ours_is_passed_over(store: Database, log: LogSocket, change: tuple[str, str]) -> None:
    line = log.lines()[2]
    assert parsed(line).change == 4
    forged = line.replace(*change)
    assert forged != line
    assert parse_line(forged) is None


@given(st.sets(st.integers(1, 400)))
def test_ranges_name_every_number_that_they_list(numbers: set[int]) -> None:
    whole = ranges(numbers, longest=10_000)
    assert {number for number in range(402) if is_in(number, whole)} == numbers
    short = ranges(numbers, longest=20)
    assert len(short) <= 30
    assert all(is_in(number, short) for number in numbers)


def test_the_name_of_a_script_is_redacted_as_other_texts_are(store: Database, log: LogSocket) -> None:
    with StoreDB(store, "NEMO.py") as db:
        db.run("note", 2, "called")
    do(store, "redact", 2, "NEMO")
    assert b"NEMO" not in Path(store.path).read_bytes()
    assert verified(store, log).disagreements == []
