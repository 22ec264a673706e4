"""The limits of the tags of a page, beyond which its parser takes time that grows with the square of its length.

The parser of pages goes through all tags that are open at each tag, and through all attributes of a tag at each one. So
they are counted before it sees the page, by the grammar of tags (HTML, 13.2.5): once through, each character once. Where
the page leaves tags open that others close, or has them in letters of a drawing, too many are counted and not too few.
"""

from __future__ import annotations

import re
from collections import Counter

_MOST_OPEN, _MOST_OF_FORMAT, _MOST_ATTRIBUTES = 5_000, 300, 1_000
"""Tags that are open, those of them that begin anew in each paragraph, and attributes of one tag."""

_BLANK = r"[ \t\n\f\r]"
_ATTRIBUTE = (
    rf"(?:=[^ \t\n\f\r/>=]*+|[^ \t\n\f\r/>=]++)"
    rf"(?:{_BLANK}*+={_BLANK}*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^ \t\n\f\r>\"'][^ \t\n\f\r>]*+)?+)?+"
)
TAG = re.compile(rf"<(/?)([a-zA-Z][^ \t\n\f\r/>]*+)((?:(?:{_BLANK}|/)++|{_ATTRIBUTE})*+)(?:>|\Z)")
"""A tag: whether it is an end, its name, its attributes."""
_ONE_ATTRIBUTE = re.compile(_ATTRIBUTE)
_END_OF_COMMENT = re.compile(r"--!?>")
_LETTERS_ALONE = frozenset(
    {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext"}
)
"""Tags in which no tag counts but their own end."""
_CLOSED_BY_OTHERS = frozenset({
    *("p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "caption", "colgroup", "option", "html"),
    *("head", "body", "a", "nobr", "button", "area", "base", "br", "col", "embed", "hr", "img", "input", "link"),
    *("meta", "param", "source", "track", "wbr", "keygen", "frame"),
})  # fmt: skip
"""Tags of which none is in another one of the same name, or in which nothing is."""
_OF_FORMAT = frozenset({"b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"})
_PAGE_IN_DRAWING = frozenset(
    {"foreignobject", "desc", "title", "annotation-xml", "mi", "mo", "mn", "ms", "mtext", "p", "div", "span", "table"}
)
"""Tags that end a drawing or a formula, or have a page in it: `/>` closes nothing from there on."""


def is_tangled(page: str) -> bool:
    """Whether more tags are open at once, or attributes in one tag, than in any page that people read."""
    opened = Counter[str]()
    depth = of_format = 0
    has_drawing = is_in_drawing = False
    silent_until = place = 0
    while (place := page.find("<", place)) >= 0:
        if page.startswith("<!--", place):
            end = _END_OF_COMMENT.search(page, place + 2)
            if end is None:
                break
            place = end.end()
            continue
        found = TAG.match(page, place)
        if found is None:
            if has_drawing and page.startswith("<![CDATA[", place) and silent_until <= place:
                end_of_letters = page.find("]]>", place)
                silent_until = end_of_letters if end_of_letters >= 0 else len(page)
            place += 1
            continue
        place = found.end()
        is_end, name, attributes = bool(found[1]), found[2].lower(), found[3]
        if len(attributes) > 2 * _MOST_ATTRIBUTES and len(_ONE_ATTRIBUTE.findall(attributes)) > _MOST_ATTRIBUTES:
            return True
        if is_end:
            if place > silent_until and opened[name]:
                opened[name] -= 1
                depth -= 1
                of_format -= name in _OF_FORMAT
            is_in_drawing = is_in_drawing and name not in ("svg", "math")
            continue
        if name in _LETTERS_ALONE and not is_in_drawing:
            end = re.compile(rf"</{name}(?=[ \t\n\f\r/>])", re.IGNORECASE).search(page, place)
            if end is None:
                break
            place = end.start()
            continue
        if name in ("svg", "math"):
            has_drawing = is_in_drawing = not attributes.endswith("/")
        elif name in _PAGE_IN_DRAWING:
            is_in_drawing = False
        if is_in_drawing and attributes.endswith("/"):
            continue
        if is_in_drawing or name not in _CLOSED_BY_OTHERS:
            opened[name] += 1
            depth += 1
            of_format += name in _OF_FORMAT
            if depth > _MOST_OPEN or of_format > _MOST_OF_FORMAT:
                return True
    return False
