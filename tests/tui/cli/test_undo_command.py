"""Undo and redo: my last change, all of it or nothing, never over somebody else's."""

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support import store_builders
from tests.support.command_line import ME, assert_refused, document, lines_of, unchanged
from tests.support.store_builders import INTERPOL, MIA


def test_undo_says_what_and_when_and_takes_it_back(database: Database, run: Run) -> None:
    before = store_builders.contents(database)
    run("mark", "2", "done")
    done = run("undo")
    assert (done.code, done.err) == (0, "")
    assert done.out.count("\n") == 1
    assert done.out.startswith("taken back: change 7 of ")
    assert "2 agreed -> reported" in done.out
    assert store_builders.contents(database) == before


def test_undo_adds_an_event_and_erases_none(database: Database, run: Run) -> None:
    run("mark", "2", "done")
    before = document(run("history", "--json"))
    run("undo")
    after = document(run("history", "--json"))
    assert after[: len(before)] == before
    assert (after[-1]["action"], after[-1]["undoes"], after[-1]["who"]) == ("undo", 7, ME)


def test_undo_goes_back_one_change_after_another(database: Database, run: Run) -> None:
    run("edit", "2", "--owner", "x")
    run("mark", "2", "3", "done")
    run("due", "1", "2023-05-01")
    before = store_builders.contents(store_builders.beside(database))
    for number in (9, 8, 7):
        assert f"change {number} of" in run("undo").out
    assert_refused(run("undo"), 1, "no change of yours")
    for number in (7, 8, 9):
        assert run("redo").out.startswith(f"brought back: change {number} of ")
    assert_refused(run("redo"), 1, "nothing to redo")
    assert store_builders.contents(store_builders.beside(database)) == before


@pytest.mark.parametrize(
    "argv",
    [
        ["add", "New", "--visit", "lyon-2022", "--by", "Somebody new", "--to", MIA, "--due", "2023-05-01"],
        ["visit", "add", "Workshop", "--place", "Vienna", "--from", "2023-02-01"],
        ["visit", "edit", "lyon-2022", "--slug", "lyon", "--donor", "INL"],
        ["edit", "2", "--owner", "x", "--quote", "q", "--by", "Somebody new"],
        ["mark", "1-3", "in-progress"],
        ["mark", "2", "closed", "--because", "dropped", "--note", "by agreement"],
        ["due", "2", "2023-06-30", "--reason", "new minister"],
        ["due", "2", "2023-06-30", "--reason", "mistyped", "--correct"],
        ["reason", "4", "new minister"],
        ["chase", "2", "3"],
        ["note", "2", "a note"],
        ["seats", "2", "--wanted", "3"],
        ["party", "edit", MIA, "--name", "Ministry", "--short", "MIA"],
        ["party", "merge", "NCB Tashkent", INTERPOL],
        ["remove", "1", "--reason", "twice"],
        ["config", "silent-after", "45", "--shared"],
    ],
)
def test_every_change_can_be_taken_back_and_brought_back(database: Database, run: Run, argv: list[str]) -> None:
    before = store_builders.contents(database)
    settings = document(run("config", "--json"))
    assert run(*argv).code == 0
    after, settings_after = store_builders.contents(database), document(run("config", "--json"))
    assert run("undo").code == 0
    assert store_builders.contents(database) == before
    assert document(run("config", "--json")) == settings
    assert run("redo").code == 0
    assert store_builders.contents(database) == after
    assert document(run("config", "--json")) == settings_after


def test_an_undone_note_is_gone_from_show_and_stays_in_the_history(database: Database, run: Run) -> None:
    run("note", "2", "a", "mistake")
    run("undo")
    assert document(run("show", "2", "--json"))["notes"] == []
    assert "a mistake" in run("history", "2").out


def test_a_chosen_change_is_taken_back(database: Database, run: Run) -> None:
    run("edit", "2", "--owner", "x")
    run("edit", "3", "--owner", "y")
    assert run("undo", "7").out.startswith("taken back: change 7 of ")
    owners = {each["id"]: each["owner"] for each in document(run("list", "--json"))}
    assert (owners[2], owners[3]) == ("asel", "y")
    assert_refused(run("undo", "7"), 1, "7")


def test_undo_lists_my_changes_newest_first(database: Database, run: Run) -> None:
    run("edit", "2", "--owner", "x")
    run("edit", "3", "--owner", "y")
    with unchanged(database.path):
        lines = lines_of(run("undo", "--list"))
    assert [line.split()[1] for line in lines] == ["8", "7"]
    run("undo")
    assert [line.split()[1] for line in lines_of(run("undo", "--list"))] == ["7"]


def test_undo_with_nothing_of_mine_says_so(database: Database, run: Run) -> None:
    with unchanged(database.path):
        assert_refused(run("undo"), 1, "no change of yours")
        assert_refused(run("redo"), 1, "nothing to redo")
        listed = run("undo", "--list")
    assert (listed.code, listed.out) == (0, "")


def test_redo_works_only_until_my_next_change(database: Database, run: Run) -> None:
    run("edit", "2", "--owner", "x")
    run("undo")
    run("note", "3", "something else")
    with unchanged(database.path):
        assert_refused(run("redo"), 1, "nothing to redo")


def test_undo_of_another_ones_change_is_refused(database: Database, run: Run) -> None:
    with unchanged(database.path):
        assert_refused(run("undo", "4"), 1, "4", "asel")
        assert_refused(run("undo", "99"), 1, "99")
        assert_refused(run("undo", "x"), 2, "x")


def test_undo_is_refused_when_another_changed_the_same_field(database: Database, run: Run) -> None:
    run("edit", "2", "--owner", "mine", "--kind", "train")
    store_builders.do(store_builders.beside(database, who="boris"), "edit", 2, owner="theirs")
    with unchanged(database.path):
        assert_refused(run("undo"), 6, "boris", "owner", "2", "followup history")


def test_undo_is_refused_when_another_changed_it_there_and_back(database: Database, run: Run) -> None:
    run("edit", "2", "--owner", "mine")
    boris = store_builders.beside(database, who="boris")
    store_builders.do(boris, "edit", 2, owner="theirs")
    store_builders.do(boris, "edit", 2, owner="mine")
    with unchanged(database.path):
        assert_refused(run("undo"), 6, "boris", "owner")


def test_undo_goes_past_what_another_changed_elsewhere(database: Database, run: Run) -> None:
    run("edit", "2", "--owner", "mine")
    store_builders.do(store_builders.beside(database, who="boris"), "edit", 2, kind="train")
    store_builders.do(store_builders.beside(database, who="boris"), "note", 3, "theirs")
    assert run("undo").code == 0
    shown = document(run("show", "2", "--json"))
    assert (shown["owner"], shown["kind"]) == ("asel", "train")


def test_undo_of_several_is_all_or_nothing(database: Database, run: Run) -> None:
    run("mark", "2", "3", "in-progress")
    store_builders.do(store_builders.beside(database, who="boris"), "mark", 3, "done")
    with unchanged(database.path):
        assert_refused(run("undo"), 6, "boris", "3")
    assert document(run("show", "2", "--json"))["state"] == "in-progress"


def test_undo_of_a_new_one_that_another_worked_on_is_refused(database: Database, run: Run) -> None:
    run("add", "New", "--visit", "lyon-2022", "--by", MIA, "--to", INTERPOL)
    store_builders.do(store_builders.beside(database, who="boris"), "note", 5, "theirs")
    with unchanged(database.path):
        assert_refused(run("undo"), 6, "boris", "5")


def test_undo_of_a_visit_with_promises_is_refused(database: Database, run: Run) -> None:
    run("visit", "add", "Workshop", "--place", "Vienna", "--from", "2023-02-01")
    store_builders.add(store_builders.beside(database, who="boris"), visit="vienna-2023")
    with unchanged(database.path):
        refused = run("undo")
        assert refused.code in (1, 6)
        assert_refused(refused, refused.code, "vienna-2023", "5")


def test_undo_takes_no_text(database: Database, run: Run) -> None:
    assert_refused(run("undo", "7", "8"), 2, "8")
    assert_refused(run("redo", "7"), 2, "7")


def test_undo_prints_the_commitment_as_json(database: Database, run: Run) -> None:
    run("mark", "2", "done")
    assert document(run("undo", "--json"))["state"] == "agreed"
    assert document(run("redo", "--json"))["state"] == "reported"


def test_the_changes_that_can_be_taken_back_are_json_on_request(database: Database, run: Run) -> None:
    run("mark", "2", "done")
    assert [change["change"] for change in document(run("undo", "--list", "--json"))] == [7]


def test_mine_is_by_the_operating_system_user_not_by_a_variable(database: Database, run: Run) -> None:
    store_builders.do(store_builders.beside(database, who=ME), "edit", 2, owner="mine")
    assert run("undo", env={"USER": "boris", "LOGNAME": "boris", "FOLLOWUP_USER": "boris"}).code == 0
    event = document(run("history", "2", "--json"))[-1]
    assert (event["action"], event["who"]) == ("undo", ME)
