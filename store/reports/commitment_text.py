"""Describe a commitment in a document: its cells and remarks, in one language, for public or internal documents.

Public are: number, title, parties, kind, state, dates, counts, outcome, seat numbers, and the reasons
for misses and changed dates. What an internal document adds is in `internal_remarks` and `chases`, and nowhere else.

Where others than the party recorded its report or confirmation the document says so; an internal one says who did.
"""

from __future__ import annotations

from store.model.vocabulary import (
    BANDS,
    CLOSING_REASONS,
    KINDS,
    OUTCOMES,
    PRECISIONS,
    STATES,
    Band,
    Outcome,
    Precision,
    State,
    phrase,
)
from store.reports.document import Figures
from store.rules.due_dates import is_wish
from store.rules.newer_version import refuse_unknown_words
from store.rules.outcomes import days_late, done_day, is_provisional
from store.rules.party_names import is_recorded_by_others
from store.rules.seats import missing_seats

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from store.model.record_types import Commitment, DueChange, Returned, Visit, Voice
    from store.reports.wording import Words
    from store.snapshot import Row, Snapshot


def number_ranges(commitments: Iterable[int]) -> str:
    """Format numbers of commitments, three or more consecutive ones as a range: `#1-#4, #7`."""
    runs: list[list[int]] = []
    for number in sorted(commitments):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    ranges: list[str] = []
    for first, last in runs:
        if last - first < 2:
            ranges += [f"#{number}" for number in range(first, last + 1)]
        else:
            ranges.append(f"#{first}-#{last}")
    return ", ".join(ranges)


class CommitmentText:
    """Formats the commitments of a snapshot for a document; `is_internal` adds what is not public."""

    __slots__ = ("_shown", "_snapshot", "is_internal", "words")

    def __init__(self, snapshot: Snapshot, words: Words, *, is_internal: bool) -> None:
        self.words = words
        self.is_internal = is_internal
        self._snapshot = snapshot
        self._shown: dict[str, str] = {}
        if is_internal:
            snapshot.read_all_notes()

    # Cells: parties, dates, states.

    def party(self, name: str) -> str:
        """The name of a party in cells: in Russian its Russian name if it has one, else its short name."""
        shown = self._shown.get(name)
        if shown is None:
            party = self._snapshot.parties.find(name)
            russian = party.get("ru") if party and self.words.language == "ru" else None
            shown = self._shown[name] = russian or self._snapshot.parties.shown(name)
        return shown

    def party_heading(self, name: str) -> str:
        """The name of a party in a heading: the full one and the short one, or its Russian one."""
        party = self._snapshot.parties.find(name)
        if party is None or (self.words.language == "ru" and "ru" in party):
            return self.party(name)
        short = party.get("short", party["name"])
        return party["name"] if short == party["name"] else f"{party['name']} ({short})"

    def parties(self, names: Iterable[str]) -> str:
        """The names of several parties, separated by commas."""
        return ", ".join([self.party(name) for name in names])

    def when(self, row: Row) -> str:
        """The due date and the days to it, or the day on which it was done or closed."""
        say, commitment, band = self.words.say, row.commitment, row.band
        if band in (Band.UNCONFIRMED, Band.FINISHED):
            return self._when_done(row)
        if band == Band.NO_DATE:
            return say(BANDS[Band.NO_DATE].text)
        day = self.words.day(commitment["due"])
        if band == Band.OVERDUE and is_wish(commitment):
            return say("{day}, {n} d past, not agreed", day=day, n=row.days_overdue)
        if band == Band.OVERDUE:
            return say("{day}, {n} d late", day=day, n=row.days_overdue)
        if band == Band.TODAY:
            return say("{day}, today", day=day)
        return say("{day}, in {n} d", day=day, n=row.days_left) if band in (Band.WEEK, Band.MONTH) else day

    def _when_done(self, row: Row) -> str:
        say, commitment = self.words.say, row.commitment
        done, late = done_day(commitment), days_late(commitment)
        if commitment["state"] == State.CLOSED:
            return self._when_closed(commitment)
        if done is None:
            return ""
        if late:
            return say("done {day}, {n} d late", day=self.words.day(done), n=late)
        return say("done {day}", day=self.words.day(done))

    def _when_closed(self, commitment: Commitment) -> str:
        """The closing reason and day, so that the day does not look like one of doing; empty if unknown."""
        say, closed = self.words.say, commitment.get("closed")
        if closed is None:
            return ""
        because = CLOSING_REASONS[closed["because"]]
        return say("{reason} {day}", reason=say(because.text), day=self.words.day(closed["on"]))

    def day(self, iso: str | None) -> str:
        """An ISO day in words, or the word for none."""
        return self.words.day(iso) if iso is not None else self.words.say("none")

    def state(self, row: Row) -> str:
        """The state; of a closed commitment with the reason."""
        state = row.commitment["state"]
        return self.closed(row.commitment) if state == State.CLOSED else self.words.say(STATES[state].text)

    def closed(self, commitment: Commitment) -> str:
        """The word for closed, with the reason."""
        state, closed = self.words.say(STATES[State.CLOSED].text), commitment.get("closed")
        if closed is None:
            return state
        return f"{state}: {self.words.say(CLOSING_REASONS[closed['because']].text)}"

    def result_or_state(self, row: Row) -> str:
        """The outcome, or the state and whether it is overdue."""
        if row.commitment["state"] == State.CLOSED:
            return self.closed(row.commitment)
        ended = self.outcome(row)
        if ended:
            return ended
        is_late = row.band == Band.OVERDUE
        return f"{self.state(row)}, {self.words.say(BANDS[Band.OVERDUE].text)}" if is_late else self.state(row)

    def kind(self, kind: str) -> str:
        """The word for a kind; a kind of the users' own as they wrote it."""
        return self.words.say(KINDS[kind].text) if kind in KINDS else kind

    def outcome(self, row: Row) -> str:
        """The outcome; provisional while it is only reported, empty while it is undone."""
        if row.outcome is None:
            return ""
        say = self.words.say
        text = say(OUTCOMES[row.outcome].text)
        missing = missing_seats(row.commitment)
        if row.outcome != Outcome.NOT_MET and missing:
            nominated, wanted = missing
            text = say("{outcome}, {nominated} of {wanted}", outcome=text, nominated=nominated, wanted=wanted)
        if is_provisional(row.commitment):
            return say("{outcome} (provisional, until it is confirmed)", outcome=text)
        return text

    def visit(self, visit: Visit) -> str:
        """A visit in one line: its title, place and days."""
        place = visit.get("place")
        days = self.words.period(visit["start"], visit["end"])
        return ", ".join([visit["title"], *([place] if place else []), days])

    def visit_details(self, visit: Visit) -> list[str]:
        """The hosts and the donor of a visit; with `is_internal` its delegation and programme, which name people."""
        say, details = self.words.say, []
        if visit.get("hosts"):
            details.append(say("hosts: {hosts}", hosts=self.parties(visit["hosts"])))
        if self.is_internal and "delegation" in visit:
            details.append(say("delegation: {delegation}", delegation=visit["delegation"]))
        if self.is_internal and "programme" in visit:
            details.append(say("programme: {programme}", programme=visit["programme"]))
        if "donor" in visit:
            details.append(say("donor: {donor}", donor=visit["donor"]))
        return details

    # Remarks under a row.

    def voices(self, commitment: Commitment) -> str:
        """The report and the confirmation: by whom, when, and recorded by whom, if not by the party itself."""
        say = self.words.say
        texts: list[tuple[str, str]] = []
        for text, voice in (
            (phrase("reported by {parties} {day}"), commitment.get("reported")),
            (phrase("confirmed by {parties} {day}"), commitment.get("confirmed")),
        ):
            if voice is not None:
                sentence = say(text, parties=self.parties(voice["said_by"]), day=self.words.day(voice["on"]))
                texts.append((sentence, self._recorder(voice)))
        if len({hand for _, hand in texts}) == 1:
            return "; ".join([sentence for sentence, _ in texts]) + texts[0][1]
        return "; ".join([sentence + hand for sentence, hand in texts])

    def _recorder(self, voice: Voice | Returned) -> str:
        """Who recorded a voice, if not the party itself; at the end of a line it holds for all before it."""
        if not is_recorded_by_others(self._snapshot.parties, voice):
            return ""
        if self.is_internal:
            return self.words.say(" (recorded by {who})", who=voice["recorded_by"])
        return self.words.say(" (entered on their behalf)")

    def returned(self, commitment: Commitment) -> str:
        """The return by the other side; its reason is internal."""
        returned = commitment.get("returned")
        if returned is None:
            return ""
        text = self.words.say(
            "returned by {parties} {day}",
            parties=self.parties(returned["said_by"]),
            day=self.words.day(returned["on"]),
        )
        return text + self._recorder(returned)

    def closing(self, commitment: Commitment) -> str:
        """Who agreed to the closing, and the commitment that superseded it; empty where neither is recorded."""
        say, closed = self.words.say, commitment.get("closed")
        if closed is None:
            return ""
        parts: list[str] = []
        if "agreed_by" in closed:
            parts.append(say("closing agreed by {party}", party=self.party(closed["agreed_by"])))
        if "by_id" in closed:
            parts.append(say("superseded by {number}", number=f"#{closed['by_id']}"))
        return "; ".join(parts)

    def seats(self, commitment: Commitment) -> str:
        """The seats wanted, nominated and acknowledged, and the day of the endorsement."""
        say, seats = self.words.say, commitment.get("seats")
        if seats is None:
            return ""
        unknown, wanted = say("unknown number"), seats.get("wanted")
        text = say(
            "seats: {wanted} wanted, {nominated} nominated, {acknowledged} acknowledged",
            wanted=unknown if wanted is None else wanted,
            nominated=seats.get("nominated", 0),
            acknowledged=seats.get("acknowledged", 0),
        )
        if "endorsed" in seats:
            text += say(", endorsed {day}", day=self.words.day(seats["endorsed"]))
        return text

    def from_to(self, commitment: Commitment) -> str:
        """The parties that promised it, and those to whom."""
        by, to = self.parties(commitment["by"]), self.parties(commitment["to"])
        return self.words.say("by {by} to {to}", by=by, to=to)

    def helpers(self, commitment: Commitment) -> list[str]:
        """The channel, the helpers, and the commitment that it waits for."""
        say, remarks = self.words.say, []
        if "via" in commitment:
            remarks.append(say("through {party}", party=self.party(commitment["via"])))
        if "support" in commitment:
            remarks.append(say("with the help of {parties}", parties=self.parties(commitment["support"])))
        if "after" in commitment:
            remarks.append(say("waits for {number}", number=f"#{commitment['after']}"))
        return remarks

    def precision(self, commitment: Commitment) -> str:
        """The precision of the due date, unless it is a day."""
        refuse_unknown_words(commitment)
        text = PRECISIONS[commitment.get("due_precision", Precision.DAY)].text
        return self.words.say(text) if text else ""

    def silence(self, row: Row) -> str:
        """The days of silence of a silent commitment; else empty."""
        silent = self.words.plural("silent for {n} day", "silent for {n} days", row.silent_days)
        return silent if row.is_silent else ""

    def miss(self, commitment: Commitment) -> list[str]:
        """The recorded reason for a miss."""
        reason = commitment.get("miss_reason")
        return [self.words.say("reason for the miss: {reason}", reason=reason)] if reason else []

    def due_change(self, change: DueChange) -> str:
        """A change of the due date in a sentence: when, from what to what, why, who asked and who agreed."""
        say = self.words.say
        corrected = phrase("date corrected {day}, from {old} to {new}: {reason}")
        changed = phrase("date changed {day}, from {old} to {new}: {reason}")
        text = say(
            corrected if change["correction"] else changed,
            day=self.words.day(change["on"]),
            old=self.day(change.get("old")),
            new=self.day(change.get("new")),
            reason=change["reason"],
        )
        if "asked_by" in change:
            text += say("; asked by {party}", party=self.party(change["asked_by"]))
        if "agreed_by" in change:
            text += say("; agreed by {party}", party=self.party(change["agreed_by"]))
        return text

    # Internal remarks.

    def internal_remarks(self, commitment: Commitment) -> list[str]:
        """Owner, words of the date, quote, source, letter, evidence, notes; empty unless the document is internal."""
        if not self.is_internal:
            return []
        say = self.words.say
        remarks = [say("owner: {owner}", owner=commitment["owner"])]
        for text, value in (
            (phrase("words of the date: {text}"), commitment.get("due_words")),
            (phrase("quote: {text}"), commitment.get("quote")),
            (phrase("source: {text}"), commitment.get("source")),
            (phrase("letter: {text}"), commitment.get("seats", {}).get("letter")),
            (phrase("evidence of the report: {text}"), commitment.get("reported", {}).get("evidence")),
            (phrase("evidence of the confirmation: {text}"), commitment.get("confirmed", {}).get("evidence")),
            (phrase("returned because: {text}"), commitment.get("returned", {}).get("note")),
        ):
            if value:
                remarks.append(say(text, text=value))
        shown: set[object] = {commitment.get("returned", {}).get("note")}
        for note in self._snapshot.notes(commitment["id"]):
            if note["note"] not in shown:
                day, who = self.words.day(note["day"]), note["who"]
                remarks.append(say("note of {day} by {who}: {text}", day=day, who=who, text=note["note"]))
        return remarks

    def chases(self, commitment: Commitment) -> list[str]:
        """How often it was chased, and when it is to be chased again; empty unless the document is internal."""
        if not self.is_internal:
            return []
        remarks, words, count = [], self.words, commitment.get("chased", 0)
        if count and "last_chased" in commitment:
            last = words.day(commitment["last_chased"])
            remarks.append(
                words.plural("chased {n} time, last on {day}", "chased {n} times, last on {day}", count, day=last)
            )
        if "chase_on" in commitment:
            remarks.append(words.say("to be chased on {day}", day=words.day(commitment["chase_on"])))
        return remarks


def join_remarks(remarks: Sequence[str]) -> list[str]:
    """Join the remarks that are not empty into one; none if all are empty."""
    given = [text for text in remarks if text]
    return ["; ".join(given)] if given else []


def silent_for(words: Words, days: int) -> str:
    """The heading of what is silent, `days` being the limit of the store."""
    return words.plural("silent for {n} day or more", "silent for {n} days or more", days)


def tally_figures(snapshot: Snapshot, words: Words, rows: Iterable[Row]) -> Figures:
    """The counts of these rows by band, as on the status page; zeros are left out."""
    tally = snapshot.tally(rows)
    labels = {band.count: (words.say(band.text), band.style) for band in BANDS.values()}
    labels |= {"silent": (silent_for(words, snapshot.silent_after), "plain"), "open": (words.say("open"), "strong")}
    labels["aside"] = (words.say("set aside"), "plain")
    return Figures(
        [(str(tally[name]), *labels[name]) for name in labels if tally[name] or name in ("open", "finished")]
    )
