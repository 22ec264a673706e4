"""What the tags of a page hide, whatever its styles say (HTML; SVG 2; MathML Core): in drawings and formulas as well."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

_NOT_SHOWN = frozenset({
    *("noscript", "noembed", "noframes", "audio", "video", "canvas", "object", "fencedframe"),
    *("datalist", "progress", "meter", "rp"),
    *("defs", "symbol", "clippath", "mask", "pattern", "marker", "mphantom", "annotation", "annotation-xml"),
})  # fmt: skip
"""Tags whose text a browser shows only where it cannot do what they ask for, or elsewhere, or never."""
_DRAWINGS = ["svg", "math"]

_WITH_LETTERS = re.compile(r"(?:(?:tspan|textpath|a) )*text (?:(?:g|a|switch) )*svg")
_WITH_A_PAGE = re.compile(r"(?:(?:g|a|switch) )*svg")
"""The tags from a text of a drawing, or from a page in it, up to the drawing: below any other nothing is drawn."""
_OF_FORMULAS = frozenset({"mi", "mn", "mo", "ms", "mtext", "mtd", "mtr", "mtable"})
"""Tags of a formula that have texts in them."""

_CONDITIONS = ("requiredextensions", "systemlanguage", "requiredfeatures")
"""Attributes that say on which programs, and in which language, an element of a drawing is drawn."""
EMPTY = frozenset({
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"),
    "keygen",
})  # fmt: skip
"""Tags of a page that nothing can be in (HTML, 13.1.2)."""
_OF_PAGES = ["textarea", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext", "template", *EMPTY]
_UNCLEAR_TAGS = [*_OF_PAGES, "textpath", "animate", "animatetransform", "animatemotion", "set"]
"""Tags that mean something else in a drawing than on a page, and those that move or place its texts."""


def hidden_by_tags(soup: Any) -> Iterator[Any]:
    """What a browser does not show until somebody asks for it, or at all."""
    drawings, names_of_open = [], set[str]()
    for each in [each for each in soup.descendants if each.name]:
        if each.name in _NOT_SHOWN or each.has_attr("hidden") or each.has_attr("popover"):
            yield each
        elif each.name in _DRAWINGS:
            drawings.append(each)
        elif each.name == "details":
            name = str(each.get("name") or "")
            if not each.has_attr("open") or (name and name in names_of_open):
                summary = each.find("summary", recursive=False)
                yield from [child for child in each.children if child is not summary]
            elif name:
                names_of_open.add(name)
        elif each.name in _PARTLY_SHOWN:
            yield from _PARTLY_SHOWN[each.name](each)
    for drawing in drawings:
        is_drawn = _is_drawn if drawing.name == "svg" else _is_in_formula
        yield from [text for text in drawing.find_all(string=True) if not is_drawn(text)]


def is_unclear(soup: Any) -> bool:
    """Whether it depends on more than the page which words of its drawings and formulas are shown."""
    for drawing in soup(_DRAWINGS):
        if not any(map(str.isalnum, drawing.get_text())):
            continue
        if drawing.find(_UNCLEAR_TAGS) or any(drawing.find(attrs={name: True}) for name in _CONDITIONS):
            return True
        if any(not (page.has_attr("width") and page.has_attr("height")) for page in drawing("foreignobject")):
            return True
        if drawing.find(scriptlevel=True) or any(map(_is_squeezed, drawing(textlength=True))):
            return True
    return False


def _not_chosen(select: Any) -> Iterator[Any]:
    if select.has_attr("multiple") or str(select.get("size", "1")).strip("1 "):
        return
    options = select("option")
    chosen = next((each for each in reversed(options) if each.has_attr("selected")), None)
    yield from [each for each in options if each is not (chosen or options[0])]


def _after_the_drawn(switch: Any) -> Iterator[Any]:
    """The parts of a `<switch>` behind one that is drawn everywhere: it is the last that can be."""
    parts = switch(True, recursive=False)
    drawn = next((place for place, each in enumerate(parts) if not any(map(each.has_attr, _CONDITIONS))), len(parts))
    yield from parts[drawn + 1 :]


def _is_drawn(text: Any) -> bool:
    """Whether a text of a drawing, or of a page in it, is below tags that are drawn."""
    names: list[str] = []
    is_of_page = False
    for each in text.parents:
        names.append(each.name)
        if each.name == "foreignobject":
            names.clear()
            is_of_page = True
        elif each.name == "svg":
            if not (_WITH_A_PAGE if is_of_page else _WITH_LETTERS).fullmatch(" ".join(names)):
                return False
            names.clear()
            is_of_page = True
    return True


def _is_in_formula(text: Any) -> bool:
    for each in text.parents:
        if each.name in _OF_FORMULAS:
            return True
        if each.name == "math":
            return False
    return True


def _is_squeezed(letters: Any) -> bool:
    """Whether the letters of a drawing are pressed into less than they can be read in."""
    try:
        return float(letters["textlength"]) < len(letters.get_text(strip=True))
    except ValueError:
        return True


_PARTLY_SHOWN: dict[str, Callable[[Any], Iterator[Any]]] = {
    "dialog": lambda dialog: iter(() if dialog.has_attr("open") else (dialog,)),
    "select": _not_chosen,
    "switch": _after_the_drawn,
    "maction": lambda formula: iter(formula(True, recursive=False)[1:]),
    "semantics": lambda formula: iter(formula(True, recursive=False)[1:]),
}
"""What is not shown of an element of these tags."""
