"""The terminal under the app: Textual's driver, with what it gets wrong on a shared server put right.

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

from tui.app.terminal.frame_differ import FrameDiffer
from tui.app.terminal.output_thread import OutputThread, attributes, discard, is_in_background, put, set_attributes
from tui.app.terminal.paste_filter import PasteFilter

if TYPE_CHECKING:
    from textual.app import App
    from textual.message import Message

RESET = "\x1b\\\x1b[?2026l\x1b[?2004l\x1b[?7h\x1b[?1000l\x1b[?1006l\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l\x1b[m"
"""Undoes all that the app asks of a terminal; it begins by ending a sequence that was cut short."""

_PATIENCE = 0.12
"""Seconds that a terminal which takes nothing gets at leaving, twice; a person waits one second for the shell."""

_ESCAPE_PATIENCE = 0.02
"""Seconds after a lone Esc until it is the key and not the begin of a sequence: 1200 baud bring two bytes in that."""

_SEQUENCE_PATIENCE = 3.0
"""Seconds that the rest of a sequence may take which a slow line has cut in two."""

_ANSWER_PATIENCE = 0.3
"""Seconds that leaving waits for an answer of the terminal, which would be typed into the shell."""

_TRY_TO_STOP, _TRIES_TO_STOP = 0.01, 30
"""Seconds between two tries to be stopped by ctrl+z amid a save, which holds the lock of the store; and how many."""


class Driver(LinuxDriver):
    """Input and output of the app.

    `is_in_use` says whether the terminal is in the state that the app asked for; `is_busy`, which the app may set,
    whether it would be stopped amid something that keeps others waiting.
    """

    sends_differences = True

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        output = cast(TextIO, sys.__stderr__)
        self._out = output.fileno()
        self._frame_differ = FrameDiffer(self._get_terminal_size) if self.sends_differences else None
        self._output = OutputThread(self._out, output.encoding, self._frame_differ, self._fail)
        self._wakes, self._waker = os.pipe()
        self.is_in_use = False
        self.is_busy: Callable[[], bool] = lambda: False
        # Or the first layout would be made for $COLUMNS, which a shell may have exported from another window.
        self._size = size or self._get_terminal_size()

    def _get_terminal_size(self) -> tuple[int, int]:
        """Ask the terminal, never the environment. One that does not know (0 by 0) is taken for 80 by 24."""
        try:
            columns, rows = os.get_terminal_size(self._out)
        except OSError:
            columns = rows = 0
        return columns or 80, rows or 24

    def tell_size(self) -> None:
        """Tell the app how large the terminal is: a change before the first frame can pass it by."""
        size = Size(*self._get_terminal_size())
        if size != self._app.size:
            self._app.post_message(events.Resize(size, size))

    def _resized(self) -> None:
        """After SIGWINCH. A terminal that was smaller for a moment has lost what stood on it, and Textual, which laid
        nothing out for the size in between, would not draw it again.

        Or it did, and what it drew for the size in between is written when that is over: for the mirror, which asks
        how large the terminal is when something is written, there was no other size.
        """
        size = Size(*self._get_terminal_size())
        if self._frame_differ is not None:
            self._frame_differ.forget()
        self._app.post_message(events.Resize(size, size))
        if self._app.screen_stack and self._app.screen._compositor.size == size:
            self.repaint()

    def repaint(self) -> None:
        """Paint all of the screen: somebody else wrote on it, or it has lost what was there."""
        if self._frame_differ is not None:
            self._frame_differ.forget()
        self._app.refresh(layout=True)
        self._app.screen.refresh()

    def write(self, data: str) -> None:
        """Hand it to the line. While that is not open (suspended, or no terminal at all) it is dropped."""
        self._output.write(data)

    def close(self) -> None:
        """Wait until all is written."""
        self._output.close()
        # Not before: until all is written the terminal is not given back, and a signal has to see to it.
        self.is_in_use = False

    # The mouse: clicks and the wheel.

    def _enable_mouse_support(self) -> None:
        if self._mouse:
            self.write("\x1b[?1000h\x1b[?1006h")

    def _disable_mouse_support(self) -> None:
        if self._mouse:
            self.write("\x1b[?1000l\x1b[?1006l")

    def _enable_mouse_pixels(self) -> None:
        """Cells are all that a click needs."""

    def _query_in_band_window_resize(self) -> None:
        """SIGWINCH tells of a new size; told in band, Textual's parser would take cells for pixels from then on."""

    # Taking the terminal and giving it back.

    def start_application_mode(self) -> None:
        """Take the terminal. It counts as taken before the first byte, so that a signal amid it gives it back."""
        self._come_to_the_front()
        self.is_in_use = True
        if self._frame_differ is not None:
            # Where the terminal's line makes CR LF of LF, as nearly all do, a CR of ours would be a second one.
            output = (attributes(self._out) or [0, 0])[1]
            self._frame_differ.newline = "\n" if output & termios.OPOST and output & termios.ONLCR else "\r\n"
        self._output.open()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._writer_thread is not None:
            # Textual's own, with a queue that blocks the app when it is full: the line has a thread that never does.
            self._writer_thread.stop()
            self._writer_thread = None
        signal.signal(signal.SIGWINCH, lambda *_: self._loop.call_soon_threadsafe(self._resized))

    def _come_to_the_front(self) -> None:
        """Begun in the background (`followup &`), be stopped until somebody brings the job to the front.

        Textual, stopped later, would not begin at all when it is continued.
        """
        signal.signal(signal.SIGTTOU, signal.SIG_DFL)  # Where it was ignored nothing would stop, and this would spin.
        while is_in_background(self.fileno):
            try:
                termios.tcdrain(self.fileno)  # The kernel stops all of the job here; a signal comes out.
            except termios.error as error:
                if error.args[0] != errno.EINTR:  # There is no shell any more that could do it.
                    os.kill(os.getpid(), signal.SIGHUP)
                    return

    def let_go(self) -> None:
        """Give the terminal back at once, amid anything: no queue, no lock, and no waiting for one that is stuck.

        It is for a signal handler, after which the process ends: the app cannot draw any more.
        """
        if not self.is_in_use:
            return
        self.is_in_use = False
        self._output.let_answer_come(_PATIENCE)
        self._output.is_closed = True
        # A write from the background must not stop a process that is about to leave.
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        set_attributes(self.fileno, self.attrs_before)
        self._say_farewell()

    def _say_farewell(self) -> None:
        """Write RESET from a thread that may stay behind, blocked. It is made without the locks of `threading`."""
        is_done = _thread.allocate_lock()
        is_done.acquire()

        def say() -> None:
            put(self._out, RESET)
            is_done.release()

        _thread.start_new_thread(say, ())
        if is_done.acquire(timeout=_PATIENCE):
            return
        # What a terminal that takes nothing has not read yet, it need not read any more.
        for _ in range(10):
            discard(self._out)
            if is_done.acquire(timeout=_PATIENCE / 10):
                # Again, for the first one may have been discarded too; now there is room.
                _thread.start_new_thread(say, ())
                is_done.acquire(timeout=_PATIENCE / 2)
                return

    # Stopping and going on. Handlers of signals may interrupt a write to the queue, whose lock they would then wait
    # for in vain; so the work is done by the loop.

    def _sigtstp_application(self, *_: object) -> None:
        """Ctrl+Z or `kill -TSTP`. While an editor has the terminal it has to be obeyed on the spot."""
        if self.is_in_use:
            self._loop.call_soon_threadsafe(self._suspend)
        else:
            self._stop()

    def _sigcont_application(self, *_: object) -> None:
        """Going on without a suspension before (SIGSTOP and SIGCONT, or SIGCONT alone)."""
        if self.is_in_use:
            self._loop.call_soon_threadsafe(self._renew)

    def _suspend(self, tries: int = _TRIES_TO_STOP) -> None:
        if self._key_thread is None:  # It is ending.
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
        """Stop the job until it is continued in the foreground.

        All of the job, or a wrapper that waits for this program keeps the shell waiting too. By SIGTSTP, which the
        kernel ignores where no shell could ever continue us; then this returns at once.
        """
        handler = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(0, signal.SIGTSTP)
        while is_in_background(self.fileno):
            os.kill(os.getpid(), signal.SIGSTOP)
        signal.signal(signal.SIGTSTP, handler)

    def _renew(self) -> None:
        """Set up a terminal again that others may have used meanwhile, and repaint it; with one input thread."""
        if self._key_thread is None:
            return
        while is_in_background(self.fileno):
            os.kill(os.getpid(), signal.SIGSTOP)
        self.suspend_application_mode()
        self.resume_application_mode()
        self._app.refresh(layout=True)

    # Input.

    def process_message(self, message: Message) -> None:
        """Hand on what was typed, and keep what the terminal answered to the line."""
        if isinstance(message, events.CursorPosition):
            self._output.answered()
        else:
            super().process_message(message)

    def disable_input(self) -> None:
        """End the input thread: woken up, not waited for, or each suspension and the end would take 0.2 s more."""
        thread, self._key_thread = self._key_thread, None
        if thread is None:
            return
        self._output.stop_asking(_ANSWER_PATIENCE)
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
        """The input thread."""
        try:
            self.run_input_thread()
        except Exception as error:
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        """What fails in a thread ends the app as any fault of the program does."""
        self._loop.call_soon_threadsafe(self._app._handle_exception, error)

    def run_input_thread(self) -> None:
        """Read keys until told to stop. Bytes that are no UTF-8 (a terminal set to Latin-1) are no fault."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        cleaned = PasteFilter().cleaned
        tail = ""
        while not self.exit_event.is_set():
            is_amid = parser._timeout_time is not None
            patience = (_ESCAPE_PATIENCE if tail == "\x1b" else _SEQUENCE_PATIENCE) if is_amid else None
            ready, _, _ = select.select([self.fileno, self._wakes], [], [], patience)
            if self.fileno in ready:
                typed = self._typed()
                if not typed:
                    self._lose()
                if text := cleaned(decode(typed)):
                    tail = text[max(text.rfind("\x1b"), 0) :] if "\x1b" in text else tail + text
                    for message in parser.feed(text):
                        self.process_message(message)
            elif is_amid and not ready:
                parser._timeout_time = 0.0
                for message in parser.tick():
                    self.process_message(message)

    def _typed(self) -> bytes:
        """What came in; nothing means that the line is lost."""
        try:
            return os.read(self.fileno, 4096)
        except OSError:
            return b""

    def _lose(self) -> None:
        """Leave as for SIGHUP, which does not come where a wrapper ignores it; at the latest after a second."""
        os.kill(os.getpid(), signal.SIGHUP)
        time.sleep(1)
        os._exit(128 + signal.SIGHUP)


class WholeFrames(Driver):
    """The same for a terminal on which parts of the screen stay behind: every frame is sent as Textual makes it."""

    sends_differences = False
