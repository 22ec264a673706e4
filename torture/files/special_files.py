"""Pipes, sockets, devices, folders, links and unreadable files in the place of the store."""

import os
import shutil
import socket
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from store.file.layout import MAX_BYTES
from tests.support.program_with_injections import Program, is_root
from tests.support.run_command import PATIENCE
from torture.files.command_runs import CHANGING, READING, Bench, CommandRun, Lines, sentence_of
from torture.proof import Proof
from torture.testbed import Testbed

NOBODY_ID = 65534
NOBODY = ("setpriv", f"--reuid={NOBODY_ID}", "--regid=65534", "--clear-groups")
"""Start a program as a user who owns nothing."""


class Strange(NamedTuple):
    """`make` puts it at a path where nothing is; the refusal holds the words `reason`."""

    make: Callable[[Path], object]
    reason: str


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        # Its name may be longer than that of a socket can be.
        here = os.open(path.parent, os.O_RDONLY)
        listener.bind(f"/proc/self/fd/{here}/{path.name}")
        os.close(here)


def _folder(path: Path) -> None:
    path.mkdir()
    (path / "letter.txt").write_text("precious")


def _huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)


def _null(path: Path) -> None:
    os.mknod(path, 0o666 | stat.S_IFCHR, os.makedev(1, 3))


_UNASKED = {
    "settings": (("config",), ("list", "mine")),
    "a batch": (("batch", "FILE"), ("batch", "--atomic", "FILE")),
    "a log": (("history", "--verify", "FILE"),),
    "an introduction": (("report", "--intro", "FILE", "-o", "report.md"),),
    "a list": (("import", "--dry-run", "FILE"),),
    "a text": (("capture", "--dry-run", "FILE"),),
    "a mailbox": (("capture", "--dry-run", "--mailbox", "FILE"),),
    "a backup": (("restore", "FILE"),),
    "a script": (("python", "FILE"),),
}
"""What a pipe lies in the place of -> command lines that would wait for it."""

_SOON = 20.0
"""Seconds in which a command is refused that waits for nobody."""

LINES = (*READING, *CHANGING, ("doctor", "--repair"), ("backup",))
_FEW = (("list",), ("status", "--short"), ("check",), ("note", "3", "x"), ("batch", "BATCH"))

_NO_FILE = "is not a file that can hold a store"

_ANYBODY = {
    "a folder": Strange(_folder, _NO_FILE),
    "a pipe": Strange(os.mkfifo, _NO_FILE),
    "a socket": Strange(_socket, "cannot be read"),
    "a link to a file of the kernel": Strange(lambda path: path.symlink_to(f"/proc/{os.getpid()}/environ"), _NO_FILE),
    "a link to nothing": Strange(lambda path: path.symlink_to("nothing.json"), "there is no store at"),
    "a link into a missing folder": Strange(lambda path: path.symlink_to("no/where.json"), "there is no store at"),
    "a link to itself": Strange(lambda path: path.symlink_to(path), "cannot be read: Too many levels"),
    "a link to a folder": Strange(lambda path: path.symlink_to(path.parent), _NO_FILE),
    "a file of a GiB": Strange(_huge, "is larger than a store can be"),
}
_DEVICE = {"/dev/null": Strange(_null, _NO_FILE)}


def strange_things(testbed: Testbed) -> Proof:
    """Put each in the store's place, and run all commands, each as a process that must end."""
    proof = Proof("R6", "no file at all")
    things = _ANYBODY | (_DEVICE if is_root() else {})
    proof.count("strange things", 0)
    with testbed.sandbox() as sandbox, Bench(sandbox) as bench:
        lines = _FEW if testbed.is_short else LINES
        for name, thing in list(things.items())[:: testbed.amount(1, 3)]:
            sandbox.store.unlink()
            thing.make(sandbox.store)
            _refused(bench, proof, lines, name, thing.reason)
            proof.count("strange things")
            bench.restore_sandbox()
        _missing(bench, proof, lines)
        _unreadable(bench, proof, lines)
    return proof


def pipes(testbed: Testbed) -> Proof:
    """Put a pipe in the place of each file that a command reads beside the store: nobody waits for it."""
    proof = Proof("R6", "pipes in the place of other files")
    with testbed.sandbox() as sandbox:
        sandbox.make()
        for name, lines in _UNASKED.items():
            pipe = sandbox.home / ("config/followup/config.toml" if name == "settings" else "pipe")
            pipe.parent.mkdir(parents=True, exist_ok=True)
            os.mkfifo(pipe)
            for argv in lines[: testbed.amount(2, 1)]:
                if testbed.is_caught(proof):
                    return proof
                proof.count("commands")
                typed = [str(pipe) if word == "FILE" else word for word in argv]
                env = {"XDG_CONFIG_HOME": str(sandbox.home / "config")}
                try:
                    refused = sandbox.run(*typed, env=env, timeout=_SOON, cwd=sandbox.home)
                except subprocess.TimeoutExpired:
                    proof.check(False, f"{name}: followup {' '.join(argv)} waits")
                    continue
                proof.check(refused.code in (2, 4), f"{name}: followup {' '.join(argv)}: {refused}")
                sandbox.check_answer(proof, refused, name)
            pipe.unlink()
    return proof


def _refused(bench: Bench, proof: Proof, lines: Lines, name: str, reason: str, program: Program | None = None) -> None:
    before = _names(bench.sandbox.folder)
    for run in _processes(bench, lines, program):
        proof.count("processes")
        if run.argv[0] == "batch" and run.result.err:
            # Nothing is read of the batch when there is nothing to change.
            proof.check((run.result.code, run.result.out) == (4, ""), f"{name}: {run}")
        else:
            sentence = sentence_of(run, proof, name)
            proof.check(reason in sentence, f"{name}: followup {' '.join(run.argv)} says {sentence!r}")
    proof.check(_names(bench.sandbox.folder) == before, f"{name}: there is now {_names(bench.sandbox.folder)}")


def _processes(bench: Bench, lines: Lines, program: Program | None) -> list[CommandRun]:
    sandbox = bench.sandbox
    program = program or sandbox.program
    return [CommandRun(argv, program.run(*argv, env=sandbox.env, timeout=PATIENCE), "") for argv in bench.lines(lines)]


def _names(folder: Path) -> dict[str, tuple[int, int, int]]:
    """What is in a folder, whatever it is."""
    return {str(path): (path.lstat().st_ino, path.lstat().st_mode, path.lstat().st_size) for path in folder.rglob("*")}


def _missing(bench: Bench, proof: Proof, lines: Lines) -> None:
    """A store that is missing: the refusal says so, and a restore brings it back."""
    bench.sandbox.store.unlink()
    _refused(bench, proof, lines, "nothing", "there is no store at")
    result = bench.sandbox.run("restore")
    proof.check(result.code == 0, f"nothing: {result}")
    proof.check(bench.sandbox.is_whole(), "nothing: what restore made is no store")
    proof.count("strange things")
    bench.restore_sandbox()


def _unreadable(bench: Bench, proof: Proof, lines: Lines) -> None:
    """A store that this user may not read; root reads all, so it is tried as nobody."""
    sandbox, program = bench.sandbox, bench.sandbox.program
    if is_root():
        program = program.under(*NOBODY)
        for folder, mode in ((sandbox.folder.parent, 0o711), (sandbox.home, 0o711), (sandbox.folder, 0o755)):
            folder.chmod(mode)
        if not shutil.which(NOBODY[0]) or program.run("--version", env=sandbox.env).code:
            proof.leave_out("a store that may not be read: nobody cannot start the program here")
            return
    sandbox.store.chmod(0)
    _refused(bench, proof, lines, "a store that may not be read", "", program)
    sandbox.store.chmod(0o600)
    proof.count("strange things")
    bench.restore_sandbox()
