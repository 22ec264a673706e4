"""Dispatches key events strictly in order, to the command, screen or widget that handles each.

Textual puts each key into the queue of the widget that has the focus, so that keys typed ahead would act on the list
while a form is being opened. Here a key is dispatched once the one before it is handled.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual import events
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from store.translation import phrase_in, tr, tr_in
from tui.app.key_table import ALL_SCREENS, AT_ANY_TIME, KeyCommand, command_of, key_shown
from tui.app.screens.base_screen import BaseScreen
from tui.app.terminal.drop_cut_escape_sequences import StrayKeys
from tui.keyboard_layout import in_latin

if TYPE_CHECKING:
    from tui.app.app import FollowUp

_TYPE_AHEAD_SECONDS = 0.3
"""Seconds after a form began to be saved in which keys are kept, as typed ahead for the screen behind it."""

_WAIT_SECONDS = 0.5
"""The most seconds that a key waits for the one before it."""


_SCREENS = {
    "list": phrase_in("screen", "list"),
    "commitment": phrase_in("screen", "commitment"),
    "visits": phrase_in("screen", "visits"),
    "parties": phrase_in("screen", "parties"),
    "timeline": phrase_in("screen", "timeline"),
    "progress": phrase_in("screen", "progress"),
    "paper": phrase_in("screen", "paper"),
    "import": phrase_in("screen", "import"),
    "capture": phrase_in("screen", "capture"),
    "help": phrase_in("screen", "help"),
}
"""Screen -> its word in a sentence."""


@runtime_checkable
class KeyHandler(Protocol):
    """A screen that handles keys itself: a menu, a question."""

    def process_key(self, event: events.Key) -> None:
        """Handle a key."""


@runtime_checkable
class SavingScreen(Protocol):
    """A screen that stays open until its change is saved: a form. It calls `resume` when that is done."""

    @property
    def saving_since(self) -> float | None:
        """The time (monotonic clock) at which saving began; None while nothing is being saved."""

    def stop_saving(self) -> bool:
        """Stop the running work, if it can be stopped. Returns whether it can."""


class KeyDispatcher:
    """Queues the key events of one app and dispatches them in order."""

    def __init__(self, app: FollowUp) -> None:
        self._app = app
        self._stray = StrayKeys()
        self._typed: deque[events.Key] = deque()

    async def dispatch(self, event: events.Key) -> None:
        """Dispatch a key, after those that were typed before it."""
        for each in _split_alt_key(event):
            if self._stray.drops(each) or (each.key == "escape" and self._stops_saving()):
                continue
            if not self._is_too_late():
                self._typed.append(each)
                await self.resume()
            elif self._command_of(each) is not None:
                await self._handle(each)  # A save that waits for others may take long: ctrl+z works all the same.
            else:
                self._app.say(tr("saving: what is typed now is not taken; wait a moment"))

    def _stops_saving(self) -> bool:
        """Whether a form in front is running work that Esc stops, and was asked to."""
        screen = self._app.screen
        return isinstance(screen, SavingScreen) and screen.saving_since is not None and screen.stop_saving()

    def forget_typed(self) -> None:
        """Forget the keys typed ahead: they were not meant for a question that has only just come up."""
        self._typed.clear()

    def _is_too_late(self) -> bool:
        """Whether a form has been saving for so long that a key is meant for it, and would be lost."""
        screen = self._app.screen
        since = screen.saving_since if isinstance(screen, SavingScreen) else None
        return since is not None and monotonic() - since >= _TYPE_AHEAD_SECONDS

    async def resume(self) -> None:
        """Dispatch the queued keys; while a form is being saved they wait for the screen behind it."""
        app = self._app
        while self._typed and not (isinstance(app.screen, SavingScreen) and app.screen.saving_since is not None):
            await _wait_mounted(app.screen)
            await self._handle(self._typed.popleft())

    async def _handle(self, event: events.Key) -> None:
        app, screen = self._app, self._app.screen
        command = self._command_of(event)
        if command is not None:
            app.do(command)
        elif isinstance(screen, BaseScreen) and not isinstance(app.focused, Input):
            self._say_what_works(screen, event)
        elif isinstance(screen, KeyHandler):
            screen.process_key(event)
        else:
            await app.forward(event)
            await _wait_handled(app.focused or screen)

    def _say_what_works(self, screen: BaseScreen, event: events.Key) -> None:
        """Show the screen on which a key without a command here works; ignore keys without any."""
        others = [place for place in ALL_SCREENS if command_of(place, event.key, event.character) is not None]
        if others:
            is_sign = event.is_printable and event.key != "space"
            key = in_latin(event.character or "") if is_sign else key_shown(event.key)
            where = tr_in("screen", _SCREENS["list" if "list" in others else others[0]])
            said = tr("{key} works on the {screen}, not here: Esc goes back", key=key, screen=where)
            self._app.say(said, "error")

    def _command_of(self, event: events.Key) -> KeyCommand | None:
        screen = self._app.screen
        kind = screen.KIND if isinstance(screen, BaseScreen) else "list"
        command = command_of(kind, event.key, event.character)
        is_typed_into = not isinstance(screen, BaseScreen) or isinstance(self._app.focused, Input)
        return None if command is None or (is_typed_into and command.id not in AT_ANY_TIME) else command


def _split_alt_key(event: events.Key) -> list[events.Key]:
    """Split Alt+letter into Esc and the letter, as a slow line sends them in one packet; no key uses Alt.

    Enter typed before the app had the terminal arrives as a line end, ctrl+j.
    """
    if event.key == "ctrl+j":
        return [events.Key("enter", "\r")]
    prefix, _, key = event.key.partition("+")
    if prefix != "alt" or len(key) != 1:
        return [event]
    return [events.Key("escape", "\x1b"), events.Key(key, key)]


async def _wait_mounted(screen: Screen[Any]) -> None:
    """Wait, at most `_WAIT_SECONDS`, until a screen is mounted, so that keys typed ahead find its fields."""
    end = monotonic() + _WAIT_SECONDS
    while not screen.is_mounted and monotonic() < end:
        await asyncio.sleep(0)


async def _wait_handled(widget: Widget) -> None:
    """Wait, at most `_WAIT_SECONDS`, until a widget has handled its messages or is removed."""
    handled = asyncio.Event()
    if widget.call_later(handled.set):
        with suppress(TimeoutError):
            await asyncio.wait_for(handled.wait(), _WAIT_SECONDS)
