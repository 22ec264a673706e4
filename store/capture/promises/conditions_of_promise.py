"""The condition within a promise: `if the donor agrees`."""

from __future__ import annotations

import re

from store.capture.lazy_pattern import lazy

COUNTED_FROM = lazy(r"(?<![а-яё])(?:дн[а-яё]+|недел[а-яё]+|месяц[а-яё]*) $", re.IGNORECASE)
"""Before `после получения`: it says from when the days count, and is no condition."""

_CONDITION = lazy(
    r"\b(?:provided that|(?<=, )provided (?=(?:[A-Z]{2,}|the|its?|they|we|he|she)\b)|on (?:the )?condition that|as long as|should (?=the\b|[A-Z])|if\b|unless\b|при условии,? что|в случае,? если|если)\b ?",
    re.IGNORECASE,
)


def condition_in(words: str, after: int = 0) -> tuple[int, int]:
    """The span of the condition in a sentence, after a place; empty at the end where there is none.

    At the beginning, and behind `that,`, it ends with a comma; elsewhere it goes on to the end.
    """
    for match in _CONDITION.finditer(words, after):
        before = words[: match.start()].rstrip()
        if match[0].startswith(("should", "Should")) and before and before[-1] not in ",;":
            continue
        is_leading = not before or before.endswith(("that,", "that", "что,", "что"))
        stop = words.find("," if is_leading else ";", match.end())
        return match.start(), stop if stop >= 0 else len(words)
    return len(words), len(words)
