"""Starts the app: detects colours and encoding of the terminal, runs it, returns its exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from store.errors import StoreMissing
from tui.app.app import FollowUp
from tui.app.terminal.driver import Driver, WholeFrames
from tui.app.terminal.run_and_exit_on_signal import run
from tui.app.theme import Paint
from tui.render.colours_on_or_off import has_colours
from tui.render.terminal_style import TerminalStyle, carries_utf8
from tui.session import Session

if TYPE_CHECKING:
    from store.capture.readers.source_text import Texts


def open_app(session: Session, *, is_drawn_whole: bool = False, texts: Texts | None = None) -> int:
    """Run the app. Returns the exit code. Raises: FollowUpError when the store cannot be read.

    `is_drawn_whole`: send whole frames, for a terminal that draws differences wrong. `texts`: what is to be captured
    at once.
    """
    environment = session.environment
    encoding = (getattr(sys.__stderr__, "encoding", None) or "utf-8").lower()
    is_utf8 = carries_utf8(environment, encoding)
    lacking = None if encoding.startswith("utf") else encoding
    has_256 = environment.get("COLORTERM", "") in ("truecolor", "24bit") or "256" in environment.get("TERM", "")
    colours = 0 if not has_colours(environment, is_terminal=True) else 256 if has_256 else 16
    paint = Paint(colours, session.ground)

    def terminal(width: int) -> TerminalStyle:
        return TerminalStyle(width, is_utf8=is_utf8, least_width=1, encoding=lacking)

    driver = WholeFrames if is_drawn_whole else Driver

    def opened(session: Session, keys: tuple[str, ...] = ()) -> int:
        app = FollowUp(session, paint, terminal, first_keys=keys, texts=texts, driver_class=driver)
        return run(app, app.keep_drafts)

    try:
        return opened(session)
    except StoreMissing:
        if not session.is_own_default:
            raise
    return _begin(session, paint, terminal, driver, opened)


def _begin(
    session: Session,
    paint: Paint,
    terminal: Callable[[int], TerminalStyle],
    driver: type[Driver],
    opened: Callable[..., int],
) -> int:
    """Ask what to do where the user has no store yet, and do it. Returns the exit code. Raises: FollowUpError."""
    from tui.app.start_page import DEMO, IMPORT, MAKE, StartPage

    page = StartPage(session.path, session.clock.today(None), paint, terminal, driver_class=driver)
    code = run(page, lambda: None)
    if page.return_value == DEMO:
        return _open_demo(session, opened)
    if page.return_value in (MAKE, IMPORT):
        from store.maintenance.create_store import make_private

        make_private(session.database, {})
        return opened(session, ("v", "a") if page.return_value == MAKE else ("I",))
    return code


def _open_demo(session: Session, opened: Callable[..., int]) -> int:
    """Open the app on a demo that is not saved."""
    from tempfile import TemporaryDirectory

    from store.maintenance.demo import make_demo

    with TemporaryDirectory(prefix="followup-demo-") as folder:
        demo = Session(f"{folder}/demo.json", None, session.environment)
        demo.clock = session.clock
        make_demo(demo.database)
        return opened(demo)
