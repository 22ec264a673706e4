"""The meeting sheet: one part for each party, with what it owes, is owed, did, and should be asked."""

from __future__ import annotations

from store.errors import UsageError
from store.model.vocabulary import BANDS, OPEN, Band, State, phrase
from store.reports.commitment_text import Telling, joined, numbers
from store.reports.commitment_text import counts as tally_figures
from store.reports.document import Document, Figures, Section, Table, TableColumn, TableRow, TextBlock
from store.reports.document_header import as_recorded, marked, selected, selection
from store.reports.wording import speak
from store.rules.days import days_between, is_day
from store.rules.overdue import is_due_within
from store.rules.party_counts import PartyCounts, party_counts
from store.rules.party_names import known_party
from store.rules.seats import are_seats_unknown, is_letter_missing, missing_seats

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from store.model.record_types import Commitment
    from store.query.parse_query import Query
    from store.reports.document import Block
    from store.reports.wording import Words
    from store.snapshot import Row, Snapshot

    Ask = Callable[[Row], str | None]
    """What is told of a row in this respect beside its number, perhaps nothing; None: it is not to be asked about."""

_MONTHS = 3
"""The parties meet every quarter: the sheet looks that far ahead, and back where no meeting is known."""


class _Period:
    """From the last meeting to the next: ISO days `since` and `until`; `meeting` tells of the last one, if known."""

    __slots__ = ("meeting", "since", "until")

    def __init__(self, snapshot: Snapshot, since: str | None, until: str | None) -> None:
        """Raises: UsageError for a meeting that is still to come, or a next one that is past."""
        today = snapshot.today
        last = max((v for v in snapshot.visits.values() if v["end"] < today), key=lambda v: v["end"], default=None)
        self.meeting = last if since is None else None
        self.since = since or (last["end"] if last else _shifted(today, -_MONTHS))
        self.until = until or _shifted(today, _MONTHS)
        if self.since > today:
            sentence = f"the last meeting cannot have been on {self.since}, which is still to come"
            raise UsageError(sentence, code="report.last-meeting-to-come", field="since")
        if self.until < today:
            sentence = f"the next meeting cannot be on {self.until}, which is past"
            raise UsageError(sentence, code="report.next-meeting-past", field="until")


def _shifted(day: str, months: int) -> str:
    """The ISO day so many calendar months later, or the last one of a shorter month.

    Written out because `store.rules.dates.parse` and its datetime take a quarter of a bare start, and a sheet needs no
    more of it.
    """
    year, month = divmod(int(day[:4]) * 12 + int(day[5:7]) - 1 + months, 12)
    candidates = [f"{year:04}-{month + 1:02}-{number:02}" for number in range(int(day[8:]), 27, -1)]
    return next(filter(is_day, candidates), f"{year:04}-{month + 1:02}-{day[8:]}")


class _Share:
    """What one party has to do with: the rows that it promised, that were promised to it, that it helps with."""

    __slots__ = ("by", "helps", "name", "to")

    def __init__(self, name: str) -> None:
        self.name = name
        self.by: list[Row] = []
        self.to: list[Row] = []
        self.helps: list[Row] = []


def sheet(
    snapshot: Snapshot,
    parties: Sequence[str] = (),
    *,
    since: str | None = None,
    until: str | None = None,
    query: Query | None = None,
    language: str = "en",
    marks: Sequence[str] = (),
    is_internal: bool = False,
) -> Document:
    """The sheet for a meeting: of these parties (any of their names), or of each that has something open.

    `since`: ISO day of the last meeting, else the last day of the latest visit or meeting that ended before today, else
    three months ago. `until`: ISO day of the next one, else three months ahead. `query` narrows the commitments.

    Raises: NotFound for a party; UsageError for a language or a mark, or a day on the wrong side of today.
    """
    words = speak(language)
    on_every_page = marked(words, marks, is_internal=is_internal)
    period = _Period(snapshot, since, until)
    rows = selected(snapshot, query)
    counts = party_counts(rows)
    names = dict.fromkeys(known_party(snapshot.parties, name, "parties")["name"] for name in parties)
    telling = Telling(snapshot, words, is_internal=is_internal)
    shares = _shares(rows)
    nothing = [] if counts else [TextBlock(words.say("Nothing is open."), "dim")]
    parts = [] if names else [Section(words.say("In all"), [tally_figures(snapshot, words, rows), *nothing])]
    for name in names or _with_something_to_tell(counts, shares, period):
        share, count = shares.get(name) or _Share(name), counts.get(name) or PartyCounts()
        parts += _PartySheet(telling, snapshot, period, share, count, is_alone=bool(names)).parts()
    narrowed = selection(snapshot, words, rows, is_narrowed=query is not None)
    return Document(
        _title(telling, names, snapshot.today),
        [words.say("What the institutions promised each other, and how it stands: one part for each of them.")],
        [as_recorded(snapshot, words), *_period_facts(telling, period), *narrowed],
        on_every_page,
        parts,
        language,
    )


def _title(telling: Telling, names: Iterable[str], today: str) -> str:
    words = telling.words
    parties, day = telling.parties(names), words.day(today)
    if not parties:
        return words.say("Meeting sheet, {day}", day=day)
    return words.say("Meeting sheet for {parties}, {day}", parties=parties, day=day)


def _period_facts(telling: Telling, period: _Period) -> list[tuple[str, str]]:
    words = telling.words
    since = words.day(period.since)
    if period.meeting is not None:
        since = f"{since} ({telling.visit(period.meeting)})"
    return [
        (words.say("Last meeting"), since),
        (words.say("Next meeting by"), words.day(period.until)),
    ]


def _shares(rows: Iterable[Row]) -> dict[str, _Share]:
    """Full name -> its share of these rows; the most urgent first."""
    shares: dict[str, _Share] = {}

    def share_of(name: str) -> _Share:
        if name not in shares:
            shares[name] = _Share(name)
        return shares[name]

    for row in sorted(rows, key=lambda row: row.urgency):
        commitment = row.commitment
        for name in dict.fromkeys(commitment["by"]):
            share_of(name).by.append(row)
        for name in dict.fromkeys(commitment["to"]):
            share_of(name).to.append(row)
        helpers = [*commitment.get("support", []), *([commitment["via"]] if "via" in commitment else [])]
        for name in dict.fromkeys(helpers):
            share_of(name).helps.append(row)
    return shares


def _with_something_to_tell(counts: dict[str, PartyCounts], shares: dict[str, _Share], period: _Period) -> list[str]:
    """Full names: who has something open, those with the most late first; last those who ended something."""
    with_open = sorted(counts, key=lambda name: (-counts[name].late, -counts[name].owes, -counts[name].owed, name))
    ended = [
        name
        for name in sorted(shares)
        if name not in counts and any(_is_ended_since(row.commitment, period.since) for row in shares[name].by)
    ]
    return with_open + ended


class _PartySheet:
    """The part of one party."""

    __slots__ = ("_counts", "_is_alone", "_period", "_share", "_snapshot", "_telling", "say")

    def __init__(
        self,
        telling: Telling,
        snapshot: Snapshot,
        period: _Period,
        share: _Share,
        counts: PartyCounts,
        *,
        is_alone: bool,
    ) -> None:
        """`is_alone`: it may be handed out without the parts of the others, where the rest is told."""
        self._telling = telling
        self.say = telling.words.say
        self._snapshot = snapshot
        self._period = period
        self._share = share
        self._counts = counts
        self._is_alone = is_alone

    def parts(self) -> list[Section]:
        """The party's heading with its counts, then each section that has something; what has nothing is one line."""
        say, share = self.say, self._share
        done, also = self._done()
        ended = say("Done or closed since the last meeting")
        sections: list[tuple[str, Sequence[Block]]] = [
            (say("Owed by you"), self._owed_by()),
            (say("Owed to you"), self._owed_to()),
            (ended, done),
        ]
        lines = [
            ("" if done else ended, also),
            (say("Falls due before the next meeting"), self._falls_due()),
            (say("To ask"), self._to_ask()),
        ]
        nothing = [heading for heading, found in (*sections[:2], *lines) if not found and heading]
        helps = [row for row in share.helps if row.commitment["state"] in OPEN]
        if helps:
            sections.insert(2, (say("You are the channel, or help"), [self._table(helps)]))
        head: list[Block] = [self._figures()]
        if nothing and self._is_alone:
            head.append(TextBlock(say("Nothing under: {sections}.", sections="; ".join(nothing)), "dim"))
        parts = [(1, self._telling.party_at_length(share.name), head)]
        parts += [(2, heading, list(blocks)) for heading, blocks in sections if blocks]
        parts[-1][2].extend(text for heading, texts in lines for text in _led(heading, texts))
        return [Section(heading, blocks, level=level) for level, heading, blocks in parts]

    def _figures(self) -> Figures:
        say, counts = self.say, self._counts
        return Figures([
            (str(counts.owes), say("owed by you"), "strong"),
            (str(counts.late), say("of these late"), "overdue" if counts.late else "plain"),
            (str(counts.owed), say("owed to you"), "strong"),
            (str(counts.unconfirmed), say("for you to confirm"), "unconfirmed" if counts.unconfirmed else "plain"),
        ])  # fmt: skip

    # What is open.

    def _owed_by(self) -> list[Block]:
        rows = [row for row in self._share.by if row.commitment["state"] in OPEN]
        return [self._table(rows)] if rows else []

    def _owed_to(self) -> list[Block]:
        """Those that it did not promise as well; a mutual one stands above already, and is named by its number."""
        rows = [row for row in self._share.to if row.commitment["state"] in OPEN]
        others = [row for row in rows if self._share.name not in row.commitment["by"]]
        mutual = [row.commitment["id"] for row in rows if self._share.name in row.commitment["by"]]
        blocks: list[Block] = [self._table(others, is_told=self._is_alone)] if others else []
        if mutual:
            blocks.append(
                TextBlock(self.say("Promised by you as well, so listed above: {numbers}.", numbers=numbers(mutual)))
            )
        return blocks

    def _table(self, rows: list[Row], *, is_told: bool = True) -> Table:
        """Open commitments; `is_told`: with all that is to be said of them."""
        say, telling = self.say, self._telling
        columns = [
            TableColumn(say("No."), 2),
            TableColumn(say("What was promised"), 14),
            TableColumn(say("With whom"), 9),
            TableColumn(say("Due"), 8),
            TableColumn(say("State"), 5),
        ]
        entries = []
        for row in rows:
            commitment = row.commitment
            title, together = commitment["title"], self._together(commitment)
            cells = [f"#{commitment['id']}", title, together, telling.when(row), telling.state(row)]
            remarks = self._remarks(row) if is_told else ()
            entries.append(TableRow(cells, style=BANDS[row.band].style, remarks=remarks))
        return Table(columns, entries)

    def _remarks(self, row: Row) -> list[str]:
        commitment, telling = row.commitment, self._telling
        changes = [
            telling.change(change) for change in commitment.get("due_changes", ()) if change["on"] >= self._period.since
        ]
        if commitment.get("due_changes") and not changes:
            original = telling.day(commitment.get("original_due"))
            changes = [self.say("original date: {day}", day=original)]
        facts = [
            *telling.helpers(commitment),
            telling.seats(commitment),
            telling.returned(commitment),
            telling.voices(commitment),
        ]
        return [*joined(facts), *changes, *telling.miss(commitment), *telling.internal(commitment)]

    def _together(self, commitment: Commitment) -> str:
        """The other side: who promised it, with whom this party did, or to whom."""
        name, say, shown = self._share.name, self.say, self._telling.parties
        others = [other for other in commitment["by"] if other != name]
        receivers = [other for other in commitment["to"] if other != name]
        if name not in commitment["by"]:
            by, to = say("by {parties}", parties=shown(commitment["by"])), shown(commitment["to"])
            return f"{by}; {say('to {parties}', parties=to)}" if receivers else by
        is_mutual = name in commitment["to"]
        both = [other for other in others if is_mutual and other in receivers]
        others = [other for other in others if other not in both]
        receivers = [other for other in receivers if other not in both]
        told = [say("mutual with {parties}", parties=shown(both))] if both else []
        if receivers:
            told.append(say("to {parties}", parties=shown(receivers)))
        if others:
            told.append(say("together with {parties}", parties=shown(others)))
        return "; ".join(told)

    # What was done, and what comes.

    def _done(self) -> tuple[list[Block], list[str]]:
        """Confirmed or closed since the last meeting; and in words, by numbers, what of it is told elsewhere."""
        both = {row.commitment["id"]: row for row in (*self._share.by, *self._share.to)}
        since = self._period.since
        ended = [row for row in both.values() if _is_ended_since(row.commitment, since)]
        told: list[Row] = []
        elsewhere: list[int] = []
        for row in ended:
            if self._is_alone or self._share.name in row.commitment["by"]:
                told.append(row)
            else:
                elsewhere.append(row.commitment["id"])
        above = [row.commitment["id"] for row in both.values() if _is_reported_since(row.commitment, since)]
        also = []
        for text, their in (
            (phrase("Also done or closed, told in the part of the one who promised it: {numbers}"), elsewhere),
            (phrase("Reported done and listed above, to be confirmed: {numbers}"), above if self._is_alone else []),
        ):
            if their:
                also.append(self.say(text, numbers=numbers(their)))
        return [self._done_table(told)] if told else [], also

    def _done_table(self, rows: list[Row]) -> Table:
        say, telling = self.say, self._telling
        columns = [
            TableColumn(say("No."), 2),
            TableColumn(say("What was promised"), 14),
            TableColumn(say("With whom"), 9),
            TableColumn(say("Done or closed"), 8),
            TableColumn(say("Result"), 6),
        ]
        entries = []
        for row in rows:
            commitment = row.commitment
            title, together = commitment["title"], self._together(commitment)
            cells = [f"#{commitment['id']}", title, together, telling.when(row), telling.standing(row)]
            facts = [telling.voices(commitment), telling.closing(commitment)]
            remarks = [*joined(facts), *telling.miss(commitment), *telling.internal(commitment)]
            entries.append(TableRow(cells, style=BANDS[Band.FINISHED].style, remarks=remarks))
        return Table(columns, entries)

    def _falls_due(self) -> list[str]:
        """The days up to the next meeting, with the numbers that stand above."""
        said = []
        for text, rows in self._sides():
            due = sorted((row for row in rows if self._is_due_soon(row)), key=lambda row: row.commitment["due"])
            days = [f"{self._telling.words.day(row.commitment['due'])} #{row.commitment['id']}" for row in due]
            if days:
                said.append(self.say(text, list=", ".join(days)))
        return ["; ".join(said)] if said else []

    def _sides(self) -> list[tuple[str, list[Row]]]:
        return [(phrase("by you: {list}"), self._share.by), (phrase("to you: {list}"), self._share.to)]

    def _is_due_soon(self, row: Row) -> bool:
        return is_due_within(row.days_left, days_between(self._snapshot.today, self._period.until))

    def _to_ask(self) -> list[str]:
        """What is missing, by numbers: of what this party owes, and of what it is owed."""
        said = []
        for text, rows in self._sides():
            asks = questions(self._telling.words, self._snapshot.silent_after)
            missing = [f"{question} {found}" for question, ask in asks if (found := asked(ask, rows))]
            if missing:
                said.append(self.say(text, list="; ".join(missing)))
        return said


def _led(heading: str, texts: Sequence[str]) -> Iterator[TextBlock]:
    """Paragraphs of which the first one has the heading."""
    for place, text in enumerate(texts):
        yield TextBlock(text, lead=f"{heading} -" if heading and not place else "")


def _is_ended_since(commitment: Commitment, since: str) -> bool:
    """Whether it is over and that was said of that day or a later one: reported then and confirmed before counts."""
    if commitment["state"] == State.CLOSED:
        closed = commitment.get("closed")
        return closed is not None and closed["on"] >= since
    return commitment["state"] == State.CONFIRMED and _is_said_since(commitment, since)


def _is_reported_since(commitment: Commitment, since: str) -> bool:
    return commitment["state"] == State.REPORTED and _is_said_since(commitment, since)


def _is_said_since(commitment: Commitment, since: str) -> bool:
    voices = (commitment.get("reported"), commitment.get("confirmed"))
    return any(voice is not None and voice["on"] >= since for voice in voices)


# What is missing from an open promise, so that a meeting asks for it.


def questions(words: Words, silent_after: int) -> list[tuple[str, Ask]]:
    """Pairs (what is missing, of which rows), in the order in which they are asked."""
    silent = words.plural("silent for {n} day or more", "silent for {n} days or more", silent_after)
    return [
        (words.say("no date agreed"), lambda row: _only_if(row.band == Band.NO_DATE)),
        (words.say("done but not confirmed"), lambda row: _only_if(row.band == Band.UNCONFIRMED)),
        (silent, lambda row: _only_if(row.is_silent)),
        (words.say("seats missing"), lambda row: _seats_missing(row.commitment, words)),
        (words.say("number of seats not agreed"), lambda row: _only_if(are_seats_unknown(row.commitment))),
        (words.say("letter missing"), lambda row: _only_if(is_letter_missing(row.commitment))),
    ]


def asked(ask: Ask, rows: Iterable[Row]) -> str:
    """The open ones of these rows that are to be asked about, by their numbers."""
    told = {row.commitment["id"]: ask(row) for row in rows if row.commitment["state"] in OPEN}
    plain = numbers(number for number, more in told.items() if more == "")
    return ", ".join([*([plain] if plain else []), *[f"#{number} {more}" for number, more in told.items() if more]])


def _only_if(is_asked: bool) -> str | None:
    return "" if is_asked else None


def _seats_missing(commitment: Commitment, words: Words) -> str | None:
    """How many of the seats wanted are nominated, where some are missing."""
    missing = missing_seats(commitment)
    return words.say("({n} of {wanted})", n=missing[0], wanted=missing[1]) if missing else None
