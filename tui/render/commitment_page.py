"""The pages that tell one story: everything about a commitment, and the history.

Both faces of the program show them, so they are lines of styled pieces: the command line paints them with SGR
(`TerminalStyle.painted_line`), the app with a widget of its own.
"""

from __future__ import annotations

from itertools import zip_longest

from store.errors import NotFound
from store.model.vocabulary import BANDS, STATES, Outcome
from store.rules.due_dates import extension_count, is_agreed_date
from store.text import visible, visible_lines
from tui.render.event_words import details, headline
from tui.render.labels import counted, day, days_of, lateness_at_length, outcome
from tui.render.segments import share_bar
from tui.render.widths import width_of, wrapped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.model.record_types import Commitment, DueChange, Event, Voice
    from store.snapshot import Row, Snapshot
    from tui.render.segments import Segments
    from tui.render.terminal_style import TerminalStyle

_LABEL = 13
_INDENT = " " * (_LABEL + 2)
_LAST_EVENTS = 5
_MOST_WHO = 12
_MOST_BAR = 20

_BESIDE = 72
"""Columns from which the two voices stand side by side."""

_BETWEEN = " | "

_TOLD_BY_DETAILS = ("note", "seats", "edit", "reason")
"""Actions of which the details say more than a headline."""


class _Page:
    """One commitment as lines: blocks of a label and a text, in the order in which people ask."""

    def __init__(self, row: Row, snapshot: Snapshot, terminal: TerminalStyle) -> None:
        self._row = row
        self._commitment: Commitment = row.commitment
        self._snapshot = snapshot
        self._terminal = terminal
        self.lines: list[Segments] = []

    def draw(self, *, is_whole: bool) -> list[Segments]:
        """The page; `is_whole`: with all its events, not the last ones and the command that shows the others."""
        self._head()
        self._who()
        self._promise()
        self._deadline()
        self._done()
        self._seats()
        self._chasing()
        self._notes()
        if is_whole:
            self._timeline()
        else:
            self._last_events()
        return self.lines

    def _names(self, names: Iterable[str]) -> str:
        return ", ".join(visible(name) for name in names)

    def _wrapped(self, text: str, width: int) -> list[str]:
        """A text of several lines in lines of at most so many columns, harmless."""
        return [part.rstrip() for line in visible_lines(text) for part in wrapped(self._terminal.carried(line), width)]

    def _put(self, label: str, text: str, style: str = "plain") -> None:
        """A label and its text, which may be several lines."""
        first = f"  {label:<{_LABEL}}"
        for part in self._wrapped(text, self._terminal.width - len(_INDENT)):
            self.lines.append([(first, "plain"), (part, style)] if part else _unless_empty(first.rstrip()))
            first = _INDENT

    def _heading(self, text: str) -> None:
        self.lines += [[], [(text, "heading")]]

    def _head(self) -> None:
        commitment, terminal, row = self._commitment, self._terminal, self._row
        number = f"#{commitment['id']} "
        title = terminal.paragraph(visible(commitment["title"]), " " * len(number), first=number)
        self.lines += [[(line, "heading")] for line in title]
        state, band = STATES[commitment["state"]], BANDS[row.band]
        when = lateness_at_length(row, self._snapshot.today)
        ended = outcome(row)
        parts = [f"{state.sign} {state.text}"]
        if "returned" in commitment:
            parts.append(f"returned by {self._names(commitment['returned']['said_by'])}")
        parts.append(f"{band.sign} {when}".strip() if band.style != "unconfirmed" else when)
        if extension_count(commitment) and row.outcome != Outcome.MET_EXTENDED:
            parts.append(f"extended {_times(extension_count(commitment))}")
        parts += [ended] if ended else []
        for line in wrapped(terminal.carried(terminal.dot.join(parts)), terminal.width - len(number)):
            self.lines.append([(" " * len(number), "plain"), (line, band.style)])

    def _who(self) -> None:
        commitment = self._commitment
        self.lines.append([])
        self._put("promised by", self._names(commitment["by"]))
        self._put("to", self._names(commitment["to"]))
        if "via" in commitment:
            self._put("through", visible(commitment["via"]))
        if commitment.get("support"):
            self._put("support", self._names(commitment["support"]))
        visit = self._snapshot.visits[commitment["visit"]]
        place = [visible(visit["slug"]), days_of(visit["start"], visit["end"]), visible(visit.get("place", ""))]
        self._put("visit", self._terminal.dot.join(filter(None, place)))
        self._put("", visible(visit["title"]), "dim")
        self._put("kind", visible(commitment["kind"]))
        self._put("owner", visible(commitment["owner"]))
        if "source_id" in commitment:
            self._put("their number", commitment["source_id"])
        if "after" in commitment:
            try:
                after = visible(self._snapshot.row(commitment["after"]).commitment["title"])
            except NotFound:
                after = "(removed)"
            waits = ", not done yet" if self._row.is_waiting else ""
            self._put("waits for", f"#{commitment['after']} {after}{waits}")

    def _promise(self) -> None:
        commitment, terminal = self._commitment, self._terminal
        if "quote" not in commitment and "source" not in commitment:
            return
        self._heading("IN THEIR WORDS")
        for line in visible_lines(commitment.get("quote", "")):
            self.lines += [[(part, "plain")] for part in terminal.paragraph(line, "  | ")] if line else []
        if "source" in commitment:
            self._put("source", commitment["source"])

    def _deadline(self) -> None:
        commitment = self._commitment
        self._heading("DEADLINE")
        if "original_due" in commitment:
            self._put("original", day(commitment["original_due"]))
        for change in commitment.get("due_changes", []):
            self._due_change(change)
        due = commitment.get("due")
        agreed = "" if is_agreed_date(commitment) or due is None else ", a wish, not agreed"
        words = f' ("{visible(commitment["due_words"])}")' if "due_words" in commitment else ""
        precision = commitment.get("due_precision", "day")
        within = f", any day of that {precision}" if due and precision != "day" else ""
        self._put("now due", (day(due) if due else "no date agreed") + words + within + agreed)
        if "miss_reason" in commitment:
            self._put("why missed", commitment["miss_reason"])

    def _due_change(self, change: DueChange) -> None:
        old, new = (day(iso) if iso else "no date" for iso in (change.get("old"), change.get("new")))
        kind = "corrected" if change["correction"] else "extended" if change["extension"] else "changed"
        self._put(day(change["on"]), f"{kind}: {old} -> {new}")
        self._put("", f"reason: {change['reason']}")
        names = (("asked by", change.get("asked_by")), ("agreed by", change.get("agreed_by")))
        people = [f"{word} {visible(name)}" for word, name in names if name]
        if people:
            self._put("", ", ".join(people))

    def _done(self) -> None:
        """What was sent back, the two voices that say it is done, and why it was closed."""
        commitment = self._commitment
        self._heading("DONE?")
        if "returned" in commitment:
            returned = commitment["returned"]
            self._put("returned", f"{day(returned['on'])} by {self._names(returned['said_by'])}")
            self._put("", returned.get("note", ""))
        reported = self._voice(commitment.get("reported"))
        confirmed = self._voice(commitment.get("confirmed"), is_awaited="reported" in commitment)
        if self._terminal.width >= _BESIDE:
            self._put_beside([("reported", "heading"), *reported], [("confirmed", "heading"), *confirmed])
        else:
            self._put_below("reported", reported)
            self._put_below("confirmed", confirmed)
        closed = commitment.get("closed")
        if closed:
            by = f", agreed by {visible(closed['agreed_by'])}" if "agreed_by" in closed else ""
            of = f", by #{closed['by_id']}" if "by_id" in closed else ""
            self._put("closed", f"{day(closed['on'])}: {closed['because']}{of}{by}")

    def _voice(self, voice: Voice | None, *, is_awaited: bool = False) -> list[tuple[str, str]]:
        """What a voice said, or that it said nothing yet, as texts with their styles."""
        if voice is None:
            return [(f"not yet: {self._names(self._commitment['to'])} can say so" if is_awaited else "not yet", "dim")]
        said = [(f"{day(voice['on'])} by {self._names(voice['said_by'])}", "plain")]
        if "evidence" in voice:
            said.append((f"evidence: {voice['evidence']}", "plain"))
        return [*said, (f"put down by {visible(voice['recorded_by'])}", "dim")]

    def _put_below(self, label: str, texts: Iterable[tuple[str, str]]) -> None:
        """Texts below each other, the first one after the label."""
        for text, style in texts:
            self._put(label, text, style)
            label = ""

    def _put_beside(self, *columns: Iterable[tuple[str, str]]) -> None:
        """Two columns of texts with their styles, each in half of the width."""
        width = (self._terminal.width - 2 - len(_BETWEEN)) // 2
        pieces = [
            [(part, style) for text, style in column for part in self._wrapped(text, width)] for column in columns
        ]
        for left, right in zip_longest(*pieces, fillvalue=("", "plain")):
            gap = " " * (width - width_of(left[0])) + _BETWEEN
            line = [("  ", "plain"), left, (gap, "dim"), right] if right[0] else [("  ", "plain"), left]
            self.lines.append([piece for piece in line if piece[0]])

    def _seats(self) -> None:
        if "seats" not in self._commitment:
            return
        seats = self._commitment["seats"]
        self._heading("SEATS")
        wanted, nominated = seats.get("wanted", 0), seats.get("nominated", 0)
        if wanted:
            bar = share_bar(nominated, wanted, min(_MOST_BAR, self._terminal.width - len(_INDENT)))
            told = f"{bar} {nominated} of {wanted} nominated"
        else:
            told = f"{nominated} nominated of an unknown number"
        self._put("seats", f"{told}, {seats.get('acknowledged', 0)} acknowledged")
        if seats.get("letter"):
            self._put("letter", seats["letter"])
        if "endorsed" in seats:
            self._put("endorsed", f"{day(seats['endorsed'])}, by the NCB")

    def _chasing(self) -> None:
        commitment, row = self._commitment, self._row
        if row.band == "finished":
            return
        self._heading("CHASING")
        since = f"since {day(commitment['news_on'])}" if "news_on" in commitment else "since the visit"
        if row.silent_days:
            silent = " (silent)" if row.is_silent else ""
            self._put("no news", f"for {counted(row.silent_days, 'day')}, {since}{silent}")
        else:
            self._put("last news", "today")
        count = commitment.get("chased", 0)
        last = f", last on {day(commitment['last_chased'])}" if "last_chased" in commitment else ""
        self._put("chased", (_times(count) if count else "never") + last)
        if "chase_on" in commitment:
            self._put("look again", day(commitment["chase_on"]) + (", which is now" if row.is_to_chase else ""))

    def _notes(self) -> None:
        notes = self._snapshot.notes(self._commitment["id"])
        if not notes:
            return
        self._heading("NOTES")
        for event in notes:
            self._put(day(event["day"]), f"{visible(event['who'])}: {event['note']}")

    def _last_events(self) -> None:
        """The last events, a line each, and how the command line shows them all."""
        number, terminal = self._commitment["id"], self._terminal
        events = self._snapshot.events_of(number)
        last = events[-_LAST_EVENTS:]
        shows = f"revision {self._commitment['revision']}; followup history {number} shows " + (
            "the details" if len(last) == len(events) else f"all {len(events)}"
        )
        self._heading("LAST EVENTS")
        for event in last:
            who = terminal.cut(visible(event["who"]), _MOST_WHO)
            line = f"  {day(event['day']):<{_LABEL}}{who}: {_gist(event)}"
            self.lines.append([(terminal.cut(line, terminal.width), "plain")])
        self.lines += [[(line, "dim")] for line in terminal.paragraph(shows, "  ")]

    def _timeline(self) -> None:
        """All events, newest last, with what the rest of the page does not tell: what was, and what was undone."""
        number = self._commitment["id"]
        under_notes = {event["seq"] for event in self._snapshot.notes(number)}
        self._heading("EVENTS")
        for event in self._snapshot.events_of(number):
            told: Event = {**event, "note": ""} if event["seq"] in under_notes else event
            self._put(day(event["day"]), f"{visible(event['who'])}: {_gist(told)}")
            if event["action"] not in ("add", *_TOLD_BY_DETAILS):
                for label, text in details(told):
                    self._put("", f"{label}: {text}" if label else text, "dim")


def _unless_empty(text: str) -> Segments:
    return [(text, "plain")] if text else []


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _gist(event: Event) -> str:
    """An event in one line: the words of a note say more than that there is one."""
    if event["action"] not in _TOLD_BY_DETAILS:
        return headline(event)
    return ", ".join(f"{label}: {text}" if label else text for label, text in details(event)) or headline(event)


def show_page(row: Row, snapshot: Snapshot, terminal: TerminalStyle, *, is_whole: bool) -> list[Segments]:
    """Everything about one commitment.

    `is_whole`: with all its events and no command to type, as the app shows it; else with the last ones.
    """
    return _Page(row, snapshot, terminal).draw(is_whole=is_whole)
