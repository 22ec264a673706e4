"""Reports that are made to take the machine: long texts, mailboxes without end, links to other people's mails."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.support.run_command import Result
from torture.files.command_runs import fingerprint
from torture.proof import Proof
from torture.testbed import Sandbox, Testbed

_SECONDS = 20
"""Seconds of the processor for a text that takes less than one: a build that compares all with all takes minutes."""

_ROOM = 640 << 20
"""Bytes of address space that each process may have."""

_PROMISE = "UNODC will send the list to INTERPOL by 31 March 2023."

_TEXTS: dict[str, Callable[[int], str]] = {
    "one word": lambda n: f"{_PROMISE} It will send {'W' * n}.",
    "quotes and stops": lambda n: _PROMISE + ' a."' * (n // 20),
    "no ends": lambda n: _PROMISE + " … A." * (n // 20),
    "names of parties": lambda n: _PROMISE + " The Ministry of Internal Affairs and INTERPOL" * (n // 46),
    "one row": lambda n: f"{_PROMISE}\n\nAction | Who\n" + "UNODC will send it, | " * (n // 21),
    "a head without an end": lambda n: "---\n" + "topic: the list of officers\n" * (n // 28) + f"\n{_PROMISE}",
}
_PAGES: dict[str, Callable[[int], str]] = {
    "letters that begin anew": lambda n: "".join(f"<p><b id=b{each}>x" for each in range(n // 12)) + _PROMISE,
    "tags within one another": lambda n: "<div>" * n + _PROMISE,
    "attributes of one tag": lambda n: "<p " + " ".join(f"a{each}=1" for each in range(n)) + f">{_PROMISE}</p>",
}
_LENGTH = 150_000

_CAPTURE = ("capture", "--dry-run", "--dated", "2022-12-06")


def captured_files(testbed: Testbed) -> Proof:
    """Look through each text, and each mailbox, under limits of the processor and of memory."""
    proof = Proof("R11", "texts and mailboxes that take long, or all memory")
    if shutil.which("prlimit") is None:
        proof.leave_out("prlimit is not installed")
        return proof
    with testbed.sandbox() as sandbox:
        sandbox.make()
        before = fingerprint(sandbox.store)
        sandbox.program = testbed.program.under("prlimit", f"--cpu={_SECONDS}", f"--as={_ROOM}")
        for name, make in list(_TEXTS.items())[: testbed.amount(len(_TEXTS), 1)]:
            text = sandbox.home / "report.txt"
            text.write_text(make(_LENGTH))
            _proposed(proof, sandbox.run(*_CAPTURE, str(text)), name)
        for name, make in list(_PAGES.items())[: testbed.amount(len(_PAGES), 1)]:
            page = sandbox.home / "report.html"
            page.write_text(make(_LENGTH))
            refused = sandbox.run(*_CAPTURE, str(page))
            proof.count("files")
            proof.check(refused.code == 1 and "too many tags" in refused.err, f"{name}: {refused}"[:600])
        text = sandbox.home / "report.md"
        text.write_text(f"{_PROMISE}\n\n" + "<p hidden of the list " * (_LENGTH // 23))
        _proposed(proof, sandbox.run(*_CAPTURE, str(text)), "tags of Markdown without an end")
        for name, box in _mailboxes(sandbox):
            if testbed.is_caught(proof):
                break
            _proposed(proof, sandbox.run(*_CAPTURE, "--mailbox", str(box)), name)
        linked = _linked(sandbox)
        refused = sandbox.run(*_CAPTURE, "--mailbox", str(linked))
        proof.count("files")
        proof.check(refused.code == 2 and "they are links" in refused.err, f"a linked folder: {refused}"[:600])
        proof.check(fingerprint(sandbox.store) == before, "a look through a text changed the store")
    return proof


def _proposed(proof: Proof, result: Result, name: str) -> None:
    proof.count("files")
    is_there = result.code == 0 and "Send the list" in result.out and "Traceback" not in result.err
    proof.check(is_there, f"{name}: {result.code} {result.out[:200]!r} {result.err[:300]!r}")


def _mailboxes(sandbox: Sandbox) -> Iterator[tuple[str, Path]]:
    """A mailbox with a mail, and one without end behind it, which takes no room on the disk."""
    path = sandbox.home / "box"
    with path.open("wb") as file:
        file.write(f"From a\nSubject: a\n\n{_PROMISE}\n\nFrom b\nSubject: b\n\n".encode())
        file.truncate(_ROOM + (64 << 20))
    yield "a mail without end", path


def _linked(sandbox: Sandbox) -> Path:
    """A maildir of which one folder leads to somebody's mails."""
    mails, box = sandbox.home / "mails", sandbox.home / "linked"
    mails.mkdir()
    (mails / "1").write_text(f"Subject: a\n\n{_PROMISE}\n")
    (box / "cur").mkdir(parents=True)
    (box / "new").symlink_to(mails)
    return box
