"""End the app by a quit, signals or a lost line, in every state and at unlucky moments."""

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

from tests.support.run_command import PATIENCE
from torture.proof import Proof
from torture.terminal.app_scenarios import (
    GONE,
    STATES,
    TYPED,
    AppSession,
    Scenario,
    Setting,
    drafts_folder,
    left_over,
    run_scenarios,
)
from torture.testbed import Testbed

SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)

QUIT, KILL = "q", "SIGKILL"

_BUSY = 1.0
"""Seconds of the processor that an app may use after its line was lost."""

_IN_SHORT = (
    ("a form", "SIGTERM"),
    ("a save that waits", "SIGHUP"),
    ("a conflict", "SIGINT"),
    ("a menu", "SIGQUIT"),
    ("the list", QUIT),
    ("a form", KILL),
)


def ends(testbed: Testbed) -> Proof:
    """Quit, signals and kill -9 in every state."""
    proof = Proof("T1", "q, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGKILL in each state of the app")
    ways = (QUIT, *(number.name for number in SIGNALS), KILL)
    pairs = _IN_SHORT if testbed.is_short else [pair for pair in product(STATES, ways) if _leads_out(*pair)]
    scenarios = {f"{state}, {way}": (_left(state, way), Setting()) for state, way in pairs}
    if not testbed.is_short:
        scenarios["no place for drafts, SIGTERM"] = (_without_a_place, Setting())
        scenarios["stopped by force, SIGTERM"] = (_while_stopped, Setting())
        scenarios["suspended, SIGTERM"] = (_while_suspended, Setting())
    if shutil.which("reset") is None:
        proof.leave_out("whether `reset` helps after a SIGKILL: it is not installed")
    return run_scenarios(testbed, proof, scenarios)


def _leads_out(state: str, way: str) -> bool:
    return way != QUIT or STATES[state].out is not None


def _left(state: str, way: str) -> Scenario:
    reach, _, has_draft, out = STATES[state]

    def scenario(session: AppSession) -> None:
        reach(session)
        if way == QUIT:
            for keys, words in out or ():
                session.press(keys, words)
            session.screen.send("q")
            session.ended(0)
            session.check_left()
        elif way == KILL:
            session.screen.signal(signal.SIGKILL)
            session.ended(-signal.SIGKILL)
            _bring_back(session)
            session.unlock()
            session.check_store()
            if state in ("a save that waits", "a conflict", "a draft offered"):
                session.check_draft(TYPED)
        else:
            number = signal.Signals[way]
            session.is_thorough |= state == "a form"
            session.screen.signal(number)
            session.ended(128 + number)
            session.check_left(has_draft=has_draft)

    return scenario


def _without_a_place(session: AppSession) -> None:
    """Where no draft can be written, at least all else is right."""
    STATES["a form"].reach(session)
    (session.sandbox.home / ".local").write_text("no folder")
    session.screen.signal(signal.SIGTERM)
    session.ended(143)
    session.check_left()


def _while_stopped(session: AppSession) -> None:
    STATES["a form"].reach(session)
    session.screen.signal(signal.SIGSTOP)
    session.screen.wait_stopped()
    session.screen.signal(signal.SIGTERM)
    session.screen.go_on()
    session.ended(143)
    session.check_left(has_draft=True)


def _while_suspended(session: AppSession) -> None:
    """The terminal is the shell's: not a byte more comes from the app."""
    STATES["a form"].reach(session)
    session.screen.send("\x1a")
    session.screen.wait_stopped()
    session.see(lambda: not left_over(session.screen.raw()))
    written = len(session.screen.raw())
    session.screen.signal(signal.SIGTERM)
    session.screen.go_on(in_background=True)
    session.ended(143)
    session.check(len(session.screen.raw()) == written, "it writes to a terminal that is the shell's")
    session.check_left(has_draft=True)


def _bring_back(session: AppSession) -> None:
    """What docs/tutorial.md says to do after a kill -9."""
    if command := shutil.which("reset"):
        slave = session.screen.terminal
        subprocess.run([command], stdin=slave, stdout=slave, stderr=slave, env=session.sandbox.env, timeout=PATIENCE)
        session.see(lambda: not left_over(session.screen.raw()))
        lines, keys = termios.ICRNL | termios.IXON, termios.ICANON | termios.ECHO | termios.ISIG
        modes = session.screen.attributes()
        session.check(modes[0] & lines == lines and modes[3] & keys == keys, "after `reset` the terminal is still raw")


# Lost lines.


def lost_lines(testbed: Testbed) -> Proof:
    """The line is lost, with and without a SIGHUP, in every state, amid a paste, while suspended."""
    proof = Proof("T2", "the line is lost, SIGHUP coming or ignored")
    # In the short form only a form: test_run_and_exit_on_signal.py loses the line amid a flood, stuck and suspended.
    states = ("a form",) if testbed.is_short else tuple(STATES)
    scenarios: dict[str, tuple[Scenario, Setting]] = {}
    for ignores in (True, False):
        how = "SIGHUP ignored" if ignores else "SIGHUP comes"
        setting = Setting(ignores_hang_up=ignores)
        for state in states:
            scenarios[f"{state}, {how}"] = (_cut_off(state), setting)
        if not testbed.is_short:
            scenarios[f"amid a paste, {how}"] = (_cut_off_amid_a_paste, setting)
            scenarios[f"suspended, {how}"] = (_cut_off_suspended, setting)
            scenarios[f"a stuck line, {how}"] = (_cut_off_stuck, setting)
    return run_scenarios(testbed, proof, scenarios, within=2)


def _cut_off(state: str) -> Scenario:
    reach, _, has_draft, _ = STATES[state]

    def scenario(session: AppSession) -> None:
        reach(session)
        _cut(session, has_draft=has_draft)

    return scenario


def _cut_off_amid_a_paste(session: AppSession) -> None:
    STATES["a form"].reach(session)
    session.screen.send("\x1b[200~and what was")
    _cut(session, has_draft=True)


def _cut_off_suspended(session: AppSession) -> None:
    """As a shell does, which continues its stopped jobs when the line is lost."""
    STATES["a form"].reach(session)
    session.screen.send("\x1a")
    session.screen.wait_stopped()
    session.screen.go_on(in_background=True)
    session.screen.wait_stopped(2)
    session.screen.signal(signal.SIGHUP)
    _cut(session, has_draft=True, then=lambda: session.screen.go_on(in_background=True))


def _cut_off_stuck(session: AppSession) -> None:
    STATES["a form"].reach(session)
    clog(session)
    _cut(session, has_draft=True)


def _cut(session: AppSession, *, has_draft: bool, then: object = None) -> None:
    """Lose the line: soon it is gone, has not kept the processor busy until then, and the draft is there."""
    before = seconds_of_processor(session.screen.pid) or 0.0
    used = [before]

    def is_gone() -> bool:
        now = seconds_of_processor(session.screen.pid)
        used.append(now or used[-1])
        return now is None

    session.screen.hang_up()
    if callable(then):
        then()
    begun = time.monotonic()
    with suppress(AssertionError):
        session.screen.wait_for(lambda: is_gone() or used[-1] - before >= _BUSY)
    busy = used[-1] - before
    session.seconds["busy for"] = busy
    if not session.check(is_gone() and busy < _BUSY, f"busy for {busy:.1f} s after the line was lost"):
        return
    session.ended(128 + signal.SIGHUP)
    session.seconds[GONE] = time.monotonic() - begun
    session.unlock()
    session.check_store()
    session.check_draft(TYPED if has_draft else None)
    if has_draft and session.is_thorough:
        session.check_offered()


def seconds_of_processor(pid: int) -> float | None:
    """What a process has used; None when it has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def clog(session: AppSession) -> None:
    """The terminal takes nothing any more, and is full."""
    session.screen.stop_reading()
    end = time.monotonic() + PATIENCE
    while select.select([], [session.screen.terminal], [], 0)[1]:
        assert time.monotonic() < end, "the terminal is never full"
        session.screen.send("\x0c")
        select.select([], [], [], 0.01)


# Moments.


def moments(testbed: Testbed) -> Iterator[Proof]:
    """Signals during the start, the end and a save; several at once; while the terminal takes nothing."""
    proof = Proof("T1", "a signal during the start or the end, two at once, while the terminal takes nothing")
    times = testbed.amount(24, 1)
    waits = [testbed.chance.random() for _ in range(2 * times)]
    scenarios: dict[str, tuple[Scenario, Setting]] = {}
    if not testbed.is_short:  # test_run_and_exit_on_signal.py has it.
        scenarios["a stuck line, SIGTERM"] = (_ended_stuck, Setting())
    for count in range(times):
        number = SIGNALS[count % len(SIGNALS)]
        scenarios[f"{number.name} {waits[count] * 400:.0f} ms after the start"] = (
            _during_the_start(number, waits[count] * 0.4),
            Setting(is_ready=False),
        )
        wait = waits[times + count] * 0.04
        scenarios[f"{number.name} {wait * 1000:.1f} ms after q"] = (_during_the_end(number, wait), Setting())
        both = (number, SIGNALS[(count + 1 + count // 4) % len(SIGNALS)])
        scenarios[f"{both[0].name} and {both[1].name} at once, {count}"] = (_two(both), Setting())
    yield run_scenarios(testbed, proof, scenarios)
    yield _amid_saving(testbed)


def _ended_stuck(session: AppSession) -> None:
    STATES["a form"].reach(session)
    clog(session)
    session.screen.signal(signal.SIGTERM)
    session.ended(143)
    session.screen.read_again()
    session.check_left(has_draft=True)


def _during_the_start(number: int, wait: float) -> Scenario:
    def scenario(session: AppSession) -> None:
        select.select([], [], [], wait)
        session.screen.signal(number)
        # Before the program had a chance to say otherwise, a signal does what it does to any process, and a ctrl+c
        # ends Python itself with 1 while it loads `site`.
        session.ended(128 + number, -number, *_code_of_python(session))
        if b"Traceback" in session.screen.raw() and not session.screen.modes():
            # Python's own, for a ctrl+c before the first line of the program.
            session.check(b"/tui/" not in session.screen.raw(), "a traceback")
            return
        session.check_left()

    return scenario


def _code_of_python(session: AppSession) -> tuple[int, ...]:
    session.see(lambda: session.screen.has_ended)
    return (1,) if b"init_import_site" in session.screen.raw() else ()


def _during_the_end(number: int, wait: float) -> Scenario:
    def scenario(session: AppSession) -> None:
        session.screen.send("q")
        select.select([], [], [], wait)
        session.screen.signal(number)
        session.ended(0, 128 + number, -number)
        session.check_left()

    return scenario


def _two(numbers: tuple[int, int]) -> Scenario:
    def scenario(session: AppSession) -> None:
        STATES["a form"].reach(session)
        for number in numbers:
            session.screen.signal(number)
        session.ended(*(128 + number for number in numbers))
        session.check_left(has_draft=True)

    return scenario


def _amid_saving(testbed: Testbed) -> Proof:
    proof = Proof("T1", "ended amid a save, the text is saved or a draft")
    ways = (*SIGNALS, signal.SIGKILL, None)
    scenarios: Mapping[str, tuple[Scenario, Setting]] = {
        f"{way.name if way else 'hang-up'} amid a save, {count}": (
            _saved_or_kept(way, testbed.chance.random() * 0.03),
            Setting(ignores_hang_up=True),
        )
        for count in range(testbed.amount(60, 2))
        for way in (ways[count % len(ways) - 2],)
    }
    return run_scenarios(testbed, proof, scenarios)


def _saved_or_kept(way: signal.Signals | None, wait: float) -> Scenario:
    def scenario(session: AppSession) -> None:
        STATES["a form"].reach(session)
        session.screen.send("\t")  # What stands in a field that is left is kept; against a kill -9 nothing else helps.
        session.see(lambda: list(drafts_folder(session.sandbox).glob("*.json")))
        session.screen.send("\x13")
        select.select([], [], [], wait)
        session.screen.hang_up() if way is None else session.screen.signal(way)
        number = way or signal.SIGHUP
        session.ended(-number if way == signal.SIGKILL else 128 + number)
        session.is_killed = way == signal.SIGKILL
        session.check(session.sandbox.is_whole(), "the store is torn")
        notes = [note["text"] for note in session.sandbox.seen("show", "6")["notes"]]
        if TYPED not in notes:
            session.check_draft(TYPED)
        session.check(notes.count(TYPED) <= 1, "saved twice")
        # A write that was cut off leaves a file, which the next change sweeps.
        after = session.sandbox.judged("note", "6", "after that")
        session.check(after.code == 0 and session.sandbox.judged("doctor").code == 0, f"afterwards: {after}")

    return scenario
