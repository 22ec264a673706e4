"""Snapshot: one revision of a store, read on one day: rows, counts, events. Nothing of it changes."""

from __future__ import annotations

from store.model.vocabulary import OPEN, STATES, UNDONE, State
from store.rules.overdue import BAND_ORDER, assess, days_overdue, tally
from store.rules.party_names import Directory
from store.rules.silence import SILENT_AFTER, is_silent, is_to_chase, silent_days
from store.rules.unknown_words import known_events, refuse_unknown_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any, Protocol

    from store.model.record_types import Commitment, Event, Meta, Party, Settings, Visit

    class Tables(Protocol):
        """Where a snapshot reads from: an image of a file, or whatever takes its place. Its records are those of the
        table that is named (record_types), as validation has found them."""

        @property
        def meta(self) -> Meta: ...
        @property
        def settings(self) -> Settings: ...

        def table(self, name: str) -> Mapping[int, Any]: ...
        def heads(self, name: str) -> Iterator[Any]: ...
        def records_without(self, name: str, *needles: bytes) -> Iterable[Any]: ...
        def head(self, name: str, number: int) -> Any: ...
        def record(self, name: str, number: int) -> Any: ...
        def records_with(self, name: str, needle: bytes) -> Iterator[Any]: ...
        def newest_first(self, name: str) -> Iterator[Any]: ...


class Row:
    """A commitment and what it means today: what lists, queries and counts work on."""

    __slots__ = (
        "band",
        "commitment",
        "days_left",
        "is_silent",
        "is_to_chase",
        "is_waiting",
        "outcome",
        "silent_days",
    )

    band: str
    commitment: Commitment
    days_left: int | None
    is_silent: bool
    is_to_chase: bool
    is_waiting: bool
    outcome: str | None
    silent_days: int

    @property
    def days_overdue(self) -> int:
        """By how many days it is late; 0 when it is not."""
        return days_overdue(self.days_left)

    @property
    def urgency(self) -> tuple[int, str, int]:
        """The place in a list, most urgent first: by band, then by due date, then by number."""
        commitment = self.commitment
        return (BAND_ORDER[self.band], commitment.get("due", ""), commitment["id"])


class Snapshot:
    """One revision of a store, read on a day: `today` is an ISO day; nothing of it changes."""

    def __init__(self, tables: Tables, today: str, *, is_kept: bool = False) -> None:
        """`is_kept`: it will stay in memory, and takes the time to need little of it."""
        self.today = today
        self._is_kept = is_kept
        self._tables = tables
        self._rows: list[Row] | None = None
        self._open_rows: list[Row] | None = None
        self._directory: Directory | None = None
        self._visits: dict[str, Visit] | None = None
        self._visit_ends: dict[str, str] | None = None
        self._notes: dict[int, list[Event]] | None = None

    @property
    def revision(self) -> int:
        """The revision of the store: one more with each change."""
        return self._tables.meta["revision"]

    @property
    def meta(self) -> Meta:
        """The store about itself: revision, next numbers, settings. Not to be changed."""
        return self._tables.meta

    def table(self, name: str) -> Mapping[int, Mapping[str, Any]]:
        """All records of a table by number, as they are stored. Not to be changed."""
        return self._tables.table(name)

    @property
    def settings(self) -> Settings:
        """What the store asks of everybody who opens it."""
        return self._tables.settings

    @property
    def silent_after(self) -> int:
        """Days without news after which a commitment is silent."""
        return self.settings.get("silent_after", SILENT_AFTER)

    @property
    def commitments(self) -> Mapping[int, Commitment]:
        """All commitments by number."""
        return self._tables.table("commitments")

    @property
    def visits(self) -> dict[str, Visit]:
        """All visits by slug."""
        if self._visits is None:
            visits: Mapping[int, Visit] = self._tables.table("visits")
            self._visits = {visit["slug"]: visit for visit in visits.values()}
        return self._visits

    @property
    def visits_newest_first(self) -> list[Visit]:
        """All visits, the one that began last first."""
        return sorted(self.visits.values(), key=lambda visit: (visit["start"], visit["end"], visit["id"]), reverse=True)

    def visits_with_rows(self) -> list[tuple[Visit, list[Row]]]:
        """Every visit with the commitments promised there, the newest visit first."""
        rows_of: dict[str, list[Row]] = {slug: [] for slug in self.visits}
        for row in self.rows:
            rows_of[row.commitment["visit"]].append(row)
        return [(visit, rows_of[visit["slug"]]) for visit in self.visits_newest_first]

    @property
    def parties(self) -> Directory:
        """The institutions."""
        if self._directory is None:
            parties: Mapping[int, Party] = self._tables.table("parties")
            self._directory = Directory(parties)
        return self._directory

    def row(self, number: int) -> Row:
        """One commitment. Raises: NotFound."""
        commitment: Commitment | None = self._tables.record("commitments", number)
        if commitment is None:
            from store.rules.numbering import commitment_not_found  # a quick look does not need it

            raise commitment_not_found(number, self.events_of(number))
        return self.row_of(commitment)

    def visit(self, slug: str) -> Visit:
        """One visit by its slug. Raises: NotFound."""
        from store.rules.visit_slugs import known_visit  # a quick look does not need it

        return known_visit(self.visits, slug)

    @property
    def rows(self) -> list[Row]:
        """Every commitment with what it means today, by number."""
        if self._rows is None:
            self._rows = self._rows_of(self.commitments.values())
            self._open_rows = None  # They are among these: the same commitments are not kept twice.
        return self._rows

    @property
    def open_rows(self) -> list[Row]:
        """The commitments that are neither kept nor closed: what most looks are about, read without the others."""
        if self._open_rows is None:
            self._open_rows = self._read_open_rows()
        return self._open_rows

    def _read_open_rows(self) -> list[Row]:
        if self._rows is not None:
            return [row for row in self._rows if row.commitment["state"] in OPEN]
        finished = [b'"state":"%s"' % state.encode() for state in State.ALL if state not in OPEN]
        commitments: Iterable[Commitment] = self._tables.records_without("commitments", *finished)
        return self._rows_of(commitments)

    def _rows_of(self, commitments: Iterable[Commitment]) -> list[Row]:
        if self._is_kept:
            # 10,000 commitments take 6 MiB instead of 14. It takes 10 ms, so that one look does without.
            commitments = _interned(commitments)  # type: ignore[arg-type, assignment]
        return [self.row_of(commitment) for commitment in commitments]

    def row_of(self, commitment: Commitment) -> Row:
        """What a commitment means today, one that was removed too; its visit is one of this snapshot's."""
        state = commitment["state"]
        # Not of the precision, which counts for nothing: a look at each takes a tenth of the time of all rows.
        if state not in STATES or "closed" in commitment:
            refuse_unknown_words(commitment)
        reported, confirmed = commitment.get("reported"), commitment.get("confirmed")
        assessment = assess(
            state,
            commitment.get("due"),
            commitment.get("original_due"),
            reported["on"] if reported else None,
            confirmed["on"] if confirmed else None,
            self.today,
        )
        row = Row()
        row.commitment = commitment
        row.band, row.outcome, row.days_left = assessment.band, assessment.outcome, assessment.days_left
        row.is_waiting = "after" in commitment and self._is_undone(commitment["after"])
        row.silent_days = silent_days(commitment, self.visits[commitment["visit"]]["end"], self.today)
        row.is_silent = is_silent(state, row.silent_days, row.is_waiting, self.silent_after)
        row.is_to_chase = is_to_chase(commitment, self.today)
        return row

    def counts(self) -> dict[str, int]:
        """The tally of all commitments, from the heads of their lines alone."""
        heads: Iterator[Commitment] = self._tables.heads("commitments")
        return self._tally(heads)

    def tally(self, rows: Iterable[Row]) -> dict[str, int]:
        """The counts of these rows, under the names of `status --json`."""
        return self._tally(row.commitment for row in rows)

    def _tally(self, commitments: Iterable[Commitment]) -> dict[str, int]:
        if self._visit_ends is None:
            visits: Iterator[Visit] = self._tables.heads("visits")
            self._visit_ends = {visit["slug"]: visit["end"] for visit in visits}
        return tally(
            commitments,
            visit_ends=self._visit_ends,
            is_undone=self._is_undone,
            silent_after=self.silent_after,
            today=self.today,
        )

    def _is_undone(self, number: int) -> bool:
        """Whether others still wait for this commitment."""
        head: Commitment | None = self._tables.head("commitments", number)
        if head is not None and head["state"] not in STATES:
            refuse_unknown_words(head)
        return head is not None and head["state"] in UNDONE

    def events_of(self, number: int) -> list[Event]:
        """Every event of a commitment, oldest first, also of one that was removed."""
        return [event for event in self._events_with(b'"id":%d,' % number) if event.get("id") == number]

    def events(self) -> list[Event]:
        """Every event of the store, oldest first."""
        return list(known_events(self._tables.table("events").values()))

    def events_newest_first(self) -> Iterator[Event]:
        """Every event of the store, from the last one back."""
        return known_events(self._tables.newest_first("events"))

    def notes(self, number: int) -> list[Event]:
        """The events of a commitment that carry a note and are not undone, oldest first."""
        if self._notes is None:
            from store.rules.history import standing_notes  # a quick look does not need it

            events = self.events_of(number)
            return standing_notes(events, events)
        return self._notes.get(number, [])

    def read_all_notes(self) -> None:
        """Read the notes of every commitment at once: for those who will ask for most of them."""
        if self._notes is None:
            from store.rules.history import standing_notes

            self._notes = {}
            for event in standing_notes(self._events_with(b'"note":'), self._turns()):
                self._notes.setdefault(event["id"], []).append(event)

    def _turns(self) -> list[Event]:
        """Every undo and redo, in order."""
        turns = [*self._events_with(b'"undoes":'), *self._events_with(b'"redoes":')]
        return sorted(turns, key=lambda event: event["seq"])

    def _events_with(self, needle: bytes) -> Iterator[Event]:
        return known_events(self._tables.records_with("events", needle))


_INSTANT = len("2023-03-31T08:00:00Z")
"""Letters of an instant. Hardly two records have one in common, and to remember them all would take more."""

_LISTS = frozenset({"by", "to", "support"})
"""The fields that hold lists of names."""


def _interned(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Make equal texts and lists of names one object, in each record before the next one is asked for.

    For a snapshot that stays in memory: the others' memory is free for the next record.
    """
    known: dict[object, Any] = {}
    intern = known.setdefault
    for record in records:
        for name, value in record.items():
            if type(value) is str:
                if len(value) != _INSTANT:
                    record[name] = intern(value, value)
            elif name in _LISTS:
                record[name] = intern(tuple(value), value)
        yield record
