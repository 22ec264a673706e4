"""The view Now: the line under each row, what to know before writing; and the days to come."""

from __future__ import annotations

from collections.abc import Iterable

from store.model.vocabulary_and_signs import BANDS, Band
from store.query.sort_orders import by_urgency
from store.rules.assess_overdue_and_tally import WEEK_DAYS
from store.rules.days import days_between
from store.rules.due_dates_and_extensions import is_extended
from store.snapshot import Row, Snapshot
from store.translation import tr
from tui.app.pages.commitment_summary import days_since_report, last_said, notes_of, put_off_on, who_can_confirm
from tui.render.commitment_numbers import number_sign
from tui.render.commitment_table import TO_CHASE
from tui.render.day_words import day_without_year, near_day
from tui.render.lateness_and_outcome_words import days_without_news
from tui.render.segments import Segments, columns_of
from tui.render.terminal_style import TerminalStyle

_MOST_NEXT = 5
"""Days to come that are named."""

LINES_OF_NEXT = 3
"""The lines of what comes next: a blank one, the heading, the days."""


def what_to_know(row: Row, snapshot: Snapshot, terminal: TerminalStyle, column: int) -> Segments:
    """The line under a row: who can confirm it, who sent it back and why, or the last note or chase.

    It stands one column behind the title, which begins at `column`.
    """
    text = _what_to_know(row, snapshot, terminal)
    return [(" " * (column + 1), "plain"), (terminal.cut(text, terminal.width - column - 2), "dim")]


def _what_to_know(row: Row, snapshot: Snapshot, terminal: TerminalStyle) -> str:
    commitment = row.commitment
    if row.band == Band.UNCONFIRMED:
        return "; ".join([who_can_confirm(row, snapshot, terminal), *days_since_report(row, snapshot)])
    said = last_said(row, notes_of(commitment["id"], snapshot), snapshot, terminal)
    return said or _silence(row, snapshot)


def _silence(row: Row, snapshot: Snapshot) -> str:
    """The facts on one without notes: chases without a word, changes of the date, silence."""
    commitment, today = row.commitment, snapshot.today
    facts = [tr("never chased")]
    if commitment.get("chased"):
        facts = [tr("chased {day}", day=day_without_year(commitment["last_chased"], today))]
    changes = commitment.get("due_changes", [])
    if is_extended(commitment) and changes:
        facts.append(put_off_on(changes[-1], today))
    else:
        facts.append(days_without_news(row))
    return "; ".join(facts)


def next_lines(rows: Iterable[Row], snapshot: Snapshot, terminal: TerminalStyle) -> list[Segments]:
    """The days to come with their numbers, under a heading: `Mon 30 Nov .#9   4 Dec @#5   18 Dec #10`; `@` before what
    is to be looked at again on that day. None where nothing comes.
    """
    days: dict[str, tuple[list[Row], list[Row]]] = {}
    for row in sorted(rows, key=by_urgency):
        if row.days_left is not None and row.days_left > 0 and not row.is_to_chase:
            days.setdefault(row.commitment["due"], ([], []))[0].append(row)
        again = row.commitment.get("chase_on")
        if again is not None and again > snapshot.today and again != row.commitment.get("due"):
            days.setdefault(again, ([], []))[1].append(row)
    line: Segments = [("    ", "plain")]
    week = BANDS[Band.WEEK]
    for count, (day, (due, to_chase)) in enumerate(sorted(days.items())[:_MOST_NEXT]):
        is_near = days_between(snapshot.today, day) <= WEEK_DAYS
        when = near_day(day) if is_near else day_without_year(day, snapshot.today)
        part: Segments = [(f"{'   ' if count else ''}{when} ", "plain")]
        if due:
            part += [(week.sign, week.style)] if is_near else []
            part.append((" ".join(f"{number_sign()}{row.commitment['id']}" for row in due), "plain"))
        if to_chase:
            numbers = " ".join(f"{number_sign()}{row.commitment['id']}" for row in to_chase)
            part.append((f"{' ' if due else ''}{TO_CHASE}{numbers}", "plain"))
        if columns_of([*line, *part]) > terminal.width - 1:
            break
        line += part
    if len(line) == 1:
        return []
    return [[], [("    " + tr("NEXT"), "heading")], line]
