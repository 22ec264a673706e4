"""Tells by its words whether a name in a list is a person's or an institution's."""

from __future__ import annotations

from store.rules.institution_words import is_institution_word
from store.text import fold

_RANKS = (
    "mr|mrs|ms|miss|dr|prof|sir|col|lt|maj|gen|capt|cpt|sgt|insp|supt|colonel|lieutenant|sergeant|captain"
    "|г-н|г-жа|господин|госпожа|тов|товарищ|полковник|подполковник|майор|капитан|лейтенант|генерал|генерал-майор"
    "|генерал-лейтенант|генерал-полковник|сержант|проф|д-р"
)
"""Titles and ranks before the name of a person, folded."""

_COUNTRIES = frozenset(("U.S.", "U.S.A.", "U.K.", "U.N.", "E.U.", "U.A.E.", "С.Ш.А."))
"""Initials that are not a person's."""


def looks_like_a_person(name: str) -> bool:
    """Whether a name is written like a person's: `Col. Smith`, `г-н Иванов`, `Иванов И.И.`, `j.smith@example.org`."""
    first, _, rest = fold(name).replace(".", ". ").strip().partition(" ")
    is_ranked = bool(rest.strip()) and first.rstrip(".") in _RANKS.split("|")
    return "@" in name or is_ranked or _has_initials(name) or _has_patronymic(name)


def may_be_a_person(name: str) -> bool:
    """Whether a name is written as a person's may be, and has no word of an institution."""
    return looks_like_a_person(name) or (has_a_persons_form(name) and not looks_like_an_institution(name))


def has_a_persons_form(name: str) -> bool:
    """Whether a name is two words that begin with a capital, and nothing else: `Lola Sample`, `Лола Образцова`."""
    words = name.split()
    return len(words) == 2 and all(word.istitle() and word.replace("-", "").isalpha() for word in words)


def _has_patronymic(name: str) -> bool:
    """Whether one of two or three capitalized words is a patronymic: `Иванов Иван Иванович`."""
    words = name.split()
    return len(words) in (2, 3) and all(map(str.istitle, words)) and any(word.endswith(_PATRONYMICS) for word in words)


_PATRONYMICS = ("ович", "евич", "овна", "евна", "ична", "ovich", "evich", "ovna", "evna")


def looks_like_an_institution(name: str) -> bool:
    """Whether a name in a column of persons is none of a person: an acronym or a word of institutions is in it."""
    words = name.replace(",", " ").replace("-", " ").split()
    return any((len(word) > 1 and word.isupper()) or is_institution_word(word) for word in words)


def _has_initials(name: str) -> bool:
    """Whether a name is a single word with initials before or after it; `U.S. Embassy` is not."""
    words = name.replace(",", " ").replace(".", ". ").split()
    initials = [word for word in words if len(word) == 2 and word[0].isupper() and word[1] == "."]
    others = [word for word in words if word not in initials]
    return bool(initials) and len(others) == 1 and others[0].istitle() and "".join(initials) not in _COUNTRIES
