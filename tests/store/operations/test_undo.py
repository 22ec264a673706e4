"""Undo and redo: the whole of my last change or nothing, through the same rules as any change."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from store import operations
from store.database import Database
from store.errors import Conflict, FollowUpError, NotAllowed
from store.rules.due_dates_and_extensions import DueDate
from store.transaction import Transaction
from tests.store.operations.undoing import redo, refuse_whole, sound, undo
from tests.support.fixed_day_and_user import ASEL, BORIS, TODAY
from tests.support.store_builders import (
    INTERPOL,
    MIA,
    NCB,
    UNODC,
    VISIT,
    add,
    beside,
    contents,
    do,
    events,
    make_store,
    open_store,
    raw,
    record,
    set_due,
)

# Any series of one person


Step = Callable[[Transaction], Any]
DAYS = st.sampled_from(["2023-02-10", "2023-03-31", "2023-06-30", None])
NUMBERS = st.integers(1, 6)
PARTIES = st.sampled_from([MIA, INTERPOL, UNODC, NCB, "IOM", "МВД"])
TEXTS = st.sampled_from(["a", "Письмо 14/391", "x\ny", '"quoted" {brace}', ""])


def _date(day: str | None) -> DueDate:
    return DueDate(day, "day" if day else None)


def _step(verb: str, *arguments: st.SearchStrategy[Any], **named: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.tuples(st.just(verb), st.tuples(*arguments), st.fixed_dictionaries({}, optional=named))


STEPS = st.one_of(
    _step("mark", NUMBERS, st.sampled_from(["proposed", "agreed", "in-progress", "done", "confirmed"]), note=TEXTS),
    _step("mark", NUMBERS, st.just("returned"), note=TEXTS),
    st.tuples(
        st.just("mark"),
        st.tuples(NUMBERS, st.just("closed")),
        st.fixed_dictionaries({"because": st.just("superseded")}, optional={"by_id": NUMBERS}),
    ),
    st.tuples(st.just("set_due"), st.tuples(NUMBERS, DAYS.map(_date)), st.just({"reason": "new minister"})),
    st.tuples(
        st.just("set_due"),
        st.tuples(NUMBERS, DAYS.map(_date)),
        st.just({"reason": "typed wrongly", "is_correction": True}),
    ),
    _step("note", NUMBERS, TEXTS),
    _step("set_miss_reason", NUMBERS, TEXTS),
    st.tuples(st.just("chase"), st.tuples(NUMBERS), st.fixed_dictionaries({"again": DAYS})),
    _step("set_seats", NUMBERS, wanted=st.integers(0, 3), nominated=st.integers(0, 3), acknowledged=st.integers(0, 3)),
    _step(
        "edit",
        NUMBERS,
        title=TEXTS,
        by=st.lists(PARTIES, max_size=2),
        via=PARTIES,
        owner=TEXTS,
        quote=TEXTS,
        after=NUMBERS,
        visit=st.sampled_from([VISIT, "vienna-2023"]),
        clear=st.sampled_from([["via"], ["after"], ["quote", "source"]]),
    ),
    st.tuples(
        st.just("add"),
        st.tuples(st.just("Another")),
        st.fixed_dictionaries(
            {
                "visit": st.sampled_from([VISIT, "vienna-2023"]),
                "by": st.lists(PARTIES, max_size=2),
                "to": st.lists(PARTIES, max_size=2),
                "state": st.sampled_from(["proposed", "agreed"]),
                "date": DAYS.map(_date),
            },
            optional={"after": NUMBERS, "seats": st.integers(0, 3), "support": st.lists(PARTIES, max_size=2)},
        ),
    ),
    _step("remove", NUMBERS, st.just("entered twice")),
    _step("edit_party", PARTIES, new_name=PARTIES, short=TEXTS, ru=TEXTS, aliases=st.lists(TEXTS, max_size=2)),
    _step("merge_parties", PARTIES, PARTIES),
    st.tuples(
        st.just("add_visit"),
        st.tuples(st.just("Workshop")),
        st.fixed_dictionaries({"place": st.just("Vienna"), "start": st.just("2023-02-01")}),
    ),
    _step("edit_visit", st.sampled_from([VISIT, "vienna-2023"]), title=TEXTS, donor=TEXTS, end=DAYS),
    st.tuples(
        st.just("edit_visit"),
        st.tuples(st.sampled_from([VISIT, "lyon", "vienna-2023"])),
        st.fixed_dictionaries({"new_slug": st.sampled_from([VISIT, "lyon", "vienna-2023"])}),
    ),
    _step("remove_visit", st.sampled_from([VISIT, "vienna-2023"])),
    _step("change_settings", timezone=st.sampled_from(["Asia/Tashkent", "machine"]), silent_after=st.just("9")),
)

Series = list[tuple[str, tuple[Any, ...], dict[str, Any]]]


def _settings_and_contents(database: Database) -> Any:
    return contents(database), database.snapshot().settings


def _perform(database: Database, steps: Series) -> bool:
    """The steps in one transaction, or nothing; returns whether anything was written."""
    before = database.snapshot().revision
    with suppress(FollowUpError), database.transaction() as tx:
        for verb, arguments, named in steps:
            getattr(operations, verb)(tx, *arguments, **named)
    return database.snapshot().revision > before


@settings(max_examples=80)
@given(series=st.lists(st.lists(STEPS, min_size=1, max_size=3), min_size=1, max_size=8))
@example(series=[[("note", (1, "a slip"), {}), ("remove", (1, "entered twice"), {})]])
@example(series=[[("merge_parties", (MIA, INTERPOL), {})]])
def test_any_series_undone_gives_the_former_state_and_redone_the_last(
    series: list[Series], tmp_path_factory: pytest.TempPathFactory
) -> None:
    database = make_store(str(tmp_path_factory.mktemp("undo") / "commitments.json"), who=BORIS)
    database = beside(database, who=ASEL)
    states = [_settings_and_contents(database)]
    for steps in series:
        if _perform(database, steps):
            states.append(_settings_and_contents(database))
            sound(database)
    for state in reversed(states[:-1]):
        undo(database)
        assert _settings_and_contents(database) == state
        sound(database)
    refuse_whole(database, NotAllowed)
    for state in states[1:]:
        redo(database)
        assert _settings_and_contents(database) == state
        sound(database)
    with pytest.raises(NotAllowed):
        redo(database)


@settings(max_examples=80)
@given(
    series=st.lists(
        st.tuples(st.sampled_from([ASEL, BORIS]), st.sampled_from(["undo", "redo"]) | st.lists(STEPS, max_size=2)),
        max_size=14,
    )
)
@example(
    series=[
        (ASEL, [("edit_party", (MIA,), {"new_name": "IOM"})]),
        (BORIS, [("add", ("Another",), {"visit": VISIT, "by": ["IOM"], "to": [UNODC]})]),
        (ASEL, "undo"),
    ]
)
@example(
    series=[
        (ASEL, [("edit_visit", (VISIT,), {"new_slug": "lyon"})]),
        (BORIS, [("add", ("Another",), {"visit": "lyon", "by": [MIA], "to": [UNODC]})]),
        (ASEL, "undo"),
    ]
)
def test_whatever_two_people_do_and_undo_the_store_stays_sound(
    series: list[tuple[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = str(tmp_path_factory.mktemp("undo") / "commitments.json")
    make_store(path, who=ASEL)
    people = {who: open_store(path, who=who) for who in (ASEL, BORIS)}
    for who, what in series:
        before = raw(people[who])
        if isinstance(what, str):
            try:
                do(people[who], what)
            except FollowUpError:
                assert raw(people[who]) == before
        else:
            _perform(people[who], what)
        if raw(people[who]) != before:
            sound(people[who])


# One change, the whole of it


def test_an_undo_adds_events_and_erases_none(asel: Database) -> None:
    do(asel, "mark", 2, "done")
    before = events(asel, 2)
    taken_back = undo(asel)
    after = events(asel, 2)
    assert after[:-1] == before
    last = after[-1]
    assert (last["action"], last["undoes"], last["who"]) == ("undo", before[-1]["change"], ASEL)
    assert last["fields"]["state"] == ["reported", "agreed"]
    assert [event["seq"] for event in taken_back] == [before[-1]["seq"]]


def test_an_undo_is_one_more_revision_of_the_record_and_the_store(asel: Database) -> None:
    do(asel, "mark", 2, "done")
    undo(asel)
    assert record(asel, 2)["revision"] == 3
    redo(asel)
    assert record(asel, 2)["revision"] == 4


def test_a_transaction_of_many_records_is_undone_whole(asel: Database) -> None:
    before = contents(asel)
    with asel.transaction() as tx:
        for number in (1, 2, 3):
            operations.mark(tx, number, "in-progress")
        operations.note(tx, 4, "met them")
        operations.add(tx, "One more", visit=VISIT, by=["IOM"], to=[MIA])
    undo(asel)
    assert contents(asel) == before
    redo(asel)
    assert record(asel, 5)["by"] == ["IOM"]


def test_a_change_can_be_named(asel: Database) -> None:
    do(asel, "note", 2, "first")
    change = asel.snapshot().revision
    do(asel, "mark", 3, "in-progress")
    undo(asel, change)
    assert asel.snapshot().notes(2) == []
    assert record(asel, 3)["state"] == "in-progress"


def test_an_older_change_that_a_later_one_of_mine_overwrote_is_not_undone(asel: Database) -> None:
    do(asel, "mark", 2, "in-progress")
    change = asel.snapshot().revision
    do(asel, "mark", 2, "done")
    refuse_whole(asel, Conflict, change)


def test_a_number_that_comes_back_is_the_old_one_with_a_higher_revision(asel: Database) -> None:
    add(asel, "Another")
    undo(asel)
    redo(asel)
    kept = record(asel, 5)
    assert (kept["title"], kept["revision"]) == ("Another", 3)


def test_a_party_that_nobody_else_uses_goes_with_its_add(asel: Database) -> None:
    add(asel, by=["IOM"])
    undo(asel)
    assert asel.snapshot().parties.find("IOM") is None


# The rules hold on the way back too


def test_an_undone_extension_is_as_if_it_had_not_been(asel: Database) -> None:
    set_due(asel, 2, "2023-06-30", reason="new minister")
    undo(asel)
    kept = record(asel, 2)
    assert (kept["due"], kept["original_due"]) == ("2023-03-31", "2023-03-31")
    assert "due_changes" not in kept


def test_an_undone_remove_brings_everything_back(asel: Database) -> None:
    before = contents(asel)
    do(asel, "remove", 1, "entered by mistake")
    undo(asel)
    assert contents(asel) == before


def test_a_restore_or_a_redaction_is_not_undone(asel: Database) -> None:
    do(asel, "note", 2, "the name of an officer")
    do(asel, "redact", 2, "name of an officer")
    with suppress(FollowUpError):
        undo(asel)
    assert b"name of an officer" not in raw(asel)
    assert all("name of an officer" not in str(event) for event in asel.snapshot().events())


def test_a_redacted_text_does_not_come_back_by_an_undo(asel: Database) -> None:
    do(asel, "edit", 2, quote="as Major X said")
    do(asel, "edit", 2, quote="as was said")
    do(asel, "redact", 2, "Major X")
    with suppress(FollowUpError):
        undo(asel)
    assert b"Major X" not in raw(asel)


def test_the_day_of_an_undo_is_today(asel: Database) -> None:
    do(asel, "mark", 2, "done", on="2023-02-20")
    undo(asel)
    assert events(asel, 2)[-1]["day"] == TODAY


def test_notes_of_an_undone_change_are_not_shown(asel: Database) -> None:
    do(asel, "note", 2, "a slip")
    undo(asel)
    assert asel.snapshot().notes(2) == []
    redo(asel)
    assert [event["note"] for event in asel.snapshot().notes(2)] == ["a slip"]


def test_interpol_is_known_by_its_old_name_after_an_undone_rename(asel: Database) -> None:
    do(asel, "edit_party", INTERPOL, new_name="ICPO")
    undo(asel)
    assert record(asel, 1)["to"] == [INTERPOL]
    sound(asel)
