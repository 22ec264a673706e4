"""The variables of a page (CSS Custom Properties): whether a value that one of them can have hides words.

Which of its values a variable has at an element is not worked out: that one of them hides is what is told.
"""

from __future__ import annotations

from store.capture.readers.html.css_hiding_declarations import JUDGED, what_is_hidden

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Said = tuple[str, bool]

_MOST_VALUES, _LONGEST_VALUE, _DEEPEST = 200, 2_000, 10
"""Values that are tried for one that is used, characters of one, and variables within one another."""


_HIDING = frozenset({"display", "visibility", "opacity", "font-size", "clip-path", "content-visibility", "transform"})
"""Properties that are doubtful where nothing on the page defines their variable."""


_MOST_EXPANSIONS = 20_000
"""Variables of a page that are replaced by a value: one that leads to nothing gives no value to count."""


class _TooMany(Exception):
    """There are more values than are tried."""


class Variables:
    """The variables that a page defines, each with all of its values, and the declarations that use some."""

    def __init__(self) -> None:
        """Those of a page of which nothing was read."""
        self._values: dict[str, dict[str, None]] = {}
        self._used: dict[tuple[tuple[str, str], ...], None] = {}
        self._expansions = 0

    def define(self, said: Iterable[tuple[str, Said]]) -> None:
        """Note the variables among declarations."""
        for name, (value, _) in said:
            if name.startswith("--"):
                self._values.setdefault(name, {})[value] = None

    def use(self, said: Mapping[str, Said]) -> None:
        """Record the declarations that use a variable, with the rest of their value."""
        if any("var(" in value and name in JUDGED for name, (value, _) in said.items()):
            self._used[tuple((name, value) for name, (value, _) in said.items() if name in JUDGED)] = None

    def may_hide(self) -> bool:
        """Whether words are hidden by a value that a variable can have, or there are too many to say so."""
        try:
            return any(map(self._may_hide, self._used))
        except _TooMany:
            return True

    def _may_hide(self, own: tuple[tuple[str, str], ...]) -> bool:
        beside = {name: (value, False) for name, value in own}
        surely, _ = what_is_hidden(beside)
        for name, value in own:
            if "var(" not in value:
                continue
            tried = 0
            for each in self._expanded(value, 0):
                tried += 1
                if tried > _MOST_VALUES:
                    raise _TooMany
                found, is_unclear = what_is_hidden({**beside, name: (each, False)})
                if is_unclear or any(hides and what not in surely for what, (hides, _) in found.items()):
                    return True
            if not tried and name in _HIDING:
                return True
        return False

    def _expanded(self, value: str, depth: int) -> Iterator[str]:
        """A value with every possible value of its variables."""
        begin = value.find("var(")
        if begin < 0:
            yield value
            return
        end = _end_of(value, begin + 4)
        if depth >= _DEEPEST or end < 0 or len(value) > _LONGEST_VALUE:
            raise _TooMany
        self._expansions += 1
        if self._expansions > _MOST_EXPANSIONS:
            raise _TooMany
        name, comma, other = value[begin + 4 : end].partition(",")
        values = dict.fromkeys(self._values.get(name.strip(), {}))
        if comma:
            values[other.strip()] = None
        for each in values:
            yield from self._expanded(f"{value[:begin]}{each}{value[end + 1 :]}", depth + 1)


def _end_of(value: str, begin: int) -> int:
    """The place of the parenthesis that closes what begins there, or -1."""
    depth = 1
    for place in range(begin, len(value)):
        depth += {"(": 1, ")": -1}.get(value[place], 0)
        if depth == 0:
            return place
    return -1
