"""Fixtures for all tests: an isolated home and environment, a fixed day, stores, and the installed command."""

import gc
import itertools
import os
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from hypothesis import HealthCheck, settings

from store.database import Database
from tests.support import run_command, store_builders
from tests.support.fixed_day_and_user import isolated

settings.register_profile(
    "followup", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.register_profile("quick", settings.get_profile("followup"), max_examples=10)  # `make quick`
settings.load_profile("followup")


def pytest_configure() -> None:
    """Let the programs under test be interrupted: what a shell starts with `&` ignores SIGINT, and so would they."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """Keep what all tests have loaded from being searched for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


_NUMBERS = itertools.count()


class _OpenFiles:
    """How many files of this process may be open before those are closed that only garbage has."""

    step = 200
    most = step


def _close_what_nobody_has() -> None:
    """Collect garbage when many files are open: an app or a snapshot that is gone is a cycle, with open files.

    The collector's own turn comes too late for them, and `select` takes no file beyond the 1,024th.
    """
    if len(os.listdir("/proc/self/fd")) > _OpenFiles.most:
        gc.collect()
        _OpenFiles.most = len(os.listdir("/proc/self/fd")) + _OpenFiles.step


class Run(Protocol):
    """Runs the installed command; `env` is added to the isolated environment."""

    def __call__(
        self,
        *argv: str,
        input: str | bytes | None = None,  # noqa: A002
        env: dict[str, str] | None = None,
        **more: Any,
    ) -> run_command.Result: ...


@pytest.fixture
def tmp_path(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """A folder of this test alone, as pytest's, without a link to the newest: to replace that waits for the disk."""
    name = re.sub(r"\W", "_", request.node.name)[:27]
    folder = tmp_path_factory.getbasetemp() / f"{name}{next(_NUMBERS)}"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture(autouse=True)
def _isolation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in list(os.environ):
        ours = ("FOLLOWUP_", "XDG_", "PG")
        if name.startswith(ours) or name in (
            "NO_COLOR",
            "COLUMNS",
            "LINES",
            "LANGUAGE",
            "LC_ALL",
        ):
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()
    _close_what_nobody_has()


@pytest.fixture
def path(tmp_path: Path) -> str:
    """Where a store may be made: the folder is there and private, the file is not."""
    folder = tmp_path / "shared"
    folder.mkdir(mode=0o700)
    return str(folder / "commitments.json")


@pytest.fixture
def empty(path: str) -> Database:
    """A new store with nothing in it, opened by asel on the fixed day."""
    return store_builders.make_empty(path)


@pytest.fixture
def database(path: str) -> Database:
    """The store of `store_builders.make_store`: the Lyon visit and four commitments."""
    return store_builders.make_store(path)


@pytest.fixture
def environment(tmp_path: Path, path: str) -> dict[str, str]:
    """The environment of a real process: the fixed day, the own home, the store at `path`."""
    return isolated(str(tmp_path / "home"), FOLLOWUP_STORE=path)


@pytest.fixture
def run(environment: dict[str, str]) -> Run:
    """`run(*argv, input=None, env=None) -> Result(code, out, err)`: the installed command, a real process."""

    def run_it(
        *argv: str,
        input: str | bytes | None = None,  # noqa: A002
        env: dict[str, str] | None = None,
        **more: Any,
    ) -> run_command.Result:
        return run_command.followup(*argv, env={**environment, **(env or {})}, input=input, **more)

    return run_it
