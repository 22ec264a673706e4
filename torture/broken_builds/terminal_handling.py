"""Builds that leave the terminal changed, lose drafts, or report too much or too little."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from traceback import TracebackException
from types import FrameType

from torture.broken_builds import broken_build
from torture.injected.replace_functions import replace
from tui import crash_report
from tui.app.terminal import run_and_exit_on_signal
from tui.cli.stdout import OutputFailed, write, write_after_commit, write_bytes


@broken_build
def signals_kill() -> None:
    """No signal is handled: each does what it does to any process."""

    def die(self: run_and_exit_on_signal._SignalExit, number: int, frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    replace(run_and_exit_on_signal._SignalExit.begin, die)


@broken_build
def raw_mode_stays() -> None:
    """On a signal the terminal's attributes are not restored."""
    from tui.app.terminal import set_and_restore_terminal_modes
    from tui.app.terminal.output_thread import set_attributes

    replace(set_attributes, lambda fileno, target: None, only_in=set_and_restore_terminal_modes)


@broken_build
def screen_stays() -> None:
    """On a signal the alternate screen is not left."""
    from tui.app.terminal import set_and_restore_terminal_modes as modes

    before, leave, after = modes.RESET.partition("\x1b[?1049l")
    if not leave:
        raise LookupError("the alternate screen is not left by RESET any more")
    modes.RESET = before + after


@broken_build
def drafts_lost() -> None:
    """What stands in a form is not kept when the app is ended."""
    replace(run_and_exit_on_signal._SignalExit.save, lambda self: None)


@broken_build
def deaf_to_hang_up() -> None:
    """That nothing more can be read from the terminal is not noticed."""
    from tui.app.terminal.driver import Driver

    replace(Driver._hang_up, lambda self: None)


@broken_build
def shows_the_fault() -> None:
    """A fault is shown as Textual shows it, with what the variables hold."""
    from textual.app import App

    from tui.app.app import FollowUp

    replace(FollowUp._handle_exception, App._handle_exception)


@broken_build
def report_leaks() -> None:
    """The report on a fault has what the variables hold."""
    replace(
        crash_report._traceback_lines,
        lambda error: TracebackException.from_exception(error, capture_locals=True).format(),
    )


@broken_build
def report_readable() -> None:
    """Everybody may read the report on a fault."""
    from torture.broken_builds.shared_machine import replace_open

    replace_open(lambda path, flags, mode: (flags, 0o644 if os.path.basename(path).startswith("crash-") else mode))


@broken_build
def dumb_terminal() -> None:
    """A terminal that cannot place text gets the full-screen app."""
    sound = run_and_exit_on_signal.refusal

    def refusal(environment: Mapping[str, str]) -> str | None:
        is_dumb = environment.get("TERM") in ("dumb", "unknown")
        return sound({**environment, "TERM": "xterm"} if is_dumb else environment)

    replace(run_and_exit_on_signal.refusal, refusal)


@broken_build
def pipe_reported() -> None:
    """A pipe that was closed is an answer that was lost."""
    sound = write_bytes

    def whole_or_lost(data: bytes) -> bool:
        if not sound(data):
            raise OutputFailed("Broken pipe")
        return True

    replace(write_bytes, whole_or_lost)


@broken_build
def saved_unreported() -> None:
    """A lost answer is reported without saying that the change was saved."""

    def without_a_word(text: str) -> None:
        write(text)

    replace(write_after_commit, without_a_word)


@broken_build
def paced_by_the_kernel() -> None:
    """Output is sent as fast as the kernel takes it."""
    from tui.app.terminal.output_pacing import FlowControl

    replace(FlowControl.patience, lambda self: None)
    replace(FlowControl.sending, lambda self, count: "")


@broken_build
def answers_left() -> None:
    """The app is left without waiting for what the terminal still answers."""
    from tui.app.terminal.output_thread import OutputThread

    replace(OutputThread.stop_asking, lambda self: None)
