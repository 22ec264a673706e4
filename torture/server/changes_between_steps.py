"""Somebody else's change comes between the steps of a look and of a change, and while one stands with the turn."""

from __future__ import annotations

import json
import signal
import subprocess

from store import operations
from store.database import Database
from store.errors import StoreBusy
from tests.support.postgres_relay import Fault, relay_to
from torture.injected.server_patience import SECONDS, little_patience_with_a_server
from torture.proof import Proof
from torture.server.server_sandbox import server_sandbox
from torture.testbed import Testbed

TURN, SAVE = "FOR UPDATE", "UPDATE followup.meta SET revision = $"
"""Parts of the statements that take the turn and that begin a save."""


def between_the_steps(testbed: Testbed) -> Proof:
    """Before the turn another change is seen, before the save it waits; what a look shows is one revision."""
    proof = Proof("D2", "changes of others between the steps of a look and a change")
    proof.count("changes between", 0)
    with server_sandbox(testbed) as sandbox, relay_to(sandbox.server.address) as relay:
        other = sandbox.opened("asel", 0.2)

        def change() -> None:
            try:
                _note(other, f"between {proof.counted('changes between')}")
            except StoreBusy:
                proof.count("waited for the turn")
            else:
                proof.count("changes between")

        env = {**sandbox.env, **sandbox.by_way_of(relay.folder)}
        relay.arm(Fault("call", TURN, call=change), Fault("call", SAVE, call=change))
        done = sandbox.run("note", "2", "mine", env=env)
        proof.check(done.code == 0 and sandbox.notes()["mine"] == 1, f"a note: {done}, {sandbox.notes()}")
        proof.check(proof.counted("changes between"), "nobody came before the turn")
        proof.check(proof.counted("waited for the turn"), "somebody came between the turn and the save")
        before = len(sandbox.notes())
        first = sandbox.seen("show", "2")
        relay.arm(Fault("call", 1, lasts=True, call=change))
        result = sandbox.run("show", "2", "--json", env=env)
        relay.arm()
        proof.check(len(sandbox.notes()) > before + 2, "nobody changed it during the look")
        if proof.check(result.code == 0, f"show: {result}"):
            shown = json.loads(result.out)
            more = len(shown["notes"]) - len(first["notes"])
            is_one = shown["revision"] - first["revision"] == more
            proof.check(is_one, f"two revisions in one look: {more} notes more at {first} and {shown}")
            proof.count("looks")
        sandbox.check_history(proof, "in the end")
    return proof


def _note(database: Database, text: str) -> None:
    with database.transaction(about=[2]) as tx:
        operations.note(tx, 2, text)


def frozen_holder(testbed: Testbed) -> Proof:
    """One who stands still with the turn holds up nobody for long, and saves nothing over what came meanwhile."""
    proof = Proof("D4", f"the holder of the turn stopped; the server's limit made {SECONDS} s")
    proof.count("holders stopped", 0)
    with server_sandbox(testbed) as sandbox, relay_to(sandbox.server.address) as relay:
        other = sandbox.opened("asel", 20)
        holder: list[subprocess.Popen[bytes]] = []

        def stop() -> None:
            holder[0].send_signal(signal.SIGSTOP)
            try:
                _note(other, "while it stood still")
            except StoreBusy as error:
                proof.check(False, f"the others were held up: {error}")
            holder[0].send_signal(signal.SIGCONT)
            proof.count("holders stopped")

        relay.arm(Fault("call", SAVE, call=stop))
        env = {**sandbox.env, **sandbox.by_way_of(relay.folder)}
        program = sandbox.program.after(little_patience_with_a_server)
        holder.append(program.start("note", "2", "mine", env=env))
        out, err = holder[0].communicate(timeout=120)
        code = holder[0].returncode
        there = sandbox.notes()
        proof.check(there["while it stood still"] == 1, f"the others did not go on: {there}")
        # It is done anew, after the other, and is there once; or it was not saved, which 5 says.
        proof.check((code, there["mine"]) in ((0, 1), (5, 0)), f"exit {code}, and it is there {there['mine']} times")
        proof.check(b"Traceback" not in err, f"{out!r} {err!r}")
        sandbox.check_history(proof, "in the end")
    return proof
