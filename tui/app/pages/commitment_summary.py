"""The lines about the commitment under the cursor, behind a bar under the list."""

from __future__ import annotations

from store.errors import StoreUnusable
from store.model.vocabulary_and_signs import STATES, Band
from store.rules.days import days_between
from store.rules.due_dates_and_extensions import is_agreed_by_doing, is_extended
from store.sanitise_text import visible
from store.snapshot import Row, Snapshot
from store.translation import ENGLISH, language, plural, tr, tr_in
from tui.render.commitment_numbers import number_text
from tui.render.commitment_table import PUT_OFF, STATE_LETTERS_FROM, TO_CHASE, DisplayNames, parties
from tui.render.day_words import day_with_weekday, day_without_year, visit_days
from tui.render.lateness_and_outcome_words import (
    days_without_news,
    due_words,
    kind_text,
    next_chase,
    reason_text,
    short_outcome,
)
from tui.render.party_words import whole_names
from tui.render.segments import Segments
from tui.render.terminal_style import TerminalStyle
from tui.render.widths import width_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.model.record_types import DueChange, Event

_BAR = 3
"""Columns before the text: a blank, the bar, a blank."""

_WIDE = 100
"""Columns from which there is room for what was said beside the day of a chase."""

_SOME_WORDS = 25
"""Columns from which words that were said are worth their place."""


def summary_lines(row: Row, snapshot: Snapshot, terminal: TerminalStyle, count: int = 2) -> list[Segments]:
    """The title with what it belongs to; then silence, chasing and what was last said. With a `count` of 4 between the
    two who promised it, and its deadline.
    """
    lines = [_first(row, terminal, count)]
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


def _first(row: Row, terminal: TerminalStyle, count: int) -> Segments:
    """Number and title; visit, or with the visit on a line of its own the kind; owner. Where it is the one line, first
    the state, of which a narrow list has the sign alone, and what the other signs of its row say.
    """
    commitment, dot = row.commitment, terminal.dot
    title = f"{number_text(commitment['id'])} {terminal.sanitised(commitment['title'])}"
    of = terminal.sanitised(kind_text(commitment["kind"]) if count > 2 else commitment["visit"])
    owner = tr("owner {name}", name=terminal.sanitised(commitment["owner"]))
    of_short = tr_in("short", "owner {name}", name=terminal.sanitised(commitment["owner"]))
    rests = [f"{dot}{of}{dot}{owner}", f"{dot}{of}{dot}{of_short}", f"{dot}{of}"]
    if count == 1:
        state, has_letters = STATES[commitment["state"]], terminal.width >= STATE_LETTERS_FROM
        first = "" if has_letters else f"{dot}{state.sign} {tr(state.short)}"
        signs = f"{dot}{TO_CHASE} {tr('chase')}" * row.is_to_chase
        signs += f"{dot}{PUT_OFF} {tr('put off')}" * is_extended(commitment)
        bare = f"{dot}{TO_CHASE}" * row.is_to_chase + f"{dot}{PUT_OFF}" * is_extended(commitment)
        short = "" if has_letters else f"{dot}{state.sign} {tr(state.letters)}"
        rests = [*(f"{first}{signs}{rest}" for rest in (*rests, "")), *_without_words(first, short, bare), first]
    room = terminal.width - _BAR - 1 - width_of(title)
    return _line(terminal, title, next((rest for rest in rests if width_of(rest) <= room), ""))


def _without_words(first: str, short: str, signs: str) -> list[str]:
    """The state and the signs alone, where another language has longer words than English for them."""
    return [] if language() == ENGLISH else [f"{first}{signs}", f"{short}{signs}", first, short]


def _promise(row: Row, snapshot: Snapshot, terminal: TerminalStyle) -> Segments:
    """Who promised it to whom, and at which visit."""
    commitment, names = row.commitment, DisplayNames(snapshot, terminal)
    visit = snapshot.visits[commitment["visit"]]
    by, to = list(map(names.party, commitment["by"])), list(map(names.party, commitment["to"]))
    who = parties(by, to, terminal.width // 2, terminal)
    days = visit_days(visit["start"], visit["end"])
    where = ", ".join(map(terminal.sanitised, (visit["slug"], visit["title"], days)))
    return _line(terminal, "", tr("{parties}, at {visit}", parties=who, visit=where))


def _deadline(row: Row, snapshot: Snapshot, terminal: TerminalStyle) -> Segments:
    """The due date and its changes; the report and the confirmation."""
    commitment, today = row.commitment, snapshot.today
    due, original = commitment.get("due"), commitment.get("original_due")
    text = tr("due {day}", day=day_with_weekday(due)) if due else tr("no date set")
    if words := due_words(commitment):
        text += tr(', "{words}"', words=terminal.sanitised(words))
    if is_extended(commitment) and original:
        text += tr(", {sign} put off from {day}", sign=PUT_OFF, day=day_without_year(original, today))
    elif due and original == due:
        text += tr(", as set at first") if is_agreed_by_doing(commitment) else tr(", as agreed at first")
    reported, confirmed = commitment.get("reported"), commitment.get("confirmed")
    said = tr("reported {day}", day=day_without_year(reported["on"], today)) if reported else tr("not reported")
    said += ", "
    said += tr("confirmed {day}", day=day_without_year(confirmed["on"], today)) if confirmed else tr("not confirmed")
    return _line(terminal, "", f"{text}{terminal.dot}{said}")


def _facts(row: Row, snapshot: Snapshot, terminal: TerminalStyle, *, is_whole: bool) -> Segments:
    """Outcome and why; since when it waits for whose confirmation; silence, chasing, waiting; then the last note, else
    the words agreed.
    """
    commitment, dot = row.commitment, terminal.dot
    facts = [tr(STATES[commitment["state"]].short)] if terminal.width < STATE_LETTERS_FROM else []
    said = ""
    is_reported = row.band == Band.UNCONFIRMED
    if is_reported:
        facts += [*days_since_report(row, snapshot), who_can_confirm(row, snapshot, terminal)]
    facts += [short_outcome(row)] if row.outcome else []
    if "closed" in commitment:
        said = terminal.sanitised(reason_text(commitment["closed"]["because"]))
        facts.append(tr("closed {day}", day=day_without_year(commitment["closed"]["on"], snapshot.today)))
    elif row.band != Band.FINISHED and not is_reported:
        notes = notes_of(commitment["id"], snapshot)
        said = last_said(row, notes, snapshot, terminal)
        if said and notes and notes[-1]["action"] == "chase" and said == _day_and_words(notes[-1], snapshot, terminal):
            # Its day stands with the chase, on a wide screen its words as well.
            said = "" if _has_words(terminal, is_whole=is_whole) else terminal.sanitised(notes[-1]["note"])
        facts += _open_facts(row, notes, snapshot, terminal, is_said=bool(said), is_whole=is_whole)
    else:
        notes = notes_of(commitment["id"], snapshot)
        said = _day_and_words(notes[-1], snapshot, terminal) if notes else ""
    quote = commitment.get("quote")
    facts = _that_fit(facts, terminal)
    for more in (said, tr('"{value}"', value=visible(quote)) if quote else ""):
        room = terminal.width - _BAR - 1 - width_of(dot.join([*facts, ""]))
        if more and room > _SOME_WORDS:
            facts.append(terminal.cut(more, room))
    return _line(terminal, "", dot.join(facts))


def _that_fit(facts: list[str], terminal: TerminalStyle) -> list[str]:
    """The first fact, cut where necessary, and those of the others that fit whole."""
    kept = facts[:1]
    for fact in facts[1:]:
        if width_of(terminal.dot.join([*kept, fact])) <= terminal.width - _BAR - 1:
            kept.append(fact)
    return kept


def _has_words(terminal: TerminalStyle, *, is_whole: bool) -> bool:
    """Whether the last chase has a note."""
    return is_whole or terminal.width >= _WIDE


def _open_facts(
    row: Row, notes: list[Event], snapshot: Snapshot, terminal: TerminalStyle, *, is_said: bool, is_whole: bool
) -> list[str]:
    """The facts of an open one: who sent it back, silence, chasing, extensions, what it waits for."""
    commitment, facts = row.commitment, []
    if "returned" in commitment and not is_said:
        facts.append(
            tr(
                "sent back by {parties}",
                parties=", ".join(map(visible, whole_names(snapshot.parties, commitment["returned"]["said_by"]))),
            )
        )
    if not is_said or row.silent_days:
        facts.append(days_without_news(row, is_short=True))
    facts += _chasing(row, notes, snapshot, terminal, is_whole=is_whole)
    changes = commitment.get("due_changes", [])
    if is_extended(commitment) and changes and not is_said and not is_whole:
        facts.append(f"{PUT_OFF} {put_off_on(changes[-1], snapshot.today)}")
    if row.is_waiting:
        facts.append(tr("waits for #{n}", n=commitment["after"]))
    seats = commitment.get("seats", {})
    if seats.get("wanted"):
        facts.append(tr("{n} of {wanted} nominated", n=seats.get("nominated", 0), wanted=seats["wanted"]))
    if not is_whole and (words := due_words(commitment)):
        facts.append(tr_in("due", '"{words}"', words=terminal.sanitised(words)))
    return facts


def put_off_on(change: DueChange, today: str) -> str:
    """The day on which an agreed date was put off; in some languages, that it was removed."""
    on = day_without_year(change["on"], today)
    return tr("put off on {day}", day=on) if change.get("new") else tr_in("taken out", "put off on {day}", day=on)


def last_said(row: Row, notes: list[Event], snapshot: Snapshot, terminal: TerminalStyle) -> str:
    """The last note with its day, or a later return with its reason; "" for nothing."""
    last, returned = notes[-1] if notes else None, row.commitment.get("returned")
    if returned is not None and (last is None or last["day"] <= returned["on"]):
        by = ", ".join(map(DisplayNames(snapshot, terminal).party, returned["said_by"]))
        day = day_without_year(returned["on"], snapshot.today)
        text = tr("{day} sent back by {parties}", day=day, parties=by)
        return f"{text}: {terminal.sanitised(returned['note'])}" if returned.get("note") else text
    return _day_and_words(last, snapshot, terminal) if last is not None else ""


def _day_and_words(note: Event, snapshot: Snapshot, terminal: TerminalStyle) -> str:
    return f"{day_without_year(note['day'], snapshot.today)} {terminal.sanitised(note['note'])}"


def who_can_confirm(row: Row, snapshot: Snapshot, terminal: TerminalStyle) -> str:
    """`INTERPOL can say so`, of one that is reported."""
    from store.rules.whose_turn import next_step  # The first rows of most lists are not.

    _, who = next_step(row.commitment) or ("", ())
    parties = map(DisplayNames(snapshot, terminal).party, who or row.commitment["to"])
    return tr("{parties} can say so", parties=", ".join(parties))


def days_since_report(row: Row, snapshot: Snapshot) -> list[str]:
    """`reported 14 d ago`; empty without a report."""
    reported = row.commitment.get("reported")
    if reported is None:
        return []
    days = days_between(reported["on"], snapshot.today)
    if days < 0:  # Where the clock was put back.
        return [tr("reported {day}", day=day_without_year(reported["on"], snapshot.today))]
    return [plural("reported {n} d ago", "reported {n} d ago", days) if days else tr("reported today")]


def _chasing(row: Row, notes: list[Event], snapshot: Snapshot, terminal: TerminalStyle, *, is_whole: bool) -> list[str]:
    """How often it was chased and when last, with its note where it fits; when to chase again."""
    commitment, today = row.commitment, snapshot.today
    facts = []
    if commitment.get("chased"):
        count = commitment["chased"]
        text = (tr("chased once"), tr("chased twice"))[count - 1] if count < 3 else tr("chased {n}x", n=count)
        if "last_chased" in commitment:
            text += f", {day_without_year(commitment['last_chased'], today)}"
        said = [event.get("note", "") for event in notes if event["action"] == "chase"]
        note = said[-1] if said and _has_words(terminal, is_whole=is_whole) else ""
        facts.append(f"{text}: {terminal.cut(terminal.sanitised(note), terminal.width // 2)}" if note else text)
    else:
        facts.append(tr("never chased"))
    sign = f"{TO_CHASE} " if row.is_to_chase else ""
    ahead = [f"{sign}{words}" for words in next_chase(row, today)]
    if sign and terminal.width < STATE_LETTERS_FROM:  # Where not all have room, what is to be done today goes first.
        return [*ahead, *facts]
    return [*facts, *ahead]


def notes_of(number: int, snapshot: Snapshot) -> list[Event]:
    """The events with a note in memory; none where the store was just overwritten, as the line below says."""
    try:
        return snapshot.notes_at_hand(number)
    except StoreUnusable:
        return []
