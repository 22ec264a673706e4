"""The way to the terminal: nobody waits for it, what it has not taken is overtaken, and it is asked how far it is."""

import os
import threading

from tests.support.terminal_emulator import TerminalEmulator
from tui.app.terminal.frame_reader import FrameDiffer
from tui.app.terminal.output_pacing import QUESTION, FlowControl
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


# The pace.


def test_what_comes_now_and_then_asks_nothing() -> None:
    pace = FlowControl()
    assert pace.sending(5000) == ""
    assert pace.patience() is None
    assert not pace.is_asked


def test_a_burst_is_held_back_until_the_terminal_has_shown_enough() -> None:
    pace = FlowControl()
    pace.sending(400)
    sent = [pace.sending(400) for _ in range(3)]
    assert sent == [QUESTION] * 3
    assert pace.patience() is not None
    pace.answered()
    assert pace.patience() is None
    pace.answered()
    pace.answered()
    assert not pace.is_asked
    pace.answered()
    assert pace.patience() is None


def test_a_terminal_that_does_not_answer_is_not_asked_any_more() -> None:
    pace = FlowControl()
    pace.sending(600)
    assert pace.sending(1200) == QUESTION
    waited = threading.Event()
    while (patience := pace.patience()) is not None:
        waited.wait(patience)
    assert not pace.is_asked
    assert pace.sending(5000) == ""
    assert pace.patience() is None
