"""Reads reports back from HTML, DOCX and ZIP, and lists the texts that a `Document` holds."""

import io
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import docx
from docx.text.paragraph import Paragraph
from hypothesis import strategies as st

from store.reports.document import Document, Figures, Section, Table, TextBlock, Timeline
from store.sanitise_text import visible, visible_lines

SYNTAX = [
    *"\\`*_[]()<>{}|~&$^@#+-=:.!%;\"'/ 019aWя\n\r\t",
    "http://a.b",
    "www.a.b",
    "a@b.c",
    "<b>",
    "&lt;",
    "```",
    "](x)",
]

anything = st.one_of(
    st.text(max_size=12),
    st.lists(st.sampled_from(SYNTAX), max_size=12).map("".join),
    st.text(st.characters(categories=["Cs", "Cc", "Cf", "Zl", "Zs", "Mn", "L"]), max_size=12),
)
"""Texts that are rich in what acts in some format, and in what does not print."""


def visible_texts(document: Document, *, is_drawn: bool = False) -> Iterator[str]:
    """Every text of a report, made visible, in reading order: counts in one line, each other text in its own.

    `is_drawn`: charts are pictures, which tell what they show, but for their notes.
    """
    if document.marks:
        yield " · ".join(map(visible, document.marks))
    yield visible(document.title)
    yield from map(visible, document.about)
    for label, value in document.facts:
        yield f"{visible(label)}: {visible(value)}"
    for part in document.parts:
        yield visible(part.heading)
        yield from _texts_of_section(part, is_drawn=is_drawn)


def _texts_of_section(part: Section, *, is_drawn: bool) -> Iterator[str]:
    for block in part.blocks:
        if isinstance(block, TextBlock):
            yield from visible_lines(block.text)
        elif isinstance(block, Figures):
            yield " ".join(visible(text) for text, _ in block.in_words())
        elif isinstance(block, Table):
            yield from (visible(column.heading) for column in block.columns)
            for entry in block.entries:
                yield from map(visible, entry.cells)
                for remark in entry.remarks:
                    yield from visible_lines(remark)
        else:
            yield visible(block.title)
            note = block.note if isinstance(block, Timeline) else ""
            yield from [visible(note)] * bool(note) if is_drawn else [visible(block.description)]


def squeezed(text: str) -> str:
    """The text without its blanks and what keeps words together: formats may put some between texts."""
    return "".join(text.replace("\u2060", "").split())


class HtmlReader(HTMLParser):
    """An HTML text as a browser reads it: `text` that is seen, `tags` in order with their attributes."""

    NO_END = ("meta", "col", "br", "link", "img", "hr", "input")

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[str] = []
        self.pieces: list[tuple[str, str]] = []
        self.feed(html)
        self.close()
        assert self.inside == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.NO_END:
            self.inside.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.inside.pop() == tag

    def handle_data(self, data: str) -> None:
        self.pieces.append((" ".join(self.inside), data))

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    @property
    def text(self) -> str:
        """All text outside charts and the head."""
        hidden = {"head", "style", "svg"}
        return "".join(text for inside, text in self.pieces if not hidden & set(inside.split()))

    def all_of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def read_docx(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def texts_of_docx(content: bytes) -> list[str]:
    """The lines of every paragraph and cell, in the order of the file; a cell that spans columns once.

    What stands in a chart is no paragraph of the text.
    """
    file = read_docx(content)
    paragraphs = file.element.body.xpath(".//w:p[not(ancestor::w:drawing)]")
    return [line for found in paragraphs for line in Paragraph(found, file).text.split("\n")]


def members(content: bytes) -> dict[str, zipfile.ZipInfo]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {member.filename: member for member in file.infolist()}


def member(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return file.read(name).decode()
