"""The page on one commitment, which `show` prints and the app draws.

Its lines are styled segments: the command line paints them with SGR (`TerminalStyle.painted_line`), the app draws them
in a widget.
"""

from __future__ import annotations

from itertools import zip_longest

from store.errors import NotFound
from store.model.vocabulary import BANDS, STATES, Band, Outcome
from store.rules.due_dates import extension_count, is_agreed_date
from store.text import visible, visible_lines
from tui.render.event_words import details, headline
from tui.render.labels import counted, day, long_lateness, outcome, visit_days
from tui.render.segments import share_bar
from tui.render.widths import width_of, wrapped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.model.record_types import Commitment, DueChange, Event, Voice
    from store.snapshot import Row, Snapshot
    from tui.render.segments import Segments
    from tui.render.terminal_style import TerminalStyle

_LABEL_WIDTH = 13
_INDENT = " " * (_LABEL_WIDTH + 2)
_LAST_EVENTS = 5
_MAX_WHO_WIDTH = 12
_MAX_BAR_WIDTH = 20

_SIDE_BY_SIDE_WIDTH = 72
"""Columns from which `reported` and `confirmed` stand side by side."""

_SEPARATOR = " | "

_DETAILS_SAY_MORE = ("note", "seats", "edit", "reason")
"""Actions whose details say more than their headline."""


class _CommitmentPage:
    """Builds the lines of the page: blocks of labels and texts."""

    def __init__(self, row: Row, snapshot: Snapshot, terminal: TerminalStyle) -> None:
        self._row = row
        self._commitment: Commitment = row.commitment
        self._snapshot = snapshot
        self._terminal = terminal
        self.lines: list[Segments] = []

    def draw(self, *, is_whole: bool) -> list[Segments]:
        """Render the page; `is_whole`: with all events, else the last ones and the command that prints the others."""
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
        """Sanitise and wrap a text, line breaks kept, to lines of at most `width` columns."""
        return [
            part.rstrip() for line in visible_lines(text) for part in wrapped(self._terminal.encodable(line), width)
        ]

    def _add(self, label: str, text: str, style: str = "plain") -> None:
        """Add a label and its text, which may take several lines."""
        first = f"  {label:<{_LABEL_WIDTH}}"
        for part in self._wrapped(text, self._terminal.width - len(_INDENT)):
            self.lines.append([(first, "plain"), (part, style)] if part else _line_unless_empty(first.rstrip()))
            first = _INDENT

    def _heading(self, text: str) -> None:
        self.lines += [[], [(text, "heading")]]

    def _head(self) -> None:
        commitment, terminal, row = self._commitment, self._terminal, self._row
        number = f"#{commitment['id']} "
        title = terminal.paragraph(visible(commitment["title"]), " " * len(number), first=number)
        self.lines += [[(line, "heading")] for line in title]
        state, band = STATES[commitment["state"]], BANDS[row.band]
        when = long_lateness(row, self._snapshot.today)
        ended = outcome(row)
        parts = [f"{state.sign} {state.text}"]
        if "returned" in commitment:
            parts.append(f"returned by {self._names(commitment['returned']['said_by'])}")
        parts.append(f"{band.sign} {when}".strip() if band.style != "unconfirmed" else when)
        if extension_count(commitment) and row.outcome != Outcome.MET_EXTENDED:
            parts.append(f"extended {_times(extension_count(commitment))}")
        parts += [ended] if ended else []
        for line in wrapped(terminal.encodable(terminal.dot.join(parts)), terminal.width - len(number)):
            self.lines.append([(" " * len(number), "plain"), (line, band.style)])

    def _who(self) -> None:
        commitment = self._commitment
        self.lines.append([])
        self._add("promised by", self._names(commitment["by"]))
        self._add("to", self._names(commitment["to"]))
        if "via" in commitment:
            self._add("through", visible(commitment["via"]))
        if commitment.get("support"):
            self._add("support", self._names(commitment["support"]))
        visit = self._snapshot.visits[commitment["visit"]]
        place = [visible(visit["slug"]), visit_days(visit["start"], visit["end"]), visible(visit.get("place", ""))]
        self._add("visit", self._terminal.dot.join(filter(None, place)))
        self._add("", visible(visit["title"]), "dim")
        self._add("kind", visible(commitment["kind"]))
        self._add("owner", visible(commitment["owner"]))
        if "source_id" in commitment:
            self._add("their number", commitment["source_id"])
        if "after" in commitment:
            try:
                after = visible(self._snapshot.row(commitment["after"]).commitment["title"])
            except NotFound:
                after = "(removed)"
            waits = ", not done yet" if self._row.is_waiting else ""
            self._add("waits for", f"#{commitment['after']} {after}{waits}")

    def _promise(self) -> None:
        commitment, terminal = self._commitment, self._terminal
        if "quote" not in commitment and "source" not in commitment:
            return
        self._heading("IN THEIR WORDS")
        for line in visible_lines(commitment.get("quote", "")):
            self.lines += [[(part, "plain")] for part in terminal.paragraph(line, "  | ")] if line else []
        if "source" in commitment:
            self._add("source", commitment["source"])

    def _deadline(self) -> None:
        commitment = self._commitment
        self._heading("DEADLINE")
        if "original_due" in commitment:
            self._add("original", day(commitment["original_due"]))
        for change in commitment.get("due_changes", []):
            self._due_change(change)
        due = commitment.get("due")
        agreed = "" if is_agreed_date(commitment) or due is None else ", a wish, not agreed"
        words = f' ("{visible(commitment["due_words"])}")' if "due_words" in commitment else ""
        precision = commitment.get("due_precision", "day")
        within = f", any day of that {precision}" if due and precision != "day" else ""
        self._add("now due", (day(due) if due else BANDS[Band.NO_DATE].text) + words + within + agreed)
        if "miss_reason" in commitment:
            self._add("why missed", commitment["miss_reason"])

    def _due_change(self, change: DueChange) -> None:
        old, new = (day(iso) if iso else "no date" for iso in (change.get("old"), change.get("new")))
        kind = "corrected" if change["correction"] else "extended" if change["extension"] else "changed"
        self._add(day(change["on"]), f"{kind}: {old} -> {new}")
        self._add("", f"reason: {change['reason']}")
        names = (("asked by", change.get("asked_by")), ("agreed by", change.get("agreed_by")))
        people = [f"{word} {visible(name)}" for word, name in names if name]
        if people:
            self._add("", ", ".join(people))

    def _done(self) -> None:
        """Add whether it was returned, reported, confirmed or closed."""
        commitment = self._commitment
        self._heading("DONE?")
        if "returned" in commitment:
            returned = commitment["returned"]
            self._add("returned", f"{day(returned['on'])} by {self._names(returned['said_by'])}")
            self._add("", returned.get("note", ""))
        reported = self._voice(commitment.get("reported"))
        confirmed = self._voice(commitment.get("confirmed"), is_awaited="reported" in commitment)
        if self._terminal.width >= _SIDE_BY_SIDE_WIDTH:
            self._add_side_by_side([("reported", "heading"), *reported], [("confirmed", "heading"), *confirmed])
        else:
            self._add_below("reported", reported)
            self._add_below("confirmed", confirmed)
        closed = commitment.get("closed")
        if closed:
            by = f", agreed by {visible(closed['agreed_by'])}" if "agreed_by" in closed else ""
            of = f", by #{closed['by_id']}" if "by_id" in closed else ""
            self._add("closed", f"{day(closed['on'])}: {closed['because']}{of}{by}")

    def _voice(self, voice: Voice | None, *, is_awaited: bool = False) -> list[tuple[str, str]]:
        """A report or confirmation as texts with their styles, or that there is none yet."""
        if voice is None:
            return [(f"not yet: {self._names(self._commitment['to'])} can say so" if is_awaited else "not yet", "dim")]
        texts = [(f"{day(voice['on'])} by {self._names(voice['said_by'])}", "plain")]
        if "evidence" in voice:
            texts.append((f"evidence: {voice['evidence']}", "plain"))
        return [*texts, (f"put down by {visible(voice['recorded_by'])}", "dim")]

    def _add_below(self, label: str, texts: Iterable[tuple[str, str]]) -> None:
        """Add texts below each other, the first one beside the label."""
        for text, style in texts:
            self._add(label, text, style)
            label = ""

    def _add_side_by_side(self, *columns: Iterable[tuple[str, str]]) -> None:
        """Add two columns of styled texts, each in half of the width."""
        width = (self._terminal.width - 2 - len(_SEPARATOR)) // 2
        wrapped_columns = [
            [(part, style) for text, style in column for part in self._wrapped(text, width)] for column in columns
        ]
        for left, right in zip_longest(*wrapped_columns, fillvalue=("", "plain")):
            gap = " " * (width - width_of(left[0])) + _SEPARATOR
            line = [("  ", "plain"), left, (gap, "dim"), right] if right[0] else [("  ", "plain"), left]
            self.lines.append([segment for segment in line if segment[0]])

    def _seats(self) -> None:
        if "seats" not in self._commitment:
            return
        seats = self._commitment["seats"]
        self._heading("SEATS")
        wanted, nominated = seats.get("wanted", 0), seats.get("nominated", 0)
        if wanted:
            bar = share_bar(nominated, wanted, min(_MAX_BAR_WIDTH, self._terminal.width - len(_INDENT)))
            count = f"{bar} {nominated} of {wanted} nominated"
        else:
            count = f"{nominated} nominated of an unknown number"
        self._add("seats", f"{count}, {seats.get('acknowledged', 0)} acknowledged")
        if seats.get("letter"):
            self._add("letter", seats["letter"])
        if "endorsed" in seats:
            self._add("endorsed", f"{day(seats['endorsed'])}, by the NCB")

    def _chasing(self) -> None:
        commitment, row = self._commitment, self._row
        if row.band == "finished":
            return
        self._heading("CHASING")
        since = f"since {day(commitment['news_on'])}" if "news_on" in commitment else "since the visit"
        if row.silent_days:
            silent = " (silent)" if row.is_silent else ""
            self._add("no news", f"for {counted(row.silent_days, 'day')}, {since}{silent}")
        else:
            self._add("last news", "today")
        count = commitment.get("chased", 0)
        last = f", last on {day(commitment['last_chased'])}" if "last_chased" in commitment else ""
        self._add("chased", (_times(count) if count else "never") + last)
        if "chase_on" in commitment:
            self._add("look again", day(commitment["chase_on"]) + (", which is now" if row.is_to_chase else ""))

    def _notes(self) -> None:
        notes = self._snapshot.notes(self._commitment["id"])
        if not notes:
            return
        self._heading("NOTES")
        for event in notes:
            self._add(day(event["day"]), f"{visible(event['who'])}: {event['note']}")

    def _last_events(self) -> None:
        """Add the last events in a line each, and the command that prints all."""
        number, terminal = self._commitment["id"], self._terminal
        events = self._snapshot.events_of(number)
        last = events[-_LAST_EVENTS:]
        shows = f"revision {self._commitment['revision']}; followup history {number} shows " + (
            "the details" if len(last) == len(events) else f"all {len(events)}"
        )
        self._heading("LAST EVENTS")
        for event in last:
            who = terminal.cut(visible(event["who"]), _MAX_WHO_WIDTH)
            line = f"  {day(event['day']):<{_LABEL_WIDTH}}{who}: {_event_line(event)}"
            self.lines.append([(terminal.cut(line, terminal.width), "plain")])
        self.lines += [[(line, "dim")] for line in terminal.paragraph(shows, "  ")]

    def _timeline(self) -> None:
        """Add all events, newest last, with the details that the rest of the page lacks: old values, undone changes."""
        number = self._commitment["id"]
        under_notes = {event["seq"] for event in self._snapshot.notes(number)}
        self._heading("EVENTS")
        for event in self._snapshot.events_of(number):
            shown: Event = {**event, "note": ""} if event["seq"] in under_notes else event
            self._add(day(event["day"]), f"{visible(event['who'])}: {_event_line(shown)}")
            if event["action"] not in ("add", *_DETAILS_SAY_MORE):
                for label, text in details(shown):
                    self._add("", f"{label}: {text}" if label else text, "dim")


def _line_unless_empty(text: str) -> Segments:
    return [(text, "plain")] if text else []


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _event_line(event: Event) -> str:
    """An event in one line: its headline, or its details where they say more, as the text of a note does."""
    if event["action"] not in _DETAILS_SAY_MORE:
        return headline(event)
    return ", ".join(f"{label}: {text}" if label else text for label, text in details(event)) or headline(event)


def commitment_page(row: Row, snapshot: Snapshot, terminal: TerminalStyle, *, is_whole: bool) -> list[Segments]:
    """Render everything about one commitment.

    `is_whole`: with all its events, as the app shows it; else with the last ones and the command that prints all.
    """
    return _CommitmentPage(row, snapshot, terminal).draw(is_whole=is_whole)
