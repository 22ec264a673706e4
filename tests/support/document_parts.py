"""Reads a report's `Document`: its texts, its tables and its counts."""

from collections.abc import Iterator
from itertools import takewhile

from store.reports.document import Bars, Document, Figures, Section, Table, TableRow, TextBlock, Timeline

RECORDERS = (
    "Reports and confirmations were entered by those who keep this list, on behalf of the institutions, "
    "unless it says otherwise."
)
"""The sentence that says once who recorded the voices."""


def texts(document: Document) -> list[str]:
    """Every text that stands anywhere in a document."""
    found = [document.title, *document.about, *document.marks]
    for fact in document.facts:
        found += fact
    for part in document.parts:
        found.append(part.heading)
        for block in part.blocks:
            found += _texts_of(block)
    return found


def _texts_of(block: object) -> Iterator[str]:
    if isinstance(block, TextBlock):
        yield from (block.lead, block.text)
    elif isinstance(block, Figures):
        for count, what, _ in block.figures:
            yield from (count, what.replace("{n}", count))
    elif isinstance(block, Table):
        assert block.entries, "an empty table"
        yield from (column.heading for column in block.columns)
        for entry in block.entries:
            assert len(entry.cells) == len(block.columns)
            yield from (*entry.cells, *entry.remarks)
    elif isinstance(block, Bars):
        yield from (block.title, block.description, *(what for what, _ in block.pieces), *(b[0] for b in block.bars))
    elif isinstance(block, Timeline):
        yield from (block.title, block.description, block.today_label)
        yield from (*(name for _, name in block.months), *(label for _, label, _ in block.points))
    else:
        raise AssertionError(f"an unknown block: {block}")


def whole(document: Document) -> str:
    """All of it as one text."""
    return "\n".join(texts(document))


def part(document: Document, heading: str, under: str | None = None) -> Section:
    """The part with this heading; `under`: the first one after the part with that heading."""
    parts = list(document.parts)
    if under is not None:
        parts = parts[[each.heading for each in parts].index(under) + 1 :]
    return next(each for each in parts if each.heading == heading)


def headings(document: Document, under: str) -> list[str]:
    """The headings of level 2 under one of level 1."""
    at = [each.heading for each in document.parts].index(under)
    found = []
    for each in document.parts[at + 1 :]:
        if each.level == 1:
            break
        found.append(each.heading)
    return found


def entries(part_of: Section) -> list[TableRow]:
    """The entries of all tables of a part."""
    return [entry for block in part_of.blocks if isinstance(block, Table) for entry in block.entries]


def cells(part_of: Section) -> list[list[str]]:
    """Their cells."""
    return [list(entry.cells) for entry in entries(part_of)]


def numbers(part_of: Section) -> list[str]:
    """The first cells of its tables."""
    return [entry.cells[0] for entry in entries(part_of)]


def entry(part_of: Section, number: int) -> TableRow:
    """The entry of one commitment."""
    return next(each for each in entries(part_of) if each.cells[0] == f"#{number}")


def paragraphs(part_of: Section) -> list[str]:
    """The paragraphs of a part that have no heading of their own."""
    return [block.text for block in part_of.blocks if isinstance(block, TextBlock) and not block.lead]


def led(document: Document, heading: str, under: str) -> str:
    """The paragraph with this heading of its own and those that follow, the first after the part; empty without one."""
    at = [each.heading for each in document.parts].index(under)
    for each in document.parts[at:]:
        text_blocks = [block for block in each.blocks if isinstance(block, TextBlock)]
        for place, block in enumerate(text_blocks):
            if block.lead == f"{heading}:":
                more = takewhile(lambda following: not following.lead, text_blocks[place + 1 :])
                return " ".join([block.text, *(following.text for following in more)])
    return ""


def figures(part_of: Section) -> dict[str, str]:
    """What is counted -> its count."""
    counted = [each for block in part_of.blocks if isinstance(block, Figures) for each in block.figures]
    return {what.replace("{n}", "").strip(" :"): count for count, what, _ in counted}
