"""The write transaction of a store on a server: its turn, and the save that is a comparison and may be sent again.

One row (`followup.meta`) gives every change its turn. The save succeeds only at the revision that was read, under a
key of its own: after a lost connection the server is asked whether the key is there, which is final, since the turn
waits for what is left of the lost connection.
"""

from __future__ import annotations

import secrets
import time
from contextlib import contextmanager, suppress
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any

from store.errors import SaveUnknown, StoreBusy, StoreUnusable, TryAgain
from store.model.format_version import BETWEEN, HEAD_ENDS, TABLES
from store.quick_json import dumps
from store.sanitise_text import visible
from store.serialize_records import encode_lines
from store.server import schema, statements
from store.server.connection import ConnectionLost, Refused
from store.server.server_image import ServerImage, events_by_number, parse_rows, parse_table
from store.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from store.model import record_types
    from store.model.record_types import Meta
    from store.server.connection import Answer, Connection, Statement
    from store.server.server_store import ServerStore
    from store.transaction import ChangeSource

_FIRST = dict.fromkeys(TABLES, 1)
"""The next numbers where nothing is."""

_OWN_COLUMNS = frozenset({"format", "schema", "revision", "next", "settings"})
"""The keys of `_meta` that have columns of their own; the others stand together."""

_ANSWER_SECONDS = 30.0
"""Seconds for an answer to a save, and for somebody to ask after a lost one."""


_EVENTS_A_SECOND = 1_000
"""How many events a slow server takes at the least: a whole store that moves there may take minutes."""

_STATEMENTS = 10
"""How many statements a step of a save has at most: those of every change of a day, and not those of a whole store,
during which the server would take the turn for forgotten."""

_WORD_SECONDS = 10.0
"""Seconds without a statement after which a change that goes on says so: a third of the server's limit."""


class _RolledBack(Exception):
    """The server says that nothing of a save was done: a COMMIT answered ROLLBACK, a lock that was not had."""


class ServerWriteTransaction:
    """One change of a store on a server, from its turn to its commit; entered when it is made."""

    def __init__(self, store: ServerStore, about: Iterable[int], *, takes_back: bool = False) -> None:
        """Take the turn and read the current revision, with what an undo or a redo looks at when it `takes_back`.

        Raises: StoreMissing, StoreUnusable, StoreBusy.
        """
        self._store = store
        self._more_seconds = 0.0
        """What a large save may take beyond the time for an answer."""
        self.warnings: list[str] = []
        numbers = sorted(set(about))
        more: list[Statement] = [(statements.TABLE["visits"], ()), (statements.TABLE["parties"], ())]
        if takes_back:
            more += [(statements.NEWEST_EVENTS, ()), (statements.MY_LAST, ()), (statements.EVENTS_OF_MY_LAST, ())]
        elif numbers:
            more += [(statements.COMMITMENTS, (numbers,)), (statements.EVENTS_OF_SOME, (numbers,))]
        connection, self._meta, answers = store.take_turn(more)
        self._held: Connection | None = connection
        self._one_at_a_time = Lock()
        self._last_word = time.monotonic()
        tables = {name: parse_table(answer.rows) for name, answer in zip(("visits", "parties"), answers, strict=False)}
        some: dict[int, Any] = {}
        newest_events: list[record_types.Event] = []
        events: dict[int, list[record_types.Event]] = {}
        if takes_back:
            newest_events = parse_rows(answers[2].rows)
            events = events_by_number(answers[4].rows)
            some = {**dict.fromkeys(events), **parse_table(answers[3].rows)}
        elif numbers:
            some = {**dict.fromkeys(numbers), **parse_table(answers[2].rows)}
            events = events_by_number(answers[3].rows, numbers)
        self.image = ServerImage(self._ask, self._meta, tables, some, events, newest_events)

    @property
    def _connection(self) -> Connection:
        assert self._held is not None
        return self._held

    def _let_go(self) -> None:
        """Return the connection, which rolls back unsaved changes."""
        if self._held is not None:
            self._store.give_back(self._held)
            self._held = None

    @property
    def actor(self) -> str:
        """The role that the server let in."""
        return str(self._meta.user)

    @property
    def now(self) -> str:
        """The instant of the turn, by the server's clock."""
        return self._meta.now

    def _ask(self, asked: Sequence[Statement]) -> list[Answer]:
        try:
            with self._one_at_a_time:
                self._last_word = time.monotonic()
                return self._connection.run(asked, within=_ANSWER_SECONDS)
        except ConnectionLost as lost:
            raise self._stood_still() if lost.stood_still else self._try_again() from None
        except Refused as refusal:
            if refusal.is_transient:
                raise self._try_again() from None
            raise self._store.unusable(refusal) from None

    def _try_again(self) -> TryAgain:
        return TryAgain(
            tr("the connection to {where} was lost; nothing was saved, try again", where=visible(self._store.where))
        )

    def _stood_still(self) -> StoreBusy:
        where = visible(self._store.where)
        sentence = tr(
            "{where} ended this change, which stood still with the turn too long; nothing was saved, try again",
            where=where,
        )
        return StoreBusy(sentence)

    def __enter__(self) -> ServerWriteTransaction:
        return self

    def __exit__(self, *exception: object) -> None:
        """Roll back unsaved changes."""
        self._let_go()
        # It asks this object: the two would keep the store, and its connections, until garbage is searched for.
        del self.image

    def save(self, meta: Meta, changes: Mapping[str, Mapping[int, Any]]) -> None:
        """Save the next revision.

        Raises: TryAgain when others changed the store first; SaveUnknown when nobody could be asked; StoreUnusable.
        """
        key = secrets.token_hex(16)
        self._more_seconds = len(changes.get("events", ())) / _EVENTS_A_SECOND
        self._save(_save_statements(meta, changes, self._meta.meta, key), key)

    def replace(self, image: ChangeSource, meta: Meta, changes: Mapping[str, Mapping[int, Any]]) -> None:
        """Save this image with these changes, replacing the whole store. Raises: as `save`."""
        key = secrets.token_hex(16)
        with self.while_it_goes_on():
            tables: dict[str, Mapping[int, Any]] = {
                name: {**image.table(name), **changes.get(name, {})} for name in (*statements.RECORD_TABLES, "events")
            }
            self._more_seconds = len(tables["events"]) / _EVENTS_A_SECOND
            emptying: list[Statement] = [(statements.DELETE_ALL[name], ()) for name in (*tables, "changes")]
            earlier = _earlier_changes(tables["events"], meta["revision"])
            saving = _save_statements(meta, tables, {**self._meta.meta, "next": _FIRST}, key)
        inserting = [(statements.INSERT_EARLIER_CHANGES, piece) for piece in _pieces(earlier)]
        self._save([*emptying, *inserting, *saving], key)

    def _save(self, statements_: Sequence[Statement], key: str) -> None:
        revision = self._meta.meta["revision"]
        saving = [*statements_, (statements.COMMIT, ())]
        try:
            self._commit(self._connection, saving)
        except ConnectionLost as lost:
            if lost.stood_still:
                raise self._stood_still() from None
            self._settle(saving, revision, key, is_undone=False)
        except _RolledBack:
            self._settle(saving, revision, key, is_undone=True)
        except Refused as refusal:
            if not refusal.is_transient:
                raise self._store.unusable(refusal) from None
            self._settle(saving, revision, key, is_undone=refusal.is_final)

    def _commit(self, connection: Connection, saving: Sequence[Statement]) -> None:
        """Send a save. Raises: _RolledBack when the server says so; ConnectionLost when it did not commit safely."""
        connection.notices.clear()
        try:
            for start in range(0, len(saving), _STATEMENTS):
                step = saving[start : start + _STATEMENTS]
                answers = connection.run(step, within=_ANSWER_SECONDS + self._more_seconds)
        except StoreBusy:
            raise _RolledBack from None
        if answers[-1].status == "ROLLBACK":
            connection.close()
            raise _RolledBack
        if answers[-1].status != "COMMIT" or any(severity == "WARNING" for severity, _ in connection.notices):
            connection.close()
            raise ConnectionLost(tr("the server did not confirm that it was saved"))

    def _settle(self, saving: Sequence[Statement], revision: int, key: str, *, is_undone: bool) -> None:
        """Find out whether a save was done, and send it again if it was not. Returns when it is saved.

        `is_undone`: the server said that nothing of it was done.

        Raises: TryAgain when another change took its place; StoreBusy when it could not be sent again in time;
        SaveUnknown when nobody could be asked in time.
        """
        end = time.monotonic() + _ANSWER_SECONDS + self._more_seconds
        while True:
            try:
                self._let_go()
                connection, meta, (found,) = self._store.take_turn([(statements.CHANGE_OF_KEY, (key,))], until=end)
                self._held = connection
                if found.rows:
                    is_undone = False
                    # A server that crashed shows what no standby may have: the touch has it confirmed.
                    self._commit(connection, [(statements.TOUCH, ()), (statements.COMMIT, ())])
                    return
                if meta.meta["revision"] != revision:
                    raise TryAgain(tr("others changed the store first; nothing was saved, try again"))
                is_undone = False
                self._commit(connection, saving)
                return
            except TryAgain:
                raise
            except _RolledBack as error:
                lost: Exception = error
                is_undone = not found.rows
            except (ConnectionLost, StoreUnusable, StoreBusy) as error:
                lost = error
            except Refused as refusal:
                if not refusal.is_transient and not found.rows:
                    raise self._store.unusable(refusal) from None
                lost = refusal
                is_undone = refusal.is_final and not found.rows
            if time.monotonic() >= end:
                raise (self._not_saved(lost) if is_undone else self._unknown(revision + 1)) from lost
            time.sleep(0.05)

    def _not_saved(self, lost: Exception) -> StoreBusy:
        why = f" ({visible(str(lost))})" if isinstance(lost, Refused) else ""
        where = visible(self._store.where)
        return StoreBusy(
            tr("{where} took the change back each time{why}; nothing was saved, try again", where=where, why=why)
        )

    def _unknown(self, change: int) -> SaveUnknown:
        return SaveUnknown(
            tr(
                "the connection to {where} was lost while change {change} was being saved, and nobody "
                "could be asked; the history says whether it is there",
                where=visible(self._store.where),
                change=change,
            ),
            values={"change": change},
        )

    def keep_turn(self) -> None:
        """Say that the change goes on, after a while without a statement. Raises: TryAgain."""
        if time.monotonic() - self._last_word >= _WORD_SECONDS:
            self._ask([(statements.WORD, ())])

    @contextmanager
    def while_it_goes_on(self) -> Iterator[None]:
        """Keep the turn while a whole store is laid out, which may take minutes."""
        is_over = Event()

        def speak() -> None:
            while not is_over.wait(_WORD_SECONDS / 10):
                with suppress(StoreBusy, StoreUnusable):  # Whoever saves finds that out as well.
                    self.keep_turn()

        beside = Thread(target=speak, daemon=True)
        beside.start()
        try:
            yield
        finally:
            is_over.set()
            beside.join()

    def redact_copies(self, number: int, clean: Callable[[Any], Any]) -> tuple[int, list[str], bool]:
        """A server has no automatic copies of ours: say what may still hold the passage."""
        sentence = tr(
            "backups, archived logs and standbys of the server may still hold the passage, and its own files until the "
            "next VACUUM of the schema followup"
        )
        return 0, [sentence], False


def _save_statements(meta: Meta, changes: Mapping[str, Mapping[int, Any]], old: Meta, key: str) -> list[Statement]:
    """The statements that save these changes of the revision whose meta is `old`."""
    revision, next_event = old["revision"], old["next"]["events"]
    change = meta["revision"]
    more = {name: value for name, value in meta.items() if name not in _OWN_COLUMNS}
    saving: list[Statement] = [
        # In this order: a change is put down at the revision that the store has come to.
        (statements.UPDATE_META, (change, dumps(meta["next"]), dumps(meta["settings"]), dumps(more), revision)),
        (statements.INSERT_CHANGE, (change, key)),
    ]
    for table in statements.RECORD_TABLES:
        if records := changes.get(table):
            saving += put_records(table, records, change)
    if events := changes.get("events"):
        new = {seq: event for seq, event in events.items() if seq >= next_event}
        saving += [(statements.INSERT_EVENTS, piece) for piece in _pieces(event_columns(new))]
        if len(new) < len(events):  # A redaction, which only the owner of the schema may make.
            texts = texts_of("events", {seq: event for seq, event in events.items() if seq < next_event})
            saving.append((statements.UPDATE_EVENTS, (list(texts), list(texts.values()))))
    return saving


def put_records(table: str, records: Mapping[int, Any], change: int) -> list[Statement]:
    """The statements that put these records, or None where one is removed, into their rows, as of this change."""
    return [(statements.UPSERT[table], (change, *piece)) for piece in _pieces(_columns(table, records))]


def _pieces(columns: Sequence[list[Any]]) -> Iterator[list[list[Any]]]:
    """These columns in pieces of some thousand rows: a message has at most 1 GB."""
    for start in range(0, len(columns[0]), statements.PIECE):
        yield [column[start : start + statements.PIECE] for column in columns]


def _earlier_changes(events: Mapping[int, Any], change: int) -> list[list[Any]]:
    """The columns of the changes that an imported history tells of, before this one."""
    first = {event["change"]: event for _, event in sorted(events.items(), reverse=True) if event["change"] < change}
    numbers = sorted(first)
    keys = [f"imported-{change}-{number}" for number in numbers]
    return [numbers, keys, [first[number]["who"] for number in numbers], [first[number]["at"] for number in numbers]]


def texts_of(table: str, records: Mapping[int, Any]) -> dict[int, str]:
    """The JSON texts of records by number, verified by parsing them again. Raises: StoreUnusable."""
    lines = b"".join(encode_lines(table, sorted(records.items()))).decode()
    found = [line.partition(":") for line in lines.split(BETWEEN.decode()) if line]
    return {int(number[1:-1]): text for number, _, text in found}


def _columns(table: str, records: Mapping[int, Any]) -> list[list[Any]]:
    texts = texts_of(table, {number: record for number, record in records.items() if record is not None})
    numbers = sorted(records)
    columns: list[list[Any]] = [numbers, [texts.get(number) for number in numbers]]
    if table == "commitments":
        columns.append([records[number] and records[number]["state"] for number in numbers])
        columns.append([head_of(texts[number]) if number in texts else None for number in numbers])
    return columns


def head_of(text: str) -> str:
    """The start of a commitment's text that is enough for counting, as JSON of its own."""
    return text.partition(HEAD_ENDS.decode())[0] + "}"


def event_columns(events: Mapping[int, Any]) -> list[list[Any]]:
    """The columns of `followup.events` for these events: seq, change, who, subject, number, is_note, is_turn, doc."""
    texts = texts_of("events", events)
    numbers = sorted(events)
    ordered = [events[seq] for seq in numbers]
    subjects = [next((key for key in schema.EVENT_SUBJECTS if key in event), None) for event in ordered]
    return [
        numbers,
        [event["change"] for event in ordered],
        [event["who"] for event in ordered],
        subjects,
        [event[key] if key else None for event, key in zip(ordered, subjects, strict=True)],
        ["note" in event for event in ordered],
        ["undoes" in event or "redoes" in event for event in ordered],
        [texts[seq] for seq in numbers],
    ]
