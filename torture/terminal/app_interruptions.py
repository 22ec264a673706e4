"""What happens to a running app and its terminal: stops and continuations, sizes, keys of signals, a shell's jobs."""

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
from torture.terminal.app_scenarios import READY, STATES, TYPED, Setting, Sitting, Trial, left_over, tried
from torture.testbed import Lab

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


def interruptions(lab: Lab) -> Proof:
    """Each interruption in each state; then the app is there as before, and is ended as ever."""
    proof = Proof("T1", "stops, sizes and ctrl+c in each state, starts at odd sizes, as a job of bash")
    pairs = _IN_SHORT if lab.is_short else tuple(product(STATES, INTERRUPTIONS))
    trials = {f"{state}, {what}": (_interrupted(state, what), Setting()) for state, what in pairs}
    for size in ((0, 0), (1, 1), (20, 5))[: lab.amount(3, 1)]:
        trials[f"started at {size[0]}x{size[1]}"] = (_started_small, Setting(size=size, is_ready=False))
    if shutil.which("bash") is None:
        proof.leave_out("what bash makes of the app as its job: it is not installed")
    else:
        in_bash = Setting(wrap=_in_bash, is_ready=False, env={"PS1": "ready> "})
        trials["bash: begun in the background, fg"] = (_begun_in_background, in_bash)
        trials["bash: suspended, then the line is lost"] = (_job_of_a_lost_shell, in_bash)
    return tried(lab, proof, trials)


def _interrupted(state: str, what: str) -> Trial:
    reach, shown, has_draft, _ = STATES[state]

    def trial(seat: Sitting) -> None:
        reach(seat)
        INTERRUPTIONS[what](seat)
        seat.see(shown)
        seat.see(lambda: seat.screen.attributes() != seat.screen.attributes_before)
        seat.screen.signal(signal.SIGTERM)
        seat.ended(143)
        seat.check_left(has_draft=has_draft)

    return trial


def _stopped(stop: Callable[[Sitting], None], *, gives_back: bool = True, is_resized: bool = False) -> Trial:
    def interrupt(seat: Sitting) -> None:
        stop(seat)
        seat.screen.wait_stopped()
        if gives_back:
            seat.check_given_back()
        seat.screen.write_as_shell("\x1b[2J\x1b[H\x1b[?25hprompt")
        seat.see(lambda: seat.screen.text().strip() == "prompt")
        if is_resized:
            seat.screen.resize(100, 30)
        seat.screen.go_on()
        seat.see(lambda: "prompt" not in seat.screen.text())
        if is_resized:
            seat.see(lambda: seat.screen.lines()[29].strip())

    return interrupt


def _told_to_go_on(seat: Sitting) -> None:
    for _ in range(3):
        before = seat.screen.raw().count(b"\x1b[?1049h")
        seat.screen.signal(signal.SIGCONT)
        seat.see(lambda: seat.screen.raw().count(b"\x1b[?1049h") > before)  # noqa: B023


def _resized(seat: Sitting) -> None:
    for columns, rows in SIZES:
        seat.screen.resize(columns, rows)
        written = len(seat.screen.raw())
        seat.see(lambda: len(seat.screen.raw()) > written)  # noqa: B023
    seat.screen.resize(80, 24)


def _stormed(seat: Sitting) -> None:
    for count in range(60):
        seat.screen.resize(1 + count * 37 % 200, 1 + count * 23 % 90)
    seat.screen.resize(80, 24)


def _flickered(seat: Sitting) -> None:
    """Nothing of a screen is left that was a cell large for a moment, time enough for the app to see it or not."""
    for moment in _MOMENTS:
        seat.screen.resize(1, 1)
        time.sleep(moment)
        seat.screen.resize(80, 24)
        seat.see(lambda: sum(map(bool, seat.screen.lines())) > 2)


def _asked_to_quit(seat: Sitting) -> None:
    """ctrl+c says how to quit, ctrl+q does nothing, and neither is a signal."""
    seat.screen.send("\x03\x11\x1c")


INTERRUPTIONS: dict[str, Trial] = {
    "ctrl+z and fg": _stopped(lambda seat: seat.screen.send("\x1a")),
    "SIGTSTP and fg": _stopped(lambda seat: seat.screen.signal(signal.SIGTSTP)),
    "SIGCONT alone": _told_to_go_on,
    "SIGSTOP and SIGCONT": _stopped(lambda seat: seat.screen.signal(signal.SIGSTOP), gives_back=False),
    "four sizes": _resized,
    "a storm of 60 sizes": _stormed,
    "smaller for a moment": _flickered,
    "another size while suspended": _stopped(lambda seat: seat.screen.send("\x1a"), is_resized=True),
    "ctrl+c and ctrl+q": _asked_to_quit,
}
"""Name -> what is done to the app."""


def _started_small(seat: Sitting) -> None:
    """It comes up, says what it can, and is as ever when there is room."""
    seat.see(lambda: seat.screen.modes() >= {1049})
    seat.screen.resize(80, 24)
    seat.see(READY)
    seat.screen.send("q")
    seat.ended(0)
    seat.check_left()


# As a job of a real shell.


def _in_bash(argv: Sequence[str]) -> Sequence[str]:
    return ["env", f"APP={' '.join(map(quote, argv))}", "bash", "--norc", "--noprofile", "-i"]


def _children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _begun_in_background(seat: Sitting) -> None:
    """It stops, silently and without using the processor, and comes up when it is brought to the front."""
    seat.see("ready>")
    seat.screen.send('eval "exec $APP" &\n')
    seat.see(lambda: _children(seat.screen.pid))
    (pid,) = _children(seat.screen.pid)
    seat.see(lambda: Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T")
    seat.check(b"\x1b[?1049h" not in seat.screen.raw(), "it draws from the background")
    used = seconds_of_processor(pid)
    seat.screen.send("fg\n")
    seat.see(READY)
    seat.check((used or 0) < 2, f"busy for {used} s in the background")
    seat.screen.send("q")
    seat.see(lambda: not _children(seat.screen.pid))
    seat.screen.send("echo the code is $?\n")
    seat.see("the code is 0")
    seat.check(not (wrong := _left_in_bash(seat)), f"{wrong}")


def _left_in_bash(seat: Sitting) -> list[str]:
    """bash asks for pastes in brackets itself."""
    return [each for each in left_over(seat.screen.raw()) if "?2004" not in each]


def _job_of_a_lost_shell(seat: Sitting) -> None:
    """Nobody can bring it to the front any more: it is to go, the draft kept."""
    seat.see("ready>")
    seat.screen.send('eval "$APP"\n')
    seat.see(READY)
    (pid,) = _children(seat.screen.pid)
    STATES["a form"].reach(seat)
    seat.screen.send("\x1a")
    seat.see("Stopped")
    seat.screen.hang_up()
    seat.see(lambda: not os.path.exists(f"/proc/{pid}"))
    seat.check_store()
    seat.check_draft(TYPED)
