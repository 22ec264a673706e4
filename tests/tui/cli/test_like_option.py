"""`add --like` and `visit add --like`: what is not said is as in another one, and a visit gets its promises too."""

from store.database import Database
from tests.conftest import Run
from tests.support import store_builders
from tests.support.check_answers_and_refusals import assert_refused, document, unchanged
from tests.support.store_builders import INTERPOL, MIA, NCB, UNODC


def test_what_is_not_said_is_as_in_that_commitment(database: Database, run: Run) -> None:
    run("edit", "2", "--via", NCB, "--support", UNODC, "--quote", "we will", "--owner", "x")
    run("seats", "2", "--wanted", "3", "--nominated", "1")
    run("note", "2", "called")
    assert run("add", "Nominate", "analysts", "--like", "2").out == "5\n"
    shown = document(run("show", "5", "--json"))
    taken = ("visit", "by", "to", "via", "support", "kind")
    assert [shown[name] for name in taken] == ["lyon-2022", [MIA], [INTERPOL], NCB, [UNODC], "nominate-experts"]
    assert (shown["seats"]["wanted"], shown["seats"]["nominated"]) == (3, 0)
    left = ("state", "due", "quote", "notes")
    assert [shown[name] for name in left] == ["proposed", None, None, []]
    assert shown["owner"] != "x"


def test_what_is_said_stands_in_its_place(database: Database, run: Run) -> None:
    run(
        "add",
        "Send",
        "it",
        "--like",
        "2",
        "--to",
        UNODC,
        "--kind",
        "train",
        "--seats",
        "unknown",
        "--due",
        "2023-05-01",
    )
    shown = document(run("show", "5", "--json"))
    assert (shown["by"], shown["to"], shown["kind"]) == ([MIA], [UNODC], "train")
    assert (shown["seats"], shown["due"]) == (None, "2023-05-01")


def test_like_nothing_that_is_there_is_refused(database: Database, run: Run) -> None:
    with unchanged(database.path):
        assert_refused(run("add", "Send it", "--like", "99"), 3, "99")
        assert_refused(run("visit", "add", "Second", "--from", "2023-02-01", "--like", "nowhere"), 3, "nowhere")
        assert_refused(run("add", "Send it"), 2, "--visit")
        assert_refused(run("visit", "add", "Second", "--like", "lyon-2022"), 2, "--from")


def test_a_visit_like_another_has_its_promises_as_proposed(database: Database, run: Run) -> None:
    store_builders.do(database, "edit_visit", "lyon-2022", donor="INL", delegation="six officers")
    reasons = {5: "declined", 6: "superseded", 7: "dropped", 8: "overtaken"}
    for number, because in reasons.items():
        assert store_builders.add(database, f"Was {because}") == number
        store_builders.do(database, "mark", number, "closed", because=because)
    store_builders.do(database, "remove", store_builders.add(database, "A mistake"), "entered twice")
    store_builders.do(database, "mark", 3, "done")
    made = run("visit", "add", "Second visit", "--like", "lyon-2022", "--from", "2023-02-01", "--donor", "BKA")
    assert (made.code, made.out) == (0, "lyon-2023\n")
    assert "5 promises of lyon-2022 entered as proposed: 10 to 14" in made.err
    (visit,) = document(run("visits", "lyon-2023", "--json"))
    assert (visit["place"], visit["delegation"], visit["donor"]) == ("Lyon", "six officers", "BKA")
    again = document(run("list", "visit:lyon-2023", "--sort", "id", "--json"))
    first = document(run("list", "id:1-4,8", "--sort", "id", "--json"))
    same = ("title", "by", "to", "via", "kind")
    assert [[each[name] for name in same] for each in again] == [[each[name] for name in same] for each in first]
    assert {(each["state"], each["due"], each["quote"]) for each in again} == {("proposed", None, None)}
    assert run("undo").out.startswith(
        "taken back: the new visit lyon-2023, and the 5 new commitments that came with it ("
    )
    assert document(run("visits", "lyon-2023", "--json")) == []
