"""Typed into a real shell: nothing needs quotes, pipes end quietly, and what cannot be written is told."""

import os
import signal
import subprocess

import pytest

from store.database import Database
from store.query.parse_query import parse_words
from tests.conftest import Run
from tests.support import fixed_day_and_user, run_command, store_builders
from tests.support.check_answers_and_refusals import assert_harmless, assert_one_sentence, unchanged
from tests.support.fixed_day_and_user import TODAY
from tests.support.run_command import FOLLOWUP, PATIENCE
from tests.support.run_in_shell_or_terminal import shell
from tests.support.wait_for_open_or_read import wait_until_read

SHELLS = ["bash", "zsh"]

QUERIES = """
overdue
today
no-date
-overdue
not:overdue
by:MIA
-by:MIA
by:MIA Uzbekistan
to:interpol
via:NCB
support:UNODC
party:UNODC
owner:asel
owner:me
visit:lyon-2022
kind:nominate-experts
text:analysis
state:agreed
state:agreed,proposed
band:overdue
outcome:met
id:2-3
id:2,4
2
2-3
due:2023-03
due:2023-Q1
due:..2w
due:2023-01-01..
due:2023-01-01..2023-12-31
due:none
silent:30..
late:10..
overdue or no-date
overdue or no-date by:UNODC
mine
open
finished
closed
week
month
later
unconfirmed
silent
chase
extended
waiting
""".strip().splitlines()


@pytest.mark.parametrize("name", SHELLS)
def test_every_form_of_a_query_works_unquoted(database: Database, environment: dict[str, str], name: str) -> None:
    script = "\n".join(f"followup list --ids {query}; echo @@ $?" for query in QUERIES)
    typed = shell(script, environment, name=name)
    assert (typed.code, typed.err) == (0, "")
    *answers, rest = typed.out.split("@@ 0\n")
    assert (len(answers), rest) == (len(QUERIES), ""), typed.out
    snapshot = database.snapshot()
    for query, answer in zip(QUERIES, answers, strict=True):
        wanted = parse_words(query.split(" "), today=TODAY, me=[fixed_day_and_user.ME])
        found = [row.commitment["id"] for row in snapshot.rows if wanted.matches(row, snapshot)]
        assert sorted(map(int, answer.split())) == found, query


@pytest.mark.parametrize("name", SHELLS)
def test_every_form_of_a_number_works_unquoted(database: Database, environment: dict[str, str], name: str) -> None:
    script = "followup chase 2; followup chase 2 3; followup chase 2-3; followup show 2 >/dev/null; followup 2 --json"
    typed = shell(script, environment, name=name)
    assert (typed.code, typed.err) == (0, "")
    assert [line.split()[0] for line in typed.out.splitlines()[:5]] == ["2", "2", "3", "2", "3"]


@pytest.mark.parametrize("name", SHELLS)
def test_dates_texts_and_titles_work_unquoted(database: Database, environment: dict[str, str], name: str) -> None:
    script = """
        followup due 3 end of March
        followup due 3 30 June 2023 --reason new minister
        followup note 3 the letter is with the minister
        followup add Nominate more officers --visit lyon-2022 --by UNODC --to INTERPOL --due +2w
        followup visit add Regional workshop --place Vienna --from 1 Feb 2023
    """
    typed = shell(script, environment, name=name)
    assert typed.code == 0
    assert typed.out == (
        "3 due none -> 2023-03-31\n3 due 2023-03-31 -> 2023-06-30 (extension 1)\n3 noted\n5\nvienna-2023\n"
    )


# Pipes.


@pytest.mark.parametrize("command", ["list", "list --json", "list --tsv", "history", "show 2", "help", "parties"])
def test_a_pipe_that_was_closed_ends_quietly(database: Database, environment: dict[str, str], command: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    process = run_command.start(*command.split(), env=environment, stdout=writer)
    os.close(writer)
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode in (0, -signal.SIGPIPE)
    assert err == b""


def test_head_gets_its_line(database: Database, environment: dict[str, str]) -> None:
    for _ in range(5):
        store_builders.do(database, "note", 2, "word " * 20_000)
    typed = shell('followup history --json | head -1; echo "${PIPESTATUS[0]}"', environment)
    first, code = typed.out.splitlines()
    assert first == "["
    assert code in ("0", "141")
    assert typed.err == ""


def test_a_change_into_a_closed_pipe_is_saved(database: Database, environment: dict[str, str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    process = run_command.start("note", "2", "x", env=environment, stdout=writer)
    os.close(writer)
    process.communicate(timeout=PATIENCE)
    assert process.returncode in (0, -signal.SIGPIPE)
    assert len(database.snapshot().notes(2)) == 1


READING_COMMANDS = [
    "list",
    "list --json",
    "list --tsv",
    "status",
    "status --short",
    "show 2",
    "history",
    "visits",
    "parties",
]
MORE_READING_COMMANDS = ["party list", "undo --list", "config", "--version", "help", "completion bash"]


@pytest.mark.parametrize("target", [">/dev/full", ">&-"])
def test_a_look_that_cannot_be_written_says_so(database: Database, environment: dict[str, str], target: str) -> None:
    store_builders.do(store_builders.beside(database, who=fixed_day_and_user.ME), "note", 2, "mine to undo")
    for command in [*READING_COMMANDS, *MORE_READING_COMMANDS]:
        typed = shell(f"followup {command} {target}", environment)
        assert (typed.code, typed.out) == (1, ""), command
        assert_one_sentence(typed.err, "the answer could not be written")
        assert "saved" not in typed.err


@pytest.mark.parametrize("target", [">/dev/full", ">&-"])
@pytest.mark.parametrize(
    "command",
    [
        "note 2 x",
        "mark 2 done --json",
        "visit add X --place Y --from 2023-01-01",
        "config silent-after 45 --shared",
        "undo",
        "restore 6",
    ],
)
def test_a_change_whose_answer_cannot_be_written_is_saved_and_says_so(
    database: Database, environment: dict[str, str], command: str, target: str
) -> None:
    if database.is_remote and command == "restore 6":
        pytest.skip("a server has no automatic copies")
    store_builders.do(store_builders.beside(database, who=fixed_day_and_user.ME), "note", 2, "mine to undo")
    revision = database.snapshot().revision
    typed = shell(f"followup {command} {target}", environment)
    assert (typed.code, typed.out) == (1, "")
    assert "followup: saved, but the answer could not be written" in typed.err
    assert database.snapshot().revision > revision


@pytest.mark.parametrize("command", ["init new.json", "backup new.json", "config me asel", "demo new.json"])
def test_what_makes_a_file_says_that_it_was_made_when_the_answer_is_lost(
    database: Database, environment: dict[str, str], command: str
) -> None:
    typed = shell(f"cd; followup {command} >/dev/full", environment)
    assert (typed.code, typed.out) == (1, "")
    assert "saved, but the answer could not be written" in typed.err


def test_a_closed_stdin_is_no_crash(database: Database, environment: dict[str, str]) -> None:
    assert shell("followup status --short <&-", environment).code == 0
    assert shell("followup note 2 x <&-", environment) == (0, "2 noted\n", "")
    with unchanged(database.path):
        for command in ("batch", "note 2 -", "redact 2 --passage ISON"):
            typed = shell(f"followup {command} <&-", environment)
            assert typed.code in (1, 2)
            assert typed.out == ""
            assert_one_sentence(typed.err)
            assert "object has no attribute" not in typed.err


def test_a_closed_stderr_is_no_crash(database: Database, environment: dict[str, str]) -> None:
    assert shell("followup due 3 end of March 2>&-", environment) == (0, "3 due none -> 2023-03-31\n", "")
    assert shell("followup show 99 2>&-", environment) == (3, "", "")
    assert shell("followup note 2 x >&- 2>&- <&-", environment) == (1, "", "")
    assert len(database.snapshot().notes(2)) == 1


def test_closed_streams_do_not_let_the_answer_into_the_store(database: Database, environment: dict[str, str]) -> None:
    """A file opened while stdout is closed would get its number."""
    for closed in (">&-", "2>&-", "<&-", "<&- >&- 2>&-"):
        shell(f"followup note 2 x {closed}; followup list {closed}; followup status --json {closed}", environment)
    assert len(database.snapshot().notes(2)) == 4
    assert shell("followup doctor", environment).code == 0


# Locales and bytes.


@pytest.mark.parametrize(
    "locale",
    [
        {"LANG": "C"},
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
        {"LANG": "no_SUCH.locale"},
    ],
)
def test_every_locale_gets_a_readable_answer(
    database: Database, environment: dict[str, str], run: Run, locale: dict[str, str]
) -> None:
    store_builders.add(database, "Протокол 漢字 é", by=["МВД"], to=["INTERPOL"], state="agreed", due="2023-05-01")
    for argv in (["list"], ["list", "--tsv"], ["status"], ["show", "5"], ["history", "5"], ["visits"], ["parties"]):
        shown = run(*argv, env=locale)
        assert (shown.code, shown.err) == (0, ""), argv
        assert shown.out
        if "ascii" in locale.values():
            assert shown.out.isascii()
    assert run("note", "5", "ещё", env=locale).code == 0
    assert database.snapshot().notes(5)[0]["note"] == "ещё"


def test_ascii_output_keeps_its_columns(database: Database, run: Run) -> None:
    table = run("list", env={"PYTHONIOENCODING": "ascii"})
    assert " -> " in table.out
    assert all(len(line) <= 100 for line in table.out.splitlines())


def test_a_login_script_is_never_spoiled(run: Run, environment: dict[str, str]) -> None:
    no_store = {**environment, "FOLLOWUP_STORE": ""}
    typed = shell("followup status --short && echo logged in", no_store)
    assert typed == (0, "logged in\n", "")


def test_an_interrupt_of_a_note_from_stdin_is_quiet(database: Database, environment: dict[str, str]) -> None:
    """It has read what it got so far, so it is past its start."""
    with unchanged(database.path):
        process = run_command.start("note", "2", "-", env=environment)
        assert process.stdin
        process.stdin.write(b"half a note")
        process.stdin.flush()
        wait_until_read(process.stdin.fileno())
        process.send_signal(signal.SIGINT)
        process.wait(timeout=PATIENCE)
        assert process.returncode == 130
        assert process.stdout
        assert process.stderr
        assert (process.stdout.read(), process.stderr.read()) == (b"", b"")
        process.stdin.close()
        process.stdout.close()
        process.stderr.close()


def test_the_command_is_run_as_a_module_too(database: Database, environment: dict[str, str]) -> None:
    python = os.path.join(os.path.dirname(FOLLOWUP), "python")
    done = subprocess.run([python, "-m", "tui", "status", "--short"], env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "1 overdue, 2 no date, 4 silent, 4 open\n", "")
    assert_harmless(done.stdout)
