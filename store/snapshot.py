"""Snapshot: one immutable revision of a store, assessed on one day: rows, counts, events."""

from __future__ import annotations

from store.errors import StoreNewer
from store.model.vocabulary_and_signs import OPEN, STATES, UNDONE
from store.rules.assess_overdue_and_tally import BAND_ORDER, assess, counts_of, days_overdue, tally
from store.rules.day_done_and_outcome import is_withdrawn
from store.rules.refuse_newer_version import known_events, refuse_unknown_words
from store.rules.set_aside import is_set_aside, leaves_the_lists
from store.rules.silence_and_chasing import SILENT_AFTER, is_silent, is_to_chase, is_waiting, silent_days

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any, Protocol

    from store.model.record_types import Commitment, Event, Meta, Party, Settings, Visit
    from store.query.query_predicate import Query
    from store.rules.party_names import Directory

    class SnapshotSource(Protocol):
        """The source of a snapshot: the image of a file, or what takes its place. Records have the type of their table
        (record_types): validation has checked them."""

        @property
        def meta(self) -> Meta: ...
        @property
        def settings(self) -> Settings: ...

        def expect(self, *parts: str) -> None: ...
        def table(self, name: str) -> Mapping[int, Any]: ...
        def record(self, name: str, number: int) -> Any: ...
        def heads(self, name: str) -> Iterator[Any]: ...
        def head(self, name: str, number: int) -> Any: ...
        def open_commitments(self) -> Iterable[Commitment]: ...
        def events_of(self, key: str, number: int) -> Iterator[Event]: ...
        def events_of_some(self, numbers: Iterable[int]) -> Iterator[Event]: ...
        @property
        def has_all_notes(self) -> bool: ...
        def fetch_all_notes(self) -> None: ...
        def has_events_of(self, number: int) -> bool: ...
        def events_at_hand(self, number: int) -> Iterator[Event]: ...
        def events_with_note(self) -> Iterator[Event]: ...
        def due_events_of_periods(self) -> Iterator[Event]: ...
        def events_replacing(self, field: str) -> Iterator[Event]: ...
        def undo_events(self) -> Iterator[Event]: ...
        def events_fetched(self) -> Iterator[Event]: ...
        def newest_events(self) -> Iterator[Event]: ...


class HistoryAtHand:
    """The part of a source (`SnapshotSource`) that is read when it is asked for: nothing is fetched beforehand."""

    __slots__ = ()

    @property
    def has_all_notes(self) -> bool:
        """Whether what the history says of all commitments is at hand."""
        return True

    def fetch_all_notes(self) -> None:
        """Fetch what the history says of all commitments: not needed."""

    def has_events_of(self, number: int) -> bool:
        """Whether the events of a commitment are at hand."""
        return True

    def events_at_hand(self: SnapshotSource, number: int) -> Iterator[Event]:
        """The events of a commitment, oldest first."""
        return self.events_of("id", number)


class Row:
    """A commitment with its assessment today: what lists, queries and counts work on."""

    __slots__ = (
        "band",
        "commitment",
        "days_left",
        "is_aside",
        "is_silent",
        "is_to_chase",
        "is_waiting",
        "outcome",
        "silent_days",
    )

    band: str
    commitment: Commitment
    days_left: int | None
    is_aside: bool
    """Whether it is open and its visit is set aside, so that it is in no list and no count."""
    is_silent: bool
    is_to_chase: bool
    is_waiting: bool
    outcome: str | None
    silent_days: int

    @property
    def days_overdue(self) -> int:
        """The number of days it is late; 0 when it is not."""
        return days_overdue(self.days_left)


class Snapshot:
    """One immutable revision of a store, assessed on the ISO day `today`."""

    def __init__(self, tables: SnapshotSource, today: str, *, is_kept: bool = False) -> None:
        """`is_kept`: it stays in memory, so equal values are interned: slower to read, half the size."""
        self.today = today
        self._is_kept = is_kept
        self._tables = tables
        self._rows: list[Row] | None = None
        self._open_rows: list[Row] | None = None
        self._directory: Directory | None = None
        self._visits: dict[str, Visit] | None = None
        self._visit_ends: dict[str, str] = {}
        self._aside: frozenset[str] | None = None
        self._notes: dict[int, list[Event]] | None = None
        self._notes_of_some: dict[int, list[Event]] = {}
        self._past_owners: dict[str, str | None] | None = None
        self._precisions: dict[tuple[int, str], str] | None = None
        self._silent_after: int | None = None

    @property
    def source(self) -> SnapshotSource:
        """What it was read from."""
        return self._tables

    def expect(self, *parts: str) -> None:
        """Announce what will be read: a server sends it in one step with the first request.

        `commitments`, `events`: all of them; `notes`; `owner`: events that replace it; `due`: those that change it.
        """
        self._tables.expect(*parts)

    @property
    def revision(self) -> int:
        """The revision of the store; each change adds one."""
        return self._tables.meta["revision"]

    @property
    def meta(self) -> Meta:
        """The `_meta` record: revision, next numbers, settings. Not to be changed."""
        return self._tables.meta

    def table(self, name: str) -> Mapping[int, Mapping[str, Any]]:
        """All records of a table by number, as stored. Not to be changed."""
        return self._tables.table(name)

    @property
    def settings(self) -> Settings:
        """The settings of the store."""
        return self._tables.settings

    @property
    def silent_after(self) -> int:
        """Days without news after which a commitment is silent."""
        if self._silent_after is None:
            self._silent_after = self.settings.get("silent_after", SILENT_AFTER)
        return self._silent_after

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
        """All visits, the latest start first."""
        return sorted(self.visits.values(), key=lambda visit: (visit["start"], visit["end"], visit["id"]), reverse=True)

    def visits_with_rows(self) -> list[tuple[Visit, list[Row]]]:
        """Every visit with the rows of its commitments, the newest visit first."""
        rows_of: dict[str, list[Row]] = {slug: [] for slug in self.visits}
        for row in self.rows:
            rows_of[row.commitment["visit"]].append(row)
        return [(visit, rows_of[visit["slug"]]) for visit in self.visits_newest_first]

    @property
    def parties(self) -> Directory:
        """The directory of parties."""
        if self._directory is None:
            from store.rules.party_names import Directory  # The quick check names no party.

            parties: Mapping[int, Party] = self._tables.table("parties")
            self._directory = Directory(parties)
        return self._directory

    def row(self, number: int) -> Row:
        """The row of one commitment. Raises: NotFound."""
        commitment: Commitment | None = self._tables.record("commitments", number)
        if commitment is None:
            from store.rules.numbering import commitment_not_found  # most reads do not need it

            raise commitment_not_found(number, self.last_events_of(number))
        return self.row_of(commitment)

    def visit(self, slug: str) -> Visit:
        """One visit by its slug. Raises: NotFound."""
        from store.rules.visit_slugs import known_visit  # most reads do not need it

        return known_visit(self.visits, slug)

    @property
    def rows(self) -> list[Row]:
        """The rows of all commitments, by number."""
        if self._rows is None:
            self._rows = self._rows_of(self.commitments.values())
            self._open_rows = None  # They are among these: the same commitments are not kept twice.
        return self._rows

    @property
    def open_rows(self) -> list[Row]:
        """The rows of open commitments, but those set aside, read without parsing the finished ones."""
        if self._open_rows is None:
            self._read_open_rows()
        assert self._open_rows is not None
        return self._open_rows

    @property
    def aside_rows(self) -> list[Row]:
        """The rows of open commitments whose visit is set aside."""
        if self._open_rows is None:
            self._read_open_rows()
        return self._aside_rows

    def rows_to_list(self, *, finished: bool, aside: bool) -> list[Row]:
        """The rows to list from: all open ones, `finished` ones too, those set `aside` too."""
        if not finished:
            return [*self.open_rows, *self.aside_rows] if aside else self.open_rows
        return self.rows if aside or not self._slugs_aside else [row for row in self.rows if not row.is_aside]

    def matching(self, query: Query | None, rows: list[Row] | None = None) -> list[Row]:
        """The rows that match a query, of these, or of all but those set aside that it does not ask for."""
        is_aside_asked = query is not None and query.asks_for_aside
        among = self.rows_to_list(finished=True, aside=is_aside_asked) if rows is None else rows
        return among if query is None else [row for row in among if query.lists(row, self)]

    def _read_open_rows(self) -> None:
        if self._rows is not None:
            rows = [row for row in self._rows if row.commitment["state"] in OPEN]
        else:
            rows = self._rows_of(self._tables.open_commitments())
        self._aside_rows = [row for row in rows if row.is_aside] if self._slugs_aside else []
        self._open_rows = [row for row in rows if not row.is_aside] if self._aside_rows else rows

    def _rows_of(self, commitments: Iterable[Commitment]) -> list[Row]:
        if self._is_kept:
            # 10,000 commitments take 6 MiB instead of 14. It takes 10 ms, which a single read does without.
            commitments = _interned(commitments)
        return [self.row_of(commitment) for commitment in commitments]

    def row_of(self, commitment: Commitment) -> Row:
        """The row of a commitment, also of a removed one; its visit is one of this snapshot's."""
        state = commitment["state"]
        # The precision is not checked, it counts for nothing: a check of each takes a tenth of the time of all rows.
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
            is_withdrawn="closed" in commitment and is_withdrawn(commitment),
        )
        aside = self._slugs_aside
        row = Row()
        row.commitment = commitment
        row.band, row.outcome, row.days_left = assessment.band, assessment.outcome, assessment.days_left
        row.is_aside = bool(aside) and leaves_the_lists(commitment, aside)
        row.is_waiting = is_waiting(commitment, self._is_undone)
        row.silent_days = silent_days(commitment, self._visit_ends[commitment["visit"]], self.today)
        row.is_silent = is_silent(state, row.silent_days, row.is_waiting, self.silent_after)
        row.is_to_chase = is_to_chase(commitment, self.today)
        return row

    def counts(self) -> dict[str, int]:
        """The counts of all commitments, from the heads of their lines alone; keys as in docs/reference.md, JSON."""
        heads: Iterator[Commitment] = self._tables.heads("commitments")
        aside = self._slugs_aside  # With the last days of visits.
        return tally(
            heads,
            visit_ends=self._visit_ends,
            aside=aside,
            is_undone=self._is_undone,
            silent_after=self.silent_after,
            today=self.today,
        )

    def tally(self, rows: Iterable[Row], *, is_aside_counted: bool = False) -> dict[str, int]:
        """The counts of these rows; keys as in docs/reference.md, JSON.

        Those set aside are only counted as such, unless it `is_aside_counted` with the others: somebody asked for them.
        """
        bands = dict.fromkeys(BAND_ORDER, 0)
        silent = to_chase = aside = 0
        for row in rows:
            if row.is_aside and not is_aside_counted:
                aside += 1
                continue
            bands[row.band] += 1
            silent += row.is_silent
            to_chase += row.is_to_chase
        return counts_of(bands, silent=silent, to_chase=to_chase, aside=aside)

    @property
    def _slugs_aside(self) -> frozenset[str]:
        """The slugs of the visits that are set aside, read with the last days of all from the heads of their lines."""
        if self._aside is None:
            visits: list[Visit] = list(self._tables.heads("visits"))
            self._visit_ends = {visit["slug"]: visit["end"] for visit in visits}
            self._aside = frozenset([visit["slug"] for visit in visits if is_set_aside(visit, self.today)])
        return self._aside

    def _is_undone(self, number: int) -> bool:
        """Whether the commitment exists and is still to be done."""
        head: Commitment | None = self._tables.head("commitments", number)
        if head is not None and head["state"] not in STATES:
            refuse_unknown_words(head)
        return head is not None and head["state"] in UNDONE

    def events_of(self, number: int) -> list[Event]:
        """The events of a commitment, oldest first, also of a removed one."""
        return list(known_events(self._tables.events_of("id", number)))

    def has_events_of(self, number: int) -> bool:
        """Whether the events of a commitment are at hand; else `events_of` waits for a server."""
        return self._tables.has_events_of(number)

    def events_at_hand(self, number: int) -> list[Event]:
        """The events of a commitment, oldest first; on a server only the newest, until all were asked for."""
        return list(known_events(self._tables.events_at_hand(number)))

    def last_events_of(self, number: int) -> list[Event]:
        """The events of a commitment that say how it ended; of a store in memory, those loaded."""
        return self.events_at_hand(number) if self._is_kept else self.events_of(number)

    def events(self) -> list[Event]:
        """All events of the store, oldest first."""
        return list(known_events(self._tables.table("events").values()))

    def events_newest_first(self) -> Iterator[Event]:
        """All events of the store, newest first.

        Raises: NotAtHand behind the last one that is in memory, where the others are on a server.
        """
        return known_events(self._tables.newest_events())

    def fetched_history(self) -> FetchedHistory:
        """All events of the store; those not in memory are fetched, which may wait for a network."""
        return FetchedHistory(self._tables)

    @property
    def has_all_notes(self) -> bool:
        """Whether what the history says of all commitments is at hand: notes, what was taken back, past owners."""
        return self._tables.has_all_notes

    def fetch_all_notes(self) -> None:
        """Fetch that, which takes as long as a network does. Raises: StoreUnusable."""
        self._tables.fetch_all_notes()
        # The app's loop reads them meanwhile: there are always some, and never half of them.
        self._notes, self._past_owners = self._all_notes(), self._all_past_owners()

    @property
    def past_owners(self) -> Mapping[str, str | None]:
        """Each former owner in the history -> the last owner after, None where it was cleared."""
        if self._past_owners is None:
            found = self._all_past_owners()
            if self._past_owners is None:  # Else all of them were fetched meanwhile.
                self._past_owners = found
        return self._past_owners

    def _all_past_owners(self) -> dict[str, str | None]:
        events = known_events(self._tables.events_replacing("owner"))
        pairs: Iterator[Any] = (event["fields"]["owner"] for event in events if "owner" in event.get("fields", {}))
        return {old: new for old, new in pairs if old is not None}

    def former_precision(self, number: int, day: str) -> str | None:
        """The period as which a former due date was agreed, as far as the history in memory says."""
        if self._precisions is None:
            self._precisions = self._former_precisions()
        return self._precisions.get((number, day))

    def _former_precisions(self) -> dict[tuple[int, str], str]:
        found: dict[tuple[int, str], str] = {}
        now: dict[int, Any] = {}
        for event in known_events(self._tables.due_events_of_periods()):
            if "id" not in event:
                continue
            number, fields = event["id"], event["fields"]
            if "due_precision" in fields:
                now[number] = fields["due_precision"][1]
            day: Any = fields["due"][1]
            if day is not None and now.get(number) is not None:
                found[number, day] = now[number]
        return found

    def notes(self, number: int) -> list[Event]:
        """The events of a commitment with a note that is not undone, oldest first."""
        return self._notes_in(self.events_of, number)

    def notes_at_hand(self, number: int) -> list[Event]:
        """The same, as far as nothing has to be fetched from a server."""
        return self._notes_in(self.events_at_hand, number)

    def _notes_in(self, events_of: Callable[[int], list[Event]], number: int) -> list[Event]:
        if self._notes is not None:
            return self._notes.get(number, [])
        if number in self._notes_of_some:
            return self._notes_of_some[number]
        from store.rules.history import standing_notes  # most reads do not need it

        events = events_of(number)
        return standing_notes(events, events)

    def read_notes(self, number: int, others: Iterable[int]) -> None:
        """Read the notes of a commitment, unless they are known, and those of others needed next.

        What a newer version wrote is left out here, and refused when it is asked for. Raises: StoreUnusable.
        """
        if self._notes is not None or number in self._notes_of_some or not self.has_all_notes:
            return
        from store.rules.history import standing_notes

        events: dict[int, list[Event]] = {each: [] for each in (number, *others) if each not in self._notes_of_some}
        for event in self._tables.events_of_some(events):
            events[event["id"]].append(event)
        for each, own in events.items():
            try:
                self._notes_of_some[each] = standing_notes(known_events(own), own)
            except StoreNewer:
                continue

    def read_all_notes(self) -> None:
        """Read the notes of all commitments at once, for callers that need most of them."""
        if self._notes is None:
            found = self._all_notes()
            if self._notes is None:  # Else all of them were fetched meanwhile.
                self._notes = found

    def _all_notes(self) -> dict[int, list[Event]]:
        from store.rules.history import standing_notes

        found: dict[int, list[Event]] = {}
        noted, undos = self._tables.events_with_note(), self._tables.undo_events()
        for event in standing_notes(known_events(noted), known_events(undos)):
            found.setdefault(event["id"], []).append(event)
        return found


class FetchedHistory:
    """All events of a store, wherever they are."""

    def __init__(self, tables: SnapshotSource) -> None:
        self._tables = tables

    def events_newest_first(self) -> Iterator[Event]:
        """All events of the store, newest first. Raises: StoreUnusable."""
        return known_events(self._tables.events_fetched())


_INSTANT = len("2023-03-31T08:00:00Z")
"""The length of an instant, which hardly two records share: interning instants would take more memory."""

_LISTS = frozenset({"by", "to", "support", "said_by"})
"""The fields that hold lists of names."""


def _interned(commitments: Iterable[Commitment]) -> Iterator[Commitment]:
    """Intern equal texts and lists of names, in each commitment before the next one is read.

    For a snapshot that stays in memory: that of the duplicates is free for the next one.
    """
    known: dict[object, Any] = {}
    for commitment in commitments:
        _intern_in(commitment, known.setdefault)
        yield commitment


def _intern_in(record: Any, intern: Callable[[object, Any], Any]) -> None:
    """Intern the values of a record and of those in it; it is read-only by its type, and gets equal ones."""
    for name, value in record.items():
        kind = type(value)
        if kind is str:
            if len(value) != _INSTANT:
                record[name] = intern(value, value)
        elif name in _LISTS:
            record[name] = intern(tuple(value), value)
        elif kind is dict:
            _intern_in(value, intern)
        elif kind is list:
            for each in value:
                if type(each) is dict:
                    _intern_in(each, intern)
