"""A server on another machine that takes no encryption: no password reaches it, however its address was said."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tests.support.password_listener import ADDRESS, listener, ways_there
from torture.proof import Proof
from torture.testbed import Testbed

_PASSWORD = "secret-4711"


def no_password_in_clear(testbed: Testbed) -> Proof:
    """D4: nothing of a password is sent in clear to another machine, or to any listener, unless somebody said so."""
    proof = Proof("D4", "no password goes in clear to another machine, by whatever variable or service it is named")
    with testbed.sandbox() as sandbox, tempfile.TemporaryDirectory() as folder, listener() as server:
        for name, surroundings in ways_there(server.port, Path(folder)):
            proof.count("names of a server")
            done = sandbox.run("status", "--store", name, env={**surroundings, "PGPASSWORD": _PASSWORD})
            label = f"{name} with {surroundings}"
            proof.check(_PASSWORD.encode() not in server.heard, f"{label}: the password went in clear")
            proof.check(done.code == 4, f"{label}: {done}")
            if testbed.is_caught(proof):
                return proof
        proof.check(server.met >= proof.counted("names of a server"), "not each name led to the server")
        with listener("127.0.0.1") as here:
            name = f"postgresql://asel@localhost:{here.port}/followup"
            sandbox.run("status", "--store", name, env={"PGPASSWORD": _PASSWORD})
            proof.check(_PASSWORD.encode() not in here.heard, f"{name}: whoever listens got the password in clear")
            proof.check(here.met > 0, f"{name} did not lead to the server")
        allowed = {**os.environ, "PGPASSWORD": _PASSWORD}
        sandbox.run("status", "--store", f"postgresql://asel@{ADDRESS}:{server.port}/f?sslmode=disable", env=allowed)
        proof.check(_PASSWORD.encode() in server.heard, "the server asked for no password: nothing was tried")
    return proof
