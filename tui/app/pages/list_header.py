"""The two lines above the list: counts of the whole store, and what the list shows."""

from store.model.vocabulary import BANDS, Band
from store.snapshot import Snapshot
from store.text import visible
from tui.app.list_state import ListState
from tui.render.labels import COUNTED
from tui.render.segments import Segments, columns_of
from tui.render.terminal_style import TerminalStyle
from tui.render.widths import width_of

_COUNTED = [BANDS[band] for band in COUNTED]
_COUNTS = (
    *((band.count, "in 7 d" if band.word == Band.WEEK else band.short, band.sign, band.style) for band in _COUNTED),
    ("silent", "silent", "silent", "strong"),
)
"""Name in a tally, word, sign, style: the six counts that are shown at every width."""

_USUAL_WIDTH = 76
"""Columns from which a selection says how much of it is not shown; a menu over it says so at every width."""

_STORE_AND_DAY = 26
"""Columns at the right end of the title line that the store and the day mostly take."""


def counts_line(snapshot: Snapshot, width: int) -> Segments:
    """The first line of the list: the counts of the whole store, as words or, where those do not fit, as signs."""
    lines = _counts(snapshot)
    counts = next((line for line in lines if columns_of(line) <= width - 1), lines[-1])
    return [(" ", "plain"), *counts]


def _counts(snapshot: Snapshot) -> list[list[tuple[str, str]]]:
    """The counts in three lengths, the longest first: spaced words, words, signs."""
    # All are of open commitments, which the list has read already.
    tally = snapshot.tally([*snapshot.open_rows, *snapshot.aside_rows])
    found = []
    for gap, is_short in (("  ", False), (" ", False), ("  ", True)):
        line: list[tuple[str, str]] = []
        for name, word, sign, style in _COUNTS:
            text = f"{sign} {tally[name]}" if is_short else f"{tally[name]} {word}"
            line += [*([(gap, "plain")] if line else []), (text, style if tally[name] else "dim")]
        if tally["aside"]:
            words = f"aside {tally['aside']}" if is_short else f"{tally['aside']} set aside"
            line += [(gap, "plain"), (words, "plain")]
        found.append(line)
    return found


def view_title(
    list_state: ListState, snapshot: Snapshot, shown: frozenset[int], selected: frozenset[int], terminal: TerminalStyle
) -> tuple[str, str]:
    """View and grouping; behind it how many are shown, the selection, the filter."""
    names = [terminal.encodable(name) for name in view_names(list_state, snapshot)]
    parts = [str(len(shown))]
    if selected:
        hidden = len(selected - shown) if terminal.width >= _USUAL_WIDTH else 0
        parts.append(f"{len(selected)} selected" + (f", {hidden} not shown" if hidden else ""))
    if list_state.filter_text:
        parts.append(f"filter: {terminal.sanitised(list_state.filter_text)}")
    more = "".join(f"{terminal.dot}{part}" for part in parts)
    room = terminal.width - _STORE_AND_DAY - width_of(more)
    return next((name for name in names if width_of(name) <= room), names[-1]), more


def view_names(list_state: ListState, snapshot: Snapshot) -> tuple[str, ...]:
    """Names of what is shown, longest first: `1 Open by deadline`, `Visit lyon-2022`, `Open: what UNODC owes ...`."""
    if list_state.lens is not None:
        name = visible(snapshot.parties.shown(list_state.lens))
        words = f"{list_state.view.name}: what {name} owes and is owed"
        return f"{words} (Tab next party, p back)", words, f"{list_state.view.name}: {name}"
    name = (
        f"{list_state.view.key} {list_state.view.name}"
        if list_state.visit is None
        else f"Visit {visible(list_state.visit)}"
    )
    is_usual = list_state.grouping == "deadline" and (list_state.view.query or list_state.visit is not None)
    return (name if is_usual else f"{name} by {list_state.grouping}",)
