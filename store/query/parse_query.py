"""The parser of queries, for the command line and the app's filter bar: a text becomes a `Query`.

An unknown word is refused with the nearest known one, never searched for as text.
"""

from __future__ import annotations

from store.errors import UsageError
from store.fold_case_and_accents import fold, words
from store.model.vocabulary_and_signs import OPEN, STATE_ALIASES, Band
from store.query.meaning_of_fields_and_words import (
    COUNT_FIELDS,
    EXACT_FIELDS,
    FIELDS,
    NAME_FIELDS,
    OTHER_NAMES,
    RANGE_FIELDS,
    ROLE_FIELDS,
    TEXT_FIELDS,
    WORD_TERMS,
    WORDS,
    is_me,
)
from store.query.name_and_text_terms import OwnerIsMe, PartyIs, PartyIsMe, TextContains, VisitIs, WordIs, WordsContain
from store.query.query_predicate import Query, all_of, any_of
from store.query.tokenize_quotes_and_minus import (
    is_term,
    join_comparisons,
    split_field,
    strip_negations,
    tokenize,
    word_of,
)
from store.query.value_and_range_terms import Between, Named, Numbered, OneOf
from store.sanitise_text import visible
from store.translation import language, phrase, phrase_in, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.query.tokenize_quotes_and_minus import Token

__all__ = ["FIELDS", "WORDS", "Query", "parse", "parse_words"]

_MOST_DIGITS = 9


def parse(text: str, *, today: str, me: Sequence[str]) -> Query:
    """Parse the text of a filter bar; `today` is an ISO day, `me` the names of the user.

    Raises: UsageError.
    """
    return _Parser(today, me).query(tokenize(text))


def parse_words(words: Sequence[str], *, today: str, me: Sequence[str]) -> Query:
    """Parse the words of a command line, from which the shell has removed the quotes.

    Raises: UsageError.
    """
    parser = _Parser(today, me)
    return parser.query([token for word in words for token in parser.tokens_of(word)])


_NOT_KNOWN = {
    "": (phrase('"{typed}" is not a field of a query'), phrase("; the fields are {known}")),
    "state": (phrase('"{typed}" is not a state'), phrase("; the states are {known}")),
    "band": (phrase('"{typed}" is not a band'), phrase("; the bands are {known}")),
    "outcome": (phrase('"{typed}" is not an outcome'), phrase("; the outcomes are {known}")),
}
"""Field of a query -> the refusal of its value, and what follows where no known one is near; none: of a field."""


def _unknown_field(name: str) -> UsageError:
    from store.nearest_word import nearest  # Most fields are known.

    if word := nearest(name, _like(name, WORDS), 0.8):
        sentence = tr(
            '"{name}:" is not a field of a query; "{word}" is a word of its own, without a value',
            name=visible(name),
            word=word,
        )
        return UsageError(sentence, code="query.word-has-no-value")
    return _unknown_word(name, FIELDS, "", "not")


def _unknown_word(typed: str, known: Sequence[str], field: str = "", *also: str) -> UsageError:
    from store.nearest_word import did_you_mean  # Most words are known.

    what, others = _NOT_KNOWN[field]
    shown = known
    if not typed.isascii():
        known, also = _like(typed, known, field), ()
        shown = _each_once(known, field)
    near = did_you_mean(typed, (*known, *also)) or tr(others, known=", ".join(shown))
    return UsageError(tr(what, typed=visible(typed[:60])) + near, code="query.word-unknown")


def _like(typed: str, known: Sequence[str], field: str = "") -> tuple[str, ...]:
    """The known words in the script in which one was typed: the Russian twins for one in Cyrillic letters."""
    if typed.isascii():
        return tuple(known)
    from store.query.russian_keywords import RUSSIAN_FIELDS, RUSSIAN_VALUES, RUSSIAN_WORDS

    twins = RUSSIAN_VALUES.get(field) or (RUSSIAN_WORDS if known is WORDS else RUSSIAN_FIELDS)
    return tuple(twin for twin, word in twins.items() if word in known)


def _each_once(twins: Sequence[str], field: str) -> Sequence[str]:
    """Of Russian twins that mean the same the first."""
    from store.query.russian_keywords import RUSSIAN_VALUES

    meant = RUSSIAN_VALUES.get(field)
    return twins if meant is None else [*{meant[twin]: twin for twin in reversed(twins)}.values()][::-1]


def _said(field: str) -> str:
    """The name of a field in the language of the program: in Russian that which help names."""
    if language() != "ru":
        return field
    from store.query.russian_keywords import RUSSIAN_FIELDS

    return next((twin for twin, name in RUSSIAN_FIELDS.items() if name == field), field)


class _Parser:
    """Turns tokens into a query, for a day and the names of `me`."""

    __slots__ = ("_me", "_today")

    def __init__(self, today: str, me: Sequence[str]) -> None:
        self._today = today
        self._me = me

    def tokens_of(self, word: str) -> list[Token]:
        """The tokens of one word of a command line: one when it was quoted as one value, `by:MIA UZ`."""
        tokens = tokenize(word)
        if len(tokens) < 2 or any(plain < len(text) for text, plain in tokens):
            return tokens
        whole = " ".join(word.split())
        name, _, _ = split_field(*strip_negations(whole, len(whole))[0])
        is_one = not any(is_term(token) for token in tokens[1:])
        # `end of the month` ends in a word of the query language, yet is a date.
        if name in FIELDS and (is_one or (name == "due" and self._is_term_whole(whole))):
            return [(whole, len(whole))]
        return tokens

    def _is_term_whole(self, whole: str) -> bool:
        try:
            self._term((whole, len(whole)))
        except UsageError:
            return False
        return True

    def query(self, tokens: list[Token]) -> Query:
        """The query of these tokens: terms are joined by `and`, `or` binds more tightly."""
        groups: list[list[Query]] = []
        is_after_or = False
        for text, plain in join_comparisons(tokens):
            if word_of(text) == "or" and plain == len(text):
                if is_after_or or not groups:
                    raise _dangling_or()
                is_after_or = True
                continue
            term = self._term((text, plain))
            if is_after_or:
                groups[-1].append(term)
            else:
                groups.append([term])
            is_after_or = False
        if is_after_or:
            raise _dangling_or()
        return all_of([any_of(group) for group in groups])

    def _term(self, token: Token) -> Query:
        (text, plain), negations = strip_negations(*token)
        if not text:
            sentence = tr(
                'nothing stands after "{token}": write what is not wanted, not:overdue', token=visible(token[0][:60])
            )
            raise UsageError(sentence, code="query.nothing-denied")
        term = self._positive_term(text, plain)
        return -term if negations % 2 else term

    def _positive_term(self, text: str, plain: int) -> Query:
        name, sign, value = split_field(text, plain)
        if name:
            return self._field(name, sign, value.strip())
        word = word_of(text) if plain == len(text) else ""
        if not word:
            return TextContains(text)
        return self._mine() if word == "mine" else WORD_TERMS[word]

    def _mine(self) -> Query:
        return Named(phrase_in("query", "mine"), any_of([OwnerIsMe(self._me), PartyIsMe("party", self._me)]))

    def _field(self, name: str, sign: str, value: str) -> Query:
        if name in OTHER_NAMES:
            sentence = tr(
                '"{name}" is not a field of a query; did you mean "{other_names}"?',
                name=visible(name),
                other_names=OTHER_NAMES[name],
            )
            values = {"typed": f"{name}{sign}{value}", "meant": [f"{OTHER_NAMES[name]}{sign}{value}"]}
            raise UsageError(sentence, code="query.field-otherwise", field="query", values=values)
        if name in ("donor", "донор"):
            sentence = tr('"donor" is said of visits, and is not a field of a query')
            raise UsageError(sentence, code="query.field-of-visits", field="query", values={"donor": value})
        if name not in FIELDS:
            raise _unknown_field(name)
        if sign != ":" and name not in RANGE_FIELDS:
            sentence = tr(
                "{sign} does not go with {name}, only with {range_fields}: write {name}:",
                sign=sign,
                name=_said(name),
                range_fields=", ".join(map(_said, RANGE_FIELDS)),
            )
            raise UsageError(sentence, code="query.no-range")
        if sign == ":" and value[:1] in ("<", ">") and name in RANGE_FIELDS:
            raise _colon_before_comparison(name, value)
        if not value:
            raise UsageError(tr("{name}{sign} has no value", name=_said(name), sign=sign), code="query.no-value")
        if name in EXACT_FIELDS:
            return _exact(name, value)
        if name in NAME_FIELDS:
            return self._named(name, value)
        if name == "due":
            from store.query.due_ranges import due_term  # most queries name no day

            return due_term(sign, value, self._today)
        if name == "id":
            return Numbered([_number_pair(one, sign) for one in value.split(",")])
        low, high = _count_pair(name, sign, value)
        return Between(name, COUNT_FIELDS[name], low, high)

    def _named(self, name: str, value: str) -> Query:
        folded = fold(value)
        if name == "owner" and is_me(folded):
            return OwnerIsMe(self._me)
        if name in ROLE_FIELDS and is_me(folded):
            return PartyIsMe(name, self._me)
        if not words(folded):
            sentence = tr(
                '"{value}" has no letter or digit that {name}: could look for',
                value=visible(value[:60]),
                name=_said(name),
            )
            raise UsageError(sentence, code="query.nothing-to-look-for")
        if name in ROLE_FIELDS:
            return PartyIs(name, value)
        if name == "visit":
            return VisitIs(value)
        if name == "text":
            return WordsContain(value)
        if name == "kind" and not folded.isascii():
            from store.rules.russian_twins_of_typed_words import RUSSIAN_KINDS, plain

            typed = plain(folded)
            value = next((kind for twin, kind in RUSSIAN_KINDS.items() if twin.startswith(typed)), value)
        return WordIs(name, value, TEXT_FIELDS[name])


def _colon_before_comparison(name: str, value: str) -> UsageError:
    bare = value.lstrip("<>=")
    meant = f"{_said(name)}{value[: len(value) - len(bare)]}{bare.strip()}"
    typed = f"{_said(name)}:{value}"
    sentence = tr(
        '"{typed}" is written without the colon: {meant}', typed=visible(typed[:60]), meant=visible(meant[:60])
    )
    return UsageError(sentence, code="query.colon-before-comparison", field="query")


def _dangling_or() -> UsageError:
    return UsageError(tr('"or" needs a term before it and one after it: by:UNODC or by:INTERPOL'), code="query.lone-or")


def _exact(name: str, value: str) -> Query:
    known = EXACT_FIELDS[name]
    values: list[str] = []
    for one in value.split(","):
        folded = fold(one.strip())
        if not folded.isascii():
            from store.query.russian_keywords import RUSSIAN_VALUES
            from store.rules.russian_twins_of_typed_words import plain

            folded = RUSSIAN_VALUES[name].get(plain(folded), folded)
        if name == "state":
            folded = STATE_ALIASES.get(folded, folded)
        if folded not in known:
            raise _unknown_word(one.strip(), known, name)
        values.append(folded)
    if name == "state":
        return OneOf(name, lambda row: row.commitment["state"], values, asks=not OPEN.issuperset(values))
    if name == "band":
        return OneOf(name, lambda row: row.band, values, Band.FINISHED in values)
    return OneOf(name, lambda row: row.outcome, values, True)


def _count(text: str) -> int | None:
    """The number in a text of up to nine ASCII digits; None for any other text."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None


def _bounds(sign: str, value: str, between: str) -> tuple[int | None, int | None] | None:
    """The inclusive bounds of a range of whole numbers, None for an open one; None if it is no range."""
    if sign != ":":
        count = _count(value)
        if count is None:
            return None
        if sign[0] == ">":
            return (count + (sign == ">"), None)
        return (None, count - (sign == "<"))
    low, dots, high = value.partition(between)
    ends = [_count(end.strip()) for end in ((low, high) if dots else (value, value))]
    was_left_out = [dots and not end.strip() for end in (low, high)]
    if all(was_left_out) or any(e is None and not out for e, out in zip(ends, was_left_out, strict=True)):
        return None
    if ends[0] is not None and ends[1] is not None and ends[0] > ends[1]:
        return None
    return (ends[0], ends[1])


def _count_pair(name: str, sign: str, value: str) -> tuple[int | None, int | None]:
    pair = _bounds(sign, value, "..")
    if pair is None:
        raise UsageError(
            tr(
                '{name}{sign} takes days, such as {name}:10, {name}:30.. or {name}:10..30, not "{value}"',
                name=_said(name),
                sign=sign,
                value=visible(value[:60]),
            ),
            code="query.takes-days",
        )
    return pair


def _number_pair(one: str, sign: str) -> tuple[int | None, int | None]:
    """The first and last number in one part of an `id:` list: `3`, `#3`, `3-7` or `3..7`."""
    between = ".." if ".." in one else "-"
    plain = between.join(end.strip().lstrip("#№") for end in one.split(between))
    pair = _bounds(sign, plain, between)
    if pair is None or (None in pair and "-" in plain):
        sentence = tr(
            'id{sign} takes numbers, such as id:3, id:3,5 or id:3-7, not "{strip}"',
            sign=sign,
            strip=visible(one.strip()[:60]),
        )
        raise UsageError(sentence, code="query.takes-numbers")
    return pair
