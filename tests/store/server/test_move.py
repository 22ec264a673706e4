"""A store moves from its file to a server and back: one store at every moment, whatever happens amid the move."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from store.errors import FollowUpError, StoreMoved, StoreUnusable
from store.maintenance.move_between_file_and_server import move
from store.server import statements
from store.server.connection import Connection
from tests.conftest import Run
from tests.store.server.conftest import SharedStore
from tests.support.postgres_server import MEMBERS, PostgresServer
from tests.support.store_bytes import in_our_lines, with_the_right_sum


@pytest.fixture
def place(postgres: PostgresServer) -> SharedStore:
    """A database without a store."""
    return SharedStore(postgres, postgres.make_database())


@pytest.fixture
def file(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "office.json"
    assert run("demo", str(path)).code == 0
    assert run("redact", "3", "--passage", "Major X", "--yes", env={"FOLLOWUP_STORE": str(path)}).code in (0, 1)
    return path


def content(path: Path) -> tuple[object, ...]:
    """The records, and the events but those of moving."""
    data = json.loads(path.read_bytes())
    events = [event for event in data["events"].values() if event["action"] != "move"]
    return data["visits"], data["parties"], data["commitments"], events


def test_there_and_back_every_byte_of_the_history_is_there(
    place: SharedStore, file: Path, run: Run, tmp_path: Path
) -> None:
    before = file.read_bytes()
    in_file, on_server = {"FOLLOWUP_STORE": str(file)}, place.env("postgres")
    moved = run("move", place.url("postgres"), "--group", MEMBERS, env=in_file)
    assert (moved.code, moved.out) == (0, f"the store is at {place.url('postgres')} now, at revision 18\n")
    (kept,) = tmp_path.glob("office.moved-*.json")
    assert kept.read_bytes() == before
    told = run("status", env=in_file)
    assert told.code == 4
    assert told.err == (
        f'followup: the store has moved to {place.url("postgres")}: followup config store "{place.url("postgres")}"\n'
    )
    assert run("note", "1", "x", env=in_file).code == 4
    assert run("note", "1", "from the server", env=place.env()).code == 0
    assert run("doctor", env=on_server).code == 0
    back = tmp_path / "back.json"
    assert run("move", str(back), env=on_server).code == 0
    assert "has moved to" in run("list", env=place.env()).err
    data = json.loads(back.read_bytes())
    assert [event["note"] for event in data["events"].values() if event["change"] > 17] == [
        f"from {file} on {os.uname().nodename}",
        "from the server",
        f"from {place.url('postgres')}",
    ]
    lines, old = back.read_bytes().splitlines(), before.splitlines()
    assert set(old[1:-2]) - set(lines) == {line for line in old if line.startswith(b'"1":{"id":1,"state"')}
    assert run("doctor", env={"FOLLOWUP_STORE": str(back)}).code == 0


def test_it_comes_back_into_the_place_of_its_note(place: SharedStore, file: Path, run: Run) -> None:
    before = content(file)
    assert run("move", place.url("postgres"), env={"FOLLOWUP_STORE": str(file)}).code == 0
    assert run("move", str(file), env=place.env("postgres")).code == 0
    assert content(file) == before
    assert run("note", "1", "x", env={"FOLLOWUP_STORE": str(file)}).code == 0


def test_a_store_that_goes_in_pieces_is_whole(
    place: SharedStore, file: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, out = content(file), tmp_path / "out.json"
    database = place.database("postgres")
    monkeypatch.setattr(statements, "PIECE", 3)
    move(database.beside(str(file)), database, group=MEMBERS)
    assert run("doctor", env=place.env()).code == 0
    move(database, database.beside(str(out)))
    assert content(out) == before


def test_it_goes_there_again_where_its_older_state_lies(place: SharedStore, file: Path, run: Run) -> None:
    before, in_file = content(file), {"FOLLOWUP_STORE": str(file)}
    for _ in range(3):
        assert run("move", place.url("postgres"), "--group", MEMBERS, env=in_file).code == 0
        assert run("move", str(file), env=place.env("postgres")).code == 0
    assert content(file) == before
    assert run("note", "1", "between", env=in_file).code == 0
    assert run("move", place.url("postgres"), env=in_file).code == 0
    assert "between" in run("history", "1", env=place.env()).out
    assert run("doctor", env=place.env()).code == 0


def test_another_store_does_not_take_the_place_of_one_that_went_to_its_path(
    place: SharedStore, file: Path, run: Run
) -> None:
    in_file = {"FOLLOWUP_STORE": str(file)}
    assert run("move", place.url("postgres"), env=in_file).code == 0
    assert run("move", str(file), env=place.env("postgres")).code == 0
    file.rename(file.with_name("elsewhere.json"))
    copies = file.with_name(f".{file.name}.copies")
    copies.rename(file.with_name(".elsewhere.json.copies"))
    assert run("init", str(file)).code == 0
    assert run("visit", "add", "V", "--place", "Riga", "--from", "2023-01-02", env=in_file).code == 0
    refused = run("move", place.url("postgres"), env=in_file)
    assert (refused.code, "holds a store already; nothing was moved" in refused.err) == (1, True)


def test_a_store_that_holds_something_is_left(server: SharedStore, file: Path, run: Run) -> None:
    made = run("visit", "add", "V", "--place", "Riga", "--from", "2023-01-02", env=server.env())
    assert made.code == 0
    refused = run("move", server.url("postgres"), env={"FOLLOWUP_STORE": str(file)})
    assert refused.code == 1
    assert "holds a store already; nothing was moved" in refused.err
    assert run("note", "1", "x", env={"FOLLOWUP_STORE": str(file)}).code == 0
    again = run("move", str(file), env=server.env("postgres"))
    assert "is there already; nothing was moved" in again.err
    assert run("move", str(file) + "2", env={"FOLLOWUP_STORE": str(file)}).code == 1


def test_what_is_not_valid_under_a_right_sum_stays_where_it_is(place: SharedStore, file: Path, run: Run) -> None:
    tables = json.loads(file.read_bytes())
    tables["commitments"]["3"]["due"] = 20230301
    file.write_bytes(with_the_right_sum(in_our_lines(tables)))
    before = file.read_bytes()
    refused = run("move", place.url("postgres"), env={"FOLLOWUP_STORE": str(file)})
    assert refused.code == 4
    assert "in commitments, record 3: due is not a day" in refused.err
    assert file.read_bytes() == before
    assert run("list", env=place.env("postgres")).code == 4


def in_a_child(work: Callable[[], object]) -> int:
    """Do it in a process of its own, which may be killed. Returns its status."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except FollowUpError:
            os._exit(1)
        except BaseException:
            os._exit(99)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


CALLS = ("write", "pwrite", "ftruncate", "fsync", "fchmod", "fchown", "link", "rename", "unlink", "mkdir")
"""The calls that change what is on a disk."""


def killed_at(step: int, sent_first: bool) -> None:
    """Kill this process at its n-th step, before or after it: a round trip to the server, or a call on files."""
    steps = 0

    def die_at(sound: Callable[..., object]) -> Callable[..., object]:
        def counted(*values: object, **more: object) -> object:
            nonlocal steps
            steps += 1
            if steps == step and not sent_first:
                os.kill(os.getpid(), signal.SIGKILL)
            mine = steps
            try:
                return sound(*values, **more)
            finally:
                if mine == step:
                    os.kill(os.getpid(), signal.SIGKILL)

        return counted

    Connection.run = die_at(Connection.run)  # type: ignore[method-assign, assignment]
    for name in CALLS:
        setattr(os, name, die_at(getattr(os, name)))


def die_amid(moving: Callable[[], object], step: int, sent_first: bool) -> None:
    """Move, and be killed at that step."""
    killed_at(step, sent_first)
    moving()


@pytest.mark.parametrize("sent_first", [False, True])
def test_killed_at_any_step_there_is_one_store_and_the_same_command_goes_on(
    postgres: PostgresServer, file: Path, run: Run, tmp_path: Path, sent_first: bool
) -> None:
    before, whole = content(file), file.read_bytes()
    for step in range(1, 60):
        place = SharedStore(postgres, postgres.make_database())
        path = tmp_path / f"{step}.json"
        path.write_bytes(whole)
        path.chmod(0o600)

        database = place.database("postgres")
        move_in = partial(move, database.beside(str(path)), database)
        died = in_a_child(partial(die_amid, move_in, step, sent_first))
        changeable = [is_changeable(run, {"FOLLOWUP_STORE": name}) for name in (str(path), place.url("postgres"))]
        assert changeable.count(True) <= 1, step
        if died == 0:
            assert step > 12
            return
        assert died == -signal.SIGKILL
        if not any(changeable) and path.read_bytes().startswith(b'{"followup":"moved"'):
            assert run("status", env={"FOLLOWUP_STORE": str(path)}).code == 4
        move(place.database("postgres").beside(str(path)), place.database("postgres"))
        assert is_changeable(run, place.env("postgres"))
        out = tmp_path / f"{step}-out.json"
        move(place.database("postgres"), place.database("postgres").beside(str(out)))
        assert content(out)[:2] == before[:2]
    raise AssertionError("it never came to an end")


def is_changeable(run: Run, env: dict[str, str]) -> bool:
    return run("config", "silent-after", "30", "--shared", env=env).code == 0


@pytest.mark.parametrize("into_the_place_of_its_note", [False, True])
@pytest.mark.parametrize("sent_first", [False, True])
def test_killed_on_the_way_out_it_is_closed_until_the_same_command_goes_on(
    postgres: PostgresServer,
    file: Path,
    run: Run,
    tmp_path: Path,
    sent_first: bool,
    into_the_place_of_its_note: bool,
) -> None:
    before, whole = content(file), file.read_bytes()
    for step in range(1, 60):
        place = SharedStore(postgres, postgres.make_database())
        path = tmp_path / f"{step}.json"
        out = path if into_the_place_of_its_note else tmp_path / f"{step}-out.json"
        path.write_bytes(whole)
        path.chmod(0o600)
        move(place.database("postgres").beside(str(path)), place.database("postgres"))

        database = place.database("postgres")
        died = in_a_child(partial(die_amid, partial(move, database, database.beside(str(out))), step, sent_first))
        both = [is_changeable(run, {"FOLLOWUP_STORE": name}) for name in (str(out), place.url("postgres"))]
        assert both.count(True) <= 1, step
        if died == 0:
            assert step > 8
            return
        move(place.database("postgres"), place.database("postgres").beside(str(out)))
        assert is_changeable(run, {"FOLLOWUP_STORE": str(out)})
        assert content(out)[:2] == before[:2]
        with pytest.raises(StoreMoved):
            place.database("postgres").snapshot()
    raise AssertionError("it never came to an end")


def test_a_store_that_moved_on_is_opened_by_no_older_note(
    place: SharedStore, file: Path, run: Run, tmp_path: Path
) -> None:
    in_file, on_server = {"FOLLOWUP_STORE": str(file)}, place.env("postgres")
    for again in range(2):
        moved = run("move", place.url("postgres"), "--group", MEMBERS, env=in_file)
        assert (moved.code, moved.out) == (0, f"the store is at {place.url('postgres')} now, at revision 18\n"), again
    assert run("move", str(tmp_path / "further.json"), env=on_server).code == 0
    assert is_changeable(run, {"FOLLOWUP_STORE": str(tmp_path / "further.json")})
    refused = run("move", place.url("postgres"), env=in_file)
    assert (refused.code, "the store has moved to" in refused.err) == (4, True)
    assert not is_changeable(run, on_server)


def test_a_store_that_is_coming_is_closed(place: SharedStore, file: Path, run: Run) -> None:
    assert run("init", place.url("postgres")).code == 0
    place.sql("UPDATE followup.meta SET moved = 'coming'")
    with pytest.raises(StoreUnusable, match="is closed: a file is being moved there"):
        place.database("postgres").snapshot()
    assert run("move", place.url("postgres"), env={"FOLLOWUP_STORE": str(file)}).code == 0
    assert run("status", env=place.env("postgres")).code == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to somebody else")
def test_no_store_moves_out_into_the_folder_of_another_untold(
    place: SharedStore, file: Path, run: Run, tmp_path: Path
) -> None:
    run("move", place.url("postgres"), "--group", MEMBERS, env={"FOLLOWUP_STORE": str(file)})
    folder = tmp_path / "work"
    folder.mkdir()
    os.chown(folder, 12345, 12345)
    target = folder / "c.json"
    moved = run("move", str(target), env=place.env("postgres"))
    assert moved.code == 0
    assert f"{folder} belongs to uid 12345, who may not change the store" in moved.err
