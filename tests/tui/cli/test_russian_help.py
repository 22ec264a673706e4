"""Help in Russian: no English sentence in it, every Russian word of a query named, and the words work as commands."""

import re

import pytest

from store.model.vocabulary_and_signs import KINDS
from store.query.russian_keywords import RUSSIAN_FIELDS, RUSSIAN_VALUES, RUSSIAN_WORDS
from tests.conftest import Run
from tests.support.pseudo_language import outside_brackets, spoken_pseudo
from tests.tui.cli.conftest import RunOnDemo
from tui.cli.command_aliases import ALIASES
from tui.cli.command_table import COMMANDS, GLOBAL_OPTIONS
from tui.cli.help import PLACEHOLDERS, help_text
from tui.cli.help_topics import TOPICS, topic_text

RUSSIAN = {"FOLLOWUP_LANG": "ru"}


@pytest.mark.parametrize("name", [*COMMANDS, *ALIASES])
def test_what_help_says_of_a_command_is_given_to_be_translated(name: str) -> None:
    """But for what is typed: the usage, options and their values, and examples that are the same in all languages."""
    with spoken_pseudo():
        said = help_text(COMMANDS.get(name) or ALIASES[name], 400)
    about = said.partition("followup ")[2].partition("\n")[2].partition("⟦examples:⟧")[0]
    lines = [line.replace(", ".join(KINDS), "") for line in outside_brackets(about).splitlines()]
    words = [re.sub(r"--?[a-z][a-z-]*(?: [^ ]+)?", "", line).strip(" .:,[]") for line in lines]
    assert not [word for word in words if word]


def test_each_placeholder_is_given_to_be_translated() -> None:
    commands = [*COMMANDS.values(), *ALIASES.values()]
    names = {name for command in commands for name, _ in command.words}
    options = [*GLOBAL_OPTIONS, *(option for command in commands for option in command.options)]
    names |= {option.metavar for option in options if option.metavar and not option.choices}
    in_lines_to_type = {"OPTIONS", "DAY"}
    assert names | in_lines_to_type == set(PLACEHOLDERS)


@pytest.mark.parametrize("name", ["dates", "queries", "ids"])
def test_a_topic_is_one_text(name: str) -> None:
    with spoken_pseudo():
        assert not outside_brackets(topic_text(name, 400)).strip()
    assert name in TOPICS


def test_help_on_queries_names_each_russian_word_beside_its_english_one(run: Run) -> None:
    shown = " ".join(run("help", "queries", env={**RUSSIAN, "COLUMNS": "80"}).out.split())
    named = set()
    for twins, colon in ((RUSSIAN_FIELDS, ":"), (RUSSIAN_WORDS, "")):
        for russian, english in twins.items():
            if (colon, english) not in named:
                named.add((colon, english))
                assert f" {russian}{colon} {english}{colon}" in shown, english
    for field in ("state", "outcome"):
        for value in {english: russian for russian, english in reversed(RUSSIAN_VALUES[field].items())}.values():
            assert value in shown


def test_a_russian_word_of_a_query_is_a_command_as_its_english_one(on_demo: RunOnDemo) -> None:
    assert on_demo("просрочено", "--json") == on_demo("overdue", "--json")
    assert on_demo("Без-Даты", "кому:интерпол").out == on_demo("no-date", "to:интерпол").out
    assert on_demo("help", "просрочено") == on_demo("help", "overdue")
    assert on_demo("status", "--short", "кому:интерпол") == on_demo("status", "--short", "to:интерпол")
    near = on_demo("просроченно")
    assert (near.code, 'did you mean "просрочено"?' in near.err) == (2, True)
    lists = on_demo("кому:интерпол")
    assert (lists.code, "followup list кому:интерпол lists what matches" in lists.err) == (2, True)
