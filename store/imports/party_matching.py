"""A name of a party as a list writes it: whether it may be several, whether it may be a person's."""

from __future__ import annotations

from store.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from store.imports.rows import ParsedRows

ROLES = ("by", "to", "support")
"""The fields of a row that hold names of parties."""

_BETWEEN = (" and ", " и ", "&", " / ")
"""What stands between two names, and in the midst of many a single one."""

_RANKS = (
    "mr|mrs|ms|miss|dr|prof|sir|col|lt|maj|gen|capt|cpt|sgt|insp|supt|colonel|lieutenant|sergeant|captain"
    "|г-н|г-жа|господин|госпожа|тов|товарищ|полковник|подполковник|майор|капитан|лейтенант|генерал|генерал-майор"
    "|генерал-лейтенант|генерал-полковник|сержант|проф|д-р"
)
"""What stands before the name of a person, folded."""

_COUNTRIES = frozenset(("U.S.", "U.S.A.", "U.K.", "U.N.", "E.U.", "U.A.E.", "С.Ш.А."))
"""Initials that are no person's."""


def parts_of(name: str) -> list[str]:
    """The names that one may be made of: itself alone where nothing but commas stands between."""
    text = " ".join(name.split())
    marks = [mark for mark in (*_BETWEEN, "/") if mark in text.casefold()]
    if not marks:
        return [text]
    for mark in (*marks, ","):
        for each in (mark, mark.upper()):
            text = text.replace(each, ";")
    return list(filter(None, map(str.strip, text.split(";"))))


def are_several(name: str, is_known: Callable[[str], object], is_alone: Callable[[str], bool]) -> bool:
    """Whether a name may be those of several parties: one of them `is_known`, or each of them `is_alone` elsewhere.

    A slash without blanks stands in the name of many an office, UNODC/ROCA: then each must be known.
    """
    parts = parts_of(name)
    if len(parts) < 2:
        return False
    known = [part for part in parts if is_known(part)]
    if not any(mark in " ".join(name.split()).casefold() for mark in _BETWEEN):
        return all(part in known or is_alone(part) for part in parts)
    return bool(known) or all(map(is_alone, parts))


def single_names(understood: ParsedRows) -> set[str]:
    """The parties that stand alone in a cell of the file, folded."""
    cells = {
        value[0]
        for row in understood.rows
        for field in ROLES
        if (value := row.get(field)) and len(value) == 1 and "," not in value[0]
    }
    return set(map(fold, cells))


def looks_like_a_person(name: str) -> bool:
    """Whether it is written as people's names are: `Col. Smith`, `г-н Иванов`, `Иванов И.И.`, `j.smith@example.org`."""
    first, _, rest = fold(name).replace(".", ". ").strip().partition(" ")
    return "@" in name or (bool(rest.strip()) and first.rstrip(".") in _RANKS.split("|")) or _has_initials(name)


def _has_initials(name: str) -> bool:
    """Whether it is a single word with initials before or behind it; `U.S. Embassy` is no such name."""
    words = name.replace(",", " ").replace(".", ". ").split()
    initials = [word for word in words if len(word) == 2 and word[0].isupper() and word[1] == "."]
    others = [word for word in words if word not in initials]
    return bool(initials) and len(others) == 1 and others[0].istitle() and "".join(initials) not in _COUNTRIES
