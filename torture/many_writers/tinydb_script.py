"""A script through TinyDB and the command line, in two processes, count up one number: no step of either is lost.

Each reads, and then writes what it read and one more. What the other one does between the two is chosen here, so that
every order occurs; who was overtaken must be refused with a conflict, and read again.
"""

import json
import subprocess
from pathlib import Path

from tests.support.run_command import PATIENCE
from torture.many_writers.store_writers import PATIENT
from torture.proof import Proof
from torture.testbed import Sandbox, Testbed

_SCRIPT = """
import sys
from store.errors import Conflict

def document():
    found = db.get(doc_id=1)
    found["quote"] = str(int(found.get("quote", 0)) + 1)
    return lambda: db.upsert(found)

def tables():
    found = db.storage.read()
    record = found["commitments"]["1"]
    record["quote"] = str(int(record.get("quote", 0)) + 1)
    return lambda: db.storage.write(found)

def call():
    def one_more(record):
        record["quote"] = str(int(record.get("quote", 0)) + 1)
    return lambda: db.update(one_more, doc_ids=[1])

for line in sys.stdin:
    write = {"document": document, "tables": tables, "call": call}[line.strip()]()
    print("read", flush=True)
    sys.stdin.readline()
    try:
        write()
    except Conflict as error:
        print("overtaken:", error, flush=True)
    else:
        print("saved", flush=True)
"""

WAYS = ("document", "tables", "call")
"""A document that was read and is given back, all tables, and one call of TinyDB, which reads again itself."""

_SAVED, _OVERTAKEN = "saved", "overtaken"


class _Script:
    """The running script, which reads and writes on request."""

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        path = folder / "count.py"
        path.write_text(_SCRIPT)
        self.process = sandbox.start("python", str(path), stderr=subprocess.STDOUT, env=PATIENT)

    def ask(self, line: str) -> str:
        """Send it a line. Returns its answer."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{line}\n".encode())
        return self.process.stdout.readline().decode().strip()

    def ended(self) -> int:
        """Let it come to its end; returns its exit code."""
        self.process.communicate(timeout=PATIENCE)
        return self.process.returncode


def counted_by_two(testbed: Testbed) -> Proof:
    """R3 for a script through TinyDB beside the command line."""
    proof = Proof("R3", "a script through TinyDB and the command line count up one number")
    for name in ("steps", "overtaken", "lost"):
        proof.count(name, 0)
    with testbed.sandbox() as sandbox:
        sandbox.make()
        script, steps = _Script(sandbox, sandbox.home), 0
        try:
            for at in range(testbed.amount(120, 12)):
                testbed.progress("steps", at, testbed.amount(120, 12))
                steps += _step(proof, sandbox, script, at)
        finally:
            code = script.ended()
        proof.check(code == 0, f"the script ended with exit code {code}")
        proof.count("steps", steps)
        quotes = [
            event["fields"]["quote"][1] for event in sandbox.seen("history", "1") if "quote" in event.get("fields", {})
        ]
        last = int(sandbox.seen("show", "1")["quote"])
        proof.count("lost", steps - last)
        proof.check(last == steps, f"{steps} steps were acknowledged, and {last} are there")
        proof.check(quotes == [str(number) for number in range(1, steps + 1)], f"the history has other steps: {quotes}")
        sandbox.check_sound(proof, "in the end")
    return proof


def _step(proof: Proof, sandbox: Sandbox, script: _Script, at: int) -> int:
    """One step of each, the script overtaken, the command line overtaken, or one after the other. Returns how many
    steps were acknowledged.
    """
    way, order = WAYS[at % 3], at // 3 % 3
    done = 0
    if order == 0:
        proof.check(script.ask(way) == "read", "the script does not read")
        done += _typed(proof, sandbox, _seen(sandbox), is_overtaken=False)
        done += _written(proof, script, is_overtaken=way != "call")
        return done
    before = _seen(sandbox)
    proof.check(script.ask(way) == "read", "the script does not read")
    done += _written(proof, script, is_overtaken=False)
    return done + _typed(proof, sandbox, before if order == 1 else _seen(sandbox), is_overtaken=order == 1)


def _seen(sandbox: Sandbox) -> tuple[int, int]:
    """The number and the revision of the record, as the command line reads them."""
    shown = json.loads(sandbox.run("show", "1", "--json").out)
    return int(shown["quote"] or 0), shown["revision"]


def _typed(proof: Proof, sandbox: Sandbox, seen: tuple[int, int], *, is_overtaken: bool) -> int:
    """A step by the command line from what it saw. Returns 1 if it was acknowledged."""
    number, revision = seen
    result = sandbox.run("edit", "1", "--quote", str(number + 1), "--expect-rev", str(revision), env=PATIENT)
    answer = {0: _SAVED, 6: _OVERTAKEN}.get(result.code, f"exit {result.code}")
    return _acknowledged(proof, "the command line", answer, result.out + result.err, is_overtaken)


def _written(proof: Proof, script: _Script, *, is_overtaken: bool) -> int:
    """The write of the script after its read. Returns 1 if it was acknowledged."""
    output = script.ask("write")
    return _acknowledged(proof, "the script", output.partition(":")[0], output, is_overtaken)


def _acknowledged(proof: Proof, who: str, answer: str, output: str, is_overtaken: bool) -> int:
    expected = _OVERTAKEN if is_overtaken else _SAVED
    proof.count("overtaken", int(is_overtaken))
    proof.check(answer == expected, f"{who} was to be {expected} and is {answer}: {output[:200]}")
    return int(answer == _SAVED)
