"""Say a French or Spanish date of a list in English, which the parser of dates knows: `fin juin 2023`, `end June 2023`.

In imports alone: dates that are typed are English or Russian.
"""

from __future__ import annotations

import re

from store.fold_case_and_accents import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MONTHS = {
    "January": "janvier janv enero ene",
    "February": "fevrier fevr fev febrero",
    "March": "mars marzo",
    "April": "avril avr abril abr",
    "May": "mai mayo",
    "June": "juin junio",
    "July": "juillet juil julio",
    "August": "aout agosto ago",
    "September": "septembre septiembre setiembre",
    "October": "octobre octubre",
    "November": "novembre noviembre",
    "December": "decembre diciembre dic",
}
_OTHERS = {
    "Monday": "lundi lunes",
    "Tuesday": "mardi martes",
    "Wednesday": "mercredi miercoles",
    "Thursday": "jeudi jueves",
    "Friday": "vendredi viernes",
    "Saturday": "samedi sabado",
    "Sunday": "dimanche domingo",
    "first": "premier premiere primer primero primera",
    "second": "deuxieme seconde segundo segunda",
    "third": "troisieme tercer tercero tercera",
    "fourth": "quatrieme cuarto cuarta",
    "quarter": "trimestre",
    "half": "semestre",
    "spring": "printemps primavera",
    "summer": "ete verano",
    "autumn": "automne otono",
    "winter": "hiver invierno",
    "end": "fin fines final finales",
    "mid": "mi mediados",
    "early": "debut principios inicios comienzos",
    "before": "avant antes",
    "after": "apres despues",
    "and": "et y",
    "or": "ou o",
    "inclusive": "inclus incluido",
}
"""English -> the words of both languages that mean it, folded."""

_ENGLISH = {word: english for table in (_MONTHS, _OTHERS) for english, words in table.items() for word in words.split()}

_OF = frozenset(("de", "d'", "du", "del", "des"))
_UNSAID = _OF | frozenset(
    ("le", "la", "l'", "au", "aux", "el", "los", "las", "en", "a", "ce", "annee", "ano", "mois", "mes")
)
"""Words between the parts of a date, which do not change it."""

_BY = (("au", "plus", "tard"), ("a", "mas", "tardar"), ("d'", "ici"), ("jusqu'",), ("hasta",), ("para",), ("pour",))
"""What stands before a date, or behind it, and does not change it."""

_ORDINAL = re.compile(r"(\d{1,2})(?:er|re|ere|e|eme|o|a)")
_QUARTER = re.compile(r"t([1-4])|([1-4])t")
_ORDINAL_DOT = re.compile(r"(?<=\d)\.(?=(?:er|o|a)\b)")
_ENDINGS = {"1": "st", "2": "nd", "3": "rd"}


def in_english(text: str) -> str | None:
    """The date in English; None for a text that has no word of a date in French or Spanish."""
    if not any(map(str.isalpha, text)):
        return None
    folded = _ORDINAL_DOT.sub("", fold(text).replace("º", "o").replace("ª", "a"))
    written = list(_words(folded))
    if written[:1] == ["des"]:
        return f"from {text[len('des') :].strip()}"  # `dès le 10 décembre`: from that day, and not until it.
    words = _without_by(written)
    is_accented = folded.isascii() and not text.isascii()
    if not is_accented and not any(map(_is_of_a_date, words)):
        return None
    said = [word for word in words if word not in _UNSAID]
    return " ".join(_said(said, place) for place in range(len(said)))


def has_words_of_a_deadline(text: str) -> bool:
    """Whether a date has words before it or behind it that say more than its day: `au plus tard le 10 décembre`."""
    words = list(_words(fold(text)))
    return _without_by(words) != words


def _is_of_a_date(word: str) -> bool:
    """Whether a date in English has no such word, and one in these languages may."""
    return word in _ENGLISH or word in _OF or bool(_ORDINAL.fullmatch(word) or _QUARTER.fullmatch(word))


def _words(folded: str) -> Iterator[str]:
    """The words, without the dots of abbreviations; those that a hyphen or slash joins are parted."""
    for word in folded.replace("'", "' ").replace(",", " ").split():
        parts = re.split(r"[-/.]", word) if any(map(str.isalpha, word)) else [word]
        yield from filter(None, parts)


def _without_by(words: list[str]) -> list[str]:
    for phrase in _BY:
        size = len(phrase)
        if tuple(words[:size]) == phrase:
            return words[size:]
        if tuple(words[-size:]) == phrase:
            return words[:-size]
    return words


def _said(words: Sequence[str], place: int) -> str:
    """A word in English. `ago`, which is English too, is a month only behind a figure."""
    word = words[place]
    if word == "ago" and not (place and words[place - 1].isdigit()):
        return word
    if (quarter := _QUARTER.fullmatch(word)) is not None:
        return f"Q{quarter[1] or quarter[2]}"
    if (ordinal := _ORDINAL.fullmatch(word)) is not None:
        return ordinal[1] + _ENDINGS.get(ordinal[1], "th")
    return _ENGLISH.get(word, word)
