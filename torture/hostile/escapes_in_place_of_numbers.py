"""What another program put in the place of a number or a day, with the right sum under it, acts in no output."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

from tests.support.fork_for_many_commands import PreloadedProgram
from tests.support.stores_with_escapes import READING_COMMANDS, escapes_in, spoiled_stores
from torture.proof import Proof
from torture.testbed import Sandbox, Testbed

_REPORTS = (
    *("sheet INTERPOL", "report --from 2022-01-01 --to 2023-12-31 --format md --internal"),
    *("report --from 2022-01-01 --to 2023-12-31 --format html", "export --format html --internal"),
    *("export --format md", "export --format ics --events --internal", "digest --format mail"),
)
_TRIED_FIRST = ("'chased',)", "'due_changes', 0, 'on')")
_FILES = ("export --internal --force -o {}.xlsx", "report --from 2022-01-01 --to 2023-12-31 --force -o {}.docx")


def escapes_in_place_of_numbers(testbed: Testbed) -> Proof:
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
                _run_readers(proof, sandbox, worker, place)
                if testbed.is_caught(proof):
                    break
        finally:
            worker.end()
    return proof


def _run_readers(proof: Proof, sandbox: Sandbox, worker: PreloadedProgram, place: str) -> None:
    lines = (*READING_COMMANDS, *_REPORTS, *(each.format(sandbox.home / "paper") for each in _FILES))
    answers, ended = worker.run([line.split() for line in lines], {**sandbox.env, **sandbox.program.variables})
    proof.check(ended == [0] and len(answers) == len(lines), f"{place}: {len(answers)} answers, {ended}")
    for line, answer in zip(lines, answers, strict=False):
        proof.count("outputs")
        found = escapes_in(answer.result.out, line) + escapes_in(answer.result.err)
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
