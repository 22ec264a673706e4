"""The tokenizer of queries: quotes, a minus or `not:` before a term, the field before its colon, comparison signs.

A token knows how much of it came before a quote, since only that part can be syntax: `"overdue"` is text to search for.
"""

from __future__ import annotations

from store.query.meaning_of_fields_and_words import FIELDS, RANGE_FIELDS, WORDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    Token = tuple[str, int]
    """The text without its quotes, and how many of its characters came before the quote."""

OR: Token = ("or", 2)
"""The token of `|`."""

_NOT = "not:"
_COMPARISONS = ("<", ">", "<=", ">=")


def tokenize(text: str) -> list[Token]:
    """Split a query at blanks, `|` and quotes. A quote without an end extends to the end of the text."""
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        if text[at] == "|":
            tokens.append(OR)
            at += 1
        elif text[at].isspace():
            at += 1
        else:
            token, at = _token(text, at)
            if token[0]:
                tokens.append(token)
    return join_comparisons(tokens)


def _token(text: str, begin: int) -> tuple[Token, int]:
    at = begin
    while at < len(text) and text[at] != "|" and not text[at].isspace():
        if text[at] == '"' and (text[at - 1] in ":<>=" or not text[begin:at].strip("-")):
            end = text.find('"', at + 1)
            end = end if end >= 0 else len(text)
            return (text[begin:at] + " ".join(text[at + 1 : end].split()), at - begin), end + 1
        at += 1
    return (text[begin:at], at - begin), at


def join_comparisons(tokens: list[Token]) -> list[Token]:
    """Join the tokens of `late > 10`, which people write with blanks, into one."""
    joined: list[Token] = []
    for token in tokens:
        if joined and _continues(joined[-1], token):
            joined[-1] = (joined[-1][0] + token[0], joined[-1][1] + token[1])
        else:
            joined.append(token)
    return joined


def _continues(before: Token, token: Token) -> bool:
    """Whether a token is the comparison sign, or the value, that the one before it lacks."""
    (text, plain), _ = strip_negations(*before)
    if plain < len(text) or token == OR:
        return False
    if field_of(text) in RANGE_FIELDS:
        return token[1] > 0 and token[0][0] in "<>"
    name, sign, value = split_field(text, plain)
    return name in RANGE_FIELDS and sign in _COMPARISONS and not value


def strip_negations(text: str, plain: int) -> tuple[Token, int]:
    """The token without its leading `-` and `not:`, and how many there were."""
    at = count = 0
    while at < plain:
        if text[at] == "-":
            at += 1
        elif width := _width_of_not(text[at : at + len(_NOT)].lower(), plain - at):
            at += width
        else:
            break
        count += 1
    return (text[at:], plain - at), count


def split_field(text: str, plain: int) -> tuple[str, str, str]:
    """Split a token into field name, `:` or comparison sign, and value; without a name all of it is the value."""
    at = 0
    while at < plain and (_is_letter(text[at]) or (text[at] == "-" and at)):
        at += 1
    if not 0 < at < plain or text[at] not in (":" if "-" in text[:at] else ":<>"):
        return ("", "", text)
    width = 2 if text[at] != ":" and text[at + 1 : at + 2] == "=" and at + 1 < plain else 1
    return (field_of(text[:at]), text[at : at + width], text[at + width :])


def word_of(text: str) -> str:
    """The word of the language that a text is, itself or by its Russian twin, `or` included; empty for any other."""
    if not text.isascii():
        from store.query import russian_keywords
        from store.rules.russian_twins_of_typed_words import plain

        word = plain(text)
        return OR[0] if word == russian_keywords.OR else russian_keywords.RUSSIAN_WORDS.get(word, "")
    word = text.lower()
    return word if word in WORDS or word == OR[0] else ""


def field_of(text: str) -> str:
    """A name before a colon in small letters, the field itself for its Russian twin."""
    if text.isascii():
        return text.lower()
    from store.query.russian_keywords import RUSSIAN_FIELDS
    from store.rules.russian_twins_of_typed_words import plain

    return RUSSIAN_FIELDS.get(plain(text), plain(text))


def _is_letter(character: str) -> bool:
    """Whether a character is allowed in the name of a field."""
    if character.isascii():
        return character.isalpha()
    from store.query.russian_keywords import is_letter

    return is_letter(character)


def _width_of_not(begin: str, room: int) -> int:
    """The number of characters of a `not:`, or its Russian twin, at the start of a text; 0 without one."""
    if begin == _NOT:
        return len(_NOT) if len(_NOT) <= room else 0
    if begin.isascii():
        return 0
    from store.query.russian_keywords import NOT

    return len(NOT) if begin.startswith(NOT) and len(NOT) <= room else 0


def is_term(token: Token) -> bool:
    """Whether a token is syntax and not plain text: a word or field of the language, `or`, a negation."""
    (text, plain), negations = strip_negations(*token)
    if negations:
        return bool(text)
    name, _, _ = split_field(text, plain)
    return name in FIELDS or word_of(text) != ""
