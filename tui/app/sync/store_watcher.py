"""Watching the store: what others save shows within two seconds, and past midnight the bands are right.

A look at the file's stamp costs microseconds; the store is read again only when it differs.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from store.errors import FollowUpError, StoreMissing
from store.text import visible
from tui.app.sync.changes_by_others import in_words, news_since

if TYPE_CHECKING:
    from store.database import Database
    from store.file.file_store import Stamp
    from tui.app.app import FollowUp

_EVERY = 1.0
"""Seconds between two looks at the stamp."""

_TRY_AGAIN = 5
"""Looks after which a store that could not be read is tried again, though its stamp is the same."""

_SLOW = 0.7
"""Seconds after which a change that is not saved yet is told."""

_T = TypeVar("_T")


class Watch:
    """Keeps an app's snapshot the store's newest one."""

    def __init__(self, app: FollowUp, stamp: Stamp) -> None:
        """`stamp` is that of the snapshot that the app has."""
        self._app = app
        self._database = app.session.database
        self._stamp: Stamp | None = stamp
        self._told_to = app.snapshot.revision
        self._trouble = ""
        self._refusal = self._said_behind = ""
        self._looks = 0
        self._reading = asyncio.Lock()
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Look once a second from now on."""
        # The loop's own timer: one of Textual's costs a message each time, three times the whole look.
        self._timer = asyncio.get_running_loop().call_later(_EVERY, self._tick)

    def stop(self) -> None:
        """Look no more: the app is being left."""
        if self._timer is not None:
            self._timer.cancel()

    def _tick(self) -> None:
        if not self._app.is_running:
            return
        self.start()
        if self._reading.locked() or self._app.writer.is_busy:
            return
        if self._is_due():
            self._app.run_worker(self._look_and_tell(), exit_on_error=True)
        else:
            # What came in with a change of our own is told behind what is said of that.
            self._tell_news(behind=self._app.message[0])

    def _is_due(self) -> bool:
        self._looks += 1
        if self._database.stamp() != self._stamp or (self._trouble and self._looks % _TRY_AGAIN == 0):
            return True
        snapshot = self._app.snapshot
        return self._database.clock.today(snapshot.settings.get("timezone")) != snapshot.today

    async def _look_and_tell(self) -> None:
        await self.list_state()
        self._tell_news()

    def take_as_told(self) -> None:
        """What others did up to now was told already: a conflict showed it, or it was merged."""
        self._told_to = self._app.snapshot.revision

    async def list_state(self) -> None:
        """Show the store as it is now, or say what is wrong with it."""
        async with self._reading:
            trouble, stamp = self._trouble, self._database.stamp()
            try:
                snapshot, stamp = await asyncio.to_thread(self._database.snapshot_to_keep)
                self._trouble = ""
            except FollowUpError as error:
                self._trouble, name = in_words(error), "cannot read the store"
                if isinstance(error, StoreMissing):
                    where = visible(self._database.path)
                    self._trouble = f"{where} is not there any more: put it back, or a copy with followup restore"
                    name = "no store"
            self._stamp = stamp
            if self._app.is_leaving:
                return  # The screens are being taken down.
            if not self._trouble:
                self._app.trouble = trouble_of(self._database)
                self._app.show_snapshot(snapshot)
                if trouble:
                    self._app.say("the store can be read again")
            elif self._trouble != trouble:
                self._app.set_trouble(name)
                self._app.say(f"{self._trouble}. What is shown is what was read last", "error")

    def _tell_news(self, behind: str = "") -> None:
        """Say what others did since it was last told."""
        since, self._told_to = self._told_to, self._app.snapshot.revision
        if since != self._told_to:
            try:
                told = news_since(self._app.snapshot, since, self._app.own_changes)
            except FollowUpError as error:
                self._app.refuse(error)
            else:
                if told:
                    self._say_behind(behind, told)

    def _say_behind(self, said: str, told: str) -> None:
        """Say what others did behind what was said; a refusal stays in front of it, until a key answers that."""
        text, style = self._app.message
        if style != "error":
            self._app.say(f"{said}; meanwhile {told}" if said else told)
            return
        if text != self._said_behind:
            self._refusal = text
        self._said_behind = f"{self._refusal}; meanwhile {told}"
        self._app.say(self._said_behind, style)

    async def told_if_slow(self, work: asyncio.Future[_T]) -> _T:
        """Wait for a change to be saved; say so when that takes a moment."""
        done, _ = await asyncio.wait({work}, timeout=_SLOW)
        if not done:
            writer = self._database.other_writer()
            self._app.say(f"waiting: {writer} is changing the store" if writer else "saving takes longer than usual")
        return await work


def trouble_of(database: Database) -> str:
    """What is wrong with a store that can be read: nothing, or that it cannot be changed."""
    return "read-only" if database.is_read_only() else ""
