"""Finds the names of parties in a text: every name that the store knows, Russian ones with their endings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from store.rules.party_names import Directory, names_of
from store.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

    from store.model.record_types import Visit

_WORD = re.compile(r"[^\W_]+")
_KEY = 3
"""Letters of the first word by which names are looked up: one pass over the words, whatever the number of parties."""

_LEAST_ACRONYM, _MOST_ACRONYM, _MOST_WORDS = 3, 8, 9
"""Letters of an acronym, and words of what it may stand for."""

_UNSAID = frozenset(("of", "the", "for", "and", "on", "in", "to", "по", "и", "в", "на", "с", "о"))
"""Words without a letter in an acronym."""

_RUSSIAN = re.compile(r"[а-яё]{4,}$", re.IGNORECASE)
_ENDING = re.compile(
    r"(?:ями|ами|его|ого|ому|ему|ыми|ими|ий|ый|ой|ая|яя|ое|ее|ия|ие|ью|ей|ов|ев|ам|ям|ах|ях|ом|ем|[аеиоуыьэюяй])$"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: its span, and the full name of the party."""

    start: int
    end: int
    party: str


class KnownNames:
    """All names of the parties of a store, those of the visit's first."""

    def __init__(self, parties: Directory, visit: Visit | None = None) -> None:
        self.directory = parties
        self._by_key: dict[str, list[tuple[str, str]]] = {}
        self._patterns: dict[str, re.Pattern[str]] = {}
        for party in parties.all():
            for name in names_of(party):
                self._by_key.setdefault(_key(name), []).append((name, party["name"]))
        for names in self._by_key.values():
            names.sort(key=lambda pair: len(pair[0]), reverse=True)
        self.hosts: list[str] = []
        self.delegation: list[str] = []
        self._acronyms: dict[str, list[tuple[str, list[str], str]]] = {}
        """First letter -> acronyms of names, with the words behind them, and the party: `MIA Uzbekistan`."""
        for party in parties.all():
            for name in names_of(party):
                first, *behind = name.split() or [""]
                if _LEAST_ACRONYM <= len(first) <= _MOST_ACRONYM and first.isalpha() and first.isupper():
                    self._acronyms.setdefault(fold(first[0]), []).append((fold(first), behind, party["name"]))
        self.things: set[str] = set()
        """Short names of what is no institution, as the text introduces them."""
        self.hosts = [self._full(name) for name in visit.get("hosts", ())] if visit else []
        said = visit.get("delegation", "") if visit else ""
        self.delegation = [name for name in self._named_in(said) if name not in self.hosts]

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
        promises_host, promises_guest = not set(by).isdisjoint(self.hosts), not set(by).isdisjoint(self.delegation)
        if promises_host == promises_guest:
            return []
        return self.delegation[:1] if promises_host else self.hosts[:1]

    @property
    def of_visit(self) -> list[str]:
        """The parties of the visit, its hosts first."""
        return [*self.hosts, *self.delegation]

    def mentions(self, text: str, start: int = 0, end: int | None = None) -> list[Mention]:
        """The names in a span of a text, none within another one."""
        end = len(text) if end is None else end
        found: list[Mention] = []
        at = start
        for word in _WORD.finditer(text, start, end):
            if word.start() < at:
                continue
            for name, party in self._by_key.get(fold(word[0])[:_KEY], ()):
                match = self._pattern(name).match(text, word.start(), end)
                if match:
                    found.append(Mention(match.start(), match.end(), party))
                    at = match.end()
                    break
            whole = self._in_full(text, word.start(), end) if self._acronyms else None
            if whole and whole.end > at:
                if found and found[-1].start == whole.start:
                    found.pop()
                found.append(whole)
                at = whole.end
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

    def _pattern(self, name: str) -> re.Pattern[str]:
        pattern = self._patterns.get(name)
        if pattern is None:
            pattern = self._patterns[name] = re.compile(_pattern_of(name))
        return pattern


def _is_same(one: str, other: str) -> bool:
    """Whether two words are one but for an ending: `Узбекистана`, `UZ` of `Uzbekistan`."""
    one, other = fold(one), fold(other)
    least = min(len(one), len(other))
    return (
        one == other or (least > 4 and one[: least - 2] == other[: least - 2]) or (least == 2 and one[:2] == other[:2])
    )


def _bare(name: str) -> str:
    return re.sub(r"^(?:the|a|an)\s+", "", name, flags=re.IGNORECASE)


def _key(name: str) -> str:
    first = _WORD.search(_bare(name))
    return fold(first[0])[:_KEY] if first else ""


def _pattern_of(name: str) -> str:
    """The pattern of a name: acronyms as they are written; of several words the first may be small, or the only one
    where the store has it small."""
    bare = _bare(name)
    is_one = not re.search(r"\s", bare)
    parts = [_part(word, is_one=is_one) for word in re.findall(r"[^\W_]+|[^\w\s]+|\s+", bare)]
    return "".join(parts) + r"(?![^\W_])"


def _part(word: str, *, is_one: bool) -> str:
    if word.isspace():
        return r"\s+"
    if word in "'’‘ʼ":
        return "['’‘ʼ]"
    if not word[0].isalnum():
        return re.escape(word) + "?" if word in '"«»“”.' else re.escape(word)
    if _is_acronym(word):
        return re.escape(word)
    first = re.escape(word[0])
    if word[0].isalpha() and not (is_one and word[0].isupper()):
        first = f"[{word[0].upper()}{word[0].lower()}]"
    rest = word[1:]
    if _RUSSIAN.match(word):
        stem = _ENDING.sub("", rest)
        return first + re.escape(stem) + "[а-яё]{0,3}"
    return first + re.escape(rest)


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()
