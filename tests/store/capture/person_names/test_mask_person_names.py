"""Names of persons are masked wherever they stand; institutions and days are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.capture.parties.find_party_names import KnownNames
from store.capture.person_names.mask_person_names import Persons, mask_in, masked, possible_names
from store.capture.proposals.propose_commitments import propose
from store.capture.readers.source_text import SourceText
from store.capture.text_structure.blocks import blocks_of
from store.rules.party_names import Directory
from tests.store.capture.proposals.test_propose_commitments import PARTIES, VISIT

_FIRST = st.sampled_from(["Vera", "Otto", "Alima", "Jean-Luc", "Oleg", "Wanda"])
_LAST = st.sampled_from(["Exampleva", "Musterman", "Fictionall", "Vymyshlen", "O’Sample", "Dummyson"])


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Colonel [name] left. They de facto agreed.", []),
        ("Yesterday [name] left for Uzbekistan.", []),
        ("Вчера [имя] ушёл, а Директор [имя] остался.", []),
        ("Письмо получит Зураб [имя].", ["Зураб"]),
        ("The letter goes to Zurab [name].", ["Zurab"]),
        ("The draft Law on Seed Production goes to Digital Development and the Development Account.", []),
        ("The letter goes to Kirsten Clement and Charity Dummyson.", ["Kirsten Clement", "Charity Dummyson"]),
    ],
)
def test_what_may_still_be_a_name(words: str, found: list[str]) -> None:
    assert possible_names(words, PARTIES) == found


def _masked(text: str) -> str:
    blocks = blocks_of(text)
    persons = Persons(blocks, KnownNames(PARTIES, VISIT))
    return "\n".join(masked(persons.hidden(block.words), mask_in(block.words)) for block in blocks)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Col. Musterman spoke, and Musterman left.", "Col. [name] spoke, and [name] left."),
        ("Mr. Otto Muster thanked INTERPOL.", "Mr. [name] thanked INTERPOL."),
        ("Выступил Образцов И.И., затем Образцову ответили.", "Выступил [имя], затем [имя] ответили."),
        ("Полковник Придуманный А.Б. и Иван Петрович Небылицын прибыли.", "Полковник [имя] и [имя] прибыли."),
        ("Write to a.sample@example.org or +7 701 123-45-67.", "Write to [name] or [name]."),
        ("The UN Office met on 2023-03-15, budget 2024-2026.", "The UN Office met on 2023-03-15, budget 2024-2026."),
        ("Госпожа Примерова ушла, Г-н Пример остался.", "Госпожа [имя] ушла, Г-н [имя] остался."),
        ("UNODC’s legal adviser, Vera Muster, will read it.", "UNODC’s legal adviser, [name], will read it."),
        ("Специалист Вера Примерова выступила.", "Специалист [имя] выступила."),
        ("The head of the Drug Control Agency came.", "The head of the Drug Control Agency came."),
        ("The Minister of Justice agreed.", "The Minister of Justice agreed."),
        ("Deputy Minister for Consular Affairs Pat Sample left.", "Deputy Minister for Consular Affairs [name] left."),
        ("The U.S. Embassy agreed.", "The U.S. Embassy agreed."),
        ("Mr. Jo Muster spoke. Jo Muster left.", "Mr. [name] spoke. [name] left."),
        ("Muster will send it. So will UNODC.", "[name] will send it. So will UNODC."),
        ("It will be prepared by Mustermann.", "It will be prepared by [name]."),
        ("Exampleva of UNODC will share it.", "[name] of UNODC will share it."),
        ("INTERPOL (Vera Muster) will send it.", "INTERPOL ([name]) will send it."),
        ("Образцов передаст список UNODC.", "[имя] передаст список UNODC."),
        ("Образцова из UNODC направит список.", "[имя] из UNODC направит список."),
        ("Список подготовит Небылицын.", "Список подготовит [имя]."),
        ("Training will start. Peru will send it.", "Training will start. Peru will send it."),
        ("Украина направит список. Снова направит.", "Украина направит список. Снова направит."),
        ("Secretariat of UNODC will send it by Monday.", "Secretariat of UNODC will send it by Monday."),
        ("I am grateful to Vera Muster of our office.", "I am grateful to [name] of our office."),
        ("Thanks go to Vera Muster, Otto Sample and Jo Ann Do.", "Thanks go to [name], [name] and [name]."),
        ("Thank you once again, Vera Muster.", "Thank you once again, [name]."),
        ("Dear Colleagues, Further to our call I write.", "Dear Colleagues, Further to our call I write."),
        ("Особая благодарность за помощь — Нурлану Примерову.", "Особая благодарность за помощь — [имя]."),
        ("We are indebted to Muster for it.", "We are indebted to [name] for it."),
        ("Dear Vera Muster, it is late.", "Dear [name], it is late."),
        ("Thanks to New Zealand. We thank the Drug Agency.", "Thanks to New Zealand. We thank the Drug Agency."),
        ("Dear Colleagues, we are grateful to Spain.", "Dear Colleagues, we are grateful to Spain."),
        ("Vera Muster (Tax Agency) met Otto Sample (Border Unit).", "[name] (Tax Agency) met [name] (Border Unit)."),
        ("Blue Plan (Tax Agency), Red Plan (Border Unit).", "Blue Plan (Tax Agency), Red Plan (Border Unit)."),
        ("Это Вера Примерова (Служба А) и Ян Вымыслов (Отдел Б).", "Это [имя] (Служба А) и [имя] (Отдел Б)."),
        ("Благодарю Нурлана Примерова из офиса.", "Благодарю [имя] из офиса."),
        ("Выражаем признательность Нурлану Примерову и Вере Образцовой.", "Выражаем признательность [имя] и [имя]."),
        ("Хочется поблагодарить лично Айгуль Примерову.", "Хочется поблагодарить лично [имя]."),
        ("Уважаемый Нурлан Примеров!", "Уважаемый [имя]!"),
        ("Благодарим Европейский Союз и Саудовскую Аравию.", "Благодарим Европейский Союз и Саудовскую Аравию."),
        ("УНП ООН представит Европейскому союзу отчёт.", "УНП ООН представит Европейскому союзу отчёт."),
        ("УНП ООН направит Вымышленской стороне список.", "УНП ООН направит Вымышленской стороне список."),
        ("Выступил министр Вымышленской Республики.", "Выступил министр Вымышленской Республики."),
        ("Здесь министр Вымышленский и судья Образцовой области.", "Здесь министр [имя] и судья Образцовой области."),
        ("Участники: Вера Примерова (МВД Горной Республики).", "Участники: [имя] (МВД Горной Республики)."),
        ("Г-н Вымышлен ушёл. Зураб Вымышлен обещал.", "Г-н [имя] ушёл. [имя] обещал."),
        ("Mr Vymyshlen left. Later Vymyshlen met Artashes Vymyshlen.", "Mr [name] left. Later [name] met [name]."),
        ("Полковник юстиции Арташес Вымышлен заверил.", "Полковник юстиции [имя] заверил."),
        ("Вчера Вымышлидзе ушёл. Письмо Зураба Вымышлидзе здесь.", "Вчера [имя] ушёл. Письмо [имя] здесь."),
        ("Отметив это, Сурен Примерян ушёл к Бахроме Примерзода.", "Отметив это, [имя] ушёл к [имя]."),
        ("Встреча с Уланом Примербаем и Зурабом. Тилек обещал.", "Встреча с [имя] и [имя]. [имя] обещал."),
        ("The list for Zurab goes to Levan Exampleyan.", "The list for [name] goes to [name]."),
        ("Then Zurab Exampleshvili spoke of Europe.", "Then [name] spoke of Europe."),
        ("Заместитель главы отдела Зураб Примериа ушёл.", "Заместитель главы отдела [имя] ушёл."),
        ("Участники: Минюст Республики Таджикистан.", "Участники: Минюст Республики Таджикистан."),
        ("Participants: Customs, Republic Uzbekistan.", "Participants: Customs, Republic Uzbekistan."),
        ("Участники: Литвинов Пётр, Россиянов Олег. Из Литвы.", "Участники: [имя], [имя]. Из Литвы."),
        ("Посол Казахстана передаст список Армении.", "Посол Казахстана передаст список Армении."),
        ("Совет Европы и Верховный Суд выступили.", "Совет Европы и Верховный Суд выступили."),
    ],
)  # fmt: skip
def test_what_is_masked(text: str, shown: str) -> None:
    assert _masked(text) == shown


@given(_FIRST, _LAST)
def test_who_was_present_is_masked_in_all_that_is_proposed(first: str, last: str) -> None:
    text = (
        f"Minutes\n\nPresent: {first} {last} (INTERPOL), UNODC\n\n{last} agreed to send the list. INTERPOL "
        f"will ask {first} {last} for it by 5 May.\n\nActions:\n"
        f"- {last} to call UNODC\n- UNODC to meet {first} {last} in Lyon\n"
    )
    found = propose(SourceText("minutes", text), PARTIES, VISIT, "2023-03-01", is_every_sentence=True)
    assert found
    for each in found:
        for shown in (each.title, each.quote, each.by_words, each.due_words or "", *each.by, *each.to, *each.warnings):
            assert first not in shown
            assert last not in shown


def test_an_institution_or_a_rank_in_a_list_of_those_present_is_no_name() -> None:
    text = "Participants\n\n- Colonel Vera Muster, Investigation Department\n\n"
    text += "The Investigation Department and the Colonel left.\n"
    assert "The Investigation Department and the Colonel left." in _masked(text)


@pytest.mark.parametrize(
    ("line", "masked_line", "text", "masked_text"),
    [
        (
            "From: Regional Adviser, Agricultural and Rural Statistics",
            "From: Regional Adviser, Agricultural and Rural Statistics",
            "Statistics of the Agricultural Statistics Department of SBS.",
            "Statistics of the Agricultural Statistics Department of SBS.",
        ),
        (
            "From: Regional Adviser, Trade Policy",
            "From: Regional Adviser, Trade Policy",
            "The Trade Policy Division will send it.",
            "The Trade Policy Division will send it.",
        ),
        (
            "From: Adviser on Economic Statistics",
            "From: Adviser on Economic Statistics",
            "The Statistics Division will.",
            "The Statistics Division will.",
        ),
        ("From: Director, Vera Muster", "From: Director, [name]", "Muster left.", "[name] left."),
        ("From: Adviser, Otto Dummyson", "From: Adviser, [name]", "Dummyson left.", "[name] left."),
        ("To: Dummyson Exampleva, SBS", "To: [name], SBS", "The Dummyson Division met.", "The Dummyson Division met."),
        ("To: Dummyson Exampleva, SBS", "To: [name], SBS", "Dummyson met a Unit.", "[name] met a Unit."),
    ],
)
def test_the_field_of_a_post_and_the_name_of_a_unit_are_no_names(
    line: str, masked_line: str, text: str, masked_text: str
) -> None:
    assert _masked(f"{line}\n\n{text}") == f"{masked_line}\n{masked_text}"


def test_what_is_no_name_is_no_warning() -> None:
    assert possible_names("A Blue Notice goes to Академию МВД.", PARTIES) == []
    assert possible_names("Vera Muster spoke.", PARTIES) == ["Vera Muster"]


@pytest.mark.parametrize(
    "text",
    [
        "UNODC will call Zebo Sample about the template.",
        "УНП ООН направит письмо Ерлану Образцову.",
        "УНП ООН передаст список Образцовой.",
    ],
)
def test_whom_a_promise_is_about_is_masked(text: str) -> None:
    (one,) = propose(SourceText("mail.txt", text), PARTIES, None, "2023-03-02")
    assert mask_in(text) in one.quote
    assert "Образцов" not in one.title + one.quote
    assert "Zebo" not in one.title + one.quote


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("UNODC will send the list to Natalia by 1 May.", "UNODC will send the list to [name] by 1 May."),
        ("UNODC will send the list to Zebo Qurbonova.", "UNODC will send the list to [name]."),
        ("Diego said that INTERPOL would send the list.", "[name] said that INTERPOL would send the list."),
        ("UNODC will forward Nigora the list.", "UNODC will forward [name] the list."),
        ("According to Mukhabbat, UNODC will send the list.", "According to [name], UNODC will send the list."),
        ("UNODC will visit the Charles University.", "UNODC will visit the Charles University."),
        ("UNODC will send the list to Dushanbe.", "UNODC will send the list to Dushanbe."),
        ("UNODC will send a grant. Grant rules will be sent by UNODC.", "UNODC will send a grant."),
        ("УНП ООН направит список Наталье до 1 мая.", "УНП ООН направит список [имя] до 1 мая."),
        ("Бакыт сообщил, что УНП ООН направит список.", "[имя] сообщил, что УНП ООН направит список."),
        ("УНП ООН подготовит список вместе с Айнурой.", "УНП ООН подготовит список вместе с [имя]."),
        ("УНП ООН направит список в Самарканд.", "УНП ООН направит список в Самарканд."),
    ],
)
def test_a_first_name_alone_is_masked_and_no_other_word(text: str, quote: str) -> None:
    unodc = PARTIES.find("UNODC")
    assert unodc is not None
    parties = Directory({1: {**unodc, "ru": "УНП ООН"}})
    first, *_ = propose(SourceText("r.txt", text), parties, None, "2023-03-02")
    assert first.quote == quote


@pytest.mark.parametrize(
    "heading",
    ["Persons met", "2. Persons met", "People met", "List of participants", "2. Participants", "# III. Officials met"],
)
def test_who_is_listed_under_a_heading_of_persons_promises_for_its_institution(heading: str) -> None:
    text = f"{heading}\n\n- Vera Muster, Head of Risk Analysis, UNODC\n- Jan Sample, Project Coordinator, ICMPD\n\n"
    text += "3. Talks\n\nMuster will send the Risk Analysis manual by 11 April. Sample promised to answer.\n"
    first, second = propose(SourceText("r.txt", text), PARTIES, VISIT, "2023-03-01")
    assert (first.by, first.quote) == (("UNODC",), "[name] will send the Risk Analysis manual by 11 April.")
    assert (second.by, second.new) == (("ICMPD",), ("ICMPD",))


@pytest.mark.parametrize(
    "heading", ["2. Состоялись встречи", "Участники встреч", "Список присутствовавших", "1. Участники"]
)
def test_who_is_listed_under_a_russian_heading_promises_for_its_institution(heading: str) -> None:
    text = f"{heading}\n\n- Образцов А.Т., координатор, БОМКА\n- Пример Т.А., советник, ОБСЕ\n\n"
    text += "3. Итоги\n\nА.Т. Образцов направит список.\n"
    (one,) = propose(SourceText("r.txt", text), PARTIES, VISIT, "2023-03-01")
    assert (one.by, one.by_how) == (("БОМКА",), "list")


def test_text_under_a_heading_of_meetings_is_no_list_of_names() -> None:
    text = "Meetings held with\n\nThe Green Valley team will send the list.\n\n- Vera Muster, Analyst, UNODC\n"
    assert "Green Valley" in _masked(text)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("The Prosecutor General's Office left.", "The Prosecutor General's Office left."),
        ("The Director Muster left.", "The Director [name] left."),
        ("Mr. Vera Office left.", "Mr. [name] left."),
    ],
)
def test_an_institution_behind_a_title_is_no_name(text: str, masked: str) -> None:
    assert masked in _masked(text)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Предоставить Торгово-промышленной палате доступ к базе данных Market Access Map", []),
        ("Провести курс в странах Центральной Азии и Восточной Европы", []),
        ("Открыть платформу Green Trade", []),
        ("Предоставить Пограничной службе сканер", []),
        ("Направить Ивану Примеру анкету", ["Ивану Примеру"]),
        ("Передать Vera Muster список", ["Vera Muster"]),
        ("Поручить Асель Образцовой подготовить", ["Асель Образцовой"]),
    ],
)
def test_titles_regions_and_verbs_of_a_russian_text_are_no_persons(words: str, found: list[str]) -> None:
    assert possible_names(words, Directory({})) == found
