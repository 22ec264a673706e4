"""Interrupt the running app: stops and continuations, sizes, keys of signals, a shell's jobs."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path
from shlex import quote

from torture.proof import Proof
from torture.terminal.app_ends import seconds_of_processor
from torture.terminal.app_scenarios import READY, STATES, TYPED, AppSession, Scenario, Setting, left_over, run_scenarios
from torture.testbed import Testbed

_MOMENTS = (0, 0, *(count / 500 for count in range(20)))
"""Seconds: what the app draws for the size in between, it writes after 10 to 30 ms."""

SIZES = ((20, 5), (1, 1), (300, 200), (60, 16))

_IN_SHORT = (
    ("a save that waits", "ctrl+z and fg"),
    ("a form", "SIGSTOP and SIGCONT"),
    ("a menu", "SIGCONT alone"),
    ("the filter", "another size while suspended"),
    ("the list", "smaller for a moment"),
    ("a form", "ctrl+c and ctrl+q"),
)


def interruptions(testbed: Testbed) -> Proof:
    """Each interruption in each state; then the app is there as before, and is ended as ever."""
    proof = Proof("T1", "stops, sizes and ctrl+c in each state, starts at odd sizes, as a job of bash")
    pairs = _IN_SHORT if testbed.is_short else tuple(product(STATES, INTERRUPTIONS))
    scenarios = {f"{state}, {what}": (_interrupted(state, what), Setting()) for state, what in pairs}
    for size in ((0, 0), (1, 1), (20, 5))[: testbed.amount(3, 1)]:
        scenarios[f"started at {size[0]}x{size[1]}"] = (_started_small, Setting(size=size, is_ready=False))
    if shutil.which("bash") is None:
        proof.leave_out("what bash makes of the app as its job: it is not installed")
    else:
        in_bash = Setting(wrap=_in_bash, is_ready=False, env={"PS1": "ready> "})
        scenarios["bash: begun in the background, fg"] = (_begun_in_background, in_bash)
        scenarios["bash: suspended, then the line is lost"] = (_job_of_a_lost_shell, in_bash)
    return run_scenarios(testbed, proof, scenarios)


def _interrupted(state: str, what: str) -> Scenario:
    reach, shown, has_draft, _ = STATES[state]

    def scenario(session: AppSession) -> None:
        reach(session)
        INTERRUPTIONS[what](session)
        session.see(shown)
        session.see(lambda: session.screen.attributes() != session.screen.attributes_before)
        session.screen.signal(signal.SIGTERM)
        session.ended(143)
        session.check_left(has_draft=has_draft)

    return scenario


def _stopped(stop: Callable[[AppSession], None], *, gives_back: bool = True, is_resized: bool = False) -> Scenario:
    def interrupt(session: AppSession) -> None:
        stop(session)
        session.screen.wait_stopped()
        if gives_back:
            session.check_given_back()
        session.screen.write_as_shell("\x1b[2J\x1b[H\x1b[?25hprompt")
        session.see(lambda: session.screen.text().strip() == "prompt")
        if is_resized:
            session.screen.resize(100, 30)
        session.screen.go_on()
        session.see(lambda: "prompt" not in session.screen.text())
        if is_resized:
            session.see(lambda: session.screen.lines()[29].strip())

    return interrupt


def _continued(session: AppSession) -> None:
    for _ in range(3):
        before = session.screen.raw().count(b"\x1b[?1049h")
        session.screen.signal(signal.SIGCONT)
        session.see(lambda: session.screen.raw().count(b"\x1b[?1049h") > before)  # noqa: B023


def _resized(session: AppSession) -> None:
    for columns, rows in SIZES:
        session.screen.resize(columns, rows)
        written = len(session.screen.raw())
        session.see(lambda: len(session.screen.raw()) > written)  # noqa: B023
    session.screen.resize(80, 24)


def _stormed(session: AppSession) -> None:
    for count in range(60):
        session.screen.resize(1 + count * 37 % 200, 1 + count * 23 % 90)
    session.screen.resize(80, 24)


def _flickered(session: AppSession) -> None:
    """Nothing of a screen is left that was a cell large for a moment, time enough for the app to see it or not."""
    for moment in _MOMENTS:
        session.screen.resize(1, 1)
        time.sleep(moment)
        session.screen.resize(80, 24)
        session.see(lambda: sum(map(bool, session.screen.lines())) > 2)


def _asked_to_quit(session: AppSession) -> None:
    """ctrl+c says how to quit, ctrl+q does nothing, and neither is a signal."""
    session.screen.send("\x03\x11\x1c")


INTERRUPTIONS: dict[str, Scenario] = {
    "ctrl+z and fg": _stopped(lambda session: session.screen.send("\x1a")),
    "SIGTSTP and fg": _stopped(lambda session: session.screen.signal(signal.SIGTSTP)),
    "SIGCONT alone": _continued,
    "SIGSTOP and SIGCONT": _stopped(lambda session: session.screen.signal(signal.SIGSTOP), gives_back=False),
    "four sizes": _resized,
    "a storm of 60 sizes": _stormed,
    "smaller for a moment": _flickered,
    "another size while suspended": _stopped(lambda session: session.screen.send("\x1a"), is_resized=True),
    "ctrl+c and ctrl+q": _asked_to_quit,
}
"""Name -> what is done to the app."""


def _started_small(session: AppSession) -> None:
    """It comes up, says what it can, and is as ever when there is room."""
    session.see(lambda: session.screen.modes() >= {1049})
    session.screen.resize(80, 24)
    session.see(READY)
    session.screen.send("q")
    session.ended(0)
    session.check_left()


# As a job of a real shell.


def _in_bash(argv: Sequence[str]) -> Sequence[str]:
    return ["env", f"APP={' '.join(map(quote, argv))}", "bash", "--norc", "--noprofile", "-i"]


def _children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _begun_in_background(session: AppSession) -> None:
    """It stops, silently and without using the processor, and comes up when it is brought to the front."""
    session.see("ready>")
    session.screen.send('eval "exec $APP" &\n')
    session.see(lambda: _children(session.screen.pid))
    (pid,) = _children(session.screen.pid)
    session.see(lambda: Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T")
    session.check(b"\x1b[?1049h" not in session.screen.raw(), "it draws from the background")
    used = seconds_of_processor(pid)
    session.screen.send("fg\n")
    session.see(READY)
    session.check((used or 0) < 2, f"busy for {used} s in the background")
    session.screen.send("q")
    session.see(lambda: not _children(session.screen.pid))
    session.screen.send("echo the code is $?\n")
    session.see("the code is 0")
    session.check(not (wrong := _left_in_bash(session)), f"{wrong}")


def _left_in_bash(session: AppSession) -> list[str]:
    """bash asks for pastes in brackets itself."""
    return [each for each in left_over(session.screen.raw()) if "?2004" not in each]


def _job_of_a_lost_shell(session: AppSession) -> None:
    """Nobody can bring it to the front any more: it is to go, the draft kept."""
    session.see("ready>")
    session.screen.send('eval "$APP"\n')
    session.see(READY)
    (pid,) = _children(session.screen.pid)
    STATES["a form"].reach(session)
    session.screen.send("\x1a")
    session.see("Stopped")
    session.screen.hang_up()
    session.see(lambda: not os.path.exists(f"/proc/{pid}"))
    session.check_store()
    session.check_draft(TYPED)
