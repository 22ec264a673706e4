"""A lock holder that is stopped or killed in a change, and writers that never pause.

The holder is a real batch, stopped again and again until it is met with the lock in its hands.
"""

import calendar
import fcntl
import os
import pwd
import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from store.file.lock import lock_path_of, mark_of
from tests.support.program_with_injections import Program
from tests.support.run_command import PATIENCE
from torture.injected.slow_disk import slow_fsync
from torture.many_writers.store_writers import PATIENT
from torture.proof import Proof
from torture.testbed import Sandbox, Testbed

MOST_STOPS = 200
"""Stops after which one is to be met with the lock held: it is held for more than half of the time."""

AT_ONCE = 8.0
"""Seconds within which a command that does not wait is over on a busy machine too: less than the usual 10 s."""

CHANGES = (
    ("note", "2", "x"),
    ("mark", "2", "3", "in-progress"),
    ("due", "2", "2023-05-31", "--reason", "x"),
    ("edit", "2", "--title", "x"),
    ("chase", "2"),
    ("reason", "2", "x"),
    ("seats", "2", "--wanted", "2"),
    ("add", "x", "--visit", "lyon-2022", "--by", "INTERPOL", "--to", "UNODC"),
    ("remove", "1", "--reason", "x"),
    ("visit", "add", "x", "--place", "Paris", "--from", "2023-01-01"),
    ("party", "edit", "INTERPOL", "--alias", "x"),
    ("redact", "3", "--passage", "batch", "--yes"),
    ("undo",),
    ("config", "silent-after", "30", "--shared"),
    ("restore", "2"),
    ("note", "2", "x", "--expect-rev", "1", "--json"),
)
READS = (
    ("status",),
    ("status", "--short"),
    ("list", "--json"),
    ("show", "3"),
    ("history",),
    ("visits",),
    ("parties", "--json"),
)


class Holder:
    """A batch that writes notes without a pause, and can be stopped where it holds the lock."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._lock = lock_path_of(str(sandbox.store))
        self.process = sandbox.start("batch", stderr=subprocess.DEVNULL, env=PATIENT)
        self._feeder = threading.Thread(target=self._feed, daemon=True)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._is_over = False
        self.acknowledged = 0

    def __enter__(self) -> Self:
        self._feeder.start()
        self._reader.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over = True
        self.process.kill()
        self.process.wait()
        self._feeder.join()
        self._reader.join()

    def _feed(self) -> None:
        assert self.process.stdin
        with suppress(OSError):
            while not self._is_over:
                self.process.stdin.write(b"note 3 batch\n")
            self.process.stdin.close()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.acknowledged += line.startswith(b"ok ")

    def stop(self) -> bool:
        """Stop it amid a change. Returns whether it holds the lock and has signed it, which comes just after."""
        for _ in range(MOST_STOPS):
            self.process.send_signal(signal.SIGSTOP)
            # Only when the kernel says so does it stand.
            os.waitid(os.P_PID, self.process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
            if self._is_locked() and self._is_signed():
                return True
            self.process.send_signal(signal.SIGCONT)
            time.sleep(0.001)
        return False

    def _is_signed(self) -> bool:
        signed = f"(process {self.process.pid} on" in Path(self._lock).read_text()
        return signed and mark_of(os.stat(self._lock)) == Path(f"/proc/{self.process.pid}/comm").read_text().strip()

    def go_on(self) -> None:
        """Let it run again."""
        self.process.send_signal(signal.SIGCONT)

    def _is_locked(self) -> bool:
        try:
            descriptor = os.open(self._lock, os.O_RDWR)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(descriptor)
        return False


def stopped_holder(testbed: Testbed) -> Proof:
    """All others are refused with the holder and its time, can read, and continue as soon as it continues."""
    proof = Proof("R3", "a holder of the lock that stands still")
    with testbed.sandbox() as sandbox:
        sandbox.make()
        begun = time.time()
        with Holder(sandbox) as holder:
            if not proof.check(holder.stop(), f"stopped {MOST_STOPS} times, it never held the lock"):
                return proof
            before = sandbox.store.read_bytes()
            _refused(proof, sandbox, holder, begun)
            _check_reads_while_held(proof, sandbox)
            proof.check(sandbox.store.read_bytes() == before, "the store was changed meanwhile")
            _app_waits(proof, sandbox, holder, begun)
    return proof


def _refused(proof: Proof, sandbox: Sandbox, holder: Holder, begun: float) -> None:
    """Each kind of change, once without waiting, in a batch, and after waiting for half a second."""
    longest = 0.0
    for words in CHANGES:
        asked = time.monotonic()
        result = sandbox.run(*words, env={"FOLLOWUP_LOCK_TIMEOUT": "0"})
        longest = max(longest, time.monotonic() - asked)
        proof.count("changes refused")
        proof.check((result.code, result.out) == (5, ""), f"{' '.join(words)}: {result}")
        sandbox.check_answer(proof, result, words[0])
        _named(proof, result.err, holder, begun)
    proof.check(longest < AT_ONCE, f"without waiting it took {longest:.1f} s")
    for more in ((), ("--atomic",)):
        result = sandbox.run("batch", *more, input=b"note 2 x\nnote 2 y\n", env={"FOLLOWUP_LOCK_TIMEOUT": "0"})
        proof.check(result.code == 5, f"batch {more}: {result}")
        _named(proof, result.out + result.err, holder, begun)
    asked = time.monotonic()
    result = sandbox.run("note", "2", "x", env={"FOLLOWUP_LOCK_TIMEOUT": "0.5"})
    waited = time.monotonic() - asked
    proof.check(result.code == 5 and waited >= 0.5, f"with half a second to wait: {result} after {waited:.2f} s")


def _named(proof: Proof, text: str, holder: Holder, begun: float) -> None:
    """It says who holds it, as which process, since when."""
    me = pwd.getpwuid(os.getuid()).pw_name
    found = re.search(r"(\S+) \(process (\d+) on \S+\) since (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) UTC", text)
    if proof.check(found, f"it does not say who: {text!r}") and found:
        since = calendar.timegm(time.strptime(found[3], "%Y-%m-%d %H:%M:%S"))
        proof.check(found[1].endswith(me) and int(found[2]) == holder.process.pid, f"it names another: {text!r}")
        proof.check(begun - 1 <= since <= time.time(), f"since another time: {text!r}")


def _check_reads_while_held(proof: Proof, sandbox: Sandbox) -> None:
    """Every kind of read works without waiting."""
    for words in READS:
        asked = time.monotonic()
        result = sandbox.run(*words)
        took = time.monotonic() - asked
        proof.count("looks meanwhile")
        proof.check((result.code, result.err) == (0, ""), f"{' '.join(words)}: {result}")
        proof.check(took < AT_ONCE, f"{' '.join(words)} took {took:.1f} s")
    proof.check(sandbox.run("check").code in (0, 1, 2), "check does not look")


def _app_waits(proof: Proof, sandbox: Sandbox, holder: Holder, begun: float) -> None:
    """The app opens, reads, names the holder it waits for; its change and a command's are saved once that continues."""
    waiting = sandbox.start("note", "1", "waited", env=PATIENT)
    try:
        with sandbox.app((160, 24), PATIENT) as screen:
            screen.send("\r")
            screen.wait_for(lambda: "q quit" not in screen.text())
            screen.send("\x1b")
            screen.wait_for("q quit")
            screen.send("si")
            screen.wait_for("waiting")
            _named(proof, screen.text(), holder, begun)
            proof.check(waiting.poll() is None, "a command that is to wait did not")
            holder.go_on()
            screen.wait_for(lambda: sandbox.seen("show", "4")["state"] == "in-progress")
            screen.send("q")
            proof.check(screen.wait_exit() == 0, "the app did not end well")
        out, err = waiting.communicate(timeout=PATIENCE)
        proof.check((waiting.returncode, out) == (0, b"1 noted\n"), f"who waited: {waiting.returncode} {err!r}")
    except AssertionError as error:
        proof.check(False, f"the app: {str(error)[:600]}")
    finally:
        holder.go_on()
        waiting.kill()
        waiting.communicate()
    proof.count("that waited and were saved", 2)


def killed_holder(testbed: Testbed, times: int) -> Proof:
    """The lock of one that is killed amid its change is free at once, and what it left is swept."""
    proof = Proof("R3", "a holder of the lock that is killed")
    with testbed.sandbox() as sandbox:
        sandbox.make()
        acknowledged = 0
        for number in range(times):
            with Holder(sandbox) as holder:
                if not proof.check(holder.stop(), f"stopped {MOST_STOPS} times, it never held the lock"):
                    return proof
            acknowledged += holder.acknowledged
            result = sandbox.run("note", "2", f"after {number}", env={"FOLLOWUP_LOCK_TIMEOUT": "0"})
            proof.count("kills")
            proof.check(result.code == 0, f"the next one: {result}")
            proof.check(sandbox.is_whole(), "the store is damaged")
            proof.check(not sandbox.leftovers(), f"left behind: {sandbox.leftovers()}")
            there = len(sandbox.seen("show", "3")["notes"])
            proof.check(
                acknowledged <= there <= acknowledged + number + 1, f"{acknowledged} acknowledged, {there} there"
            )
            acknowledged = there
    return proof


def starving(testbed: Testbed, times: int) -> Proof:
    """One-shot changes beside eight writers that never pause, on this disk and on a slow one."""
    proof = Proof("R3", "one-shot changes beside 8 batches that never pause")
    for name, program in (("this disk", testbed.program), ("a slow disk", testbed.program.after(slow_fsync))):
        with testbed.sandbox() as sandbox:
            sandbox.make()
            longest = _waits(testbed, proof, sandbox, program, times)
        proof.note(f"{longest:.1f} s at most on {name}")
    return proof


def _waits(testbed: Testbed, proof: Proof, sandbox: Sandbox, program: Program, times: int) -> float:
    """Run this many changes, none of which may time out. Returns the seconds of the longest."""
    longest = 0.0
    with _busy(sandbox, program):
        for number in range(times):
            testbed.progress("waits", number, times)
            asked = time.monotonic()
            result = program.run("note", "2", f"n{number}", env=sandbox.env)
            longest = max(longest, time.monotonic() - asked)
            proof.count("one-shot changes")
            proof.check(result.code == 0, f"{result}")
    notes = [note["text"] for note in sandbox.seen("show", "2")["notes"]]
    proof.check(notes == [f"n{number}" for number in range(times)] or proof.wrong, "not all are there")
    return longest


@contextmanager
def _busy(sandbox: Sandbox, program: Program) -> Iterator[None]:
    """Eight batches that change one quote again and again."""
    lines = sandbox.home / "lines"
    lines.write_text("edit 3 --quote one\nedit 3 --quote two\n" * 20_000)
    batches = []
    try:
        for _ in range(8):
            with open(lines, "rb") as file:
                more = {"stdin": file, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
                batches.append(program.start("batch", env={**sandbox.env, **PATIENT}, **more))
        yield
    finally:
        for batch in batches:
            batch.kill()
            batch.wait()
