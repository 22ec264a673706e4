"""The day of a text: of several days that its head or its dateline names, the last one."""

import pytest

from store.capture.fields.date_of_text import day_of_text
from store.capture.readers.source_text import SourceText


@pytest.mark.parametrize(
    "line",
    [
        "г. Минск    18–20 ноября 2026 года",
        "г. Минск, 18-20 ноября 2026 г.",
        "18 – 20 ноября 2026 года",
        "с 18 по 20 ноября 2026 года",
        "30 октября – 20 ноября 2026 года",
        "Дата: 18–20 ноября 2026",
        "г. Минск 20 ноября 2026 года",
        "Minsk, 18-20 November 2026",
        "18–20 November 2026",
        "30 October – 20 November 2026",
        "November 18–20, 2026",
        "Date: 20 November 2026",
        "Date: | 20 November 2026",
        "| Date | 20 November 2026 |",
        "Дата | 20.11.2026",
    ],
)
def test_the_last_of_several_days_is_the_day_of_the_text(line: str) -> None:
    found = day_of_text(SourceText("minutes.txt", f"ПРОТОКОЛ\n{line}\n\nСтороны договорились.\n"), None)
    assert found is not None
    assert found[0] == "2026-11-20"


@pytest.mark.parametrize(
    "heading",
    [
        "Протокол совещания от 24 ноября 2026 г.",
        "ПРОТОКОЛ рабочей встречи от 24.11.2026",
        "Протокол координационного совещания, г. Ташкент, 24 ноября 2026 г.",
        "Протокол\nсовещания рабочей группы от 24 ноября 2026 года",
        "Справка по итогам визита в Лион 22–24 ноября 2026 г.",
        "# Протокол совещания от 24 ноября 2026 г.",
        "Minutes of the meeting of 24 November 2026",
        "Report on the mission to Tashkent, 22-24 November 2026",
    ],
)
def test_a_heading_that_ends_with_a_day_says_the_day_of_the_text(heading: str) -> None:
    found = day_of_text(SourceText("minutes.txt", f"МВД Узбекистана\n\n{heading}\n\nСтороны договорились.\n"), None)
    assert found is not None
    assert found[0] == "2026-11-24"


@pytest.mark.parametrize(
    "heading",
    [
        "Отчёт о выполнении решений совещания от 3 мая 2024 г.",
        "Протокол о внесении изменений в Соглашение от 3 мая 2024 г.",
        "Report on the implementation of the plan of 3 May 2024",
    ],
)
def test_the_day_of_another_paper_in_a_heading_is_no_day_of_the_text(heading: str) -> None:
    assert day_of_text(SourceText("minutes.txt", f"{heading}\n\nСтороны договорились.\n"), None) is None


def test_a_deadline_in_a_sentence_is_no_day_of_the_text() -> None:
    text = "The meeting in Minsk agreed to send the list on 18–20 November 2026 to all.\n"
    assert day_of_text(SourceText("minutes.txt", text), None) is None
