"""The page that `status` prints."""

from __future__ import annotations

from itertools import zip_longest

from store.model.vocabulary_and_signs import BANDS, NOTHING_PROMISED, Band
from store.translation import phrase, plural, tr, tr_in
from tui.render.commitment_table import TO_CHASE, CommitmentTable
from tui.render.day_words import day_with_weekday
from tui.render.segments import count_bar
from tui.render.widths import width_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.snapshot import Row, Snapshot
    from tui.render.terminal_style import TerminalStyle


_MOST_BAR = 40
"""Signs of the bar at most: one a commitment while there are no more."""

_ADD = phrase("followup add TITLE --visit SLUG --by PARTY --to PARTY")
_ADD_VISIT = phrase("followup visit add TITLE --place PLACE --from DATE")


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
        nothing = tr("{nothing} yet", nothing=tr(NOTHING_PROMISED))
        text = terminal.dot.join((today, nothing, plural("{n} visit", "{n} visits", visits)))
        return [f" {terminal.painted(text, 'heading')}", "", *_first_steps(visits)]
    if is_filtered:
        store = plural(
            "{matching} of {n} commitment match, {open} of them open",
            "{matching} of {n} commitments match, {open} of them open",
            size,
            matching=tally["total"],
            open=tally["open"],
        )
    else:
        store = plural(
            "{open} of {n} commitment from {visits} open",
            "{open} of {n} commitments from {visits} open",
            size,
            open=tally["open"],
            visits=plural("{n} visit", "{n} visits", visits),
        )
    if tally["aside"]:
        store = tr("{counts}, {n} set aside", counts=store, n=tally["aside"])
    lines = [terminal.painted(line, "heading") for line in terminal.paragraph(f"{today}{terminal.dot}{store}", " ")]
    lines += [*_finished(tally, terminal), "", *_counts(snapshot, tally, terminal)]
    if urgent:
        lines += ["", *CommitmentTable(urgent, snapshot, terminal).lines(is_grouped=False)]
    more = tally["open"] - len(urgent)
    if more:
        if is_filtered:
            lines += [
                tr(" and {n} more: followup list with the same query shows all {open}", n=more, open=tally["open"])
            ]
        else:
            text = tr(" and {n} more: followup list shows all {open}", n=more, open=tally["open"])
        lines.append(text)
    return lines


def _finished(tally: Mapping[str, int], terminal: TerminalStyle) -> list[str]:
    """Bars of what is finished and what is open, with their counts."""
    if not tally["total"]:
        return []
    text = "  " + tr("{n} finished", n=tally["finished"])
    room = min(_MOST_BAR, terminal.width - 2 - width_of(text))
    return [f" {count_bar(tally['finished'], tally['total'], room, terminal)}{text}"]


def _first_steps(visits: int) -> list[str]:
    if visits:
        return [
            tr(" Enter what was promised there:"),
            f"   {tr(_ADD)}",
            tr(" (followup visits shows the slugs.)"),
        ]
    return [
        tr(" Enter the first visit, then what was promised there:"),
        f"   {tr(_ADD_VISIT)}",
        f"   {tr(_ADD)}",
        tr(" or look around in an example: followup demo"),
    ]


def _counts(snapshot: Snapshot, tally: Mapping[str, int], terminal: TerminalStyle) -> list[str]:
    """The counts in two columns: bands with a date on the left, all others on the right."""
    left, right = (
        [
            (band.sign, tally[band.count], tr_in("count", band.text), band.style)
            for band in map(BANDS.__getitem__, bands)
        ]
        for bands in (_DATED, _UNDATED)
    )
    right += [
        ("", tally["silent"], _silent(snapshot.silent_after), "plain"),
        (TO_CHASE, tally["to_chase"], tr("to chase today"), "plain"),
    ]
    digits = len(str(tally["total"]))
    room = max(_RIGHT, *(width_of(word) + 7 for _, _, word, _ in left)) + digits
    lines = []
    for one, other in zip_longest(left, right):
        pair = [each for each in (one, other) if each is not None]
        texts = [f"{sign:<2} {count:>{digits}} {word}" for sign, count, word, _ in pair]
        painted = [
            terminal.painted(text, style if count else "dim")
            for text, (_, count, _, style) in zip(texts, pair, strict=True)
        ]
        lines.append(" " + (" " * (room - width_of(texts[0]))).join(painted))
    return lines


def _silent(days: int) -> str:
    return plural("silent {n} d or more", "silent {n} d or more", days)


_RIGHT = 22
"""Columns of the left counts, beside their digits, where their words are no longer."""

_DATED = (Band.OVERDUE, Band.TODAY, Band.WEEK, Band.MONTH, Band.LATER)
_UNDATED = (Band.NO_DATE, Band.UNCONFIRMED)
