"""The digest: what one person needs on a morning, each commitment once, and nothing when there is nothing."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.database import Database
from store.query.parse_query import parse
from store.reports.digest import digest, last_working_day, names_of_person
from store.reports.document import Document, Table, TableRow
from tests.support.document_parts import figures, part, whole
from tests.support.fixed_day_and_user import ASEL, BORIS, TODAY
from tests.support.store_builders import INTERPOL, MIA, UNODC, add, do, make_store, set_due

LATER = "2023-03-08"
"""A Wednesday, a week after the store was made."""


def made(database: Database, *names: str, day: str = TODAY, **more: Any) -> Document | None:
    snapshot = Database(database.path, clock_of(day), "reader", 10.0).snapshot()
    return digest(snapshot, names or (ASEL,), whose="asel", **more)


def clock_of(day: str) -> Any:
    class Fixed:
        def now(self) -> str:
            return f"{day}T09:00:00Z"

        def today(self, timezone: str | None) -> str:
            return day

    return Fixed()


def rows(document: Document | None, heading: str) -> list[TableRow]:
    assert document is not None
    return [row for block in part(document, heading).blocks if isinstance(block, Table) for row in block.entries]


def numbers(document: Document | None) -> dict[str, list[str]]:
    """Heading -> the numbers under it."""
    assert document is not None
    return {each.heading: [row.cells[0] for row in rows(document, each.heading)] for each in document.parts[1:]}


def test_each_commitment_stands_once_under_the_first_heading_that_fits(database: Database) -> None:
    due = {"late": "2023-03-01", "today": "2023-03-08", "soon": "2023-03-15", "far": "2023-03-16"}
    late, today, soon, _ = (add(database, title, state="agreed", due=day) for title, day in due.items())
    wish = add(database, "a wish", due="2023-03-02")
    chased = add(database, "chased", state="agreed")
    do(database, "chase", chased, again="2023-03-08")
    do(database, "chase", late, again="2023-03-05")
    do(database, "mark", 2, "reported")
    document = made(database, day=LATER)
    assert numbers(document) == {
        "Overdue": ["#4", f"#{late}"],
        "Due today": [f"#{today}"],
        "To chase": [f"#{chased}"],
        "To be confirmed": ["#2"],
        "Past the proposed date, not agreed": [f"#{wish}"],
        "Due within 7 days": [f"#{soon}"],
    }
    assert document is not None
    assert figures(document.parts[0]) == {
        "overdue": "2",
        "due today": "1",
        "to chase": "1",
        "to be confirmed": "1",
        "past, not agreed": "1",
        "within 7 days": "1",
    }
    assert "to chase" in " ".join(rows(document, "Overdue")[1].remarks)


def test_what_was_never_agreed_is_not_called_late(database: Database) -> None:
    add(database, "a wish", due="2023-03-02")
    (row,) = rows(made(database, day=LATER), "Past the proposed date, not agreed")
    assert row.cells[-1] == "proposed for 2 Mar 2023, not agreed"
    assert row.style == "plain"


def test_it_is_about_one_person_as_owner_or_party(database: Database) -> None:
    add(database, "for boris", state="agreed", due="2023-02-01", owner=BORIS, by=[UNODC], to=[INTERPOL])
    assert numbers(made(database, BORIS, day=LATER)) == {"Overdue": ["#5"]}
    assert numbers(made(database, UNODC, day=LATER))["Overdue"] == ["#5", "#4"]
    assert made(database, "somebody else", day=LATER) is None


def test_nothing_to_say_is_no_document(path: str) -> None:
    database = make_store(path)
    assert made(database, MIA, day="2023-03-08") is None


def test_a_query_narrows_it(database: Database) -> None:
    query = parse("by:MIA", today=LATER, me=[])
    add(database, "late too", state="agreed", due="2023-03-01")
    do(database, "mark", 2, "reported")
    narrowed = made(database, day=LATER, query=parse("unconfirmed", today=LATER, me=[]))
    assert numbers(narrowed) == {"To be confirmed": ["#2"]}
    assert numbers(made(database, day=LATER, query=query)) == {"Overdue": ["#5"], "To be confirmed": ["#2"]}


def test_what_is_set_aside_is_only_counted(database: Database) -> None:
    do(database, "add_visit", "Another visit", place="Vienna", start="2023-02-01", slug="vienna-2023")
    add(database, "elsewhere", visit="vienna-2023", state="agreed", due="2023-02-20")
    do(database, "set_visit_aside", "lyon-2022", until="2023-06-01")
    document = made(database, day=LATER)
    assert numbers(document) == {"Overdue": ["#5"]}
    assert document is not None
    assert figures(document.parts[0]) == {"overdue": "1", "set aside": "4"}
    do(database, "mark", 5, "closed", because="overtaken", on="2023-03-01")
    assert made(database, day=LATER) is None
    asked = made(database, day=LATER, query=parse("aside", today=LATER, me=[]))
    assert numbers(asked)["Overdue"] == ["#4"]


# What changed since the last working day.


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_the_last_working_day_is_the_nearest_one_before(today: date) -> None:
    found = date.fromisoformat(last_working_day(today.isoformat()))
    assert found.weekday() < 5
    assert all(date.fromordinal(day).weekday() >= 5 for day in range(found.toordinal() + 1, today.toordinal()))
    assert found < today


def changed(document: Document | None) -> dict[str, list[str]]:
    assert document is not None
    (heading,) = [each.heading for each in document.parts if each.heading.startswith("Changed since")]
    return {row.cells[0]: list(row.remarks) for row in rows(document, heading)}


def test_changes_are_told_by_what_they_left_otherwise(database: Database) -> None:
    set_due(database, 2, "2023-04-30", reason="new minister", asked_by=MIA)
    do(database, "mark", 3, "in-progress")
    do(database, "mark", 1, "agreed")
    do(database, "undo")
    do(database, "set_seats", 2, wanted=3)
    do(database, "note", 4, "not for others")
    do(database, "chase", 4, again="2023-06-01")
    document = made(database, day="2023-03-02")
    found = changed(document)
    assert list(found) == ["#1", "#2", "#3", "#4"]  # All were entered the day before.
    assert found["#1"] == ["entered"]
    assert found["#3"] == ["entered", "agreed, now in progress"]
    assert found["#2"][0] == "entered"
    assert any("new minister" in sentence for sentence in found["#2"])
    assert "not for others" not in whole(document)  # type: ignore[arg-type]


@pytest.fixture
def older(path: str) -> Database:
    """A store that was made in February, and is changed in March."""
    make_store(path, day="2023-02-01")
    return Database(path, clock_of(TODAY), ASEL, 10.0)


def test_a_change_that_was_taken_back_is_none(older: Database) -> None:
    do(older, "mark", 1, "agreed")
    do(older, "undo")
    do(older, "mark", 3, "in-progress")
    set_due(older, 2, "2023-04-30", reason="new minister", asked_by=MIA)
    do(older, "set_seats", 2, wanted=3)
    do(older, "note", 4, "not for others")
    gone = add(older, "A slip")
    do(older, "remove", gone, "entered twice")
    assert changed(made(older, day="2023-03-02")) == {
        "#2": [
            "date changed 1 Mar 2023, from 31 Mar 2023 to 30 Apr 2023: new minister; asked by MIA Uzbekistan; "
            "agreed by: not recorded",
            "seats: 3 wanted, 0 nominated, 0 acknowledged",
        ],
        "#3": ["agreed, now in progress"],
        f"#{gone}": ["removed, entered by mistake"],
    }


def test_a_return_says_who_sent_it_back_and_not_why(older: Database) -> None:
    do(older, "mark", 2, "reported")
    do(older, "mark", 2, "returned", note="the letter is missing")
    assert changed(made(older, day="2023-03-02"))["#2"] == ["sent back by INTERPOL 1 Mar 2023"]


@pytest.mark.parametrize(
    ("day", "is_told"), [("2023-03-01", True), ("2023-03-02", True), ("2023-03-03", False), ("2023-03-06", False)]
)
def test_a_change_is_told_until_the_next_working_day(older: Database, day: str, is_told: bool) -> None:
    do(older, "mark", 3, "in-progress", on="2023-02-20")
    document = made(older, day=day)
    assert document is not None
    assert any(each.heading.startswith("Changed since") for each in document.parts) == is_told


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("asel", ["asel"]),
        ("asel@unodc.org", ["asel@unodc.org", "asel"]),
        ('"Asel Nur" <asel@unodc.org>', ["Asel Nur", '"Asel Nur" <asel@unodc.org>', "asel@unodc.org", "asel"]),
    ],
)
def test_an_address_is_the_person_too(typed: str, names: list[str]) -> None:
    assert names_of_person(typed) == names
