"""The lines of the capture screen: the text around a promise, its proposal, the list. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.capture.fields.deadline_of_promise import days_near, is_span
from store.capture.person_names.mask_person_names import possible_names
from store.capture.text_structure.blocks import NO_WORD, BlockKind
from store.sanitise_text import visible
from store.translation import phrase_in, plural, tr, tr_in
from tui.app.capture_review import SIGNS, TAKEN
from tui.render.capture_lines import rules_named
from tui.render.commitment_numbers import number_text
from tui.render.commitment_table import parties
from tui.render.day_words import day, day_with_weekday
from tui.render.lateness_and_outcome_words import kind_text
from tui.render.party_words import short_name
from tui.render.widths import padded, width_of, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.capture.proposals.propose_commitments import Proposal
    from store.capture.text_structure.blocks import Block
    from store.model.record_types import Commitment
    from store.snapshot import Snapshot
    from tui.app.capture_review import CaptureReview, Decision
    from tui.render.segments import Segments
    from tui.render.terminal_style import TerminalStyle

_OVERLONG = re.compile(f"{NO_WORD}+")
"""What stands in the words of a block for what is too long to be a word."""

_BLOCKS_AROUND = 12
"""Blocks before and behind the one of a promise that its pane shows."""

_LEAST_LABEL = 6
_BANDS = (
    *(phrase_in("capture", "sure"), phrase_in("capture", "likely"), phrase_in("capture", "doubtful")),
    *(phrase_in("capture", "unlikely"), phrase_in("capture", "taken"), phrase_in("capture", "merged")),
    phrase_in("capture", "refused"),
)
"""How sure a proposal is, and what was decided of it, as `store.capture` and a review have the words."""

_OTHER_WORDS = (
    *(phrase_in("capture", "firm"), phrase_in("capture", "soft")),
    *(phrase_in("capture", "day"), phrase_in("capture", "week"), phrase_in("capture", "month")),
    *(phrase_in("capture", "quarter"), phrase_in("capture", "half"), phrase_in("capture", "season")),
    phrase_in("capture", "year"),
)
"""How firm its words are, and how precise its date."""

_LABELS = (
    *(phrase_in("capture", "by"), phrase_in("capture", "to"), phrase_in("capture", "due")),
    *(phrase_in("capture", "kind"), phrase_in("capture", "seats"), phrase_in("capture", "like")),
    phrase_in("capture", "why"),
)
"""The labels of fields."""

_NO_DATE = phrase_in("capture", "no date")
FLAG_COLUMNS = 6
"""Columns of a row that the cursor covers."""
_DAY = 11
_LEAST_TITLE = 24
_LEAST_PARTIES = 14
_BY_WHOM, _TO_WHOM = "b", "t"
"""The keys that go through those who may promise, and to whom."""


# The text.


@dataclass(frozen=True, slots=True)
class TextPane:
    """The lines of the text, and at which of them the promise begins."""

    lines: Sequence[Segments]
    first: int


def text_pane(proposal: Proposal, review: CaptureReview, terminal: TerminalStyle) -> TextPane:
    """The text around a promise, with a bar left of its words; the text as it is, names too."""
    room = max(10, terminal.width - 4)
    place = proposal.places[0]
    at = next((at for at, block in enumerate(review.blocks) if block.at[0] <= place.start <= block.at[-1]), 0)
    lines: list[Segments] = []
    first = 0
    for number, block in enumerate(review.blocks[max(0, at - _BLOCKS_AROUND) : at + _BLOCKS_AROUND + 1]):
        is_its = max(0, at - _BLOCKS_AROUND) + number == at
        if lines and not (block.kind == BlockKind.ITEM and number):
            lines.append([])
        if not is_its:
            style = "strong" if block.kind == BlockKind.HEADING else "plain"
            lines += [[(f"   {line}", style)] for line in _wrapped(_words(block), room, terminal)]
            continue
        start, end = _span(block, place.start, place.end)
        before, words, behind = block.words[:start], block.words[start:end], block.words[end:]
        before, words = (_lead(block) + before, words) if before else ("", _lead(block) + words)
        lines += [[(f"   {line}", "plain")] for line in _wrapped(before, room, terminal)]
        first = len(lines)
        lines += [[(f" {terminal.here} {line}", "strong")] for line in _wrapped(words, room, terminal)]
        lines += [[(f"   {line}", "plain")] for line in _wrapped(behind, room, terminal)]
    return TextPane(lines, first)


def text_from_its_beginning(review: CaptureReview, terminal: TerminalStyle) -> list[Segments]:
    """The first lines of a text without proposals."""
    room = max(10, terminal.width - 4)
    lines: list[Segments] = []
    for block in review.blocks[: 2 * _BLOCKS_AROUND]:
        if lines and block.kind != BlockKind.ITEM:
            lines.append([])
        style = "strong" if block.kind == BlockKind.HEADING else "plain"
        lines += [[(f"   {line}", style)] for line in _wrapped(_words(block), room, terminal)]
    return lines


def nothing_found_lines(review: CaptureReview, terminal: TerminalStyle) -> list[Segments]:
    """The lines of a text without promises, with the key that shows its sentences."""
    count = review.left_out_count
    head = tr("No promise was found in {file}.", file=visible(review.source.name))
    if review.is_all_refused:
        head = tr(
            "No promise is left to decide in {file}: what was found was refused.", file=visible(review.source.name)
        )
    said = (
        (head, "heading"),
        (
            plural(
                ". shows its {n} sentence: a makes it a commitment.",
                ". shows its {n} sentences: a makes any of them a commitment.",
                count,
            ),
            "plain",
        ),
        (tr("f finds one by its words. Esc leaves the text: nothing of it is stored."), "dim"),
    )
    lines: list[Segments] = []
    for text, style in said:
        lines += [*([[]] if lines else []), *([(line, style)] for line in _wrapped(text, terminal.width, terminal))]
    return lines


def _span(block: Block, start: int, end: int) -> tuple[int, int]:
    """The span in the words of a block of a span in the text."""
    inside = [place for place, at in enumerate(block.at) if start <= at < end]
    return (inside[0], inside[-1] + 1) if inside else (0, len(block.words))


def _lead(block: Block) -> str:
    return "- " if block.kind == BlockKind.ITEM else ""


def _words(block: Block) -> str:
    return _lead(block) + block.words


def _wrapped(text: str, room: int, terminal: TerminalStyle) -> list[str]:
    text = terminal.encodable(visible(_OVERLONG.sub("…", text))).strip()
    return wrapped(text, room) if text else []


# What is proposed.


def detail_lines(
    proposal: Proposal, place: int, count: int, review: CaptureReview, snapshot: Snapshot, terminal: TerminalStyle
) -> list[Segments]:
    """The proposal of a sentence, field by field, and why; it is number `place` of `count`."""
    width = terminal.width
    decision = review.decision(proposal)
    number = tr("{n} of {total}", n=place, total=count)
    band, strength = tr_in("capture", proposal.band), tr_in("capture", proposal.strength)
    if proposal.why:
        sure = tr_in("capture", "{band}, {strength}", band=band, strength=strength)
    else:  # Nothing promises in it: how firmly, nobody can say.
        sure = tr_in("capture", "{band}", band=band)
    head = f"{number}  {sure}"
    where = _places(proposal)
    gap = max(2, width - width_of(head) - width_of(where))
    lines: list[Segments] = [[(head, "dim"), (" " * gap, "plain"), (where, "dim")]]
    if width_of(head) + 2 + width_of(where) > width:
        lines = [[(head, "dim")], [(where, "dim")]]
    if width_of(head) > width:  # Where its words are longer than in English.
        gap = max(2, width - width_of(number) - width_of(where))
        lines = [[(number, "dim"), (" " * gap, "plain"), (where, "dim")]]
        lines += [[(line, "dim")] for line in wrapped(sure, width)]
    lines += [[(line, "heading")] for line in _wrapped(proposal.title, width, terminal)]
    lines.append([])
    if decision is not None:
        lines += [*_labelled("", _became(decision, snapshot, terminal), terminal, "strong"), []]
    if proposal.by or decision is not None:
        lines += _row("by", _named(proposal.by, proposal, snapshot, terminal), _how(proposal, terminal), terminal)
    else:
        lines += _chosen("by", _BY_WHOM, (), review.next_promiser(proposal), snapshot, terminal)
        lines += _labelled("", _how(proposal, terminal), terminal, "dim")
    if decision is not None or review.has_receivers(proposal):
        lines += _labelled("to", _named(proposal.to, proposal, snapshot, terminal), terminal)
    else:
        following, is_other_side = review.next_receiver(proposal), bool(proposal.suggest_to)
        lines += _chosen("to", _TO_WHOM, proposal.to, following, snapshot, terminal, is_other_side=is_other_side)
    lines += _due(proposal, review.dated, terminal)
    warnings = warnings_of(proposal, snapshot)
    is_missing = decision is None and not (proposal.by and proposal.to)
    if is_missing and not proposal.choices.guests and not snapshot.visits[review.visit].get("delegation"):
        warnings.append(tr("the visit has no delegation"))  # With one, more parties would be known.
    for warning in warnings:
        lines += _labelled("!", terminal.sanitised(warning), terminal)
    lines += _labelled("kind", terminal.sanitised(kind_text(proposal.kind)), terminal)
    if proposal.seats is not None:
        lines += _labelled("seats", str(proposal.seats), terminal)
    lines.append([])
    if proposal.like is not None and proposal.like in snapshot.commitments:
        its = snapshot.commitments[proposal.like]
        lines += _labelled("like", f"{number_text(proposal.like)} {terminal.sanitised(its['title'])}", terminal)
        for difference in _differences(proposal, its, snapshot):
            lines += _labelled("", terminal.sanitised(difference), terminal, "strong")
    lines += _labelled(
        "why", "; ".join(map(terminal.sanitised, rules_named(proposal.why, proposal.cue))), terminal, "dim"
    )
    return lines


def fitted(lines: Sequence[Segments], rows: int) -> list[Segments]:
    """The lines without blank ones, the last removed first, until they fit."""
    found = list(lines)
    for place in range(len(found) - 1, -1, -1):
        if len(found) <= rows:
            break
        if not found[place]:
            del found[place]
    return found


def warnings_of(proposal: Proposal, snapshot: Snapshot) -> list[str]:
    """The warnings before a proposal is taken, on likely names of persons among them."""
    found = list(proposal.warnings)
    names = possible_names(proposal.quote, snapshot.parties)
    if names:
        found.append(tr("a person? {names}: N masks the name", names=", ".join(names)))
    return found


def _differences(proposal: Proposal, its: Commitment, snapshot: Snapshot) -> list[str]:
    """The differences of the commitment that a proposal resembles: `due: 11 Dec 2026 there, 14 Dec 2026 here`."""

    def named(names: Sequence[str]) -> str:
        return ", ".join(short_name(snapshot.parties, name) for name in names)

    wanted = its.get("seats", {}).get("wanted")
    fields = (
        ("by", named(its["by"]), named(proposal.by)),
        ("to", named(its["to"]), named(proposal.to)),
        ("due", day(its["due"]) if its.get("due") else "", day(proposal.due) if proposal.due else ""),
        ("seats", str(wanted or ""), str(proposal.seats or "")),
    )
    return [
        tr("{field}: {there} there, {here} here", field=tr_in("capture", field), there=there or "-", here=here)
        for field, there, here in fields
        if here and here != there
    ]


def _became(decision: Decision, snapshot: Snapshot, terminal: TerminalStyle) -> str:
    number = decision.number
    if number is None:
        return tr_in("capture", decision.sort)
    if decision.sort != TAKEN:
        return tr("merged into #{n}", n=number)
    commitment = snapshot.commitments.get(number)
    if not commitment:
        return tr("#{n} taken", n=number)
    return tr("#{n} taken by {name}", n=number, name=terminal.sanitised(commitment["owner"]))


def _places(proposal: Proposal) -> str:
    pages = [place.page for place in proposal.places]
    if len(proposal.places) == 1:
        return proposal.places[0].in_words
    if all(page is not None for page in pages):
        return tr("places p. {pages}", pages=", ".join(dict.fromkeys(map(str, pages))))
    return tr("places para {numbers}", numbers=", ".join(str(place.paragraph) for place in proposal.places))


def _named(names: Sequence[str], proposal: Proposal, snapshot: Snapshot, terminal: TerminalStyle) -> str:
    shown = [
        tr("{party} (new)", party=its_name) if name in proposal.new else its_name
        for name in names
        for its_name in [terminal.sanitised(short_name(snapshot.parties, name))]
    ]
    return ", ".join(shown) or "-"


def _how(proposal: Proposal, terminal: TerminalStyle) -> str:
    words = terminal.sanitised(proposal.by_words)
    known = [name for name in proposal.by if name == proposal.by_words]
    return tr('"{text}"', text=words) if words and not known else ""


def _chosen(
    label: str,
    key: str,
    names: Sequence[str],
    following: Sequence[str],
    snapshot: Snapshot,
    terminal: TerminalStyle,
    *,
    is_other_side: bool = False,
) -> list[Segments]:
    """A field with the parties that the key fills in next, behind it."""

    def shown(parties: Sequence[str]) -> str:
        return ", ".join(terminal.sanitised(short_name(snapshot.parties, name)) for name in parties)

    now = shown(names) or "-"
    if not following or tuple(following) == tuple(names):
        return _labelled(label, now, terminal)
    room = terminal.width - _label_columns()
    other = tr(" {party} (other side)", party=shown(following)) if is_other_side else f" {shown(following)}?"
    lines: list[Segments] = []
    if width_of(now) + 3 + width_of(other) > room and names:
        lines, now = _labelled(label, now, terminal), ""
    start = tr_in("capture", label) if now else ""
    gap = "  " if now else ""
    room -= width_of(now + gap) + 1
    behind = (key, "key"), (terminal.cut(other, max(1, room)), "plain" if not names else "dim")
    return [*lines, [(padded(start, _label_columns()), "dim"), (now + gap, "plain"), *behind]]


def _due(proposal: Proposal, dated: str, terminal: TerminalStyle) -> list[Segments]:
    """The date; for words without a day, the days they may mean. `dated` is the ISO day of the text."""
    words = terminal.sanitised(proposal.due_words or "")
    if proposal.due is None:
        text = tr('no date: "{words}"', words=words) if words else tr_in("capture", _NO_DATE)
        near = tr(" or ").join(map(day, days_near(proposal.due_words or "", dated))) if words else ""
        return [
            *_labelled("due", text, terminal),
            *(_labelled("", tr("d: {days}?", days=near), terminal, "dim") if near else []),
        ]
    precision = tr_in("capture", proposal.due_precision) if proposal.due_precision else ""
    lines = _row("due", day_with_weekday(proposal.due), precision, terminal)
    if words and is_span(words):
        return lines + _labelled("", tr('"{words}", from {day}', words=words, day=day(dated)), terminal, "dim")
    return lines + (_labelled("", tr('"{text}"', text=words), terminal, "dim") if words else [])


def _row(label: str, text: str, aside: str, terminal: TerminalStyle) -> list[Segments]:
    """A field, and at the right end in dim letters where it comes from; in a line of its own where there is no room."""
    room = terminal.width - _label_columns()
    if not aside or width_of(text) + 2 + width_of(aside) > room:
        return _labelled(label, text, terminal) + (_labelled("", aside, terminal, "dim") if aside else [])
    gap = " " * (room - width_of(text) - width_of(aside))
    shown = padded(tr_in("capture", label), _label_columns())
    return [[(shown, "dim"), (text, "plain"), (gap, "plain"), (aside, "dim")]]


def _label_columns() -> int:
    """The width of the labels of fields."""
    return max(_LEAST_LABEL, *(width_of(tr_in("capture", label)) + 1 for label in _LABELS))


def _labelled(label: str, text: str, terminal: TerminalStyle, style: str = "plain") -> list[Segments]:
    columns = _label_columns()
    shown = tr_in("capture", label) if label.isalpha() else label
    lines = wrapped(terminal.encodable(text), max(10, terminal.width - columns)) if text else []
    return [[(padded("" if place else shown, columns), "dim"), (line, style)] for place, line in enumerate(lines)]


# The list.


def list_rows(
    review: CaptureReview, proposals: Sequence[Proposal], snapshot: Snapshot, terminal: TerminalStyle
) -> list[tuple[int, list[Segments]]]:
    """The rows of the list, each with its key: sign, number, band, parties, title, date."""
    of_band = max((width_of(tr_in("capture", each.band)) for each in proposals), default=0) + 2
    room = terminal.width - 2 - FLAG_COLUMNS - of_band
    widest = _widest_parties(room)
    needed = max((width_of(_parties_of(each, snapshot, widest, terminal)) for each in proposals), default=0)
    columns = (of_band, max(_LEAST_PARTIES, needed), room)
    return [(review.key_of(each), [_list_row(each, review, snapshot, terminal, columns)]) for each in proposals]


def _widest_parties(room: int) -> int:
    """The largest width of the parties: the title needs the rest."""
    return max(_LEAST_PARTIES, min(30, room // 3))


def _parties_of(proposal: Proposal, snapshot: Snapshot, width: int, terminal: TerminalStyle) -> str:
    by = [terminal.sanitised(short_name(snapshot.parties, name)) for name in proposal.by] or ["?"]
    to = [terminal.sanitised(short_name(snapshot.parties, name)) for name in proposal.to] or ["?"]
    return parties(by, to, width, terminal)


def _list_row(
    proposal: Proposal,
    review: CaptureReview,
    snapshot: Snapshot,
    terminal: TerminalStyle,
    columns: tuple[int, int, int],
) -> Segments:
    """Render a row; `columns`: the width of the band, of the parties, and of all after the band.

    The number is that of `--dry-run` and of JSON; a sentence that was left out there has none.
    """
    decision = review.decision(proposal)
    sign = SIGNS[decision.sort] if decision else " "
    of_band, of_parties, room = columns
    when = day(proposal.due) if proposal.due else tr_in("capture", _NO_DATE)
    of_title = max(_LEAST_TITLE, room - of_parties - _DAY - 4)
    if of_parties + of_title + _DAY + 4 > room:
        of_parties, of_title = 0, room - _DAY - 2
    who = padded(_parties_of(proposal, snapshot, of_parties, terminal), of_parties + 2) if of_parties else ""
    title = padded(terminal.cut(terminal.sanitised(proposal.title), of_title), of_title + 2)
    style = "dim" if decision else "plain"
    return [
        (f"{sign} {proposal.n or '':3} ", style),
        (padded(tr_in("capture", proposal.band), of_band), style if decision else "dim"),
        (f"{who}{title}{when:>{_DAY}}", style),
    ]
