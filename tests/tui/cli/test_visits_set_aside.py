"""Visits set aside: their open commitments leave lists and counts until a day, and whoever asks for them finds them."""

from pathlib import Path

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support import store_builders
from tests.support.check_answers_and_refusals import assert_refused, document, ids, lines_of, unchanged
from tests.support.store_builders import INTERPOL, MIA


@pytest.fixture
def two_visits(database: Database) -> Database:
    """Beside the Lyon visit with four open ones (4 is overdue) a workshop with 5, overdue too, and 6, kept."""
    store_builders.do(database, "add_visit", "Workshop", place="Vienna", start="2023-02-01", slug="vienna")
    late = {"state": "agreed", "due": "2023-02-20"}
    store_builders.add(database, "Send it", visit="vienna", by=[MIA], to=[INTERPOL], **late)
    store_builders.add(database, "Send more", visit="vienna", by=[MIA], to=[INTERPOL], **late)
    for state in ("done", "confirmed"):
        store_builders.do(database, "mark", 6, state)
    return database


def test_what_is_set_aside_leaves_lists_and_counts(two_visits: Database, run: Run) -> None:
    aside = run("visit", "aside", "lyon-2022", "--until", "2023-04-15", "--reason", "a new minister")
    assert aside == (0, "lyon-2022 is set aside until 2023-04-15: 4 open commitments in no list\n", "")
    assert ids(run("list", "--tsv")) == [5]
    assert ids(run("list", "overdue", "--tsv")) == [5]
    assert ids(run("list", "overdue", "or", "finished", "--tsv")) == [5, 6]
    status = document(run("status", "--json"))
    counts = {name: status[name] for name in ("open", "overdue", "no_date", "finished", "total", "aside")}
    assert counts == {"open": 1, "overdue": 1, "no_date": 0, "finished": 1, "total": 2, "aside": 4}
    assert run("status", "--short").out == "1 overdue, 1 open, 4 set aside\n"
    assert "1 of 6 commitments from 2 visits open, 4 set aside" in run("status").out
    assert (
        " 1 overdue, 0 due within 7 days, 4 set aside, on 2023-03-01 by FOLLOWUP_TODAY | overdue=1 due=0 open=1\n"
        in run("check").out
    )
    by_name = {each["name"]: each for each in document(run("parties", "--json"))}
    assert (by_name[MIA]["owes"], by_name[MIA]["late"]) == (1, 1)


@pytest.mark.parametrize(
    ("query", "hidden"),
    [
        ("overdue", 1),
        ("by:UNODC", 2),
        ("#4", 1),
        ("visit:vienna", 0),
        ("visit:lyon-2022", 0),
        ("aside", 0),
        ("by:UNODC -visit:vienna", 2),
    ],
)
def test_a_check_of_a_query_says_how_many_it_passes_over(
    two_visits: Database, run: Run, query: str, hidden: int
) -> None:
    run("visit", "aside", "lyon-2022")
    line = run("check", *query.split()).out
    assert (f", {hidden} set aside, " in line) if hidden else ("set aside" not in line)


@pytest.mark.parametrize(
    ("argv", "found"),
    [
        ("list aside", [1, 2, 3, 4]),
        ("list aside overdue", [4]),
        ("list visit:lyon-2022", [1, 2, 3, 4]),
        ("list -visit:vienna", []),
        ("list id:2-5", [2, 3, 4, 5]),
        ("list --all", [1, 2, 3, 4, 5, 6]),
    ],
)
def test_who_asks_for_it_finds_it(two_visits: Database, run: Run, argv: str, found: list[int]) -> None:
    run("visit", "aside", "lyon-2022")
    assert sorted(ids(run(*argv.split(), "--tsv"))) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("visit:lyon-2022 or overdue", [1, 2, 3, 4]),
        ("overdue or visit:lyon-2022", [1, 2, 3, 4]),
        ("visit:lyon-2022 or overdue to:INTERPOL or by:INTERPOL", [1, 2, 3, 4]),
        ("overdue visit:lyon-2022 or aside", [4, 5]),
        ("id:1-2 or overdue", [1, 2]),
        ("not:visit:lyon-2022 or overdue", []),
        ("overdue not:aside", []),
        ("not:not:aside overdue", [4, 5]),
    ],
)
def test_a_term_on_one_visit_does_not_open_another(
    two_visits: Database, run: Run, query: str, found: list[int]
) -> None:
    for slug in ("lyon-2022", "vienna"):
        run("visit", "aside", slug)
    assert sorted(ids(run("list", *query.split(), "--tsv"))) == found
    counts = document(run("status", *query.split(), "--json"))
    assert (counts["open"], len(counts["urgent"])) == (len(found), len(found))


def test_counts_of_who_asks_for_it(two_visits: Database, run: Run) -> None:
    run("visit", "aside", "lyon-2022")
    assert document(run("status", "visit:lyon-2022", "--json"))["overdue"] == 1
    assert run("status", "aside", "--short").out == "1 overdue, 2 no date, 4 silent, 4 open\n"


def test_on_the_day_it_is_back(two_visits: Database, run: Run) -> None:
    run("visit", "aside", "lyon-2022", "--until", "2023-03-10")
    before, after = {"FOLLOWUP_TODAY": "2023-03-09"}, {"FOLLOWUP_TODAY": "2023-03-10"}
    assert ids(run("list", "--tsv", env=before)) == [5]
    assert sorted(ids(run("list", "--tsv", env=after))) == [1, 2, 3, 4, 5]
    assert document(run("visits", "lyon-2022", "--json", env=after))[0]["aside"] is None
    assert run("visit", "back", "lyon-2022", env=after).out == "lyon-2022 is not set aside\n"


def test_it_is_brought_back_and_every_step_is_taken_back(two_visits: Database, run: Run) -> None:
    run("visit", "aside", "lyon-2022", "--until", "2023-04-15")
    assert run("visit", "back", "lyon-2022").out == "lyon-2022 is back: 4 open commitments listed again\n"
    assert len(ids(run("list", "--tsv"))) == 5
    assert run("undo").out.startswith("taken back: the bringing back of the visit lyon-2022 (")
    assert ids(run("list", "--tsv")) == [5]
    assert run("undo").out.startswith("taken back: the setting aside of the visit lyon-2022 (")
    assert len(ids(run("list", "--tsv"))) == 5
    with unchanged(two_visits.path):
        assert run("visit", "back", "lyon-2022") == (0, "lyon-2022 is not set aside\n", "")


def test_set_aside_again_it_gets_another_day_or_says_that_it_is_so(two_visits: Database, run: Run) -> None:
    run("visit", "aside", "lyon-2022", "--until", "2023-04-15", "--reason", "a new minister")
    with unchanged(two_visits.path):
        again = run("visit", "aside", "lyon-2022")
        assert again.out == "lyon-2022 is set aside already until 2023-04-15: 4 open commitments in no list\n"
    run("visit", "aside", "lyon-2022", "--until", "2023-05-15", "--on", "2023-02-28")
    (visit,) = document(run("visits", "lyon-2022", "--json"))
    assert visit["aside"] == {"on": "2023-03-01", "until": "2023-05-15", "reason": "a new minister"}
    assert (visit["open"], visit["overdue"], visit["set_aside"], visit["total"]) == (0, 0, 4, 4)


def test_a_day_that_is_over_or_an_unknown_visit_is_refused(two_visits: Database, run: Run) -> None:
    with unchanged(two_visits.path):
        assert_refused(run("visit", "aside", "lyon-2022", "--until", "2023-03-01"), 1, "2023-03-01")
        assert_refused(run("visit", "aside", "nowhere"), 3, "nowhere")
        assert_refused(run("visit", "back", "nowhere"), 3, "nowhere")


def test_pages_say_until_when(two_visits: Database, run: Run) -> None:
    run("visit", "aside", "lyon-2022", "--until", "2023-04-15")
    assert "4 set aside until 15 Apr 2023" in "\n".join(lines_of(run("visits")))
    assert "set aside until 15 Apr" in run("show", "4").out
    assert document(run("show", "4", "--json"))["aside"] is True
    assert document(run("show", "5", "--json"))["aside"] is False


@pytest.mark.parametrize("language", ["en", "ru"])
def test_papers_tell_what_is_set_aside_in_a_part_of_its_own(
    two_visits: Database, run: Run, tmp_path: Path, language: str
) -> None:
    run("visit", "aside", "lyon-2022", "--until", "2023-04-15", "--reason", "a new minister")
    heading = {"en": "## Set aside", "ru": "## Отложено"}[language]
    until = {
        "en": "set aside on 1 Mar 2023 until 15 Apr 2023",
        "ru": "отложено 1 марта 2023 г. до 15 апреля 2023 г.",
    }
    for command in ("sheet", "report --from 2023-01-01 --to 2023-03-31", "export --format md"):
        paper = run(*command.split(), "--format", "md", "--lang", language).out
        before, _, after = paper.partition(heading)
        own = after.partition("\n## ")[0]
        assert until[language] in own, command
        assert all(f"#{number}" in own or f"| {number} |" in own for number in (1, 2, 3, 4)), command
        assert "Facilitate the assistance" not in before.rpartition("\n## ")[2], command
        assert "a new minister" not in paper
        assert "a new minister" in run(*command.split(), "--format", "md", "--internal").out
    assert heading not in run("sheet", "INTERPOL", "visit:vienna", "--format", "md", "--lang", language).out


def test_a_digest_leaves_out_what_is_set_aside(two_visits: Database, run: Run) -> None:
    assert "Promote cooperation" in run("digest", "--for", INTERPOL).out
    run("visit", "aside", "lyon-2022")
    assert "Promote cooperation" not in run("digest", "--for", INTERPOL).out
