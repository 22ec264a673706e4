"""Reads Markdown without what is invisible when rendered: comments, struck or hidden words."""

from __future__ import annotations

import re

from store.capture.readers import text_refusals_and_warnings
from store.capture.readers.html.html_tag_limits import TAG
from store.capture.readers.read_plain_text import read_plain_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_STRUCK = re.compile(r"~~(?=\S)(?:(?!~~|\n\s*\n).)+(?<=\S)~~", re.DOTALL)
_BEGIN = re.compile(r"<([a-z][a-z0-9-]*)\b", re.IGNORECASE)
_END = re.compile(r"</([a-z][a-z0-9-]*)\s*>", re.IGNORECASE)
_HIDING = re.compile(r"\b(?:hidden|style)\b", re.IGNORECASE)


def read_markdown(raw: bytes, name: str, encoding: str | None = None) -> tuple[str, dict[str, Any]]:
    """The text of a file, with warnings of omitted parts. Raises: NotAllowed, UsageError."""
    text = read_plain_text(raw, name, encoding)
    text, comments = _without(_COMMENT, text)
    text, struck = _without(_STRUCK, text)
    pieces = []
    for piece, is_found in _tags(text, lambda tag, _: tag in ("del", "s", "strike")):
        struck += is_found and any(map(str.isalnum, piece))
        pieces.append(" " if is_found else piece)
    text = "".join(pieces)
    warnings = []
    if comments:
        warnings.append(text_refusals_and_warnings.hidden_left_out(comments))
    if struck:
        warnings.append(text_refusals_and_warnings.struck_left_out(struck))

    def as_page(page: str) -> str:
        from store.capture.readers.html.read_html import text_of_html

        shown, found = text_of_html(page, name)
        warnings.extend(each for each in found if each not in warnings)
        return shown.strip()

    shown = [
        as_page(piece) if is_found else piece for piece, is_found in _tags(text, lambda _, inner: _HIDING.search(inner))
    ]
    return "".join(shown), {"warnings": warnings}


def _tags(text: str, is_meant: Callable[[str, str], object]) -> Iterator[tuple[str, bool]]:
    """The text in pieces, and of each whether it is a tag that is meant, with its end and what is between.

    `is_meant` is asked with the name of a tag and what stands in it: up to the next `>`, or to that which ends it by its
    quotes. So what is a tag by any grammar of Markdown is found, and each piece is looked at once.
    """
    last_ends = {end[1].lower(): end.start() for end in _END.finditer(text)}
    done = read_until = inner_end = last_meant = 0
    for begin in _BEGIN.finditer(text):
        name, place = begin[1].lower(), begin.end()
        if begin.start() < done or last_ends.get(name, -1) < place:
            continue
        if inner_end <= place:
            inner_end = text.find(">", place) + 1 or len(text) + 1
            last_meant = max((at.start() for at in _HIDING.finditer(text, place, inner_end)), default=-1)
        meant_until = inner_end if is_meant(name, "hidden" if last_meant >= place else "") else 0
        if begin.start() >= read_until and (tag := TAG.match(text, begin.start())):
            read_until = tag.end()
            meant_until = max(meant_until, read_until if is_meant(name, tag[3]) else 0)
        if meant_until and last_ends[name] >= meant_until:
            end = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text, meant_until)
            assert end is not None
            yield text[done : begin.start()], False
            yield text[begin.start() : end.end()], True
            done = end.end()
    yield text[done:], False


def _without(pattern: re.Pattern[str], text: str) -> tuple[str, int]:
    """The text without what matches, and how many of those had words."""
    count = sum(any(map(str.isalnum, found[0])) for found in pattern.finditer(text))
    return pattern.sub(" ", text), count
