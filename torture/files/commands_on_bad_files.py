"""Runs every command on each bad file and each mutant, and brings the store back from it."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from random import Random

from store.errors import StoreNewer
from tests.support.store_bytes import with_the_right_sum
from torture.files.command_runs import (
    CHANGING,
    READING,
    Bench,
    CommandRun,
    check_refused,
    check_restored,
    check_worked,
    fingerprint,
    sentence_of,
)
from torture.files.file_damage import FAULTS, NEWER, WHOLE, truncated
from torture.files.mutants import TABLES, Mutant, mutants, plain_fault
from torture.proof import Proof
from torture.testbed import Testbed, fault_of, processors

_IN_MEMORY = "/dev/shm"

_ENOUGH = 20
"""Findings after which no more files are tried: a build with so many faults need not be run on all of them."""

_PLACES = (
    r"in (_meta|visits|parties|commitments|events)\b|table |line \d+, column \d+|at byte \d+|the file is empty"
    "|not a followup store|no usable schema|nested too deeply|stands twice|does not hold a JSON object"
)
"""The words by which a refusal names the place in a mutant."""


def _memory() -> str | None:
    """Where bad files are tried: what is refused needs no disk."""
    return _IN_MEMORY if os.access(_IN_MEMORY, os.W_OK) else None


# The table of bad files


def bad_files(testbed: Testbed) -> Proof:
    """All commands on each fault of the table, on a newer version, and on what is strange but whole."""
    proof = Proof("R6", "bad files")
    for name in ("bad files", "newer versions", "strange but whole", "restored", "commands", "processes"):
        proof.count(name, 0)
    with testbed.sandbox(_memory()) as sandbox, Bench(sandbox) as bench:
        faults = {**FAULTS, **dict(truncated(bench.file, testbed.amount(100, 1500)))}
        faults = dict(list(faults.items())[:: testbed.amount(1, 2)])
        for number, (name, fault) in enumerate(faults.items()):
            if len(proof.wrong) > testbed.amount(_ENOUGH, 0):
                return proof
            testbed.progress("bad files", number, len(faults))
            bad = fault.spoil(bench.file)
            proof.check(bad != bench.file, f"{name} changes nothing")
            # In the short form each fault meets a look and a change, some of them all commands.
            lines = (
                (READING + CHANGING) if not testbed.is_short or number % 60 == 0 else (("list",), ("note", "3", "x"))
            )
            for run in _run_on_bad_file(
                bench, bad, lines, proof, name, in_processes=number % testbed.amount(20, 200) == 7
            ):
                check_refused(bench, run, proof, name, fault.place)
            if not testbed.is_short or number % 8 == 0:
                _brought_back(bench, bad, proof, name)
            proof.count("bad files")
        _newer(bench, proof)
        for name, spoil in list(WHOLE.items())[:: testbed.amount(1, 2)]:
            file = spoil(bench.file)
            proof.check(file != bench.file, f"{name} changes nothing")
            proof.check(fault_of(file) is None, f"{name} is refused: {fault_of(file)}")
            _whole(bench, file, proof, name)
            proof.count("strange but whole")
    return proof


def _run_on_bad_file(
    bench: Bench, bad: bytes, lines: tuple[tuple[str, ...], ...], proof: Proof, when: str, *, in_processes: bool
) -> list[CommandRun]:
    """Put a bad file in the store's place and run commands, which must leave it as it is."""
    store = bench.sandbox.store
    store.write_bytes(bad)
    before, names = fingerprint(store), sorted(os.listdir(store.parent))
    runs = bench.run(lines, proof, when)
    runs += bench.processes(lines, proof) if in_processes else []
    for run in runs:
        proof.check(run.store == before, f"{when}: followup {' '.join(run.argv)} changed the file")
    new = set(os.listdir(store.parent)) - {*names, ".commitments.json.lock"}
    proof.check(not new, f"{when}: there are now {new}")
    return runs


def _brought_back(bench: Bench, bad: bytes, proof: Proof, when: str) -> None:
    """Restore from a bad file, and make the sandbox as it was."""
    before = fingerprint(bench.sandbox.store)
    for run in bench.run([("restore",)], proof, when):
        if isinstance(fault_of(bad), StoreNewer):
            proof.check("newer" in sentence_of(run, proof, when), f"{when}: restore says {run.result}")
            proof.check(run.store == before, f"{when}: restore changed the file")
        else:
            check_restored(bench, run, proof, when, bad)
    bench.restore_sandbox()


def _newer(bench: Bench, proof: Proof) -> None:
    newer = NEWER(bench.file)
    for run in _run_on_bad_file(bench, newer, READING + CHANGING, proof, "a newer version", in_processes=True):
        sentence = sentence_of(run, proof, "a newer version")
        is_explained = "written by a newer followup (format 2, this one knows 1): update followup" in sentence
        proof.check(is_explained, f"a newer version: {run.result}")
    _brought_back(bench, newer, proof, "a newer version")
    proof.count("newer versions")


def _whole(bench: Bench, file: bytes, proof: Proof, when: str) -> None:
    """A file that is a store, though our program did not write it: all of it is seen, and survives a change."""
    store = bench.sandbox.store
    store.write_bytes(file)
    before = fingerprint(store)
    for run in bench.run(READING, proof, when):
        check_worked(bench, run, proof, when)
        proof.check(run.store == before, f"{when}: followup {' '.join(run.argv)} changed the file")
        if run.argv == ["list", "--all", "--ids"]:
            seen = sorted(map(int, run.result.out.split()))
            proof.check(seen == _numbers(file), f"{when}: of {_numbers(file)} are seen {seen}")
    changed = False
    for run in bench.run(CHANGING, proof, when):
        check_worked(bench, run, proof, when)
        changed = changed or run.store != before
    _check_after(file, store.read_bytes(), proof, when, is_changed=changed)
    for run in bench.run([("doctor",)], proof, when):
        proof.check(run.result.code in (0, 1), f"{when}: afterwards doctor says {run.result}")
    bench.restore_sandbox()


def _check_after(file: bytes, after: bytes, proof: Proof, when: str, *, is_changed: bool) -> None:
    """After the changes the store is whole and ours, and what they did not mean is as it was."""
    reason = fault_of(after)
    if not proof.check(reason is None, f"{when}: after the changes it is no store: {reason}") or not is_changed:
        return
    proof.check(after == with_the_right_sum(after), f"{when}: after the changes it is not in our lines")
    old, new = json.loads(file.decode("utf-8-sig")), json.loads(after)
    for table, meant in (("visits", set()), ("parties", set()), ("commitments", {"2", "3", "4"})):
        lost = [number for number in old[table] if number not in meant and new[table].get(number) != old[table][number]]
        proof.check(not lost, f"{when}: the changes lost or changed {lost} of {table}")
    lost = [number for number in old["events"] if number not in new["events"]]
    proof.check(not lost, f"{when}: the changes lost the events {lost}")


def _numbers(file: bytes) -> list[int]:
    return sorted(map(int, json.loads(file.decode("utf-8-sig"))["commitments"]))


# Mutants


def spoiled_by_mutants(testbed: Testbed) -> Proof:
    """Every way of mutating in every table and both layouts, shared out among the processors."""
    proof = Proof("R6", "mutants")
    count, shares = testbed.amount(3300, 35), testbed.amount(processors(), 1)
    for name in ("mutants", *(f"in {table}" for table in TABLES), "still whole", "restored", "commands", "processes"):
        proof.count(name, 0)
    seeds = [testbed.chance.random() for _ in range(shares)]
    with ThreadPoolExecutor(shares) as pool:
        for each in pool.map(lambda seed: _share(testbed, count // shares, Random(seed)), seeds):
            proof.add(each)
    for table in TABLES:
        proof.check(proof.counted(f"in {table}") > 0, f"no mutant of {table}")
    return proof


def _share(testbed: Testbed, count: int, chance: Random) -> Proof:
    proof = Proof("R6", "mutants")
    with testbed.sandbox(_memory()) as sandbox, Bench(sandbox) as bench:
        for number, mutant in enumerate(mutants(bench.file, count, chance)):
            if len(proof.wrong) > testbed.amount(_ENOUGH, 0):
                break
            testbed.progress("mutants", number, count)
            proof.count("mutants")
            proof.count(f"in {mutant.table}")
            _one(bench, mutant, proof, in_processes=number % 60 == 1)
    return proof


def _one(bench: Bench, mutant: Mutant, proof: Proof, *, in_processes: bool) -> None:
    reason = fault_of(mutant.file)
    if reason is None:
        proof.count("still whole")
        proof.check(plain_fault(mutant.file) is None, f"{mutant.words}: {plain_fault(mutant.file)}")
        _whole(bench, mutant.file, proof, mutant.words)
        return
    for run in _run_on_bad_file(bench, mutant.file, READING + CHANGING, proof, mutant.words, in_processes=in_processes):
        if isinstance(reason, StoreNewer):
            proof.check("newer" in sentence_of(run, proof, mutant.words), f"{mutant.words}: {run.result}")
        else:
            check_refused(bench, run, proof, mutant.words, _PLACES)
    _brought_back(bench, mutant.file, proof, mutant.words)
