"""Tells which party wrote a text: its `we`, where the head, the signature or the letterhead says so."""

from __future__ import annotations

import re

from store.capture.lazy_pattern import lazy
from store.capture.quoted_mail import above_quoted_mails

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.capture.known_names import KnownNames
    from store.capture.source_text import SourceText

_FROM = lazy(r"^[ \t]*(?:\**)(?:From|От|Отправитель)\**:\**[ \t]*(.+)$", re.IGNORECASE | re.MULTILINE)
_CLOSING = lazy(
    r"^[ \t]*(?:(?:kind|best|warm|with (?:kind|best)) (?:regards|wishes)|regards|yours (?:sincerely|faithfully|truly)|sincerely(?: yours)?|respectfully"
    r"|с уважением|с наилучшими пожеланиями|искренне ваш\w*)\b[ ,.!]*",
    re.IGNORECASE | re.MULTILINE,
)
_SALUTATION = lazy(r"^[ \t]*(?:dear|уважаем\w+|excellency|ваше превосходительство)\b", re.IGNORECASE | re.MULTILINE)
_SIGNATURE = lazy(r"^--[ \t]*$", re.MULTILINE)
_DOMAIN = lazy(r"@((?:[\w\-]+\.)+[a-z]{2,})", re.IGNORECASE)
_HEAD, _LETTERHEAD, _SIGNED = 1_000, 6, 500
"""Characters in which `From:` stands, lines of a letterhead, characters of a signature."""


def author_of(source: SourceText, names: KnownNames) -> tuple[str, ...]:
    """The one party that wrote a text; empty where nothing says it, or where two places name two."""
    text = above_quoted_mails(source.text)
    found: set[str] = set()
    if sent := _FROM.search((source.sender or text)[:_HEAD]):
        found |= _parties(sent[1], names)
    closings = list(_CLOSING.finditer(text))
    if closings:
        found |= _parties(text[closings[-1].end() :][:_SIGNED], names)
        if not found and (salutation := _SALUTATION.search(text)):
            head = [line.strip() for line in text[: salutation.start()].splitlines() if line.strip()]
            if len(head) <= _LETTERHEAD:
                found |= {party for line in head for party in _whole_line(line, names)}
    return tuple(found) if len(found) == 1 else ()


def _parties(text: str, names: KnownNames) -> set[str]:
    found = {each.party for each in names.parties_in(text)}
    for domain in _DOMAIN.findall(text):
        found |= {
            party["name"]
            for label in domain.split(".")[:-1]
            if len(label) > 2 and (party := names.directory.find(label))
        }
    return found


def _whole_line(line: str, names: KnownNames) -> list[str]:
    """The party whose name a line is."""
    return [each.party for each in names.parties_in(line) if len(line) - (each.end - each.start) <= 2]
