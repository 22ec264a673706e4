"""Runs the app and ends it: whether it can run on this terminal, the signals that end it, errors and exit codes.

`set_and_restore_terminal_modes` restores it, suspends (Ctrl+Z) and goes on.
"""

from __future__ import annotations

import os
import signal
import sys

from store.translation import phrase, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import FrameType
    from typing import Any

    from textual.app import App

    from tui.app.terminal.driver import Driver

_INSTEAD = phrase("followup status and followup list work without one")

_LEAVING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
_FROM_KEYS = (signal.SIGINT, signal.SIGQUIT)
"""Signals from keys: while the app is suspended they are meant for the program that has the terminal."""

_FOR_THE_LOOP, _FOR_THE_DRAFTS, _FOR_THE_TERMINAL = 0.2, 0.35, 0.4
"""The most seconds for each, so that the process is gone within one."""


_signal_exit: _SignalExit | None = None
"""The exit of the running app; a process has one app and one terminal."""


def refusal(environment: Mapping[str, str]) -> str | None:
    """Why the full-screen app cannot run here, with what to do instead; None if it can.

    Textual would draw into a file, hang where nothing can be typed, and send colours to a terminal without any.
    """
    if not all(os.isatty(fileno) for fileno in (0, 1, 2)):
        return tr("the full-screen app needs a terminal: {instead}", instead=tr(_INSTEAD))
    kind = environment.get("TERM", "")
    if not kind:
        return tr(
            "the full-screen app needs to know its terminal, and TERM is not set: {instead}", instead=tr(_INSTEAD)
        )
    if kind in ("dumb", "unknown"):
        return tr(
            "the full-screen app needs a terminal that can place text, and TERM is {kind}: {instead}",
            kind=kind,
            instead=tr(_INSTEAD),
        )
    return None


def fail(app: App[Any], error: Exception) -> None:
    """End the app after an unexpected exception: all that its `_handle_exception(error)` calls.

    Textual's own prints a traceback with the values of variables, which are what records hold. This one shows
    nothing; `run` raises the exception once the terminal is restored. Drafts are saved now: later no widget is left.
    """
    from textual.worker import WorkerFailed

    if isinstance(error, WorkerFailed) and isinstance(error.error, Exception):
        error = error.error
    app._return_code = 1
    if _signal_exit is not None:
        _signal_exit.save()
    if app._exception is None:
        app._exception = error
        app._exception_event.set()
    app._close_messages_no_wait()


def run(app: App[Any], on_leave: Callable[[], None]) -> int:
    """Run an app made with `driver_class=Driver`, then restore the terminal. Returns the exit code.

    `on_leave` saves drafts. It is called once, when a signal, a lost connection or an exception ends the app, not when
    it quits; at any moment, so it has to be short, take no lock of the app and expect half-built widgets. Exceptions of
    it are ignored.

    Raises: what ended the app, if it was an exception.
    """
    global _signal_exit
    from tui.app.terminal.output_thread import attributes

    before = attributes(0)
    _signal_exit = signal_exit = _SignalExit(app, on_leave)
    handlers = {number: signal.signal(number, signal_exit.begin) for number in _LEAVING}
    _report_instead_of_printing()
    error: Exception | None = None
    try:
        app.run()
    except Exception as trouble:
        error = trouble
    finally:
        signal_exit.restore(before)
        for number, handler in handlers.items():
            signal.signal(number, handler)
    error = app._exception if isinstance(app._exception, Exception) else error
    if error is None:
        return app.return_code or 0
    signal_exit.save()
    raise error


class _SignalExit:
    """The exit on a signal: drafts saved, terminal restored, process gone, within a second."""

    def __init__(self, app: App[Any], on_leave: Callable[[], None]) -> None:
        self._app = app
        self._on_leave = on_leave
        self._code = 0
        self._is_saved = False

    def _driver(self) -> Driver | None:
        from tui.app.terminal.driver import Driver

        return self._app._driver if isinstance(self._app._driver, Driver) else None

    def begin(self, number: int, _frame: FrameType | None) -> None:
        """The signal handler: exit between two steps of the event loop, or soon if the loop is busy."""
        from tui.app.terminal.output_thread import is_in_background

        loop, driver = self._app._loop, self._driver()
        is_suspended = loop is not None and driver is not None and not driver.is_in_use
        if is_suspended and number in _FROM_KEYS:
            return
        for other in _LEAVING:
            signal.signal(other, signal.SIG_IGN)
        self._code = 128 + number
        signal.signal(signal.SIGALRM, lambda *_: self.leave())
        signal.setitimer(signal.ITIMER_REAL, _FOR_THE_LOOP)
        try:
            # Suspended, the loop does not go on before the person comes back.
            if loop is not None and not is_suspended and not is_in_background(0):
                loop.call_soon_threadsafe(self.leave)
                return
        except RuntimeError:
            pass  # The loop has just ended.
        self.leave()

    def leave(self) -> None:
        """Save the drafts and exit. An alarm cuts off what hangs (a dead disk, a lock)."""
        signal.signal(signal.SIGALRM, lambda *_: self._go())
        signal.setitimer(signal.ITIMER_REAL, _FOR_THE_DRAFTS)
        self.save()
        self._go()

    def _go(self) -> None:
        signal.signal(signal.SIGALRM, lambda *_: os._exit(self._code))
        signal.setitimer(signal.ITIMER_REAL, _FOR_THE_TERMINAL)
        try:
            if driver := self._driver():
                driver.restore_terminal()
        finally:
            # Python's own shutdown would wait for blocked threads, and exit with 120.
            os._exit(self._code)

    def save(self) -> None:
        """Save the drafts, once. Exceptions must not keep the process from exiting."""
        from contextlib import suppress

        if self._is_saved:
            return
        self._is_saved = True
        with suppress(BaseException):
            self._on_leave()

    def restore(self, before: list[Any] | None) -> None:
        """Restore the terminal after the app, even if its end failed halfway.

        Queued output is written first, so that later messages come after it. A suspension may have found other
        attributes than the start.
        """
        from tui.app.terminal.output_thread import set_attributes

        driver = self._driver()
        if driver is not None:
            driver.restore_terminal()
            driver.close()
            before = driver.attrs_before or before
        set_attributes(0, before)


def _report_instead_of_printing() -> None:
    """Make failing threads and forgotten tasks write a crash report instead of printing a traceback."""
    import logging
    import threading

    def report(failure: Any) -> None:
        from tui.crash_report import write_crash_report

        if isinstance(failure.exc_value, Exception):
            write_crash_report(failure.exc_value, os.environ)

    threading.excepthook = sys.unraisablehook = report
    logging.getLogger("asyncio").disabled = True
