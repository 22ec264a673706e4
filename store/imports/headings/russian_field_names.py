"""The Russian twins of the names of fields of an import: `кто=C`, `срок=D`. Understood in every language."""

from __future__ import annotations

from store.translation import language

RUSSIAN_FIELDS = {
    "содержание": "title",
    "обязательство": "title",
    "кто": "by",
    "исполнитель": "by",
    "кто-обязался": "by",
    "обязавшаяся-сторона": "by",
    "кому": "to",
    "перед-кем": "to",
    "визит": "visit",
    "срок": "due",
    "состояние": "state",
    "ответственный": "owner",
    "вид": "kind",
    "посредник": "via",
    "содействие": "support",
    "номер": "id",
    "номер-в-списке": "source-id",
    "дата-согласования": "agreed-on",
    "первоначальный-срок": "original-due",
    "формулировка": "words",
    "цитата": "quote",
    "источник": "source",
    "примечание": "note",
    "причина": "reason",
    "инициатор": "asked-by",
    "согласовавшая-сторона": "agreed-by",
    "причина-невыполнения": "miss-reason",
    "мест": "wanted",
    "выдвинуто": "nominated",
    "письмо": "letter",
    "дата-выполнения": "reported-on",
    "сообщила": "reported-by",
    "подтверждение": "evidence",
    "дата-подтверждения": "confirmed-on",
    "подтвердила": "confirmed-by",
    "причина-закрытия": "because",
    "дата-закрытия": "closed-on",
}
"""Russian name -> the field; of several for one the first is the one that help names."""


def field_typed(field: str) -> str:
    """A field as it is typed in the language of the program: `due`, in Russian `срок`."""
    if language() != "ru":
        return field
    return next((twin for twin, name in RUSSIAN_FIELDS.items() if name == field), field)
