"""Renaming an owner: every commitment that names it, in one change."""

import pytest

from store.database import Database
from store.errors import NotFound, UsageError
from tests.support.fixed_day_and_user import ASEL
from tests.support.store_builders import add, do, events, record


def test_every_commitment_of_the_owner_gets_the_new_name(database: Database) -> None:
    others = add(database, owner="boris")
    for state in ("done", "confirmed"):
        do(database, "mark", 2, state)
    assert do(database, "rename_owner", "ASEL", "asel.karimova") == [1, 2, 3, 4]
    assert [record(database, number)["owner"] for number in range(1, 6)] == ["asel.karimova"] * 4 + ["boris"]
    last = events(database, 2)[-1]
    assert (last["action"], last["fields"]) == ("edit", {"owner": [ASEL, "asel.karimova"]})
    assert others == 5


def test_it_is_one_change_that_undo_takes_back(database: Database) -> None:
    do(database, "rename_owner", ASEL, "dina")
    do(database, "undo")
    assert [record(database, number)["owner"] for number in range(1, 5)] == [ASEL] * 4


def test_what_is_called_so_already_stays(database: Database) -> None:
    before = database.snapshot().revision
    assert do(database, "rename_owner", ASEL, ASEL) == []
    assert database.snapshot().revision == before


def test_an_unknown_owner_is_refused_with_the_nearest(database: Database) -> None:
    with pytest.raises(NotFound, match='nobody called "aselx" owns a commitment; did you mean "asel"'):
        do(database, "rename_owner", "aselx", "dina")


@pytest.mark.parametrize("name", ["", "  "])
def test_an_owner_has_a_name(database: Database, name: str) -> None:
    with pytest.raises(UsageError, match="an owner has a name"):
        do(database, "rename_owner", ASEL, name)
