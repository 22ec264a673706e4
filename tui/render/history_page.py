"""The page that `history` prints: events with their details."""

from __future__ import annotations

from store.sanitise_text import visible
from store.translation import tr, tr_in
from tui.render.event_words import Notation, Subjects, details, headline

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.model.record_types import Event
    from store.snapshot import Snapshot
    from tui.render.segments import Segments
    from tui.render.terminal_style import TerminalStyle

_DETAILS, _HANGING = " " * 4, " " * 6
"""Where the details of an event begin, and what goes on from the line before."""


def history_page(events: Sequence[Event], snapshot: Snapshot, terminal: TerminalStyle) -> list[Segments]:
    """Render events, oldest first: change, day, who and, bold, the headline; then the details below.

    One of an earlier day than those above it was put down later.
    """
    subjects, notation = (
        Subjects(snapshot.visits.values(), snapshot.parties.all(), events),
        Notation(terminal.arrow, parties=snapshot.parties),
    )
    of_change: dict[int, list[Event]] = {}
    for event in events:
        of_change.setdefault(event["change"], []).append(event)
    digits = len(str(max(of_change, default=0)))
    days = {text: notation.day(text) for text in {event["day"] for event in events}}
    day_width = max(map(len, days.values()), default=0)
    lines: list[Segments] = []
    latest = ""
    for event in events:
        turned = event.get("undoes") or event.get("redoes")
        happened = headline(event, notation, of_change.get(turned, ()) if turned is not None else ())
        if event["day"] < latest:
            happened = tr("{event} (put down later)", event=happened)
        latest = max(latest, event["day"])
        number = f"{event['change']:>{digits}}"
        when = f"{tr('change {n}', n=number)}  {days[event['day']]:>{day_width}}"
        lead = f" {when}  {terminal.encodable(visible(event['who']))}  "
        said = tr_in("history", "{subject} {what}", subject=subjects.subject(event), what=happened)
        first, *others = terminal.paragraph(f"{lead[1:]}{said}", _HANGING, first=" ")
        is_split = first.startswith(lead)
        lines.append([(lead, "plain"), (first[len(lead) :], "heading")] if is_split else [(first, "plain")])
        lines += [[(line, "heading")] for line in others]
        for label, detail in details(event, notation):
            text = f"{label}: {detail}" if label else f"  {detail}"
            lines += [[(line, "plain")] for line in terminal.paragraph(text, _HANGING, first=_DETAILS)]
    return lines
