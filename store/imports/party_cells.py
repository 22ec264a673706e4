"""The names of parties in an imported list: which stand alone in a cell, which look like a person's."""

from __future__ import annotations

from store.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.imports.rows import Understood

ROLES = ("by", "to", "support")
"""The fields of a row that hold names of parties."""

_RANKS = (
    "mr|mrs|ms|miss|dr|prof|sir|col|lt|maj|gen|capt|cpt|sgt|insp|supt|colonel|lieutenant|sergeant|captain"
    "|г-н|г-жа|господин|госпожа|тов|товарищ|полковник|подполковник|майор|капитан|лейтенант|генерал|генерал-майор"
    "|генерал-лейтенант|генерал-полковник|сержант|проф|д-р"
)
"""What stands before the name of a person, folded."""

_COUNTRIES = frozenset(("U.S.", "U.S.A.", "U.K.", "U.N.", "E.U.", "U.A.E.", "С.Ш.А."))
"""Initials that are no person's."""


def single_names(understood: Understood) -> set[str]:
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
