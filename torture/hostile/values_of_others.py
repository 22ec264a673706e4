"""What another program put in the place of a number or a day, with the right sum under it, acts in no output."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from torture.files.file_damage import in_our_lines, with_the_right_sum
from torture.hostile.payloads import strange
from torture.preloaded_program import PreloadedProgram
from torture.proof import Proof
from torture.testbed import Sandbox, Testbed

_TAG = "<b id=pwn>"
CONTROL = f"\x1b]0;PWN\x07\x1b[31m{_TAG}"

LOOKS = (
    *("show 2", "show 2 --json", "history", "history 2", "history --json", "undo --list", "doctor", "check"),
    *("list --all", "list --all --tsv", "list --all --ids", "list --all --json", "status", "visits", "parties"),
    *("export --internal", "export --raw", "export --format ics", "digest"),
)
"""Outputs for a terminal and for programs."""
_PAPERS = (
    *("sheet INTERPOL", "report --from 2022-01-01 --to 2023-12-31 --format md --internal"),
    *("report --from 2022-01-01 --to 2023-12-31 --format html", "export --format html --internal"),
    *("export --format md", "export --format ics --events --internal", "digest --format mail"),
)
_TRIED_FIRST = ("'chased',)", "'due_changes', 0, 'on')")
_FILES = ("export --internal --force -o {}.xlsx", "report --from 2022-01-01 --to 2023-12-31 --force -o {}.docx")


def values_of_others(testbed: Testbed) -> Proof:
    """S4: each value of the richest record of each table spoiled, and all outputs looked at."""
    proof = Proof("S4", "values that another program put in the place of others act in no output")
    with testbed.sandbox() as sandbox:
        sandbox.make()
        for argv in ("chase 2", "due 2 2023-04-01 --reason late", "note 2 x", "undo"):
            sandbox.judged(*argv.split())
        tables = json.loads(sandbox.store.read_bytes())
        chosen = list(spoiled_stores(tables))
        worker = PreloadedProgram(sandbox.program, sandbox.env)
        try:
            for place, store in [each for each in chosen if not testbed.is_short or each[0].endswith(_TRIED_FIRST)]:
                sandbox.put(store)
                _look(proof, sandbox, worker, place)
                if testbed.is_caught(proof):
                    break
        finally:
            worker.end()
    return proof


def spoiled_stores(tables: dict[str, Any], *names: str) -> Iterator[tuple[str, bytes]]:
    """Stores in which one value of a record of these tables, or of any, is not what it was; and which value."""
    for table in names or ("commitments", "events", "visits", "parties"):
        records = tables[table]
        chosen = {max(records, key=lambda each: len(json.dumps(records[each]))), max(records, key=int)}
        for number, path in ((each, path) for each in sorted(chosen) for path in _paths(records[each])):
            copy: Any = json.loads(json.dumps(tables))
            place = copy[table][number]
            for key in path[:-1]:
                place = place[key]
            place[path[-1]] = CONTROL
            yield f"{table} {number} {path}", with_the_right_sum(in_our_lines(copy))


def acting(out: str, line: str = "") -> str:
    """What acts in the output of a line: a character that no text has, or a tag in a paper with markup."""
    found = strange(out.replace("\r\n", "\n"), "\n\t")
    return found or (_TAG if _TAG in out and ("html" in line or " md" in line) else "")


def _look(proof: Proof, sandbox: Sandbox, worker: PreloadedProgram, place: str) -> None:
    lines = (*LOOKS, *_PAPERS, *(each.format(sandbox.home / "paper") for each in _FILES))
    answers, ended = worker.run([line.split() for line in lines], {**sandbox.env, **sandbox.program.variables})
    proof.check(ended == [0] and len(answers) == len(lines), f"{place}: {len(answers)} answers, {ended}")
    for line, answer in zip(lines, answers, strict=False):
        proof.count("outputs")
        found = acting(answer.result.out, line) + acting(answer.result.err)
        proof.check(not found, f"{place}, {line}: {found[:80]}")
        proof.check("has a fault" not in answer.result.err, f"{place}, {line}: {answer.result.err[:200]}")
    for path in (Path(f"{sandbox.home}/paper.xlsx"), Path(f"{sandbox.home}/paper.docx")):
        if path.exists():
            proof.count("files")
            with ZipFile(path) as parts:
                texts = [parts.read(name) for name in parts.namelist() if name.endswith(".xml")]
            is_raw = any(b"\x1b" in text or b"_x001B_" in text for text in texts)
            proof.check(not is_raw, f"{place}, {path.name}: a control character")
            path.unlink()


def _paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The places of the values in a record that are no objects or lists, and of the lists."""
    if isinstance(value, dict | list):
        if path and isinstance(value, list):
            yield path
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _paths(each, (*path, key))
    else:
        yield path
