"""The Russian catalogue is written as an official writes: signs, quotations, days and the words to type."""

import re

import pytest

from tests.store.test_translation_catalogue_and_plurals import forms_of, messages

PATTERNS = {
    "a word to type that has a Russian twin": (
        r"followup [^;—]*(?:--because (?:declined|overtaken|superseded|dropped)"
        r"|\b(?:state|outcome|party|visit|owner|by|to|via|due):(?!\.\.))"
    ),
    "an ISO day in a sentence": r"^(?!.*(?:ГГГГ|срок:|followup |дата в виде)).*\b\d{4}-\d\d-\d\d\b",
    "straight quotes around words": r'^(?!.*(?:followup |\{path\})).*"[^"{}]*[А-Яа-яё][^"]*"',
    "a man where anybody may have done it": r"(?:внёс|добавил|изменил|удалил|создал|записал) (?:пользователь|\{)",
    "a spoken word": r"\b(?:настоять|похожего тоже|ничего не дал|просто число|и так не|верен ли)",
}
"""What it is -> how it is found in a text of the catalogue."""


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
def test_no_text_has(pattern: str) -> None:
    found = [
        text
        for message in messages("ru")
        for text in forms_of(message.string)
        if "\n" not in text and re.search(pattern, text)
    ]
    assert found == []
