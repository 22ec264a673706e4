"""Readers that poll the store while others write: each read must be whole, and none goes back."""

import json
import threading
import time
from typing import Any, NamedTuple

from store.file.strict_reader import read_strictly
from torture.many_writers.store_writers import PAIR
from torture.testbed import Sandbox


class StoreReading(NamedTuple):
    """A read of the store's revision: its begin, its end, and the revision seen."""

    called: float
    returned: float
    revision: int


PAUSE = 0.05
"""Seconds between two reads, so that the writers have most of the machine."""


class Reader(threading.Thread):
    """Reads the store repeatedly until it is stopped, and keeps the findings."""

    COMMANDS = (("status",), ("list", "--all"), ("show", "3"), ("history",), ("doctor",))

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__(daemon=True)
        self._sandbox = sandbox
        self._is_over = threading.Event()
        self._newest: dict[str, int] = {}
        self.reads = 0
        self.readings: list[StoreReading] = []
        self.wrong: list[str] = []

    def run(self) -> None:
        while not self._is_over.is_set():
            try:
                self.read_once()
            except Exception as error:
                self.wrong.append(f"a look: {type(error).__name__}: {error}"[:300])
            self.reads += 1
            self._is_over.wait(PAUSE)

    def stop(self) -> None:
        """Stop after the current read."""
        self._is_over.set()
        self.join()

    def read_once(self) -> None:
        """Read once, in the next way."""
        words = self.COMMANDS[self.reads % len(self.COMMANDS)]
        called = time.time()
        result = self._sandbox.run(*words, *(["--json"] if words != ("doctor",) else []))
        returned = time.time()
        if result.code or result.err:
            self.wrong.append(f"{' '.join(words)}: exit {result.code}: {result.out[:200]}{result.err[:200]}")
        if words == ("doctor",) or result.code:
            return
        seen = json.loads(result.out)
        self._see(words[0], self._how_far(words[0], seen))
        if words[0] in ("status", "history"):
            revision = seen["store_revision"] if words[0] == "status" else seen[-1]["change"]
            self.readings.append(StoreReading(called, returned, revision))

    def _how_far(self, command: str, seen: Any) -> int:
        """A number that grows with every change that this kind of read shows."""
        if command == "status":
            return int(seen["store_revision"])
        if command == "list":
            states = {each["state"] for each in seen if each["id"] in PAIR}
            if len(states) != 1:
                self.wrong.append(f"two that are marked as one are {states}")
            return sum(each["revision"] for each in seen)
        return int(seen[-1]["change"] if command == "history" else seen["revision"])

    def _see(self, kind: str, far: int) -> None:
        if far < self._newest.get(kind, 0):
            self.wrong.append(f"{kind} went back from {self._newest[kind]} to {far}")
        self._newest[kind] = far


class FileReader(Reader):
    """Opens the file itself and reads it strictly."""

    def read_once(self) -> None:
        """Read it whole."""
        called = time.time()
        raw = self._sandbox.store.read_bytes()
        returned = time.time()
        meta = read_strictly(raw).meta
        self._see("the file", meta["revision"])
        self.readings.append(StoreReading(called, returned, meta["revision"]))
