"""Words of a query that were meant as fields: `by mia to interpol`, which looks for four words, or `lyon`, a visit."""

from __future__ import annotations

from store.model.vocabulary import STATE_ALIASES, STATES
from store.query.fields_and_words import ROLE_FIELDS
from store.query.russian_keywords import RUSSIAN_FIELDS
from store.query.tokens import is_term, tokenize

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NAMED = (*ROLE_FIELDS, "owner", "visit")
FIELD_WORDS = {
    **{name: name for name in _NAMED},
    "from": "by",
    **{name: name for name, field in RUSSIAN_FIELDS.items() if field in _NAMED},
}
"""Word before a name -> the field that it means."""


def with_fields(words: Sequence[str]) -> list[str] | None:
    """The terms of the query with each `by X` among its words as `by:X`; None where there is no such word."""
    found: list[str] = []
    at = 0
    while at < len(words):
        word, following = words[at], words[at + 1] if at + 1 < len(words) else None
        field = FIELD_WORDS.get(word.lower())
        if field is not None and following is not None and is_plain(following):
            found.append(f"{field}:{following}")
            at += 2
        else:
            found.append(word)
            at += 1
    return found if any(word not in words for word in found) else None


def readings(words: Sequence[str]) -> Iterator[list[str]]:
    """The terms with one word as a state, a visit, an owner or a kind: what may be meant where nothing has it."""
    for at, word in enumerate(words):
        if is_plain(word):
            for field in (*(("state",) if _is_state(word) else ()), "visit", "owner", "kind"):
                yield [*words[:at], f"{field}:{word}", *words[at + 1 :]]


def words_of(text: str) -> list[str]:
    """The words of a query as it stands in the filter bar."""
    return [word for word, _ in tokenize(text)]


def _is_state(word: str) -> bool:
    """Whether a word is the name of a state, which `state:` takes."""
    return word.lower() in STATES or word.lower() in STATE_ALIASES


def as_text(terms: Sequence[str]) -> str:
    """Terms as they stand in the filter bar, those with blanks in quotes."""
    return " ".join(map(_quoted_in_query, terms))


def is_plain(word: str) -> bool:
    """Whether a word is one to look for, and no term of the language."""
    return word.lower() not in FIELD_WORDS and not is_term((word, len(word)))


def _quoted_in_query(word: str) -> str:
    field, colon, value = word.rpartition(":")
    return f'{field}{colon}"{value}"' if " " in word and '"' not in word else word
