"""Transaction: one change of a store under its lock, committed whole or not at all; savepoints and dry runs."""

from __future__ import annotations

from store.fold_case_and_accents import fold
from store.model.format_version import KEY_OF_TABLE, TABLES
from store.rules.history import SUMMARY_FIELDS, with_event, with_summary
from store.rules.numbering import SET_BACK, commitment_not_found, is_given, take_number
from store.rules.party_names import Directory
from store.rules.redacted_fields_and_mark import redacted_records
from store.rules.refuse_future_or_past_day import refuse_day_to_come
from store.rules.refuse_newer_version import known_events, refuse_unknown_words
from store.rules.text_length import refuse_too_long
from store.rules.valid_record import check_meta, check_records
from store.sanitise_text import clean_line
from store.translation import tr
from store.users_and_groups import with_account

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import TracebackType
    from typing import Any, Literal, Protocol, overload

    from store.database import Database
    from store.model.record_types import Commitment, Event, Meta, Party, Settings, Visit
    from store.snapshot import SnapshotSource

    class ChangeSource(SnapshotSource, Protocol):
        """One revision, read to be changed."""

        def numbers(self, name: str) -> Iterable[int]: ...
        def words_of_commitments(self, fields: Iterable[str]) -> set[tuple[str, str]]: ...
        def commitments_naming(
            self, visits: Iterable[str], parties: Iterable[str], numbers: Iterable[int]
        ) -> Iterable[Commitment]: ...
        def fetch(self, numbers: Iterable[int]) -> Iterable[int]: ...

    class WriteTransaction(Protocol):
        """The engine's side of one change: nobody else's change comes between reading and saving."""

        @property
        def image(self) -> ChangeSource:
            """The revision that is changed."""

        @property
        def actor(self) -> str:
            """Who makes the change."""

        @property
        def now(self) -> str:
            """The instant of the change, in UTC."""

        @property
        def warnings(self) -> list[str]:
            """What failed after the change was saved."""

        def __enter__(self) -> WriteTransaction: ...
        def __exit__(
            self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
        ) -> None:
            """End it; unsaved changes are dropped."""

        def save(self, meta: Meta, changes: Mapping[str, Mapping[int, Any]]) -> None:
            """Save the next revision: table -> number -> record (None: removed). Raises: Conflict, StoreUnusable."""

        def replace(self, image: Any, meta: Meta, changes: Mapping[str, Mapping[int, Any]]) -> None:
            """Save this image, read from a file, with these changes, in the place of all that is there."""

        def keep_turn(self) -> None:
            """Show that the change goes on, where an idle one is ended. Raises: TryAgain."""

        def redact_copies(self, number: int, clean: Callable[[Any], Any]) -> tuple[int, list[str], bool]:
            """Redact a commitment and its events in the automatic copies. Returns how many copies changed, sentences
            of what may still hold the passage, and whether a copy of ours is among that."""


_ALWAYS_RECORDED = frozenset({"chase", "note", "undo", "redo"})
"""The actions whose event is recorded even when no field changes."""

_NOTHING = (type(None), list, dict)
"""The types whose empty value is the same as no value."""

_STAMPS = ("created", "updated", "revision")
"""The last fields of a record, in this order, which every change sets."""

_FEW_SEARCHES = 16
"""The number of records whose events are searched one by one; for more, reading the whole history is quicker."""


def _changed_fields(before: Mapping[str, Any], changes: Mapping[str, object]) -> dict[str, list[object]]:
    """Field -> [old, new] of the fields that change; an empty list or object is the same as None."""
    values = {name: None if not value and isinstance(value, _NOTHING) else value for name, value in changes.items()}
    return {name: [old, new] for name, new in values.items() if (old := before.get(name)) != new}


_UNTOUCHED = object()
"""Marks a record that the transaction had not written before."""


class Savepoint:
    """A state of a transaction to roll back to.

    The number of records `written` and of `warnings` so far, the next number of each table, the settings, the day of
    the events, and the function called after the commit, if any.
    """

    __slots__ = ("after_saving", "day", "numbers", "settings", "warnings", "written")

    def __init__(
        self,
        written: int,
        numbers: Mapping[str, int],
        warnings: int,
        settings: Settings,
        day: str,
        after_saving: Callable[[], int] | None,
    ) -> None:
        self.written = written
        self.numbers = numbers
        self.warnings = warnings
        self.settings = settings
        self.day = day
        self.after_saving = after_saving


class Transaction:
    """One change of a store, under its lock: committed whole when the block ends, or not at all."""

    def __init__(
        self, database: Database, *, about: Iterable[int] = (), takes_back: bool = False, is_mending: bool = False
    ) -> None:
        """`about`: the numbers of the commitments that it is probably about, so that a server sends them at once;
        `takes_back`: it is an undo or a redo, which looks at the newest changes;
        `is_mending`: the store's time zone may be invalid, so today is that of the machine.
        """
        self._about = about
        self._takes_back = takes_back
        self._database = database
        self._is_mending = is_mending
        self.actor = ""
        self.warnings: list[str] = []
        self.resembling: list[tuple[str, str]] = []
        """New parties, each with the known name that it resembles."""
        self.revision = 0
        self.imported: str | None = None
        """The name of the file that the records are imported from; kept in the events."""
        self.captured: str | None = None
        """The name of the text that the records were found in; kept in the events."""
        self.script: str | None = None
        """The name that a script gives itself, unverified; kept in the events beside the user."""
        self._keep_turn: Callable[[], None] | None = None
        self._new_names: dict[str, str] = {}
        self._fitting_new_names: set[str] = set()
        self._first_apart: int | None = None
        self.takes_new_names = False
        """Whether each name that would be refused, as near a known one or as several, is a new party."""

    # Lock, read, commit.

    def __enter__(self) -> Transaction:
        self._underlying: WriteTransaction = self._database.begin(self._about, takes_back=self._takes_back)
        self._keep_turn = self._underlying.keep_turn
        self.actor = self._underlying.actor
        try:
            self._start(self._underlying.image, self._underlying.now)
        except BaseException as error:
            self._underlying.__exit__(type(error), error, error.__traceback__)
            raise
        return self

    def _start(self, image: ChangeSource, now: str) -> None:
        """Start at this revision, with no changes."""
        self._image = image
        self._settings = image.meta["settings"]
        self.now = now
        timezone = None if self._is_mending else self._settings.get("timezone")
        self.today = self._database.clock.today(timezone)
        self.day = self.today
        self.revision = self._image.meta["revision"]
        self._next = dict(self._image.meta["next"])
        self._first_new_party = self._next["parties"]
        self._counted: set[str] = set()
        self._staged: dict[str, dict[int, Any]] = {name: {} for name in TABLES}  # None: a removed record.
        self._new_events: dict[tuple[str, int], list[Event]] = {}
        self._old_events: dict[tuple[str, int], list[Event]] | None = None
        self._searches = self._searches_of_names = 0
        self._fetched: set[int] = set()
        self._to_summarise: set[int] = set()
        self._directory: Directory | None = None
        self._visits: dict[str, Visit] | None = None
        self._written: list[tuple[str, int, Mapping[str, Any] | object | None]] = []
        self._after_saving: Callable[[], int] | None = None
        self.is_left_in_copies = False
        """Whether a passage that was redacted may still stand in an automatic copy."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None and self._staged["events"]:
                self._commit()
                self.warnings += self._underlying.warnings
                if self._after_saving:
                    self._redact_saved_copies(self._after_saving)
        finally:
            self._underlying.__exit__(kind, error, trace)

    def _redact_saved_copies(self, redact_copies: Callable[[], int]) -> None:
        try:
            redact_copies()
        except Exception as error:
            # Whatever it is, the change is saved, and nothing may sound as if it were not.
            self.is_left_in_copies = True
            self.warnings.append(tr("saved, but the copies may still hold the passage: {error}", error=error))

    def validate(self) -> None:
        """Validate the changed records. Raises: StoreDamaged naming the record and its field."""
        for number in self._to_summarise:
            record = self._staged["commitments"].get(number)
            if record is not None:
                self._staged["commitments"][number] = with_summary(record, self.events_of("commitments", number))
        for name, records in self._staged.items():
            if None in records.values():
                records = {number: record for number, record in records.items() if record is not None}
            check_records(name, records)

    @property
    def meta(self) -> Meta:
        """The `_meta` record with this transaction's changes so far, at the revision that was read."""
        return {**self._image.meta, "next": dict(self._next), "settings": self._settings}

    @property
    def names_of_actor(self) -> frozenset[str]:
        """The names under which the user changed the store: his own, and those of his account before it was renamed."""
        return self._database.names_of_actor(self._image.meta)

    def _commit(self) -> None:
        self.validate()
        meta: Meta = {**self.meta, "revision": self.change}
        if accounts := with_account(meta.get("accounts"), self.actor, self._database.account):
            meta = {**meta, "accounts": accounts}
        check_meta(meta)
        changes = {name: records for name, records in self._staged.items() if records}
        trail, line = self._database.audit_trail(), None
        if trail is not None:
            meta, line = trail.next(meta, self._image, changes["events"])
        self._underlying.save(meta, changes)
        if trail is not None and line is not None:
            trail.write(line, self._underlying.warnings)
        self.revision = self.change

    @property
    def change(self) -> int:
        """The change number that this transaction's events share: the revision that it creates."""
        return self._image.meta["revision"] + 1

    def set_day(self, day: str | None) -> None:
        """Set the day of the following events (None: today). Raises: NotAllowed for a day to come."""
        refuse_day_to_come(day, self.today, field="on")
        self.day = day or self.today

    # Reading, with the changes so far.

    if TYPE_CHECKING:

        @overload
        def record(self, table: Literal["commitments"], number: int) -> Commitment | None: ...
        @overload
        def record(self, table: str, number: int) -> Mapping[str, Any] | None: ...

    def record(self, table: str, number: int) -> Any:
        """One record, or None."""
        if number in self._staged[table]:
            return self._staged[table][number]
        if not is_given(self._image.meta["next"], table, number):
            return None  # Never given yet: searching the file for it takes a twentieth of an import.
        return self._image.record(table, number)

    def table(self, name: str) -> dict[int, Any]:
        """All records of a table."""
        merged: dict[int, Any] = {**self._image.table(name), **self._staged[name]}
        return {number: record for number, record in merged.items() if record is not None}

    def revision_before(self, number: int) -> int:
        """The revision that a commitment had before this transaction. Raises: NotFound."""
        before = self._image.record("commitments", number)
        return before["revision"] if before is not None else self.commitment(number)["revision"]

    def commitment(self, number: int, field: str = "number") -> Commitment:
        """One commitment; `field` is the parameter that gave its number. Raises: NotFound."""
        found = self.record("commitments", number)
        if found is None:
            raise commitment_not_found(number, self.events_of("commitments", number), field)
        refuse_unknown_words(found)
        return found

    def commitments(self) -> dict[int, Commitment]:
        """All commitments by number."""
        found: dict[int, Commitment] = self.table("commitments")
        for commitment in found.values():
            refuse_unknown_words(commitment)
        return found

    def commitments_naming(
        self, *, visits: Iterable[str] = (), parties: Iterable[str] = (), numbers: Iterable[int] = ()
    ) -> dict[int, Commitment]:
        """The commitments that name one of these visits (by slug), parties or commitments, by number."""
        asked = frozenset(visits), frozenset(parties), frozenset(numbers)
        if not any(asked):
            return {}
        from store.rules.valid_store import names_one_of  # Most changes do not ask.

        self._searches_of_names += 1
        if self._searches_of_names > _FEW_SEARCHES:
            found = self.commitments()
        else:
            staged = self._staged["commitments"]
            found = {each["id"]: each for each in self._image.commitments_naming(*asked) if each["id"] not in staged}
            found |= {number: record for number, record in staged.items() if record is not None}
        found = {number: each for number, each in sorted(found.items()) if names_one_of(each, *asked)}
        for commitment in found.values():
            refuse_unknown_words(commitment)
        return found

    def fetch(self, numbers: Iterable[int]) -> None:
        """Load these commitments and their histories, which a server sends at once."""
        self._fetched.update(self._image.fetch(numbers))

    def numbers(self) -> list[int]:
        """The numbers of all commitments, ascending, without parsing them."""
        staged = self._staged["commitments"]
        there = {number for number in self._image.numbers("commitments") if number not in staged}
        return sorted(there | {number for number, record in staged.items() if record is not None})

    def visit(self, slug: str, field: str = "visit") -> Visit:
        """One visit by its slug. Raises: NotFound."""
        visits = self.visits()
        if slug in visits:
            return visits[slug]
        from store.rules.visit_slugs import known_visit

        return known_visit(visits, slug, field)

    def visits(self) -> dict[str, Visit]:
        """All visits by slug."""
        if self._visits is None:
            self._visits = {visit["slug"]: visit for visit in self.table("visits").values()}
        return self._visits

    @property
    def parties(self) -> Directory:
        """The directory of parties, with those of this transaction."""
        if self._directory is None:
            parties: dict[int, Party] = self.table("parties")
            self._directory = Directory(parties, self._first_apart)
        return self._directory

    def keep_new_names_apart(self) -> None:
        """Let no name mean a party entered from here on whose first words it is: the rows of a list have no order."""
        self._first_apart = self._next["parties"]
        self._directory = None

    def take_as_new(self, names: Iterable[str]) -> None:
        """Take these names, and no others any more, as new parties, whatever they resemble."""
        self._new_names = {fold(clean_line(name)): name for name in names}
        self._fitting_new_names = set()

    def is_meant_as_new(self, name: str) -> bool:
        """Whether the person declared a name to be a new party."""
        if not self._new_names or (folded := fold(clean_line(name))) not in self._new_names:
            return False
        self._fitting_new_names.add(folded)
        return True

    @property
    def unfitting_new_names(self) -> list[str]:
        """The declared names of new parties that none was given since."""
        return [name for folded, name in self._new_names.items() if folded not in self._fitting_new_names]

    def resembles(self, new: str, known: str) -> None:
        """Put down that a new party has a name that resembles a known one."""
        self.resembling.append((new, known))

    def warn(self, sentence: str) -> None:
        """Add a sentence to the warnings, once."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    @property
    def new_parties(self) -> int:
        """The number of parties that this transaction entered."""
        return self._next["parties"] - self._first_new_party

    @property
    def settings(self) -> Settings:
        """The settings of the store."""
        return self._settings

    def events_of(self, table: str, number: int) -> list[Event]:
        """The events of a record, oldest first."""
        key = KEY_OF_TABLE[table]
        self._searches += table != "commitments" or number not in self._fetched
        if self._searches > _FEW_SEARCHES:
            old = self._all_old_events().get((key, number), [])
        else:
            old = list(known_events(self._image.events_of(key, number)))
        return old + self._new_events.get((key, number), [])

    def _all_old_events(self) -> dict[tuple[str, int], list[Event]]:
        """The whole history by record, read once for a change that needs that of many records."""
        if self._old_events is None:
            self._old_events = {}
            events: Iterable[Event] = self._image.table("events").values()
            for event in known_events(events):
                for key in KEY_OF_TABLE.values():
                    if key in event:
                        self._old_events.setdefault((key, event[key]), []).append(event)
        return self._old_events

    def events_newest_first(self) -> Iterator[Event]:
        """All events, newest first."""
        yield from reversed(list(self._staged["events"].values()))
        yield from known_events(self._image.newest_events())

    # Changing.

    def add(self, table: str, fields: Mapping[str, object]) -> int:
        """Add a record under the next number of its table, with its event. Returns the number.

        An empty list or object is no value, as None. Raises: NotAllowed for a text that is too long.
        """
        if table not in self._counted:
            self._count_on(table)
        number = take_number(self._next, table)
        record: dict[str, object] = {"id": number}
        created: dict[str, list[object]] = {"created": [None, self.now]}
        for name, value in fields.items():
            if value is not None and (value or not isinstance(value, _NOTHING)):
                record[name] = value
                created[name] = [None, value]
        refuse_too_long(record)
        record["created"] = record["updated"] = self.now
        record["revision"] = 1
        self._append_event("add", (KEY_OF_TABLE[table], number), created, {}, 1)
        self._stage(table, number, record)
        self._cache_new(table, number)
        return number

    def write(self, table: str, number: int, changes: Mapping[str, object], *, action: str, **event: object) -> bool:
        """Change fields of a record (None: absent) and record the event, which gets `note`, `reason` and the like.

        Returns whether anything changed: an event without fields or note is not recorded. Raises: NotAllowed for a text
        that is too long; StoreDamaged for a record that another program left invalid.
        """
        before = self.record(table, number) or {}
        if before and number not in self._staged[table]:
            check_records(table, {number: before})  # One without `created`, say, would count as removed.
        fields = _changed_fields(before, changes)
        if not fields and not event.get("note") and action not in _ALWAYS_RECORDED:
            return False
        new = {name: pair[1] for name, pair in fields.items()}
        if "undoes" not in event and "redoes" not in event:
            refuse_too_long(new)
            if event:
                refuse_too_long(event)
        earlier = before.get("revision") or self._last_revision(table, number)
        is_new = self._staged[table].get(number) is None
        after: dict[str, Any] = {"id": number, **before, **new}
        created = after.pop("created", None)
        if before:
            after = {name: value for name, value in after.items() if value is not None and name not in _STAMPS}
        if created is not None:
            after["created"] = created
        after["updated"] = self.now
        after["revision"] = earlier + is_new
        self._append_event(action, (KEY_OF_TABLE[table], number), fields, event, after["revision"])
        self._stage(table, number, None if created is None else self._with_summary_fields(table, number, after))
        if before:
            self._forget_cached(table)
        else:
            self._cache_new(table, number)
        return True

    def _stage(self, table: str, number: int, record: Mapping[str, Any] | None) -> None:
        """Replace a record (None: removed), remembering the one before for savepoints."""
        staged = self._staged[table]
        self._written.append((table, number, staged.get(number, _UNTOUCHED)))
        staged[number] = record

    def _cache_new(self, table: str, number: int) -> None:
        """Add a new record to the cached part of its table."""
        if table == "parties" and self._directory is not None:
            self._directory.add(self._staged[table][number])
        else:
            self._forget_cached(table)

    def _forget_cached(self, table: str) -> None:
        if table == "parties":
            self._directory = None
        elif table == "visits":
            self._visits = None

    def savepoint(self) -> Savepoint:
        """The current state, to roll back to when one of many steps fails. Raises: TryAgain when the turn was lost."""
        if self._keep_turn is not None:
            self._keep_turn()
        return Savepoint(
            len(self._written), dict(self._next), len(self.warnings), self._settings, self.day, self._after_saving
        )

    def events_since(self, savepoint: Savepoint) -> list[Event]:
        """The events recorded since the savepoint."""
        staged = self._staged["events"]
        return [staged[seq] for seq in range(savepoint.numbers["events"], self._next["events"])]

    def roll_back_to(self, savepoint: Savepoint) -> None:
        """Undo everything since the savepoint: records, events, numbers, settings, the day."""
        for table, number, before in reversed(self._written[savepoint.written :]):
            if before is _UNTOUCHED:
                del self._staged[table][number]
            else:
                self._staged[table][number] = before
            self._forget_cached(table)
        for event in reversed(self.events_since(savepoint)):
            del self._staged["events"][event["seq"]]
            for key in KEY_OF_TABLE.values():
                if key in event:
                    self._new_events[key, event[key]].pop()
        del self._written[savepoint.written :]
        del self.warnings[savepoint.warnings :]
        self._next = dict(savepoint.numbers)
        self._settings = savepoint.settings
        self.day = savepoint.day
        self._after_saving = savepoint.after_saving

    def remove(self, table: str, number: int, *, action: str, **event: object) -> None:
        """Remove a record: its event keeps each of its fields, so that an undo restores it."""
        kept = ("id", "updated", "revision", *SUMMARY_FIELDS)
        fields = [name for name in self.record(table, number) or {} if name not in kept]
        self.write(table, number, dict.fromkeys(fields), action=action, **event)

    def write_settings(self, changes: Mapping[str, object], *, action: str = "config", **event: object) -> bool:
        """Change settings of the store (None: unset), with their event. Returns whether anything changed.

        Raises: NotAllowed for a text that is too long.
        """
        refuse_too_long(changes)
        before: Mapping[str, Any] = self.settings
        fields = _changed_fields(before, changes)
        if not fields and action not in _ALWAYS_RECORDED:
            return False
        after = {**before, **{name: pair[1] for name, pair in fields.items()}}
        settings: Any = {name: value for name, value in after.items() if value is not None}
        self._settings = settings
        self._append_event(action, None, fields, event)
        return True

    def redact(self, number: int, clean: Callable[[Any], Any]) -> int:
        """Replace a commitment and each of its events by `clean(record)`, and after the commit in the automatic copies.

        Returns how many of them changed.
        """
        records = redacted_records(self._image, number, clean)
        found = sum(len(changed) for changed in records.values())
        if not found:
            return 0
        before = self.record("commitments", number)
        if before is not None:
            after = records["commitments"].get(number, before)
            self._stage("commitments", number, {**after, "updated": self.now, "revision": before["revision"] + 1})
        revision = before["revision"] + 1 if before else self._last_revision("commitments", number) + 1
        for seq, event in records["events"].items():
            self._stage("events", seq, event)
        self._append_event("redact", ("id", number), {}, {}, revision)
        self._after_saving = lambda: self.redact_copies(number, clean)
        return found

    def redact_copies(self, number: int, clean: Callable[[Any], Any]) -> int:
        """Replace a commitment and its events by `clean(record)` in the automatic copies, at once.

        Returns how many copies changed; `warnings` names those that could not be.
        """
        changed, trouble, is_left = self._underlying.redact_copies(number, clean)
        self.warnings += trouble
        self.is_left_in_copies = self.is_left_in_copies or is_left
        return changed

    def _count_on(self, table: str) -> None:
        """Raise the next number of a table above those in its history.

        Another program can set the counter back behind the number of a record that was removed.
        """
        self._counted.add(table)
        key = KEY_OF_TABLE[table]
        if next(iter(self._image.events_of(key, self._next[table])), None) is not None:
            self._next[table] = 1 + max(event[key] for event in self._image.newest_events() if key in event)
            self.warn(tr(SET_BACK, counters=table))

    def _append_event(
        self,
        action: str,
        subject: tuple[str, int] | None,
        fields: Mapping[str, list[object]],
        more: Mapping[str, object],
        revision: int | None = None,
    ) -> None:
        """Record an event; `subject` is the key of a table and a record's number, `revision` that record's new one."""
        seq = take_number(self._next, "events")
        event: Any = {"seq": seq, "change": self.change, "at": self.now, "day": self.day, "who": self.actor}
        if subject:
            event[subject[0]] = subject[1]
            self._new_events.setdefault(subject, []).append(event)
        event["action"] = action
        if revision is not None:
            event["revision"] = revision
        if fields:
            event["fields"] = fields
        if self.imported:
            event["imported"] = self.imported
        if self.captured:
            event["captured"] = self.captured
        if self.script:
            event["script"] = self.script
        if more:
            event.update({name: value for name, value in more.items() if value is not None})
        self._staged["events"][seq] = event

    def _last_revision(self, table: str, number: int) -> int:
        """The last revision of a record that does not exist: 0 for a new one, else that before its removal."""
        if not is_given(self._image.meta["next"], table, number):
            return 0
        return max((event.get("revision", 0) for event in self.events_of(table, number)), default=0)

    def _with_summary_fields(self, table: str, number: int, record: Mapping[str, Any]) -> Mapping[str, Any]:
        """The record with the fields that summarise its events: the last news, and how often it was chased."""
        if table != "commitments":
            return record
        event: Event = self._staged["events"][self._next["events"] - 1]
        if "undoes" not in event and "redoes" not in event:
            return with_event(record, event)
        self._to_summarise.add(number)
        return record


class DryRun(Transaction):
    """A transaction on the current revision without its lock, which is rolled back when it ends."""

    def __enter__(self) -> Transaction:
        self.actor = self._database.actor
        self._start(self._database.image(), self._database.clock.now())
        return self

    def __exit__(self, *exception: object) -> None:
        return
