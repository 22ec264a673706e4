"""A small app for the tests of the terminal: `python -m tests.support.terminal_test_app DRAFT`."""

import fcntl
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Static

from tui.app.terminal.driver import Driver, WholeFrames
from tui.app.terminal.run_and_exit_on_signal import fail, refusal, run

DRAFT = Path(sys.argv[1])
IS_LEFT_SLOWLY = sys.argv[2:] == ["slow"]


class ClickableLabel(Static):
    """Says where it was clicked."""

    def on_click(self, event: events.Click) -> None:
        self.update("clicked")

    def on_mouse_scroll_down(self) -> None:
        self.update("scrolled")


class Small(App[int]):
    """Shows the size, the last key, and what happened."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        if "compose" in sys.argv:
            self._break("when composing")
        yield Static("ready", id="size")
        yield Static("", id="said")
        yield ClickableLabel("a button")

    def on_resize(self, event: events.Resize) -> None:
        self.query_one("#size", Static).update(f"ready {event.size.width}x{event.size.height}")

    def on_unmount(self) -> None:
        if "unmount" in sys.argv:
            self._break("when unmounting")

    def _handle_exception(self, error: Exception) -> None:
        fail(self, error)

    def say(self, text: str) -> None:
        self.query_one("#said", Static).update(text)

    def on_key(self, event: events.Key) -> None:
        deeds: dict[str, Callable[[], Any]] = {
            "q": self.exit,
            "Q": lambda: self.exit(return_code=3),
            "ctrl+z": self.action_suspend_process,
            "x": lambda: self._break("in a handler"),
            "w": lambda: self.run_worker(self._work),
            "t": threading.Thread(target=self._break, args=["in a thread"]).start,
            "i": lambda: self.say(f"{sum(t.name == 'textual-input' for t in threading.enumerate())} input threads"),
            "b": lambda: time.sleep(60),
            "B": self._spin,
            "l": threading.Thread(target=self._wait_for_a_lock, daemon=True).start,
            "f": self._flood,
            "e": self._edit,
            "s": self._save,
            "S": lambda: self._be_busy(lambda: True),
        }
        self.say(f"key {event.character!r}")
        deeds.get(event.character if event.is_printable and event.character else event.key, lambda: None)()

    def _break(self, where: str) -> None:
        secret = "what the minister said"
        raise ValueError(f"{where}, near {secret}")

    async def _work(self) -> None:
        self._break("in a worker")

    def _spin(self) -> None:
        while True:
            pass

    def _wait_for_a_lock(self) -> None:
        with open(f"{DRAFT}.lock", "w") as first, open(f"{DRAFT}.lock", "w") as second:
            fcntl.flock(first, fcntl.LOCK_EX)
            DRAFT.with_suffix(".waiting").touch()
            fcntl.flock(second, fcntl.LOCK_EX)

    def _flood(self) -> None:
        """More than any terminal takes that does not read, until the writer and its queue are stuck."""
        assert self._driver is not None
        DRAFT.with_suffix(".flooding").touch()
        while True:
            self._driver.write("flood " * 20_000)

    def _save(self) -> None:
        """Be amid a save, which is done at the third look."""
        answers = iter([True, True])

        def is_busy() -> bool:
            if next(answers, False):
                return True
            DRAFT.with_suffix(".saved").touch()
            return False

        self._be_busy(is_busy)

    def _be_busy(self, is_busy: Callable[[], bool]) -> None:
        assert isinstance(self._driver, Driver)
        self._driver.is_busy = is_busy

    def _edit(self) -> None:
        """As with $EDITOR: another program has the terminal, and ends when it gets a line."""
        with self.suspend():
            print("\x1b[2J\x1b[Hediting", flush=True)
            sys.stdin.readline()


def keep_draft(app: Small) -> None:
    """What a draft holds has to be there still when it is kept."""
    DRAFT.write_text("kept" if app.screen_stack and app.query("#said") else "too late")
    if IS_LEFT_SLOWLY:
        time.sleep(60)


if __name__ == "__main__":
    import os

    if sentence := refusal(os.environ):
        sys.exit(sentence)
    small = Small(driver_class=WholeFrames if "whole" in sys.argv else Driver)
    try:
        code = run(small, lambda: keep_draft(small))
    except Exception as error:
        from tui.crash_report import write_crash_report

        print(write_crash_report(error, os.environ), file=sys.stderr, flush=True)
        code = 1
    os._exit(code)
