"""A redacted passage is gone everywhere: record, history, copies, undo, and a running app.

The passage (Cyrillic, with a quote and a backslash) is put into every field of a commitment where people write what
they like, and changed again, so that it stands in old and new values of events and in the automatic copies; another
commitment has it too, and keeps it. Then redact is killed before each of its calls to the file system in turn: run
again, it must leave nothing. All bytes of the folder are searched, as they stand and as JSON reads them.

Shown to fail against `copies-keep-it`, `history-keeps-it` (the passage is found) and `no-mark` (nothing says that a
passage was taken out).
"""

import json
import shutil
import signal
from collections.abc import Iterator
from typing import Any

from tests.support.pty_screen import PtyScreen
from torture.broken_builds import incomplete_redaction as broken
from torture.proof import Proof
from torture.system_calls import failing_by_order
from torture.testbed import Sandbox, Testbed

PASSAGE = 'капитан "Немо" \\ Nemo'
OTHER = f"of another one: {PASSAGE}"


def torture(testbed: Testbed) -> Iterator[Proof]:
    """F1: redact runs to its end, is killed at each call, asked for in a wrong way; and an app shows the passage."""
    yield _forgotten(testbed)
    yield _killed(testbed)
    if not testbed.is_short:  # test_maintenance_commands.py has what is refused.
        yield _refused(testbed)
    yield _on_a_screen(testbed)


def _made(sandbox: Sandbox) -> None:
    """A store where commitment 2 says the passage wherever it can, in old and in new values."""
    sandbox.make()
    lines = [
        ["edit", "2", "--title", f"Nominate {PASSAGE}", "--quote", f"{PASSAGE} said so\nand {PASSAGE} again"],
        ["edit", "2", "--quote", "nothing of it", "--source", PASSAGE, "--owner", PASSAGE, "--kind", PASSAGE],
        [
            "due",
            "2",
            "2023-04-30",
            "--reason",
            f"{PASSAGE} is away",
            "--asked-by",
            PASSAGE,
            "--words",
            f"when {PASSAGE} is back",
        ],
        ["note", "2", f"{PASSAGE} called\nand called"],
        ["chase", "2", "--note", f"wrote to {PASSAGE}"],
        ["seats", "2", "--wanted", "2", "--nominated", "1", "--letter", f"from {PASSAGE}"],
        ["mark", "2", "reported", "--evidence", PASSAGE, "--note", PASSAGE],
        ["mark", "2", "returned", "--note", PASSAGE],
        ["due", "2", "2023-02-20", "--reason", "sooner"],
        ["reason", "2", f"because {PASSAGE} left"],
        ["note", "3", OTHER],
        ["edit", "2", "--owner", "asel"],
    ]
    for words in lines:
        result = sandbox.judged(*words)
        assert result.code == 0, (words, result)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, str):
        yield value


def _found(sandbox: Sandbox) -> list[str]:
    """Where in the folder the passage of commitment 2 stands."""
    found = []
    ways = [
        PASSAGE.encode(),
        json.dumps(PASSAGE)[1:-1].encode(),
        json.dumps(PASSAGE, ensure_ascii=False)[1:-1].encode(),
    ]
    for path in sandbox.folder.rglob("*"):
        if not path.is_file():
            continue
        raw = path.read_bytes()
        times = sum(raw.count(way) for way in set(ways))
        try:
            texts = list(_texts(json.loads(raw)))
        except ValueError:
            texts = []
        of_other = sum(text.count(OTHER) for text in texts)
        times = max(times, sum(text.count(PASSAGE) for text in texts)) - of_other
        if times:
            found.append(f"{times} times in {path.name}")
    return found


def _redact(sandbox: Sandbox, *more: str) -> Any:
    return sandbox.run("redact", "2", "--passage", PASSAGE, "--yes", *more)


def _forgotten(testbed: Testbed) -> Proof:
    proof = Proof("F1", "a passage redacted wherever people write")
    with testbed.sandbox() as sandbox:
        _made(sandbox)
        before = sum(int(each.split()[0]) for each in _found(sandbox))
        proof.count("places before", before)
        proof.check(before, "it stood nowhere")
        events = len(sandbox.seen("history", "2"))
        result = _redact(sandbox)
        proof.check(result.code == 0, f"redact: {result}")
        proof.count("left", len(_found(sandbox)))
        proof.check(not _found(sandbox), f"still there: {_found(sandbox)}")
        shown = sandbox.seen("show", "2")
        proof.check("[redacted by " in shown["title"] and "2023-03-01]" in shown["title"], f"no mark: {shown['title']}")
        history = sandbox.seen("history", "2")
        proof.check(len(history) == events + 1 and history[-1]["action"] == "redact", f"the history: {history[-1:]}")
        proof.check(
            any(OTHER in text for text in _texts(sandbox.seen("show", "3"))), "another commitment lost its text"
        )
        for words in (["undo"], ["redo"], ["undo", str(sandbox.seen("status")["store_revision"] - 1)]):
            sandbox.run(*words)
            proof.check(not _found(sandbox), f"{words} brings it back: {_found(sandbox)}")
        sandbox.check_sound(proof, "redacted")
        for copy in sorted((sandbox.folder / ".commitments.json.copies").glob("*.json")):
            result = sandbox.judged("restore", str(copy))
            proof.check(result.code == 0, f"a copy that was cleaned is of no use: {result}")
            # The store that a restore replaced stands beside it, cleaned before.
            proof.check(not _found(sandbox), f"restored from {copy.name}: {_found(sandbox)}")
            proof.count("copies restored")
    return proof


def _killed(testbed: Testbed) -> Proof:
    proof = Proof("F1", "redact killed before each of its file calls, then run again")
    for name in ("kills", "left"):
        proof.count(name, 0)
    with testbed.sandbox() as sandbox:
        _made(sandbox)
        kept = sandbox.folder.with_name("kept")
        shutil.copytree(sandbox.folder, kept)
        step, point, is_done = testbed.amount(1, 24), 1, False
        while not is_done:
            testbed.progress("kills", point, 200)
            shutil.rmtree(sandbox.folder)
            shutil.copytree(kept, sandbox.folder)
            is_done = _one_killed(sandbox, proof, point)
            point += step
            if point > 2000:
                proof.check(False, "redact never comes to its end")
                break
    return proof


def _one_killed(sandbox: Sandbox, proof: Proof, point: int) -> bool:
    """Kill redact before its call of this number. Returns whether it came to its end before."""
    order = sandbox.home / "order"
    order.write_text(f"{point} KILL once")
    dying = failing_by_order(sandbox.program, order)
    done = dying.run("redact", "2", "--passage", PASSAGE, "--yes", env=sandbox.env)
    is_done = done.code != -signal.SIGKILL
    if not is_done:
        proof.count("kills")
        proof.check(sandbox.is_whole(), f"damaged by a kill at call {point}")
        # Redacted already, with the copies too: then the second one finds nothing.
        again = _redact(sandbox)
        proof.check(again.code in (0, 1), f"again after a kill at call {point}: {again}")
        if again.code:
            proof.check("has no passage" in again.err, f"again after a kill at call {point}: {again}")
    else:
        proof.check(done.code == 0, f"redact: {done}")
    if left := _found(sandbox):
        proof.count("left", len(left))
        proof.check(False, f"after a kill at call {point}, and again: {left}")
    proof.check(sandbox.run("note", "3", "on we go").code == 0, "the next command")
    sandbox.check_sound(proof, f"after a kill at call {point}")
    return is_done


_REFUSED = (
    (["redact", "2", "--passage", PASSAGE], 2, "--yes"),
    (["redact", "2", "--yes"], 2, "--passage"),
    (["redact", "2", "--passage", "", "--yes"], 2, "passage"),
    (["redact", "2", "--passage", "stands nowhere", "--yes"], 1, "stands nowhere"),
    (["redact", "2", "--passage", PASSAGE, "--yes", "--expect-rev", "1"], 6, "revision"),
    (["redact", "2", "--passage", "MIA", "--yes"], 1, "party"),
    (["redact", "99", "--passage", PASSAGE, "--yes"], 3, "99"),
    (["redact", "two", "--passage", PASSAGE, "--yes"], 2, "two"),
    (["redact", "--passage", PASSAGE, "--yes"], 2, "ID"),
    (["redact", "2", "3", "--passage", PASSAGE, "--yes"], 2, ""),
    (["redact", "2", "--passage", PASSAGE, "--yes", "--for-good"], 2, "--for-good"),
)


def _refused(testbed: Testbed) -> Proof:
    proof = Proof("F1", "redact asked for in a wrong way, and a no when it asks")
    with testbed.sandbox() as sandbox:
        _made(sandbox)
        before = sandbox.contents()
        for words, code, fragment in _REFUSED:
            result = sandbox.run(*words)
            proof.count("refused")
            proof.check(result.code == code and fragment in result.err, f"{words}: {result}")
            sandbox.check_answer(proof, result, " ".join(words))
            proof.check(sandbox.contents() == before, f"{words} changed something")
        asked = ("redact", "2", "--passage", PASSAGE)
        for answer in ("no\n", "\n", "\x04"):
            with sandbox.terminal(*asked) as screen:
                screen.wait_for("yes/no")
                screen.send(answer)
                proof.check(screen.wait_exit() == 1, f"answered {answer!r}, it did not end with 1")
            proof.count("asked and answered no")
            proof.check(sandbox.contents() == before, f"answered {answer!r}, it changed something")
        with sandbox.terminal(*asked) as screen:
            screen.wait_for("yes/no")
            screen.send("yes\n")
            proof.check(screen.wait_exit() == 0, f"answered yes: {screen.text()}")
        proof.check(not _found(sandbox), "answered yes, and it is there")
    return proof


def _on_a_screen(testbed: Testbed) -> Proof:
    proof = Proof("F1", "gone from the screen of an app that shows it")
    with testbed.sandbox() as sandbox:
        _made(sandbox)
        with sandbox.app((120, 40)) as screen:
            screen.send("/Nominate\r")
            screen.wait_for("filter: Nominate")
            screen.send("\r")
            screen.wait_for(f"because {PASSAGE} left"[:20])
            proof.count("apps that showed it")
            result = _redact(sandbox)
            proof.check(result.code == 0, f"redact: {result}")
            screen.wait_for(lambda: "Немо" not in _above_the_message(screen))
    return proof


def _above_the_message(screen: PtyScreen) -> str:
    return "\n".join(screen.lines()[:-2])


FAILS_AGAINST = {_forgotten: (broken.copies_keep_it, broken.history_keeps_it, broken.no_mark)}
