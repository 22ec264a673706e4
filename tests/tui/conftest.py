"""Fixtures with the demo store, which is made once and copied for each test, and of tests that run on both stores."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from store.database import Database
from store.maintenance.demo import make_demo
from store.snapshot import Snapshot
from tests.conftest import Run
from tests.support import run_command, store_builders
from tests.support.fixed_day_and_user import ME
from tests.support.on_file_and_on_server import ON_FILE, ON_SERVER, RecordedAnswers, WorkerDatabase, fill
from tests.support.postgres_server import common_folder, server_of_session
from tests.support.store_builders import open_store

_HERE = Path(__file__).parent

_ON_BOTH = ("cli", "app/sync", "app/forms", "app/screens/test_conflict_screen.py")
"""Whose tests with a store run on a file and on a server, but those marked `file_only`."""

_SAMPLE = ("cli/test_undo_command.py", "app/screens/test_conflict_screen.py")
"""Whose tests on a server are part of `make test`; `make test-server` runs all."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test with a store on both."""
    file = metafunc.definition.path
    is_on_both = any(file.is_relative_to(_HERE / place) for place in _ON_BOTH)
    if (
        "store_place" in metafunc.fixturenames
        and is_on_both
        and not metafunc.definition.get_closest_marker("file_only")
    ):
        marks = [pytest.mark.on_both, pytest.mark.on_server]
        if any(file.is_relative_to(_HERE / place) for place in _SAMPLE):
            marks.append(pytest.mark.server_sample)
        both = [pytest.param(ON_FILE, marks=pytest.mark.on_both), pytest.param(ON_SERVER, marks=marks)]
        metafunc.parametrize("store_place", both, indirect=True)


@pytest.fixture(scope="session")
def servers_place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkerDatabase]:
    """The database of this worker, on the server of all."""
    with server_of_session(common_folder(tmp_path_factory)) as server:
        yield WorkerDatabase(server, ME)


@pytest.fixture
def store_place(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> WorkerDatabase | None:
    """Where the store of this test is kept: None for a file."""
    if getattr(request, "param", ON_FILE) == ON_FILE:
        return None
    found: WorkerDatabase = request.getfixturevalue("servers_place")
    monkeypatch.setenv("PGHOST", str(found.server.folder))
    monkeypatch.chdir(tmp_path)  # Where a store that is replaced on a server is kept.
    found.clear()
    return found


@pytest.fixture
def path(path: str, store_place: WorkerDatabase | None) -> str:
    """Where a store may be made: a path, or the name of an empty database."""
    return store_place.name if store_place else path


@pytest.fixture
def empty(path: str, store_place: WorkerDatabase | None) -> Database:
    """A new store with nothing in it, opened by asel on the fixed day."""
    return _laid("empty", store_builders.make_empty, path, store_place)


@pytest.fixture
def database(path: str, store_place: WorkerDatabase | None) -> Database:
    """The store of `store_builders.make_store`: the Lyon visit and four commitments."""
    return _laid("store", store_builders.make_store, path, store_place)


def _laid(kind: str, make: Callable[[str], Database], path: str, store_place: WorkerDatabase | None) -> Database:
    if store_place is None:
        return make(path)
    store_place.lay(kind, lambda: make(path))
    return open_store(path)


@pytest.fixture
def run(
    run: Run,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    path: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Run]:
    """The installed command; what it answers is the same on both stores."""
    if not hasattr(request.node, "callspec") or "store_place" not in request.node.callspec.params:
        yield run
        return
    name = request.node.nodeid.replace(ON_SERVER, ON_FILE)
    places = ((path, "STORE"), (path.partition("//")[2], "STORE"), (str(tmp_path), "TMP"), (tmp_path.name, "TMP"))
    answers = RecordedAnswers(common_folder(tmp_path_factory), name, *places)

    def run_it(*argv: str, **named: Any) -> run_command.Result:
        result = run(*argv, **named)
        answers.add(argv, result)
        return result

    yield run_it
    if not request.node.get_closest_marker("answers_differ"):
        answers.compare()


@pytest.fixture(scope="session")
def demo_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of the demo store on the fixed day."""
    folder = tmp_path_factory.mktemp("demo")
    folder.chmod(0o700)
    file = folder / "commitments.json"
    make_demo(open_store(str(file)))
    return file.read_bytes()


@pytest.fixture
def fresh_demo(path: str, demo_bytes: bytes, store_place: WorkerDatabase | None) -> Callable[[], Database]:
    """Gives the demo store as it was at first."""

    def make() -> Database:
        if store_place is not None:
            store_place.clear()
            store_place.lay("demo", lambda: fill(path, demo_bytes))
            return open_store(path)
        file = Path(path)
        file.write_bytes(demo_bytes)
        file.chmod(0o600)
        return open_store(path)

    return make


@pytest.fixture
def demo_store(fresh_demo: Callable[[], Database]) -> Database:
    """The demo store, for one test to change."""
    return fresh_demo()


@pytest.fixture(scope="session")
def demo_snapshot(demo_bytes: bytes, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """A snapshot of the demo store."""
    folder = tmp_path_factory.mktemp("snapshot")
    folder.chmod(0o700)
    file = folder / "commitments.json"
    file.write_bytes(demo_bytes)
    snapshot = open_store(str(file)).snapshot()
    assert snapshot.rows
    return snapshot
