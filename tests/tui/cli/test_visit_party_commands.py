"""Visits and institutions: what each left, owes and is owed; entered, changed, merged and removed."""

import re
import shlex

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support import run_in_shell_or_terminal, store_builders
from tests.support.check_answers_and_refusals import (
    assert_one_sentence,
    assert_refused,
    document,
    ids,
    lines_of,
    unchanged,
)
from tests.support.store_builders import INTERPOL, MIA, NCB, UNODC, VISIT
from tests.tui.cli.conftest import RunOnDemo

ADD = ["visit", "add", "Regional", "workshop", "--place", "Vienna", "--from", "2023-02-01"]


# Looking.


def test_visits_say_what_each_left(database: Database, run: Run) -> None:
    store_builders.do(database, "mark", 2, "done")
    shown = "\n".join(lines_of(run("visits")))
    for fragment in ("lyon-2022", "6-8 Dec 2022", "Lyon", "Study visit", " 0 of 4     4  !! 1      ? 2      = 1"):
        assert fragment in shown


def test_a_visit_that_left_nothing_says_so(empty: Database, run: Run) -> None:
    assert run(*ADD, "--donor", "INL") == (0, "vienna-2023\n", "")
    lines = lines_of(run("visits"))
    assert lines[1].split() == ["vienna-2023", "1", "Feb", "2023", "no", "promise", "recorded"]


def test_visits_count_what_was_kept_and_what_was_not(on_demo: RunOnDemo) -> None:
    shown = on_demo("visits", "vienna")
    assert (shown.code, shown.err) == (0, "")
    assert "  2 of 7     4     -      ? 1        -\n" in shown.out
    assert "1 not met" in shown.out


def test_visits_take_a_query(on_demo: RunOnDemo) -> None:
    assert [each["slug"] for each in document(on_demo("visits", "lyon", "--json"))] == ["lyon-2022"]
    assert len(document(on_demo("visits", "--json"))) == 3
    overdue = document(on_demo("list", "overdue", "--json"))
    assert [each["overdue"] for each in document(on_demo("visits", "overdue", "--json"))] == [len(overdue)]
    assert on_demo("visits", "nothing-is-called-so") == (0, "", "")


def test_parties_say_what_each_owes_and_is_owed(database: Database, run: Run) -> None:
    store_builders.do(database, "mark", 2, "done")
    found = {each["name"]: each for each in document(run("parties", "--json"))}
    counts = {name: (each["owes"], each["owed"], each["late"], each["unconfirmed"]) for name, each in found.items()}
    assert counts == {MIA: (2, 1, 0, 0), INTERPOL: (2, 3, 1, 1), UNODC: (2, 1, 1, 0), NCB: (0, 0, 0, 0)}
    lines = lines_of(run("parties"))
    for name in found:
        assert any(name in line for line in lines[1:])


def test_the_list_of_parties_shows_every_name(on_demo: RunOnDemo) -> None:
    shown = on_demo("party", "list")
    assert (shown.code, shown.err) == (0, "")
    for name in ("MIA Uzbekistan", "MIA UZ", "МВД РУз", "ICPO-INTERPOL", "УНП ООН"):
        assert name in shown.out
    names = [each["name"] for each in document(on_demo("party", "list", "--json"))]
    assert names == sorted(names, key=str.lower)


def test_an_empty_store_has_neither_visits_nor_parties(empty: Database, run: Run) -> None:
    for command in (["visits"], ["parties"], ["party", "list"]):
        assert run(*command) == (0, "", "")
        assert run(*command, "--json") == (0, "[]\n", "")


# Visits, changed.


def test_adding_a_visit_prints_its_slug(empty: Database, run: Run) -> None:
    assert run(*ADD, "--to", "2023-02-03") == (0, "vienna-2023\n", "")
    assert run(*ADD) == (0, "vienna-2023-2\n", "")
    assert run(*ADD, "--slug", "workshop") == (0, "workshop\n", "")


def test_a_visit_keeps_all_its_fields(empty: Database, run: Run) -> None:
    more = ["--to", "3", "February", "2023", "--host", "UNODC", "--host", "BKA", "--delegation", "ten", "investigators"]
    added = run(
        *ADD,
        *more,
        "--programme",
        "Global",
        "Programme",
        "--donor",
        "INL",
        "--grant",
        "GLO-12",
        "--contact",
        "the",
        "desk",
        "--slug",
        "v",
    )
    assert (added.code, added.out) == (0, "v\n")
    (visit,) = document(run("visits", "--json"))
    assert visit == {
        "slug": "v",
        "title": "Regional workshop",
        "place": "Vienna",
        "from": "2023-02-01",
        "to": "2023-02-03",
        "hosts": ["UNODC", "BKA"],
        "delegation": "ten investigators",
        "programme": "Global Programme",
        "donor": "INL",
        "grant": "GLO-12",
        "contact": "the desk",
        "aside": None,
        "set_aside": 0,
        "open": 0,
        "overdue": 0,
        "no_date": 0,
        "unconfirmed": 0,
        "met": 0,
        "withdrawn": 0,
        "not_met": 0,
        "total": 0,
    }


def test_a_visit_without_a_last_day_lasts_one(empty: Database, run: Run) -> None:
    run(*ADD)
    (visit,) = document(run("visits", "--json"))
    assert (visit["from"], visit["to"]) == ("2023-02-01", "2023-02-01")


def test_a_cyrillic_place_gives_a_latin_slug(empty: Database, run: Run) -> None:
    assert run("visit", "add", "Визит", "--place", "Ташкент", "--from", "2023-02-01") == (0, "tashkent-2023\n", "")


@pytest.mark.parametrize(
    ("argv", "code", "fragments"),
    [
        (["visit", "add", "--place", "P", "--from", "2023-02-01"], 2, ["TITLE"]),
        (["visit", "add", "T", "--from", "2023-02-01"], 2, ["--place"]),
        (["visit", "add", "T", "--place", "P"], 2, ["--from"]),
        (["visit", "add", "T", "--place", "P", "--from", "03/04/2023"], 2, ["03/04/2023"]),
        (["visit", "add", "T", "--place", "P", "--from", "none"], 2, ["none"]),
        (["visit", "add", "T", "--place", "P", "--from", "2023-02-01", "--to", "2023-01-01"], 1, ["2023-01-01"]),
        (["visit", "add", "T", "--place", "P", "--from", "2023-02-01", "--slug", "Not a slug"], 2, ["Not a slug"]),
        (["visit", "add", "T", "--place", "P", "--from", "2023-02-01", "--slug", "lyon-2022"], 1, ["lyon-2022"]),
        (["visit", "edit", "lyon-2022"], 2, ["followup visit edit lyon-2022 --title TEXT", "--donor"]),
        (["visit", "edit", "lion-2022", "--donor", "INL"], 3, ["lion-2022", 'did you mean "lyon-2022"?']),
        (["visit", "edit", "lyon-2022", "--to", "2022-12-01"], 1, ["2022-12-01"]),
        (["visit", "edit", "lyon-2022", "--title", " "], 2, ["title"]),
        (["visit", "remove", "lyon-2022"], 1, ["lyon-2022", "1, 2, 3, 4"]),
        (["visit", "remove", "lion-2022"], 3, ["lion-2022", 'did you mean "lyon-2022"?']),
        (["visit"], 2, ["add, edit, aside, back, remove"]),
        (["visit", "ad", "T"], 2, ["add, edit, aside, back, remove"]),
    ],
)
def test_a_visit_is_refused(database: Database, run: Run, argv: list[str], code: int, fragments: list[str]) -> None:
    with unchanged(database.path):
        assert_refused(run(*argv), code, *fragments)


def test_editing_a_visit_says_what_changed(database: Database, run: Run) -> None:
    assert run("visit", "edit", "lyon-2022", "--donor", "INL", "--to", "2022-12-09") == (0, "lyon-2022 changed\n", "")
    (visit,) = document(run("visits", "--json"))
    assert (visit["donor"], visit["from"], visit["to"]) == ("INL", "2022-12-06", "2022-12-09")


def test_editing_a_visit_to_what_it_is_says_so(database: Database, run: Run) -> None:
    with unchanged(database.path):
        assert run("visit", "edit", "lyon-2022", "--title", "Study", "visit") == (0, "lyon-2022 is so already\n", "")


def test_a_new_slug_takes_the_commitments_along(database: Database, run: Run) -> None:
    assert run("visit", "edit", "lyon-2022", "--slug", "lyon") == (0, "lyon changed\n", "")
    assert len(ids(run("list", "--ids", "visit:lyon"))) == 4
    assert document(run("show", "2", "--json"))["visit"] == "lyon"


def test_an_empty_visit_is_removed(empty: Database, run: Run) -> None:
    run(*ADD)
    assert run("visit", "remove", "vienna-2023") == (0, "vienna-2023 removed\n", "")
    assert run("visits") == (0, "", "")


# Parties, changed.


def test_every_name_of_a_party_finds_it(database: Database, run: Run) -> None:
    argv = ["party", "edit", MIA, "--short", "MIA UZ", "--ru", "МВД", "Узбекистана", "--alias", "IIV", "--alias", "MVD"]
    assert run(*argv) == (0, "MIA Uzbekistan changed\n", "")
    (party,) = [each for each in document(run("parties", "--json")) if each["name"] == MIA]
    assert (party["short"], party["ru"], party["aliases"]) == ("MIA UZ", "МВД Узбекистана", ["IIV", "MVD"])
    for name in ("MIA", "мвд", "iiv", "MVD"):
        assert ids(run("list", "--ids", f"by:{name}")) == [2, 1]
    added = run("add", "More", "--visit", "lyon-2022", "--by", "mia uz", "--to", "interpol")
    assert (added.code, added.out) == (0, "5\n")
    assert document(run("show", "5", "--json"))["by"] == [MIA]


def test_a_new_name_is_taken_everywhere(database: Database, run: Run) -> None:
    assert run("party", "edit", MIA, "--name", "Ministry", "of", "Internal", "Affairs").code == 0
    assert document(run("show", "2", "--json"))["by"] == ["Ministry of Internal Affairs"]


def test_merged_parties_are_one(database: Database, run: Run) -> None:
    run("add", "More", "--visit", "lyon-2022", "--by", "INTEPROL", "--to", MIA, "--new-party", "INTEPROL")
    assert run("party", "merge", "INTEPROL", INTERPOL) == (0, "INTEPROL is now INTERPOL: 1 commitment moved\n", "")
    assert document(run("show", "5", "--json"))["by"] == [INTERPOL]
    assert "INTEPROL" not in [each["name"] for each in document(run("parties", "--json"))]
    assert 5 in ids(run("list", "--ids", "by:INTEPROL"))
    assert '"INTEPROL"' in run("history", "5", "--json").out


@pytest.mark.parametrize(
    ("argv", "code", "fragments"),
    [
        (["party", "edit", "Intrepol", "--short", "I"], 3, ["Intrepol", 'did you mean "INTERPOL"?']),
        (["party", "edit", INTERPOL], 2, ["followup party edit INTERPOL --short TEXT", "--alias"]),
        (["party", "edit", INTERPOL, "--name", ""], 2, ["name"]),
        (["party", "edit", INTERPOL, "--alias", "unodc"], 1, ["unodc", "UNODC", "party merge"]),
        (["party", "merge", INTERPOL, "interpol"], 1, ["one party already"]),
        (["party", "merge", "Intrepol", INTERPOL], 3, ["Intrepol", 'did you mean "INTERPOL"?']),
        (["party", "merge", INTERPOL], 2, ["NEW"]),
        (["party"], 2, ["edit", "merge", "list"]),
    ],
)
def test_a_party_is_refused(database: Database, run: Run, argv: list[str], code: int, fragments: list[str]) -> None:
    with unchanged(database.path):
        assert_refused(run(*argv), code, *fragments)


def test_a_merge_that_would_make_one_party_both_voices_is_refused(database: Database, run: Run) -> None:
    store_builders.do(database, "mark", 2, "done")
    store_builders.do(database, "mark", 2, "confirmed")
    with unchanged(database.path):
        assert_refused(run("party", "merge", MIA, INTERPOL), 1, "2", INTERPOL)


def test_a_merge_says_what_moved(database: Database, run: Run) -> None:
    done = run("party", "merge", UNODC, INTERPOL, "--yes")
    assert done.out == "UNODC is now INTERPOL: 2 commitments moved\n"
    run("visit", "edit", "lyon-2022", "--host", "BKA")
    assert run("party", "merge", "BKA", INTERPOL).out == "BKA is now INTERPOL: 1 visit moved\n"
    store_builders.add(database, by=["Wrong"])
    store_builders.do(database, "edit", 5, by=[MIA])
    assert run("party", "merge", "Wrong", INTERPOL).out == "Wrong is now INTERPOL: nothing named it\n"


def test_a_merge_after_which_a_party_promises_itself_something_has_to_be_meant(database: Database, run: Run) -> None:
    number = store_builders.add(database, by=["PGO"], to=["Prosecutor General's Office"])
    with unchanged(database.path):
        refused = run("party", "merge", "PGO", "Prosecutor General's Office")
        assert_refused(refused, 1, f"then Prosecutor General's Office would promise itself {number}")
        assert_refused(refused, 1, f"followup edit {number} --to PARTY", "Prosecutor General's Office\" --yes")
        refused = run("party", "merge", UNODC, INTERPOL)
        assert_refused(refused, 1, "INTERPOL would promise itself 4")
    assert run("edit", str(number), "--to", INTERPOL).code == 0
    assert run("party", "merge", "PGO", "Prosecutor General's Office").code == 0


def test_a_promise_of_a_party_to_itself_is_told(database: Database, run: Run) -> None:
    told = "INTERPOL promises itself that"
    entered = run("add", "X", "--visit", "lyon-2022", "--by", INTERPOL, "--to", INTERPOL)
    assert_one_sentence(
        entered.err.partition("\n")[2], f"{entered.out.strip()}: {told}: followup edit {entered.out.strip()} --to PARTY"
    )
    assert told in run("edit", "1", "--by", INTERPOL).err
    assert run("edit", "1", "--title", "Other").err == ""
    assert (
        run("add", "X", "--visit", "lyon-2022", "--by", INTERPOL, "--by", UNODC, "--to", INTERPOL).err.count("\n") == 1
    )


def test_a_party_that_nothing_names_is_removed(database: Database, run: Run) -> None:
    store_builders.add(database, by=["Wrong"])
    with unchanged(database.path):
        assert_refused(run("party", "remove", "wrong"), 1, "Wrong is named by 5", "followup party merge OLD NEW")
        assert_refused(run("party", "remove", INTERPOL), 1, "named by 1, 2, 3, 4, 5, the visit lyon-2022:")
        assert_refused(run("party", "remove", "Zzz"), 3, "Zzz")
    store_builders.do(database, "edit", 5, by=[MIA])
    assert run("party", "remove", "wrong") == (0, "Wrong removed\n", "")
    assert "Wrong" not in [party["name"] for party in document(run("parties", "--json"))]
    assert run("undo").code == 0
    assert "Wrong" in [party["name"] for party in document(run("parties", "--json"))]


def test_a_party_edited_to_what_it_is_says_so_and_leaves_no_event(database: Database, run: Run) -> None:
    assert run("party", "edit", INTERPOL, "--short", "IP").code == 0
    with unchanged(database.path):
        again = run("party", "edit", INTERPOL, "--short", "IP")
    assert (again.code, again.err) == (0, "")
    assert "already" in again.out


def test_a_visit_of_months_is_taken_with_a_warning(database: Database, run: Run) -> None:
    added = run("visit", "add", "Z", "--place", "Lyon", "--from", "17 Nov 2022", "--to", "16 Nov")
    assert added.code == 0
    assert "364 days long, from 2022-11-17 to 2023-11-16: was another year meant?" in added.err
    edited = run("visit", "edit", "lyon-2022", "--to", "2023-05-01")
    assert (edited.code, "days long, from 2022-12-06 to 2023-05-01: was another year meant?" in edited.err) == (0, True)
    assert "days long" not in run("visit", "edit", "lyon-2022", "--to", "2022-12-09").err


def test_of_a_visit_like_another_only_the_day_is_missing(database: Database, run: Run) -> None:
    refused = run("visit", "add", "Z", "--like", "lyon-2022")
    assert_refused(refused, 2, "--from is missing: followup visit add Z --from today --like lyon-2022")


def test_a_visit_that_is_there_is_refused_and_the_slug_says_that_another_is_meant(database: Database, run: Run) -> None:
    again = ["visit", "add", "Study visit", "--place", "Lyon", "--from", "2022-12-06", "--to", "2022-12-08"]
    with unchanged(database.path):
        told = "followup visits lyon-2022 shows it; --slug lyon-2022-2 says that another one is meant"
        assert_refused(run(*again), 1, "lyon-2022, of the same title, place and days", told)
    assert run(*again, "--slug", "lyon-2022-2").out == "lyon-2022-2\n"


def test_a_promise_that_is_open_already_is_entered_and_told(database: Database, run: Run) -> None:
    again = ["add", "send IT", "--visit", VISIT, "--by", MIA, "--to", INTERPOL]
    assert "has the visit" not in run(*again).err
    told = "6 has the visit, title and parties of 5, which is open: followup undo takes it out"
    assert told in run(*again).err


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("party add 'MIA Uzbekistan' --short 'MIA UZB'", 'followup party edit "MIA Uzbekistan" --short "MIA UZB"'),
        ("new party MIA", 'followup list party:"MIA Uzbekistan" lists'),
        (
            "party create IOM --alias OIM",
            "followup add TITLE --visit lyon-2022 --by IOM --to PARTY && followup party edit",
        ),
        ("visit show 1", "followup visits lyon-2022 shows it, followup list --all visit:lyon-2022 what"),
        ("visit show Lyon", "followup visits lyon-2022 shows it"),
        ("visit info vienna", 'no visit is called "vienna": followup visits lists them'),
    ],
)
def test_a_party_or_visit_is_answered_by_what_the_store_knows(
    database: Database, run: Run, environment: dict[str, str], typed: str, answer: str
) -> None:
    with unchanged(database.path):
        refused = run(*shlex.split(typed))
    assert_refused(refused, 2, answer)
    for line in re.findall(
        r"followup (?:party edit|visits|list)(?: \"[^\"]*\"| [^ ,\"]+\"[^\"]+\"| [^ ,\n]+)*", refused.err
    ):
        typed_again = re.sub(r" (?:lists|shows|what) .*", "", line)
        if "&&" not in refused.err:
            assert run_in_shell_or_terminal.shell(typed_again, environment).code == 0, typed_again
