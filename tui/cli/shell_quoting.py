"""Quotes words, texts and query terms for a shell."""

from __future__ import annotations

from store.query.meaning_of_fields_and_words import FIELDS
from store.query.tokenize_quotes_and_minus import field_of
from store.sanitise_text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def in_shell(terms: Sequence[str]) -> str:
    """Quote the terms of a query for a shell: `by:"MIA Uzbekistan" overdue`."""
    found = []
    for term in terms:
        field, colon, value = term.partition(":")
        is_field = colon and field_of(field) in FIELDS
        found.append(f"{field}:{quoted_for_shell(value)}" if is_field else quoted_for_shell(term))
    return " ".join(found)


def quoted_for_shell(word: str) -> str:
    """Quote a word for a shell: in quotes where it has blanks or special characters."""
    typed = visible(word)
    if not typed:
        return "''"
    if set(typed) & set('"$`\\!'):
        return "'" + typed.replace("'", "'\\''") + "'"
    return f'"{typed}"' if set(typed) & set(" ;&|<>()*?[]{}~#'") else typed


def text_in_shell(text: str) -> str:
    """Quote a text for a shell: its words bare where the shell keeps them, else in quotes.

    Of no words it is empty.
    """
    if not text:
        return ""
    quoted = quoted_for_shell(text)
    return visible(text) if quoted == f'"{visible(text)}"' and not set(text) & set(_READ_BY_SHELL) else quoted


_READ_BY_SHELL = ";&|<>()*?[]{}~#'"
