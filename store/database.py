"""Database: opens a store for reading (`snapshot`) and for changing (`change`), whatever it is kept in.

Readers know only `Snapshot`, operations only `Transaction`. What keeps a store is an engine: `store.file` is one.
"""

from __future__ import annotations

from store.errors import TryAgain
from store.file.file_store import FileStore
from store.paths import has_system_config
from store.rules.refuse_newer_version import STORED_WORDS, has_unknown_words, refuse_unknown_words
from store.server_name import is_server_name
from store.snapshot import Snapshot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable
    from typing import Protocol, TypeVar

    from store.model.record_types import Meta, Settings
    from store.snapshot import SnapshotSource
    from store.system_log import AuditTrail
    from store.transaction import ChangeSource, Transaction, WriteTransaction

    T = TypeVar("T")
    Stamp = Hashable
    """A value that differs after every change of a store."""

    class Clock(Protocol):
        """A clock, passed in so that tests and scripts fix the time."""

        def now(self) -> str:
            """The instant, as an ISO string in UTC."""

        def today(self, timezone: str | None) -> str:
            """The calendar day in that time zone (None: the machine's), as an ISO string."""

    class Engine(Protocol):
        """What keeps a store. Its methods raise StoreMissing, StoreDamaged, StoreUnusable."""

        is_remote: bool
        """Whether an answer may take as long as a network does."""

        @property
        def where(self) -> str: ...
        @property
        def paths(self) -> tuple[str, ...]: ...

        def user(self) -> str: ...
        def stamp(self) -> Stamp | None: ...
        def size(self) -> int: ...
        def warnings(self) -> list[str]: ...
        def is_read_only(self) -> bool: ...
        def watched(self) -> tuple[Stamp | None, bool]: ...
        def other_holder(self) -> str: ...
        def image(self) -> ChangeSource: ...
        def image_to_keep(self, after: SnapshotSource | None) -> tuple[ChangeSource, Stamp]: ...
        def begin(
            self, actor: str, now: Callable[[], str], about: Iterable[int], *, takes_back: bool = False
        ) -> WriteTransaction: ...


_TRIES = 4
"""How often a change is done anew when others changed the store first."""


class Database:
    """One store: read through `snapshot()`, changed through `change()`."""

    def __init__(
        self,
        name: str,
        clock: Clock,
        actor: str | Callable[[], str],
        lock_timeout: float | None = None,
        uid: int | None = None,
    ) -> None:
        """`name` is the path of a file, or the URL or service of a server. `actor` is the operating-system user, or
        what says who that is once somebody asks; `uid` the number of the account, None where it is not to count. A
        change waits up to `lock_timeout` seconds for that of another (None: as `store.lock_timeout_and_refusal` says).
        Raises: UsageError for a password in the name.
        """
        self.name = name
        self._engine: Engine = _engine_of(name, lock_timeout)
        self.lock_timeout = lock_timeout
        self.clock = clock
        self._actor = actor
        self.uid = None if self._engine.is_remote else uid
        self._audit_trail: AuditTrail | None = None

    @property
    def actor(self) -> str:
        """The user who makes changes: of the operating system, on a server the role. Raises: StoreUnusable."""
        return self._signed_otherwise() or self._user()

    @actor.setter
    def actor(self, name: str) -> None:
        self._actor = name

    def _user(self) -> str:
        """The operating-system user."""
        if not isinstance(self._actor, str):
            self._actor = self._actor()
        return self._actor

    def _signed_otherwise(self) -> str:
        """The name that the engine gives the user, if any; none by a file where the account is not to count."""
        return self._engine.user() if self._engine.is_remote or self.uid is not None else ""

    @property
    def account(self) -> int | None:
        """The number of the account; None where it is not to count, or the name is not that of an account."""
        return None if self._engine.is_remote or self._signed_otherwise() else self.uid

    @property
    def where(self) -> str:
        """Where the store is, to be printed."""
        return self._engine.where

    @property
    def path(self) -> str:
        """The path of the store file, links resolved."""
        return self._engine.where

    @property
    def paths(self) -> tuple[str, ...]:
        """The files and folders of the store: no output may be written over them."""
        return self._engine.paths

    def beside(self, name: str) -> Database:
        """Another store, with the same user and clock."""
        return Database(name, self.clock, self._actor, self.lock_timeout, self.uid)

    def names_of_actor(self, meta: Meta) -> frozenset[str]:
        """The names under which the user changed the store: the present one, and former ones of the account.

        What is signed in a user namespace several can sign: it is the user's in a store of his alone, else nobody's.
        """
        from store.file.file_store import FileStore
        from store.users_and_groups import names_of_account

        if isinstance(self._engine, FileStore) and (signed := self._signed_otherwise()):
            return frozenset((signed,)) if self._engine.is_users_alone() else frozenset()
        return names_of_account(self.actor, self.account, meta.get("accounts"))

    @property
    def is_remote(self) -> bool:
        """Whether the store is on a server, whose answer may take as long as a network does."""
        return self._engine.is_remote

    def stamp(self) -> Stamp | None:
        """A value that differs after every change, read without reading the store; None when there is no store."""
        return self._engine.stamp()

    def size(self) -> int:
        """The size of the store in bytes, 0 without one."""
        return self._engine.size()

    def warnings(self) -> list[str]:
        """Warnings about the store itself, shown beside an answer: for a file none."""
        return self._engine.warnings()

    def is_read_only(self) -> bool:
        """Whether the user may read the store but not change it."""
        return self._engine.is_read_only()

    def watched(self) -> tuple[Stamp | None, bool]:
        """The stamp, and whether the store is read-only for the user: polled by the app."""
        return self._engine.watched()

    def other_writer(self) -> str:
        """Who is changing the store, and since when; empty when unknown, or for this process."""
        return self._engine.other_holder()

    def image(self) -> ChangeSource:
        """The current revision in storage. Raises: StoreMissing, StoreDamaged, StoreUnusable."""
        return self._engine.image()

    def snapshot(self) -> Snapshot:
        """Read the current revision. Raises: StoreMissing, StoreDamaged, StoreUnusable."""
        image = self._engine.image()
        return Snapshot(image, self._today(image))

    def snapshot_to_keep(self, after: Snapshot | None = None) -> tuple[Snapshot, Stamp]:
        """Read the current revision to be kept in memory, with its stamp.

        `after` is one that is kept: of a server, only what changed since is read.

        Raises: StoreMissing, StoreDamaged, StoreUnusable; StoreNewer at once for an unknown word, which `snapshot`
        refuses only when it reads the record.
        """
        image, stamp = self._engine.image_to_keep(None if after is None else after.source)
        if has_unknown_words(image.words_of_commitments(STORED_WORDS)):
            for commitment in image.table("commitments").values():
                refuse_unknown_words(commitment)
        snapshot = Snapshot(image, self._today(image), is_kept=True)
        if self.is_remote and snapshot.has_all_notes:
            snapshot.read_all_notes()  # Here and not on the app's loop, which shows them at once.
        return snapshot, stamp

    def _today(self, image: SnapshotSource) -> str:
        return self.clock.today(image.settings.get("timezone"))

    def settings(self) -> Settings:
        """The settings of the store. Raises: StoreMissing, StoreDamaged, StoreUnusable."""
        return self._engine.image().settings

    def change(
        self,
        work: Callable[[Transaction], T],
        *,
        about: Iterable[int] = (),
        takes_back: bool = False,
        is_mending: bool = False,
    ) -> tuple[T, Transaction]:
        """Do `work` in a transaction that is committed when it returns, and rolled back when it raises.

        `work` may be done anew when the store is on a server: until it returns it has changed nothing but the
        transaction. Returns its result and the committed transaction (`revision`, `warnings`).
        """
        for _ in range(_TRIES):
            try:
                with self.transaction(about=about, takes_back=takes_back, is_mending=is_mending) as tx:
                    result = work(tx)
                return result, tx
            except TryAgain as lost:
                refusal = lost
        raise refusal

    def transaction(
        self, *, about: Iterable[int] = (), takes_back: bool = False, is_mending: bool = False
    ) -> Transaction:
        """One try of a change, as a context manager: committed when the block ends, rolled back when it raises."""
        from store.transaction import Transaction

        return Transaction(self, about=about, takes_back=takes_back, is_mending=is_mending)

    def dry_run(self) -> Transaction:
        """A transaction on the current revision without the lock, which is rolled back when it ends."""
        from store.transaction import DryRun

        return DryRun(self)

    def audit_trail(self) -> AuditTrail | None:
        """The audit trail, where the machine's settings ask for one now. Raises: StoreUnusable, UsageError."""
        if not has_system_config():
            return None
        from store.config import is_audited

        if not is_audited():
            return None
        if self._audit_trail is None:
            from store.system_log import AuditTrail

            self._audit_trail = AuditTrail(self.where)
        return self._audit_trail

    def begin(self, about: Iterable[int], *, takes_back: bool = False) -> WriteTransaction:
        """Begin the engine's side of a change, for a transaction. Raises: StoreBusy, StoreUnusable."""
        actor = self._user() if self._engine.is_remote else self.actor  # A server is not asked before it is needed.
        return self._engine.begin(actor, self.clock.now, about, takes_back=takes_back)


def _engine_of(name: str, lock_timeout: float | None) -> Engine:
    """The engine that keeps the store of this name."""
    if is_server_name(name):
        from store.server.server_store import ServerStore

        return ServerStore(name, lock_timeout)
    return FileStore(name, lock_timeout)
