"""Who takes on the items of a list, by the line above it; a line that only says so is no promise itself."""

import pytest

from store.capture.parties.find_party_names import KnownNames
from store.capture.promises.confidence_bands import Confidence
from store.capture.promises.list_lead_ins import lead_in_of
from store.capture.proposals.propose_commitments import Proposal, propose
from store.capture.readers.source_text import SourceText
from store.model.record_types import Party, Visit
from store.rules.party_names import Directory


def _party(number: int, name: str, *aliases: str) -> Party:
    return {"id": number, "name": name, "created": "", "updated": "", "revision": 1, "aliases": list(aliases)}


JUSTICE, IOM, BORDER = "Министерство юстиции", "МОМ", "Пограничная служба"
PARTIES = Directory(
    {1: _party(1, JUSTICE, "Ministry of Justice"), 2: _party(2, IOM, "IOM"), 3: _party(3, BORDER, "Border Service")}
)
VISIT: Visit = {
    "id": 1,
    "slug": "warsaw-2026",
    "title": "Study visit",
    "start": "2026-03-03",
    "end": "2026-03-05",
    "hosts": [IOM],
    "delegation": BORDER,
    "created": "",
    "updated": "",
    "revision": 1,
}


def _proposed(text: str) -> list[Proposal]:
    found = propose(SourceText("protocol.txt", text), PARTIES, VISIT, "2026-03-05")
    return [each for each in found if each.band != Confidence.UNLIKELY]


@pytest.mark.parametrize(
    ("lead", "by"),
    [
        ("Министерство юстиции обязалось:", (JUSTICE,)),
        ("По итогам консультаций МОМ приняла на себя следующие обязательства:", (IOM,)),
        ("МОМ, в свою очередь, берёт на себя:", (IOM,)),
        ("Пограничная служба выразила готовность:", (BORDER,)),
        ("Служба заявила о готовности:", (BORDER,)),
        ("МОМ намерена в 2026 году:", (IOM,)),
        ("Пограничной службе и МОМ поручается:", (BORDER, IOM)),
        ("В целях выполнения плана Министерству юстиции надлежит в срок до 1 мая:", (JUSTICE,)),
        ("Министерству юстиции также предстоит:", (JUSTICE,)),
        ("Поручить Министерству юстиции:", (JUSTICE,)),
        ("Возложить на Пограничную службу:", (BORDER,)),
        ("Обязательства Министерства юстиции:", (JUSTICE,)),
        ("Стороны договорились о следующем. МОМ обязуется выполнить следующие мероприятия:", (IOM,)),
        ("МОМ:", (IOM,)),
        ("Министерству труда необходимо:", ()),
    ],
)
def test_a_line_says_who_takes_on_its_list(lead: str, by: tuple[str, ...]) -> None:
    found = lead_in_of(lead, KnownNames(PARTIES, VISIT))
    assert found is not None
    assert found.subject.by == by


@pytest.mark.parametrize(
    "lead",
    [
        "Участники обсудили следующие вопросы:",
        "Министерство юстиции подготовит следующие документы:",
        "МОМ обязалась подготовить следующие материалы:",
        "МОМ не взяла на себя обязательств:",
        "Рекомендовать Министерству юстиции:",
        "Стороны просят МОМ:",
        "В работе приняли участие представители МОМ:",
        "Соглашение обязывает:",
        "Состав делегации:",
    ],
)
def test_a_line_that_tells_asks_or_promises_itself_leads_in_nobody(lead: str) -> None:
    assert lead_in_of(lead, KnownNames(PARTIES, VISIT)) is None


@pytest.mark.parametrize("sign", ["- {}", "1) {}", "а) {}", "{}"])
def test_each_item_is_a_promise_and_the_line_above_is_none(sign: str) -> None:
    items = "\n".join(sign.format(each) for each in ("направить анкеты до 1 мая 2026 года;", "принять двух стажёров."))
    found = _proposed(f"МОМ взяла на себя следующие обязательства:\n{items}\n")
    assert [(each.by, each.due, each.title) for each in found] == [
        ((IOM,), "2026-05-01", "Направить анкеты"),
        ((IOM,), None, "Принять двух стажёров"),
    ]


def test_the_day_of_the_line_above_is_that_of_its_items() -> None:
    text = (
        "Министерство юстиции в срок до 1 мая 2026 года обязуется:\n- внести поправки;\n- ответить МОМ до 3 апреля.\n"
    )
    assert [(each.due, each.title) for each in _proposed(text)] == [
        ("2026-05-01", "Внести поправки"),
        ("2026-04-03", "Ответить МОМ"),
    ]


def test_a_readiness_is_soft_and_a_charge_is_firm() -> None:
    text = "МОМ выразила готовность:\n- принять стажёров.\n\nПограничной службе поручено:\n- назначить координатора.\n"
    assert [each.strength for each in _proposed(text)] == ["soft", "firm"]


def test_nouns_and_futures_below_who_does_them() -> None:
    text = "Возложить на Пограничную службу:\n- подготовку отчёта до 1 июня 2026 года.\n\nМОМ:\n- обеспечит перевод.\n"
    assert [(each.by, each.title) for each in _proposed(text)] == [
        ((BORDER,), "Подготовка отчёта"),
        ((IOM,), "Обеспечить перевод"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "МОМ:\n- директор регионального бюро;\n- два эксперта.\n",
        "Рекомендации\n\nМОМ:\n- изучить опыт соседей.\n",
        "Необходимо:\n- подумать о будущем.\n",
    ],
)
def test_no_promise_stands_below_a_name_over_people_or_wishes(text: str) -> None:
    assert not _proposed(text)


@pytest.mark.parametrize(
    ("lead", "by"),
    [
        ("The Ministry of Justice undertook to:", JUSTICE),
        ("IOM has taken on the following commitments:", IOM),
        ("The Border Service is tasked with:", BORDER),
        ("It falls to the Border Service to:", BORDER),
        ("IOM expressed its readiness to:", IOM),
        ("Commitments of the Ministry of Justice:", JUSTICE),
        ("IOM, for its part:", IOM),
    ],
)
def test_an_english_list_below_who_does_it(lead: str, by: str) -> None:
    verbs = ("drafting", "sending") if lead.endswith("with:") else ("draft", "send")
    found = _proposed(f"{lead}\n- {verbs[0]} the amendments by 1 May 2026;\n- {verbs[1]} the forms.\n")
    assert [(each.by, each.due, each.title) for each in found] == [
        ((by,), "2026-05-01", "Draft the amendments"),
        ((by,), None, "Send the forms"),
    ]


@pytest.mark.parametrize(
    ("paragraph", "by"),
    [
        ("The delegation spent a day with the archives. The way they work was new. IOM agreed to:", (IOM,)),
        ("The delegation met the Archives. Vera agreed to:", ()),
        ("The delegation met IOM. It agreed to:", (IOM,)),
        ("Questions of IOM were answered. The Border Service will:", (BORDER,)),
    ],
)
def test_only_the_last_sentence_of_the_paragraph_above_says_who(paragraph: str, by: tuple[str, ...]) -> None:
    found = _proposed(f"{paragraph}\n\n- send the forms by 1 May 2026;\n- draft the amendments.\n")
    assert [each.by for each in found] == [by, by]


@pytest.mark.parametrize(
    ("lead", "item", "found"),
    [
        ("I therefore recommend that:", "The Border Service establish a group with IOM by May 2026.", ((BORDER,), ())),
        ("It was useful. It is recommended that:", "IOM should pay for it.", ((IOM,), ())),
        (
            "We recommend that:",
            "The Office of the Resident Coordinator convene the donors.",
            (("Office of the Resident Coordinator",), ()),
        ),
        ("I recommend that:", "Training of staff should continue.", None),
        ("I recommend that:", "More attention to data.", None),
        ("We discussed recommendations of the census:", "IOM publish the manual yearly.", None),
    ],
)
def test_what_is_recommended_to_somebody_is_soft_and_not_sure(
    lead: str, item: str, found: tuple[tuple[str, ...], tuple[str, ...]] | None
) -> None:
    proposed = _proposed(f"{lead}\n\n- {item}\n")
    assert [(each.by, each.to) for each in proposed] == ([found] if found else [])
    assert all((each.strength, each.band) == ("soft", "likely") for each in proposed)


def test_an_english_name_over_people_leads_in_nobody() -> None:
    assert not _proposed(
        "The Border Service:\n- report officers;\n- two analysts.\n\nIOM was asked to:\n- pay for it.\n"
    )


def test_no_name_of_a_person_stands_in_what_the_line_above_says() -> None:
    (found,) = _proposed("Полковник Образцов обязался:\n- направить анкеты до 1 мая 2026 года.\n")
    assert "Образцов" not in found.by_words
    assert not found.by
