"""Finds the parties of the persons introduced in a text, and the institutions introduced with them.

`INTERPOL was represented by Ms Marie Muster (Criminal Analysis Unit) and Mr Paul Sample`; `(head of delegation, MIA)`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from store.capture.lazy_pattern import has_cyrillic, lazy
from store.capture.parties.defined_terms_and_abbreviations import learn_defined_names
from store.capture.parties.find_party_names import is_without_rank
from store.capture.parties.find_who_promises import has_verb, role_of
from store.capture.parties.russian_institution_names import institutions_named
from store.capture.text_structure.blocks import BlockKind
from store.capture.text_structure.table_and_list_headings import MEETINGS_HEADING, PERSONS_HEADING, columns_of_persons

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from store.capture.parties.find_party_names import KnownNames
    from store.capture.text_structure.blocks import Block

_REPRESENTED = lazy(
    r" (?:was|were) represented by |\s(?:представля(?:л[аио]?|ют|ет)|представлен[аоы]?)[ :]", re.IGNORECASE
)
_HOST_REPRESENTED = lazy(
    r"(?:the )?(?P<en>hosts?|host side|receiving side) (?:was|were) represented by |(?P<ru>принимающую сторону) представля(?:л[аио]?|ют|ет)[ :]",
    re.IGNORECASE,
)
"""Behind a party, or a role: its people follow, to the end of the sentence."""
_END = lazy(r"(?<=[a-zа-яё)]{2})\.(?= [A-ZА-ЯЁ]|$)")
_INTRODUCES = lazy(
    r"\b(?:consisted of|comprised|included|composed of|represented by|present|participants?|attended|attendees|members of the delegation"
    r"|в состав|вошли|представля\w+|присутствовали|участвовали|участники|приняли участие)\b",
    re.IGNORECASE,
)
"""In a line that says who was there."""
_BRACKETS = lazy(r"\(([^()]{3,100})\)")
_PERSON_BEFORE = lazy(r"(?:[A-ZА-ЯЁ][\w’'\-]+|[A-ZА-ЯЁ]\.)(?: [A-ZА-ЯЁ][\w’'\-]+| ?[A-ZА-ЯЁ]\.){1,3} $")
_UNIT = lazy(
    r"\b(?:Unit|Branch|Section|Division|Department|Directorate|Desk|Team)\b|(?<![а-яё])(?:отдел|секция|департамент|служба|сектор|группа)(?![а-яё])",
    re.IGNORECASE,
)


class Represented(NamedTuple):
    """The span of a line in which the people of a party are named."""

    start: int
    end: int
    party: str


def represented_in(words: str, names: KnownNames) -> list[Represented]:
    """The parties of a line that names their representatives, each with the span of those."""
    if not _REPRESENTED.search(words):
        return []
    found = []
    for each in names.parties_in(words):
        if behind := _REPRESENTED.match(words, each.end):
            found.append(Represented(behind.end(), _end(words, behind.end()), each.party))
    for match in _HOST_REPRESENTED.finditer(words):
        its = role_of("host" if match["en"] else "принимающая сторона", names)
        if len(its) == 1:
            found.append(Represented(match.end(), _end(words, match.end()), its[0]))
    return found


def is_statement(words: str) -> bool:
    """Whether a line is a sentence, and no list of persons: below the list of those present the text may go on."""
    return words.endswith(".") and has_verb(words)


def _end(words: str, start: int) -> int:
    end = _END.search(words, start)
    return end.start() if end else len(words)


def learn_parties(blocks: Sequence[Block], names: KnownNames) -> None:
    """Learn the institutions after persons in a list, and the units of a party, as names of it."""
    is_listing = False
    for block in blocks:
        words = block.words
        if block.kind == BlockKind.HEADING:
            is_listing = bool(PERSONS_HEADING.match(words) or MEETINGS_HEADING.match(words))
        elif is_listing and block.kind == BlockKind.ITEM and (name := _behind_post(words)):
            names.learn(name)
        elif block.kind == BlockKind.ROW and (columns := columns_of_persons(block.heads)):
            names.learn(" ".join(words[slice(*cell)].strip() for cell in block.cells[columns[1] : columns[1] + 1]))
        if "(" in words:
            learn_defined_names(words, names)
        if block.kind != BlockKind.ROW and _UNIT_RU.search(words):
            _learn_units(words, names)
        if block.kind != BlockKind.ROW and _UNIT_EN.search(words):
            _learn_english_units(words, names)
        if "(" not in words or not _INTRODUCES.search(words):
            continue
        of_party = represented_in(words, names)
        for start, name in _in_brackets(words):
            party = next((each.party for each in of_party if each.start <= start < each.end), None)
            if party is None or _UNIT.search(name):
                names.learn(name, party)
    _learn_institutions(blocks, names)


_PART_OF_NAME = lazy(r" (?:по |в |при )?[«“A-ZА-ЯЁ]")
_OF_ANOTHER = lazy(
    r"(?<![А-Яа-яё])(?:представительств|отделени|офис|секретариат|делегаци|комисси|мисси|управлени|центр|департамент|отдел|академи|институт|совет|программ|фонд|банк)[а-яё]{0,3} (?:при )?$",
    re.IGNORECASE,
)
"""Around a name: another one's, of which it is a part (`Представительство Европейского союза`)."""


def _learn_institutions(blocks: Sequence[Block], names: KnownNames) -> None:
    """Keep the Russian institutions that a text names in any case, and the store does not know, in the nominative."""
    countries: dict[str, set[str]] = {}
    for block in blocks:
        if block.kind in (BlockKind.HEADING, BlockKind.MAIL_HEAD) or not has_cyrillic(block.words):
            continue
        known = names.mentions(block.words)
        for each in institutions_named(block.words):
            is_part = _PART_OF_NAME.match(block.words, each.end) or _OF_ANOTHER.search(block.words, 0, each.start)
            if not is_part and not any(its.start < each.end and each.start < its.end for its in known):
                countries.setdefault(each.name, set()).add(each.country)
    for name, its in sorted(countries.items(), key=lambda item: len(item[0]), reverse=True):
        ranked = [other for other in countries if is_without_rank(name, other)]
        if len(ranked) == 1 and its == {""}:
            names.learn_unit(name, next((each.party for each in names.parties_in(ranked[0])), ranked[0]))
            continue
        every = sorted(its - {""})
        full = f"{name} {every[0]}" if len(every) == 1 else name
        for country in sorted(its, key=len, reverse=True):  # The whole name before its beginning.
            written = f"{name} {country}".strip()
            if party := names.meant_by_words(written) or (full if written != full and len(every) == 1 else ""):
                names.learn_unit(written, party)
            else:
                names.learn_defined(written)


_UNIT_RU = lazy(
    r"(?<![А-Яа-яё])[Уу]правлени[еяюй]|(?<![А-Яа-яё])(?:[Оо]тдел|[Дд]епартамент|[Сс]екци|[Сс]ектор)[а-яё]{0,3}(?![а-яё])"
)
_OF_UNIT = lazy(r" (?:(?!и\b|на\b)[а-яё-]+ |и |по (?:[А-ЯЁ]?[а-яё-]+ ){1,2}|[А-ЯЁ][а-яё-]+ ){1,8}$")


def _learn_units(words: str, names: KnownNames) -> None:
    """Keep a Russian department with the party that is named behind it: `начальник Управления сотрудничества МВД`."""
    for each in names.parties_in(words):
        its = list(_UNIT_RU.finditer(words, max(0, each.start - _LONGEST_UNIT), each.start))
        if its and _OF_UNIT.fullmatch(words, its[-1].end(), each.start):
            names.learn_unit(words[its[-1].start() : each.start].strip(), each.party)


_UNIT_EN = lazy(r"\b(?:Division|Department|Directorate|Section|Unit|Branch)\b")
_BEHIND_PARTY = lazy(
    r" (?P<name>(?:[A-Z][a-z][\w’'\-]* (?:and )?){1,4}(?:Division|Department|Directorate|Section|Unit|Branch))\b"
)
_BEFORE_PARTY = lazy(
    r"(?P<name>(?:[A-Z][a-z][\w’'\-]* (?:and )?){1,4}(?<!The )(?:Division|Department|Directorate|Section|Unit|Branch)) (?:of|at) (?:the )?$"
)


def _learn_english_units(words: str, names: KnownNames) -> None:
    """Learn a unit with the party beside it: `the FAO Statistics Division`, `Rural Statistics Unit of the NSC`."""
    for each in names.parties_in(words):
        behind = _BEHIND_PARTY.match(words, each.end)
        beside = behind or _BEFORE_PARTY.search(words, max(0, each.start - _LONGEST_UNIT), each.start)
        if beside and (name := beside["name"].removeprefix("The ")).count(" "):
            names.learn_unit(name, each.party)


_LONGEST_UNIT = 120
"""Characters of the name of a department."""


def _behind_post(words: str) -> str | None:
    """The institution at the end of a line that names one person: `Ms. Vera Muster, Project Coordinator, IOM`."""
    person, *others = words.rstrip(" .;").split(", ")
    if not others or not re.search(r"[^\W\d_][\w.’'\-]+ \S", person):
        return None
    name = others[-1]
    is_acronym = bool(re.fullmatch(r"[A-ZА-ЯЁ]{2,8}", name))
    return name if is_acronym or (len(others) > 1 and not _UNIT.search(name)) else None


def _in_brackets(words: str) -> Iterator[tuple[int, str]]:
    """The last part in brackets after persons: `(head of delegation, MIA Tajikistan)`."""
    for match in _BRACKETS.finditer(words):
        if _PERSON_BEFORE.search(words, max(0, match.start() - 60), match.start()):
            yield match.start(), re.split(r"[,;] ", match[1])[-1].strip()
