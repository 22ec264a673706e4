"""The keyboard: gives keys to whom they are for, one after the other.

Textual hands each key to the queue of the widget that has the focus, so that what is typed ahead would act on the list
while a form is being opened. Here a key is taken when the one before it is dealt with.
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

from tui.app.key_table import AT_ANY_TIME, EVERYWHERE, KeyCommand, command_of
from tui.app.screens.base_screen import SnapshotScreen
from tui.app.terminal.stray_keys import StrayKeys

if TYPE_CHECKING:
    from tui.app.app import FollowUp

_AHEAD = 0.3
"""Seconds after a form began to be saved in which a key is taken as typed ahead, for what comes after the form."""

_PATIENCE = 0.5
"""Seconds that a key waits for the one before it, at most."""


@runtime_checkable
class KeyTaker(Protocol):
    """A screen that answers keys by itself: a menu, a question."""

    def take_key(self, event: events.Key) -> None:
        """Do what the key means there."""


@runtime_checkable
class Saving(Protocol):
    """A screen that stays until what it asks for is saved: a form. It calls `go_on` when that is done."""

    @property
    def saving_since(self) -> float | None:
        """Since when (of the monotonic clock) that is under way; None: it is not."""


class Keyboard:
    """The keys of one app."""

    def __init__(self, app: FollowUp) -> None:
        self._app = app
        self._stray = StrayKeys()
        self._typed: deque[events.Key] = deque()

    async def take(self, event: events.Key) -> None:
        """Take a key, after those that were typed before it."""
        for each in _apart(event):
            if self._stray.drops(each):
                continue
            if not self._is_too_late():
                self._typed.append(each)
                await self.go_on()
            elif self._command_of(each) is not None:
                await self._deal_with(each)  # A save that waits for others may take long: ctrl+z works all the same.
            else:
                self._app.say("saving: what is typed now is not taken; wait a moment")

    def _is_too_late(self) -> bool:
        """Whether a key was typed into a form that is being saved: it would be lost with the form."""
        screen = self._app.screen
        since = screen.saving_since if isinstance(screen, Saving) else None
        return since is not None and monotonic() - since >= _AHEAD

    async def go_on(self) -> None:
        """Deal with the keys that were typed; those that come while a form is saved are for what comes after it."""
        app = self._app
        while self._typed and not (isinstance(app.screen, Saving) and app.screen.saving_since is not None):
            await _mounted(app.screen)
            await self._deal_with(self._typed.popleft())

    async def _deal_with(self, event: events.Key) -> None:
        app, screen = self._app, self._app.screen
        command = self._command_of(event)
        if command is not None and app.message[1] == "error":
            app.say("")  # What was refused before is no answer to this key.
        if command is not None:
            app.do(command)
        elif isinstance(screen, SnapshotScreen) and not isinstance(app.focused, Input):
            self._say_what_works(screen, event)
        elif isinstance(screen, KeyTaker):
            screen.take_key(event)
        else:
            await app.forward(event)
            await _dealt_with(app.focused or screen)

    def _say_what_works(self, screen: SnapshotScreen, event: events.Key) -> None:
        """Answer a key that does something on other screens only; one that does nothing anywhere is a slip."""
        others = [place for place in EVERYWHERE if command_of(place, event.key, event.character) is not None]
        if others:
            where = "the list" if "list" in others else f"the {others[0]}"
            self._app.say(f"{event.character or event.key} works on {where}, not here: Esc goes back", "error")

    def _command_of(self, event: events.Key) -> KeyCommand | None:
        screen = self._app.screen
        kind = screen.KIND if isinstance(screen, SnapshotScreen) else "list"
        command = command_of(kind, event.key, event.character)
        is_typed_into = not isinstance(screen, SnapshotScreen) or isinstance(self._app.focused, Input)
        return None if command is None or (is_typed_into and command.id not in AT_ANY_TIME) else command


def _apart(event: events.Key) -> list[events.Key]:
    """Esc and a letter that came in one packet are read as Alt and the letter, which no key of ours is.

    Enter that was typed before the app had the terminal is the end of a line, which is read as ctrl+j.
    """
    if event.key == "ctrl+j":
        return [events.Key("enter", "\r")]
    prefix, _, key = event.key.partition("+")
    if prefix != "alt" or len(key) != 1:
        return [event]
    return [events.Key("escape", "\x1b"), events.Key(key, key)]


async def _mounted(screen: Screen[Any]) -> None:
    """Wait until a screen is built, so that what was typed for it finds its fields; not for ever."""
    end = monotonic() + _PATIENCE
    while not screen.is_mounted and monotonic() < end:
        await asyncio.sleep(0)


async def _dealt_with(widget: Widget) -> None:
    """Wait until a widget has dealt with what was sent to it; one that is taken away meanwhile has."""
    dealt_with = asyncio.Event()
    if widget.call_later(dealt_with.set):
        with suppress(TimeoutError):
            await asyncio.wait_for(dealt_with.wait(), _PATIENCE)
