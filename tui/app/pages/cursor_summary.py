"""The commitment under the cursor in two lines, where there is no room for the whole."""

from store.snapshot import Ledger, Row
from store.text import visible
from tui.render.labels import day_without_year, outcome
from tui.render.segments import Line
from tui.render.terminal_style import Paper


def summary_lines(row: Row, ledger: Ledger, paper: Paper) -> tuple[Line, Line]:
    """Its whole title, visit and owner; then the words of the promise, its silence, our chasing."""
    commitment, dot = row.commitment, paper.dot
    first = f"#{commitment['id']} {paper.shown(commitment['title'])}"
    tail = f"{dot}{paper.shown(commitment['visit'])}{dot}owner {paper.shown(commitment['owner'])}"
    room = paper.width - 2
    first = paper.cut(first, max(room - len(tail), room // 2)) + tail
    facts = [outcome(row)] if row.outcome else []
    if "returned" in commitment:
        facts.append(f"returned by {', '.join(map(visible, commitment['returned']['said_by']))}")
    if "due_words" in commitment:
        facts.append(f'"{paper.shown(commitment["due_words"])}"')
    if row.silent_days and row.outcome is None:
        facts.append(f"silent {row.silent_days} d" if row.is_silent else f"news {row.silent_days} d ago")
    if row.is_waiting:
        facts.append(f"waits for #{commitment['after']}")
    if "chase_on" in commitment:
        facts.append(f"chase {day_without_year(commitment['chase_on'], ledger.today)}")
    if commitment.get("chased"):
        facts.append(f"chased {commitment['chased']}x")
    rest = dot.join(facts)
    quote = commitment.get("quote")
    if quote:
        space = room - len(rest) - len(dot) - 2
        if space > 15:
            rest = f'"{paper.cut(visible(quote), space)}"' + (dot + rest if rest else "")
    return [(f" {paper.cut(first, room)}", "strong")], [(f" {paper.cut(rest, room)}", "dim")]
