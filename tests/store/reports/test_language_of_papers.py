"""The words of the papers: right in English and in Russian."""

import pytest

from store.errors import UsageError
from store.reports.issuer_selection_and_marks import page_marks
from store.reports.language_of_papers import load_words
from store.translation_catalogue_and_plurals import languages


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, "сведения не поступали 1 день"),
        (2, "сведения не поступали 2 дня"),
        (5, "сведения не поступали 5 дней"),
        (11, "сведения не поступали 11 дней"),
        (21, "сведения не поступали 21 день"),
        (22, "сведения не поступали 22 дня"),
        (112, "сведения не поступали 112 дней"),
    ],
)
def test_russian_plurals(number: int, expected: str) -> None:
    assert load_words("ru").plural("no news for {n} day", "no news for {n} days", number) == expected


def test_english_plurals() -> None:
    words = load_words("en")
    phrases = [words.plural("no news for {n} day", "no news for {n} days", number) for number in (1, 2, 21)]
    assert phrases == ["no news for 1 day", "no news for 2 days", "no news for 21 days"]


def test_days_of_both_languages() -> None:
    english, russian = load_words("en"), load_words("ru")
    assert (english.day("2023-01-06"), russian.day("2023-01-06")) == ("6 Jan 2023", "06.01.2023")
    assert english.period("2022-12-06", "2022-12-08") == "6-8 Dec 2022"
    assert russian.period("2022-12-06", "2022-12-08") == "06–08.12.2022"
    assert english.period("2022-11-30", "2022-12-02") == "30 Nov 2022 - 2 Dec 2022"
    assert russian.period("2022-11-30", "2022-12-02") == "30.11.2022 – 02.12.2022"
    assert english.period("2022-12-06", "2022-12-06") == "6 Dec 2022"
    assert [russian.month(f"2023-{number:02}-01") for number in (1, 5, 12)] == ["янв.", "май", "дек."]


@pytest.mark.parametrize("typed", ["fr", "", "RU", "../ru", "ru/LC_MESSAGES", "en\x1b"])
def test_an_unknown_language_is_refused_with_those_there_are(typed: str) -> None:
    with pytest.raises(UsageError) as refused:
        load_words(typed)
    assert refused.value.field == "language"
    assert all(language in str(refused.value) for language in languages())
    assert str(refused.value).isprintable()


def test_what_people_typed_is_no_pattern() -> None:
    assert load_words("en").tr("reason: {reason}", reason="{0} {reason} %s") == "reason: {0} {reason} %s"


def test_a_day_is_written_out_where_there_is_room() -> None:
    english, russian = load_words("en"), load_words("ru")
    days = [f"2026-{month:02}-05" for month in range(1, 13)]
    assert [english.written_day(day) for day in days] == [english.day(day) for day in days]
    assert russian.written_day("2026-11-26") == "26 ноября 2026 г."
    assert [russian.written_day(day).split()[1] for day in days] == [
        *("января", "февраля", "марта", "апреля", "мая", "июня"),
        *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
    ]
    spans = [("2022-12-06", "2022-12-08"), ("2022-11-30", "2022-12-02"), ("2022-12-06", "2022-12-06")]
    assert [english.written_period(*span) for span in spans] == [english.period(*span) for span in spans]
    assert [russian.written_period(*span) for span in spans] == [
        *("6–8 декабря 2022 г.", "30 ноября 2022 г. – 2 декабря 2022 г.", "6 декабря 2022 г."),
    ]


@pytest.mark.parametrize(
    ("language", "numbers", "named"),
    [
        ("en", [7], "#7"),
        ("en", [4, 1, 2, 3, 7], "#1-#4, #7"),
        ("ru", [7], "№ 7"),
        ("ru", [4, 1, 2, 3, 7, 8], "№ 1–4, 7, 8"),
        ("ru", [], ""),
    ],
)
def test_numbers_of_commitments(language: str, numbers: list[int], named: str) -> None:
    assert load_words(language).numbers(numbers) == named


AS_AN_OFFICIAL_WRITES = {
    "The commitments of the institutions to each other and how they stand: one part for each institution.": (
        "Обязательства сторон друг перед другом и ход их выполнения (по сторонам)."
    ),
    "Meeting sheet, {day}": "Справка о ходе выполнения обязательств сторон по состоянию на {day}",
    "Sheet for the meeting on {day}": "Справка о ходе выполнения обязательств сторон к совещанию {day}",
    "Commitment": "Содержание обязательства",
    "To / from": "Сторона",
    "Points to clarify: {party}": "Вопросы, требующие уточнения: {party}",
    "Channel or help by this institution": "При посредничестве или содействии стороны",
    "Mutual commitments listed above: {numbers}.": "Взаимные обязательства, указанные выше: {numbers}.",
    "Also done or closed (see under the institution that made the commitment): {numbers}.": (
        "Кроме того, выполнено или закрыто: {numbers} (см. разделы исполнителей)."
    ),
    "; agreed by {party}": "; согласовано с: {party}",
    " (entered on its behalf)": " (внесено от её имени)",
    " (entered by the party itself)": " (внесено самой стороной)",
    "words of the date: {text}": "срок в согласованной формулировке: {text}",
    "Quarterly report to the donor, {period}": "Отчёт донору о выполнении обязательств за {period}",
    "Planned and done": "Запланировано и выполнено",
    "Entries removed as made in error": "Записи, исключённые как ошибочно внесённые",
    "extension": "продление срока",
    "Owed to it": "Перед стороной",
    "In time, original": "В первоначальный срок",
    "In time, current": "В действующий срок",
    "How the commitments of each event stand": "Исполнение обязательств по мероприятиям",
    "no promise recorded": "обязательств не внесено",
    "{day}, revision {n}": "{day}, версия данных № {n}",
    "under way, in time": "в работе без нарушения срока",
    "no date set": "срок не установлен",
    "Not met": "Не выполнено",
    "overdue": "просрочено",
    "to {parties}": "получатель: {parties}",
    "; asked by {party}": "; инициатор: {party}",
    "through {party}": "посредник: {party}",
    "On-time rate": "Доля обязательств, выполненных в срок",
}


@pytest.mark.parametrize(("text", "russian"), AS_AN_OFFICIAL_WRITES.items())
def test_russian_is_that_of_an_official(text: str, russian: str) -> None:
    assert load_words("ru").tr(text) == russian


@pytest.mark.parametrize(
    ("text", "number", "russian"),
    [
        ("{day}, {n} day late", 9, "26.11.2026, просрочено на 9 дней"),
        ("{day}, {n} day late", 1, "26.11.2026, просрочено на 1 день"),
        ("{day}, in {n} day", 21, "26.11.2026, остался 21 день"),
        ("{day}, in {n} day", 3, "26.11.2026, осталось 3 дня"),
        ("done {n} day late", 24, "выполнено с опозданием на 24 дня"),
        ("not done, {n} day late", 5, "не выполнено, просрочено на 5 дней"),
    ],
)
def test_days_late_are_declined(text: str, number: int, russian: str) -> None:
    values = {"day": "26.11.2026"} if "{day}" in text else {}
    assert load_words("ru").plural(text, text.replace("{n} day", "{n} days"), number, **values) == russian


def test_an_official_mark_stands_alone_in_russian() -> None:
    english, russian = load_words("en"), load_words("ru")
    assert page_marks(russian, ["Для служебного пользования"], is_internal=True) == ["Для служебного пользования"]
    assert page_marks(russian, ["R&D"], is_internal=True) == ["ТОЛЬКО ДЛЯ ВНУТРЕННЕГО ПОЛЬЗОВАНИЯ", "R&D"]
    assert page_marks(english, ["ДСП"], is_internal=True) == ["INTERNAL", "ДСП"]
