"""The sequences of the modes of the terminal that the app sets, and the one that resets them all.

`set_and_restore_terminal_modes` sends them. Textual sets most of them when it starts: the alternate screen (1049),
focus (1004), pasted text (2004), keys (`>u`), no wrapping (7l), a hidden cursor (25l).
The mouse and the frame are ours.
"""

from __future__ import annotations

RESET = "\x1b\\\x1b[?2026l\x1b[?2004l\x1b[?7h\x1b[?1000l\x1b[?1006l\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l\x1b[m"
"""Resets every mode that the app sets; begins by ending a sequence that was cut short."""

MOUSE_ON, MOUSE_OFF = "\x1b[?1000h\x1b[?1006h", "\x1b[?1000l\x1b[?1006l"
"""Clicks and the wheel, in cells."""

ENTER_ALT_SCREEN, LEAVE_ALT_SCREEN = "\x1b[?1049h", "\x1b[?1049l"

BEGIN_FRAME, END_FRAME = "\x1b[?2026h", "\x1b[?2026l"
"""Synchronized output: the terminal draws what is between them at once."""
