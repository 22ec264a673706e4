"""Which visit a text is of: the days that it names win over a place that it tells of besides."""

import pytest

from store.capture.proposals.suggest_visits import likely_visits
from store.model.record_types import Party, Visit
from store.rules.party_names import Directory

PARTIES = Directory(
    {
        1: Party(id=1, name="ВОЗ", created="", updated="", revision=1),
        2: Party(id=2, name="Минздрав", created="", updated="", revision=1),
    }
)


def _visit(number: int, slug: str, place: str, start: str, end: str, *hosts: str) -> Visit:
    return Visit(
        id=number,
        slug=slug,
        title="",
        place=place,
        start=start,
        end=end,
        hosts=list(hosts),
        created="",
        updated="",
        revision=1,
    )


OSH = _visit(1, "osh-2025", "Ош", "2025-03-04", "2025-03-06", "Минздрав")
TASHKENT = _visit(2, "tashkent-2025", "Ташкент", "2025-06-10", "2025-06-12", "Минздрав")
RIGA = _visit(3, "riga-2026", "Рига", "2026-02-16", "2026-02-20", "ВОЗ")
VISITS = [OSH, TASHKENT, RIGA]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        (
            "Отчёт о поездке в г. Ригу 16–20 февраля 2026 года\n\nВ 2025 году ВОЗ провела курс в городе Ташкент.",
            "riga-2026",
        ),
        ("Отчёт о командировке\n\n17 февраля 2026 года состоялась встреча. Курс проведут в г. Ташкент.", "riga-2026"),
        ("Отчёт\n\nВстреча прошла 11.06.2025. Следующую проведут в г. Ош.", "tashkent-2025"),
        ("Mission report\n\nOn June 10-12, 2025 the team met the hosts; the next visit is to Рига.", "tashkent-2025"),
        ("Отчёт о поездке в Ташкент", "tashkent-2025"),
        ("Делегация вернулась из Ташкента и поблагодарила хозяев.", "tashkent-2025"),
        ("Записка без дат и мест", "riga-2026"),
    ],
)
def test_the_likeliest_visit(text: str, slug: str) -> None:
    assert likely_visits(text, VISITS, PARTIES)[0] == slug


def test_a_surname_is_no_place() -> None:
    text = "Ригаускас и Ташкентбаев подписали записку, ВОЗ её получит."
    assert likely_visits(text, [TASHKENT, RIGA], PARTIES)[0] == "riga-2026"
