"""The two lines above the list: counts of the whole store, and what the list shows."""

from store.model.vocabulary import BANDS, Band
from store.snapshot import Snapshot
from store.text import visible
from tui.app.list_state import ListState
from tui.render.labels import COUNTED, counted
from tui.render.segments import Segments, columns_of
from tui.render.terminal_style import TerminalStyle
from tui.render.widths import width_of

_COUNTED = [BANDS[band] for band in COUNTED]
_COUNTS = (
    *((band.count, "in 7 d" if band.word == Band.WEEK else band.short, band.sign, band.style) for band in _COUNTED),
    ("silent", "silent", "silent", "strong"),
)
"""Name in a tally, word, sign, style: the six counts that are shown at every width."""

_APART = "  "
"""Between the parts of a line."""


def counts_line(snapshot: Snapshot, trouble: str, width: int) -> Segments:
    """The first line: what is wrong with the store or its visits, where there is room, and the six counts."""
    room = width - 1 - (width_of(trouble) + 2 if trouble else 0)
    lines = _counts(snapshot)
    counts = next((line for line in lines if columns_of(line) <= room), lines[-1])
    if trouble:
        return [(f" {trouble}  ", "error"), *counts]
    room -= columns_of(counts)
    visits = next((f"{text}   " for text in _visits(snapshot) if width_of(text) + 3 <= room), "")
    return [(f" {visits}", "heading"), *counts]


def _counts(snapshot: Snapshot) -> list[list[tuple[str, str]]]:
    """The six counts in three lengths, the longest first: spaced words, words, signs."""
    # All six are of open commitments, which the list has read already.
    tally = snapshot.tally(snapshot.open_rows)
    found = []
    for gap, is_short in (("  ", False), (" ", False), ("  ", True)):
        line: list[tuple[str, str]] = []
        for name, word, sign, style in _COUNTS:
            text = f"{sign} {tally[name]}" if is_short else f"{tally[name]} {word}"
            line += [*([(gap, "plain")] if line else []), (text, style if tally[name] else "dim")]
        found.append(line)
    return found


def _visits(snapshot: Snapshot) -> tuple[str, ...]:
    """The newest visit and how many others there are, `lyon-2022 +2`; shorter: how many there are."""
    if not snapshot.visits:
        return ("no visit yet",)
    newest = snapshot.visits_newest_first[0]
    count = len(snapshot.visits)
    return f"{visible(newest['slug'])}" + (f" +{count - 1}" if count > 1 else ""), counted(count, "visit")


def headline(
    list_state: ListState, snapshot: Snapshot, shown: frozenset[int], selected: frozenset[int], terminal: TerminalStyle
) -> Segments:
    """The second line: view and grouping on the left; selection, filter and how many are shown on the right.

    Selection and number are never cut; the others are, where there is no room.
    """
    kept = [counted(len(shown), "commitment")]
    if selected:
        hidden = len(selected - shown)
        kept.insert(0, f"{len(selected)} selected" + (f", {hidden} not shown" if hidden else ""))
    filtered = f"filter: {terminal.sanitised(list_state.filter_text)}" if list_state.filter_text else ""
    room = terminal.width - 2
    names = [terminal.encodable(name) for name in view_names(list_state, snapshot)]
    whole = width_of(names[0]) + (len(_APART) + width_of(filtered) if filtered else 0)
    if whole + len(_APART) + len(_APART.join(kept)) > room:
        kept[-1] = f"{len(shown)} shown"
    rest = room - len(_APART.join(kept)) - len(_APART)
    # The filter may have half of it, or what the left part leaves; the left part the rest.
    for_left = rest - min(width_of(filtered) + len(_APART), rest // 2) if filtered else rest
    left = next((name for name in names if width_of(name) <= for_left), "") or terminal.cut(names[-1], for_left)
    filtered = terminal.cut(filtered, rest - width_of(left) - len(_APART)) if filtered else ""
    right = _APART.join([*kept[:-1], *([filtered] if filtered else []), kept[-1]])
    right = terminal.cut(right, room)
    gap = terminal.width - 2 - width_of(left) - width_of(right)
    return [(f" {left}", "heading"), (" " * max(0, gap), "plain"), (right, "plain")]


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
