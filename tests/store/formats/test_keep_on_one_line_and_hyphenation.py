"""Where a line of a paper may end: not in a number with its unit or in days, and in long words at a hyphen alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.formats.keep_on_one_line import NO_BREAK_BEHIND, unbroken
from store.formats.page_column_widths import column_widths, parted
from store.formats.russian_hyphenation import SOFT_HYPHEN, hyphenated
from store.reports.document import Table, TableColumn, TableRow


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("No. 7: 33 % of 6", "No. 7: 33~% of 6"),
        ("№ 7", "№~7"),
        ("приложение, п. 12", "приложение, п.~12"),
        ("6 Oct 2026", "6~Oct~2026"),
        ("5-8 Jul 2026", "5–|8~Jul~2026"),
        ("6–8 мая 2026 г.", "6–|8~мая~2026~г."),
        ("6–8.05.2026", "6–|8.05.2026"),
        ("1 Jul 2026 - 30 Sep 2026", "1~Jul~2026~– 30~Sep~2026"),
        ("III квартал 2026 г., просрочено на 9 дней", "III~квартал~2026~г., просрочено на~9~дней"),
        ("март 2026 г.", "март~2026~г."),
        ("2 из 3, 2 of 3", "2~из~3, 2~of~3"),
        ("connect to I-24/7", "connect to I-|24/7"),
        ("pages 5-8 and A-1", "pages 5-8 and A-1"),
        ("#38-#40, #7", "#38-|#40, #7"),
        ("№ 1–4, 7", "№~1–|4, 7"),
        ("через 8–30 дней: 16", "через 8–|30~дней: 16"),
        ("№ 50 (05.12.2026)", "№~50~(05.12.2026)"),
        ("5 Dec 2026 #50", "5~Dec~2026~#50"),
    ],
)
def test_what_belongs_together_stands_in_one_line(text: str, kept: str) -> None:
    assert unbroken(text).replace("\xa0", "~").replace(NO_BREAK_BEHIND, "|") == kept


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Предложено", "Предло-жено"),
        ("просрочено", "просро-чено"),
        ("выполнении", "выпол-не-нии"),
        ("Обязательств", "Обяза-тельств"),
        ("преступности", "преступ-ности"),
        ("стороной", "стороной"),
        ("Organisations", "Organisations"),
    ],
)
def test_a_long_russian_word_is_parted_before_a_syllable(word: str, parts: str) -> None:
    assert hyphenated(word).replace(SOFT_HYPHEN, "-") == parts


@given(st.text())
def test_nothing_but_places_to_part_is_added(text: str) -> None:
    assert hyphenated(text).replace(SOFT_HYPHEN, "") == text.replace(SOFT_HYPHEN, "")


def test_words_are_parted_only_where_a_column_is_narrower_than_they_are() -> None:
    headings = ["Сторона", *["Предложено, прекращено"] * 9, "Обязательств"]
    columns = [TableColumn(heading, 50 if not at else 17) for at, heading in enumerate(headings)]
    table = Table(columns, [TableRow(["Правоохранительная академия", *["0"] * 10])])
    widths = column_widths(table)
    assert sum(widths) == pytest.approx(1)
    assert SOFT_HYPHEN in parted("Предложено", widths[1], table, is_heading=True)
    assert SOFT_HYPHEN not in parted("Предложено", 0.5, table, is_heading=True)
    few = Table(columns[:3], [TableRow(["Правоохранительная академия", "0", "0"])])
    assert parted("Правоохранительная", 0.01, few) == "Правоохранительная"


@pytest.mark.parametrize("text", ["(с опозданием)", "выдвинуто 2, подтверждено 0", "подтверждено 0", "УНП ООН"])
def test_no_line_of_russian_ends_with_what_belongs_to_the_next_word(text: str) -> None:
    assert " " not in unbroken(text).replace(", ", "")
