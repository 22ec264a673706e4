"""The store through TinyDB: what TinyDB's own calls become, what is refused, and that nothing is lost beside others."""

import os
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from inspect import Parameter, signature
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb import TinyDB, where
from tinydb.operations import delete
from tinydb.table import Document

from store import operations
from store.database import Database
from store.errors import (
    Conflict,
    FollowUpError,
    NotAllowed,
    NotFound,
    StoreDamaged,
    StoreMissing,
    UsageError,
)
from store.file.strict_reader import read_strictly
from store.maintenance.doctor import examine
from store.model.required_fields import VISIT_TEXTS
from store.rules.what_undo_may_take_back import undoable_changes
from store.tinydb_storage import (
    _NONE_WITHOUT_DEFAULT,
    CONVERTERS,
    OPERATIONS,
    DatabaseStorage,
    StoreDB,
    StoreWarning,
    Tables,
    open_store,
)
from store.users_and_groups import user_name
from tests.support.fixed_day_and_user import ASEL, BORIS, TODAY
from tests.support.store_builders import (
    INTERPOL,
    MIA,
    NCB,
    UNODC,
    VISIT,
    beside,
    contents,
    do,
    events,
    make_store,
    raw,
    record,
)
from tests.support.store_builders import open_store as open_database

NEW = {"title": "Share the lesson plans", "visit": VISIT, "by": [MIA], "to": [UNODC]}


@pytest.fixture
def db(database: Database) -> Iterator[StoreDB]:
    with StoreDB(database, "script") as opened:
        yield opened


def refused(db: StoreDB, call: Callable[[], object], kind: type[Exception] = NotAllowed) -> str:
    """A call that must be refused in this way, and the file stays byte for byte. Returns the sentence."""
    path = db._database.path
    before = Path(path).read_bytes()
    with pytest.raises(kind) as found:
        call()
    assert Path(path).read_bytes() == before
    return str(found.value)


def revised(database: Database) -> int:
    """The revision of the store."""
    number: int = database.snapshot().revision
    return number


# Reading.


def test_the_tables_are_those_of_the_file_as_stock_tinydb_shows_them(database: Database, db: StoreDB) -> None:
    with TinyDB(database.path, access_mode="r", encoding="utf-8") as stock:
        assert db.tables() == stock.tables()
        for name in ("commitments", "visits", "parties", "events"):
            assert db.table(name).all() == stock.table(name).all()
            assert [each.doc_id for each in db.table(name)] == [each.doc_id for each in stock.table(name)]


def test_a_documents_id_is_the_number_and_the_default_table_is_commitments(db: StoreDB) -> None:
    assert [each.doc_id for each in db] == [each["id"] for each in db] == [1, 2, 3, 4]
    assert len(db) == 4
    assert db.get(doc_id=2) == db.table("commitments").get(where("title") == "Nominate officers to ISON")
    assert db.contains(where("due") < TODAY)
    assert not db.contains(doc_id=99)
    assert db.count(where("state") == "agreed") == 3


def test_what_was_read_may_be_changed_without_harm(db: StoreDB) -> None:
    document = db.get(doc_id=4)
    assert isinstance(document, Document)
    document["by"].append("somebody")
    db.storage.read()["commitments"]["4"]["by"].clear()  # type: ignore[index]
    assert db.get(doc_id=4)["by"] == [UNODC, INTERPOL]


def test_no_answer_is_cached_while_others_change_the_store(database: Database, db: StoreDB) -> None:
    asked = where("owner") == BORIS
    table = db.table("commitments", cache_size=10)
    assert table.search(asked) == []
    do(beside(database, who=BORIS), "edit", 1, owner=BORIS)
    assert [each.doc_id for each in table.search(asked)] == [1]
    assert db.revision == revised(database)


def test_a_table_that_there_is_not_is_refused_not_empty(db: StoreDB) -> None:
    assert "commitments" in refused(db, lambda: db.table("commitment"), NotFound)


def test_only_the_tables_that_are_asked_for_are_copied(db: StoreDB) -> None:
    tables = db.storage.read()
    assert isinstance(tables, Tables)
    assert "events" in tables
    assert len(tables) == 5
    assert set(tables.loaded()) == {"_meta"}
    assert tables["visits"]["1"]["slug"] == VISIT
    assert set(tables.loaded()) == {"_meta", "visits"}


def test_a_damaged_store_is_refused_and_never_written_over(database: Database, db: StoreDB) -> None:
    path = Path(database.path)
    path.write_bytes(path.read_bytes()[:-40])
    refused(db, db.all, StoreDamaged)
    refused(db, lambda: db.update({"owner": BORIS}), StoreDamaged)


def test_a_store_that_is_not_there_is_refused_and_not_made(path: str) -> None:
    with pytest.raises(StoreMissing):
        open_store(path)
    assert not os.path.exists(path)


def test_a_day_that_is_none_is_refused(database: Database) -> None:
    with pytest.raises(UsageError, match="soon"):
        open_store(database.path, today="soon")


def test_find_answers_a_query_as_the_command_line_does(db: StoreDB) -> None:
    assert [each.doc_id for each in db.find("overdue")] == [4]
    assert [each.doc_id for each in db.find()] == [4, 2, 1, 3]
    assert [each.doc_id for each in db.find("mine")] == [4, 2, 1, 3]
    db.run("mark", 4, "closed", because="dropped")
    assert [each.doc_id for each in db.find()] == [2, 1, 3]
    assert [(each.doc_id, each["band"]) for each in db.find("state:closed")] == [(4, "finished")]
    assert "overdeu" in refused(db, lambda: db.find("due:overdeu"), UsageError)


def test_a_name_in_a_query_that_nobody_has_is_a_warning(db: StoreDB) -> None:
    with pytest.warns(StoreWarning, match='there is no party "UNDOC"; did you mean "UNODC"'):
        assert db.find("by:UNDOC") == []
    with warnings.catch_warnings():
        warnings.simplefilter("error", StoreWarning)
        db.find("by:UNODC visit:lyon or owner:asel")


# Changes that become operations.


def test_an_update_is_one_durable_change_with_events_which_undo_takes_back(database: Database, db: StoreDB) -> None:
    before, revision = contents(database), revised(database)
    late = db.search(where("due") < "2023-12-31")
    assert db.update({"owner": BORIS, "quote": "as agreed"}, doc_ids=[each.doc_id for each in late]) == [2, 4]
    assert revised(database) == revision + 1
    for number in (2, 4):
        event = events(database, number)[-1]
        assert (event["action"], event["change"], event["who"]) == ("edit", revision + 1, ASEL)
        assert event["fields"] == {"owner": [ASEL, BORIS], "quote": [None, "as agreed"]}
        assert event["script"] == "script"
    do(database, "undo")
    assert contents(database) == before


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"title": "Send  it"}, {"title": "Send it"}),
        ({"by": [UNODC], "to": (MIA,)}, {"by": [UNODC], "to": [MIA]}),
        ({"via": None}, {"via": None}),
        ({"support": ["IOM"]}, {"support": ["IOM"]}),
        ({"kind": "Training"}, {"kind": "Training"}),
        ({"after": 2}, {"after": 2}),
        ({"source": "report, p. 3", "source_id": "A-7"}, {"source": "report, p. 3", "source_id": "A-7"}),
        ({"due_words": "as soon as possible"}, {"due_words": "as soon as possible"}),
        ({"due": "2023-06-30"}, {"due": "2023-06-30", "due_precision": "day", "due_words": None}),
        ({"due": "end of June"}, {"due": "2023-06-30", "due_precision": "month", "due_words": "end of June"}),
        (
            {"due": "2023-06-30", "due_precision": "quarter", "due_words": "in spring"},
            {"due": "2023-06-30", "due_precision": "quarter", "due_words": "in spring"},
        ),
        ({"miss_reason": "the minister changed"}, {"miss_reason": "the minister changed"}),
    ],
)
def test_plain_fields_of_a_commitment_are_edited(
    database: Database, db: StoreDB, fields: dict[str, Any], kept: dict[str, Any]
) -> None:
    before = contents(database)
    assert db.update(fields, doc_ids=[1]) == [1]
    there = record(database, 1)
    assert {name: there.get(name) for name in kept} == kept
    do(database, "undo")
    assert contents(database)["commitments"] == before["commitments"]


def test_tinydb_operations_and_callables_work(database: Database, db: StoreDB) -> None:
    db.update(delete("via"), doc_ids=[1])
    assert "via" not in record(database, 1)

    def prefix(document: Any) -> None:
        document["title"] = f"ISON: {document['title']}"

    db.update(prefix, where("kind") == "nominate-experts")
    assert record(database, 2)["title"] == "ISON: Nominate officers to ISON"


def test_update_multiple_and_upsert_are_one_change_each(database: Database, db: StoreDB) -> None:
    revision = revised(database)
    db.update_multiple(
        [({"owner": BORIS}, where("kind") == "facilitate"), ({"quote": "so"}, where("kind") == "cooperate")]
    )
    assert (record(database, 3)["owner"], record(database, 4)["quote"]) == (BORIS, "so")
    assert db.upsert({"owner": "dina"}, where("kind") == "cooperate") == [4]
    assert db.upsert({**NEW, "source_id": "A-7"}, where("source_id") == "A-7") == [5]
    assert revised(database) == revision + 3


def test_an_update_that_changes_nothing_writes_nothing(database: Database, db: StoreDB) -> None:
    before = raw(database)
    db.update({"owner": ASEL})
    db.update(db.get(doc_id=2), doc_ids=[2])
    db.update({"owner": BORIS}, where("title") == "nothing like it")
    assert raw(database) == before


def test_an_insert_is_a_new_commitment_with_its_own_event(database: Database, db: StoreDB) -> None:
    number = db.insert({**NEW, "state": "agreed", "due": "end of June", "seats": {"wanted": 3}, "kind": "train"})
    there = record(database, number)
    assert (number, there["due"], there["due_words"], there["original_due"]) == (
        5,
        "2023-06-30",
        "end of June",
        "2023-06-30",
    )
    assert (there["seats"], there["agreed_on"], there["owner"]) == ({"wanted": 3}, TODAY, ASEL)
    assert [event["action"] for event in events(database, number)] == ["add"]


def test_many_inserts_are_one_change(database: Database, db: StoreDB) -> None:
    revision = revised(database)
    assert db.insert_multiple([NEW, {**NEW, "title": "Second"}, {**NEW, "title": "Third"}]) == [5, 6, 7]
    assert revised(database) == revision + 1
    refused(db, lambda: db.insert_multiple([NEW, {**NEW, "visit": "nowhere"}]), NotFound)
    assert db.insert(NEW) == 8


def test_a_number_is_never_given_again(database: Database, db: StoreDB) -> None:
    number = db.insert(NEW)
    db.run("remove", number, reason="entered twice")
    assert db.insert(NEW) == number + 1
    with StoreDB(database) as another:
        another.run("remove", number + 1, reason="again")
        assert db.insert(NEW) == another.insert(NEW) - 1 == number + 2


def test_a_number_cannot_be_chosen(db: StoreDB) -> None:
    assert "77" in refused(db, lambda: db.insert(Document(NEW, 77)))
    refused(db, lambda: db.insert({**NEW, "id": 77}))
    refused(db, lambda: db.insert(Document(NEW, 3)), ValueError)
    assert db.insert(Document(NEW, 5)) == 5


def test_visits_are_entered_edited_and_taken_out(database: Database, db: StoreDB) -> None:
    visits = db.table("visits")
    number = visits.insert({"title": "Meeting", "place": "Tashkent", "start": "2023-02-01", "hosts": [MIA]})
    assert visits.get(doc_id=number)["slug"] == "tashkent-2023"  # type: ignore[index]
    visits.update({"slug": "tashkent-q1", "donor": "INL", "end": "2023-02-03"}, doc_ids=[number])
    visit = database.snapshot().visit("tashkent-q1")
    assert (visit["donor"], visit["end"]) == ("INL", "2023-02-03")
    visits.update({"donor": None, "hosts": []}, doc_ids=[number])
    assert database.snapshot().visit("tashkent-q1").keys().isdisjoint({"donor", "hosts"})
    assert visits.remove(doc_ids=[number]) == [number]
    assert visits.insert({"title": "Again", "place": "Tashkent", "start": "2023-02-01"}) == number + 1
    assert "4 commitments" in refused(db, lambda: visits.remove(where("slug") == VISIT))


def test_a_renamed_party_is_followed_by_its_commitments(database: Database, db: StoreDB) -> None:
    parties = db.table("parties")
    parties.update({"name": "MIA of Uzbekistan", "short": "MIA UZ", "aliases": ["IIV"]}, where("name") == MIA)
    assert record(database, 2)["by"] == ["MIA of Uzbekistan"]
    found = database.snapshot().parties.find("iiv")
    assert found is not None
    assert found["short"] == "MIA UZ"
    assert "IIV" in refused(db, lambda: parties.update({"aliases": []}, where("short") == "MIA UZ"))


# What is refused, with the name of what does it.


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"state": "reported"}, 'db.run("mark", 2'),
        ({"agreed_on": "2023-02-01"}, 'db.run("mark", 2'),
        ({"confirmed": {"said_by": [UNODC], "on": TODAY, "recorded_by": ASEL}}, 'db.run("mark", 2'),
        ({"closed": {"because": "dropped", "on": TODAY}}, 'db.run("mark", 2'),
        ({"due": "2023-06-30"}, 'db.run("set_due", 2'),
        ({"due": None}, 'db.run("set_due", 2'),
        ({"original_due": "2023-06-30"}, 'db.run("set_due", 2'),
        ({"due_changes": []}, None),
        ({"due_changes": [{"on": TODAY}]}, 'db.run("set_due", 2'),
        ({"chase_on": "2023-06-30"}, 'db.run("chase", 2'),
        ({"chased": 3}, 'db.run("chase", 2'),
        ({"news_on": TODAY}, 'db.run("note", 2'),
        ({"seats": {"wanted": 3}}, 'db.run("set_seats", 2'),
        ({"id": 9}, "id"),
        ({"created": "2020-01-01T00:00:00Z"}, "created"),
        ({"revision": 9}, "revision"),
        ({"ownr": "x"}, '"owner"'),
        ({3: "x"}, '"3"'),
        ({"title": None}, "title"),
        ({"title": "  "}, "title"),
        ({"title": 5}, "title"),
        ({"owner": ""}, "owner"),
        ({"by": UNODC}, "by"),
        ({"by": [UNODC, 3]}, "by"),
        ({"to": []}, "to"),
        ({"after": 2}, "2"),
        ({"after": True}, "after"),
        ({"after": "3"}, "after"),
        ({"kind": object()}, "kind"),
        ({"support": {"UNODC"}}, "support"),
        ({"miss_reason": 4}, "text"),
    ],
)
def test_what_has_rules_is_refused_with_the_operation_and_a_bad_value_as_such(
    db: StoreDB, fields: dict[Any, Any], says: str | None
) -> None:
    if says is None:
        db.update(fields, doc_ids=[2])  # Nothing is the same as none.
        return
    assert says in refused(db, lambda: db.update(fields, doc_ids=[2]))


def test_a_date_that_nobody_understands_is_a_bad_value(db: StoreDB) -> None:
    refused(db, lambda: db.update({"due": "soonish"}, doc_ids=[1]))
    refused(db, lambda: db.update({"due": 20230630}, doc_ids=[1]))
    refused(db, lambda: db.update({"due": "2023-06-30", "due_precision": "moment"}, doc_ids=[1]))
    refused(db, lambda: db.table("visits").update({"start": "2022-13-01"}))
    refused(db, lambda: db.table("visits").insert({"title": "x", "place": "y", "start": "2022-13-01"}))


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "title"),
        ({"title": "x", "visit": VISIT, "by": [UNODC]}, "to"),
        ({**NEW, "state": "reported"}, "reported"),
        ({**NEW, "reported": {"said_by": [MIA]}}, "mark"),
        ({**NEW, "seats": {"wanted": 3, "nominated": 2}}, "set_seats"),
        ({**NEW, "seats": {"wanted": -3}}, "seats"),
        ({**NEW, "created": "2020-01-01T00:00:00Z"}, "created"),
        ({**NEW, "mood": "good"}, "mood"),
    ],
)
def test_what_cannot_be_a_new_commitment_is_refused(db: StoreDB, fields: dict[str, Any], says: str) -> None:
    assert says in refused(db, lambda: db.insert(fields))


def test_nothing_is_taken_out_without_its_operation(db: StoreDB) -> None:
    assert 'db.run("remove", 1' in refused(db, lambda: db.remove(doc_ids=[1]))
    assert 'db.run("mark", 1, "closed"' in refused(db, db.truncate)
    assert "is named by 1" in refused(db, lambda: db.table("parties").remove(where("name") == NCB))
    refused(db, lambda: db.table("parties").insert({"name": "IOM"}))
    refused(db, lambda: db.drop_table("visits"))
    refused(db, db.drop_tables)
    assert db.remove(where("title") == "nothing like it") == []
    assert len(db) == 4


def test_a_party_that_nothing_names_is_taken_out(db: StoreDB, database: Database) -> None:
    db.update({"via": None}, doc_ids=[1])
    db.table("parties").remove(where("name") == NCB)
    assert database.snapshot().parties.find(NCB) is None
    db.run("undo")
    assert database.snapshot().parties.find(NCB)


def test_the_history_and_the_meta_are_read_only(db: StoreDB) -> None:
    history = db.table("events")
    for call in (
        lambda: history.insert({"who": "somebody"}),
        lambda: history.update({"who": "somebody"}),
        lambda: history.remove(where("seq") == 1),
        lambda: history.insert_multiple([{}]),
        history.truncate,
    ):
        assert "events" in refused(db, call)
    for name, key in (("events", "1"), ("_meta", "1")):
        tables = db.storage.read()
        assert tables is not None
        tables[name][key]["settings"] = {"silent_after": 3}
        assert name in refused(db, partial(db.storage.write, tables))
    assert "change_settings" in refused(db, lambda: db.table("_meta").update({"revision": 1}))


# Operations by their names.


def test_run_calls_operations_with_dates_in_words(database: Database, db: StoreDB) -> None:
    assert db.run("set_due", 2, "end of June", reason="new minister", asked_by=MIA) == "extension"
    assert record(database, 2)["due_words"] == "end of June"
    assert db.run("set_due", 2, None, reason="nobody knows") == "extension"
    marked = db.run("mark", 4, "reported", on="20 February 2023", evidence="letter 12/44")
    assert (marked.after, record(database, 4)["reported"]["on"]) == ("reported", "2023-02-20")
    db.run("chase", 2, again="+2w", note="called")
    assert record(database, 2)["chase_on"] == "2023-03-15"
    db.run("note", 3, "spoken to", on="2023-02-27")
    assert events(database, 3)[-1]["day"] == "2023-02-27"
    assert db.run("add", "Second", visit=VISIT, by=[UNODC], to=[INTERPOL], date="in 2 weeks") == 5
    assert db.run("edit_visit", VISIT, donor="INL")
    assert db.run("change_settings", silent_after="45")
    assert database.snapshot().silent_after == 45


@pytest.mark.parametrize(
    ("verb", "given", "named", "kind", "says"),
    [
        ("set_deu", (2,), {}, UsageError, "set_due"),
        ("__class__", (2,), {}, UsageError, "set_due"),
        ("set_due", (2,), {}, UsageError, "date"),
        ("set_due", (2, "end of June"), {"reson": "x"}, UsageError, "reson"),
        ("set_due", (2, "end of June"), {}, NotAllowed, "reason"),
        ("set_due", (2, 5), {"reason": "x"}, NotAllowed, "date"),
        ("set_due", (99, "end of June"), {}, NotFound, "99"),
        ("mark", (2, "reported"), {"on": "in 2 weeks"}, NotAllowed, "to come"),
        ("mark", (2, "reported"), {"said_by": MIA}, NotAllowed, "said_by"),
        ("mark", ("2", "reported"), {}, NotAllowed, "number"),
        ("note", (2, None), {}, NotAllowed, "text"),
        ("edit_visit", (VISIT,), {"tite": "x"}, UsageError, "title"),
        ("set_seats", (2,), {"nominated": -1}, NotAllowed, "nominated"),
    ],
)
def test_what_run_cannot_do_is_refused(
    db: StoreDB, verb: str, given: tuple[Any, ...], named: dict[str, Any], kind: type[Exception], says: str
) -> None:
    assert says in refused(db, lambda: db.run(verb, *given, **named), kind)


def test_every_operation_that_changes_something_can_be_called() -> None:
    helpers = {
        "chase_all",
        "existing_numbers",
        "fields_like",
        "mark_all",
        "refuse_if_agreed",
        "validate_timezone",
        "visit_fields_like",
    }
    verbs = {name for name in operations.__all__ if name[0].islower()} - helpers
    assert set(OPERATIONS) == verbs


SAMPLES: dict[str, Any] = {"str": "today", "int": 3, "bool": True, "DueDate": "today", "Sequence[str]": [UNODC]}
"""Type of a parameter -> a value that a script may give for it."""
SAMPLES["Iterable[str]"] = SAMPLES["Sequence[str]"]


def test_every_parameter_of_every_operation_has_the_converter_of_its_type() -> None:
    found = set()
    for verb, function in OPERATIONS.items():
        for parameter in list(signature(function).parameters.values())[1:]:
            names = VISIT_TEXTS if parameter.kind is Parameter.VAR_KEYWORD else (parameter.name,)
            declared = str(parameter.annotation).removesuffix(" | None")
            for name in names:
                found.add(name)
                for kind, sample in SAMPLES.items():
                    fits = sample == SAMPLES[declared]
                    try:
                        CONVERTERS[name](sample, TODAY)
                    except Exception:
                        assert not fits, f"{verb}: {name} takes no {kind}"
                    else:
                        assert fits, f"{verb}: {name} takes {kind}, not {declared}"
    assert found | {"new_parties"} == CONVERTERS.keys()


def test_none_is_taken_where_the_type_of_a_parameter_has_it() -> None:
    for verb, function in OPERATIONS.items():
        for parameter in list(signature(function).parameters.values())[1:]:
            if parameter.kind is not Parameter.VAR_KEYWORD:
                is_optional = str(parameter.annotation).endswith(" | None")
                by_default = parameter.default is None or parameter.name in _NONE_WITHOUT_DEFAULT
                assert is_optional == by_default, f"{verb}: {parameter}"


def test_the_day_of_one_call_is_not_that_of_the_next(database: Database, db: StoreDB) -> None:
    with db.transaction():
        db.run("note", 3, "earlier", on="2023-02-20")
        db.run("note", 3, "now")
    assert [event["day"] for event in events(database, 3)[-2:]] == ["2023-02-20", TODAY]


# Who.


def test_the_user_is_the_one_of_the_system_and_the_script_a_label_beside_it(database: Database) -> None:
    with open_store(database.path, who="  chase.py\x1b[31m ", today=TODAY) as db:
        db.run("note", 1, "called")
        db.update({"quote": "so"}, doc_ids=[1])
    for event in events(database, 1)[-2:]:
        assert (event["who"], event["script"], event["day"]) == (user_name(os.environ), "chase.py\\x1b[31m", TODAY)


def test_a_script_cannot_take_back_what_another_one_did(database: Database, db: StoreDB) -> None:
    do(beside(database, who=BORIS), "edit", 1, owner=BORIS)
    number = revised(database)
    assert BORIS in refused(db, lambda: db.run("undo", number))


# Several changes as one.


def test_a_transaction_is_one_change_or_none(database: Database, db: StoreDB) -> None:
    before, revision = contents(database), revised(database)
    with db.transaction():
        db.update({"owner": BORIS}, doc_ids=[1])
        assert db.get(doc_id=1)["owner"] == BORIS
        assert record(database, 1)["owner"] == ASEL
        number = db.insert(NEW)
        assert db.insert(NEW) == number + 1
        with pytest.raises(NotAllowed):
            db.update({"quote": "not kept", "state": "closed"})
        db.run("note", number, "spoken to")
    assert revised(database) == revision + 1
    assert "quote" not in record(database, 1)
    do(database, "undo")
    assert contents(database) == before

    def cut_off() -> None:
        with db.transaction():
            db.update({"owner": "dina"})
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cut_off()
    assert contents(database) == before
    assert db.insert(NEW) == number + 2


def test_what_cannot_be_a_part_of_a_change_is_refused_in_a_transaction(db: StoreDB) -> None:
    db.run("note", 1, "called")
    with db.transaction():
        for call in (lambda: db.run("undo"), lambda: db.run("redact", 1, "called"), lambda: db.find("overdue")):
            with pytest.raises(NotAllowed, match="transaction"):
                call()


def test_tables_that_were_read_before_a_change_of_the_same_transaction_are_stale(db: StoreDB) -> None:
    with db.transaction():
        tables = db.storage.read()
        assert tables is not None
        tables["commitments"]["1"]["quote"] = "so"
        db.update({"owner": BORIS}, doc_ids=[1])
        with pytest.raises(Conflict):
            db.storage.write(tables)


# Beside others.


def test_tables_are_swapped_only_for_the_revision_that_was_read(database: Database, db: StoreDB) -> None:
    def edited(text: str) -> Any:
        tables: Any = db.storage.read()
        tables["commitments"]["1"]["quote"] = tables["commitments"]["1"].get("quote", "") + text
        return tables

    mine, theirs = edited("mine"), edited("theirs")
    db.storage.write(theirs)
    assert "revision" in refused(db, lambda: db.storage.write(mine), Conflict)
    refused(db, lambda: db.storage.write(dict(mine)), Conflict)
    db.storage.write(edited("+mine"))
    assert record(database, 1)["quote"] == "theirs+mine"


def test_a_document_that_was_changed_meanwhile_is_not_written_over(database: Database, db: StoreDB) -> None:
    document = db.get(doc_id=1)
    assert isinstance(document, Document)
    do(beside(database, who=BORIS), "edit", 1, quote="theirs")
    document["quote"] = "mine"
    assert "quote: theirs theirs" in refused(db, lambda: db.update(document, doc_ids=[1]), Conflict)
    refused(db, lambda: db.upsert(document), Conflict)
    fresh = db.get(doc_id=1)
    assert isinstance(fresh, Document)
    fresh["quote"] += " and mine"
    assert db.upsert(fresh) == [1]
    assert record(database, 1)["quote"] == "theirs and mine"
    visit = db.table("visits").get(doc_id=1)
    assert isinstance(visit, Document)
    do(beside(database, who=BORIS), "edit_visit", VISIT, donor="INL")
    refused(db, lambda: db.table("visits").update({**visit, "programme": "GPAT"}), Conflict)


def test_an_update_works_on_what_others_saved_before_it(database: Database, db: StoreDB) -> None:
    """TinyDB reads and writes in a call: what another saves between the two must not be lost, nor stop it."""
    other = beside(database, who=BORIS)

    class Late:
        """A query that is asked when the table was read: the other one changes the store as soon as it can."""

        def __call__(self, document: Any) -> bool:
            with pytest.raises(FollowUpError):
                do(open_database(database.path, who=BORIS, lock_timeout=0), "edit", 1, quote="theirs")
            return bool(document["id"] == 1)

        def is_cacheable(self) -> bool:
            return False

    do(other, "edit", 1, quote="theirs")
    assert db.update({"owner": BORIS}, Late()) == [1]
    assert (record(database, 1)["quote"], record(database, 1)["owner"]) == ("theirs", BORIS)


def test_tables_written_through_the_storage_change_several_at_once(database: Database, db: StoreDB) -> None:
    revision = revised(database)
    tables: Any = dict(db.storage.read() or {})
    tables["visits"]["1"]["slug"] = "lyon-first"
    tables["parties"]["1"]["name"] = "MIA of Uzbekistan"
    tables["commitments"]["2"]["owner"] = BORIS
    tables["commitments"]["5"] = {**NEW, "visit": "lyon-first"}
    db.storage.write(tables)
    assert revised(database) == revision + 1
    assert (record(database, 2)["visit"], record(database, 2)["owner"]) == ("lyon-first", BORIS)
    assert record(database, 5)["visit"] == "lyon-first"


@pytest.mark.parametrize("change", [{}, {"commitments": {}}, {"_meta": None}, {"visits": None}, {"parties": {"x": 3}}])
def test_tables_that_are_none_are_refused(db: StoreDB, change: dict[str, Any]) -> None:
    tables: Any = {**dict(db.storage.read() or {}), **change} if change else {}
    refused(db, lambda: db.storage.write(tables))
    refused(db, lambda: db.storage.write({**dict(db.storage.read() or {}), "others": {}}), NotFound)


def test_stock_tinydb_over_the_storage_is_safe_as_well(database: Database) -> None:
    def stock() -> TinyDB:
        return TinyDB(database, "stock", storage=DatabaseStorage)

    table = stock().table("commitments")
    assert table.insert(NEW) == 5
    table.update({"owner": BORIS}, doc_ids=[5])
    assert (record(database, 5)["owner"], events(database, 5)[-1]["script"]) == (BORIS, "stock")
    do(database, "remove", 5, "entered twice")
    with pytest.raises(NotAllowed, match="6"):
        stock().table("commitments").insert(NEW)  # It counts on from the highest number that is there.
    assert len(stock().table("commitments")) == 4


def test_a_new_party_is_told_and_one_near_a_known_one_has_to_be_meant(db: StoreDB) -> None:
    with pytest.warns(StoreWarning, match='new party "Europol"'):
        db.insert({**NEW, "to": ["Europol"]})
    with pytest.raises(NotAllowed, match='did you mean "INTERPOL"'):
        db.insert({**NEW, "to": ["INTEPROL"]})
    with pytest.raises(NotAllowed, match='did you mean "INTERPOL"'):
        db.run("edit", 1, to=["INTEPROL"], new_parties=["Interpool"])
    with pytest.warns(StoreWarning, match='new party "INTEPROL"'):
        db.run("edit", 1, to=["INTEPROL"], new_parties=["inteprol"])
    with pytest.raises(NotAllowed, match="may be 2 parties"):
        db.table("visits").update({"hosts": [f"{UNODC} and {INTERPOL}"]}, doc_ids=[1])
    with warnings.catch_warnings():
        warnings.simplefilter("error", StoreWarning)
        db.insert(NEW)


# Whatever is called.

NUMBERS = st.sets(st.integers(1, 7), min_size=1, max_size=3)
TEXTS = st.sampled_from(["", "a", "Send  it", "Дать список", "\x1b[31m", "\ud800", "none", None, 3])
NAMES = st.lists(st.sampled_from([MIA, UNODC, INTERPOL, NCB, "IOM", "interpol", "MIA", ""]), max_size=3)
DAYS = st.sampled_from(["2023-06-30", "2022-11-01", "end of March", "none", "soonish", None, 3])
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("title", "kind", "owner", "quote", "source", "source_id", "due_words", "miss_reason"), TEXTS),
        **dict.fromkeys(("by", "to", "support"), NAMES),
        "via": st.sampled_from([NCB, "IOM", None]),
        "visit": st.sampled_from([VISIT, "nowhere", "second"]),
        "after": st.one_of(st.none(), st.integers(0, 8)),
        "due": DAYS,
        "due_precision": st.sampled_from(["day", "month", "moment", None]),
        "state": st.sampled_from(["proposed", "agreed", "reported"]),
        "seats": st.sampled_from([None, {"wanted": 2}, {"nominated": 1}]),
    },
)
VISITS = st.fixed_dictionaries(
    {},
    optional={
        "slug": st.sampled_from([VISIT, "second", "not a slug"]),
        "start": DAYS,
        "end": DAYS,
        "donor": TEXTS,
        "hosts": NAMES,
    },
)
PARTIES = st.fixed_dictionaries(
    {}, optional={"name": st.sampled_from(["MIA of Uzbekistan", UNODC, ""]), "short": TEXTS, "aliases": NAMES}
)
VERBS = st.one_of(
    st.tuples(st.just("mark"), st.integers(1, 7), st.sampled_from(["agreed", "reported", "confirmed", "proposed"])),
    st.tuples(st.just("set_due"), st.integers(1, 7), DAYS, st.just("why")),
    st.tuples(st.just("remove"), st.integers(1, 7), st.just("entered twice")),
    st.tuples(st.just("note"), st.integers(1, 7), TEXTS),
    st.tuples(st.just("chase"), st.integers(1, 7), DAYS),
    st.tuples(st.just("merge_parties"), st.sampled_from([MIA, NCB]), st.sampled_from([UNODC, INTERPOL])),
    st.tuples(st.just("undo")),
)
CALLS = st.one_of(
    st.tuples(st.just("update"), FIELDS, NUMBERS),
    st.tuples(st.just("insert"), FIELDS),
    st.tuples(st.just("insert many"), FIELDS, FIELDS),
    st.tuples(st.just("upsert"), FIELDS, NUMBERS),
    st.tuples(st.just("together"), FIELDS, NUMBERS),
    st.tuples(st.just("tables"), FIELDS, NUMBERS),
    st.tuples(st.just("visit"), VISITS),
    st.tuples(st.just("new visit"), VISITS),
    st.tuples(st.just("remove visit"), st.integers(1, 3)),
    st.tuples(st.just("party"), PARTIES, NUMBERS),
    st.tuples(st.just("run"), VERBS),
)


def called(db: StoreDB, kind: str, *given: Any) -> list[int]:
    """Do one of CALLS. Returns the numbers of the commitments that it entered."""
    if kind == "update":
        db.update(given[0], doc_ids=sorted(given[1]))
    elif kind == "insert":
        return [db.insert({**NEW, **given[0]})]
    elif kind == "insert many":
        found: list[int] = db.insert_multiple([{**NEW, **fields} for fields in given])
        return found
    elif kind == "upsert":
        before = {each.doc_id for each in db}
        upserted = db.upsert({**NEW, **given[0]}, where("id").one_of(sorted(given[1])))
        return [number for number in upserted if number not in before]
    elif kind == "together":
        with db.transaction():
            number = db.insert(NEW)
            db.update(given[0], doc_ids=[number, *sorted(given[1])])
            return [number]
    elif kind == "tables":
        tables: Any = db.storage.read()
        for number in given[1]:
            tables["commitments"].get(str(number), {}).update(given[0])
        db.storage.write(tables)
    elif kind == "visit":
        db.table("visits").update(given[0], doc_ids=[1, 2])
    elif kind == "new visit":
        db.table("visits").insert({"title": "Second", "place": "Tashkent", "start": TODAY, **given[0]})
    elif kind == "remove visit":
        db.table("visits").remove(doc_ids=[given[0]])
    elif kind == "party":
        db.table("parties").update(given[0], doc_ids=sorted(given[1]))
    else:
        verb, *arguments = given[0]
        names = {"set_due": ("number", "date", "reason"), "chase": ("number", "again")}.get(verb)
        db.run(verb, *arguments) if names is None else db.run(verb, **dict(zip(names, arguments, strict=True)))
    return []


@given(st.lists(CALLS, max_size=8))
def test_whatever_is_called_the_store_stays_sound_and_undo_leads_back(calls: list[Any]) -> None:
    with TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore", StoreWarning)
        os.chmod(folder, 0o700)
        # Made by another, so that no undo takes back what was there at first.
        database = beside(make_store(f"{folder}/commitments.json", who=BORIS))
        first, given_numbers = contents(database), {1, 2, 3, 4}
        with StoreDB(database) as db:
            for kind, *given in calls:
                before = raw(database)
                try:
                    numbers = called(db, kind, *given)
                except FollowUpError:
                    assert raw(database) == before
                    continue
                assert given_numbers.isdisjoint(numbers)
                given_numbers |= set(numbers)
                read_strictly(raw(database))
                assert [finding.sentence for finding in examine(database)] == []
            while next(undoable_changes(database.snapshot(), ASEL), None):
                db.run("undo")
        assert contents(database) == first
