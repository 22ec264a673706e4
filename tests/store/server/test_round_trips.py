"""How often a command waits for the server and the way to it: what a far office feels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store.maintenance.demo import make_demo
from tests.conftest import Run
from tests.support.postgres_server import OWNER, PostgresServer, running_server
from tests.support.store_builders import open_store
from tests.support.tcp_with_delay import DistantLine

PASSWORD = "of the tests"
TO_CONNECT = 4
"""TCP's own, the start, and the two of SCRAM."""

RoundTrips = Callable[..., int]


@pytest.fixture(scope="module")
def listening() -> Iterator[PostgresServer]:
    with running_server() as server:
        server.sql(f"ALTER ROLE {OWNER} PASSWORD '{PASSWORD}'")
        server.listen("host all all 127.0.0.1/32 scram-sha-256")
        yield server


@pytest.fixture
def round_trips(listening: PostgresServer, run: Run, tmp_path: Path) -> Iterator[RoundTrips]:
    """Those of a command on a demo that is its own, without those that its one connection took."""
    name = listening.make_database()
    file = tmp_path / "demo.json"
    make_demo(open_store(str(file)))
    for words in (("init", listening.url(name)), ("restore", str(file))):
        done = run(*words, env={"FOLLOWUP_STORE": listening.url(name)}, cwd=str(tmp_path))
        assert done.code == 0, done
    with DistantLine(listening.port) as line:
        env = {"FOLLOWUP_STORE": f"postgresql://{OWNER}@127.0.0.1:{line.port}/{name}", "PGPASSWORD": PASSWORD}

        def counted(*words: str, typed: str = "") -> int:
            before = line.round_trips
            done = run(*words, env=env, input=typed)
            assert done.code == 0, done
            return line.round_trips - before - TO_CONNECT

        yield counted


@pytest.mark.parametrize(
    "words",
    [
        *(
            "status --short",
            "list",
            "list --all",
            "show 2",
            "show 20",
            "history",
            "history 2",
            "visits",
            "today",
            "now",
        ),
        *("find letter", "list letter", "digest", "sheet", "sheet --internal", "undo --list", "visits lyon-2022"),
        *("report --internal --quarter 2023Q1", "export -o - --format csv", "export -o - --format json"),
    ],
)
def test_a_look_takes_two(round_trips: RoundTrips, words: str) -> None:
    assert round_trips(*words.split()) <= 2


def test_what_comes_after_a_finished_one_takes_no_more(round_trips: RoundTrips) -> None:
    round_trips("mark", "15", "closed", "--because", "dropped", "--note", "they will not")
    for words in ("list", "status", "show 20"):
        assert round_trips(*words.split()) == 2, words


def test_a_change_takes_two_whatever_it_is(round_trips: RoundTrips) -> None:
    for words in ("note 2 rang-them", "chase 2", "undo", "redo", "edit 2 --after 3", "undo"):
        assert round_trips(*words.split()) == 2, words


def test_each_line_of_a_batch_takes_two(round_trips: RoundTrips) -> None:
    lines = "note 2 one\nnote 3 two\nedit 4 --after 3\nundo\n"
    assert round_trips("batch", typed=lines) == 1 + 2 * lines.count("\n")
    assert round_trips("batch", "--atomic", typed="note 2 one\nnote 3 two\nnote 4 three\n") == 1 + 2


def test_the_answer_in_json_comes_over_the_connection_of_the_change(round_trips: RoundTrips) -> None:
    assert round_trips("note", "2", "rang them", "--json") == 2 + 2
