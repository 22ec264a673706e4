"""Many changes from a file or a pipe: an acknowledgement for each, after it is durable."""

import os
import signal
from pathlib import Path

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support import run_command, store_builders
from tests.support.check_answers_and_refusals import assert_one_sentence, assert_refused, document, ids, unchanged
from tests.support.run_command import PATIENCE
from tests.support.store_builders import INTERPOL, MIA
from tests.support.wait_for_open_or_read import wait_until_read

TO = f'--visit lyon-2022 --by "{MIA}" --to {INTERPOL}'


def test_each_line_is_acknowledged_with_its_revision(database: Database, run: Run) -> None:
    script = f"mark 2 done\n\n# a comment\nadd Nominate more officers {TO}\nfollowup chase 3 4 --note called\n"
    assert run("batch", input=script) == (
        0,
        "ok 1 7 2 agreed -> reported\n"
        "ok 4 8 5\n"
        "ok 5 9 3 chased, look again on 2023-03-15; 4 chased, look again on 2023-03-15\n",
        "",
    )
    assert document(run("status", "--json"))["store_revision"] == 9


def test_it_goes_on_after_an_error_and_exits_with_the_first_code(database: Database, run: Run) -> None:
    done = run("batch", input="mark 99 done\nnote 3 hallo\nmark 2 agred\ndue 2 2023-06-30\nnote 4 - \n")
    lines = done.out.splitlines()
    assert done.code == 3
    assert done.err == ""
    assert [line.split(" ")[:3] for line in lines] == [
        ["error", "1", "3"],
        ["ok", "2", "7"],
        ["error", "3", "2"],
        ["error", "4", "1"],
        ["error", "5", "2"],
    ]
    assert "99" in lines[0]
    assert 'did you mean "agreed"?' in lines[2]
    assert [note["text"] for note in document(run("show", "3", "--json"))["notes"]] == ["hallo"]


def test_a_file_is_read(database: Database, run: Run, tmp_path: Path) -> None:
    script = tmp_path / "changes.txt"
    script.write_bytes(b"note 3 one\r\nnote 3 'two words'\r\n\xef\xbb\xbf")
    script.write_bytes(b"note 3 one\r\nnote 3 'two  words'\r\nnote 3 last line without an end")
    done = run("batch", str(script))
    assert done == (0, "ok 1 7 3 noted\nok 2 8 3 noted\nok 3 9 3 noted\n", "")
    texts = [note["text"] for note in document(run("show", "3", "--json"))["notes"]]
    assert texts == ["one", "two  words", "last line without an end"]
    assert run("batch", "-", input="note 3 x\n") == (0, "ok 1 10 3 noted\n", "")


def test_a_file_that_cannot_be_read_is_told(database: Database, run: Run, tmp_path: Path) -> None:
    with unchanged(database.path):
        for path in (tmp_path / "none.txt", tmp_path):
            failed = run("batch", str(path))
            assert failed.code in (1, 2)
            assert_refused(failed, failed.code, str(path))


def test_nothing_to_do_is_no_failure(database: Database, run: Run) -> None:
    with unchanged(database.path):
        assert run("batch", input="") == (0, "", "")
        assert run("batch", input="# only a comment\n\n") == (0, "", "")
        assert run("batch", "--atomic", input="") == (0, "", "")


def test_a_change_that_changes_nothing_is_acknowledged(database: Database, run: Run) -> None:
    with unchanged(database.path):
        assert run("batch", input="mark 2 agreed\n") == (0, "ok 1 6 2 is agreed already\n", "")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("list", 2),
        ("frobnicate 3", 2),
        ("note 3 'unclosed", 2),
        ("note 3 -", 2),
        ("reason 3 -", 2),
        ("batch other.txt", 2),
        ("init /tmp/other.json", 2),
        ("undo --list", 2),
        ("note 3 x --json", 2),
        ("note 3 x --store /tmp/other.json", 2),
        ("note 3 --help", 2),
        ("redact 3 --passage x", 2),
        ("note 3 x --expect-rev 9", 6),
        ("visit remove lion", 3),
    ],
)
def test_a_line_is_refused(database: Database, run: Run, line: str, code: int) -> None:
    with unchanged(database.path):
        done = run("batch", input=f"{line}\n")
        assert (done.code, done.err) == (code, "")
        assert done.out.startswith(f"error 1 {code} ")
        assert done.out.count("\n") == 1


def test_an_acknowledgement_is_one_line_whatever_it_quotes(database: Database, run: Run) -> None:
    done = run("batch", input="visit remove 'a\\nb\x1b[31m'\nparty edit 'x\x07y' --short z\n")
    assert done.code == 3
    assert done.out.count("\n") == 2
    assert "\x1b" not in done.out
    assert "\x07" not in done.out


def test_atomic_is_one_change(database: Database, run: Run) -> None:
    done = run("batch", "--atomic", input=f"mark 2 done\nadd More {TO}\nnote 5 of the same change\n")
    assert done == (0, "ok 1 7 2 agreed -> reported\nok 2 7 5\nok 3 7 5 noted\n", "")
    assert run("undo").code == 0
    assert ids(run("list", "--ids", "--all", "--sort", "id")) == [1, 2, 3, 4]
    assert store_builders.record(database, 2)["state"] == "agreed"


def test_atomic_changes_nothing_after_an_error(database: Database, run: Run) -> None:
    with unchanged(database.path):
        done = run("batch", "--atomic", input="mark 2 done\nnote 3 x\nmark 99 done\nnote 3 y\n")
    assert done.code == 3
    assert [line.split(" ")[:3] for line in done.out.splitlines()] == [["error", "3", "3"]]
    assert_one_sentence(done.err, "nothing was changed")


def test_warnings_name_their_line(database: Database, run: Run) -> None:
    done = run("batch", input=f"note 3 x\nadd More --visit lyon-2022 --by 'INTERPOL HTSM' --to {INTERPOL}\n")
    assert (done.code, done.out) == (0, "ok 1 7 3 noted\nok 2 8 5\n")
    assert_one_sentence(done.err, "line 2", 'new party "INTERPOL HTSM"')


def test_each_acknowledgement_comes_before_the_next_line_is_read(
    database: Database, environment: dict[str, str]
) -> None:
    process = run_command.start("batch", env=environment)
    assert process.stdin
    assert process.stdout
    try:
        for number in range(1, 4):
            process.stdin.write(f"note 3 line {number}\n".encode())
            process.stdin.flush()
            assert process.stdout.readline() == f"ok {number} {6 + number} 3 noted\n".encode()
            assert database.snapshot().revision == 6 + number
    finally:
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, err) == (0, b"", b"")


@pytest.mark.parametrize("option", [[], ["--atomic"]])
def test_an_interrupt_is_quiet(database: Database, environment: dict[str, str], option: list[str]) -> None:
    process = run_command.start("batch", *option, env=environment)
    assert process.stdin
    assert process.stdout
    if option:
        # It reads to the end before it does anything: wait until it has taken all that was written.
        process.stdin.write(b"note 3 x\n")
        process.stdin.flush()
        wait_until_read(process.stdin.fileno())
    else:
        process.stdin.write(b"note 3 x\n")
        process.stdin.flush()
        assert process.stdout.readline() == b"ok 1 7 3 noted\n"
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=PATIENCE)  # Before its stdin is closed: the end of the input would end it as well, with 0.
        out, err = process.communicate(timeout=PATIENCE)
        assert (process.returncode, out, err) == (130, b"", b"")
    finally:
        process.kill()
    assert database.snapshot().revision == (6 if option else 7)


def test_a_full_disk_ends_with_what_was_saved(database: Database, environment: dict[str, str]) -> None:
    process = run_command.start("batch", env=environment, stdout=os.open("/dev/full", os.O_WRONLY))
    _, err = process.communicate(b"note 3 x\nnote 3 y\n", timeout=PATIENCE)
    assert process.returncode == 1
    assert_one_sentence(err.decode(), "saved", "line 1", "could not be written")
    assert database.snapshot().revision == 7
