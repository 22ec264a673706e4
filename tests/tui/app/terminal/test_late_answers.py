"""What the terminal answers is no key in a form, however late it comes and in how many pieces."""

import fcntl
import os
import sys
import termios
import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from textual import events
from textual.message import Message

from store.database import Database
from tests.support.pty_screen import SilentScreen
from tests.support.run_command import FOLLOWUP
from tui.app.terminal import driver
from tui.app.terminal.driver import Driver

PIECES = [
    [b"\x1b[24;80R"],
    [b"\x1b[", b"2", b"4;8", b"0R"],
    [b"\x1b[?6", b"2;22c"],
    [b"\x1b[24;80R\x1b[24;80R\x1b[?62;2", b"2c"],
    # In the midst of a paste, from which escapes are taken out.
    [b"\x1b[200~", b"\x1b[24;", b"80R", b"\x1b[201~"],
]


@pytest.fixture
def screen(database: Database, environment: dict[str, str]) -> Iterator[SilentScreen]:
    with SilentScreen([FOLLOWUP], {**environment, "LANG": "C.UTF-8"}) as screen:
        screen.wait_for("q quit")
        yield screen


def test_late_answers_in_pieces_are_no_keys_in_a_form(screen: SilentScreen) -> None:
    screen.send("n")
    screen.wait_for("Note on")
    # On a busy machine the rest of an answer may come too late, and in a paste it is text then: `Read` tries that.
    pieces_typed = PIECES[:-1]
    for number, pieces in enumerate(pieces_typed):
        screen.send(f"b{number}")
        for piece in pieces:
            screen.send(piece)
            screen.wait_for(screen.has_read_all)
        screen.send("a ")
    screen.wait_for(" ".join(f"b{number}a" for number in range(len(pieces_typed))))
    screen.send("\x13")
    screen.wait_for("noted")


class Read(Driver):
    """What the input thread makes of pieces of input while an answer is due."""

    def __init__(self, pieces: list[bytes]) -> None:
        self.answers: list[str] = []
        self.keys: list[str] = []
        self._debug = False
        self._encoding = "utf-8"
        self._output: Any = SimpleNamespace(is_asked=True, answered=self.answers.extend)
        self.exit_event = threading.Event()
        self.fileno, typing = os.pipe()
        self._wakes, waker = os.pipe()
        thread = threading.Thread(target=self.run_input_thread)
        thread.start()
        for piece in pieces:
            os.write(typing, piece)
            while int.from_bytes(fcntl.ioctl(self.fileno, termios.FIONREAD, b"\0" * 4), sys.byteorder):
                assert thread.is_alive()
                thread.join(0.001)
        self.exit_event.set()
        os.write(waker, b".")
        thread.join()
        for descriptor in (self.fileno, typing, self._wakes, waker):
            os.close(descriptor)

    def process_message(self, message: Message) -> None:
        assert isinstance(message, events.Key | events.Paste)
        self.keys.append(message.key if isinstance(message, events.Key) else f"pasted {message.text}")


@pytest.mark.parametrize(
    ("pieces", "keys", "answers"),
    [
        ([b"\x1b", b"n"], ["escape", "n"], []),
        ([b"j\x1b", b"\x1b[24;80Rk"], ["j", "escape", "k"], ["R"]),
        ([b"\x1b", b"[24;8", b"0R"], [], ["R"]),
        ([b"\x1b[?62;", b"22cj\x1b[", b"B"], ["j", "down"], ["c"]),
        ([b"\x1b", b"OQ"], ["f2"], []),
        ([b"\x1b[200~a", b"\x1b[24;", b"80Rb", b"\x1b[201~j"], ["pasted ab", "j"], ["R"]),
    ],
)
def test_esc_is_the_key_when_what_comes_next_is_no_answer(
    monkeypatch: pytest.MonkeyPatch, pieces: list[bytes], keys: list[str], answers: list[str]
) -> None:
    for patience in ("_ANSWER_PATIENCE", "_SEQUENCE_PATIENCE"):
        monkeypatch.setattr(driver, patience, 60)
    read = Read(pieces)
    assert (read.keys, read.answers) == (keys, answers)


def test_esc_alone_is_the_key_also_while_an_answer_is_due(screen: SilentScreen) -> None:
    screen.send("?")
    screen.wait_for("Help")
    screen.send("\x1b")
    screen.wait_for("q quit")
