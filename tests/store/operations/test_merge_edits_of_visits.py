"""Two people on one visit in the app: what goes together, what clashes."""

from collections.abc import Mapping
from typing import Any

import pytest

from store import operations
from store.database import Database
from store.errors import Conflict
from store.operations.refuse_clashing_edits import merge_visit_or_conflict
from store.rules.which_edits_clash import Clash
from tests.support.store_builders import VISIT, beside, do, raw


def merged(database: Database, seen: int, known: Mapping[str, object] | None = None, **fields: Any) -> list[Clash]:
    """My change of the visit that I saw at the revision `seen`."""
    with database.transaction() as tx:
        visit = next(visit for visit in tx.visits().values() if visit["id"] == 1)
        operations.edit_visit(tx, visit["slug"], **fields)
        return merge_visit_or_conflict(tx, 1, seen, known or {})


def refused(database: Database, seen: int, known: Mapping[str, object] | None = None, **fields: Any) -> Conflict:
    """The same where it is refused: nothing was written."""
    before = raw(database)
    with pytest.raises(Conflict) as conflict:
        merged(database, seen, known, **fields)
    assert raw(database) == before
    return conflict.value


def test_nothing_changed_meanwhile(database: Database) -> None:
    assert merged(database, 1, place="Paris") == []
    assert merged(database, 2, place="Lyon") == []


def test_one_field_that_both_change_clashes(database: Database, boris: Database) -> None:
    do(boris, "edit_visit", VISIT, place="Lyon, France", donor="EU")
    conflict = refused(database, 1, place="Paris")
    assert str(conflict) == "lyon-2022 changed meanwhile: boris changed place to Lyon, France"
    (clash,) = conflict.clashes
    assert (clash.field, clash.before, clash.theirs, clash.mine) == ("place", "Lyon", "Lyon, France", "Paris")


def test_each_who_is_told_with_what(database: Database, boris: Database) -> None:
    do(boris, "edit_visit", VISIT, place="Lyon, France", delegation="five")
    do(beside(database, who="dina"), "edit_visit", VISIT, donor="EU")
    conflict = refused(database, 1, place="Paris", delegation="six", donor="UN")
    assert conflict.sentence == (
        "lyon-2022 changed meanwhile: boris changed place to Lyon, France, delegation to five; dina changed donor to EU"
    )


def test_other_fields_and_the_same_value_go_together(database: Database, boris: Database) -> None:
    do(boris, "edit_visit", VISIT, place="Paris", donor="EU")
    assert {clash.field for clash in merged(database, 1, place="Paris", title="Another")} == {"place", "donor"}
    visit = database.snapshot().visits[VISIT]
    assert (visit["title"], visit["place"], visit["donor"]) == ("Another", "Paris", "EU")


def test_there_and_back_is_no_change(database: Database, boris: Database) -> None:
    do(boris, "edit_visit", VISIT, place="Paris")
    do(boris, "edit_visit", VISIT, place="Lyon")
    assert merged(database, 1, place="Nice") == []


def test_what_was_seen_already_clashes_no_more(database: Database, boris: Database) -> None:
    do(boris, "edit_visit", VISIT, place="Lyon, France", donor="EU")
    assert refused(database, 1, {"place": "Lyon, France"}, place="Paris", donor="UN").clashes[0].field == "donor"
    assert refused(database, 1, {"place": "Nice"}, place="Paris").clashes[0].field == "place"
    merged(database, 1, {"place": "Lyon, France"}, place="Paris")
    assert database.snapshot().visits[VISIT]["place"] == "Paris"


def test_a_name_that_both_change_clashes(database: Database, boris: Database) -> None:
    do(boris, "edit_visit", VISIT, new_slug="lyon-22")
    conflict = refused(database, 1, new_slug="lyons")
    assert conflict.sentence == "lyon-2022 changed meanwhile: boris changed slug to lyon-22"


def test_what_no_event_tells_is_refused(database: Database, boris: Database) -> None:
    assert refused(database, 7, place="Paris").sentence.startswith("lyon-2022 is at revision 1, not yet at 7")
