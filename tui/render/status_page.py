"""The page that `status` prints."""

from __future__ import annotations

from store.model.vocabulary import BANDS, NOTHING_PROMISED, Band
from tui.render.commitment_table import CommitmentTable
from tui.render.labels import counted, long_day

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.snapshot import Row, Snapshot
    from tui.render.terminal_style import TerminalStyle


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
    today = long_day(snapshot.today)
    if not size:
        return [f"{today}: {NOTHING_PROMISED} yet, {counted(visits, 'visit')}", "", *_first_steps(visits)]
    store = f"{tally['open']} of {counted(size, 'commitment')} from {counted(visits, 'visit')} open"
    if is_filtered:
        store = f"{tally['total']} of {counted(size, 'commitment')} match, {tally['open']} of them open"
    if tally["aside"]:
        store += f", {tally['aside']} set aside"
    lines = [*terminal.paragraph(f"{today}: {store}", ""), "", *_counts(snapshot, tally, terminal)]
    if urgent:
        lines += ["", *CommitmentTable(urgent, snapshot, terminal).lines(is_grouped=False)]
    more = tally["open"] - len(urgent)
    if more:
        same = " with the same query" if is_filtered else ""
        lines += [f" and {more} more: followup list{same} shows all {tally['open']}"]
    return lines


def _first_steps(visits: int) -> list[str]:
    if visits:
        return [
            "Enter what was promised there:",
            "  followup add TITLE --visit SLUG --by PARTY --to PARTY",
            "(followup visits shows the slugs.)",
        ]
    return [
        "Enter the first visit, then what was promised there:",
        "  followup visit add TITLE --place PLACE --from DATE",
        "  followup add TITLE --visit SLUG --by PARTY --to PARTY",
        "or look around in an example: followup demo",
    ]


def _counts(snapshot: Snapshot, tally: Mapping[str, int], terminal: TerminalStyle) -> list[str]:
    """The counts in two columns: bands with a date on the left, all others on the right."""
    left, right = (
        [(band.sign, tally[band.count], band.text, band.style) for band in map(BANDS.__getitem__, bands)]
        for bands in (_DATED, _UNDATED)
    )
    right += [
        ("", tally["silent"], f"silent {snapshot.silent_after} d or more", "plain"),
        ("", tally["to_chase"], "to chase today", "plain"),
        ("", tally["finished"], "finished", "finished"),
    ]
    digits = len(str(tally["total"]))
    lines = []
    for one, other in zip(left, right, strict=True):
        texts = [f"{sign:<2} {count:>{digits}} {word}" for sign, count, word, _ in (one, other)]
        styles = [style if count else "dim" for _, count, _, style in (one, other)]
        first = terminal.painted(texts[0], styles[0]) + " " * (digits + 22 - len(texts[0]))
        lines.append(f" {first}{terminal.painted(texts[1].rstrip(), styles[1])}")
    return lines


_DATED = (Band.OVERDUE, Band.TODAY, Band.WEEK, Band.MONTH, Band.LATER)
_UNDATED = (Band.NO_DATE, Band.UNCONFIRMED)
