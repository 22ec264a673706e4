"""The two-line summary of the commitment under the cursor."""

from store.snapshot import Row, Snapshot
from store.text import visible
from tui.render.labels import day_without_year, outcome
from tui.render.segments import Segments
from tui.render.terminal_style import TerminalStyle


def summary_lines(row: Row, snapshot: Snapshot, terminal: TerminalStyle) -> tuple[Segments, Segments]:
    """Line 1: number, title, visit, owner; line 2: quote, silence, chasing, what it waits for."""
    commitment, dot = row.commitment, terminal.dot
    first = f"#{commitment['id']} {terminal.sanitised(commitment['title'])}"
    tail = f"{dot}{terminal.sanitised(commitment['visit'])}{dot}owner {terminal.sanitised(commitment['owner'])}"
    room = terminal.width - 2
    first = terminal.cut(first, max(room - len(tail), room // 2)) + tail
    facts = [outcome(row)] if row.outcome else []
    if "returned" in commitment:
        facts.append(f"returned by {', '.join(map(visible, commitment['returned']['said_by']))}")
    if "due_words" in commitment:
        facts.append(f'"{terminal.sanitised(commitment["due_words"])}"')
    if row.silent_days and row.outcome is None:
        facts.append(f"silent {row.silent_days} d" if row.is_silent else f"news {row.silent_days} d ago")
    if row.is_waiting:
        facts.append(f"waits for #{commitment['after']}")
    if "chase_on" in commitment:
        facts.append(f"chase {day_without_year(commitment['chase_on'], snapshot.today)}")
    if commitment.get("chased"):
        facts.append(f"chased {commitment['chased']}x")
    rest = dot.join(facts)
    quote = commitment.get("quote")
    if quote:
        space = room - len(rest) - len(dot) - 2
        if space > 15:
            rest = f'"{terminal.cut(visible(quote), space)}"' + (dot + rest if rest else "")
    return [(f" {terminal.cut(first, room)}", "strong")], [(f" {terminal.cut(rest, room)}", "dim")]
