"""A full disk, a disk without inodes, a limit on file sizes; and room again (R7)."""

import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support.program_with_injections import is_root
from torture.faults.calls_in_the_app import app_in, try_in_the_app
from torture.faults.change_cases import CASES, MARK, ChangeCase, Ready
from torture.faults.judge_failed_change import judge
from torture.proof import Proof
from torture.testbed import Sandbox, Testbed

_PAGE = 4096


def no_room(testbed: Testbed) -> Iterator[Proof]:
    """The full disk, which needs root to be mounted, then the limit, which anybody can set."""
    disk = Proof("R7", "a full disk, then room again")
    files = Proof("R7", "no more files on the disk, then some again")
    if is_root():
        for proof, options, fill in ((disk, "size=2m", _full), (files, "size=2m,nr_inodes=200", _crowded)):
            with TemporaryDirectory(prefix="followup-disk-") as folder, mounted(Path(folder), options) as reason:
                if reason:
                    proof.leave_out(reason)
                else:
                    _on_a_small_disk(testbed, proof, Path(folder), fill)
            yield proof
    else:
        for proof in (disk, files):
            proof.leave_out("mounting a small disk needs root")
            yield proof
    yield old_copies_give_way(testbed)
    yield _limited(testbed, Proof("R7", "files may not grow beyond a limit"))


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[str | None]:
    """A small disk in memory in this folder; yields why there is none."""
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True)
    if made.returncode:
        yield f"a small disk cannot be mounted here: {made.stderr.decode().strip()}"
        return
    try:
        yield None
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def _cases(testbed: Testbed) -> list[ChangeCase]:
    return CASES if not testbed.is_short else [MARK, testbed.chance.choice(CASES[1:])]


def old_copies_give_way(testbed: Testbed) -> Proof:
    """A disk full to the last page, and one without free inodes: the oldest copies are removed, with a notice."""
    proof = Proof("R7", "on a full disk the oldest automatic copies give way to a change")
    if not is_root():
        proof.leave_out("mounting a small disk needs root")
        return proof
    for options, fill in (("size=2m", _full), ("size=2m,nr_inodes=200", _crowded)):
        with TemporaryDirectory(prefix="followup-disk-") as folder, mounted(Path(folder), options) as reason:
            if reason:
                proof.leave_out(reason)
                return proof
            with testbed.sandbox(folder) as sandbox:
                _makes_room(proof, sandbox, partial(fill, Path(folder) / "ballast"), f"a disk with {options}")
    return proof


def _makes_room(proof: Proof, sandbox: Sandbox, fill: Callable[[int], None], when: str) -> None:
    sandbox.make()
    for number in range(5):
        assert sandbox.judged("note", "2", f"note {number}").code == 0
    folder = sandbox.folder / ".commitments.json.copies"
    before = sorted(folder.iterdir())
    fill(0)
    result = sandbox.run("note", "2", "on a full disk")
    proof.count("changes")
    proof.check(result.code == 0 and "gave way to it: the disk is full" in result.err, f"{when}: {result}")
    proof.check("on a full disk" in sandbox.judged("show", "2").out, f"{when}: the change is not there")
    left = sorted(folder.iterdir())
    gone = [path for path in before if path not in left]
    proof.check(gone == before[: len(gone)] and len(left) > 1, f"{when}: copies gone {gone}, left {left}")
    for path in folder.iterdir():
        path.unlink()
    fill(0)
    old = sandbox.store.read_bytes()
    refused = sandbox.run("note", "2", "no room at all")
    proof.count("refusals")
    is_refused = refused.code == 4 and refused.err.startswith("followup: not saved") and "No space" in refused.err
    proof.check(is_refused, f"{when}, without copies: {refused}")
    proof.check(sandbox.store.read_bytes() == old, f"{when}, without copies: the store changed")


Fill = Callable[[Path, int], None]
"""Fills a folder of a small disk, so that so much is left."""


def _full(folder: Path, left: int) -> None:
    """Leave this many free pages."""
    folder.mkdir(exist_ok=True)
    with suppress(OSError), (folder / "ballast").open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * _PAGE)
    os.truncate(folder / "ballast", (folder / "ballast").stat().st_size // _PAGE * _PAGE - left * _PAGE)


def _crowded(folder: Path, left: int) -> None:
    """Leave room for this many more files."""
    folder.mkdir(exist_ok=True)
    number = 0
    with suppress(OSError):
        while True:
            (folder / f"{number}").touch()
            number += 1
    for each in range(min(left, number)):
        (folder / f"{each}").unlink()


def _emptied(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()


def _on_a_small_disk(testbed: Testbed, proof: Proof, disk: Path, fill: Fill) -> None:
    ballast = disk / "ballast"
    _count_from_nought(proof)
    with TemporaryDirectory(prefix="followup-ready-") as folder:
        for case in _cases(testbed):
            ready = Ready(testbed, case, Path(folder, case.name.replace(" ", "-")))
            for left in range(testbed.amount(7, 3)):
                with testbed.sandbox(disk) as sandbox:
                    ready.put_into(sandbox)
                    fill(ballast, left)
                    result = sandbox.run(*case.argv, input=case.typed)
                    proof.count("changes")
                    judge(proof, sandbox, ready, result, f"{left} left", mend=partial(_emptied, ballast))
    with testbed.sandbox(disk) as sandbox:
        sandbox.make()
        with app_in(sandbox, testbed.program) as app:
            for left in range(testbed.amount(5, 1)):
                fails, mends = partial(fill, ballast, left), partial(_emptied, ballast)
                if not try_in_the_app(proof, app, fails, mends, f"in the app, {left} left"):
                    break


def _count_from_nought(proof: Proof) -> None:
    for name in ("changes", "damaged", "untrue answers", "good copies"):
        proof.count(name, 0)


def _limited(testbed: Testbed, proof: Proof) -> Proof:
    _count_from_nought(proof)
    with TemporaryDirectory(prefix="followup-ready-") as folder:
        for case in _cases(testbed):
            ready = Ready(testbed, case, Path(folder, case.name.replace(" ", "-")))
            for limit in _limits(testbed, ready):
                with testbed.sandbox() as sandbox:
                    ready.put_into(sandbox)
                    # Python would leave half of a .pyc behind under such a limit.
                    env = {"PYTHONDONTWRITEBYTECODE": "1"}
                    result = sandbox.run(*case.argv, input=case.typed, env=env, preexec_fn=partial(_limit, 0, limit))
                    proof.count("changes")
                    judge(proof, sandbox, ready, result, f"files of at most {limit} bytes")
    with testbed.sandbox() as sandbox:
        sandbox.make()
        with app_in(sandbox, testbed.program) as app:
            for limit in (0, 3000)[: testbed.amount(2, 1)]:
                fails, mends = partial(_limit, app.screen.pid, limit), partial(_limit, app.screen.pid, -1)
                if not try_in_the_app(proof, app, fails, mends, f"in the app, {limit} bytes"):
                    break
    return proof


def _limits(testbed: Testbed, ready: Ready) -> list[int]:
    """From nothing to just enough, some in mid-file."""
    size = max((len(text) for text in ready.new.values()), default=0)
    several = [0, 1, 100, 512, 2000, size // 2, *(size * part // 16 for part in range(9, 17))]
    return several if not testbed.is_short else [0, testbed.chance.choice(several[1:])]


def _limit(process: int, limit: int) -> None:
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.prlimit(process, resource.RLIMIT_FSIZE, (limit, hard))
