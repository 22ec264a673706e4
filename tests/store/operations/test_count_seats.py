"""Nominations: seats wanted, nominated, acknowledged, and what a report with too few of them needs."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import operations
from store.database import Database
from store.errors import FollowUpError, NotAllowed
from tests.support.fixed_day_and_user import TODAY
from tests.support.store_builders import add, add_lyon, do, make_empty, raw, record


def seats(database: Database, **counts: Any) -> bool:
    changed: bool = do(database, "set_seats", 2, **counts)
    return changed


def test_what_is_not_named_stays_as_it_is(database: Database) -> None:
    seats(database, wanted=3)
    seats(database, nominated=2, letter=" MIA  14/391 ", endorsed="2023-02-20")
    seats(database, acknowledged=1)
    assert record(database, 2)["seats"] == {
        "wanted": 3,
        "nominated": 2,
        "letter": "MIA 14/391",
        "endorsed": "2023-02-20",
        "acknowledged": 1,
    }


@pytest.mark.parametrize("name", ["wanted", "nominated", "acknowledged"])
def test_no_number_is_below_zero(database: Database, name: str) -> None:
    with pytest.raises(NotAllowed, match=f"2: {name} is -1: seats are counted from 0") as refused:
        seats(database, **{name: -1})
    assert refused.value.field == name


@pytest.mark.parametrize(
    ("before", "counts"),
    [
        ({}, {"acknowledged": 1}),
        ({"nominated": 2}, {"acknowledged": 3}),
        ({"nominated": 2, "acknowledged": 2}, {"nominated": 1}),
        ({}, {"nominated": 1, "acknowledged": 2}),
    ],
)
def test_more_acknowledged_than_nominated_is_refused(
    database: Database, before: dict[str, int], counts: dict[str, int]
) -> None:
    if before:
        seats(database, **before)
    state = raw(database)
    with pytest.raises(NotAllowed, match="nominated"):
        seats(database, **counts)
    assert raw(database) == state


def test_more_may_be_nominated_than_were_wanted(database: Database) -> None:
    seats(database, wanted=2, nominated=3, acknowledged=3)
    do(database, "mark", 2, "done")
    assert record(database, 2)["state"] == "reported"


def test_how_many_are_wanted_may_be_unknown_again(database: Database) -> None:
    seats(database, wanted=3, nominated=1)
    seats(database, is_wanted_unknown=True)
    assert record(database, 2)["seats"] == {"nominated": 1}


def test_seats_that_are_so_already_write_nothing(database: Database) -> None:
    seats(database, wanted=3, nominated=1)
    before = raw(database)
    assert not seats(database, wanted=3, nominated=1)
    assert raw(database) == before


def test_unknown_stays_unknown_without_an_event(database: Database) -> None:
    before = raw(database)
    assert not seats(database, is_wanted_unknown=True)
    assert raw(database) == before


def test_the_last_count_taken_out_leaves_no_seats(database: Database) -> None:
    seats(database, wanted=3)
    seats(database, is_wanted_unknown=True)
    assert "seats" not in record(database, 2)


def test_an_empty_letter_takes_the_letter_out(database: Database) -> None:
    seats(database, nominated=1, letter="MIA 14/391")
    seats(database, letter=" ")
    assert record(database, 2)["seats"] == {"nominated": 1}


def test_seats_are_news(database: Database) -> None:
    seats(database, nominated=1)
    assert record(database, 2)["news_on"] == TODAY


@pytest.mark.parametrize("nominated", [None, 0, 2])
@pytest.mark.parametrize("note", [None, "", " \n"])
def test_a_report_with_fewer_nominated_than_wanted_needs_a_note(
    database: Database, nominated: int | None, note: str | None
) -> None:
    seats(database, wanted=3, nominated=nominated)
    before = raw(database)
    with pytest.raises(NotAllowed, match=f"{nominated or 0} of 3"):
        do(database, "mark", 2, "done", note=note)
    assert raw(database) == before
    do(database, "mark", 2, "done", note="one post is not free")
    assert record(database, 2)["state"] == "reported"


def test_a_report_with_all_nominated_needs_none(database: Database) -> None:
    seats(database, wanted=3, nominated=3)
    do(database, "mark", 2, "done")
    assert record(database, 2)["state"] == "reported"


def test_a_report_where_nobody_knows_how_many_needs_none(database: Database) -> None:
    seats(database, nominated=1)
    do(database, "mark", 2, "done")
    assert record(database, 2)["state"] == "reported"


def test_seats_wanted_at_the_start_are_counted_in_the_report(database: Database) -> None:
    number = add(database, seats=2, state="agreed")
    with pytest.raises(NotAllowed, match="0 of 2"):
        do(database, "mark", number, "done")


COUNTS = st.fixed_dictionaries(
    {name: st.none() | st.integers(0, 4) for name in ("wanted", "nominated", "acknowledged")},
    optional={"is_wanted_unknown": st.booleans()},
)


@given(steps=st.lists(COUNTS, max_size=10))
def test_no_series_of_counts_acknowledges_more_than_were_nominated(
    steps: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    database = make_empty(str(tmp_path_factory.mktemp("seats") / "commitments.json"))
    add_lyon(database)
    add(database)
    with database.transaction() as tx:
        for counts in steps:
            with suppress(FollowUpError):
                operations.set_seats(tx, 1, **counts)
            kept = tx.commitment(1).get("seats", {})
            assert kept.get("acknowledged", 0) <= kept.get("nominated", 0)
