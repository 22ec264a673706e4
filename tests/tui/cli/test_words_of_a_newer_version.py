"""Words of a newer followup, which this one does not know: refused, never counted or shown wrongly."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.database import Database
from store.file.file_store import file_of
from store.file.serialize_file import serialize_changes
from store.model.vocabulary_and_signs import State
from tests.conftest import Run
from tests.support import store_builders
from tests.support.app_driver import driven, story
from tests.support.check_answers_and_refusals import assert_one_sentence, assert_refused, ids, unchanged

pytestmark = pytest.mark.file_only("writes into the file by hand")

STATE = ("commitment 2", "state", '"paused"', "update followup")
BECAUSE = ("commitment 4", "reason for closing", '"postponed"', "update followup")
PRECISION = ("commitment 2", "precision of a date", '"decade"', "update followup")
KIND = ("event", "kind", '"pause"', "update followup")

Written = Callable[..., None]


@pytest.fixture
def written(database: Database) -> Written:
    """Writes fields of a record as a newer followup would: with the sum that is right for them."""
    store_builders.do(database, "mark", 4, "closed", because="dropped")

    def write(table: str, number: int, **fields: Any) -> None:
        image = file_of(database).image()
        record = {**image.table(table)[number], **fields}
        Path(database.path).write_bytes(serialize_changes(image, image.meta, {table: {number: record}}))

    return write


def last_event(database: Database, number: int) -> int:
    return int(store_builders.events(database, number)[-1]["seq"])


@pytest.mark.parametrize(
    "argv",
    [
        ("status",),
        ("status", "--short"),
        ("status", "--json"),
        ("list",),
        ("list", "--all", "--json"),
        ("list", "--ids", "visit:lyon-2022"),
        ("show", "2"),
        ("visits",),
        ("parties",),
        ("sheet",),
        ("report", "--quarter", "2023-Q1"),
        ("digest",),
        *(("export", "--format", name) for name in ("csv", "ics", "xlsx", "html")),
        ("mark", "2", "agreed"),
        ("due", "2", "2023-04-30", "--reason", "asked"),
        ("note", "2", "called"),
        ("undo",),
        ("doctor",),
    ],
    ids=" ".join,
)
def test_an_unknown_state_is_refused_by_every_command(
    database: Database, written: Written, run: Run, argv: tuple[str, ...]
) -> None:
    assert run("note", "2", "what undo would take back").code == 0
    written("commitments", 2, state="paused")
    with unchanged(database.path):
        assert_refused(run(*argv, *(["--output", "file.xlsx"] if "xlsx" in argv else [])), 4, *STATE)


def test_monitoring_says_that_it_does_not_know(database: Database, written: Written, run: Run) -> None:
    written("commitments", 2, state="paused")
    checked = run("check")
    assert checked.code == 3
    assert '"paused"' in checked.out + checked.err


def test_what_waits_for_one_in_an_unknown_state_is_refused_too(database: Database, written: Written, run: Run) -> None:
    store_builders.do(database, "edit", 3, after=2)
    written("commitments", 2, state="paused")
    assert_refused(run("show", "3"), 4, *STATE)


def test_other_unknown_words_of_a_commitment_are_refused_where_they_count(
    database: Database, written: Written, run: Run
) -> None:
    written("commitments", 4, closed={"because": "postponed", "on": "2023-02-20"})
    assert ids(run("list", "--ids"))
    for argv in (("list", "--all"), ("show", "4"), ("sheet",), ("report",), ("mark", "4", "agreed"), ("doctor",)):
        assert_refused(run(*argv), 4, *BECAUSE)
    written("commitments", 4, closed={"because": "dropped", "on": "2023-02-20"})
    written("commitments", 2, due_precision="decade")
    assert 2 in ids(run("list", "--ids"))
    for argv in (("export", "--format", "md"), ("note", "2", "called"), ("doctor",)):
        assert_refused(run(*argv), 4, *PRECISION)


def test_an_unknown_kind_of_event_is_refused_where_it_would_be_shown_or_undone(
    database: Database, written: Written, run: Run
) -> None:
    written("events", last_event(database, 2), action="pause")
    assert ids(run("list", "--ids"))
    for argv in (("history",), ("history", "2"), ("show", "2"), ("history", "--json"), ("doctor",)):
        assert_refused(run(*argv), 4, *KIND)
    assert run("show", "3").code == 0
    last = store_builders.events(database, 4)[-1]["change"]
    with unchanged(database.path):
        assert_refused(run("undo", str(last - 3)), 4, *KIND)


def test_a_change_of_another_record_keeps_what_is_not_known(database: Database, written: Written, run: Run) -> None:
    written("commitments", 2, state="paused", paused_until="2023-06-01")
    assert run("note", "3", "called").code == 0
    record = file_of(database).image().record("commitments", 2)
    assert record is not None
    assert (record["state"], record["paused_until"]) == ("paused", "2023-06-01")


def test_a_copy_with_an_unknown_state_is_not_brought_back(database: Database, written: Written, run: Run) -> None:
    written("commitments", 2, state="paused")
    revision = file_of(database).image().meta["revision"]
    assert run("note", "3", "called").code == 0
    written("commitments", 2, state=State.AGREED)
    with unchanged(database.path):
        assert_refused(run("restore", str(revision)), 4, *STATE)


def test_a_word_that_was_typed_into_the_file_is_damage(database: Database, run: Run) -> None:
    file = Path(database.path)
    file.write_bytes(file.read_bytes().replace(b'"state":"agreed"', b'"state":"agreeed"', 1))
    assert_refused(run("status"), 4, "is damaged", "record 2", "state is not a state")


def test_a_strange_word_cannot_act_on_the_terminal(database: Database, written: Written, run: Run) -> None:
    written("commitments", 2, state="a\x1b[31m\nfollowup: all is well")
    assert_one_sentence(run("status").err, r"a\x1b[31m")


@story
async def test_the_app_opens_none_and_keeps_what_was_read_last(path: str) -> None:
    database = store_builders.make_store(path)
    async with driven(database, every=0.05) as hand:
        shown = hand.numbers
        image = file_of(database).image()
        closed = {"state": "closed", "closed": {"because": "postponed", "on": "2023-02-20"}}
        for word, fields in (
            ("paused", {"state": "paused"}),
            ("decade", {"due_precision": "decade"}),
            ("postponed", closed),
        ):
            record = {**image.table("commitments")[2], **fields}
            temporary = Path(f"{path}.new")
            temporary.write_bytes(serialize_changes(image, image.meta, {"commitments": {2: record}}))
            os.replace(temporary, path)
            await hand.says(f'"{word}"')
            assert "update followup" in hand.message
            assert hand.numbers == shown
            assert hand.is_alive


@story
async def test_the_app_says_so_of_an_unknown_event(path: str) -> None:
    database = store_builders.make_store(path)
    image = file_of(database).image()
    seq = last_event(database, 2)
    record = {**image.table("events")[seq], "action": "pause"}
    Path(path).write_bytes(serialize_changes(image, image.meta, {"events": {seq: record}}))
    for size in ((80, 24), (160, 50)):
        async with driven(database, size=size) as hand:
            await hand.point_at(2)
            await hand.press("enter")
            assert '"pause"' in hand.message
            assert hand.is_alive
            await hand.press("escape", "y")
            assert hand.is_alive
