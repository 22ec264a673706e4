"""The way to the terminal: nobody waits for it, what it has not taken is overtaken, and it is asked how far it is."""

import fcntl
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.support.terminal_emulator import TerminalEmulator
from tui.app.terminal import output_pacing, output_thread
from tui.app.terminal.frame_reader import FrameDiffer
from tui.app.terminal.output_pacing import QUESTIONS, FlowControl, is_answered_nearby
from tui.app.terminal.output_thread import OutputThread

WIDTH, HEIGHT = 40, 10


def frame(number: int) -> str:
    return "".join(f"\x1b[{y + 1};1H\x1b[0m{f'frame {number} line {y}':<{WIDTH}}" for y in range(HEIGHT))


def failed(error: Exception) -> None:
    raise error


def read_all(descriptor: int, into: bytearray) -> None:
    while data := os.read(descriptor, 4096):
        into += data


def test_who_writes_never_waits_and_what_nobody_has_read_yet_is_overtaken() -> None:
    """The pipe holds 64 KiB and is read by nobody until all has been written."""
    reading, writing = os.pipe()
    line = OutputThread(writing, "utf-8", FrameDiffer(lambda: (WIDTH, HEIGHT)), failed)
    line.open()
    line.write("\x1b[?1049h")
    for number in range(5000):
        line.write(frame(number))
    read = bytearray()
    reader = threading.Thread(target=read_all, args=(reading, read))
    reader.start()
    line.close()
    os.close(writing)
    reader.join()
    os.close(reading)
    glass = TerminalEmulator(WIDTH, HEIGHT)
    glass.take(bytes(read))
    assert glass.lines() == [f"frame 4999 line {y}" for y in range(HEIGHT)]
    assert len(read) < 5000 * 100


def test_what_is_written_while_it_is_closed_is_dropped() -> None:
    reading, writing = os.pipe()
    line = OutputThread(writing, "utf-8", None, failed)
    line.write("before")
    line.open()
    line.write("\x1b[?25l")
    line.close()
    line.write("after")
    os.close(writing)
    read = bytearray()
    read_all(reading, read)
    os.close(reading)
    assert bytes(read) == b"\x1b[?25l"


def test_without_a_mirror_all_is_sent_as_it_is() -> None:
    reading, writing = os.pipe()
    line = OutputThread(writing, "utf-8", None, failed)
    line.open()
    for number in range(3):
        line.write(frame(number))
    line.close()
    os.close(writing)
    read = bytearray()
    read_all(reading, read)
    os.close(reading)
    assert read.decode() == "".join(map(frame, range(3)))


def test_a_terminal_that_is_gone_is_no_fault() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    line = OutputThread(writing, "utf-8", None, failed)
    line.open()
    line.write("nobody reads this")
    line.close()
    assert line.is_closed
    os.close(writing)


def test_who_leaves_waits_for_the_answers_to_what_was_still_queued(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first output finds the pipe full, so that the question is not sent yet when the app is left."""
    monkeypatch.setattr(output_thread, "_QUEUE_PATIENCE", 60)
    reading, writing = os.pipe()
    os.write(writing, b"." * fcntl.fcntl(writing, fcntl.F_GETPIPE_SZ))
    line = OutputThread(writing, "utf-8", FrameDiffer(lambda: (WIDTH, HEIGHT)), failed)
    line.open()
    line.write("\x1b[?1049h")
    line.write("\x1b[?2026$p")
    line.ask()
    leaving = threading.Thread(target=line.stop_asking)
    leaving.start()
    read = b""
    while not re.search(rb"\$p.*\x1b\[(?:6n|c)$", read, re.DOTALL):
        read += os.read(reading, 65536)
    kinds = re.findall("\x1b\\[6?([nc])", read.decode())
    assert leaving.is_alive()
    line.answered(["R" if kind == "n" else kind for kind in kinds])
    leaving.join()
    assert not line.is_asked
    line.close()
    os.close(writing)
    os.close(reading)


# The pace.


class Line:
    """A line that carries some bytes a second to a terminal, on a clock of its own; and a key that is held down.

    `answers`: after how many seconds the terminal answers each question, as often as there are numbers.
    """

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, rate: float, answers: Sequence[float], pace: FlowControl
    ) -> None:
        self.now = 100.0
        monkeypatch.setattr(output_pacing, "time", SimpleNamespace(monotonic=lambda: self.now))
        self._rate, self._answers, self._pace = rate, answers, pace
        self._free_at = self.now
        self._due: list[tuple[float, str]] = []
        self.frames: list[tuple[float, float, int]] = []
        """When each frame was made and when it was shown, and how many were on the way then."""
        self.asked = 0

    def hold(self, seconds: float, size: int, each: float = 1 / 32) -> float:
        """Each repetition makes a frame. Returns how long after the last one that is shown."""
        made, steps = self.now, round(seconds / each)
        is_due = False
        for step in range(10_000):
            if step % 4 == 0 and step // 4 < steps:
                made, is_due = self.now, True
            self._hear()
            if is_due and self._pace.patience() is None:
                self._send(made, size)
                is_due = False
            if step // 4 >= steps and not is_due:
                break
            self.now += each / 4
        assert not is_due
        return self.frames[-1][1] - made

    def rest(self, seconds: float) -> None:
        for _ in range(round(seconds * 128)):
            self.now += 1 / 128
            self._hear()

    def _send(self, made: float, size: int) -> None:
        question = self._pace.sending(size)
        self.asked += bool(question)
        self._free_at = max(self._free_at, self.now) + size / self._rate
        on_the_way = 1 + sum(at > self.now for _, at, _ in self.frames)
        self.frames.append((made, self._free_at, on_the_way))
        kinds = [kind for kind in QUESTIONS if QUESTIONS[kind] == question]
        self._due += [(self._free_at + after, kind) for after in self._answers for kind in kinds]

    def _hear(self) -> None:
        for answer in sorted(answer for answer in self._due if answer[0] <= self.now):
            self._due.remove(answer)
            self._pace.answered(answer[1])


MOVE, PAGE = 250, 1600


@pytest.mark.parametrize("rate", [4800, 2000, 1000])
@pytest.mark.parametrize("way", [0.0, 0.3])
def test_a_held_key_is_a_round_trip_behind_at_most_and_two_frames(
    monkeypatch: pytest.MonkeyPatch, rate: int, way: float
) -> None:
    for size in (MOVE, PAGE)[: 1 if rate < 2000 else 2]:
        line = Line(monkeypatch, rate, [way], FlowControl())
        # What is on the way (two moves, or a page), its answer, the frame itself.
        assert line.hold(4, size) <= (3 if size == MOVE else 2) * size / rate + way + 0.1
        # The first one is not asked after: it is no burst yet.
        assert max(count for _, _, count in line.frames) <= 3
        assert max(count for _, _, count in line.frames[3:]) <= 2
        assert len(line.frames) >= 4 / (2 * size / rate + way)


def test_a_fast_line_shows_each_frame_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    line = Line(monkeypatch, 1e6, [0.001], FlowControl())
    assert line.hold(3, MOVE) < 0.01
    assert len(line.frames) == 96


@pytest.mark.parametrize("rate", [4800, 2000])
@pytest.mark.parametrize("pace", [FlowControl, partial(FlowControl, does_answer=False)])
def test_a_terminal_that_never_answers_gets_what_the_slowest_line_carries(
    monkeypatch: pytest.MonkeyPatch, rate: int, pace: Callable[[], FlowControl]
) -> None:
    line = Line(monkeypatch, rate, [], pace())
    for _ in range(3):
        assert line.hold(4, MOVE) < 1
        assert line.asked <= 2
        line.rest(20)


def test_one_that_answers_late_is_not_taken_for_silent_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    line = Line(monkeypatch, 4800, [3], FlowControl())
    for held in range(1, 4):
        assert line.hold(4, MOVE) < 3 + 1
        assert line.asked >= held
        line.rest(20)


def test_one_that_answers_twice_or_leaves_an_answer_out_is_still_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    for answers in ([0.1, 0.1], [0.1, 0.4]):
        line = Line(monkeypatch, 2000, answers, FlowControl())
        assert line.hold(4, MOVE) < 1
    pace = FlowControl()
    line = Line(monkeypatch, 2000, [], pace)
    line.hold(0.1, MOVE)
    line._answers = [0.1]
    assert line.hold(4, MOVE) < 2
    assert len(line.frames) > 8


def test_what_comes_now_and_then_asks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    line = Line(monkeypatch, 2000, [0.1], FlowControl())
    for size, pause in ((5000, 3), (240, 0.15), (240, 0.15), (30, 0.1), (30, 0.1)):
        line.hold(1 / 32, size)
        line.rest(pause)
    assert not line.asked


def test_no_more_is_waited_for_when_nothing_is_outstanding(monkeypatch: pytest.MonkeyPatch) -> None:
    pace = FlowControl()
    line = Line(monkeypatch, 4800, [0.1], pace)
    line.hold(1, MOVE)
    assert 3 < pace.awaited() < 4
    line.rest(1)
    assert pace.awaited() == 0
    assert not pace.is_asked
    silent = Line(monkeypatch, 4800, [], pace)
    silent.hold(1, MOVE)
    silent.rest(4)
    assert (pace.awaited(), pace.is_asked) == (0, True)
    silent.rest(10)
    assert not pace.is_asked


@pytest.mark.parametrize(
    ("environment", "programs", "is_nearby"),
    [
        ({"TMUX": "/tmp/tmux-0/default,1,0", "SSH_CONNECTION": "::1 1 ::1 22"}, [], True),
        ({"STY": "1.pts-0.host", "SSH_TTY": "/dev/pts/1"}, ["bash", "screen"], True),
        ({"TMUX": "/tmp/tmux-0/default,1,0"}, [], False),
        ({"SSH_CONNECTION": "::1 1 ::1 22", "TERM": "tmux-256color"}, ["bash", "sshd"], False),
        ({}, ["bash", "mosh-server"], True),
    ],
)
def test_what_answers_on_this_side_of_the_line_says_nothing_of_it(
    environment: dict[str, str], programs: list[str], is_nearby: bool
) -> None:
    assert is_answered_nearby(environment, programs) == is_nearby


def test_the_programs_that_have_started_this_one_are_known(tmp_path: Path) -> None:
    (mosh := tmp_path / "mosh-server").symlink_to("/bin/sh")
    script = "from tui.app.terminal.output_pacing import parent_programs; print(*parent_programs())"
    shown = subprocess.check_output([mosh, "-c", f"{sys.executable} -c '{script}'; exit"], text=True)
    assert "mosh-server" in shown.split()
