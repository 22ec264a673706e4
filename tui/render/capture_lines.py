"""Renders the proposals of a text as a table: number, band, place, parties, title, date."""

from __future__ import annotations

from store.text import visible
from store.translation import tr
from tui.render.commitment_table import parties
from tui.render.widths import padded, width_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from store.capture.proposals import Proposal
    from tui.render.terminal_style import TerminalStyle

_LEAST_TITLE = 24
"""Columns of a title, below which the parties are cut."""

_DATE = len("2023-06-30")


def state_of(proposal: Proposal) -> str:
    """What became of a proposal before: the commitment that it is, or is like; refused."""
    if proposal.known is not None:
        return f"#{proposal.known}"
    if proposal.is_refused:
        return "refused"
    return tr("like #{like}", like=proposal.like) if proposal.like is not None else ""


def proposal_lines(proposals: Sequence[Proposal], shown: Callable[[str], str], terminal: TerminalStyle) -> list[str]:
    """A line for each proposal, in the order given."""
    rows: list[tuple[str, str, str, str, str]] = []
    sides: list[tuple[list[str], list[str]]] = []
    for each in proposals:
        place = each.places[0]
        page = f"p. {place.page}" if place.page is not None else tr("para {paragraph}", paragraph=place.paragraph)
        due = each.due or (visible(each.due_words) if each.due_words else tr("no date"))
        rows.append((str(each.n), each.band, page, due, state_of(each)))
        # A question mark for whom nobody named.
        by, to = ([terminal.sanitised(shown(name)) for name in names] or ["?"] for names in (each.by, each.to))
        sides.append((by, to))
    if not rows:
        return []
    number, band, page_width, date, state = (max(width_of(row[at]) for row in rows) for at in range(5))
    date = min(max(date, _DATE), 2 * _DATE)
    room = terminal.width - number - band - page_width - date - 8 - (state + 2 if state else 0)
    widest = max(room - _LEAST_TITLE, 12)
    of_parties = max(width_of(parties(by, to, widest, terminal)) for by, to in sides)
    title = max(room - of_parties - 2, 12)
    lines = []
    for each, (number_text, band_text, page, due, what), (by, to) in zip(proposals, rows, sides, strict=True):
        cells = (
            number_text.rjust(number),
            padded(band_text, band),
            padded(page, page_width),
            padded(parties(by, to, of_parties, terminal), of_parties),
            padded(terminal.cut(visible(each.title), title), title),
            padded(terminal.cut(due, date), date),
            what,
        )
        lines.append("  ".join(cells).rstrip())
    return lines
