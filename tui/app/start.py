"""Starts the app: detects colours and encoding of the terminal, runs it, returns its exit code."""

import sys

from tui.app.app import FollowUp
from tui.app.terminal.driver import Driver, WholeFrames
from tui.app.terminal.start_and_exit import run
from tui.app.theme import Paint
from tui.render.terminal_style import TerminalStyle, carries_utf8, has_colours
from tui.session import Session


def open_app(session: Session, *, is_drawn_whole: bool = False) -> int:
    """Run the app. Returns the exit code. Raises: FollowUpError when the store cannot be read.

    `is_drawn_whole`: send whole frames, for a terminal that draws differences wrong.
    """
    environment = session.environment
    is_utf8 = carries_utf8(environment, getattr(sys.__stderr__, "encoding", None) or "utf-8")
    has_256 = environment.get("COLORTERM", "") in ("truecolor", "24bit") or "256" in environment.get("TERM", "")
    colours = 0 if not has_colours(environment) else 256 if has_256 else 16
    paint = Paint(colours, session.ground)

    def terminal(width: int) -> TerminalStyle:
        return TerminalStyle(width, is_utf8=is_utf8, least_width=1)

    app = FollowUp(session, paint, terminal, driver_class=WholeFrames if is_drawn_whole else Driver)
    return run(app, app.keep_drafts)
