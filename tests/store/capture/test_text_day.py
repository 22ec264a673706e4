"""The day of a text: of several days that its head or its dateline names, the last one."""

import pytest

from store.capture.source_text import SourceText
from store.capture.text_day import day_of_text


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


def test_a_deadline_in_a_sentence_is_no_day_of_the_text() -> None:
    text = "The meeting in Minsk agreed to send the list on 18–20 November 2026 to all.\n"
    assert day_of_text(SourceText("minutes.txt", text), None) is None
