"""Describe a commitment in a document: its cells and remarks, in one language, for public or internal documents.

Public are: number, title, parties, kind, state, dates, counts, outcome, seat numbers, and the reasons
for misses and changed dates. The notes, owners, quotes and letters that an internal document adds are in
`internal_remarks.py`; who recorded something, a delegation, a reason of one's own where the sentence is that tells it.

Where others than the party recorded its report or confirmation the document says so; an internal one says who did.
"""

from __future__ import annotations

from store.model.vocabulary_and_signs import (
    BANDS,
    CLOSING_REASONS,
    KINDS,
    STANDINGS,
    STATES,
    UNDONE,
    Band,
    Because,
    Outcome,
    Standing,
    State,
)
from store.reports.document import Figures, TableColumn, TextBlock
from store.reports.language_of_papers import load_words
from store.rules.consent import consent, consent_to_change, is_by_neither_side, of_neither_side
from store.rules.day_done_and_outcome import (
    days_late,
    done_day,
    is_closed_late,
    is_in_time,
    is_provisional,
    standing,
)
from store.rules.due_dates_and_extensions import (
    extension_count,
    is_late,
    is_wish,
    last_delay,
    removal_count,
    was_agreed,
)
from store.rules.on_time_rate import done_day_if_standing
from store.rules.party_names import is_recorded_by_others
from store.rules.refuse_newer_version import refuse_unknown_words
from store.rules.seats import missing_seats
from store.rules.silence_and_chasing import long_unconfirmed_days
from store.translation import phrase
from store.translation_catalogue_and_plurals import languages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from store.model.record_types import Commitment, DueChange, Returned, Visit, Voice
    from store.reports.document import Block
    from store.reports.language_of_papers import Words
    from store.snapshot import Row, Snapshot


_KEPT = {
    Outcome.MET: phrase("kept in time"),
    Outcome.MET_EXTENDED: phrase("kept after an extension"),
    Outcome.MET_LATE: phrase("kept late"),
    Outcome.MET_UNDATED: phrase("kept, no date was set"),
}
_REPORTED = {
    Outcome.MET: phrase("reported done in time, not yet confirmed"),
    Outcome.MET_EXTENDED: phrase("reported done after an extension, not yet confirmed"),
    Outcome.MET_LATE: phrase("reported done late, not yet confirmed"),
    Outcome.MET_UNDATED: phrase("reported done, no date was set, not yet confirmed"),
}
"""Outcome -> how a paper says it of what is confirmed, and of what is only reported."""


VISIT_TEXTS = {
    "programme": phrase("programme: {text}"),
    "donor": phrase("donor: {text}"),
    "grant": phrase("grant: {text}"),
    "contact": phrase("contact: {text}"),
}
"""Field of a visit -> how a paper says it."""


class CommitmentText:
    """Formats the commitments of a snapshot for a document; `is_internal` adds what is not public."""

    __slots__ = (
        *("_is_mostly_by_others", "_is_recorder_left_out", "_shown", "_when_and_state"),
        *("is_internal", "snapshot", "words"),
    )

    def __init__(self, snapshot: Snapshot, words: Words, *, is_internal: bool) -> None:
        self.words = words
        self.is_internal = is_internal
        self.snapshot = snapshot
        self._shown: dict[str, str] = {}
        self._when_and_state: dict[int, tuple[str, str]] = {}
        self._is_mostly_by_others: bool | None = None
        self._is_recorder_left_out = False
        if is_internal:
            snapshot.read_all_notes()

    def due_heading(self, counted_on: str | None) -> str:
        """The heading of due dates with the days left, and the day they are counted to, where given."""
        if counted_on is None:
            return self.words.tr("Due")
        return self.words.tr("Due (days as of {day})", day=self.words.day(counted_on))

    def columns(self, *, counted_on: str | None = None) -> list[TableColumn]:
        """The columns of a table of commitments without one for their parties, who stand in the remarks."""
        tr = self.words.tr
        return [
            TableColumn(tr("No."), 3),
            TableColumn(tr("Commitment"), 15),
            TableColumn(self.due_heading(counted_on), 7),
            TableColumn(tr("State"), 5),
        ]

    # Cells: numbers, parties, dates, states.

    def number(self, commitment: Commitment) -> str:
        """The number in a column of numbers: `#7`, `7`."""
        return self.words.tr("#{n:d}", n=commitment["id"])

    def party(self, name: str) -> str:
        """The name of a party in cells: in Russian its Russian name if it has one, else its short name."""
        shown = self._shown.get(name)
        if shown is None:
            party = self.snapshot.parties.find(name)
            russian = party.get("ru") if party and self.words.language == "ru" else None
            shown = self._shown[name] = russian or self.snapshot.parties.shown(name)
        return shown

    def is_shortened(self, name: str) -> bool:
        """Whether cells have a short name of this party in the place of its full one."""
        party = self.snapshot.parties.find(name)
        is_in_russian = party is not None and self.words.language == "ru" and "ru" in party
        return not is_in_russian and self.party(name) != name

    def party_heading(self, name: str) -> str:
        """The name of a party in a heading: the full one and the short one, or its Russian one."""
        party = self.snapshot.parties.find(name)
        if party is None or (self.words.language == "ru" and "ru" in party):
            return self.party(name)
        short = party.get("short", party["name"])
        return party["name"] if short == party["name"] else f"{party['name']} ({short})"

    def parties(self, names: Iterable[str]) -> str:
        """The names of several parties, separated by commas."""
        return ", ".join([self.party(name) for name in names])

    def when_and_state(self, row: Row) -> tuple[str, str]:
        """Both cells of a row that stands in several tables: under who promised it, and under whom it is for."""
        number = row.commitment["id"]
        if number not in self._when_and_state:
            self._when_and_state[number] = self.when(row), self.state(row)
        return self._when_and_state[number]

    def when(self, row: Row) -> str:
        """The due date and, while it is undone, the days to it; the day on which a finished one was done or closed."""
        return self._when_done(row) if row.band == Band.FINISHED else self.due(row)

    def ended(self, row: Row) -> str:
        """The result and the day on which it was done or closed; the state of an open one, perhaps overdue."""
        if row.band != Band.FINISHED or row.commitment["state"] == State.CLOSED:
            closed = row.commitment.get("closed")
            day = f", {self.words.day(closed['on'])}" if row.commitment["state"] == State.CLOSED and closed else ""
            return self.result_or_state(row) + day
        return "; ".join(filter(None, [self.result_or_state(row), self._when_done(row)]))

    def due(self, row: Row) -> str:
        """The due date and, while it is undone, the days to it."""
        tr, commitment, band = self.words.tr, row.commitment, row.band
        if "due" not in commitment:
            return tr(BANDS[Band.NO_DATE].text)
        day = self.date(commitment, commitment["due"])
        if is_wish(commitment):
            return tr("proposed for {day}, not agreed", day=day)
        if band == Band.OVERDUE:
            return self.words.plural("{day}, {n} day late", "{day}, {n} days late", row.days_overdue, day=day)
        if band == Band.TODAY:
            return tr("{day}, the day of issue", day=day)
        return self._ahead(day, row.days_left) if band in (Band.WEEK, Band.MONTH) else day

    def _ahead(self, day: str, days: int | None) -> str:
        return self.words.plural("{day}, in {n} day", "{day}, in {n} days", days or 0, day=day)

    def _when_done(self, row: Row) -> str:
        tr, commitment = self.words.tr, row.commitment
        done, late = done_day(commitment), days_late(commitment)
        if commitment["state"] == State.CLOSED:
            return self._when_closed(commitment)
        if done is None:
            return ""
        day, is_said = self.words.day(done), "reported" in commitment
        if not late:
            return tr("done {day}", day=day) if is_said else tr("confirmed {day}", day=day)
        if not is_said:
            return self.words.plural("confirmed {day}, {n} day late", "confirmed {day}, {n} days late", late, day=day)
        return self.words.plural("done {day}, {n} day late", "done {day}, {n} days late", late, day=day)

    def ended_day(self, row: Row) -> str:
        """The day on which it was done, and by how many days that was late, or closed: beside its result."""
        commitment = row.commitment
        closed, done, late = commitment.get("closed"), done_day(commitment), days_late(commitment)
        if commitment["state"] == State.CLOSED:
            return self.words.day(closed["on"]) if closed is not None else ""
        if done is None:
            return ""
        day = self.words.day(done)
        if "reported" not in commitment:
            day = self.words.tr("confirmed {day}", day=day)
        return self.words.plural("{day}; {n} day late", "{day}; {n} days late", late, day=day) if late else day

    def _when_closed(self, commitment: Commitment) -> str:
        """The closing reason and day, so that the day does not look like one of doing; empty if unknown."""
        tr, closed = self.words.tr, commitment.get("closed")
        if closed is None:
            return ""
        because = CLOSING_REASONS[closed["because"]]
        return tr("{reason} {day}", reason=tr(because.text), day=self.words.day(closed["on"]))

    def date(self, commitment: Commitment, iso: str | None) -> str:
        """A due date of a commitment, present or former, as it was agreed (`Q3 2026`); or the word for none."""
        if iso is None:
            return self.words.tr("none")
        if iso == commitment.get("due"):
            refuse_unknown_words(commitment)
            return self.words.agreed_date(iso, commitment.get("due_precision"))
        return self.words.agreed_date(iso, self.snapshot.former_precision(commitment["id"], iso))

    def style(self, row: Row) -> str:
        """The style of its band; a wish that is past looks like any other."""
        return BANDS[row.band].style if row.band != Band.OVERDUE or is_late(row.commitment, row.band) else "plain"

    def state(self, row: Row) -> str:
        """The state; of a closed commitment with the reason, of a reported one with the day."""
        commitment = row.commitment
        state, reported = commitment["state"], commitment.get("reported")
        if state == State.CLOSED:
            return self.closed(commitment)
        if state != State.REPORTED or reported is None:
            return self.words.tr(STATES[state].text)
        day = self.words.day(reported["on"])
        late = days_late(commitment)
        if not late:
            return self.words.tr("reported done {day}", day=day)
        return self.words.plural(
            "reported done {day}, {n} day late", "reported done {day}, {n} days late", late, day=day
        )

    def closed(self, commitment: Commitment) -> str:
        """How a closed one stands, with the reason: `withdrawn: superseded`."""
        tr, stands, closed = self.words.tr, standing(commitment), commitment.get("closed")
        if closed is None:
            return tr(STANDINGS[stands].text)
        if closed["because"] == Because.DROPPED and stands == Standing.NOT_MET:
            return tr("not met: dropped")
        reason = tr(CLOSING_REASONS[closed["because"]].text)
        if not was_agreed(commitment):
            return tr("withdrawn: {reason} (it was never agreed)", reason=reason)
        if closed["because"] == Because.DROPPED and consent(commitment):
            return tr("withdrawn: dropped by agreement")
        return f"{tr(STANDINGS[stands].text)}: {reason}"

    def result_or_state(self, row: Row) -> str:
        """The outcome, or the state, whether it is overdue, and whether it is set aside."""
        ended = self.outcome(row)
        if ended:
            return f"{ended}, {self.words.tr('set aside')}" if row.is_aside else ended
        late = [self.words.tr(BANDS[Band.OVERDUE].text)] if is_late(row.commitment, row.band) else []
        return ", ".join([self.state(row), *late, *([self.words.tr("set aside")] if row.is_aside else [])])

    def kind(self, kind: str) -> str:
        """The word for a kind; a kind of the users' own as they wrote it."""
        return self.words.tr(KINDS[kind].text) if kind in KINDS else kind

    def outcome(self, row: Row) -> str:
        """How what was done was kept, or is said to be, and the seats that are missing; empty while it is undone."""
        if row.outcome is None:
            return ""
        if row.outcome in Outcome.UNMET:
            return self.closed(row.commitment)
        tr = self.words.tr
        text = tr((_REPORTED if is_provisional(row.commitment) else _KEPT)[row.outcome])
        missing = missing_seats(row.commitment)
        if missing:
            nominated, wanted = missing
            text = tr("{outcome}, {nominated} of {wanted} seats", outcome=text, nominated=nominated, wanted=wanted)
        return text

    def visit(self, visit: Visit) -> str:
        """A visit in one line: its title, place and days."""
        return visit_in_words(self.words, visit)

    def visit_details(self, visit: Visit, *, given: Container[str] = ()) -> list[str]:
        """Hosts, programme, donor, grant, contact of a visit; with `is_internal` its delegation, which names people.

        The fields `told` elsewhere are left out.
        """
        tr, details = self.words.tr, []
        if visit.get("hosts"):
            details.append(tr("hosts: {hosts}", hosts=self.parties(visit["hosts"])))
        if self.is_internal and "delegation" in visit:
            details.append(tr("delegation: {delegation}", delegation=visit["delegation"]))
        for field, text in VISIT_TEXTS.items():
            if field not in given and (value := visit.get(field)):
                details.append(tr(text, text=value))
        return details

    # Remarks under a row.

    def voices(self, commitment: Commitment) -> str:
        """The report and the confirmation: by whom, when, and recorded by whom, if not by the party itself."""
        tr = self.words.tr
        texts: list[tuple[str, str]] = []
        for text, of_others, voice in (
            (
                phrase("reported by {parties}, done {day}"),
                phrase("reported by {parties} (not the one who promised it), done {day}"),
                commitment.get("reported"),
            ),
            (
                phrase("confirmed by {parties}, received {day}"),
                phrase("confirmed by {parties} (not the recipient), received {day}"),
                commitment.get("confirmed"),
            ),
        ):
            if voice is not None:
                text = of_others if is_by_neither_side(commitment, voice) else text
                sentence = tr(text, parties=self.parties(voice["said_by"]), day=self.words.written_day(voice["on"]))
                texts.append((sentence, self._recorder(voice)))
        if len({hand for _, hand in texts}) == 1:
            return "; ".join([sentence for sentence, _ in texts]) + texts[0][1]
        return "; ".join([sentence + hand for sentence, hand in texts])

    def _recorder(self, voice: Voice | Returned) -> str:
        """Who recorded a voice, where that is not usual; at the end of a line it holds for all before it."""
        tr, is_by_others = self.words.tr, is_recorded_by_others(self.snapshot.parties, voice)
        if self.is_internal:
            return tr(" (recorded by {who})", who=voice["recorded_by"]) if is_by_others else ""
        if self._is_mostly_by_others is None:
            self._is_mostly_by_others = self._are_most_voices_by_others()
        if not self._is_mostly_by_others:
            return tr(" (entered on its behalf)") if is_by_others else ""
        self._is_recorder_left_out = self._is_recorder_left_out or is_by_others
        return "" if is_by_others else tr(" (entered by the party itself)")

    def _are_most_voices_by_others(self) -> bool:
        parties = self.snapshot.parties
        found = [
            is_recorded_by_others(parties, voice)
            for each in self.snapshot.commitments.values()
            for voice in (each.get("reported"), each.get("confirmed"), each.get("returned"))
            if voice is not None
        ]
        return 2 * sum(found) > len(found)

    def recorders(self) -> list[str]:
        """The sentence that says once who recorded the voices, for the head of a paper whose parts are made."""
        if not self._is_recorder_left_out:
            return []
        return [
            self.words.tr(
                "Reports and confirmations were entered by those who keep this list, on behalf of the institutions, "
                "unless it says otherwise."
            )
        ]

    def returned(self, commitment: Commitment) -> str:
        """The return by the other side; its reason is internal."""
        returned = commitment.get("returned")
        if returned is None:
            return ""
        text = self.words.tr(
            "sent back by {parties} {day}",
            parties=self.parties(returned["said_by"]),
            day=self.words.written_day(returned["on"]),
        )
        return text + self._recorder(returned)

    def closing(self, commitment: Commitment) -> str:
        """Who agreed to the closing, and the commitment that superseded it; empty where neither is recorded."""
        tr, closed = self.words.tr, commitment.get("closed")
        if closed is None:
            return ""
        parts: list[str] = []
        agreed = consent(commitment)
        if name := agreed or of_neither_side(commitment, closed.get("agreed_by")):
            parts.append(tr("closing agreed by {party}", party=self.party(name)))
        if "by_id" in closed:
            parts.append(self._superseded_by(closed["by_id"]))
        if closed["because"] == Because.DROPPED and not agreed and was_agreed(commitment):
            parts.append(self._consent_not_recorded(commitment))
        elif is_closed_late(commitment, commitment.get("due")) and was_agreed(commitment):
            parts.append(tr("closed after its date, consent of the other side not recorded"))
        return "; ".join(parts)

    def _consent_not_recorded(self, commitment: Commitment) -> str:
        """The sentence that nobody to whom it was promised is recorded as agreeing that it be dropped."""
        receivers = [name for name in commitment["to"] if name not in commitment["by"]]
        if not receivers:
            return self.words.tr("consent of the other side to dropping it not recorded")
        return self.words.tr(
            "consent of the other side ({parties}) to dropping it not recorded", parties=self.parties(receivers)
        )

    def _superseded_by(self, number: int) -> str:
        """The one that stands in its place, and how that one was closed, if it was."""
        sentence = self.words.tr("superseded by {number}", number=self.words.number(number))
        other = self.snapshot.commitments.get(number)
        is_closed = other is not None and other["state"] == State.CLOSED
        return f"{sentence} ({self._how_it_stands(other)})" if other is not None and is_closed else sentence

    def seats(self, commitment: Commitment) -> str:
        """The seats wanted, nominated and acknowledged, and the day of the endorsement."""
        tr, seats = self.words.tr, commitment.get("seats")
        if seats is None:
            return ""
        text = tr(
            phrase("seats: {wanted} wanted, {nominated} nominated, {acknowledged} acknowledged")
            if "wanted" in seats
            else phrase("seats: unknown number wanted, {nominated} nominated, {acknowledged} acknowledged"),
            wanted=seats.get("wanted", ""),
            nominated=seats.get("nominated", 0),
            acknowledged=seats.get("acknowledged", 0),
        )
        if "endorsed" in seats:
            text += tr(", endorsed {day}", day=self.words.written_day(seats["endorsed"]))
        return text

    def from_to(self, commitment: Commitment) -> str:
        """The parties that promised it, and those to whom."""
        by, to = self.parties(commitment["by"]), self.parties(commitment["to"])
        if set(commitment["by"]) == set(commitment["to"]):
            return self.words.tr("mutual: {parties}", parties=by)
        return self.words.tr("by {by} to {to}", by=by, to=to)

    def helpers(self, row: Row) -> list[str]:
        """The channel, the helpers, and the commitment that it waits for, or waited for while that was undone."""
        tr, commitment, remarks = self.words.tr, row.commitment, []
        if "via" in commitment:
            remarks.append(tr("through {party}", party=self.party(commitment["via"])))
        if "support" in commitment:
            remarks.append(tr("with the help of {parties}", parties=self.parties(commitment["support"])))
        if "after" in commitment and commitment["state"] in UNDONE:
            number = self.words.number(commitment["after"])
            other = self.snapshot.commitments.get(commitment["after"])
            if row.is_waiting or other is None:
                remarks.append(tr("waits for {number}", number=number))
            else:
                remarks.append(tr("waited for {number} ({how})", number=number, how=self._how_it_stands(other)))
        return remarks

    def _how_it_stands(self, commitment: Commitment) -> str:
        """How another one stands, in the few words beside its number: `kept`, `not met: dropped`."""
        if commitment["state"] == State.CLOSED:
            return self.closed(commitment)
        return self.words.tr(STANDINGS[standing(commitment)].text)

    def facts_of_open(self, row: Row) -> list[str]:
        """What stands under the row of an open commitment: its parties, silence, helpers, extensions, seats, voices."""
        commitment = row.commitment
        return [
            self.from_to(commitment),
            self.silence(row),
            *self.helpers(row),
            self.extensions(commitment),
            self.seats(commitment),
            self.returned(commitment),
            self.voices(commitment),
        ]

    def silence(self, row: Row) -> str:
        """The days of silence of a silent commitment, or those for which a confirmation is awaited; empty for few.

        None of one that is set aside, which nobody follows up.
        """
        if row.is_aside:
            return ""
        if row.is_silent:
            return self.words.plural("no news for {n} day", "no news for {n} days", row.silent_days)
        waiting = long_unconfirmed_days(row.commitment, self.snapshot.today, self.snapshot.silent_after)
        if waiting is None:
            return ""
        return self.words.plural("awaiting confirmation for {n} day", "awaiting confirmation for {n} days", waiting)

    def miss(self, commitment: Commitment) -> list[str]:
        """The recorded reason for a miss, named after what it explains: a refusal, a closing before the date.

        None of what was done in time.
        """
        reason, closed, due = commitment.get("miss_reason"), commitment.get("closed"), commitment.get("due")
        if not reason or is_in_time(commitment):
            return []
        text = phrase("reason for the miss: {reason}")
        if commitment["state"] == State.CLOSED and closed is not None:
            if closed["because"] == Because.DECLINED:
                text = phrase("reason for declining: {reason}")
            elif due is None or closed["on"] <= due:
                text = phrase("reason for closing: {reason}")
        return [self.words.tr(text, reason=reason)]

    def no_reason(self, commitment: Commitment) -> str:
        """The sentence that no reason is recorded, which names what has none: a return has its own."""
        closed = commitment.get("closed")
        if commitment["state"] != State.CLOSED or closed is None:
            return self.words.tr("no reason for the miss recorded")
        if closed["because"] == Because.DECLINED:
            return self.words.tr("no reason for declining recorded")
        return self.words.tr("no reason for closing recorded")

    def why_late(self, row: Row) -> list[str]:
        """The recorded reason why its current date was missed; of one that is late without it, that there is none."""
        commitment, tr = row.commitment, self.words.tr
        reasons = self.miss(commitment)
        is_done_late = done_day_if_standing(commitment) is not None and days_late(commitment) > 0
        if reasons or not (is_done_late or is_late(commitment, row.band)):
            return reasons
        is_extended = extension_count(commitment) > 0
        return [tr("current date missed: no reason recorded") if is_extended else self.no_reason(commitment)]

    def why_missed(self, commitment: Commitment, *, is_current_missed: bool) -> list[str]:
        """The recorded reason for a miss; else its extensions with their reasons; else that there is none.

        An extension explains why the original date was missed: where the current one was missed as well
        (`is_current_missed`), there is no reason for that. What was sent back is told with either.
        """
        tr = self.words.tr
        returned = self.returned(commitment)
        sent_back = [returned] if returned else []
        if reasons := self.miss(commitment):
            return [*reasons, *sent_back]
        extensions = [change for change in commitment.get("due_changes", ()) if change["extension"]]
        if not extensions:
            return [*sent_back, self.no_reason(commitment)]
        reasons = [self.due_change(commitment, change) for change in extensions]
        if is_current_missed:
            reasons += [*sent_back, tr("current date missed: no reason recorded")]
        return reasons

    def extensions(
        self, commitment: Commitment, *, is_reason_given: bool = False, is_original_given: bool = False
    ) -> str:
        """How often its date was extended, the original date and the last reason, unless given elsewhere."""
        count, removed = extension_count(commitment), removal_count(commitment)
        if not count or (is_reason_given and count == removed == 1):  # Its sentence says that it was taken out.
            return ""
        plural, original = self.words.plural, self.date(commitment, commitment.get("original_due"))
        texts = []
        if count > removed and is_original_given:
            texts = [plural("extended once", "extended {n} times", count - removed)]
        elif count > removed:
            texts = [
                plural(
                    "extended once, original date {day}",
                    "extended {n} times, original date {day}",
                    count - removed,
                    day=original,
                )
            ]
        if removed and (texts or is_original_given):
            texts.append(plural("date taken out once", "date taken out {n} times", removed))
        elif removed:
            texts = [
                plural(
                    "date taken out once, original date {day}",
                    "date taken out {n} times, original date {day}",
                    removed,
                    day=original,
                )
            ]
        last = None if is_reason_given else last_delay(commitment)
        if last is not None:
            text = phrase("last reason: {reason}")
            if "new" not in last:
                text = phrase("reason for taking it out: {reason}")
            elif "old" not in last:
                text = phrase("reason for the date that was set again: {reason}")
            texts.append(self.words.tr(text, reason=last["reason"]))
        return "; ".join(texts)

    def due_change(self, commitment: Commitment, change: DueChange) -> str:
        """A change of the due date in a sentence: when, from what to what, why, who asked and who agreed."""
        tr = self.words.tr
        sentence = phrase("date changed {day}, from {old} to {new}: {reason}")
        if change["correction"]:
            sentence = phrase("date corrected {day}, from {old} to {new}: {reason}")
        elif "new" not in change:
            sentence = phrase("date {old} taken out {day}: {reason}")
        elif "old" not in change:
            sentence = phrase("date set again {day}, to {new}: {reason}")
        text = tr(
            sentence,
            day=self.words.written_day(change["on"]),
            old=self.date(commitment, change.get("old")),
            new=self.date(commitment, change.get("new")),
            reason=change["reason"],
        )
        if "asked_by" in change:
            text += tr("; asked by {party}", party=self.party(change["asked_by"]))
        if consent_to_change(commitment, change) is not None:
            text += tr("; agreed by {party}", party=self.agreement(commitment, change))
        elif "asked_by" in change or "agreed_by" in change or ("old" in change and "new" not in change):
            text += tr("; agreed by: {who}", who=self.agreement(commitment, change))
        return text

    def agreement(self, commitment: Commitment, change: DueChange) -> str:
        """Who agreed to a change of the due date, as far as the other side or a third party did."""
        if agreed := consent_to_change(commitment, change):
            return self.party(agreed)
        if third := of_neither_side(commitment, change.get("agreed_by")):
            return self.words.tr("{party} (consent of the other side not recorded)", party=self.party(third))
        return self.words.tr("not recorded")


def join_remarks(remarks: Sequence[str]) -> list[str]:
    """Join the remarks that are not empty into one; none if all are empty."""
    given = [text for text in remarks if text]
    return ["; ".join(given)] if given else []


def visit_in_words(words: Words, visit: Visit) -> str:
    """A visit in one line: its title, place and days."""
    place = visit.get("place")
    days = words.written_period(visit["start"], visit["end"])
    return ", ".join([visit["title"], *([place] if place else []), days])


def visits_as_papers_call_them(visits: Iterable[Visit]) -> list[tuple[str, str]]:
    """Pairs (how papers of a language call a visit in one line, its slug)."""
    its = list(visits)
    return [(visit_in_words(words, visit), visit["slug"]) for words in map(load_words, languages()) for visit in its]


def band_in_words(words: Words, band: str) -> str:
    """A band in a paper, which is read on other days than that of its making: it does not say *today*."""
    return words.tr("due on the day of issue") if band == Band.TODAY else words.tr(BANDS[band].text)


def silent_for(words: Words, days: int) -> str:
    """The heading of what is silent, `days` being the limit of the store."""
    return words.plural("no news for {n} day or more", "no news for {n} days or more", days)


def tally_blocks(snapshot: Snapshot, words: Words, rows: Sequence[Row], *, is_open_only: bool = False) -> list[Block]:
    """What became of these rows, and the open ones by band, which add up to them; zeros are left out.

    What a wish is past stands apart from what is late. `is_open_only`: without those that ended.
    """
    tally, tr, behind = snapshot.tally(rows), words.tr, words.is_count_behind
    past = sum(row.band == Band.OVERDUE and is_wish(row.commitment) and not row.is_aside for row in rows)
    figures = []
    for band in BANDS.values():
        count = tally[band.count] - (past if band.word == Band.OVERDUE else 0)
        if count and band.word != Band.FINISHED:
            figures.append((str(count), band_in_words(words, band.word), band.style))
        if past and band.word == Band.OVERDUE:
            figures.append((str(past), tr("proposed date passed, not agreed"), "plain"))
    counted = tr("{n} open, of these:") if figures else tr("open")
    if tally["aside"]:
        counted = (
            tr("{{n}} open without the {aside} set aside, of these:", aside=tally["aside"])
            if figures
            else tr("{{n}} open without the {aside} set aside", aside=tally["aside"])
        )
    whole = (str(tally["open"]), counted, "strong")
    blocks: list[Block] = []
    if not is_open_only:
        ended = [(str(len(rows)), tr("in all"), "strong"), *ended_figures(words, rows)]
        if tally["aside"]:
            ended.append((str(tally["aside"]), tr("set aside"), "plain"))
        blocks.append(Figures(ended, is_count_behind=behind))
    blocks.append(Figures([whole, *figures], is_count_behind=behind))
    days = snapshot.silent_after
    waiting = [long_unconfirmed_days(row.commitment, snapshot.today, days) for row in rows if not row.is_aside]
    long = [
        (
            tally["silent"],
            words.plural("without news for {n} day or more", "without news for {n} days or more", days),
        ),
        (
            sum(its is not None for its in waiting),
            words.plural(
                "awaiting confirmation for {n} day or more", "awaiting confirmation for {n} days or more", days
            ),
        ),
    ]
    pairs = Figures([(str(count), text, "plain") for count, text in long if count], is_count_behind=behind).in_words()
    if pairs:
        said = "; ".join(text for text, _ in pairs)
        blocks.append(TextBlock(tr("Of the open ones: {figures}.", figures=said), "dim"))
    return blocks


def ended_figures(words: Words, rows: Iterable[Row]) -> list[tuple[str, str, str]]:
    """The counts of what was kept, withdrawn and not met; the last two are left out where there is nothing."""
    commitments = [row.commitment for row in rows]
    standings = [standing(commitment) for commitment in commitments]
    kept = standings.count(Standing.KEPT)
    late = sum(its == Standing.KEPT and days_late(each) > 0 for its, each in zip(standings, commitments, strict=True))
    text = words.tr("kept, {n} of them late", n=late) if late else words.tr(STANDINGS[Standing.KEPT].text)
    figures = [(str(kept), text, BANDS[Band.FINISHED].style)]
    for closed in (Standing.WITHDRAWN, Standing.NOT_MET):
        if closed in standings:
            figures.append((str(standings.count(closed)), words.tr(STANDINGS[closed].text), "plain"))
    return figures
