"""The save thread: saves changes in the background, one after the other in the order of the keys.

Textual's own workers can drop a write unrun (`exclusive`); here none is dropped, and quitting waits for all.
What a screen says and keeps when a change was not saved is in `tui.app.screens.save_form_in_background`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from store.errors import FollowUpError, NotAllowed
from store.translation import tr

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from store.database import Database
    from store.rules.which_edits_clash import Clash
    from store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class PendingChange:
    """A change of the store that waits to be saved in one transaction.

    `apply` calls operations and returns their result. `seen_revisions`: number of a commitment -> the revision of it
    that the person saw; what others changed since is either merged or a Conflict.
    `takes_back`: it is an undo or a redo.
    """

    apply: Callable[[Transaction], Any]
    seen_revisions: Mapping[int, int] = field(default_factory=dict)
    takes_back: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved change: the result of `apply`, its change number, merged changes of others, warnings."""

    value: Any
    change: int
    merged: Mapping[int, list[Clash]]
    warnings: list[str]


class SaveThread:
    """A queue of changes and the one thread that saves them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._thread: ThreadPoolExecutor | None = None
        self._waiting = 0
        self._is_closed = False

    @property
    def is_busy(self) -> bool:
        """Whether a change is still being saved."""
        return self._waiting > 0

    def put(self, change: PendingChange) -> asyncio.Future[Saved]:
        """Queue a change. The future raises what the operation raises: FollowUpError, Conflict.

        Raises: NotAllowed when the app is being left.
        """
        if self._is_closed:
            raise NotAllowed(tr("the app is being left: this was not saved"))
        self._waiting += 1
        if self._thread is None:
            # The first screen needs neither this nor the verbs: together 3 ms.
            from concurrent.futures import ThreadPoolExecutor

            self._thread = ThreadPoolExecutor(1, "followup-writer")
        saved = asyncio.get_running_loop().run_in_executor(self._thread, self._save, change)
        saved.add_done_callback(self._done)
        return saved

    def _done(self, saved: asyncio.Future[Saved]) -> None:
        self._waiting -= 1
        if not saved.cancelled():
            saved.exception()  # Marks it as retrieved: the one who waited for it may be gone.

    def _save(self, change: PendingChange) -> Saved:
        (value, merged), tx = self._database.change(
            partial(_applied, change), about=change.seen_revisions, takes_back=change.takes_back
        )
        return Saved(value, tx.revision, merged, tx.warnings)

    async def close(self) -> None:
        """Wait until every change is saved, and accept no more."""
        self._is_closed = True
        if self._thread is not None:
            await asyncio.to_thread(self._thread.shutdown)


def _applied(change: PendingChange, tx: Transaction) -> tuple[Any, dict[int, list[Clash]]]:
    """The result of the change, and what it was merged with. Raises: FollowUpError, Conflict."""
    try:
        value = change.apply(tx)
    except FollowUpError:
        # A conflict with others explains more than the refusal that may follow from it.
        _merged(tx, change)
        raise
    return value, _merged(tx, change)


def _merged(tx: Transaction, change: PendingChange) -> dict[int, list[Clash]]:
    """The changes of others since the revisions that the person saw, by number. Raises: Conflict."""
    from store.operations.refuse_clashing_edits import merge_or_conflict

    found = {number: merge_or_conflict(tx, number, seen) for number, seen in change.seen_revisions.items()}
    return {number: clashes for number, clashes in found.items() if clashes}
