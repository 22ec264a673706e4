"""Build the meeting sheet: a section for each party, with what it owes, is owed, has done, and is to be asked."""

from __future__ import annotations

from collections import Counter

from store.errors import UsageError
from store.fold_case_and_accents import fold
from store.model.vocabulary_and_signs import BANDS, OPEN, Band, State
from store.query.sort_orders import by_urgency
from store.reports.commitment_text import CommitmentText, join_remarks, silent_for, tally_blocks
from store.reports.document import Document, Figures, Section, Table, TableColumn, TableRow, TextBlock
from store.reports.internal_remarks import internal_remarks
from store.reports.issuer_selection_and_marks import (
    as_recorded,
    issuer_facts,
    matching_rows,
    page_marks,
    selection_facts,
)
from store.reports.language_of_papers import load_words
from store.reports.set_aside_section import set_aside_sections
from store.rules.assess_overdue_and_tally import is_due_within
from store.rules.days import days_between, is_day, said_day
from store.rules.due_dates_and_extensions import is_extension_unrecorded, is_late, is_wish
from store.rules.party_counts import PartyCounts, party_counts
from store.rules.party_names import Match, known_party, match_name
from store.rules.planned_and_done_in_period import is_ended_since, is_reported_since
from store.rules.seats import are_seats_unknown, is_letter_missing, missing_seats
from store.rules.transitions import default_voice
from store.sanitise_text import clean_line
from store.translation import phrase, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence

    from store.model.record_types import Commitment, Visit
    from store.query.parse_query import Query
    from store.reports.document import Block
    from store.reports.language_of_papers import Words
    from store.snapshot import Row, Snapshot

    Answer = Callable[[Row], bool | str]
    """Whether a question concerns a row; the text beside its number, where there is one."""

_DUE = 3
"""The column of the due date in the tables."""

_ALSO_DONE = phrase("Also done or closed (see under the institution that made the commitment): {numbers}.")
_MANY = 20
"""So many commitments that fall due before the next meeting are named with their days; more are counted by month."""

_MONTHS = 3
"""The parties meet every quarter: the default period to the next meeting, and since an unknown last one."""


class _Period:
    """The period from the last meeting to the next: ISO days `since` and `until`; `meeting` is the last, if known, and
    `next` the day of the next one, if it was given; `present` that of the one that the sheet is for, if it is to come.
    """

    __slots__ = ("is_given", "meeting", "next", "present", "since", "until")

    def __init__(
        self, today: str, meetings: Iterable[Visit], since: str | None, until: str | None, on: str | None
    ) -> None:
        """`meetings`: the last one of these that is over is the last meeting, unless there is a day in `since`.

        `on` is the day of the meeting that the sheet is for, if it is known.

        Raises: UsageError for a last meeting in the future, or a next one in the past.
        """
        over = [visit for visit in meetings if visit["end"] < today]
        self.meeting = max(over, key=lambda visit: visit["end"], default=None) if since is None else None
        self.since = since or (self.meeting["end"] if self.meeting else _shifted(today, -_MONTHS))
        self.is_given = since is not None
        self.next = until
        self.present = on if on is not None and on > today else None
        self.until = until or next_meeting(max(today, on or today))
        if self.since > today:
            sentence = tr(
                "the last meeting cannot have been on {since}, which is still to come", since=said_day(self.since)
            )
            raise UsageError(sentence, code="report.last-meeting-to-come", field="since")
        if self.until < today:
            sentence = tr("the next meeting cannot be on {until}, which is past", until=said_day(self.until))
            raise UsageError(sentence, code="report.next-meeting-past", field="until")


def _meetings(snapshot: Snapshot) -> dict[str, list[Visit]]:
    """Full name of a party -> the visits that it had a part in: as a host, or in what was promised there."""
    found: dict[str, dict[str, Visit]] = {}
    for visit in snapshot.visits.values():
        for name in visit.get("hosts", ()):
            found.setdefault(name, {})[visit["slug"]] = visit
    for commitment in snapshot.commitments.values():
        slug = commitment["visit"]
        for name in _with_a_part(commitment):
            found.setdefault(name, {})[slug] = snapshot.visits[slug]
    return {name: list(visits.values()) for name, visits in found.items()}


def next_meeting(day: str) -> str:
    """The ISO day up to which the sheet for a meeting on this day looks where no day of a next meeting is given."""
    return _shifted(day, _MONTHS)


def _shifted(day: str, months: int) -> str:
    """The ISO day so many calendar months later, or the last day of a shorter month.

    Not `add_to_day` of `store.rules.dates.month_arithmetic`: its datetime takes a part of a bare start.
    """
    year, month = divmod(int(day[:4]) * 12 + int(day[5:7]) - 1 + months, 12)
    candidates = [f"{year:04}-{month + 1:02}-{number:02}" for number in range(int(day[8:]), 27, -1)]
    return next(filter(is_day, candidates), f"{year:04}-{month + 1:02}-{day[8:]}")


class _Share:
    """The rows of one party: those that it promised, that were promised to it, that it helps with."""

    __slots__ = ("by", "helps", "name", "to")

    def __init__(self, name: str) -> None:
        self.name = name
        self.by: list[Row] = []
        self.to: list[Row] = []
        self.helps: list[Row] = []


def meeting_sheet(
    snapshot: Snapshot,
    parties: Sequence[str] = (),
    *,
    since: str | None = None,
    until: str | None = None,
    query: Query | None = None,
    language: str = "en",
    marks: Sequence[str] = (),
    is_internal: bool = False,
    has_decisions: bool = False,
    meeting: str = "",
    place: str = "",
    on: str | None = None,
    is_until_a_day: bool = True,
) -> Document:
    """Build the sheet for a meeting with these parties (any of their names), or with each that has something open.

    `since`: ISO day of the last meeting, else the last day of the latest visit or meeting that ended before today, else
    three months ago. `until`: ISO day of the next one, which then stands on the sheet, else three months ahead; it
    ends a period where not `is_until_a_day`. `query` narrows the commitments. `has_decisions`: each open commitment has
    once lines for a decision and a new date, under the first who promised it, and lines for signatures stand at the
    end. The title of the `meeting`, its `place` and the ISO day that it is `on` head the sheet; a party that the place
    names is the host, and comes first.

    Raises: NotFound for a party; UsageError for a language or a mark, or a day on the wrong side of today.
    """
    words = load_words(language)
    on_every_page = page_marks(words, marks, is_internal=is_internal)
    meetings = _meetings(snapshot)
    matching = matching_rows(snapshot, query)
    rows: list[Row] = []
    aside: list[Row] = []
    for row in matching:
        (aside if row.is_aside else rows).append(row)
    counts = party_counts(rows)
    names = dict.fromkeys(known_party(snapshot.parties, name, "parties")["name"] for name in parties)
    texts = CommitmentText(snapshot, words, is_internal=is_internal)
    shares, aside_counts = _shares(rows), _AsideCounts(aside)
    nothing = [] if counts else [TextBlock(words.tr("Nothing is open."), "dim")]
    counted_on = snapshot.today if on not in (None, snapshot.today) else None
    heading = (
        words.tr("In all") if counted_on is None else words.tr("In all, on {day}", day=words.written_day(counted_on))
    )
    parts = [] if names else [Section(heading, [*tally_blocks(snapshot, words, matching), *nothing])]
    periods = {
        name: _Period(snapshot.today, meetings.get(name, ()), since, until, on) for name in (*names, *counts, *shares)
    }
    is_one = since is not None or len(names) == 1
    of_all = periods[next(iter(names))] if len(names) == 1 else _Period(snapshot.today, (), since, until, on)
    listed = list(names or _parties_on_the_sheet(texts, counts, shares, periods, _host(snapshot, place)))
    decisions = _Decisions(rows, listed) if has_decisions else None

    def lists_done(commitment: Commitment) -> bool:
        """Whether one who promised it has it among what was done since the last meeting with that one."""
        return any(by in listed and is_ended_since(commitment, periods[by].since) for by in commitment["by"])

    for name in listed:
        share, count = shares.get(name) or _Share(name), counts.get(name) or PartyCounts()
        sheet = _PartySheet(
            texts,
            snapshot,
            periods[name],
            share,
            count,
            (aside_counts.own[name], aside_counts.owed[name]),
            decisions,
            lists_done,
            is_alone=bool(names),
            counted_on=counted_on,
        )
        parts += sheet.parts(has_meeting=not is_one)
    of_those = aside if not names else [row for row in aside if _has_part(row.commitment, names)]
    parts += set_aside_sections(texts, snapshot, of_those, counted_on=counted_on)
    if has_decisions:  # What stands behind a signature is not signed.
        parts.append(_signatures(texts, listed, snapshot.settings.get("office", ""), is_of_all=not names))
    narrowed = selection_facts(snapshot, words, matching, is_narrowed=query is not None)
    return Document(
        _title(words, on, snapshot.today),
        [*_about(words, is_of_all=not names), *texts.recorders()],
        [
            *_party_facts(texts, names),
            *_meeting_facts(words, meeting, place, on),
            *issuer_facts(snapshot, words),
            as_recorded(snapshot, words),
            *_period_facts(texts, of_all, is_one=is_one, is_until_a_day=is_until_a_day),
            *narrowed,
        ],
        on_every_page,
        parts,
        language,
        running_title=_running_title(texts, names, on, snapshot.today),
    )


def _has_part(commitment: Commitment, names: Container[str]) -> bool:
    """Whether one of these parties promised it, was promised it, or helps with it."""
    return any(name in names for name in _with_a_part(commitment))


def _with_a_part(commitment: Commitment) -> Iterator[str]:
    """Those who promised it, were promised it, or help with it."""
    yield from (*commitment["by"], *commitment["to"], *commitment.get("support", ()))
    if "via" in commitment:
        yield commitment["via"]


def _title(words: Words, on: str | None, today: str) -> str:
    """The title, with the day of the meeting, or of the sheet where that is not known."""
    if on is None:
        return words.tr("Meeting sheet, {day}", day=words.written_day(today))
    return words.tr("Sheet for the meeting on {day}", day=words.written_day(on))


def _running_title(texts: CommitmentText, names: Collection[str], on: str | None, today: str) -> str:
    """A short title for the foot of each page, which names the parties of a sheet that is not for all."""
    words = texts.words
    if not names:
        return ""
    parties, day = texts.parties(names), words.written_day(on or today)
    if on is None:
        return words.tr("Meeting sheet, {day}: {parties}", day=day, parties=parties)
    return words.tr("Sheet for the meeting on {day}: {parties}", day=day, parties=parties)


def _party_facts(texts: CommitmentText, names: Collection[str]) -> list[tuple[str, str]]:
    """For whom the sheet is, where it is not for all."""
    if not names:
        return []
    tr = texts.words.tr
    label = tr("Institution") if len(names) == 1 else tr("Institutions")
    return [(label, "; ".join(map(texts.party_heading, names)))]


def _host(snapshot: Snapshot, place: str) -> str | None:
    """The full name of the party at whose place the meeting is, if the place names one beside a town."""
    for part in place.split(","):
        if not part.strip():
            continue
        match = match_name(snapshot.parties, part)
        # One word alone is the town, though a name may begin with it.
        if match.kind == Match.KNOWN or (match.is_party and len(part.split()) > 1):
            return match.names[0]
    return None


def _about(words: Words, *, is_of_all: bool) -> list[str]:
    if not is_of_all:
        return []
    return [
        words.tr("The commitments of the institutions to each other and how they stand: one part for each institution.")
    ]


def _meeting_facts(words: Words, meeting: str, place: str, on: str | None) -> list[tuple[str, str]]:
    """The meeting that the sheet is for, as far as it is known."""
    facts = [
        (words.tr("Meeting"), clean_line(meeting)),
        (words.tr("Place of the meeting"), clean_line(place)),
        (words.tr("Day of the meeting"), words.written_day(on) if on is not None else ""),
    ]
    return [(label, value) for label, value in facts if value]


def _period_facts(
    texts: CommitmentText, period: _Period, *, is_one: bool, is_until_a_day: bool
) -> list[tuple[str, str]]:
    """The last meeting, where it `is_one` for all, and the next one, if a day was given for it."""
    words = texts.words
    facts = [(words.tr("Last meeting"), _last_meeting(texts, period))] if is_one else []
    if period.next is not None:
        label = words.tr("Next meeting") if is_until_a_day else words.tr("Next meeting by")
        facts.append((label, words.written_day(period.next)))
    return facts


class _Decisions:
    """Where the decision on each open commitment is written: once, under the first on the sheet who promised it."""

    __slots__ = ("_home", "_placed")

    def __init__(self, rows: Iterable[Row], listed: Sequence[str]) -> None:
        """`listed`: full names of the parties on the sheet. What none of them promised stands under who it is for."""
        self._home: dict[int, str] = {}
        self._placed: set[int] = set()
        for row in rows:
            if row.commitment["state"] in OPEN:
                home = next((name for name in _with_a_part(row.commitment) if name in listed), None)
                if home is not None:
                    self._home[row.commitment["id"]] = home

    def home(self, commitment: Commitment) -> str | None:
        """The party under which it is written."""
        return self._home.get(commitment["id"])

    def is_first_at_home(self, commitment: Commitment, name: str) -> bool:
        """Whether it is written under this party, and is not yet: asking once a row gives it its lines once."""
        number = commitment["id"]
        if self._home.get(number) != name or number in self._placed:
            return False
        self._placed.add(number)
        return True


def _signatures(texts: CommitmentText, names: Sequence[str], office: str, *, is_of_all: bool) -> Section:
    """A line for the signature of each party; on a sheet for one of them, also for the office that hands it over."""
    tr = texts.words.tr
    columns = [
        TableColumn(tr("For"), 12),
        TableColumn(tr("Name and position"), 12, to_fill=True),
        TableColumn(tr("Signature"), 8, to_fill=True),
        TableColumn(tr("Date"), 5, to_fill=True),
    ]
    entries = [TableRow([texts.party_heading(name), "", "", ""]) for name in names]
    if len(names) == 1:
        entries.append(TableRow([office, "", "", ""]))
    agreed = (
        tr("The parties agree to the decisions that are entered in this sheet.")
        if is_of_all
        else tr("The undersigned agree to the decisions that are entered in this sheet.")
    )
    return Section(tr("Signatures"), [TextBlock(agreed), Table(columns, entries)] if entries else [], holds_before=True)


def _last_meeting(texts: CommitmentText, period: _Period) -> str:
    """The last meeting: its day, and its name if it is known; where there was none, since when the sheet looks."""
    words, since = texts.words, texts.words.written_day(period.since)
    if period.meeting is not None:
        return texts.visit(period.meeting)
    return since if period.is_given else words.tr("none recorded; what is listed as done is since {day}", day=since)


def _late_first(row: Row) -> tuple[bool, tuple[int, str, int]]:
    """What is late first, then by urgency: what is past a date that was only proposed is not late."""
    return (not is_late(row.commitment, row.band), by_urgency(row))


def _shares(rows: Iterable[Row]) -> dict[str, _Share]:
    """Full name of a party -> its rows, what is late first, then the most urgent."""
    shares: dict[str, _Share] = {}

    def share_of(name: str) -> _Share:
        if name not in shares:
            shares[name] = _Share(name)
        return shares[name]

    for row in sorted(rows, key=_late_first):
        commitment = row.commitment
        for name in dict.fromkeys(commitment["by"]):
            share_of(name).by.append(row)
        for name in dict.fromkeys(commitment["to"]):
            share_of(name).to.append(row)
        helpers = [*commitment.get("support", []), *([commitment["via"]] if "via" in commitment else [])]
        for name in dict.fromkeys(helpers):
            share_of(name).helps.append(row)
    return shares


class _AsideCounts:
    """How many commitments that are set aside each party made, and how many were made to it, by its full name.

    As in its other counts a mutual one counts on both sides.
    """

    __slots__ = ("owed", "own")

    def __init__(self, aside: Sequence[Row]) -> None:
        self.own = Counter(name for row in aside for name in dict.fromkeys(row.commitment["by"]))
        self.owed = Counter(name for row in aside for name in dict.fromkeys(row.commitment["to"]))


def _parties_on_the_sheet(
    texts: CommitmentText,
    counts: dict[str, PartyCounts],
    shares: dict[str, _Share],
    periods: dict[str, _Period],
    host: str | None,
) -> list[str]:
    """Full names of the parties with open rows, or with ended ones since the last meeting: the host, then by alphabet.

    Their order is that of protocol: who is late stands in no other place for it.
    """
    ended = [
        name
        for name in shares
        if name not in counts and any(is_ended_since(row.commitment, periods[name].since) for row in shares[name].by)
    ]
    return sorted([*counts, *ended], key=lambda name: (name != host, fold(texts.party(name))))


class _PartySheet:
    """The sections of one party."""

    __slots__ = (
        "_aside",
        "_counted_on",
        "_counts",
        "_decisions",
        "_is_alone",
        "_lists_done",
        "_period",
        "_share",
        "_snapshot",
        "_texts",
        "_words_of_sides",
        "tr",
    )

    def __init__(
        self,
        texts: CommitmentText,
        snapshot: Snapshot,
        period: _Period,
        share: _Share,
        counts: PartyCounts,
        aside: tuple[int, int],
        decisions: _Decisions | None,
        lists_done: Callable[[Commitment], bool],
        *,
        is_alone: bool,
        counted_on: str | None,
    ) -> None:
        """`is_alone`: the sheet is handed out without the other parties, so it repeats what stands there.
        `aside`: how many commitments by it are set aside, and how many to it.

        `decisions`: where lines for them stand, if the sheet has any. `lists_done`: whether what is done or closed
        stands in the section of one who promised it. `counted_on`: the ISO day up to which days are
        counted, where the meeting is on another one.
        """
        self._texts = texts
        self.tr = texts.words.tr
        self._snapshot = snapshot
        self._period = period
        self._share = share
        self._counts = counts
        self._aside = aside
        self._is_alone = is_alone
        self._decisions = decisions
        self._lists_done = lists_done
        self._counted_on = counted_on
        self._words_of_sides: dict[tuple[str, ...], str] = {}

    def parts(self, *, has_meeting: bool) -> list[Section]:
        """The party's heading with its counts, then the sections that are not empty; one line names the others.

        `has_meeting`: with its last meeting, which the head of the sheet has not.
        """
        tr, share = self.tr, self._share
        done, elsewhere, reported = self._done()
        ended = tr("Done or closed since the last meeting")
        # A day that nobody named is no meeting.
        falls_due, nothing_due = self._period_of_due_days()
        to_clarify = self._to_ask()
        sections: list[tuple[str, Sequence[Block]]] = [
            (tr("Commitments by this institution"), self._owed_by()),
            (tr("Commitments to it"), self._owed_to()),
            (ended, done),
        ]
        lines = [
            ("" if done or not elsewhere else ended, [*elsewhere, *reported]),
            (falls_due, self._falls_due()),
        ]
        nothing = [
            *([] if sections[0][1] else [tr("It has no open commitment.")]),
            *([] if sections[1][1] else [tr("Nothing is owed to it.")]),
            *([] if done or elsewhere or reported else [tr("Nothing was done or closed since the last meeting.")]),
            *([] if lines[1][1] else [nothing_due]),
            *([] if to_clarify else [tr("There is nothing to clarify.")]),
        ]
        helps = [row for row in share.helps if row.commitment["state"] in OPEN and not self._is_side(row.commitment)]
        if helps:
            sections.insert(2, (tr("Channel or help by this institution"), [self._table(helps)]))
        head: list[Block] = [self._figures()]
        if has_meeting:
            lead = f"{tr('Last meeting')}:"
            head.append(TextBlock(_last_meeting(self._texts, self._period), "dim", lead=lead))
        if nothing and self._is_alone:
            head.append(TextBlock(" ".join(nothing), "dim"))
        parts = [(1, self._texts.party_heading(share.name), head)]
        parts += [(2, heading, list(blocks)) for heading, blocks in sections if blocks]
        parts[-1][2].extend(text for heading, texts in lines for text in _with_lead(heading, texts))
        if to_clarify:
            # Its page may be another one than that of the party's heading.
            party = self._texts.party(share.name)
            parts.append((2, tr("Points to clarify: {party}", party=party), to_clarify))
        return [Section(heading, blocks, level=level, stands_alone=level == 1) for level, heading, blocks in parts]

    def _period_of_due_days(self) -> tuple[str, str]:
        """The heading of what falls due up to the next meeting, and the sentence that nothing does."""
        tr, until = self.tr, self._texts.words.written_day(self._period.until)
        if self._period.present is not None:
            return (
                tr("Falls due from this meeting to {day}", day=until),
                tr("Nothing falls due from this meeting to {day}.", day=until),
            )
        if self._period.next is not None:
            return tr("Falls due before the next meeting"), tr("Nothing falls due before the next meeting.")
        return tr("Falls due by {day}", day=until), tr("Nothing falls due by {day}.", day=until)

    def _is_side(self, commitment: Commitment) -> bool:
        """Whether it was promised by or to this party, and so stands in its part already."""
        return self._share.name in commitment["by"] or self._share.name in commitment["to"]

    def _figures(self) -> Figures:
        tr, plural, counts = self.tr, self._texts.words.plural, self._counts
        to_confirm = plural("for it to confirm", "for it to confirm", counts.unconfirmed)
        figures = [
            (
                str(counts.owes),
                plural("open commitment of its own", "open commitments of its own", counts.owes),
                "strong",
            ),
            (str(counts.late), tr("overdue"), "overdue" if counts.late else "plain"),
            (str(counts.owed), plural("owed to it", "owed to it", counts.owed), "strong"),
            (str(counts.unconfirmed), to_confirm, "unconfirmed" if counts.unconfirmed else "plain"),
        ]
        figures += [
            (str(count), text, "plain")
            for count, text in zip(
                self._aside,
                (tr("of its own set aside (see Set aside)"), tr("owed to it set aside (see Set aside)")),
                strict=True,
            )
            if count
        ]
        return Figures(figures, is_count_behind=self._texts.words.is_count_behind)

    # What is open.

    def _owed_by(self) -> list[Block]:
        rows = [row for row in self._share.by if row.commitment["state"] in OPEN]
        return [self._table(rows)] if rows else []

    def _owed_to(self) -> list[Block]:
        """Open commitments to this party; a mutual one stands above already, and is named by its number."""
        rows = [row for row in self._share.to if row.commitment["state"] in OPEN]
        others = [row for row in rows if self._share.name not in row.commitment["by"]]
        mutual = [row.commitment["id"] for row in rows if self._share.name in row.commitment["by"]]
        blocks: list[Block] = [self._table(others, has_remarks=self._is_alone)] if others else []
        if mutual:
            blocks.append(
                TextBlock(
                    self.tr("Mutual commitments listed above: {numbers}.", numbers=self._texts.words.numbers(mutual))
                )
            )
        return blocks

    def _table(self, rows: list[Row], *, has_remarks: bool = True) -> Table:
        """The table of open commitments; `has_remarks`: with their details."""
        tr, texts = self.tr, self._texts
        is_to_fill = self._decisions is not None
        columns = [
            TableColumn(tr("No."), 3),
            TableColumn(tr("Commitment"), 16),
            *([] if is_to_fill else [TableColumn(tr("To / from"), 8)]),
            TableColumn(texts.due_heading(self._counted_on), 8),
            TableColumn(tr("State"), 6),
        ]
        entries = []
        for row in rows:
            commitment = row.commitment
            together = self._other_parties(commitment)
            cells = [texts.number(commitment), commitment["title"], together, *texts.when_and_state(row)]
            if is_to_fill:
                del cells[2]  # A sheet that is signed has room for the whole title.
            parties = [together, self._decided_elsewhere(commitment)] if is_to_fill else []
            remarks = self._remarks(row, parties) if has_remarks else join_remarks(parties)
            is_filled_in = self._decisions is not None and self._decisions.is_first_at_home(
                commitment, self._share.name
            )
            entries.append(
                TableRow(
                    cells,
                    style=texts.style(row),
                    styled=_DUE - is_to_fill,
                    remarks=remarks,
                    is_filled_in=is_filled_in,
                )
            )
        return Table(columns, entries, fill_under=[(tr("Decision"), 5), (tr("New date"), 2)] if is_to_fill else ())

    def _decided_elsewhere(self, commitment: Commitment) -> str:
        """Under which other party the decision is written; empty for this one."""
        home = self._decisions.home(commitment) if self._decisions is not None else None
        if home is None or home == self._share.name:
            return ""
        if commitment["by"] == [home]:
            return self.tr("decision: see its section")
        return self.tr("decision: see {party}", party=self._texts.party(home))

    def _remarks(self, row: Row, parties: Sequence[str]) -> list[str]:
        commitment, texts = row.commitment, self._texts
        recent = [change for change in commitment.get("due_changes", ()) if change["on"] >= self._period.since]
        changes = [texts.due_change(commitment, change) for change in recent]
        is_reason_given = any(change["extension"] for change in recent)
        changes += filter(None, [texts.extensions(commitment, is_reason_given=is_reason_given)])
        facts = [
            *parties,
            *texts.helpers(row),
            texts.seats(commitment),
            texts.returned(commitment),
            texts.voices(commitment),
        ]
        return [*join_remarks(facts), *changes, *texts.why_late(row), *internal_remarks(texts, commitment)]

    def _other_parties(self, commitment: Commitment) -> str:
        """The other side: who promised it, with whom this party did, or to whom."""
        sides = (*commitment["by"], "", *commitment["to"])
        if sides not in self._words_of_sides:
            self._words_of_sides[sides] = self._sides_in_words(commitment["by"], commitment["to"])
        return self._words_of_sides[sides]

    def _sides_in_words(self, givers: Sequence[str], takers: Sequence[str]) -> str:
        name, tr, shown = self._share.name, self.tr, self._texts.parties
        others = [other for other in givers if other != name]
        receivers = [other for other in takers if other != name]
        if name not in givers:
            by, to = tr("by {parties}", parties=shown(givers)), shown(takers)
            return f"{by}; {tr('to {parties}', parties=to)}" if receivers else by
        is_mutual = name in takers
        both = [other for other in others if is_mutual and other in receivers]
        others = [other for other in others if other not in both]
        receivers = [other for other in receivers if other not in both]
        parts = [tr("mutual with {parties}", parties=shown(both))] if both else []
        if receivers:
            parts.append(tr("to {parties}", parties=shown(receivers)))
        if others:
            parts.append(tr("together with {parties}", parties=shown(others)))
        return "; ".join(parts)

    # Done, and due.

    def _done(self) -> tuple[list[Block], list[str], list[str]]:
        """Commitments confirmed or closed since the last meeting; a sentence that names those listed elsewhere; and one
        that names those only reported done.
        """
        both = {row.commitment["id"]: row for row in (*self._share.by, *self._share.to)}
        since = self._period.since
        ended = [row for row in both.values() if is_ended_since(row.commitment, since)]
        listed: list[Row] = []
        elsewhere: list[int] = []
        for row in ended:
            is_own = self._is_alone or self._share.name in row.commitment["by"]
            if is_own or not self._lists_done(row.commitment):
                listed.append(row)
            else:
                elsewhere.append(row.commitment["id"])
        above = [row.commitment["id"] for row in both.values() if is_reported_since(row.commitment, since)]
        numbers = self._texts.words.numbers
        is_elsewhere = (
            _ALSO_DONE if listed else phrase("see under the institution that made the commitment: {numbers}.")
        )
        to_confirm = phrase("Reported done and listed above, to be confirmed: {numbers}.")
        return (
            [self._done_table(listed)] if listed else [],
            [self.tr(is_elsewhere, numbers=numbers(elsewhere))] if elsewhere else [],
            [self.tr(to_confirm, numbers=numbers(above))] if above and self._is_alone else [],
        )

    def _done_table(self, rows: list[Row]) -> Table:
        tr, texts, is_wide = self.tr, self._texts, self._decisions is not None
        columns = [
            TableColumn(tr("No."), 3),
            TableColumn(tr("Commitment"), 16),
            *([] if is_wide else [TableColumn(tr("To / from"), 8)]),
            TableColumn(tr("Done or closed"), 8),
            TableColumn(tr("Result"), 7),
        ]
        entries = []
        for row in rows:
            commitment = row.commitment
            title, together = commitment["title"], self._other_parties(commitment)
            cells = [texts.number(commitment), title, together, texts.ended_day(row), texts.result_or_state(row)]
            if is_wide:
                del cells[2]
            facts = [together if is_wide else "", texts.voices(commitment), texts.closing(commitment)]
            remarks = [*join_remarks(facts), *texts.why_late(row), *internal_remarks(texts, commitment)]
            entries.append(TableRow(cells, style=BANDS[Band.FINISHED].style, remarks=remarks))
        return Table(columns, entries)

    def _falls_due(self) -> list[str]:
        """Due dates from this meeting, or the day of the sheet, up to the next one, with numbers of commitments."""
        texts, words = [], self._texts.words
        for text, rows in self._sides():
            due = sorted((row for row in rows if self._is_due_soon(row)), key=lambda row: row.commitment["due"])
            commitments = [row.commitment for row in due]
            days = (
                self._by_month(commitments)
                if len(commitments) > _MANY
                else [
                    self.tr("{day} {number}", day=self._due(each), number=words.number(each["id"]))
                    for each in commitments
                ]
            )
            if days:
                texts.append(self.tr(text, list=", ".join(days)))
        return [f"{'; '.join(texts)}."] if texts else []

    def _by_month(self, commitments: Iterable[Commitment]) -> list[str]:
        """How many fall due in each month: the tables above have them, and so many days are read by nobody."""
        counts = Counter(commitment["due"][:7] for commitment in commitments)
        words = self._texts.words
        return [self.tr("{n} in {month}", n=count, month=words.written_month(month)) for month, count in counts.items()]

    def _due(self, commitment: Commitment) -> str:
        day = self._texts.date(commitment, commitment["due"])
        return self.tr("{day} (proposed, not agreed)", day=day) if is_wish(commitment) else day

    def _sides(self) -> list[tuple[str, list[Row]]]:
        """What this party promised, mutual ones included, and what others promised to it."""
        to_it = [row for row in self._share.to if self._share.name not in row.commitment["by"]]
        return [
            (phrase("commitments by it: {list}"), self._share.by),
            (phrase("commitments to it: {list}"), to_it),
        ]

    def _is_due_soon(self, row: Row) -> bool:
        today, present = self._snapshot.today, self._period.present
        is_before = present is not None and row.commitment.get("due", present) < present
        return not is_before and is_due_within(row.days_left, days_between(today, self._period.until))

    def _to_ask(self) -> list[Block]:
        """What to ask, with numbers: about what this party owes, and about what it is owed; a paragraph for each."""
        blocks: list[Block] = []
        words = self._texts.words
        questions = _open_questions(self._texts, self._snapshot.silent_after)
        leads = (self.tr("On commitments by it:"), self.tr("On commitments to it:"))
        for lead, (_, rows) in zip(leads, self._sides(), strict=True):
            undecided = [row for row in rows if row.commitment["state"] in OPEN]
            texts = [
                self.tr("{question}: {numbers}", question=question, numbers=found)
                for question, answer in questions
                if (found := _answers(words, answer, undecided))
            ]
            for place, text in enumerate(texts, 1):
                end = ";" if place < len(texts) else "."
                blocks.append(TextBlock(f"{text}{end}", lead=lead if place == 1 else ""))
        return blocks


def _with_lead(heading: str, texts: Sequence[str]) -> Iterator[TextBlock]:
    """Paragraphs, the first one with the heading as its lead."""
    for place, text in enumerate(texts):
        yield TextBlock(text, lead=f"{heading}:" if heading and not place else "")


# Open questions: what is missing from an open commitment.


def _open_questions(texts: CommitmentText, silent_after: int) -> list[tuple[str, Answer]]:
    """Pairs (what is missing, function that finds it in a row), in the order of the sheet."""
    words = texts.words
    return [
        (words.tr(BANDS[Band.NO_DATE].text), lambda row: row.band == Band.NO_DATE),
        (words.tr("proposed date not agreed"), lambda row: is_wish(row.commitment) and "due" in row.commitment),
        (
            words.tr("agreement to the extension not recorded"),
            lambda row: is_extension_unrecorded(row.commitment) and "due" in row.commitment,
        ),
        (
            words.tr("agreement to taking out the date not recorded"),
            lambda row: is_extension_unrecorded(row.commitment) and "due" not in row.commitment,
        ),
        (
            words.tr("awaiting confirmation"),
            lambda row: row.band == Band.UNCONFIRMED and (_who_confirms(row.commitment, texts) or True),
        ),
        (silent_for(words, silent_after), lambda row: row.is_silent),
        (words.tr("fewer nominated than wanted"), lambda row: _seats_missing(row.commitment, words)),
        (words.tr("number of seats not agreed"), lambda row: are_seats_unknown(row.commitment)),
        (words.tr("official nomination letter not received"), lambda row: is_letter_missing(row.commitment)),
    ]


def _answers(words: Words, answer: Answer, rows: Iterable[Row]) -> str:
    """The numbers of the rows that a question concerns, each with its text; of many of them first how many."""
    answers = {row.commitment["id"]: more for row in rows if (more := answer(row))}
    plain = words.numbers(number for number, more in answers.items() if more is True)
    details = [f"{words.number(number)} {more}" for number, more in answers.items() if more is not True]
    listed = ", ".join([*([plain] if plain else []), *details])
    return words.tr("{n} in all: {numbers}", n=len(answers), numbers=listed) if len(answers) > _MANY else listed


def _who_confirms(commitment: Commitment, texts: CommitmentText) -> str:
    """Whose confirmation a mutual promise awaits; empty for any other, whose heading says it."""
    if not set(commitment["by"]) & set(commitment["to"]):
        return ""
    names = default_voice(commitment, State.CONFIRMED)
    return texts.words.tr("(from {parties})", parties=texts.parties(names)) if names else ""


def _seats_missing(commitment: Commitment, words: Words) -> str:
    """The numbers of nominated and wanted seats, if some are missing."""
    missing = missing_seats(commitment)
    return words.tr("({n} of {wanted} nominated)", n=missing[0], wanted=missing[1]) if missing else ""
