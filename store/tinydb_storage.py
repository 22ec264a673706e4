"""TinyDB's own API over the store: reads are verified, writes are locked, validated, durable and recorded.

    from tinydb import where
    from store.tinydb_storage import open_store

    with open_store("commitments.json", who="chase.py") as db:
        late = db.find("overdue to:INTERPOL")
        db.table("commitments").update({"owner": "asel"}, doc_ids=[each.doc_id for each in late])
        db.run("set_due", 7, "end of March", reason="new minister")

The tables are those of the file: `commitments` (the default one), `visits`, `parties`, `events` and `_meta`; a
document's id is the number of its record. A call of TinyDB that changes a table is one transaction: the store is
locked and read afresh, and the differences become calls of operations, with their rules, events and undo. A change
for which an operation needs more than the new value (a state, an agreed date) is refused with the operation's name,
and `run` calls it. docs/python.md shows recipes. It depends on `Database` alone, whatever that opens.

No command but `followup python` imports this: TinyDB takes more than two bare starts of Python.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from inspect import Parameter, signature
from typing import Any

from tinydb import Storage, TinyDB
from tinydb.table import Document, Table

from store import operations
from store.clock import MachineClock
from store.database import Database
from store.errors import Conflict, NotAllowed, NotFound, StoreDamaged, UsageError
from store.formats.records_as_json import commitment_json
from store.model.format_version import TABLES
from store.model.required_fields import ALWAYS_THERE, NEEDED, VISIT_TEXTS
from store.nearest_word import did_you_mean
from store.operations.refuse_clashing_edits import expect_revision
from store.query.parse_query import parse
from store.query.sort_orders import by_urgency
from store.query.unknown_names import unknown_names
from store.rules.dates.parse_date import parse_date, parse_day
from store.rules.days import Direction, is_day
from store.rules.due_dates_and_extensions import DueDate, is_agreed_date
from store.sanitise_text import clean_line, visible
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.translation import phrase, tr
from store.users_and_groups import user_name

META = "_meta"
"""The table of one document: revision, next numbers, settings."""

_READ_ONLY = frozenset({META, "events"})

Record = Mapping[str, Any]


class StoreWarning(UserWarning):
    """A warning about a saved change, such as a name close to a known one, or about a name in a query that none has."""


def open_store(path: str | os.PathLike[str], *, who: str = "script", today: str | None = None) -> StoreDB:
    """Open the store at a path, as a TinyDB and a context manager.

    Changes are made by the operating-system user, as everywhere. `who` is the name of the script, which each of its
    events keeps beside the user. `today` is the ISO day that counts as today.

    Raises: UsageError, StoreMissing, StoreDamaged, StoreUnusable.
    """
    if today is not None and not is_day(today):
        sentence = tr('"{today}" is not a day: write it as 2026-03-31', today=visible(str(today)))
        raise UsageError(sentence, code="script.today-not-a-day", field="today")
    database = Database(os.path.expanduser(path), MachineClock(today), user_name(os.environ), uid=os.getuid())
    database.settings()  # Says what is wrong now, not at the first table.
    return StoreDB(database, who)


class DatabaseStorage(Storage):
    """TinyDB's storage over a `Database`: `read` gives one revision, `write` swaps that revision for the next one."""

    def __init__(self, database: Database, who: str) -> None:
        self._database = database
        self._who = clean_line(who) or "script"
        self._tx: Transaction | None = None
        """The open transaction of this storage, if any."""

    def read(self) -> Tables:  # type: ignore[override] # A dict that reads its tables when they are asked for.
        """Read the tables of one verified revision, or of the open transaction, as copies that may be changed freely.

        Raises: StoreMissing, StoreDamaged, StoreUnusable.
        """
        return Tables(self._tx or self._database.snapshot())

    def write(self, data: Mapping[str, Any]) -> None:
        """Write the tables, if the store is still at the revision that they were read at.

        Raises: Conflict when it is not; FollowUpError for what the rules refuse; and then nothing was changed.
        """
        with self.change() as tx:
            _write(tx, data)

    def snapshot(self) -> Snapshot:
        """The saved revision, for queries. Raises: NotAllowed in a transaction, StoreUnusable."""
        if self._tx is not None:
            sentence = tr("find sees only what is saved: call it before or after the transaction")
            raise NotAllowed(sentence, code="script.find-in-transaction")
        return self._database.snapshot()

    def next_number(self, table: str) -> int:
        """The next number of a table: numbers are never reused."""
        number: int = (self._tx or self._database.snapshot()).meta["next"][table]
        return number

    @contextmanager
    def change(self) -> Iterator[Transaction]:
        """A transaction, committed when the block ends; inside an open one, a savepoint to roll back to."""
        if self._tx is not None:
            savepoint = self._tx.savepoint()
            try:
                yield self._tx
            except BaseException:
                self._tx.roll_back_to(savepoint)
                raise
            return
        with self._database.transaction() as tx:
            tx.script = self._who
            self._tx = tx
            try:
                yield tx
                _validate(tx)
            finally:
                self._tx = None
        for sentence in tx.warnings:
            warnings.warn_explicit(visible(sentence), StoreWarning, "followup", 1)

    def run(self, verb: str, *given: Any, **named: Any) -> Any:
        """Call an operation by its name, in a transaction of its own or in the open one. Returns what it returns."""
        if verb in _WHOLE_CHANGE and self._tx is not None:
            sentence = tr("{verb} is a change of its own: it cannot be a part of a transaction", verb=verb)
            raise NotAllowed(sentence, code="script.whole-change-in-transaction")
        with self.change() as tx:
            return _call(tx, verb, given, named)


class Tables(MutableMapping[str, dict[str, Any]]):
    """The tables of one revision by name, each copied on first use: the history is long."""

    def __init__(self, source: Snapshot | Transaction) -> None:
        self._source = source
        self._tables: dict[str, dict[str, Any] | None] = dict.fromkeys((META, *TABLES))
        self._tables[META] = {"1": _copy(source.meta)}

    def __getitem__(self, name: str) -> dict[str, Any]:
        table = self._tables[name]
        if table is None:
            records = self._source.table(name)
            table = self._tables[name] = {str(number): _copy(record) for number, record in records.items()}
        return table

    def __setitem__(self, name: str, table: dict[str, Any]) -> None:
        self._tables[name] = table

    def __delitem__(self, name: str) -> None:
        del self._tables[name]

    def __contains__(self, name: object) -> bool:
        return name in self._tables  # What is inherited would read the table.

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def __repr__(self) -> str:
        return f"Tables({', '.join(self)})"

    def loaded(self) -> dict[str, dict[str, Any]]:
        """The tables that were used, and may have been changed."""
        return {name: table for name, table in self._tables.items() if table is not None}


def _copy(value: Any) -> Any:
    """A deep copy of plain data; texts, which most of it are, are not copied by a call each: half the time."""
    if isinstance(value, dict):
        return {name: item if type(item) is str else _copy(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [item if type(item) is str else _copy(item) for item in value]
    return value


class StoreTable(Table):
    """A table of the store: each call that changes it is one transaction, and no query is cached."""

    default_query_cache_capacity = 0
    _storage: DatabaseStorage

    def __init__(self, storage: Storage, name: str, cache_size: int = 0, persist_empty: bool = False) -> None:
        """`cache_size` and `persist_empty` have no effect: others change the store, and every table exists."""
        super().__init__(storage, name, cache_size=0)

    def insert(self, document: Mapping[str, Any]) -> int:
        with self._storage.change():
            self._next_id = None  # An insert before it may have been refused, or others may have inserted.
            return super().insert(document)

    def upsert(self, document: Mapping[str, Any], cond: Any = None) -> list[int]:
        with self._storage.change():
            return super().upsert(document, cond)

    def truncate(self) -> None:
        with self._storage.change():
            super().truncate()

    def _update_table(self, updater: Callable[[dict[int, Any]], None]) -> None:
        if self.name in _READ_ONLY:
            raise _read_only(self.name)
        with self._storage.change():
            self._next_id = None
            super()._update_table(updater)

    def _get_next_id(self) -> int:
        """The next number of the store: TinyDB's own would reuse that of a removed record."""
        if self.name in _READ_ONLY:
            raise _read_only(self.name)
        number: int = self._storage.next_number(self.name) if self._next_id is None else self._next_id
        self._next_id = number + 1  # type: ignore[assignment] # Written without a type: None at first.
        return number


class StoreDB(TinyDB):
    """A TinyDB over the tables of a store; `commitments` is the default table."""

    table_class = StoreTable
    default_table_name = "commitments"
    _storage: DatabaseStorage

    def __init__(self, database: Database, who: str = "script", me: Sequence[str] = ()) -> None:
        """`who`: the name of the script; `me`: the names that `find("mine")` searches for, at least the user's."""
        super().__init__(database, who, storage=DatabaseStorage)
        self._database = database
        self._me = me or [database.actor]

    def table(self, name: str, **kwargs: Any) -> StoreTable:
        """A table of the store. Raises: NotFound for an unknown one, instead of returning an empty one."""
        if name != META and name not in TABLES:
            raise _unknown_table(name)
        table = super().table(name, **kwargs)
        assert isinstance(table, StoreTable)
        return table

    def find(self, query: str = "") -> list[Document]:
        """The commitments that a query of followup asks for (`overdue to:INTERPOL`), the most urgent first, finished
        ones only when it asks for them: documents as `followup list --json` prints them, with band and days left.

        A name in it that the store does not know is a StoreWarning. Raises: UsageError for a query that is not
        understood, StoreUnusable.
        """
        snapshot = self._storage.snapshot()
        asked = parse(query, today=snapshot.today, me=self._me)
        rows = snapshot.rows_to_list(finished=asked.asks_for_finished, aside=asked.asks_for_aside)
        found = sorted((row for row in rows if asked.lists(row, snapshot)), key=by_urgency)
        for refusal in unknown_names(asked, snapshot):
            warnings.warn_explicit(visible(refusal.sentence), StoreWarning, "followup", 1)
        return [Document(_copy(commitment_json(row, snapshot)), row.commitment["id"]) for row in found]

    def run(self, verb: str, *given: Any, **named: Any) -> Any:
        """Call an operation: `db.run("mark", 7, "reported", evidence="letter 12/44", on="2 March")`.

        `verb` is a name of `store.operations`; dates may be words, as on the command line; `on` is the day it happened.
        `new_parties` are names that are new parties, though they resemble a known one or join several.
        Returns what the operation returns. Raises: FollowUpError, and then nothing was changed.
        """
        return self._storage.run(verb, *given, **named)

    @contextmanager
    def transaction(self) -> Iterator[StoreDB]:
        """Join several changes into one, which is committed when the block ends and rolled back when it raises.

        A change in it that is refused leaves the others as they are.
        """
        with self._storage.change():
            yield self

    @property
    def today(self) -> str:
        """The calendar day in the store's time zone, as an ISO string."""
        return self._database.snapshot().today

    @property
    def revision(self) -> int:
        """The revision of the store; each change adds one, so the events since a revision can be found."""
        return self._database.snapshot().revision


# What differs, as calls of operations.

OPERATIONS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        *(operations.add, operations.edit, operations.remove, operations.mark, operations.set_due),
        *(operations.set_miss_reason, operations.chase, operations.note, operations.set_seats),
        *(operations.add_visit, operations.edit_visit, operations.remove_visit),
        *(operations.set_visit_aside, operations.bring_visit_back, operations.add_promises_like),
        *(operations.edit_party, operations.merge_parties, operations.remove_party, operations.change_settings),
        *(operations.rename_owner,),
        *(operations.undo, operations.redo, operations.redact),
    )
}
"""Name -> the operation that `run` calls."""

_WHOLE_CHANGE = frozenset({"undo", "redo", "redact"})

_SAME_NAME = ("title", "visit", "by", "to", "via", "support", "kind", "owner", "quote", "source", "source_id", "after")
"""The fields of a commitment that are parameters of `add` and `edit` by the same name."""

_DATE = ("due", "due_precision", "due_words")

_STAMPS = ("id", "created", "updated", "revision")

_TYPED = {
    "mark": 'db.run("mark", {number}, STATE, ...)',
    "set_due": 'db.run("set_due", {number}, DATE, reason=TEXT)',
    "chase": 'db.run("chase", {number}, again=DATE, note=TEXT)',
    "note": 'db.run("note", {number}, TEXT)',
    "set_seats": 'db.run("set_seats", {number}, wanted=3, nominated=2)',
}
"""Operation -> how a script calls it for a commitment."""

_CHANGED_BY = {
    **dict.fromkeys(("state", "agreed_on", "reported", "confirmed", "returned", "closed"), "mark"),
    **dict.fromkeys(("original_due", "due_changes"), "set_due"),
    **dict.fromkeys(("chase_on", "chased", "last_chased"), "chase"),
    "news_on": "note",
    "seats": "set_seats",
}
"""Field of a commitment that cannot be changed by its value alone -> the operation that changes it."""

Call = tuple[str, tuple[Any, ...], dict[str, Any]]
"""Name of an operation, its positional and its keyword arguments."""


def _unknown_table(name: str) -> NotFound:
    sentence = tr('there is no table "{name}": the tables are {tables}', name=visible(name), tables=", ".join(TABLES))
    return NotFound(sentence, code="script.table-unknown")


def _read_only(name: str) -> NotAllowed:
    if name == META:
        sentence = tr('_meta is read-only: db.run("change_settings", ...) sets what can be set')
        return NotAllowed(sentence, code="script.meta-read-only")
    sentence = tr("{name} is read-only: every change writes its own event, and none is erased", name=name)
    return NotAllowed(sentence, code="script.table-read-only")


def _write(tx: Transaction, data: Mapping[str, Any]) -> None:
    """Call the operations that change the tables of a transaction into these. Raises: Conflict, FollowUpError."""
    missing = [name for name in (META, *TABLES) if name not in data]
    if missing:
        sentence = tr(
            "a store keeps its tables, and {missing} would be gone: nothing was changed", missing=", ".join(missing)
        )
        raise NotAllowed(sentence, code="script.table-left-out")
    unknown = [name for name in data if name != META and name not in TABLES]
    if unknown:
        raise _unknown_table(str(unknown[0]))
    _refuse_stale(tx, data[META])
    tables = data.loaded() if isinstance(data, Tables) else data
    calls: list[Call] = []
    new: dict[str, list[int]] = {}
    for name in TABLES:
        if name in tables:
            before, after = tx.table(name), _by_number(name, tables[name])
            if name in _READ_ONLY and before != after:
                raise _read_only(name)
            new[name] = sorted(after.keys() - before.keys())
            calls += _differences(tx, name, before, after)
    for name, numbers in new.items():
        for number, expected in enumerate(numbers, tx.meta["next"][name]):
            if number != expected:
                raise NotAllowed(
                    tr(
                        "the next number in {name} is {number}, not {expected}: no number is chosen or reused",
                        name=name,
                        number=number,
                        expected=expected,
                    ),
                    code="script.number-chosen",
                )
    for call in calls:
        try:
            _call(tx, *call)
        except UsageError as error:
            raise NotAllowed(error.sentence, code=error.code, field=error.field, values=error.values) from None


def _refuse_stale(tx: Transaction, meta: Any) -> None:
    """Refuse tables that were read at another revision than the current one. Raises: Conflict, NotAllowed."""
    given = meta.get("1") if isinstance(meta, Mapping) else None
    if not isinstance(given, Mapping):
        raise _read_only(META)
    current = tx.meta
    if (given.get("revision"), given.get("next")) != (current["revision"], current["next"]):
        raise Conflict(
            tr(
                "the store changed since it was read: it was at revision {before}, and is now at "
                "{revision}; nothing was changed. Read it again",
                before=given.get("revision"),
                revision=current["revision"],
            ),
            code="script.store-changed-meanwhile",
        )
    if given != current:
        raise _read_only(META)


def _by_number(name: str, table: Any) -> dict[int, Record]:
    if not isinstance(table, Mapping):
        raise NotAllowed(tr("{name} is not a table of documents", name=name), code="script.not-a-table")
    found: dict[int, Record] = {}
    for key, record in table.items():
        text = str(key)
        if not (text.isascii() and text.isdigit() and len(text) < 16) or not isinstance(record, Mapping):
            sentence = tr(
                '{name} holds documents under their numbers, and "{text}" is none', name=name, text=visible(text)
            )
            raise NotAllowed(sentence, code="script.not-a-number")
        found[int(text)] = record
    return found


def _differences(tx: Transaction, name: str, before: Mapping[int, Record], after: Mapping[int, Record]) -> list[Call]:
    """The calls that change one table into the other: for new records, changed ones, then removed ones."""
    made = {"commitments": _new_commitment, "visits": _new_visit, "parties": _new_party}
    changed = {"commitments": _changed_commitment, "visits": _changed_visit, "parties": _changed_party}
    gone = {"commitments": _gone_commitment, "visits": _gone_visit, "parties": _gone_party}
    calls: list[Call] = []
    for number in sorted(after.keys() - before.keys()):
        fields = _filled_fields(after[number])
        if fields.pop("id", number) != number:
            raise _kept_by_store(name, number, "id")
        calls.append(made[name](number, fields))
    for number in sorted(after.keys() & before.keys()):
        old, new = before[number], after[number]
        if old != new:
            _refuse_stamps(tx, name, old, new)
            pair = _filled_fields(old), _filled_fields(new)
            if changes := _changes(name, number, *pair):
                calls += changed[name](number, *pair, changes)
    for number in sorted(before.keys() - after.keys()):
        calls.append(gone[name](number, before[number]))
    return calls


def _filled_fields(record: Record) -> dict[str, Any]:
    """The fields of a record that have a value: None, an empty text or list is the same as no field."""
    return {name: value for name, value in record.items() if value is not None and value not in ("", [], {})}


def _refuse_stamps(tx: Transaction, name: str, old: Record, new: Record) -> None:
    """Refuse changes of the fields that the store sets itself, and documents of an older revision.

    Raises: NotAllowed, Conflict.
    """
    number, revision = old["id"], new.get("revision", old["revision"])
    if type(revision) is int and revision < old["revision"]:
        if name == "commitments":
            expect_revision(tx, number, revision, old["revision"])
        raise Conflict(
            tr(
                "{name} changed since revision {revision}, it is now at {current}; nothing was changed. Read it again",
                name=_named(name, number),
                revision=revision,
                current=old["revision"],
            ),
            code="script.record-changed-meanwhile",
        )
    kept = next((field for field in _STAMPS if new.get(field, old.get(field)) != old.get(field)), None)
    if kept is not None:
        raise _kept_by_store(name, number, kept)


def _kept_by_store(name: str, number: int, field: str) -> NotAllowed:
    sentence = tr("{name}: the store keeps {field} itself", name=_named(name, number), field=field)
    return NotAllowed(sentence, code="script.field-of-store", field=field)


def _named(name: str, number: int) -> str:
    if name == "commitments":
        return f"{number}"
    return tr(phrase("visit {number}") if name == "visits" else phrase("party {number}"), number=number)


def _changes(name: str, number: int, old: Record, new: Record) -> dict[str, Any]:
    """Field -> its new value, None for a removed one."""
    fields = {field: new.get(field) for field in (*old, *new) if field not in _STAMPS}
    changes = {field: value for field, value in fields.items() if value != old.get(field)}
    for field in ALWAYS_THERE[name]:
        if field in changes and changes[field] is None:
            sentence = tr("{name}: its {field} cannot be taken out", name=_named(name, number), field=field)
            raise NotAllowed(sentence, code="script.field-needed", field=field)
    return changes


def _refuse_unknown(name: str, number: int, fields: Mapping[str, Any], known: Sequence[str]) -> None:
    for field in fields:
        if field not in known:
            hint = did_you_mean(str(field), list(known)) or tr("; there are {known}", known=", ".join(known))
            sentence = tr(
                '{name}: no field "{field}" can be written{hint}',
                name=_named(name, number),
                field=visible(str(field)),
                hint=hint,
            )
            raise NotAllowed(sentence, code="script.field-unknown")


def _new_commitment(number: int, fields: dict[str, Any]) -> Call:
    if set(fields.get("seats") or {"wanted"}) != {"wanted"}:
        raise _by_operation(number, "seats", "set_seats")
    _refuse_ruled(number, fields, but=("state", "seats"))
    _refuse_unknown("commitments", number, fields, (*_SAME_NAME, *_DATE, "state", "seats"))
    named = {field: fields[field] for field in (*_SAME_NAME, "state") if field in fields}
    for field in NEEDED:
        if field not in named:
            sentence = tr("a new commitment needs title, visit, by and to, and {field} is missing", field=field)
            raise NotAllowed(sentence, code="script.new-commitment-needs", field=field)
    title = named.pop("title")
    if any(field in fields for field in _DATE):
        named["date"] = {field: fields.get(field) for field in _DATE}
    if "seats" in fields:
        named["seats"] = fields["seats"]["wanted"]
    return "add", (title,), named


def _changed_commitment(number: int, old: Record, new: Record, changes: dict[str, Any]) -> Iterator[Call]:
    _refuse_ruled(number, changes)
    _refuse_unknown("commitments", number, changes, (*_SAME_NAME, *_DATE, "miss_reason"))
    named = {field: changes[field] for field in _SAME_NAME if changes.get(field) is not None}
    if "due_words" in changes and not changes.keys() & {"due", "due_precision"}:
        named["words"] = changes["due_words"] or ""
    clear = [field for field in _SAME_NAME if field in changes and changes[field] is None]
    named.update({field: "" for field in clear if field == "source_id"})
    clear = [field for field in clear if field != "source_id"]
    if named or clear:
        yield "edit", (number,), {**named, "clear": clear}
    if changes.keys() & {"due", "due_precision"}:
        if "due" in changes and is_agreed_date(old):
            raise _by_operation(
                number, "due", "set_due", phrase("{number}: {field} is an agreed date: {call} changes it by the rules")
            )
        keeps_words = "due_words" in changes or "due" not in changes
        words = new.get("due_words") if keeps_words else None
        precision = new.get("due_precision") if "due_precision" in changes or "due" not in changes else None
        yield "set_due", (number, {"due": new.get("due"), "due_precision": precision, "due_words": words}), {}
    if "miss_reason" in changes:
        yield "set_miss_reason", (number, changes["miss_reason"] or ""), {}


def _refuse_ruled(number: int, fields: Mapping[str, Any], but: Sequence[str] = ()) -> None:
    for field in fields:
        if field in _CHANGED_BY and field not in but:
            raise _by_operation(number, field, _CHANGED_BY[field])


_NOT_WRITTEN = phrase("{number}: {field} cannot be written: {call} changes it by the rules")


def _by_operation(number: int, field: str, verb: str, sentence: str = _NOT_WRITTEN) -> NotAllowed:
    call = _TYPED[verb].format(number=number)
    sentence = tr(sentence, number=number, field=field, call=call)
    return NotAllowed(sentence, code="script.field-by-operation", field=field)


def _gone_commitment(number: int, old: Record) -> Call:
    raise NotAllowed(
        tr(
            '{number}: nothing is taken out without a reason: db.run("remove", {number}, '
            'reason=TEXT) takes out one that was entered by mistake, and db.run("mark", {number}, '
            '"closed", because=WORD) closes one that was agreed',
            number=number,
        ),
        code="script.commitment-stays",
    )


def _new_visit(number: int, fields: dict[str, Any]) -> Call:
    known = ("slug", "start", "end", "hosts", *VISIT_TEXTS)
    _refuse_unknown("visits", number, fields, known)
    for field in ("title", "place", "start"):
        if field not in fields:
            sentence = tr("a new visit needs title, place and start, and {field} is missing", field=field)
            raise NotAllowed(sentence, code="script.new-visit-needs", field=field)
    named = {field: value for field, value in fields.items() if field != "title"}
    return "add_visit", (fields["title"],), named


def _changed_visit(number: int, old: Record, new: Record, changes: dict[str, Any]) -> Iterator[Call]:
    _refuse_unknown("visits", number, changes, ("slug", "start", "end", "hosts", *VISIT_TEXTS))
    named = {"new_slug" if field == "slug" else field: value for field, value in changes.items()}
    named.update({field: "" for field in VISIT_TEXTS if field in named and named[field] is None})
    if "hosts" in named:
        named["hosts"] = named["hosts"] or []
    yield "edit_visit", (old["slug"],), named


def _gone_visit(number: int, old: Record) -> Call:
    return "remove_visit", (old["slug"],), {}


def _new_party(number: int, fields: dict[str, Any]) -> Call:
    sentence = tr("a party is entered by the commitment that first names it, not by itself")
    raise NotAllowed(sentence, code="script.party-by-itself")


def _changed_party(number: int, old: Record, new: Record, changes: dict[str, Any]) -> Iterator[Call]:
    _refuse_unknown("parties", number, changes, ("name", "short", "ru", "aliases"))
    named = {"new_name" if field == "name" else field: value for field, value in changes.items()}
    named.update({field: "" for field in ("short", "ru") if field in named and named[field] is None})
    if "aliases" in named:
        aliases = named["aliases"] or []
        gone = [alias for alias in old.get("aliases", []) if alias not in aliases]
        if gone:
            sentence = tr(
                'party {number}: "{gone}" stays: a name that was in use still finds it',
                number=number,
                gone=visible(gone[0]),
            )
            raise NotAllowed(sentence, code="script.alias-stays", field="aliases")
    yield "edit_party", (old["name"],), named


def _gone_party(number: int, old: Record) -> Call:
    return "remove_party", (old["name"],), {}


# Calls, with the values of a script checked and its words understood.


class _Unfit(Exception):
    """The value of a script is not what a parameter takes."""

    def __init__(self, takes: str, value: Any) -> None:
        self.takes = takes
        self.value = value


_A_TEXT = phrase("a text")


def _text(value: Any, today: str, takes: str = _A_TEXT) -> str:
    if not isinstance(value, str):
        raise _Unfit(takes, value)
    return value


def _number(value: Any, today: str) -> int:
    if type(value) is not int or value < 0:
        raise _Unfit(phrase("a whole number from 0 up"), value)
    return value


def _flag(value: Any, today: str) -> bool:
    if type(value) is not bool:
        raise _Unfit(phrase("True or False"), value)
    return value


def _names(value: Any, today: str) -> Sequence[str]:
    if not (isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)):
        raise _Unfit(phrase('a list of texts, as ["UNODC"]'), value)
    return value


def _day(value: Any, today: str, direction: str) -> str:
    text = _text(value, today)
    return parse_day(text, today, direction) if text else text


def _due_date(value: Any, today: str) -> DueDate:
    """A due date from words, or from the fields of a document."""
    if isinstance(value, DueDate):
        return value
    fields = value if isinstance(value, dict) else {"due": value}
    for text in fields.values():
        if text is not None:
            _text(text, today, phrase("a date as text, as 2027-03-31 or end of March"))
    deadline = parse_date(fields.get("due") or "none", today)
    precision = fields.get("due_precision") or deadline.precision
    return DueDate(deadline.day, precision, fields.get("due_words") or deadline.words)


CONVERTERS: dict[str, Callable[[Any, str], Any]] = {
    **dict.fromkeys(("agreed_by", "asked_by", "because", "delegation", "donor", "evidence", "kind", "letter"), _text),
    **dict.fromkeys(("like", "name", "new", "new_name", "new_slug", "note", "old", "owner", "passage", "place"), _text),
    **dict.fromkeys(("contact", "grant", "lang", "office"), _text),
    **dict.fromkeys(("programme", "quote", "reason", "ru", "short", "silent_after", "slug", "source"), _text),
    **dict.fromkeys(("source_id", "state", "text", "timezone", "title", "via", "visit", "words"), _text),
    **dict.fromkeys(("acknowledged", "after", "by_id", "change", "nominated", "number", "seats", "wanted"), _number),
    **dict.fromkeys(("is_correction", "is_wanted_unknown", "take_back"), _flag),
    **dict.fromkeys(("aliases", "by", "clear", "hosts", "new_parties", "said_by", "support", "to"), _names),
    **dict.fromkeys(("again", "until"), partial(_day, direction=Direction.FORWARD)),
    **dict.fromkeys(("endorsed", "on"), partial(_day, direction=Direction.BACK)),
    **dict.fromkeys(("end", "start"), partial(_day, direction=Direction.NEAREST)),
    "date": _due_date,
}
"""Parameter of an operation -> what makes its value of a script's, on an ISO day. Raises: _Unfit, DateRefused."""

_NONE_WITHOUT_DEFAULT = frozenset({"again", "reason"})
"""The parameters that take None without having it as their default."""

_signature_of = cache(signature)


def _call(tx: Transaction, verb: str, given: Sequence[Any], named: Mapping[str, Any]) -> Any:
    """Call an operation. Raises: UsageError for an unknown one, NotAllowed for a value that it cannot take."""
    if verb not in OPERATIONS:
        hint = did_you_mean(str(verb), list(OPERATIONS)) or tr(
            "; there are {operations}", operations=", ".join(OPERATIONS)
        )
        raise UsageError(
            tr('there is no operation "{verb}"{hint}', verb=visible(str(verb)), hint=hint),
            code="script.operation-unknown",
        )
    takes = _signature_of(OPERATIONS[verb])
    parameters = list(takes.parameters.values())
    others = dict(named)
    day = _value(verb, "on", others.pop("on", None), tx.today, may_be_none=True)
    new_names = _value(verb, "new_parties", others.pop("new_parties", ()), tx.today, may_be_none=False)
    if any(parameter.name == "on" for parameter in parameters):
        others["on"] = day
    try:
        bound = takes.bind(tx, *given, **others)
    except TypeError as error:
        names = ", ".join(parameter.name for parameter in parameters[1:])
        raise UsageError(
            tr("{verb}: {error}; it takes {names}", verb=verb, error=error, names=names), code="script.parameters-unfit"
        ) from None
    for parameter in parameters[1:]:
        if parameter.name not in bound.arguments:
            continue
        value = bound.arguments[parameter.name]
        if parameter.kind is Parameter.VAR_KEYWORD:
            for name in value:
                if name not in VISIT_TEXTS:
                    sentence = tr(
                        '{verb}: no field "{name}"{hint}',
                        verb=verb,
                        name=visible(name),
                        hint=did_you_mean(name, VISIT_TEXTS),
                    )
                    raise UsageError(sentence, code="script.parameter-unknown")
            checked: Any = {name: _value(verb, name, text, tx.today, may_be_none=True) for name, text in value.items()}
        else:
            may_be_none = parameter.default is None or parameter.name in _NONE_WITHOUT_DEFAULT
            checked = _value(verb, parameter.name, value, tx.today, may_be_none=may_be_none)
        bound.arguments[parameter.name] = checked
    tx.set_day(day)
    tx.take_as_new(new_names)
    try:
        return OPERATIONS[verb](*bound.args, **bound.kwargs)
    finally:
        tx.set_day(None)
        tx.take_as_new(())


def _value(verb: str, name: str, value: Any, today: str, *, may_be_none: bool) -> Any:
    """Convert the value of a script to that of a parameter. Raises: NotAllowed, DateRefused."""
    if value is None and may_be_none:
        return None
    try:
        return CONVERTERS[name](value, today)
    except _Unfit as unfit:
        sentence = tr(
            "{verb}: {name} is {takes}, not {value}",
            verb=verb,
            name=name,
            takes=tr(unfit.takes),
            value=visible(repr(unfit.value))[:60],
        )
        raise NotAllowed(sentence, code="script.value-unfit", field=name) from None


def _validate(tx: Transaction) -> None:
    """Validate the changes of a transaction, refusing an invalid value as such, not as damage. Raises: NotAllowed."""
    try:
        tx.validate()
    except StoreDamaged as error:
        raise NotAllowed(tr("{error}; nothing was changed", error=error), code="script.value-invalid") from None
