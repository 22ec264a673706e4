"""Hostile texts on the command line: in the file, typed, in the environment; into pipes and terminals."""

import fcntl
import json
import re
import shlex
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from typing import Any

from tests.support.hostile_texts import ESCAPES, MARKUPS, PAYLOADS, PWNED, is_clean, shown, strange, unprinted
from tests.support.run_command import Result
from tests.support.run_in_shell_or_terminal import on_terminal
from torture.hostile.hostile_stores import as_json, as_laid_out, document
from torture.proof import Proof
from torture.testbed import Sandbox, Testbed
from tui.cli.command_table import COMMANDS
from tui.cli.command_types import FLAG, Command

TEXTS = [f"{payload} q{number}z" for number, payload in enumerate(PAYLOADS)]
"""Each payload with a mark of its own: names that must differ do."""

_OWN_COLOURS = re.compile("\x1b\\[(?:0|1|2|(?:1;)?(?:3[1-6]|94))m")
_WIDE = {"COLUMNS": "500"}
_READING_COMMANDS = (
    "list", "list --all", "list --all --tsv", "list --all --sort title", "status", "status --short", "show 1",
    "show 30", "show 62", "history", "history 7", "visits", "parties", "party list", "check", "undo --list", "doctor",
    "config", "restore --list", "list q7z or owner:q8z or by:q9z or visit:q10z or kind:q11z",
)  # fmt: skip
_LISTING = {"list --all", "history", "visits", "parties", "party list"}
"""Reading commands that together show every payload."""

_JSON = ("list --all", "status", "show 7", "history", "visits", "parties", "party list", "config")


def _check(proof: Proof, result: Result, about: str) -> None:
    """What holds for each answer: nothing strange in it, no traceback, an exit code of the contract."""
    # CSV ends its lines as RFC 4180 says.
    out = _OWN_COLOURS.sub("", result.out).replace("\r\n", "\n")
    for name, text in (("stdout", out), ("stderr", result.err)):
        proof.check(not strange(text, "\n\t"), f"{about}: {strange(text, chr(10) + chr(9))[:80]} in {name}")
    proof.check("Traceback" not in result.err, f"{about}: a traceback: {result.err[-300:]!r}")
    proof.check("internal error" not in result.err, f"{about}: {result.err[:200]!r}")
    proof.check(0 <= result.code <= 6, f"{about}: exit {result.code}")


def _piped(sandbox: Sandbox, *argv: str | bytes, **more: Any) -> Result:
    """The program's answer into pipes; what it makes, it makes in the home."""
    return sandbox.run(*argv, cwd=sandbox.home, **more)  # type: ignore[arg-type]


def _drawn(sandbox: Sandbox, *argv: str, typed: bytes = b"") -> Result:
    """The same with a terminal for all three streams."""
    env = {**sandbox.env, **sandbox.program.variables}
    return on_terminal(*argv, env=env, typed=typed, is_stderr=True, command=sandbox.program.argv, cwd=sandbox.home)


# What stands in the file.


def reads(testbed: Testbed) -> Iterator[Proof]:
    """S1, S3: every reading command on stores in which each text is hostile."""
    lines = Proof("S3", "a record is one line of list, whatever is in it")
    proof = Proof("S1", f"{len(PAYLOADS)} payloads in every text of the file, through every look")
    tables = document(TEXTS)
    settings = {"timezone": TEXTS[0]}
    with testbed.sandbox() as sandbox:
        for layout in (as_laid_out, as_json)[: testbed.amount(2, 1)]:
            sandbox.put(layout(tables, settings))
            for read in _READING_COMMANDS:
                _check_read(testbed, proof, sandbox, read)
                if proof.wrong and testbed.is_short:
                    yield proof
                    return
            for read in _JSON:
                _json(proof, sandbox, read, tables)
            _one_line_each(lines, sandbox, tables)
            for number in range(1, testbed.amount(len(TEXTS), 0) + 1 if layout is as_laid_out else 1):
                _check_read(testbed, proof, sandbox, f"show {number}")
                _check_read(testbed, proof, sandbox, f"history {number}")
    yield proof
    yield lines


def _check_read(testbed: Testbed, proof: Proof, sandbox: Sandbox, read: str) -> None:
    piped = _piped(sandbox, *read.split(), env=_WIDE)
    _check(proof, piped, read)
    proof.count("answers")
    if read in _LISTING:
        for text in filter(is_clean, PAYLOADS):
            proof.check(text in piped.out, f"{read}: {text!r} is not there as it was written")
    number = read.split()[-1]
    if read.startswith("show") and is_clean(text := PAYLOADS[int(number) - 1]):
        proof.check(text in piped.out, f"{read}: {text!r} is not there as it was written")
    if not testbed.is_short or read in ("list", "show 1", "history 7", "visits"):
        _check(proof, _drawn(sandbox, *read.split()), f"{read} on a terminal")
        proof.count("on a terminal")


def _json(proof: Proof, sandbox: Sandbox, read: str, tables: dict[str, dict[int, dict[str, str]]]) -> None:
    printed = _piped(sandbox, *read.split(), "--json")
    _check_json(proof, printed.out, read)
    proof.count("JSON documents")
    if read == "list --all" and not printed.code:
        titles = {each["id"]: each["title"] for each in json.loads(printed.out)}
        wanted = {number: each["title"] for number, each in tables["commitments"].items()}
        proof.check(titles == wanted, "list --json: other titles than in the file")


def _check_json(proof: Proof, out: str, about: str) -> None:
    proof.check(not unprinted(out), f"{about} --json: {unprinted(out)[:80]}")
    try:
        json.loads(out)
    except ValueError as error:
        proof.check(False, f"{about} --json: {error}")


def _one_line_each(proof: Proof, sandbox: Sandbox, tables: dict[str, dict[int, dict[str, str]]]) -> None:
    """Check the list: one record, one line, nine columns, the title in the last."""
    lines = _piped(sandbox, "list", "--tsv", "--all").out.split("\n")[:-1]
    proof.check(len(lines) == len(tables["commitments"]), f"list: {len(lines)} lines of {len(tables['commitments'])}")
    for line in lines:
        columns = line.split("\t")
        number = columns[0]
        if not proof.check(len(columns) == 9 and number.isdigit(), f"list: {len(columns)} columns: {line[:80]!r}"):
            continue
        wanted = shown(tables["commitments"][int(number)]["title"])
        proof.check(wanted in (None, columns[8]), f"list: {columns[8]!r} is not {wanted!r}")
    proof.count("records", len(tables["commitments"]))
    proof.count("lines", len(lines))


# What is typed.

_WORDS = {
    "ID": "2", "STATE": "agreed", "TITLE": "Some title", "TEXT": "some text", "DATE": "2023-04-01", "SLUG": TEXTS[1],
    "NAME": TEXTS[2], "OLD": TEXTS[3], "NEW": TEXTS[4], "CHANGE": "", "PATH": "", "FILE": "/dev/null", "KEY": "me",
    "VALUE": "asel", "SHELL": "bash", "COMMAND": "list", "QUERY": "open", "PARTY": TEXTS[2],
    "ARGS": "some word",
}  # fmt: skip
_NEEDED = {
    "--place": "Lyon", "--from": "2022-12-06", "--visit": TEXTS[1], "--by": TEXTS[2], "--to": TEXTS[5],
    "--reason": "so", "--passage": "x", "--note": "so",
}  # fmt: skip
_BESIDE = {"redact": ["--yes"], "init": ["--shared"]}


def _slots(command: Command) -> Iterator[tuple[list[str], int]]:
    """Command lines of a command, and the place in each that takes a text."""
    words = [_WORDS[name] for name, _ in command.words]
    options = [part for name in command.required for part in (name, _NEEDED[name])]
    whole = [*command.name.split(), *words, *options, *_BESIDE.get(command.name, [])]
    first = len(command.name.split())
    for place in range(len(words)):
        yield whole, first + place
    for option in command.options:
        if option.kind != FLAG:
            yield [*whole, option.name, ""], len(whole) + 1
    yield [*whole, ""], len(whole)


def _lines(*, is_changing: bool | None = None) -> list[tuple[list[str], int]]:
    """Every place of every command that takes a text; the last one of each is a word too many."""
    chosen = [each for each in COMMANDS.values() if each.name != "app" and is_changing in (None, each.is_changing)]
    return [slot for command in chosen for slot in _slots(command)]


def _filled(line: Sequence[str], place: int, text: str) -> list[str]:
    """The command line with a text in its place, and without the words that may be missing."""
    return [text if at == place else word for at, word in enumerate(line) if word or at == place]


def typed(testbed: Testbed) -> Proof:
    """S1, S2: a payload in each place of each command, one process each, and in lines of a batch."""
    proof = Proof("S1", "payloads typed in every place of every command, in the environment, in lines of batch")
    payloads = cycle(_typable())
    few = {name: COMMANDS[name] for name in ("list", "show", "config", "help", "init", "restore", "edit", "due")}
    with testbed.sandbox() as sandbox:
        data = as_laid_out(document(TEXTS[::5] + TEXTS[:7]))
        lines = _lines() * 3
        if testbed.is_short:
            lines = [slot for each in few.values() for slot in list(_slots(each))[:2]]
        for done, (line, at) in enumerate(lines):
            testbed.progress("command lines", done, len(lines))
            sandbox.put(data)
            _type(proof, sandbox, _filled(line, at, next(payloads)), is_drawn=not testbed.is_short and done % 5 == 0)
        for text in islice(payloads, testbed.amount(len(_typable()), 4)):
            for argv in (
                [text],
                ["--today", text, "list"],
                ["--store", text, "list"],
                [f"--{text}"],
                ["list", f"{text}:x"],
            ):
                _type(proof, sandbox, argv)
        sandbox.put(data)
        _batch(proof, sandbox, testbed.amount(4, 1), payloads)
        _environment(testbed, proof, sandbox)
        proof.check(not list(sandbox.folder.parent.rglob(PWNED)), f"a text was run: it made {PWNED}")
    return proof


def _typable() -> list[str]:
    """The payloads that a command line can hold, one after the other from both kinds."""
    mixed = [text for pair in zip(ESCAPES, cycle(MARKUPS), strict=False) for text in pair]
    return [text.replace("\0", "") + "z" for text in mixed]


def _type(proof: Proof, sandbox: Sandbox, argv: list[str], *, is_drawn: bool = False) -> None:
    about = f"followup {ascii(shlex.join(argv))[1:-1]}"[:160]
    words = [*argv[:-1], argv[-1].encode() + b"\xff\x9b"] if "z" in argv[-1] else argv
    result = _piped(sandbox, *words)
    _check(proof, result, about)
    proof.check(result.err.count("\n") <= 3, f"{about}: {result.err.count(chr(10))} lines on stderr")
    proof.count("command lines")
    if is_drawn:
        _check(proof, _drawn(sandbox, *argv, typed=b"\n\x04"), f"{about} on a terminal")
        proof.count("on a terminal")


def _batch(proof: Proof, sandbox: Sandbox, times: int, payloads: Iterator[str]) -> None:
    """Each line of a batch gets one line, whatever is in it."""
    filled = [_filled(line, at, next(payloads).replace("\n", " ")) for line, at in _lines(is_changing=True) * times]
    lines = [shlex.join(line) for line in filled] + [text.replace("\n", " ") for text in _typable()]
    lines = [line for line in lines if line.strip() and not line.startswith("#")]
    result = _piped(sandbox, "batch", input="".join(f"{line}\n" for line in lines).encode())
    _check(proof, result, "batch")
    answers = result.out.split("\n")[:-1]
    proof.check(len(answers) == len(lines), f"batch: {len(answers)} answers to {len(lines)} lines: {result.err[:200]}")
    numbers = [answer.split(" ")[1] for answer in answers if answer.startswith(("ok ", "error "))]
    proof.check(numbers == [str(number) for number in range(1, len(lines) + 1)], "batch: answers to other lines")
    proof.count("lines of batch", len(lines))
    proof.count("of them done", sum(answer.startswith("ok ") for answer in answers))
    edits = [
        ["visit", "edit", visit, f"--donor={visit}"] for visit in TEXTS[::5] if "\n" not in visit and visit[0] != "-"
    ]
    atomic = _piped(sandbox, "batch", "--atomic", input="".join(f"{shlex.join(edit)}\n" for edit in edits).encode())
    _check(proof, atomic, "batch --atomic")
    answered = atomic.out.count("\n")
    proof.check(answered == len(edits), f"batch --atomic: {answered} answers to {len(edits)}: {atomic.out[:300]}")
    proof.count("lines of batch", answered)


_VARIABLES = ("FOLLOWUP_TODAY", "FOLLOWUP_LOCK_TIMEOUT", "FOLLOWUP_STORE", "SUDO_USER", "HOME", "XDG_CONFIG_HOME",
              "TZ", "XDG_DATA_HOME", "COLUMNS", "TERM", "LC_ALL", "USER", "LOGNAME", "EDITOR", "PAGER")  # fmt: skip


def _environment(testbed: Testbed, proof: Proof, sandbox: Sandbox) -> None:
    """Hostile variables, a hostile config, a hostile note in the lock, a hostile path: what is echoed is text."""
    texts = [text.replace("\0", "") for text in ("\n".join(ESCAPES[:30]), "".join(ESCAPES[30:]), *MARKUPS[24:26])]
    for variable in _VARIABLES[: testbed.amount(len(_VARIABLES), 3)]:
        for text in texts[: testbed.amount(4, 2)]:
            for argv in (["note", "2", "x"], ["list"]):
                _check(proof, _piped(sandbox, *argv, env={variable: text}), f"{variable}={text[:40]!r}")
                proof.count("environments")
    base = sandbox.home / "".join(ESCAPES[:20]).replace("/", "|").replace("\0", "")[:60]
    config = base / "followup/config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    for text in texts:
        quoted = json.dumps(text)
        for line in (f"{quoted} = 1", f"store = {quoted}", f"me = [{quoted}]", f"me = {quoted}", f"[{quoted}]", text):
            config.write_text(line)
            for argv in (["config"], ["list", "mine"])[: testbed.amount(2, 1)]:
                _check(
                    proof,
                    _piped(sandbox, *argv, env={"FOLLOWUP_STORE": "", "XDG_CONFIG_HOME": str(base)}),
                    f"config {line[:40]!r}",
                )
                proof.count("configurations")
        if testbed.is_short:
            break
    config.unlink()
    _paths(proof, sandbox, [text.replace("/", "|")[:60] for text in texts[: testbed.amount(4, 1)]])


def _paths(proof: Proof, sandbox: Sandbox, texts: list[str]) -> None:
    """A store, its folder and its lock's holder with hostile names."""
    for text in texts:
        folder = sandbox.folder / f"{text}d"
        folder.mkdir()
        store = folder / f"{text}.json"
        env = {"FOLLOWUP_STORE": str(store)}
        for argv in (["list"], ["init"], ["note", "1", "x"], ["backup"], ["doctor"], ["restore", "--list"], ["config"]):
            _check(proof, _piped(sandbox, *argv, env=env), f"{argv[0]} of a store at {text[:40]!r}")
            proof.count("paths")
        lock = folder / f".{store.name}.lock"
        with lock.open("r+b") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            held.truncate(0)
            held.write(f"{text} {text} {text}\n".encode())
            held.flush()
            busy = _piped(
                sandbox,
                "visit",
                "add",
                "T",
                "--place",
                "P",
                "--from",
                "2022-12-06",
                env={**env, "FOLLOWUP_LOCK_TIMEOUT": "0"},
            )
        _check(proof, busy, "busy")
        proof.check(busy.code == 5, f"a held lock: {busy}")
        store.write_bytes(json.dumps({"_meta": {text: text}, text: {text: text}}).encode())
        for argv in (["list"], ["doctor"]):
            _check(proof, _piped(sandbox, *argv, env=env), f"{argv[0]} of a damaged store")
