"""kill -9 of running batches, of the app, and of eight writers at once: what was acknowledged is on the disk.

A batch is fed with lines of three kinds: most let a record grow and shrink in turn, one changes two records. It is
killed at a random moment, counted from its first acknowledgement, now and then from its start. The store must then be
what the script says after as many lines as were acknowledged, or one more; the next command must be quick and sweep
what is left. The same of the app, whose acknowledgement is its message on the screen. Then chaos: eight writers at
once, each killed, terminated or hung up again and again.

Shown to fail against `in-place` (half of a new file, half of the old one) and `early-answer` (acknowledged, not there).
"""

import json
import select
import shlex
import signal
import subprocess
import time
from collections.abc import Iterator
from statistics import median
from typing import Any, NamedTuple

from tests.support.program_with_injections import Program
from tests.support.run_command import PATIENCE
from torture.broken_builds.durability import early_answer, in_place
from torture.injected.slow_disk import slow_fsync
from torture.proof import Proof
from torture.testbed import Sandbox, Testbed

SIZES = (4, 500, 2000)
"""Commitments in the stores, in turn; a larger one is longer in the writing."""

WRITERS = 8

A_LIFE = 40
"""Kills that one store sees, before a new one is made."""

LONG, SHORT = "We shall look into it as soon as the approval of the ministry is there. " * 12 + "Soon.", "We shall."


def torture(testbed: Testbed) -> Iterator[Proof]:
    """R1 with a slow fsync, with the usual one, and of the app; then R4."""
    slow = Proof("R1", "kill -9 of a running batch, fsync 10 ms slower")
    yield _kills(testbed, slow, testbed.program.after(slow_fsync), testbed.amount(300, 10))
    yield _kills(testbed, Proof("R1", "kill -9 of a running batch"), testbed.program, testbed.amount(700, 8))
    yield _app_kills(testbed, testbed.amount(100, 2))
    yield _chaos(testbed, testbed.amount(300, 10))


class _BatchScript:
    """The lines that batches are given, one after the other for the life of a store, and what they leave."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._first, self._second = [each["id"] for each in sandbox.seen("list", "state:agreed")][:2]
        # A quote, so that there is one to be changed; and both in the state from which the lines start.
        both = (str(self._first), str(self._second))
        made = [sandbox.judged("edit", both[0], "--quote", "0"), sandbox.judged("mark", *both, "in-progress")]
        assert not any(result.code for result in made), made
        self.begun = sandbox.seen("status")["store_revision"]
        self._before = self.state(sandbox)

    def line(self, number: int) -> str:
        """The words of batch line `number` (from 1), which makes revision `begun` + `number`."""
        match number % 10:
            case 9:
                return f"note {self._first} {number}"
            case 0:
                state = "agreed" if number % 20 else "in-progress"
                return f"mark {self._first} {self._second} {state} --note {number}"
        return f"edit {self._first} --quote '{_quote(number)}'"

    def state(self, sandbox: Sandbox) -> dict[str, Any]:
        """What the lines change."""
        shown = [sandbox.seen("show", str(number)) for number in (self._first, self._second)]
        return {
            "quote": shown[0]["quote"],
            "states": [each["state"] for each in shown],
            "notes": [note["text"] for note in shown[0]["notes"]],
            "of the other": [note["text"] for note in shown[1]["notes"]],
        }

    def expected_state(self, count: int) -> dict[str, Any]:
        """The state after this many lines."""
        expected_state = {
            name: list(value) if isinstance(value, list) else value for name, value in self._before.items()
        }
        for number in range(1, count + 1):
            match number % 10:
                case 9:
                    expected_state["notes"].append(str(number))
                case 0:
                    expected_state["notes"].append(str(number))
                    expected_state["of the other"].append(str(number))
                    expected_state["states"] = ["agreed" if number % 20 else "in-progress"] * 2
                case _:
                    expected_state["quote"] = _quote(number)
        return expected_state


def _quote(number: int) -> str:
    return f"{number} {LONG if number % 2 else SHORT}"


class _Killed(NamedTuple):
    acknowledged: int
    err: bytes


def _kills(testbed: Testbed, proof: Proof, program: Program, times: int) -> Proof:
    waits: list[float] = []
    for name in ("kills", "acknowledged changes", "damaged", "acknowledged and lost"):
        proof.count(name, 0)
    done = 0
    while done < times and not proof.wrong:
        with testbed.sandbox() as sandbox:
            sandbox.program = program
            sandbox.make(SIZES[done // A_LIFE % len(SIZES)])
            script, count = _BatchScript(sandbox), 0
            for _ in range(min(A_LIFE, times - done)):
                testbed.progress("kills", done, times)
                killed = _one_kill(testbed, sandbox, script, count)
                done += 1
                proof.count("kills")
                proof.count("acknowledged changes", killed.acknowledged)
                if (found := _judged(proof, sandbox, script, count, killed)) is None:
                    break
                count = found
                # The next person comes: at once, and with nothing left behind afterwards.
                begun = time.monotonic()
                env = sandbox.env | {"FOLLOWUP_LOCK_TIMEOUT": "1"}
                result = testbed.program.run(*shlex.split(script.line(count + 1)), env=env)
                waits.append(time.monotonic() - begun)
                proof.check(result.code == 0, f"the next command: {result}")
                count += 1
                proof.check(not sandbox.leftovers(), f"left behind: {sandbox.leftovers()}")
            else:
                sandbox.check_sound(proof, f"after {A_LIFE} kills")
    if waits:
        proof.note(f"the next command took {median(waits):.2f} s, {max(waits):.2f} s at most")
        # It waits a second for the lock at most; one that took longer may be the machine's fault, half of them not.
        testbed.check_time(proof, median(waits) <= 1, f"the next command took {median(waits):.2f} s")
    return proof


def _one_kill(testbed: Testbed, sandbox: Sandbox, script: _BatchScript, count: int) -> _Killed:
    """Start a batch on the lines after `count`, and kill it. Returns the lines that it acknowledged."""
    writer = sandbox.start("batch")
    assert writer.stdin
    assert writer.stdout
    lines = "".join(f"{script.line(number)}\n" for number in range(count + 1, count + 130))
    writer.stdin.write(lines.encode()[:60_000].rpartition(b"\n")[0] + b"\n")
    acknowledged = b""
    if testbed.chance.random() < 0.8:
        acknowledged = writer.stdout.readline()
    select.select([], [], [], testbed.chance.random() * 0.06)
    writer.kill()
    out, err = writer.communicate()
    return _Killed(sum(line.startswith(b"ok ") for line in (acknowledged + out).splitlines()), err)


def _judged(proof: Proof, sandbox: Sandbox, script: _BatchScript, count: int, killed: _Killed) -> int | None:
    """The number of lines that the store holds, if it is sound and complete; else None."""
    status = sandbox.judged("status", "--json")
    if status.code or not sandbox.is_whole():
        proof.count("damaged")
        proof.check(False, f"after {proof.counted('kills')} kills the store cannot be read: {status.err}")
        return None
    now = json.loads(status.out)["store_revision"] - script.begun
    least = count + killed.acknowledged
    if now < least:
        proof.count("acknowledged and lost", least - now)
    is_right = proof.check(now in (least, least + 1), f"{killed.acknowledged} acknowledged, {now - count} there")
    state = script.state(sandbox)
    is_right &= proof.check(state == script.expected_state(now), f"after {now} lines: {state}")
    is_right &= proof.check(b"Traceback" not in killed.err, f"a traceback: {killed.err!r}")
    return now if is_right else None


# The app: what the screen says was saved is on the disk.


def _app_kills(testbed: Testbed, times: int) -> Proof:
    proof = Proof("R1", "kill -9 of the app amid saving")
    for name in ("kills", "acknowledged changes", "damaged", "acknowledged and lost"):
        proof.count(name, 0)
    with testbed.sandbox() as sandbox:
        sandbox.make()
        for done in range(times):
            testbed.progress("kills of the app", done, times)
            sandbox.judged("mark", "4", "agreed")
            begun = sandbox.seen("show", "4")["revision"]
            acknowledged, on_screen = _one_app_kill(testbed, sandbox)
            proof.count("kills")
            proof.count("acknowledged changes", acknowledged)
            if not proof.check(sandbox.is_whole(), "the store is damaged"):
                proof.count("damaged")
                break
            now = sandbox.seen("show", "4")
            saved = now["revision"] - begun
            if not proof.check(
                saved in (acknowledged, acknowledged + 1),
                f"{acknowledged} on the screen, {saved} there; on it:\n{on_screen}",
            ):
                proof.count("acknowledged and lost", max(acknowledged - saved, 0))
                break
            expected_state = "in-progress" if saved % 2 else "agreed"
            proof.check(now["state"] == expected_state, f"{saved} changes, and it is {now['state']}")
            proof.check(sandbox.run("note", "2", "on we go").code == 0, "the next command failed")
            proof.check(not sandbox.leftovers(), f"left behind: {sandbox.leftovers()}")
        sandbox.check_sound(proof, "in the end")
    return proof


def _one_app_kill(testbed: Testbed, sandbox: Sandbox) -> tuple[int, str]:
    """Press keys that change a commitment to and fro, and kill the app. Returns what it acknowledged and its screen."""
    ways = (("si", "#4 in progress"), ("sa", "#4 agreed"))
    waited = testbed.chance.randrange(3)
    with sandbox.app() as screen:
        for turn in range(waited):
            screen.send(ways[turn % 2][0])
            screen.wait_for(ways[turn % 2][1])
        screen.send(ways[waited % 2][0])
        select.select([], [], [], testbed.chance.random() * 0.04)
        screen.signal(signal.SIGKILL)
        screen.wait_exit()
        is_shown = ways[waited % 2][1] in screen.text()
        return waited + is_shown, screen.text()


# Chaos


def _chaos(testbed: Testbed, times: int) -> Proof:
    proof = Proof("R4", "8 writers at once, killed, terminated, hung up")
    for name in ("KILL", "TERM", "HUP", "acknowledged notes", "lost", "twice there"):
        proof.count(name, 0)
    with testbed.sandbox() as sandbox:
        sandbox.make()
        begun = sandbox.seen("status")["store_revision"]
        acknowledged = _signalled(testbed, proof, sandbox, times)
        proof.count("acknowledged notes", len(acknowledged))
        notes = [note["text"] for note in sandbox.seen("show", "3")["notes"]]
        lost = set(acknowledged) - set(notes)
        proof.count("lost", len(lost))
        proof.check(not lost, f"lost: {sorted(lost)[:5]}")
        twice = len(notes) - len(set(notes))
        proof.count("twice there", twice)
        proof.check(not twice, f"{twice} notes stand there twice")
        # Each writer may have written one more than it said.
        more = len(notes) - len(acknowledged)
        proof.check(more <= times + WRITERS, f"{len(notes)} notes, {len(acknowledged)} acknowledged")
        made = sandbox.seen("status")["store_revision"] - begun
        proof.check(made == len(notes), f"{made} changes, {len(notes)} notes")
        result = sandbox.run("note", "2", "after all that")
        proof.check(result.code == 0, f"afterwards: {result}")
        sandbox.check_sound(proof, "in the end")
    return proof


def _signalled(testbed: Testbed, proof: Proof, sandbox: Sandbox, times: int) -> list[str]:
    """Let eight writers write, and end one this many times; another takes its place. Returns the acknowledged notes."""
    waiting = iter([f"w{number}" for number in range(WRITERS + times)])
    writers = [_Writer(sandbox, next(waiting)) for _ in range(WRITERS)]
    acknowledged: list[str] = []
    try:
        for done in range(times):
            testbed.progress("signals", done, times)
            at = testbed.chance.randrange(WRITERS)
            # Now and then before it said anything, mostly amid its writing.
            if testbed.chance.random() < 0.8:
                writers[at].wait_for_one()
            select.select([], [], [], testbed.chance.random() * 0.03)
            number = testbed.chance.choice((signal.SIGKILL, signal.SIGTERM, signal.SIGHUP))
            writers[at].process.send_signal(number)
            proof.count(number.name.removeprefix("SIG"))
            acknowledged += writers[at].ended(proof)
            writers[at] = _Writer(sandbox, next(waiting))
        for writer in writers:
            writer.process.kill()
            acknowledged += writer.ended(proof)
    finally:
        for writer in writers:
            writer.process.kill()
    return acknowledged


class _Writer:
    """A batch that writes notes, each with a text of its own."""

    LINES = 400

    def __init__(self, sandbox: Sandbox, name: str) -> None:
        self._name = name
        self.process = sandbox.start("batch", stdin=subprocess.PIPE, env={"FOLLOWUP_LOCK_TIMEOUT": "60"})
        assert self.process.stdin
        self.process.stdin.write("".join(f"note 3 {name}.{count}\n" for count in range(self.LINES)).encode())
        self._read = b""

    def wait_for_one(self) -> None:
        """Until it acknowledged something, or ended."""
        assert self.process.stdout
        self._read += self.process.stdout.readline()

    def ended(self, proof: Proof) -> list[str]:
        """The notes that it acknowledged, once it is gone."""
        out, err = self.process.communicate(timeout=PATIENCE)
        proof.check(b"Traceback" not in err, f"a traceback: {err[-300:]!r}")
        lines = (self._read + out).splitlines()
        acknowledged = [line for line in lines if line.startswith(b"ok ")]
        proof.check(len(acknowledged) == len(lines), f"not acknowledged: {lines[-1:]}")
        return [f"{self._name}.{int(line.split()[1]) - 1}" for line in acknowledged]


FAILS_AGAINST = {torture: (in_place, early_answer)}
