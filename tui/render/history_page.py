"""The page that `history` prints: events with their details."""

from __future__ import annotations

from store.text import visible
from tui.render.event_words import Subjects, details, headline
from tui.render.labels import day

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.model.record_types import Event
    from store.snapshot import Snapshot
    from tui.render.segments import Segments
    from tui.render.terminal_style import TerminalStyle


def history_page(events: Sequence[Event], snapshot: Snapshot, terminal: TerminalStyle) -> list[Segments]:
    """Render events in the given order: change, day, who and headline, then the details below."""
    subjects = Subjects(snapshot.visits.values(), snapshot.parties.all())
    of_change: dict[int, list[Event]] = {}
    for event in events:
        of_change.setdefault(event["change"], []).append(event)
    lines: list[str] = []
    for event in events:
        turned = event.get("undoes") or event.get("redoes")
        happened = headline(event, events=of_change.get(turned, ()) if turned is not None else ())
        who = visible(event["who"])
        text = f"change {event['change']}  {day(event['day'])}  {who}  {subjects.subject(event)} {happened}"
        lines += terminal.paragraph(text, "    ", first="")
        for label, detail in details(event):
            lead = f"{label}: " if label else "  "
            lines += terminal.paragraph(lead + detail, "        ", first="      ")
    return [[(line, "plain")] for line in lines]
