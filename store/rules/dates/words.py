"""The words of dates in English and Russian, and how a phrase is cut into them.

The tables hold words in lower case and with ё as е, as `tokens` gives them.
"""

from __future__ import annotations

from store.model.vocabulary import Precision

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeVar

    Value = TypeVar("Value")

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""A year beside words lies between these, so that `31 March 1700` is no year when it was a time of day."""

_LONGEST = 200
_FOLDED = str.maketrans({"\u2010": "-", "\u2011": "-", "ё": "е", ",": " "})


class Unclear(Exception):
    """Why a phrase cannot be read, and what to write instead; `store.rules.dates.parse` makes the sentence of it."""

    def __init__(self, why: str, *examples: str) -> None:
        super().__init__(why)
        self.why = why
        self.examples = examples


def _numbered(forms: Iterable[str], first: int) -> dict[str, int]:
    return {word: number for number, line in enumerate(forms, first) for word in line.split()}


def _meaning(forms: str, value: Value) -> dict[str, Value]:
    return dict.fromkeys(forms.split(), value)


def _one_of(forms: str) -> frozenset[str]:
    return frozenset(forms.split())


MONTHS = _numbered(
    (
        "january jan январь января январю январе янв",
        "february feb февраль февраля февралю феврале фев февр",
        "march mar март марта марту марте мар",
        "april apr апрель апреля апрелю апреле апр",
        "may май мая маю мае",
        "june jun июнь июня июню июне июн",
        "july jul июль июля июлю июле июл",
        "august aug август августа августу августе авг",
        "september sep sept сентябрь сентября сентябрю сентябре сен сент",
        "october oct октябрь октября октябрю октябре окт",
        "november nov ноябрь ноября ноябрю ноябре ноя нояб",
        "december dec декабрь декабря декабрю декабре дек",
    ),
    first=1,
)

WEEKDAYS = _numbered(
    (
        "monday mon понедельник понедельника понедельнику пн",
        "tuesday tue tues вторник вторника вторнику вт",
        "wednesday wed среда среду среды среде ср",
        "thursday thu thur thurs четверг четверга четвергу чт",
        "friday fri пятница пятницу пятницы пятнице пт",
        "saturday sat суббота субботу субботы субботе сб",
        "sunday sun воскресенье воскресенья воскресенью вс",
    ),
    first=0,
)

ORDINALS = _numbered(
    (
        "first i первый первого первом первому первое",
        "second ii второй второго втором второму второе",
        "third iii третий третьего третьем третьему",
        "fourth iv четвертый четвертого четвертом четвертому",
    ),
    first=1,
)
"""The ordinals of quarters and halves; those in figures are read by rule."""

ORDINAL_ENDINGS = ("st", "nd", "rd", "th", "-й", "-го", "-е", "-м", "-му", "-ый", "-ого")

COUNTS = _numbered(
    (
        "a an one один одну одного",
        "two два две двух",
        "three три трех",
        "four четыре четырех",
        "five пять пяти",
        "six шесть шести",
        "seven семь семи",
        "eight восемь восьми",
        "nine девять девяти",
        "ten десять десяти",
        "eleven одиннадцать одиннадцати",
        "twelve двенадцать двенадцати",
    ),
    first=1,
)

NEAR = {
    ("today",): 0,
    ("сегодня",): 0,
    ("tomorrow",): 1,
    ("завтра",): 1,
    ("day", "after", "tomorrow"): 2,
    ("послезавтра",): 2,
}
"""Words -> days from today."""

UNITS = {
    **_meaning("d day days день дня дней", (1, 0)),
    **_meaning("w week weeks неделя неделю недели недель", (7, 0)),
    **_meaning("m month months месяц месяца месяцев", (0, 1)),
    **_meaning("y year years год года лет", (0, 12)),
}
"""What can be counted ahead -> its days and its calendar months."""

_LETTERS = {(1, 0): "d", (7, 0): "w", (0, 1): "m", (0, 12): "y"}

HALVES = _one_of("half half-year полугодие полугодия полугодии полугодию")
QUARTERS = _one_of("quarter квартал квартала квартале кварталу кв")

RUNNING = {
    **_meaning("week неделя недели неделе неделю", (Precision.WEEK, 0)),
    **_meaning("month месяц месяца месяце месяцу", (Precision.MONTH, 1)),
    **dict.fromkeys(QUARTERS, (Precision.QUARTER, 3)),
    **_meaning("year год года году", (Precision.YEAR, 12)),
}
"""What `this`, `next` and `end of` are said of -> its precision and its months."""

CODES = {
    **{f"q{n}": (Precision.QUARTER, 3 * n - 2, 3) for n in (1, 2, 3, 4)},
    **{f"h{n}": (Precision.HALF, 6 * n - 5, 6) for n in (1, 2)},
}

PERIODS = {
    **CODES,
    **{word: (Precision.MONTH, month, 1) for word, month in MONTHS.items()},
    **_meaning("spring весна весны весне весну весной", (Precision.SEASON, 3, 3)),
    **_meaning("summer лето лета лету лете летом", (Precision.SEASON, 6, 3)),
    **_meaning("autumn fall осень осени осенью", (Precision.SEASON, 9, 3)),
}
"""The named parts of a year -> precision, first month, number of months. Winter lies in two years."""

THIS = _one_of("this current этот этого этом этому эта этой эту текущий текущего текущем текущей")
NEXT = _one_of("next следующий следующего следующем следующему следующая следующей следующую")

SMALL = frozenset(("the", "of"))
YEAR_NOUNS = _one_of("г год года году")
AHEAD = (("in",), ("within",), ("через",), ("в", "течение"), ("в", "течении"))
"""What may stand before a count of days, weeks, months or years."""

ENDS = _one_of("end конец конца концу конце")
LEADS = (
    *(("no", "later", "than"), ("not", "later", "than"), ("on", "or", "before"), ("at", "latest")),
    *(("before", "end"), ("не", "позднее"), ("не", "позже")),
    *((word,) for word in ("by", "on", "in", "until", "till", "due", "до", "к", "ко", "в", "во", "на")),
    *((word,) for word in ENDS),
)
"""What may stand before a date and leave it the same, longer ones first."""

TAILS = (("at", "latest"), ("inclusive",), ("включительно",))

_INEXACT = "names no last day"
_SEVERAL = "names more than one date"
_TIME = "has a time of day, but a deadline is a whole day"
REASONS = {
    **_meaning("before after перед после", "does not say whether that day counts"),
    **_meaning("winter зима зимы зиме зиму зимой", "lies in two years"),
    **_meaning("mid middle early late start beginning середина середины середине", _INEXACT),
    **_meaning("начало начала начале asap soon скоро", _INEXACT),
    **_meaning("working business workdays рабочий рабочих", "depends on which days are worked"),
    **_meaning("yesterday ago вчера назад", "has to be given as a day of the calendar"),
    **_meaning("and or to through between from и или либо с по -", _SEVERAL),
    **_meaning("am pm noon midnight o'clock часов час часа", _TIME),
    **_meaning("next следующий следующая следующую", "does not say which one"),
}
"""A word that no date has -> why it makes a phrase impossible to read."""


def _refuse_strange(character: str) -> None:
    """Raises: Unclear for what cannot be seen, other scripts' digits and letters that no date has."""
    is_blank = character.isspace() and not "\x1c" <= character <= "\x1f"
    if not is_blank and not character.isprintable():
        raise Unclear(f"has an invisible character (U+{ord(character):04X})")
    if is_blank or character.isascii() or "\u0400" <= character <= "\u045f":
        return
    if character.isnumeric():
        raise Unclear("has digits other than 0-9")
    if character not in "\u0306\u0308\u2010\u2011":
        raise Unclear("is not understood")


def tokens(phrase: str) -> list[str]:
    """The words of the phrase in lower case, without commas and the dots of abbreviations."""
    if len(phrase) > _LONGEST:
        raise Unclear("is too long for a date")
    for character in phrase:
        _refuse_strange(character)
    text = phrase.lower().replace("и\u0306", "й").replace("е\u0308", "е").translate(_FOLDED)
    words = [word[:-1] if word[-1] == "." and len(word) > 1 else word for word in text.split()]
    if not words:
        raise Unclear("is empty", "2023-03-31", "end of March", "none")
    return words


def plain(words: list[str]) -> list[str]:
    """The words without those that change nothing wherever they stand; none when the last one dangles."""
    kept: list[str] = []
    for word in words:
        is_noun = word in YEAR_NOUNS and bool(kept) and kept[-1][-4:].isdigit() and len(kept[-1]) >= 4
        if word not in SMALL and not is_noun:
            kept.append(word)
    tail = next((len(tail) for tail in TAILS if tuple(kept[-len(tail) :]) == tail), 0)
    return kept[: len(kept) - tail] if words[-1] not in SMALL else []


def is_year(word: str) -> bool:
    """Whether the word is a year in four figures that a promise can lie in."""
    return len(word) == 4 and word.isdigit() and FIRST_YEAR <= int(word) <= LAST_YEAR


def ordinal(word: str) -> int | None:
    """`31st`, `31-го` -> 31."""
    for ending in ORDINAL_ENDINGS:
        figure = word.removesuffix(ending)
        if figure != word and figure.isdigit() and len(figure) <= 2:
            return int(figure)
    return None


def figures(word: str, count: int) -> tuple[str, list[str]]:
    """`31-Mar-2023`, 3 -> `-` and its parts; no parts when it is not in so many."""
    separator = next((mark for mark in "-/." if word.count(mark) == count - 1), "")
    return separator, word.split(separator) if separator else []


def amount(words: Sequence[str]) -> tuple[int, int, int] | None:
    """`2 weeks`, `2w`, `неделю` -> how many, and the days and months of each."""
    if len(words) == 1:
        unit = words[0].lstrip("0123456789")
        number = words[0][: len(words[0]) - len(unit)]
        if not number and not unit.isascii():
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
    """`1st quarter`, `second half`, `II квартал`; a bare figure only in Russian: `in 1 quarter` is a span."""
    number = ordinal(which) or ORDINALS.get(which)
    if number is None and which.isdigit() and len(which) == 1 and not noun.isascii():
        number = int(which)
    kind = "q" if noun in QUARTERS else "h" if noun in HALVES else ""
    return CODES.get(f"{kind}{number}")


def why_not(words: list[str]) -> Unclear:
    """What is wrong with words that are no known form."""
    if len(words) == 1 and words[0].isdigit():
        return Unclear(f"is a bare number, and no year from {FIRST_YEAR} to {LAST_YEAR}")
    span = amount(words)
    if span and 0 < span[0] < 100:
        text = " ".join(words)
        lead = "in" if text.isascii() else "через"
        return Unclear("does not say from when", f"+{span[0]}{_LETTERS[span[1:]]}", f"{lead} {text}")
    for word in words:
        why = REASONS.get(word) or REASONS.get(word.partition("-")[0])
        if why:
            return Unclear(why)
        if ":" in word or (word[0].isdigit() and word[-2:] in ("am", "pm")):
            return Unclear(_TIME)
        if word.isalnum() and not word.isalpha() and not word.isdigit() and ordinal(word) is None:
            return Unclear("has words written together")
    return Unclear("is not a date")
