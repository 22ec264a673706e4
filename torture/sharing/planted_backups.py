"""Backups of a stranger: a store of his under the number of a revision, and one swapped for a colleague's backup."""

import os
from pathlib import Path

from torture.proof import Proof
from torture.sharing.accounts import Account, Server
from torture.sharing.read_only_role import done
from torture.testbed import Testbed

_LIE = "never-promised-4711"


def planted_backups(testbed: Testbed, server: Server) -> Proof:
    """S4: what a stranger put where one stands, or in the place of a backup, is not brought back."""
    proof = Proof("S4", "no store of a stranger is brought back, by the number of a revision or as a backup")
    if server.alone:
        proof.leave_out(server.alone)
        return proof
    person, _, stranger = server.accounts
    store = server.store(person, 0o700, 0o600)
    done(proof, person.run(store, "note", "2", "promised"), "a change that keeps a copy")
    lie = server.store(stranger, 0o755, 0o644, stranger.gid)
    done(proof, stranger.run(lie, "note", "2", _LIE), "the stranger's store")
    _under_the_number(proof, person, store, lie)
    if not testbed.is_caught(proof):
        _swapped_backup(proof, person, stranger, store, lie)
    return proof


def _under_the_number(proof: Proof, person: Account, store: Path, lie: Path) -> None:
    for plant in ("store", "pipe", "folder"):
        planted = lie.with_name("6")
        if plant == "store":
            os.link(lie, planted)
        elif plant == "pipe":
            os.mkfifo(planted, 0o644)
        else:
            planted.mkdir()
        proof.count("plants")
        restored = person.run(store, "restore", "6", cwd=str(lie.parent))
        proof.check(
            restored.out.startswith("revision 6 is back"), f"restore 6 beside a {plant} of that name: {restored}"
        )
        proof.check(_LIE.encode() not in store.read_bytes(), f"restore 6 brought back the {plant} of a stranger")
        planted.rmdir() if plant == "folder" else planted.unlink()


def _swapped_backup(proof: Proof, person: Account, stranger: Account, store: Path, lie: Path) -> None:
    folder = lie.parent / "bk"
    folder.mkdir()
    folder.chmod(0o777)
    os.chown(folder, stranger.uid, stranger.gid)
    made = person.run(store, "backup", str(folder))
    told = "can be changed or swapped by" in made.err
    proof.check(made.code == 0 and told, f"a backup into the folder of a stranger: {made}")
    backup = Path(made.out.rstrip("\n"))
    before = store.read_bytes()
    for what in ("a backup in a stranger's folder", "a stranger's file in its place"):
        proof.count("plants")
        restored = person.run(store, "restore", str(backup))
        is_refused = restored.code == 1 and "who may not change the store" in restored.err
        proof.check(is_refused and store.read_bytes() == before, f"{what}: {restored}")
        backup.unlink()
        os.link(lie, backup)
