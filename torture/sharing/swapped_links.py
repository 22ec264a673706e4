"""Links that are put in the place of a file while somebody works on it, thousands of times."""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.support.program_with_injections import Injection, Program
from torture.injected.pauses import pause_at_seams, refuse_hard_links
from torture.injected.swap_for_links import SWAPPED, swap_until_stopped
from torture.proof import Proof
from torture.sharing.accounts import Account, Server, below
from torture.testbed import Testbed

SECRET = "precious-4712"
COPIES, LOCK = ".commitments.json.copies", ".commitments.json.lock"
OLD_COPY = f"{COPIES}/0000000001.2020-01-01.json"

_AT_ONCE = 3
"""Command lines that one process runs: so many copies are kept of what a fault copied, and are looked at after them."""


class Attack(NamedTuple):
    """What is swapped, of a store: name -> the name of the victim's file or folder, and the mode before (0: as it is).

    `lines` are run by an administrator or by a colleague, after `injections`. `is_deeper`: the store lies in a folder
    `inner` of the shared one, which can be swapped as well.
    """

    about: str
    swapped: dict[str, tuple[str, int]]
    lines: tuple[str, ...]
    is_by_root: bool
    injections: tuple[Injection, ...] = ()
    is_deeper: bool = False


REPAIR = ("doctor --repair",)
CHANGES = ("note 2 x", "redact 2 --passage x --yes", "mark 2 in-progress", "mark 2 agreed", "restore {copy}")

ATTACKS = (
    Attack("the store, in a repair by root", {"commitments.json": ("program", 0o666)}, REPAIR, True),
    Attack(
        "the store, in changes of a colleague where hard links are refused",
        {"commitments.json": ("letters.json", 0)},
        ("note 2 x", "mark 2 in-progress", "mark 2 agreed"),
        False,
        (refuse_hard_links,),
    ),
    Attack("the folder of the store, in changes of root", {"": ("folder", 0)}, CHANGES, True, is_deeper=True),
    Attack(
        "lock, copies and a copy, in a repair by root",
        {LOCK: ("program", 0o600), COPIES: ("folder", 0o700), OLD_COPY: ("program", 0o644)},
        REPAIR,
        True,
    ),
    Attack("the store and its copies, in changes of root", {"commitments.json": ("letters.json", 0)}, CHANGES, True),
    Attack("a pipe for the store, in changes and repairs of root", {"commitments.json": ("", 0)}, CHANGES, True),
)


class Victim:
    """Files that only their owner may read or change: a program with a set-id bit, letters, a folder with a store."""

    def __init__(self, owner: Account, name: str, store: bytes) -> None:
        self.folder = owner.home / f"victim-{name}"
        self.paths = [self.folder / each for each in ("program", "letters.json", "folder", "folder/commitments.json")]
        self.folder.mkdir()
        (self.folder / "folder").mkdir()
        (self.folder / "folder" / "commitments.json").write_bytes(store)
        for path, mode in zip(self.paths, (0o4755, 0o600, 0o700, 0o600), strict=True):
            if path.parent == self.folder and path.name != "folder":
                path.write_text(f'{{"{SECRET}": 1}}\n' * 20)
            os.chown(path, owner.uid, owner.gid)
            path.chmod(mode)
        os.chown(self.folder, owner.uid, owner.gid)
        self.folder.chmod(0o755)
        self._before = self._state()

    def _state(self) -> list[object]:
        statuses = [path.lstat() for path in self.paths]
        words = [path.read_text() for path in self.paths if path.is_file()]
        listed = sorted(str(path) for path in self.folder.rglob("*"))
        return [[(each.st_mode, each.st_uid, each.st_gid, each.st_nlink) for each in statuses], words, listed]

    def check(self, proof: Proof, when: str, shared: Path) -> None:
        """It is as it was, and what is shared has nothing of it."""
        now = self._state()
        proof.check(now == self._before, f"{when}: the victim's files changed: {now[0]}, {now[2]}")
        shown = [path for path in below(shared) if SECRET.encode() in _bytes_of(path)]
        proof.check(not shown, f"{when}: the victim's words are in {shown}")


def _bytes_of(path: str) -> bytes:
    """The bytes of a file; none of what a link leads to, or of what is gone."""
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            return file.read()
    except OSError:
        return b""


def swapped_links(testbed: Testbed, server: Server, attacks: Sequence[Attack] = ATTACKS) -> Proof:
    """L1: each attack, with and without pauses between the calls of the one who works."""
    proof = Proof("L1", "links put in the place of store, lock and copies while somebody works on them")
    if server.alone:
        proof.leave_out(server.alone)
        return proof
    for attack in attacks[: testbed.amount(len(attacks), 3)]:
        for pauses in ((), (pause_at_seams,))[:: testbed.amount(1, -1)][: testbed.amount(2, 1)]:
            _try(testbed, server, proof, attack, pauses)
            if testbed.is_caught(proof):
                return proof
    return proof


def _try(testbed: Testbed, server: Server, proof: Proof, attack: Attack, pauses: Sequence[Injection]) -> None:
    attacker, colleague, _ = server.accounts
    worker = server.me if attack.is_by_root else colleague
    store = server.store(attacker)
    sound = store.read_bytes()
    if attack.is_deeper:
        store = _moved_deeper(store)
    assert attacker.run(store, "note", "2", "mine").code == 0
    shared = store.parent.parent if attack.is_deeper else store.parent
    copy = store.parent / OLD_COPY
    copy.write_bytes(store.read_bytes())
    os.chown(copy, attacker.uid, server.group)
    copy.chmod(0o660)
    victim = Victim(worker, f"{proof.counted('attacks')}", sound)
    proof.count("attacks")
    when = f"{attack.about}{', with pauses' if pauses else ''}"
    lines = [line.format(copy=1).split() for line in attack.lines]
    tries = testbed.amount(10_000, 60) // (len(ATTACKS) * 2 if not testbed.is_short else 1)
    swapped = [
        (str(store.parent / name) if name else str(store.parent), str(victim.folder / target) if target else "", mode)
        for name, (target, mode) in attack.swapped.items()
    ]
    with swapping(attacker, store, swapped, proof):
        running = worker.preloaded(store, (*attack.injections, *pauses))
        try:
            for done in range(0, tries, _AT_ONCE):
                testbed.progress("tries", done, tries)
                asked = [lines[number % len(lines)] for number in range(done, done + _AT_ONCE)]
                answers, ended = running.run(asked, worker.env(store, FOLLOWUP_LOCK_TIMEOUT="0.2"))
                proof.count("tries", len(answers))
                is_done = [answer.result.code == 0 or "mended" in answer.result.out for answer in answers]
                proof.count("done all the same", sum(is_done))
                proof.check(ended == [0], f"{when}: it hung or died, {ended}")
                for answer in answers:
                    proof.check("Traceback" not in answer.result.err, f"{when}: {answer.result.err[-300:]}")
                    proof.check(SECRET not in answer.result.out + answer.result.err, f"{when}: it tells the words")
                victim.check(proof, when, shared)
                if proof.wrong:
                    return
        finally:
            running.end()
    victim.check(proof, when, shared)


def _moved_deeper(store: Path) -> Path:
    """The store in a shared folder within the shared folder."""
    inner = store.parent / "inner"
    status = store.parent.stat()
    inner.mkdir()
    os.chown(inner, status.st_uid, status.st_gid)
    inner.chmod(0o2770)
    return store.rename(inner / store.name)


@contextmanager
def swapping(attacker: Account, store: Path, swapped: Sequence[tuple[str, str, int]], proof: Proof) -> Iterator[None]:
    """Somebody swaps paths for links to a target, or for a pipe, and sets modes, until the block ends."""
    swapper = attacker.as_account(Program().instead(swap_until_stopped))
    process = swapper.start(env={**attacker.env(store), SWAPPED: json.dumps(swapped)}, cwd="/")
    assert process.stdin
    assert process.stdout
    try:
        proof.check(process.stdout.readline() == b"ready\n", "the swapper did not start")
        yield
    finally:
        out, err = process.communicate()
        proof.count("swaps", int(out or 0))
        proof.check(not err and int(out or 0), f"the swapper swapped nothing: {err[-300:]!r}")
