"""The terminal driver: Textual's, with its faults on a shared server corrected.

Textual starts a second input thread when SIGCONT comes alone, spins when the line is lost, prints tracebacks from its
threads, and asks for every motion of the pointer, which over a list means hundreds of kilobytes to send back.
"""

from __future__ import annotations

import _thread
import errno
import os
import select
import signal
import sys
import termios
import time
from codecs import getincrementaldecoder
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TextIO, cast

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size

from tui.app.terminal import mode_sequences
from tui.app.terminal.answer_filter import AnswerFilter
from tui.app.terminal.frame_reader import FrameDiffer
from tui.app.terminal.mode_sequences import MOUSE_OFF, MOUSE_ON
from tui.app.terminal.output_pacing import is_answered_nearby, parent_programs
from tui.app.terminal.output_thread import OutputThread, attributes, discard, is_in_background, put, set_attributes
from tui.app.terminal.paste_filter import PasteFilter

if TYPE_CHECKING:
    from textual.app import App

_PATIENCE = 0.12
"""Seconds that leaving waits for a blocked terminal, twice; the shell must be back within one second."""

_ESCAPE_PATIENCE = 0.02
"""Seconds after which a lone Esc is the key and not the start of a sequence: time for two bytes at 1200 baud.

The rest of a sequence that comes later still is dropped by `stray_keys`.
"""

_SEQUENCE_PATIENCE = 3.0
"""Seconds to wait for the rest of a sequence that a slow line has cut in two."""

_ANSWER_PATIENCE = 0.5
"""Seconds after which a lone Esc is the key although an answer of the terminal, which begins so, is due."""

_TRY_TO_STOP, _TRIES_TO_STOP = 0.01, 30
"""Seconds between two tries to suspend during a save, which holds the store's lock; and the number of tries."""


class Driver(LinuxDriver):
    """Input and output of the app.

    `is_in_use`: whether the terminal is in the app's modes. `is_busy`, set by the app: whether a suspension now would
    keep others waiting for the store's lock.
    """

    sends_differences = True

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        output = cast(TextIO, sys.__stderr__)
        self._out = output.fileno()
        self._frame_differ = FrameDiffer(self._get_terminal_size) if self.sends_differences else None
        does_answer = not is_answered_nearby(os.environ, parent_programs())
        self._encoding = output.encoding
        self._output = OutputThread(self._out, output.encoding, self._frame_differ, self._fail, does_answer=does_answer)
        self._wakes, self._waker = os.pipe()
        self.is_in_use = False
        self.is_busy: Callable[[], bool] = lambda: False
        # Else the first layout is made for $COLUMNS, which a shell may have exported from another window.
        self._size = size or self._get_terminal_size()

    def _get_terminal_size(self) -> tuple[int, int]:
        """Ask the terminal for its size, never the environment; (80, 24) if it does not know."""
        try:
            columns, rows = os.get_terminal_size(self._out)
        except OSError:
            columns = rows = 0
        return columns or 80, rows or 24

    def post_size(self) -> None:
        """Post the terminal's size to the app, which can miss a change before the first frame."""
        size = Size(*self._get_terminal_size())
        if size != self._app.size:
            self._app.post_message(events.Resize(size, size))

    def _resized(self) -> None:
        """Handle SIGWINCH: post the new size, and repaint where Textual would not.

        A terminal that was smaller for a moment has lost its contents, and Textual, which may have skipped the size in
        between, or drawn for it too late, would not draw them again.
        """
        size = Size(*self._get_terminal_size())
        if self._frame_differ is not None:
            self._frame_differ.forget()
        self._app.post_message(events.Resize(size, size))
        if self._app.screen_stack and self._app.screen._compositor.size == size:
            self.repaint()

    def repaint(self) -> None:
        """Redraw the whole screen: another program wrote on it, or the terminal lost its contents."""
        if self._frame_differ is not None:
            self._frame_differ.forget()
        self._app.refresh(layout=True)
        self._app.screen.refresh()

    def write(self, data: str) -> None:
        """Queue output for the output thread; dropped while that is closed (suspended, or no terminal)."""
        self._output.write(data)

    def close(self) -> None:
        """Wait until all output is written."""
        self._output.close()
        # Not earlier: until all is written a signal has to restore the terminal.
        self.is_in_use = False

    # Mouse: clicks and the wheel.

    def _enable_mouse_support(self) -> None:
        if self._mouse:
            self.write(MOUSE_ON)

    def _disable_mouse_support(self) -> None:
        if self._mouse:
            self.write(MOUSE_OFF)

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
        signal.signal(signal.SIGWINCH, lambda *_: self._loop.call_soon_threadsafe(self._resized))

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
            put(self._out, mode_sequences.RESET)
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

    # Input.

    def disable_input(self) -> None:
        """End the input thread by waking it: waiting for its timeout would take 0.2 s more each time."""
        thread, self._key_thread = self._key_thread, None
        if thread is None:
            return
        self._output.stop_asking()
        signal.signal(signal.SIGWINCH, signal.SIG_DFL)
        self._disable_mouse_support()
        self.exit_event.set()
        os.write(self._waker, b".")
        thread.join()
        os.read(self._wakes, 1)
        self.exit_event.clear()
        with suppress(termios.error):
            termios.tcflush(self.fileno, termios.TCIFLUSH)

    def _run_input_thread(self) -> None:
        """The body of the input thread."""
        try:
            self.run_input_thread()
        except Exception as error:
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        """End the app because of an exception in a thread."""
        self._loop.call_soon_threadsafe(self._app._handle_exception, error)

    def run_input_thread(self) -> None:
        """Read and parse input until told to stop; bytes that are none of the terminal's encoding are replaced."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder(self._encoding)("replace").decode
        answers, pastes = AnswerFilter(), PasteFilter()
        tail = ""

        def feed(text: str) -> None:
            for message in parser.feed(text):
                self.process_message(message)

        def finish() -> None:
            """Take what has come as a whole sequence: a lone Esc is the key."""
            parser._timeout_time = 0.0
            for message in parser.tick():
                self.process_message(message)

        while not self.exit_event.is_set():
            is_amid = parser._timeout_time is not None
            patience = None
            if answers.held:
                patience = _ANSWER_PATIENCE if answers.held == "\x1b" else _SEQUENCE_PATIENCE
            elif is_amid:
                patience = _ESCAPE_PATIENCE if tail == "\x1b" else _SEQUENCE_PATIENCE
            ready, _, _ = select.select([self.fileno, self._wakes], [], [], patience)
            if self.fileno in ready:
                typed = self._read_input()
                if not typed:
                    self._hang_up()
                text = decode(typed)
                if answers.held == "\x1b" and not text.startswith(("[", "O")):
                    feed(answers.released())
                    finish()
                text, kinds = answers.cleaned(text, is_asked=self._output.is_asked)
                if kinds:
                    self._output.answered(kinds)
                if text := pastes.cleaned(text):
                    tail = text[max(text.rfind("\x1b"), 0) :] if "\x1b" in text else tail + text
                    feed(text)
            elif ready:
                continue
            elif answers.held == "\x1b" or (answers.held and not self._output.is_asked):
                feed(answers.released())
                finish()
            elif is_amid and not answers.held:
                finish()

    def _read_input(self) -> bytes:
        """Read input; b"" means that the connection is lost."""
        try:
            return os.read(self.fileno, 4096)
        except OSError:
            return b""

    def _hang_up(self) -> None:
        """Exit as on SIGHUP, which a wrapper may ignore; after one second in any case."""
        os.kill(os.getpid(), signal.SIGHUP)
        time.sleep(1)
        os._exit(128 + signal.SIGHUP)


class WholeFrames(Driver):
    """A driver that sends whole frames as Textual makes them, for a terminal that draws differences wrong."""

    sends_differences = False
