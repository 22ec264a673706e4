"""JSON: every key of the contract, its type, its order, and that it is one document that prints harmlessly."""

import json
from typing import Any

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support import store_builders
from tests.support.check_answers_and_refusals import document
from tests.support.store_builders import INTERPOL, MIA, UNODC
from tests.tui.cli.conftest import RunOnDemo

Types = tuple[type, ...]
TEXT: Types = (str,)
MAYBE: Types = (str, type(None))
COUNT: Types = (int,)
LIST: Types = (list,)

COMMITMENT: dict[str, Types] = {
    "id": COUNT,
    "title": TEXT,
    "visit": TEXT,
    "kind": TEXT,
    "by": LIST,
    "to": LIST,
    "via": MAYBE,
    "support": LIST,
    "owner": TEXT,
    "state": TEXT,
    "closed": (dict, type(None)),
    "due": MAYBE,
    "due_words": MAYBE,
    "due_precision": MAYBE,
    "original_due": MAYBE,
    "due_changes": LIST,
    "extension_count": COUNT,
    "days_left": (int, type(None)),
    "band": TEXT,
    "outcome": MAYBE,
    "miss_reason": MAYBE,
    "silent_days": COUNT,
    "chase_on": MAYBE,
    "chased": COUNT,
    "last_chased": MAYBE,
    "after": (int, type(None)),
    "reported": (dict, type(None)),
    "confirmed": (dict, type(None)),
    "seats": (dict, type(None)),
    "quote": MAYBE,
    "source": MAYBE,
    "created": TEXT,
    "updated": TEXT,
    "revision": COUNT,
}
EVENT: dict[str, Types] = {
    "seq": COUNT,
    "change": COUNT,
    "at": TEXT,
    "day": TEXT,
    "who": TEXT,
    "action": TEXT,
    "id": (int, type(None)),
    "fields": (dict,),
    "note": MAYBE,
    "reason": MAYBE,
}
STATUS = [
    "today",
    "store_revision",
    "open",
    "overdue",
    "due_today",
    "week",
    "month",
    "later",
    "no_date",
    "unconfirmed",
    "silent",
    "to_chase",
    "finished",
    "total",
    "urgent",
]
VISIT: dict[str, Types] = {
    "slug": TEXT,
    "title": TEXT,
    "place": MAYBE,
    "from": TEXT,
    "to": TEXT,
    "hosts": LIST,
    "delegation": MAYBE,
    "programme": MAYBE,
    "donor": MAYBE,
    "grant": MAYBE,
    "contact": MAYBE,
    **dict.fromkeys(["open", "overdue", "no_date", "unconfirmed", "met", "withdrawn", "not_met", "total"], COUNT),
}
PARTY: dict[str, Types] = {
    "name": TEXT,
    "short": MAYBE,
    "ru": MAYBE,
    "aliases": LIST,
    **dict.fromkeys(["owes", "owed", "late", "unconfirmed"], COUNT),
}


def assert_shape(found: dict[str, Any], keys: dict[str, Types]) -> None:
    """The keys of the contract in its order, each of its type; more may be added behind or between them."""
    assert [name for name in found if name in keys] == list(keys)
    for name, types in keys.items():
        assert type(found[name]) in types, (name, found[name])


def test_a_commitment_has_every_key_in_list_and_show(on_demo: RunOnDemo) -> None:
    listed = document(on_demo("list", "--all", "--json"))
    assert len(listed) == 20
    for each in listed:
        assert_shape(each, COMMITMENT)
    for number in ("1", "7", "12", "17"):
        shown = document(on_demo("show", number, "--json"))
        assert_shape(shown, {**COMMITMENT, "notes": LIST, "events": LIST})
        assert {name: shown[name] for name in COMMITMENT} == {
            name: each[name] for each in listed if each["id"] == int(number) for name in COMMITMENT
        }
        for event in shown["events"]:
            assert_shape(event, EVENT)
            assert all(isinstance(pair, list) and len(pair) == 2 for pair in event["fields"].values())


def test_the_parts_of_a_commitment_have_every_key(database: Database, run: Run) -> None:
    store_builders.do(database, "set_seats", 2, wanted=3)
    store_builders.set_due(database, 2, "2023-05-01", reason="x")
    store_builders.do(database, "mark", 2, "done", note="fewer")
    store_builders.do(database, "mark", 2, "confirmed")
    store_builders.do(database, "mark", 3, "closed", because="dropped")
    two, three = document(run("show", "2", "--json")), document(run("show", "3", "--json"))
    change = {"old": TEXT, "new": TEXT, "on": TEXT, "reason": TEXT, "asked_by": MAYBE, "agreed_by": MAYBE}
    assert_shape(two["due_changes"][0], {**change, "extension": (bool,), "correction": (bool,)})
    for voice in ("reported", "confirmed"):
        assert_shape(two[voice], {"said_by": LIST, "on": TEXT, "evidence": MAYBE, "recorded_by": TEXT})
    seats = {"wanted": COUNT, "nominated": COUNT, "acknowledged": COUNT, "letter": MAYBE, "endorsed": MAYBE}
    assert_shape(two["seats"], seats)
    assert_shape(three["closed"], {"because": TEXT, "agreed_by": MAYBE, "by_id": (int, type(None))})
    assert_shape(two["notes"][0], {"on": TEXT, "at": TEXT, "who": TEXT, "text": TEXT})


def test_days_left_are_null_for_reported_and_finished_ones(on_demo: RunOnDemo) -> None:
    for each in document(on_demo("list", "--all", "--json")):
        if each["state"] in ("reported", "confirmed", "closed") or each["due"] is None:
            assert each["days_left"] is None
        else:
            assert each["days_left"] is not None
        assert each["silent_days"] >= 0


def test_silent_days_are_never_negative(database: Database, run: Run) -> None:
    shown = document(run("show", "1", "--json", "--today", "2022-12-01"))
    assert shown["silent_days"] == 0


def test_a_revision_grows_by_one_with_each_change(database: Database, run: Run) -> None:
    for number, argv in enumerate((["note", "2", "x"], ["mark", "2", "done", "--note", "y"], ["chase", "2"]), 2):
        assert document(run(*argv, "--json"))["revision"] == number


def test_created_and_updated_are_instants_in_utc(database: Database, run: Run) -> None:
    changed = document(run("note", "2", "x", "--json"))
    assert changed["created"] < changed["updated"]
    assert all(changed[name].endswith("Z") and changed[name][10] == "T" for name in ("created", "updated"))


@pytest.mark.parametrize("query", [[], ["visit:lyon-2022"], ["by:MIA"], ["nothing-is-called-so"]])
def test_the_counts_of_the_status_add_up(on_demo: RunOnDemo, query: list[str]) -> None:
    status = document(on_demo("status", "--json", *query))
    assert [name for name in status if name in STATUS] == STATUS
    parts = ["overdue", "due_today", "week", "month", "later", "no_date", "unconfirmed"]
    assert status["open"] == sum(status[name] for name in parts)
    assert status["total"] == status["open"] + status["finished"]
    listed = document(on_demo("list", "--all", "--json", *query))
    assert status["total"] == len(listed)
    bands = ["overdue", "today", "week", "month", "later", "no-date", "unconfirmed", "finished"]
    for name, band in zip([*parts, "finished"], bands, strict=True):
        assert status[name] == sum(each["band"] == band for each in listed)
    assert [each["id"] for each in status["urgent"]] == [each["id"] for each in listed if each["band"] != "finished"][
        :10
    ]
    assert len(status["urgent"]) == min(10, status["open"])
    for each in status["urgent"]:
        assert_shape(each, COMMITMENT)


def test_the_status_of_everything_agrees_with_its_other_forms(on_demo: RunOnDemo) -> None:
    status = document(on_demo("status", "--json"))
    assert f"{status['silent']} silent" in on_demo("status", "--short").out
    due = status["due_today"] + status["week"]
    assert on_demo("check").out.endswith(f"| overdue={status['overdue']} due={due} open={status['open']}\n")
    assert status["to_chase"] == len(document(on_demo("list", "chase", "--json")))
    assert status["silent"] == len(document(on_demo("list", "silent", "--json")))


def test_visits_have_every_key_and_add_up(on_demo: RunOnDemo) -> None:
    visits = document(on_demo("visits", "--json"))
    assert len(visits) == 3
    for visit in visits:
        assert_shape(visit, VISIT)
        assert visit["total"] == visit["open"] + visit["met"] + visit["withdrawn"] + visit["not_met"]
        listed = document(on_demo("list", "--all", "--json", f"visit:{visit['slug']}"))
        assert visit["total"] == len(listed)
        assert visit["overdue"] == sum(each["band"] == "overdue" for each in listed)
        assert visit["no_date"] == sum(each["band"] == "no-date" for each in listed)
        assert visit["unconfirmed"] == sum(each["band"] == "unconfirmed" for each in listed)
        assert visit["not_met"] == sum(each["outcome"] == "not-met" for each in listed)


def test_parties_have_every_key_and_count_what_they_owe(on_demo: RunOnDemo) -> None:
    listed = document(on_demo("list", "--json"))
    for argv in (["parties"], ["party", "list"]):
        parties = document(on_demo(*argv, "--json"))
        assert len(parties) == 6
        for party in parties:
            assert_shape(party, PARTY)
            assert party["owes"] == sum(party["name"] in each["by"] for each in listed)
            assert party["late"] == sum(party["name"] in each["by"] for each in listed if each["band"] == "overdue")
            assert party["unconfirmed"] == sum(
                party["name"] in each["to"] for each in listed if each["state"] == "reported"
            )


def test_events_have_every_key(on_demo: RunOnDemo) -> None:
    for event in document(on_demo("history", "--json")):
        assert_shape(event, EVENT)


@pytest.mark.parametrize(
    "argv",
    [
        ["list", "--json"],
        ["show", "2", "--json"],
        ["status", "--json"],
        ["history", "--json"],
        ["visits", "--json"],
        ["parties", "--json"],
        ["party", "list", "--json"],
        ["config", "--json"],
    ],
)
def test_json_is_one_harmless_document_and_ends_its_line(on_demo: RunOnDemo, argv: list[str]) -> None:
    shown = on_demo(*argv)
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.endswith("\n")
    json.loads(shown.out)
    assert all(character.isprintable() or character == "\n" for character in shown.out)


def test_every_text_round_trips_through_json(database: Database, run: Run) -> None:
    title, note = 'Ключ «ё» \U0001f511 漢字 "quoted" \\n é', "line one\nстрока два\t\u202etxt"
    run("add", title, "--visit", "lyon-2022", "--by", "МВД «РУз»", "--to", MIA)
    run("note", "5", "-", input=note)
    shown = run("show", "5", "--json")
    found = json.loads(shown.out)
    assert (found["title"], found["by"]) == (title, ["МВД «РУз»"])
    assert found["notes"][0]["text"].splitlines()[0] == "line one"
    assert "\u202e" not in shown.out


def test_a_change_that_makes_several_prints_an_array(database: Database, run: Run) -> None:
    argv = ["add", "X", "--visit", "lyon-2022", "--by", UNODC, "--to", INTERPOL, "--due", "2023-03-31", "--json"]
    assert document(run(*argv))["id"] == 5
    every = ["--every", "month", "--until"]
    assert [each["id"] for each in document(run(*argv, *every, "2023-05-31"))] == [6, 7, 8]
