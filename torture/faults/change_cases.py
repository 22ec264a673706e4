"""The changes whose calls fail, and the states that they may leave the files in."""

import json
import os
import re
import shutil
import zlib
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from store.file.strict_reader import read_strictly
from store.users_and_groups import account_name
from torture.testbed import Sandbox, Testbed, fault_of

FilesState = dict[str, str]
"""File -> what it says, without the instants."""

_INSTANT = re.compile(r"\d{4}-?\d\d-?\d\dT\d\d:?\d\d:?\d\dZ")
_OWN_NAMES = (account_name(os.getuid()), f"uid {os.getuid()}")
"""Who cannot read the names of the accounts signs with a number."""


class ChangeCase(NamedTuple):
    """A change under test. `argv` makes it, with `typed` as stdin; `steps` are the changes that it is made of.

    `ready` prepares the sandbox. `on_the_way` are changes of which a kill or a failure may leave the first ones done.
    """

    name: str
    argv: list[str]
    ready: Callable[[Sandbox], None]
    steps: list[list[str]]
    typed: bytes = b""
    on_the_way: list[list[str]] = []  # noqa: RUF012 - never changed


def _made(sandbox: Sandbox) -> None:
    sandbox.make()


def _as_by_an_editor(sandbox: Sandbox) -> None:
    """Laid out over many more bytes: the next change makes the file shorter."""
    sandbox.make()
    sandbox.store.write_text(json.dumps(json.loads(sandbox.store.read_bytes()), indent=8))


def _noted(sandbox: Sandbox) -> None:
    sandbox.make()
    for text in ("my secret word", "another"):
        assert sandbox.judged("note", "2", text).code == 0


def _damaged(sandbox: Sandbox) -> None:
    _noted(sandbox)
    raw = sandbox.store.read_bytes()
    sandbox.store.write_bytes(raw[: len(raw) // 2])


def _in_the_own_place(sandbox: Sandbox) -> None:
    sandbox.folder = sandbox.home / ".local" / "share" / "followup"
    sandbox.store = sandbox.folder / "commitments.json"
    sandbox.env = {**sandbox.env, "FOLLOWUP_STORE": ""}


def _in_a_folder_to_be_made(sandbox: Sandbox) -> None:
    sandbox.folder = sandbox.folder / "team"
    sandbox.store = sandbox.folder / "commitments.json"
    sandbox.env = {**sandbox.env, "FOLLOWUP_STORE": str(sandbox.store)}


def _one(name: str, argv: list[str], ready: Callable[[Sandbox], None] = _made) -> ChangeCase:
    return ChangeCase(name, argv, ready, [argv])


_VISIT = ["visit", "add", "Study", "--place", "Vienna", "--from", "2023-02-01"]

MARK = _one("mark", ["mark", "2", "done"])
CASES = [
    MARK,
    _one("note, the file shrinks", ["note", "2", "called"], _as_by_an_editor),
    _one("mark --json", ["mark", "2", "3", "in-progress", "--json"]),
    ChangeCase("visit add makes the store", _VISIT, _in_the_own_place, [_VISIT], on_the_way=[["init"]]),
    _one("init", ["init"], _in_a_folder_to_be_made),
    _one("restore", ["restore", "6"], _noted),
    _one("restore of a damaged store", ["restore"], _damaged),
    _one("redact", ["redact", "2", "--passage", "secret", "--yes"], _noted),
    _one("backup", ["backup"]),
    _one("undo", ["undo"], _noted),
    ChangeCase("batch", ["batch"], _made, [["note", "2", "one"], ["note", "3", "two"]], b"note 2 one\nnote 3 two\n"),
    _one("config", ["config", "me", "asel"]),
    _one("config --shared", ["config", "silent-after", "45", "--shared"]),
]


class Ready:
    """A case made ready once, with the states that it may leave; `sandbox` is a copy of it for each try."""

    def __init__(self, testbed: Testbed, case: ChangeCase, folder: Path) -> None:
        self.case = case
        self._template = folder
        folder.mkdir()
        sandbox = Sandbox(testbed.judge, testbed.judge, folder)
        case.ready(sandbox)
        self.old = state(sandbox)
        self.done: dict[tuple[int, ...], FilesState] = {}
        for many in range(len(case.steps) + 1):
            for which in combinations(range(len(case.steps)), many):
                self.done[which] = self._after(testbed, [case.steps[number] for number in which])
        self.on_the_way = [self._after(testbed, case.on_the_way[: many + 1]) for many in range(len(case.on_the_way))]

    @property
    def new(self) -> FilesState:
        """The state when all of it is done."""
        return self.done[tuple(range(len(self.case.steps)))]

    def _after(self, testbed: Testbed, steps: list[list[str]]) -> FilesState:
        with testbed.sandbox() as sandbox:
            self.put_into(sandbox)
            for argv in steps:
                result = sandbox.judged(*argv)
                assert result.code == 0, (argv, result)
            return state(sandbox)

    def put_into(self, sandbox: Sandbox) -> None:
        """Make a fresh place this case's."""
        parent = sandbox.home.parent
        shutil.copytree(self._template, parent, dirs_exist_ok=True, symlinks=True)
        if self.case.ready in (_in_the_own_place, _in_a_folder_to_be_made):
            self.case.ready(sandbox)


def state(sandbox: Sandbox) -> FilesState:
    """What stands in the files that people see: store, backups, replaced stores, settings."""
    roots = {sandbox.folder, sandbox.home / ".config"}
    files = sorted(path for root in roots for path in root.rglob("*") if path.is_file())
    seen = [path for path in files if not path.name.startswith(".") and not _is_ours(path, sandbox)]
    return {_INSTANT.sub("@", str(path.relative_to(sandbox.home.parent))): _content_of(path) for path in seen}


def _is_ours(path: Path, sandbox: Sandbox) -> bool:
    return path.name.endswith(".tmp") or any(part.endswith(".copies") for part in path.parts)


def _content_of(path: Path) -> str:
    raw = path.read_bytes()
    if path.suffix != ".json":
        return raw.decode()
    tables = tables_of(raw)
    return tables if tables is not None else f"damaged, {len(raw)} bytes, {zlib.crc32(raw)}"


def tables_of(raw: bytes) -> str | None:
    """All that a store says, without instants and who; None when it is damaged. Read strictly, never the quick way."""
    if fault_of(raw) is not None:
        return None
    image = read_strictly(raw)
    tables = {name: image.table(name) for name in ("visits", "parties", "commitments", "events")}
    text = json.dumps([image.meta, tables], sort_keys=True)
    for name in _OWN_NAMES:
        text = text.replace(name, "@")
    return _INSTANT.sub("@", text)
