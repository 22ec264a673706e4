"""The lines about the commitment under the cursor, behind a bar under the list."""

from __future__ import annotations

from store.errors import StoreUnusable
from store.model.vocabulary import STATES
from store.rules.due_dates import is_agreed_by_doing, is_extended
from store.snapshot import Row, Snapshot
from store.text import visible
from tui.render.commitment_table import STATE_LETTERS_FROM, DisplayNames, parties
from tui.render.labels import day_with_weekday, day_without_year, days_without_news, outcome, visit_days
from tui.render.segments import Segments
from tui.render.terminal_style import TerminalStyle
from tui.render.widths import width_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.model.record_types import Event

_BAR = 3
"""Columns before the text: a blank, the bar, a blank."""

_SOME_QUOTE = 15


def summary_lines(row: Row, snapshot: Snapshot, terminal: TerminalStyle, count: int = 2) -> list[Segments]:
    """The title with what it belongs to; then silence, chasing and what was last said. With a `count` of 4 between the
    two who promised it, and its deadline.
    """
    lines = [_first(row, terminal, is_whole=count > 2)]
    if count > 2:
        lines += [_promise(row, snapshot, terminal), _deadline(row, snapshot, terminal)]
    if count > 1:
        lines.append(_facts(row, snapshot, terminal, is_whole=count > 2))
    return lines


def _line(terminal: TerminalStyle, title: str, rest: str) -> Segments:
    room = terminal.width - _BAR - 1
    title = terminal.cut(title, room)
    line = [(f" {terminal.bar} ", "dim"), (title, "strong"), (terminal.cut(rest, room - width_of(title)), "plain")]
    return [(text, style) for text, style in line if text]


def _first(row: Row, terminal: TerminalStyle, *, is_whole: bool) -> Segments:
    """Number and title; visit, or with the visit on a line of its own the kind; owner."""
    commitment, dot = row.commitment, terminal.dot
    title = f"#{commitment['id']} {terminal.sanitised(commitment['title'])}"
    of = terminal.sanitised(commitment["kind"] if is_whole else commitment["visit"])
    owner = terminal.sanitised(commitment["owner"])
    room = terminal.width - _BAR - 1 - width_of(title)
    rests = (f"{dot}{of}{dot}owner {owner}", f"{dot}{of}")
    return _line(terminal, title, next((rest for rest in rests if width_of(rest) <= room), ""))


def _promise(row: Row, snapshot: Snapshot, terminal: TerminalStyle) -> Segments:
    """Who promised it to whom, and at which visit."""
    commitment, names = row.commitment, DisplayNames(snapshot, terminal)
    visit = snapshot.visits[commitment["visit"]]
    by, to = list(map(names.party, commitment["by"])), list(map(names.party, commitment["to"]))
    who = parties(by, to, terminal.width // 2, terminal)
    days = visit_days(visit["start"], visit["end"])
    where = ", ".join(map(terminal.sanitised, (visit["slug"], visit["title"], days)))
    return _line(terminal, "", f"{who}, at {where}")


def _deadline(row: Row, snapshot: Snapshot, terminal: TerminalStyle) -> Segments:
    """The due date and how it came about; what the two voices said."""
    commitment, today = row.commitment, snapshot.today
    due, original = commitment.get("due"), commitment.get("original_due")
    text = f"due {day_with_weekday(due)}" if due else "no date agreed"
    if "due_words" in commitment:
        text += f', "{terminal.sanitised(commitment["due_words"])}"'
    if is_extended(commitment) and original:
        text += f", put off from {day_without_year(original, today)}"
    elif due and original == due:
        text += ", as set at first" if is_agreed_by_doing(commitment) else ", as agreed at first"
    voices = []
    for name in ("reported", "confirmed"):
        voice = commitment.get(name)
        said = f"{name} {day_without_year(voice['on'], today)}" if voice else f"not {name}"  # type: ignore[index]
        voices.append(said)
    return _line(terminal, "", f"{text}{terminal.dot}{', '.join(voices)}")


def _facts(row: Row, snapshot: Snapshot, terminal: TerminalStyle, *, is_whole: bool) -> Segments:
    """Outcome, what was sent back, silence, waiting, chasing, and their words while there is room."""
    commitment, dot = row.commitment, terminal.dot
    facts = []
    if terminal.width < STATE_LETTERS_FROM:
        facts.append(STATES[commitment["state"]].short)
    if row.outcome:
        facts.append(outcome(row))
    if "returned" in commitment:
        facts.append(f"sent back by {', '.join(map(visible, commitment['returned']['said_by']))}")
    if "due_words" in commitment and not is_whole:
        facts.append(f'"{terminal.sanitised(commitment["due_words"])}"')
    if row.silent_days and row.outcome is None:
        has_news = "news_on" in commitment and not row.is_silent
        facts.append(f"news {row.silent_days} d ago" if has_news else days_without_news(row))
    if row.is_waiting:
        facts.append(f"waits for #{commitment['after']}")
    facts += _chasing(row, snapshot, terminal, is_whole=is_whole)
    if not facts:
        seats = commitment.get("seats", {})
        wanted = seats.get("wanted")
        facts.append(f"{seats.get('nominated', 0)} of {wanted} nominated" if wanted else days_without_news(row))
    text = dot.join(facts)
    quote = commitment.get("quote")
    room = terminal.width - _BAR - 1 - width_of(text) - len(dot) - 2
    if quote and room > _SOME_QUOTE:
        text += f'{dot if text else ""}"{terminal.cut(visible(quote), room)}"'
    return _line(terminal, "", text)


def _chasing(row: Row, snapshot: Snapshot, terminal: TerminalStyle, *, is_whole: bool) -> list[str]:
    """How often it was chased and when last, with what was said then where there is room; when to look again."""
    commitment, today = row.commitment, snapshot.today
    facts = []
    if commitment.get("chased"):
        count = commitment["chased"]
        text = f"chased {('once', 'twice')[count - 1] if count < 3 else f'{count} times'}"
        if "last_chased" in commitment:
            text += f", {day_without_year(commitment['last_chased'], today)}"
        note = _last_chase(commitment["id"], snapshot) if is_whole else ""
        facts.append(f"{text}: {terminal.cut(terminal.sanitised(note), terminal.width // 2)}" if note else text)
    if "chase_on" in commitment and row.outcome is None:
        now = ", which is now" if row.is_to_chase else ""
        facts.append(f"look again {day_without_year(commitment['chase_on'], today)}{now}")
    return facts


def _last_chase(number: int, snapshot: Snapshot) -> str:
    """What was said when it was last chased; "" for nothing."""
    said = [event.get("note", "") for event in notes_of(number, snapshot) if event["action"] == "chase"]
    return said[-1] if said else ""


def notes_of(number: int, snapshot: Snapshot) -> list[Event]:
    """The events with a note; none where the store was written over a moment ago, which the line below says."""
    try:
        return snapshot.notes(number)
    except StoreUnusable:
        return []
