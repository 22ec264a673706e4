"""Two people on one record in the app: what goes together, what clashes, and what nobody can tell."""

from collections.abc import Callable
from typing import Any

import pytest

from store import operations
from store.database import Database
from store.errors import Conflict, FollowUpError, NotFound
from store.file.file_store import file_of
from store.maintenance.restore import restore
from store.operations.refuse_clashing_edits import expect_revision, merge_or_conflict
from store.rules.due_dates_and_extensions import DueDate
from store.rules.which_edits_clash import Clash
from store.transaction import Transaction
from tests.support.fixed_day_and_user import ASEL, BORIS
from tests.support.store_builders import UNODC, beside, do, events, raw, record, set_due


def revision(database: Database, number: int = 2) -> int:
    """The revision of a commitment that somebody looks at now."""
    found: int = record(database, number)["revision"]
    return found


def merged(database: Database, seen: int, change: Callable[[Transaction], Any], number: int = 2) -> list[Clash]:
    """My change of a commitment that I saw at the revision `seen`; what others changed meanwhile."""
    with database.transaction() as tx:
        change(tx)
        return merge_or_conflict(tx, number, seen)


def refused(database: Database, seen: int, change: Callable[[Transaction], Any], number: int = 2) -> Conflict:
    """The same where it is refused: nothing was written."""
    before = raw(database)
    with pytest.raises(Conflict) as conflict:
        merged(database, seen, change, number)
    assert raw(database) == before
    return conflict.value


def edit(number: int = 2, **fields: Any) -> Callable[[Transaction], Any]:
    return lambda tx: operations.edit(tx, number, **fields)


def move(day: str, reason: str = "asked for") -> Callable[[Transaction], Any]:
    return lambda tx: operations.set_due(tx, 2, DueDate(day, "day"), reason=reason)


def test_nothing_changed_meanwhile(database: Database) -> None:
    assert merged(database, revision(database), edit(title="Another")) == []
    assert record(database, 2)["title"] == "Another"


def test_a_change_of_another_record_is_no_change_of_mine(database: Database, boris: Database) -> None:
    seen = revision(database)
    do(boris, "edit", 3, title="Theirs")
    assert merged(database, seen, edit(title="Mine")) == []


def test_different_fields_go_together_and_theirs_are_told(database: Database, boris: Database) -> None:
    seen = revision(database)
    do(boris, "edit", 2, owner="dina")
    (theirs,) = merged(database, seen, edit(title="Mine"))
    assert (theirs.field, theirs.before, theirs.theirs, theirs.who, theirs.is_mine) == (
        "owner",
        ASEL,
        "dina",
        BORIS,
        False,
    )
    assert (record(database, 2)["owner"], record(database, 2)["title"]) == ("dina", "Mine")


def test_one_field_with_two_values_is_refused_with_both(database: Database, boris: Database) -> None:
    seen = revision(database)
    do(boris, "edit", 2, title="Theirs", owner="dina")
    conflict = refused(database, seen, edit(title="Mine", quote="Said so"))
    assert str(conflict) == conflict.sentence == "2 changed meanwhile: boris changed title"
    (clash,) = conflict.clashes
    assert (clash.field, clash.before, clash.theirs, clash.mine) == (
        "title",
        "Nominate officers to ISON",
        "Theirs",
        "Mine",
    )


def test_several_people_and_fields_are_told_in_one_sentence(database: Database, boris: Database) -> None:
    seen = revision(database)
    do(boris, "edit", 2, title="Theirs", owner="dina")
    do(beside(database, who="dina"), "edit", 2, kind="legal")
    conflict = refused(database, seen, edit(title="Mine", owner="asan", kind="train"))
    assert conflict.sentence == "2 changed meanwhile: boris changed title, owner; dina changed kind"


def test_the_same_value_does_not_clash(database: Database, boris: Database) -> None:
    seen = revision(database)
    do(boris, "edit", 2, title="Both")
    assert [clash.field for clash in merged(database, seen, edit(title="Both", owner="dina"))] == ["title"]


def test_the_same_value_by_a_detour_does_not_clash(database: Database, boris: Database) -> None:
    seen = revision(database)
    do(boris, "edit", 2, title="Both")

    def there_and_back(tx: Transaction) -> None:
        operations.edit(tx, 2, title="Mine")
        operations.edit(tx, 2, title="Both")

    assert [clash.field for clash in merged(database, seen, there_and_back)] == ["title"]


def test_what_was_changed_and_taken_back_does_not_clash(database: Database, boris: Database) -> None:
    seen = revision(database)
    do(boris, "edit", 2, title="Theirs")
    do(boris, "undo")
    assert merged(database, seen, edit(title="Mine")) == []


def test_the_first_and_the_last_of_several_changes_count(database: Database, boris: Database) -> None:
    seen = revision(database)
    for title in ("One", "Two"):
        do(boris, "edit", 2, title=title)
    (clash,) = refused(database, seen, edit(title="Mine")).clashes
    assert (clash.before, clash.theirs) == ("Nominate officers to ISON", "Two")


def test_my_own_change_from_elsewhere_is_told_as_well(database: Database) -> None:
    seen = revision(database)
    do(beside(database), "edit", 2, title="From the shell")
    assert refused(database, seen, edit(title="From the app")).sentence == "2 changed meanwhile: asel changed title"


def test_two_dates_clash_as_one_field(database: Database, boris: Database) -> None:
    seen = revision(database)
    set_due(boris, 2, "2023-04-30", reason="late")
    conflict = refused(database, seen, move("2023-05-31"))
    assert conflict.sentence == "2 changed meanwhile: boris changed due"
    assert [clash.field for clash in conflict.clashes] == ["due"]


def test_what_only_follows_another_field_is_not_told(database: Database, boris: Database) -> None:
    seen = revision(database)
    set_due(boris, 2, "2023-04-30", reason="late")
    assert [clash.field for clash in merged(database, seen, edit(title="Mine"))] == ["due"]


def test_what_only_follows_clashes_where_it_is_all_there_is(database: Database, boris: Database) -> None:
    seen = revision(database)

    def precise(precision: str) -> Callable[[Transaction], Any]:
        return lambda tx: operations.set_due(tx, 2, DueDate("2023-03-31", precision))

    with boris.transaction() as tx:
        precise("month")(tx)
    assert refused(database, seen, precise("quarter")).sentence == "2 changed meanwhile: boris changed due_precision"


def test_notes_never_clash(database: Database, boris: Database) -> None:
    seen = revision(database)
    do(boris, "note", 2, "called them")
    (theirs,) = merged(database, seen, lambda tx: operations.note(tx, 2, "wrote to them"))
    assert (theirs.field, theirs.theirs) == ("note", "called them")
    assert [event.get("note") for event in events(database, 2)][-2:] == ["called them", "wrote to them"]


def test_chases_never_clash(database: Database, boris: Database) -> None:
    seen = revision(database)
    do(boris, "chase", 2, again="2023-03-10")
    merged(database, seen, lambda tx: operations.chase(tx, 2, again="2023-03-20"))
    assert (record(database, 2)["chased"], record(database, 2)["chase_on"]) == (2, "2023-03-20")


def test_a_chase_goes_with_a_mark_and_an_edit(database: Database, boris: Database) -> None:
    seen = revision(database)
    do(boris, "chase", 2, again="2023-03-10", note="by phone")
    assert {clash.field for clash in merged(database, seen, edit(title="Mine"))} == {"chase_on", "note"}


def test_two_marks_clash(database: Database, boris: Database) -> None:
    seen = revision(database)
    do(boris, "mark", 2, "done")
    conflict = refused(database, seen, lambda tx: operations.mark(tx, 2, "in-progress", take_back=True))
    assert "state" in [clash.field for clash in conflict.clashes]


def test_removed_meanwhile_is_not_found(database: Database, boris: Database) -> None:
    seen = revision(database, 1)
    do(boris, "remove", 1, "entered twice")
    with pytest.raises(NotFound, match="commitment 1 was removed by boris"):
        merged(database, seen, lambda tx: None, 1)
    with pytest.raises(NotFound, match="commitment 1 was removed by boris"):
        merged(database, seen, edit(1, title="Mine"), 1)


def test_my_own_removal_clashes_with_a_change_meanwhile(database: Database, boris: Database) -> None:
    seen = revision(database, 1)
    do(boris, "edit", 1, title="Theirs")
    conflict = refused(database, seen, lambda tx: operations.remove(tx, 1, "entered twice"), 1)
    assert [(clash.field, clash.mine) for clash in conflict.clashes] == [("title", None)]


def test_my_own_removal_of_what_nobody_changed(database: Database) -> None:
    assert merged(database, revision(database, 1), lambda tx: operations.remove(tx, 1, "entered twice"), 1) == []


def test_removed_and_brought_back_meanwhile(database: Database, boris: Database) -> None:
    seen = revision(database, 1)
    do(boris, "remove", 1, "entered twice")
    do(boris, "undo")
    assert merged(database, seen, edit(1, title="Mine"), 1) == []


def test_a_renamed_party_is_a_change_of_its_commitments(database: Database, boris: Database) -> None:
    seen = revision(database)
    do(boris, "edit_party", "INTERPOL", new_name="ICPO")
    assert [clash.field for clash in merged(database, seen, edit(title="Mine"))] == ["to"]
    seen = revision(database)
    do(boris, "edit_party", "ICPO", new_name="ICPO-INTERPOL")
    refused(database, seen, edit(to=[UNODC]))


def test_a_revision_that_is_not_there_yet_is_refused(database: Database) -> None:
    conflict = refused(database, 9, edit(title="Mine"))
    assert (conflict.sentence, conflict.clashes) == ("2 is at revision 1, not yet at 9: nothing was changed", ())


# A restore raises the revision of every record


def copies(database: Database) -> str:
    """The newest copy, as restore names it."""
    return str(max(copy.revision for copy in file_of(database).copies.all()))


def test_a_restore_that_brings_back_what_i_saw_refuses_nothing(database: Database) -> None:
    seen = revision(database)
    do(database, "edit", 3, title="Another record")
    restore(database, copies(database))
    assert revision(database) > seen
    assert merged(database, seen, edit(title="Mine")) == []


def test_a_change_after_the_restore_is_told(database: Database, boris: Database) -> None:
    seen = revision(database)
    do(database, "edit", 3, title="Another record")
    restore(database, copies(database))
    do(boris, "edit", 2, title="Theirs")
    assert [clash.field for clash in merged(database, seen, edit(owner="dina"))] == ["title"]
    refused(database, seen, edit(title="Mine"))


def test_who_saw_what_the_restore_took_away_is_refused(database: Database, boris: Database) -> None:
    made = copies(database)
    do(database, "edit", 2, title="Lost")
    seen = revision(database)
    restore(database, made)
    sentence = "2 changed meanwhile, and its history does not tell how: look at it again"
    assert refused(database, seen, edit(title="Mine")).sentence == sentence
    do(boris, "edit", 2, owner="dina")
    assert refused(database, seen, edit(title="Mine")).sentence == sentence


def test_who_looked_after_the_restore_merges_as_ever(database: Database, boris: Database) -> None:
    restore(database, copies(database))
    seen = revision(database)
    do(boris, "edit", 2, owner="dina")
    assert [clash.field for clash in merged(database, seen, edit(title="Mine"))] == ["owner"]


def test_expect_revision_carries_what_it_tells(database: Database, boris: Database) -> None:
    seen = revision(database)
    set_due(boris, 2, "2023-04-30", reason="late")
    with pytest.raises(FollowUpError) as error, database.transaction() as tx:  # noqa: PT012 - the block is the change
        operations.edit(tx, 2, title="Mine")
        expect_revision(tx, 2, seen, tx.revision_before(2))
    assert isinstance(error.value, Conflict)
    assert [clash.field for clash in error.value.clashes] == ["due"]
    assert (error.value.code, error.value.values) == ("revision.not-the-expected", {"number": 2, "current": 2})
