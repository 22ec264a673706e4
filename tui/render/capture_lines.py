"""Renders the proposals of a text as a table: number, band, place, parties, title, date."""

from __future__ import annotations

from store.text import visible
from tui.render.widths import first_columns, padded, width_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from store.capture.proposals import Proposal
    from tui.render.terminal_style import TerminalStyle

_LEAST_TITLE = 24
"""Columns of a title, below which the parties are cut."""

_DATE = len("2023-06-30")


def parties_of(proposal: Proposal, shown: Callable[[str], str], terminal: TerminalStyle) -> str:
    """Who promises whom, by their short names; a question mark for whom nobody named."""
    by, to = (", ".join(visible(shown(name)) for name in names) or "?" for names in (proposal.by, proposal.to))
    if set(proposal.by) == set(proposal.to) and len(proposal.by) > 1:
        return terminal.both_ways.join(visible(shown(name)) for name in proposal.by)
    return f"{by}{terminal.arrow}{to}"


def state_of(proposal: Proposal) -> str:
    """What became of a proposal before: the commitment that it is, or is like; refused."""
    if proposal.known is not None:
        return f"#{proposal.known}"
    if proposal.is_refused:
        return "refused"
    return f"like #{proposal.like}" if proposal.like is not None else ""


def proposal_lines(proposals: Sequence[Proposal], shown: Callable[[str], str], terminal: TerminalStyle) -> list[str]:
    """A line for each proposal, in the order given."""
    rows: list[tuple[str, str, str, str, str, str]] = []
    for each in proposals:
        place = each.places[0]
        page = f"p. {place.page}" if place.page is not None else f"para {place.paragraph}"
        due = each.due or (visible(each.due_words) if each.due_words else "no date")
        rows.append((str(each.n), each.band, page, parties_of(each, shown, terminal), due, state_of(each)))
    if not rows:
        return []
    number, band, page_width, date, state = (max(width_of(row[at]) for row in rows) for at in (0, 1, 2, 4, 5))
    date = min(max(date, _DATE), 2 * _DATE)
    room = terminal.width - number - band - page_width - date - 8 - (state + 2 if state else 0)
    parties = min(max(width_of(row[3]) for row in rows), max(room - _LEAST_TITLE, 12))
    title = max(room - parties - 2, 12)
    lines = []
    for each, (number_text, band_text, page, who, due, what) in zip(proposals, rows, strict=True):
        cells = (
            number_text.rjust(number),
            padded(band_text, band),
            padded(page, page_width),
            padded(_cut(who, parties, terminal), parties),
            padded(_cut(visible(each.title), title, terminal), title),
            padded(_cut(due, date, terminal), date),
            what,
        )
        lines.append("  ".join(cells).rstrip())
    return lines


def _cut(text: str, width: int, terminal: TerminalStyle) -> str:
    if width_of(text) <= width:
        return text
    return first_columns(text, width - width_of(terminal.ellipsis)).rstrip() + terminal.ellipsis
