"""The primary is killed with kill -9 amid the saves of several writers, and its standby takes its place."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Iterator

from tests.support.postgres_server import running_pair
from torture.proof import Proof
from torture.server.lost_connections import WRITERS, Writer, judge
from torture.server.server_sandbox import PERSON, ServerSandbox
from torture.testbed import Testbed

STANDBY = "standby"


def failovers(testbed: Testbed) -> Iterator[Proof]:
    """A synchronous standby loses nothing; an asynchronous one has to, or this proves nothing."""
    proof = Proof("D1", f"failovers to a synchronous standby amid the saves of {WRITERS} writers")
    for name in ("failovers", "acknowledged", "refused", "unknown", "lost", "twice", "refused and yet there"):
        proof.count(name, 0)
    for done in range(testbed.amount(20, 1)):
        testbed.progress("failovers", done, 20)
        _failover(testbed, proof, is_synchronous=True, is_frozen=done % 3 == 2)
    yield proof
    control, lossy = Proof("D1", "the same with an asynchronous standby, which has to lose some"), Proof("D1", "")
    _failover(testbed, lossy, is_synchronous=False, is_frozen=True)
    control.count("acknowledged", lossy.counted("acknowledged"))
    control.count("lost", lossy.counted("lost"))
    control.check(lossy.counted("lost"), "nothing was lost where it had to be")
    yield control


def _failover(testbed: Testbed, proof: Proof, *, is_synchronous: bool, is_frozen: bool) -> None:
    """Kill the primary once and promote its standby; `is_frozen`: what it sends to the standby stands still before."""
    with running_pair(STANDBY) as (primary, standby), testbed.sandbox() as plain:
        folder = plain.folder.parent / "on-server"
        folder.mkdir(mode=0o700)
        sandbox = ServerSandbox(plain.program, plain.judge, folder, primary)
        if is_synchronous:
            primary.sql(f"ALTER SYSTEM SET synchronous_standby_names = '{STANDBY}'")
            primary.sql("ALTER SYSTEM SET synchronous_commit = 'remote_apply'")
            primary.sql("SELECT pg_reload_conf()")
        hosts = f"{primary.folder},{standby.folder}"
        sandbox.env["FOLLOWUP_STORE"] = f"postgresql://{PERSON}@/{sandbox.database}?host={hosts}"
        writers = [Writer(sandbox, f"w{number}") for number in range(WRITERS)]
        for writer in writers:
            writer.start()
        try:
            wait_for_answers(writers, 20)
            if is_frozen:
                _freeze_sender(primary.sql("SELECT pid FROM pg_stat_replication"))
                if is_synchronous:
                    time.sleep(0.3)  # What is saved now is not answered.
                else:
                    wait_for_answers(writers, sum(len(writer.answers) for writer in writers) + 20)
            primary.kill()
            standby.promote()
            proof.count("failovers")
            wait_for_answers(writers, sum(len(writer.answers) for writer in writers) + 20)
        finally:
            for writer in writers:
                writer.ended()
        sandbox.server = standby
        judge(proof, sandbox, {tag: said for writer in writers for tag, said in writer.answers.items()})


def wait_for_answers(writers: list[Writer], count: int) -> None:
    end = time.monotonic() + 120
    while sum(len(writer.answers) for writer in writers) < count and time.monotonic() < end:
        time.sleep(0.02)


def _freeze_sender(found: list[tuple[int]]) -> None:
    for (pid,) in found:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGSTOP)
