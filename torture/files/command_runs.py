"""Run command lines on one store, most of them in a preloaded process, and check their answers."""

import hashlib
import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self

from tests.support.fork_for_many_commands import PreloadedProgram
from tests.support.run_command import Result
from torture.proof import Proof
from torture.testbed import Sandbox, fault_of

Lines = Sequence[tuple[str, ...]]
"""Command lines, without `followup`."""

READING = (
    ("list",),
    ("list", "--all", "--ids"),
    ("show", "2"),
    ("history",),
    ("status",),
    ("status", "--short"),
    ("visits",),
    ("parties",),
    ("check",),
    ("doctor",),
)
CHANGING = (
    ("mark", "2", "in-progress"),
    ("note", "3", "called again"),
    ("due", "3", "2023-04-28"),
    ("add", "New", "--visit", "lyon-2022", "--by", "UNODC", "--to", "INTERPOL"),
    ("undo",),
    ("batch", "BATCH"),
    ("redact", "2", "--passage", "ISON", "--yes"),
)
"""`BATCH` stands for a file with lines of a batch."""

_HISTORY = r"""
visit add 'Workshop «Следы»' --place Vienna --from 2023-02-01 --to 2023-02-02 --host UNODC --delegation 'six officers' \
 --programme SIDEP --donor EU --slug vienna-2023
party edit INTERPOL --short IP --ru Интерпол --alias ICPO
add 'Send the «список»' --visit vienna-2023 --by UNODC --to 'MIA Uzbekistan' --support INTERPOL --via 'NCB Tashkent' \
 --kind nominate-experts --state agreed --due 2023-03-10 --words 'by 10 March' --quote 'We "send" it' --source minutes \
 --seats 3
add 'Confirm it' --visit vienna-2023 --by 'MIA Uzbekistan' --to UNODC --after 5 --state agreed
due 2 2023-06-30 --reason 'new minister' --asked-by 'MIA Uzbekistan' --agreed-by INTERPOL
seats 5 --nominated 2 --acknowledged 1 --letter 14/391 --endorsed 2023-02-20
mark 5 done --note 'by post' --evidence 'Letter 14/391'
mark 5 confirmed --note received
mark 6 done
mark 6 returned --note 'no annex'
mark 1 closed --because superseded --by-id 2 --agreed-by INTERPOL
chase 3 --note mailed --again 2023-03-10
reason 4 'the file was late'
note 3 'called; it is "\\n" on its way'
edit 4 --quote first
undo
redo
note 2 'the last change'
""".replace("\\\n", "")
"""Every kind of field and event in the store of the tests."""

_WAY_OUT = r"The newest good copy is revision {} of \d{{4}}-\d\d-\d\d: bring it back with followup restore"


def fingerprint(file: Path) -> str:
    """A file as the worker reports it."""
    return f"{file.stat().st_ino} {hashlib.sha1(file.read_bytes()).hexdigest()}"


class CommandRun(NamedTuple):
    """What a command line left: its result, and the store as the worker reports it."""

    argv: Sequence[str]
    result: Result
    store: str


class Bench:
    """A sandbox with a store of every kind of record and field, and a worker beside it."""

    def __init__(self, sandbox: Sandbox) -> None:
        """Make the store. Use it as a context manager, which ends the worker."""
        self.sandbox = sandbox
        sandbox.make()
        for key, value in (("silent-after", "20"), ("timezone", "Asia/Tashkent")):
            sandbox.judge.run("config", key, value, "--shared", env=sandbox.env)
        made = sandbox.judge.run("batch", env=sandbox.env, input=_HISTORY.encode())
        assert made.code == 0, made
        self._sound = sandbox.folder.with_name("sound")
        shutil.copytree(sandbox.folder, self._sound, symlinks=True)
        self.file = sandbox.store.read_bytes()
        self.data: dict[str, Any] = json.loads(self.file)
        self.copy = json.loads(self._newest_copy().read_bytes())
        self.batch = sandbox.home / "batch"
        self.batch.write_text("note 4 one\nnote 4 two\n")
        self._worker = PreloadedProgram(sandbox.program, sandbox.env)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._worker.end()

    def _newest_copy(self) -> Path:
        copies = self.sandbox.folder / ".commitments.json.copies"
        return max(copies.iterdir())

    @property
    def way_out(self) -> str:
        """The pattern of the sentence that names the newest good copy."""
        return _WAY_OUT.format(self.copy["_meta"]["1"]["revision"])

    def lines(self, lines: Lines) -> list[list[str]]:
        """Command lines as they are typed."""
        return [[str(self.batch) if word == "BATCH" else word for word in argv] for argv in lines]

    def restore_sandbox(self) -> None:
        """The folder as it was made: a sound store and its copies, nothing else."""
        shutil.rmtree(self.sandbox.folder)
        shutil.copytree(self._sound, self.sandbox.folder, symlinks=True)

    def run(self, lines: Lines, proof: Proof, when: str) -> list[CommandRun]:
        """Run command lines one after the other in a process of their own, and note when that dies."""
        typed = self.lines(lines)
        answers, ended = self._worker.run(typed, self.sandbox.env)
        runs = [CommandRun(argv, *answer) for argv, answer in zip(typed, answers, strict=False)]
        died = typed[len(runs) : len(runs) + 1]
        proof.check(ended == [0], f"{when}: {died} ended the process, {ended} (-14: it hung)")
        proof.count("commands", len(runs))
        return runs

    def processes(self, lines: Lines, proof: Proof) -> list[CommandRun]:
        """The same with a process for each, as people start them."""
        proof.count("processes", len(lines))
        sandbox = self.sandbox
        return [CommandRun(argv, sandbox.run(*argv), fingerprint(sandbox.store)) for argv in self.lines(lines)]


def sentence_of(run: CommandRun, proof: Proof, when: str) -> str:
    """The sentence with which a command refuses a store, its form checked; empty when it did not refuse."""
    code, out, err = run.result
    name, what = run.argv[0], f"{when}: followup {' '.join(run.argv)}"
    if name == "check":
        answer, expected, prefix = out, (3, ""), "FOLLOWUP UNKNOWN - "
        other = err
    elif name == "batch":
        answer, expected, prefix = out, (4, ""), "error 1 4 "
        other = err
    else:
        answer, expected, prefix = err, (4, ""), "followup: "
        other = out
    lines = answer.splitlines()
    is_refused = (code, other) == expected and lines and lines[0].startswith(prefix) and answer.endswith("\n")
    if not proof.check(is_refused and (len(lines) == 1 or name == "batch"), f"{what}: {run.result}"[:600]):
        return ""
    sentence = lines[0].removeprefix(prefix)
    proof.check(sentence.isprintable(), f"{what} echoes {sentence!a}")
    proof.check(len(sentence) < 700, f"{what}: a sentence of {len(sentence)} characters")
    return sentence


def check_refused(bench: Bench, run: CommandRun, proof: Proof, when: str, place: str) -> None:
    """A refusal of a damaged store: exit 4, the place, the way out."""
    sentence = sentence_of(run, proof, when)
    if sentence:
        path = re.escape(str(bench.sandbox.store))
        expected = rf"{path} is damaged: .*(?:{place}).*; it was left as it is\. {bench.way_out}$"
        proof.check(re.match(expected, sentence), f"{when}: {run.argv[0]} says {sentence!r}, not {place!r}")


def check_worked(bench: Bench, run: CommandRun, proof: Proof, when: str) -> None:
    """An answer on a store that is whole, though strange: any code but those of trouble, no fault of the program."""
    what = f"{when}: followup {' '.join(run.argv)}: {run.result}"[:600]
    usual = (0, 1, 2) if run.argv[0] == "check" else (0, 1, 3, 6)
    proof.check(run.result.code in usual, what)
    for text in run.result[1:]:
        proof.check("has a fault" not in text and "Traceback" not in text, what)
        strange = {character for character in text if not character.isprintable() and character not in "\n\t"}
        proof.check(not strange, f"{when}: followup {' '.join(run.argv)} echoes {strange}")


def check_restored(bench: Bench, run: CommandRun, proof: Proof, when: str, bad: bytes) -> None:
    """A restore of a damaged store: the state before the last change, above all that was seen, the bad file kept."""
    proof.count("restored")
    if not proof.check(run.result.code == 0, f"{when}: restore says {run.result}"):
        return
    sandbox, copy = bench.sandbox, bench.copy
    reason = fault_of(sandbox.store.read_bytes())
    if not proof.check(reason is None, f"{when}: what restore made is no store: {reason}"):
        return
    now = json.loads(sandbox.store.read_bytes())
    for table in ("visits", "parties", "commitments"):
        same = _without_revisions(now[table]) == _without_revisions(copy[table])
        proof.check(same, f"{when}: restore brought back other {table}")
    *events, last = now["events"].values()
    proof.check(events == [*copy["events"].values()], f"{when}: restore brought back another history")
    proof.check(last["action"] == "restore", f"{when}: the restore is not in the history")
    revision, seen = now["_meta"]["1"]["revision"], bench.data["_meta"]["1"]["revision"]
    proof.check(revision > seen, f"{when}: restored to revision {revision}, {seen} was seen")
    numbers, given = now["_meta"]["1"]["next"], copy["_meta"]["1"]["next"]
    proof.check(all(numbers[name] >= given[name] for name in given), f"{when}: a number would be given again")
    kept = [path.read_bytes() for path in sandbox.folder.glob("*.replaced-*")]
    proof.check(kept == [bad], f"{when}: the replaced file was not kept beside the store")
    copies = [*(sandbox.folder / ".commitments.json.copies").iterdir()]
    proof.check(len(copies) <= 10, f"{when}: {len(copies)} copies")
    proof.check(not sandbox.leftovers(), f"{when}: left behind: {sandbox.leftovers()}")


def _without_revisions(rows: dict[str, Any]) -> dict[str, Any]:
    return {number: {**record, "revision": 0} for number, record in rows.items()}
