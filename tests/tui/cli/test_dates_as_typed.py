"""Dates as they are typed on the command line: which way each option looks, and how it is told what was understood."""

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support.check_answers_and_refusals import assert_refused, document, unchanged
from tests.support.run_in_shell_or_terminal import shell
from tests.support.store_builders import record

FRIDAY = {"FOLLOWUP_TODAY": "2026-11-27"}


@pytest.mark.parametrize(
    ("options", "slug", "start", "end", "told"),
    [
        (
            "--from 17 Nov --to 19 Nov",
            "lyon-2026",
            "2026-11-17",
            "2026-11-19",
            'followup: --from "17 Nov" is understood as Tue 17 November 2026, 10 days ago\n'
            'followup: --to "19 Nov" is understood as Thu 19 November 2026, 8 days ago\n',
        ),
        (
            "--from 30.12. --to 2.1.",
            "lyon-2026",
            "2026-12-30",
            "2027-01-02",
            'followup: --from "30.12." is understood as Wed 30 December 2026, in 33 days\n'
            'followup: --to "2.1." is understood as Sat 2 January 2027, in 36 days\n',
        ),
        (
            "--to Friday --from last Tuesday",
            "lyon-2026",
            "2026-11-24",
            "2026-11-27",
            'followup: --from "last Tuesday" is understood as Tue 24 November 2026, 3 days ago\n'
            'followup: --to "Friday" is understood as Fri 27 November 2026, today\n',
        ),
    ],
)
def test_a_visit_lies_at_the_nearest_day(
    database: Database, run: Run, options: str, slug: str, start: str, end: str, told: str
) -> None:
    assert run("visit", "add", "Study visit", "--place", "Lyon", *options.split(), env=FRIDAY) == (0, f"{slug}\n", told)
    visit = database.snapshot().visit(slug)
    assert (visit["start"], visit["end"]) == (start, end)


def test_the_new_end_of_a_visit_is_the_first_such_day_from_its_begin_on(database: Database, run: Run) -> None:
    edited = run("visit", "edit", "lyon-2022", "--to", "9.12.", env=FRIDAY)
    assert edited.err == 'followup: --to "9.12." is understood as Fri 9 December 2022, 1449 days ago\n'
    assert database.snapshot().visit("lyon-2022")["end"] == "2022-12-09"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("24 Nov", "Tue 24 November 2026, 3 days ago"),
        ("24.11", "Tue 24 November 2026, 3 days ago"),
        ("Tuesday", "Tue 24 November 2026, 3 days ago"),
        ("yesterday", "Thu 26 November 2026, yesterday"),
        ("2 days ago", "Wed 25 November 2026, 2 days ago"),
        ("last week", "Sun 22 November 2026, 5 days ago"),
        ("5 December", "Fri 5 December 2025, 357 days ago"),
        ("в прошлый вторник", "Tue 24 November 2026, 3 days ago"),
    ],
)
def test_what_was_done_lies_behind(database: Database, run: Run, words: str, day: str) -> None:
    done = run("mark", "4", "done", "--on", *words.split(), env=FRIDAY)
    assert done.code == 0
    assert f'--on "{words}" is understood as {day}\n' in done.err


def test_an_endorsement_lies_behind_and_a_chase_ahead(database: Database, run: Run) -> None:
    seats = run("seats", "2", "--endorsed", "17.11.", env=FRIDAY)
    assert '--endorsed "17.11." is understood as Tue 17 November 2026, 10 days ago' in seats.err
    assert record(database, 2)["seats"]["endorsed"] == "2026-11-17"
    chased = run("chase", "2", "--again", "Tuesday", env=FRIDAY)
    assert '--again "Tuesday" is understood as Tue 1 December 2026, in 4 days' in chased.err
    due = run("due", "3", "17.11.", env=FRIDAY)
    assert '"17.11." is understood as Wed 17 November 2027, in 355 days (day)' in due.err


@pytest.mark.parametrize(
    ("command", "code", "sentence"),
    [
        (
            "mark 4 done --on tomorrow",
            1,
            '"tomorrow" is still to come: write 2026-11-20, yesterday or last Tuesday (--on is the day it happened)',
        ),
        (
            "seats 2 --endorsed in 2 weeks",
            1,
            '"in 2 weeks" is still to come: write 2026-11-20, yesterday or last Tuesday '
            "(--endorsed is the day it was endorsed)",
        ),
        ("mark 4 done --on 2 weeks", 2, '"2 weeks" does not say from when: write 2 weeks ago'),
        ("chase 4 --again yesterday", 2, '"yesterday" looks back, and a date looks ahead here: write 2026-11-26'),
        ("due 3 last Friday --reason x", 2, '"last Friday" looks back, and a date looks ahead here: write 2026-11-20'),
    ],
)
def test_the_other_way_is_refused_with_examples_of_this_one(
    database: Database, run: Run, command: str, code: int, sentence: str
) -> None:
    with unchanged(database.path):
        refused = run(*command.split(), env=FRIDAY)
        assert_refused(refused, code)
    assert refused.err == f"followup: {sentence}\n"


def test_a_period_of_a_report_lies_behind_and_is_told_in_its_order(database: Database, run: Run) -> None:
    report = run("report", "--from", "1 July", "--to", "30 September", env=FRIDAY)
    assert "1 Jul 2026 - 30 Sep 2026" in report.out
    assert report.err == (
        'followup: --from "1 July" is understood as Wed 1 July 2026, 149 days ago\n'
        'followup: --to "30 September" is understood as Wed 30 September 2026, 58 days ago\n'
    )
    for quarter in ("Q3", "last quarter", "прошлый квартал"):
        assert "1 Jul 2026 - 30 Sep 2026" in run("report", "--quarter", *quarter.split(), env=FRIDAY).out


def test_a_date_of_next_year_that_may_have_been_meant_for_a_week_ago_is_told_with_the_line_that_mends_it(
    database: Database, run: Run, environment: dict[str, str]
) -> None:
    told = "if Fri 20 November 2026, 7 days ago, was meant: "
    done = run("due", "3", "20", "Nov", env=FRIDAY)
    assert (done.out, done.err.count("\n")) == ("3 due none -> 2027-11-20\n", 2)
    line = done.err.partition(told)[2].strip()
    assert line == "followup due 3 2026-11-20 --correct --reason mistyped"
    assert shell(line, {**environment, **FRIDAY}).code == 0
    shown = document(run("show", "3", "--json"))
    assert (shown["due"], shown["original_due"], shown["extension_count"]) == ("2026-11-20", "2026-11-20", 0)
    assert f"{told}followup due 1 2026-11-20\n" in run("due", "1", "20", "Nov", env=FRIDAY).err
    added = run("add", "X", "--visit", "lyon-2022", "--by", "UNODC", "--to", "INTERPOL", "--due", "20 Nov", env=FRIDAY)
    assert f"{told}followup due {added.out.strip()} 2026-11-20\n" in added.err


@pytest.mark.parametrize(
    "phrase",
    ["20 May", "1 July", "Friday", "tomorrow", "20 Nov 2027", "in 2 weeks", "end of month", "December", "none"],
)
def test_a_date_that_nobody_mistakes_is_only_told(database: Database, run: Run, phrase: str) -> None:
    assert "was meant" not in run("due", "1", *phrase.split(), env=FRIDAY).err
