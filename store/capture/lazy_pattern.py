"""Regular expressions that are compiled when they are first used: to compile all takes as long as six bare starts."""

from __future__ import annotations

import re
from typing import Any, cast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")


class _LazyPattern:
    """Stands for a pattern: at its first use it takes the methods of the compiled one."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern as `re.compile` makes it, compiled at its first use."""
    return cast("re.Pattern[str]", _LazyPattern(pattern, flags))


_CYRILLIC = re.compile("[А-Яа-яЁё]")


def has_cyrillic(words: str) -> bool:
    """Whether words have a Cyrillic letter."""
    return not words.isascii() and _CYRILLIC.search(words) is not None


def latin(pattern: str) -> str:
    """A pattern without its Cyrillic letters, for words that have none: these take half of the time to compile."""
    return pattern.replace("А-ЯЁ", "").replace("а-яё", "")


def by_letters(pattern: str, of_latin: str | None = None, flags: int = 0) -> Callable[[str], re.Pattern[str]]:
    """Gives for words the pattern as it is compiled for their letters; `of_latin` is that for words without Cyrillic ones."""
    whole, plain = lazy(pattern, flags), lazy(latin(pattern) if of_latin is None else of_latin, flags)
    return lambda words: whole if has_cyrillic(words) else plain
