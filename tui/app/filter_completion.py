"""Completion in the filter bar: fields and words of the query language, names in the store."""

from collections.abc import Iterable

from store.model.vocabulary import Kind
from store.query.fields import EXACT_FIELDS, FIELDS, ROLE_FIELDS, WORDS
from store.rules.party_names import names_of
from store.snapshot import Snapshot
from store.text import fold, visible

_VALUES = {**EXACT_FIELDS, "kind": Kind.ALL}
_DUE = ("today", "week", "month", "none", "<2w")


def completed(text: str, snapshot: Snapshot) -> str | None:
    """Complete a query: `to:int` -> `to:INTERPOL`. None if nothing begins so."""
    if not text or text[-1].isspace():
        return None
    begin = start_of_term(text)
    term = text[begin:].removeprefix("-")
    name, colon, value = term.partition(":")
    if not colon and term.lower() in (*FIELDS, *WORDS):
        return None  # It is whole as a word that is looked for; a colon alone would tell nothing.
    if not colon:
        return _first(text, term, [*(f"{field}:" for field in FIELDS), *WORDS])
    quoted = value.startswith('"')
    return _first(text, value.removeprefix('"'), _values(name.lower(), snapshot), is_name=not quoted)


def start_of_term(text: str) -> int:
    """The index at which the last term begins: after the last blank outside of quotes."""
    is_quoted, begin = False, 0
    for position, character in enumerate(text):
        if character == '"':
            is_quoted = not is_quoted
        elif character.isspace() and not is_quoted:
            begin = position + 1
    return begin


def _first(text: str, typed: str, candidates: Iterable[str], *, is_name: bool = False) -> str | None:
    folded = fold(typed)
    for candidate in candidates:
        if folded and fold(candidate).startswith(folded) and len(candidate) > len(typed):
            if is_name and any(character.isspace() for character in candidate):
                continue  # A name of several words stands in quotes: it is completed once the quote is there.
            end = "" if is_name or ":" in candidate or '"' not in text else '"'
            return text[: len(text) - len(typed)] + candidate + end
    return None


def _values(field: str, snapshot: Snapshot) -> Iterable[str]:
    if field in ROLE_FIELDS:
        return [visible(name) for party in snapshot.parties.all() for name in names_of(party)[1:] + names_of(party)[:1]]
    if field == "visit":
        return map(visible, snapshot.visits)
    if field == "owner":
        return dict.fromkeys(visible(row.commitment["owner"]) for row in snapshot.open_rows)
    if field == "due":
        return _DUE
    return _VALUES.get(field, ())
