"""The parties as lines, with figures in columns, and all names of each."""

from __future__ import annotations

from store.model.vocabulary_and_signs import BANDS, Band
from store.rules.party_names import name_in_language
from store.sanitise_text import visible
from store.translation import phrase, tr
from tui.render.segments import columns_of
from tui.render.widths import padded, width_of, wrapped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.model.record_types import Party
    from store.rules.party_counts import PartyCounts
    from tui.render.segments import Segments
    from tui.render.terminal_style import TerminalStyle

_HEADS = (phrase("OWES"), phrase("LATE"), phrase("OWED"), phrase("CONFIRM"))
_LEAST_NAME = 12
_ONE_LINE_WIDTH = 120
"""Columns from which the other names of a party stand in a column of its line."""

_INDENT = 2
_LABEL = 9
_SHORT, _OF_RUSSIAN, _ALSO = phrase("short"), phrase("Russian"), phrase("also")
"""The labels of a party's names, and their columns at least."""


def parties_page(
    parties: Sequence[tuple[Party, PartyCounts]],
    terminal: TerminalStyle,
    *,
    has_names: bool = False,
    is_airy: bool = False,
    height: int = 0,
) -> tuple[Segments, list[list[Segments]]]:
    """Render the headings of the columns, and each party: what it owes, owes late, is owed, has to confirm.

    The lines begin at the second column of the page. The first segment of the headings is as wide as the names.
    `has_names`: a line with the party's other names follows, on a wide page a column, and a long name is cut before its
    short one; else it takes several lines. `is_airy`: a blank line stands between two parties of several lines; so
    it does where all of them have room in `height` lines.
    """
    is_wide = has_names and terminal.width >= _ONE_LINE_WIDTH
    names = [_whole_name(party, terminal) for party, _ in parties]
    heads = list(map(tr, _HEADS))
    room = max(_LEAST_NAME, terminal.width - 2 - sum(width_of(head) + 2 for head in heads))
    name_width = min(max(map(width_of, (tr("PARTY"), *names))), room)
    headings: Segments = [(padded(tr("PARTY"), name_width), "heading")]
    headings += [(f"  {head}", "heading") for head in heads]
    headings += [(f"   {tr('OTHER NAMES')}", "heading")] if is_wide else []
    every = []
    for name, (party, counts) in zip(names, parties, strict=True):
        first, *rest = [_cut(name, party, name_width, terminal)] if has_names else wrapped(name, name_width)
        line: Segments = [(padded(first, name_width), "heading")]
        for (text, style), head in zip(_cells(counts), heads, strict=True):
            line += [(" " * (2 + width_of(head) - len(text)), "plain"), (text, style)]
        lines: list[Segments] = [line, *([(part, "heading")] for part in rest)]
        others = "; ".join(terminal.sanitised(other) for other in _other_names(party)) if has_names else ""
        if others and is_wide:
            line.append(("   " + terminal.cut(others, terminal.width - 2 - columns_of(line) - 3), "dim"))
        elif others:
            lines.append([(" " * _INDENT + terminal.cut(others, terminal.width - 2 - _INDENT), "dim")])
        every.append(lines)
    is_airy = is_airy or sum(map(len, every)) + len(every) - 1 <= height
    if is_airy and has_names and not is_wide:
        every = [[*lines, *([[]] if place + 1 < len(every) else [])] for place, lines in enumerate(every)]
    return headings, every


def _other_names(party: Party) -> list[str]:
    name = name_in_language(party)
    others = (party["name"], party.get("ru"), *party.get("aliases", []))
    return [other for other in others if other and other != name]


def _whole_name(party: Party, terminal: TerminalStyle) -> str:
    return terminal.encodable(visible(name_in_language(party)) + _short_name(party))


def _short_name(party: Party) -> str:
    return f" ({visible(party['short'])})" if "short" in party else ""


def _cut(name: str, party: Party, width: int, terminal: TerminalStyle) -> str:
    """A whole name cut to `width` columns, before its short name where possible."""
    short = terminal.encodable(_short_name(party))
    if width_of(name) <= width or width_of(short) > width // 2:
        return terminal.cut(name, width)
    return terminal.cut(name.removesuffix(short), width - width_of(short)) + short


def _cells(counts: PartyCounts) -> list[tuple[str, str]]:
    late, unconfirmed = BANDS[Band.OVERDUE], BANDS[Band.UNCONFIRMED]
    cells = (
        (counts.owes, "", "plain"),
        (counts.late, f"{late.sign} ", late.style),
        (counts.owed, "", "plain"),
        (counts.unconfirmed, f"{unconfirmed.sign} ", unconfirmed.style),
    )
    return [(f"{sign}{count}", style) if count else ("-", "dim") for count, sign, style in cells]


def party_names_page(parties: Sequence[Party], terminal: TerminalStyle) -> list[Segments]:
    """Render each party with all its names."""
    lines: list[Segments] = []
    room = max(_LABEL, *(width_of(tr(label)) + 2 for label in (_SHORT, _OF_RUSSIAN, _ALSO)))
    for party in parties:
        lines += [[(line, "heading")] for line in terminal.paragraph(visible(party["name"]), "   ", first=" ")]
        named = (
            (_SHORT, party.get("short", "")),
            (_OF_RUSSIAN, party.get("ru", "")),
            (_ALSO, "; ".join(party.get("aliases", []))),
        )
        for label, text in named:
            if text:
                indent = " " * (1 + _INDENT + room)
                first = f" {'':{_INDENT}}{padded(tr(label), room)}"
                lines += [[(line, "plain")] for line in terminal.paragraph(visible(text), indent, first=first)]
    return lines
