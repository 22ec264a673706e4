"""Terminals without colours, UTF-8 or cursor movement, and no terminal at all."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Mapping, Sequence

from tests.support.run_command import PATIENCE
from torture.proof import Proof
from torture.terminal.app_scenarios import READY, AppSession, Scenario, Setting, demo, run_scenarios, terminal
from torture.testbed import Testbed

INSTEAD = "followup status and followup list work without one"

ASCII = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}

_COLOUR = re.compile(rb"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;\d+)*m")


def poor_terminals(testbed: Testbed) -> Proof:
    """ASCII, Latin-1, no colours."""
    proof = Proof("T3", "the app without colours, in ASCII, in Latin-1")
    scenarios = {
        "NO_COLOR=1": (_without_colours(testbed), Setting(env={"NO_COLOR": "1"})),
        "NO_COLOR is empty": (_usual, Setting(env={"NO_COLOR": ""})),
        "LANG=C, UTF-8 mode off": (_in_ascii, Setting(env=ASCII)),
        "LANG=C": (_in_ascii, Setting(env={"LC_ALL": "C"})),
        "PYTHONIOENCODING=latin-1": (_in_ascii, Setting(env={"PYTHONIOENCODING": "latin-1"})),
        "TERM=linux": (_usual, Setting(env={"TERM": "linux"})),
    }
    chosen = list(scenarios)[: testbed.amount(6, 3)]
    return run_scenarios(testbed, proof, {name: scenarios[name] for name in chosen})


def _without_colours(testbed: Testbed) -> Scenario:
    def scenario(session: AppSession) -> None:
        with terminal(session.sandbox, testbed.program) as coloured:
            coloured.wait_for(lambda: _COLOUR.search(coloured.raw()))
            # Drawn to the end, both say the same. Of letters that came in two pieces the glass shows neither.
            session.see(lambda: READY in coloured.text() and _words(coloured.text()) == _words(session.screen.text()))
        session.check(not _COLOUR.search(session.screen.raw()), "there are colours")
        _leave(session)

    return scenario


def _words(text: str) -> list[bytes]:
    return text.encode("ascii", "ignore").split()


def _usual(session: AppSession) -> None:
    session.check(_COLOUR.search(session.screen.raw()), "there are no colours")
    _leave(session)


def _in_ascii(session: AppSession) -> None:
    for keys, words in (("?", " Help - "), ("q", " 0 Now"), ("t", " Calendar of "), ("\r", " PROMISE ")):
        session.press(keys, words)
    session.check(session.screen.raw().isascii(), "there is more than ASCII")
    session.check(
        not re.search(rb"\\u[0-9a-f]{4}|\\x[0-9a-f]{2}", session.screen.raw()), "there are codes for characters"
    )
    session.screen.send("q")
    session.press("q", " 0 Now")
    _leave(session)


def _leave(session: AppSession) -> None:
    session.screen.send("q")
    session.ended(0)
    session.check_left()


# Refusals.


def refusals(testbed: Testbed) -> Proof:
    """Terminals that cannot place text, streams that are none, no terminal at all."""
    proof = Proof("T3", "no terminal or a dumb one, refused without an escape")
    scenarios: dict[str, tuple[Scenario, Setting]] = {}
    for kind in ("dumb", "unknown", ""):
        env = {"TERM": kind}
        scenarios[f"app, TERM={kind}"] = (_refused, Setting(wrap=_asking("app"), env=env, is_ready=False))
        scenarios[f"TERM={kind}"] = (_status, Setting(env=env, is_ready=False))
    scenarios["app, TERM unset"] = (_refused, Setting(wrap=_in_shell('unset TERM; exec "$@" app'), is_ready=False))
    silent_pipe = _in_shell('mkfifo "$HOME/pipe"; exec "$@" app <>"$HOME/pipe"')
    scenarios["app, from a silent pipe"] = (_refused, Setting(wrap=silent_pipe, is_ready=False))
    redirections = ("</dev/null", "2>/dev/null", ">&-", "<&-", ">/dev/null", "2>&-", "<&- >&-", ">/dev/full")
    for redirected in redirections[: testbed.amount(8, 3)]:
        scenario = _silent if "2>" in redirected else _refused
        wrap = _in_shell(f'exec "$@" app {redirected}')
        scenarios[f"app {redirected}"] = (scenario, Setting(wrap=wrap, is_ready=False))
    _without_any(testbed, proof)
    return run_scenarios(testbed, proof, scenarios)


def _asking(*words: str) -> Callable[[Sequence[str]], Sequence[str]]:
    return lambda argv: [*argv, *words]


def _in_shell(script: str) -> Callable[[Sequence[str]], Sequence[str]]:
    return lambda argv: ["sh", "-c", script, "sh", *argv]


def _refused(session: AppSession) -> None:
    # The process may have ended before all that it wrote has been read.
    session.see(lambda: any(words in session.screen.raw() for words in (INSTEAD.encode(), b"\x1b")))
    if not session.check(b"\x1b" not in session.screen.raw(), "it is not refused: there are escapes"):
        return
    session.ended(2)
    shown = session.screen.raw().decode().replace("\r\n", "\n")
    session.check(
        shown.startswith("followup: the full-screen app needs ") and shown.endswith(f"{INSTEAD}\n"), repr(shown)
    )
    _left_alone(session)


def _silent(session: AppSession) -> None:
    session.ended(2)
    session.check(not session.screen.raw(), f"it says {session.screen.raw()!r}")
    _left_alone(session)


def _status(session: AppSession) -> None:
    session.see(lambda: any(words in session.screen.raw() for words in (b"of 20 commitments", b"\x1b")))
    if not session.check(b"\x1b" not in session.screen.raw(), "it is not the status: there are escapes"):
        return
    session.ended(0)
    session.check(b"of 20 commitments" in session.screen.raw(), "it is not the status")
    _left_alone(session)


def _left_alone(session: AppSession) -> None:
    session.check(b"\x1b" not in session.screen.raw(), "escapes")
    session.check_left()


def _without_any(testbed: Testbed, proof: Proof) -> None:
    """As cron starts it: no terminal at all, in a session of its own."""
    kinds: Mapping[str, int] = {"a file": subprocess.PIPE, "nothing": subprocess.DEVNULL}
    for kind, out in kinds.items():
        for words, code in (((), 0), (("app",), 2)):
            with testbed.sandbox() as sandbox:
                sandbox.put(demo())
                process = sandbox.start(
                    *words, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
                )
                answer, message = process.communicate(timeout=PATIENCE)
                name = f"no terminal, {kind}, followup {' '.join(words)}".strip()
                proof.count("without any terminal")
                proof.check(process.returncode == code, f"{name}: exit code {process.returncode}")
                proof.check(b"\x1b" not in (answer or b"") + (message or b""), f"{name}: escapes")
                if out == subprocess.PIPE:
                    right = (INSTEAD.encode() in message and not answer) if words else b"of 20 commitments" in answer
                    proof.check(right, f"{name}: {answer!r} {message!r}")
