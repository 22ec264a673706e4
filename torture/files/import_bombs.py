"""Files to import that are bombs, and readers of them that misbehave, at the command line and in the app."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from tests.support.bomb_files import BOMBS
from tests.support.pty_screen import PtyScreen
from torture.files.command_runs import fingerprint
from torture.injected.hostile_reading import WAY, hostile_reading
from torture.proof import Proof
from torture.testbed import Sandbox, Testbed

_SIZE = (100, 30)

_ROOM = 640 << 20
"""Bytes of address space that each process may have: the 512 MB of the reading one, and what an interpreter takes."""

_PRINTED = re.compile(rb"rubbish|memory allocation of")
"""What a reader prints, of its own or where it gets no memory."""

_IN_SHORT = ("shared string",)

_WAYS = {
    "killed": r"broke off \(SIGKILL\)",
    "aborts": r"broke off \(SIGABRT\)",
    "aborts_for_memory": "more than 512 MB of memory",
    "crashes": r"broke off \(SIGSEGV\)",
    "takes_memory": "more than 512 MB of memory",
    "takes_the_last_memory": "more than 512 MB of memory|after 2 seconds",
    "leaves": "broke off;",
    "raises": r"broke off \(SystemExit\)",
    "hangs": "after 2 seconds it was not done",
    "stops_itself": "after 2 seconds it was not done",
    "works_for_ever": "after 2 seconds it was not done",
    "prints": "answered is unfit",
    "answers_rubbish": "answered is unfit",
    "answers_deep_json": "answered is unfit",
    "answers_for_ever": "longer than 64 MB|answered is unfit",
    "answers_nothing_for_ever": "longer than 64 MB|answered is unfit",
    "half_a_frame": "broke off;",
    "closes_its_pipe": "broke off;",
    "forks": r"broke off|answered is unfit",
    "states": "answered is unfit",
}
"""Way to misbehave (`tests.support.hostile_readers`) -> what the refusal says."""

_WAYS_IN_SHORT = ("aborts_for_memory", "prints")


def bombs(testbed: Testbed) -> Proof:
    """Import each bomb under a limit of memory for all processes: one sentence, and nothing changed."""
    proof = Proof("R11", "files that are bombs")
    if shutil.which("prlimit") is None:
        proof.leave_out("prlimit is not installed")
        return proof
    program = testbed.program.under("prlimit", f"--as={_ROOM}")
    with testbed.sandbox() as sandbox:
        sandbox.make()
        for name in _IN_SHORT if testbed.is_short else BOMBS:
            if testbed.is_caught(proof):
                break
            path = _written(sandbox, name)
            before = fingerprint(sandbox.store)
            for argv in (("import", str(path)), ("import", "-", "--format", path.suffix[1:])):
                with path.open("rb") as file:
                    result = program.run(*argv, env=sandbox.env, stdin=file, input=None)  # type: ignore[arg-type]
                sandbox.check_answer(proof, result, f"{name}, {argv[1]}")
                proof.check(result.code == 1, f"{name}, {argv[1]}: exit {result.code}, {result.err[:300]!r}")
                proof.check(not result.out, f"{name}, {argv[1]}: it prints {result.out[:300]!r}")
                proof.count("bombs")
            proof.check(fingerprint(sandbox.store) == before, f"{name} changed the store")
            path.unlink()
        sandbox.check_sound(proof, "after the bombs")
    return proof


def _written(sandbox: Sandbox, name: str) -> Path:
    file, make = BOMBS[name]
    path = sandbox.home / file
    path.write_bytes(make())
    return path


def _store_and_list(sandbox: Sandbox) -> tuple[Path, str]:
    """Make a store, and a sound list to import. Returns the list, and the fingerprint of the store."""
    sandbox.make()
    path = sandbox.home / "list.csv"
    path.write_text("Action,By,To\nSend it,UNODC,INL\n")
    return path, fingerprint(sandbox.store)


def hostile_readers(testbed: Testbed) -> Proof:
    """Have the process that reads a list misbehave in every way: one sentence, nothing else on the terminal."""
    proof = Proof("R11", "reading processes that misbehave")
    with testbed.sandbox() as sandbox:
        path, before = _store_and_list(sandbox)
        for way, words in _ways(testbed):
            if testbed.is_caught(proof):
                break
            program = testbed.program.after(hostile_reading, **{WAY: way})
            result = program.run("import", str(path), env=sandbox.env)
            sandbox.check_answer(proof, result, way)
            is_refused = result.code == 1 and re.search(words, result.err) and not result.out
            proof.check(is_refused, f"{way}: {result}")
            proof.check(fingerprint(sandbox.store) == before, f"{way} changed the store")
            proof.check(not _left_behind(path), f"{way} leaves processes: {_left_behind(path)}")
            proof.count("ways")
        sandbox.check_sound(proof, "after the readers")
    return proof


def _ways(testbed: Testbed) -> Iterator[tuple[str, str]]:
    return ((way, _WAYS[way]) for way in (_WAYS_IN_SHORT if testbed.is_short else _WAYS))


def _left_behind(path: Path) -> list[str]:
    """Processes that still hold the file, after a moment to end in."""
    until = time.monotonic() + 5
    while (found := _holders(path)) and time.monotonic() < until:
        time.sleep(0.05)
    return found


def _holders(path: Path) -> list[str]:
    found = []
    for link in Path("/proc").glob("[0-9]*/fd/0"):
        try:
            if link.readlink() == path:
                found.append(link.parts[2])
        except OSError:
            continue
    return found


def in_the_app(testbed: Testbed) -> Proof:
    """Import bombs, and have readers misbehave, in the app, which goes on and leaves its terminal as it was."""
    proof = Proof("R11", "bombs and misbehaving readers in the app")
    with testbed.sandbox() as sandbox:
        path, before = _store_and_list(sandbox)
        bomb = _written(sandbox, "shared string")
        trials = [("a bomb", bomb, "", "more than 512 MB"), *((way, path, way, words) for way, words in _ways(testbed))]
        for name, file, way, words in trials:
            if proof.wrong:
                break  # A build that fails here waits in vain each time.
            program = testbed.program.after(hostile_reading, **{WAY: way}) if way else testbed.program
            with program.in_terminal(env=sandbox.env, size=_SIZE) as screen:
                try:
                    _import(screen, file, words)
                    proof.check(screen.wait_exit() == 0, f"{name}: the app leaves with {screen.wait_exit()}")
                except AssertionError as error:
                    proof.check(False, f"{name}: {error}")
                proof.check(screen.attributes() == screen.attributes_before, f"{name}: the terminal is left changed")
            proof.count("ways")
        proof.check(fingerprint(sandbox.store) == before, "the app changed the store")
        sandbox.check_sound(proof, "after the app")
    return proof


def _words(screen: PtyScreen) -> str:
    """What is on the screen, as if no line were broken."""
    return " ".join(screen.text().replace("│", " ").split())


def _import(screen: PtyScreen, file: Path, words: str) -> None:
    """Ask for the import, see it refused, close the form and leave. Raises: AssertionError."""
    screen.wait_for("q quit")
    screen.send("I")
    screen.wait_for("Import a list")
    screen.send(str(file))
    screen.wait_for(lambda: file.name in screen.text())
    screen.send("\x13")
    screen.wait_for(lambda: re.search(words, _words(screen)) or _PRINTED.search(screen.raw()), timeout=30)
    assert not _PRINTED.search(screen.raw()), "what the reader printed is on the terminal"
    screen.send("\x1b")
    screen.wait_for("Discard")
    screen.send("y")
    screen.wait_for("q quit")
    screen.send("q")
