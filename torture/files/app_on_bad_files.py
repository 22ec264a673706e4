"""The app on bad files: it refuses to open one, and survives one that turns bad while it runs."""

from itertools import islice

from tests.support.pty_screen import PtyScreen
from torture.files.command_runs import Bench, fingerprint
from torture.files.file_damage import FAULTS, NEWER
from torture.proof import Proof
from torture.testbed import Testbed

_SIZE = (100, 30)
_SHOWN = "Promote cooperation"
_TROUBLE = "cannot read the store"


def opening(testbed: Testbed) -> Proof:
    """Open the app on bad files: it leaves at once, with the sentence, and never touched the terminal."""
    proof = Proof("R6", "the app is opened on a bad file")
    with testbed.sandbox() as sandbox, Bench(sandbox) as bench:
        faults = {
            name: fault.spoil(bench.file) for name, fault in islice(FAULTS.items(), 0, None, testbed.amount(5, 90))
        }
        for name, bad in {"a newer version": NEWER(bench.file), **faults}.items():
            sandbox.store.write_bytes(bad)
            before = fingerprint(sandbox.store)
            with sandbox.terminal(size=_SIZE) as screen:
                proof.check(screen.wait_exit() == 4, f"{name}: the app leaves with {screen.wait_exit()}")
                _check_sentence(
                    screen, proof, name, "The newest good copy is revision" if name in FAULTS else "update followup"
                )
            proof.check(fingerprint(sandbox.store) == before, f"{name}: the app changed the file")
            proof.count("bad files")
    return proof


def _check_sentence(screen: PtyScreen, proof: Proof, name: str, way_out: str) -> None:
    raw = screen.raw().decode()
    is_one = raw.startswith("followup: ") and raw.endswith("\r\n") and raw.count("\n") == 1
    proof.check(is_one and way_out in raw, f"{name}: the app says {raw!r}")
    proof.check(raw.rstrip("\r\n").isprintable(), f"{name}: the app echoes {raw!a}")
    proof.check(screen.attributes() == screen.attributes_before, f"{name}: the terminal is left changed")


def running(testbed: Testbed) -> Proof:
    """Turn the file bad under the app that shows it, let it try to change it, and bring it back, again and again."""
    proof = Proof("R6", "the file turns bad under the app")
    with testbed.sandbox() as sandbox, Bench(sandbox) as bench:
        chosen = islice(FAULTS.items(), 0, None, testbed.amount(len(FAULTS) // 8, len(FAULTS)))
        bad = {name: fault.spoil(bench.file) for name, fault in chosen}
        with sandbox.terminal(size=_SIZE) as screen:
            screen.wait_for(_SHOWN)
            for name, file in bad.items():
                _turned_bad(bench, screen, proof, name, file)
                proof.count("bad files")
            screen.send("q")
            proof.check(screen.wait_exit() == 0, f"the app leaves with {screen.wait_exit()}")
    return proof


def _turned_bad(bench: Bench, screen: PtyScreen, proof: Proof, name: str, bad: bytes) -> None:
    store = bench.sandbox.store
    store.write_bytes(bad)
    before = fingerprint(store)
    try:
        screen.wait_for(_TROUBLE)
        screen.wait_for(lambda: "followup restore" in _words(screen))
        proof.check(_SHOWN in screen.text(), f"{name}: the app shows no more what it showed")
        screen.send("s")
        screen.wait_for("State of #4")
        screen.send("i")
        screen.wait_for(lambda: "is damaged" in _words(screen) and "State of" not in screen.text())
        proof.check(fingerprint(store) == before, f"{name}: the app changed the file")
        restored = bench.sandbox.judged("restore")
        proof.check(restored.code == 0, f"{name}: {restored}")
        screen.wait_for(lambda: _TROUBLE not in screen.text())
        bench.sandbox.judged("note", "4", f"after {name}")
        screen.wait_for(lambda: "#4 note" in _words(screen))
        proof.check(_SHOWN in screen.text(), f"{name}: afterwards the app shows no more what it showed")
    except AssertionError as error:
        proof.check(False, f"{name}: {error}")


def _words(screen: PtyScreen) -> str:
    """What is on the screen, as if no line were broken."""
    return " ".join(screen.text().split())
