"""The examples of help, typed as they stand in an empty store, one after the other."""

import json
from datetime import date

import pytest

from store.translation_catalogue_and_plurals import languages, load_catalogue
from tests.conftest import Run
from tests.support.run_in_shell_or_terminal import shell
from tui.cli.command_table import COMMAND_GROUPS, COMMANDS

TODAY = "2026-11-27"
NO_STORE = {"FOLLOWUP_STORE": "", "FOLLOWUP_TODAY": TODAY}

ELSEWHERE = {
    "followup visit remove test-2026": 3,
    "followup mark 3 5-7 agreed": 1,
    'followup owner rename asel "Asel Karimova"': 3,
    "followup party merge INTEPROL INTERPOL": 3,
    'followup party merge "Min. of Interior" "MIA Uzbekistan"': 3,
    "followup party remove Europol": 3,
    'followup party remove "a slip"': 3,
    'followup remove 4 --reason "same as 2"': 3,
    "followup redo --json": 1,
    'followup redact 3 --passage "a name"': 2,
    'followup redact 3 --passage "a name" --yes': 1,
}
"""Example of what is not there then, or done already, and its exit code."""


def in_language(example: str, language: str) -> str:
    """An example as the help in a language has it."""
    catalogue = load_catalogue(language)
    return catalogue.text(example) if catalogue else example


@pytest.mark.parametrize("language", languages())
def test_each_example_of_a_change_does_what_it_says_or_says_what_is_not_there(
    run: Run, environment: dict[str, str], language: str
) -> None:
    for command in COMMAND_GROUPS["Change"]:
        for example in command.examples:
            if "<" not in example:  # Else it reads a file.
                done = shell(in_language(example, language), {**environment, **NO_STORE})
                assert done.code == ELSEWHERE.get(example, 0), (example, done)
    assert len(json.loads(run("list", "--all", "--json", env=NO_STORE).out)) == 4
    assert [visit["slug"] for visit in json.loads(run("visits", "--json", env=NO_STORE).out)] == ["lyon"]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("today", [TODAY, "2024-02-29", "2026-12-31"])
def test_what_the_examples_enter_fits_the_day_on_which_they_are_typed(
    run: Run, environment: dict[str, str], today: str, language: str
) -> None:
    there = {**NO_STORE, "FOLLOWUP_TODAY": today}
    for example in (*COMMANDS["visit add"].examples, *COMMANDS["add"].examples):
        assert shell(in_language(example, language), {**environment, **there}).code == 0
    visits = json.loads(run("visits", "--json", env=there).out)
    found = json.loads(run("list", "--all", "--json", env=there).out)
    days = [each["due"] for each in found if each["due"]] + [visit[end] for visit in visits for end in ("from", "to")]
    assert len(days) >= 8
    assert all(abs(date.fromisoformat(day) - date.fromisoformat(today)).days < 370 for day in days)
