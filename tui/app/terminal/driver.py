"""The terminal driver: input, output and sizes. It is Textual's, with its faults on a shared server corrected.

Textual starts a second input thread when SIGCONT comes alone, spins when the line is lost, prints tracebacks from its
threads, and asks for every motion of the pointer, which over a list means hundreds of kilobytes to send back.
"""

from __future__ import annotations

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
from textual.geometry import Size

from tui.app.terminal.answer_filter import AnswerFilter
from tui.app.terminal.frame_reader import FrameDiffer
from tui.app.terminal.output_pacing import is_answered_nearby, parent_programs
from tui.app.terminal.output_thread import OutputThread
from tui.app.terminal.paste_filter import PasteFilter
from tui.app.terminal.set_and_restore_terminal_modes import ModesDriver

if TYPE_CHECKING:
    from textual.app import App

_ESCAPE_PATIENCE = 0.02
"""Seconds after which a lone Esc is the key and not the start of a sequence: time for two bytes at 1200 baud.

The rest of a sequence that comes later still is dropped by `drop_cut_escape_sequences`.
"""

_SEQUENCE_PATIENCE = 3.0
"""Seconds to wait for the rest of a sequence that a slow line has cut in two."""

_ANSWER_PATIENCE = 0.5
"""Seconds after which a lone Esc is the key although an answer of the terminal, which begins so, is due."""


class Driver(ModesDriver):
    """Input and output of the app; what it sets in the terminal is `ModesDriver`'s."""

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

    # Input.

    def start_application_mode(self) -> None:
        """Enter application mode, and from then on post each new size."""
        super().start_application_mode()
        signal.signal(signal.SIGWINCH, lambda *_: self._loop.call_soon_threadsafe(self._resized))

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
                    feed(pastes.cleaned(answers.released()))
                    finish()
                texts, kinds = answers.cleaned(text, is_asked=self._output.is_asked)
                if kinds:
                    self._output.answered(kinds)
                if text := pastes.cleaned_apart(texts):
                    tail = text[max(text.rfind("\x1b"), 0) :] if "\x1b" in text else tail + text
                    feed(text)
            elif ready:
                continue
            elif answers.held == "\x1b" or (answers.held and not self._output.is_asked):
                feed(pastes.cleaned(answers.released()))
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
