"""The words of date phrases in all languages, by meaning, and the tokenizer of phrases.

A language is one module of tables; to add one, write it as `words_en` is written and list it in LANGUAGES. The tables
hold words in lower case and in the spelling that `tokens` gives them. Source: docs/reference.md, Dates.
"""

from __future__ import annotations

from store.model.vocabulary_and_signs import Precision
from store.rules.dates import words_en, words_ru
from store.rules.dates.date_refusals import Unclear
from store.rules.days import Direction
from store.translation import phrase, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any, TypeVar

    Value = TypeVar("Value")

LANGUAGES: tuple[Any, ...] = (words_en, words_ru)
"""The languages of date phrases; a phrase that none knows is explained in the first."""

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""The years that a date may lie in, so that 1700 in `31 March 1700`, a time of day, is no year."""

_LONGEST = 200
_HYPHENS = "\u2010\u2011"
_FOLDED = str.maketrans({**dict.fromkeys(_HYPHENS, "-"), ",": " "})


def _all(table: str) -> list[Any]:
    """The table of this name of each language."""
    return [getattr(language, table) for language in LANGUAGES]


def _numbered(table: str, first: int) -> dict[str, int]:
    """Word -> the place of its meaning in a table, counted from `first`."""
    return {word: place for forms in _all(table) for place, line in enumerate(forms, first) for word in line.split()}


def _meaning(forms: Iterable[str], value: Value) -> dict[str, Value]:
    return {word: value for text in forms for word in text.split()}


def _one_of(table: str) -> frozenset[str]:
    return frozenset(word for text in _all(table) for word in text.split())


def _phrases(table: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(phrase.split()) for phrases in _all(table) for phrase in phrases)


MONTHS = _numbered("MONTHS", 1)
WEEKDAYS = _numbered("WEEKDAYS", 0)
ORDINALS = _numbered("ORDINALS", 1)
"""The ordinals of quarters and halves in words; `ordinal` parses those in figures."""
ORDINAL_ENDINGS: tuple[str, ...] = tuple(ending for endings in _all("ORDINAL_ENDINGS") for ending in endings)
COUNTS = _numbered("COUNTS", 1)
NEAR = {tuple(phrase.split()): days for near in _all("NEAR") for days, phrase in enumerate(near)}
"""Words -> days from today."""
RECENT = {tuple(phrase.split()): days for recent in _all("RECENT") for days, phrase in enumerate(recent, 1)}
"""Words -> days before today."""

UNITS = {
    **_meaning(_all("DAYS"), (1, 0)),
    **_meaning(_all("WEEKS"), (7, 0)),
    **_meaning(_all("MONTH_SPANS"), (0, 1)),
    **_meaning(_all("YEARS"), (0, 12)),
}
"""Unit of a span -> its days and its calendar months."""

RUSSIAN_LETTERS = str.maketrans("днмг", "dwmy")
"""The letters of units behind a plus, `+2н`: alone they are no units, and `г` is one of a year."""

_LETTERS = {(1, 0): "d", (7, 0): "w", (0, 1): "m", (0, 12): "y"}


def _units_of(language: Any) -> list[str]:
    return " ".join((language.DAYS, language.WEEKS, language.MONTH_SPANS, language.YEARS)).split()


_ONE_UNSAID = frozenset(unit for language in LANGUAGES if language.IS_ONE_UNSAID for unit in _units_of(language))
"""The units that alone mean one of them."""

HALVES = _one_of("HALF")
QUARTERS = _one_of("QUARTER")
_FIGURE_ORDINALS = frozenset(
    noun
    for language in LANGUAGES
    if language.IS_FIGURE_ORDINAL
    for noun in (*language.QUARTER.split(), *language.HALF.split())
)
"""The words for quarter and half before which a bare figure is an ordinal."""

RUNNING = {
    **_meaning(_all("WEEK"), (Precision.WEEK, 0)),
    **_meaning(_all("MONTH"), (Precision.MONTH, 1)),
    **dict.fromkeys(QUARTERS, (Precision.QUARTER, 3)),
    **_meaning(_all("YEAR"), (Precision.YEAR, 12)),
}
"""Unit that `this`, `next` and `end of` go with -> its precision and its months."""

CODES = {
    **{f"q{n}": (Precision.QUARTER, 3 * n - 2, 3) for n in (1, 2, 3, 4)},
    **{f"h{n}": (Precision.HALF, 6 * n - 5, 6) for n in (1, 2)},
}

PERIODS = {
    **CODES,
    **{word: (Precision.MONTH, month, 1) for word, month in MONTHS.items()},
    **_meaning(_all("SPRING"), (Precision.SEASON, 3, 3)),
    **_meaning(_all("SUMMER"), (Precision.SEASON, 6, 3)),
    **_meaning(_all("AUTUMN"), (Precision.SEASON, 9, 3)),
}
"""The named parts of a year -> precision, first month, number of months. Winter lies in two years."""

THIS = _one_of("THIS")
NEXT = _one_of("NEXT")
LAST = _one_of("LAST")
POINTING = THIS | NEXT | LAST
SMALL = _one_of("SMALL")
YEAR_NOUNS = _one_of("YEAR_NOUNS")
AHEAD = _phrases("AHEAD")
"""The phrases before a span from today."""
AGO = tuple(sorted(_phrases("AGO"), key=len, reverse=True))
"""The phrases behind a span back from today, longer ones first."""

ENDS = _one_of("ENDS")
LEADS = tuple(sorted((*_phrases("LEADS"), *((word,) for word in ENDS)), key=len, reverse=True))
"""The phrases before a date that do not change it, longer ones first."""
UNTIL = _one_of("UNTIL")
"""Those of them after which a period may mean its first or its last day."""
TAILS = _phrases("TAILS")

_TIME = phrase("has a time of day, but a deadline is a whole day")
_SENTENCES = {
    "boundary": phrase("does not say whether that day counts"),
    "opening": phrase("says from when, and not until when"),
    "winter": phrase("lies in two years"),
    "inexact": phrase("names no last day"),
    "working": phrase("depends on which days are worked"),
    "calendar": phrase("has to be given as a day of the calendar"),
    "several": phrase("names more than one date"),
    "time": _TIME,
    "which": phrase("does not say which one"),
}
REASONS = {word: why for name, why in _SENTENCES.items() for table in _all("UNCLEAR") for word in table[name].split()}
"""Word that no date has -> why a phrase with it cannot be parsed."""

NEAREST: dict[str, tuple[str, ...]] = {
    word: before
    for language in LANGUAGES
    for words, before in (
        (language.UNCLEAR["boundary"], ("",)),
        (language.UNCLEAR["which"], (f"{language.AHEAD[0]} ",)),
        (language.UNCLEAR["inexact"], (f"{language.END_OF} ",)),
        (language.BEGINNING, ("10 ", f"{language.END_OF} ")),
        (language.MIDDLE, ("15 ", f"{language.END_OF} ")),
    )
    for word in words.split()
}
"""Word that no date has -> what stands in its place in the nearest ones: `15 February` for `mid February`."""

_SCRIPTS: frozenset[str] = frozenset().union(_HYPHENS, *_all("LETTERS"))
"""The characters other than ASCII that a date may contain."""
_SPELLINGS = [pair for pairs in _all("FOLDED") for pair in pairs]


def _refuse_strange(character: str) -> None:
    """Refuse invisible characters, and digits and letters that no date has. Raises: Unclear."""
    is_blank = character.isspace() and not "\x1c" <= character <= "\x1f"
    if not is_blank and not character.isprintable():
        raise Unclear(tr("has an invisible character (U+{character:04X})", character=ord(character)))
    if is_blank or character.isascii() or character in _SCRIPTS:
        return
    raise Unclear(tr("has digits other than 0-9") if character.isnumeric() else tr("is not understood"))


def tokens(phrase: str) -> list[str]:
    """Split a phrase into words in lower case, without commas and the dots of abbreviations."""
    if len(phrase) > _LONGEST:
        raise Unclear(tr("is too long for a date"))
    for character in phrase:
        _refuse_strange(character)
    text = phrase.lower()
    for spelling, plain_spelling in _SPELLINGS:
        text = text.replace(spelling, plain_spelling)
    text = text.translate(_FOLDED)
    words = [word[:-1] if word[-1] == "." and len(word) > 1 else word for word in text.split()]
    if not words:
        raise Unclear(tr("is empty"), "2023-03-31", tr("end of March"), "none")
    return words


def plain(words: list[str]) -> list[str]:
    """Drop the words that have no effect anywhere; no words are left when the last one dangles."""
    kept: list[str] = []
    for word in words:
        is_noun = word in YEAR_NOUNS and bool(kept) and kept[-1][-4:].isdigit() and len(kept[-1]) >= 4
        if word not in SMALL and not is_noun:
            kept.append(word)
    tail = next((len(tail) for tail in TAILS if tuple(kept[-len(tail) :]) == tail), 0)
    return kept[: len(kept) - tail] if words[-1] not in SMALL else []


def is_year(word: str) -> bool:
    """Whether the word is a year of four digits from FIRST_YEAR to LAST_YEAR."""
    return len(word) == 4 and word.isdigit() and FIRST_YEAR <= int(word) <= LAST_YEAR


def ordinal(word: str) -> int | None:
    """Parse an ordinal: `31st`, `31-го` -> 31."""
    for ending in ORDINAL_ENDINGS:
        figure = word.removesuffix(ending)
        if figure != word and figure.isdigit() and len(figure) <= 2:
            return int(figure)
    return None


def figures(word: str, count: int) -> tuple[str, list[str]]:
    """Split a date in figures: `31-Mar-2023`, 3 -> `-` and its parts; none when it has another number of parts."""
    separator = next((mark for mark in "-/." if word.count(mark) == count - 1), "")
    return separator, word.split(separator) if separator else []


def amount(words: Sequence[str]) -> tuple[int, int, int] | None:
    """Parse a span: `2 weeks`, `2w`, `неделю` -> the number, and the days and months of the unit."""
    if len(words) == 1:
        unit = words[0].lstrip("0123456789")
        number = words[0][: len(words[0]) - len(unit)]
        if not number and unit in _ONE_UNSAID:
            number = "1"
        elif len(unit) != 1:
            return None
    elif len(words) == 2:
        number, unit = words
    else:
        return None
    count = int(number) if number.isdigit() else COUNTS.get(number)
    each = UNITS.get(unit)
    return None if count is None or each is None else (count, *each)


def counted_period(which: str, noun: str) -> tuple[str, int, int] | None:
    """Parse `1st quarter`, `second half`, `II квартал`; a bare figure where it is an ordinal (`IS_FIGURE_ORDINAL`)."""
    number = ordinal(which) or ORDINALS.get(which)
    if number is None and which.isdigit() and len(which) == 1 and noun in _FIGURE_ORDINALS:
        number = int(which)
    kind = "q" if noun in QUARTERS else "h" if noun in HALVES else ""
    return CODES.get(f"{kind}{number}")


def _language_of(words: list[str]) -> Any:
    """The language of the words of a span."""
    for language in reversed(LANGUAGES):
        if not {*_units_of(language), *" ".join(language.COUNTS).split()}.isdisjoint(words):
            return language
    return LANGUAGES[0]


def _spans(span: tuple[int, int, int], words: list[str], direction: str) -> Iterable[str]:
    """The ways to write a span from today: `+2w` and `in 2 weeks`, or `2 weeks ago`."""
    language, text = _language_of(words), " ".join(words)
    if direction != Direction.FORWARD:
        yield f"{text} {language.AGO[0]}"
    if direction != Direction.BACK:
        yield f"+{span[0]}{_LETTERS[span[1:]]}"
        yield f"{language.AHEAD[0]} {text}"


def _is_time_word(word: str) -> bool:
    """Whether a word can be a part of a date: a figure, or the name of a day, a month, a part of the year."""
    return word in WEEKDAYS or word in PERIODS or word in UNITS or (word,) in NEAR or any(map(str.isdigit, word))


def why_not(words: list[str], direction: str) -> Unclear:
    """The reason why words are no known form of a date; its examples are in this direction."""
    if len(words) == 1 and words[0].isdigit():
        return Unclear(
            tr(
                "is a bare number, and no year from {first_year} to {last_year}",
                first_year=FIRST_YEAR,
                last_year=LAST_YEAR,
            )
        )
    span = amount(words)
    if span and 0 < span[0] < 100:
        return Unclear(tr("does not say from when"), *_spans(span, words, direction))
    for word in words:
        why = REASONS.get(word) or REASONS.get(word.partition("-")[0])
        if why and (why != _SENTENCES["several"] or any(map(_is_time_word, words))):
            return Unclear(why)
        if ":" in word or (word[0].isdigit() and word[-2:] in ("am", "pm")):
            return Unclear(_TIME)
        if word.isalnum() and not word.isalpha() and not word.isdigit() and ordinal(word) is None:
            return Unclear(tr("has words written together"))
    return Unclear(tr("is not a date"))
