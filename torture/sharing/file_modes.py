"""No new file is ever more accessible than the store: modes and ACLs are checked before each step."""

import grp
import os
import signal
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from tests.support.run_command import Result
from torture.injected.stop_before_each_call import FAULT, stop_before_steps
from torture.proof import Proof
from torture.sharing.accounts import ACL, DEFAULT_ACL, Account, Server, acl, below, who_may
from torture.testbed import Testbed


class Privacy:
    """The accounts that the store admits, and a check that new files admit no other."""

    def __init__(self, proof: Proof, allowed: set[str], *folders: Path) -> None:
        self._proof = proof
        self._allowed = allowed
        self._folders = folders
        self._seen: set[str] = set()
        self._reported: set[tuple[str, str]] = set()

    def check_access(self, when: str) -> None:
        """Check every file and folder."""
        self._proof.count("looks")
        for path in below(*self._folders):
            if path not in self._seen:
                self._seen.add(path)
                self._proof.count("files and folders made")
            more = who_may(path) - self._allowed
            if more and (when, path) not in self._reported:
                self._reported.add((when, path))
                self._proof.check(False, f"{when}: {path} is open to {', '.join(sorted(more))}")


def step_by_step(
    person: Account, store: Path, argv: tuple[str, ...], check_access: Callable[[], None], *, umask: int, **env: str
) -> Result:
    """Run a command, and check access before each of its steps and after it."""
    typed = b"note 2 from a batch\nmark 2 in-progress\n" if argv[0] == "batch" else b""
    stepping = person.after(stop_before_steps)
    process = stepping.start(*argv, env=person.env(store, **env), umask=umask, cwd=str(person.home))
    with process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(typed)
        process.stdin.close()
        while os.WIFSTOPPED(status := os.waitpid(process.pid, os.WUNTRACED)[1]):
            check_access()
            process.send_signal(signal.SIGCONT)
        process.returncode = os.waitstatus_to_exitcode(status)
        check_access()
        return Result(process.returncode, process.stdout.read().decode(), process.stderr.read().decode())


def privacy(testbed: Testbed, server: Server) -> Proof:
    """R8: stores of several kinds under an open and a shut umask."""
    proof = Proof("R8", "who may open what is made, before each step of each command")
    for umask in (0o000, 0o077)[: testbed.amount(2, 1)]:
        _of_a_private_store(server, proof, umask, is_short=testbed.is_short)
        _of_a_shared_store(server, proof, umask, is_short=testbed.is_short)
        if not testbed.is_short:
            _of_a_store_for_readers(server, proof, umask)
            _of_a_new_shared_store(server, proof, umask)
        _of_a_store_with_an_acl(server, proof, umask)
    return proof


CHANGES: tuple[tuple[str, ...], ...] = (
    ("note", "2", "a-secret word"),
    ("mark", "2", "in-progress"),
    ("redact", "2", "--passage", "a-secret", "--yes"),
    ("backup",),
    ("restore", "7"),
    ("batch",),
    ("undo",),
    ("edit", "2", "--owner", "somebody"),
    ("undo",),
    ("config", "silent-after", "9", "--shared"),
    ("doctor", "--repair"),
)
"""Every way to write into a store, in an order in which each can be done; the first of them matter most."""


def _changes(is_short: bool) -> tuple[tuple[str, ...], ...]:
    return CHANGES[:5] if is_short else CHANGES


def _walked(
    server: Server, proof: Proof, store: Path, allowed: set[str], umask: int, changes: Sequence[tuple[str, ...]]
) -> None:
    """All that is done to a store that is there."""
    person = server.first
    eyes = Privacy(proof, allowed, store.parent, person.home)
    before = who_may(store)
    for argv in changes:
        when = f"{' '.join(argv[:2])} under umask {umask:03o}"
        result = step_by_step(person, store, argv, partial(eyes.check_access, when), umask=umask)
        proof.count("commands")
        server.sandbox.check_answer(proof, result, when)
        proof.check(result.code == 0, f"{when}: {result}")
        proof.check("may still hold" not in result.err and "no copy" not in result.err, f"{when}: {result.err}")
        lost = {who for who in before - who_may(store) if not who.startswith("user") or before == allowed}
        proof.check(not lost, f"{when}: the store shuts out {', '.join(sorted(lost))}")


def _of_a_private_store(server: Server, proof: Proof, umask: int, *, is_short: bool) -> None:
    person = server.first
    mine = {f"user {person.uid}"}
    store = server.store(person, 0o700, 0o600)
    _walked(server, proof, store, mine, umask, _changes(is_short))
    eyes = Privacy(proof, mine, store.parent, person.home)
    new = store.parent / "new" / "deep" / "c.json"
    visit = ("visit", "add", "Study visit", "--place", "Lyon", "--from", "2022-12-06")
    made: list[tuple[tuple[str, ...], dict[str, str]]] = [
        (("init", str(new)), {}),
        (visit, {"FOLLOWUP_STORE": ""}),
        (("config", "me", "asel"), {}),
        (("list",), {FAULT: "yes"}),
    ]
    if not is_short:
        made += [(("demo", str(store.parent / "demo" / "d.json")), {}), (("demo",), {"TMPDIR": str(store.parent)})]
        made += [(("backup", str(person.home / f"backup-{umask:03o}.json")), {})]
    for argv, env in made:
        when = f"{argv[0]} under umask {umask:03o}"
        result = step_by_step(person, store, argv, partial(eyes.check_access, when), umask=umask, **env)
        proof.count("commands")
        server.sandbox.check_answer(proof, result, when)
        is_right = "send the report" in result.err if env.get("TORTURE_FAULT") else result.code == 0
        proof.check(is_right, f"{when}: {result}")


def _of_a_shared_store(server: Server, proof: Proof, umask: int, *, is_short: bool) -> None:
    person = server.first
    store = server.store(person)
    allowed = {f"user {person.uid}", f"group {server.group}"}
    _walked(server, proof, store, allowed, umask, _changes(is_short))


def _of_a_store_for_readers(server: Server, proof: Proof, umask: int) -> None:
    """A store that a group may read, in a folder that it may enter."""
    person = server.first
    store = server.store(person, 0o750, 0o640)
    # Without doctor --repair, which closes it: a folder like this may also be somebody's home.
    _walked(server, proof, store, {f"user {person.uid}", f"group {server.group}"}, umask, CHANGES[:-1])


def _of_a_new_shared_store(server: Server, proof: Proof, umask: int) -> None:
    person = server.first
    folder = server.folder(person, 0o755)
    store = folder / "team" / "commitments.json"
    eyes = Privacy(proof, {f"user {person.uid}", f"group {server.group}"}, folder)
    argv = ("init", str(store), "--shared", "--group", grp.getgrgid(server.group).gr_name)
    when = f"init --shared under umask {umask:03o}"
    result = step_by_step(person, store, argv, lambda: eyes.check_access(when), umask=umask)
    proof.check(result.code == 0, f"{when}: {result}")


def _of_a_store_with_an_acl(server: Server, proof: Proof, umask: int) -> None:
    """One user more is named by the store, not its group: it stays so; and a folder that would name one more."""
    person = server.first
    named, unwanted = 4711, 4712
    store = server.store(person, 0o2770, 0o600)
    try:
        os.setxattr(store, ACL, acl(os.stat(store), named, 6))
        os.setxattr(store.parent, DEFAULT_ACL, acl(os.stat(store.parent), unwanted, 7))
    except OSError as error:
        proof.leave_out(f"ACLs: {error.strerror}")
        return
    allowed = {f"user {person.uid}", f"user {named}"}
    eyes = Privacy(proof, allowed | {f"user {unwanted}", f"group {server.group}"}, store.parent)
    for argv in (("note", "2", "a-secret word"), ("redact", "2", "--passage", "a-secret", "--yes"), ("restore", "7")):
        when = f"{argv[0]} of a store with an ACL, under umask {umask:03o}"

        def check_access(when: str = when) -> None:
            eyes.check_access(when)
            _only_named(proof, store, allowed, when)

        result = step_by_step(person, store, argv, check_access, umask=umask)
        proof.check(result.code == 0, f"{when}: {result}")
        proof.check(allowed <= who_may(store), f"{when}: the ACL is lost, open to {', '.join(sorted(who_may(store)))}")


def _only_named(proof: Proof, store: Path, allowed: set[str], when: str) -> None:
    """All that holds records is open to those alone whom the store names."""
    for path in below(store.parent):
        if os.path.isfile(path) and not path.endswith(".lock"):
            more = who_may(path) - allowed
            proof.check(not more, f"{when}: {os.path.basename(path)} is open to {', '.join(sorted(more))}")
