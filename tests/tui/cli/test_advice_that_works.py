"""What a refusal advises: it works, loses nothing that was typed, and names no other record where one is taken out."""

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support.check_answers_and_refusals import assert_refused, unchanged
from tests.support.store_builders import do

DAY = {"FOLLOWUP_TODAY": "2026-11-28"}
RUSSIAN = {**DAY, "FOLLOWUP_LANG": "ru"}


@pytest.mark.parametrize(
    "typed",
    [
        "party merge INTEPROL INTERPOL",
        "party merge UNODC INTEPROL",
        "party remove INTEPROL",
        "visit remove lyn-2022",
    ],
)
def test_no_line_is_proposed_that_takes_another_record_out(database: Database, run: Run, typed: str) -> None:
    with unchanged(database.path):
        refused = run(*typed.split(), env=DAY)
    assert_refused(refused, 3, "did you mean")
    assert "as a whole" not in refused.err


def test_another_institution_and_another_place_are_not_what_was_meant(database: Database, run: Run) -> None:
    assert_refused(run("party", "edit", "EUROPOL", "--short", "E", env=DAY), 3, 'there is no party "EUROPOL"; followup')
    assert_refused(run("visit", "edit", "osh-2022", "--to", "today", env=DAY), 3, "followup visits lists them")
    assert_refused(run("visit", "edit", "lyon-2023", "--to", "today", env=DAY), 3, 'did you mean "lyon-2022"?')


@pytest.mark.parametrize("environment", [DAY, RUSSIAN], ids=["en", "ru"])
@pytest.mark.parametrize(("period", "kept"), [("week", "month"), ("неделя", "месяц")])
def test_a_series_stays_one_where_its_period_is_none(
    database: Database, run: Run, environment: dict[str, str], period: str, kept: str
) -> None:
    line = ("Report", "--visit", "lyon-2022", "--by", "UNODC", "--to", "INTERPOL", "--until", "+1y", "--every", period)
    refused = run("add", *line, env=environment)
    assert (refused.code, "followup add" in refused.err) == (2, False)
    proposed = run("new", "promise", *line, env=environment)
    assert proposed.code == 2
    said = kept if environment is DAY else "месяц"  # In Russian a line to type has Russian words.
    assert f"--until +1y --every {said}\n" in proposed.err


@pytest.mark.parametrize("title", ["Workshop", "Семинар", "foo", "Quarterly review"])
def test_the_place_of_a_visit_is_held_open_where_nobody_said_it(database: Database, run: Run, title: str) -> None:
    refused = run("visit", "add", title, "--from", "yesterday", env=DAY)
    assert_refused(refused, 2, "--place PLACE --from yesterday")
    assert_refused(
        run("visit", "add", title, "--place", "PLACE", "--from", "yesterday", env=DAY), 2, "write your own words"
    )


@pytest.mark.parametrize("until", ["yesterday", "2026-11-27", "вчера", "today"])
def test_a_visit_is_not_set_aside_until_a_day_that_is_over_however_it_is_written(
    database: Database, run: Run, until: str
) -> None:
    with unchanged(database.path):
        refused = run("visit", "aside", "lyon-2022", "--until", until, env=DAY)
    assert_refused(refused, 1, "is no day to come: the visit would be back at once")
    assert "write" not in refused.err


@pytest.mark.parametrize("typed", ["31.12.2026", "31 December 2026", "31 декабря 2026 г."])
def test_a_day_that_is_written_otherwise_is_said_as_today_takes_it(database: Database, run: Run, typed: str) -> None:
    assert_refused(run("--today", typed, "status"), 2, "write it as 2026-12-31")
    assert run("--today", "2026-12-31", "status").code == 0


@pytest.mark.parametrize("typed", ["soon", "Friday", "31 December", "December 2026", ""])
def test_what_is_no_day_on_its_own_gets_an_example(database: Database, run: Run, typed: str) -> None:
    assert_refused(run("--today", typed, "status"), 2, "which is not a day: write it as 2026-03-31")


def test_who_takes_the_name_of_another_is_merged_into_it_by_the_names_of_the_language(
    database: Database, run: Run
) -> None:
    do(database, "edit_party", "INTERPOL", ru="Интерпол")
    do(database, "edit_party", "UNODC", ru="УНП ООН")
    refused = run("party", "edit", "УНП ООН", "--short", "Интерпол", env=RUSSIAN)
    assert refused.code == 1
    assert 'followup party merge "УНП ООН" Интерпол\n' in refused.err
    assert "INTERPOL" not in refused.err


def test_two_days_of_different_years_have_them_wherever_a_change_is_told(database: Database, run: Run) -> None:
    day = {"FOLLOWUP_TODAY": "2022-12-20"}
    do(database, "mark", 4, "agreed")
    assert run("due", "4", "2022-12-01", "--reason", "sooner", env=day).code == 0
    shown = run("show", "4", env=day).out
    assert shown.count("15 Feb 2023 → 1 Dec 2022") == 2, shown
    assert "from 15 Feb 2023 to 1 Dec 2022" in run("undo", env=day).out


def test_the_first_lines_of_help_can_be_pasted(run: Run) -> None:
    shown = run("help", env={**RUSSIAN, "COLUMNS": "80"}).out.split("Для начала:\n")[1]
    first, second, *_ = shown.splitlines()
    assert first.endswith(" \\")
    assert second.startswith("    --")
