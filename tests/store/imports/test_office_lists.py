"""Lists of offices come in right, with the answers that their refusals name, or are refused: none is read wrongly."""

from typing import Any

import pytest

from store.database import Database
from tests.store.imports.conftest import Importing
from tests.support.check_answers_and_refusals import unchanged
from tests.support.further_office_lists import FURTHER_LISTS
from tests.support.held_out_office_lists import LISTS_PUT_ASIDE
from tests.support.office_lists import OFFICE_LISTS, OfficeList


def commitments(store: Database, like: OfficeList) -> list[dict[str, Any]]:
    """What came in, of each commitment the fields that are expected."""
    snapshot = store.snapshot()
    found = []
    for row, expected in zip(snapshot.commitments.values(), like.rows, strict=True):
        notes = [event["note"] for event in snapshot.notes(row["id"])]
        found.append({name: notes[0] if name == "note" and notes else row.get(name) for name in expected})
    return found


@pytest.mark.parametrize("file", [*OFFICE_LISTS, *LISTS_PUT_ASIDE, *FURTHER_LISTS], ids=lambda file: file.name)
def test_a_list_of_an_office(lyon: Database, take: Importing, file: OfficeList) -> None:
    if file.says:
        with unchanged(lyon.path):
            refused = take(file.raw, name=file.name)
        assert refused.code in (1, 2)
        assert [each for each in file.says if each not in refused.err] == []
    if not file.rows:
        with unchanged(lyon.path):
            assert take(file.raw, *file.answers, name=file.name).code in (1, 2)
        return
    result = take(file.raw, *file.answers, name=file.name)
    assert result.code == 0, result.err
    assert commitments(lyon, file) == list(file.rows)
