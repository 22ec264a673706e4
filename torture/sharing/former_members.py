"""A member who becomes a reader: root's repair takes from them what their changes made."""

import os
from pathlib import Path

from tests.support.program_with_injections import Program
from torture.proof import Proof
from torture.sharing.accounts import ACL, Account, Server, acl
from torture.sharing.read_only_role import done
from torture.testbed import Testbed

_TRIES = {
    "locks": "exec 9<.commitments.json.lock",
    "writes": "echo x >>commitments.json",
    "writes a copy": "for copy in .commitments.json.copies/*; do (echo x >>$copy) && exit 0; done; exit 1",
    "removes the copies": "rm .commitments.json.copies/* || exit 1",
    "opens the copies": "chmod 777 .commitments.json.copies",
}
"""What they try, in the folder of the store; each ends with 0 when it can be done."""


def former_members(testbed: Testbed, server: Server) -> Proof:
    """L3: who made lock, copies and store is taken out of the group, and named by the ACLs as a reader."""
    proof = Proof("L3", "who was taken out of the group can stop, remove and change nothing after root's repair")
    if server.alone:
        proof.leave_out(server.alone)
        return proof
    former, colleague, _ = server.accounts
    for writes_last in (True, False):
        store = server.store(server.me)
        for person in (former, colleague, *([former] if writes_last else [])):
            done(proof, person.run(store, "note", "2", f"by {person.name}"), f"a change by {person.name}")
        done(proof, colleague.run(store, "doctor"), "doctor where both are members")
        server.list_members(server.group, [colleague.name])
        try:
            _is_locked_out(proof, server, former.out_of_the_group(), colleague, store)
        finally:
            server.list_members(server.group, [former.name, colleague.name])
        if testbed.is_caught(proof):
            return proof
    return proof


def _is_locked_out(proof: Proof, server: Server, former: Account, colleague: Account, store: Path) -> None:
    try:
        os.setxattr(store.parent, ACL, acl(os.stat(store.parent), former.uid, 5))
        os.setxattr(store, ACL, acl(os.stat(store), former.uid, 4))
    except OSError as error:
        proof.leave_out(f"a reader by an ACL: {error.strerror}")
    doctor = colleague.run(store, "doctor")
    is_reported = doctor.code == 1 and f"belongs to {former.name}" in doctor.out
    proof.check(is_reported, f"doctor on files of a former member: {doctor}")
    for when in ("doctor --repair", "doctor"):
        done(proof, server.me.run(store, *when.split()), f"{when} by root")
    before = store.read_bytes()
    for what, line in _TRIES.items():
        proof.count("tries")
        tried = former.as_account(Program(("sh", "-c", line))).run(env=former.env(store), cwd=str(store.parent))
        proof.check(tried.code != 0, f"a former member {what}: {tried}")
    proof.check(store.read_bytes() == before, "a former member changed the store")
    done(proof, colleague.run(store, "note", "2", "after it"), "a change after the repair")
    done(proof, colleague.run(store, "doctor"), "doctor after it")
