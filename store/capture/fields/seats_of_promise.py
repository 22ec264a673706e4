"""Finds how many people are to be nominated, or places kept."""

from __future__ import annotations

import re

from store.capture.lazy_pattern import lazy
from store.model.vocabulary_and_signs import Kind

_COUNT = r"(?P<count>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|одного|двух|двоих|трёх|трех|троих|четырёх|четырех|пят(?:ь|и|ерых)|шест(?:ь|и|ерых)|сем(?:ь|и|ерых)|вос(?:емь|ьми)|девят[ьи]|десят[ьи])"
_PEOPLE = (
    r"(?:officers?|experts?|analysts?|prosecutors?|candidates?|investigators?|trainers?|instructors?|lecturers?|representatives?|participants?|specialists?|focal points?|judges?"
    r"|(?:сотрудник|офицер|эксперт|кандидат|следовател|представител|специалист|прокурор|преподавател|инструктор|аналитик|лектор|судей|судь)\w*)"
)
_PERSONS_OF = (
    *("officer", "expert", "analyst", "prosecutor", "candidate", "investigator", "trainer", "instructor", "lecturer"),
    *("representative", "participant", "specialist", "focal point", "judge", "сотрудник", "офицер", "эксперт"),
    *("кандидат", "следовател", "представител", "специалист", "прокурор", "преподавател", "инструктор", "аналитик"),
    *("лектор", "суд"),
)
_PLACES = ("seat", "place", "мест")
"""Words of which one stands where people or places are counted: patterns are looked for there alone."""
_COUNTED = lazy(rf"\b{_COUNT}\s+(?:\w+\s+){{0,2}}?{_PEOPLE}", re.IGNORECASE)
_LENT = lazy(
    r"\b(?:second|provide|make|put forward|nominate|allocate|assign|detail|send|lend"
    r"|(?:выдел|предостав|направ|команд|назнач|делег|отправ|выдвин)[а-яё]+|спис(?:ок|ка)|кандидатур\w*)\s+(?:(?!with\b|to\b)[\w-]+\s+){0,2}?"
    rf"{_COUNT}\s+(?:\w+\s+)?{_PEOPLE}\b(?!\s+with\b|\s+of\s+the\s+other\b)",
    re.IGNORECASE,
)
"""People who are made available, whatever it is called: `make two prosecutors available`, `выделит восемь офицеров`."""
_NUMBERED = lazy(
    r"\b(?:(?:число|количество) мест|number of (?:seats|places))[ :–—-]{1,4}(?P<count>\d{1,2})\b", re.IGNORECASE
)
_RESERVED = lazy(
    r"\b(?P<count>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|одно|два|три|четыре|пять|шесть|семь|восемь|девять|десять)"
    r"\s+(?:\w+\s+)?(?:seats?|places?|мест[аоу]?)\b(?=\s+(?:for|on|in|at|to|для|на|в)\b|[. ;,]*$)",
    re.IGNORECASE,
)
"""Seats that somebody keeps for others: `three seats for Tajikistan`, and no `two places with two names`."""
_COUNTS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "одн": 1, "дв": 2, "тр": 3, "чет": 4, "пят": 5, "шест": 6, "сем": 7, "вос": 8, "дев": 9, "дес": 10,
}  # fmt: skip
"""English counts, and how Russian ones begin in any case."""


def seats_of(words: str, kind: str) -> int | None:
    """How many people are to be nominated, or places kept."""
    low = words.lower()
    match = None
    if any(each in low for each in _PERSONS_OF):
        match = (_COUNTED.search(words) if kind == Kind.NOMINATE_EXPERTS else None) or _LENT.search(words)
    if not match and any(each in low for each in _PLACES):
        match = _RESERVED.search(words) or _NUMBERED.search(words)
    if not match:
        return None
    count = match["count"].casefold()
    return int(count) if count.isdigit() else next(its for word, its in _COUNTS.items() if count.startswith(word))
