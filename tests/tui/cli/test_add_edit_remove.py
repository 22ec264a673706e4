"""Commitments: entered, edited, removed."""

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support import store_builders
from tests.support.check_answers_and_refusals import assert_refused, document, ids, unchanged
from tests.support.fixed_day_and_user import ME
from tests.support.store_builders import INTERPOL, MIA, NCB, UNODC

TO = ["--visit", "lyon-2022", "--by", MIA, "--to", INTERPOL]


def test_adding_prints_the_number(database: Database, run: Run) -> None:
    told = "followup: 5 is proposed (followup agree 5 once it is agreed), no date\n"
    assert run("add", "Nominate officers", *TO) == (0, "5\n", told)
    assert run("add", "Nominate", "more", "officers", *TO).out == "6\n"
    assert document(run("show", "6", "--json"))["title"] == "Nominate more officers"


def test_adding_uses_the_defaults_of_the_contract(database: Database, run: Run) -> None:
    added = document(run("add", "Nominate", *TO, "--json"))
    assert (added["id"], added["state"], added["kind"], added["owner"]) == (5, "proposed", "other", ME)
    assert (added["due"], added["original_due"], added["seats"], added["via"]) == (None, None, None, None)
    assert added["revision"] == 1


def test_adding_keeps_every_field(database: Database, run: Run) -> None:
    argv = [
        "add",
        "Train",
        "them",
        *TO,
        "--by",
        UNODC,
        "--to",
        NCB,
        "--via",
        NCB,
        "--support",
        UNODC,
        "--support",
        "IOM",
    ]
    argv += ["--kind", "train", "--state", "agreed", "--due", "end", "of", "March", "--words", "before", "Navruz"]
    argv += ["--owner", "asel", "--quote", "we shall", "--source", "minutes", "--seats", "3", "--after", "2"]
    done = run(*argv, "--json")
    assert done.code == 0, done
    added = document(done)
    wanted = {
        "title": "Train them",
        "visit": "lyon-2022",
        "by": [MIA, UNODC],
        "to": [INTERPOL, NCB],
        "via": NCB,
        "support": [UNODC, "IOM"],
        "kind": "train",
        "state": "agreed",
        "due": "2023-03-31",
        "due_words": "before Navruz",
        "due_precision": "month",
        "original_due": "2023-03-31",
        "owner": "asel",
        "quote": "we shall",
        "source": "minutes",
        "after": 2,
    }
    assert {name: added[name] for name in wanted} == wanted
    assert added["seats"]["wanted"] == 3


def test_what_was_understood_of_a_date_is_told(database: Database, run: Run) -> None:
    added = run("add", "Nominate", *TO, "--due", "end", "of", "March")
    assert (added.code, added.out) == (0, "5\n")
    assert "end of March" in added.err
    assert "31 March 2023" in added.err
    told = "followup: 6 is proposed (followup agree 6 once it is agreed), due Fri 31 March 2023, in 30 days\n"
    assert run("add", "Nominate one", *TO, "--due", "2023-03-31") == (0, "6\n", told)


def test_a_past_date_is_taken_with_a_warning(database: Database, run: Run) -> None:
    added = run("add", "Nominate", *TO, "--due", "2023-02-01")
    assert (added.code, added.out) == (0, "5\n")
    assert "\nfollowup: 2023-02-01 is past" in added.err


def test_every_writes_one_for_each_period(database: Database, run: Run) -> None:
    every = ["--due", "2023-03-31", "--every", "quarter", "--until", "2023-12-31"]
    told = "followup: 5-8 are proposed (followup agree 5-8 once each is agreed)\n"
    assert run("add", "Statistics", *TO, *every) == (0, "5\n6\n7\n8\n", told)
    dates = [each["due"] for each in document(run("list", "id:5-8", "--json", "--sort", "id"))]
    assert dates == ["2023-03-31", "2023-06-30", "2023-09-30", "2023-12-31"]


@pytest.mark.parametrize(
    ("due", "every", "until", "dates"),
    [
        (["2023-03-15"], "month", ["2023-05-20"], ["2023-03-15", "2023-04-15", "2023-05-15"]),
        (["end", "of", "March"], "month", ["May", "2023"], ["2023-03-31", "2023-04-30", "2023-05-31"]),
        (["2023-05-31"], "month", ["2023-07-31"], ["2023-05-31", "2023-06-30", "2023-07-31"]),
        (["2023"], "year", ["2025"], ["2023-12-31", "2024-12-31", "2025-12-31"]),
        (["2023-03-31"], "year", ["2023-04-01"], ["2023-03-31"]),
    ],
)
def test_every_counts_calendar_months(
    database: Database, run: Run, due: list[str], every: str, until: list[str], dates: list[str]
) -> None:
    assert run("add", "Statistics", *TO, "--due", *due, "--every", every, "--until", *until).code == 0
    assert [each["due"] for each in document(run("list", "id:5-9", "--json", "--sort", "id"))] == dates


@pytest.mark.parametrize(
    ("every", "dates"),
    [
        ("month", ["2023-03-31", "2023-04-30", "2023-05-31", "2023-06-30"]),
        ("quarter", ["2023-03-31", "2023-06-30"]),
    ],
)
def test_every_without_a_date_starts_with_the_period_that_runs(
    database: Database, run: Run, every: str, dates: list[str]
) -> None:
    assert run("add", "Statistics", *TO, "--every", every, "--until", "2023-07-15").code == 0
    listed = document(run("list", "id:5-20", "--json", "--sort", "due"))
    assert [each["due"] for each in listed] == dates


def test_a_long_series_is_entered_when_it_is_meant(database: Database, run: Run) -> None:
    line = ["add", "Statistics", *TO, "--due", "2023-03-31", "--every", "month", "--until"]
    assert len(run(*line, "2033-02-28").out.splitlines()) == 120
    with unchanged(database.path):
        asked = (
            "from 2023-03-31 to 2033-03-31 makes 121 commitments: is the year of --until right? --yes enters them all"
        )
        assert_refused(run(*line, "2033-03-31"), 1, asked)
        assert_refused(run(*line, "2100-12-31"), 1, "makes 934 commitments")
        assert_refused(run(*line, "9999-01-01", "--yes"), 2, "outside the years 1990 to 2100")
    assert len(run(*line, "2033-03-31", "--yes").out.splitlines()) == 121


def test_every_is_one_change_that_one_undo_takes_back(database: Database, run: Run) -> None:
    run("add", "Statistics", *TO, "--due", "2023-03-31", "--every", "month", "--until", "2023-06-30")
    assert run("undo").code == 0
    assert ids(run("list", "--ids", "--sort", "id", "--all")) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("argv", "code", "fragments"),
    [
        (["add", *TO], 2, ["TITLE"]),
        (["add", " ", *TO], 2, ["title"]),
        (["add", "T", "--by", MIA, "--to", INTERPOL], 2, ["--visit"]),
        (["add", "T", "--visit", "lyon-2022", "--to", INTERPOL], 2, ["--by"]),
        (["add", "T", "--visit", "lyon-2022", "--by", MIA], 2, ["--to"]),
        (["add", "T", "--visit", "lyon-2022", "--by", "", "--to", INTERPOL], 2, ["party"]),
        (["add", "T", "--visit", "lion-2022", "--by", MIA, "--to", INTERPOL], 3, ['did you mean "lyon-2022"?']),
        (["add", "T", *TO, "--state", "reported"], 2, ["proposed, agreed"]),
        (["add", "T", *TO, "--state", "agred"], 2, ['did you mean "agreed"?']),
        (["add", "T", *TO, "--due", "03/04/2023"], 2, ["03/04/2023", "2023-04-03"]),
        (["add", "T", *TO, "--due", "soonish"], 2, ["soonish"]),
        (["add", "T", *TO, "--due", ""], 2, ['""']),
        (["add", "T", *TO, "--seats", "three"], 2, ["--seats", "three"]),
        (["add", "T", *TO, "--seats", "-1"], 2, ["--seats"]),
        (["add", "T", *TO, "--after", "99"], 3, ["99"]),
        (["add", "T", *TO, "--after", "x"], 2, ["--after"]),
        (["add", "T", *TO, "--every", "week", "--due", "2023-03-31", "--until", "2023"], 2, ["month, quarter, year"]),
        (["add", "T", *TO, "--every", "month", "--due", "2023-03-31"], 2, ["--until"]),
        (["add", "T", *TO, "--every", "month", "--due", "none", "--until", "2023"], 2, ["--due"]),
        (["add", "T", *TO, "--every", "month", "--due", "2023-03-31", "--until", "2023-03-01"], 1, ["2023-03-01"]),
        (["add", "T", *TO, "--on", "tomorrow"], 1, ["tomorrow", "write 2023-02-22, yesterday or last Tuesday", "--on"]),
        (["add", "T", *TO, "--expect-rev", "1"], 2, ["--expect-rev"]),
        (["add", "T", *TO, "--ownr", "x"], 2, ['did you mean "--owner"?']),
        (["edit", "2"], 2, ["--help"]),
        (["edit", "99", "--owner", "x"], 3, ["99"]),
        (["edit", "2", "--state", "agreed"], 2, ["--state"]),
        (["edit", "2", "--due", "2023-05-01"], 2, ["--due"]),
        (["edit", "2", "--seats", "2"], 2, ["--seats"]),
        (["edit", "2", "--visit", "lion"], 3, ["lion"]),
        (["edit", "2", "--title", " "], 2, ["title"]),
        (["edit", "2", "--after", "2"], 1, ["2"]),
        (["edit", "2", "--by", "none", "--to", ""], 2, ["party"]),
        (["remove", "1"], 1, ["1", "--reason"]),
        (["remove", "2", "--reason", "x"], 1, ["2", "agreed"]),
        (["remove", "99", "--reason", "x"], 3, ["99"]),
        (["remove", "--reason", "x"], 2, ["ID"]),
    ],
)
def test_it_is_refused(database: Database, run: Run, argv: list[str], code: int, fragments: list[str]) -> None:
    with unchanged(database.path):
        assert_refused(run(*argv), code, *fragments)


def test_editing_changes_the_fields_given(database: Database, run: Run) -> None:
    edit = ["--title", "Name", "officers", "--owner", "boris", "--kind", "legal", "--via", NCB, "--support", UNODC]
    assert run("edit", "2", *edit, "--by", UNODC, "--to", MIA, "--quote", "q", "--source", "s", "--after", "3") == (
        0,
        "2 changed\n",
        "",
    )
    wanted = {
        "title": "Name officers",
        "owner": "boris",
        "kind": "legal",
        "via": NCB,
        "support": [UNODC],
        "by": [UNODC],
        "to": [MIA],
        "quote": "q",
        "source": "s",
        "after": 3,
        "revision": 2,
        "due": "2023-03-31",
        "state": "agreed",
    }
    shown = document(run("show", "2", "--json"))
    assert {name: shown[name] for name in wanted} == wanted


def test_editing_with_none_takes_a_field_out(database: Database, run: Run) -> None:
    store_builders.do(database, "edit", 2, quote="q", source="s", support=[UNODC], after=3, via=NCB)
    argv = [f"--{name}=none" for name in ("quote", "source", "support", "after", "via")]
    assert run("edit", "2", *argv) == (0, "2 changed\n", "")
    shown = document(run("show", "2", "--json"))
    taken_out = [shown[name] for name in ("quote", "source", "support", "after", "via")]
    assert taken_out == [None, None, [], None, None]


def test_editing_to_what_it_is_says_so_and_leaves_no_event(database: Database, run: Run) -> None:
    with unchanged(database.path):
        edited = run("edit", "2", "--title", "Nominate officers to ISON", "--by", "mia uzbekistan")
    assert edited == (0, "2 is so already\n", "")


def test_a_free_kind_is_taken(database: Database, run: Run) -> None:
    assert document(run("edit", "2", "--kind", "joint patrol", "--json"))["kind"] == "joint patrol"
    begun = run("edit", "2", "--kind", "leg")
    assert "legal" in begun.err
    assert document(run("show", "2", "--json"))["kind"] == "legal"


def test_two_that_would_wait_for_each_other_are_refused(database: Database, run: Run) -> None:
    assert run("edit", "2", "--after", "3").code == 0
    with unchanged(database.path):
        assert_refused(run("edit", "3", "--after", "2"), 1, "3", "2")


def test_one_that_others_name_is_not_removed(database: Database, run: Run) -> None:
    assert run("edit", "2", "--after", "1").code == 0
    with unchanged(database.path):
        assert_refused(run("remove", "1", "--reason", "x"), 1, "1", "2")


def test_removing_says_so_and_the_number_is_not_used_again(database: Database, run: Run) -> None:
    run("add", "By mistake", *TO)
    assert run("remove", "5", "--reason", "entered", "twice") == (0, "5 removed\n", "")
    assert run("add", "Right", *TO).out == "6\n"
    assert 5 not in ids(run("list", "--ids", "--all"))


def test_quotes_and_their_lines_are_kept(database: Database, run: Run) -> None:
    assert run("edit", "2", "--quote", "first line\nsecond  line").code == 0
    assert document(run("show", "2", "--json"))["quote"] == "first line\nsecond  line"


def test_a_new_commitment_with_seats_is_a_nomination_and_says_so(database: Database, run: Run) -> None:
    whom = ["--visit", "lyon-2022", "--by", "UNODC", "--to", "INTERPOL"]
    for seats in ("3", "unknown"):
        added = run("add", f"Send officers ({seats})", *whom, "--seats", seats)
        assert (
            added.err.partition("\n")[2]
            == f"followup: {added.out.strip()} is a nomination, as it has seats: --kind says another kind\n"
        )
        assert document(run("show", added.out.strip(), "--json"))["kind"] == "nominate-experts"
    trained = run("add", "Train officers", *whom, "--seats", "3", "--kind", "train")
    assert trained.err.count("\n") == 1, "what was entered, and no word on its kind"
    assert document(run("show", trained.out.strip(), "--json"))["kind"] == "train"
    assert document(run("show", run("add", "Other", *whom).out.strip(), "--json"))["kind"] == "other"
