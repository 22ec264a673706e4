"""Query words that were meant as fields: `by mia to interpol`, which searches four words, or `lyon`, a visit."""

from __future__ import annotations

from store.model.vocabulary_and_signs import STATE_ALIASES, STATES
from store.query.meaning_of_fields_and_words import ROLE_FIELDS
from store.query.russian_keywords import NOT, OR, RUSSIAN_FIELDS, RUSSIAN_WORDS
from store.query.tokenize_quotes_and_minus import field_of, is_term, tokenize, word_of
from store.rules.russian_twins_of_typed_words import RUSSIAN_STATES, plain
from store.translation import language

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
    """The terms with some words as a word of the language, or one as a state, a visit, an owner or a kind.

    They are what may be meant where nothing has these words; a field stands in the language of its value.
    """
    for at in range(len(words)):
        for length in range(min(len(words) - at, _MOST_WORDS), 0, -1):
            joined = "-".join(words[at : at + length])
            if length > 1 and word_of(joined):
                yield [*words[:at], joined.lower(), *words[at + length :]]
            if _is_state(joined) and is_plain(joined):
                before = at - 1 if at and field_of(words[at - 1]) == "state" else at
                term = f"{_field('state', joined)}:{joined}"
                if before and words[before - 1].lower() in _NOT:
                    before, term = before - 1, f"{words[before - 1].lower()}:{term}"
                yield [*words[:before], term, *words[at + length :]]
        if is_plain(words[at]):
            for field in ("visit", "owner", "kind"):
                yield [*words[:at], f"{_field(field, words[at])}:{words[at]}", *words[at + 1 :]]


_MOST_WORDS = 3
"""The most words of which a word of the language or a state consists: `сообщено о выполнении`."""


_NOT = ("not", NOT.removesuffix(":"))


def _field(name: str, value: str) -> str:
    """A field as it is typed before a value: in Russian before a Russian value."""
    if value.isascii():
        return name
    return next(twin for twin, field in RUSSIAN_FIELDS.items() if field == name)


def words_of(text: str) -> list[str]:
    """The words of a query in the filter bar."""
    return [word for word, _ in tokenize(text)]


def _is_state(word: str) -> bool:
    """Whether a word is the name of a state, which `state:` takes."""
    return plain(word) in (STATES if word.isascii() else RUSSIAN_STATES) or word.lower() in STATE_ALIASES


def as_text(terms: Sequence[str]) -> str:
    """Terms as a text for the filter bar, those with blanks in quotes."""
    return " ".join(map(_quoted_in_query, terms))


def as_spoken(query: str) -> str:
    """A query in the language of the program: in Russian its words by the first of their twins, but in quotes."""
    if language() != "ru" or '"' in query:
        return query
    twins = {"or": OR, **{word: twin for twin, word in reversed(RUSSIAN_WORDS.items())}}
    return " ".join(twins.get(word, word) for word in query.split(" "))


def is_plain(word: str) -> bool:
    """Whether a word is a search word, and no term of the language."""
    return word.lower() not in FIELD_WORDS and not is_term((word, len(word)))


def _quoted_in_query(word: str) -> str:
    field, colon, value = word.rpartition(":")
    return f'{field}{colon}"{value}"' if " " in word and '"' not in word else word
