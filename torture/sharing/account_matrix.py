"""The permission matrix: which account may change and read a store, and how the others are refused."""

import grp
import os
import signal
import stat
from collections.abc import Callable
from pathlib import Path

from tests.support.run_command import PATIENCE, Result
from torture.proof import Proof
from torture.sharing.accounts import ACL, DEFAULT_ACL, Account, Server, acl
from torture.testbed import Testbed

UMASKS = (0o077, 0o000)

READS: tuple[tuple[str, ...], ...] = (
    ("status",),
    ("list", "--json"),
    ("show", "2"),
    ("history",),
    ("visits",),
    ("parties",),
    ("check",),
    ("restore", "--list"),
    ("status", "--short"),
    ("list", "by:UNODC"),
    ("undo", "--list"),
    ("config",),
    ("backup", "{home}/backup.json"),
)
"""Every command that reads a store; the first ones are enough in the short form."""

SECRETS = ("Lyon", "lyon-2022", "INTERPOL", "Nominate", "asel", "commitment 2")
"""Words of the store, which an outsider must not see."""


def refused(proof: Proof, server: Server, result: Result, when: str, *fragments: str, code: int = 4) -> None:
    """A refusal is one sentence that holds these words, and nothing else."""
    proof.count("refusals")
    server.sandbox.check_answer(proof, result, when)
    is_so = result.code == code and not result.out and all(fragment in result.err for fragment in fragments)
    proof.check(is_so, f"{when}: not refused with {code} and {fragments}: {result}")


class Unchanged:
    """`with Unchanged(proof, store, when):` the file is the same afterwards, byte by byte, and nothing is beside it."""

    def __init__(self, proof: Proof, store: Path, when: str) -> None:
        self._proof, self._store, self._when = proof, store, when

    def __enter__(self) -> None:
        self._before = self._state()

    def __exit__(self, *_: object) -> None:
        self._proof.check(self._state() == self._before, f"{self._when}: the store was changed, or something is left")

    def _state(self) -> tuple[bytes, int, int, list[str]]:
        status = os.stat(self._store)
        beside = [name for name in os.listdir(self._store.parent) if not name.endswith((".lock", ".copies"))]
        return self._store.read_bytes(), status.st_ino, status.st_mode, sorted(beside)


def ok(proof: Proof, result: Result, when: str, *fragments: str) -> None:
    """It is done, and these words are said."""
    proof.count("done right")
    is_so = result.code == 0 and all(fragment in result.out + result.err for fragment in fragments)
    proof.check(is_so and "saved, but" not in result.err, f"{when}: {result}")


# Two who share


def together(testbed: Testbed, server: Server) -> Proof:
    """R8: both change what the other changed, each with a umask of his own."""
    proof = Proof("R8", "two accounts in turn in a shared folder, every command that writes")
    if server.alone:
        proof.leave_out(server.alone)
        return proof
    first, second, _ = server.accounts
    for umask in UMASKS[: testbed.amount(2, 1)]:
        store = server.store(first)
        for turn in _turns(testbed.is_short):
            for person in (first, second):
                when = f"{turn[0]} by {person.name} under umask {umask:03o}"
                _one_turn(proof, server, person, store, turn, umask, when)
        ok(proof, second.run(store, "list", "--json"), "looking")
        ok(proof, first.run(store, "doctor"), "doctor")
    _made_by_init(proof, server)
    _undo_of_another(proof, server)
    return proof


def _turns(is_short: bool) -> tuple[tuple[str, ...], ...]:
    """Commands, several to a turn; `{me}` is who gives them."""
    few = (
        ("note 3 secret-{me}", "redact 3 --passage secret-{me} --yes"),
        ("restore {copy}", "edit 2 --owner {me}", "undo"),
    )
    many = (
        ("visit add {me} --place Vienna --from 2023-01-01", "visit edit vienna-2023 --donor {me}"),
        ("add Send it --visit lyon-2022 --by UNODC --to INTERPOL",),
        ("mark 2 in-progress", "mark 2 agreed", "chase 4", "undo"),
        ("due 2 2023-05-01 --reason asked --by-mistake", "due 2 2023-06-01 --reason asked"),
        ("party edit UNODC --alias {me}", "reason 4 late", "seats 2 --wanted 3"),
        ("config silent-after {number} --shared", "doctor --repair", "backup {home}/b-{number}.json"),
        ("batch", "redo"),
    )
    return few if is_short else few + many


def _one_turn(
    proof: Proof, server: Server, person: Account, store: Path, turn: tuple[str, ...], umask: int, when: str
) -> None:
    copies = sorted((store.parent / ".commitments.json.copies").glob("*.json"))
    words = {"me": person.name, "home": person.home, "number": person.uid % 90 + 1 + umask}
    words["copy"] = int(copies[0].name.split(".")[0]) if copies else 6
    for line in turn:
        argv = line.format(**words).split()
        result = person.run(store, *argv, umask=umask, input=b"mark 2 in-progress\nedit 2 --owner x\n")
        server.sandbox.check_answer(proof, result, when)
        if "--by-mistake" in argv or argv == ["redo"]:
            continue
        ok(proof, result, f"{when}: {line}")
        _is_shared(proof, server, store, when)


def _is_shared(proof: Proof, server: Server, store: Path, when: str) -> None:
    for path, mode in ((store, 0o660), (store.parent / ".commitments.json.lock", 0o660), (store.parent, 0o2770)):
        status = path.stat()
        is_so = (stat.S_IMODE(status.st_mode), status.st_gid) == (mode, server.group)
        proof.check(is_so, f"{when}: {path.name} has mode {stat.S_IMODE(status.st_mode):o} of group {status.st_gid}")


def _made_by_init(proof: Proof, server: Server) -> None:
    """`init --shared` by a member and by root, in a folder that is not there yet."""
    first, second, outsider = server.accounts
    for maker in (first, server.me):
        store = server.folder(maker, 0o755) / "new" / "team" / "c.json"
        group = grp.getgrgid(server.group).gr_name
        ok(proof, maker.run(store, "init", str(store), "--shared", "--group", group), f"init --shared by {maker.name}")
        for number, person in enumerate((second, maker, first), 1):
            when = f"visit add by {person.name} in what init --shared by {maker.name} made"
            visit = ("visit", "add", f"Visit {number}", "--place", "Lyon", "--from", "2022-12-06")
            ok(proof, person.run(store, *visit), when)
        refused(proof, server, outsider.run(store, "list"), "an outsider", "Permission denied")
        ok(proof, maker.run(store, "doctor"), f"doctor after init --shared by {maker.name}")


def _undo_of_another(proof: Proof, server: Server) -> None:
    first, second, _ = server.accounts
    store = server.store(first)
    ok(proof, first.run(store, "edit", "2", "--owner", "mine"), "edit")
    with Unchanged(proof, store, "undo of another's change"):
        refused(proof, server, second.run(store, "undo"), "undo", "no change of yours", code=1)
        refused(proof, server, second.run(store, "undo", "7"), "undo 7", first.name, code=1)
    who = server.last_who(store)
    proof.check(who == first.name, f"the history says {who}, not {first.name}")
    ok(proof, second.run(store, "edit", "2", "--owner", "theirs"), "edit")
    with Unchanged(proof, store, "undo of what another changed since"):
        refused(proof, server, first.run(store, "undo"), "undo", second.name, "owner", code=6)


# What does not fit


def refusals(testbed: Testbed, server: Server) -> Proof:
    """R8: folders and locks that keep a writer out are named in the refusal, and nothing is changed."""
    proof = Proof("R8", "folders, locks and links that do not fit, refused with the reason")
    for case in (_shut_folder, _strange_locks, _link_to_a_store, _closed_lock):
        case(proof, server)
        if proof.wrong and testbed.is_short:
            return proof
    if server.alone:
        proof.leave_out(f"sticky folders and those without setgid: {server.alone}")
        return proof
    for other in (_sticky, _without_setgid, _root_for_another, _named_by_an_acl):
        other(proof, server)
    return proof


def _shut_folder(proof: Proof, server: Server) -> None:
    """The file may be written, its folder not: never in place."""
    person = server.first
    if person.uid == 0:
        proof.leave_out("root may write everywhere")
        return
    for has_lock in (False, True):
        store = server.store(person, 0o700, 0o660)
        if has_lock:
            ok(proof, person.run(store, "note", "2", "x"), "note")
        store.parent.chmod(0o500)
        when = f"a folder that may not be written in, {'with' if has_lock else 'without'} a lock"
        with Unchanged(proof, store, when):
            refused(proof, server, person.run(store, "note", "2", "x"), when, str(store.parent), "Permission denied")
        store.parent.chmod(0o700)


def _closed_lock(proof: Proof, server: Server) -> None:
    person = server.first
    if person.uid == 0:
        return
    store = server.store(person)
    lock = _lock_of(store)
    lock.touch(0o000)
    with Unchanged(proof, store, "a lock that may not be opened"):
        result = person.run(store, "note", "2", "x")
        refused(
            proof,
            server,
            result,
            "a lock that may not be opened",
            f"{lock} may not be opened by you",
            "doctor --repair",
        )


def _lock_of(store: Path) -> Path:
    return store.parent / f".{store.name}.lock"


def _strange_locks(proof: Proof, server: Server) -> None:
    person = server.first
    makers: dict[str, Callable[[Path], None]] = {
        "a link": lambda lock: lock.symlink_to(lock.parent / "elsewhere"),
        "a folder": lambda lock: lock.mkdir(),
        "a pipe": os.mkfifo,
    }
    for what, make in makers.items():
        store = server.store(person)
        make(_lock_of(store))
        with Unchanged(proof, store, f"{what} for a lock"):
            result = person.run(store, "note", "2", "x", timeout=PATIENCE)
            refused(proof, server, result, f"{what} for a lock", str(_lock_of(store)), "not a file")
        proof.check(not (store.parent / "elsewhere").exists(), "a file was made through a link in the lock's place")


def _link_to_a_store(proof: Proof, server: Server) -> None:
    """The work happens where the store is, and the link stays; also a link in another's folder."""
    person = server.first
    store = server.store(person)
    for owner in {server.me, person}:
        link = server.folder(owner, 0o755) / "link.json"
        link.symlink_to(store)
        when = f"a link to the store in a folder of {owner.name}"
        ok(proof, person.run(link, "note", "2", "through a link"), when)
        proof.check(link.is_symlink() and os.listdir(link.parent) == [link.name], f"{when}: it is no link any more")
    proof.check(_lock_of(store).exists(), "the lock is not beside the store that a link names")


def _sticky(proof: Proof, server: Server) -> None:
    first, second, _ = server.accounts
    for mode in (0o1777, 0o3770):
        store = server.store(first, mode)
        when = f"a sticky folder ({mode:o})"
        ok(proof, first.run(store, "note", "2", "mine"), when)
        with Unchanged(proof, store, when):
            refused(proof, server, second.run(store, "note", "2", "x"), when, "not saved", "sticky", "doctor")
        ok(proof, second.run(store, "list", "--ids"), when)
        done = first.run(store, "doctor")
        proof.check(done.code == 1 and "chmod" in done.out, f"doctor on {when}: {done}")


def _without_setgid(proof: Proof, server: Server) -> None:
    """What the first one writes there gets his own group: the second is shut out, and doctor says why."""
    first, second, _ = server.accounts
    store = server.store(first, 0o770, group=first.gid)
    os.chown(store.parent, first.uid, server.group)
    for argv in (("list",), ("note", "2", "x")):
        with Unchanged(proof, store, "a folder without setgid"):
            refused(proof, server, second.run(store, *argv), "a folder without setgid", "Permission denied")
    done = first.run(store, "doctor")
    proof.check(done.code == 1 and "does not hand its group on" in done.out, f"doctor without setgid: {done}")
    done = first.run(store, "doctor", "--repair")
    proof.check("open it yourself" in done.out, f"doctor of a store that nothing shows to be the group's: {done}")
    os.chown(store, -1, server.group)
    first.run(store, "doctor", "--repair")
    ok(proof, second.run(store, "note", "2", "x"), "after doctor --repair")
    for mode, word in ((0o777, "everybody"), (0o2770, "shuts out")):
        folder = server.folder(first, mode)
        done = first.run(folder / "c.json", "init", str(folder / "c.json"))
        ok(proof, done, f"init in a folder with mode {mode:o}", word)


def _root_for_another(proof: Proof, server: Server) -> None:
    """What root changes for somebody is still that one's."""
    owner = server.first
    store = server.store(owner, 0o700, 0o600)
    for argv in (("note", "2", "by root"), ("redact", "2", "--passage", "by root", "--yes"), ("restore", "7")):
        ok(proof, server.me.run(store, *argv), f"{argv[0]} by root")
        ok(proof, owner.run(store, "list", "--ids"), f"looking after {argv[0]} by root")
    ok(proof, owner.run(store, "note", "2", "by its owner"), "a change after those of root")


def _named_by_an_acl(proof: Proof, server: Server) -> None:
    """An account named by the ACLs of folder and store works like a member of the group; a named reader can read."""
    first, _, named = server.accounts
    store = server.store(first)
    try:
        for path, kind, rights in ((store, ACL, 6), (store.parent, ACL, 7), (store.parent, DEFAULT_ACL, 7)):
            os.setxattr(path, kind, acl(os.stat(path), named.uid, rights))
    except OSError as error:
        proof.leave_out(f"ACLs: {error.strerror}")
        return
    for argv in (("note", "2", "a secret"), ("redact", "2", "--passage", "secret", "--yes"), ("restore", "7")):
        for person in (named, first):
            result = person.run(store, *argv)
            is_again = argv[0] == "redact" and person is first
            proof.check(result.code == 0 or is_again, f"{argv[0]} by {person.name}, with an ACL: {result}")
            proof.check("saved, but" not in result.err, f"{argv[0]} by {person.name}, with an ACL: {result}")


# Who may only look, and who may not


def readers(testbed: Testbed, server: Server) -> Proof:
    """R8: a reader is served, by the app too, and leaves nothing; an outsider learns nothing."""
    proof = Proof("R8", "who may only look is served, also by the app; an outsider learns nothing")
    owner = server.first
    if owner.uid == 0:
        proof.leave_out("root may write everywhere")
        return proof
    reader = owner if server.alone else server.accounts[1]
    store = server.store(owner, 0o550 if server.alone else 0o750, 0o440 if server.alone else 0o640)
    for argv in _some_reads(testbed):
        result = reader.run(store, *(word.format(home=reader.home) for word in argv))
        proof.count("looks served")
        proof.check(result.code == (2 if argv == ("check",) else 0), f"{argv[0]} by a reader: {result}")
    with Unchanged(proof, store, "a reader's change"):
        refused(proof, server, reader.run(store, "note", "2", "x"), "a reader's change", str(store.parent))
        _in_the_app(proof, reader, store)
    proof.check(os.listdir(store.parent) == [store.name], f"a reader left {os.listdir(store.parent)}")
    if server.alone:
        proof.leave_out(f"outsiders: {server.alone}")
    else:
        _outsider(proof, server, testbed)
    return proof


def _some_reads(testbed: Testbed) -> tuple[tuple[str, ...], ...]:
    return READS[: testbed.amount(len(READS), 3)]


def _in_the_app(proof: Proof, reader: Account, store: Path) -> None:
    """It says that it is read-only; a form that is saved says why not, and what was typed is not lost."""
    with reader.app(store) as screen:
        try:
            screen.wait_for("read-only")
            screen.send("n")
            screen.wait_for(lambda: "ctrl+s" in screen.text() or "read-only" not in screen.lines()[0])
            screen.send("called them\x13")
            screen.wait_for(lambda: str(store.parent)[:20] in screen.text() or "not saved" in screen.text())
            proof.count("refusals")
        except AssertionError as seen:
            proof.check(False, f"the app for a reader: {seen}")
        screen.signal(signal.SIGTERM)
        screen.wait_exit()


def _outsider(proof: Proof, server: Server, testbed: Testbed) -> None:
    first, _, outsider = server.accounts
    store = server.store(first)
    ok(proof, first.run(store, "note", "2", "x"), "note")
    for argv in (*_some_reads(testbed), ("note", "2", "x"), ("restore", "6"), ("doctor", "--repair"), ("init",)):
        if argv == ("config",):
            continue
        when = f"{argv[0]} by an outsider"
        with Unchanged(proof, store, when):
            result = outsider.run(store, *(word.format(home=outsider.home) for word in argv))
        learned = [word for word in SECRETS if word in result.out + result.err]
        proof.check(not learned, f"{when}: learns {learned}")
        if argv[0] == "check":
            proof.check(result.code == 3, f"{when}: {result}")
        else:
            refused(proof, server, result, when, "Permission denied")
    completed = {"_ARGCOMPLETE": "1", "COMP_LINE": "followup show ", "COMP_POINT": "14", "_ARGCOMPLETE_IFS": "\n"}
    result = outsider.run(store, env=completed)
    proof.check(not any(word in result.out + result.err for word in SECRETS), f"completion tells: {result}")
