"""The page on one commitment, which `show` prints and the app draws.

Its lines are styled segments: the command line paints them with SGR (`TerminalStyle.painted_line`), the app draws them
in a widget.
"""

from __future__ import annotations

from itertools import zip_longest

from store.errors import NotFound
from store.model.vocabulary import BANDS, RETURNED, Band, Outcome, State
from store.rules.due_dates import extension_count, is_agreed_by_doing, is_agreed_date
from store.rules.history import standing_notes, undone_changes
from store.rules.next_step import next_step
from store.text import visible, visible_lines
from tui.render.event_words import Notation, details, headline
from tui.render.labels import (
    day_with_weekday,
    day_without_year,
    days_without_news,
    due_words,
    long_lateness,
    next_chase,
    outcome,
    visit_days,
)
from tui.render.life_line import life_line_of
from tui.render.no_break import folded
from tui.render.segments import columns_of, count_bar
from tui.render.widths import padded, width_of, wrapped

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
"""Columns of a label inside a text, as `reported`."""

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


class _Blocks:
    """Makes the blocks of the page for one width of their texts."""

    def __init__(self, row: Row, snapshot: Snapshot, events: Sequence[Event], terminal: TerminalStyle) -> None:
        self._row = row
        self._commitment: Commitment = row.commitment
        self._snapshot = snapshot
        self._recorded = events
        self._events = _newest_first(events)
        self._terminal = terminal
        self._notation = Notation(terminal.arrow, snapshot.today)
        self._undone = undone_changes(events)
        self.room = 0

    # What blocks are made of.

    def _day(self, iso: str) -> str:
        return day_without_year(iso, self._snapshot.today)

    def _wrapped(self, text: str, room: int) -> list[str]:
        """Sanitise and wrap a text, line breaks kept."""
        return [part.rstrip() for line in visible_lines(text) for part in folded(self._terminal.encodable(line), room)]

    def _text(self, text: str, style: str = "plain") -> list[Segments]:
        return [[(part, style)] for part in self._wrapped(text, self.room) if part]

    def _labelled(self, label: str, text: str, style: str = "plain", *, width: int = _LABEL) -> list[Segments]:
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
        """Where it stands: lateness, extensions, outcome, silence, chases."""
        commitment, row = self._commitment, self._row
        band = BANDS[row.band]
        when = long_lateness(row, self._snapshot.today)
        parts = []
        if row.is_aside:
            until = self._snapshot.visits[commitment["visit"]]["aside"].get("until")
            parts.append("set aside" + (f" until {self._day(until)}" if until else ""))
        if "returned" in commitment:
            parts.append(f"sent back by {_names(commitment['returned']['said_by'])}")
        if extension_count(commitment) and row.outcome != Outcome.MET_EXTENDED:
            parts.append(f"put off {_times(extension_count(commitment))}")
        parts += [ended] if (ended := outcome(row)) else []
        if row.band != Band.FINISHED:
            parts.append(days_without_news(row))
            count = commitment.get("chased", 0)
            parts.append(f"chased {_times(count)}" if count else "never chased")
            parts += next_chase(row, self._snapshot.today)
        first = f"{band.sign} {when}".strip()
        lines = _in_lines([first, *parts], " " * (len(band.sign) + 1 if band.sign else 0), self._terminal)
        if not lines[0].startswith(first):  # A page that is narrower than that.
            return [[(f" {line}", band.style)] for line in lines]
        head: Segments = [(" ", "plain"), (first, band.style), (lines[0].removeprefix(first), "plain")]
        return [[segment for segment in head if segment[0]], *([(f" {line}", "plain")] for line in lines[1:])]

    def life(self) -> list[Segments]:
        """The line of its life, where it has room."""
        line = life_line_of(self._commitment, self._recorded, self._terminal)
        return [line] if columns_of(line) <= self._terminal.width else []

    # The blocks.

    def promise(self, *, has_title: bool) -> _Block:
        """Who promised it to whom and where, kind, owner, channel, support, what it waits for."""
        commitment, terminal = self._commitment, self._terminal
        by, to = commitment["by"], commitment["to"]
        between = terminal.arrow
        if len(by) > 1 and set(by) == set(to):
            who = terminal.both_ways.join(map(visible, by))
        else:
            who = f"{_names(by)}{between}{_names(to)}"
        visit = self._snapshot.visits[commitment["visit"]]
        where = f"at {visit['slug']}, {visit['title']}, {visit_days(visit['start'], visit['end'])}"
        about = [commitment["kind"], f"owner {commitment['owner']}"]
        about += [f"channel {commitment['via']}"] if "via" in commitment else []
        about += [f"support {', '.join(commitment['support'])}"] if commitment.get("support") else []
        about += [f"their number {commitment['source_id']}"] if "source_id" in commitment else []
        lines = self._text(commitment["title"], "strong") if has_title else []
        lines += [*self._text(who), *self._text(where), *self._text(terminal.dot.join(about))]
        if "after" in commitment:
            try:
                after = self._snapshot.row(commitment["after"]).commitment["title"]
            except NotFound:
                after = "(removed)"
            lines += self._text(f"after #{commitment['after']} {after}{', not done yet' * self._row.is_waiting}")
        return "PROMISE", lines

    def words(self) -> _Block:
        """The promise in their words, behind the bar, and where it was written down."""
        commitment = self._commitment
        source = visible(commitment.get("source", ""))
        if "quote" not in commitment:
            return "SOURCE", self._text(source) if source else []
        quote = commitment["quote"]
        if not quote.startswith(_OPENING_QUOTES):
            quote = f'"{quote}"'
        texts = [part for part in self._wrapped(quote, self.room - 2) if part]
        source = self._terminal.encodable(source)
        if source and texts and width_of(texts[-1]) + 3 + width_of(source) <= self.room - 2:
            texts[-1] += f"   {source}"
        elif source:
            texts += [part for part in self._wrapped(source, self.room - 2) if part]
        return "WORDS", [[(f"{self._terminal.bar} ", "dim"), (text, "plain")] for text in texts]

    def deadline(self) -> _Block:
        """The date in force, and each change of it, the newest first."""
        commitment = self._commitment
        due, original = commitment.get("due"), commitment.get("original_due")
        changes = commitment.get("due_changes", [])
        now = day_with_weekday(due) if due else BANDS[Band.NO_DATE].text
        precision = commitment.get("due_precision", "day")
        now += f", any day of that {precision}" if due and precision != "day" else ""
        if due and not is_agreed_date(commitment):
            now += ", a wish, not agreed"
        elif due and not changes and due == original:
            now += ", as set at first" if is_agreed_by_doing(commitment) else ", as agreed at first"
        elif original and not any(change.get("old") == original for change in changes):
            now += f", first agreed {self._day(original)}"
        words = due_words(commitment)
        lines = self._text(now + (f' ("{visible(words)}")' if words else ""))
        spans = [self._span(change) for change in changes]
        room = max(map(len, spans), default=0) + 4
        for change, span in reversed(list(zip(changes, spans, strict=True))):
            if self.room < _NARROW:
                lines += self._text(f"{span}, {self._how_changed(change)}")
            else:
                lines += self._labelled(span, self._how_changed(change), width=room)
        if "miss_reason" in commitment:
            lines += self._text(f"missed because: {commitment['miss_reason']}")
        return "DEADLINE", lines

    def _span(self, change: DueChange) -> str:
        """`7 Nov → 26 Nov`."""
        return self._terminal.arrow.join(
            self._day(iso) if iso else "none" for iso in (change.get("old"), change.get("new"))
        )

    def _how_changed(self, change: DueChange) -> str:
        """`put off on 2 Nov: the institute moved (asked MIA Uzbekistan, agreed UNODC)`."""
        old, new = change.get("old"), change.get("new")
        word = "corrected" if change["correction"] else "put off" if change["extension"] else "changed"
        if word == "changed":
            word = (
                "brought forward" if old and new and new < old else "set" if not old else word if new else "taken out"
            )
        people = [
            f"{word} {visible(name)}"
            for word, name in (("asked", change.get("asked_by")), ("agreed", change.get("agreed_by")))
            if name
        ]
        return f"{word} on {self._day(change['on'])}: {change['reason']}" + (
            f" ({', '.join(people)})" if people else ""
        )

    def done(self) -> _Block:
        """Whether it was sent back, reported, confirmed or closed; never empty."""
        commitment = self._commitment
        lines: list[Segments] = []
        if "returned" in commitment:
            returned = commitment["returned"]
            note = f": {returned['note']}" if "note" in returned else ""
            text = f"{self._day(returned['on'])} by {_names(returned['said_by'])}{note}"
            lines += self._labelled("sent back", text)
        lines += self._voice("reported", commitment.get("reported"), is_next="reported" not in commitment)
        lines += self._voice("confirmed", commitment.get("confirmed"), is_next="reported" in commitment)
        closed = commitment.get("closed")
        if closed:
            of = f", by #{closed['by_id']}" if "by_id" in closed else ""
            by = f", agreed by {visible(closed['agreed_by'])}" if "agreed_by" in closed else ""
            lines += self._labelled("closed", f"{self._day(closed['on'])}: {closed['because']}{of}{by}")
        return "DONE", lines

    def _voice(self, label: str, voice: Voice | None, *, is_next: bool) -> list[Segments]:
        """A report or confirmation, or that there is none yet and whose turn it is."""
        if voice is None:
            turn = self._whose_turn() if is_next else ""
            return self._labelled(label, f"not yet, {turn}" if turn else "not yet", "dim")
        said = [f"{self._day(voice['on'])} by {_names(voice['said_by'])}"]
        said += [f"evidence: {voice['evidence']}"] if "evidence" in voice else []
        said.append(f"put down by {visible(voice['recorded_by'])}")
        return self._labelled(label, self._terminal.dot.join(said))

    def _whose_turn(self) -> str:
        """`next: INTERPOL can say so`, `waits for #3`; empty where it is finished."""
        commitment, turn = self._commitment, next_step(self._commitment)
        if turn is None:
            return ""
        if self._row.is_waiting:
            return f"waits for #{commitment['after']}"
        step, who = turn
        return f"next: {_names(who)} can {'agree to it' if step == State.AGREED else 'say so'}" if who else ""

    def seats(self) -> _Block:
        """The seats of a nomination, as a bar with its numbers."""
        seats = self._commitment.get("seats")
        if seats is None:
            return "SEATS", []
        wanted, nominated = seats.get("wanted", 0), seats.get("nominated", 0)
        count = f"{nominated} nominated of an unknown number"
        if wanted:
            bar = count_bar(nominated, wanted, min(_MOST_BAR, self.room), self._terminal)
            count = f"{bar}  {nominated} of {wanted} nominated"
        parts = [f"{count}, {seats.get('acknowledged', 0)} acknowledged"]
        parts += [f"letter {seats['letter']}"] if seats.get("letter") else []
        parts += [f"endorsed {self._day(seats['endorsed'])}, by the NCB"] if "endorsed" in seats else []
        return "SEATS", self._text(self._terminal.dot.join(parts))

    def chased(self, most: int | None) -> _Block:
        """The chases that stand, the newest first; `most` of them at most."""
        entries = []
        for event in self._events:
            if event["action"] == "chase" and event["change"] not in self._undone:
                again = event.get("fields", {}).get("chase_on", [None, None])[1]
                texts = [f"look again {self._day(again)}"] if isinstance(again, str) and again else []
                texts += [event["note"]] if "note" in event else []
                entries.append((event["day"], event["who"], [(": ".join(texts) or "chased", "plain")]))
        return "CHASED", self._columns(entries[:most])

    def notes(self) -> _Block:
        """The notes that stand, the newest first, without those that stand with a chase or with what was sent back."""
        returned = self._commitment.get("returned")
        return_note = returned.get("note") if returned else None
        found = [
            event
            for event in standing_notes(self._recorded, self._recorded)
            if event["action"] != "chase" and not (event["action"] == RETURNED and event["note"] == return_note)
        ]
        return "NOTES", self._columns(
            [(event["day"], event["who"], [(event["note"], "plain")]) for event in _newest_first(found)]
        )

    def history(self, most: int | None, *, is_fetching: bool) -> _Block:
        """What happened, the last that was put down first; `most` events at most."""
        events = sorted(self._recorded, key=lambda event: event["seq"], reverse=True)
        lines = self._columns([(event["day"], event["who"], self._as_put_down(event)) for event in events[:most]])
        return "HISTORY", [*lines, *(self._text("earlier history is being fetched", "dim") if is_fetching else [])]

    def _as_put_down(self, event: Event) -> list[tuple[str, str]]:
        """What an event did, and that it was put down later where it stands above events of later days."""
        (first, style), *others = self._what(event)
        is_told_later = any(other["seq"] < event["seq"] and other["day"] > event["day"] for other in self._recorded)
        return [(f"{first} (put down later)" if is_told_later else first, style), *others]

    def _what(self, event: Event) -> list[tuple[str, str]]:
        """What an event did, without what stands elsewhere on the page: its note, and values that are still there."""
        notation, action, fields = self._notation, event["action"], event.get("fields", {})
        first = headline(event, notation, self._recorded)
        if action == "add":
            sources = [text for label, text in details(event, notation) if label == "imported from"]
            return [(", from ".join(("entered", *sources)), "plain")]
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
        return [(", ".join(pairs) or ": ".join((first, *(left_out & {"quote"}))), "plain")]

    def _is_with_date_change(self, event: Event) -> bool:
        """Whether the reason of an event stands with a change of the date."""
        return any(change["reason"] == event.get("reason") for change in self._commitment.get("due_changes", []))


def _newest_first(events: Iterable[Event]) -> list[Event]:
    """Events by the day that they are of, those of one day by when they were entered."""
    return sorted(events, key=lambda event: (event["day"], event["seq"]), reverse=True)


def _in_lines(parts: Sequence[str], indent: str, terminal: TerminalStyle) -> list[str]:
    """Parts with a dot between two of them in a line, in as many lines as they take, after the first one indented."""
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


def _names(names: Iterable[str]) -> str:
    return ", ".join(visible(name) for name in names)


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _stacked(blocks: Iterable[_Block], *, is_airy: bool) -> list[Segments]:
    """Blocks below each other, each text beside its heading; blocks without a text are left out."""
    lines: list[Segments] = []
    for heading, texts in blocks:
        if texts and lines and is_airy:
            lines.append([])
        for position, text in enumerate(texts):
            lead = (f" {heading}".ljust(_HANGING + 1), "plain" if position else "heading")
            lines.append([(" " * (_HANGING + 1), "plain") if position else lead, *text])
    return lines


def _under_headings(blocks: Iterable[_Block], *, is_airy: bool) -> list[Segments]:
    """Blocks below each other, each text under its heading, which so takes no room from it."""
    lines: list[Segments] = []
    for heading, texts in blocks:
        if texts:
            lines += [[]] if lines and is_airy else []
            lines += [[(f" {heading}", "heading")], *([(" ", "plain"), *text] for text in texts)]
    return lines


def _beside(left: Sequence[Segments], right: Sequence[Segments], at: int, terminal: TerminalStyle) -> list[Segments]:
    """Two halves beside each other, a bar between them; the texts of the right one begin in column `at`."""
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
    number = f" #{commitment['id']} "
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
        shown = "the details" if len(events) <= _LAST_EVENTS else f"all {len(events)} events"
        text = f"revision {commitment['revision']}; followup history {commitment['id']} shows {shown}"
        lines += [[], *([(line, "dim")] for line in terminal.paragraph(text, " "))]
    return lines
