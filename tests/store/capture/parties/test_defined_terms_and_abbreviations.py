"""What a text calls an institution from there on is known in every case, and no other institution by it."""

import pytest

from store.capture.promises.confidence_bands import Confidence
from store.capture.proposals.propose_commitments import Proposal, propose
from store.capture.readers.source_text import SourceText
from store.model.record_types import Party
from store.rules.party_names import Directory


def _party(number: int, name: str, *aliases: str) -> Party:
    return {"id": number, "name": name, "created": "", "updated": "", "revision": 1, "aliases": list(aliases)}


HEALTH, WHO, LABOUR = "Министерство здравоохранения", "ВОЗ", "Ministry of Labour"
PARTIES = Directory({1: _party(1, HEALTH), 2: _party(2, WHO), 3: _party(3, LABOUR), 4: _party(4, "ILO")})


def _proposed(text: str) -> list[Proposal]:
    found = propose(SourceText("report.txt", text), PARTIES, None, "2026-03-05")
    return [each for each in found if each.band != Confidence.UNLIKELY]


def _told(text: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(each.by, each.to) for each in _proposed(text)]


@pytest.mark.parametrize("sign", ["далее – Министерство", "далее - «Министерство»", "далее по тексту – Министерство"])
def test_a_noun_by_which_a_text_calls_a_party(sign: str) -> None:
    text = (
        f"Делегация Министерства здравоохранения Кыргызской Республики ({sign}) посетила ВОЗ.\n\n"
        "ВОЗ направит Министерству методику до 1 мая 2026 года.\n\n"
        "Министерство назначит координатора.\n\n"
        "Обучение сотрудников ВОЗ проведёт совместно с Министерством.\n"
    )
    assert _told(text)[:2] == [((WHO,), (HEALTH,)), ((HEALTH,), ())]


def test_another_ministry_is_not_the_one_of_the_text() -> None:
    text = (
        "Делегация Министерства здравоохранения (далее – Министерство) посетила ВОЗ.\n\n"
        "Министерство сельского хозяйства направит ВОЗ перечень до 1 мая 2026 года.\n\n"
        "ВОЗ передаст Министерству финансов смету до 3 мая 2026 года.\n"
    )
    assert all(HEALTH not in (*by, *to) for by, to in _told(text))


@pytest.mark.parametrize(
    ("defined", "short"),
    [
        ("Национального статистического комитета (далее – Нацстатком)", "Нацстатком"),
        ("Конференции ООН по торговле и развитию (далее – ЮНКТАД)", "ЮНКТАД"),
        ("Постоянного представительства Кыргызской Республики в Женеве (далее – Постоянное представительство)", None),
        ("Секретариата Всемирной торговой организации (далее – Секретариат ВТО)", "Секретариат ВТО"),
    ],
)
def test_an_institution_that_the_store_does_not_know(defined: str, short: str | None) -> None:
    name = short or "Постоянное представительство"
    text = f"Встреча прошла при участии {defined}.\n\n{name} направит ВОЗ перечень до 1 мая 2026 года.\n"
    (found,) = _proposed(text)
    assert (found.by, found.to, found.new) == ((name,), (WHO,), (name,))


@pytest.mark.parametrize(
    "text",
    [
        "Стороны подписали Соглашение о сотрудничестве (далее – Соглашение).\n\nСоглашение вступит в силу до 1 мая.\n",
        "Рассмотрен Проект модернизации (далее – Проект).\n\nПроект охватит три области до 1 мая 2026 года.\n",
    ],
)
def test_a_thing_that_is_defined_promises_nothing(text: str) -> None:
    assert all(not each.by for each in _proposed(text))


@pytest.mark.parametrize(
    "sign", ["hereinafter the Ministry", "hereinafter referred to as “the Ministry”", "the “Ministry”"]
)
def test_a_noun_by_which_an_english_text_calls_a_party(sign: str) -> None:
    text = (
        f"A delegation of the Ministry of Labour ({sign}) met ILO.\n\n"
        "ILO will send the Ministry the manual by 1 May 2026.\n\n"
        "The Ministry will name a contact point.\n\nThe Ministry of Culture will send ILO a list by 3 May 2026.\n"
    )
    assert _told(text) == [(("ILO",), (LABOUR,)), ((LABOUR,), ()), (("Ministry of Culture",), ("ILO",))]


@pytest.mark.parametrize(
    ("defined", "short", "is_meant"),
    [
        ("the Italian National Institute of Statistics (Istat)", "Istat", True),
        ("the Georgian National Statistics Office (Geostat)", "Geostat", True),
        ("the Regional Office for Mediterranean Europe (Rome)", "Rome", False),
        ("the National Committee for Veterans (Nadia)", "Nadia", False),
        ("the Institute (Inst)", "Inst", False),
        ("the National Institute of Statistics (Vilstat)", "Vilstat", False),
    ],
)
def test_a_short_name_of_letters_of_the_long_one(defined: str, short: str, *, is_meant: bool) -> None:
    (found,) = _proposed(f"We met {defined}.\n\n{short} will send WHO the list by 1 May 2026.\n")
    assert (short in found.by) == is_meant
