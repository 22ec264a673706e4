"""What is typed wrongly is answered with what to type."""

import json
from pathlib import Path

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support import store_builders
from tests.support.check_answers_and_refusals import assert_one_sentence, assert_refused, unchanged
from tests.support.store_builders import VISIT


@pytest.mark.parametrize(
    ("command", "fragments"),
    [
        (["mark", "2", "done", "--note", "a", "--note", "b"], ["--note", "more than once"]),
        (["edit", "2", "--quote", "a", "--owner", "asel", "--quote", "b"], ["--quote", "more than once"]),
        (["due", "2", "2023-06-30", "--reason", "a", "--reason", "b"], ["--reason", "more than once"]),
        (["visit", "edit", VISIT, "--donor", "a", "--donor", "b"], ["--donor", "more than once"]),
        (["note", "2", "x", "--store", ""], ["--store"]),
        (["note", "2", "x", "--store="], ["--store"]),
        (["--store", "", "note", "2", "x"], ["--store"]),
        (["list", "--store", ""], ["--store"]),
        (["list", "--json", "--ids"], ["--json", "--ids"]),
        (["list", "--tsv", "--ids"], ["--tsv", "--ids"]),
        (["list", "--tsv", "--json"], ["--tsv", "--json"]),
        (["status", "--short", "--json"], ["--short", "--json"]),
        (
            ["add", "Send", "list", "--visit", VISIT, "--by", "MIA", "Uzbekistan", "--to", "X"],
            ['Uzbekistan" stands apart', '--by "MIA Uzbekistan" --to X'],
        ),
        (["note", "2", "a", "--on", "2023-02-01", "b"], ["quotes"]),
        (
            ["visit", "add", "X", "--host", "MIA", "Uzbekistan", "--place", "Y", "--from", "today"],
            ['--host "MIA Uzbekistan"'],
        ),
        (["due", "3", "--reason", "new", "minister", "2027-01-01"], ["--reason", "quotes"]),
        (["mark", "3", "declined"], ["closed --because declined"]),
        (["mark", "3", "Overtaken"], ["closed --because overtaken"]),
        (["edit", "3", "--due", "2023-06-30"], ["followup due"]),
        (["add", "Send", "it"], ["followup add Send it --visit lyon-2022 --by PARTY --to PARTY"]),
        (
            ["add", "Send", "it", "--to", "X", "--by", "Y"],
            ["--visit is missing", "followup add Send it --visit lyon-2022 --by Y --to X"],
        ),
        (
            ["add", "visit", "Vienna"],
            ["a visit is entered with visit add: followup visit add Vienna --place Vienna --from today"],
        ),
        (
            ["add", "visit", "INTERPOL Lyon", "17-19", "November"],
            ['followup visit add "INTERPOL Lyon" --place Lyon --from 17 November --to 19 November'],
        ),
        (["add", "visit", "Vienna", "30", "March"], ["followup visit add Vienna --place Vienna --from 30 March"]),
        (
            ["add", "visit", "Vienna", "30 March", "-", "2 April 2023"],
            ["followup visit add Vienna --place Vienna --from 30 March 2023 --to 2 April 2023"],
        ),
        (
            ["visit", "add", "X", "--place", "Lyon", "--from", "17-19", "November"],
            ["--from takes one day: followup visit add X --place Lyon --from 17 November --to 19 November"],
        ),
        (["visit", "edit", VISIT, "--from", "17-19 November"], ["--from 17 November --to 19 November"]),
        (
            ["visit", "edit", VISIT, "--party", "MIA", "--place", "Vienna"],
            [f"as a whole: followup visit edit {VISIT} --delegation MIA --place Vienna"],
        ),
        (
            ["visit", "edit", VISIT, "--guests=A, B"],
            [f'as a whole: followup visit edit {VISIT} --delegation "A, B"'],
        ),
        (
            ["visit", "edit", VISIT, "--party", "MIA Uzbekistan", "--party", "UNODC"],
            [f'as a whole: followup visit edit {VISIT} --delegation "MIA Uzbekistan, UNODC"'],
        ),
        (
            ["visit", "edit", VISIT, "--delegation", "MIA", "--delegation", "UN ODC"],
            ['give it once with all names, --delegation "MIA, UN ODC"'],
        ),
        (["edit", "3", "--text", "Send two lists"], ['as a whole: followup edit 3 --title "Send two lists"']),
        (["visit", "edit", VISIT], [f"followup visit edit {VISIT} --title TEXT"]),
        (["party", "edit", "INTERPOL"], ["followup party edit INTERPOL --short TEXT", "--name, --ru, --alias"]),
        (["chase", "3", "--again", "2w"], ["followup chase 3 --again +2w"]),
        (["chase", "3", "--again", "2 weeks"], ["followup chase 3 --again +2 weeks"]),
        (["due", "3", "2", "weeks"], ["followup due 3 +2 weeks"]),
        (["due", "3", "2", "weeks", "--reason", "ill"], ["followup due 3 --reason ill +2 weeks"]),
        (["done", "3", "--on", "2 weeks"], ["2 weeks ago"]),
        (["sheet", "-o", "sheet.pdf"], ["--format text", "there is no PDF: write sheet.html and print it"]),
        (["add", "note", "2", "called"], ["followup note 2 called is a command of its own"]),
        (["add", "party", "IOM"], ["a party is there as soon as"]),
        (
            ["add", "Send", "the", "list", "to", "INTERPOL", "by", "MIA", "Uzbekistan"],
            ['followup add Send the list --visit lyon-2022 --by "MIA Uzbekistan" --to INTERPOL'],
        ),
        (["visit", "add", "Workshop", "--date", "today"], ["--place is missing", "--place PLACE --from today"]),
        (["add", "Send", "--from", "MIA", "--to", "INTERPOL"], ['did you mean "--by"?']),
        (["visit", "add", "Workshop"], ["followup visit add Workshop --place PLACE --from today"]),
        (["edit", "3", "--state", "agreed"], ["followup mark"]),
        (["close", "3", "--because"], ["--because declined (or overtaken, superseded, dropped)"]),
        (["add", "X", "--every", "week"], ["--every is one of month, quarter, year"]),
    ],
    ids=lambda value: " ".join(value),
)
def test_wrong_usage_names_the_right_one(
    database: Database, run: Run, command: list[str], fragments: list[str]
) -> None:
    with unchanged(database.path):
        assert_refused(run(*command), 2, *fragments)


def test_a_sheet_of_a_visit_is_asked_for_by_a_query(database: Database, run: Run) -> None:
    assert_refused(run("sheet", VISIT), 3, f"followup sheet --only visit:{VISIT}")
    assert run("sheet", "--only", f"visit:{VISIT}").code == 0


def test_a_report_says_which_period_it_took(database: Database, run: Run, tmp_path: Path) -> None:
    period = "2022-10-01 to 2022-12-31: another period is --quarter QUARTER"
    assert period in run("report", "-o", str(tmp_path / "report.txt")).err
    assert period not in run("report", "--quarter", "2022-Q4", "-o", str(tmp_path / "report.md")).err
    assert run("report").err == ""


def test_a_text_in_quotes_before_the_date_is_understood(database: Database, run: Run) -> None:
    done = run("due", "2", "--reason", "new minister", "2027-01-01")
    assert (done.code, done.out) == (0, "2 due 2023-03-31 -> 2027-01-01 (extension 1)\n")


@pytest.mark.parametrize(
    ("words", "day", "fragment"),
    [("15 February 2023", "2023-02-15", "Wed 15 February 2023"), ("today", "2023-03-01", "Wed 1 March 2023")],
)
def test_a_first_day_in_words_is_told_as_it_was_understood(
    database: Database, run: Run, words: str, day: str, fragment: str
) -> None:
    added = run("visit", "add", "Workshop", "--place", "Vienna", "--from", *words.split())
    assert (added.code, added.out) == (0, "vienna-2023\n")
    assert_one_sentence(added.err, f'--from "{words}"', fragment)
    assert json.loads(store_builders.raw(database))["visits"]["2"]["start"] == day
    assert run("visit", "edit", "vienna-2023", "--to", "2023-03-02") == (0, "vienna-2023 changed\n", "")


def test_what_is_said_of_a_date_that_stands_is_not_lost_in_silence(database: Database, run: Run) -> None:
    revision = store_builders.raw(database)
    same = run("due", "2", "2023-03-31", "--reason", "no room", "--asked-by", "INTERPOL")
    assert same[:2] == (0, "2 is due 2023-03-31 already\n")
    assert_one_sentence(same.err, "--reason and --asked-by not kept", 'followup note 2 "no room" puts')
    assert store_builders.raw(database) == revision
    wish = run("due", "1", "2023-04-30", "--agreed-by", "INTERPOL")
    assert_one_sentence(wish.err, "--agreed-by not kept", "followup note 1 TEXT")


def test_more_seats_than_wanted_are_asked_about(database: Database, run: Run) -> None:
    counted = run("seats", "3", "--wanted", "3", "--nominated", "5")
    assert_one_sentence(counted.err, "5 are nominated, and 3 wanted")
    assert run("seats", "3", "--nominated", "3").err == ""


def test_a_party_that_a_removed_promise_leaves_is_told(database: Database, run: Run) -> None:
    number = run("add", "Send", "it", "--visit", VISIT, "--by", "UNICEF Tashkent", "--to", "INTERPOL").out.strip()
    removed = run("remove", number, "--reason", "a slip")
    assert_one_sentence(removed.err, 'followup party remove "UNICEF Tashkent"')
    assert run("party", "remove", "UNICEF Tashkent").code == 0


@pytest.mark.parametrize(
    ("term", "meant"),
    [("said-by:INTERPOL", "party"), ("owes:INTERPOL", "by"), ("owed:INTERPOL", "to"), ("status:agreed", "state")],
)
def test_a_field_by_another_name_is_answered_with_the_field(
    database: Database, run: Run, term: str, meant: str
) -> None:
    assert_refused(run("list", term), 2, "is not a field of a query", f'did you mean "{meant}"?')


def test_a_field_with_a_dash_is_refused_and_a_quoted_one_is_text(database: Database, run: Run) -> None:
    assert_refused(run("list", "bogus-by:INTERPOL"), 2, '"bogus-by" is not a field of a query')
    assert run("list", "--ids", '"bogus-by:INTERPOL"') == (0, "", "")


def test_a_format_that_stands_as_a_query_is_asked_about(database: Database, run: Run) -> None:
    assert_one_sentence(run("export", "csv").err, 'nothing has the word "csv"', "followup export -o FILE.csv")
    assert_one_sentence(run("export", "all of it.xlsx").err, "nothing has", 'followup export -o "all of it.xlsx"')


def test_a_date_nobody_agreed_before_it_was_done_is_not_called_agreed(database: Database, run: Run) -> None:
    assert "as agreed at first" in run("show", "2").out
    number = run(
        "add", "Reply", "--visit", VISIT, "--by", "UNODC", "--to", "INTERPOL", "--due", "2023-03-31"
    ).out.strip()
    run("done", number)
    assert "as set at first" in run("show", number).out


@pytest.mark.parametrize(
    "line",
    [
        *("remove 1 --reason TEXT", "note 3 TEXT", "reason 3 TEXT", "edit 3 --kind KIND", "edit 3 --owner NAME"),
        *("due 3 30 April --reason TEXT", "mark 3 returned --note TEXT", "seats 3 --letter REF", "mark 3 STATE"),
        *("party edit INTERPOL --short TEXT", "due 3 DATE", "add TITLE --like 1", "seats 3 --nominated N", "done ID"),
    ],
)
def test_a_proposed_line_typed_with_a_word_that_holds_a_place_open_changes_nothing(
    database: Database, run: Run, line: str
) -> None:
    with unchanged(database.path):
        assert_refused(run(*line.split()), 2)


def test_a_sheet_of_a_party_whose_name_begins_as_a_visit_is_of_the_party(database: Database, run: Run) -> None:
    place = VISIT.partition("-")[0].capitalize()
    name = ("--by", f"{place} Prefecture", "--new-party", f"{place} Prefecture", "--to", "INTERPOL")
    assert run("add", "Send the list", "--visit", VISIT, *name).code == 0
    done = run("sheet", place, "Prefecture")
    assert (done.code, done.err) == (0, "")
    assert f"{place} Prefecture" in done.out


def test_a_field_without_its_value_is_held_open(database: Database, run: Run) -> None:
    refused = run("set", "2", "owner")
    assert_refused(refused, 2, ": followup edit 2 --owner NAME\n")
    with unchanged(database.path):
        assert_refused(run("edit", "2", "--owner", "NAME"), 2, "--owner NAME: write your own words")


@pytest.mark.parametrize("group", ["visit", "party"])
def test_what_to_change_is_asked_with_the_name_as_a_shell_reads_it(database: Database, run: Run, group: str) -> None:
    with unchanged(database.path):
        assert_refused(run(group, "edit", "$(x);x"), 2, f"as in: followup {group} edit '$(x);x' --")


def test_the_option_that_enters_a_party_has_its_name_as_a_shell_reads_it(database: Database, run: Run) -> None:
    with unchanged(database.path):
        assert_refused(run("done", "2", "--said-by", "$(x)"), 3, "--new-party '$(x)' enters a new one")
