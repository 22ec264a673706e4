"""Benchmark of the app over a real ssh on a slow line: how far the screen is behind a key that is held down."""

import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from benchmarks.bench_commands import FOLLOWUP, Workshop
from benchmarks.compare_with_goals import Compared, Measurement
from benchmarks.goals import BEHIND_OVER_SSH, SMALL
from tests.support.pty_screen import PtyScreen, SilentScreen
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

_RATES = {"38,400 bit/s": 4800, "2 kB/s": 2000}
_RATE_OF_GOAL = 4800
"""Bytes a second from which on the goal holds whatever answers; below it is twice as long where no terminal does."""

_SILENT = "a terminal that never answers"

_DELAY = 0.05
"""Seconds of a way, beside what the line takes."""

_TIMES = (88, 90, 93, 97)
"""Repetitions of the key, three seconds of it: what is on the way at the last one is a matter of luck."""

_PAGE = 1900
"""Bytes of the largest frame, with those of ssh."""


def slow_ssh(workshop: Workshop) -> Iterator[Measurement]:
    """Down, held for three seconds, until the terminal shows the last: the worst of some lengths, 0.1 s round trip."""
    environment = {**workshop.environment(workshop.store(SMALL)), "LANG": "C.UTF-8"}
    times = _TIMES[: workshop.count]
    last = {}
    for count in times:
        with PtyScreen([FOLLOWUP], environment) as screen:
            last[count] = after_keys(screen, "j" * count)
    found = multiplexers(Path(environment["HOME"]))
    try:
        with SshServer() as server:
            for through, (name, rate) in product(["ssh", _SILENT, *found], _RATES.items()):
                command = shell_command([*found.get(through, []), FOLLOWUP], environment)
                kind = SilentScreen if through == _SILENT else PtyScreen
                worst = max(_behind(kind, server, command, rate, count, last[count]) for count in times)
                is_twice = through != "ssh" and rate < _RATE_OF_GOAL
                most = BEHIND_OVER_SSH * (2 if is_twice else 1) + 2 * _DELAY + _PAGE / rate
                shown = f"{worst * 1000:8.0f} ms"
                yield Measurement(f"{through}, {name}", shown, Compared(f"<= {most:.1f} s", worst <= most))
    except NoLogin as reason:
        yield Measurement(f"left out: {reason}", "")


def _behind(kind: type[PtyScreen], server: SshServer, command: str, rate: int, times: int, last: list[str]) -> float:
    with (
        NarrowLine(server.port, _DELAY) as line,
        kind(server.client(line.port, command), dict(os.environ)) as screen,
    ):
        screen.wait_for("q quit")
        screen.send("1")
        screen.wait_for("1 Open")
        line.rate = rate
        held = hold(screen, "j", times, lambda: list_of(screen) == last)
        line.rate = 0
        screen.send("q")
        screen.wait_exit()
        return held.seconds


BENCHMARKS = {"app-ssh": slow_ssh}
"""Name -> benchmark of the app over ssh."""
