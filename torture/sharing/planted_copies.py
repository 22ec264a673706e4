"""Copies that a member put among those of the program: believed by their right sum, they would stop every restore."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from store.rules.valid_record import COUNTABLE
from tests.support.store_bytes import in_our_lines, with_the_right_sum
from torture.proof import Proof
from torture.sharing.accounts import Account, Server
from torture.sharing.read_only_role import done
from torture.testbed import Testbed

_REVISION = 900

_STRANGE = ("0000777001.\x1b]0;x\x07abc.json", f"{'9' * 200}.2026-01-01.json", "0000777001.a\nb\x1b[2Jcdef.json")
"""Names that are no copy's, of which each part would be printed."""


def _no_number(tables: dict[str, Any]) -> None:
    tables["commitments"]["x"] = tables["commitments"].pop("2")


def _no_record(tables: dict[str, Any]) -> None:
    tables["commitments"]["2"] = 5


def _no_counters(tables: dict[str, Any]) -> None:
    tables["_meta"]["1"]["next"] = 5


def _no_settings(tables: dict[str, Any]) -> None:
    tables["_meta"]["1"]["settings"] = 5


def _last_numbers(tables: dict[str, Any]) -> None:
    tables["_meta"]["1"]["revision"] = COUNTABLE - 1
    tables["_meta"]["1"]["next"] = dict.fromkeys(tables["_meta"]["1"]["next"], COUNTABLE - 1)


_FORGED: tuple[Callable[[dict[str, Any]], None], ...] = (_no_number, _no_record, _no_counters, _no_settings)


def planted_copies(testbed: Testbed, server: Server) -> Proof:
    """S4: a member puts files with a right sum among the copies, endless ones, and ones with escapes in their names."""
    proof = Proof("S4", "what a member puts among the copies is told, brings no store back, and stops no restore")
    if server.alone:
        proof.leave_out(server.alone)
        return proof
    person, colleague, _ = server.accounts
    store = server.store(person, 0o2770, 0o660, server.group)
    done(proof, person.run(store, "note", "2", "before"), "a change that keeps a copy")
    sound = store.read_bytes()
    copies = store.with_name(f".{store.name}.copies")
    for forge in _FORGED[: testbed.amount(len(_FORGED), 2)]:
        tables = json.loads(sound)
        forge(tables)
        _put(colleague, copies, f"{_REVISION:010d}.2026-01-01.json", with_the_right_sum(in_our_lines(tables)))
        _reported_and_left(proof, person, store, forge.__name__)
        store.write_bytes(with_the_right_sum(in_our_lines(tables)))
        unmade = person.run(store, "backup", str(store.with_name("backup.json")))
        proof.check(unmade.code == 4 and "not valid" in unmade.err, f"a backup of {forge.__name__}: {unmade}")
        store.with_name("backup.json").unlink(missing_ok=True)
        store.write_bytes(sound[: len(sound) // 2])
        restored = person.run(store, "restore")
        proof.check(restored.code == 0, f"a damaged store beside {forge.__name__}: {restored}")
        store.write_bytes(sound)
        if testbed.is_caught(proof):
            return proof
    _counted_to_the_end(proof, person, store, sound)
    endless = _put(colleague, copies, f"{_REVISION:010d}.2026-01-01.json", sound.partition(b"\n")[0])
    os.truncate(endless, 1 << 36)
    _reported_and_left(proof, person, store, "an endless copy")
    endless.unlink()
    for name in _STRANGE:
        _put(colleague, copies, name, sound)
    for words in (("restore", "--list"), ("doctor",)):
        shown = person.run(store, *words)
        lines = shown.out.replace("\t", "").splitlines()
        is_plain = all(line.isprintable() and "777001" not in line for line in lines)
        proof.check(is_plain and "9" * 30 not in shown.out, f"followup {' '.join(words)} says {shown.out!a}")
    return proof


def _counted_to_the_end(proof: Proof, person: Account, store: Path, sound: bytes) -> None:
    """Counters near their end would block all changes for good: doctor reports them, a restore starts below."""
    tables = json.loads(sound)
    _last_numbers(tables)
    store.write_bytes(with_the_right_sum(in_our_lines(tables)))
    proof.count("plants")
    doctor = person.run(store, "doctor")
    proof.check(str(COUNTABLE - 1) in doctor.out, f"doctor, counted to the end: {doctor}")
    copies = person.run(store, "restore", "--list").out.splitlines()
    newest = next(line.split("\t")[0] for line in copies if "of no use" not in line)
    for words in (("restore", newest), ("note", "2", "after")):
        done(proof, person.run(store, *words), f"{words[0]}, counted to the end")
    store.write_bytes(sound)


def _put(account: Account, folder: Path, name: str, raw: bytes) -> Path:
    path = folder / name
    path.write_bytes(raw)
    path.chmod(0o660)
    os.chown(path, account.uid, folder.stat().st_gid)
    return path


def _reported_and_left(proof: Proof, person: Account, store: Path, what: str) -> None:
    proof.count("plants")
    before = store.read_bytes()
    listed, doctor = person.run(store, "restore", "--list"), person.run(store, "doctor")
    proof.check(listed.code == 0 and "of no use" in listed.out, f"{what}, listed: {listed}")
    proof.check(doctor.code == 1 and "is of no use" in doctor.out, f"doctor beside {what}: {doctor}")
    refused = person.run(store, "restore", str(_REVISION))
    proof.check(refused.code == 4 and "cannot be brought back" in refused.err, f"{what}, brought back: {refused}")
    proof.check(store.read_bytes() == before, f"{what}: the store was changed")
