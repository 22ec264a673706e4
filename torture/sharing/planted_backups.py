"""Backups of a stranger: a store of his under the number of a revision, and one swapped for a colleague's backup."""

import os
from pathlib import Path

from torture.injected.pauses import pause_at_seams
from torture.proof import Proof
from torture.sharing.accounts import Account, Server
from torture.sharing.read_only_role import done
from torture.sharing.swapped_links import swapping
from torture.testbed import Testbed

_AT_ONCE = 5
"""Command lines that one process runs."""

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
    if not testbed.is_caught(proof):
        _swapped_for_a_pipe(testbed, proof, person, stranger, store, lie)
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
    is_named = "can be changed or swapped by" in made.err
    proof.check(made.code == 0 and is_named, f"a backup into the folder of a stranger: {made}")
    backup = Path(made.out.rstrip("\n"))
    before = store.read_bytes()
    for what in ("a backup in a stranger's folder", "a stranger's file in its place"):
        proof.count("plants")
        restored = person.run(store, "restore", str(backup))
        is_refused = restored.code == 1 and "who may not change the store" in restored.err
        proof.check(is_refused and store.read_bytes() == before, f"{what}: {restored}")
        backup.unlink()
        os.link(lie, backup)


def _swapped_for_a_pipe(
    testbed: Testbed, proof: Proof, person: Account, stranger: Account, store: Path, lie: Path
) -> None:
    """A store of the stranger's is a pipe at one moment and a file at the next: no moment is one to be asked at."""
    before = store.read_bytes()
    line = ["restore", str(lie)]
    with swapping(stranger, store, [(str(lie), "", 0)], proof):
        running = person.preloaded(store, (pause_at_seams,))
        try:
            for done in range(0, tries := testbed.amount(1_000, 60), _AT_ONCE):
                testbed.progress("tries", done, tries)
                answers, ended = running.run([line] * _AT_ONCE, person.env(store))
                proof.count("tries", len(answers))
                proof.check(ended == [0], f"restore of a file that is a pipe at times hung or died, {ended}")
                for answer in answers:
                    proof.check(answer.result.code != 0, f"a stranger's file was brought back: {answer.result}")
                proof.check(store.read_bytes() == before, "a stranger's file was brought back")
                if proof.wrong:
                    return
        finally:
            running.end()
