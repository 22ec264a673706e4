"""Random histories of several processes, each explained by some order of all commands on the sequential model."""

import random
import select
import shlex
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from torture.concurrent_histories.linearizability import UNKNOWN, Operation, explained
from torture.concurrent_histories.model_store import Store, answer_of, shown, step, words_of
from torture.proof import Proof
from torture.testbed import Sandbox, Testbed

PEOPLE, EACH = 4, 7
"""Those who run one command after the other in a history, and how many each runs."""


def histories(testbed: Testbed) -> Proof:
    """Random histories, in some of which people are killed."""
    proof = Proof("R3", "random histories, each explained by some order")
    times = testbed.amount(40, 3)
    for done in range(times):
        testbed.progress("histories", done, times)
        with testbed.sandbox() as sandbox:
            sandbox.make()
            # In every third history two of them are killed again and again.
            if not is_explained(proof, sandbox, testbed.chance, killed=2 if done % 3 == 2 else 0):
                break
    return proof


def is_explained(
    proof: Proof, sandbox: Sandbox, chance: random.Random, *, people: int = PEOPLE, each: int = EACH, killed: int = 0
) -> bool:
    """Let so many people work at once, each so many times, and some of them be killed. Returns whether it is explained.

    Of a store on a server, what is answered with 4 or 5 was not done, and with 7 nobody knows.
    """
    begun = _store_now(sandbox)
    history = _history(proof, sandbox, chance, (people, each, killed))
    history.append(_final_read(sandbox))
    proof.count("histories")
    proof.count("operations", len(history))
    proof.count("of unknown end", sum(each.answer is UNKNOWN for each in history))
    result = explained(history, begun, step)
    return proof.check(result.is_whole, _explanation(history, result.order))


_NOT_DONE, _NOT_KNOWN = (4, 5), 7
"""Exit codes of a store on a server; on a file none of these people is answered so."""


def _explanation(history: list[Operation], order: list[Operation]) -> str:
    left = [each for each in history if each not in order]
    left_over = "; ".join(f"{each.who} {' '.join(words_of(*each.asked))} => {each.answer}" for each in left[:4])
    return f"no order explains it: after {len(order)} operations none of the {len(left)} that are left: {left_over}"


def _store_now(sandbox: Sandbox) -> Store:
    """The model in the state that the store has; what the makers of it did cannot be taken back by these people."""
    status, listed = sandbox.seen("status"), sandbox.seen("list", "--all")
    records = sorted(shown(each["id"], sandbox.seen("show", str(each["id"]))) for each in listed)
    return Store(status["store_revision"], max(record.number for record in records) + 1, tuple(records))


def _final_read(sandbox: Sandbox) -> Operation:
    """The whole store in the end, as the sound program sees it."""
    called = time.monotonic()
    result = sandbox.judged("list", "--all", "--json")
    return Operation("judge", called, time.monotonic(), ("list", 0), answer_of("list", 0, result.code, result.out))


def _history(proof: Proof, sandbox: Sandbox, chance: random.Random, size: tuple[int, int, int]) -> list[Operation]:
    """Let several people work at once. Returns their operations with the answers."""
    people, each, killed = size
    history: list[Operation] = []
    with ThreadPoolExecutor(people + 1) as pool:
        working = [pool.submit(_batch, sandbox, random.Random(chance.random()), each, history)]
        for who in range(people):
            own = random.Random(chance.random())
            working.append(pool.submit(_person, proof, sandbox, f"p{who}", own, each, history, who < killed))
    for person in working:
        person.result()
    return history


def _person(
    proof: Proof,
    sandbox: Sandbox,
    who: str,
    chance: random.Random,
    times: int,
    history: list[Operation],
    is_killed: bool,
) -> None:
    """One command after the other, each a process of its own."""
    for at in range(times):
        asked = _anything(chance, f"{who}.{at}")
        called = time.monotonic()
        process = sandbox.start(*words_of(*asked), env={"FOLLOWUP_LOCK_TIMEOUT": "60"})
        if is_killed and chance.random() < 0.5:
            select.select([], [], [], chance.random() * sandbox.longest_start)
            process.kill()
        out, err = process.communicate(timeout=120)
        returned = time.monotonic()
        proof.check(b"Traceback" not in err, f"a traceback: {err[-300:]!r}")
        is_done = process.returncode >= 0 or out.endswith(b"\n")
        if sandbox.is_remote and process.returncode in _NOT_DONE:
            continue
        if not is_done or (sandbox.is_remote and process.returncode == _NOT_KNOWN):
            history.append(Operation(who, called, returned, asked, UNKNOWN))
        elif process.returncode >= 0 or asked[0] not in ("show", "list", "status"):
            answer = answer_of(asked[0], asked[1], max(0, process.returncode), out.decode())
            history.append(Operation(who, called, returned, asked, answer))


def _batch(sandbox: Sandbox, chance: random.Random, times: int, history: list[Operation]) -> None:
    """Many changes of one process that stays open; it prints the revision of each."""
    process = sandbox.start("batch", env={"FOLLOWUP_LOCK_TIMEOUT": "60"})
    assert process.stdin
    assert process.stdout
    for at in range(times):
        asked = _change(chance, f"b.{at}")
        called = time.monotonic()
        process.stdin.write(f"{shlex.join(words_of(*asked))}\n".encode())
        line = process.stdout.readline().decode()
        returned = time.monotonic()
        kind, _, number, text = line.rstrip("\n").split(" ", 3)
        code, revision = (0, int(number)) if kind == "ok" else (int(number), None)
        if sandbox.is_remote and code in _NOT_DONE:
            continue
        is_known = not (sandbox.is_remote and code == _NOT_KNOWN)
        answer = answer_of(asked[0], asked[1], code, text)._replace(revision=revision) if is_known else UNKNOWN
        history.append(Operation("batch", called, returned, asked, answer))
    process.stdin.close()
    process.stdin = None
    process.communicate()


def _anything(chance: random.Random, tag: str) -> tuple[Any, ...]:
    """A read or a change."""
    if chance.random() < 0.3:
        return chance.choice((("show", chance.randrange(2, 7)), ("list", 0), ("status", 0)))
    return _change(chance, tag)


def _change(chance: random.Random, tag: str) -> tuple[Any, ...]:
    """A change; few records and few values, so that they often meet."""
    number = chance.choice((2, 2, 3, 4, 5, 6))
    state = chance.choice(("agreed", "in-progress"))
    expected = chance.choice((None, None, chance.randrange(1, 8)))
    day = chance.choice(("2023-04-01", "2023-05-01", "2023-06-01"))
    seats = (chance.choice(("nominated", "nominated", "acknowledged")), chance.randrange(1, 4))
    return chance.choice(
        (
            ("mark", chance.choice((2, 3, 4)), state, expected),
            ("mark both", 2, (4, state)),
            ("note", number, tag, expected),
            ("edit", number, chance.choice((tag, "the same words")), expected),
            ("due", chance.choice((2, 4)), (day, chance.random() < 0.7), expected),
            ("seats", number, seats, expected),
            ("add", 0, f"new {tag}"),
            ("undo", 0),
            ("undo", 0),
        )
    )
