"""The order of writes, syncs, rename and answer, from which follows what a power cut leaves (R5)."""

import os
from collections.abc import Iterator
from functools import partial

from tests.support.pty_screen import PtyScreen
from tests.support.terminal_emulator import TerminalEmulator
from torture.proof import Proof
from torture.system_calls import Call, calls_in, recorded, why_not
from torture.testbed import Sandbox, Testbed

_CALLS = "fsync,fdatasync,sync,syncfs,msync,?rename,?renameat,?renameat2,?link,?linkat,write,writev,pwrite64"

_CHANGE = ["write new", "fsync new", "rename", "fsync folder", "answer"]
_NEW_STORE = ["write new", "fsync new", "link", "fsync folder", "answer"]


def right_order(testbed: Testbed) -> Iterator[Proof]:
    """One-shot commands, each line of a batch, a new store."""
    proof = Proof("R5", "written, synced, named, folder synced, and only then answered")
    twice = Proof("R5", "a change is synced exactly twice")
    _say_how(proof, twice)
    commands: list[tuple[list[str], list[str], bytes]] = [
        (["note", "2", "called"], _CHANGE, b""),
        (["mark", "2", "3", "done", "--json"], _CHANGE, b""),
        (["visit", "edit", "lyon-2022", "--donor", "INL"], _CHANGE, b""),
        (["party", "edit", "UNODC", "--alias", "Office"], _CHANGE, b""),
        (["config", "silent-after", "45", "--shared"], _CHANGE, b""),
        (["undo"], _CHANGE, b""),
        (["batch"], _CHANGE * 3, b"note 2 one\nmark 3 in-progress\nnote 3 two\n"),
        (["batch", "--atomic"], _CHANGE, b"note 2 one\nnote 3 two\n"),
        (["init"], _NEW_STORE, b""),
    ]
    for argv, expected, typed in commands[: testbed.amount(len(commands), 1)] + (
        commands[6:7] if testbed.is_short else []
    ):
        _in_order(testbed, proof, twice, argv, expected, typed)
    yield proof
    yield twice


def _say_how(*proofs: Proof) -> None:
    if reason := why_not():
        for proof in proofs:
            proof.note(f"as the program itself tells its calls: {reason}")


def _in_order(testbed: Testbed, proof: Proof, twice: Proof, argv: list[str], expected: list[str], typed: bytes) -> None:
    with testbed.sandbox() as sandbox:
        if argv != ["init"]:
            sandbox.make()
        if argv == ["undo"]:
            sandbox.judged("note", "2", "mine")
        log = sandbox.home.parent / "log"
        sandbox.program = recorded(testbed.program, log, _CALLS)
        result = sandbox.run(*argv, input=typed)
        found = _once([step for call in calls_in(log) if (step := _step_of(call, sandbox))])
        when = " ".join(argv)
        proof.count("commands")
        proof.count("acknowledgements", found.count("answer"))
        proof.check(result.code == 0, f"{when}: {result}")
        # How often it is synced is the other question.
        proof.check(_once(found, every=True) == expected, f"{when}: {' < '.join(found)}")
        changes = expected.count("answer")
        twice.count("changes", changes)
        syncs = sum("sync" in call.name for call in calls_in(log))
        twice.count("fsyncs", syncs)
        twice.check(syncs == 2 * changes, f"{when}: {syncs} syncs in {changes} changes")


def _step_of(call: Call, sandbox: Sandbox) -> str | None:
    """The name of the step that a call is in a durable save; None for another call."""
    if call.failed:
        return None
    if "sync" in call.name:
        if call.file == str(sandbox.folder):
            return "fsync folder"
        return "fsync new" if call.file.endswith(".tmp") else f"{call.name} {os.path.basename(call.file)}"
    if call.name.startswith(("rename", "link")):
        return call.name.removesuffix("2").removesuffix("at") if call.names[-1] == str(sandbox.store) else None
    if call.file == str(sandbox.store):
        return "write in place"
    if call.file.endswith(".tmp"):
        return "write new"
    return "answer" if call.arguments.startswith("1<") else None


def _once(steps: list[str], *, every: bool = False) -> list[str]:
    """What follows itself once; syncs count each, unless `every` counts once."""
    return [
        one
        for at, one in enumerate(steps)
        if at == 0 or steps[at - 1] != one or (one.startswith("fsync") and not every)
    ]


def right_order_in_the_app(testbed: Testbed) -> Proof:
    """A key changes the state of the first record to and fro: neither row nor message may show it before."""
    proof = Proof("R5", "the same in the app, before its screen says so")
    _say_how(proof)
    with testbed.sandbox() as sandbox:
        sandbox.make()
        log = sandbox.home.parent / "log"
        sandbox.program = recorded(testbed.program, log, _CALLS)
        changes = [("i", "in progress"), ("a", "agreed")] * testbed.amount(5, 1)
        with sandbox.app((100, 24)) as screen:
            for key, word in changes:
                screen.send(f"s{key}")
                screen.wait_for(partial(_says, screen, word))
                # The next key comes when the row shows it too.
                screen.wait_for(partial(_shows, screen, word))
            screen.send("q")
            proof.check(screen.wait_exit() == 0, "it does not quit as it should")
        calls = [call for call in calls_in(log) if not call.failed]
        synced = [call.ended for call in calls if call.name == "fsync" and call.file == str(sandbox.folder)]
        proof.count("keys", len(changes))
        syncs = sum("sync" in call.name for call in calls)
        proof.count("fsyncs", syncs)
        if proof.check(
            (len(synced), syncs) == (len(changes), 2 * len(changes)), f"{syncs} syncs, {len(synced)} of the folder"
        ):
            _judge_screens(proof, calls, synced, changes)
    return proof


def _judge_screens(proof: Proof, calls: list[Call], synced: list[int], changes: list[tuple[str, str]]) -> None:
    """Draw the screens once more, as they were drawn: what is new on each must come after its sync."""
    glass = TerminalEmulator(100, 24)
    at = -1
    screens = []
    for call in sorted(calls, key=lambda call: call.began):
        if call.name == "write" and "/dev/" in call.file:
            # The terminal's line makes CR LF of LF.
            glass.take(_written(call).replace(b"\n", b"\r\n"))
            screens.append((call.began, _row(glass), glass.lines()[-2].strip()))
    for (_, word), is_synced in zip(changes, synced, strict=True):
        later = [screen for screen in screens if screen[0] > at]
        shown = [
            [began for began, _, answer in later if answer.startswith(f"#4 {word};")],
            [began for began, it, _ in later if it == word],
        ]
        for what, begins in zip(("the message", "the row"), shown, strict=True):
            if proof.check(begins, f"{word}: {what} never says it"):
                proof.check(begins[0] > is_synced, f"{word}: {what} says it before the folder is synced")
        at = max([at, is_synced, *(begins[0] for begins in shown if begins)])


def _says(screen: PtyScreen, word: str) -> bool:
    """Whether the message tells this state of the first record."""
    return screen.lines()[-2].strip().startswith(f"#4 {word};")


def _shows(screen: PtyScreen, word: str) -> bool:
    """Whether its row does."""
    return _row(screen) == word


def _row(glass: TerminalEmulator | PtyScreen) -> str:
    """The state that the row of the first record shows."""
    return next((line.split("#4 ")[1][2:].split("  ")[0].strip() for line in glass.lines() if line.startswith(">")), "")


def _written(call: Call) -> bytes:
    """The bytes that were written, which strace writes as C does."""
    text = call.arguments.partition('"')[2].rpartition('"')[0]
    return text.encode("latin-1", "replace").decode("unicode_escape").encode("latin-1", "replace")
