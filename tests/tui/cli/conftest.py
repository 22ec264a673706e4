"""Fixtures for the command line: a demo store that no test changes, and the command run on it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

import pytest

from tests.support import run_command
from tests.support.fixed_day_and_user import isolated


class RunOnDemo(Protocol):
    """Runs the installed command on the demo store, which nobody changes."""

    def __call__(self, *argv: str, env: Mapping[str, str] | None = None, **more: Any) -> run_command.Result: ...


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo store, made by the installed command; looking at it leaves it as it is."""
    folder = tmp_path_factory.mktemp("demo")
    store = str(folder / "commitments.json")
    made = run_command.followup("demo", store, env=isolated(str(folder)))
    assert made.code == 0, made
    before = Path(store).read_bytes()
    yield store
    assert Path(store).read_bytes() == before


@pytest.fixture
def on_demo(demo: str, tmp_path: Path) -> RunOnDemo:
    """`on_demo(*argv, env=None)`: the installed command on the demo store, a real process."""
    usual = isolated(str(tmp_path / "home"), FOLLOWUP_STORE=demo)

    def run_it(*argv: str, env: Mapping[str, str] | None = None, **more: Any) -> run_command.Result:
        return run_command.followup(*argv, env={**usual, **(env or {})}, **more)

    return run_it
