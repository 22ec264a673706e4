"""Reduces Textual's frames to the difference from what the terminal shows."""

import re
from collections.abc import Callable

from tui.app.terminal.canvas_of_cells import BLANK, Canvas, DoesNotFit
from tui.app.terminal.screen_diff import repaint
from tui.app.terminal.sgr import plain

_ENTER_ALT_SCREEN, _LEAVE_ALT_SCREEN = "\x1b[?1049h", "\x1b[?1049l"

_BEGIN_FRAME, _END_FRAME = "\x1b[?2026h", "\x1b[?2026l"
"""Synchronized output: the terminal draws what is between them at once."""

_TOKEN = re.compile(
    r"\x1b\[(?P<style>[0-9;]*)m"
    r"|\x1b\[(?P<line>\d*)(?:;(?P<column>\d*))?H"
    r"|\x1b\[\?2026(?P<frame>[hl])"
    r"|(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
    r"|(?P<end>[\r\n])"
    r"|(?P<aside>\x1b\[\?[0-9;]*[hl]|\x1b\[[<>=?][0-9;]*u|\x1b\[\?[0-9;]*\$p|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x07)"
    r"|(?P<unknown>(?s:.))"
)
"""`aside`: modes, questions and messages to the terminal, which change no cell."""

_WHOLE = 600
"""Output of this many characters or more is bracketed as one frame, if the terminal supports it."""


class FrameDiffer:
    """`feed` it what Textual writes, then send its `output`: frames in between are skipped.

    Unknown sequences pass through in order; after them the contents of the terminal count as unknown.
    """

    def __init__(self, size: Callable[[], tuple[int, int]]) -> None:
        """`size` returns the columns and lines of the terminal."""
        self.newline = "\r\n"
        self._size = size
        self._passed: list[str] = []
        self._knows_frames = False
        self._is_stale = False
        self._style = ""
        self._shown, self._target = self._unknown()
        self._at: tuple[int, int] | None = None
        self._cursor: tuple[int, int] | None = None

    def forget(self) -> None:
        """Make the next output a full repaint: another program wrote on the terminal, or it was resized.

        Safe in any thread and in signal handlers.
        """
        self._is_stale = True

    def feed(self, text: str) -> None:
        """Read output of Textual."""
        self._fit()
        for token in _TOKEN.finditer(text):
            kind = token.lastgroup
            if kind == "text":
                try:
                    self._target.write(token[0], self._style)
                except DoesNotFit:
                    self._pass(text[token.start() :], is_known=False)
                    return
            elif kind == "style":
                self._style = plain(token["style"])
            elif kind in ("line", "column"):
                self._target.y, self._target.x = int(token["line"] or 1) - 1, int(token["column"] or 1) - 1
            elif kind == "end":
                self._target.x, self._target.y = 0, self._target.y + (token[0] == "\n")
            elif kind == "frame":
                self._knows_frames = True
            elif kind == "aside":
                self._pass(token[0], is_known=True)
            else:
                self._pass(text[token.start() :], is_known=False)
                return

    def output(self) -> str:
        """Return the output that makes the terminal show what was fed."""
        self._settle()
        output = "".join(self._passed)
        self._passed.clear()
        return output

    def _pass(self, text: str, *, is_known: bool) -> None:
        """Pass a sequence through, after what was fed before it."""
        self._settle()
        if not is_known:
            self._passed.append(f"\x1b[{self._target.y + 1};{self._target.x + 1}H\x1b[{self._style}m")
        elif text == _LEAVE_ALT_SCREEN:
            self._passed.append("\x1b[m")
        self._passed.append(text)
        if text == _ENTER_ALT_SCREEN:
            # A terminal without a second screen (the Linux console) has not cleared it.
            self._passed.append("\x1b[m\x1b[2J")
            self._shown = Canvas(*self._size(), BLANK)
            self._at = None
        elif text == _LEAVE_ALT_SCREEN or not is_known:
            self._shown, self._target = self._unknown()
            self._at, self._cursor = None, (0, 0)

    def _settle(self) -> None:
        """Paint what was fed so far."""
        size = self._fit()
        if self._is_stale:
            self._is_stale = False
            self._shown = Canvas(*size, None)
            self._at = None
        pen = repaint(self._shown, self._target, self._at, self.newline)
        cursor = min(self._target.y, size[1] - 1), min(self._target.x, size[0] - 1)
        if cursor != self._cursor:
            # It is hidden, and tells input methods where to draw: only a new position is sent.
            pen.go(*cursor)
            self._cursor = cursor
        self._at = pen.at
        if pen.size():
            whole = pen.text()
            is_long = self._knows_frames and len(whole) > _WHOLE
            self._passed += [_BEGIN_FRAME, whole, _END_FRAME] if is_long else [whole]

    def _fit(self) -> tuple[int, int]:
        """Reset both canvases if the terminal was resized. Returns the size."""
        size = self._size()
        if size != (self._shown.width, self._shown.height):
            self._shown, self._target = self._unknown()
            self._at = None
        return size

    def _unknown(self) -> tuple[Canvas, Canvas]:
        size = self._size()
        return Canvas(*size, None), Canvas(*size, None)
