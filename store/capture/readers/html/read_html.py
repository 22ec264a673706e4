"""Reads a page (HTML) into the marks of Markdown: links and pictures are never followed."""

from __future__ import annotations

import re

from store.capture.readers import text_refusals_and_warnings
from store.capture.readers.html.css_cascade import PageStyles
from store.capture.readers.html.css_hiding_declarations import AWAY, HIDDEN, OF_DRAWINGS, STRUCK
from store.capture.readers.html.html_hiding_tags import EMPTY, hidden_by_tags, is_unclear
from store.capture.readers.html.html_tag_limits import is_tangled
from store.capture.readers.read_plain_text import read_plain_text
from store.errors import not_built_in
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_NO_TEXT = ["script", "style", "head", "title", "template", "iframe", "link", "meta", "desc", "metadata"]
"""Tags whose text belongs to no page: programs, styles, names."""

_DEEPEST = 400
"""Tags within one another: of no more the library makes a text."""
_STRUCK = ["del", "s", "strike"]
_TYPED_IN = re.compile(r"(?:|text|search|tel|url|email|submit|button|reset)|number [-+.\de]+|date \d{4}-\d\d-\d\d")
"""Types of fields that show their values, and with them the values that are shown alone."""
_DOCTYPE = re.compile(r"\ufeff?(?:\s|<!--.*?-->)*<!doctype\s+html", re.IGNORECASE | re.DOTALL)


def read_html(raw: bytes, name: str, encoding: str | None = None) -> tuple[str, dict[str, Any]]:
    """The text of a page, with warnings of omitted parts. Raises: NotAllowed."""
    text, warnings = text_of_html(read_plain_text(raw, name, encoding), name)
    return text, {"warnings": warnings}


def text_of_html(page: str, name: str | None = None) -> tuple[str, list[str]]:
    """The text of a page, with the marks of headings, lists and tables, and warnings of omitted parts.

    What its own styles hide or strike through nobody would read as a promise. Raises: NotAllowed.
    """
    try:
        from bs4 import BeautifulSoup
        from bs4.element import PreformattedString, Tag
        from markdownify import MarkdownConverter
        from selectolax.lexbor import LexborHTMLParser

        from store.capture.readers.html.html_tag_with_quick_index import PageTag
    except ModuleNotFoundError as error:
        raise not_built_in(tr("a page"), error) from None
    if is_tangled(page):
        raise text_refusals_and_warnings.tangled(name)
    # The tree that a browser makes of the page: where tags are left open it goes other ways than the standard parser.
    tree = LexborHTMLParser(page)
    tree.strip_tags(["script"])
    soup = BeautifulSoup(tree.html or "", "html.parser", empty_element_tags=EMPTY, element_classes={Tag: PageTag})
    if _is_too_deep(soup):
        raise text_refusals_and_warnings.tangled(name)
    styles = PageStyles(soup, is_quirky=_DOCTYPE.match(page) is None)
    styled = list(styles.elements())
    is_unclear_by_tags = is_unclear(soup)
    hiding = [*hidden_by_tags(soup), *(each for each, what in styled if what in (HIDDEN, AWAY))]
    inherited = {what for _, what in styled} - {HIDDEN, AWAY, STRUCK}
    hidden = sum(_without_texts(soup, what, styles) for what in sorted(inherited))
    for each in soup(_NO_TEXT):
        each.decompose()
    for note in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
        note.extract()  # Comments and instructions to other programs.
    hidden += _removed(hiding)
    struck = _removed([*soup(_STRUCK), *(each for each, what in styled if what == STRUCK)])
    for field in soup("input"):
        type_, value = str(field.get("type", "")).lower(), str(field.get("value", ""))
        if _TYPED_IN.fullmatch(type_) or _TYPED_IN.fullmatch(f"{type_} {value}"):
            field.replace_with(str(field.get("value") or field.get("placeholder") or ""))
    for each in soup(["nav", "form", "svg"]):  # Their words are seen, wherever they stand.
        if each.name == "svg" or "inline" in str(each.get("style")) or each.find_parent("p"):
            each.unwrap()
        else:
            each.name = "div"
    converter = MarkdownConverter(
        heading_style="ATX", bullets="-", strip=["a", "img", "strong", "b", "em", "i"], wrap=False,
        escape_asterisks=False, escape_underscores=False, escape_misc=False,
    )  # fmt: skip
    warnings = []
    if hidden:
        warnings.append(text_refusals_and_warnings.hidden_left_out(hidden))
    if struck:
        warnings.append(text_refusals_and_warnings.struck_left_out(struck))
    if styles.unclear or is_unclear_by_tags:
        warnings.append(tr("not all styles of the page were looked through: words that it does not show may be read"))
    if styles.adds_words:
        warnings.append(tr("the styles of the page show words that are not in its text, and not read"))
    try:
        return str(converter.convert_soup(soup)).strip() + "\n", warnings
    except RecursionError:
        raise text_refusals_and_warnings.tangled(name) from None


def _is_too_deep(soup: Any) -> bool:
    depths = {id(soup): 0}
    for each in soup(True):
        depths[id(each)] = depth = depths[id(each.parent)] + 1
        if depth > _DEEPEST:
            return True
    return False


def _without_texts(soup: Any, what: str, styles: PageStyles) -> int:
    """Take out the texts that are invisible or too small by the nearest element that says so or otherwise.

    How many elements had such texts.
    """
    by_whom: dict[int, int] = {id(soup): 0}
    found = set[int]()
    texts = soup.find_all(string=True) if what not in OF_DRAWINGS else _of_drawings(soup)
    for text in texts:
        above = []
        for each in text.parents:
            if id(each) in by_whom:
                break
            above.append(each)
        for each in reversed(above):
            hides = styles.says(each, what)
            by_whom[id(each)] = by_whom[id(each.parent)] if hides is None else id(each) if hides else 0
        if (hiding := by_whom[id(text.parent)]) and text.parent.name not in _NO_TEXT:
            if _has_words(str(text)):
                found.add(hiding)
            text.replace_with(" ")
    return len(found)


def _of_drawings(soup: Any) -> Iterator[Any]:
    """The texts that a drawing has in it, not those of a page in the drawing."""
    for letters in soup("text"):
        if letters.find_parent("svg"):
            yield from letters.find_all(string=True)


def _removed(elements: list[Any]) -> int:
    """How many of these had words; they, and those in them, are gone."""
    count = 0
    for each in elements:
        if getattr(each, "decomposed", False):
            continue
        count += _has_words(each.get_text())
        if hasattr(each, "decompose"):
            each.decompose()
        else:
            each.replace_with(" ")
    return count


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))
