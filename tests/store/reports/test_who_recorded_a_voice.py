"""Who recorded a voice: papers, lists and exports decide it alike, and say it in the same word."""

import csv
import io

import pytest

from store.database import Database
from store.formats.csv_export import export_csv
from store.reports.list_report import list_report
from store.reports.meeting_sheet import meeting_sheet
from tests.support.document_parts import RECORDERS, whole
from tests.support.store_builders import INTERPOL, MIA, UNODC, do


def recorded(database: Database, number: int, *, is_internal: bool = False) -> dict[str, str]:
    snapshot = database.snapshot()
    text = export_csv(snapshot, [snapshot.row(number)], is_internal=is_internal, is_raw=True).decode()
    (row,) = csv.DictReader(io.StringIO(text))
    return {name: row[name] for name in row if "_recorded" in name}


@pytest.mark.parametrize("login", ["anna", "mia uz", "MIA-login"])
def test_lists_and_exports_say_the_same_of_who_recorded_what(database: Database, login: str) -> None:
    """The login is the party's own where it is one of its names: short, alias, in any case.

    Where most voices are by others the head of a paper says so, and the rows only who entered it otherwise.
    """
    do(database, "edit_party", MIA, short="MIA UZ", aliases=["MIA-login"])
    person = Database(database.path, database.clock, login, 10.0)
    do(person, "mark", 2, "done", said_by=[MIA])
    do(person, "mark", 2, "returned", said_by=[INTERPOL], note="page 3")
    do(person, "mark", 4, "done", said_by=[UNODC])
    is_own = login != "anna"
    do(person, "mark", 1, "done", said_by=[MIA])
    assert recorded(database, 2)["returned_recorded"] == "others"
    assert recorded(database, 1)["reported_recorded"] == ("" if is_own else "others")
    assert recorded(database, 4)["reported_recorded"] == "others"
    snapshot = database.snapshot()
    for document in (list_report(snapshot, [snapshot.row(1)]), meeting_sheet(snapshot, [MIA])):
        lines = [line for line in whole(document).split("\n") if "reported by MIA UZ" in line]
        assert lines
        assert not any("entered by a third party" in line for line in lines)
        said = RECORDERS
        assert is_own or said in document.about


def test_the_fewer_hands_are_named_beside_their_voices(database: Database) -> None:
    own, others = (Database(database.path, database.clock, login, 10.0) for login in ("unodc", "anna"))
    do(own, "mark", 3, "done", said_by=[UNODC])
    do(others, "mark", 2, "done", said_by=[MIA])
    do(own, "mark", 4, "done", said_by=[UNODC])

    def told() -> str:
        return whole(meeting_sheet(database.snapshot()))

    assert "reported by UNODC, done 1 Mar 2023\n" in told()
    assert "reported by MIA Uzbekistan, done 1 Mar 2023 (entered on its behalf)" in told()
    assert "unless it says otherwise" not in told()
    do(others, "mark", 1, "done", said_by=[MIA])
    do(others, "mark", 2, "confirmed", said_by=[INTERPOL])
    assert "reported by UNODC, done 1 Mar 2023 (entered by the party itself)" in told()
    assert "entered by those who keep this list, on behalf of the institutions, unless it says otherwise" in told()
    assert "(entered on its behalf)" not in told()


def test_only_an_internal_export_names_who_recorded_it(database: Database) -> None:
    person = Database(database.path, database.clock, "boris", 10.0)
    do(person, "mark", 2, "done", said_by=[MIA])
    do(person, "mark", 2, "returned", said_by=[INTERPOL], note="page 3")
    assert "boris" not in recorded(database, 2).values()
    assert recorded(database, 2, is_internal=True)["returned_recorded_by"] == "boris"
