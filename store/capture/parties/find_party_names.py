"""Finds the names of parties in a text: every name that the store knows, Russian ones with their endings."""

from __future__ import annotations

import re
from copy import copy
from itertools import islice
from typing import NamedTuple

from store.capture.lazy_pattern import lazy
from store.capture.parties.country_of_institution import countries_in, country_of, with_country_in_full
from store.capture.parties.nouns_of_agents_and_events import AGENTS, PERSONS
from store.fold_case_and_accents import fold, words
from store.rules.institution_words import is_institution_word
from store.rules.party_names import Directory, names_of
from store.rules.person_or_institution import looks_like_an_institution

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from store.capture.parties.noun_coreference import Called
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

_CAME_BEFORE = lazy(
    r"\b(?:visit|mission|trip|tour|travel|delegation|officials|officers|representatives|experts) (?:of|by|from) (?:the )?$"
    r"|\b(?:визит\w*|поездк\w|командировк\w|делегаци\w|представител\w+|сотрудник\w+|эксперт\w+|специалист\w+) $",
    re.IGNORECASE,
)
"""In the title of a visit, before who came."""
_BESIDE_IN_TITLE = lazy(r",? (?:and|и) (?:the )?|, (?:the )?")

_GOES_ON = lazy(r" (?:of (?:the )?|in )?[A-ZА-ЯЁ][a-zа-яё]")
"""Behind an acronym: a name that is longer, and another party's (`МВД Казахстана`)."""

_OF_A_FIELD = lazy(
    r" (?:(?!(?:наш|ваш|сво|эт|вс|т)[а-яё]{1,3}\b)[а-яё]+(?:ого|его|ых|их|ной|ней|ской) [а-яё]"
    r"|(?:по (?:делам|вопросам|борьбе|контролю|надзору|защите|управлению|финанс)|культур|юстиции|обороны|здравоохранения|образования|науки|финансов|экономики|труда|энергетики|транспорта"
    r"|промышленности|торговли|спорта|связи|информации|юстиции|туризма|строительства|цифр))",
    re.IGNORECASE,
)
"""Behind a Russian noun: it begins the name of another institution (`Министерство сельского хозяйства`)."""

_NAME = lazy(
    r"(?=[A-ZА-ЯЁ])(?!\w+\.)(?:[A-ZА-ЯЁ][\w&’'\-]*|of|the|for|and|on|[а-яё]+)(?: (?:[A-ZА-ЯЁ][\w&’'\-]*|of|the|for|and|on|[а-яё]+)){0,8}"
)
"""The words on a delegation that are the name of an institution: no number, rank, comma."""

_BETWEEN_NAMES = lazy(r"\s*[,;]\s*(?:and |и )?(?:the )?")
_AND = lazy(r" (?:and|и) (?:the )?(?=[A-ZА-ЯЁ])")
_REPRESENTATIVES = lazy(
    r"(?:representatives|officers|officials|experts|staff) of (?:the )?|(?:представители|сотрудники|эксперты) ",
    re.IGNORECASE,
)

_RANKS_OF_OFFICES = frozenset(
    "state national federal republican general central main royal государственная государственный государственное"
    " национальная национальный национальное федеральная федеральный федеральное республиканская республиканский"
    " республиканское главное центральная центральный центральное".split()
)
"""First words of institutions that people leave out: `the Customs Service` is the State Customs Service."""

_SERVICE_NOUNS = lazy(r"(?:разведки|полиции|милиции|гвардии|таможни|прокуратуры)$")
"""Behind an adjective, what a Russian service is called without its noun: `финансовая разведка`."""

_BELONGS = lazy(r"(?:ая|яя|ой|ей|ую|юю|ое|ого|его|ому|ему|ый|ий|ым|им)$")
"""At the end of a Russian adjective, before a name that is part of a longer one then."""
_BELONGS_TO_NOBODY = lazy(r"(?:наш|ваш|сво|эт|вс|сам|т)[а-яё]{1,3}$|(?:\w+[шщж]ей|после|более)$", re.IGNORECASE)

_UNIT_BEFORE = lazy(
    r"\b(?:(?:academy|department|division|institute|bureau|laboratory|branch|directorate|school|faculty|college|centre|center|inspectorate|university|ncb) (?:of|at) (?:the )?|ncb (?:the )?"
    r"|(?:академи\w+|департамент\w*|управлени\w+|бюро|нцб|институт\w*|центр\w*|университет\w*|лаборатори\w+|училищ\w+|колледж\w*|факультет\w*) (?:при )?)$",
    re.IGNORECASE,
)
_UNIT_BEHIND = lazy(
    r" (?:Academy|Institute|Department|Division|Directorate|University|School|College|NCB|Bureau|Laboratory|(?:Training )?(?:Centre|Center))\b"
)
_COUNTRY_BEHIND = lazy(r" (?:(?:of|in) (?:the )?(?:(?:Republic|Kingdom|State) of )?|Республики )?([A-ZА-ЯЁ][\w\-]+)")
_REPUBLIC_BEHIND = lazy(r" (?:Республики|Федерации)(?![а-яё])")
_WORD_BEFORE = lazy(r"([A-ZА-ЯЁ][\w\-]+) $")
_OFFICE_OF = 40
"""Characters before a name in which its longer name begins."""


def is_unit_before(text: str, at: int) -> bool:
    """Whether the words at a place are a unit of the institution before it: `the Department of`."""
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

    A Russian word is known by its stem. `is_capital` says that a name of one word has to be written with a capital,
    `is_short` that words of the name are left out.
    """

    __slots__ = ("is_capital", "is_short", "next", "party", "stems")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.stems: dict[str, _Node] = {}
        self.party: str | None = None
        self.is_capital = False
        self.is_short = False

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

    def add(self, name: str, party: str, *, is_short: bool = False) -> None:
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
            node.is_short = is_short

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


_JOINING = frozenset(("of", "the", "and", "for", "in", "republic", "республики", "республика", "и", "по", "при", "на"))
_WITHOUT_ENDING = 5


def _beginnings_of(name: str) -> set[str]:
    """The words of a name that tell it from others, without their endings."""
    return {word[:_WITHOUT_ENDING] for word in words(fold(name)) if word not in _JOINING}


class KnownNames:
    """All names of the parties of a store, those of the visit's parties first."""

    def __init__(self, parties: Directory, visit: Visit | None = None) -> None:
        self.directory = parties
        self._root = _Node()
        self._found: tuple[str, list[Mention]] = ("", [])
        """The last text that was looked through, and its names."""
        self.hosts: list[str] = []
        self.delegation: list[str] = []
        self.guests: list[str] = []
        """Of the delegation, without those who only came along."""
        self._acronyms: dict[str, list[tuple[str, list[str], str]]] = {}
        """First letter -> acronyms of names, with the words behind them, and the party: `MIA Uzbekistan`."""
        self._first_words: dict[str, set[str]] = {}
        """Acronym with which a longer name begins -> its parties: `МВД` alone is the one `МВД Узбекистана`."""
        self._beginnings: dict[str, set[str]] = {}
        """Party -> the first words of its names, as they are kept: in the nominative."""
        self._names: dict[str, list[str]] = {}
        """Party -> its names."""
        self._words_of_parties: dict[str, set[str]] = {}
        """Party -> the words of its names without their endings, once somebody asks."""
        for party in parties.all():
            for name in names_of(party):
                self._know(name, party["name"])
        self._countries: dict[str, set[str]] = {}
        self.things: set[str] = set()
        """Short names of what is no institution, as the text introduces them."""
        self.sides: tuple[str, ...] = ()
        """The parties that the text defines as its sides: `(далее – Стороны)`."""
        self.mentioned: list[str] = []
        """The parties that the text names, as far as it was looked through."""
        self.near: Sequence[str] = ()
        """The parties named before a sentence in its paragraph and the one above, the nearest last."""
        self.called: dict[str, Called] = {}
        """Noun -> the institution of that noun that the section named in full last."""
        self.elsewhere: Sequence[str] = ()
        """Those named in the block above, where a heading stands between."""
        self.under: Sequence[str] = ()
        """The parties that the heading above a sentence names."""
        self.author: Sequence[str] = ()
        """The party that wrote the text, whose `we` stands in it."""
        self.reader: Sequence[str] = ()
        """The party that a quoted mail speaks to: the author of the report that quotes it."""
        self.speaks_for_party = False
        """Whether its `I` does too: a report says of which party its author is."""
        self.author_words: Collection[str] = ()
        """The words by which the text says who wrote it, without their endings: `Regional Office`."""
        self.subject_before: Callable[..., tuple[str, ...]] = nobody
        """The party of which the sentence before tells; with `is_several`, only where it is called by a plural."""
        self.is_behind_another: Callable[[str], bool] = is_behind_nobody
        """Whether a party stands in the sentence before behind somebody else who can promise, and is not meant by `it`."""
        self.speaks: str = ""
        """The party of all persons that the sentences before name in their block: `she` speaks for it."""
        if visit:
            self._meet(visit)
        self._know_short_names()

    def meant_by_words(self, name: str) -> str:
        """The one party whose names have each word of this name, a country's among them: `MIA of Tajikistan`.

        Empty for none, or several. Words are compared without their endings, and a republic by the name of its country.
        """
        words_of_name = _beginnings_of(name)
        if len(words_of_name) < 2 or not countries_in(name):
            return ""
        if not self._words_of_parties:
            for party, its in self._names.items():
                self._words_of_parties[party] = set().union(*map(_beginnings_of, its))
        fitting = [party for party, its in self._words_of_parties.items() if words_of_name <= its]
        return fitting[0] if len(fitting) == 1 else ""

    def at(self, visit: Visit) -> KnownNames:
        """The same names, this visit's first: the tree of names is shared."""
        other = copy(self)
        other._found = ("", [])
        other._meet(visit)
        return other

    def _meet(self, visit: Visit) -> None:
        self.hosts, self.delegation = [self._full(name) for name in visit.get("hosts", ())], []
        said = visit.get("delegation", "")
        for name in self._unknown_in(_COMPANIONS.split(said)[0]):
            self._know(name, self._known_or_written(name))
        self.guests = [name for name in self._named_in(_COMPANIONS.split(said)[0]) if name not in self.hosts]
        self.delegation = [name for name in self._named_in(said) if name not in self.hosts]
        if not said.strip():
            self.guests = self.delegation = self._came_by_title(visit.get("title", ""))
        came = _COMPANIONS.split(said)[0].strip()
        if not self.delegation and _NAME.fullmatch(came):
            party = self._known_or_written(came)
            self._know(came, party)
            self.guests = self.delegation = [party]

    def _came_by_title(self, title: str) -> list[str]:
        """The guests named in the title of a visit: `Study visit of the Ministry to FAO`."""
        found: list[Mention] = []
        for each in self.mentions(title):
            is_beside = found and _BESIDE_IN_TITLE.fullmatch(title, found[-1].end, each.start)
            if is_beside or _CAME_BEFORE.search(title, 0, each.start):
                found.append(each)
        return [party for party in dict.fromkeys(each.party for each in found) if party not in self.hosts]

    def _known_or_written(self, name: str) -> str:
        """The party for a name with a short country; else the name is proposed as it is written."""
        known = self.directory.find(with_country_in_full(name))
        return known["name"] if known else name

    def _unknown_in(self, delegation: str) -> Iterator[str]:
        """The institutions in a list of guests that are no party of the store."""
        for listed in _BETWEEN_NAMES.split(delegation):
            sides = _AND.split(listed)
            for name in sides if all(map(_is_institution, sides)) else (listed,):
                name = _REPRESENTATIVES.sub("", name.strip(), count=1)
                if _NAME.fullmatch(name) and _is_institution(name) and not self._named_in(name):
                    yield name

    def _know_short_names(self) -> None:
        """Learn the short form of a party in which one word is only a rank, where it means one party alone."""
        meant: dict[str, set[str]] = {}
        for party, names in self._names.items():
            for name in names:
                for short in _short_names(name):
                    meant.setdefault(short, set()).add(party)
        for party in self.of_visit:
            for name in self._names.get(party, ()):
                if (acronym := _acronym_of(name)) and self.directory.find(acronym) is None:
                    meant.setdefault(acronym, set()).add(party)
        for short, parties in meant.items():
            its = parties if len(parties) == 1 else parties.intersection(self.of_visit)
            if len(its) == 1:
                self._root.add(short, next(iter(its)), is_short=True)

    def _know(self, name: str, party: str) -> None:
        """Keep a name of a party, and the acronym with which it begins."""
        self._root.add(name, party)
        self._names.setdefault(party, []).append(name)
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
        """The other side, if it is one party: the one host, or the one guest; empty where both sides promise."""
        promises_host, promises_guest = not set(by).isdisjoint(self.hosts), not set(by).isdisjoint(self.delegation)
        if promises_host == promises_guest:
            return []
        side = self.guests if promises_host else self.hosts
        return side if len(side) == 1 else []

    def learn(self, name: str, party: str | None = None) -> None:
        """Keep an institution that a text introduces, or a unit of a party, where the store has none of that name."""
        if _NAME.fullmatch(name) and _is_institution(name) and not self.mentions(name):
            self._know(name, party or name)

    def learn_short_name(self, short: str, party: str) -> None:
        """Keep what a text says that it calls a party, where it means nobody yet: `the Agency of Taxes (AT)`."""
        if self.directory.find(short) is None and not self.mentions(short):
            self._know(short, party)
            self._found = ("", [])

    def learn_role(self, short: str, party: str) -> None:
        """Keep by which noun a text calls a party: `the Ministry`, and no other ministry whose name begins with it."""
        if self.directory.find(short) is None and not self.mentions(short):
            self._root.add(short, party, is_short=True)
            self._beginnings.setdefault(party, set()).add(_first_of(short))
            self._found = ("", [])

    def learn_unit(self, name: str, party: str) -> None:
        """Learn a department of a party: its tasks are the party's promises."""
        if not self.mentions(name):
            self._root.add(name, party)
            self._found = ("", [])

    def learn_defined(self, name: str) -> None:
        """Keep an institution that a text defines by a name of its own: `(далее – Нацстатком)`."""
        if self.directory.find(name) is None and not self.mentions(name):
            self._know(name, name)
            self._found = ("", [])

    def is_in_other_case(self, words: str, party: str) -> bool:
        """Whether the Russian name of a party is in another case than the nominative: `Пограничной службы`."""
        first = _first_of(words)
        its = self._beginnings.get(party, ())
        return first[:1] > "\x7f" and first not in its and any(each[:3] == first[:3] for each in its)

    def meant_by(self, words: str) -> list[str]:
        """The parties of the visit that `all` or `both sides` mean; none where several hosts leave it open."""
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
        """The country next to a name, and no part of it: `the Customs Service of Slovenia`."""
        behind = _COUNTRY_BEHIND.match(text, mention.end)
        before = _WORD_BEFORE.search(text, max(0, mention.start - _OFFICE_OF), mention.start)
        return (country_of(behind[1]) if behind else None) or (country_of(before[1]) if before else None)

    def country_words(self, text: str, mention: Mention) -> str:
        """The country next to a name as the text writes it: `Кыргызской Республики`."""
        behind = _COUNTRY_BEHIND.match(text, mention.end)
        if behind and country_of(behind[1]):
            more = _REPUBLIC_BEHIND.match(text, behind.end())
            return f"{behind[1]}{more[0] if more else ''}"
        before = _WORD_BEFORE.search(text, max(0, mention.start - _OFFICE_OF), mention.start)
        return before[1] if before else ""

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
            is_capital = word[0].isupper()
            node = self._root.child(word)
            if node is None and not is_capital and word not in self._first_words and not word.startswith("министерств"):
                continue
            best: Mention | None = None
            node_of_best = self._root
            last = index
            while node is not None:
                if node.party is not None and (not node.is_capital or is_capital):
                    best, node_of_best = Mention(start, tokens[last][1], node.party), node
                last += 1
                if last == len(tokens) or not _GAP.fullmatch(text, tokens[last - 1][1], tokens[last][0]):
                    break
                node = node.child(tokens[last][2])
            whole = self._in_full(text, start, len(text)) if self._acronyms else None
            if whole is not None and (best is None or whole.end > best.end):
                best, node_of_best = whole, self._root
            if best is not None and node_of_best.is_short and self._is_longer(text, tokens, index, best):
                best = None
            if best is None and word in self._first_words and not _GOES_ON.match(text, tokens[index][1]):
                its = self._first_words[word]
                best = Mention(start, tokens[index][1], next(iter(its))) if len(its) == 1 else None
            if best is not None:
                if (
                    index > 1
                    and tokens[index - 1][2] == "и"
                    and (beside := self._of_same_noun(text, tokens, index, best))
                ):
                    found.append(beside)
                found.append(best)
                at = best.end
        return found

    def _of_same_noun(
        self, text: str, tokens: Sequence[tuple[int, int, str]], index: int, mention: Mention
    ) -> Mention | None:
        """The party whose adjective alone comes before: `Миграционная и Пограничная службы` are two services."""
        start, end, adjective = tokens[index - 2]
        if text[end : mention.start] != " и ":
            return None
        node = self._root.child(adjective)
        for word in _WORD.findall(text, mention.start, mention.end)[1:]:
            node = node.child(word) if node is not None else None
        is_party = node is not None and node.party not in (None, mention.party)
        return Mention(start, end, node.party) if is_party and node is not None and node.party else None

    def _is_longer(self, text: str, tokens: Sequence[tuple[int, int, str]], index: int, short: Mention) -> bool:
        """Whether a name without its first word is part of another one: `the Slovak Customs Service`."""
        if _GOES_ON.match(text, short.end) or self.country_beside(text, short) or _OF_A_FIELD.match(text, short.end):
            return True
        if not index or text[tokens[index - 1][1] : short.start] != " ":
            return False
        before = tokens[index - 1][2]
        if before[0] > "\x7f":
            return bool(_BELONGS.search(before)) and not _BELONGS_TO_NOBODY.match(before)
        return before[0].isupper() and before.lower() not in _SMALL_WORDS

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


def nobody(*, is_several: bool = False) -> tuple[str, ...]:
    """The party mentioned before: none."""
    return ()


def is_behind_nobody(party: str) -> bool:
    """No sentence stands before."""
    return False


_SMALL_WORDS = frozenset(
    "the a an our its their this and both for to by from with in at on under after before as when if once that while".split()
)
"""Words that may stand before a name with a capital, at the beginning of a sentence, and are no part of it."""


def _is_institution(name: str) -> bool:
    """Whether words are the name of an institution: one of them is its noun, or all are an acronym and what follows."""
    words = [fold(word) for word in _WORD.findall(name)]
    if not words or words[0] in PERSONS or not looks_like_an_institution(name):
        return False
    return name.split()[0].isupper() or any(word in AGENTS or is_institution_word(word) for word in words)


def _short_names(name: str) -> Iterator[str]:
    """What people call an institution without its rank or its country: `Customs Service`, `финансовая разведка`."""
    words = name.split()
    if len(words) < _LEAST_WORDS:
        return
    if country_of(words[-1]) and words[-1][0].isupper():
        end = len(words) - 1
        while end > 1 and (fold(words[end - 1]) in _BEFORE_COUNTRY):
            end -= 1
        if end > 1:
            words = words[:end]
            yield " ".join(words)
    elif len(words) > _LEAST_WORDS and fold(words[-1]) == "республики" and country_of(words[-2]):
        words = words[:-2]
        yield " ".join(words)
    if len(words) >= _LEAST_WORDS and fold(words[0]) in _RANKS_OF_OFFICES:
        words = words[1:]
        yield " ".join(words)
    if office := _OFFICE_OF_SOMEBODY.fullmatch(" ".join(words)):
        yield f"{office[2]}'s {office[1]}"
    if service := _BEHIND_ITS_RANK.fullmatch(" ".join(words)):
        yield service[1]
    if len(words) >= _LEAST_WORDS and _SERVICE_NOUNS.search(words[-1]) and words[-2].endswith(("ой", "ей")):
        yield " ".join(words[-2:])


def is_without_rank(name: str, other: str) -> bool:
    """Whether a name is another one without the word of its rank: `Таможенная служба`, `Государственная таможенная служба`."""
    rank, _, rest = fold(other).partition(" ")
    return rank in _RANKS_OF_OFFICES and rest == fold(name)


def _acronym_of(name: str) -> str:
    """The first letters of the words of a name, by which a text may call a party of the visit; empty where it has few."""
    words = [word for word in _WORD.findall(name) if fold(word) not in _UNSAID]
    if any(len(word) > 1 and word.isupper() for word in words):
        return ""
    acronym = "".join(word[0] for word in words).upper()
    return acronym if _LEAST_ACRONYM <= len(acronym) <= _MOST_ACRONYM else ""


_OFFICE_OF_SOMEBODY = lazy(r"(Office|Bureau|Secretariat|Cabinet) of the ([A-Z]\w+(?: [A-Z]\w+){0,2})")
"""An office that is named for whom it serves: people say `the Prosecutor General's Office` as well."""
_BEHIND_ITS_RANK = lazy(
    r"(?:[A-Z]\w+ )?(?:Inspectorate|Directorate|Department|Administration|Command) of (?:the )?((?:[A-Z]\w+ ){1,2}(?:Police|Guard|Guards|Service))"
)
"""A service with the words of its rank before it: `General Inspectorate of Border Police` is the Border Police."""
_LEAST_WORDS = 3
"""Words of a name of which one can be left out."""
_BEFORE_COUNTRY = frozenset("of the republic kingdom state республики in".split())


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
