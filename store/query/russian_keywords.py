"""The Russian twins of fields, words and values of the query language: `кому:интерпол`, `просрочено`, `не:закрыто`.

Both are understood at any time, whatever language the program speaks. Read only where a query has Cyrillic letters.
"""

from __future__ import annotations

from store.rules.russian_twins_of_typed_words import RUSSIAN_KINDS, RUSSIAN_STATES

RUSSIAN_FIELDS = {
    "кто": "by",
    "от": "by",
    "кому": "to",
    "перед": "to",
    "для": "to",
    "через": "via",
    "посредник": "via",
    "содействие": "support",
    "сторона": "party",
    "ответственный": "owner",
    "визит": "visit",
    "вид": "kind",
    "текст": "text",
    "состояние": "state",
    "статус": "state",
    "группа": "band",
    "итог": "outcome",
    "номер": "id",
    "срок": "due",
    "дата": "due",
    "без-сведений": "silent",
    "просрочено": "late",
}
"""Russian field -> the field; of several for one the first is the one that help names."""

RUSSIAN_WORDS = {
    "открыто": "open",
    "незавершено": "open",
    "не-завершено": "open",
    "завершено": "finished",
    "закрыто": "closed",
    "просрочено": "overdue",
    "сегодня": "today",
    "неделя": "week",
    "месяц": "month",
    "позднее": "later",
    "позже": "later",
    "без-даты": "no-date",
    "без-срока": "no-date",
    "на-подтверждении": "unconfirmed",
    "без-сведений": "silent",
    "напомнить": "chase",
    "сейчас": "now",
    "отложено": "aside",
    "продлено": "extended",
    "ожидает": "waiting",
    "мои": "mine",
    "мое": "mine",
}
"""Russian word -> the word; of several for one the first is the one that help names."""

RUSSIAN_VALUES = {
    "state": RUSSIAN_STATES,
    "kind": RUSSIAN_KINDS,
    "band": RUSSIAN_WORDS,
    "outcome": {
        "выполнено": "met",
        "выполнено-в-срок": "met",
        "выполнено-с-продлением": "met-extended",
        "выполнено-с-опозданием": "met-late",
        "выполнено-без-срока": "met-undated",
        "снято-с-исполнения": "withdrawn",
        "снято": "withdrawn",
        "прекращено": "withdrawn",
        "отозвано": "withdrawn",
        "не-выполнено": "not-met",
    },
}
"""Field -> Russian value -> the value."""

RUSSIAN_UNITS = {
    **dict.fromkeys(("д", "дн", "день", "дня", "дней"), "d"),
    **dict.fromkeys(("н", "нед", "неделя", "неделю", "недели", "недель"), "w"),
    **dict.fromkeys(("м", "мес", "месяц", "месяца", "месяцев"), "m"),
    **dict.fromkeys(("г", "год", "года", "лет"), "y"),
}
"""Unit of a bare offset -> the unit: `срок:..2н`."""

ME = ("я", "мне", "мы", "нам")
OR = "или"
NOT = "не:"
"""The twins of `me`, `or` and `not:`; those of `none` are in `store.words_for_none`."""


def is_letter(character: str) -> bool:
    """Whether a character is a letter of the names of Russian fields."""
    return "а" <= character.lower() <= "я" or character in "ёЁ"
