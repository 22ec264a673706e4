"""Builds of the program that handle the terminal wrongly on purpose."""

from torture.broken import Breakage

_LIFECYCLE, _DRIVER, _CRASH, _OUTPUT = (
    "tui/app/terminal/lifecycle.py",
    "tui/app/terminal/driver.py",
    "tui/crash_report.py",
    "tui/cli/output.py",
)

SIGNALS_KILL = Breakage(
    "signals-kill",
    "no signal is handled: each does what it does to any process",
    (_LIFECYCLE, "{number: signal.signal(number, departure.begin) for number in _LEAVING}", "{}"),
)
RAW_MODE_STAYS = Breakage(
    "raw-mode-stays",
    "on a signal the terminal's attributes are not restored",
    (_DRIVER, "        set_attributes(self.fileno, self.attrs_before)\n", ""),
)
SCREEN_STAYS = Breakage(
    "screen-stays",
    "on a signal the alternate screen is not left",
    (_DRIVER, r"\x1b[<u\x1b[?1049l", r"\x1b[<u"),
)
DRAFTS_LOST = Breakage(
    "drafts-lost",
    "what stands in a form is not kept when the app is ended",
    (_LIFECYCLE, "            self._on_leave()\n", "            pass\n"),
)
DEAF_TO_HANG_UP = Breakage(
    "deaf-to-hang-up",
    "that nothing more can be read from the terminal is not noticed",
    (_DRIVER, "                    self._lose()\n", "                    pass\n"),
)
SHOWS_THE_FAULT = Breakage(
    "shows-the-fault",
    "a fault is shown as Textual shows it, with what the variables hold",
    ("tui/app/app.py", "        fail(self, error)\n", "        super()._handle_exception(error)\n"),
)
REPORT_TELLS = Breakage(
    "report-tells",
    "the report on a fault has what the variables hold",
    (
        _CRASH,
        "file.writelines(_told(error))",
        'told = __import__("traceback").TracebackException.from_exception(error, capture_locals=True).format()\n'
        "            file.writelines(told)",
    ),
)
REPORT_FOR_ALL = Breakage(
    "report-for-all",
    "everybody may read the report on a fault",
    (_CRASH, "os.O_CLOEXEC, 0o600", "os.O_CLOEXEC, 0o644"),
)
DUMB_TAKEN = Breakage(
    "dumb-taken",
    "a terminal that cannot place text gets the full-screen app",
    (_LIFECYCLE, 'if kind in ("dumb", "unknown"):', "if False:"),
)
PIPE_TOLD = Breakage(
    "pipe-told",
    "a pipe that was closed is an answer that was lost",
    (_OUTPUT, "    except BrokenPipeError:\n        _point_nowhere()\n        return False\n", ""),
)
SAVED_UNSAID = Breakage(
    "saved-unsaid",
    "whose answer is lost is not told that the change was saved",
    (_OUTPUT, "        lost.add_note(SAVED)\n", ""),
)
