"""Random histories of several people on a server, amid terminated connections and killed commands."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

import psycopg

from torture.concurrent_histories.explained_histories import is_explained
from torture.proof import Proof
from torture.server.lost_connections import TARGET, control
from torture.server.server_sandbox import ServerSandbox, server_sandbox
from torture.testbed import Testbed


def histories(testbed: Testbed) -> Proof:
    """In every third two people are killed again and again, and in every third connections are terminated."""
    proof = Proof("D3", "random histories on a server, each explained by some order")
    proof.count("connections terminated", 0)
    times = testbed.amount(57, 1)
    people, each = testbed.amount(4, 2), testbed.amount(7, 3)
    for done in range(times):
        testbed.progress("histories", done, times)
        is_struck = testbed.is_short or done % 3 == 1
        with server_sandbox(testbed) as sandbox, _terminating(proof, sandbox, is_on=is_struck):
            killed = 2 if done % 3 == 2 else 0
            if not is_explained(proof, sandbox, testbed.chance, people=people, each=each, killed=killed):
                break
    return proof


@contextlib.contextmanager
def _terminating(proof: Proof, sandbox: ServerSandbox, *, is_on: bool) -> Iterator[None]:
    """Terminate a connection again and again, meanwhile."""
    is_over = threading.Event()

    def strike() -> None:
        with contextlib.suppress(psycopg.OperationalError), control(sandbox) as connection:
            while not is_over.wait(0.1):
                struck = connection.execute(f"SELECT pg_terminate_backend(pid) FROM ({TARGET}) target").fetchall()
                proof.count("connections terminated", len(struck))

    beside = threading.Thread(target=strike, daemon=True)
    if is_on:
        beside.start()
    try:
        yield
    finally:
        is_over.set()
        if is_on:
            beside.join()
