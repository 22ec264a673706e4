"""The testbed of a part: the program under test, how much is tried, and sandboxes to try it in."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from store.file.strict_reader import read_strictly
from tests.support.program_with_injections import Program, environment
from tests.support.pty_screen import PtyScreen
from tests.support.run_command import Result, followup
from tests.support.store_builders import make_store
from tests.support.synthetic_stores import made
from torture.injected.watch_often import watch_often
from torture.proof import Proof


class Sandbox:
    """A folder with a home and a store, for one trial: `store` is the file, `env` what a process gets."""

    is_remote = False
    """Whether the store is on a server."""
    longest_start = 0.1
    """Seconds in which a command that only changes one record has begun."""

    def __init__(self, program: Program, judge: Program, folder: Path) -> None:
        self.program = program
        self.judge = judge
        self.folder = folder / "shared"
        self.store = self.folder / "commitments.json"
        self.home = folder / "home"
        self.env = environment(self.home, self.store)
        self.folder.mkdir(mode=0o700)
        self.home.mkdir(mode=0o700)

    def make(self, commitments: int = 4) -> None:
        """Make the store: that of the tests (`builders.make_store`) for 4, else one of that size with a history."""
        for path in self.folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if commitments == 4:
            make_store(str(self.store))
        else:
            self.put(_of_size(commitments))

    def put(self, store: bytes) -> None:
        """Make this the store, private."""
        self.store.write_bytes(store)
        self.store.chmod(0o600)

    def run(self, *argv: str, input: bytes = b"", **more: Any) -> Result:  # noqa: A002
        """The program under test, to its end; `env` in `more` is added to the surroundings."""
        return self.program.run(*argv, env={**self.env, **more.pop("env", {})}, input=input, **more)

    def start(self, *argv: str, **more: Any) -> subprocess.Popen[bytes]:
        """The program under test, running; `env` in `more` is added to the surroundings."""
        return self.program.start(*argv, env={**self.env, **more.pop("env", {})}, **more)

    def terminal(
        self, *argv: str, size: tuple[int, int] = (80, 24), env: Mapping[str, str] = MappingProxyType({})
    ) -> PtyScreen:
        """The program under test in a terminal; the app, without words. `env` is added to the surroundings."""
        return self.program.in_terminal(*argv, env={**self.env, **env}, size=size)

    @contextmanager
    def app(
        self, size: tuple[int, int] = (80, 24), env: Mapping[str, str] = MappingProxyType({})
    ) -> Iterator[PtyScreen]:
        """The app under test, ready for keys; `env` is added to the surroundings."""
        with self.terminal(size=size, env=env) as screen:
            screen.wait_for("q quit")
            yield screen

    def judged(self, *argv: str) -> Result:
        """What the sound program says of the store: a broken one may not see what it broke."""
        return followup(*argv, env=self.env)

    def seen(self, *argv: str) -> Any:
        """The JSON that the sound program prints. Raises: AssertionError with its refusal."""
        result = self.judged(*argv, "--json")
        assert result.code == 0, result.err
        return json.loads(result.out)

    def is_whole(self) -> bool:
        """Whether the file is a store."""
        return self.store.exists() and fault_of(self.store.read_bytes()) is None

    def leftovers(self) -> list[str]:
        """Temporary files in the folder of the store and among its copies."""
        return [str(path) for path in self.folder.rglob("*") if path.name.endswith(".tmp")]

    def contents(self) -> dict[str, tuple[int, bytes]]:
        """Mode and bytes of the store's folder and all that is in it, but the lock."""
        return {
            str(path): (path.lstat().st_mode, path.read_bytes() if path.is_file() else b"")
            for path in [self.folder, *self.folder.rglob("*")]
            if not path.name.endswith(".lock")
        }

    def check_sound(self, proof: Proof, when: str) -> None:
        """Nothing is left behind, and doctor finds nothing."""
        proof.check(not self.leftovers(), f"{when}, left behind: {self.leftovers()}")
        found = self.judged("doctor")
        proof.check(found.code == 0, f"{when}, doctor: {found.out[:300]}{found.err[:300]}")

    def check_answer(self, proof: Proof, result: Result, when: str) -> None:
        """What holds for every answer: no traceback, one sentence for a failure."""
        proof.check("Traceback" not in result.err, f"{when}: a traceback: {result.err[-300:]!r}")
        if result.code:
            is_sentence = result.err.startswith("followup: ") and result.err.count("\n") == 1
            proof.check(is_sentence, f"{when}: exit {result.code} without one sentence: {result.err[:300]!r}")


def message_of(screen: PtyScreen) -> str:
    """The one line that the app says over its list; empty where the places stand in it, or the end of a menu."""
    line, keys = (each.strip() for each in screen.lines()[-2:])
    return "" if line.startswith("0 now") or not keys.endswith("q quit") else line


def message_after(screen: PtyScreen, keys: str, then: Callable[[], object] = lambda: None) -> str:
    """Press keys over the list, do something, and wait for a message other than that before. Returns it."""
    before, said = message_of(screen), ""

    def is_answered() -> bool:
        nonlocal said
        said = message_of(screen)
        return said not in (before, "")

    screen.send(keys)
    then()
    screen.wait_for(is_answered)
    return said


def fault_of(store: bytes) -> Exception | None:
    """Why the sound program takes this for no store, read strictly, not its quick way; None when it is one."""
    try:
        read_strictly(store)
    except Exception as error:
        return error
    return None


@cache
def _of_size(commitments: int) -> bytes:
    return made(commitments, 5)


class Testbed:
    """What a part works with. `chance` is its own random numbers, so that a run can be repeated by its seed."""

    __test__ = False
    """Pytest takes a class of such a name for tests."""

    def __init__(
        self,
        program: Program,
        *,
        is_short: bool,
        seed: int,
        is_talking: bool = False,
        server: str | None = None,
    ) -> None:
        """`server` is the URL of one that is to be used; else the proofs start their own."""
        self.program = program
        self.server = server
        self.judge = Program()
        self.is_short = is_short
        self.chance = random.Random(seed)
        self._is_talking = is_talking

    def amount(self, full: int, short: int) -> int:
        """How much to try: `full` in `make torture`, `short` in `make test`."""
        return short if self.is_short else full

    def is_caught(self, proof: Proof) -> bool:
        """Whether the short form may stop: one finding is enough, and a broken build would go on for long."""
        return self.is_short and bool(proof.wrong)

    @property
    def watching(self) -> Program:
        """The program, whose app shows in the short form sooner what others do."""
        return self.program.after(watch_often) if self.is_short else self.program

    def check_time(self, proof: Proof, is_so: bool, otherwise: str) -> None:
        """Check a measured time in the long form only: the short one runs beside other tests, on any machine."""
        if not self.is_short:
            proof.check(is_so, otherwise)

    @contextmanager
    def sandbox(self, parent: str | Path | None = None, program: Program | None = None) -> Iterator[Sandbox]:
        """A sandbox for one proof, gone afterwards; in a folder of its own, or in `parent`."""
        with tempfile.TemporaryDirectory(prefix="followup-torture-", dir=parent, ignore_cleanup_errors=True) as folder:
            yield Sandbox(program or self.program, self.judge, Path(folder))

    def progress(self, words: str, done: int, total: int) -> None:
        """Say on a terminal how far it is; the next line that is printed takes its place."""
        if self._is_talking:
            print(f"\r\x1b[K  {words} {done:,} of {total:,}", end="", file=sys.stderr, flush=True)

    def rest(self) -> None:
        """Wipe what `progress` said."""
        if self._is_talking:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0))
