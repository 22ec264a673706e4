"""Renders the proposals of a text as a table: number, band, place, parties, title, date."""

from __future__ import annotations

from store.rules.days import said_day
from store.sanitise_text import visible
from store.translation import phrase_in, tr, tr_in
from tui.render.commitment_numbers import number_text
from tui.render.commitment_table import parties
from tui.render.widths import padded, width_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from store.capture.proposals.propose_commitments import Proposal
    from tui.render.terminal_style import TerminalStyle

_LEAST_TITLE = 24
"""Columns of a title, below which the parties are cut."""

_DATE = len("2023-06-30")


def state_of(proposal: Proposal) -> str:
    """What a proposal already is: an entered commitment, like one, or refused."""
    if proposal.known is not None:
        return number_text(proposal.known)
    if proposal.is_refused:
        return tr_in("capture", "refused")
    return tr("like #{like}", like=proposal.like) if proposal.like is not None else ""


_RULES = (
    *(phrase_in("rule", "a request"), phrase_in("rule", "a hope"), phrase_in("rule", "only discussed")),
    *(phrase_in("rule", "a view"), phrase_in("rule", "of the past"), phrase_in("rule", "a condition")),
    *(phrase_in("rule", "an effect"), phrase_in("rule", "programme of an event"), phrase_in("rule", "no act")),
    *(phrase_in("rule", "the next meeting"), phrase_in("rule", "a noun"), phrase_in("rule", "party named")),
    *(phrase_in("rule", "an institution"), phrase_in("rule", "both sides"), phrase_in("rule", "it")),
    phrase_in("rule", "sides not named"),
    *(phrase_in("rule", "we"), phrase_in("rule", "a person"), phrase_in("rule", "an event as subject")),
    *(phrase_in("rule", "a thing as subject"), phrase_in("rule", "told, not made")),
    *(phrase_in("rule", "no subject"), phrase_in("rule", "no doer"), phrase_in("rule", "negated")),
    *(phrase_in("rule", "within a condition"), phrase_in("rule", "an event of others")),
    *(phrase_in("rule", "told behind the colon"), phrase_in("rule", "perhaps")),
    *(phrase_in("rule", "under a heading of actions"), phrase_in("rule", "a quoted mail")),
    *(phrase_in("rule", "a question"), phrase_in("rule", "named under actions")),
    *(phrase_in("rule", "dated under actions"), phrase_in("rule", "below a line that agrees")),
    *(phrase_in("rule", "an order under actions"), phrase_in("rule", "infinitive under a decision")),
    *(phrase_in("rule", "dative and infinitive"), phrase_in("rule", "a row of actions")),
    *(phrase_in("rule", "charged with"), phrase_in("rule", "done already"), phrase_in("rule", "not kept")),
    *(phrase_in("rule", "promised what was asked"), phrase_in("rule", "recommended")),
)
"""Names of rules that are no words of the text."""


def rules_named(names: Sequence[str], words: str = "") -> list[str]:
    """The rules that found a proposal, in words for people; the first may be a cue.

    A Russian cue is called by its `words` in the text: its name is one form of many.
    """
    cue = [tr_in("rule", "{words}", words=name) for name in names[:1] if name not in _RULES]
    if cue and words > "\x7f":
        cue = [tr_in("rule", "“{words}” in the text", words=words)]
    return [*cue, *(tr_in("rule", name) if name in _RULES else name for name in names[len(cue) :])]


def proposal_lines(proposals: Sequence[Proposal], shown: Callable[[str], str], terminal: TerminalStyle) -> list[str]:
    """Render one line for each proposal, in the order given."""
    rows: list[tuple[str, str, str, str, str]] = []
    sides: list[tuple[list[str], list[str]]] = []
    for each in proposals:
        place = each.places[0]
        page = (
            tr("p. {page}", page=place.page)
            if place.page is not None
            else tr("para {paragraph}", paragraph=place.paragraph)
        )
        due = (
            said_day(each.due)
            if each.due
            else (visible(each.due_words) if each.due_words else tr_in("capture", "no date"))
        )
        rows.append((str(each.n), tr_in("capture", each.band), page, due, state_of(each)))
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
    for each, (figure, band_text, page, due, what), (by, to) in zip(proposals, rows, sides, strict=True):
        cells = (
            figure.rjust(number),
            padded(band_text, band),
            padded(page, page_width),
            padded(parties(by, to, of_parties, terminal), of_parties),
            padded(terminal.cut(visible(each.title), title), title),
            padded(terminal.cut(due, date), date),
            what,
        )
        lines.append("  ".join(cells).rstrip())
    return lines
