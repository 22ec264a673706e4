"""Read the office's own words on a report: Markdown, whose paragraphs, headings, lists and tables become blocks."""

from __future__ import annotations

import os

from store.errors import UsageError, not_built_in, unreadable
from store.foreign_files.open_file import open_foreign
from store.reports.document import Table, TableColumn, TableRow, TextBlock
from store.sanitise_text import visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from store.reports.document import Block

LONGEST_INTRODUCTION = 10_000
"""The most characters of an introduction: it stands on the first page, with the figures."""


_MOST_READ = 1_000_000
"""Characters of a file that are read: one of more than fit a first page is refused."""


def read_introduction_file(path: str) -> list[Block]:
    """The blocks of the introduction in a file. Raises: UsageError, StoreUnusable for one that cannot be read."""
    try:
        # Not through `open`: a pipe would be waited for.
        with open(open_foreign(os.path.expanduser(path)), encoding="utf-8-sig") as file:
            return read_introduction(file.read(_MOST_READ))
    except UnicodeDecodeError:
        raise UsageError(
            tr("{path} is no text in UTF-8", path=visible(path)), code="report.intro-no-text", field="intro"
        ) from None
    except OSError as error:
        raise unreadable(path, error) from None


def read_introduction(text: str) -> list[Block]:
    """The blocks of an introduction. HTML in it is text, a link its words and its address.

    Raises: UsageError for one that is too long.
    """
    if len(text) > LONGEST_INTRODUCTION:
        sentence = tr(
            "the introduction has {count:,} characters, and a first page has room for {most:,}",
            count=len(text),
            most=LONGEST_INTRODUCTION,
        )
        raise UsageError(sentence, code="report.intro-too-long", field="intro")
    try:
        from markdown_it import MarkdownIt
    except ModuleNotFoundError as error:
        raise not_built_in("Markdown", error) from None
    reader = _BlockReader()
    for token in MarkdownIt("commonmark", {"html": False}).enable("table").parse(text):
        reader.take(token)
    return reader.blocks


class _BlockReader:
    """Makes blocks of the tokens of a text, one token after the other."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._style = "plain"
        self._mark = ""
        """What stands before the next paragraph: the bullet or the number of its item."""
        self._lists: list[int | None] = []
        """The lists around: the next number of an ordered one, None for a bulleted one."""
        self._rows: list[list[str]] | None = None
        """The cells of the table that is open."""
        self._is_right: list[bool] = []

    def take(self, token: Token) -> None:
        """Take the next token."""
        if self._rows is not None and token.type != "table_close":
            self._take_in_table(self._rows, token)
        elif token.type == "table_open":
            self._rows, self._is_right = [], []
        elif token.type == "table_close":
            self.blocks += _table(self._rows or [[]], self._is_right)
            self._rows = None
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            self._lists.append(int(token.attrGet("start") or 1) if token.type == "ordered_list_open" else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self._lists.pop()
        elif token.type == "list_item_open":
            self._begin_item()
        elif token.type == "heading_open":
            self._style = "strong"
        elif token.type == "inline":
            self._add(_text(token.children or ()), self._style)
            self._style = "plain"
        elif token.type in ("fence", "code_block", "html_block"):
            self._add(token.content.rstrip("\n"), "plain")

    def _take_in_table(self, rows: list[list[str]], token: Token) -> None:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "th_open":
            self._is_right.append("right" in str(token.attrGet("style") or ""))
        elif token.type == "inline":
            rows[-1].append(" ".join(_text(token.children or ()).split()))

    def _begin_item(self) -> None:
        number = self._lists[-1]
        self._mark = "• " if number is None else f"{number}. "
        if number is not None:
            self._lists[-1] = number + 1

    def _add(self, text: str, style: str) -> None:
        self.blocks.append(TextBlock(self._mark + text, style))
        self._mark = ""


_WIDEST = 40
"""The most letters of a cell that make its column wider than others."""


def _table(rows: Sequence[Sequence[str]], sides: Sequence[bool]) -> list[Block]:
    """A table of cells, its headings first; `sides` says which columns stand to the right. Headings alone are text."""
    heads, *others = rows
    if not others:
        return [TextBlock(" · ".join(heads), "strong")]
    shares = [max(4, *(min(len(row[at]), _WIDEST) for row in rows)) for at in range(len(heads))]
    columns = [
        TableColumn(head, share, is_number=is_right) for head, share, is_right in zip(heads, shares, sides, strict=True)
    ]
    return [Table(columns, [TableRow(row) for row in others])]


def _text(tokens: Sequence[Token]) -> str:
    """The text of what stands in a paragraph; the address of a link behind its words."""
    parts: list[str] = []
    address = ""
    for token in tokens:
        if token.type in ("text", "code_inline", "html_inline"):
            parts.append(token.content)
        elif token.type == "softbreak":
            parts.append(" ")
        elif token.type == "hardbreak":
            parts.append("\n")
        elif token.type == "image":
            parts.append(token.content)
        elif token.type == "link_open":
            address = str(token.attrGet("href") or "")
        elif token.type == "link_close" and address and not "".join(parts).endswith(address):
            parts.append(f" ({address})")
    return "".join(parts)
