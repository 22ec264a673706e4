"""Tells which party wrote a text: its `we`, where the head, the signature or the letterhead says so."""

from __future__ import annotations

import re

from store.capture.lazy_pattern import lazy
from store.capture.parties.find_who_promises import stem_of
from store.capture.text_structure.quoted_mail_and_signatures import above_quoted_mails
from store.fold_case_and_accents import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.capture.parties.find_party_names import KnownNames
    from store.capture.person_names.mask_person_names import Persons
    from store.capture.readers.source_text import SourceText

_FROM = lazy(r"^[ \t]*(?:\**)(?:From|От|Отправитель)\**:\**[ \t]*(.+)$", re.IGNORECASE | re.MULTILINE)
_CLOSING = lazy(
    r"^[ \t]*(?:(?:kind|best|warm|with (?:kind|best)) (?:regards|wishes)|regards|yours (?:sincerely|faithfully|truly)|sincerely(?: yours)?|respectfully"
    r"|с уважением|с наилучшими пожеланиями|искренне ваш\w*)\b[ ,.!]*",
    re.IGNORECASE | re.MULTILINE,
)
_SALUTATION = lazy(r"^[ \t]*(?:dear|уважаем\w+|excellency|ваше превосходительство)\b", re.IGNORECASE | re.MULTILINE)
_DOMAIN = lazy(r"@((?:[\w\-]+\.)+[a-z]{2,})", re.IGNORECASE)
_HEAD, _LONG_HEAD, _LETTERHEAD, _SIGNED = 1_000, 3_000, 6, 500
"""Characters in which `From:` and `Prepared by:` stand, lines of a letterhead, characters of a signature."""


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


_QUOTED_FROM = lazy(
    r"(?:>[ \t]*)*\**(?:From|От|Отправитель)\**:\**[ \t]*(.{2,120}?)(?=\s(?:Sent|Date|To|Cc|Subject|Отправлено|Дата|Кому|Копия|Тема)\**:|$)",
)
_PREPARED = lazy(
    r"^[ \t#>*]*(?:(?:prepared|compiled|drafted|submitted|written|reported) by|author|подготовил[аи]?|составил[аи]?|автор)\**:\**[ \t]*(.{3,200})$",
    re.IGNORECASE | re.MULTILINE,
)
_OPENS_MAIL = lazy(
    r"\s*(?:(?:From|To|Sent|Date|Subject|От|Кому|Отправлено|Дата|Тема):|(?:dear|hi|hello|уважаем\w+|добрый|здравствуйте)\b)",
    re.IGNORECASE,
)


def sender_in(words: str, names: KnownNames, persons: Persons) -> tuple[str, ...] | None:
    """The one party of the sender of a quoted mail, whose head is in these words; None without one."""
    match = _QUOTED_FROM.match(words)
    if match is None:
        return None
    sent = slice(*match.span(1))
    found = _parties(words[sent], names) | {
        party for at, party in persons.parties_of(words) if match.start(1) <= at < match.end(1)
    }
    return tuple(found) if len(found) == 1 else ()


def ends_letter(words: str) -> bool:
    """Whether a mail ends here: `Kind regards`."""
    return bool(_CLOSING.match(words))


def begins_as_mail(source: SourceText) -> bool:
    """Whether a text is a mail itself, and no report that quotes one."""
    return bool(source.sender or _OPENS_MAIL.match(source.text))


def writer_of(source: SourceText, names: KnownNames) -> tuple[tuple[str, ...], frozenset[str]]:
    """The one party of the author of a report, and the words that say so: `Regional Office`."""
    match = _PREPARED.search(source.text[:_LONG_HEAD]) or _PREPARED.search(source.text[-_SIGNED:])
    if match is None:
        return (), frozenset()
    found = _parties(match[1], names)
    its = frozenset(stem_of(fold(word)) for word in re.findall(r"[^\W\d_]+", match[1]))
    return (tuple(found), its) if len(found) == 1 else ((), frozenset())


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
