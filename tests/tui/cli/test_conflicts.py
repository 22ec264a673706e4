"""Several people on one store: a conflict shows both sides. `make torture` has the rest."""

from store import operations
from store.database import Database
from tests.conftest import Run
from tests.support import check_answers_and_refusals, store_builders
from tests.support.check_answers_and_refusals import assert_refused, unchanged
from tests.support.store_builders import UNODC


def test_a_conflict_shows_theirs_yours_and_who(database: Database, run: Run) -> None:
    store_builders.set_due(store_builders.beside(database, who="boris"), 2, "2023-05-31", reason="new minister")
    argv = ["due", "2", "2023-06-30", "--reason", "mine", "--expect-rev", "1"]
    with unchanged(database.path):
        refused = run(*argv)
    assert_refused(refused, 6, "2", "revision 1", "2023-05-31", "2023-06-30", "2023-03-31", "boris", "2023-03-01")
    assert "theirs 2023-05-31" in refused.err
    assert "yours 2023-06-30" in refused.err
    assert "due_changes" not in refused.err
    assert run(*argv[:-1], "2").code == 0


def test_a_conflict_shows_what_changed_even_if_it_is_not_mine(database: Database, run: Run) -> None:
    store_builders.do(store_builders.beside(database, who="boris"), "edit", 2, owner="boris")
    store_builders.do(store_builders.beside(database, who="asel"), "note", 2, "called them")
    with unchanged(database.path):
        refused = run("mark", "2", "done", "--expect-rev", "1")
    assert_refused(refused, 6, "owner", "theirs boris", "was asel", "theirs called them")


def test_a_conflict_is_told_even_when_the_change_would_be_refused(database: Database, run: Run) -> None:
    store_builders.do(store_builders.beside(database, who="boris"), "remove", 1, "entered twice")
    with unchanged(database.path):
        assert_refused(run("note", "1", "x", "--expect-rev", "1"), 3, "1", "boris", "followup history 1")
    store_builders.set_due(store_builders.beside(database, who="boris"), 2, "2023-05-31", reason="new minister")
    with unchanged(database.path):
        assert_refused(run("due", "2", "2023-06-30", "--expect-rev", "1"), 6, "boris")


def test_a_conflict_over_hostile_text_is_one_harmless_line(database: Database, run: Run) -> None:
    store_builders.do(store_builders.beside(database, who="bo\x1b[31mris"), "edit", 2, quote="a\x1b[2J\nb\u202e")
    refused = run("edit", "2", "--quote", "mine\nof two lines", "--expect-rev", "1")
    assert_refused(refused, 6, "quote")
    check_answers_and_refusals.assert_harmless(refused.err)


def test_in_russian_a_conflict_says_the_parties_by_their_russian_names(database: Database, run: Run) -> None:
    store_builders.do(store_builders.beside(database, who="boris"), "edit", 2, to=[UNODC])
    with database.transaction() as tx:
        operations.edit_party(tx, UNODC, ru="УНП ООН")
    refused = run("edit", "2", "--title", "mine", "--expect-rev", "1", env={"FOLLOWUP_LANG": "ru"})
    assert_refused(refused, 6, "УНП ООН")
    assert UNODC not in refused.err


def test_what_was_changed_and_changed_back_is_no_part_of_a_conflict(database: Database, run: Run) -> None:
    title = store_builders.record(database, 2)["title"]
    boris = store_builders.beside(database, who="boris")
    store_builders.do(boris, "edit", 2, title="Theirs")
    store_builders.do(boris, "edit", 2, title=title)
    refused = run("note", "2", "x", "--expect-rev", "1")
    assert_refused(refused, 6, "each field is as it was")
    assert "theirs" not in refused.err
