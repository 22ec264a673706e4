"""What the tests of the command line share: a demo store to look at, and the refusal that every bad input gets."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

import pytest

from tests.support import store_builders


class Look(Protocol):
    """Runs the installed command on the demo store, which nobody changes."""

    def __call__(self, *argv: str, env: Mapping[str, str] | None = None, **more: Any) -> store_builders.Result: ...


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo store, made by the installed command; looking at it leaves it as it is."""
    folder = tmp_path_factory.mktemp("demo")
    store = str(folder / "commitments.json")
    made = store_builders.followup("demo", store, env=store_builders.isolated(str(folder)))
    assert made.code == 0, made
    before = Path(store).read_bytes()
    yield store
    assert Path(store).read_bytes() == before


@pytest.fixture
def look(demo: str, tmp_path: Path) -> Look:
    """`look(*argv, env=None)`: the installed command on the demo store, a real process."""
    usual = store_builders.isolated(str(tmp_path / "home"), FOLLOWUP_STORE=demo)

    def run_it(*argv: str, env: Mapping[str, str] | None = None, **more: Any) -> store_builders.Result:
        return store_builders.followup(*argv, env={**usual, **(env or {})}, **more)

    return run_it
