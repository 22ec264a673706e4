"""The ends of the app: quit, signals, a line that is lost, and each of them at an unlucky moment."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import termios
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import product
from pathlib import Path

from torture.proof import Proof
from torture.terminal.app_scenarios import (
    GONE,
    PATIENCE,
    STATES,
    TYPED,
    Setting,
    Sitting,
    Trial,
    drafts_folder,
    left_over,
    tried,
)
from torture.testbed import Lab

SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)

QUIT, KILL = "q", "SIGKILL"

_IN_SHORT = (
    ("a form", "SIGTERM"),
    ("a save that waits", "SIGHUP"),
    ("a conflict", "SIGINT"),
    ("a menu", "SIGQUIT"),
    ("the list", QUIT),
    ("a form", KILL),
)


def ends(lab: Lab) -> Proof:
    """Quit, signals and kill -9 in every state."""
    proof = Proof("T1", "q, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGKILL in each state of the app")
    ways = (QUIT, *(number.name for number in SIGNALS), KILL)
    pairs = _IN_SHORT if lab.is_short else [pair for pair in product(STATES, ways) if _leads_out(*pair)]
    trials = {f"{state}, {way}": (_left(state, way), Setting()) for state, way in pairs}
    if not lab.is_short:
        trials["no place for drafts, SIGTERM"] = (_without_a_place, Setting())
        trials["stopped by force, SIGTERM"] = (_while_stopped, Setting())
        trials["suspended, SIGTERM"] = (_while_suspended, Setting())
    if shutil.which("reset") is None:
        proof.leave_out("whether `reset` helps after a SIGKILL: it is not installed")
    return tried(lab, proof, trials)


def _leads_out(state: str, way: str) -> bool:
    return way != QUIT or STATES[state].out is not None


def _left(state: str, way: str) -> Trial:
    reach, _, has_draft, out = STATES[state]

    def trial(seat: Sitting) -> None:
        reach(seat)
        if way == QUIT:
            for keys, words in out or ():
                seat.press(keys, words)
            seat.screen.send("q")
            seat.ended(0)
            seat.check_left()
        elif way == KILL:
            seat.screen.signal(signal.SIGKILL)
            seat.ended(-signal.SIGKILL)
            _bring_back(seat)
            seat.unlock()
            seat.check_store()
            if state in ("a save that waits", "a conflict", "a draft offered"):
                seat.check_draft(TYPED)
        else:
            number = signal.Signals[way]
            seat.is_thorough |= state == "a form"
            seat.screen.signal(number)
            seat.ended(128 + number)
            seat.check_left(has_draft=has_draft)

    return trial


def _without_a_place(seat: Sitting) -> None:
    """Where no draft can be written, at least all else is right."""
    STATES["a form"].reach(seat)
    (seat.place.home / ".local").write_text("no folder")
    seat.screen.signal(signal.SIGTERM)
    seat.ended(143)
    seat.check_left()


def _while_stopped(seat: Sitting) -> None:
    STATES["a form"].reach(seat)
    seat.screen.signal(signal.SIGSTOP)
    seat.screen.wait_stopped()
    seat.screen.signal(signal.SIGTERM)
    seat.screen.go_on()
    seat.ended(143)
    seat.check_left(has_draft=True)


def _while_suspended(seat: Sitting) -> None:
    """The terminal is the shell's: not a byte more comes from the app."""
    STATES["a form"].reach(seat)
    seat.screen.send("\x1a")
    seat.screen.wait_stopped()
    seat.see(lambda: not left_over(seat.screen.raw()))
    written = len(seat.screen.raw())
    seat.screen.signal(signal.SIGTERM)
    seat.screen.go_on(in_background=True)
    seat.ended(143)
    seat.check(len(seat.screen.raw()) == written, "it writes to a terminal that is the shell's")
    seat.check_left(has_draft=True)


def _bring_back(seat: Sitting) -> None:
    """What docs/tutorial.md says to do after a kill -9."""
    if command := shutil.which("reset"):
        slave = seat.screen.terminal
        subprocess.run([command], stdin=slave, stdout=slave, stderr=slave, env=seat.place.env, timeout=PATIENCE)
        seat.see(lambda: not left_over(seat.screen.raw()))
        lines, keys = termios.ICRNL | termios.IXON, termios.ICANON | termios.ECHO | termios.ISIG
        modes = seat.screen.attributes()
        seat.check(modes[0] & lines == lines and modes[3] & keys == keys, "after `reset` the terminal is still raw")


# Lost lines.


def lost_lines(lab: Lab) -> Proof:
    """The line is lost, with and without a SIGHUP, in every state, amid a paste, while suspended."""
    proof = Proof("T2", "the line is lost, SIGHUP coming or ignored")
    states = ("a form", "a save that waits") if lab.is_short else tuple(STATES)
    trials: dict[str, tuple[Trial, Setting]] = {}
    for ignores in (True, False):
        how = "SIGHUP ignored" if ignores else "SIGHUP comes"
        setting = Setting(ignores_hang_up=ignores)
        for state in states:
            trials[f"{state}, {how}"] = (_cut_off(state), setting)
        if ignores or not lab.is_short:
            trials[f"amid a paste, {how}"] = (_cut_off_amid_a_paste, setting)
            trials[f"suspended, {how}"] = (_cut_off_suspended, setting)
            trials[f"a stuck line, {how}"] = (_cut_off_stuck, setting)
    return tried(lab, proof, trials, within=2)


def _cut_off(state: str) -> Trial:
    reach, _, has_draft, _ = STATES[state]

    def trial(seat: Sitting) -> None:
        reach(seat)
        _cut(seat, has_draft=has_draft)

    return trial


def _cut_off_amid_a_paste(seat: Sitting) -> None:
    STATES["a form"].reach(seat)
    seat.screen.send("\x1b[200~and what was")
    _cut(seat, has_draft=True)


def _cut_off_suspended(seat: Sitting) -> None:
    """As a shell does it, which lets its stopped jobs go on when it is told that the line is lost."""
    STATES["a form"].reach(seat)
    seat.screen.send("\x1a")
    seat.screen.wait_stopped()
    seat.screen.go_on(in_background=True)
    seat.screen.wait_stopped(2)
    seat.screen.signal(signal.SIGHUP)
    _cut(seat, has_draft=True, then=lambda: seat.screen.go_on(in_background=True))


def _cut_off_stuck(seat: Sitting) -> None:
    STATES["a form"].reach(seat)
    clog(seat)
    _cut(seat, has_draft=True)


def _cut(seat: Sitting, *, has_draft: bool, then: object = None) -> None:
    """Lose the line: soon it is gone, has not kept the processor busy until then, and the draft is there."""
    before = seconds_of_processor(seat.screen.pid) or 0.0
    used = [before]

    def is_gone() -> bool:
        now = seconds_of_processor(seat.screen.pid)
        used.append(now or used[-1])
        return now is None

    seat.screen.hang_up()
    if callable(then):
        then()
    begun = time.monotonic()
    with suppress(AssertionError):
        seat.screen.wait_for(is_gone, 4)
    seat.seconds["busy for"] = used[-1] - before
    if not seat.check(is_gone(), f"4 s after the line was lost it runs on; it was busy for {used[-1] - before:.1f} s"):
        return
    seat.ended(128 + signal.SIGHUP)
    seat.seconds[GONE] = time.monotonic() - begun
    seat.check(used[-1] - before < 1, f"busy for {used[-1] - before:.1f} s after the line was lost")
    seat.unlock()
    seat.check_store()
    seat.check_draft(TYPED if has_draft else None)
    if has_draft and seat.is_thorough:
        seat.check_offered()


def seconds_of_processor(pid: int) -> float | None:
    """What a process has used; None when it has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def clog(seat: Sitting) -> None:
    """The terminal takes nothing any more, and is full."""
    seat.screen.stop_reading()
    end = time.monotonic() + PATIENCE
    while select.select([], [seat.screen.terminal], [], 0)[1]:
        assert time.monotonic() < end, "the terminal is never full"
        seat.screen.send("\x0c")
        select.select([], [], [], 0.01)


# Moments.


def moments(lab: Lab) -> Iterator[Proof]:
    """Signals during the start, the end and a save; several at once; while the terminal takes nothing."""
    proof = Proof("T1", "a signal during the start or the end, two at once, while the terminal takes nothing")
    times = lab.amount(24, 1)
    waits = [lab.chance.random() for _ in range(2 * times)]
    trials: dict[str, tuple[Trial, Setting]] = {"a stuck line, SIGTERM": (_ended_stuck, Setting())}
    for count in range(times):
        number = SIGNALS[count % len(SIGNALS)]
        trials[f"{number.name} {waits[count] * 400:.0f} ms after the start"] = (
            _during_the_start(number, waits[count] * 0.4),
            Setting(is_ready=False),
        )
        wait = waits[times + count] * 0.04
        trials[f"{number.name} {wait * 1000:.1f} ms after q"] = (_during_the_end(number, wait), Setting())
        both = (number, SIGNALS[(count + 1 + count // 4) % len(SIGNALS)])
        trials[f"{both[0].name} and {both[1].name} at once, {count}"] = (_two(both), Setting())
    yield tried(lab, proof, trials)
    yield _amid_saving(lab)


def _ended_stuck(seat: Sitting) -> None:
    STATES["a form"].reach(seat)
    clog(seat)
    seat.screen.signal(signal.SIGTERM)
    seat.ended(143)
    seat.screen.read_again()
    seat.check_left(has_draft=True)


def _during_the_start(number: int, wait: float) -> Trial:
    def trial(seat: Sitting) -> None:
        select.select([], [], [], wait)
        seat.screen.signal(number)
        # Before the program had a chance to say otherwise, a signal does what it does to any process, and a ctrl+c
        # ends Python itself with 1 while it loads `site`.
        seat.ended(128 + number, -number, *_code_of_python(seat))
        if b"Traceback" in seat.screen.raw() and not seat.screen.modes():
            # Python's own, for a ctrl+c before the first line of the program.
            seat.check(b"/tui/" not in seat.screen.raw(), "a traceback")
            return
        seat.check_left()

    return trial


def _code_of_python(seat: Sitting) -> tuple[int, ...]:
    seat.see(lambda: seat.screen.has_ended)
    return (1,) if b"init_import_site" in seat.screen.raw() else ()


def _during_the_end(number: int, wait: float) -> Trial:
    def trial(seat: Sitting) -> None:
        seat.screen.send("q")
        select.select([], [], [], wait)
        seat.screen.signal(number)
        seat.ended(0, 128 + number, -number)
        seat.check_left()

    return trial


def _two(numbers: tuple[int, int]) -> Trial:
    def trial(seat: Sitting) -> None:
        STATES["a form"].reach(seat)
        for number in numbers:
            seat.screen.signal(number)
        seat.ended(*(128 + number for number in numbers))
        seat.check_left(has_draft=True)

    return trial


def _amid_saving(lab: Lab) -> Proof:
    proof = Proof("T1", "ended amid a save, the text is saved or a draft")
    ways = (*SIGNALS, signal.SIGKILL, None)
    trials: Mapping[str, tuple[Trial, Setting]] = {
        f"{way.name if way else 'hang-up'} amid a save, {count}": (
            _saved_or_kept(way, lab.chance.random() * 0.03),
            Setting(ignores_hang_up=True),
        )
        for count in range(lab.amount(60, 3))
        for way in (ways[count % len(ways) - 2],)
    }
    return tried(lab, proof, trials)


def _saved_or_kept(way: signal.Signals | None, wait: float) -> Trial:
    def trial(seat: Sitting) -> None:
        STATES["a form"].reach(seat)
        seat.screen.send("\t")  # What stands in a field that is left is kept; against a kill -9 nothing else helps.
        seat.see(lambda: list(drafts_folder(seat.place).glob("*.json")))
        seat.screen.send("\x13")
        select.select([], [], [], wait)
        seat.screen.hang_up() if way is None else seat.screen.signal(way)
        number = way or signal.SIGHUP
        seat.ended(-number if way == signal.SIGKILL else 128 + number)
        seat.is_killed = way == signal.SIGKILL
        seat.check(seat.place.is_whole(), "the store is torn")
        notes = [note["text"] for note in seat.place.seen("show", "6")["notes"]]
        if TYPED not in notes:
            seat.check_draft(TYPED)
        seat.check(notes.count(TYPED) <= 1, "saved twice")
        # A write that was cut off leaves a file, which the next change sweeps.
        after = seat.place.judged("note", "6", "after that")
        seat.check(after.code == 0 and seat.place.judged("doctor").code == 0, f"afterwards: {after}")

    return trial
