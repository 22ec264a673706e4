"""`history --verify`, and the lines that real processes leave: one for each change, by whatever way it was made."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from store.database import Database
from store.file.file_store import file_of
from store.rules.audit_line_and_chain import AuditLine, parse_line, store_name
from tests.support.audit_socket import LogSocket, audited
from tests.support.check_answers_and_refusals import assert_refused
from tests.support.program_with_injections import Program
from tests.support.run_command import Result

pytestmark = pytest.mark.file_only("has a test of its own on a server")

RunAudited = Callable[..., Result]


@pytest.fixture
def log() -> Iterator[LogSocket]:
    with LogSocket() as log:
        yield log


@pytest.fixture
def run(database: Database, environment: dict[str, str], log: LogSocket) -> RunAudited:
    """The program as on a machine whose settings ask for the trail."""
    program = Program().after(audited)

    def run_it(*argv: str, input: bytes = b"", **more: object) -> Result:  # noqa: A002
        return program.run(*argv, env={**environment, **log.variables}, input=input, **more)

    return run_it


def lines_of(log: LogSocket) -> list[AuditLine]:
    found = [parse_line(line) for line in log.lines()]
    assert None not in found
    return [line for line in found if line is not None]


def changes(lines: Sequence[AuditLine]) -> list[tuple[int, dict[str, int]]]:
    return [(line.change, line.words) for line in lines]


def test_every_way_to_change_leaves_a_line(run: RunAudited, log: LogSocket, database: Database, tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text("Action,By,To\nSend it,UNODC,INTERPOL\nSend more,UNODC,INTERPOL\n")
    script = tmp_path / "script.py"
    script.write_text('db.run("note", 2, "from a script")\n')
    for argv, typed in (
        (("note", "2", "x"), b""),
        (("batch",), b"note 2 y\nmark 3 done\n"),
        (("batch", "--atomic"), b"note 2 y\nnote 3 z\n"),
        (("import", str(table), "--visit", "lyon-2022"), b""),
        (("python", str(script)), b""),
        (("undo", "11"), b""),
        (("redact", "2", "--passage", "from", "--yes"), b""),
        (("config", "silent-after", "90", "--shared"), b""),
        (("restore", "13"), b""),
    ):
        done = run(*argv, input=typed)
        assert done.code == 0, (argv, done)
    assert changes(lines_of(log)) == [
        (7, {"note": 1}),
        (8, {"note": 1}),
        (9, {"mark": 1}),
        (10, {"note": 2}),
        (11, {"add": 2}),
        (12, {"note": 1}),
        (13, {"undo": 2}),
        (14, {"redact": 1}),
        (15, {"config": 1}),
        (16, {"restore": 1}),
    ]
    text = log.log_file().read_text()
    assert not [typed for typed in ("Send it", "from a script", "INTERPOL") if typed in text]
    verified = run("history", "--verify", str(log.log_file()))
    assert (verified.code, verified.err) == (0, "")
    assert (
        verified.out.splitlines()[-1] == "the store agrees with the log: 13 changes in the store, 10 lines in the log"
    )


def test_many_at_once_leave_a_line_each(
    environment: dict[str, str], log: LogSocket, run: RunAudited, database: Database
) -> None:
    program = Program().after(audited)
    writers = [program.start("batch", env={**environment, **log.variables}) for _ in range(4)]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write(b"note 2 x\n" * 10)
        writer.stdin.close()
    for writer in writers:
        with writer:
            assert writer.stdout is not None
            assert writer.stdout.read().count(b"ok ") == 10
    assert sorted(line.change for line in lines_of(log)) == list(range(7, 47))
    assert run("history", "--verify", str(log.log_file())).code == 0


def test_who_looks_leaves_no_line(run: RunAudited, log: LogSocket) -> None:
    for argv in (("status", "--short"), ("list",), ("show", "2"), ("history",), ("doctor",), ("check",)):
        run(*argv)
    assert log.lines() == []


def test_the_log_is_a_file_or_stdin(run: RunAudited, log: LogSocket) -> None:
    run("note", "2", "x")
    path = log.log_file()
    answer = run("history", "--verify", str(path))
    assert answer.out == (
        "changes 2-6 have no line of their own: the line of change 7 vouches for them\n"
        "the store agrees with the log: 6 changes in the store, 1 line in the log\n"
    )
    assert run("history", "--verify", "-", input=path.read_bytes()) == answer
    noise = b"\xff\xfe\n" + b"Nov 27 09:00:00 srv sshd[1]: Accepted publickey for asel\n" + path.read_bytes()
    assert run("history", "--verify", "-", input=noise) == answer


def test_what_does_not_agree_is_told_with_the_change(run: RunAudited, log: LogSocket, database: Database) -> None:
    run("note", "2", "x")
    run("note", "2", "y")
    path = Path(database.path)
    raw = path.read_bytes()
    assert raw.count(b'"note":"x"') == 1
    path.write_bytes(raw.replace(b'"note":"x"', b'"note":"\x1b[2Jz"'.replace(b"\x1b", b"\\u001b")))
    answer = run("history", "--verify", str(log.log_file()))
    assert answer.code == 1
    assert answer.out.splitlines() == [
        f"the texts of change 7 are not what was written by uid {os.getuid()} (note 1; commitments 2)",
        "changes 2-6 have no line of their own: the line of change 7 vouches for them",
        "from change 7 on the store does not agree with the log: 7 changes in the store, 2 lines in the log",
    ]
    found = json.loads(run("history", "--verify", str(log.log_file()), "--json").out)
    assert (found["agrees"], found["from_change"], found["changes"], found["lines"]) == (False, 7, 7, 2)
    assert [each["what"] for each in found["disagreements"]] == ["text-altered"]


def test_a_field_of_a_record_that_somebody_put_in_is_printed_as_text(
    run: RunAudited, log: LogSocket, database: Database
) -> None:
    run("note", "2", "x")
    path = Path(database.path)
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b'"title":"Nominate', b'"\\u001b[2J":1,"title":"Nominate'))
    answer = run("history", "--verify", str(log.log_file()))
    assert answer.code == 1
    assert "commitment 2 is not what the history made it: \\x1b[2J\n" in answer.out


def test_a_log_that_is_missing_or_of_other_stores_is_refused(
    run: RunAudited, log: LogSocket, database: Database, tmp_path: Path
) -> None:
    assert_refused(run("history", "--verify", "/nowhere"), 2, "/nowhere")
    assert_refused(run("history", "--verify", "-"), 1, database.path, "--moved-from")
    assert_refused(run("history", "2", "--verify", "-"), 2, "number")
    assert_refused(run("history", "--moved-from", "/x"), 2, "--verify")


def test_a_store_that_is_not_valid_is_refused(run: RunAudited, log: LogSocket, database: Database) -> None:
    run("note", "2", "x")
    path = Path(database.path)
    path.write_bytes(path.read_bytes().replace(b'"state":"agreed"', b'"state":"agreeed"', 1))
    assert_refused(run("history", "--verify", str(log.log_file())), 4, database.path, "record 2: state")


def test_a_trail_that_cannot_be_written_is_told_and_the_change_stands(
    run: RunAudited, log: LogSocket, database: Database
) -> None:
    log.close()
    done = run("note", "2", "x")
    assert (done.code, done.out) == (0, "2 noted\n")
    assert done.err == (
        f"followup: saved, but the audit trail has no line of it: {log.path}: No such file or directory\n"
    )
    answer = run("batch", input=b"note 2 y\nnote 2 z\n")
    assert (answer.code, answer.err.count("audit trail")) == (0, 1)
    assert file_of(database).image().meta["revision"] == 9


def test_the_doctor_names_a_log_that_takes_no_lines(run: RunAudited, log: LogSocket) -> None:
    assert run("doctor").out.endswith(": no findings\n")
    lines = log.lines()
    log.close()
    found = run("doctor")
    assert found.code == 1
    assert found.out == (
        "the audit trail is on for this machine, and its changes leave no line: "
        f"{log.path}: No such file or directory; "
        "start journald or rsyslog, or take audit out of /etc/followup/config.toml\n"
    )
    log.open()
    log.path.chmod(0o666)
    assert run("doctor").code == 0
    assert log.lines() == lines


def test_the_command_line_that_journald_keeps_with_a_line_is_empty(
    environment: dict[str, str], log: LogSocket, database: Database
) -> None:
    """What is typed stands there, also the passage of a redaction."""
    program = Program().after(audited)
    with program.start("batch", "--store", database.path, env={**environment, **log.variables}) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"note 2 x\n")
        assert process.stdout.readline() == b"ok 1 7 2 noted\n"
        assert Path(f"/proc/{process.pid}/cmdline").read_bytes().rstrip(b"\0").endswith(b"python")
        process.stdin.close()
    assert len(lines_of(log)) == 1


def test_the_first_visit_leaves_one_line_about_the_store_that_is_made(log: LogSocket, tmp_path: Path) -> None:
    """It is tried in a store of its own first, which is nobody's business."""
    from tests.support.fixed_day_and_user import isolated

    env = {**isolated(str(tmp_path)), **log.variables}
    done = Program().after(audited).run("visit", "add", "Lyon", "--place", "Lyon", "--from", "2022-12-06", env=env)
    assert done.code == 0, done
    [line] = lines_of(log)
    assert line.store == store_name(str(tmp_path.resolve() / ".local/share/followup/commitments.json"))


def test_a_line_that_is_too_long_is_passed_over(run: RunAudited, log: LogSocket, tmp_path: Path) -> None:
    assert run("note", "2", "x").code == 0
    whole = "".join(f"{line}\n" for line in log.lines()).encode()
    kept = tmp_path / "auth.log"
    kept.write_bytes(b"x" * (3 << 20) + b" " + whole.strip() + b"\n" + whole)
    verified = run("history", "--verify", str(kept))
    assert (verified.code, "1 line in the log" in verified.out) == (0, True)
