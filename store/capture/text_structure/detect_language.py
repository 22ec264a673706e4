"""Tells the language of a text, and of each of its paragraphs, by its letters and its most frequent words."""

from __future__ import annotations

import re

from store.capture.lazy_pattern import lazy
from store.fold_case_and_accents import fold

_ENGLISH = frozenset(
    "the of and to in a is that for on with as by at from be will was were are this it or an which has have not their its".split()
)
_RUSSIAN = frozenset(
    "и в на с по для не что к о из за от до при их об года г а как также или во со был была было были это".split()
)
_OTHER_CYRILLIC = lazy(r"[іїєґўәғқңөұүһҳҷӣӯћђљњџјѓќ]", re.IGNORECASE)
_CYRILLIC = lazy(r"[а-яё]", re.IGNORECASE)
_WORD = lazy(r"[^\W\d_]+")

_LEAST_WORDS = 40
"""Words below which a text is too short to tell."""

_LEAST_SHARE = 0.08
"""Share of the most frequent words: of English and Russian texts a fifth to a third, of lists and tables a tenth."""

_MOST_STRANGE = 0.01
"""Share of letters of other Cyrillic alphabets, as names have them."""

_SAMPLE = 20_000


def is_russian(words: str) -> bool:
    """Whether most letters are Cyrillic."""
    return len(_CYRILLIC.findall(words)) * 2 > len(re.findall(r"[^\W\d_]", words))


def is_known_language(text: str) -> bool:
    """Whether a text is English, Russian or both; a short one counts as such."""
    sample = text[:_SAMPLE]
    words = [fold(word) for word in _WORD.findall(sample)]
    if len(words) < _LEAST_WORDS:
        return True
    if len(_OTHER_CYRILLIC.findall(sample)) > _MOST_STRANGE * len(sample):
        return False
    frequent = sum(word in _ENGLISH or word in _RUSSIAN for word in words)
    return frequent >= _LEAST_SHARE * len(words)
