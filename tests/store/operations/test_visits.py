"""Visits, and what hangs on them: entering, moving and taking out commitments, numbers, waiting."""

from typing import Any

import pytest

from store.database import Database
from store.errors import FollowUpError, NotAllowed, NotFound, UsageError
from store.rules.due_dates_and_extensions import DueDate
from tests.support.fixed_day_and_user import ASEL, TODAY
from tests.support.store_builders import INTERPOL, MIA, UNODC, VISIT, add, do, events, raw, record


def visit(database: Database, slug: str = VISIT) -> dict[str, Any]:
    return dict(database.snapshot().visit(slug))


def add_visit(database: Database, title: str = "Workshop", **fields: Any) -> str:
    slug: str = do(database, "add_visit", title, **{"place": "Vienna", "start": "2023-02-01", **fields})
    return slug


# Visits


def test_a_visit_keeps_what_was_said_of_it(empty: Database) -> None:
    slug = add_visit(
        empty,
        "  Regional   workshop ",
        end="2023-02-03",
        hosts=["UNODC", "", "IOM"],
        delegation="Prosecutors",
        programme="GLO",
        donor="INL",
    )
    kept = visit(empty, slug)
    expected = {
        "id": 1,
        "slug": "vienna-2023",
        "title": "Regional workshop",
        "place": "Vienna",
        "start": "2023-02-01",
        "end": "2023-02-03",
        "hosts": ["UNODC", "IOM"],
        "delegation": "Prosecutors",
        "programme": "GLO",
        "donor": "INL",
        "revision": 1,
    }
    assert {name: kept[name] for name in expected} == expected


def test_a_visit_without_an_end_is_one_day(empty: Database) -> None:
    assert visit(empty, add_visit(empty))["end"] == "2023-02-01"


@pytest.mark.parametrize(
    ("place", "slug"),
    [
        ("Lyon", "lyon-2023"),
        ("Lyon, France", "lyon-2023"),
        ("Новосибирск", "novosibirsk-2023"),
        ("г. Москва", "moskva-2023"),
        ("Тошкент ғарби", "toshkent-garbi-2023"),
        ("Saint-Étienne", "saint-etienne-2023"),
        ("里昂", "workshop-2023"),
    ],
)
def test_a_slug_is_made_of_the_place_and_the_year(empty: Database, place: str, slug: str) -> None:
    assert add_visit(empty, place=place) == slug


def test_two_visits_to_one_place_in_one_year_have_two_slugs(empty: Database) -> None:
    assert [add_visit(empty, title=title) for title in ("A", "B", "C")] == [
        "vienna-2023",
        "vienna-2023-2",
        "vienna-2023-3",
    ]


@pytest.mark.parametrize("slug", ["", "Lyon 2022", "LYON", "лион", "a--b", "-a", "a_b", "a/b", "../x", "a\n"])
def test_a_slug_that_cannot_be_typed_is_refused(empty: Database, slug: str) -> None:
    with pytest.raises(UsageError):
        add_visit(empty, slug=slug)


def test_a_slug_is_given_once(database: Database) -> None:
    with pytest.raises(NotAllowed, match=VISIT):
        add_visit(database, slug=VISIT)
    slug = add_visit(database)
    with pytest.raises(NotAllowed, match=VISIT):
        do(database, "edit_visit", slug, new_slug=VISIT)


@pytest.mark.parametrize(("title", "place"), [("", "Lyon"), (" \t", "Lyon"), ("Visit", ""), ("Visit", " ")])
def test_a_visit_needs_a_title_and_a_place(empty: Database, title: str, place: str) -> None:
    with pytest.raises(UsageError):
        add_visit(empty, title, place=place)


def test_a_visit_does_not_end_before_it_starts(database: Database) -> None:
    with pytest.raises(NotAllowed):
        add_visit(database, end="2023-01-31")
    with pytest.raises(NotAllowed):
        do(database, "edit_visit", VISIT, end="2022-12-05")
    with pytest.raises(NotAllowed):
        do(database, "edit_visit", VISIT, start="2022-12-09")


def test_a_visit_of_one_day_that_is_moved_stays_one(empty: Database) -> None:
    slug = add_visit(empty)
    do(empty, "edit_visit", slug, start="2023-02-09")
    assert (visit(empty, slug)["start"], visit(empty, slug)["end"]) == ("2023-02-09", "2023-02-09")


def test_a_visit_is_found_in_any_case_and_the_nearest_is_named(database: Database) -> None:
    assert visit(database, "Lyon-2022")["slug"] == VISIT
    with pytest.raises(NotFound, match='"lyon-2023"; did you mean "lyon-2022"'):
        visit(database, "lyon-2023")


def test_a_visits_new_slug_goes_to_its_commitments_and_to_no_other(database: Database) -> None:
    other = add_visit(database)
    number = add(database, visit=other)
    do(database, "edit_visit", VISIT, new_slug="lyon")
    assert {record(database, each)["visit"] for each in (1, 2, 3, 4)} == {"lyon"}
    assert record(database, number)["visit"] == other
    assert visit(database, "lyon")["revision"] == 2
    with pytest.raises(NotFound):
        visit(database, VISIT)


def test_an_empty_text_takes_a_visits_field_out_but_not_its_title(database: Database) -> None:
    do(database, "edit_visit", VISIT, donor="INL")
    do(database, "edit_visit", VISIT, donor="")
    assert "donor" not in visit(database)
    for field in ("title", "place"):
        with pytest.raises(UsageError):
            do(database, "edit_visit", VISIT, **{field: " "})


def test_an_edit_of_a_visit_that_changes_nothing_writes_nothing(database: Database) -> None:
    before = raw(database)
    assert not do(database, "edit_visit", VISIT, title="Study  visit", place="Lyon", hosts=[INTERPOL], new_slug=VISIT)
    assert raw(database) == before


def test_only_an_empty_visit_is_removed(database: Database) -> None:
    with pytest.raises(NotAllowed, match="1, 2, 3, 4"):
        do(database, "remove_visit", VISIT)
    slug = add_visit(database)
    do(database, "remove_visit", slug)
    assert list(database.snapshot().visits) == [VISIT]
    with pytest.raises(NotFound):
        do(database, "remove_visit", slug)


def test_a_visit_whose_only_commitment_was_removed_is_empty(database: Database) -> None:
    slug = add_visit(database)
    number = add(database, visit=slug)
    do(database, "remove", number, "entered twice")
    do(database, "remove_visit", slug)
    assert slug not in database.snapshot().visits


# Commitments: adding


def test_a_new_promise_is_proposed_other_and_its_enterers_own(database: Database) -> None:
    number = add(database, "  Send \t the list ")
    kept = record(database, number)
    expected = {
        "id": 5,
        "title": "Send the list",
        "visit": VISIT,
        "kind": "other",
        "by": [MIA],
        "to": [INTERPOL],
        "owner": ASEL,
        "state": "proposed",
        "revision": 1,
    }
    assert {name: kept[name] for name in expected} == expected
    assert set(kept) == {*expected, "created", "updated"}


def test_a_promise_keeps_everything_that_was_said_of_it(database: Database) -> None:
    number = add(
        database,
        via="NCB Tashkent",
        support=["IOM", "UNODC"],
        kind="Train",
        state="agreed",
        owner="boris",
        quote="we shall\nlook into it",
        source="minutes, p. 3",
        seats=3,
        after=2,
    )
    kept = record(database, number)
    expected = {
        "via": "NCB Tashkent",
        "support": ["IOM", "UNODC"],
        "kind": "train",
        "state": "agreed",
        "owner": "boris",
        "quote": "we shall\nlook into it",
        "source": "minutes, p. 3",
        "seats": {"wanted": 3},
        "after": 2,
        "agreed_on": TODAY,
    }
    assert {name: kept[name] for name in expected} == expected


@pytest.mark.parametrize("state", ["in-progress", "reported", "confirmed", "closed", "done", "returned", "x"])
def test_a_new_promise_is_proposed_or_agreed(database: Database, state: str) -> None:
    before = raw(database)
    with pytest.raises(UsageError):
        add(database, state=state)
    assert raw(database) == before


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "  "},
        {"by": []},
        {"to": []},
        {"by": ["", "x"]},
        {"by": ["\t"]},
        {"kind": ""},
        {"visit": "nowhere"},
        {"after": 99},
    ],
)
def test_a_promise_without_its_parts_is_refused_and_nothing_is_entered(
    database: Database, fields: dict[str, Any]
) -> None:
    before = raw(database)
    with pytest.raises((UsageError, NotFound)):
        add(database, **fields)
    assert raw(database) == before


def test_hostile_text_is_kept_as_harmless_text(database: Database) -> None:
    number = add(database, "a\x1b[2Jb\u202ec\x00", quote="one\r\ntwo\x9b")
    kept = record(database, number)
    assert kept["title"] == "a\\x1b[2Jbc\\x00"
    assert kept["quote"] == "one\ntwo\\x9b"


# Numbers


def test_numbers_go_up_by_one_and_are_not_used_again_after_a_removal(database: Database) -> None:
    assert add(database) == 5
    do(database, "remove", 5, "entered twice")
    assert add(database) == 6


def test_a_number_is_not_used_again_after_its_add_is_undone(database: Database) -> None:
    assert add(database) == 5
    do(database, "undo")
    assert add(database) == 6
    assert sorted(database.snapshot().commitments) == [1, 2, 3, 4, 6]


def test_a_refused_add_uses_no_number(database: Database) -> None:
    with pytest.raises(NotFound):
        add(database, after=99)
    assert add(database) == 5


# Removing


def test_a_removed_promise_keeps_its_history_and_says_who_removed_it(database: Database) -> None:
    do(database, "remove", 1, "entered by mistake")
    with pytest.raises(NotFound, match="removed by asel on 2023-03-01"):
        database.snapshot().row(1)
    kept = events(database, 1)
    assert [event["action"] for event in kept] == ["add", "remove"]
    assert kept[-1]["reason"] == "entered by mistake"
    assert kept[-1]["fields"]["title"] == ["Take part in the TIP Analysis File", None]


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_a_removal_needs_a_reason(database: Database, reason: str | None) -> None:
    with pytest.raises(NotAllowed, match="say why it is removed"):
        do(database, "remove", 1, reason)


@pytest.mark.parametrize("state", ["agreed", "in-progress", "reported", "confirmed"])
def test_what_was_ever_agreed_is_not_removed(database: Database, state: str) -> None:
    do(database, "mark", 1, state)
    with pytest.raises(NotAllowed):
        do(database, "remove", 1, "mistake")
    do(database, "mark", 1, "proposed", take_back=True)
    with pytest.raises(NotAllowed):
        do(database, "remove", 1, "mistake")


def test_what_is_closed_is_not_removed(database: Database) -> None:
    do(database, "mark", 1, "closed", because="dropped")
    with pytest.raises(NotAllowed):
        do(database, "remove", 1, "mistake")


def test_what_another_one_names_is_not_removed(database: Database) -> None:
    other = add(database)
    do(database, "edit", 2, after=1)
    do(database, "mark", 3, "closed", because="superseded", by_id=other)
    for number in (1, other):
        with pytest.raises(NotAllowed, match="names it"):
            do(database, "remove", number, "mistake")


def test_what_is_removed_is_found_by_no_verb(database: Database) -> None:
    do(database, "remove", 1, "mistake")
    before = raw(database)
    for verb, arguments, named in (
        ("mark", (1, "agreed"), {}),
        ("note", (1, "x"), {}),
        ("chase", (1,), {"again": TODAY}),
        ("edit", (1,), {"title": "x"}),
        ("edit", (2,), {"after": 1}),
        ("set_due", (1, DueDate(TODAY)), {}),
        ("set_seats", (1,), {"wanted": 1}),
        ("set_miss_reason", (1, "x"), {}),
        ("remove", (1, "x"), {}),
    ):
        with pytest.raises(NotFound):
            do(database, verb, *arguments, **named)
    assert raw(database) == before


# Editing


def test_an_edit_changes_what_it_names_and_nothing_else(database: Database) -> None:
    before = record(database, 2)
    assert do(database, "edit", 2, title="Nominate three officers", via="NCB Tashkent", owner="boris")
    after = record(database, 2)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed - {"updated", "revision"} == {"title", "via", "owner"}
    assert after["revision"] == before["revision"] + 1


def test_an_edit_that_changes_nothing_writes_nothing(database: Database) -> None:
    before = raw(database)
    assert not do(
        database, "edit", 2, title=" Nominate officers to ISON", by=["mia  uzbekistan"], kind="NOMINATE-EXPERTS"
    )
    assert raw(database) == before


@pytest.mark.parametrize("field", ["via", "support", "quote", "source", "words", "after"])
def test_a_field_that_may_be_empty_can_be_taken_out(database: Database, field: str) -> None:
    number = add(
        database,
        via=UNODC,
        support=[UNODC],
        quote="q",
        source="s",
        after=1,
        date=DueDate("2023-03-31", "month", "end of March"),
    )
    name = "due_words" if field == "words" else field
    assert name in record(database, number)
    assert do(database, "edit", number, clear=[field])
    assert name not in record(database, number)


@pytest.mark.parametrize("fields", [{"title": ""}, {"by": []}, {"to": [" "]}, {"kind": " "}, {"visit": "nowhere"}])
def test_an_edit_cannot_leave_a_record_without_its_parts(database: Database, fields: dict[str, Any]) -> None:
    before = raw(database)
    with pytest.raises(FollowUpError):
        do(database, "edit", 2, **fields)
    assert raw(database) == before


# Waiting


def test_nothing_waits_for_itself_over_however_many(database: Database) -> None:
    do(database, "edit", 2, after=1)
    do(database, "edit", 3, after=2)
    before = raw(database)
    for number, after in ((1, 1), (1, 2), (1, 3), (2, 3)):
        with pytest.raises(NotAllowed, match="cannot wait"):
            do(database, "edit", number, after=after)
    assert raw(database) == before
    do(database, "edit", 3, after=1)
    do(database, "edit", 4, after=3)
