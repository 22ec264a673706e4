"""Private files of root's beside a store: members rename them to its lock, a copy, the copies or the store itself."""

import os
import shutil
from pathlib import Path

from tests.support.program_with_injections import Program
from torture.proof import Proof
from torture.sharing.accounts import Account, Server, below, who_may
from torture.sharing.read_only_role import done
from torture.testbed import Testbed

_SECRET = "between-root-and-root-4713"
_COPY = "0000000900.2026-01-01.json"
_LINES = (("doctor", "--repair"), ("note", "2", "x"), ("doctor", "--repair"), ("restore", "900"), ("restore",))


def private_files(testbed: Testbed, server: Server) -> Proof:
    """S4: a member renames what root keeps beside the store; root repairs, changes and restores."""
    proof = Proof(
        "S4", "private files of root's that a member renamed are opened and shown to nobody, nor written over"
    )
    if server.alone:
        proof.leave_out(server.alone)
        return proof
    person, member, _ = server.accounts
    for kind in ("text", "store"):
        for place in (".commitments.json.lock", f".commitments.json.copies/{_COPY}", ".commitments.json.copies", ""):
            if kind == "text" and not place:
                continue
            _try(proof, server, person, member, kind, place)
            if testbed.is_caught(proof):
                return proof
    _in_a_shared_folder(proof, server, person)
    _brought_back(proof, server, person)
    return proof


def _brought_back(proof: Proof, server: Server, person: Account) -> None:
    """A private store in a shared folder, whose backup its owner restores; a member can remove and spoil its file."""
    shared = server.store(person, 0o2770, 0o660, server.group)
    store = shared.with_name("own.json")
    made = _private_store(server)
    os.chown(made, person.uid, server.group)
    made.rename(store)
    visit = ("visit", "add", "More", "--place", "Lyon", "--from", "2022-12-06")
    done(proof, person.run(store, *visit), "a change that keeps a copy")
    backup = person.home / "own-backup.json"
    done(proof, person.run(store, "backup", str(backup)), "a backup")
    for spoil in ("", "damaged", "removed"):
        if spoil == "damaged":
            store.write_bytes(b"{")
        elif spoil:
            store.unlink()
        done(proof, person.run(store, "restore", str(backup)), f"a restore of one that was {spoil or 'whole'}")
        proof.count("repairs, changes and restores")
        found = [path for path in below(store.parent) if _SECRET.encode() in _bytes_of(path)]
        open_to = {path: who for path in found if (who := who_may(path) - {f"user {person.uid}"})}
        proof.check(bool(found) and not open_to, f"after a restore of one that was {spoil or 'whole'}: {open_to}")


def _in_a_shared_folder(proof: Proof, server: Server, person: Account) -> None:
    """A folder that root makes there has the group and the set-id bit of the shared one, and is private."""
    folder = server.store(person, 0o2770, 0o660, server.group).with_name("private")
    folder.mkdir(mode=0o700)
    folder.chmod(0o2700)
    store = _private_store(server).rename(folder / "own.json")
    server.me.run(store, "doctor", "--repair")
    proof.count("repairs, changes and restores")
    proof.check(who_may(folder) == {"user 0"}, f"a private folder in a shared one is open to {who_may(folder)}")
    _is_closed(proof, server, store, "a private store in a shared folder")


def _try(proof: Proof, server: Server, person: Account, member: Account, kind: str, place: str) -> None:
    store = server.store(person, 0o2770, 0o660, server.group)
    done(proof, person.run(store, "note", "2", "before"), "a change that keeps a copy")
    is_folder = place.endswith(".copies")
    private = store.with_name("private")
    if is_folder:
        private.mkdir(mode=0o700)
    _make(server, private / _COPY if is_folder else private, kind)
    target = store.parent / place if place else store
    if is_folder:
        shutil.rmtree(target)
    renamed = member.as_account(Program(("mv",))).run(str(private), str(target), env=member.env(store))
    proof.check(renamed.code == 0, f"a member could not rename: {renamed}")
    when = f"a private {kind} of root's {'in the folder ' if is_folder else ''}as {place or 'the store'}"
    for line in _LINES:
        proof.count("repairs, changes and restores")
        result = server.me.run(store, *line)
        proof.check("Traceback" not in result.err and "has a fault" not in result.err, f"{when}, {line}: {result}")
        _is_closed(proof, server, store, f"{when}, {' '.join(line)}")
        if (line[0] == "restore" and not line[1:]) or proof.wrong:
            return
        if line == ("restore", "900") and place:
            store.write_bytes(b"{")  # So that the next one takes the newest good copy.


def _make(server: Server, path: Path, kind: str) -> None:
    if kind == "text":
        path.write_text(_SECRET)
    else:
        shutil.copyfile(_private_store(server), path)
    path.chmod(0o600)
    os.chown(path, 0, 0)


def _private_store(server: Server) -> Path:
    """A valid store of root's with a history of its own."""
    store = server.folder(server.me, 0o700, 0) / "own.json"
    visit = ("visit", "add", _SECRET, "--place", "Lyon", "--from", "2022-12-06")
    for line in (("init", "--timezone", "UTC"), visit):
        made = server.me.run(store, *line)
        assert made.code == 0, made
    return store


def _is_closed(proof: Proof, server: Server, store: Path, when: str) -> None:
    """A file that holds the words is there, and none can be opened by anybody but root."""
    found = [path for path in below(store.parent) if _SECRET.encode() in _bytes_of(path)]
    open_to = {path: who for path in found if (who := who_may(path) - {"user 0"})}
    proof.check(bool(found), f"{when}: it is written over")
    proof.check(not open_to, f"{when}: can be opened now: {open_to}")


def _bytes_of(path: str) -> bytes:
    return Path(path).read_bytes() if os.path.isfile(path) else b""
