"""Watching the store: what others save shows within two seconds, and past midnight the bands are right.

A look at the file's stamp costs microseconds; the store is read again only when it differs.
"""

import asyncio
from typing import TYPE_CHECKING, TypeVar

from store.errors import FollowUpError, StoreMissing
from store.ledger import Ledger
from tui.app.news import news_since

if TYPE_CHECKING:
    from store.storage import Stamp
    from tui.app.app import FollowUp

_EVERY = 1.0
"""Seconds between two looks at the stamp."""

_TRY_AGAIN = 5
"""Looks after which a store that could not be read is tried again, though its stamp is the same."""

_SLOW = 0.7
"""Seconds after which a change that is not saved yet is told."""

_T = TypeVar("_T")


class Watch:
    """Keeps an app's ledger the store's newest one."""

    def __init__(self, app: "FollowUp") -> None:
        self._app = app
        self._database = app.session.database
        self._stamp: Stamp | None = self._database.stamp()
        self._is_looking = False
        self._trouble = ""
        self._looks = 0

    def start(self) -> None:
        """Look once a second from now on."""
        self._app.trouble = self._lesser_trouble()
        self._schedule()

    def _lesser_trouble(self) -> str:
        return "read-only" if self._database.is_read_only() else ""

    def _schedule(self) -> None:
        # The loop's own timer: one of Textual's costs a message each time, three times the whole look.
        asyncio.get_running_loop().call_later(_EVERY, self._tick)

    def _tick(self) -> None:
        self._schedule()
        if not self._is_looking and not self._app.writer.is_busy and self._is_due():
            self._app.run_worker(self._look(), exit_on_error=True)

    def _is_due(self) -> bool:
        self._looks += 1
        if self._database.stamp() != self._stamp or (self._trouble and self._looks % _TRY_AGAIN == 0):
            return True
        ledger = self._app.ledger
        return self._database.clock.today(ledger.settings.get("timezone")) != ledger.today

    async def look_again(self) -> None:
        """Show the store after a change of our own; what others did is not told now."""
        await self._read()

    async def _look(self) -> None:
        """Show the store after somebody's change, and say what it was."""
        before, trouble = self._app.ledger.revision, self._app.trouble
        self._is_looking = True
        try:
            if await self._read():
                told = news_since(self._app.ledger, before, self._app.own_changes)
                if told:
                    self._app.say(told)
                elif trouble and trouble != self._app.trouble:
                    self._app.say("the store can be read again")
        except FollowUpError as error:
            self._app.refuse(error)
        finally:
            self._is_looking = False

    async def _read(self) -> bool:
        stamp = self._database.stamp()
        try:
            ledger: Ledger = await asyncio.to_thread(self._database.ledger)
        except FollowUpError as error:
            self._stamp = stamp
            if error.sentence != self._trouble:
                self._trouble = error.sentence
                self._app.set_trouble("no store" if isinstance(error, StoreMissing) else "cannot read the store")
                self._app.say(f"{error.sentence}; what is shown is what was read last", "error")
            return False
        self._stamp, self._trouble = stamp, ""
        if self._app.is_leaving:
            return False  # The screens are being taken down.
        self._app.trouble = self._lesser_trouble()
        self._app.show_ledger(ledger)
        return True

    async def told_if_slow(self, work: "asyncio.Future[_T]") -> _T:
        """Wait for a change to be saved; say so when that takes a moment."""
        done, _ = await asyncio.wait({work}, timeout=_SLOW)
        if not done:
            self._app.say("waiting: somebody else is changing the store")
        return await work
