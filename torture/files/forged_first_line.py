"""What a member's program puts under the right sum where no record stands: in the first line, between the tables, and
the order of the lines with counters that fit it.
"""

from __future__ import annotations

import json
from typing import Any
from zlib import crc32

from store.file.layout import LONGEST_FIRST_LINE
from store.file.strict_reader import read_strictly
from store.model.format_version import TABLES
from tests.support.store_bytes import in_our_lines, with_the_right_sum
from torture.proof import Proof
from torture.testbed import Sandbox, Testbed, fault_of


def forged_first_lines(testbed: Testbed) -> Proof:
    """Hide settings, set counters back, fill the line up, and break what stands between the tables."""
    proof = Proof(
        "R6", "nothing in the first line or between the tables misleads a look, or loses what is saved after it"
    )
    with testbed.sandbox() as sandbox:
        _settings(proof, sandbox)
        for table in TABLES:
            _counters(proof, sandbox, table)
        for table in ("parties", "commitments", "events"):
            _order(proof, sandbox, table)
        _removed(proof, sandbox)
        _length(proof, sandbox)
        _joints(proof, sandbox)
    return proof


def _forged(sandbox: Sandbox, old: bytes, new: bytes) -> None:
    """The store with a piece of its first line replaced."""
    line, rest = sandbox.store.read_bytes().split(b"\n", 1)
    assert line.count(old) == 1, line
    sandbox.store.write_bytes(with_the_right_sum(line.replace(old, new) + b"\n" + rest))


def _settings(proof: Proof, sandbox: Sandbox) -> None:
    for hidden in (b',"settings":{},"settings":', b',"x":{"a":1,"settings":{},"b":2},"settings":'):
        sandbox.make()
        assert sandbox.judged("config", "silent-after", "5", "--shared").code == 0
        _forged(sandbox, b',"settings":', hidden)
        for argv in (("config",), ("status", "--json"), ("note", "2", "called"), ("config",)):
            result = sandbox.run(*argv)
            proof.count("looks and changes")
            if argv == ("config",):
                proof.check("silent-after  5  (the store)" in result.out, f"{hidden!r}: {argv}: {result}")


def _counters(proof: Proof, sandbox: Sandbox, table: str) -> None:
    sandbox.make()
    tables: dict[str, Any] = json.loads(sandbox.store.read_bytes())
    before = {name: dict(tables[name]) for name in TABLES}
    tables["_meta"]["1"]["next"][table] = 1
    sandbox.store.write_bytes(with_the_right_sum(in_our_lines(tables)))
    for argv in (
        ("visit", "add", "Another", "--place", "Vienna", "--from", "2023-02-01"),
        ("add", "Harmless", "--by", "OSCE", "--to", "UNODC", "--new-party", "OSCE", "--visit", "lyon-2022"),
    ):
        result = sandbox.run(*argv)
        proof.count("looks and changes")
        proof.check(result.code == 0, f"next of {table}: {argv}: {result}")
    raw = sandbox.store.read_bytes()
    if (fault := fault_of(raw)) is not None:
        proof.check(False, f"next of {table}: {fault}")
        return
    image = read_strictly(raw)
    for name, records in before.items():
        after = {str(number): record for number, record in image.table(name).items()}
        lost = [number for number, record in records.items() if after.get(number) != record]
        proof.check(not lost, f"next of {table}: written over in {name}: {lost}")


def _order(proof: Proof, sandbox: Sandbox, table: str) -> None:
    """The last line of a table is the first, so that its counter seems right; then changes, a repair, a copy."""
    sandbox.make()
    tables: dict[str, Any] = json.loads(sandbox.store.read_bytes())
    before = tables[table]
    tables["_meta"]["1"]["next"][table] = 2
    sandbox.store.write_bytes(with_the_right_sum(in_our_lines({**tables, table: dict(reversed(before.items()))})))
    sandbox.run("add", "Harmless", "--by", "OSCE", "--to", "UNODC", "--new-party", "OSCE", "--visit", "lyon-2022")
    sandbox.run("note", "2", "called")
    sandbox.run("doctor", "--repair")
    result = sandbox.run("note", "2", "called again")
    proof.count("looks and changes", 4)
    proof.check(result.code == 0, f"{table} out of order: after a repair: {result}")
    raw = sandbox.store.read_bytes()
    if (fault := fault_of(raw)) is not None:
        proof.check(False, f"{table} out of order: {fault}")
        return
    after = json.loads(raw)[table]
    changed = "2" if table == "commitments" else ""
    lost = [number for number, record in before.items() if number != changed and after.get(number) != record]
    proof.check(not lost, f"{table} out of order: lost or written over: {lost}")
    copy = sandbox.home / f"{table}.json"
    result = sandbox.run("backup", str(copy))
    proof.check(result.code == 0, f"{table} out of order: no backup after a repair: {result}")


def _removed(proof: Proof, sandbox: Sandbox) -> None:
    """The counter goes back behind the number of a commitment that was removed."""
    sandbox.make()
    add = ("add", "Another", "--by", "UNODC", "--to", "UNODC", "--visit", "lyon-2022")
    sandbox.judged(*add)
    tables: dict[str, Any] = json.loads(sandbox.store.read_bytes())
    number = max(map(int, tables["commitments"]))
    sandbox.judged("remove", str(number), "--why", "entered twice")
    following = tables["_meta"]["1"]["next"]["commitments"]
    _forged(sandbox, b'"commitments":%d' % following, b'"commitments":%d' % number)
    result = sandbox.run(*add)
    proof.count("looks and changes", 3)
    there = json.loads(sandbox.store.read_bytes())["commitments"]
    proof.check(str(number) not in there and str(following) in there, f"{number}, removed, is given again: {result}")


def _length(proof: Proof, sandbox: Sandbox) -> None:
    sandbox.make()
    line, _, _ = sandbox.store.read_bytes().partition(b"\n")
    filled = b"," + b'"accounts":{"machine":"%b","numbers":{}},"events_at":' % (
        b"x" * (LONGEST_FIRST_LINE - len(line) - 45)
    )
    _forged(sandbox, b',"events_at":', filled)
    proof.check(sandbox.run("list").code == 0, "a long first line is not read")
    for number in range(4):
        result = sandbox.run("config", "office", "UNODC " * (number + 1) * 10, "--shared")
        proof.count("looks and changes")
        listed = sandbox.judged("list")
        proof.check(listed.code == 0, f"acknowledged ({result}), and nobody reads the store any more: {listed}")


def _joints(proof: Proof, sandbox: Sandbox) -> None:
    for old, new in (
        (b'"events":{\n', b'"eventz":{\n'),
        (b"\n}}\n", b"\n}]\n"),
        (b'\n},\n"events"', b'\n};\n"events"'),
    ):
        sandbox.make()
        file = sandbox.store.read_bytes().replace(old, new)
        place = file.index(b'"crc32":"') + len(b'"crc32":"')
        end = file.index(b"\n", place)
        right = b"%08x" % crc32(file[end + 1 :], crc32(file[:place]))
        sandbox.store.write_bytes(file[:place] + right + file[place + 8 :])
        for argv in (("list",), ("doctor",), ("backup", str(sandbox.home / "backup.json"))):
            result = sandbox.run(*argv)
            proof.count("looks and changes")
            proof.check(result.code == 4, f"{new!r}: {argv}: {result}")
