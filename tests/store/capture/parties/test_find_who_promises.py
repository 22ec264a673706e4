"""Who promises whom where the text says it by halves: short names, roles, pronouns, authors, people of a list."""

from typing import Any

import pytest

from store.capture.parties.find_party_names import KnownNames
from store.capture.promises.confidence_bands import Confidence
from store.capture.proposals.propose_commitments import Proposal, propose
from store.capture.readers.source_text import SourceText
from store.model.record_types import Party, Visit
from store.rules.party_names import Directory


def _party(number: int, name: str, *aliases: str) -> Party:
    return {"id": number, "name": name, "created": "", "updated": "", "revision": 1, "aliases": list(aliases)}


PARTIES = Directory({1: _party(1, "Basel Institute"), 2: _party(2, "UNODC", "УНП ООН"), 3: _party(3, "NCB Astana")})
VISIT: Visit = {
    "id": 1,
    "slug": "basel-2025",
    "title": "Study visit",
    "start": "2025-05-19",
    "end": "2025-05-21",
    "hosts": ["Basel Institute"],
    "delegation": "State Customs Service, Ministry of Justice of Moldova and Asset Recovery Agency",
    "created": "",
    "updated": "",
    "revision": 1,
}
RUSSIAN: Visit = {
    **VISIT,
    "hosts": ["УНП ООН"],
    "delegation": "МВД Казахстана, Государственная служба финансовой разведки, Государственная таможенная служба, "
    "Пограничная служба",
}


def _proposed(text: str, visit: Visit | None = VISIT) -> list[Proposal]:
    found = propose(SourceText("report.txt", text), PARTIES, visit, "2025-05-23")
    return [each for each in found if each.band != Confidence.UNLIKELY]


def _last(text: str, visit: Visit | None = VISIT) -> Proposal:
    return _proposed(text, visit)[-1]


FINANCE_MINISTRY, LABOUR = "Ministry of Finance", "Ministry of Labour"
MINISTRIES = Directory({1: _party(1, "UNODC"), 2: _party(2, FINANCE_MINISTRY), 3: _party(3, LABOUR, "МинТруда")})


@pytest.mark.parametrize(
    ("title", "text", "by"),
    [
        ("Study visit of the Ministry of Labour to UNODC", "The Ministry will send the list to UNODC.", (LABOUR,)),
        ("Визит МинТруда в УНП ООН", "The Ministry will send the list to UNODC.", (LABOUR,)),
        ("Study visit", "The Ministry will send the list to UNODC.", ()),
        ("Visit to UNODC on the Ministry of Labour", "The Ministry will send the list to UNODC.", ()),
        (
            "Study visit",
            "Nobody of the Ministry of Finance came.\n\n## Law\n\nThe Ministry will send the list to UNODC.",
            (),
        ),
        (
            "Study visit",
            "The Ministry of Finance reported on its budget. The Ministry will send the list to UNODC.",
            (FINANCE_MINISTRY,),
        ),
    ],
)
def test_the_ministry_is_the_one_of_the_title_or_of_its_section(title: str, text: str, by: tuple[str, ...]) -> None:
    visit: Visit = {**VISIT, "title": title, "hosts": ["UNODC"], "delegation": ""}
    found = propose(SourceText("report.md", text), MINISTRIES, visit, "2025-05-23")
    assert [each.by for each in found if each.is_above_line] == [by]


def test_what_is_for_people_of_a_country_is_not_promised_to_its_ministry() -> None:
    visit: Visit = {**VISIT, "hosts": ["UNODC"], "delegation": "Ministry of Justice of Moldova"}
    assert _last("UNODC will reserve two places for Moldova in May.", visit).to == ("Ministry of Justice of Moldova",)
    assert _last("UNODC will reserve two places for Moldovan candidates.", visit).to == ()


CUSTOMS, JUSTICE, AGENCY = "State Customs Service", "Ministry of Justice of Moldova", "Asset Recovery Agency"
BORDER = "Пограничная служба"
FINANCE, GTS = "Государственная служба финансовой разведки", "Государственная таможенная служба"


@pytest.mark.parametrize(
    ("delegation", "parties"),
    [
        ("State Customs Service, Ministry of Justice", ["State Customs Service", "Ministry of Justice"]),
        ("Ministry of Health and Social Protection", ["Ministry of Health and Social Protection"]),
        ("six officers of the police, Colonel Vera Muster", []),
        ("representatives of the Border Guard, MIA and SBS", ["Border Guard", "MIA", "SBS"]),
        ("МВД Казахстана, Пограничная служба", ["МВД Казахстана", "Пограничная служба"]),
        ("полковник Образцов, руководитель делегации", []),
    ],
)
def test_the_institutions_of_a_delegation_are_known_as_they_are_written(delegation: str, parties: list[str]) -> None:
    assert KnownNames(PARTIES, {**VISIT, "delegation": delegation}).delegation == parties


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("The Customs Service will send the list.", CUSTOMS),
        ("The Ministry of Justice will send the list.", JUSTICE),
        ("The Slovak Customs Service will send the list.", "Slovak Customs Service"),
        ("The Customs Service of Slovenia will send the list.", "Customs Service of Slovenia"),
        ("The Ministry of Justice of Romania will send the list.", "Ministry of Justice of Romania"),
    ],
)
def test_a_name_without_its_rank_or_country_is_that_party_and_no_other_one(text: str, by: str) -> None:
    assert _last(text).by == (by,)


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Таможенная служба направит список.", (GTS,)),
        ("Финансовая разведка направит список.", (FINANCE,)),
        ("Пограничная и Таможенная службы направят список.", (BORDER, GTS)),
        ("Пограничной и таможенной службам направить список до 1 июня.", (BORDER, GTS)),
        ("Налоговая и таможенная службы направят список.", (GTS,)),
        ("Таможенной службе и финансовой разведке направить список до 1 июня.", (GTS, FINANCE)),
        ("Армянская таможенная служба направит список.", ("Армянская таможенная служба",)),
        ("Таможенная служба Армении направит список.", ("Таможенная служба Армении",)),
    ],
)
def test_the_same_in_russian(text: str, by: tuple[str, ...]) -> None:
    assert _last(text, RUSSIAN).by == by


def test_two_unknown_institutions_are_two() -> None:
    found = _last("The Investment Bank and the Audit Court will exchange lists.")
    assert found.by == ("Investment Bank", "Audit Court")


def test_a_short_name_that_two_parties_have_is_nobodys() -> None:
    parties = Directory({1: _party(1, "State Customs Service"), 2: _party(2, "National Customs Service")})
    (found,) = propose(SourceText("r.txt", "The Customs Service will send the list."), parties, None, "2025-05-23")
    assert found.new == ("Customs Service",)


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("The Ministry and the Agency will compare their lists.", (JUSTICE, AGENCY)),
        ("The Ministry and the State Customs Service will compare their lists.", (JUSTICE, CUSTOMS)),
        ("The Ministry sent the list and the Agency will check it.", (AGENCY,)),
        ("NCB Astana has many requests. The Bureau will review them.", ("NCB Astana",)),
        ("The Institute has many requests. The Bureau will review them.", ()),
    ],
)
def test_roles_beside_one_another_and_of_the_sentence_before(text: str, by: tuple[str, ...]) -> None:
    assert set(_last(text).by) == set(by)


@pytest.mark.parametrize(
    ("text", "visit", "by"),
    [
        (
            "The hosts thanked the delegation. They will hold a call.",
            VISIT,
            ("Basel Institute", CUSTOMS, JUSTICE, AGENCY),
        ),
        (
            "As for the loan asked for by the Agency, the hosts gave no answer. They will come back to it.",
            VISIT,
            ("Basel Institute",),
        ),
        ("The officers of UNODC saw the laboratory. They will send a report.", VISIT, ("UNODC",)),
        ("УНП ООН напомнило о сроках. Оно направит образец.", RUSSIAN, ("UNODC",)),
        (
            "Принимающая сторона не смогла дать гарантий. Тем не менее она постарается найти прибор.",
            RUSSIAN,
            ("UNODC",),
        ),
        ("Эксперт Образцова напомнила о сроках. Она направит образец.", RUSSIAN, ()),
    ],
)
def test_they_and_she_are_those_of_whom_the_sentence_before_tells(text: str, visit: Visit, by: tuple[str, ...]) -> None:
    assert _last(text, visit).by == by


_REPORT = "Prepared by: Adviser, UNODC Regional Office\n\nThe visit took place in May.\n\n"


@pytest.mark.parametrize(
    ("text", "by"),
    [
        (f"{_REPORT}We will explore the funding.\n", ("UNODC",)),
        (f"{_REPORT}I intend to brief the committee.\n", ("UNODC",)),
        (f"{_REPORT}The Office will submit the report.\n", ("UNODC",)),
        (f"{_REPORT}The author intends to brief the committee.\n", ("UNODC",)),
        (f"{_REPORT}The Court will submit the report.\n", ()),
        ("Prepared by: Vera Muster\n\nWe will explore the funding.\n", ()),
        (f"{_REPORT}“The law is new, and we will explore the funding,” the guests said.\n", ()),
        (
            "Подготовил: советник, Региональное представительство УНП ООН\n\nПредставительство представит отчёт.\n",
            ("UNODC",),
        ),
        (
            "Подготовил: советник, Региональное представительство УНП ООН\n\nАвтор намерен доложить комитету.\n",
            ("UNODC",),
        ),
    ],
)
def test_a_report_speaks_for_the_party_of_who_prepared_it(text: str, by: tuple[str, ...]) -> None:
    assert _last(text).by == by


_QUOTED = (
    "Prepared by: Adviser, UNODC Regional Office\n\n"
    "The Institute was represented by Ms Petra Beispiel (Asset Unit).\n\n"
    "The mail that came after the visit:\n\n> From: Petra Beispiel\n> Sent: 22 May 2025\n> Dear colleagues,\n"
    "> We will send you the slides on Monday.\n> Kind regards\n> Petra\n\nWe will answer the mail.\n"
)


def test_we_of_a_mail_that_a_report_quotes_is_its_sender_and_you_the_author() -> None:
    slides, answer = _proposed(_QUOTED.replace("The Institute was", "The Basel Institute was"))
    assert (slides.by, slides.to, slides.due) == (("Basel Institute",), ("UNODC",), "2025-05-26")
    assert answer.by == ("UNODC",)
    unknown = _QUOTED.replace("From: Petra Beispiel", "From: Vera Muster")
    assert _proposed(unknown)[0].by == ()


def test_an_older_mail_below_an_answer_is_not_proposed_once_more() -> None:
    assert not _proposed("Dear Petra,\n\nthank you.\n\n> We will send you the slides on Monday.\n")


@pytest.mark.parametrize(
    ("text", "by"),
    [
        (
            "The Basel Institute was represented by Ms Petra Beispiel and Mr Hugo Erfunden.\n\n"
            "Mr Erfunden offered to send a list.\n",
            ("Basel Institute",),
        ),
        (
            "The delegation included Mr Hugo Erfunden (head of delegation, NCB Astana).\n\n"
            "Mr Erfunden offered to send a list.\n",
            ("NCB Astana",),
        ),
        (
            "Present: Petra Beispiel, Hugo Erfunden (UNODC); Vera Muster (NCB Astana).\n\n"
            "Ms Beispiel will send a list.\n",
            ("UNODC",),
        ),
        ("The Basel Institute met Mr Hugo Erfunden.\n\nMr Erfunden offered to send a list.\n", ()),
        (
            "Present: Vera Muster (Court of Audit); Hugo Erfunden (UNODC).\n\n"
            "The list will be sent by the Court of Audit.\n",
            ("Court of Audit",),
        ),
        (
            "The Basel Institute was represented by Ms Petra Beispiel (Criminal Analysis Unit).\n\n"
            "The Criminal Analysis Unit will send a list.\n",
            ("Basel Institute",),
        ),
    ],
)
def test_people_and_units_belong_to_those_whom_they_represent(text: str, by: tuple[str, ...]) -> None:
    assert _last(text).by == by


def test_people_of_the_receiving_side_in_russian() -> None:
    who = "Принимающую сторону представляли г-жа Ингрид Примерова и г-н Пауль Образцов."
    text = f"{who}\n\nОбразцов вызвался подготовить список.\n"
    assert _last(text, RUSSIAN).by == ("UNODC",)


@pytest.mark.parametrize(
    ("text", "visit", "to"),
    [
        ("UNODC will translate the Basel Institute guidelines.", VISIT, ()),
        ("UNODC will send the Basel Institute the guidelines.", VISIT, ("Basel Institute",)),
        ("UNODC will invite two officers of the Agency to the meeting.", VISIT, (AGENCY,)),
        ("UNODC will keep three seats for Moldova on the course.", VISIT, (JUSTICE,)),
        ("UNODC will keep three seats for Romania on the course.", VISIT, ()),
        ("УНП ООН поставит министерству два прибора.", RUSSIAN, ("МВД Казахстана",)),
        ("УНП ООН поставит министерству культуры два прибора.", RUSSIAN, ()),
        ("УНП ООН примет двух сотрудников министерства.", RUSSIAN, ("МВД Казахстана",)),
        ("Таможенная служба изучит руководство УНП ООН.", RUSSIAN, ()),
        ("Таможенная служба направит УНП ООН анкету.", RUSSIAN, ("UNODC",)),
    ],
)
def test_to_whom_it_is_promised(text: str, visit: Visit, to: tuple[str, ...]) -> None:
    assert _last(text, visit).to == to


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("The Agency will send a list.", [("Basel Institute",), (CUSTOMS,)]),
        (
            "The Asset Recovery Agency asked for help. The Institute will send a list.",
            [(AGENCY,), (CUSTOMS, JUSTICE, AGENCY), (CUSTOMS,)],
        ),
        (
            "The Customs Service asked for help. The Institute will send a list.",
            [(CUSTOMS,), (CUSTOMS, JUSTICE, AGENCY), (JUSTICE,)],
        ),
        ("The sides will hold calls.", [("Basel Institute", CUSTOMS)]),
        ("The Agency and the State Customs Service will send a list.", [("Basel Institute",)]),
    ],
)
def test_with_several_who_came_each_of_them_and_all_may_be_chosen(text: str, choices: list[tuple[str, ...]]) -> None:
    found = _last(text)
    assert found.to == ()
    assert found.choices.receivers(found.by)[: len(choices)] == choices


@pytest.mark.parametrize(
    ("text", "by", "title"),
    [
        ("Provided that the plan is approved, UNODC is ready to send a trainer.", "UNODC", "Send a trainer"),
        ("Ms Beispiel told of the registry. NCB Astana to name a contact by 1 June.", "NCB Astana", "Name a contact"),
        ("Travel will be covered by UNICEF.", "UNICEF", "Cover travel"),
    ],
)
def test_who_promises_behind_a_condition_in_minutes_and_in_the_passive(text: str, by: str, title: str) -> None:
    assert (_last(text).by, _last(text).title) == ((by,), title)


@pytest.mark.parametrize(
    ("text", "by", "title"),
    [
        ("Проезд участников будет оплачен Агентством.", "", "Оплатить проезд участников Агентством"),
        ("Проезд участников будет оплачен таможенной службой.", GTS, "Оплатить проезд участников"),
        ("Кандидатов министерство определит до 1 июня.", "МВД Казахстана", "Определить кандидатов"),
        ("Проживание будет оплачено министерством.", "МВД Казахстана", "Оплатить проживание"),
        ("УНП ООН могло бы провести семинар при наличии средств.", "UNODC", "Провести семинар"),
        ("УНП ООН обязалось в течение недели после получения списка подготовить ответ.", "UNODC", "Подготовить ответ"),
        ("МВД Казахстана — назначить контактный пункт до 1 июня.", "МВД Казахстана", "Назначить контактный пункт"),
    ],
)
def test_who_does_what_in_russian(text: str, by: str, title: str) -> None:
    found = _last(text, RUSSIAN)
    assert (found.by, found.title) == ((by,) if by else (), title)


def test_a_role_is_the_first_word_of_the_acronym_of_a_party_of_the_visit() -> None:
    parties = Directory({1: _party(1, "УНП ООН")})
    for text, by in (("Управление готово направить список.", ("УНП ООН",)), ("Агентство готово направить список.", ())):
        (found,) = propose(SourceText("r.txt", text), parties, RUSSIAN, "2025-05-23")
        assert found.by == by


def test_what_one_person_will_do_is_a_promise_in_a_mail() -> None:
    (found,) = _proposed("Записями занятий поделюсь до пятницы, 30 мая.\n", RUSSIAN)
    assert (found.title, found.due, found.due_words) == (
        "Поделиться записями занятий",
        "2025-05-30",
        "до пятницы, 30 мая",
    )


def test_seats_are_counted_where_somebody_keeps_them() -> None:
    assert _last("UNODC agreed to reserve three seats for Moldova on the course.").seats == 3
    assert _last("УНП ООН выделит четыре места для таможенной службы.", RUSSIAN).seats == 4
    assert _last("UNODC will send a list of two places worth a visit.").seats is None


def test_nobody_is_said_to_receive_what_nobody_promises() -> None:
    found = propose(
        SourceText("r.txt", "UNODC thanked the Basel Institute."), PARTIES, VISIT, "2025-05-23", is_every_sentence=True
    )
    assert [(each.by, each.to) for each in found] == [(("UNODC",), ())]


@pytest.mark.parametrize(
    ("said", "party"),
    [
        ("The Prosecutor General's Office", "Office of the Prosecutor General"),
        ("The Border Police", "General Inspectorate of Border Police"),
        ("The Prosecutor's Office", "Prosecutor's Office"),
        ("The Police", None),
    ],
)
def test_a_service_is_known_without_its_rank_and_an_office_by_whom_it_serves(said: str, party: str | None) -> None:
    parties = Directory(
        {1: _party(1, "Office of the Prosecutor General"), 2: _party(2, "General Inspectorate of Border Police")}
    )
    (one,) = propose(SourceText("r.txt", f"{said} will send the list."), parties, None, "2025-05-23")
    assert one.by == ((party,) if party else ())


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("ГТС направит список до 1 июня.", "Государственная таможенная служба"),
        ("ГФС направит список до 1 июня.", "ГФС"),
        ("SCS will send the list by 1 June.", "State Customs Service"),
    ],
)
def test_a_party_of_the_visit_is_known_by_its_first_letters(text: str, party: str) -> None:
    visit: Visit = {**VISIT, "delegation": "State Customs Service, Государственная таможенная служба"}
    assert _last(text, visit).by == (party,)


def test_a_russian_acronym_of_a_thing_is_no_institution() -> None:
    assert not _proposed("СМИ направят вопросы до 1 июня.")


@pytest.mark.parametrize(
    ("before", "party"),
    [
        ("Ms. Muster met us. She spoke of Ms. Example.", ("UNODC",)),
        ("Ms. Muster met us. Mr. Sample came too.", ()),
        ("Ms. Muster met us. Mr. Unknown came too.", ()),
    ],
)
def test_she_speaks_for_the_party_of_all_persons_named_before(before: str, party: tuple[str, ...]) -> None:
    text = "Persons met\n\n- Ms. Vera Muster, Analyst, UNODC\n- Ms. Ida Example, Analyst, UNODC\n"
    text += f"- Mr. Jan Sample, Analyst, Basel Institute\n\n3. Talks\n\n{before} She will send the list by 5 June.\n"
    assert _last(text).by == party


SEVERAL: Visit = {
    **VISIT,
    "hosts": ["Basel Institute", "UNODC"],
    "delegation": "State Customs Service, Asset Recovery Agency",
}


@pytest.mark.parametrize(
    ("text", "by", "titles"),
    [
        (
            "The State Customs Service is to return the map by 1 June, and UNODC will print the manual.",
            [(CUSTOMS,), ("UNODC",)],
            ["Return the map", "Print the manual"],
        ),
        (
            "UNODC will hold a course in June 2025, with the Asset Recovery Agency paying for the rooms.",
            [("UNODC",)],
            ["Hold a course"],
        ),
        (
            "They decided to go on with it: UNODC will write the manual by 5 June.",
            [("UNODC",)],
            ["Write the manual"],
        ),
        ("The Ministry of Culture met UNODC. It agreed to send the list.", [()], ["Send the list"]),
        ("UNODC met the Asset Recovery Agency. It agreed to send the list.", [("UNODC",)], ["Send the list"]),
        (
            "UNODC was glad. The Embassy of Spain indicated that it would send the list by 5 June.",
            [("Embassy of Spain",)],
            ["Send the list"],
        ),
        (
            "Свои списки УНП ООН передало на месте, ГТС пришлёт их до 5 июня.",
            [("ГТС",)],
            ["Прислать их"],
        ),
        (
            "УНП ООН и Комитет таможенного контроля Узбекистана обменяются списками.",
            [("УНП ООН", "Комитет таможенного контроля Узбекистана")],
            ["Обменяться списками"],
        ),
    ],
)
def test_each_promises_its_own(text: str, by: list[tuple[str, ...]], titles: list[str]) -> None:
    found = _proposed(text, SEVERAL)
    known = {"UNODC": "УНП ООН"} if text[0] > "\x7f" else {}
    assert [tuple(known.get(name, name) for name in each.by) for each in found] == by
    assert [each.title for each in found] == titles
    assert all(each.to in ((), each.by) for each in found)


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        (
            "| Name | Institution |\n|---|---|\n| Ms Vera Muster | UNODC |\n| Mr Otto Sample | NCB Astana |",
            "Ms Muster has undertaken to send the list by 5 June.",
        ),
        (
            "| No | Agency | Full name | Post |\n|---|---|---|---|\n| 1 | UNODC | Muster Vera | Head of Risk Unit |",
            "Vera Muster promised to send NCB Astana the list by 5 June.",
        ),
        (
            "Annex 1. List of participants\n\nMr Otto Sample, NCB Astana\nMs Vera Muster, UNODC",
            "Ms Muster will send the list by 5 June.",
        ),
        (
            "Приложение. Список участников\n\n| Имя | Организация |\n|---|---|\n| Вымышлидзе Зураб | УНП ООН |",
            "Зураб Вымышлидзе пообещал направить NCB Astana список до 5 июня.",
        ),
        (
            "| Ф.И.О. | Должность | Ведомство |\n|---|---|---|\n| Образцова Вера | начальник отдела | УНП ООН |",
            "Образцова обязалась направить список до 5 июня.",
        ),
    ],
)
@pytest.mark.parametrize("is_before", [True, False])
def test_a_table_of_persons_says_of_which_party_they_are(listed: str, said: str, is_before: bool) -> None:
    parts = [listed, said] if is_before else [said, listed]
    (found,) = _proposed("\n\n".join(parts), None)
    assert found.by == ("UNODC",)
    assert found.quote.count("[name]") + found.quote.count("[имя]") == 1


def test_a_table_of_persons_names_institutions_that_no_party_is() -> None:
    table = "| Name | Institution |\n|---|---|\n| Ms Vera Muster | Ministry of Culture |"
    (found,) = _proposed(f"{table}\n\nMs Muster will send the list by 5 June.", None)
    assert (found.by, found.new) == (("Ministry of Culture",), ("Ministry of Culture",))


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("The Asset Recovery Agency (ARA) met us. ARA will send the list by 5 June.", AGENCY),
        ("We thank the State Customs Service (hereinafter SC). SC will send the list by 5 June.", CUSTOMS),
        ("The Basel Institute (UNODC) met us. UNODC will send the list by 5 June.", "UNODC"),
        ("The Basel Institute (ROCA) met us. The Asset Recovery Agency will send ROCA by 5 June.", AGENCY),
    ],
)
def test_what_a_text_calls_a_party_from_there_on(text: str, by: str) -> None:
    assert _last(text).by == (by,)


def test_what_a_russian_text_calls_a_party_from_there_on() -> None:
    text = "Встретились с представителями Пограничной службы (далее – ПС). До 5 июня ПС направит УНП ООН список."
    found = _last(text, RUSSIAN)
    assert (found.by, found.to, found.new) == ((BORDER,), ("UNODC",), (BORDER,))


@pytest.mark.parametrize("country", ["РК", "Республики Казахстан"])
def test_a_country_that_a_delegation_shortens_makes_no_second_party(country: str) -> None:
    name = "Агентство Республики Казахстан по финансовому мониторингу"
    parties = Directory({1: _party(1, "УНП ООН"), 2: _party(2, name, "АФМ")})
    visit: Visit = {**VISIT, "hosts": ["УНП ООН"], "delegation": f"Агентство {country} по финансовому мониторингу"}
    assert KnownNames(parties, visit).delegation == [name]


@pytest.mark.parametrize(
    ("said", "party"),
    [
        ("The SBS of Moldova will send the list.", "State Border Service of the Republic of Moldova"),
        ("The SBS of Georgia will send the list.", "SBS of Georgia"),
        ("Служба пробации Армении направит список.", "Служба пробации Республики Армения"),
        ("Служба пробации Грузии направит список.", "Служба пробации Грузии"),
    ],
)
def test_a_party_is_known_by_its_words_with_its_country(said: str, party: str) -> None:
    border: Any = {**_party(1, "State Border Service of the Republic of Moldova"), "aliases": ["SBS"]}
    parties = Directory({1: border, 2: _party(2, "Служба пробации Республики Армения"), 3: _party(3, "UNODC")})
    (one,) = propose(SourceText("r.txt", said), parties, None, "2025-05-23")
    assert one.by == (party,)


@pytest.mark.parametrize(
    ("promised", "to"),
    [
        ("проведёт учения на базе УНП ООН", ()),
        ("опубликует руководство на сайте УНП ООН", ()),
        ("подключит пункты к информационной системе УНП ООН", ()),
        ("проведёт занятия в учебном центре Пограничной службы", ()),
        ("проведёт курс в Пограничной службе", ()),
        ("поможет в организации консультаций с УНП ООН", ()),
        ("изучит порядок выдачи виз экспертам УНП ООН", ()),
        ("направит УНП ООН анкету", ("UNODC",)),
        ("направит в мае УНП ООН перечень", ("UNODC",)),
        ("согласует с УНП ООН план", ("UNODC",)),
        ("обновит перечень и направит его в УНП ООН", ("UNODC",)),
        ("изучит руководство УНП ООН", ()),
        ("передаст Пограничной службе сканер", (BORDER,)),
        ("направит в Пограничную службу анкету", (BORDER,)),
        ("передаст УНП ООН и Пограничной службе сведения", ("UNODC", BORDER)),
    ],
)
def test_a_place_or_what_is_somebodys_receives_nothing(promised: str, to: tuple[str, ...]) -> None:
    assert _last(f"Государственная таможенная служба {promised}.", RUSSIAN).to == to


UNITS = """В состав делегации вошли: И.П. Образцов – начальник Управления связей Пограничной службы;
А.Б. Примеров – эксперт, УНП ООН.

| Мероприятие | Срок | Ответственный |
| Подготовить проект | 15.06.2025 | Управление связей |
| Издать памятку | 16.06.2025 | Управление договоров (Примеров А.Б.) |
| Провести курс | 17.06.2025 | Отдел кадров |
| Собрать анкеты | 18.06.2025 | Управление по делам молодёжи |
"""


def test_a_department_promises_for_its_party_and_is_none_itself() -> None:
    assert [each.by for each in _proposed(UNITS, RUSSIAN)] == [
        (BORDER,),
        ("UNODC",),
        (),
        ("Управление по делам молодёжи",),
    ]


@pytest.mark.parametrize(
    ("before", "by"),
    [
        ("Министерство здравоохранения провело встречу.", ("Министерство здравоохранения",)),
        ("Министерство здравоохранения и Министерство культуры провели встречу.", ()),
    ],
)
def test_a_noun_means_the_only_one_of_its_kind_that_a_text_has_named(before: str, by: tuple[str, ...]) -> None:
    text = f"{before}\n\nОтчёт обсудили.\n\nМинистерство направит УНП ООН план до 1 июня 2025 года."
    assert _last(text, None).by == by
