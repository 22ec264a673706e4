"""The real app in a terminal shows what Textual's own frames would show, in text and in style, whatever one does."""

import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.database import Database
from tests.support.fixed_day_and_user import isolated
from tests.support.pty_screen import PtyScreen
from tests.support.terminal_emulator import TerminalEmulator

ROOT = Path(__file__).parents[4]

KEYS = (
    *("j", "j", "j", "k", "\x1b[B", "\x1b[A", "\x1b[6~", "\x1b[5~", "g", "G", "\x04", "\x15", " ", "*", "\t"),
    *("\r", "\x1b", "\x1b", "v", "t", "P", "?", ":", "b", "s", "p", "y", "u", "U", "q", "\x0c"),
    *("1", "2", "3", "4", "6", "/", "/t", "d", "n", "note 国際 é\u0301", "c", "w", "a", "e", "si", "\x13", "\x1b[Z"),
)
_LONE_MARK = re.compile("(\x1b\\[[0-9;]*[A-Za-z])[\u0300-\u036f]+")
"""A mark whose letter an input has scrolled away; Textual writes it, and it would fall on the cell before the input."""

SIZES = ((80, 24), (100, 30), (60, 16), (132, 43), (44, 12))


class Stock:
    """The terminal to which Textual's own frames were written."""

    def __init__(self, log: Path, columns: int, rows: int) -> None:
        self._log = log
        self._read = 0
        self._glass = TerminalEmulator(columns, rows)

    def cells(self) -> list[list[tuple[object, ...]]]:
        """What stands on it now."""
        lines = self._log.read_text().split("\n")[:-1]
        for line in lines[self._read :]:
            columns, rows, text = json.loads(line)
            if (columns, rows) != self._glass.size:
                self._glass.resize(columns, rows)
            self._glass.take(_LONE_MARK.sub(r"\1", text).encode())
        self._read = len(lines)
        return self._glass.cells()


@pytest.fixture
def screen(demo_store: Database, tmp_path: Path) -> Iterator[PtyScreen]:
    env = isolated(str(tmp_path / "home"), FOLLOWUP_STORE=demo_store.path, PYTHONPATH=str(ROOT))
    argv = [sys.executable, "-m", "tests.support.frame_log_app", str(tmp_path / "log")]
    with PtyScreen(argv, env) as screen:
        screen.wait_for("q quit")
        yield screen


@pytest.mark.parametrize("seed", range(6))
def test_the_screen_is_that_of_textuals_frames(screen: PtyScreen, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    stock = Stock(tmp_path / "log", 80, 24)
    for _ in range(60):
        luck = chance.random()
        if luck < 0.06:
            screen.resize(*chance.choice(SIZES))
        elif luck < 0.1:
            screen.write_as_shell("\x1b[3;3H\x1b[31mBroadcast message\x1b[m\r\n\r\n")
            screen.send("\x0c")
        elif luck < 0.12:
            # Keys that come faster than they are drawn.
            screen.send("".join(chance.choice("jjjk") for _ in range(30)))
        else:
            screen.send(chance.choice(KEYS))
        if screen.has_ended:
            return
        screen.wait_for(lambda: screen.has_ended or screen.cells() == stock.cells())


def test_suspended_and_brought_back_the_screen_is_the_same(screen: PtyScreen, tmp_path: Path) -> None:
    stock = Stock(tmp_path / "log", 80, 24)
    screen.send("jj\x1a")
    screen.wait_stopped()
    screen.write_as_shell("\x1b[2J\x1b[H$ ls\r\nREADME\r\n$ fg\r\n")
    screen.go_on()
    screen.wait_for("q quit")
    screen.send("jjs")
    screen.wait_for("closed")
    screen.wait_for(lambda: screen.cells() == stock.cells())
