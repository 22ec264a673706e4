"""Reads a page (HTML) into the marks of Markdown: links and pictures are never followed."""

from __future__ import annotations

import re

from store.capture import unreadable_texts
from store.capture.read_plain_text import read_plain_text
from store.errors import not_built_in
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_HIDES = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all"
    r"|(?:font-size|opacity)\s*:\s*0*(?:\.0+)?(?:[a-z%]+)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
_STRIKES = re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.IGNORECASE)
_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,2000})\}")
_MOST_RULES = 200
"""Rules of the style sheets of a page that are looked at."""

_STRUCK = ("del", "s", "strike")


def read_html(raw: bytes, name: str, encoding: str | None = None) -> tuple[str, dict[str, Any]]:
    """The text of a page, with warnings of what was left out. Raises: NotAllowed."""
    text, warnings = text_of_html(read_plain_text(raw, name, encoding))
    return text, {"warnings": warnings}


def text_of_html(page: str) -> tuple[str, list[str]]:
    """The text of a page, with the marks of headings, lists and tables, and warnings of what was left out.

    What its own styles hide or strike through nobody would read as a promise. Raises: NotAllowed.
    """
    try:
        from bs4 import BeautifulSoup
        from markdownify import MarkdownConverter
    except ModuleNotFoundError as error:
        raise not_built_in(tr("a page"), error) from None
    soup = BeautifulSoup(page, "html.parser")
    hiding, striking = _styled(soup)
    for each in soup(["script", "style", "head", "nav", "noscript", "template", "svg", "iframe", "form"]):
        each.decompose()
    warnings = []
    for left_out, told in ((hiding, unreadable_texts.hidden_left_out), (striking, unreadable_texts.struck_left_out)):
        count = 0
        for each in left_out:
            if not each.decomposed:
                count += bool(each.get_text().strip())
                each.decompose()
        if count:
            warnings.append(told(count))
    converter = MarkdownConverter(
        heading_style="ATX", bullets="-", strip=["a", "img", "strong", "b", "em", "i"], wrap=False,
        escape_asterisks=False, escape_underscores=False, escape_misc=False,
    )  # fmt: skip
    return str(converter.convert_soup(soup)).strip() + "\n", warnings


def _styled(soup: Any) -> tuple[list[Any], list[Any]]:
    """The elements that are hidden, and those that are struck through: by an attribute, a tag, or a rule of the page."""
    hiding, striking = [], list(soup(_STRUCK))
    for each in soup(True):
        style = str(each.get("style", ""))
        if each.has_attr("hidden") or (style and _HIDES.search(style)):
            hiding.append(each)
        elif style and _STRIKES.search(style):
            striking.append(each)
    for selector, declarations in _rules(soup):
        if _HIDES.search(declarations):
            hiding += _selected(soup, selector)
        elif _STRIKES.search(declarations):
            striking += _selected(soup, selector)
    return hiding, striking


def _rules(soup: Any) -> Iterator[tuple[str, str]]:
    found = 0
    for sheet in soup("style"):
        for rule in _RULE.finditer(re.sub(r"/\*.*?\*/", "", sheet.get_text(), flags=re.DOTALL)):
            found += 1
            if found > _MOST_RULES:
                return
            yield rule[1].strip(), rule[2]


def _selected(soup: Any, selector: str) -> list[Any]:
    try:
        return list(soup.select(selector))
    except Exception:  # Whatever a library makes of a selector that it does not know.
        return []
