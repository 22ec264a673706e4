"""One revision of a store on a server: asked for by meaning, parsed from the texts that a file would hold."""

from __future__ import annotations

from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

from store.model.vocabulary_and_signs import OPEN
from store.quick_json import loads
from store.serialize_records import parts_naming
from store.server import statements
from store.snapshot import HistoryAtHand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from store.model.record_types import Commitment, Event, Meta, Settings
    from store.server.connection import Answer, Statement

    Record = Any
    Ask = Callable[[Sequence[Statement]], list[Answer]]


_FIRST_PIECE, _LARGEST_PIECE = 500, 32_000
"""How many events of the history are fetched at first, and at most, in one step."""


class ServerMeta:
    """The row of `followup.meta`: the store, its revision, and the role that asks."""

    __slots__ = ("instant", "layout", "meta", "moved", "now", "stamp", "user")

    def __init__(self, row: Sequence[Any]) -> None:
        """Raises: ValueError, TypeError, RecursionError for what this program did not write."""
        store, format_, schema, self.layout, revision, next_, settings, more, moved, self.user, now = row
        meta: Any = {
            "format": format_,
            "schema": schema,
            "revision": revision,
            "next": loads(next_.encode()),
            "settings": loads(settings.encode()),
        }
        meta |= {name: value for name, value in dict(loads(more.encode())).items() if name not in meta}
        self.meta: Meta = meta
        self.moved: str | None = moved
        self.stamp: tuple[str, int] = (store, revision)
        self.now: str = _instant(now)
        self.instant: float = now.timestamp()
        """When it was read, by the server's clock, in seconds."""


def _instant(now: datetime) -> str:
    from datetime import UTC

    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class ServerImage(HistoryAtHand):
    """One revision, its parts fetched on demand, in the transaction that read its meta."""

    def __init__(
        self,
        ask: Ask,
        meta: ServerMeta,
        tables: Mapping[str, dict[int, Record]],
        some: Mapping[int, Record] | None = None,
        events_of_some: Mapping[int, list[Event]] | None = None,
        newest: Sequence[Event] = (),
    ) -> None:
        """`ask` runs statements; `tables` are those that were read already, `some` commitments with their events.

        `newest` are the newest events, newest first.
        """
        self._ask_server = ask
        self._meta = meta
        self._tables = dict(tables)
        self._some = dict(some or {})
        self._events_of_some = dict(events_of_some or {})
        self._newest_read = newest
        self._events: list[Event] | None = None
        self._words: dict[frozenset[str], set[tuple[str, str]]] = {}
        """Fields -> what was found of them."""
        self._open: dict[int, Record] | None = None
        self._finished: Answer | None = None
        self._heads: dict[int, Record] | None = None
        self._noted: list[Event] | None = None
        self._turns: list[Event] | None = None
        self._naming: dict[str, list[Event]] = {}
        """Fields -> the events that name it."""
        self._expected: list[str] = []
        self._preceding: dict[int, Record | None] = {}
        """Heads of commitments that others come after, None for one that is gone."""

    @property
    def stamp(self) -> tuple[str, int]:
        """The store and its revision."""
        return self._meta.stamp

    @property
    def moved(self) -> str | None:
        """Where the store has moved; None while it is here."""
        return self._meta.moved

    @property
    def meta(self) -> Meta:
        """The revision, the next numbers, the settings."""
        return self._meta.meta

    @property
    def settings(self) -> Settings:
        """The settings of the store."""
        return self._meta.meta["settings"]

    @property
    def _revision(self) -> int:
        return self._meta.meta["revision"]

    def expect(self, *parts: str) -> None:
        """Announce what will be read, to be sent in one step with the first request.

        `commitments`, `events`: all of them; `notes`; `owner`: events that replace it; `due`: those that change it.
        """
        self._expected += parts

    def _ask(self, asked: Sequence[Statement]) -> list[Answer]:
        """Run statements together with the announced ones."""
        parts, self._expected = dict.fromkeys(self._expected), []
        statements_of_parts = [(part, statement) for part in parts for statement in self._statements_of(part)]
        answers = self._ask_server([*asked, *(statement for _, statement in statements_of_parts)])
        found: dict[str, list[list[tuple[Any, ...]]]] = {}
        for (part, _), answer in zip(statements_of_parts, answers[len(asked) :], strict=True):
            found.setdefault(part, []).append(answer.rows)
        for part, rows in found.items():
            self._keep(part, rows)
        return answers[: len(asked)]

    def _statements_of(self, part: str) -> list[Statement]:
        if part == "commitments":
            return [(statements.TABLE[part], ())]
        if part == "events":
            return [(statements.ALL_EVENTS, (self._revision,))]
        if part == "notes":
            return [(statements.EVENTS_WITH_NOTE, (self._revision,)), (statements.UNDO_EVENTS, (self._revision,))]
        pattern = statements.replacing(part) if part == "owner" else statements.naming(part)
        return [(statements.EVENTS_NAMING, (pattern, self._revision))]

    def _keep(self, part: str, rows: Sequence[list[tuple[Any, ...]]]) -> None:
        if part == "commitments":
            self._tables[part] = parse_table(rows[0])
        elif part == "events":
            self._events = parse_events(rows[0])
        elif part == "notes":
            self._noted, self._turns = map(parse_events, rows)
        else:
            self._naming[part] = parse_events(rows[0])

    def _fetch(self, part: str) -> None:
        """Ask for all of a part, with what else is expected."""
        self._expected.append(part)
        self._ask([])

    def _rows(self, text: str, *values: object) -> list[tuple[Any, ...]]:
        return self._ask([(text, values)])[0].rows

    def table(self, name: str) -> Mapping[int, Record]:
        """All records of a table by number."""
        if name == "events":
            return {event["seq"]: event for event in self._all_events()}
        if name == "commitments" and name not in self._tables:
            self._fetch(name)
        if name not in self._tables:
            self._tables[name] = parse_table(self._rows(statements.TABLE[name]))
        return self._tables[name]

    def record(self, name: str, number: int) -> Record | None:
        """One record."""
        if name in self._tables:
            return self._tables[name].get(number)
        if name == "commitments" and number in self._some:
            return self._some[number]
        if name != "commitments":
            return next(_parsed(self._rows(statements.RECORD[name], number)), None)
        # Who asks for one commitment is about to ask for its history, and what it comes after.
        asked: list[Statement] = [(statements.RECORD[name], (number,)), (statements.PRECEDING, (number,))]
        found, preceding, events = self._ask([*asked, (statements.EVENTS_OF, ("id", number, self._revision))])
        self._some |= {record["id"]: record for record in _parsed(preceding.rows)}
        self._some[number] = next(_parsed(found.rows), None)
        self._events_of_some[number] = parse_rows(events.rows)
        return self._some[number]

    def heads(self, name: str) -> Iterator[Record]:
        """The fields of every record that are enough for counting."""
        if name != "commitments" or name in self._tables:
            return iter(self.table(name).values())
        return self._heads_to_count()

    def _heads_to_count(self) -> Iterator[Record]:
        """The heads of the open commitments; of finished ones only as many heads of each state as there are."""
        if self._open is None or self._finished is None:
            asked: list[Statement] = [(statements.FINISHED, (list(OPEN),)), (statements.HEADS_OF_OPEN, (list(OPEN),))]
            self._finished, heads = self._ask(asked)
            self._heads = parse_table(heads.rows)
        else:
            self._heads = self._open
        yield from self._heads.values()
        for state, count, number in self._finished.rows:
            yield from repeat({"id": number, "state": state}, count)

    def head(self, name: str, number: int) -> Record | None:
        """The same of one record."""
        if name != "commitments" or name in self._tables or number in self._some:
            return self.record(name, number)
        if number in self._preceding:
            return self._preceding[number]
        known = self._heads if self._heads is not None else self._open
        if known is None:
            return self.record(name, number)
        if number not in known:
            # Who asks for one that another waits for is about to ask for those of all others.
            asked = {each["after"] for each in known.values() if "after" in each} - known.keys() | {number}
            found = parse_table(self._rows(statements.HEADS_OF, sorted(asked)))
            self._preceding |= {**dict.fromkeys(asked), **found}
        return known[number] if number in known else self._preceding[number]

    def commitments_naming(
        self, visits: Iterable[str], parties: Iterable[str], numbers: Iterable[int]
    ) -> Iterable[Commitment]:
        """The commitments that name one of these visits (by slug), parties or commitments; others may be among them."""
        if "commitments" in self._tables:
            return self._tables["commitments"].values()
        parts = [part.decode() for part in parts_naming(visits, parties, numbers)]
        found = parse_table(self._rows(statements.COMMITMENTS_HOLDING, parts))
        self._some |= found
        return found.values()

    def fetch(self, numbers: Iterable[int]) -> Iterable[int]:
        """Load these commitments and their events in one step. Returns those whose events are loaded."""
        asked = sorted({*numbers} - self._events_of_some.keys())
        if asked and self._events is None:
            found, events = self._ask([(statements.COMMITMENTS, (asked,)), (statements.EVENTS_OF_SOME, (asked,))])
            self._some |= {**dict.fromkeys(asked), **parse_table(found.rows)}
            self._events_of_some |= events_by_number(events.rows, asked)
        return self._events_of_some.keys()

    def numbers(self, name: str) -> Iterable[int]:
        """The numbers in a table."""
        if name in self._tables or name == "events":
            return list(self.table(name))
        return [number for (number,) in self._rows(statements.NUMBERS[name])]

    def open_commitments(self) -> Iterable[Commitment]:
        """The commitments that are not finished, in order."""
        if "commitments" in self._tables:
            return [each for each in self._tables["commitments"].values() if each["state"] in OPEN]
        if self._open is None:
            # Who asks for the open ones is about to count the others, and to ask which wait for others still.
            states = list(OPEN)
            asked: list[Statement] = [(statements.OPEN, (states,)), (statements.FINISHED, (states,))]
            found, self._finished, preceding = self._ask([*asked, (statements.PRECEDING_OPEN, (states, states))])
            self._open = parse_table(found.rows)
            self._preceding |= parse_table(preceding.rows)
        return list(self._open.values())

    def words_of_commitments(self, fields: Iterable[str]) -> set[tuple[str, str]]:
        """Every (field, word) of these fields of commitments, at any depth of a record.

        Of an image that was made of an older one, what the older one had belongs to them.
        """
        asked = frozenset(fields)
        if asked not in self._words:
            self._words[asked] = _words_of(self.table("commitments").values(), asked)
        return self._words[asked]

    def remember_words(self, older: ServerImage, changed: Iterable[Record]) -> None:
        """Copy the words of an older image, and add those of the commitments changed since."""
        for asked, words in older._words.items():
            self._words[asked] = words | _words_of(changed, asked)

    # The history.

    def events_of(self, key: str, number: int) -> Iterator[Event]:
        """The events that name a record by this key, oldest first."""
        if key == "id" and number in self._events_of_some:
            return iter(self._events_of_some[number])
        if self._events is not None:
            return (event for event in self._events if event.get(key) == number)
        found = _parsed(self._rows(statements.EVENTS_OF, key, number, self._revision))
        if key == "id":
            self._events_of_some[number] = events = list(found)
            return iter(events)
        return found

    def events_of_some(self, numbers: Iterable[int]) -> Iterator[Event]:
        """The loaded events of these commitments, of each oldest first."""
        return chain.from_iterable(map(self.events_at_hand, numbers))

    def has_events_of(self, number: int) -> bool:
        """Whether the events of a commitment are loaded."""
        return number in self._events_of_some or self._events is not None

    def events_with_note(self) -> Iterator[Event]:
        """The events that have a note, oldest first."""
        if self._noted is None:
            self._fetch("notes")  # Who asks for the notes is about to ask which of them were taken back.
        return iter(self._noted or ())

    def _events_changing(self, field: str) -> Iterator[Event]:
        if self._events is None and field not in self._naming:
            self._fetch(field)
        found = self._events if self._events is not None else self._naming[field]
        return (event for event in found if field in event.get("fields", {}))

    def due_events_of_periods(self) -> Iterator[Event]:
        """The events that change a due date of a commitment with one that was not agreed as a day; others as well."""
        return self._events_changing("due")

    def events_replacing(self, field: str) -> Iterator[Event]:
        """The events that replace what this field of a record, the owner, held; others may be among them."""
        return self._events_changing(field)

    def undo_events(self) -> Iterator[Event]:
        """The events of undo and redo, oldest first."""
        if self._turns is not None:
            return iter(self._turns)
        return iter(parse_events(self._rows(statements.UNDO_EVENTS, self._revision)))

    def newest_events(self) -> Iterator[Event]:
        """All events, newest first, fetched some hundreds at a time."""
        if self._events is not None:
            return reversed(self._events)
        before = self._newest_read[-1]["seq"] if self._newest_read else self.meta["next"]["events"]
        return chain(self._newest_read, self._events_before(before))

    def events_fetched(self) -> Iterator[Event]:
        """All events, newest first."""
        return self.newest_events()

    def _events_before(self, before: int) -> Iterator[Event]:
        count = _FIRST_PIECE
        while before > 1 and (rows := self._rows(statements.EVENTS_BEFORE, before, self._revision, count)):
            yield from _parsed([(text,) for _, text in rows])
            before = rows[-1][0]
            count = min(_LARGEST_PIECE, 4 * count)  # Who goes on mostly goes far.

    def _all_events(self) -> list[Event]:
        if self._events is None:
            self._fetch("events")
        assert self._events is not None
        return self._events


def parse_table(rows: Iterable[tuple[str]]) -> dict[int, Record]:
    """The records in these lines, by number."""
    table: dict[int, Record] = {}
    for (lines,) in rows:
        records = loads(b"{%s}" % lines.encode())
        table.update(zip(map(int, records), records.values(), strict=True))
    return table


def parse_events(rows: Iterable[tuple[str]]) -> list[Event]:
    """The events in these lines, oldest first."""
    return list(parse_table(rows).values())


def parse_record(text: str) -> Record:
    """The record that a text holds."""
    return loads(text.encode())


def parse_rows(rows: Iterable[tuple[str]]) -> list[Record]:
    """The records in rows of one text each."""
    return list(_parsed(rows))


def events_by_number(rows: Iterable[tuple[int, str]], numbers: Iterable[int] = ()) -> dict[int, list[Event]]:
    """The events of each commitment in rows of its number and a text; of these `numbers` even where there are none."""
    events: dict[int, list[Event]] = {number: [] for number in numbers}
    for number, text in rows:
        events.setdefault(number, []).append(parse_record(text))
    return events


def parse_changed(rows: Iterable[tuple[int, str | None]]) -> dict[int, Record | None]:
    """The records by number, None for removed ones."""
    return {number: None if text is None else parse_record(text) for number, text in rows}


def _parsed(rows: Iterable[tuple[str]]) -> Iterator[Record]:
    return (parse_record(text) for (text,) in rows)


def _words_of(records: Iterable[Record], fields: frozenset[str]) -> set[tuple[str, str]]:
    return {pair for record in records for pair in _words(record, fields)}


def _words(record: object, fields: frozenset[str]) -> Iterator[tuple[str, str]]:
    if isinstance(record, dict):
        for name, value in record.items():
            if name in fields and isinstance(value, str):
                yield name, value
            else:
                yield from _words(value, fields)
    elif isinstance(record, list):
        for value in record:
            yield from _words(value, fields)
