"""Undo and redo where another person has changed the record, or uses what would be taken back."""

from contextlib import suppress

import pytest

from store import operations
from store.database import Database
from store.errors import Conflict, FollowUpError, NotAllowed, NotFound
from store.rules.due_dates_and_extensions import DueDate
from store.rules.what_undo_may_take_back import undoable_changes
from tests.store.operations.undoing import redo, refuse_whole, sound, undo
from tests.support.fixed_day_and_user import ASEL, BORIS
from tests.support.store_builders import MIA, NCB, VISIT, add, do, events, raw, record


def test_a_transaction_of_which_another_changed_one_field_is_undone_not_at_all(asel: Database, boris: Database) -> None:
    with asel.transaction() as tx:
        for number in (1, 2, 3):
            operations.mark(tx, number, "in-progress")
    do(boris, "mark", 3, "agreed")
    message = refuse_whole(asel, Conflict)
    assert BORIS in message
    assert "state" in message
    assert " 3 " in message


def test_another_persons_change_of_another_field_stays(asel: Database, boris: Database) -> None:
    do(asel, "mark", 2, "in-progress")
    do(boris, "edit", 2, title="Nominate three officers")
    undo(asel)
    kept = record(asel, 2)
    assert (kept["state"], kept["title"]) == ("agreed", "Nominate three officers")


def test_another_persons_same_value_is_still_their_change(asel: Database, boris: Database) -> None:
    do(asel, "mark", 2, "in-progress")
    do(boris, "mark", 2, "agreed")
    do(boris, "mark", 2, "in-progress")
    assert BORIS in refuse_whole(asel, Conflict)


def test_what_another_person_has_undone_again_is_no_hindrance(asel: Database, boris: Database) -> None:
    do(asel, "mark", 2, "in-progress")
    do(boris, "mark", 2, "done")
    undo(boris)
    undo(asel)
    assert record(asel, 2)["state"] == "agreed"


def test_only_my_own_changes_are_mine_to_undo(asel: Database, boris: Database) -> None:
    do(asel, "note", 2, "mine")
    do(boris, "note", 2, "his")
    undo(asel)
    undo(boris)
    refuse_whole(boris, NotAllowed)
    undone = [event["undoes"] for event in events(asel, 2) if event["action"] == "undo"]
    assert undone == [event["change"] for event in events(asel, 2) if event["action"] == "note"]


def test_a_named_change_is_there_is_mine_and_stands(asel: Database, boris: Database) -> None:
    do(boris, "note", 2, "his")
    his = asel.snapshot().revision
    assert BORIS in refuse_whole(asel, NotAllowed, his)
    refuse_whole(asel, NotAllowed, 999)
    do(asel, "note", 2, "mine")
    mine = asel.snapshot().revision
    undo(asel, mine)
    refuse_whole(asel, NotAllowed, mine)


def test_the_list_of_what_can_be_undone_is_mine_newest_first(asel: Database, boris: Database) -> None:
    do(asel, "note", 2, "first")
    do(boris, "note", 2, "his")
    do(asel, "note", 2, "second")
    do(asel, "note", 2, "third")
    undo(asel)
    found = list(undoable_changes(asel.snapshot(), ASEL))
    assert [group[0].get("note") for group in found[:2]] == ["second", "first"]
    redo(asel)
    found = list(undoable_changes(asel.snapshot(), ASEL))
    assert [group[0].get("note") for group in found[:3]] == ["third", "second", "first"]


def test_redo_lasts_until_my_next_change_only(asel: Database, boris: Database) -> None:
    do(asel, "note", 2, "first")
    undo(asel)
    do(boris, "note", 3, "his")
    redo(asel)
    undo(asel)
    do(asel, "note", 3, "mine")
    before = raw(asel)
    with pytest.raises(NotAllowed):
        redo(asel)
    assert raw(asel) == before


def test_redo_is_refused_when_another_person_changed_the_field(asel: Database, boris: Database) -> None:
    do(asel, "mark", 2, "in-progress")
    undo(asel)
    do(boris, "mark", 2, "done")
    before = raw(asel)
    with pytest.raises(Conflict, match=BORIS):
        redo(asel)
    assert raw(asel) == before


def test_an_added_promise_that_another_person_touched_stays(asel: Database, boris: Database) -> None:
    number = add(asel)
    do(boris, "note", number, "called them")
    message = refuse_whole(asel, Conflict)
    assert BORIS in message
    assert str(number) in message


def test_an_added_promise_that_another_waits_for_stays(asel: Database, boris: Database) -> None:
    number = add(asel)
    do(boris, "edit", 2, after=number)
    refuse_whole(asel, FollowUpError)


def test_a_party_of_an_undone_add_stays_while_others_use_it(asel: Database, boris: Database) -> None:
    number = add(asel, by=["IOM"])
    other = add(boris, by=["iom"])
    undo(asel)
    assert number not in asel.snapshot().commitments
    assert record(asel, other)["by"] == ["IOM"]
    assert asel.snapshot().parties.find("IOM")
    sound(asel)


def test_an_add_whose_party_stayed_can_be_brought_back(asel: Database, boris: Database) -> None:
    number = add(asel, by=["IOM"])
    add(boris, by=["iom"])
    undo(asel)
    redo(asel)
    assert record(asel, number)["by"] == ["IOM"]
    sound(asel)


def test_a_party_that_only_spoke_stays_too(asel: Database, boris: Database) -> None:
    add(asel, by=["IOM"])
    do(boris, "mark", 2, "done", said_by=["IOM"])
    undo(asel)
    assert asel.snapshot().parties.find("IOM")
    sound(asel)


def test_a_party_that_another_person_named_further_is_not_lost(asel: Database, boris: Database) -> None:
    add(asel, by=["IOM"])
    do(boris, "edit_party", "IOM", short="МОМ")
    with suppress(Conflict):
        undo(asel)
    assert asel.snapshot().parties.find("МОМ")


def test_a_party_entered_by_another_meanwhile_is_not_there_twice_after_a_redo(asel: Database, boris: Database) -> None:
    add(asel, by=["IOM"])
    undo(asel)
    add(boris, by=["IOM"])
    with suppress(FollowUpError):
        redo(asel)
    sound(asel)


def test_a_visit_that_has_a_commitment_by_now_stays(asel: Database, boris: Database) -> None:
    slug = do(asel, "add_visit", "Workshop", place="Vienna", start="2023-02-01")
    add(boris, visit=slug)
    assert slug in refuse_whole(asel, FollowUpError)
    sound(asel)


def test_a_visit_that_another_person_edited_is_not_unmade(asel: Database, boris: Database) -> None:
    slug = do(asel, "add_visit", "Workshop", place="Vienna", start="2023-02-01")
    do(boris, "edit_visit", slug, donor="INL")
    assert BORIS in refuse_whole(asel, Conflict)


def test_a_slug_that_is_used_by_another_visit_is_not_brought_back(asel: Database, boris: Database) -> None:
    slug = do(asel, "add_visit", "Workshop", place="Vienna", start="2023-02-01")
    do(asel, "remove_visit", slug)
    assert do(boris, "add_visit", "Another", place="Vienna", start="2023-02-01") == slug
    refuse_whole(asel, FollowUpError)
    sound(asel)


def test_a_slug_that_others_use_by_now_is_not_taken_back(asel: Database, boris: Database) -> None:
    do(asel, "edit_visit", VISIT, new_slug="lyon")
    add(boris, visit="lyon")
    with suppress(FollowUpError):
        undo(asel)
    sound(asel)


def test_a_party_name_that_others_use_by_now_is_not_taken_back(asel: Database, boris: Database) -> None:
    do(asel, "edit_party", MIA, new_name="Ministry")
    add(boris, by=["Ministry"])
    with suppress(FollowUpError):
        undo(asel)
    sound(asel)


def test_a_name_given_to_another_party_meanwhile_is_not_taken_back(asel: Database, boris: Database) -> None:
    do(asel, "edit_party", MIA, short="MIA UZ")
    do(asel, "edit_party", MIA, short="")
    do(boris, "edit_party", NCB, short="MIA UZ")
    with suppress(FollowUpError):
        undo(asel)
    sound(asel)


def test_an_undo_never_makes_two_promises_wait_for_each_other(asel: Database, boris: Database) -> None:
    do(asel, "edit", 2, after=3)
    do(asel, "edit", 2, clear=["after"])
    do(boris, "edit", 3, after=2)
    with suppress(FollowUpError):
        undo(asel)
    sound(asel)


def test_an_undo_never_waits_for_what_was_removed(asel: Database, boris: Database) -> None:
    do(asel, "edit", 2, after=1)
    do(asel, "edit", 2, clear=["after"])
    do(boris, "remove", 1, "entered by mistake")
    with suppress(FollowUpError):
        undo(asel)
    sound(asel)


def test_a_redo_never_takes_what_another_person_added_to_a_record(asel: Database, boris: Database) -> None:
    do(asel, "remove", 1, "entered by mistake")
    undo(asel)
    do(boris, "set_due", 1, DueDate("2023-06-30", "day"))
    before = raw(asel)
    with pytest.raises(Conflict, match=BORIS):
        redo(asel)
    assert raw(asel) == before


def test_a_setting_that_another_person_changed_since_stays(asel: Database, boris: Database) -> None:
    do(asel, "change_settings", silent_after="20")
    do(boris, "change_settings", silent_after="10")
    assert BORIS in refuse_whole(asel, Conflict)


def test_a_redo_brings_nothing_back_on_a_commitment_that_is_gone(asel: Database, boris: Database) -> None:
    number = add(asel)
    do(boris, "note", number, "a word")
    do(boris, "undo")
    do(asel, "undo")
    with pytest.raises(Conflict, match=rf"cannot be brought back: asel removed {number} in change"):
        do(boris, "redo")
    with pytest.raises(NotFound, match=f"commitment {number} was removed by asel"):
        asel.snapshot().row(number)
