"""The page on one commitment, which `show` prints and the app draws.

Its lines are styled segments: the command line paints them with SGR (`TerminalStyle.painted_line`), the app draws them
in a widget.
"""

from __future__ import annotations

from itertools import zip_longest

from store.errors import NotFound
from store.model.vocabulary_and_signs import BANDS, OUTCOMES, RETURNED, Band, Outcome, Precision, State
from store.rules.day_done_and_outcome import is_in_time
from store.rules.days import is_day
from store.rules.due_dates_and_extensions import extension_count, is_agreed_by_doing, is_agreed_date, removal_count
from store.rules.history import standing_notes, undone_changes
from store.rules.whose_turn import next_step
from store.sanitise_text import visible, visible_lines
from store.translation import ENGLISH, language, phrase, plural, tr, tr_in
from tui.render.commitment_numbers import number_text
from tui.render.day_words import day_with_weekday, day_without_year, days_without_year, visit_days
from tui.render.event_words import Notation, details, headline
from tui.render.lateness_and_outcome_words import (
    days_without_news,
    due_words,
    kind_text,
    long_lateness,
    next_chase,
    outcome,
    reason_text,
)
from tui.render.life_line import life_line_of
from tui.render.party_words import whole_names
from tui.render.segments import columns_of, count_bar
from tui.render.widths import padded, width_of, wrapped
from tui.render.wrap_without_breaking import folded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from store.model.record_types import Commitment, DueChange, Event, Voice
    from store.snapshot import Row, Snapshot
    from tui.render.segments import Segments
    from tui.render.terminal_style import TerminalStyle

    _Block = tuple[str, list[Segments]]
    """A heading, and the lines that hang beside it."""

_HANGING = 11
"""Columns from the beginning of a heading to the text beside it."""

_LABEL = 12
"""Columns of a label inside a text, as `reported`, at least."""

_RIGHT = 66
"""The column in which the texts of the right half begin, where the page is wide enough for one."""

_WITH_RIGHT_HALF = 120
_IN_HALVES = 150
"""Columns of the page from which the right half begins in the middle."""

_LEAST_WITH_LABELS = 26
_LEAST_IN_COLUMNS = 40
"""Columns of a text below which its labels, or its columns, stand in a row."""

_NARROW = 50
"""Columns of a text below which its columns stand closer together, and a change of date in lines of its own."""

_LEAST_WHO, _MOST_WHO = 11, 16
_LAST_EVENTS = 5
_MOST_BAR = 20

_DETAILS_SAY_MORE = ("note", "seats", "edit", "reason")
"""Actions whose details say more than their headline."""

_ON_THE_PAGE = ("quote", "miss_reason")
"""Fields whose first value the history need not repeat: long texts that have a place of their own."""

_OPENING_QUOTES = ('"', "“", "«", "„")


_ANY_DAY_OF = {
    Precision.WEEK: phrase("{day}, any day of that week"),
    Precision.MONTH: phrase("{day}, any day of that month"),
    Precision.QUARTER: phrase("{day}, any day of that quarter"),
    Precision.HALF: phrase("{day}, any day of that half"),
    Precision.SEASON: phrase("{day}, any day of that season"),
    Precision.YEAR: phrase("{day}, any day of that year"),
}
"""Precision of a deadline -> what it is, beside the last day of its period."""

_ASKED, _AGREED = phrase("asked {party}"), phrase("agreed {party}")
"""Who is behind a change of the date."""


class _Blocks:
    """Makes the blocks of the page for one width of their texts."""

    def __init__(self, row: Row, snapshot: Snapshot, events: Sequence[Event], terminal: TerminalStyle) -> None:
        self._row = row
        self._commitment: Commitment = row.commitment
        self._snapshot = snapshot
        self._recorded = events
        self._events = _newest_first(events)
        self._terminal = terminal
        self._notation = Notation(terminal.arrow, snapshot.today, snapshot.parties)
        self._undone = undone_changes(events)
        self.room = 0

    # What blocks are made of.

    def _day(self, iso: str) -> str:
        return day_without_year(iso, self._snapshot.today)

    def _names(self, names: Iterable[str]) -> str:
        return ", ".join(map(visible, whole_names(self._snapshot.parties, names)))

    def _wrapped(self, text: str, room: int) -> list[str]:
        """Sanitise and wrap a text, keeping its line breaks."""
        return [part.rstrip() for line in visible_lines(text) for part in folded(self._terminal.encodable(line), room)]

    def _text(self, text: str, style: str = "plain") -> list[Segments]:
        return [[(part, style)] for part in self._wrapped(text, self.room) if part]

    def _labelled(self, label: str, text: str, style: str = "plain", *, width: int) -> list[Segments]:
        """A text that hangs beside its label."""
        if self.room < _LEAST_WITH_LABELS:
            return self._text(f"{label} {text}".strip())
        lines: list[Segments] = []
        for part in self._wrapped(text, self.room - width):
            if part:
                lines.append([(padded("" if lines else label, width), "plain"), (part, style)])
        return lines

    def _columns(self, entries: Sequence[tuple[str, str, list[tuple[str, str]]]]) -> list[Segments]:
        """Entries of an ISO day, who, and what as texts with their styles, in three columns."""
        terminal = self._terminal
        days = [self._day(iso) for iso, _, _ in entries]
        names = [terminal.sanitised(who) for _, who, _ in entries]
        # The same for all blocks, so that their columns stand below each other.
        of_days = max((len(self._day(event["day"])) for event in self._recorded), default=0)
        of_names = max((width_of(terminal.sanitised(event["who"])) for event in self._recorded), default=0)
        is_narrow = self.room < _NARROW
        of_names = min(max(of_names, 0 if is_narrow else _LEAST_WHO), _MOST_WHO)
        gap = " " * (2 if is_narrow else 3)
        before = of_days + len(gap) + of_names + 2
        lines: list[Segments] = []
        for day, name, (_, _, texts) in zip(days, names, entries, strict=True):
            if self.room < _LEAST_IN_COLUMNS:
                lines += self._text(f"{day} {name}{terminal.dot}{'; '.join(text for text, _ in texts)}")
                continue
            first = f"{day:>{of_days}}{gap}{padded(terminal.cut(name, of_names), of_names)}  "
            for text, style in texts:
                for part in self._wrapped(text, self.room - before):
                    if part:
                        lines.append([(first, "plain"), (part, style)])
                        first = " " * before
            if first.strip():
                lines.append([(first.rstrip(), "plain")])
        return lines

    # The head.

    def situation(self) -> list[Segments]:
        """Render where the commitment stands: lateness, extensions, outcome, silence, chases."""
        commitment, row = self._commitment, self._row
        band = BANDS[row.band]
        when = long_lateness(row, self._snapshot.today)
        parts = []
        if row.is_aside:
            until = self._snapshot.visits[commitment["visit"]]["aside"].get("until")
            parts.append(tr("set aside until {day}", day=self._day(until)) if until else tr("set aside"))
        if "returned" in commitment:
            parts.append(tr("sent back by {parties}", parties=self._names(commitment["returned"]["said_by"])))
        if extension_count(commitment) and row.outcome != Outcome.MET_EXTENDED:
            removed = removal_count(commitment)
            later = extension_count(commitment) - removed
            parts += [_put_off(later)] if later else []
            parts += [plural("date taken out once", "date taken out {n} times", removed)] if removed else []
        # Elsewhere than in English how late it was done is said in the words of the outcome.
        is_said = (
            language() != ENGLISH and row.outcome == Outcome.MET_LATE and outcome(row) == tr(OUTCOMES[row.outcome].text)
        )
        parts += [ended] if (ended := outcome(row)) and not is_said else []
        if row.band != Band.FINISHED:
            parts.append(days_without_news(row))
            count = commitment.get("chased", 0)
            parts.append(_chased(count))
            parts += next_chase(row, self._snapshot.today)
        first = f"{band.sign} {when}".strip()
        lines = _in_lines([first, *parts], " " * (len(band.sign) + 1 if band.sign else 0), self._terminal)
        if not lines[0].startswith(first):  # A page that is narrower than that.
            return [[(f" {line}", band.style)] for line in lines]
        head: Segments = [(" ", "plain"), (first, band.style), (lines[0].removeprefix(first), "plain")]
        return [[segment for segment in head if segment[0]], *([(f" {line}", "plain")] for line in lines[1:])]

    def life(self) -> list[Segments]:
        """Render its life line, where there is room for it."""
        line = life_line_of(self._commitment, self._recorded, self._terminal)
        return [line] if columns_of(line) <= self._terminal.width else []

    # The blocks.

    def promise(self, *, has_title: bool) -> _Block:
        """Render who promised it to whom and where, kind, owner, channel, support, what it waits for."""
        commitment, terminal = self._commitment, self._terminal
        by, to = commitment["by"], commitment["to"]
        between = terminal.arrow
        if len(by) > 1 and set(by) == set(to):
            who = terminal.both_ways.join(map(visible, whole_names(self._snapshot.parties, by)))
        else:
            who = f"{self._names(by)}{between}{self._names(to)}"
        visit = self._snapshot.visits[commitment["visit"]]
        days = visit_days(visit["start"], visit["end"])
        where = tr("at {visit}, {title}, {days}", visit=visit["slug"], title=visit["title"], days=days)
        about = [kind_text(commitment["kind"]), tr("owner {name}", name=commitment["owner"])]
        about += [tr("channel {party}", party=self._names([commitment["via"]]))] if "via" in commitment else []
        supports = commitment.get("support")
        about += [tr("support {parties}", parties=self._names(supports))] if supports else []
        about += [tr("their number {number}", number=commitment["source_id"])] if "source_id" in commitment else []
        lines = self._text(commitment["title"], "strong") if has_title else []
        lines += [*self._text(who), *self._text(where), *self._text(terminal.dot.join(about))]
        if "after" in commitment:
            try:
                after = self._snapshot.row(commitment["after"]).commitment["title"]
            except NotFound:
                after = tr("(removed)")
            line = tr("after #{n} {title}", n=commitment["after"], title=after)
            if self._row.is_waiting:
                line = tr("after #{n} {title}, not done yet", n=commitment["after"], title=after)
            lines += self._text(line)
        return tr("PROMISE"), lines

    def words(self) -> _Block:
        """Render the original wording behind a bar, and its source."""
        commitment = self._commitment
        source = visible(commitment.get("source", ""))
        if "quote" not in commitment:
            return tr("SOURCE"), self._text(source) if source else []
        quote = commitment["quote"]
        if not quote.startswith(_OPENING_QUOTES):
            quote = tr('"{value}"', value=quote)
        texts = [part for part in self._wrapped(quote, self.room - 2) if part]
        source = self._terminal.encodable(source)
        if source and texts and width_of(texts[-1]) + 3 + width_of(source) <= self.room - 2:
            texts[-1] += f"   {source}"
        elif source:
            texts += [part for part in self._wrapped(source, self.room - 2) if part]
        return tr("WORDS"), [[(f"{self._terminal.bar} ", "dim"), (text, "plain")] for text in texts]

    def deadline(self) -> _Block:
        """Render the due date in force, and each change of it, the newest first."""
        commitment = self._commitment
        due, original = commitment.get("due"), commitment.get("original_due")
        changes = commitment.get("due_changes", [])
        now = day_with_weekday(due) if due else tr(BANDS[Band.NO_DATE].text)
        if due and (period := _ANY_DAY_OF.get(commitment.get("due_precision", "day"))):
            now = tr(period, day=now)
        if due and not is_agreed_date(commitment):
            now = tr("{day}, a wish, not agreed", day=now)
        elif due and not changes and due == original:
            now = tr("{day}, as set at first", day=now) if is_agreed_by_doing(commitment) else _as_agreed(now)
        elif original and not any(change.get("old") == original for change in changes):
            now = tr("{day}, first agreed {original}", day=now, original=self._day(original))
        words = due_words(commitment)
        lines = self._text(now + (tr(' ("{words}")', words=visible(words)) if words else ""))
        spans = [self._span(change) for change in changes]
        room = max(map(len, spans), default=0) + 4
        for change, span in reversed(list(zip(changes, spans, strict=True))):
            if self.room < _NARROW:
                lines += self._text(f"{span}, {self._how_changed(change)}")
            else:
                lines += self._labelled(span, self._how_changed(change), width=room)
        if "miss_reason" in commitment:
            text = (
                phrase("reason kept, though done in time: {reason}")
                if is_in_time(commitment)
                else phrase("missed because: {reason}")
            )
            lines += self._text(tr(text, reason=commitment["miss_reason"]))
        return tr("DEADLINE"), lines

    def _span(self, change: DueChange) -> str:
        """`7 Nov → 26 Nov`."""
        ends = [change.get("old"), change.get("new")]
        shown = iter(days_without_year([iso for iso in ends if iso], self._snapshot.today))
        return self._terminal.arrow.join(next(shown) if iso else tr_in("due", "none") for iso in ends)

    def _how_changed(self, change: DueChange) -> str:
        """`put off on 2 Nov: the institute moved (asked MIA Uzbekistan, agreed UNODC)`."""
        old, new = change.get("old"), change.get("new")
        on, why = self._day(change["on"]), change["reason"]
        if change["correction"]:
            how = tr("corrected on {day}: {reason}", day=on, reason=why)
        elif change["extension"] and new is None:
            how = tr_in("taken out", "put off on {day}: {reason}", day=on, reason=why)
        elif change["extension"]:
            how = tr("put off on {day}: {reason}", day=on, reason=why)
        elif old and new and new < old:
            how = tr("brought forward on {day}: {reason}", day=on, reason=why)
        elif old and new:
            how = tr("changed on {day}: {reason}", day=on, reason=why)
        elif old:
            how = tr("taken out on {day}: {reason}", day=on, reason=why)
        else:
            how = tr("set on {day}: {reason}", day=on, reason=why)
        people = [
            tr(text, party=self._names([name]))
            for text, name in ((_ASKED, change.get("asked_by")), (_AGREED, change.get("agreed_by")))
            if name
        ]
        return f"{how} ({', '.join(people)})" if people else how

    def done(self) -> _Block:
        """Render whether it was sent back, reported, confirmed or closed; never empty."""
        commitment = self._commitment
        lines: list[Segments] = []
        if "returned" in commitment:
            returned = commitment["returned"]
            values = {"day": self._day(returned["on"]), "parties": self._names(returned["said_by"])}
            text = tr("{day} by {parties}", **values)
            if "note" in returned:
                text = tr("{day} by {parties}: {note}", **values, note=returned["note"])
            lines += self._labelled(tr("sent back"), text, width=_label_width())
        lines += self._voice(tr("reported"), commitment.get("reported"), is_next="reported" not in commitment)
        lines += self._voice(tr("confirmed"), commitment.get("confirmed"), is_next="reported" in commitment)
        closed = commitment.get("closed")
        if closed:
            text = tr("{day}: {reason}", day=self._day(closed["on"]), reason=reason_text(closed["because"]))
            text += tr(", by #{n}", n=closed["by_id"]) if "by_id" in closed else ""
            text += tr(", agreed by {party}", party=self._names([closed["agreed_by"]])) if "agreed_by" in closed else ""
            lines += self._labelled(tr("closed"), text, width=_label_width())
        return tr("DONE"), lines

    def _voice(self, label: str, voice: Voice | None, *, is_next: bool) -> list[Segments]:
        """A report or confirmation; without one, whose turn it is."""
        if voice is None:
            turn = self._whose_turn() if is_next else ""
            return self._labelled(
                label, tr("not yet, {turn}", turn=turn) if turn else tr("not yet"), "dim", width=_label_width()
            )
        said = [tr("{day} by {parties}", day=self._day(voice["on"]), parties=self._names(voice["said_by"]))]
        said += [tr("evidence: {evidence}", evidence=voice["evidence"])] if "evidence" in voice else []
        said.append(tr("put down by {name}", name=visible(voice["recorded_by"])))
        return self._labelled(label, self._terminal.dot.join(said), width=_label_width())

    def _whose_turn(self) -> str:
        """`next: INTERPOL can say so`, `waits for #3`; empty where it is finished."""
        commitment, turn = self._commitment, next_step(self._commitment)
        if turn is None:
            return ""
        if self._row.is_waiting:
            return tr("waits for #{n}", n=commitment["after"])
        step, who = turn
        if not who:
            return ""
        parties = self._names(who)
        if step == State.AGREED:
            return tr("next: {parties} can agree to it", parties=parties)
        return tr("next: {parties} can say so", parties=parties)

    def seats(self) -> _Block:
        """Render the seats of a nomination, as a bar with its numbers."""
        seats = self._commitment.get("seats")
        if seats is None:
            return tr("SEATS"), []
        wanted, nominated = seats.get("wanted", 0), seats.get("nominated", 0)
        acknowledged = seats.get("acknowledged", 0)
        count = tr(
            "{nominated} nominated of an unknown number, {acknowledged} acknowledged",
            nominated=nominated,
            acknowledged=acknowledged,
        )
        if wanted:
            bar = count_bar(nominated, wanted, min(_MOST_BAR, self.room), self._terminal)
            numbers = tr(
                "{nominated} of {wanted} nominated, {acknowledged} acknowledged",
                nominated=nominated,
                wanted=wanted,
                acknowledged=acknowledged,
            )
            count = f"{bar}  {numbers}"
        parts = [count]
        parts += [tr("letter {letter}", letter=seats["letter"])] if seats.get("letter") else []
        parts += [tr("endorsed {day}, by the NCB", day=self._day(seats["endorsed"]))] if "endorsed" in seats else []
        return tr("SEATS"), self._text(self._terminal.dot.join(parts))

    def chased(self, most: int | None) -> _Block:
        """The chases that were not taken back, the newest first, at most `most` of them."""
        entries = []
        for event in self._events:
            if event["action"] == "chase" and event["change"] not in self._undone:
                again = event.get("fields", {}).get("chase_on", [None, None])[1]
                texts = (
                    [tr("look again {day}", day=self._day(again))] if isinstance(again, str) and is_day(again) else []
                )
                texts += [event["note"]] if "note" in event else []
                entries.append((event["day"], event["who"], [(": ".join(texts) or tr("chased"), "plain")]))
        return tr("CHASED"), self._columns(entries[:most])

    def notes(self) -> _Block:
        """The notes that were not taken back, the newest first, without those shown with a chase or a return."""
        returned = self._commitment.get("returned")
        return_note = returned.get("note") if returned else None
        found = [
            event
            for event in standing_notes(self._recorded, self._recorded)
            if event["action"] != "chase" and not (event["action"] == RETURNED and event["note"] == return_note)
        ]
        return tr("NOTES"), self._columns(
            [(event["day"], event["who"], [(event["note"], "plain")]) for event in _newest_first(found)]
        )

    def history(self, most: int | None, *, is_fetching: bool) -> _Block:
        """Render the history, the last recorded event first, at most `most` events."""
        events = sorted(self._recorded, key=lambda event: event["seq"], reverse=True)
        lines = self._columns([(event["day"], event["who"], self._as_put_down(event)) for event in events[:most]])
        return tr("HISTORY"), [
            *lines,
            *(self._text(tr("earlier history is being fetched"), "dim") if is_fetching else []),
        ]

    def _as_put_down(self, event: Event) -> list[tuple[str, str]]:
        """What an event did, and that it was recorded later where it stands above events of later days."""
        (first, style), *others = self._what(event)
        is_entered_later = any(other["seq"] < event["seq"] and other["day"] > event["day"] for other in self._recorded)
        return [(tr("{event} (put down later)", event=first) if is_entered_later else first, style), *others]

    def _what(self, event: Event) -> list[tuple[str, str]]:
        """What an event did, without what the page shows elsewhere: its note, and values still in force."""
        notation, action, fields = self._notation, event["action"], event.get("fields", {})
        first = headline(event, notation, self._recorded)
        if action == "add":
            imported = event.get("imported")
            text = tr("entered, from {name}", name=visible(imported)) if imported else tr("entered")
            return [(text, "plain")]
        present: dict[str, object] = {**self._commitment}
        left_out = {name for name, change in fields.items() if present.get(name) == change[1]}
        left_out |= {"reported"} if action == RETURNED else set()
        if action in _DETAILS_SAY_MORE:
            left_out = {name for name in left_out if name in _ON_THE_PAGE and fields[name][0] is None}
        is_under_notes = "note" in event and event["change"] not in self._undone
        shown: Event = {
            **event,
            "fields": {name: change for name, change in fields.items() if name not in left_out},
            "note": "" if is_under_notes else event.get("note", ""),
            "reason": "" if self._is_with_date_change(event) else event.get("reason", ""),
        }
        pairs = [f"{label}: {text}" if label else text for label, text in details(shown, notation)]
        if action not in _DETAILS_SAY_MORE:
            return [(first, "plain"), *((text, "dim") for text in pairs)]
        return [(", ".join(pairs) or ": ".join((first, *(tr("quote") for _ in left_out & {"quote"}))), "plain")]

    def _is_with_date_change(self, event: Event) -> bool:
        """Whether the reason of an event is shown with a change of the date."""
        return any(change["reason"] == event.get("reason") for change in self._commitment.get("due_changes", []))


def _newest_first(events: Iterable[Event]) -> list[Event]:
    """Sort events by the day they are about, newest first; those of one day by when they were entered."""
    return sorted(events, key=lambda event: (event["day"], event["seq"]), reverse=True)


def _in_lines(parts: Sequence[str], indent: str, terminal: TerminalStyle) -> list[str]:
    """Join parts by dots into as many lines as needed, each after the first indented."""
    room = terminal.width - 2
    lines = [""]
    for part in parts:
        text = terminal.encodable(part)
        longer = f"{lines[-1]}{terminal.dot}{text}" if lines[-1] else text
        if width_of(longer) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(f"{indent}{text}")
    return [line for each in lines for line in ([each] if width_of(each) <= room else wrapped(each, room))]


def _put_off(count: int) -> str:
    once = {1: tr("put off once"), 2: tr("put off twice")}.get(count)
    return once or plural("put off {n} time", "put off {n} times", count)


def _chased(count: int) -> str:
    once = {0: tr("never chased"), 1: tr("chased once"), 2: tr("chased twice")}.get(count)
    return once or plural("chased {n} time", "chased {n} times", count)


def _label_width() -> int:
    """The width of the labels in the block on what was done."""
    return max(
        _LABEL, *(2 + width_of(label) for label in (tr("sent back"), tr("reported"), tr("confirmed"), tr("closed")))
    )


def _as_agreed(day: str) -> str:
    return tr("{day}, as agreed at first", day=day)


def _stacked(blocks: Iterable[_Block], *, is_airy: bool) -> list[Segments]:
    """Stack blocks, each text beside its heading; blocks without a text are left out."""
    lines: list[Segments] = []
    for heading, texts in blocks:
        if texts and lines and is_airy:
            lines.append([])
        for position, text in enumerate(texts):
            lead = (f" {heading}".ljust(_HANGING + 1), "plain" if position else "heading")
            lines.append([(" " * (_HANGING + 1), "plain") if position else lead, *text])
    return lines


def _under_headings(blocks: Iterable[_Block], *, is_airy: bool) -> list[Segments]:
    """Stack blocks, each text under its heading, so that it has the whole width."""
    lines: list[Segments] = []
    for heading, texts in blocks:
        if texts:
            lines += [[]] if lines and is_airy else []
            lines += [[(f" {heading}", "heading")], *([(" ", "plain"), *text] for text in texts)]
    return lines


def _beside(left: Sequence[Segments], right: Sequence[Segments], at: int, terminal: TerminalStyle) -> list[Segments]:
    """Set two halves side by side with a bar between them; the right one begins in column `at`."""
    lines: list[Segments] = []
    nothing: Segments = []
    for one, other in zip_longest(left, right, fillvalue=nothing):
        gap = " " * (at - 2 - columns_of(one))
        lines.append([*one, (gap, "plain"), (terminal.bar, "dim"), *other])
    return lines


def commitment_page(
    row: Row,
    snapshot: Snapshot,
    terminal: TerminalStyle,
    *,
    is_whole: bool,
    is_fetching: bool = False,
    above: str = "",
    height: int | None = None,
) -> list[Segments]:
    """Render everything about one commitment.

    `is_whole`: with all its events, as the app shows it; else with the last ones and the command that prints all.
    `is_fetching`: with those that are at hand, while the others are on their way.
    `above` is the text of the line above the page, if there is one: a title that is cut there stands on the page.
    `height` is that of the page: between its blocks it has blank lines where all of it fits, or where no height is
    given.
    """
    commitment = row.commitment
    events = snapshot.events_at_hand(commitment["id"]) if is_fetching else snapshot.events_of(commitment["id"])
    blocks = _Blocks(row, snapshot, events, terminal)
    number = f" {number_text(commitment['id'])} "
    title = terminal.sanitised(commitment["title"])
    lines: list[Segments] = []
    if not above:
        lines += [[(line, "heading")] for line in terminal.paragraph(title, " " * len(number), first=number)]
    lines += [*blocks.situation(), *blocks.life()]
    is_wide = terminal.width >= _WITH_RIGHT_HALF
    middle = terminal.width // 2 if terminal.width >= _IN_HALVES else _RIGHT
    # The last column stays free, as a margin.
    blocks.room = (middle - 3 if is_wide else terminal.width - 1) - _HANGING - 1
    left = [blocks.promise(has_title=bool(above) and title not in above), blocks.words(), blocks.deadline()]
    left += [blocks.done(), blocks.seats()]
    blocks.room = terminal.width - 1 - (middle if is_wide else _HANGING + 1)
    most = None if is_whole else _LAST_EVENTS
    right = [blocks.chased(most), blocks.notes(), blocks.history(most, is_fetching=is_fetching)]

    def body(*, is_airy: bool) -> list[Segments]:
        if is_wide:
            halves = _stacked(left, is_airy=is_airy), _under_headings(right, is_airy=is_airy)
            return _beside(*halves, middle, terminal)
        return _stacked([*left, *right], is_airy=is_airy)

    whole = [[], *body(is_airy=True)]
    if height is not None and len(lines) + len(whole) > height:
        whole = body(is_airy=False)
        # Apart from its head at least, where that alone does not take a line of it off the screen.
        whole = [[], *whole] if len(lines) + 1 + len(whole) <= height else whole
    lines += whole
    if not is_whole:
        values = {"revision": commitment["revision"], "number": commitment["id"]}
        if len(events) <= _LAST_EVENTS:
            text = tr("revision {revision}; followup history {number} shows the details", **values)
        else:
            text = plural(
                "revision {revision}; followup history {number} shows all {n} events",
                "revision {revision}; followup history {number} shows all {n} events",
                len(events),
                **values,
            )
        lines += [[], *([(line, "dim")] for line in terminal.paragraph(text, " "))]
    return lines
