"""The primary is killed with kill -9 amid the saves of several writers, and its standby takes its place."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Iterator

from tests.support.postgres_server import running_pair
from torture.proof import Proof
from torture.server.lost_connections import WRITERS, Writers
from torture.server.server_sandbox import PERSON, sandbox_on
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
    with running_pair(STANDBY) as (primary, standby), sandbox_on(primary, testbed) as sandbox:
        if is_synchronous:
            primary.sql(f"ALTER SYSTEM SET synchronous_standby_names = '{STANDBY}'")
            primary.sql("ALTER SYSTEM SET synchronous_commit = 'remote_apply'")
            primary.sql("SELECT pg_reload_conf()")
        hosts = f"{primary.folder},{standby.folder}"
        sandbox.env["FOLLOWUP_STORE"] = f"postgresql://{PERSON}@/{sandbox.database}?host={hosts}"
        with Writers(sandbox, proof) as writers:
            writers.wait_for_answers(20)
            if is_frozen:
                _freeze_sender(primary.sql("SELECT pid FROM pg_stat_replication"))
                if is_synchronous:
                    time.sleep(0.3)  # What is saved now is not answered.
                else:
                    writers.wait_for_answers(20)
            primary.kill()
            standby.promote()
            proof.count("failovers")
            writers.wait_for_answers(20)
            sandbox.server = standby


def _freeze_sender(found: list[tuple[int]]) -> None:
    for (pid,) in found:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGSTOP)
