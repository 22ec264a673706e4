"""Reads Markdown as it stands, without what nobody sees in it once it is shown: comments, struck through or hidden words."""

from __future__ import annotations

import re
from typing import Any

from store.capture import unreadable_texts
from store.capture.read_plain_text import read_plain_text

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_STRUCK = re.compile(
    r"~~(?=\S)(?:(?!~~|\n\s*\n).)+(?<=\S)~~|<(?P<tag>del|s|strike)\b[^>]*>.*?</(?P=tag)\s*>", re.DOTALL | re.IGNORECASE
)
_STYLED = re.compile(r"<(?P<tag>[a-z]+)\b[^>]*\b(?:hidden|style)\b[^>]*>.*?</(?P=tag)\s*>", re.DOTALL | re.IGNORECASE)


def read_markdown(raw: bytes, name: str, encoding: str | None = None) -> tuple[str, dict[str, Any]]:
    """The text of a file, with warnings of what was left out. Raises: NotAllowed, UsageError."""
    text = read_plain_text(raw, name, encoding)
    text, comments = _without(_COMMENT, text)
    text, struck = _without(_STRUCK, text)
    warnings = []
    if comments:
        warnings.append(unreadable_texts.hidden_left_out(comments))
    if struck:
        warnings.append(unreadable_texts.struck_left_out(struck))

    def as_page(found: re.Match[str]) -> str:
        from store.capture.read_html import text_of_html

        shown, told = text_of_html(found[0])
        warnings.extend(each for each in told if each not in warnings)
        return shown.strip()

    return _STYLED.sub(as_page, text), {"warnings": warnings}


def _without(pattern: re.Pattern[str], text: str) -> tuple[str, int]:
    """The text without what matches, and how many of those had words."""
    count = sum(any(map(str.isalnum, found[0])) for found in pattern.finditer(text))
    return pattern.sub(" ", text), count
