"""Reads a page (HTML) into the marks of Markdown: links and pictures are never followed."""

from __future__ import annotations

from store.capture.read_plain_text import read_plain_text
from store.errors import not_built_in


def read_html(raw: bytes, name: str, encoding: str | None = None) -> str:
    """The text of a page. Raises: NotAllowed."""
    return text_of_html(read_plain_text(raw, name, encoding))


def text_of_html(page: str) -> str:
    """The text of a page, with the marks of headings, lists and tables. Raises: NotAllowed."""
    try:
        from bs4 import BeautifulSoup
        from markdownify import MarkdownConverter
    except ModuleNotFoundError as error:
        raise not_built_in("a page", error) from None
    soup = BeautifulSoup(page, "html.parser")
    for each in soup(["script", "style", "head", "nav", "noscript", "template", "svg", "iframe", "form"]):
        each.decompose()
    converter = MarkdownConverter(
        heading_style="ATX", bullets="-", strip=["a", "img", "strong", "b", "em", "i"], wrap=False,
        escape_asterisks=False, escape_underscores=False, escape_misc=False,
    )  # fmt: skip
    return str(converter.convert_soup(soup)).strip() + "\n"
