"""A name of a party as a list writes it: whether it may be several, whether it may be a person's."""

from store.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_BETWEEN = (" and ", " и ", "&", " / ")
"""What stands between two names, and in the midst of many a single one."""

_RANKS = (
    "mr|mrs|ms|miss|dr|prof|sir|col|lt|maj|gen|capt|cpt|sgt|insp|supt|colonel|lieutenant|sergeant|captain"
    "|г-н|г-жа|господин|госпожа|тов|товарищ|полковник|подполковник|майор|капитан|лейтенант|генерал|генерал-майор"
    "|генерал-лейтенант|генерал-полковник|сержант|проф|д-р"
)
"""What stands before the name of a person, folded."""


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


def are_several(name: str, is_known: "Callable[[str], object]", is_alone: "Callable[[str], bool]") -> bool:
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


def looks_like_a_person(name: str) -> bool:
    """Whether it begins as people's names do in letters: `Col. Smith`, `г-н Иванов`."""
    first, _, rest = fold(name).replace(".", ". ").strip().partition(" ")
    return bool(rest.strip()) and first.rstrip(".") in _RANKS.split("|")
