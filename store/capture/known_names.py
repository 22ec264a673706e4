"""Finds the names of parties in a text: every name that the store knows, Russian ones with their endings."""

from __future__ import annotations

import re
from copy import copy
from itertools import islice
from typing import NamedTuple

from store.capture.countries import countries_in, country_of
from store.capture.lazy_pattern import lazy
from store.rules.party_names import Directory, names_of
from store.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

    from store.model.record_types import Visit

_WORD = lazy(r"[^\W_]+")
_GAP = lazy(r"[\s'’‘ʼ\"«»“”\-–&/.()]{0,4}")
"""What may stand between two words of a name."""

_LEAST_ACRONYM, _MOST_ACRONYM, _MOST_WORDS = 3, 8, 9
"""Letters of an acronym, and words of what it may stand for."""

_UNSAID = frozenset(("of", "the", "for", "and", "on", "in", "to", "по", "и", "в", "на", "с", "о"))
"""Words without a letter in an acronym."""

_COMPANIONS = lazy(
    r",? (?:with|together with|accompanied by|and representatives of|при участии|с участием|в сопровождении)\b"
)
"""Before those who came along."""

_GOES_ON = lazy(r" (?:of (?:the )?|in )?[A-ZА-ЯЁ][a-zа-яё]")
"""Behind an acronym: a name that is longer, and another party's (`МВД Казахстана`)."""

_NAME = lazy(
    r"(?=[A-ZА-ЯЁ])(?!\w+\.)(?:[A-ZА-ЯЁ][\w&’'\-]*|of|the|for|and|on|[а-яё]+)(?: (?:[A-ZА-ЯЁ][\w&’'\-]*|of|the|for|and|on|[а-яё]+)){0,8}"
)
"""The words on a delegation that are the name of an institution: no number, rank, comma."""

_UNIT_BEFORE = lazy(
    r"\b(?:(?:academy|department|division|institute|bureau|laboratory|branch|directorate|school|faculty|college|centre|center|inspectorate|university|ncb) (?:of|at) (?:the )?|ncb (?:the )?"
    r"|(?:академи\w+|департамент\w*|управлени\w+|бюро|нцб|институт\w*|центр\w*|университет\w*|лаборатори\w+|училищ\w+|колледж\w*|факультет\w*) (?:при )?)$",
    re.IGNORECASE,
)
_UNIT_BEHIND = lazy(
    r" (?:Academy|Institute|Department|Division|Directorate|University|School|College|NCB|Bureau|Laboratory|(?:Training )?(?:Centre|Center))\b"
)
_COUNTRY_BEHIND = lazy(r" (?:(?:of|in) (?:the )?(?:(?:Republic|Kingdom|State) of )?|Республики )?([A-ZА-ЯЁ][\w\-]+)")
_WORD_BEFORE = lazy(r"([A-ZА-ЯЁ][\w\-]+) $")
_OFFICE_OF = 40
"""Characters before a name in which its longer name begins."""


def is_unit_before(text: str, at: int) -> bool:
    """Whether what stands at a place belongs to the institution before it: `the Department of`."""
    return bool(_UNIT_BEFORE.search(text, max(0, at - _OFFICE_OF), at))


def _is_part(text: str, mention: Mention) -> bool:
    return is_unit_before(text, mention.start) or bool(_UNIT_BEHIND.match(text, mention.end))


_EVERYONE = lazy(r"(?:all|every\w*|все)\b", re.IGNORECASE)

_ARTICLES = ("the", "a", "an")

_LEAST_STEM, _MOST_ENDING = 3, 4
"""Letters of a Russian word that stay, and the most that its ending has."""

_ENDING = lazy(
    r"(?:ями|ами|его|ого|ому|ему|ыми|ими|ий|ый|ой|ая|яя|ое|ее|ия|ие|ью|ей|ов|ев|ам|ям|ах|ях|ом|ем|[аеиоуыьэюяй])$"
)


class _Node:
    """A place in the tree of names: the words that may follow, and the party whose name ends here.

    A Russian word is known by its stem. `is_capital` says that a name of one word has to be written with a capital.
    """

    __slots__ = ("is_capital", "next", "party", "stems")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.stems: dict[str, _Node] = {}
        self.party: str | None = None
        self.is_capital = False

    def child(self, word: str) -> _Node | None:
        """The node behind a word of a text."""
        if word in self.next:
            return self.next[word]
        low = word.lower()
        if low in self.next:
            return self.next[low]
        if self.stems and low[0] > "\x7f":
            low = low.replace("ё", "е")
            for length in range(max(_LEAST_STEM, len(low) - _MOST_ENDING), len(low) + 1):
                if low[:length] in self.stems:
                    return self.stems[low[:length]]
        return None

    def add(self, name: str, party: str) -> None:
        """Add a name of a party."""
        words = _WORD.findall(name)
        if len(words) > 1 and words[0].lower() in _ARTICLES:
            words = words[1:]
        node = self
        for word in words:
            node = node._made(word)
        if words and node.party is None:
            node.party = party
            node.is_capital = len(words) == 1 and words[0][0].isupper()

    def _made(self, word: str) -> _Node:
        if len(word) > 1 and word.isupper():
            return self.next.setdefault(word, _Node())
        low = word.lower().replace("ё", "е")
        if len(low) > _LEAST_STEM and low[0] > "\x7f":
            return self.stems.setdefault(_ENDING.sub("", low) if len(low) > _LEAST_STEM + 1 else low, _Node())
        return self.next.setdefault(low, _Node())


class Mention(NamedTuple):
    """A name in a text: its span, and the full name of the party."""

    start: int
    end: int
    party: str


class KnownNames:
    """All names of the parties of a store, those of the visit's first."""

    def __init__(self, parties: Directory, visit: Visit | None = None) -> None:
        self.directory = parties
        self._root = _Node()
        self._found: tuple[str, list[Mention]] = ("", [])
        """The last text that was looked through, and its names."""
        self.hosts: list[str] = []
        self.delegation: list[str] = []
        self._guests: list[str] = []
        """Of the delegation, without those who came along."""
        self._acronyms: dict[str, list[tuple[str, list[str], str]]] = {}
        """First letter -> acronyms of names, with the words behind them, and the party: `MIA Uzbekistan`."""
        self._first_words: dict[str, set[str]] = {}
        """Acronym with which a longer name begins -> its parties: `МВД` alone is the one `МВД Узбекистана`."""
        self._beginnings: dict[str, set[str]] = {}
        """Party -> the first words of its names, as they are kept: in the nominative."""
        for party in parties.all():
            for name in names_of(party):
                self._know(name, party["name"])
        self._countries: dict[str, set[str]] = {}
        self.things: set[str] = set()
        """Short names of what is no institution, as the text introduces them."""
        if visit:
            self._meet(visit)

    def at(self, visit: Visit) -> KnownNames:
        """The same names, those of this visit first: the tree of names is shared."""
        other = copy(self)
        other._found = ("", [])
        other._meet(visit)
        return other

    def _meet(self, visit: Visit) -> None:
        self.hosts, self.delegation = [self._full(name) for name in visit.get("hosts", ())], []
        said = visit.get("delegation", "")
        self._guests = [name for name in self._named_in(_COMPANIONS.split(said)[0]) if name not in self.hosts]
        self.delegation = [name for name in self._named_in(said) if name not in self.hosts]
        came = _COMPANIONS.split(said)[0].strip()
        if not self.delegation and _NAME.fullmatch(came):
            # No party has this name: it is proposed as it is written.
            self._know(came, came)
            self._guests = self.delegation = [came]

    def _know(self, name: str, party: str) -> None:
        """Keep a name of a party, and the acronym with which it begins."""
        self._root.add(name, party)
        self._beginnings.setdefault(party, set()).add(_first_of(name))
        first, *behind = name.split() or [""]
        if _LEAST_ACRONYM <= len(first) <= _MOST_ACRONYM and first.isalpha() and first.isupper():
            self._acronyms.setdefault(fold(first[0]), []).append((fold(first), behind, party))
            if behind:
                self._first_words.setdefault(first, set()).add(party)

    def _full(self, name: str) -> str:
        return self.directory.canonical(name)

    def _named_in(self, text: str) -> list[str]:
        """The parties that the words on a delegation name."""
        known = self.directory.find(text) if text else None
        if known:
            return [known["name"]]
        return list(dict.fromkeys(each.party for each in self.mentions(text)))

    def other_side(self, by: Collection[str]) -> list[str]:
        """The other side of a visit of two: the hosts, or those who came; empty where both promise, or neither does."""
        if len(self.hosts) != 1 or len(self._guests) != 1:
            return []
        promises_host, promises_guest = not set(by).isdisjoint(self.hosts), not set(by).isdisjoint(self.delegation)
        if promises_host == promises_guest:
            return []
        return self._guests if promises_host else self.hosts

    def is_in_other_case(self, words: str, party: str) -> bool:
        """Whether the Russian name of a party stands in another case than the nominative: `Пограничной службы`."""
        first = _first_of(words)
        its = self._beginnings.get(party, ())
        return first[:1] > "\x7f" and first not in its and any(each[:3] == first[:3] for each in its)

    def meant_by(self, words: str) -> list[str]:
        """Those of the visit whom `all` or `both sides` mean; both of several hosts are nobody: which, the text does not say."""
        return self.of_visit if len(self.hosts) < 2 or _EVERYONE.match(words) else []

    @property
    def of_visit(self) -> list[str]:
        """The parties of the visit, its hosts first."""
        return [*self.hosts, *self.delegation]

    def parties_in(self, text: str) -> list[Mention]:
        """The parties that a text names: no name that is part of a longer one, as in `the Academy of the Ministry`."""
        return [
            each
            for each in self.mentions(text)
            if not _is_part(text, each) and not self._is_of_other_country(text, each)
        ]

    def country_beside(self, text: str, mention: Mention) -> str | None:
        """The country that stands next to a name, and is no part of it: `the Customs Service of Slovenia`."""
        behind = _COUNTRY_BEHIND.match(text, mention.end)
        before = _WORD_BEFORE.search(text, max(0, mention.start - _OFFICE_OF), mention.start)
        return (country_of(behind[1]) if behind else None) or (country_of(before[1]) if before else None)

    def countries_of(self, party: str) -> set[str]:
        """The countries in the names of a party."""
        if party not in self._countries:
            known = self.directory.find(party)
            self._countries[party] = countries_in(" ".join(names_of(known) if known else [party]))
        return self._countries[party]

    def _is_of_other_country(self, text: str, mention: Mention) -> bool:
        country = self.country_beside(text, mention)
        its = self.countries_of(mention.party) if country else set()
        return bool(its) and country not in its

    def mentions(self, text: str) -> list[Mention]:
        """The names in a text, none within another one."""
        if self._found[0] != text:
            self._found = (text, self._mentions(text))
        return self._found[1]

    def _mentions(self, text: str) -> list[Mention]:
        found: list[Mention] = []
        tokens = [(match.start(), match.end(), match[0]) for match in _WORD.finditer(text)]
        at = 0
        for index, (start, _, word) in enumerate(tokens):
            if start < at:
                continue
            node = self._root.child(word)
            best: Mention | None = None
            last = index
            while node is not None:
                if node.party is not None and (not node.is_capital or word[0].isupper()):
                    best = Mention(start, tokens[last][1], node.party)
                last += 1
                if last == len(tokens) or not _GAP.fullmatch(text, tokens[last - 1][1], tokens[last][0]):
                    break
                node = node.child(tokens[last][2])
            whole = self._in_full(text, start, len(text)) if self._acronyms and word[0].isalpha() else None
            if whole is not None and (best is None or whole.end > best.end):
                best = whole
            if best is None and word in self._first_words and not _GOES_ON.match(text, tokens[index][1]):
                its = self._first_words[word]
                best = Mention(start, tokens[index][1], next(iter(its))) if len(its) == 1 else None
            if best is not None:
                found.append(best)
                at = best.end
        return found

    def _in_full(self, text: str, start: int, end: int) -> Mention | None:
        """A party that the store knows by an acronym, and the text by its words: `Ministry of Internal Affairs`."""
        first = text[start]
        if not (first.isupper() or text.startswith("министерств", start)):
            return None
        known = self._acronyms.get(fold(first))
        if not known:
            return None
        its = list(
            islice((word for word in _WORD.finditer(text, start, end) if fold(word[0]) not in _UNSAID), _MOST_WORDS)
        )
        found: list[Mention] = []
        for acronym, behind, party in known:
            count = len(acronym)
            if len(its) < count or any(fold(word[0][0]) != letter for word, letter in zip(its, acronym, strict=False)):
                continue
            if re.search(r"[.,;:()]", text[start : its[count - 1].start()]) or (
                first.isascii() and not all(word[0][0].isupper() for word in its[:count])
            ):
                continue
            stop = its[count - 1].end()
            more = re.compile(
                r"\s+(?:of\s+)?(?:the\s+)?(?:(?:Republic|Kingdom|State)\s+of\s+|Республик\w+\s+)?([A-ZА-ЯЁ]\w+)"
            ).match(text, stop, end)
            if more and behind:
                if not any(_is_same(more[1], word) for word in behind):
                    continue
                stop = more.end()
            elif behind and party not in self.of_visit and sum(each[0] == acronym for each in known) > 1:
                continue
            found.append(Mention(start, stop, party))
        longest = max((each.end for each in found), default=0)
        found = [each for each in found if each.end == longest]
        if len({each.party for each in found}) > 1:
            found = [each for each in found if each.party in self.of_visit]
        return found[0] if len({each.party for each in found}) == 1 else None


def _first_of(name: str) -> str:
    match = _WORD.search(name)
    return fold(match[0]).replace("ё", "е") if match else ""


def _is_same(one: str, other: str) -> bool:
    """Whether two words are one but for an ending: `Узбекистана`, `UZ` of `Uzbekistan`."""
    one, other = fold(one), fold(other)
    least = min(len(one), len(other))
    return (
        one == other or (least > 4 and one[: least - 2] == other[: least - 2]) or (least == 2 and one[:2] == other[:2])
    )
