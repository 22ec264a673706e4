"""The two lines above the list: what there is to do in the whole store, and what is shown of it."""

from store.ledger import Ledger
from store.text import visible
from tui.app.looks import Look
from tui.cells import first_columns, width_of
from tui.labels import counted
from tui.lines import Line, columns_of

_COUNTS = (
    ("overdue", "overdue", "!!", "overdue"),
    ("due_today", "today", "!", "today"),
    ("week", "in 7 d", ".", "week"),
    ("no_date", "no date", "?", "no-date"),
    ("unconfirmed", "to confirm", "=", "unconfirmed"),
    ("silent", "silent", "silent", "strong"),
)
"""Name in a tally, what is said of it, its sign, its style: the six counts that stand at every size."""


def counts_line(ledger: Ledger, trouble: str, width: int) -> Line:
    """The six counts, the visits before them where there is room, and what is wrong with the store."""
    room = width - 1 - (len(trouble) + 2 if trouble else 0)
    lines = _counts(ledger)
    counts = next((line for line in lines if columns_of(line) <= room), lines[-1])
    if trouble:
        return [(f" {trouble}  ", "error"), *counts]
    room -= columns_of(counts)
    visits = next((f"{text}   " for text in _visits(ledger) if len(text) + 3 <= room), "")
    return [(f" {visits}", "heading"), *counts]


def _counts(ledger: Ledger) -> list[list[tuple[str, str]]]:
    """The six counts, each way shorter than the one before: apart, close together, as signs."""
    # All six are of open commitments, which the list has read already.
    tally = ledger.tally(ledger.open_rows)
    found = []
    for gap, is_short in (("  ", False), (" ", False), ("  ", True)):
        line: list[tuple[str, str]] = []
        for name, word, sign, style in _COUNTS:
            text = f"{sign} {tally[name]}" if is_short else f"{tally[name]} {word}"
            line += [*([(gap, "plain")] if line else []), (text, style if tally[name] else "dim")]
        found.append(line)
    return found


def _visits(ledger: Ledger) -> tuple[str, ...]:
    """The newest visit and how many others there are, `lyon-2022 +2`; shorter: how many there are."""
    if not ledger.visits:
        return ("no visit yet",)
    newest = max(ledger.visits.values(), key=lambda visit: (visit["start"], visit["id"]))
    count = len(ledger.visits)
    return f"{visible(newest['slug'])}" + (f" +{count - 1}" if count > 1 else ""), counted(count, "visit")


def look_line(look: Look, ledger: Ledger, shown: frozenset[int], selected: frozenset[int], width: int) -> Line:
    """What is shown: the view and its grouping on the left; the selection, the filter, how many on the right."""
    left = f" {look_in_words(look, ledger)}"
    right = []
    if selected:
        hidden = len(selected - shown)
        right.append(f"{len(selected)} selected" + (f", {hidden} not shown" if hidden else ""))
    if look.filter_text:
        right.append(f"filter: {visible(look.filter_text)}")
    right.append(counted(len(shown), "commitment"))
    text = "  ".join(right)
    room = max(0, width - len(left) - 2)
    if len(text) > room:
        text = "  ".join(right[:-1]) or text
    text = first_columns(text, room)
    return [(left, "heading"), (" " * max(1, width - len(left) - width_of(text) - 1), "plain"), (text, "plain")]


def look_in_words(look: Look, ledger: Ledger) -> str:
    """`1 Open by deadline`, `Visit lyon-2022`, `What UNODC owes and is owed`."""
    if look.lens is not None:
        name = visible(ledger.parties.shown(look.lens))
        return f"{look.view.name}: what {name} owes and is owed (Tab next party, p back)"
    name = f"{look.view.key} {look.view.name}" if look.visit is None else f"Visit {visible(look.visit)}"
    is_usual = look.grouping == "deadline" and (look.view.words or look.visit is not None)
    return name if is_usual else f"{name} by {look.grouping}"
