"""Where a part of the torture works: the program on trial, how much is tried, and places to try it in."""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.stores import made
from store.strict import read_strictly
from tests.builders import Result, make_store
from torture.program import Program, environment
from torture.proof import Proof


class Place:
    """A folder with a home and a store, for one trial: `store` is the file, `env` what a process gets."""

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
            self.store.write_bytes(_of_size(commitments))
            self.store.chmod(0o600)

    def run(self, *argv: str, input: bytes = b"", **more: Any) -> Result:  # noqa: A002
        """The program on trial, to its end; `env` in `more` is added to the surroundings."""
        return self.program.run(*argv, env={**self.env, **more.pop("env", {})}, input=input, **more)

    def start(self, *argv: str, **more: Any) -> "subprocess.Popen[bytes]":
        """The program on trial, running; `env` in `more` is added to the surroundings."""
        return self.program.start(*argv, env={**self.env, **more.pop("env", {})}, **more)

    def judged(self, *argv: str) -> Result:
        """What the sound program says of the store: a broken one may not see what it broke."""
        return self.judge.run(*argv, env=self.env)

    def seen(self, *argv: str) -> Any:
        """The JSON that the sound program prints. Raises: AssertionError with its refusal."""
        result = self.judged(*argv, "--json")
        assert result.code == 0, result.err
        return json.loads(result.out)

    def is_whole(self) -> bool:
        """Whether the file is a store, checked strictly, read without the program's quick way."""
        try:
            read_strictly(self.store.read_bytes())
        except Exception:
            return False
        return True

    def leftovers(self) -> list[str]:
        """Temporary files in the folder of the store and among its copies."""
        return [str(path) for path in self.folder.rglob("*") if path.name.endswith(".tmp")]

    def check_answer(self, proof: Proof, result: Result, when: str) -> None:
        """What holds for every answer: no traceback, one sentence for a failure."""
        proof.check("Traceback" not in result.err, f"{when}: a traceback: {result.err[-300:]!r}")
        if result.code:
            is_sentence = result.err.startswith("followup: ") and result.err.count("\n") == 1
            proof.check(is_sentence, f"{when}: exit {result.code} without one sentence: {result.err[:300]!r}")


_SIZES: dict[int, bytes] = {}


def _of_size(commitments: int) -> bytes:
    if commitments not in _SIZES:
        _SIZES[commitments] = made(commitments, 5)
    return _SIZES[commitments]


class Lab:
    """What a part works with. `chance` is its own random numbers, so that a run can be repeated by its seed."""

    def __init__(self, program: Program, *, is_short: bool, seed: int, is_talking: bool = False) -> None:
        self.program = program
        self.judge = Program()
        self.is_short = is_short
        self.chance = random.Random(seed)
        self._is_talking = is_talking

    def amount(self, full: int, short: int) -> int:
        """How much to try: `full` in `make torture`, `short` in `make test`."""
        return short if self.is_short else full

    @contextmanager
    def place(self, parent: str | Path | None = None) -> Iterator[Place]:
        """A place for one trial, gone afterwards; in a folder of its own, or in `parent`."""
        with tempfile.TemporaryDirectory(prefix="followup-torture-", dir=parent, ignore_cleanup_errors=True) as folder:
            yield Place(self.program, self.judge, Path(folder))

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
