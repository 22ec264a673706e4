"""The examination compares each record, and the settings, with what their history adds up to."""

import json
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.database import Database
from store.errors import FollowUpError
from store.maintenance.demo import make_demo
from store.maintenance.import_store import import_store
from store.maintenance.restore import restore
from tests.support.doctor_repair import findings
from tests.support.store_builders import INTERPOL, MIA, UNODC, VISIT, add, do, make_store, open_store, raw, set_due
from tests.support.store_bytes import in_our_lines, with_the_right_sum

NUMBERS = st.integers(1, 7)
NAMES = st.sampled_from([MIA, INTERPOL, UNODC, "NCB Tashkent", "Third Party"])
TEXTS = st.sampled_from(["A letter", "Письмо", "the list", "A letter of the list"])
DAYS = st.sampled_from(["2023-02-10", "2023-03-31", "2023-06-30"])
STATES = st.sampled_from(["proposed", "agreed", "in-progress", "done", "confirmed", "returned"])


def _said(state: str, by: str) -> dict[str, Any]:
    """What a state may need, so that most changes are made."""
    return {"said_by": by} if state in ("done", "confirmed", "returned") else {}


STEPS: st.SearchStrategy[tuple[str, tuple[Any, ...], dict[str, Any]]] = st.one_of(
    st.tuples(st.just("mark"), st.tuples(NUMBERS, STATES), st.builds(_said, STATES, NAMES)),
    st.tuples(st.just("mark"), st.tuples(NUMBERS, STATES), st.builds(dict, note=TEXTS)),
    st.tuples(st.just("mark"), st.tuples(NUMBERS, st.just("closed")), st.just({"because": "declined", "note": "no"})),
    st.tuples(st.just("set_due"), st.tuples(NUMBERS, DAYS | st.none()), st.builds(dict, reason=TEXTS)),
    st.tuples(st.just("edit"), st.tuples(NUMBERS), st.builds(dict, title=TEXTS, owner=TEXTS, quote=TEXTS)),
    st.tuples(st.just("edit"), st.tuples(NUMBERS), st.builds(dict, by=st.lists(NAMES, min_size=1), after=NUMBERS)),
    st.tuples(st.just("set_seats"), st.tuples(NUMBERS), st.builds(dict, wanted=NUMBERS, nominated=st.integers(0, 2))),
    st.tuples(st.just("chase"), st.tuples(NUMBERS), st.builds(dict, again=st.just("2023-03-09"), note=TEXTS)),
    st.tuples(st.just("note"), st.tuples(NUMBERS, TEXTS), st.just({})),
    st.tuples(st.just("set_miss_reason"), st.tuples(NUMBERS, TEXTS), st.just({})),
    st.tuples(st.just("remove"), st.tuples(NUMBERS, TEXTS), st.just({})),
    st.tuples(st.just("redact"), st.tuples(NUMBERS, TEXTS), st.just({})),
    st.tuples(st.just("merge_parties"), st.tuples(NAMES, NAMES), st.just({})),
    st.tuples(st.just("edit_party"), st.tuples(NAMES), st.builds(dict, new_name=TEXTS, aliases=st.lists(TEXTS))),
    st.tuples(st.just("remove_party"), st.tuples(NAMES), st.just({})),
    st.tuples(st.just("rename_owner"), st.tuples(st.just("asel") | TEXTS, TEXTS), st.just({})),
    st.tuples(st.just("edit_visit"), st.tuples(st.just(VISIT)), st.builds(dict, title=TEXTS, hosts=st.lists(NAMES))),
    st.tuples(st.just("set_visit_aside"), st.tuples(st.just(VISIT)), st.builds(dict, reason=TEXTS)),
    st.tuples(st.just("bring_visit_back"), st.tuples(st.just(VISIT)), st.just({})),
    st.tuples(st.just("add_promises_like"), st.tuples(st.just(VISIT), st.just(VISIT)), st.just({})),
    st.tuples(st.just("change_settings"), st.just(()), st.builds(dict, silent_after=st.sampled_from(["9", "none"]))),
    st.tuples(st.just("add"), st.just(()), st.builds(dict, title=TEXTS)),
    st.tuples(st.just("undo"), st.just(()), st.just({})),
    st.tuples(st.just("undo"), st.just(()), st.just({})),
    st.tuples(st.just("redo"), st.just(()), st.just({})),
    st.tuples(st.just("restore"), st.just(()), st.just({})),
)


def _take(database: Database, verb: str, arguments: tuple[Any, ...], named: dict[str, Any]) -> None:
    with suppress(FollowUpError):
        if verb == "restore":
            Path(database.path).write_bytes(b"")
            restore(database, None)
        elif verb == "set_due":
            set_due(database, *arguments, **named)
        elif verb == "add":
            add(database, **named)
        else:
            do(database, verb, *arguments, **named)


@settings(max_examples=25, deadline=None)
@given(st.lists(STEPS, min_size=5, max_size=25))
def test_whatever_was_done_the_records_are_what_their_history_says(
    steps: list[tuple[str, tuple[Any, ...], dict[str, Any]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = make_store(f"{folder}/private/c.json")
        for verb, arguments, named in steps:
            _take(database, verb, arguments, named)
        assert [each for each in findings(database) if "altered" in each or "history" in each] == []
        copy = open_store(f"{folder}/copy/c.json")
        make_empty_and_import(copy, raw(database))
        assert [each for each in findings(copy) if "altered" in each or "history" in each] == []


def make_empty_and_import(database: Database, store: bytes) -> None:
    """The same store imported whole into an empty one."""
    from store.maintenance.create_store import make_private

    make_private(database, {})
    import_store(database, store, "old.json")


def test_the_demo_has_no_altered_record(tmp_path: Path) -> None:
    database = open_store(str(tmp_path / "demo" / "c.json"))
    make_demo(database)
    assert findings(database) == []


def altered(database: Database, change: Callable[[dict[str, Any]], object]) -> list[str]:
    """What is found after somebody changed the file with an editor and set the right sum."""
    data = json.loads(raw(database))
    change(data)
    Path(database.path).write_bytes(with_the_right_sum(in_our_lines(data)))
    return findings(database)


@pytest.mark.parametrize(
    ("table", "number", "fields", "found"),
    [
        (
            "commitments",
            "2",
            {"due": "2023-05-31"},
            'commitment 2 was altered by another program: due is "2023-05-31", and "2023-03-31" in the history',
        ),
        (
            "commitments",
            "2",
            {"state": "proposed", "owner": "boris"},
            'commitment 2 was altered by another program: state is "proposed", and "agreed" in the history; '
            'owner is "boris", and "asel" in the history',
        ),
        (
            "commitments",
            "3",
            {"quote": "\x1b[2J" + "never said " * 10},
            'commitment 3 was altered by another program: quote is "\\x1b[2J'
            + ("never said " * 10)[:53]
            + '...", and none in the history',
        ),
        (
            "visits",
            "1",
            {"end": "2022-12-09"},
            'visit 1 was altered by another program: end is "2022-12-09", and "2022-12-08" in the history',
        ),
        (
            "parties",
            "1",
            {"aliases": ["X"]},
            'party 1 was altered by another program: aliases is ["X"], and none in the history',
        ),
    ],
)
def test_a_record_that_its_history_does_not_know_is_named_with_both_values(
    database: Database, table: str, number: str, fields: dict[str, Any], found: str
) -> None:
    assert altered(database, lambda data: data[table][number].update(fields)) == [found]


def test_a_record_that_no_change_made_is_named(database: Database) -> None:
    def put_in(data: dict[str, Any]) -> None:
        data["parties"]["5"] = {**data["parties"]["1"], "id": 5, "name": "Nobody"}
        data["_meta"]["1"]["next"]["parties"] = 6

    assert altered(database, put_in) == ["party 5 is in the store, and not in the history: another program put it in"]


def test_settings_that_no_change_made_are_named(database: Database) -> None:
    do(database, "change_settings", silent_after="20")
    assert findings(database) == []
    assert altered(database, lambda data: data["_meta"]["1"]["settings"].update(silent_after=900)) == [
        "the setting silent_after was altered by another program: it is 900, and 20 in the history"
    ]


def test_a_number_that_would_be_given_twice_is_named(database: Database) -> None:
    number = add(database)
    do(database, "remove", number, reason="entered twice")
    assert findings(database) == []
    assert altered(database, lambda data: data["_meta"]["1"]["next"].update(commitments=number)) == [
        f"the next number of commitments is {number}, and {number} was given already: another program set it back, and "
        "a number would be given twice"
    ]


def test_a_revision_that_no_change_made_is_found(database: Database) -> None:
    do(database, "note", 1, "x")
    tables = json.loads(raw(database))
    newest = tables["_meta"]["1"]["revision"]
    tables["_meta"]["1"]["revision"] = newest + 2
    Path(database.path).write_bytes(with_the_right_sum(in_our_lines(tables)))
    assert findings(database) == [
        f"the store is at revision {newest + 2}, and its newest change is {newest}: another program raised the "
        "revision, or left changes out"
    ]
