"""The page that `status` prints."""

from __future__ import annotations

from itertools import zip_longest

from store.model.vocabulary import BANDS, NOTHING_PROMISED, Band
from tui.render.commitment_table import TO_CHASE, CommitmentTable
from tui.render.labels import counted, day_with_weekday
from tui.render.segments import count_bar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.snapshot import Row, Snapshot
    from tui.render.terminal_style import TerminalStyle


_MOST_BAR = 40
"""Signs of the bar at most: one a commitment while there are no more."""


def status_page(
    snapshot: Snapshot,
    tally: Mapping[str, int],
    urgent: Sequence[Row],
    terminal: TerminalStyle,
    *,
    is_filtered: bool,
) -> list[str]:
    """Render the counts of a tally and its most urgent rows, in at most 24 lines."""
    whole = snapshot.counts() if is_filtered else tally
    size = whole["total"] + whole["aside"]
    visits = len(snapshot.visits)
    today = day_with_weekday(snapshot.today)
    if not size:
        text = terminal.dot.join((today, f"{NOTHING_PROMISED} yet", counted(visits, "visit")))
        return [f" {terminal.painted(text, 'heading')}", "", *_first_steps(visits)]
    store = f"{tally['open']} of {counted(size, 'commitment')} from {counted(visits, 'visit')} open"
    if is_filtered:
        store = f"{tally['total']} of {counted(size, 'commitment')} match, {tally['open']} of them open"
    if tally["aside"]:
        store += f", {tally['aside']} set aside"
    lines = [terminal.painted(line, "heading") for line in terminal.paragraph(f"{today}{terminal.dot}{store}", " ")]
    lines += [*_finished(tally, terminal), "", *_counts(snapshot, tally, terminal)]
    if urgent:
        lines += ["", *CommitmentTable(urgent, snapshot, terminal).lines(is_grouped=False)]
    more = tally["open"] - len(urgent)
    if more:
        same = " with the same query" if is_filtered else ""
        lines += [f" and {more} more: followup list{same} shows all {tally['open']}"]
    return lines


def _finished(tally: Mapping[str, int], terminal: TerminalStyle) -> list[str]:
    """A bar that counts what is finished, and what is open."""
    if not tally["total"]:
        return []
    text = f"  {tally['finished']} finished"
    room = min(_MOST_BAR, terminal.width - 2 - len(text))
    return [f" {count_bar(tally['finished'], tally['total'], room, terminal)}{text}"]


def _first_steps(visits: int) -> list[str]:
    if visits:
        return [
            " Enter what was promised there:",
            "   followup add TITLE --visit SLUG --by PARTY --to PARTY",
            " (followup visits shows the slugs.)",
        ]
    return [
        " Enter the first visit, then what was promised there:",
        "   followup visit add TITLE --place PLACE --from DATE",
        "   followup add TITLE --visit SLUG --by PARTY --to PARTY",
        " or look around in an example: followup demo",
    ]


def _counts(snapshot: Snapshot, tally: Mapping[str, int], terminal: TerminalStyle) -> list[str]:
    """The counts in two columns: bands with a date on the left, all others on the right."""
    left, right = (
        [(band.sign, tally[band.count], band.text, band.style) for band in map(BANDS.__getitem__, bands)]
        for bands in (_DATED, _UNDATED)
    )
    right += [
        ("", tally["silent"], f"silent {snapshot.silent_after} d or more", "plain"),
        (TO_CHASE, tally["to_chase"], "to chase today", "plain"),
    ]
    digits = len(str(tally["total"]))
    lines = []
    for one, other in zip_longest(left, right):
        pair = [each for each in (one, other) if each is not None]
        texts = [f"{sign:<2} {count:>{digits}} {word}" for sign, count, word, _ in pair]
        painted = [
            terminal.painted(text, style if count else "dim")
            for text, (_, count, _, style) in zip(texts, pair, strict=True)
        ]
        lines.append(" " + (" " * (digits + 22 - len(texts[0]))).join(painted))
    return lines


_DATED = (Band.OVERDUE, Band.TODAY, Band.WEEK, Band.MONTH, Band.LATER)
_UNDATED = (Band.NO_DATE, Band.UNCONFIRMED)
