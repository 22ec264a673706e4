"""Institutions of a Russian text that the store does not know: known in any case, called by their nominative."""

import pytest

from store.capture.parties.russian_institution_names import institutions_named
from store.capture.promises.confidence_bands import Confidence
from store.capture.proposals.propose_commitments import Proposal, propose
from store.capture.readers.source_text import SourceText
from store.model.record_types import Party
from store.rules.party_names import Directory


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("направит Министерству здравоохранения доклад", ["Министерство здравоохранения"]),
        ("вместе с Министерством сельского хозяйства", ["Министерство сельского хозяйства"]),
        ("направит Торгово-ремесленной палате перечень", ["Торгово-ремесленная палата"]),
        ("при содействии Национального статистического комитета", ["Национальный статистический комитет"]),
        ("в Верховном суде Республики Казахстан", ["Верховный суд"]),
        ("Генеральной прокуратуре и Министерству юстиции", ["Генеральная прокуратура", "Министерство юстиции"]),
        ("Высшей аттестационной комиссии", ["Высшая аттестационная комиссия"]),
        ("с Государственной службой финансовой разведки", ["Государственная служба финансовой разведки"]),
        ("Совместной комиссии поручено", []),
        ("Этому комитету и Рабочей группе", []),
        ("Новый центр откроют в мае", []),
        ("направит в министерство перечень", []),
        ("Министерство направит перечень", []),
    ],
)
def test_an_institution_in_any_case_is_named_in_the_nominative(words: str, names: list[str]) -> None:
    assert [each.name for each in institutions_named(words)] == names


WHO = "ВОЗ"
PARTIES = Directory({1: Party(id=1, name=WHO, created="", updated="", revision=1)})


def _proposed(text: str) -> list[Proposal]:
    found = propose(SourceText("report.txt", text), PARTIES, None, "2026-03-05")
    return [each for each in found if each.band != Confidence.UNLIKELY]


def _told(text: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(each.by, each.to) for each in _proposed(text)]


def test_it_promises_and_receives_in_the_dative() -> None:
    text = (
        "ВОЗ передаст Министерству здравоохранения смету.\n\n"
        "Министерству здравоохранения поручено подготовить план.\n\n"
        "Национальному статистическому комитету надлежит:\n- направить ВОЗ сведения;\n- назначить координатора.\n"
    )
    health, statistics = "Министерство здравоохранения", "Национальный статистический комитет"
    assert _told(text) == [((WHO,), (health,)), ((health,), ()), ((statistics,), (WHO,)), ((statistics,), ())]
    assert _proposed(text)[0].new == (health,)


def test_one_institution_has_one_name_with_its_country_and_without_its_rank() -> None:
    text = (
        "ВОЗ обучит сотрудников для Счётной палаты Кыргызской Республики.\n\n"
        "Счётная палата направит ВОЗ список до 1 мая 2026 года.\n\n"
        "Государственную ветеринарную службу посетили в среду.\n\n"
        "Ветеринарная служба передаст ВОЗ план до 2 мая 2026 года.\n"
    )
    assert _told(text)[1:] == [
        (("Счётная палата Кыргызской Республики",), (WHO,)),
        (("Государственная ветеринарная служба",), (WHO,)),
    ]


def test_a_part_of_another_name_is_no_institution() -> None:
    text = (
        "Представительство Азиатского банка и Региональный центр ВОЗ провели встречу. Банк направит ВОЗ смету до 1 мая."
    )
    assert all("Азиатский банк" not in by for by, _ in _told(text))
