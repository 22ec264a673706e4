"""Power cuts: an ext4 image is shut down without its log, unmounted and mounted again (R5)."""

import fcntl
import os
import re
import select
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from store.file.strict_reader import read_strictly
from tests.support.program_with_injections import is_root
from torture.proof import Proof
from torture.testbed import Sandbox, Testbed, fault_of, message_after

_SHUT_DOWN, _NO_LOG_FLUSH = 0x8004587D, struct.pack("I", 2)
"""EXT4_IOC_SHUTDOWN: from now on nothing more reaches the disk, as when the power goes."""

_UNCONFIRMED = "the disk did not confirm it"


class Disk:
    """A disk in a file. `noauto_da_alloc`: ext4 is not to make up for a missing fsync before a rename."""

    def __init__(self, folder: Path) -> None:
        self._image = folder / "image"
        self.point = folder / "mounted"
        self.point.mkdir()
        self._is_mounted = False

    def make(self) -> str | None:
        """Make and mount it. Returns why that cannot be done here."""
        with self._image.open("wb") as file:
            file.truncate(32 << 20)
        for command in (["mkfs.ext4", "-q", "-F", str(self._image)], self._mounting()):
            try:
                made = subprocess.run(command, capture_output=True)
            except FileNotFoundError:
                return f"there is no {command[0]} here"
            if made.returncode:
                return f"{command[0]} does not work here: {made.stderr.decode().strip()}"
        self._is_mounted = True
        return None

    def _mounting(self) -> list[str]:
        return ["mount", "-o", "loop,noauto_da_alloc", str(self._image), str(self.point)]

    def cut(self) -> None:
        """The power goes."""
        descriptor = os.open(self.point, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.ioctl(descriptor, _SHUT_DOWN, _NO_LOG_FLUSH)
        finally:
            os.close(descriptor)

    def comes_back(self) -> None:
        """The power is there again, and the machine started."""
        self.leave()
        subprocess.run(self._mounting(), check=True, capture_output=True)
        self._is_mounted = True

    def leave(self) -> None:
        """Unmount it, when the last process has let go of it."""
        end = time.monotonic() + 10
        while self._is_mounted:
            # A process that was killed may hold it for a moment; one that never lets go is left behind.
            lazily = ["-l"] if time.monotonic() > end else []
            self._is_mounted = subprocess.run(["umount", *lazily, str(self.point)], capture_output=True).returncode != 0
            if self._is_mounted:
                select.select([], [], [], 0.005)


@contextmanager
def _disk() -> Iterator[tuple[Disk, str | None]]:
    with TemporaryDirectory(prefix="followup-power-") as folder:
        disk = Disk(Path(folder))
        if not is_root():
            yield disk, "mounting a disk and shutting it down needs root"
            return
        reason = disk.make()
        try:
            yield disk, reason
        finally:
            disk.leave()


def power_cuts(testbed: Testbed) -> Iterator[Proof]:
    """A running batch, one-shot commands, the app, a new store, a backup."""
    proofs = {
        _batches: (Proof("R5", "the power goes while a batch runs"), testbed.amount(80, 5)),
        _commands: (Proof("R5", "the power goes while one command follows the other"), testbed.amount(30, 2)),
        _keys: (Proof("R5", "the power goes while keys change a record in the app"), testbed.amount(12, 1)),
        _files: (Proof("R5", "the power goes while a store or a backup is made"), testbed.amount(40, 2)),
    }
    with _disk() as (disk, reason):
        for cuts, (proof, times) in proofs.items():
            if reason:
                proof.leave_out(reason)
            else:
                for name in ("cuts", "damaged", "acknowledged and lost"):
                    proof.count(name, 0)
                cuts(testbed, proof, disk, times)
            yield proof


class _NoteScript:
    """The batch lines that change a store, and the states they leave: notes, and a quote of any length."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.begun = sandbox.seen("status")["store_revision"]
        before = sandbox.seen("show", "3")
        self._notes = [note["text"] for note in before["notes"]]
        self._quote = before["quote"]

    @staticmethod
    def line(number: int) -> list[str]:
        """The words of batch line `number` (from 1), which makes revision `begun` + `number`."""
        if number % 3:
            return ["note", "3", f"line {number}"]
        return ["edit", "3", "--quote", f"{number} " + "as the ministry said " * (number * 7 % 60)]

    def check(self, proof: Proof, sandbox: Sandbox, least: int, most: int, when: str) -> int | None:
        """Check that the store holds `least` to `most` lines. Returns how many; None when it is damaged."""
        try:
            revision: int = read_strictly(sandbox.store.read_bytes()).meta["revision"]
        except Exception as error:
            proof.count("damaged")
            proof.check(False, f"{when}: the store cannot be read: {error}")
            return None
        count = revision - self.begun
        if count < least:
            proof.count("acknowledged and lost", least - count)
        is_right = proof.check(least <= count <= most, f"{when}: {least} acknowledged, {count} there")
        shown = sandbox.seen("show", "3")
        notes = [note["text"] for note in shown["notes"]]
        expected = [*self._notes, *(f"line {number}" for number in range(1, count + 1) if number % 3)]
        quotes = (self.line(number)[3].strip() for number in range(count, 0, -1) if number % 3 == 0)
        quote = next(quotes, self._quote)
        is_right &= proof.check(notes == expected, f"{when}: the notes end with {notes[-3:]}")
        is_right &= proof.check(shown["quote"] == quote, f"{when}: quote {str(shown['quote'])[:40]!r}")
        return count if is_right else None


def _go_on(proof: Proof, sandbox: Sandbox, words: list[str], when: str) -> None:
    """The next change works, sweeps what is left, and doctor finds nothing."""
    result = sandbox.judged(*words)
    proof.check(result.code == 0, f"{when}, the next change: {result}")
    sandbox.check_sound(proof, when)


def _wait(testbed: Testbed, most: float) -> None:
    select.select([], [], [], testbed.chance.random() * most)


def _batches(testbed: Testbed, proof: Proof, disk: Disk, times: int) -> None:
    with testbed.sandbox(disk.point) as sandbox:
        script, count = _made(sandbox, disk, 4), 0
        for done in range(times):
            testbed.progress("cuts", done, times)
            if done == times // 2:
                script, count = _made(sandbox, disk, 500), 0
            lines = [subprocess.list2cmdline(script.line(number)) for number in range(count + 1, count + 60)]
            writer = sandbox.start("batch")
            assert writer.stdin
            assert writer.stdout
            writer.stdin.write("\n".join([*lines, ""]).encode())
            heard = b"".join(writer.stdout.readline() for _ in range(testbed.chance.randrange(6)))
            _wait(testbed, 0.006)
            disk.cut()
            writer.kill()
            out, err = writer.communicate()
            disk.comes_back()
            proof.count("cuts")
            answers = [line.split() for line in (heard + out).splitlines()]
            acknowledged = sum(line[0] == b"ok" for line in answers) - err.decode().count(_UNCONFIRMED)
            refused = next((int(line[1]) - 1 for line in answers if line[0] == b"error"), None)
            proof.count("acknowledged changes", acknowledged)
            when = f"cut {done + 1}"
            most = acknowledged + 1 if refused is None else max(refused, acknowledged)
            found = script.check(proof, sandbox, count + acknowledged, count + most, when)
            if found is None:
                return
            count = found + 1
            _go_on(proof, sandbox, script.line(count), when)
            disk.comes_back()


def _made(sandbox: Sandbox, disk: Disk, size: int) -> _NoteScript:
    sandbox.make(size)
    script = _NoteScript(sandbox)
    disk.comes_back()
    return script


_LOOP = """n=$1; shift
while :; do n=$((n + 1)); "$@" note 3 "line $n" >/dev/null && echo $n; done
"""


def _commands(testbed: Testbed, proof: Proof, disk: Disk, times: int) -> None:
    with testbed.sandbox(disk.point) as sandbox:
        sandbox.make()
        disk.comes_back()
        count = 0
        for done in range(times):
            testbed.progress("cuts", done, times)
            argv = ["sh", "-c", _LOOP, "sh", str(count), *sandbox.program.argv]
            env = {**sandbox.env, **sandbox.program.variables}
            with subprocess.Popen(
                argv, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd="/", start_new_session=True
            ) as shell:
                assert shell.stdout
                heard = b"".join(shell.stdout.readline() for _ in range(testbed.chance.randrange(1, 3)))
                _wait(testbed, 0.05)
                disk.cut()
                os.killpg(shell.pid, 9)
                out, err = shell.communicate()
            disk.comes_back()
            proof.count("cuts")
            # What the disk did not confirm may be there or not, also when its answer was cut off.
            answers = len((heard + out).split())
            acknowledged = answers - err.decode().count(_UNCONFIRMED)
            proof.count("acknowledged changes", acknowledged)
            when = f"cut {done + 1}"
            if not proof.check(sandbox.is_whole(), f"{when}: the store cannot be read"):
                proof.count("damaged")
                return
            notes = [note["text"] for note in sandbox.seen("show", "3")["notes"]]
            there = len(notes) - count
            proof.count("acknowledged and lost", max(acknowledged - there, 0))
            proof.check(acknowledged <= there <= answers + 1, f"{when}: {acknowledged} acknowledged, {there} there")
            proof.check(notes == [f"line {number + 1}" for number in range(len(notes))], f"{when}: {notes[-3:]}")
            count = len(notes) + 1
            _go_on(proof, sandbox, ["note", "3", f"line {count}"], when)
            disk.comes_back()


def _keys(testbed: Testbed, proof: Proof, disk: Disk, times: int) -> None:
    with testbed.sandbox(disk.point) as sandbox:
        sandbox.make()
        disk.comes_back()
        for done in range(times):
            testbed.progress("cuts", done, times)
            begun = sandbox.seen("status")["store_revision"]
            state = sandbox.seen("show", "4")["state"]
            acknowledged = 0
            with sandbox.app((240, 24)) as screen:
                last = testbed.chance.randrange(1, 4)
                for number in range(last + 1):
                    key, word = ("a", "agreed") if state == "in-progress" else ("i", "in progress")
                    state = "agreed" if key == "a" else "in-progress"
                    then = partial(_cut_soon, testbed, disk) if number == last else lambda: None
                    acknowledged += message_after(screen, f"s{key}", then).startswith(f"#4 {word};")
            disk.comes_back()
            proof.count("cuts")
            proof.count("acknowledged changes", acknowledged)
            when = f"cut {done + 1}"
            if not proof.check(sandbox.is_whole(), f"{when}: the store cannot be read"):
                proof.count("damaged")
                return
            found = sandbox.seen("status")["store_revision"] - begun
            proof.count("acknowledged and lost", max(acknowledged - found, 0))
            proof.check(found - acknowledged in (0, 1), f"{when}: {acknowledged} acknowledged, {found} there")
            _go_on(proof, sandbox, ["note", "2", "and on"], when)
            disk.comes_back()


def _cut_soon(testbed: Testbed, disk: Disk) -> None:
    _wait(testbed, 0.05)
    disk.cut()


def _files(testbed: Testbed, proof: Proof, disk: Disk, times: int) -> None:
    with testbed.sandbox(disk.point) as sandbox:
        sandbox.make()
        disk.comes_back()
        for done in range(times):
            testbed.progress("cuts", done, times)
            made = sandbox.folder / f"{done}" / "commitments.json"
            if done % 2:
                made.parent.mkdir()
                disk.comes_back()
            maker = sandbox.start(*(["backup"] if done % 2 else ["init"]), str(made))
            assert maker.stdout
            heard = maker.stdout.readline() if testbed.chance.random() < 0.5 else b""
            _wait(testbed, 0 if heard else 0.06)
            disk.cut()
            maker.kill()
            out, err = maker.communicate()
            disk.comes_back()
            proof.count("cuts")
            is_acknowledged = bool(re.search(rb"\S", heard + out)) and _UNCONFIRMED not in err.decode()
            proof.count("acknowledged files", is_acknowledged)
            when = f"cut {done + 1}, {'backup' if done % 2 else 'init'}"
            if is_acknowledged and not proof.check(made.exists(), f"{when}: acknowledged, and not there"):
                proof.count("acknowledged and lost")
            if made.exists() and not proof.check(fault_of(made.read_bytes()) is None, f"{when}: not whole"):
                proof.count("damaged")
