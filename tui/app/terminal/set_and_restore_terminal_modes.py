"""Sets the modes of the terminal when the app starts, and resets them when it ends, is suspended, or is killed.

Textual's driver sets most of them: the alternate screen (1049), focus (1004), pasted text (2004), keys (`>u`), no
wrapping (7l), a hidden cursor (25l). The mouse is ours, and `RESET` undoes them all.
"""

from __future__ import annotations

import _thread
import errno
import os
import signal
import termios
from typing import TYPE_CHECKING

from textual.drivers.linux_driver import LinuxDriver

from tui.app.terminal.output_thread import attributes, discard, is_in_background, put, set_attributes

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.terminal.frame_reader import FrameDiffer
    from tui.app.terminal.output_thread import OutputThread

RESET = "\x1b\\\x1b[?2026l\x1b[?2004l\x1b[?7h\x1b[?1000l\x1b[?1006l\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l\x1b[m"
"""Resets every mode that the app sets; begins by ending a sequence that was cut short."""

_MOUSE_ON, _MOUSE_OFF = "\x1b[?1000h\x1b[?1006h", "\x1b[?1000l\x1b[?1006l"
"""Clicks and the wheel, in cells."""

_PATIENCE = 0.12
"""Seconds that leaving waits for a blocked terminal, twice; the shell must be back within one second."""

_TRY_TO_STOP, _TRIES_TO_STOP = 0.01, 30
"""Seconds between two tries to suspend during a save, which holds the store's lock; and the number of tries."""


class ModesDriver(LinuxDriver):
    """The part of the driver that sets and resets modes.

    `is_in_use`: whether the terminal is in the app's modes. `is_busy`, set by the app: whether a suspension now would
    keep others waiting for the store's lock.
    """

    is_in_use: bool
    is_busy: Callable[[], bool]
    _out: int
    _output: OutputThread
    _frame_differ: FrameDiffer | None

    # Mouse: clicks and the wheel.

    def _enable_mouse_support(self) -> None:
        if self._mouse:
            self.write(_MOUSE_ON)

    def _disable_mouse_support(self) -> None:
        if self._mouse:
            self.write(_MOUSE_OFF)

    def _enable_mouse_pixels(self) -> None:
        """Do nothing: clicks need cells only."""

    def _request_terminal_sync_mode_support(self) -> None:
        """Ask as Textual does, which not every terminal answers; then what all do, or the shell would get an answer."""
        super()._request_terminal_sync_mode_support()
        self._output.ask()

    def _query_in_band_window_resize(self) -> None:
        """Do nothing: SIGWINCH reports sizes; in band, Textual's parser would take cells for pixels from then on."""

    # Application mode.

    def start_application_mode(self) -> None:
        """Enter application mode. `is_in_use` is set before the first byte, so that a signal restores the terminal."""
        self._wait_for_foreground()
        self.is_in_use = True
        if self._frame_differ is not None:
            # Where the line discipline turns LF into CR LF, as nearly always, a CR of ours would be a second one.
            output = (attributes(self._out) or [0, 0])[1]
            self._frame_differ.newline = "\n" if output & termios.OPOST and output & termios.ONLCR else "\r\n"
        self._output.open()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._writer_thread is not None:
            # Textual's writer thread has a queue that blocks the app when it is full; ours never blocks it.
            self._writer_thread.stop()
            self._writer_thread = None

    def _wait_for_foreground(self) -> None:
        """Stop until the job is in the foreground, if it was started in the background (`followup &`).

        Textual, stopped later, would not start at all when it is continued.
        """
        signal.signal(signal.SIGTTOU, signal.SIG_DFL)  # If it were ignored, this loop would spin.
        while is_in_background(self.fileno):
            try:
                termios.tcdrain(self.fileno)  # The kernel stops all of the job here; a signal comes out.
            except termios.error as error:
                if error.args[0] != errno.EINTR:  # No shell is left to continue the job.
                    os.kill(os.getpid(), signal.SIGHUP)
                    return

    def restore_terminal(self) -> None:
        """Restore the terminal at once, from a signal handler: no queue, no lock, no waiting if it is blocked.

        The app cannot draw any more after it.
        """
        if not self.is_in_use:
            return
        self.is_in_use = False
        self._output.wait_for_answers(_PATIENCE)
        self._output.is_closed = True
        # A write from the background must not stop a process that is about to exit.
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        set_attributes(self.fileno, self.attrs_before)
        self._write_reset()

    def _write_reset(self) -> None:
        """Write RESET from a raw thread, which may stay blocked; `threading` would take locks."""
        is_done = _thread.allocate_lock()
        is_done.acquire()

        def say() -> None:
            put(self._out, RESET)
            is_done.release()

        _thread.start_new_thread(say, ())
        if is_done.acquire(timeout=_PATIENCE):
            return
        # Drop output that a blocked terminal has not read.
        for _ in range(10):
            discard(self._out)
            if is_done.acquire(timeout=_PATIENCE / 10):
                # Write it again: the first may have been dropped too, and now there is room.
                _thread.start_new_thread(say, ())
                is_done.acquire(timeout=_PATIENCE / 2)
                return

    # Suspend and resume. A signal handler may interrupt a write to the queue and would wait for its lock for ever, so
    # the loop does the work.

    def _sigtstp_application(self, *_: object) -> None:
        """Handle SIGTSTP (ctrl+z, `kill -TSTP`); at once while an editor has the terminal."""
        if self.is_in_use:
            self._loop.call_soon_threadsafe(self._suspend)
        else:
            self._stop()

    def _sigcont_application(self, *_: object) -> None:
        """Handle SIGCONT without a suspension before it (after SIGSTOP, or alone)."""
        if self.is_in_use:
            self._loop.call_soon_threadsafe(self._set_modes_again)

    def _suspend(self, tries: int = _TRIES_TO_STOP) -> None:
        if self._key_thread is None:  # The app is ending.
            return
        if tries and self.is_busy():
            self._loop.call_later(_TRY_TO_STOP, self._suspend, tries - 1)
            return
        self.suspend_application_mode()
        self._must_signal_resume = True
        self._stop()
        self.resume_application_mode()
        self._app.refresh(layout=True)

    def _stop(self) -> None:
        """Stop the whole job until it is continued in the foreground.

        The whole job, or a wrapper that waits for this program keeps the shell waiting. With SIGTSTP, which the kernel
        ignores where no shell could continue the job; then this returns at once.
        """
        handler = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(0, signal.SIGTSTP)
        while is_in_background(self.fileno):
            os.kill(os.getpid(), signal.SIGSTOP)
        signal.signal(signal.SIGTSTP, handler)

    def _set_modes_again(self) -> None:
        """Set the terminal's modes again, which others may have changed, and repaint; with one input thread."""
        if self._key_thread is None:
            return
        while is_in_background(self.fileno):
            os.kill(os.getpid(), signal.SIGSTOP)
        self.suspend_application_mode()
        self.resume_application_mode()
        self._app.refresh(layout=True)
