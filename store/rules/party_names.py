"""The names of parties: the one rule for what a typed name means, lookup by any name, the name shown.

Where a party gets another name, `party_renaming` says what changes. Source: docs/rules.md, Parties.
"""

from __future__ import annotations

from store.errors import NotAllowed, NotFound
from store.fold_case_and_accents import fold, words
from store.sanitise_text import clean_line, visible
from store.translation import language, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from store.model.record_types import Party, Returned, Voice

_ASIDE = str.maketrans("", "", ' "«»“”„‟')
"""Blanks and quotes, which tell no two names apart."""

_LEAST_LETTERS = 6
"""Letters of a name from which one slip makes it a near one: shorter names that differ in a letter are two."""

_LEAST_TOGETHER = 3
"""Letters of each of two names that are written together: shorter ones are parts of many names."""

_LIKENESS, _LEAST_LIKENESS = 0.8, 0.7

MOST_NAMED = 5
"""The most parties or records that a refusal names."""


def name_in_language(party: Party) -> str:
    """The name of a party, not sanitised: in Russian the Russian one, if it has one."""
    return (party.get("ru") if language() == "ru" else None) or party["name"]


class Match:
    """The kinds of meanings that a typed name can have among the known parties."""

    KNOWN, FIRST_WORDS, SEVERAL_FIT, JOINED, NEAR, NEW = "known", "first-words", "several-fit", "joined", "near", "new"


class NameMatch:
    """What a typed name means: its `kind`, one of `Match`, and the `names` that it is about.

    These are the full name of the one party, the full names of those that fit, the names that are joined, the nearest
    known name, or the new one.
    """

    __slots__ = ("kind", "names")

    def __init__(self, kind: str, *names: str) -> None:
        self.kind = kind
        self.names = names

    @property
    def is_party(self) -> bool:
        """Whether it is one known party."""
        return self.kind in (Match.KNOWN, Match.FIRST_WORDS)


def names_of(party: Party) -> list[str]:
    """All names of a party, its full one first."""
    names = [party["name"], party.get("short"), party.get("ru"), *party.get("aliases", [])]
    return [name for name in names if name]


def _is_part(some: list[str], of: list[str]) -> bool:
    """Whether these words are the first of the others, and fewer."""
    return bool(some) and len(some) < len(of) and of[: len(some)] == some


def _is_swapped(one: str, other: str) -> bool:
    """Whether two short names have the same letters in another order: IMO, IOM."""
    return one != other and len(one) <= 5 and sorted(one) == sorted(other)


def _bare(name: str) -> str:
    """A name folded, without blanks and quotes."""
    return fold(clean_line(name)).translate(_ASIDE).strip("'")


def _letters(name: str) -> str:
    """The letters and digits of a name, folded."""
    return "".join(filter(str.isalnum, fold(name)))


def _numbers(name: str) -> list[str]:
    """The numbers in a name, Roman ones too: `Unit II` has another one than `Unit III`."""
    digits = "".join(character if character.isdigit() else " " for character in name).split()
    return digits + [word for word in words(fold(name)) if not word.strip("ivx")]


def _is_one_slip(one: str, other: str) -> bool:
    """Whether one letter is wrong, missing or too many, or two beside each other are swapped."""
    at, end = 0, min(len(one), len(other))
    while at < end and one[at] == other[at]:
        at += 1
    rest, of_other = one[at:], other[at:]
    if at == end:
        return len(rest) + len(of_other) == 1
    return (
        rest[1:] == of_other[1:]
        or rest[1:] == of_other
        or rest == of_other[1:]
        or (rest[:2] == of_other[1::-1] and rest[2:] == of_other[2:])
    )


def _slip_keys(letters: str) -> list[tuple[int, str]]:
    """Keys that a known name shares with every name one slip away: one half of it is whole."""
    half = max(1, (len(letters) - 3) // 2)
    return [(len(letters), letters[:half]), (-len(letters), letters[-half:])]


_UNSAID = frozenset(("of", "the", "for", "and", "on", "in", "to", "de", "la", "du", "des", "et"))
"""Words of a name that have no letter in its acronym."""

_LEAST_ACRONYM = 3
_LEAST_INITIALS = 2


def _stands_for(short: str, full: str) -> bool:
    """Whether a name begins with the acronym of the other's first words: `MIA`, Ministry of Internal Affairs of Malta.

    What follows the acronym must stand behind those words: `MIA Malta`. Where it ends the other name too, two letters
    that begin the acronym are enough: Ministry of Interior of Malta.
    """
    acronym, *behind = short.split() or [""]
    its = [word for word in full.split() if fold(word) not in _UNSAID]
    count = len(acronym)
    if not (acronym.isalpha() and acronym.isupper() and _LEAST_ACRONYM <= count <= len(its)):
        return False
    rest = list(map(fold, behind))
    before = its[: len(its) - len(behind)]
    if behind and len(before) >= _LEAST_INITIALS and list(map(fold, its[len(before) :])) == rest:
        return fold(acronym).startswith(fold("".join(word[0] for word in before)))
    letters, after = "".join(word[0] for word in its[:count]), its[count:]
    return fold(letters) == fold(acronym) and list(map(fold, after[: len(behind)])) == rest


_MOST_WORDS = 24
"""Words of a name that are looked through for known ones."""

_LONGEST_OF_CAPITALS = 5


def is_written_as_a_name(written: str, party: Party) -> bool:
    """Whether a word of a longer name is a party's: its acronym only in capitals, since `it` and `who` are words."""
    if len(written) > _LONGEST_OF_CAPITALS or not written.islower():
        return True
    return not any(known.isupper() and fold(known) == written for known in names_of(party))


class Directory:
    """The parties of a store, found by any of their names, ignoring case and accents."""

    def __init__(self, parties: Mapping[int, Party], first_apart: int | None = None) -> None:
        """`first_apart`: the number from which parties are only found by their whole names, as those of a list are."""
        self._parties = dict(parties)
        self._first_apart = first_apart
        self._by_name: dict[str, Party] | None = None
        self._by_bare_name: dict[str, Party] = {}
        self._by_first_words: dict[str, dict[int, Party]] | None = None
        self._by_slip_key: dict[tuple[int, str], list[tuple[str, str]]] | None = None
        self._by_words: dict[str, Party] | None = None
        self._by_two_letters: dict[str, list[str]] | None = None
        self._lookups: dict[str, Party | None] = {}
        self._words_by_name: dict[str, list[list[str]]] = {}

    def add(self, party: Party) -> None:
        """Add a new party: for the transaction that owns this directory, since an import may add thousands."""
        self._parties[party["id"]] = party
        if self._by_name is not None:
            self._index_names(party, self._by_name, self._by_bare_name)
        if self._by_first_words is not None:
            self._index_first_words(party, self._by_first_words)
        if self._by_slip_key is not None:
            self._index_slips(party, self._by_slip_key)
        if self._by_words is not None:
            self._index_words(party, self._by_words)
        if self._by_two_letters is not None:
            self._index_beginnings(party, self._by_two_letters)
        self._lookups.clear()
        self._words_by_name.clear()

    def all(self) -> Collection[Party]:
        """The parties in the order of the store."""
        return self._parties.values()

    def find(self, name: str) -> Party | None:
        """The party with this name, any of its names; None without one. Ignores case, accents, blanks, quotes."""
        if name in self._lookups:
            return self._lookups[name]
        if self._by_name is None:
            self._by_name = {}
            for party in self._parties.values():
                self._index_names(party, self._by_name, self._by_bare_name)
        found = self._by_name.get(fold(clean_line(name))) or self._by_bare_name.get(_bare(name))
        self._lookups[name] = found
        return found

    def canonical(self, name: str) -> str:
        """The full name of the party with this name; else the text itself."""
        party = self.find(name)
        return party["name"] if party else clean_line(name)

    def shown(self, name: str) -> str:
        """The short name of a party, which people are shown; its full one when it has no short one."""
        party = self.find(name)
        return party.get("short", party["name"]) if party else name

    def _index_names(self, party: Party, by_name: dict[str, Party], by_bare_name: dict[str, Party]) -> None:
        for known in names_of(party):
            by_name.setdefault(fold(known), party)
            if bare := _bare(known):
                by_bare_name.setdefault(bare, party)

    def beginning_with(self, name: str) -> list[Party]:
        """The parties that have a longer name with these first words."""
        if self._by_first_words is None:
            self._by_first_words = {}
            for party in self._parties.values():
                self._index_first_words(party, self._by_first_words)
        return list(self._by_first_words.get(" ".join(words(fold(name))), {}).values())

    def _index_first_words(self, party: Party, index: dict[str, dict[int, Party]]) -> None:
        if self._first_apart is not None and party["id"] >= self._first_apart:
            return
        for known in names_of(party):
            its = words(fold(known))
            for count in range(1, len(its)):
                index.setdefault(" ".join(its[:count]), {})[party["id"]] = party

    def names_within(self, name: str, is_alone: Callable[[str], bool] = lambda _: False) -> list[tuple[int, int, str]]:
        """The whole known names that stand in a longer one, from left to right: (first, end, name).

        `is_alone`: whether a name stands alone in another cell of a list that is imported; of its own parties no other.
        """
        if self._by_words is None:
            self._by_words = {}
            for party in self._parties.values():
                self._index_words(party, self._by_words)
        from store.rules.joined_names import spans_of_words  # most names are known

        spans = spans_of_words(name)[:_MOST_WORDS]
        folded = [fold(name[first:end]) for first, end in spans]
        found: list[tuple[int, int, str]] = []
        at = 0
        while at < len(spans):
            for behind in range(len(spans) - (at == 0), at, -1):
                first, end = spans[at][0], spans[behind - 1][1]
                written = name[first:end]
                known = self._by_words.get(" ".join(folded[at:behind]))
                if known is not None and is_written_as_a_name(written, known):
                    found.append((first, end, known["name"]))
                elif not (written.istitle() or written.isupper()) or not is_alone(written):
                    continue
                else:
                    found.append((first, end, written))
                at = behind - 1
                break
            at += 1
        return found

    def _index_words(self, party: Party, index: dict[str, Party]) -> None:
        if self._first_apart is None or party["id"] < self._first_apart:
            for known in names_of(party):
                index.setdefault(" ".join(words(fold(known))), party)

    def in_another_case(self, name: str) -> str | None:
        """The known name of which a Russian one is another case: «Генпрокуратура» of «Генпрокуратурой»."""
        if name.isascii() or len(words(name)) > _MOST_WORDS:
            return None
        from store.rules.russian_cases import is_in_another_case  # few names are declined

        if self._by_two_letters is None:
            self._by_two_letters = {}
            for party in self._parties.values():
                self._index_beginnings(party, self._by_two_letters)
        begun = self._by_two_letters.get(fold(name)[:2], ())
        return next((each for each in begun if is_in_another_case(each, name)), None)

    def _index_beginnings(self, party: Party, index: dict[str, list[str]]) -> None:
        for known in names_of(party):
            if not known.isascii():
                index.setdefault(fold(known)[:2], []).append(known)

    def near(self, name: str) -> str | None:
        """The known name that differs from this one by one slip, or by punctuation; never only by a number."""
        if self._by_slip_key is None:
            self._by_slip_key = {}
            for party in self._parties.values():
                self._index_slips(party, self._by_slip_key)
        letters = _letters(name)
        if not letters:
            return None
        numbers = _numbers(name)
        found = None
        for length in (len(letters), len(letters) - 1, len(letters) + 1):
            half = max(1, (length - 3) // 2)
            for key in ((length, letters[:half]), (-length, letters[-half:])):
                for its, known in self._by_slip_key.get(key, ()):
                    is_long = max(len(its), len(letters)) >= _LEAST_LETTERS
                    if not (its == letters or (is_long and _is_one_slip(its, letters))) or numbers != _numbers(known):
                        continue
                    if its == letters:
                        return known
                    found = found or known
        return found

    def _index_slips(self, party: Party, index: dict[tuple[int, str], list[tuple[str, str]]]) -> None:
        for known in names_of(party):
            letters = _letters(known)
            for key in _slip_keys(letters):
                index.setdefault(key, []).append((letters, known))

    def suggestion(self, name: str) -> str | None:
        """The known name that a new one resembles, though it is not near: similar, letters swapped, or its acronym."""
        typed = words(fold(name))
        known = [
            each
            for party in self._parties.values()
            for each in names_of(party)
            if not _is_part(words(fold(each)), typed)
        ]
        for each in known:
            if _is_swapped(fold(name), fold(each)) or _stands_for(name, each) or _stands_for(each, name):
                return each
        from store.nearest_word import nearest  # Most names are known.

        similar = nearest(name, known, _LIKENESS)
        return similar if similar and _numbers(similar) == _numbers(name) else None

    def written_together(self, name: str) -> list[str]:
        """Two parties whose names are joined without a blank, the second perhaps only begun: `MIA UzbekistanINT`.

        Empty when it is anything else.
        """
        for at in range(_LEAST_TOGETHER, len(name) - _LEAST_TOGETHER + 1):
            if not (name[at].isupper() and name[at - 1].isalpha()):
                continue
            first = self.find(name[:at])
            if first is None:
                continue
            rest = fold(name[at:])
            others = [
                party["name"]
                for party in self._parties.values()
                if party is not first and any(fold(known).startswith(rest) for known in names_of(party))
            ]
            if len(others) == 1:
                return [first["name"], *others]
        return []

    def words_of(self, name: str) -> list[list[str]]:
        """The folded words of each name of a party, for queries."""
        if name not in self._words_by_name:
            party = self.find(name)
            self._words_by_name[name] = [words(fold(known)) for known in (names_of(party) if party else [name])]
        return self._words_by_name[name]


def is_recorded_by_others(parties: Directory, voice: Voice | Returned) -> bool:
    """Whether a voice was recorded by a login that is no name of a party whose voice it is.

    The names of parties are all that a store knows of logins. Source: docs/rules.md, Voices.
    """
    recorder = fold(parties.canonical(voice["recorded_by"]))
    return recorder not in [fold(parties.canonical(name)) for name in voice["said_by"]]


def match_name(parties: Directory, typed: str, is_alone: Callable[[str], bool] = lambda _: False) -> NameMatch:
    """What a typed name means, by the one rule for names of parties.

    `is_alone`: whether a name stands alone in another cell of a list that is imported.
    Source: docs/rules.md, Parties.
    """
    name = clean_line(typed)
    match = _known_match(parties, name)
    if match is not None:
        return match
    from store.rules.joined_names import is_role, joined_names, without_role  # most names are known

    def is_known(part: str) -> bool:
        known = _known_match(parties, part)
        return known is not None and known.is_party

    before, role = without_role(name)
    if role and _letters(before):
        match = _known_match(parties, before)
        within = parties.find(role)
        if match is not None and match.is_party:
            same = within is not None and within["name"] == match.names[0]
            both = None if same else _of_names_within(parties, name, is_alone)
            return match if same else both or NameMatch(Match.NEAR, match.names[0])
        if within is not None:
            return NameMatch(Match.NEAR, within["name"])
        if is_role(role):
            return match or NameMatch(Match.NEAR, parties.near(before) or before)
    parts = joined_names(name, is_known, is_alone) or parties.written_together(name)
    if len(parts) > 1:
        return NameMatch(Match.JOINED, *(_as_known(parties, part) for part in parts))
    return (
        _of_a_role(parties, name, is_known, is_alone)
        or _of_names_within(parties, name, is_alone)
        or _near_match(parties, name)
        or NameMatch(Match.NEW, name)
    )


def _as_known(parties: Directory, part: str) -> str:
    """A part of a text that joins names as it is known, where it is declined; of an unknown one the nominative."""
    if part.isascii() or _known_match(parties, part) is not None:
        return part
    from store.rules.russian_cases import in_the_nominative

    return parties.in_another_case(part) or in_the_nominative(part)


def _of_a_role(
    parties: Directory, name: str, is_known: Callable[[str], bool], is_alone: Callable[[str], bool]
) -> NameMatch | None:
    """The name that stands beside a role or a number: `UNODC – lead`, `Lead UNODC`, `UNODC 1`; None for another one.

    Without a mark between them it has to be known, or in capitals: `Joint Task Force` is one name.
    """
    from store.rules.joined_names import bare_name, bare_role, is_acronym, without_number_beside

    _, role, is_marked = bare_role(name)
    bare = bare_name(name) if role else without_number_beside(name)
    if not bare or bare == name:
        return None
    match = _known_match(parties, bare)
    if not role and not (match is not None and is_acronym(bare)):
        return None  # `Training Unit 2` is another one than Training Unit.
    if match is not None and match.is_party:
        return NameMatch(Match.NEAR, match.names[0])
    if not (is_alone(bare) or is_marked or is_acronym(bare)):
        return None
    return NameMatch(Match.NEAR, parties.near(bare) or parties.in_another_case(bare) or bare)


def _of_names_within(parties: Directory, name: str, is_alone: Callable[[str], bool]) -> NameMatch | None:
    """Two whole known names in one, whatever stands between them; one and the same twice is that party."""
    from store.rules.joined_names import is_acronym

    within = parties.names_within(name, is_alone)
    if len(within) < 2:
        return None
    named = list(dict.fromkeys(found for _, _, found in within))
    if len(named) == 1:
        return NameMatch(Match.NEAR, named[0])
    is_whole = not _letters(name[: within[0][0]] + name[within[-1][1] :])
    if not is_whole and not all(is_acronym(part := name[first:end]) or " " in part for first, end, _ in within):
        return None  # `Police and Customs Academy` is one name.
    written = {found: name[first:end] for first, end, found in reversed(within)}
    return NameMatch(Match.JOINED, *(written[each] for each in named))


def _near_match(parties: Directory, name: str) -> NameMatch | None:
    near = parties.near(name) or parties.in_another_case(name)
    return NameMatch(Match.NEAR, near) if near else None


def is_nameless(name: str) -> bool:
    """Whether a text cannot be a name: it has no letter and no digit, or only joins names, as `and` does."""
    if not _letters(name):
        return True
    from store.rules.joined_names import is_joining_word  # most names are known

    return is_joining_word(fold(clean_line(name)))


def sounds_like_delegation(name: str) -> bool:
    """Whether a name is that of a delegation, which is no party: `delegation of Uzbekistan`."""
    return any(word.startswith(("delegat", "делегац")) for word in words(fold(name)))


def ambiguous_with(parties: Directory, party: Party, name: str) -> Sequence[str]:
    """The other parties that a new name of this party may mean; none for a form of its own name.

    Source: docs/rules.md, Parties.
    """
    own = Directory({party["id"]: party})
    match = match_name(own, name)
    if match.kind not in (Match.JOINED, Match.NEW) and any(map(own.find, match.names)):
        return ()
    match = match_name(Directory({each["id"]: each for each in parties.all() if each["id"] != party["id"]}), name)
    if match.kind not in (Match.NEAR, Match.NEW) or any(map(parties.find, match.names)):
        return match.names[:MOST_NAMED]
    match = match_name(parties, name)
    is_of_another = any((known := parties.find(each)) and known["id"] != party["id"] for each in match.names)
    return match.names if match.kind == Match.JOINED and is_of_another else ()


def _known_match(parties: Directory, name: str) -> NameMatch | None:
    """The party with this name or these first words, or the parties that fit; None when it is unknown."""
    party = parties.find(name)
    if party is not None:
        return NameMatch(Match.KNOWN, party["name"])
    fitting = [party["name"] for party in parties.beginning_with(name)]
    return NameMatch(Match.FIRST_WORDS if len(fitting) == 1 else Match.SEVERAL_FIT, *fitting) if fitting else None


def known_party(parties: Directory, name: str, field: str = "name") -> Party:
    """The party with this name, any of its names, or with these first words; `field` is the parameter that names it.

    Raises: NotFound with the nearest known name; NotAllowed when it fits several parties.
    """
    match = match_name(parties, name)
    if match.kind not in (Match.KNOWN, Match.FIRST_WORDS, Match.SEVERAL_FIT):
        from store.nearest_word import nearest

        known = [name for party in parties.all() for name in names_of(party)]
        meant = nearest(match.names[0] if match.kind == Match.NEAR else name, known, _LEAST_LIKENESS)
        near = tr('; did you mean "{meant}"?', meant=visible(meant)) if meant else ""
        sentence = tr('there is no party "{name}"{near}', name=visible(clean_line(name)), near=near)
        values = {
            "near": near,
            "name": visible(clean_line(name)),
            "typed": clean_line(name),
            "meant": [meant] if meant else [],
        }
        raise NotFound(sentence, code="party.unknown", field=field, values=values)
    if match.kind == Match.SEVERAL_FIT:
        raise several_fit(parties, name, match, field)
    found = parties.find(match.names[0])
    assert found is not None, "a match names a known party"
    return found


def several_fit(parties: Directory, name: str, match: NameMatch, field: str) -> NotAllowed:
    """The refusal of a name that are the first words of several parties."""
    known = [(each, parties.find(each)) for each in match.names]
    names = [visible(name_in_language(party) if party else each) for each, party in known]
    *fitting, last = [tr('"{value}"', value=each) for each in names]
    if len(fitting) >= MOST_NAMED:
        fitting, last = fitting[:MOST_NAMED], tr("another")
    shown = visible(clean_line(name))
    sentence = tr('"{shown}" may be {fitting} or {last}', shown=shown, fitting=", ".join(fitting), last=last)
    return NotAllowed(sentence, code="party.several-fit", field=field, values={"name": shown, "names": names})
