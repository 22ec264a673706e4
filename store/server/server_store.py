"""Engine 2: a store on a server that speaks PostgreSQL's protocol.

Snapshots and changes; a change itself is in `write_transaction`, what others changed since a revision in
`fetch_what_changed`, the SQL in `statements`.
"""

from __future__ import annotations

import os
import time
from random import random
from threading import Lock
from typing import TYPE_CHECKING, Any
from weakref import finalize

from store.errors import (
    ChangedWhileRead,
    FollowUpError,
    NotAllowed,
    StoreBusy,
    StoreDamaged,
    StoreMissing,
    StoreMoved,
    StoreNewer,
    StoreUnusable,
)
from store.lock_timeout_and_refusal import busy, seconds_to_wait
from store.model.format_version import FORMAT, VERSION, first_meta
from store.quick_json import dumps
from store.rules.valid_record import check_meta
from store.sanitise_text import visible
from store.server import schema, statements
from store.server.connection import (
    DISK_FULL,
    NOT_PERMITTED,
    READ_ONLY,
    Connection,
    ConnectionLost,
    NoSchema,
    NotReached,
    NotReady,
    Refused,
    takes_no_changes,
)
from store.server.pauses_between_tries import LONGEST_WAIT, tries
from store.server.server_image import ServerImage, ServerMeta, parse_table
from store.server.write_transaction import ServerWriteTransaction
from store.server_name import printable_name, refuse_password
from store.translation import phrase, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeVar

    from store.model.record_types import Settings
    from store.server.connection import Answer, Statement, Way
    from store.server.server_image_in_memory import KeptImage

    T = TypeVar("T")

_NO_COLUMN = "42703"
_THERE_ALREADY = "23505"
_SCHEMA_THERE = "42P06"
_NOT_KNOWN_THERE = ("0A000", "42601")
"""How a server refuses a statement that it does not have."""

_MOST_SECONDS_OFF = 12 * 3600
"""By how much the server's clock may differ before that is said: less is in no day that people count."""


class ServerStore:
    """A store on a server, with as many connections as are used at the same time: the next use takes a free one."""

    is_remote = True

    def __init__(self, name: str, lock_timeout: float | None, *, is_moving: bool = False) -> None:
        """`name` is a URL or a service; a store that is closed, since it has moved or is being moved, is opened by the
        one who `is_moving` it. Raises: UsageError for a password in the name.
        """
        self._is_moving = is_moving
        refuse_password(name)
        self._name = name
        self._lock_timeout = seconds_to_wait(lock_timeout)
        self._opened: dict[int, Connection] = {}
        # Closed in the end: a process that leaves without makes the server log a broken connection.
        finalize(self, _close, self._opened)
        self._free: list[Connection] = []
        """Connections that nobody uses just now: each belongs to the thread that takes it out."""
        self._of_snapshot: Connection | None = None
        """That of the newest snapshot, in which more may be asked."""
        self._one_at_a_time = Lock()
        """Held while a look is sent and answered: the app looks from several threads."""
        self._was_connected = False
        self.snapshots = 0
        """How many snapshots were begun on the connection for them, which has one at a time."""
        self._seconds_off = 0.0
        """By how much the clocks of this machine and of the server differ."""
        self._user: str | None = None
        self._application = f"followup-{os.getpid()}-{random():.12f}"
        """The name under which this process makes its changes there."""

    @property
    def where(self) -> str:
        """The name without its options."""
        return printable_name(self._name)

    @property
    def paths(self) -> tuple[str, ...]:
        """No file is part of it."""
        return ()

    def user(self) -> str:
        """The role of the connection, which makes the changes. Raises: StoreUnusable."""
        if self._user is None:
            rows = self._read([(statements.WHO, ())])[0].rows
            self._user = str(rows[0][0])
        return self._user

    def warnings(self) -> list[str]:
        """Warnings beside an answer: that the server's clock differs from this machine's."""
        if self._seconds_off <= _MOST_SECONDS_OFF:
            return []
        return [
            tr(
                "the clocks of this machine and of {where} differ by {hours:.0f} h: changes are dated by that of the "
                "server: set the one that is wrong",
                where=visible(self.where),
                hours=self._seconds_off / 3600,
            )
        ]

    def size(self) -> int:
        """Not known without asking."""
        return 0

    # Looking.

    def stamp(self) -> tuple[str, int] | None:
        """The store and its revision; None when there is no store, or nobody answers."""
        try:
            rows = self._read([(statements.STAMP, ())])[0].rows
        except StoreUnusable:
            return None
        return tuple(rows[0]) if rows else None

    def is_read_only(self) -> bool:
        """Whether the role may only read."""
        try:
            return not self._read([(statements.MAY_CHANGE, ())])[0].rows[0][0]
        except StoreUnusable:
            return False

    def watched(self) -> tuple[tuple[str, int] | None, bool]:
        """The stamp, and whether the role may only read, in one round trip."""
        try:
            stamps, may_change = self._read([(statements.STAMP, ()), (statements.MAY_CHANGE, ())])
        except StoreUnusable:
            return None, False
        return (tuple(stamps.rows[0]) if stamps.rows else None), not may_change.rows[0][0]

    def other_holder(self) -> str:
        """The holder of the turn, and since when, where the server says so."""
        try:
            rows = self._read([(statements.HOLDER, (self._application,))])[0].rows
        except StoreUnusable:
            return ""
        if not rows:
            return ""
        who, since = rows[0]
        return tr("{who} since {instant}", who=visible(who), instant=since) if since else visible(who)

    def image(self) -> ServerImage:
        """Read the current revision; other parts are read on demand, in the same snapshot.

        Raises: StoreMissing, StoreUnusable.
        """
        asked: list[Statement] = [(statements.TABLE["visits"], ()), (statements.TABLE["parties"], ())]
        meta, answers = self._begin_snapshot(asked)
        tables = {name: parse_table(answer.rows) for name, answer in zip(("visits", "parties"), answers, strict=True)}
        return ServerImage(_Snapshot(self, meta.stamp).ask, meta, tables)

    def image_to_keep(self, after: object) -> tuple[KeptImage, tuple[str, int]]:
        """Read the current revision, but for its older history, to be kept: no transaction stays open.

        Of the same store at an earlier revision (`after`), only what changed since is read.
        """
        from store.server.fetch_what_changed import image_to_keep  # The app alone needs it.

        image = image_to_keep(after, self._begin_read, self._read)
        return image, image.stamp

    def ask(self, text: str, *values: object) -> list[tuple[Any, ...]]:
        """The rows of one statement that only looks. Raises: StoreMissing, StoreUnusable."""
        return self._read([(text, values)])[0].rows

    def check_meta(self) -> None:
        """Raises: StoreMissing, StoreNewer, StoreUnusable for a server without a store of this program."""
        self._begin_read([(statements.COMMIT, ())])

    def ask_as_a_change(self, text: str) -> list[tuple[Any, ...]]:
        """The same in a transaction as that of a change. Raises: StoreMissing, StoreUnusable."""
        return self._read([(statements.BEGIN_CHANGE, ()), (text, ()), (statements.COMMIT, ())])[1].rows

    def way(self) -> Way:
        """The way to the server. Raises: StoreUnusable."""

        def once() -> Way:
            connection = self._take()
            try:
                return connection.way
            finally:
                self.give_back(connection)

        return self._patiently(once, time.monotonic() + self._lock_timeout, is_read=True)

    def _begin_read(self, asked: Sequence[Statement]) -> tuple[ServerMeta, list[Answer]]:
        """Run these statements in one transaction, after that of the meta row; the last one ends it."""
        answers = self._read([(statements.BEGIN_READ, ()), (statements.META, ()), *asked])
        return self._meta_of(answers[1]), answers[2:]

    def _begin_snapshot(self, asked: Sequence[Statement]) -> tuple[ServerMeta, list[Answer]]:
        """Begin a snapshot, in the place of the one before, and run these statements in it."""
        answers = self._read([(statements.BEGIN_READ, ()), (statements.META, ()), *asked], is_snapshot=True)
        self.snapshots += 1
        return self._meta_of(answers[1]), answers[2:]

    def _read(self, asked: Sequence[Statement], *, is_snapshot: bool = False) -> list[Answer]:
        """Run read-only statements; again when the connection is lost.

        Raises: StoreMissing, StoreUnusable.
        """

        def once() -> list[Answer]:
            with self._one_at_a_time:
                if is_snapshot:
                    self._give_back_snapshot()
                connection = self._take()
                try:
                    answers = connection.run(asked, within=self._lock_timeout + 1)
                except BaseException:
                    self.give_back(connection)
                    raise
                if is_snapshot:
                    self._of_snapshot = connection
                else:
                    self.give_back(connection)
                return answers

        return self._patiently(once, time.monotonic() + self._lock_timeout, is_read=True)

    def end_snapshot(self) -> None:
        """End the snapshot that is open: until then nobody can alter the tables."""
        with self._one_at_a_time:
            self._give_back_snapshot()

    def _give_back_snapshot(self) -> None:
        if self._of_snapshot is not None:
            self.give_back(self._of_snapshot)
            self._of_snapshot = None

    def ask_in_snapshot(self, asked: Sequence[Statement]) -> list[Answer]:
        """Run statements in the snapshot that is open. Raises: ConnectionLost, Refused."""
        with self._one_at_a_time:
            if self._of_snapshot is None or not self._of_snapshot.is_open:
                raise ConnectionLost
            return self._of_snapshot.run(asked, within=30)

    def resume(self, asked: Sequence[Statement], stamp: tuple[str, int]) -> list[Answer]:
        """Run statements in a new snapshot of this revision. Raises: ChangedWhileRead; StoreUnusable."""
        meta, answers = self._begin_snapshot(asked)
        if meta.stamp != stamp:
            sentence = tr(
                "{where} was changed while it was read over a connection that was lost: try again",
                where=visible(self.where),
            )
            raise ChangedWhileRead(sentence)
        return answers

    def _patiently(self, once: Callable[[], T], end: float, *, is_read: bool = False) -> T:
        """The result of `once`, which is tried again while the server or the way to it may come back.

        `end` is a time of the monotonic clock. Raises: StoreMissing, StoreUnusable, and what else `once` raises.
        """
        for is_last in tries(end):
            try:
                return once()
            except NoSchema:
                raise self._missing() from None
            except Refused as refusal:
                if is_last or not refusal.is_transient:
                    raise self.unusable(refusal) from None
            except (ConnectionLost, NotReady) as error:
                # To connect in vain takes seconds: whose time is up then does not wait for it once more.
                is_over = isinstance(error, NotReached | NotReady) and time.monotonic() >= end
                if is_last or is_over:
                    raise self._away(error, is_read=is_read) from None
        raise AssertionError("unreachable")

    def _take(self) -> Connection:
        """An open connection that nobody else uses until it is given back.

        Raises: StoreUnusable; NotReady or ConnectionLost when it may come yet.
        """
        while self._free:
            connection = self._free.pop()
            connection.roll_back()
            if connection.is_open:
                return connection
            self._opened.pop(id(connection), None)
        try:
            connection = Connection(self._name)
        except StoreUnusable as error:
            if self._was_connected:  # A standby may be taking its place.
                raise NotReached(str(error.values.get("why", error))) from None
            raise
        self._was_connected = True
        self._opened[id(connection)] = connection
        return connection

    def give_back(self, connection: Connection) -> None:
        """Return a connection to the next user, once: its transaction is rolled back."""
        connection.roll_back()
        if connection.is_open:
            self._free.append(connection)
        else:
            self._opened.pop(id(connection), None)

    # Changing.

    def begin(
        self, actor: str, now: Callable[[], str], about: Iterable[int], *, takes_back: bool = False
    ) -> ServerWriteTransaction:
        """Begin a change: take the turn. The server says who makes it and when.

        Raises: StoreMissing, StoreBusy, StoreUnusable.
        """
        return ServerWriteTransaction(self, about, takes_back=takes_back)

    def take_turn(
        self, asked: Sequence[Statement], *, until: float | None = None
    ) -> tuple[Connection, ServerMeta, list[Answer]]:
        """Begin a transaction, wait for its turn, and run statements in it. Tried again when the connection is lost.

        Whoever takes it gives the connection back. `until` is a time of the monotonic clock.

        Raises: StoreMissing, StoreBusy, StoreUnusable.
        """
        end = time.monotonic() + self._lock_timeout if until is None else until

        def once() -> tuple[Connection, ServerMeta, list[Answer]]:
            left = max(0.001, end - time.monotonic())
            limits = (statements.LIMITS, (f"{max(1, int(left * 1000))}ms", self._application))
            connection = self._take()
            begun: list[Statement] = [(statements.BEGIN_CHANGE, ()), limits, (statements.META_TURN, ())]
            try:
                answers = connection.run([*begun, *asked], within=left + 5)
                return connection, self._meta_of(answers[2]), answers[3:]
            except StoreBusy:
                self.give_back(connection)
                raise self._busy() from None
            except BaseException:
                self.give_back(connection)
                raise

        return self._patiently(once, end)

    def set_moved(self, to: str | None) -> None:
        """Say where the store has moved, which closes it; None opens it. Raises: StoreUnusable, StoreBusy."""
        self.mend([(statements.SET_MOVED, (to,))])

    def mend(self, asked: Sequence[Statement]) -> None:
        """Run repeatable statements in a turn, which keep the revision.

        Raises: StoreMissing, StoreUnusable, StoreBusy.
        """
        connection, _, _ = self.take_turn([])
        connection.notices.clear()
        try:
            _confirmed(connection.run([*asked, (statements.COMMIT, ())], within=30))
            # Whoever may grant or revoke some of it, or nothing, is only warned.
            for warning in (message for severity, message in connection.notices if severity == "WARNING"):
                raise Refused(warning, NOT_PERMITTED)
        except ConnectionLost as error:
            raise self._unconfirmed(error) from None
        except Refused as refusal:
            raise self.unusable(refusal) from None
        finally:
            self.give_back(connection)

    def create(
        self, settings: Settings, *, group: str | None = None, readers: str | None = None, moved: str | None = None
    ) -> bool:
        """Create the schema and an empty store in it, closed when `moved` says where it is.

        Returns whether it has row security: where the server has none, who made a change is taken on trust. Raises:
        NotAllowed when it is there; StoreUnusable.
        """
        import secrets

        meta = first_meta(settings)
        first: tuple[object, ...] = (
            secrets.token_hex(16), meta["format"], meta["schema"], schema.LAYOUT, meta["revision"],
            dumps(meta["next"]), dumps(settings), moved,
        )  # fmt: skip
        grants = [(text, group) for text in schema.GRANT_MEMBERS if group]
        grants += [(text, readers) for text in schema.GRANT_READERS if readers]
        granting: list[Statement] = [(text.format(role=_quoted(role)), ()) for text, role in grants if role]
        making: list[Statement] = [(text, ()) for text in schema.CREATE]
        securing: list[Statement] = [(text, ()) for text in schema.ROW_SECURITY]
        rest: list[Statement] = [*granting, (statements.INSERT_META, first)]
        try:
            self._create([*making, *securing, *rest])
        except Refused as refusal:
            if refusal.code not in _NOT_KNOWN_THERE:
                raise self._not_created(refusal) from None
        else:
            return True
        try:
            self._create([*making, *rest])
        except Refused as refusal:
            raise self._not_created(refusal) from None
        return False

    def _create(self, asked: Sequence[Statement]) -> None:
        """Run these statements in one transaction. Raises: Refused, StoreUnusable."""
        try:
            connection = self._take()
        except (NotReady, ConnectionLost) as error:
            raise self._away(error) from None
        try:
            _confirmed(connection.run([(statements.BEGIN_CHANGE, ()), *asked, (statements.COMMIT, ())], within=60))
        except ConnectionLost as error:
            raise self._unconfirmed(error) from None
        finally:
            self.give_back(connection)

    def _not_created(self, refusal: Refused) -> FollowUpError:
        where = visible(self.where)
        if refusal.code in (_SCHEMA_THERE, NOT_PERMITTED) and self.stamp() is not None:
            sentence = tr("there is a store in {where} already; it was left as it is", where=where)
            return NotAllowed(sentence, code="init.server-store-there")
        if refusal.code == _SCHEMA_THERE:
            sentence = tr(
                "{where} has a schema named followup that is not this program's; it was left as it is", where=where
            )
            return NotAllowed(sentence, code="init.foreign-schema")
        if refusal.code == NOT_PERMITTED:
            ((database, user),) = self.ask(statements.WHERE_AND_WHO)
            return self._not_permitted(refusal, f"GRANT CREATE ON DATABASE {_quoted(database)} TO {_quoted(user)}")
        return self.unusable(refusal)

    def _meta_of(self, answer: Answer) -> ServerMeta:
        """The meta row. Raises: StoreMissing, StoreNewer, StoreUnusable."""
        if not answer.rows:
            raise self._missing()
        try:
            meta = ServerMeta(answer.rows[0])
        except (ValueError, TypeError, RecursionError) as error:
            raise self._damaged(type(error).__name__) from None
        if meta.meta["format"] != FORMAT or meta.meta["schema"] > VERSION or meta.layout > schema.LAYOUT:
            sentence = tr("a newer followup made the store in {where}: update followup", where=visible(self.where))
            raise StoreNewer(sentence)
        try:
            check_meta(meta.meta)
        except StoreDamaged as error:
            raise self._damaged(str(error)) from None
        self._user = meta.user
        self._seconds_off = abs(meta.instant - time.time())
        if meta.moved is not None and not self._is_moving:
            where = visible(self.where)
            if meta.moved == "coming":
                sentence = tr("{where} is closed: a file is being moved there, or that was interrupted", where=where)
                raise StoreUnusable(sentence, code="server.store-is-coming")
            raise StoreMoved(tr("the store has moved to {moved}", moved=visible(meta.moved)), values={"to": meta.moved})
        return meta

    # Refusals.

    def _damaged(self, why: str) -> StoreUnusable:
        """For a meta row that this program did not write: any member can, past it."""
        sentence = tr(
            "another program wrote into the row followup.meta of {where} what is not of a store ({why}); its owner can "
            "mend that row by SQL",
            where=visible(self.where),
            why=why,
        )
        return StoreUnusable(sentence, code="server.damaged-meta")

    def _missing(self) -> StoreMissing:
        where = visible(self.where)
        return StoreMissing(tr("there is no store at {where}", where=where), values={"path": self._name})

    def _busy(self) -> StoreBusy:
        return busy(visible(self.where), self.other_holder() or tr("another person"))

    def _away(self, error: Exception, *, is_read: bool = False) -> StoreUnusable:
        where, why = visible(self.where), visible(str(error))
        if isinstance(error, NotReady):
            sentence = (
                phrase("{where} takes no connection just now ({why})")
                if is_read
                else phrase("{where} takes no connection just now and nothing was changed ({why})")
            )
            return StoreUnusable(tr(sentence, where=where, why=why), code="server.takes-no-connection")
        sentence = (
            phrase("the connection to {where} is lost ({why})")
            if is_read
            else phrase("the connection to {where} is lost and nothing was changed ({why})")
        )
        return StoreUnusable(tr(sentence, where=where, why=why), code="server.connection-lost")

    def _unconfirmed(self, error: Exception) -> StoreUnusable:
        where = visible(self.where)
        sentence = tr(
            "the connection to {where} was lost before it confirmed: {error}; type the same again",
            where=where,
            error=visible(str(error)),
        )
        return StoreUnusable(sentence, code="server.lost-before-it-confirmed")

    def unusable(self, refusal: Refused) -> StoreUnusable:
        """The refusal of a statement by the server, for a person."""
        where = visible(self.where)
        if refusal.code == _NO_COLUMN:
            return StoreUnusable(
                tr("{where} has a schema named followup that is not this program's; nothing was changed", where=where),
                code="server.foreign-schema",
            )
        if refusal.code == NOT_PERMITTED:
            return self._not_permitted(refusal, self._missing_grant())
        if refusal.code == READ_ONLY:
            return takes_no_changes(where, str(refusal))
        if refusal.code == DISK_FULL:
            sentence = tr(
                "the disk of {where} is full ({refusal}); nothing was changed",
                where=where,
                refusal=visible(str(refusal)),
            )
            return StoreUnusable(sentence, code="server.disk-full")
        if refusal.code == _THERE_ALREADY:
            sentence = tr(
                "another program took the number of the next change of {where}; nothing was changed", where=where
            )
            return StoreUnusable(sentence, code="server.number-taken")
        sentence = tr("{where} refused: {refusal}; nothing was changed", where=where, refusal=visible(str(refusal)))
        return StoreUnusable(sentence, code="server.refused")

    def _not_permitted(self, refusal: Refused, grant: str) -> StoreUnusable:
        sentence = tr(
            "{where} does not let you do this ({refusal}); nothing was changed",
            where=visible(self.where),
            refusal=visible(str(refusal)),
        )
        return StoreUnusable(sentence, code="server.not-permitted", values={"grant": grant})

    def _missing_grant(self) -> str:
        """The grant that a reader is to ask the owner for; empty for a member, or where unknown."""
        asked: list[Statement] = [(statements.HAS_GRANT, ()), (statements.MEMBERS, ()), (statements.WHO, ())]
        try:
            connection = self._take()
            try:
                may, members, user = connection.run(asked, within=LONGEST_WAIT)
            finally:
                self.give_back(connection)
        except (Refused, ConnectionLost, NoSchema, NotReady, StoreUnusable, StoreBusy):
            return ""  # What was refused is said all the same.
        if not members.rows or may.rows[0][0]:
            return ""
        return f"GRANT {members.rows[0][0]} TO {_quoted(user.rows[0][0])}"


class _Snapshot:
    """An open snapshot, in which more is read when it is asked for."""

    def __init__(self, store: ServerStore, stamp: tuple[str, int]) -> None:
        self._store = store
        self._stamp = stamp
        self._number = store.snapshots

    def ask(self, asked: Sequence[Statement]) -> list[Answer]:
        """Run statements in it; when it is lost, or another took its place, in a new one of the same revision.

        Raises: ChangedWhileRead, StoreUnusable.
        """
        try:
            if self._number == self._store.snapshots:
                return self._store.ask_in_snapshot(asked)
        except Refused as refusal:
            if not refusal.is_transient:
                raise self._store.unusable(refusal) from None
        except ConnectionLost:
            pass
        answers = self._store.resume(asked, self._stamp)
        self._number = self._store.snapshots
        return answers


def _confirmed(answers: Sequence[Answer]) -> None:
    """Read the answer to the COMMIT behind these statements. Raises: ConnectionLost when it is another."""
    if answers[-1].status != statements.COMMIT:
        raise ConnectionLost(tr("the server answered {status}", status=answers[-1].status))


def _close(connections: dict[int, Connection]) -> None:
    for connection in list(connections.values()):
        connection.close()


def _quoted(role: Any) -> str:
    """The name of a role as an SQL identifier."""
    return '"' + str(role).replace('"', '""') + '"'
