"""The words that people guess for commands do what they say: lists of a word, and the verbs of the states."""

import pytest

from store.database import Database
from store.query.meaning_of_fields_and_words import WORDS
from tests.conftest import Run
from tests.support import store_builders
from tests.support.check_answers_and_refusals import assert_refused, document, unchanged
from tests.tui.cli.conftest import RunOnDemo
from tui.cli.command_aliases import ALIASES, LIST_WORDS, STATE_VERBS
from tui.cli.command_table import COMMANDS


def test_no_other_word_hides_a_command() -> None:
    assert not set(ALIASES) & {name.split()[0] for name in COMMANDS}
    assert set(LIST_WORDS) < set(ALIASES)
    assert set(LIST_WORDS) - {"late"} == set(WORDS) - {"chase"}, "every word of a query is a command, but for the verb"


@pytest.mark.parametrize(
    ("typed", "full"),
    [
        *((word, f"list {'overdue' if word == 'late' else word}") for word in LIST_WORDS),
        ("overdue to:INTERPOL", "list overdue to:INTERPOL"),
        ("overdue or silent", "list overdue or silent"),
        ("now -by:MIA", "list now -by:MIA"),
        ("ls", "list"),
        ("ls --all", "list --all"),
        ("find letter", "list --all letter"),
        ("search nominate officers", "list --all nominate officers"),
    ],
)
def test_a_word_for_a_look_is_the_list(on_demo: RunOnDemo, typed: str, full: str) -> None:
    shown = on_demo(*typed.split(), "--json")
    assert (shown.code, shown.err) == (0, "")
    assert shown == on_demo(*full.split(), "--json")


def test_words_for_a_state_mark(database: Database, run: Run) -> None:
    assert run("start", "2-3").out == "2 agreed -> in-progress\n3 agreed -> in-progress\n"
    assert run("done", "2", "--on", "2023-02-20", "--note", "by", "letter").out == "2 in-progress -> reported\n"
    assert run("confirm", "2").out == "2 reported -> confirmed\n"
    assert run("agree", "#1").out == "1 proposed -> agreed\n"
    assert run("close", "3", "--because", "dropped").out == "3 in-progress -> closed\n"
    assert document(run("show", "2", "--json"))["reported"]["on"] == "2023-02-20"
    assert document(run("show", "3", "--json"))["closed"]["because"] == "dropped"


@pytest.mark.parametrize("word", ["rm", "delete"])
def test_remove_has_other_words(database: Database, run: Run, word: str) -> None:
    assert_refused(run(word, "1"), 1, "followup remove 1 --reason TEXT")
    assert run(word, "1", "--reason", "entered twice")[:2] == (0, "1 removed\n")


def test_other_words_run_in_a_batch(database: Database, run: Run) -> None:
    revision = store_builders.raw(database)
    done = run("batch", input="done 2\nfollowup confirm 2\nrm 1 --reason twice\noverdue\n")
    assert [line.split()[0] for line in done.out.splitlines()] == ["ok", "ok", "ok", "error"]
    assert "followup overdue is not for batch" in done.out
    assert store_builders.raw(database) != revision


@pytest.mark.parametrize("name", ALIASES)
def test_every_other_word_has_help_of_its_own(run: Run, name: str) -> None:
    shown = run(name, "--help")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith(f"usage: followup {name}")
    assert shown.out.count(f"  followup {name}") == 2
    assert run("help", name) == shown


def test_what_a_word_does_not_take_is_refused_under_its_own_name(database: Database, run: Run) -> None:
    with unchanged(database.path):
        assert_refused(run("done"), 2, "followup done needs ID", "followup done ID")
        assert_refused(run("done", "2", "--because", "dropped"), 2, 'followup done has no option "--because"')
        assert_refused(
            run("close", "2"), 1, "2: say why it is closed: followup close 2 --because dropped (or declined,"
        )
        assert_refused(run("find"), 2, "followup find needs WORDS")


def test_the_help_of_all_names_the_other_words_in_a_few_lines(run: Run) -> None:
    shorter = run("help").out.partition("Shorter, or as one guesses:\n")[2].partition("\n\n")[0]
    assert len(shorter.splitlines()) <= 12
    for name in (*LIST_WORDS, *STATE_VERBS, "ls", "find", "search", "rm", "delete"):
        assert name in shorter.replace(",", " ").split()
