"""A key held down over a real ssh on a slow line: how far the screen is behind, whatever the terminal answers."""

from __future__ import annotations

import os
import queue
import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tests.support.program_with_injections import ROOT
from tests.support.pty_screen import ANSWER, PtyScreen, SilentScreen
from tests.support.sshd_on_slow_line import (
    NarrowLine,
    NoLogin,
    SshServer,
    after_keys,
    hold,
    list_of,
    multiplexers,
    shell_command,
)
from torture.proof import Proof
from torture.testbed import Sandbox, Testbed

_COMMITMENTS = 400
_TIMES, _TIMES_IN_SHORT = 90, 40
"""Repetitions of the key: three seconds of it, or little more than one."""

_MOST, _MOST_UNHEARD = 3000, 4500
"""Bytes that may be on the way: a page of the list and little beside it; more where no answer tells of the line."""

_PAGE = 1900
_MOST_SECONDS = 1.0
"""Seconds that the screen may be behind, besides the round trip with a page on the line."""

_MODEM, _SLOWER = 4800, 2000
"""Bytes a second: 38,400 bit/s, and less than half of it."""

_COMMAND = """\
sh -c 'echo $$ >"$0"; exec "$@"' "$0.pid" "$@"
stty icanon -echo eol .
printf 'left['
printf '%s]' "$(dd bs=1000 count=1 2>/dev/null | od -An -c)"
"""
"""Runs the program, then says so, and reads what its terminal still gets up to a full stop."""


class Twice(PtyScreen):
    """One that answers each question twice."""

    def _answer(self, text: bytes) -> None:
        super()._answer(ANSWER.sub(lambda answer: answer[0] * 2, text))


class DelayedScreen(PtyScreen):
    """One whose keys and answers are two seconds on the way and come byte by byte."""

    def __init__(self, argv: Sequence[str], env: Mapping[str, str]) -> None:
        self._typed: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
        threading.Thread(target=self._type, daemon=True).start()
        super().__init__(argv, env)

    def send(self, keys: str | bytes) -> None:
        self._typed.put((time.monotonic() + 2, keys.encode() if isinstance(keys, str) else keys))

    def _answer(self, text: bytes) -> None:
        self.send(text)

    def _type(self) -> None:
        with suppress(OSError):  # The test is over.
            while True:
                at, keys = self._typed.get()
                time.sleep(max(at - time.monotonic(), 0))
                for position in range(len(keys)):
                    super().send(keys[position : position + 1])


def slow_lines(testbed: Testbed) -> Proof:
    """Terminals that answer, at two speeds, near and far; that answer otherwise; and behind multiplexers."""
    proof = Proof("T4", "a key held down over ssh on a slow line")
    setups = [_Setup(_MODEM), _Setup(_SLOWER), _Setup(_SLOWER, delay=0.1), _Setup(_MODEM, delay=0.1)]
    setups += [_Setup(_SLOWER, kind=kind) for kind in (SilentScreen, Twice, DelayedScreen)]
    try:
        with testbed.sandbox() as sandbox, SshServer() as server:
            found = multiplexers(sandbox.home)
            setups += [_Setup(rate, through=name) for name in found for rate in (_MODEM, _SLOWER)]
            sandbox.make(_COMMITMENTS)
            times = testbed.amount(_TIMES, _TIMES_IN_SHORT)
            with sandbox.terminal() as screen:
                last = after_keys(screen, "j" * times)
            for setup in setups[: testbed.amount(len(setups), 1)]:
                with NarrowLine(server.port, setup.delay) as line:
                    _hold_and_quit(testbed, proof, sandbox, server, line, setup, last)
    except NoLogin as reason:
        proof.leave_out(str(reason))
    return proof


class _Setup(NamedTuple):
    """Bytes a second, seconds of a way, the terminal, and the multiplexer on the server, if any."""

    rate: int
    delay: float = 0
    kind: type[PtyScreen] = PtyScreen
    through: str = ""

    def __str__(self) -> str:
        what = [f"{self.rate:,} B/s", f"{self.delay:g} s a way" if self.delay else "", self.through]
        what += [self.kind.__name__.removesuffix("Screen").lower() if self.kind is not PtyScreen else ""]
        return ", ".join(filter(None, what))


def _hold_and_quit(
    testbed: Testbed,
    proof: Proof,
    sandbox: Sandbox,
    server: SshServer,
    line: NarrowLine,
    setup: _Setup,
    last: list[str],
) -> None:
    script = sandbox.home / "run"
    script.write_text(_COMMAND)
    through = multiplexers(sandbox.home).get(setup.through, [])
    argv = ["sh", str(script), *through, *testbed.program.argv]
    env = {**sandbox.env, **testbed.program.variables, "PYTHONPATH": str(ROOT)}
    with setup.kind(server.client(line.port, shell_command(argv, env)), dict(os.environ)) as screen:
        screen.wait_for("q quit")
        screen.send("1")
        screen.wait_for("1 Open")
        written = None if setup.through else _written(script.with_suffix(".pid"), screen)
        line.rate = setup.rate
        times = testbed.amount(_TIMES, _TIMES_IN_SHORT)
        held = hold(screen, "j", times, lambda: list_of(screen) == last, written)
        proof.count("keys held down")
        proof.note(
            f"{setup}: {held.seconds:.1f} s, {held.most:,} bytes" if written else f"{setup}: {held.seconds:.1f} s"
        )
        is_heard = setup.kind in (PtyScreen, Twice) and not setup.through
        most = _MOST if is_heard else _MOST_UNHEARD
        proof.check(held.most <= most, f"{setup}: {held.most:,} bytes on the way, not {most:,}")
        if not testbed.is_short and setup.kind is not DelayedScreen:
            seconds = (
                _MOST_SECONDS * (1 if is_heard or setup.rate >= _MODEM else 2) + 2 * setup.delay + _PAGE / setup.rate
            )
            proof.check(held.seconds <= seconds, f"{setup}: {held.seconds:.1f} s behind, not {seconds:.1f}")
        screen.send("kkkkkkq")
        # The terminal answers in turn: what it was asked by the program comes before what is typed now.
        screen.wait_for(lambda: b"left[" in screen.raw())
        screen.send(".")
        code = screen.wait_exit()
        proof.check(code == 0, f"{setup}: exit code {code}")
        left = re.findall(r"left\[(.*)\]", screen.raw().decode(errors="replace"), re.DOTALL)
        proof.check([each.split() for each in left] == [["."]], f"{setup}: the shell got {left}")


def _written(pid: Path, screen: PtyScreen) -> Callable[[], int]:
    """Counts what the program has written since now, which the screen shows then."""
    counts = Path(f"/proc/{pid.read_text().strip()}/io")

    def count() -> int:
        return int(counts.read_text().split("wchar: ")[1].split()[0])

    before = count() - len(screen.raw().replace(b"\r\n", b"\n"))
    return lambda: count() - before
