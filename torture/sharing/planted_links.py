"""Links planted at every name that a writer is about to use, and the victim's file behind them."""

import ctypes
import os
import select
import signal
import stat
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from torture.proof import Proof
from torture.sharing.accounts import Account, Server
from torture.testbed import Testbed

SECRET = "precious-4711"


class LinkTarget:
    """A file and a folder of the person, elsewhere: nothing is to be read of them, nothing changed."""

    def __init__(self, person: Account, name: str) -> None:
        self.folder = person.home / f"victim-{name}"
        self.file = self.folder / "letters.json"
        self.folder.mkdir()
        self.file.write_text(f'{{"{SECRET}": 1}}\n' * 20)
        for path in (self.folder, self.file):
            os.chown(path, person.uid, person.gid)
        self.folder.chmod(0o755)
        self.file.chmod(0o644)
        self._before = self._state()

    def _state(self) -> tuple[str, int, list[str], int]:
        modes = [stat.S_IMODE(os.stat(path).st_mode) for path in (self.file, self.folder)]
        beside = [name for name in os.listdir(self.folder) if not name.endswith(".lock")]
        return self.file.read_text(), modes[0], beside, modes[1]

    def check(self, proof: Proof, when: str, *outputs: str) -> None:
        """Check that it is as it was, and that no output holds its words."""
        now = self._state()
        what = [name for name, old, new in zip(_PARTS, self._before, now, strict=True) if old != new]
        proof.check(not what, f"{when}: the victim's {', '.join(what)} changed: {now[1:]}")
        proof.check(not any(SECRET in each for each in outputs), f"{when}: the victim's words are printed: {outputs}")


_PARTS = ("words", "mode", "folder", "folder's mode")

Plant = Callable[[Path, LinkTarget], None]


def _symlink(path: Path, victim: LinkTarget) -> None:
    path.symlink_to(victim.file)


def _hard_link(path: Path, victim: LinkTarget) -> None:
    os.link(victim.file, path)


def _dangling(path: Path, victim: LinkTarget) -> None:
    path.symlink_to(victim.folder / "new.json")


def _link_to_folder(path: Path, victim: LinkTarget) -> None:
    path.symlink_to(victim.folder)


class PlantedLink(NamedTuple):
    """What is planted at which name beside a store, and what is then done; `{day}` is that of the next copy."""

    plant: Plant
    name: str
    lines: tuple[str, ...]
    is_refused: bool | None = None
    """Whether each of the lines is refused; None where some are."""


CHANGES = ("note 2 a-secret", "redact 2 --passage a-secret --yes", "mark 2 in-progress", "doctor --repair")
STORE, LOCK, COPIES = "commitments.json", ".commitments.json.lock", ".commitments.json.copies"
ON_A_STORE = ("list", "note 2 x", "init {store}", "restore 6", "backup", "doctor --repair", "demo {store}")
OLD, NEXT, LAST = (
    f"{COPIES}/{name}.json" for name in ("0000000001.2020-01-01", "0000000006.{day}", "0000000007.{day}")
)

CASES = (
    PlantedLink(_hard_link, LOCK, CHANGES),
    PlantedLink(_symlink, OLD, CHANGES),
    PlantedLink(_symlink, STORE, ON_A_STORE, is_refused=True),
    PlantedLink(_dangling, NEXT, CHANGES),
    PlantedLink(_link_to_folder, COPIES, CHANGES),
    PlantedLink(_symlink, "backup.json", ("backup {folder}/backup.json",), is_refused=True),
    # From here on: in the full form alone.
    PlantedLink(_hard_link, STORE, ON_A_STORE, is_refused=True),
    PlantedLink(_symlink, LOCK, CHANGES, is_refused=None),
    PlantedLink(_dangling, LOCK, CHANGES, is_refused=None),
    *(PlantedLink(plant, name, CHANGES) for name in (OLD, NEXT, LAST) for plant in (_symlink, _hard_link, _dangling)),
    *(PlantedLink(plant, "backup.json", ("backup {folder}/backup.json",), True) for plant in (_hard_link, _dangling)),
    *(
        PlantedLink(plant, "commitments.backup-000006.json", ("backup",), True)
        for plant in (_symlink, _hard_link, _dangling)
    ),
)


def plants(testbed: Testbed, server: Server) -> Proof:
    """S4: one name after the other, then names that are used for a moment only."""
    proof = Proof("S4", "links planted at the names of store, lock, copies, backups, drafts, temporary files")
    _at_temporary_names(testbed, server, proof)
    for case in CASES[: testbed.amount(len(CASES), 6)]:
        if proof.wrong and testbed.is_short:
            return proof
        _run_with_plant(server, proof, case, case.lines[: testbed.amount(9, 2)])
    if not testbed.is_short:
        _among_drafts(server, proof)
    return proof


def _run_with_plant(server: Server, proof: Proof, case: PlantedLink, lines: tuple[str, ...]) -> None:
    """Plant something, run commands, check the victim after each."""
    person = server.first
    victim = LinkTarget(person, f"{proof.counted('plants')}")
    store = server.store(person, 0o700, 0o600)
    path = store.parent / case.name.format(day=time.strftime("%Y-%m-%d", time.gmtime(store.stat().st_mtime)))
    if case.name == STORE:
        store.unlink()
    if not path.parent.exists():
        path.parent.mkdir(mode=0o700)
        os.chown(path.parent, person.uid, person.gid)
    case.plant(path, victim)
    proof.count("plants")
    for line in lines:
        when = f"{line} with {case.plant.__name__[1:]} at {case.name}"
        result = person.run(store, *line.format(store=store, folder=store.parent).split())
        proof.count("commands")
        proof.check("Traceback" not in result.err and "fault" not in result.err, f"{when}: {result}")
        if case.is_refused is not None:
            proof.check((result.code != 0) == case.is_refused, f"{when}: {result}")
        victim.check(proof, when, result.out, result.err)


def _among_drafts(server: Server, proof: Proof) -> None:
    """What the app finds there that is no draft is not read, and a draft is kept beside it."""
    person = server.first
    store = server.store(person)
    drafts = person.home / ".local" / "state" / "followup" / "drafts"
    drafts.mkdir(parents=True)
    for path in (drafts, *list(drafts.parents)[:3]):
        os.chown(path, person.uid, person.gid)
    victim = LinkTarget(person, "of-drafts")
    for number, plant in enumerate((_symlink, _hard_link)):
        plant(drafts / f"{number:016x}.json", victim)
        proof.count("plants")
    with person.app(store) as screen:
        screen.wait_for("q quit")
        screen.send("n")
        screen.wait_for("ctrl+s")
        screen.send("unfinished")
        screen.wait_for("unfinished")
        screen.signal(signal.SIGTERM)
        screen.wait_exit()
        victim.check(proof, "the app with links among the drafts", screen.text())
    kept = [path for path in drafts.iterdir() if not path.is_symlink() and "unfinished" in path.read_text()]
    proof.check([stat.S_IMODE(path.stat().st_mode) for path in kept] == [0o600], f"the draft kept: {kept}")


# Names that stand for a moment only


def _at_temporary_names(testbed: Testbed, server: Server, proof: Proof) -> None:
    """Who has seen how temporary files are named plants the names of a batch that runs, again and again."""
    person = server.first
    store = server.store(person)
    folders = (store.parent, store.parent / ".commitments.json.copies")
    lines = ("note 2 a-secret", "note 2 another", "redact 2 --passage a-secret --yes")
    assert person.run(store, "note", "2", "x").code == 0
    seen: list[tuple[Path, str]] = []
    for line in lines:
        with _watched(*folders) as made:
            process = person.program.start(*line.split(), env=person.env(store), cwd=str(person.home))
            process.communicate()
        seen += [(where, name.replace(str(process.pid), "{pid}")) for where, name in made]
    proof.check(seen, "no name was seen")
    victim = LinkTarget(person, "of-temporaries")
    batch = person.program.start("batch", env=person.env(store), cwd=str(person.home))
    names = {where / name.format(pid=batch.pid) for where, name in seen if name != store.name and ".lock" not in name}
    stop = threading.Event()
    planter = threading.Thread(target=_plant_again_and_again, args=(names, victim, stop))
    planter.start()
    typed = "".join(f"{line}\n" for _ in range(testbed.amount(60, 6)) for line in lines)
    out, err = batch.communicate(typed.encode())
    stop.set()
    planter.join()
    proof.count("plants", len(names))
    proof.count("changes amid planting", out.count(b"ok "))
    proof.check(b"Traceback" not in err, f"a traceback: {err[-300:]!r}")
    victim.check(proof, "a batch amid planted temporary names", out.decode(), err.decode())
    proof.check(store.is_file() and not store.is_symlink(), "the store is a planted link now")
    proof.check(SECRET not in store.read_text(), "the victim's words are in the store")


def _plant_again_and_again(names: set[Path], victim: LinkTarget, stop: threading.Event) -> None:
    while not stop.is_set():
        for path in names:
            try:
                os.symlink(victim.file, path)
            except OSError:
                continue


@contextmanager
def _watched(*folders: Path) -> Iterator[list[tuple[Path, str]]]:
    """Collects (folder, name) of what is made or moved there until the block ends."""
    libc = ctypes.CDLL(None, use_errno=True)
    watch = libc.inotify_init()
    create, moved_to = 0x100, 0x80
    marks = {libc.inotify_add_watch(watch, os.fsencode(folder), create | moved_to): folder for folder in folders}
    found: list[tuple[Path, str]] = []
    try:
        yield found
        while select.select([watch], [], [], 0)[0]:
            raw = os.read(watch, 65536)
            at = 0
            while at < len(raw):
                mark, _, _, length = struct.unpack_from("iIII", raw, at)
                name = raw[at + 16 : at + 16 + length].rstrip(b"\0")
                found.append((marks[mark], os.fsdecode(name)))
                at += 16 + length
    finally:
        os.close(watch)
