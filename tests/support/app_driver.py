"""Drives the app in this process: real keys go in, the text of the screen comes out; nothing sleeps.

@story
async def test_it(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("j")
        assert hand.cursor == 2
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import functools
import gc
import os
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from typing import Any, ParamSpec
from unittest import mock

from textual import events
from textual._compositor import Compositor
from textual._xterm_parser import XTermParser
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot

from store.config import Config
from store.database import Database
from store.model.vocabulary_and_signs import Ground
from tests.support.fixed_day_and_user import ASEL, TODAY, StandingClock
from tests.support.on_file_and_on_server import as_role
from tests.support.run_command import PATIENCE
from tui.app.app import FollowUp
from tui.app.screens.list_screen import ListScreen
from tui.app.sync import store_watcher
from tui.app.theme import Paint
from tui.app.widgets.drop_down import Entries
from tui.render.terminal_style import TerminalStyle
from tui.session import Session

P = ParamSpec("P")

_CHARACTERS = {"enter": "\r", "escape": "\x1b", "tab": "\t", "space": " ", "backspace": "\x7f"}


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine to its end, in a loop of its own."""
    asyncio.run(work)


def story(test: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """A test that is a coroutine, for pytest, which knows functions only."""

    @functools.wraps(test)
    def wrapper(*arguments: P.args, **named: P.kwargs) -> None:
        run(test(*arguments, **named))

    return wrapper


_parse_rules = Stylesheet._parse_rules
_parsed: dict[object, list[RuleSet]] = {}


def _parsed_once(sheet: Stylesheet, css: str, **named: Any) -> list[RuleSet]:
    """The rules of a source of style, which Textual parses anew for each app: a tenth of what an app costs."""
    about = (css, *named.items(), *sheet._variables.items())
    if about not in _parsed:
        _parsed[about] = _parse_rules(sheet, css, **named)
    return _parsed[about]


class Frames:
    """Makes a frame when the screen is looked at: those that no terminal takes would be a third of an app's cost."""

    def __init__(self) -> None:
        self.is_due = False
        """Whether something was to be shown that nobody has looked at."""

    @contextlib.contextmanager
    def when_observed(self) -> Iterator[None]:
        """Leave out each frame that Textual makes by itself; who looks asks for a whole one."""
        make = Compositor.render_update

        def update(compositor: Compositor, full: bool = False, **named: Any) -> Any:
            self.is_due = not full
            if full:
                return make(compositor, full=True, **named)
            compositor._dirty_regions.clear()
            return None

        with mock.patch.object(Compositor, "render_update", update):
            yield


def key_events(key: str) -> list[events.Key]:
    """A key by its name in Textual, or by the character that it types, as the terminal's own parser reads it."""
    if len(key) > 1:
        return [events.Key(key, _CHARACTERS.get(key))]
    return [event for event in XTermParser().feed(key) if isinstance(event, events.Key)]


class Threads:
    """Counts what is handed to a thread and not done yet."""

    def __init__(self) -> None:
        self._running = 0
        self._to_thread = asyncio.to_thread

    @property
    def are_busy(self) -> bool:
        return self._running > 0

    async def to_thread(self, work: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        self._running += 1
        try:
            return await self._to_thread(work, *arguments, **named)
        finally:
            self._running -= 1


async def until_now(is_so: Callable[[], object]) -> None:
    """Wait until it is so, whatever else is not done yet."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end
        await asyncio.sleep(0.001)


class Hand:
    """What a person does to a running app, and what is seen."""

    def __init__(
        self,
        app: FollowUp,
        pilot: Pilot[int],
        clock: StandingClock,
        written: list[str],
        threads: Threads,
        frames: Frames,
    ) -> None:
        self.app = app
        self.pilot = pilot
        self.clock = clock
        self.written = written
        self._threads = threads
        self._frames = frames

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each when the one before is dealt with."""
        for key in keys:
            for event in key_events(key):
                self.send(event)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type text, character by character."""
        await self.press(*text)

    def send(self, event: events.Event) -> None:
        """An event as the terminal's driver gives it."""
        event.set_sender(self.app)
        driver = self.app._driver
        assert driver is not None
        driver.send_message(event)

    async def settle(self) -> None:
        """Wait until what was asked for is done: nothing in this process could go on, no change is unsaved.

        That is so when the event loop has no handle that is ready, but for the timers, and Textual's is not waited for.
        """
        ready: Sequence[object] = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
        quiet_rounds = 0
        while quiet_rounds < 2:
            await asyncio.sleep(0)
            quiet_rounds = 0 if ready else quiet_rounds + 1
            while self.app.is_running and (self.app.save_thread.is_busy or self._threads.are_busy or self._is_due()):
                await asyncio.sleep(0.0005)
                quiet_rounds = 0

    def _is_due(self) -> bool:
        """Whether Textual's timer has yet to lay out the screen, or to call back after that."""
        screen = self.app.screen
        return bool(screen._layout_required or screen._callbacks)

    async def painted(self) -> None:
        """Wait until the screen is drawn, and nothing of it is to be drawn again."""
        await self.settle()
        end = time.monotonic() + PATIENCE
        while self.app.is_running and self._is_dirty():
            assert time.monotonic() < end, "it is drawn again and again"
            await asyncio.sleep(0.001)

    def _is_dirty(self) -> bool:
        screen = self.app.screen
        return bool(
            screen._dirty_widgets
            or screen._compositor._dirty_regions
            or screen._callbacks
            or screen._layout_required
            or any(widget._repaint_required for widget in screen._compositor.visible_widgets)
        )

    async def until(self, is_so: Callable[[], object]) -> None:
        """Wait until it is so."""
        end = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < end, f"it never came to be so:\n{self.screen}"
            await asyncio.sleep(0.005)
            await self.settle()

    async def shows(self, text: str) -> None:
        """Wait until a text stands on the screen."""
        await self.until(lambda: text in self.screen)

    async def says(self, text: str) -> None:
        """Wait until a text stands in the app's message."""
        await self.until(lambda: text in self.message)

    async def has_revision(self, revision: int) -> None:
        """Wait until the app shows this revision of the store."""
        await self.until(lambda: self.app.snapshot.revision == revision)

    @property
    def lines(self) -> list[str]:
        """The lines of the screen, menus and forms over what they were opened from, without blanks at the ends."""
        return [text.rstrip() for text in self.raw_lines]

    @property
    def raw_lines(self) -> list[str]:
        """The lines of the screen in their whole width."""
        strips = getattr(self.frame, "strips", [])
        return ["".join(strip.text for strip in line if strip is not None) for line in strips]

    @property
    def frame(self) -> Any:
        """The whole screen as Textual makes it for a terminal."""
        return self.app.screen._compositor.render_update(full=True, screen_stack=self.app._background_screens)

    def observe(self) -> None:
        """Draw what nobody has looked at yet: what goes wrong in it is raised."""
        if self._frames.is_due and self.app.is_running and self.app._exception is None:
            assert self.frame

    @property
    def screen(self) -> str:
        """The whole screen as text."""
        return "".join(f"{line}\n" for line in self.lines)

    @property
    def words(self) -> str:
        """The screen in one line, without the bars at its left: where a text breaks depends on the paths in it."""
        return " ".join(self.screen.replace("│", " ").split())

    @property
    def entries(self) -> list[str]:
        """What stands behind the bar of the list below a field; nothing where none is open."""
        for listed in self.app.screen.query(Entries):
            x, y, width, height = listed.region
            if width and listed.visible:
                lines = [line[x : x + width] for line in self.raw_lines[y : y + height]]
                bar = self.app.terminal(width).bar
                assert all(line.startswith(bar) for line in lines), self.screen
                return [line.removeprefix(bar).rstrip() for line in lines]
        return []

    async def lists(self, entry: str) -> None:
        """Wait until a list below a field has an entry."""
        await self.until(lambda: entry in self.entries)

    @property
    def message(self) -> str:
        """What the app said last."""
        return self.app.message[0]

    @property
    def list(self) -> ListScreen:
        """The list, in front or behind."""
        return self.app.list_screen

    @property
    def cursor(self) -> int | None:
        """The number of the commitment under the cursor of the list."""
        return self.list.rows.number

    @property
    def numbers(self) -> Sequence[int]:
        """The commitments in the list, from the top."""
        return self.list.rows.arrangement.numbers

    @property
    def kind(self) -> str:
        """Which place is in front, behind whatever form or menu."""
        return self.app.base_screen.KIND

    @property
    def in_front(self) -> str:
        """The name of the screen in front, a menu or form as well."""
        return type(self.app.screen).__name__

    @property
    def clipboard(self) -> Sequence[str]:
        """What was sent to the terminal's clipboard, as text."""
        sent = [text for text in self.written if text.startswith("\x1b]52;")]
        return [base64.b64decode(text.removeprefix("\x1b]52;c;").removesuffix("\a")).decode() for text in sent]

    @property
    def is_alive(self) -> bool:
        """Whether the app still runs, and nothing went wrong in it; raises what goes wrong while it is drawn."""
        self.observe()
        return self.app.is_running and self.app._exception is None and not self.app._exit

    async def point_at(self, number: int) -> None:
        """Put the cursor of the list on a commitment."""
        assert self.list.rows.point_at(number), f"#{number} is not in the list:\n{self.screen}"
        await self.settle()


@contextlib.asynccontextmanager
async def driven(
    store: Database | str,
    *,
    size: tuple[int, int] = (80, 24),
    who: str = ASEL,
    day: str = TODAY,
    me: list[str] | None = None,
    view: str | None = "Open",
    is_utf8: bool = True,
    colours: int = 0,
    ground: str = Ground.UNKNOWN,
    every: float = 1.0,
    lock_timeout: float = 10.0,
    is_drawing: bool = False,
) -> AsyncIterator[Hand]:
    """The app on a store, opened by `who` on `day`; it checks the file every `every` seconds.

    `view` is the setting: the view that opens first, None for the default one. `is_drawing`: it makes each frame, also
    those that nobody looks at.
    """
    path = store if isinstance(store, str) else as_role(store.path, who)
    clock = StandingClock(day)
    session = Session(path, day, {"HOME": os.environ["HOME"], "FOLLOWUP_LOCK_TIMEOUT": str(lock_timeout)})
    session.database.actor = who
    session.clock = session.database.clock = clock
    session._config = Config({"me": me or []} | ({"view": view} if view else {}), {})
    app = FollowUp(
        session,
        Paint(colours, ground),
        lambda width: TerminalStyle(width, is_utf8=is_utf8, least_width=1),
    )
    written: list[str] = []
    threads = Threads()
    frames = Frames()
    with (
        mock.patch.object(store_watcher, "_POLL_SECONDS", every),
        mock.patch.object(asyncio, "to_thread", threads.to_thread),
        mock.patch("textual.screen.UPDATE_PERIOD", 0.001),
        mock.patch.object(Stylesheet, "_parse_rules", _parsed_once),
        contextlib.nullcontext() if is_drawing else frames.when_observed(),
        mock.patch.object(gc, "freeze"),  # What every app before this one left would stay in memory for ever.
    ):
        async with app.run_test(size=size) as pilot:
            assert app._driver is not None
            with mock.patch.object(app._driver, "write", written.append):
                hand = Hand(app, pilot, clock, written, threads, frames)
                await hand.settle()
                try:
                    yield hand
                    hand.observe()
                finally:
                    app.is_leaving = True
                    await app.save_thread.close()
