"""Every finding of `doctor`: made, named, and repaired where that is safe and nowhere else."""

import ast
import inspect
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from store.maintenance import doctor, doctor_checks_files_and_modes, doctor_checks_records
from store.rules import valid_store
from tests.support.program_with_injections import is_root
from tests.support.run_command import Result
from tests.support.store_bytes import by_another_writer, in_our_lines, with_the_right_sum
from torture.files.command_runs import Bench
from torture.files.special_files import NOBODY, NOBODY_ID
from torture.proof import Proof
from torture.testbed import Testbed


class Trouble(NamedTuple):
    """`make` makes it in the sandbox; doctor's line must match `pattern`; `is_mended`: with --repair it goes."""

    make: Callable[[Bench], object]
    pattern: str
    is_mended: bool = False


# Records


def _record(table: str, number: str, **fields: object) -> Callable[[Bench], None]:
    """These fields in a record (None: without it), in a file that our program could have written."""

    def change(data: dict[str, Any]) -> None:
        record = data[table][number]
        data[table][number] = {key: value for key, value in {**record, **fields}.items() if value is not None}

    return _data(change)


def _data(change: Callable[[dict[str, Any]], object]) -> Callable[[Bench], None]:
    def make(bench: Bench) -> None:
        data = json.loads(bench.file)
        change(data)
        bench.sandbox.store.write_bytes(with_the_right_sum(in_our_lines(data)))

    return make


def _swap_lines(bench: Bench) -> None:
    """Two lines of commitments in the place of each other: nothing in them is altered."""
    at = [bench.file.index(b'\n"%d":{"id":%d,"state"' % (number, number)) + 1 for number in (2, 3)]
    two, three = (bench.file[start : bench.file.index(b"\n", start)].rstrip(b",") for start in at)
    swapped = bench.file.replace(two, b"@").replace(three, two).replace(b"@", three)
    bench.sandbox.store.write_bytes(with_the_right_sum(swapped))


def _swap_fields(bench: Bench) -> None:
    """Two fields of a record in the place of each other: the file is as long as it was, and says the same."""
    swapped = re.sub(rb'("hosts":\[[^]]*\]),("[a-z]*":"[^"]*")', rb"\2,\1", bench.file, count=1)
    assert swapped != bench.file
    bench.sandbox.store.write_bytes(swapped)


def _put_text(table: str, data: dict[str, Any]) -> None:
    data[table]["2"] = "x"


def _twin_visit(data: dict[str, Any]) -> None:
    data["visits"]["2"]["slug"] = data["visits"]["1"]["slug"]
    for commitment in data["commitments"].values():
        commitment["visit"] = data["visits"]["1"]["slug"]


def _lose_a_visit(data: dict[str, Any]) -> None:
    del data["visits"]["2"]
    for commitment in data["commitments"].values():
        commitment["visit"] = data["visits"]["1"]["slug"]


def _put_in(data: dict[str, Any]) -> None:
    data["parties"]["9"] = {**data["parties"]["1"], "id": 9, "name": "Nobody", "short": "NB"}
    for names in ("ru", "aliases"):
        data["parties"]["9"].pop(names, None)
    data["_meta"]["1"]["next"]["parties"] = 10


def _set_silent(data: dict[str, Any]) -> None:
    data["_meta"]["1"]["settings"]["silent_after"] = 900


def _raise_revision(data: dict[str, Any]) -> None:
    data["_meta"]["1"]["revision"] += 5


def _circle(data: dict[str, Any]) -> None:
    data["commitments"]["5"]["after"] = 6


_VOICE = {"said_by": ["UNODC"], "on": "2023-03-01", "recorded_by": "x"}
_LOST = "is in the history, and not in the store"

_RECORDS = {
    "another writer": Trouble(
        lambda bench: bench.sandbox.store.write_bytes(by_another_writer(bench.data)), "written by another program", True
    ),
    "a blank put in with an editor": Trouble(
        lambda bench: bench.sandbox.store.write_bytes(bench.file.replace(b'"title":', b'"title": ', 1)),
        "written by another program",
        True,
    ),
    "fields in another order by an editor": Trouble(_swap_fields, "written by another program", is_mended=True),
    "a visit that is not there, under a right sum": Trouble(
        _record("commitments", "2", visit="nowhere"), "not valid: in commitments, record 2: there is no visit 'nowhere'"
    ),
    **{
        f"{table} 2 as a text, under a right sum": Trouble(
            _data(partial(_put_text, table)), f"not valid: in {table}, record 2: is not"
        )
        for table in ("visits", "parties", "commitments", "events")
    },
    "two visits of one name": Trouble(_data(_twin_visit), "two visits are called lyon-2022"),
    "two parties of one name": Trouble(_record("parties", "4", short="icpo"), '"icpo" is a name of two parties'),
    "a party that nobody knows": Trouble(_record("commitments", "3", via="Nobody"), 'commitment 3 .* "Nobody", which'),
    "a voice of nobody": Trouble(
        _record("commitments", "6", returned={**_VOICE, "said_by": ["Nobody"], "note": "x"}), '"Nobody", which is not'
    ),
    "after one that is not there": Trouble(_record("commitments", "6", after=99), "commitment 6 waits for 99, which"),
    "superseded by one that is not there": Trouble(
        _record("commitments", "1", closed={"because": "superseded", "on": "2023-03-01", "by_id": 99}),
        "commitment 1 was superseded by 99, which",
    ),
    "a circle": Trouble(_data(_circle), "commitment 5 waits for itself, by way of 6"),
    "no original date": Trouble(
        _record("commitments", "2", original_due=None), "commitment 2 has changes of an agreed"
    ),
    "one party as both voices": Trouble(
        _record("commitments", "5", confirmed={**_VOICE}), 'commitment 5 was reported and confirmed by .* "UNODC"'
    ),
    **{
        f"a wrong sum of the history: {fields}": Trouble(
            _record("commitments", "2", **fields), "commitment 2 sums its history up wrongly", True
        )
        for fields in ({"news_on": "2023-02-01"}, {"news_on": None}, {"chased": 3, "last_chased": "2023-02-01"})
    },
    **{
        f"{' and '.join(fields)} altered under a right sum": Trouble(
            _record("commitments", "2", **fields),
            "commitment 2 was altered by another program: " + "; ".join(f"{name} is " for name in fields),
        )
        for fields in ({"due": "2023-05-31"}, {"state": "in-progress"}, {"owner": "boris"}, {"quote": "never said"})
    },
    "a visit altered under a right sum": Trouble(_record("visits", "1", end="2022-12-09"), "visit 1 was altered by"),
    "a party put in under a right sum": Trouble(_data(_put_in), "party 9 is in the store, and not in the history"),
    "a setting altered under a right sum": Trouble(_data(_set_silent), "the setting silent_after was altered by"),
    "a commitment that is lost": Trouble(_data(lambda data: data["commitments"].pop("4")), f"commitment 4 {_LOST}"),
    "an event of the future": Trouble(
        _record("events", "5", at="2931-02-01T09:00:00Z"), "an event is dated in the future"
    ),
    "an event that is lost": Trouble(_data(lambda data: data["events"].pop("5")), "1 events? .* missing"),
    "a raised revision": Trouble(_data(_raise_revision), "revision .*, and its newest change is"),
    "lines in another order": Trouble(_swap_lines, "record 2: another program wrote its line", is_mended=True),
    "a party that is lost": Trouble(_data(lambda data: data["parties"].pop("3")), f"party 3 {_LOST}"),
    "a visit that is lost": Trouble(_data(_lose_a_visit), f"visit 2 {_LOST}"),
}


# Modes, leftovers, copies


def _mode(name: str, mode: int) -> Callable[[Bench], None]:
    """Another mode for the store (``), or what is called `.commitments.json`NAME beside it."""
    return lambda bench: (bench.sandbox.folder / f".commitments.json{name}" if name else bench.sandbox.store).chmod(
        mode
    )


def _folder(mode: int, store: int = 0o600) -> Callable[[Bench], None]:
    def make(bench: Bench) -> None:
        bench.sandbox.store.chmod(store)
        bench.sandbox.folder.chmod(mode)

    return make


def _shared(then: Callable[[Bench], object]) -> Callable[[Bench], None]:
    """The store as `init --shared` makes it, and then something is wrong."""

    def make(bench: Bench) -> None:
        for path in [bench.sandbox.folder, *bench.sandbox.folder.rglob("*")]:
            path.chmod(0o2770 if path.is_dir() else 0o660)
        then(bench)

    return make


def _instead(name: str, put: Callable[[Path], object]) -> Callable[[Bench], None]:
    """Something else stands where the lock or the folder of the copies was."""

    def make(bench: Bench) -> None:
        path = bench.sandbox.folder / f".commitments.json{name}"
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        put(path)

    return make


def _copy(bench: Bench) -> Path:
    return min((bench.sandbox.folder / ".commitments.json.copies").iterdir())


def _leave(folder: str) -> Callable[[Bench], object]:
    name = f"{folder}.commitments.json.99999999.0123456789ab.tmp"
    return lambda bench: (bench.sandbox.folder / name).write_bytes(b"cut off")


_FILES = {
    **{
        f"mode {mode:04o}": Trouble(_mode("", mode), f"everybody .* {mode:04o}", True) for mode in (0o604, 0o606, 0o602)
    },
    "mode 0640 in a private folder": Trouble(_mode("", 0o640), "its group, which does not share", True),
    "shared, then copied by cp -r": Trouble(_folder(0o750, 0o640), "its group, which does not share"),
    "a store that a restore left long ago": Trouble(
        lambda bench: (bench.sandbox.folder / "commitments.replaced-20200101T000000Z.json").write_bytes(b"{}"),
        "1 store that a restore replaced lies",
        True,
    ),
    "shared, the store is private": Trouble(_shared(_mode("", 0o600)), "the store .* shuts out", True),
    "shared, the lock is private": Trouble(_shared(_mode(".lock", 0o600)), "the lock .* shuts out", True),
    "shared, the copies are private": Trouble(
        _shared(_mode(".copies", 0o700)), "the folder of the copies .* shuts", True
    ),
    "the lock is open to readers": Trouble(_mode(".lock", 0o640), "the lock .* people who may only look", True),
    "the lock is a link": Trouble(_instead(".lock", lambda path: path.symlink_to("x")), "the lock .* is not a file"),
    "the lock is a folder": Trouble(_instead(".lock", lambda path: path.mkdir()), "the lock .* is not a file"),
    "the lock is a pipe": Trouble(_instead(".lock", os.mkfifo), "the lock .* is not a file"),
    "the lock holds somebody's notes": Trouble(
        lambda bench: (bench.sandbox.folder / ".commitments.json.lock").write_text("Minutes of the meeting\n" * 20),
        "the lock .* holds what no lock does",
    ),
    "the lock has another name": Trouble(
        lambda bench: os.link(bench.sandbox.folder / ".commitments.json.lock", bench.sandbox.home / "lock"),
        r"the lock .* \(a hard link\)",
    ),
    "the copies are a file": Trouble(_instead(".copies", lambda path: path.touch()), "is not a folder: remove it"),
    "the copies are a link": Trouble(_instead(".copies", lambda path: path.symlink_to("x")), "is not a folder: remove"),
    "shared, a copy is private": Trouble(
        _shared(lambda bench: _copy(bench).chmod(0o600)), "the copy .* shuts out", True
    ),
    "a copy for everybody": Trouble(lambda bench: _copy(bench).chmod(0o644), "the copy .* by more people", True),
    "another name of the store": Trouble(
        lambda bench: os.link(bench.sandbox.store, bench.sandbox.home / "x"), "1 other name"
    ),
    "a folder that hands no group on": Trouble(_folder(0o770, 0o660), "does not hand its group on", True),
    "the same, for everybody": Trouble(_folder(0o775, 0o660), "does not hand its group on"),
    "a shared folder without its group": Trouble(_folder(0o2740, 0o660), "may not be used by the group", True),
    "a sticky folder": Trouble(_shared(lambda bench: bench.sandbox.folder.chmod(0o3770)), "is sticky"),
    "a folder for everybody": Trouble(_folder(0o703), "everybody on this machine can write in"),
    "a leftover": Trouble(_leave(""), "1 temporary file .*99999999", True),
    "a leftover among the copies": Trouble(_leave(".commitments.json.copies/"), "1 temporary file .*99999999", True),
    "a copy that is empty": Trouble(lambda bench: _copy(bench).write_bytes(b""), "the copy .* is of no use: .*empty"),
    "a copy that is damaged": Trouble(
        lambda bench: _copy(bench).write_bytes(bench.file.replace(b'"agreed"', b'"agreeed"', 1)), "of no use: .*state"
    ),
    "a copy of something else": Trouble(lambda bench: _copy(bench).write_bytes(b"{}"), "of no use: .*not a followup"),
}

TROUBLES = {**_RECORDS, **_FILES}


_SUMMED = {"news_on", "chased", "last_chased", "revision", "updated"}


def findings(testbed: Testbed) -> Proof:
    """Make each trouble in turn, and have it examined, mended, examined again."""
    proof = Proof("R6", "what doctor finds and mends")
    for name in ("troubles", "mended", "left to people", "kinds of finding", "commands"):
        proof.count(name, 0)
    with testbed.sandbox() as sandbox, Bench(sandbox) as bench:
        (clean,) = bench.run([("doctor",)], proof, "a sound store")
        is_clean = clean.result == (0, f"{sandbox.store}: no findings\n", "")
        proof.check(is_clean, f"a sound store: {clean.result}")
        answers: list[str] = []
        for name, trouble in TROUBLES.items():
            trouble.make(bench)
            answers += _examined(bench, trouble, proof, name)
            proof.count("troubles")
            bench.restore_sandbox()
            if proof.wrong and testbed.is_short:
                return proof
        for tried in (
            _on_a_small_disk,
            _beside_what_a_stranger_put,
            _as_a_reader,
            _as_a_reader_of_the_folder,
            _as_an_owner_shut_out,
        ):
            result = tried(bench)
            proof.check(result is None or result.code == 1, f"{tried.__name__[1:]}: {result}")
            answers += result.out.splitlines() if result else []
    _check_every_kind(proof, answers)
    return proof


def _examined(bench: Bench, trouble: Trouble, proof: Proof, name: str) -> list[str]:
    """Examine, mend, examine again. Returns the output."""
    store = bench.sandbox.store
    before, seen = store.read_bytes(), bench.sandbox.contents()
    first, *_ = bench.run([("doctor",)], proof, name)
    lines: list[str] = first.result.out.splitlines()
    found = [line for line in lines if re.search(trouble.pattern, line)]
    proof.check(first.result.code == 1 and found and not first.result.err, f"{name}: doctor says {first.result}")
    offers = "(followup doctor --repair mends it)" in "".join(found)
    proof.check(offers == trouble.is_mended, f"{name}: doctor says {found}")
    proof.check(bench.sandbox.contents() == seen, f"{name}: doctor changed something")
    repaired, again = bench.run([("doctor", "--repair"), ("doctor",)], proof, name)
    if trouble.is_mended:
        proof.count("mended")
        proof.check((repaired.result.code, again.result.code) == (0, 0), f"{name}: {repaired.result}, {again.result}")
        proof.check(_meant(store.read_bytes()) == _meant(before), f"{name}: --repair changed what a record holds")
    else:
        proof.count("left to people")
        proof.check(repaired.result == first.result == again.result, f"{name}: --repair says {repaired.result}")
        proof.check(bench.sandbox.contents() == seen, f"{name}: --repair changed something")
    return lines


def _meant(file: bytes) -> dict[str, Any]:
    """What the records hold, without sums of the history and the stamps of a change."""
    data = json.loads(file)
    return {
        table: {
            number: {key: value for key, value in record.items() if key not in _SUMMED}
            for number, record in data[table].items()
            if record.get("action") != "repair"
        }
        for table in ("visits", "parties", "commitments", "events")
    }


# What not every machine and every user can try


def _on_a_small_disk(bench: Bench) -> Result | None:
    """Doctor's answer on a disk that is nearly full."""
    disk = bench.sandbox.home / "disk"
    disk.mkdir()
    if not is_root() or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=900k", "none", disk]).returncode:
        return None
    try:
        shutil.copy(bench.sandbox.store, disk)
        disk.chmod(0o700)
        return bench.sandbox.run("doctor", "--store", str(disk / bench.sandbox.store.name))
    finally:
        subprocess.run(["umount", disk], check=True)


def _beside_what_a_stranger_put(bench: Bench) -> Result | None:
    """Doctor's answer in a folder that everybody may write in, where the lock and the copies are another account's."""
    if not is_root():
        return None
    folder, owner = bench.sandbox.folder, os.geteuid()
    planted = [folder / f".commitments.json{name}" for name in (".lock", ".copies")]
    try:
        folder.chmod(0o1777)
        for path in planted:
            os.chown(path, NOBODY_ID, -1)
        return bench.sandbox.run("doctor")
    finally:
        for path in planted:
            os.chown(path, owner, -1)
        folder.chmod(0o700)


def _as_a_reader(bench: Bench) -> Result | None:
    """Doctor's answer to an account that may read the store, and may not read its copies."""
    return _as_another(bench)


def _as_a_reader_of_the_folder(bench: Bench) -> Result | None:
    """Doctor's answer to an account that may read the store, and see the names of its copies."""
    if not is_root():
        return None
    (bench.sandbox.folder / ".commitments.json.copies").chmod(0o755)
    return _as_another(bench)


def _as_an_owner_shut_out(bench: Bench) -> Result | None:
    """Doctor's answer to the account that owns the store, and may neither write in its folder nor read its copies."""
    if not is_root():
        return None
    os.chown(bench.sandbox.store, NOBODY_ID, -1)
    return _as_another(bench)


def _as_another(bench: Bench) -> Result | None:
    """Doctor's answer to nobody, who may read the store; to an ordinary user who has closed its folders to himself."""
    sandbox = bench.sandbox
    if is_root():
        for folder in (sandbox.folder.parent, sandbox.home):
            folder.chmod(0o711)
        sandbox.folder.chmod(0o755)
        sandbox.store.chmod(0o644)
        program = sandbox.program.under(*NOBODY)
    else:
        (sandbox.folder / ".commitments.json.copies").chmod(0)
        sandbox.folder.chmod(0o500)
        program = sandbox.program
    try:
        return program.run("doctor", env=sandbox.env) if shutil.which("setpriv") or not is_root() else None
    finally:
        (sandbox.folder / ".commitments.json.copies").chmod(0o700)
        sandbox.folder.chmod(0o700)


_NEVER_SAID = "belongs\\ to\\ the\\ visit"
"""Findings that only undo meets: in a whole file the strict reader reports them first."""

_NOT_TRIED = {
    "network file system": "a network file system, which needs a server",
    "what the server holds": "a store on a server",
    "KiB are free": "a full disk: root mounts one",
    "the audit trail is on": "a log that takes nothing: tests/tui/cli/test_history_verify.py has one",
    "who may not change the store": "what a stranger put beside a store: root makes it",
    "the newest, is signed by": "a signature under another name: tests/store/maintenance/test_doctor.py has one",
    "the copy .*, which is closed to you": "a copy that is closed to a reader: root makes one",
}


def _check_every_kind(proof: Proof, answers: list[str]) -> None:
    """Every sentence that stands in the program was said here at least once."""
    missing = [kind for kind in _kinds() if not any(re.search(kind, line) for line in answers)]
    proof.count("kinds of finding", len(_kinds()) - len(missing))
    reasons = [
        reason for words, reason in _NOT_TRIED.items() if any(words in kind.replace("\\", "") for kind in missing)
    ]
    unexplained = [kind for kind in missing if not any(words in kind.replace("\\", "") for words in _NOT_TRIED)]
    proof.check(not unexplained, f"no trouble here makes doctor say {unexplained}")
    if reasons:
        proof.leave_out("; ".join(reasons))


def _kinds() -> list[str]:
    """A pattern for each sentence that the sound doctor can say, from its source."""
    modules = [
        ast.parse(inspect.getsource(module))
        for module in (doctor, doctor_checks_files_and_modes, doctor_checks_records)
    ]
    calls = [node for module in modules for node in ast.walk(module) if isinstance(node, ast.Call)]
    sentences = [call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Finding"]
    sentences += [
        node.value
        for node in ast.walk(ast.parse(inspect.getsource(valid_store)))
        if isinstance(node, ast.Yield) and node.value
    ]
    return [pattern for each in sentences if (pattern := _pattern(each)) and _NEVER_SAID not in pattern]


def _pattern(sentence: ast.expr) -> str:
    match sentence:
        case ast.Constant(value=str() as text):
            return re.escape(text)
        case ast.JoinedStr(values=parts):
            return "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".*" for part in parts)
        case ast.Call(func=ast.Name(id="tr" | "plural" | "phrase"), args=[ast.Constant(value=str() as text), *_]):
            return re.sub(r"\\\{[\w:]+\\\}", ".*", re.escape(text))
        case ast.Call(func=ast.Name(id="tr"), args=[ast.Call() as inner, *_]):
            return _pattern(inner)
    return ""
