"""Two people with a role and a password each, in the app, through a pool, while connections are terminated."""

from __future__ import annotations

import contextlib
import os
import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import psycopg

from tests.support.pgbouncer import running_pool, why_no_pool
from tests.support.postgres_server import running_server
from tests.support.program_with_injections import Program, environment
from tests.support.pty_screen import PtyScreen
from tests.support.run_command import PATIENCE
from torture.proof import Proof
from torture.server.lost_connections import TARGET, control
from torture.server.server_sandbox import ServerSandbox, sandbox_on
from torture.sharing.accounts import Server
from torture.testbed import Testbed, message_of

PEOPLE = {"asel": "of asel, not boris's", "boris": "of boris, not asel's"}
"""Roles, and the password of each."""

_SAVE = "\x13"

_NEWS = f"#4 noted, by ({'|'.join(PEOPLE)})(; and \\d+ more)?"
_EXPECTED = re.compile(f"(#4 noted(; meanwhile {_NEWS})?|{_NEWS}|saving ...|saving takes longer .*|waiting: .*)?")
"""What each is told while all is well: what they did, what the other did, and that it takes a while."""


Start = Callable[[dict[str, str]], PtyScreen]
"""Starts the app of one person in a terminal, with these variables."""


def two_in_the_app(testbed: Testbed) -> Proof:
    """Both save one note after the other by keys, and each is there, once, under the right name."""
    proof = Proof("D1", "two people in the app through a pool, connections terminated beside them")
    with testbed.sandbox() as sandbox:
        starts: dict[str, Start] = {}
        for role in PEOPLE:
            home = sandbox.folder.parent / role
            home.mkdir(mode=0o700)
            _remember(home, PEOPLE[role])
            starts[role] = partial(_start, testbed.program, environment(home, sandbox.store))
        return _work(proof, testbed, starts)


def two_accounts_in_the_app(testbed: Testbed) -> Proof:
    """The same of two accounts of the machine: the server's word tells who they are, and not the machine's."""
    proof = Proof("D1", "two accounts of a machine in the app through a pool, connections terminated beside them")
    with testbed.sandbox() as sandbox:
        machine = Server(testbed, sandbox)
        if machine.alone:
            proof.leave_out(machine.alone)
            return proof
        starts: dict[str, Start] = {}
        for account, role in zip(machine.accounts, PEOPLE, strict=False):
            password = _remember(account.home, PEOPLE[role])
            os.chown(password, account.uid, account.gid)
            starts[role] = partial(_start, account.program, account.env(sandbox.store))
        return _work(proof, testbed, starts)


def _start(program: Program, env: dict[str, str], more: dict[str, str]) -> PtyScreen:
    return program.in_terminal(env={**env, **more})


def _work(proof: Proof, testbed: Testbed, starts: dict[str, Start]) -> Proof:
    if reason := why_no_pool():
        proof.leave_out(reason)
        return proof
    times = testbed.amount(30, 3)
    with running_server() as server, sandbox_on(server, testbed) as sandbox:
        with running_pool(server, {role: text.replace("'", "''") for role, text in PEOPLE.items()}) as port:
            is_over = threading.Event()
            beside = threading.Thread(target=_terminate, args=(proof, sandbox, is_over), daemon=True)
            beside.start()
            try:
                with ThreadPoolExecutor(2) as pool:
                    working = [pool.submit(_write, proof, sandbox, role, starts[role], port, times) for role in PEOPLE]
                for each in working:
                    each.result()
            finally:
                is_over.set()
                beside.join()
        found = [(event["who"], event["note"]) for event in sandbox.events() if "note" in event]
        wanted = [(role, f"{role} {number}") for role in PEOPLE for number in range(times)]
        proof.check(sorted(found) == sorted(wanted), f"found {sorted(found)}")
        proof.check(proof.counted("connections terminated"), "no connection was terminated")
        sandbox.check_history(proof, "in the end")
    return proof


def _terminate(proof: Proof, sandbox: ServerSandbox, is_over: threading.Event) -> None:
    proof.count("connections terminated", 0)
    with contextlib.suppress(psycopg.OperationalError), control(sandbox) as connection:
        while not is_over.wait(0.2):
            struck = connection.execute(f"SELECT pg_terminate_backend(pid) FROM ({TARGET}) target").fetchall()
            proof.count("connections terminated", len(struck))


def _write(proof: Proof, sandbox: ServerSandbox, role: str, start: Start, port: int, times: int) -> None:
    """One person: notes by keys, and each answered that it is saved."""
    url = f"postgresql://{role}@127.0.0.1:{port}/{sandbox.database}"
    try:
        with start({"FOLLOWUP_STORE": url, "FOLLOWUP_LOCK_TIMEOUT": "60"}) as screen:
            screen.wait_for("q quit")
            for number in range(times):
                text = f"{role} {number}"
                screen.send("n")
                screen.wait_for("Note on #4")
                screen.send(text + _SAVE)
                screen.wait_for("q quit")
                _wait_until_there(sandbox, text)
                message = message_of(screen)
                proof.check(bool(_EXPECTED.fullmatch(message)), f"{role} noticed more than a pause: {message}")
                proof.count("saved by keys")
    except AssertionError as error:
        proof.check(False, f"{role}: {str(error)[:1500]}")


def _wait_until_there(sandbox: ServerSandbox, text: str) -> None:
    end = time.monotonic() + PATIENCE
    while not sandbox.notes()[text]:
        assert time.monotonic() < end, f"{text} was not saved"
        time.sleep(0.05)


def _remember(home: Path, password: str) -> Path:
    """Put the password where libpq looks for it. Returns its file."""
    path = home / ".pgpass"
    path.write_text(f"*:*:*:*:{password}\n")
    path.chmod(0o600)
    return path
