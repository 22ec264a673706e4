"""Stores that cannot be used: one sentence, the documented exit code, and the file is left as it is."""

import fcntl
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from store.database import Database
from store.file.file_store import file_of
from tests.conftest import Run
from tests.support import check_answers_and_refusals, run_command, store_builders, wait_for_open_or_read
from tests.support.check_answers_and_refusals import assert_one_sentence, assert_refused, unchanged
from tests.support.process_holding_lock import ME, held
from tests.support.run_command import PATIENCE
from tests.support.run_in_shell_or_terminal import shell
from tests.support.store_bytes import in_our_lines, with_the_right_sum

pytestmark = pytest.mark.file_only("damage, lock, disk and permissions of a file")

READING_COMMANDS = [["list"], ["status"], ["show", "2"], ["history"], ["visits"], ["parties"], ["list", "--json"]]
CHANGES = [
    ["note", "2", "x"],
    ["mark", "2", "done"],
    ["due", "2", "2023-05-01", "--reason", "x"],
    ["add", "X", "--visit", "lyon-2022", "--by", "UNODC", "--to", "INTERPOL"],
    ["visit", "edit", "lyon-2022", "--donor", "INL"],
    ["party", "edit", "UNODC", "--ru", "УНП"],
    ["undo"],
    ["config", "silent-after", "45", "--shared"],
]


def _table(name: str, number: str, **fields: object) -> Callable[[bytes], bytes]:
    def spoil(raw: bytes) -> bytes:
        data = json.loads(raw)
        data[name][number].update(fields)
        return json.dumps(data).encode()

    return spoil


def _without(name: str, number: str, field: str) -> Callable[[bytes], bytes]:
    def spoil(raw: bytes) -> bytes:
        data = json.loads(raw)
        del data[name][number][field]
        return json.dumps(data).encode()

    return spoil


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda raw: b"",
    "blank": lambda raw: b"  \n",
    "zeros": lambda raw: b"\0" * len(raw),
    "cut off": lambda raw: raw[: len(raw) // 2],
    "one byte less": lambda raw: raw[:-3],
    "a bit flipped in the braces": lambda raw: raw.replace(b'"commitments":{', b'"commitments":[', 1),
    "not JSON": lambda raw: b"id;title\n1;x\n",
    "not UTF-8": lambda raw: raw.replace(b"ISON", b"IS\xffN"),
    "a list": lambda raw: b"[]",
    "a number": lambda raw: b"7",
    "an object": lambda raw: b"{}",
    "another program's": lambda raw: b'{"_default": {"1": {"a": 1}}}',
    "another format": lambda raw: raw.replace(b'"format":"followup"', b'"format":"other"'),
    "NaN": _table("commitments", "2", chased=float("nan")),
    "a fraction": _table("commitments", "2", chased=1.5),
    "an unknown state": _table("commitments", "2", state="forgotten"),
    "an impossible day": _table("commitments", "2", due="2023-02-30"),
    "a day that is none": _table("commitments", "2", due="soon"),
    "a wrong type": _table("commitments", "2", by="UNODC"),
    "a number as title": _table("commitments", "2", title=7),
    "true as revision": _table("commitments", "2", revision=True),
    "null": _table("commitments", "2", due=None),
    "no state": _without("commitments", "2", "state"),
    "another number": _table("commitments", "2", id=3),
    "an unknown visit": _table("commitments", "2", visit="lion"),
    "an unknown reason for closing": _table("commitments", "2", closed={"because": "lost", "on": "2023-01-01"}),
    "a bad event": _table("events", "2", fields=[1]),
    "a bad visit": _table("visits", "1", start="tomorrow"),
    "nested too deeply": lambda raw: b"[" * 200_000,
    "a key twice": lambda raw: raw.replace(b'"title":', b'"title":"x","title":', 1),
    "an endless number": lambda raw: raw.replace(b'"revision":6', b'"revision":' + b"9" * 5000, 1),
    "a table that is none": lambda raw: raw.replace(b'"visits":{', b'"visits":3,"x":{', 1),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_store_is_refused_by_every_kind_of_command(database: Database, run: Run, kind: str) -> None:
    path = database.path
    Path(path).write_bytes(DAMAGE[kind](store_builders.raw(database)))
    with unchanged(path):
        for argv in (["list"], ["status", "--short"], ["show", "2", "--json"], ["note", "2", "x"], ["backup"]):
            refused = run(*argv)
            assert_refused(refused, 4, path, "damaged")
            check_answers_and_refusals.assert_harmless(refused.err)


def test_every_command_refuses_a_damaged_store(database: Database, run: Run) -> None:
    path = database.path
    Path(path).write_bytes(_table("commitments", "2", state="forgotten")(store_builders.raw(database)))
    with unchanged(path):
        for argv in [
            *READING_COMMANDS,
            *CHANGES,
            ["undo", "--list"],
            ["redo"],
            ["doctor"],
            ["party", "list"],
            ["config"],
        ]:
            assert_refused(run(*argv), 4, path, "commitments", "2", "state")


def test_a_damaged_store_names_the_way_out(database: Database, run: Run) -> None:
    run("note", "2", "x")
    Path(database.path).write_bytes(b"")
    assert_refused(run("list"), 4, "followup restore", "revision 6")


def test_a_newer_store_is_left_alone_and_says_so(database: Database, run: Run) -> None:
    path = database.path
    Path(path).write_bytes(store_builders.raw(database).replace(b'"schema":1', b'"schema":2'))
    with unchanged(path):
        for argv in (*READING_COMMANDS[:2], *CHANGES[:2], ["doctor"]):
            refused = run(*argv)
            assert_refused(refused, 4, path, "newer")
            assert "damaged" not in refused.err


def test_strange_text_in_the_file_is_no_damage(database: Database, run: Run) -> None:
    title = "\x1b[2J\u202e\u200b\n\t\x00\x7f漢字\U0001f469\u200d\U0001f680 " + "x" * 5000
    spoiled = _table("commitments", "2", title=title, quote=title, unknown_key=1)(store_builders.raw(database))
    Path(database.path).write_bytes(spoiled)
    for argv in (["list"], ["list", "--tsv"], ["show", "2"], ["status"], ["history", "2"]):
        shown = run(*argv)
        assert (shown.code, shown.err) == (0, "")
        check_answers_and_refusals.assert_harmless(shown.out)
    assert run("note", "2", "x") == (0, "2 noted\n", "")
    assert store_builders.record(database, 2)["title"] == title
    assert store_builders.record(database, 2)["unknown_key"] == 1


def test_a_store_written_by_stock_tinydb_is_no_damage(database: Database, run: Run) -> None:
    before = run("list", "--json")
    Path(database.path).write_text(json.dumps(json.loads(store_builders.raw(database))))
    assert run("list", "--json") == before
    assert run("note", "2", "x") == (0, "2 noted\n", "")


@pytest.mark.parametrize(
    "argv", [*READING_COMMANDS, *CHANGES, ["doctor"], ["backup"], ["undo", "--list"]], ids=" ".join
)
def test_no_store_is_told_with_the_command_that_makes_one(run: Run, path: str, argv: list[str]) -> None:
    assert_refused(run(*argv), 4, f"there is no store at {path}", f"followup init {path}")
    assert os.listdir(os.path.dirname(path)) == []


def test_a_folder_is_no_store(run: Run, tmp_path: Path) -> None:
    for argv in (["list"], ["note", "2", "x"], ["doctor"]):
        assert_refused(run(*argv, "--store", str(tmp_path / "home")), 4, str(tmp_path / "home"))


def test_a_pipe_or_a_device_is_no_store(run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (str(tmp_path / "pipe"), "/dev/null", "/dev/zero"):
        assert_refused(run("list", "--store", path), 4, path)
        assert_refused(run("note", "2", "x", "--store", path), 4, path)


@pytest.mark.parametrize("name", ["environ", "kmsg"])
def test_a_file_of_the_kernel_is_no_store(run: Run, tmp_path: Path, name: str) -> None:
    kernels = "/proc/kmsg" if name == "kmsg" else f"/proc/{os.getpid()}/environ"
    if not os.access(kernels, os.R_OK):
        pytest.skip(f"{kernels} is not for this user")
    link = tmp_path / "c.json"
    link.symlink_to(kernels)
    for argv in (["list"], ["note", "2", "x"], ["doctor"], ["backup"]):
        assert_refused(run(*argv, "--store", str(link)), 4, f"{kernels} is not a file that can hold a store")


def test_a_path_through_a_file_is_no_store(database: Database, run: Run) -> None:
    path = database.path + "/c.json"
    for argv in (["list"], ["note", "2", "x"]):
        assert_refused(run(*argv, "--store", path), 4, path)


# A full disk.


@pytest.mark.parametrize("argv", CHANGES[:4], ids=" ".join)
@pytest.mark.parametrize("blocks", [0, 1])
def test_a_change_on_a_full_disk_is_not_saved_and_says_so(
    database: Database, environment: dict[str, str], argv: list[str], blocks: int
) -> None:
    import shlex

    with unchanged(database.path):
        failed = shell(f"ulimit -f {blocks}; followup {shlex.join(argv)}", environment)
    assert_refused(failed, 4, "not saved", file_of(database).folder)


def test_a_batch_on_a_full_disk_says_so_for_each_line(database: Database, environment: dict[str, str]) -> None:
    with unchanged(database.path):
        failed = shell("ulimit -f 1; followup batch", environment, input=b"note 2 x\nnote 3 y\n")
    assert (failed.code, failed.err) == (4, "")
    assert [line.split(" ")[:3] for line in failed.out.splitlines()] == [["error", "1", "4"], ["error", "2", "4"]]


def test_keeping_on_a_full_disk_leaves_nothing_half_made(
    database: Database, environment: dict[str, str], tmp_path: Path
) -> None:
    Path(database.path).write_bytes(store_builders.raw(database))
    with unchanged(database.path):
        assert_refused(shell("ulimit -f 1; followup backup", environment), 1, "the store is as it was")
        assert_refused(shell(f"ulimit -f 0; followup init {tmp_path}/full/c.json", environment), 4)
        assert_refused(shell("ulimit -f 0; followup config me asel", environment), 1, "config.toml")
    assert not (tmp_path / "full" / "c.json").exists()
    assert not list(Path(environment["HOME"]).rglob("*.tmp"))


def test_looking_on_a_full_disk_works(database: Database, environment: dict[str, str]) -> None:
    assert shell("ulimit -f 0; followup status --short", environment).code == 0


# Locked by another.


def test_a_busy_store_names_who_holds_it_and_since_when(database: Database, run: Run) -> None:
    with unchanged(database.path), held(database) as holder:
        refused = run("note", "2", "x", env={"FOLLOWUP_LOCK_TIMEOUT": "0"})
        assert_refused(refused, 5, database.path, ME, f"process {holder}", "since ", "try again")
        assert_refused(run("restore", "5", env={"FOLLOWUP_LOCK_TIMEOUT": "0"}), 5, ME)
        batch = run("batch", input="note 2 x\n", env={"FOLLOWUP_LOCK_TIMEOUT": "0"})
        assert (batch.code, batch.out[:10], batch.err) == (5, "error 1 5 ", "")


def test_looking_never_waits_and_never_takes_the_lock(database: Database, run: Run) -> None:
    with database.transaction():
        for argv in [*READING_COMMANDS, ["undo", "--list"], ["backup"]]:
            assert run(*argv, env={"FOLLOWUP_LOCK_TIMEOUT": "60"}).code == 0
    os.unlink(file_of(database).lock_path)
    run("list")
    run("status", "--short")
    assert not os.path.exists(file_of(database).lock_path)


def test_a_change_waits_for_the_one_before_it(database: Database, environment: dict[str, str]) -> None:
    with open(file_of(database).lock_path, "rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with wait_for_open_or_read.opened(file_of(database).lock_path) as is_opened:
            process = run_command.start("note", "2", "x", env={**environment, "FOLLOWUP_LOCK_TIMEOUT": "60"})
            assert is_opened()
        assert process.poll() is None
    assert process.communicate(timeout=PATIENCE) == (b"2 noted\n", b"")
    assert process.returncode == 0


def test_an_interrupt_while_waiting_is_quiet(database: Database, environment: dict[str, str]) -> None:
    with unchanged(database.path), open(file_of(database).lock_path, "rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with wait_for_open_or_read.opened(file_of(database).lock_path) as is_opened:
            process = run_command.start("note", "2", "x", env={**environment, "FOLLOWUP_LOCK_TIMEOUT": "60"})
            assert is_opened()
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=PATIENCE) == (b"", b"")
        assert process.returncode == 130


def test_a_lock_left_by_a_dead_process_holds_nobody_up(database: Database, run: Run) -> None:
    Path(file_of(database).lock_path).write_text("boris (process 1 on nowhere) since 2023-01-01 00:00:00 UTC\n")
    assert run("note", "2", "x", env={"FOLLOWUP_LOCK_TIMEOUT": "0"}) == (0, "2 noted\n", "")


def test_a_hostile_note_in_the_lock_is_not_shown(database: Database, run: Run) -> None:
    me = f"(process {os.getpid()} on {os.uname().nodename})"
    Path(file_of(database).lock_path).write_text(f"\x1b[31mboris\u202e {me} since \tyesterday\n")
    with open(file_of(database).lock_path, "rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        refused = run("note", "2", "x", env={"FOLLOWUP_LOCK_TIMEOUT": "0"})
    assert_refused(refused, 5, "by a process that did not sign")
    assert "boris" not in refused.err
    check_answers_and_refusals.assert_harmless(refused.err)


# What must not be there.


def test_a_strange_path_is_shown_harmlessly_in_one_line(run: Run, tmp_path: Path) -> None:
    for name in ("a\x1b[31m.json", "a\nb.json", "a\u202eb.json"):
        path = str(tmp_path / name)
        refused = run("list", "--store", path)
        assert_refused(refused, 4)
        check_answers_and_refusals.assert_harmless(refused.err)
        checked = run("check", "--store", path)
        assert (checked.code, checked.out.count("\n")) == (3, 1)
        check_answers_and_refusals.assert_harmless(checked.out)


def test_bytes_that_are_no_text_are_no_crash(database: Database, environment: dict[str, str]) -> None:
    for script in (
        r"followup note 2 $'a\xffb'",
        r"followup list $'a\xffb'",
        r"followup list --store $'/tmp/a\xffb'",
        r"followup $'\xff'",
        r"followup note 99 $'\xff'",
        r"printf 'note 2 a\xffb\nnote 99 \xff\n' | followup batch",
        r"printf 'a\xffb' | followup note 2 -",
    ):
        done = shell(script, environment)
        assert done.code in (0, 2, 3, 4), (script, done)
        assert "Traceback" not in done.err
        check_answers_and_refusals.assert_harmless(done.err)
    assert len(database.snapshot().notes(2)) == 3


def test_an_unknown_home_is_no_crash(run: Run) -> None:
    result = run("status", "--short", env={"HOME": "/nonexistent", "FOLLOWUP_STORE": ""})
    assert result == (0, "", "")
    made = run("visit", "add", "X", "--place", "Y", "--from", "today", env={"HOME": "/proc/none", "FOLLOWUP_STORE": ""})
    assert_refused(made, 4, "/proc/none")


def test_a_warning_after_the_rename_does_not_hide_that_it_was_saved(database: Database, run: Run) -> None:
    """The copies' folder cannot be made: the change is saved, and says what was not."""
    copies = Path(file_of(database).copies.folder)
    for copy in copies.iterdir():
        copy.unlink()
    copies.rmdir()
    copies.write_text("a file in the way")
    done = run("note", "2", "x")
    assert (done.code, done.out) == (0, "2 noted\n")
    assert_one_sentence(done.err, "saved, but", ".commitments.json.copies")


# A fault of the program itself.


FAULTY = """
import sys
from tui.__main__ import main
from tui.cli.commands import list as list_command
list_command.list_ = lambda *_: {}["state"]
sys.exit(main())
"""


def test_a_fault_of_the_program_is_a_sentence_and_a_private_report(
    environment: dict[str, str], tmp_path: Path, database: Database
) -> None:
    home = tmp_path / "state"
    named = {**environment, "XDG_STATE_HOME": str(home)}
    refused = subprocess.run([sys.executable, "-c", FAULTY, "list"], env=named, capture_output=True, text=True)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "Traceback" not in refused.stderr
    assert refused.stderr.count("\n") == 1
    (report,) = (home / "followup").iterdir()
    assert str(report) in refused.stderr
    assert report.stat().st_mode & 0o777 == 0o600
    assert "KeyError" in report.read_text()


WITHOUT_DRIVER = "import sys; sys.modules['psycopg'] = None; from tui.__main__ import main; sys.exit(main())"


@pytest.mark.parametrize("is_set", [False, True])
def test_without_the_driver_of_a_server_the_store_is_named_and_who_named_it(
    environment: dict[str, str], tmp_path: Path, *, is_set: bool
) -> None:
    name = "postgresql://asel@server.example/office"
    config = tmp_path / "followup" / "config.toml"
    config.parent.mkdir()
    config.write_text(f'store = "{name}"\n')
    named = {"XDG_CONFIG_HOME": str(tmp_path)} if is_set else {"FOLLOWUP_STORE": name}
    known = {key: value for key, value in environment.items() if key != "FOLLOWUP_STORE"}
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_DRIVER, "status"], env={**known, **named}, capture_output=True, text=True
    )
    assert done.returncode == 4
    needs = "is on a server, which needs the PostgreSQL driver: pip install 'followup[server]'"
    source = str(config) if is_set else "FOLLOWUP_STORE"
    assert done.stderr == f"followup: {name} {needs} (the name comes from {source})\n"


@pytest.mark.parametrize(
    ("fields", "what"),
    [({"due": 20230301}, "due is not a day"), ({"due_changes": [{"x": 1}]}, "due_changes has no on")],
)
def test_an_invalid_record_under_the_right_sum_is_no_fault_of_the_program(
    database: Database, run: Run, environment: dict[str, str], fields: dict[str, object], what: str
) -> None:
    data = json.loads(store_builders.raw(database))
    data["commitments"]["2"].update(fields)
    Path(database.path).write_bytes(with_the_right_sum(in_our_lines(data)))
    assert_refused(
        run("show", "2"),
        4,
        f"{database.path} holds a record that is not valid, though its sum is right",
        f"in commitments, record 2: {what}",
        "followup doctor",
    )
    checked = run("check", "visit:lyon-2022 -overdue" if "due" in fields else "late:1..")
    assert "has a fault" not in checked.out + checked.err
    assert not list(Path(environment["HOME"]).rglob("crash-*"))
