"""Reading a command line: options anywhere, unquoted words, and what is wrong usage."""

import pytest

from store.database import Database
from store.translation import speak
from store.translation_catalogue_and_plurals import languages, load_catalogue
from tests.conftest import Run
from tests.support.check_answers_and_refusals import assert_refused, document, ids, unchanged
from tests.support.store_builders import INTERPOL, MIA
from tests.tui.cli.conftest import RunOnDemo
from tui.cli import command_table
from tui.cli.arguments import parse_command_line
from tui.cli.command_aliases import ALIASES
from tui.cli.help import help_text
from tui.cli.help_topics import TOPICS, topic_text

COMMANDS = [
    "status",
    "list",
    "show",
    "history",
    "visits",
    "parties",
    "check",
    "visit_add",
    "visit_edit",
    "visit_remove",
    "add",
    "edit",
    "mark",
    "due",
    "reason",
    "chase",
    "note",
    "seats",
    "party_edit",
    "party_merge",
    "owner_rename",
    "party_list",
    "remove",
    "undo",
    "redo",
    "redact",
    "batch",
    "init",
    "demo",
    "doctor",
    "backup",
    "restore",
    "config",
    "completion",
    "app",
    "help",
]


@pytest.mark.parametrize(
    "argv",
    [
        ["list", "overdue", "--json"],
        ["list", "--json", "overdue"],
        ["--json", "list", "overdue"],
        ["--today=2023-03-01", "list", "--json", "overdue"],
        ["list", "--today", "2023-03-01", "overdue", "--json"],
    ],
)
def test_options_stand_anywhere_in_a_look(on_demo: RunOnDemo, argv: list[str]) -> None:
    assert [each["id"] for each in document(on_demo(*argv))] == [6, 7]


@pytest.mark.parametrize(
    "argv",
    [
        ["mark", "2", "3", "done", "--on", "2023-02-20", "--note", "two words"],
        ["mark", "--on", "2023-02-20", "2", "3", "done", "--note", "two", "words"],
        ["mark", "2", "--note=two words", "3", "--on=2023-02-20", "done"],
        ["mark", "--note", "two words", "--on", "20", "Feb", "2023", "2", "3", "done"],
        ["--on", "2023-02-20", "mark", "2", "3", "done", "--note", "two words"],
        ["--note", "two words", "--on=2023-02-20", "mark", "2", "3", "done"],
    ],
)
def test_options_stand_anywhere_in_a_change(database: Database, run: Run, argv: list[str]) -> None:
    marked = run(*argv)
    assert (marked.code, marked.out) == (0, "2 agreed -> reported\n3 agreed -> reported\n")
    shown = document(run("show", "2", "--json"))
    assert (shown["reported"]["on"], shown["notes"][0]["text"]) == ("2023-02-20", "two words")


def test_a_value_after_an_equals_sign_is_the_whole_value(database: Database, run: Run) -> None:
    assert run("edit", "2", "--owner=a=b", "--quote=").code == 0
    shown = document(run("show", "2", "--json"))
    assert (shown["owner"], shown["quote"]) == ("a=b", None)


def test_words_after_two_dashes_are_words(database: Database, run: Run) -> None:
    assert run("note", "2", "--", "--owner", "is", "-", "a word").code == 0
    assert document(run("show", "2", "--json"))["notes"][0]["text"] == "--owner is - a word"


def test_a_title_after_two_dashes_leaves_the_texts_before_it_whole(database: Database, run: Run) -> None:
    argv = [
        "add",
        "--visit",
        "lyon-2022",
        "--by",
        MIA,
        "--to",
        INTERPOL,
        "--quote",
        "we",
        "shall",
        "--",
        "Train",
        "them",
    ]
    assert run(*argv).code == 0
    shown = document(run("show", "5", "--json"))
    assert (shown["title"], shown["quote"]) == ("Train them", "we shall")


def test_the_last_value_given_wins(database: Database, run: Run) -> None:
    assert run("edit", "2", "--owner", "a", "--owner", "b").code == 0
    assert document(run("show", "2", "--json"))["owner"] == "b"


@pytest.mark.parametrize(("word", "found"), [("3", [3]), ("#3", [3]), ("2-3", [2, 3]), ("#2-#3", [2, 3])])
def test_numbers_are_understood_as(database: Database, run: Run, word: str, found: list[int]) -> None:
    chased = run("chase", word)
    assert (chased.code, chased.err) == (0, "")
    assert [int(line.split()[0]) for line in chased.out.splitlines()] == found


def test_a_range_takes_the_existing_ones_and_each_once(database: Database, run: Run) -> None:
    run("remove", "1", "--reason", "x")
    chased = run("chase", "3", "1-99", "3")
    assert [int(line.split()[0]) for line in chased.out.splitlines()] == [3, 2, 4]


def test_a_term_with_a_dash_is_a_negation_not_an_option(on_demo: RunOnDemo) -> None:
    everything = ids(on_demo("list", "--ids"))
    late = ids(on_demo("list", "--ids", "overdue"))
    assert ids(on_demo("list", "--ids", "-overdue")) == [each for each in everything if each not in late]
    assert ids(on_demo("list", "--ids", "-by:MIA")) == ids(on_demo("list", "--ids", "not:by:MIA"))
    assert document(on_demo("status", "-overdue", "--json"))["overdue"] == 0


@pytest.mark.parametrize(
    ("argv", "fragments"),
    [
        (["lst"], ['"lst"', 'did you mean "list"?']),
        (["frobnicate"], ['"frobnicate"', "followup help"]),
        (["statsu", "--json"], ['did you mean "status"?']),
        (["list", "--jsno"], ['"--jsno"', 'did you mean "--json"?']),
        (["list", "--table"], ["the table is what it prints"]),
        (["list", "--json=yes"], ["--json"]),
        (["mark", "2", "done", "-n", "x"], ['"-n"']),
        (["--stor", "x", "list"], ['did you mean "--store"?']),
        (["list", "--store"], ["--store"]),
        (["list", "--today", "tomorrow"], ["--today", "tomorrow"]),
        (["list", "--today", "2023-02-30"], ["--today", "2023-02-30"]),
        (["list", "--today", "20230301"], ["--today"]),
        (["--today"], ["--today"]),
        (["parties", "UNODC"], ["UNODC"]),
        (["doctor", "now"], ["now"]),
        (["help", "frob"], ["frob"]),
        (["", "list"], ['""']),
    ],
)
def test_wrong_usage_names_the_nearest_right_one(on_demo: RunOnDemo, argv: list[str], fragments: list[str]) -> None:
    assert_refused(on_demo(*argv), 2, *fragments)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FOLLOWUP_TODAY", "soon"),
        ("FOLLOWUP_TODAY", "2023-02-30"),
        ("FOLLOWUP_TODAY", "2023-3-1"),
        ("FOLLOWUP_LOCK_TIMEOUT", "soon"),
        ("FOLLOWUP_LOCK_TIMEOUT", "-1"),
        ("FOLLOWUP_LOCK_TIMEOUT", "nan"),
    ],
)
def test_a_bad_variable_is_wrong_usage(database: Database, run: Run, name: str, value: str) -> None:
    with unchanged(database.path):
        assert_refused(run("note", "2", "x", env={name: value}), 2, name, value)


def test_the_option_of_a_day_goes_before_the_variable(database: Database, run: Run) -> None:
    shown = document(run("status", "--json", "--today", "2023-04-01", env={"FOLLOWUP_TODAY": "2023-03-01"}))
    assert (shown["today"], shown["overdue"]) == ("2023-04-01", 2)


# Help.


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_two_examples(run: Run, name: str) -> None:
    words = name.split("_")
    shown = run("help", *words)
    assert (shown.code, shown.err) == (0, "")
    assert run(*words, "--help") == shown
    examples = shown.out.partition("examples:\n")[2].splitlines()
    assert len([line for line in examples if "followup" in line]) == 2
    assert shown.out.startswith(f"usage: followup {' '.join(words)}")


def test_the_help_of_all_names_every_command(run: Run) -> None:
    shown = run("help")
    assert (shown.code, shown.err) == (0, "")
    for name in COMMANDS:
        assert f"\n  {name.replace('_', ' ')} " in shown.out
    for argv in (["--help"], ["-h"]):
        assert run(*argv) == shown


def test_help_needs_no_store_and_no_valid_words(run: Run) -> None:
    assert run("mark", "--help", "x", "y").code == 0
    assert run("due", "3", "--help").out == run("help", "due").out
    assert run("visit", "--help").code == 0


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("width", [80, 60, 50])
def test_every_help_page_fits_its_terminal(width: int, language: str) -> None:
    pages = [None, *command_table.COMMANDS.values(), *ALIASES.values()]
    speak(load_catalogue(language))
    try:
        texts = [help_text(page, width) for page in pages] + [topic_text(name, width) for name in TOPICS]
    finally:
        speak(None)
    for text in texts:
        for line in text.splitlines():
            # A word that is longer than the line cannot be cut: it would not be what is typed.
            assert len(line) <= width or " " not in line.strip().removesuffix(" \\"), line


def test_help_is_as_wide_as_the_terminal_and_no_wider_than_80(run: Run) -> None:
    for columns, most in (("80", 80), ("50", 50), ("200", 80), ("10", 40)):
        lines = run("help", env={"COLUMNS": columns}).out.splitlines()
        assert most - 10 < max(map(len, lines)) <= most


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("topic", ["dates", "queries", "states", "ids"])
def test_every_line_of_a_topic_that_is_a_command_is_understood(run: Run, topic: str, language: str) -> None:
    shown = run("help", topic, "--lang", language)
    assert (shown.code, shown.err) == (0, "")
    typed = [line for line in shown.out.splitlines() if line.startswith("followup ")]
    assert typed
    for line in typed:
        parse_command_line(line.split()[1:])
