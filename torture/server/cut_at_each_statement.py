"""One change after the other through a relay that cuts the connection, or answers errors, at each statement."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator

from tests.support.postgres_relay import COMMIT, Fault, Relay, relay_to
from torture.injected.server_patience import little_patience_with_a_server
from torture.proof import Proof
from torture.server.server_sandbox import ServerSandbox, server_sandbox
from torture.testbed import Testbed

MOST_STATEMENTS = 60
MOST_BYTES = 60

CODES = ("40001", "40003", "55P03", "57P01")


def faults_at_commit(testbed: Testbed) -> Proof:
    """A COMMIT that is cut off, done and not answered, taken back, or answered with a warning or with doubt."""
    proof = Proof("D2", "a COMMIT cut, taken back, doubted, its answer cut at each byte")
    with _person(proof, testbed) as person:
        for kind in ("cut after", "cut before", "roll back", "warn", "deny"):
            person.tries(Fault(kind, COMMIT))
        for count in range(1, MOST_BYTES, testbed.amount(1, 17)):
            person.tries(Fault("cut answer", COMMIT, bytes=count))
        for kind in ("roll back", *(() if testbed.is_short else ("cut after", "cut before", "warn", "deny"))):
            person.tries(Fault(kind, COMMIT, lasts=True))
    return proof


def faults_at_each_statement(testbed: Testbed) -> Proof:
    """The store is as before or after the change, and the exit code says which."""
    proof = Proof("D2", "a connection cut, and errors of other servers, at each statement")
    kinds = [("cut before", "", False), ("cut after", "", False)]
    kinds += [("fail", code, False) for code in CODES[: testbed.amount(len(CODES), 1)]]
    if not testbed.is_short:
        kinds += [("cut before", "", True), ("cut after", "", True)]
        kinds += [("fail", code, True) for code in CODES]
    with _person(proof, testbed) as person:
        for number, (kind, code, lasts) in enumerate(kinds):
            testbed.progress("kinds of faults", number, len(kinds))
            for at in range(1, MOST_STATEMENTS):
                if not person.tries(Fault(kind, at, code=code, lasts=lasts)):
                    break
    return proof


def cut_reads(testbed: Testbed) -> Proof:
    """A look whose connection is cut at any statement gives the same answer, by itself."""
    proof = Proof("D2", "looks whose connection is cut at each statement")
    with server_sandbox(testbed) as sandbox, relay_to(sandbox.server.address) as relay:
        env = {**sandbox.env, **sandbox.by_way_of(relay.folder)}
        for words in (("show", "2", "--json"), ("list",), ("status", "--json"), ("history",)):
            sound = sandbox.judged(*words)
            for kind in ("cut before", "cut after"):
                for at in range(1, MOST_STATEMENTS):
                    fault = Fault(kind, at)
                    relay.arm(fault)
                    found = sandbox.run(*words, env=env)
                    if not fault.times:
                        break
                    proof.count("looks")
                    proof.check(found == sound, f"{words}, {kind} {at}: {found.code} {found.out[:99]} {found.err}")
    return proof


@contextlib.contextmanager
def _person(proof: Proof, testbed: Testbed) -> Iterator[_Person]:
    for name in ("changes", "acknowledged", "refused", "unknown"):
        proof.count(name, 0)
    with server_sandbox(testbed) as sandbox, relay_to(sandbox.server.address) as relay:
        person = _Person(proof, sandbox, relay)
        try:
            yield person
        finally:
            person.end()
        sandbox.check_history(proof, "in the end")


class _Person:
    """A batch through the relay: a change for each fault, whose answer is compared with what is there."""

    def __init__(self, proof: Proof, sandbox: ServerSandbox, relay: Relay) -> None:
        self._proof = proof
        self._sandbox = sandbox
        self._relay = relay
        self._done = 0
        self._is_gone = False
        variables = sandbox.by_way_of(relay.folder, FOLLOWUP_LOCK_TIMEOUT="0.3")
        program = sandbox.program.after(little_patience_with_a_server)
        self._process: subprocess.Popen[bytes] = program.start("batch", env={**sandbox.env, **variables})
        self._server = sandbox.server.connected(sandbox.database)

    def end(self) -> None:
        """Stop it."""
        self._relay.arm()
        self._server.close()
        self._process.kill()
        _, said = self._process.communicate()
        self._proof.check(not said, f"it said beside its answers: {said!r}")

    def tries(self, fault: Fault) -> bool:
        """Make a change with this fault. Returns whether it struck."""
        assert self._process.stdin
        assert self._process.stdout
        if self._is_gone:
            return False
        tag = f"n{self._done}"
        self._done += 1
        self._relay.arm(fault)
        self._process.stdin.write(f"note 2 {tag}\n".encode())
        line = self._process.stdout.readline().decode()
        self._relay.arm()
        when = f"{fault.kind} {fault.code}at {fault.at}, {'from then on' if fault.lasts else 'once'}"
        if not self._proof.check(line, f"{when}: the program ended"):
            self._is_gone = True
            return False
        kind, _, code, *_ = line.split(" ", 3)
        self._judge(when, 0 if kind == "ok" else int(code), tag, fault, line.strip())
        return fault.times > 0

    def _judge(self, when: str, code: int, tag: str, fault: Fault, line: str) -> None:
        text = "SELECT count(*) FROM followup.events WHERE doc::jsonb ->> 'note' = %s"
        [(there,)] = self._server.execute(text, (tag,)).fetchall()
        proof = self._proof
        proof.count("changes")
        proof.count({0: "acknowledged", 7: "unknown"}.get(code, "refused"))
        proof.check(there <= 1, f"{when}: it is there {there} times: {line}")
        if code == 7:
            is_silent = fault.lasts and fault.kind in ("cut before", "cut after", "cut answer", "warn", "deny", "fail")
            proof.check(is_silent, f"{when}: unknown, though somebody answers: {line}")
        else:
            proof.check(code in (0, 4, 5), f"{when}: {line}")
            proof.check((code == 0) == (there == 1), f"{when}: {line}, and it is there {there} times")
        if not fault.lasts and fault.code != "55P03":
            proof.check(code == 0, f"{when}: noticed: {line}")
