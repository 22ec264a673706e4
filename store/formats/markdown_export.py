"""Write a document as Markdown (CommonMark with GitHub's tables); what people typed is escaped.

A backslash stands before every character that could be syntax at its place (CommonMark 0.31, 2.4). A table cannot join
cells or break a line, so a remark is a row of its own in the widest column. A chart is written as its description.
"""

from __future__ import annotations

from store.reports.document import Bars, Figures, Table, TextBlock, Timeline
from store.sanitise_text import visible, visible_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.reports.document import Block, Document, Section, TableRow

_EVERYWHERE = "\\`*_[]<>{}|~&$^@"
"""Syntax anywhere in a line: code, emphasis, links, HTML, entities, cells; in some dialects formulas and more."""
_AT_THE_START = "#+-=:%"
"""Syntax at the start of a line: a heading, an item, a rule, or an underline of the line before."""
_BOLD = ("strong", "overdue", "today")


def render_markdown(document: Document) -> str:
    """Render a document as Markdown text that ends with a line break."""
    paragraphs = [_bold(_inline(" · ".join(document.marks)), "strong"), _heading(1, document.title)]
    paragraphs += [_line(text) for text in document.about]
    paragraphs.append("\n".join(f"- {_line(f'{label}: {value}')}" for label, value in document.facts))
    for part in document.parts:
        paragraphs += _part(part)
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph) + "\n"


def _part(part: Section) -> list[str]:
    paragraphs = [_heading(part.level + 1, part.heading)]
    for block in part.blocks:
        paragraphs += _block(block)
    return paragraphs


def _block(block: Block) -> list[str]:
    if isinstance(block, TextBlock):
        lines = [_line(line) for line in visible_lines(block.text)]
        lead = _bold(_line(block.lead), "strong") + " " if block.lead else ""
        return [lead + "\\\n".join(_bold(line, block.style) for line in lines if line)]
    if isinstance(block, Figures):
        return ["\n".join(map(_figure, block.parts()))]
    if isinstance(block, Table):
        return [_table(block)]
    assert isinstance(block, Bars | Timeline)
    return [_bold(_line(block.title), "strong"), _line(block.description)]


def _figure(parts: tuple[str, str, str, str]) -> str:
    before, count, after, _ = parts
    shown = [_line(before.rstrip(" ")), _bold(_line(count), "strong"), _line(after.strip(" "))]
    return f"- {' '.join(filter(None, shown))}"


def _table(table: Table) -> str:
    rules = ["---:" if column.is_number else "---" for column in table.columns]
    shares = [column.share for column in table.columns]
    widest = shares.index(max(shares))
    to_fill = [_inline(label) for label, _ in table.fill_under]
    headings = [_inline(column.heading) for column in table.columns]
    lines = [_row([*headings, *to_fill]), _row([*rules, *["---"] * len(to_fill)])]
    for entry in table.entries:
        lines += _entry(entry, widest, len(to_fill))
    return "\n".join(lines)


def _entry(entry: TableRow, widest: int, to_fill: int) -> list[str]:
    cells = [_bold(_inline(cell), style) for cell, style in zip(entry.cells, entry.styles, strict=True)]
    lines = [_row([*cells, *["" if entry.is_filled_in else "-"] * to_fill])]
    for remark in entry.remarks:
        for line in visible_lines(remark):
            cells = [""] * (len(entry.cells) + to_fill)
            cells[widest] = _inline(line)
            lines.append(_row(cells))
    return lines


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _heading(level: int, text: str) -> str:
    inside = _inline(text)
    bare = inside.rstrip("#")
    # A run of # at the end is a closing sequence and would not show.
    return "#" * level + " " + bare + "\\#" * (len(inside) - len(bare))


def _line(text: str) -> str:
    """Escape a text at the start of a line."""
    inside = _inline(text)
    if inside[:1] and inside[0] in _AT_THE_START:
        return "\\" + inside
    digits = len(inside) - len(inside.lstrip("0123456789"))
    if digits and inside[digits : digits + 1] in (".", ")"):
        return f"{inside[:digits]}\\{inside[digits:]}"
    return inside


def _bold(inside: str, style: str) -> str:
    return f"**{inside}**" if inside and style in _BOLD else inside


def _inline(text: str) -> str:
    """Escape a text inside of a line; runs of blanks become one, as in HTML."""
    shown = " ".join(visible(text).split())
    escaped = "".join(
        "\\" + c if c in _EVERYWHERE or (c == "." and _in_an_address(before, after)) else c
        for before, c, after in zip(" " + shown, shown, shown[1:] + " ", strict=False)
    )
    return escaped.replace("//", "/\\/")


def _in_an_address(before: str, after: str) -> bool:
    """Whether a dot between these may be part of a bare address, which some readers turn into a link."""
    return after.isalpha() or (before.isalpha() and after.isalnum())
