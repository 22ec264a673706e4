"""A lock and copies of a stranger: in a folder like /tmp, somebody who may not change the store puts them beside it."""

import fcntl
import grp
import os
from pathlib import Path

from torture.proof import Proof
from torture.sharing.accounts import ACL, Account, Server, acl
from torture.sharing.read_only_role import done
from torture.testbed import Testbed

_HELD = "being changed by"


def planted_lock(testbed: Testbed, server: Server) -> Proof:
    """S4: the stranger holds the lock, and has put a store of his among the copies."""
    proof = Proof(
        "S4",
        "a lock and copies that a stranger put beside a store are refused and told, and never used; nor is his folder",
    )
    if server.alone:
        proof.leave_out(server.alone)
        return proof
    person, colleague, stranger = server.accounts
    store = server.store(person, 0o1777, 0o600)
    try:
        # A reader by an ACL, whom the stranger must not be taken for.
        os.setxattr(store, ACL, acl(os.stat(store), colleague.uid, 4))
    except OSError as error:
        proof.leave_out(f"a reader by an ACL: {error.strerror}")
    _holds_nobody_up(proof, person, stranger, store)
    if not testbed.is_caught(proof):
        _offers_no_copy(proof, person, stranger, store)
    if not testbed.is_caught(proof):
        _no_store_beside(proof, person, stranger, store.with_name("new.json"))
    if not testbed.is_caught(proof):
        _no_store_in_his_folder(proof, server, person, stranger)
    return proof


def _plant_lock(stranger: Account, store: Path) -> Path:
    lock = store.with_name(f".{store.name}.lock")
    lock.touch()
    lock.chmod(0o666)
    os.chown(lock, stranger.uid, stranger.gid)
    return lock


def _holds_nobody_up(proof: Proof, person: Account, stranger: Account, store: Path) -> None:
    before = store.read_bytes()
    lock = _plant_lock(stranger, store)
    with lock.open("r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        env = person.env(store, FOLLOWUP_LOCK_TIMEOUT="0")
        process = person.program.start("note", "2", "x", env=env, cwd=str(person.home))
        err = process.communicate()[1].decode()
    proof.count("plants")
    proof.check(process.returncode != 0 and stranger.name in err, f"a change beside a stranger's lock: {err}")
    proof.check(_HELD not in err, f"a stranger's lock is waited for: {err}")
    proof.check(store.read_bytes() == before, "a refused change changed the store")
    doctor = person.run(store, "doctor")
    proof.check(stranger.name in doctor.out and str(lock) in doctor.out, f"doctor beside a stranger's lock: {doctor}")
    lock.unlink()


def _offers_no_copy(proof: Proof, person: Account, stranger: Account, store: Path) -> None:
    copies = store.with_name(f".{store.name}.copies")
    copies.mkdir()
    copies.chmod(0o777)
    false = copies / "0000009999.2026-01-01.json"
    false.write_bytes(store.read_bytes())
    for path in (false, copies):
        os.chown(path, stranger.uid, stranger.gid)
    proof.count("plants")
    changed = person.run(store, "note", "2", "x")
    proof.check(changed.code == 0 and stranger.name in changed.err, f"a change beside a stranger's copies: {changed}")
    proof.check(os.listdir(copies) == [false.name], f"in the stranger's folder are {os.listdir(copies)}")
    listed, doctor = person.run(store, "restore", "--list"), person.run(store, "doctor")
    proof.check("9999" not in listed.out, f"a stranger's file is offered as a copy: {listed}")
    proof.check(person.run(store, "restore", "9999").code != 0, "a stranger's file was brought back")
    proof.check(
        stranger.name in doctor.out and str(copies) in doctor.out, f"doctor beside a stranger's copies: {doctor}"
    )
    false.unlink()
    copies.rmdir()
    done(proof, person.run(store, "note", "2", "x"), "a change when the stranger's files are gone")


def _no_store_beside(proof: Proof, person: Account, stranger: Account, store: Path) -> None:
    _plant_lock(stranger, store)
    proof.count("plants")
    made = person.run(store, "init", str(store), "--timezone", "UTC")
    proof.check(made.code != 0 and stranger.name in made.err, f"init beside a stranger's lock: {made}")
    proof.check(not store.exists(), "a store was made beside a stranger's lock")


def _reported_where_others_write(proof: Proof, server: Server, person: Account) -> None:
    """In a folder of his own, below one in which everybody may write."""
    above = server.folder(server.me, 0o777, 0)
    below = above / "mine"
    below.mkdir(mode=0o700)
    os.chown(below, person.uid, person.gid)
    store = below / "c.json"
    for line in (("init", str(store)), ("doctor", "--store", str(store))):
        proof.count("plants")
        result = person.run(store, *line)
        is_reported = f"since they may write in {above}" in result.out + result.err
        proof.check(is_reported, f"{line[0]} where others can put another store: {result}")


def _no_store_in_his_folder(proof: Proof, server: Server, person: Account, stranger: Account) -> None:
    """No store is made where he could replace it; root is warned, at once and by doctor."""
    backup = person.home / "backup.json"
    made = server.store(person, 0o700, 0o600, person.gid)
    done(proof, person.run(made, "backup", str(backup)), "a backup")
    folder = server.folder(stranger, 0o777, stranger.gid)
    lines: tuple[tuple[str, ...], ...] = (("init",), ("init", "--shared"), ("restore", str(backup)), ("demo",))
    for store in (folder / "c.json", folder / "below" / "c.json"):
        for line in lines:
            proof.count("plants")
            words = (*line, str(store)) if line[0] in ("init", "demo") else (*line, "--store", str(store))
            refused = person.run(store, *words)
            is_refused = refused.code == 4 and f"{folder} belongs to {stranger.name}" in refused.err
            proof.check(is_refused and not os.listdir(folder), f"{words} in the folder of a stranger: {refused}")
    _reported_where_others_write(proof, server, person)
    store = folder / "c.json"
    shared = server.me.run(store, "init", str(store), "--shared", "--group", grp.getgrgid(server.group).gr_name)
    proof.check(shared.code == 4 and not store.exists(), f"root shares a store in a stranger's folder: {shared}")
    sentence = f"{folder} belongs to {stranger.name}, who may not change the store"
    lines = (("init", str(store)), ("doctor", "--store", str(store)))
    for line in lines:
        result = server.me.run(store, *line)
        proof.check(sentence in result.out + result.err, f"{line[0]} by root in a stranger's folder: {result}")
