"""Readers: by group or by ACL they can look at everything, and can neither change nor lock, nor have others blamed."""

import os
import stat
import subprocess
from pathlib import Path

from tests.support.program_with_injections import Injection, Program
from tests.support.run_command import Result
from torture.injected.lock_as_reader import TRIED, leave_to_child, try_to_lock
from torture.proof import Proof
from torture.sharing.accounts import ACL, Account, Server, acl
from torture.testbed import Testbed

READING_COMMANDS = (
    ("list", "--ids"), ("status",), ("show", "2"), ("history",), ("export", "--format", "json"),
    ("doctor",), ("doctor", "--repair"),
)  # fmt: skip

CHANGES = (("note", "2", "x"), ("restore", "6"))


MOST_TRIES = 20
"""Tries to have a number given again, between which others start processes."""


def read_only(testbed: Testbed, server: Server) -> Proof:
    """L3: the two ways to be a reader, before and after a lock was made by an older version."""
    proof = Proof("L3", "who may only look can lock nothing, and who does not hold the lock is not blamed")
    if server.alone:
        proof.leave_out(server.alone)
        return proof
    writer, colleague, outsider = server.accounts
    for way in (_by_acl, _by_group):
        reader = outsider if way is _by_acl else colleague
        store = way(proof, server, writer, reader)
        if store is None:
            continue
        when = way.__name__.strip("_").replace("_", " ")
        done(proof, writer.run(store, "note", "2", "mine"), f"a change by the writer, readers {when}")
        _reads(proof, reader, store, when)
        _locks_nothing(proof, writer, reader, store, when)
        if testbed.is_caught(proof):
            return proof
        _is_mended(proof, server, writer, reader, store, when)
        if way is _by_acl:
            _is_shut_out(proof, writer, reader, store)
        if testbed.is_caught(proof):
            return proof
    if not testbed.is_caught(proof):
        _nobody_is_blamed(proof, server)
    return proof


def done(proof: Proof, result: Result, when: str) -> None:
    """It is done."""
    proof.check(result.code == 0 and "saved, but" not in result.err, f"{when}: {result}")


def _by_acl(proof: Proof, server: Server, writer: Account, reader: Account) -> Path | None:
    """Somebody else is named by the ACLs of the folder and the store, as docs/sharing-on-a-server.md has it."""
    store = server.store(writer)
    try:
        os.setxattr(store.parent, ACL, acl(os.stat(store.parent), reader.uid, 5))
        os.setxattr(store, ACL, acl(os.stat(store), reader.uid, 4))
    except OSError as error:
        proof.leave_out(f"readers by an ACL: {error.strerror}")
        return None
    return store


def _by_group(proof: Proof, server: Server, writer: Account, reader: Account) -> Path:
    """The group of the folder may read, and its owner alone write."""
    return server.store(writer, 0o2750, 0o640)


def _reads(proof: Proof, reader: Account, store: Path, when: str) -> None:
    before = store.read_bytes()
    for argv in READING_COMMANDS:
        result = reader.run(store, *argv)
        proof.count("looks served")
        proof.check(result.code == 0, f"{argv[0]} by a reader {when}: {result}")
    for argv in CHANGES:
        result = reader.run(store, *argv)
        proof.count("refusals")
        proof.check(result.code != 0 and "chmod" not in result.err, f"{argv[0]} by a reader {when}: {result}")
    proof.check(store.read_bytes() == before, f"a reader {when} changed the store")
    with reader.app(store) as screen:
        try:
            screen.wait_for("read-only")
        except AssertionError as seen:
            proof.check(False, f"the app for a reader {when}: {seen}")
        screen.send("q")
        screen.wait_exit()


def _lock_of(store: Path) -> Path:
    return store.parent / f".{store.name}.lock"


def _locks_nothing(proof: Proof, writer: Account, reader: Account, store: Path, when: str) -> None:
    """The reader tries to lock every file there is, and holds on to what can be locked, while the writer works."""
    held = _trying(reader, store)
    assert held.stdout
    locked = held.stdout.readline().decode().split()
    proof.count("files that a reader tried to lock", len(os.listdir(store.parent)))
    proof.check(str(_lock_of(store)) not in locked, f"a reader {when} locks {locked}")
    result = writer.run(store, "note", "2", "beside a reader", env={"FOLLOWUP_LOCK_TIMEOUT": "1"})
    done(proof, result, f"a change beside a reader {when} who holds what there is to hold")
    held.communicate()


def _trying(who: Account, store: Path, how: Injection = try_to_lock) -> subprocess.Popen[bytes]:
    process = who.as_account(Program().instead(how))
    return process.start(env={**who.env(store), TRIED: str(store.parent)}, cwd="/")


def _is_mended(proof: Proof, server: Server, writer: Account, reader: Account, store: Path, when: str) -> None:
    """A lock that an older version made for readers too, and that one has open: doctor names it, and renews it."""
    lock = _lock_of(store)
    if when == "by acl":
        os.setxattr(lock, ACL, acl(os.stat(lock), reader.uid, 4))
    else:
        lock.chmod(0o640)
    with _trying(reader, store) as held:
        assert held.stdout
        locked = held.stdout.readline().decode().split()
        proof.check(str(lock) in locked, f"readers {when}: the lock of an older version was closed already")
        busy = writer.run(store, "note", "2", "x", env={"FOLLOWUP_LOCK_TIMEOUT": "0"})
        is_reported = busy.code == 5 and f"did not sign ({held.pid})" in busy.err
        proof.check(is_reported, f"who stops others is not told, readers {when}: {busy}")
        found = server.me.run(store, "doctor")
        proof.check("who may only look" in found.out, f"doctor on a lock open to readers {when}: {found}")
        held.communicate()
    with _trying(reader, store) as held:
        assert held.stdin
        assert held.stdout
        held.stdout.readline()
        held.stdin.write(b"free\n")
        held.stdout.readline()
        done(proof, server.me.run(store, "doctor", "--repair"), f"doctor --repair, readers {when}")
        held.stdin.write(b"again\n")
        held.stdout.readline()
        done(proof, writer.run(store, "note", "2", "x", env={"FOLLOWUP_LOCK_TIMEOUT": "1"}), f"after it, {when}")
        held.communicate()
    done(proof, server.me.run(store, "doctor"), f"doctor after the repair, readers {when}")
    proof.check(not stat.S_IMODE(lock.stat().st_mode) & 0o007, f"the lock is open to everybody, readers {when}")


def _is_shut_out(proof: Proof, writer: Account, reader: Account, store: Path) -> None:
    """The reader is taken out of the ACL of the store, and reads no older state after the next change either."""
    done(proof, writer.run(store, "restore", "7"), "a restore, which keeps what it replaced")
    mode = store.stat().st_mode
    os.removexattr(store, ACL)
    store.chmod(mode)
    doctor = writer.run(store, "doctor")
    proof.check("more people than the store" in doctor.out, f"doctor on what a former reader can read: {doctor}")
    done(proof, writer.run(store, "note", "2", "without the reader"), "a change without the reader")
    older = [*store.parent.glob(f".{store.name}.copies/*"), *store.parent.glob("*.replaced-*")]
    proof.check(len(older) > 2, f"older states: {older}")
    for path in older:
        proof.count("older states")
        read = reader.as_account(Program(("head", "-c", "1"))).run(str(path), env=reader.env(store), cwd="/")
        proof.check(read.code != 0, f"a former reader reads {path.name}: {read}")
    done(proof, writer.run(store, "doctor"), "doctor after it")


def _nobody_is_blamed(proof: Proof, server: Server) -> None:
    """A member signs the lock with a colleague's name: with a process of hers, his own, or one that ended and left the
    lock to a child, also when its number is hers by then. She is not named, and root sees who it is.
    """
    attacker, colleague, _ = server.accounts
    store = server.store(attacker)
    done(proof, colleague.run(store, "note", "2", "hers"), "a change by the colleague")

    def write_signature(signed: int) -> None:
        note = f"{colleague.name} (process {signed} on {os.uname().nodename}) since 2023-03-01 09:00:00 UTC\n"
        for name in (colleague.name, "", " "):
            _lock_of(store).write_text(note.replace(colleague.name, name))
            said = colleague.run(store, "note", "2", "x", env={"FOLLOWUP_LOCK_TIMEOUT": "0"})
            proof.count("forged signatures")
            is_so = said.code == 5 and f" by a process that did not sign ({held.pid}); " in said.err
            proof.check(is_so, f"signed with {note.strip()!r}: {said}")

    with _hers(colleague) as hers, _trying(attacker, store) as held:
        assert held.stdout
        held.stdout.readline()
        for signed in (hers.pid, held.pid, 4711):
            write_signature(signed)
        by_root = server.me.run(store, "note", "2", "x", env={"FOLLOWUP_LOCK_TIMEOUT": "0"})
        proof.check(f"({held.pid}, of {attacker.name})" in by_root.err, f"root is not told who it is: {by_root}")
        held.communicate()
        hers.communicate()
    with _trying(attacker, store, leave_to_child) as held:
        assert held.stdout
        held.stdout.readline()
        held.wait()
        write_signature(held.pid)
        for _ in range(MOST_TRIES):
            if not _give_next(held.pid):
                proof.leave_out("a number that is a colleague's by then: this system gives none that is asked for")
                break
            with _hers(colleague) as hers:
                if is_given := hers.pid == held.pid:
                    write_signature(held.pid)
                hers.communicate()
            if is_given:
                break
        held.communicate()


def _give_next(number: int) -> bool:
    """Have the kernel give this number to the next process. Returns whether it does that."""
    try:
        Path("/proc/sys/kernel/ns_last_pid").write_text(str(number - 1))
    except OSError:
        return False
    return True


def _hers(who: Account) -> subprocess.Popen[bytes]:
    process = who.as_account(Program().instead(try_to_lock)).start(
        env={**who.env(who.home), TRIED: str(who.home)}, cwd="/"
    )
    assert process.stdout
    process.stdout.readline()
    return process
