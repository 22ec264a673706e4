"""Completion in the filter bar: fields and words of the query language, names in the store."""

from collections.abc import Iterable

from store.fold_case_and_accents import fold
from store.model.vocabulary_and_signs import Kind
from store.query.meaning_of_fields_and_words import EXACT_FIELDS, FIELDS, ROLE_FIELDS, WORDS
from store.query.russian_keywords import RUSSIAN_FIELDS, RUSSIAN_VALUES, RUSSIAN_WORDS
from store.query.tokenize_quotes_and_minus import field_of
from store.rules.party_names import names_of
from store.sanitise_text import visible
from store.snapshot import Snapshot

_VALUES = {**EXACT_FIELDS, "kind": Kind.ALL}
_DUE = ("today", "week", "month", "none", "<2w")


def completed(text: str, snapshot: Snapshot) -> str | None:
    """Complete a query: `to:int` -> `to:INTERPOL`; None for no completion."""
    typed, found, end = _candidates(text, snapshot)
    if not found:
        return None
    return text[: len(text) - len(typed)] + found[0] + ("" if ":" in found[0] else end)


def candidates(text: str, snapshot: Snapshot) -> list[str]:
    """All completions of the last word of a query, first the one for Tab."""
    return _candidates(text, snapshot)[1]


def start_of_term(text: str) -> int:
    """The index at which the last term begins: after the last blank outside of quotes."""
    is_quoted, begin = False, 0
    for position, character in enumerate(text):
        if character == '"':
            is_quoted = not is_quoted
        elif character.isspace() and not is_quoted:
            begin = position + 1
    return begin


def _candidates(text: str, snapshot: Snapshot) -> tuple[str, list[str], str]:
    """The typed part of the last word, the words that begin with it, and the closing quote of one."""
    if not text or text[-1].isspace():
        return "", [], ""
    begin = start_of_term(text)
    term = text[begin:].removeprefix("-")
    name, colon, value = term.partition(":")
    fields, words = (FIELDS, WORDS) if term.isascii() else (RUSSIAN_FIELDS, RUSSIAN_WORDS)
    if not colon and term.lower() in (*fields, *words):
        return "", [], ""  # It is whole as a word that is looked for; a colon alone would tell nothing.
    if not colon:
        return term, _that_begin(term, [*(f"{field}:" for field in fields), *words]), ""
    is_quoted, typed = value.startswith('"'), value.removeprefix('"')
    found = _that_begin(typed, _values(field_of(name), snapshot))
    if is_quoted:
        return typed, found, '"'
    # A name of several words stands in quotes: it is completed once the quote is there.
    return typed, [word for word in found if not any(character.isspace() for character in word)], ""


def _that_begin(typed: str, words: Iterable[str]) -> list[str]:
    folded = fold(typed)
    return [
        word for word in dict.fromkeys(words) if folded and fold(word).startswith(folded) and len(word) > len(typed)
    ]


def _values(field: str, snapshot: Snapshot) -> Iterable[str]:
    if field in ROLE_FIELDS:
        return [visible(name) for party in snapshot.parties.all() for name in names_of(party)[1:] + names_of(party)[:1]]
    if field == "visit":
        return map(visible, snapshot.visits)
    if field == "owner":
        return dict.fromkeys(visible(row.commitment["owner"]) for row in snapshot.open_rows)
    if field == "due":
        return _DUE
    return (*_VALUES.get(field, ()), *RUSSIAN_VALUES.get(field, ()))
