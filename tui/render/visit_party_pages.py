"""The pages that `visits`, `parties` and `party list` print."""

from __future__ import annotations

from store.model.record_fields import VISIT_DETAILS
from store.text import visible
from tui.render.labels import visit_counts, visit_days

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.model.record_types import Party, Visit
    from store.rules.party_counts import PartyCounts
    from tui.render.terminal_style import TerminalStyle


def visits_page(visits: Sequence[tuple[Visit, Mapping[str, object]]], terminal: TerminalStyle) -> list[str]:
    """Render each visit: slug, days and place, then title, then the counts of its commitments."""
    lines: list[str] = []
    for visit, view in visits:
        slug = visible(visit["slug"])
        when = visit_days(visit["start"], visit["end"])
        place = visible(visit.get("place", ""))
        head = terminal.paragraph(terminal.dot.join(part for part in (slug, when, place) if part), "  ", first="")
        lines += [*([""] if lines else []), terminal.painted(head[0], "heading"), *head[1:]]
        lines += terminal.paragraph(visible(visit["title"]), "  ")
        about = [visible(str(visit.get(name))) for name in VISIT_DETAILS if name in visit]
        lines += terminal.paragraph(terminal.dot.join(about), "  ") if about else []
        lines += _visit_counts(view, terminal)
    return lines


def _visit_counts(view: Mapping[str, object], terminal: TerminalStyle) -> list[str]:
    """`2 kept, 1 not kept, 5 open, !! 1 late, ? 3 no date`, or that nothing was promised."""
    counts = visit_counts(view)
    lines, room = [""], 0
    for index, (text, style) in enumerate(counts):
        text += "," if index + 1 < len(counts) else ""
        if room < len(text) + 1:
            lines.append("  " + terminal.painted(text, style))
            room = terminal.width - 2 - len(text)
        else:
            lines[-1] += " " + terminal.painted(text, style)
            room -= len(text) + 1
    return lines[1:]


def parties_page(parties: Sequence[tuple[Party, PartyCounts]], terminal: TerminalStyle) -> list[str]:
    """Render each party with what it owes, owes late, is owed and has to confirm."""
    heads = ("OWES", "LATE", "IS OWED", "TO CONFIRM")
    styles = ("plain", "overdue", "plain", "unconfirmed")
    head = "  ".join(heads)
    indent = " " * (len(head) + 3)
    lines = [terminal.painted(f" {head}  PARTY", "heading")]
    for party, counts in parties:
        values = (counts.owes, counts.late, counts.owed, counts.unconfirmed)
        cells = [
            terminal.painted(f"{value or '-':>{len(name)}}", style if value else "dim")
            for value, name, style in zip(values, heads, styles, strict=True)
        ]
        short = f" ({visible(party['short'])})" if "short" in party else ""
        lines += terminal.paragraph(visible(party["name"]) + short, indent, first=f" {'  '.join(cells)}  ")
    return lines


def party_names_page(parties: Sequence[Party], terminal: TerminalStyle) -> list[str]:
    """Render each party with all its names."""
    lines: list[str] = []
    for party in parties:
        lines += terminal.paragraph(visible(party["name"]), "  ", first="")
        named = (
            ("short", party.get("short", "")),
            ("Russian", party.get("ru", "")),
            ("also", "; ".join(party.get("aliases", []))),
        )
        for label, text in named:
            if text:
                lines += terminal.paragraph(visible(text), " " * 11, first=f"  {label:<9}")
    return lines
