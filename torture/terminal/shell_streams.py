"""Commands in a shell whose streams are closed, full, cut off or in a poor locale."""

from __future__ import annotations

import fcntl
import json
import os
import re
import select
import shutil
import struct
import subprocess
import termios
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from tests.support.run_command import PATIENCE, Result
from torture.proof import Proof
from torture.terminal.app_scenarios import demo
from torture.terminal.poor_terminals import ASCII
from torture.testbed import Sandbox, Testbed, processors

READS = (
    "list",
    "list --json",
    "status",
    "check",
    "history --json",
    "help",
    "doctor",
    "list --tsv",
    "list --ids",
    "list nothing-like-it",
    "status --short",
    "status --json",
    "show 6",
    "show 6 --json",
    "6",
    "history",
    "history 6",
    "visits",
    "visits --json",
    "parties",
    "parties --json",
    "party list",
    "config",
    "config --json",
    "undo --list",
    "restore --list",
    "mark --help",
    "completion bash",
    "completion zsh",
    "completion fish",
    "--version",
    "",
)
"""Commands that change nothing; the last one is none."""

LOST = (">&-", ">/dev/full", "<&- >&- 2>&-", "1</dev/null")
CUT = ("| head -1", "| head -c 1", "| true")
UNHEARD = ("2>&-", "2>/dev/full", "<&-")
LANGUAGES: Mapping[str, Mapping[str, str]] = {
    "LC_ALL=C, UTF-8 mode off": ASCII,
    "LC_ALL=C": {"LC_ALL": "C"},
    "a locale that is not there": {"LC_ALL": "xx_XX.UTF-8"},
    "Latin-1": {"PYTHONIOENCODING": "latin-1"},
}

CHANGES = (
    "note 6 x",
    "mark 6 in-progress --json",
    "batch --atomic",
    "batch",
    "due 6 2023-04-01 --reason x",
    "chase 6 7 --note x",
    "reason 6 x",
    "add X --visit lyon-2022 --by UNODC --to INTERPOL",
    "edit 6 --owner x",
    "seats 10 --nominated 1",
    "visit add X --place Y --from 2023-01-01",
    "visit edit lyon-2022 --donor x",
    "party edit IOM --short X",
    "party merge IOM UNODC",
    "remove 1 --reason x",
    "redact 6 --passage contact --yes",
    "config silent-after 45 --shared",
    "undo",
)
MADE = ("init new.json", "backup new.json", "demo new.json", "config me x")
"""Commands that write a file, which report it as saved as well."""


class Tried(NamedTuple):
    """A command line with what was done to its streams, and how it ended."""

    words: str
    what: str
    plain: Result
    result: Result
    revisions: tuple[int, int]


def in_shell(sandbox: Sandbox, words: str, what: str, env: Mapping[str, str] | None = None) -> Result:
    """A command in bash, with what is done to its streams; of a pipe the code is the command's own."""
    script = f'cd; "$@" {what}; exit ${{PIPESTATUS[0]}}'
    variables = {**sandbox.env, "LANG": "C.UTF-8", **sandbox.program.variables, **(env or {})}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-c", script, "bash", *sandbox.program.argv, *words.split()],
        env=variables, input=b"note 6 from the batch\n", capture_output=True, timeout=PATIENCE,
    )  # fmt: skip
    return Result(done.returncode, done.stdout.decode(errors="surrogateescape"), done.stderr.decode(errors="replace"))


def reads(testbed: Testbed) -> Proof:
    """Commands that change nothing."""
    proof = Proof("T3", "looks with streams closed, full, cut off, in poor locales")
    if shutil.which("bash") is None:
        proof.leave_out("bash is not installed")
        return proof
    lines = READS[:3] if testbed.is_short else READS
    with testbed.sandbox() as sandbox, ThreadPoolExecutor(processors() + 1) as pool:
        languages = LANGUAGES if testbed.is_short else _languages(sandbox.home / "locales", proof)
        sandbox.put(demo())
        plain = dict(zip(lines, pool.map(lambda words: in_shell(sandbox, words, ""), lines), strict=True))
        ways: list[tuple[str, str, Mapping[str, str]]] = []
        ways += [(words, what, {}) for words in lines for what in (*LOST, *CUT, *UNHEARD)]
        ways += [(words, what, env) for words in lines for what, env in languages.items()]
        done = pool.map(lambda way: in_shell(sandbox, way[0], "" if way[2] else way[1], way[2]), ways)
        for (words, what, env), result in zip(ways, done, strict=True):
            proof.count("command lines")
            name = f"followup {words} {what}"
            for finding in _wrong_with_a_read(words, what, plain[words], result, is_spoken=bool(env)):
                proof.check(False, f"{name}: {finding}")
            if proof.wrong and testbed.is_short:
                pool.shutdown(cancel_futures=True)
                return proof
        proof.check(sandbox.store.read_bytes() == demo(), "a look changed the store")
    return proof


def _languages(folder: Path, proof: Proof) -> Mapping[str, Mapping[str, str]]:
    """The languages, with a real Latin-1 locale among them where one can be made."""
    folder.mkdir()
    argv = ["localedef", "-i", "en_US", "-f", "ISO-8859-1", str(folder / "en_US.ISO-8859-1")]
    if shutil.which("localedef") is None or subprocess.run(argv, capture_output=True).returncode > 1:
        proof.note("Latin-1 without its locale")
        return LANGUAGES
    return {**LANGUAGES, "LC_ALL=en_US.ISO-8859-1": {"LC_ALL": "en_US.ISO-8859-1", "LOCPATH": str(folder)}}


def _wrong_with_a_read(words: str, what: str, plain: Result, result: Result, *, is_spoken: bool) -> Iterator[str]:
    code, out, err = result
    if "Traceback" in err or "Exception ignored" in err:
        yield f"a traceback: {err[-300:]}"
    if "\x1b" in out + err:
        yield "an escape"
    if what in LOST:
        lost = 3 if words.startswith("check") else 1
        if plain.out and (code, out) != (lost, ""):
            yield f"exit code {code}, {out!r}"
        if plain.out and "2>" not in what and words != "check" and not _is_sentence(err, "the answer could not be"):
            yield f"told: {err!r}"
        if "saved" in err:
            yield "it speaks of saving"
    elif what in CUT:
        if code not in (plain.code, 141) or err != plain.err:
            yield f"exit code {code}, {err!r}"
    elif (code, out) != (plain.code, plain.out) and not is_spoken:
        yield f"not as ever: {code}, {out[:200]!r}"
    elif is_spoken:
        yield from _wrong_with_a_language(words, what, plain, result)


def _is_sentence(err: str, words: str) -> bool:
    return err.startswith("followup: ") and err.count("\n") == 1 and words in err


def _wrong_with_a_language(words: str, what: str, plain: Result, result: Result) -> Iterator[str]:
    if result.code != plain.code:
        yield f"exit code {result.code}, {result.err!r}"
    elif "--json" in words:
        if json.loads(result.out) != json.loads(plain.out):
            yield "another document"
    elif "UTF-8 mode off" in what and not result.out.isascii():
        yield "more than ASCII"
    elif bool(plain.out) != bool(result.out):
        yield f"says {result.out!r}"


# Changes.


def changes(testbed: Testbed) -> Proof:
    """What was saved is said to be, wherever the answer went."""
    proof = Proof("T3", "changes whose answer is lost, told as saved")
    if shutil.which("bash") is None:
        proof.leave_out("bash is not installed")
        return proof
    ways = [(words, what) for words in CHANGES[: testbed.amount(len(CHANGES), 2)] for what in (*LOST, *CUT, *UNHEARD)]
    ways += [(words, what) for words in MADE for what in LOST[:2]]
    ways = ways[::2] if testbed.is_short else ways
    with ThreadPoolExecutor(processors() + 1) as pool:
        for done in pool.map(lambda way: _changed(testbed, *way), ways):
            proof.count("command lines")
            for finding in _wrong_with_a_change(done):
                proof.check(False, f"followup {done.words} {done.what}: {finding}")
    return proof


def _changed(testbed: Testbed, words: str, what: str) -> Tried:
    with testbed.sandbox() as sandbox:
        sandbox.put(demo())
        if words == "undo":
            assert sandbox.judged("note", "6", "mine").code == 0
        before = sandbox.seen("status")["store_revision"]
        result = in_shell(sandbox, words, what)
        if words in MADE:
            made = sandbox.home / ("new.json" if "new.json" in words else ".config/followup/config.toml")
            return Tried(words, what, result, result, (0, int(made.exists())))
        after = sandbox.seen("status")["store_revision"]
        sound = sandbox.is_whole() and sandbox.judged("doctor").code == 0 and not sandbox.leftovers()
        return Tried(words, what, result, result, (before, after if sound else -1))


def _wrong_with_a_change(done: Tried) -> Iterator[str]:
    code, out, err = done.result
    if "Traceback" in err or "Exception ignored" in err:
        yield f"a traceback: {err[-300:]}"
    if "\x1b" in out + err:
        yield "an escape"
    if done.revisions[1] != done.revisions[0] + 1 and not (done.words.startswith("batch") and "<" in done.what):
        yield f"not saved, or not soundly: revisions {done.revisions}, exit code {code}, {err!r}"
    elif done.what in LOST:
        if code != 1 and not done.words.startswith("batch"):
            yield f"exit code {code}"
        if "2>" not in done.what and not re.search(r"saved.*, but the answer could not be written", err):
            yield f"told: {err!r}"
    elif done.what in CUT:
        if code not in (0, 141):
            yield f"exit code {code}, {err!r}"
    elif code != 0 and not done.words.startswith("batch"):
        yield f"exit code {code}, {err!r}"


# Streams that another program told not to wait.


def not_waited_for(testbed: Testbed) -> Proof:
    """Another program left the streams so."""
    proof = Proof("T3", "non-blocking streams, waited for all the same")
    with testbed.sandbox() as sandbox:
        sandbox.make(500)
        for words in (["list", "--all", "--json"], ["history", "--json"])[: testbed.amount(2, 1)]:
            reader, writer = os.pipe()
            os.set_blocking(writer, False)
            process = sandbox.start(*words, stdout=writer)
            os.close(writer)
            out = _read_late(reader, process)
            _, err = process.communicate(timeout=PATIENCE)
            proof.count("streams")
            is_whole = process.returncode == 0 and bool(out) and json.loads(out or b"[]")
            proof.check(is_whole, f"{' '.join(words)}: exit code {process.returncode}, {len(out)} bytes, {err!r}")
        for words in (["batch"], ["note", "3", "-"]):
            reader, writer = os.pipe()
            os.set_blocking(reader, False)
            process = sandbox.start(*words, stdin=reader)
            os.close(reader)
            select.select([], [], [], 0.2)
            os.write(writer, b"note 3 typed late\n")
            os.close(writer)
            out, err = process.communicate(timeout=PATIENCE)
            proof.count("streams")
            proof.check(process.returncode == 0, f"{' '.join(words)}: exit code {process.returncode}, {err!r}")
        notes = [note["text"] for note in sandbox.seen("show", "3")["notes"]]
        proof.check(notes[-2:] == ["typed late", "note 3 typed late"], f"the notes are {notes[-2:]}")
    return proof


def _waiting(reader: int) -> int:
    """The bytes in a pipe."""
    (size,) = struct.unpack("i", fcntl.ioctl(reader, termios.FIONREAD, b"\0" * 4))
    return int(size)


def _read_late(reader: int, process: subprocess.Popen[bytes]) -> bytes:
    """Not before the pipe is full, or the process has ended."""
    while process.poll() is None and _waiting(reader) < 1 << 16:
        select.select([], [], [], 0.01)
    data = b""
    while part := os.read(reader, 1 << 20):
        data += part
    os.close(reader)
    return data
