"""The Russian catalogue is written as an official writes: signs, quotations, days and the words to type."""

import re

import pytest

from tests.store.test_every_sentence_is_translated import forms_of, messages

PATTERNS = {
    "a word to type that has a Russian twin": (
        r"followup [^;—]*(?:--because (?:declined|overtaken|superseded|dropped)"
        r"|\b(?:state|outcome|party|visit|owner|by|to|via|due):(?!\.\.))"
    ),
    "an ISO day in a sentence": r"^(?!.*(?:ГГГГ|срок:|followup |дата в виде)).*\b\d{4}-\d\d-\d\d\b",
    "straight quotes around words": r'^(?!.*(?:followup |\{path\})).*"[^"{}]*[А-Яа-яё][^"]*"',
    "a man where anybody may have done it": r"(?:внёс|добавил|изменил|удалил|создал|записал) (?:пользователь|\{)",
    "an English word to type beside a Russian one": (
        r"(?:срок|вид|состояние|группа|итог):[a-z]"
        r"|followup (?:list|export|check|status|visits) (?:--\S+ )*(?:overdue|today|week|month|later|no-date"
        r"|unconfirmed|silent|chase|now|aside|extended|waiting|open|finished|closed|mine|kind:|band:|text:|silent:|late:)"
        r"|mark (?:НОМЕР|\{\w+\}|\d+) (?:proposed|agreed|in-progress|reported|confirmed|closed|returned)"
        r"|(?:[Дд]ля|то же, что) (?:agreed|reported|closed|returned)\b|«or»|`mine`"
        r"|--(?:map|set|default|value) (?:by|to|due|title|state|note|none|source-id)\b|=none\b"
    ),
    "a letter where a word stands for what is typed": r"--[a-z-]+ [A-Z]\b|^[A-Z](?:,\.\.\.)?$|\(\+[A-Z]\b",
    "a list that is empty of an adjective": r"^(?:(?!данных)[а-яё]+[иы]х(?: ещё| пока)?|с[о]? [^:;]*) нет\b",
    "nothing to do, as it is spoken": r"\bнечего\b",
    "a consent, asked for by whose it is": r"\bчьё соглас|\bчей\b|\bчьей\b|\bчьих\b",
    "what is written, standing": r"\bсто(?:ит|ят|ял|яла|яло|яли)\b",
    "a cell or a column that speaks": r"\b(?:говорит|говорят|показывает, что)\b",
    "a column, called in two ways": r"^(?!.*(?:подпис|Перед стороной)).*\bграф(?:а|у|ы|е|ой|ам|ами|ах)?\b",
    "a person who is without a right": r"\{(?:who|owner|sender)\} без права",
    "an undo that is undone, as a restore": r"^восстановлено",
    "a promise, as it is spoken": r"\b(?:пообеща|обеща(?!тельств))",
    "a person told to write": r"\b(?:на|за|в)пишите\b(?! {)",
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
