"""Tell by its words whether a name is a person's or an institution's."""

from __future__ import annotations

import re

from store.fold_case_and_accents import fold
from store.rules.first_names import is_first_name
from store.rules.institution_words import is_institution_word, is_of_a_country

_RANKS = (
    "mr|mrs|ms|miss|mme|mlle|madame|monsieur|dr|prof|sir|col|lt|maj|gen|capt|cpt|sgt|insp|supt|colonel|lieutenant|sergeant|captain"
    "|sr|sra|srta|don|dona|dna|amb|mgr|lic|ing|dra|mons|hon|rev|herr|frau|eng|arq"
    "|г-н|г-жа|господин|госпожа|т|тов|товарищ|полковник|подполковник|майор|капитан|лейтенант|генерал|генерал-майор"
    "|генерал-лейтенант|генерал-полковник|сержант|проф|д-р"
)
"""Titles and ranks before the name of a person, folded."""

_NO_INITIALS = frozenset(("D.C.", "U.S.", "U.S.A.", "U.K.", "U.N.", "E.U.", "U.A.E.", "С.Ш.А."))
"""Initials that are not a person's."""


_STYLES = ("h.e. ", "s.e. ", "h. e. ", "s. e. ", "e.p. ")
"""How ambassadors are named before their titles, folded."""

_OF_LOGINS = "abcdefghijklmnopqrstuvwxyz0123456789._-"
_NUMBER_BEHIND = r"\s+\(\d{1,9}\)$"


def looks_like_a_person(name: str) -> bool:
    """Whether a name is written like a person's: `Col. Smith`, `г-н Иванов`, `Иванов И.И.`, `j.smith@example.org`."""
    folded = fold(name).strip()
    if folded.startswith(_STYLES):
        return True
    first, _, rest = folded.replace(".", ". ").partition(" ")
    is_ranked = bool(rest.strip()) and first.rstrip(".") in _RANKS.split("|")
    is_named = is_ranked or _has_initials(name) or _has_initial_and_first_name(name) or _has_patronymic(name)
    return "@" in name or is_named


def may_be_a_person(name: str) -> bool:
    """Whether a name is written as a person's may be, and has no word of an institution."""
    return looks_like_a_person(name) or (has_a_persons_form(name) and not looks_like_an_institution(name))


def has_a_persons_form(name: str) -> bool:
    """Whether a name is two words that begin with a capital, and nothing else: `Lola Sample`, `Лола Образцова`."""
    words = name.split()
    return len(words) == 2 and all(word.istitle() and word.replace("-", "").isalpha() for word in words)


def _has_initial_and_first_name(name: str) -> bool:
    """Whether a first name follows an initial, or a title of one letter: `D. Juan Pérez`."""
    if name[1:3] != ". " or not name[0].isupper():
        return False
    return any(map(is_first_name, name[3:].split()))


def without_number_behind(name: str) -> str:
    """A name without the number of a person behind it, as Todoist writes it: `Lola (2)`."""
    return re.sub(_NUMBER_BEHIND, "", name) if name[-1:] == ")" else name


def looks_like_a_login(name: str) -> bool:
    """Whether a name is one word in small letters of ASCII, as people sign in with it: `osample`."""
    return name.isascii() and name[:1].isalpha() and name.islower() and not name.strip(_OF_LOGINS)


def _has_patronymic(name: str) -> bool:
    """Whether one of two or three capitalized words is a patronymic: `Иванов Иван Иванович`."""
    words = name.split()
    return len(words) in (2, 3) and all(map(str.istitle, words)) and any(word.endswith(_PATRONYMICS) for word in words)


_PATRONYMICS = ("ович", "евич", "овна", "евна", "ична", "ovich", "evich", "ovna", "evna")


def looks_like_an_institution(name: str) -> bool:
    """Whether a name in a column of persons is an institution's: an acronym, or a word of institutions.

    So is one of a country: `Погранслужба Армении`.
    """
    words = name.replace(",", " ").replace("-", " ").split()
    if any(_is_acronym(word) or is_institution_word(word) for word in words):
        return True
    return len(words) > 1 and is_of_a_country(words[-1]) and not any(map(is_first_name, words[:-1]))


def _is_acronym(word: str) -> bool:
    """Whether a word is in capitals, or ends in one: `MoJ`; initials are no acronym."""
    is_in_capitals = word.isupper() or (word.isalpha() and word[0].isupper() and word[-1].isupper())
    return len(word) > 1 and is_in_capitals and (not _are_initials(word) or word in _NO_INITIALS)


_CAPITALS = "A-ZА-ЯЁØŁĐÆŒÞІЄҐҚҒҲӘӨҮҰҢҶ"
"""Capital letters without their accents, as a class of a pattern: `_without_accents` is what is looked at."""

_INITIAL = rf"(?:[{_CAPITALS}]|Yu|Ya|Ye|Yo|Sh|Ch|Zh|Kh|Ts|Дж)\."
_SURNAME = rf"(?:[{_CAPITALS}][\w'\u2019-]*[^\W\d_{_CAPITALS}]|[{_CAPITALS}][{_CAPITALS}'\u2019-]{{4,}})"
_INITIALS = rf"(?:{_INITIAL}[ -]?){{1,3}}[{_CAPITALS}]?"
_WITH_INITIALS = rf"(?:{_INITIAL}[ -]?){{1,3}}{_SURNAME}|{_SURNAME},?\s+{_INITIALS}(?!\s*\w)"
"""A surname with the initials before it or after it."""

_TITLES = ("Mr", "Mrs", "Ms", "Mme", "Dr", "г-н", "г-жа", "тов")
_AT_THE_END = (
    rf"(?<!им\.)(?<!имени)(?<!after)\s(?P<person>{_WITH_INITIALS}|(?:{'|'.join(_TITLES)})\b\.?\s+{_SURNAME}.*)$"
)


# They are compiled for the first name with a point or a title: that takes half of a bare start.


def _are_initials(word: str) -> bool:
    return "." in word and re.fullmatch(_INITIALS, _without_accents(word)) is not None


def _has_initials(name: str) -> bool:
    """Whether a name is a single word with initials before or after it; `U.S. Embassy` is not."""
    if "." not in name or re.fullmatch(_WITH_INITIALS, _without_accents(name.strip())) is None:
        return False
    words = name.replace(",", " ").replace(".", ". ").split()
    initials = [word for word in words if word.endswith(".") or len(word) == 1]
    others = [word for word in words if word not in initials]
    return "".join(initials) not in _NO_INITIALS and not any(map(is_institution_word, others))


def person_at_the_end(name: str) -> str | None:
    """The person with initials or a title with which a longer name ends: `МВД Образцова О.О.`; None where none is."""
    if "." not in name and not any(title in name for title in _TITLES):
        return None
    found = re.search(_AT_THE_END, _without_accents(name))
    person = name[slice(*found.span("person"))] if found is not None else ""
    return person if person and looks_like_a_person(person) else None


def _without_accents(name: str) -> str:
    """A name without accents, of the same length: `É. Dupont` becomes `E. Dupont`."""
    if name.isascii():
        return name
    from unicodedata import normalize

    return "".join([normalize("NFD", letter)[0] for letter in name])
