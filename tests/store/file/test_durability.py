"""When a change is on the disk: the order of the calls, what survives the rename, and what is never committed."""

import gc
import os
import struct
import sys
from pathlib import Path
from typing import Any

import pytest

from store.database import Database
from store.errors import StoreDamaged
from store.file.file_store import file_of
from tests.support.fixed_day_and_user import TODAY
from tests.support.store_builders import MIA, VISIT, folder_of, make_store, raw, record
from tui.__main__ import FullScreenApp
from tui.cli.main import run as run_here

ADD = ["add", "Send figures", "--visit", VISIT, "--by", "UNODC", "--to", "INTERPOL"]
CHANGES = [
    ["note", "2", "called"],
    ["mark", "2", "3", "done"],
    [*ADD, "--due", "2023-04-30", "--every", "month", "--until", "2023-06-30"],
    ["visit", "edit", VISIT, "--donor", "INL"],
    ["party", "edit", MIA, "--name", "Ministry"],
    ["config", "silent-after", "45", "--shared"],
    ["note", "2", "called", "--json"],
]

Call = tuple[str, ...]


class Recorder:
    """Writes down the calls that make a change durable, with the paths behind their descriptors."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, store: str) -> None:
        self._folder, self._name = os.path.split(store)
        self._paths: dict[int, str] = {}
        self.calls: list[Call] = []
        self._real = {name: getattr(os, name) for name in ("open", "close", "fsync", "write", "rename", "link")}
        for name in self._real:
            monkeypatch.setattr(os, name, getattr(self, f"_{name}"))

    def _open(self, path: Any, *arguments: Any, dir_fd: int | None = None, **named: Any) -> int:
        descriptor: int = self._real["open"](path, *arguments, dir_fd=dir_fd, **named)
        self._paths[descriptor] = self._path(path, dir_fd)
        return descriptor

    def _path(self, path: Any, folder: int | None) -> str:
        """The path that a name in an open folder stands for."""
        return os.path.normpath(os.path.join(self._paths.get(folder, "") if folder else "", path))

    def _close(self, descriptor: int) -> None:
        self._paths.pop(descriptor, None)
        self._real["close"](descriptor)

    def _fsync(self, descriptor: int) -> None:
        self._real["fsync"](descriptor)
        self.calls.append(("fsync", self._role(self._paths.get(descriptor, "?"))))

    def _write(self, descriptor: int, data: Any) -> int:
        if descriptor == sys.stdout.fileno():
            self.calls.append(("answer",))
        elif self._role(self._paths.get(descriptor, "")) == "temporary":
            self.calls.append(("write", "temporary"))
        count: int = self._real["write"](descriptor, data)
        return count

    def _rename(self, source: Any, target: Any, **named: Any) -> None:
        self._real["rename"](source, target, **named)
        self.calls.append(("rename", *self._roles(source, target, **named)))

    def _link(self, source: Any, target: Any, **named: Any) -> None:
        self._real["link"](source, target, **named)
        self.calls.append(("link", *self._roles(source, target, **named)))

    def _roles(
        self, source: Any, target: Any, *, src_dir_fd: int | None = None, dst_dir_fd: int | None = None, **_: Any
    ) -> tuple[str, str]:
        return self._role(self._path(source, src_dir_fd)), self._role(self._path(target, dst_dir_fd))

    def _role(self, path: str) -> str:
        return role_of(path, self._folder, self._name)


def role_of(path: str, folder: str, name: str) -> str:
    """What a path is to the store `name` in `folder`."""
    if path == folder:
        return "folder"
    if path == os.path.join(folder, name):
        return "store"
    if path.startswith(os.path.join(folder, f".{name}.copies/")):
        return "copy"
    if path.startswith(os.path.join(folder, f".{name}.")) and path.endswith(".tmp"):
        return "temporary"
    return path


def once(calls: list[Call]) -> list[Call]:
    """The calls with writes that follow each other told once; every other call counts."""
    pieces = (("write", "temporary"), ("answer",))
    return [call for place, call in enumerate(calls) if place == 0 or call not in pieces or calls[place - 1] != call]


IN_ORDER = [
    ("write", "temporary"),
    ("fsync", "temporary"),
    ("link", "store", "copy"),
    ("rename", "temporary", "store"),
    ("fsync", "folder"),
    ("answer",),
]


def calls_of(argv: list[str], store: str, tmp_path: Path, named: str | None = None) -> list[Call]:
    """The calls of one command that is run in this process, its stdout a file; it must succeed.

    `named` is the path that it is given, when that is another name of the store.
    """
    out = tmp_path / "out"
    environment = {"HOME": str(tmp_path / "home"), "FOLLOWUP_STORE": named or store, "FOLLOWUP_TODAY": TODAY}
    with pytest.MonkeyPatch.context() as patch, out.open("w") as stdout:
        patch.setattr(sys, "stdout", stdout)
        recorder = Recorder(patch, store)
        try:
            code = run_here(argv, environment, FullScreenApp())
        finally:
            gc.enable()  # A command of its own process needs no collector, this one does.
    assert code == 0
    assert out.read_text()
    return once(recorder.calls)


@pytest.mark.parametrize("argv", CHANGES, ids=" ".join)
def test_a_change_is_synced_renamed_and_synced_again_before_it_is_answered(
    database: Database, tmp_path: Path, argv: list[str]
) -> None:
    assert calls_of(argv, database.path, tmp_path) == IN_ORDER


def test_each_line_of_a_batch_is_durable_before_it_is_acknowledged(database: Database, tmp_path: Path) -> None:
    lines = tmp_path / "lines"
    lines.write_text("note 2 one\nnote 3 two\nmark 2 done\n")
    assert calls_of(["batch", str(lines)], database.path, tmp_path) == IN_ORDER * 3


def test_an_atomic_batch_is_durable_once_and_then_acknowledged(database: Database, tmp_path: Path) -> None:
    lines = tmp_path / "lines"
    lines.write_text("note 2 one\nnote 3 two\nmark 2 done\n")
    assert calls_of(["batch", "--atomic", str(lines)], database.path, tmp_path) == IN_ORDER


def test_a_new_store_is_durable_before_its_path_is_printed(path: str, tmp_path: Path) -> None:
    assert calls_of(["init"], path, tmp_path) == [
        ("write", "temporary"),
        ("fsync", "temporary"),
        ("link", "temporary", "store"),
        ("fsync", "folder"),
        ("answer",),
    ]


def test_a_look_and_a_change_of_nothing_sync_nothing(database: Database, tmp_path: Path) -> None:
    for argv in (["list"], ["status", "--json"], ["mark", "2", "agreed"], ["edit", "2", "--kind", "nominate-experts"]):
        assert calls_of(argv, database.path, tmp_path) == [("answer",)], argv


# What survives the rename.

ACL = "system.posix_acl_access"
NO_ID = 0xFFFFFFFF


def _acl(*entries: tuple[int, int, int]) -> bytes:
    """An ACL as the kernel keeps it: version 2, then tag, permissions and id of each entry."""
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


READABLE_BY_NOBODY = _acl((1, 6, NO_ID), (2, 4, 65534), (4, 0, NO_ID), (16, 4, NO_ID), (32, 0, NO_ID))
"""The owner reads and writes, the user 65534 reads, and nobody else does either."""


def give_acl(path: str) -> None:
    """Put the ACL on a file. Skips the test where the file system has none."""
    try:
        os.setxattr(path, ACL, READABLE_BY_NOBODY)
    except OSError as error:
        pytest.skip(f"the file system has no ACLs here: {error.strerror}")


def test_the_acl_of_a_store_survives_a_change(database: Database, environment: dict[str, str], tmp_path: Path) -> None:
    path = database.path
    give_acl(path)
    before = os.stat(path)
    calls_of(["note", "2", "called"], path, tmp_path)
    calls_of(["mark", "2", "done"], path, tmp_path)
    assert os.stat(path).st_ino != before.st_ino
    assert os.getxattr(path, ACL) == READABLE_BY_NOBODY
    assert os.stat(path).st_mode == before.st_mode


def test_a_store_without_an_acl_gets_none(database: Database, tmp_path: Path) -> None:
    calls_of(["note", "2", "called"], database.path, tmp_path)
    assert ACL not in os.listxattr(database.path)


# What is not valid is never committed.

INVALID: dict[str, tuple[str, int, dict[str, object]]] = {
    "an unknown state": ("commitments", 2, {"state": "forgotten"}),
    "an impossible day": ("commitments", 2, {"due": "2023-02-30"}),
    "a wrong type": ("commitments", 2, {"by": "UNODC"}),
    "nobody": ("commitments", 2, {"to": [""]}),
    "a number as title": ("commitments", 2, {"title": 7}),
    "a fraction": ("commitments", 2, {"after": 1.5}),
    "half a voice": ("commitments", 2, {"reported": {"on": "2023-02-01"}}),
    "a field gone": ("commitments", 2, {"owner": None}),
    "a visit that starts never": ("visits", 1, {"start": "never"}),
    "a nameless party": ("parties", 1, {"name": None}),
    "a new record that is not whole": ("commitments", 5, {"created": f"{TODAY}T09:00:00Z", "title": "x"}),
}


@pytest.mark.parametrize("kind", INVALID)
def test_a_record_that_is_not_valid_is_never_committed(database: Database, kind: str) -> None:
    table, number, fields = INVALID[kind]
    before, names = raw(database), folder_of(database)
    copies = sorted(os.listdir(file_of(database).copies.folder))
    with pytest.raises(StoreDamaged, match=f"in {table}, record {number}"), database.transaction() as tx:
        tx.write(table, number, fields, action="edit")
    assert raw(database) == before
    assert folder_of(database) == names
    assert sorted(os.listdir(file_of(database).copies.folder)) == copies


def test_one_invalid_record_among_valid_ones_stops_the_whole_change(database: Database) -> None:
    def stage() -> None:
        with database.transaction() as tx:
            for number, fields in ((2, {"title": "Valid"}), (3, {"state": "forgotten"}), (4, {"title": "Valid"})):
                tx.write("commitments", number, fields, action="edit")

    before = raw(database)
    with pytest.raises(StoreDamaged, match="in commitments, record 3"):
        stage()
    assert raw(database) == before


def test_an_event_that_is_not_valid_is_never_committed(database: Database) -> None:
    before = raw(database)
    with pytest.raises(StoreDamaged, match="in events, record"), database.transaction() as tx:
        tx.write("commitments", 2, {"title": "Valid"}, action="edit", note=7)
    assert raw(database) == before


def test_the_store_is_free_again_after_an_invalid_record(database: Database) -> None:
    with pytest.raises(StoreDamaged), database.transaction() as tx:
        tx.write("commitments", 2, {"state": "forgotten"}, action="edit")
    with database.beside(database.path).transaction() as tx:
        tx.write("commitments", 2, {"title": "Valid"}, action="edit")
    assert record(database, 2)["title"] == "Valid"


def test_a_store_behind_a_link_is_replaced_and_synced_where_its_file_is(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir(mode=0o700)
    database = make_store(str(tmp_path / "real" / "c.json"))
    link = tmp_path / "link.json"
    link.symlink_to(database.path)
    assert calls_of(["note", "2", "called"], database.path, tmp_path, str(link)) == IN_ORDER
    assert link.is_symlink()
