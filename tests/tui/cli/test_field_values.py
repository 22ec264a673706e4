"""Values of fields: `none` takes out what can be without, names make a list, several in one option are refused."""

import json

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support import store_builders
from tests.support.check_answers_and_refusals import assert_refused, document, unchanged
from tests.support.store_builders import MIA, VISIT

TO_INTERPOL = ["--visit", VISIT, "--to", "INTERPOL"]


def test_none_takes_out_what_can_be_without(database: Database, run: Run) -> None:
    run("edit", "1", "--quote", "as was said", "--source", "letter", "--after", "2")
    for name in ("via", "quote", "source", "after"):
        assert run("edit", "1", f"--{name}", "none") == (0, "1 changed\n", "")
        assert name not in store_builders.record(database, 1)
    assert "none" not in [party["name"] for party in document(run("party", "list", "--json"))]


@pytest.mark.parametrize("name", ["by", "to", "title", "owner", "kind", "visit"])
def test_none_does_not_take_out_what_every_promise_has(database: Database, run: Run, name: str) -> None:
    with unchanged(database.path):
        assert_refused(run("edit", "1", f"--{name}", "none"), 2, "none" if name in ("by", "to") else name)


@pytest.mark.parametrize("name", ["by", "to", "via", "support"])
@pytest.mark.parametrize("value", ["none", "None"])
def test_none_is_no_party(database: Database, run: Run, name: str, value: str) -> None:
    usual = {"by": "UNODC", "to": "INTERPOL", name: value}
    with unchanged(database.path):
        argv = [word for option, party in usual.items() for word in (f"--{option}", party)]
        assert_refused(run("add", "X", "--visit", VISIT, *argv), 2, "none")


def test_none_takes_out_the_other_names_of_a_party(database: Database, run: Run) -> None:
    run("party", "edit", MIA, "--short", "MIA UZ", "--ru", "МВД")
    for name, value in (("short", "none"), ("ru", "None")):
        assert run("party", "edit", MIA, f"--{name}", value) == (0, f"{MIA} changed\n", "")
    (party,) = [each for each in document(run("party", "list", "--json")) if each["name"] == MIA]
    assert (party["short"], party["ru"]) == (None, None)
    with unchanged(database.path):
        assert_refused(run("party", "edit", MIA, "--name", "none"), 2, "name")


def test_none_takes_out_fields_of_a_visit(database: Database, run: Run) -> None:
    run("visit", "edit", VISIT, "--donor", "INL", "--delegation", "six officers", "--programme", "GLO")
    for name in ("donor", "delegation", "programme", "host"):
        assert run("visit", "edit", VISIT, f"--{name}", "none") == (0, f"{VISIT} changed\n", "")
    visit = json.loads(store_builders.raw(database))["visits"]["1"]
    assert not visit.keys() & {"donor", "delegation", "programme", "hosts"}
    with unchanged(database.path):
        for name in ("title", "place"):
            assert_refused(run("visit", "edit", VISIT, f"--{name}", "none"), 2, "title", "place")


@pytest.mark.parametrize("several", ["UNODC, INTERPOL", "UNODC;INTERPOL", "unodc , mia uzbekistan,INTERPOL"])
def test_several_known_parties_in_one_option_are_refused(database: Database, run: Run, several: str) -> None:
    with unchanged(database.path):
        assert_refused(run("add", "X", *TO_INTERPOL, "--by", several), 1, several, "--by once for each")
        assert_refused(run("edit", "1", "--support", several), 1, several, "--support once for each")


def test_a_name_with_a_comma_that_is_no_list_is_a_party(database: Database, run: Run) -> None:
    assert run("add", "X", *TO_INTERPOL, "--by", "Ministry of Justice, Tashkent").code == 0
    assert store_builders.record(database, 5)["by"] == ["Ministry of Justice, Tashkent"]


def test_seats_are_counted_on_from_those_nominated_before(database: Database, run: Run) -> None:
    run("seats", "2", "--wanted", "3", "--nominated", "1")
    assert run("seats", "2", "--nominated", "+2").out == "2 seats: wanted 3, nominated 3, acknowledged 0\n"
    assert run("seats", "2", "--nominated", "+x").code == 2
