"""What a paper tells of one commitment: its cells and its remarks, in one language, for one kind of reader.

What may be handed over is: number, title, parties, kind, state, dates, counts, outcome, seat numbers, and the reasons
for misses and changed dates. What an internal paper adds is in `Telling.internal`, and nowhere else.

Where others than the party recorded its voice the paper says so, and an internal one says who did.
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
from store.rules.newer_words import refuse_unknown_words
from store.rules.overdue import days_late, done_day, is_provisional
from store.rules.party_names import is_recorded_by_others
from store.rules.seats import missing_seats

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from store.model.record_types import Commitment, DueChange, Returned, Visit, Voice
    from store.reports.wording import Words
    from store.snapshot import Row, Snapshot


def numbers(of: Iterable[int]) -> str:
    """Numbers of commitments in a row, three or more that follow each other as a range: `#1-#4, #7`."""
    runs: list[list[int]] = []
    for number in sorted(of):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    told: list[str] = []
    for first, last in runs:
        if last - first < 2:
            told += [f"#{number}" for number in range(first, last + 1)]
        else:
            told.append(f"#{first}-#{last}")
    return ", ".join(told)


class Telling:
    """Tells of the commitments of a snapshot. With `is_internal` it also tells what is not handed over."""

    __slots__ = ("_shown", "_snapshot", "is_internal", "words")

    def __init__(self, snapshot: Snapshot, words: Words, *, is_internal: bool) -> None:
        self.words = words
        self.is_internal = is_internal
        self._snapshot = snapshot
        self._shown: dict[str, str] = {}
        if is_internal:
            snapshot.read_all_notes()

    # Parties, dates, states: what stands in cells.

    def party(self, name: str) -> str:
        """A party as its reader knows it: its Russian name in Russian if it has one, else its short name."""
        shown = self._shown.get(name)
        if shown is None:
            party = self._snapshot.parties.find(name)
            russian = party.get("ru") if party and self.words.language == "ru" else None
            shown = self._shown[name] = russian or self._snapshot.parties.shown(name)
        return shown

    def party_at_length(self, name: str) -> str:
        """The name over all that is said of a party: the full one and the short one, or its Russian one."""
        party = self._snapshot.parties.find(name)
        if party is None or (self.words.language == "ru" and "ru" in party):
            return self.party(name)
        short = party.get("short", party["name"])
        return party["name"] if short == party["name"] else f"{party['name']} ({short})"

    def parties(self, names: Iterable[str]) -> str:
        """Several parties in a row."""
        return ", ".join([self.party(name) for name in names])

    def when(self, row: Row) -> str:
        """When it is due and how far that is, or when it was done or closed."""
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
        """Why it was closed and when, so that its day is not taken for one of doing; empty where that is unknown."""
        say, closed = self.words.say, commitment.get("closed")
        if closed is None:
            return ""
        because = CLOSING_REASONS[closed["because"]]
        return say("{reason} {day}", reason=say(because.text), day=self.words.day(closed["on"]))

    def day(self, iso: str | None) -> str:
        """A day, or that there is none."""
        return self.words.day(iso) if iso is not None else self.words.say("none")

    def state(self, row: Row) -> str:
        """Its state; of a closed one also why."""
        state = row.commitment["state"]
        return self.closed(row.commitment) if state == State.CLOSED else self.words.say(STATES[state].text)

    def closed(self, commitment: Commitment) -> str:
        """That it is closed, and why."""
        said, closed = self.words.say(STATES[State.CLOSED].text), commitment.get("closed")
        if closed is None:
            return said
        return f"{said}: {self.words.say(CLOSING_REASONS[closed['because']].text)}"

    def standing(self, row: Row) -> str:
        """How it ended, or its state and how late it is."""
        if row.commitment["state"] == State.CLOSED:
            return self.closed(row.commitment)
        ended = self.outcome(row)
        if ended:
            return ended
        is_late = row.band == Band.OVERDUE
        return f"{self.state(row)}, {self.words.say(BANDS[Band.OVERDUE].text)}" if is_late else self.state(row)

    def kind(self, kind: str) -> str:
        """The words of a kind; one of people's own as they wrote it."""
        return self.words.say(KINDS[kind].text) if kind in KINDS else kind

    def outcome(self, row: Row) -> str:
        """How it ended; what was only reported is provisional. Empty while it is undone."""
        if row.outcome is None:
            return ""
        say = self.words.say
        told = say(OUTCOMES[row.outcome].text)
        missing = missing_seats(row.commitment)
        if row.outcome != Outcome.NOT_MET and missing:
            nominated, wanted = missing
            told = say("{outcome}, {nominated} of {wanted}", outcome=told, nominated=nominated, wanted=wanted)
        if is_provisional(row.commitment):
            return say("{outcome} (provisional, until it is confirmed)", outcome=told)
        return told

    def visit(self, visit: Visit) -> str:
        """A visit in a line: its title, place and days."""
        place = visit.get("place")
        days = self.words.period(visit["start"], visit["end"])
        return ", ".join([visit["title"], *([place] if place else []), days])

    def about(self, visit: Visit) -> list[str]:
        """The hosts and the donor of a visit; with `is_internal` its delegation and programme, where people are."""
        say, told = self.words.say, []
        if visit.get("hosts"):
            told.append(say("hosts: {hosts}", hosts=self.parties(visit["hosts"])))
        if self.is_internal and "delegation" in visit:
            told.append(say("delegation: {delegation}", delegation=visit["delegation"]))
        if self.is_internal and "programme" in visit:
            told.append(say("programme: {programme}", programme=visit["programme"]))
        if "donor" in visit:
            told.append(say("donor: {donor}", donor=visit["donor"]))
        return told

    # What stands under an entry.

    def voices(self, commitment: Commitment) -> str:
        """Who said that it was done or received, and when; said by whose hand, where it was not their own."""
        say = self.words.say
        told: list[tuple[str, str]] = []
        for text, voice in (
            (phrase("reported by {parties} {day}"), commitment.get("reported")),
            (phrase("confirmed by {parties} {day}"), commitment.get("confirmed")),
        ):
            if voice is not None:
                said = say(text, parties=self.parties(voice["said_by"]), day=self.words.day(voice["on"]))
                told.append((said, self._hand(voice)))
        if len({hand for _, hand in told}) == 1:
            return "; ".join([said for said, _ in told]) + told[0][1]
        return "; ".join([said + hand for said, hand in told])

    def _hand(self, voice: Voice | Returned) -> str:
        """Whose hand recorded a voice, when it was not the party's own; one that ends a line goes for all before it."""
        if not is_recorded_by_others(self._snapshot.parties, voice):
            return ""
        if self.is_internal:
            return self.words.say(" (recorded by {who})", who=voice["recorded_by"])
        return self.words.say(" (recorded by others)")

    def returned(self, commitment: Commitment) -> str:
        """That the other side sent it back; why is internal."""
        returned = commitment.get("returned")
        if returned is None:
            return ""
        said = self.words.say(
            "returned by {parties} {day}",
            parties=self.parties(returned["said_by"]),
            day=self.words.day(returned["on"]),
        )
        return said + self._hand(returned)

    def closing(self, commitment: Commitment) -> str:
        """Who agreed to close it, and what took its place; empty where neither is recorded."""
        say, closed = self.words.say, commitment.get("closed")
        if closed is None:
            return ""
        told: list[str] = []
        if "agreed_by" in closed:
            told.append(say("closing agreed by {party}", party=self.party(closed["agreed_by"])))
        if "by_id" in closed:
            told.append(say("superseded by {number}", number=f"#{closed['by_id']}"))
        return "; ".join(told)

    def seats(self, commitment: Commitment) -> str:
        """Seats wanted, nominated, acknowledged, and the day of the endorsement."""
        say, seats = self.words.say, commitment.get("seats")
        if seats is None:
            return ""
        unknown, wanted = say("unknown number"), seats.get("wanted")
        told = say(
            "seats: {wanted} wanted, {nominated} nominated, {acknowledged} acknowledged",
            wanted=unknown if wanted is None else wanted,
            nominated=seats.get("nominated", 0),
            acknowledged=seats.get("acknowledged", 0),
        )
        if "endorsed" in seats:
            told += say(", endorsed {day}", day=self.words.day(seats["endorsed"]))
        return told

    def from_to(self, commitment: Commitment) -> str:
        """Who promised it to whom."""
        by, to = self.parties(commitment["by"]), self.parties(commitment["to"])
        return self.words.say("by {by} to {to}", by=by, to=to)

    def helpers(self, commitment: Commitment) -> list[str]:
        """The channel, who helps, and what it waits for."""
        say, told = self.words.say, []
        if "via" in commitment:
            told.append(say("through {party}", party=self.party(commitment["via"])))
        if "support" in commitment:
            told.append(say("with the help of {parties}", parties=self.parties(commitment["support"])))
        if "after" in commitment:
            told.append(say("waits for {number}", number=f"#{commitment['after']}"))
        return told

    def precision(self, commitment: Commitment) -> str:
        """How exactly its date was agreed, where that is not to the day."""
        refuse_unknown_words(commitment)
        told = PRECISIONS[commitment.get("due_precision", Precision.DAY)].text
        return self.words.say(told) if told else ""

    def silence(self, row: Row) -> str:
        """How long nothing was heard of it, where that is too long."""
        silent = self.words.plural("silent for {n} day", "silent for {n} days", row.silent_days)
        return silent if row.is_silent else ""

    def miss(self, commitment: Commitment) -> list[str]:
        """The recorded reason for a miss."""
        reason = commitment.get("miss_reason")
        return [self.words.say("reason for the miss: {reason}", reason=reason)] if reason else []

    def change(self, change: DueChange) -> str:
        """A change of date in a sentence: when, from what to what, why, who asked and who agreed."""
        say = self.words.say
        corrected = phrase("date corrected {day}, from {old} to {new}: {reason}")
        changed = phrase("date changed {day}, from {old} to {new}: {reason}")
        told = say(
            corrected if change["correction"] else changed,
            day=self.words.day(change["on"]),
            old=self.day(change.get("old")),
            new=self.day(change.get("new")),
            reason=change["reason"],
        )
        if "asked_by" in change:
            told += say("; asked by {party}", party=self.party(change["asked_by"]))
        if "agreed_by" in change:
            told += say("; agreed by {party}", party=self.party(change["agreed_by"]))
        return told

    # What is not handed over.

    def internal(self, commitment: Commitment) -> list[str]:
        """Owner, words of the date, quote, source, letter, evidence, notes: nothing, unless the paper is internal."""
        if not self.is_internal:
            return []
        say = self.words.say
        told = [say("owner: {owner}", owner=commitment["owner"])]
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
                told.append(say(text, text=value))
        said: set[object] = {commitment.get("returned", {}).get("note")}
        for note in self._snapshot.notes(commitment["id"]):
            if note["note"] not in said:
                day, who = self.words.day(note["day"]), note["who"]
                told.append(say("note of {day} by {who}: {text}", day=day, who=who, text=note["note"]))
        return told

    def chases(self, commitment: Commitment) -> list[str]:
        """How often it was chased, and when again: nothing, unless the paper is internal."""
        if not self.is_internal:
            return []
        told, words, count = [], self.words, commitment.get("chased", 0)
        if count and "last_chased" in commitment:
            last = words.day(commitment["last_chased"])
            told.append(
                words.plural("chased {n} time, last on {day}", "chased {n} times, last on {day}", count, day=last)
            )
        if "chase_on" in commitment:
            told.append(words.say("to be chased on {day}", day=words.day(commitment["chase_on"])))
        return told


def joined(told: Sequence[str]) -> list[str]:
    """What there is of these remarks as one remark; none where there is nothing."""
    there = [text for text in told if text]
    return ["; ".join(there)] if there else []


def counts(snapshot: Snapshot, words: Words, rows: Iterable[Row]) -> Figures:
    """The counts of `followup status` for these rows, those that are zero left out."""
    tally = snapshot.tally(rows)
    told = {band.count: (words.say(band.text), band.style) for band in BANDS.values()}
    silent = words.plural("silent for {n} day or more", "silent for {n} days or more", snapshot.silent_after)
    told |= {"silent": (silent, "plain"), "open": (words.say("open"), "strong")}
    return Figures([(str(tally[name]), *told[name]) for name in told if tally[name] or name in ("open", "finished")])
