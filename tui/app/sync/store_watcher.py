"""Watches the store: changes by others are shown within two seconds, and a new day's bands after midnight.

The store's stamp is polled, which costs microseconds; the store is read again only when it differs.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

from store.errors import FollowUpError, StoreLost, StoreMissing
from store.sanitise_text import visible
from store.translation import tr
from tui.app.sync.changes_by_others import changes_since, refusal_sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.database import Database, Stamp
    from tui.app.app import FollowUp

_POLL_SECONDS = 1.0
"""Seconds between two polls of the stamp."""

_POLLS_BEFORE_RETRY = 5
"""Polls after which a store that could not be read is tried again with the same stamp."""

_SLOW_SECONDS = 0.7
"""Seconds after which the user is told that a change is not saved yet."""

_SOON_SECONDS = 0.15
"""Seconds after which that it is being saved is said of a store on a server, which may be far."""

_T = TypeVar("_T")


class StoreWatcher:
    """Keeps the app's snapshot up to date."""

    def __init__(self, app: FollowUp, stamp: Stamp) -> None:
        """`stamp` belongs to the app's snapshot."""
        self._app = app
        self._database = app.session.database
        self._stamp: Stamp | None = stamp
        self._announced_to = app.snapshot.revision
        self._trouble = ""
        self._in_front = self._last_message = ""
        """A refusal, and the whole message that began with it."""
        self._polls = 0
        self._is_asking = False
        self._reading = asyncio.Lock()
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Begin to poll."""
        # The loop's own timer: one of Textual's costs a message each time, three times the poll.
        self._timer = asyncio.get_running_loop().call_later(_POLL_SECONDS, self._tick)

    def stop(self) -> None:
        """Stop polling: the app is quitting."""
        if self._timer is not None:
            self._timer.cancel()

    def _tick(self) -> None:
        if not self._app.is_running:
            return
        self.start()
        if self._is_asking or self._is_at_work:
            return
        if self._database.is_remote:
            self._app.run_worker(self._ask_server(), exit_on_error=True)
        else:
            self._act_on(*self._database.watched())

    @property
    def _is_at_work(self) -> bool:
        """Whether the store is being read or changed, which makes earlier answers useless."""
        return self._reading.locked() or self._app.save_thread.is_busy

    async def _ask_server(self) -> None:
        """Do what a tick does, without waiting for a network on the loop; one at a time."""
        self._is_asking = True
        try:
            stamp, is_read_only = await asyncio.to_thread(self._database.watched)
        finally:
            self._is_asking = False
        if self._app.is_running and not self._is_at_work:
            self._act_on(stamp, is_read_only)

    def _act_on(self, stamp: Stamp | None, is_read_only: bool) -> None:
        """Read the store if it is due; else show whether it is writable, and changes by others."""
        if self._is_due(stamp):
            self._app.run_worker(self._reload_and_announce(), exit_on_error=True)
            return
        self._show_access(_trouble(is_read_only))
        # Changes by others that came in with one of our own stand behind the message about that.
        self._announce_changes(after=self._app.message[0])

    def _is_due(self, stamp: Stamp | None) -> bool:
        self._polls += 1
        if stamp != self._stamp or (self._trouble and self._polls % _POLLS_BEFORE_RETRY == 0):
            return True
        snapshot = self._app.snapshot
        return self._database.clock.today(snapshot.settings.get("timezone")) != snapshot.today

    async def check_access(self) -> None:
        """Show in the header whether the store can be changed: its folder or its lock may have been closed meanwhile,
        which leaves no trace in the store's stamp.
        """
        self._show_access(await self._asked(trouble_of, self._database))

    def _show_access(self, trouble: str) -> None:
        if not self._trouble:
            self._app.set_trouble(trouble)

    async def _reload_and_announce(self) -> None:
        await self.reload()
        self._announce_changes()

    def mark_announced(self) -> None:
        """Mark changes by others up to now as announced: a conflict showed them, or they were merged."""
        self._announced_to = self._app.snapshot.revision

    async def reload(self) -> None:
        """Read the store and show the new snapshot, or the fault of the store."""
        async with self._reading:
            is_remote, trouble = self._database.is_remote, self._trouble
            # With a server each question is a way there and back.
            stamp = None if is_remote else self._database.stamp()
            try:
                snapshot, stamp = await asyncio.to_thread(self._database.snapshot_to_keep, self._app.snapshot)
                access = self._app.trouble
                if trouble or not is_remote:  # Else the next tick asks for it.
                    access = await self._asked(trouble_of, self._database)
                self._trouble = ""
            except FollowUpError as error:
                self._trouble, name = refusal_sentence(error), tr("cannot read the store")
                if isinstance(error, StoreMissing | StoreLost):
                    where = visible(self._database.where)
                    self._trouble = tr(
                        "{where} is not there any more: put it back, or a copy with followup restore", where=where
                    )
                    name = tr("no store")
            self._stamp = stamp
            if self._app.is_leaving:
                return  # The screens are being taken down.
            if not self._trouble:
                self._app.trouble = access
                self._app.show_snapshot(snapshot)
                if trouble:
                    self._say_behind_refusal(tr("the store can be read again"), "plain")
            elif self._trouble != trouble:
                self._app.set_trouble(name)
                self._say_behind_refusal(
                    tr("{trouble}. What is shown is what was read last", trouble=self._trouble), "error"
                )

    def _announce_changes(self, after: str = "") -> None:
        """Show the changes by others since the last announcement."""
        since, self._announced_to = self._announced_to, self._app.snapshot.revision
        if since != self._announced_to:
            try:
                changes = changes_since(self._app.snapshot, since, self._app.own_changes)
            except FollowUpError as error:
                self._app.refuse(error)
            else:
                if changes:
                    self._append_to_message(after, changes)

    def _append_to_message(self, message: str, changes: str) -> None:
        """Append changes by others to the message."""
        if self._app.message[1] == "error":
            self._say_behind_refusal(tr("meanwhile {changes}", changes=changes), "news")
        else:
            meanwhile = tr("{message}; meanwhile {changes}", message=message, changes=changes)
            self._app.say(meanwhile if message else changes, "news")

    def _say_behind_refusal(self, sentence: str, style: str) -> None:
        """Show this after a refusal, which stays first until the next key: it may leave the outcome unknown."""
        text, shown_in = self._app.message
        if text != self._last_message:
            self._in_front = text if shown_in == "error" else ""
        self._last_message = f"{self._in_front}; {sentence}" if self._in_front else sentence
        self._app.say(self._last_message, "error" if self._in_front else style)

    async def wait_saved(self, work: asyncio.Future[_T]) -> _T:
        """Wait for a change to be saved; show a message when that takes long."""
        done, _ = await asyncio.wait({work}, timeout=_SOON_SECONDS if self._database.is_remote else _SLOW_SECONDS)
        if not done and self._database.is_remote:
            self._app.say(tr("saving ..."))
            done, _ = await asyncio.wait({work}, timeout=_SLOW_SECONDS)
        if not done:
            writer = await self._asked(self._database.other_writer)
            waiting = tr("waiting: {who} is changing the store", who=writer) if writer else ""
            self._app.say(waiting or tr("saving takes longer than usual"))
        return await work

    async def _asked(self, ask: Callable[..., _T], *values: Any) -> _T:
        """The answer of the store: at once from a file, in a thread from a server."""
        return await asyncio.to_thread(ask, *values) if self._database.is_remote else ask(*values)


def trouble_of(database: Database) -> str:
    """`read-only` for a store that can be read but not changed; else ""."""
    return _trouble(database.is_read_only())


def _trouble(is_read_only: bool) -> str:
    return tr("read-only") if is_read_only else ""
