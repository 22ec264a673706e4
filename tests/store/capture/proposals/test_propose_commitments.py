"""From a text to proposals: the parties, the words, the places, the marks of what the store has."""

import pytest

from store.capture.promises.confidence_bands import Confidence
from store.capture.proposals.propose_commitments import Proposal, propose, source_id_of
from store.capture.readers.source_text import SourceText
from store.model.record_types import Party, Visit
from store.rules.party_names import Directory

LYON = """Uzbekistan's police meet INTERPOL in Lyon

Lyon, 12 December 2022 - A delegation of the Ministry of Internal Affairs of Uzbekistan came to the INTERPOL General
Secretariat from 6 to 8 December. UNODC had organised the visit and the donor paid for it.

The officers saw how analysts work with data on trafficking in persons. The two sides discussed cases of the past year
and stressed that quick exchange matters.

At the end of the visit the Ministry of Internal Affairs affirmed its aspiration to contribute to the TIP Analysis
File. It also expressed its willingness to nominate officers to ISON and to the Human Trafficking Expert Group.

UNODC and INTERPOL will follow up on these steps and promote cooperation between the experts of Uzbekistan and their
counterparts.
"""


def _party(number: int, name: str, *aliases: str) -> Party:
    return {"id": number, "name": name, "created": "", "updated": "", "revision": 1, "aliases": list(aliases)}


PARTIES = Directory(
    {
        1: _party(1, "MIA Uzbekistan", "Ministry of Internal Affairs of Uzbekistan", "Ministry of Internal Affairs"),
        2: _party(2, "INTERPOL", "INTERPOL General Secretariat"),
        3: _party(3, "UNODC"),
        4: _party(4, "State Border Service", "Пограничная служба"),
    }
)
VISIT: Visit = {
    "id": 1,
    "slug": "lyon-2022",
    "title": "Study visit",
    "start": "2022-12-06",
    "end": "2022-12-08",
    "hosts": ["INTERPOL"],
    "delegation": "Ministry of Internal Affairs of Uzbekistan",
    "created": "",
    "updated": "",
    "revision": 1,
}


def _proposed(text: str, dated: str = "2022-12-12", visit: Visit | None = VISIT) -> list[Proposal]:
    found = propose(SourceText("report.txt", text), PARTIES, visit, dated)
    return [each for each in found if each.band != Confidence.UNLIKELY]


def test_the_news_of_the_lyon_visit() -> None:
    joins, nominates, follows = _proposed(LYON)
    assert (joins.by, joins.kind, joins.strength) == (("MIA Uzbekistan",), "join-analysis-file", "soft")
    assert joins.title == "Contribute to the TIP Analysis File"
    assert joins.suggest_to == ("INTERPOL",)
    assert (nominates.by, nominates.by_how, nominates.kind) == (("MIA Uzbekistan",), "before", "nominate-experts")
    assert nominates.title == "Nominate officers to ISON and to the Human Trafficking Expert Group"
    assert (follows.by, follows.strength, follows.due) == (("UNODC", "INTERPOL"), "firm", None)
    assert follows.places[0].paragraph == 5


def test_a_promise_told_twice_is_one_with_two_places() -> None:
    said = "UNODC will send the forms to the State Border Service by 15 March 2023."
    (once,) = _proposed(f"Summary\n\n{said}\n\nThey met on Monday.\n\n{said}\n")
    assert [place.paragraph for place in once.places] == [2, 4]
    assert (once.by, once.to, once.due, once.title) == (
        ("UNODC",),
        ("State Border Service",),
        "2023-03-15",
        "Send the forms",
    )


def test_what_is_no_promise() -> None:
    assert not _proposed(
        "The officers discussed how the database will help. UNODC would be grateful if INTERPOL could confirm the "
        "costs. The sides agreed on the importance of trust. No agreement was reached. The course will deepen their "
        "skills. They hope that INTERPOL will join. UNODC will not pay for it."
    )


def test_items_below_a_line_and_next_steps() -> None:
    found = _proposed(
        "We, the Ministers, met in Lyon.\n\n1. Commit to establishing a register by the end of 2023;\n"
        "2. Call upon others to join.\n\n"
        "We further resolve:\n- to exchange information on routes;\n\n"
        "Next steps\nUNODC: send the audit report (by 20/9)\n"
        "INTERPOL: comments on the by-law\n"
    )
    assert [(each.by, each.title, each.due) for each in found] == [
        ((), "Establish a register", "2023-12-31"),
        ((), "Exchange information on routes", None),
        (("UNODC",), "Send the audit report", "2023-09-20"),
        (("INTERPOL",), "Comments on the by-law", None),
    ]


def test_rows_of_actions_and_of_other_tables() -> None:
    found = _proposed(
        "| Action | Responsible | Deadline | Status |\n|---|---|---|---|\n"
        "| Translate the manual | UNODC | 30 April 2023 | |\n"
        "| Print the manual | INTERPOL | May 2023 | done |\n\n"
        "| Country | Cases |\n|---|---|\n| UNODC will count | 12 |\n"
    )
    assert [(each.by, each.title, each.due) for each in found] == [(("UNODC",), "Translate the manual", "2023-04-30")]


def test_infinitives_under_a_russian_decision() -> None:
    found = _proposed(
        "РЕШИЛИ:\n1. Пограничной службе представить в UNODC данные до 30 апреля 2023 г.\n"
        "2. Принять информацию к сведению.\n"
        "3. Следующую встречу провести 24 мая 2023 г.\n",
        "2023-03-02",
    )
    assert [(each.by, each.to, each.title, each.due) for each in found] == [
        (("State Border Service",), ("UNODC",), "Представить в UNODC данные", "2023-04-30"),
        ((), (), "Провести следующую встречу", "2023-05-24"),
    ]


@pytest.mark.parametrize(
    ("text", "by", "to", "title", "due"),
    [
        ("Поручить УНП ООН подготовить план. Срок – до 31 мая.", "UNODC", (), "Подготовить план", "2023-05-31"),
        ("Поручить УНП ООН направить МВД план до 1 мая.", "UNODC", ("MIA UZ",), "Направить МВД план", "2023-05-01"),
        ("Интерполу поручено представить отчёт к 1 мая.", "INTERPOL", (), "Представить отчёт", "2023-05-01"),
        ("Возложить на УНП ООН подготовку плана. Срок: 5 мая 2023 г.", "UNODC", (), "Подготовка плана", "2023-05-05"),
    ],
)
def test_who_is_entrusted_with_what_in_russian_minutes(
    text: str, by: str, to: tuple[str, ...], title: str, due: str
) -> None:
    (one,) = propose(SourceText("r.txt", f"Решили:\n1. {text}\n"), RUSSIAN, VISIT, "2023-03-02")
    assert (one.by, one.to, one.title, one.due, one.quote) == ((by,), to, title, due, text)


def test_a_name_is_masked_in_the_language_of_its_sentence_and_known_again() -> None:
    (one,) = propose(SourceText("r.txt", "УНП ООН направит Образцову И. И. план."), RUSSIAN, VISIT, "2023-03-02")
    assert one.quote == "УНП ООН направит [имя] план."
    assert one.source_id == source_id_of("УНП ООН направит [name] план.")


def test_who_is_told_has_not_promised() -> None:
    (one,) = _proposed("UNODC shall be informed of any change by 5 May 2023.", "2023-03-02")
    assert (one.by, one.to, one.due) == ((), ("UNODC",), "2023-05-05")
    (by_somebody,) = _proposed("The forms will be sent to UNODC by INTERPOL.", "2023-03-02")
    assert (by_somebody.by, by_somebody.to) == (("INTERPOL",), ("UNODC",))
    assert by_somebody.title == "Send the forms"


OF_THE_MINISTRY = Directory(
    {
        1: {**_party(1, "MIA UZ", "Ministry of Internal Affairs"), "ru": "МВД Узбекистана"},
        2: {**_party(2, "INTERPOL"), "ru": "Интерпол"},
    }
)


@pytest.mark.parametrize(
    ("text", "by", "new"),
    [
        ("The Academy of the Ministry of Internal Affairs will host the course.", None, True),
        ("The Investigation Department of the Ministry will draft a checklist.", None, True),
        ("НЦБ Интерпола в Ташкенте подготовит записку.", ("НЦБ Интерпола в Ташкенте",), True),
        ("Академия МВД предоставит классы.", ("Академия МВД",), True),
        ("МВД внесёт проект документа.", ("MIA UZ",), False),
        ("МВД Казахстана направит данные.", (), False),
        ("Представители Интерпола направят список.", ("INTERPOL",), False),
    ],
)
def test_an_institution_is_not_the_party_in_its_name(text: str, by: tuple[str, ...] | None, *, new: bool) -> None:
    visit: Visit = {**VISIT, "delegation": "MIA UZ"}
    (one,) = propose(SourceText("report.txt", text), OF_THE_MINISTRY, visit, "2022-12-12")
    assert one.by == (one.new if by is None else by)
    assert bool(one.new) == new
    assert "MIA UZ" not in one.to


def test_a_delegation_that_no_party_is_is_proposed_as_it_is_written() -> None:
    visit: Visit = {**VISIT, "delegation": "MIA Kyrgyzstan"}
    text = "The Ministry will nominate two officers. Both sides will hold quarterly calls."
    one, both = _proposed(text, visit=visit)
    assert (one.by, one.by_how, one.new) == (("MIA Kyrgyzstan",), "visit", ("MIA Kyrgyzstan",))
    assert both.by == ("INTERPOL", "MIA Kyrgyzstan")
    crowd: Visit = {**VISIT, "delegation": "12 officers led by a colonel"}
    assert _proposed(text, visit=crowd)[0].by == ()


def test_the_same_words_below_two_names_are_two_promises() -> None:
    of_unodc = "UNODC will:\n\n- send the list\n\n"
    of_interpol = "INTERPOL will:\n\n- send the list\n\n"
    first, second = _proposed(of_unodc + of_interpol)
    assert (first.by, second.by) == (("UNODC",), ("INTERPOL",))
    assert first.source_id != second.source_id
    assert [each.source_id for each in _proposed(of_interpol + of_unodc)] == [second.source_id, first.source_id]


def test_a_promise_that_names_its_party_is_known_whatever_stands_around_it() -> None:
    (alone,) = _proposed("UNODC will send the list to INTERPOL.\n")
    *_, after = _proposed("INTERPOL will host the course.\n\nUNODC will send the list to INTERPOL.\n")
    assert after.source_id == alone.source_id


RUSSIAN = Directory(
    {
        1: {**_party(1, "MIA UZ", "Ministry of Internal Affairs"), "ru": "МВД Узбекистана"},
        2: {**_party(2, "INTERPOL"), "ru": "Интерпол"},
        3: {**_party(3, "UNODC"), "ru": "УНП ООН"},
        4: {**_party(4, "State Border Service"), "ru": "Пограничная служба"},
    }
)


@pytest.mark.parametrize(
    ("text", "by", "title"),
    [
        ("Список контактов МВД направит в мае.", "MIA UZ", "Направить список контактов"),
        ("Проект программы УНП ООН вышлет позже.", "UNODC", "Выслать проект программы позже"),
        ("Перечень Пограничной службы Интерпол уточнит.", "INTERPOL", "Уточнить перечень Пограничной службы"),
        ("Представитель УНП ООН уточнит сроки.", "UNODC", "Уточнить сроки"),
        ("Дополнительно МВД уточнит сроки.", "MIA UZ", "Уточнить сроки"),
        ("Было решено, что новый раунд примет МВД.", "MIA UZ", "Принять новый раунд"),
        ("Пограничной службой будет подготовлен отчёт.", "State Border Service", "Подготовить отчёт"),
        ("Новая анкета будет разработана УНП ООН.", "UNODC", "Разработать новую анкету"),
        ("Интерпол вызвался провести вебинар.", "INTERPOL", "Провести вебинар"),
        ("УНП ООН сообщило о намерении провести семинар.", "UNODC", "Провести семинар"),
        ("МВД подтвердило готовность к участию в операции.", "MIA UZ", "Участие в операции"),
        ("Пограничная служба берёт на себя перевод пособия.", "State Border Service", "Перевод пособия"),
        ("МВД взяло обязательство предоставить помещения.", "MIA UZ", "Предоставить помещения"),
        ("МВД обязано вернуть анкеты.", "MIA UZ", "Вернуть анкеты"),
        ("УНП ООН рассылает проект до 5 апреля.", "UNODC", "Рассылать проект"),
        ("Ответственность за перевод несёт УНП ООН.", "UNODC", "Перевод"),
        ("Организация курса возложена на УНП ООН.", "UNODC", "Организация курса"),
        ("INTERPOL offered UNODC two places in the course.", "INTERPOL", "Provide two places in the course"),
        ("UNODC promised a list of trainers.", "UNODC", "Provide a list of trainers"),
        ("UNODC sends the draft programme by 15 April.", "UNODC", "Send the draft programme"),
        ("The drafting of the protocol was assigned to UNODC.", "UNODC", "Draft the protocol"),
        ("It falls to UNODC to draft the agenda.", "UNODC", "Draft the agenda"),
    ],
)
def test_ways_in_which_somebody_takes_on_to_do_something(text: str, by: str, title: str) -> None:
    (one,) = propose(SourceText("report.txt", text), RUSSIAN, VISIT, "2023-03-02")
    assert (one.by, one.title, one.is_above_line) == ((by,), title, True)


def test_what_is_done_to_a_party_that_stands_behind_it() -> None:
    (one,) = propose(
        SourceText("report.txt", "Анкеты будут переданы Пограничной службе."), RUSSIAN, VISIT, "2023-03-02"
    )
    assert (one.by, one.to) == ((), ("State Border Service",))


def test_items_without_a_verb_among_actions() -> None:
    text = (
        "Договорённости:\n- МВД — перечень контактов до 1 апреля\n- Проведение семинара — до 1 мая\n"
        "- Подготовка проекта (УНП ООН)\n- Обмен опытом\n"
        "\nNext steps\n- Delivery of the forms - by 1 May\n- Nomination of two officers by UNODC\n- Any other talks\n"
    )
    found = [
        each
        for each in propose(SourceText("report.txt", text), RUSSIAN, VISIT, "2023-03-02")
        if each.band != Confidence.UNLIKELY
    ]
    assert [(each.by, each.title, each.due) for each in found] == [
        (("MIA UZ",), "Перечень контактов", "2023-04-01"),
        ((), "Проведение семинара", "2023-05-01"),
        (("UNODC",), "Подготовка проекта", None),
        ((), "Delivery of the forms", "2023-05-01"),
        (("UNODC",), "Nomination of two officers by UNODC", None),
    ]


_LETTER = "Dear colleagues,\n\nWe will send the slides by 15 March. I will call you.\n\n"


@pytest.mark.parametrize(
    ("text", "by"),
    [
        (f"{_LETTER}Kind regards,\nA team at UNODC\n", ("UNODC",)),
        (f"UNODC\nVienna\n\n{_LETTER}Kind regards,\nthe team\n", ("UNODC",)),
        (f"From: Team <team@unodc.org>\nTo: INTERPOL\n\n{_LETTER}", ("UNODC",)),
        (f"From: Team <team@unodc.org>\n\n{_LETTER}Kind regards,\nINTERPOL\n", ()),
        (f"{_LETTER}Kind regards,\nUNODC and INTERPOL\n", ()),
        (f"To: UNODC\n\n{_LETTER}Kind regards,\nthe team\n", ()),
        (f"{_LETTER}Kind regards,\nthe team\n\nOn Mon, 2 June 2025, somebody wrote:\n> Kind regards,\n> UNODC\n", ()),
    ],
)
def test_we_are_those_who_wrote_the_text_where_it_says_who(text: str, by: tuple[str, ...]) -> None:
    ours, *others = _proposed(text, "2023-03-02", visit=None)
    assert (ours.title, ours.by, ours.by_how) == ("Send the slides", by, "author" if by else "none")
    assert all(each.by == () for each in others)


SERBIA = Directory(
    {
        1: {**_party(1, "MIA Serbia", "Министерство внутренних дел", "МВД"), "ru": "МВД Сербии"},
        2: _party(2, "Управление таможен"),
        3: _party(3, "Национальный криминалистический центр"),
        4: _party(4, "General Police Directorate", "Police"),
        5: _party(5, "Customs Service"),
    }
)


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Министерство внутренних дел Казахстана направит письмо.", "Министерство внутренних дел Казахстана"),
        ("Министерство культуры направит письмо.", "Министерство культуры"),
        ("Управление юстиции направит письмо.", "Управление юстиции"),
        ("Центр судебных экспертиз направит письмо.", "Центр судебных экспертиз"),
        ("The Police Academy will send the list.", "Police Academy"),
        ("The MIA of Slovenia will send the list.", "MIA of Slovenia"),
        ("Министерство внутренних дел Сербии направит письмо.", "MIA Serbia"),
        ("Министерство направит письмо.", "MIA Serbia"),
        ("Центр направит письмо.", "Национальный криминалистический центр"),
    ],
)
def test_a_party_of_another_name_or_country_is_not_the_known_one(text: str, by: str) -> None:
    visit: Visit = {**VISIT, "hosts": ["Национальный криминалистический центр"], "delegation": "MIA Serbia"}
    (one,) = propose(SourceText("report.txt", text), SERBIA, visit, "2026-11-20")
    assert one.by == (by,)


def test_a_country_beside_a_party_that_names_none_is_asked_about() -> None:
    text = "The Customs Service of Slovenia will send the list."
    (one,) = propose(SourceText("report.txt", text), SERBIA, None, "2026-11-20")
    assert (one.by, one.warnings) == (("Customs Service",), ("the text says Slovenia: is that Customs Service?",))


def test_the_country_is_told_as_it_is_written_and_not_of_an_institution_of_the_text() -> None:
    directory = Directory({1: _party(1, "Таможенная служба")})
    text = "Таможенная служба Кыргызской Республики направит перечень."
    (one,) = propose(SourceText("report.txt", text), directory, None, "2026-11-20")
    assert one.warnings == ("the text says Кыргызской Республики: is that Таможенная служба?",)
    (other,) = propose(SourceText("report.txt", text), Directory({}), None, "2026-11-20")
    assert not other.warnings


def test_an_institution_behind_a_rank_is_no_person() -> None:
    text = "Участники:\n- Образцов Иван Петрович, директор Центра экспертиз\n\n"
    text += "Центр экспертиз направит Образцову список.\n"
    (one,) = [each for each in propose(SourceText("r.txt", text), SERBIA, None, "2026-11-20") if each.is_above_line]
    assert (one.by, one.quote) == (("Центр экспертиз",), "Центр экспертиз направит [имя] список.")


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (
            "UNODC will send the list by 1 March 2024 and INTERPOL will read it by 1 May 2024.",
            ("Send the list", "2024-03-01"),
            ("Read it", "2024-05-01"),
        ),
        (
            "УНП ООН подготовит образцы к 1 марта 2024 г., а Интерпол оценит их.",
            ("Подготовить образцы", "2024-03-01"),
            ("Оценить их", None),
        ),
        (
            "UNODC is going to share its guide, and INTERPOL will print it by 1 May 2024.",
            ("Share its guide", None),
            ("Print it", "2024-05-01"),
        ),
    ],
)
def test_what_two_parties_promise_in_one_sentence_is_two_proposals(
    text: str, first: tuple[str, str | None], second: tuple[str, str | None]
) -> None:
    one, other = propose(SourceText("r.txt", text), RUSSIAN, VISIT, "2023-03-02")
    assert (one.by, one.to, one.title, one.due) == (("UNODC",), (), *first)
    assert (other.by, other.to, other.title, other.due) == (("INTERPOL",), (), *second)
    assert one.quote == text
    assert text.endswith(other.quote), "its own clause, by which it is known again"


def test_a_sentence_ends_behind_a_year() -> None:
    text = (
        "МВД проведёт проверку до 1 марта 2024 г. По итогам УНП ООН направит отзыв до 5 мая т.г. Интерпол изучит его."
    )
    found = propose(SourceText("r.txt", text), RUSSIAN, VISIT, "2023-03-02")
    assert [(each.by, each.due) for each in found] == [
        (("MIA UZ",), "2024-03-01"),
        (("UNODC",), "2023-05-05"),
        (("INTERPOL",), None),
    ]


def test_a_role_of_the_visit_receives() -> None:
    one, other = _proposed(
        "MIA Uzbekistan will send the list to the hosts. UNODC will write to the Ministry of Culture."
    )
    assert (one.to, other.to) == (("INTERPOL",), ())


@pytest.mark.parametrize(
    ("cell", "by", "new"),
    [
        ("МВД и УНП ООН", ("MIA UZ", "UNODC"), ()),
        (
            "Пограничная служба, Министерство юстиции",
            ("State Border Service", "Министерство юстиции"),
            ("Министерство юстиции",),
        ),
        ("Программный офис (созыв), все участники", ("Программный офис",), ("Программный офис",)),
        (
            "Department of Science and Research",
            ("Department of Science and Research",),
            ("Department of Science and Research",),
        ),
        ("All participating institutions", (), ()),
        ("Образцов", (), ()),
        ("Lola Sample", (), ()),
    ],
)
def test_who_is_responsible_for_a_row(cell: str, by: tuple[str, ...], new: tuple[str, ...]) -> None:
    text = f"Участники:\n- Образцов Иван\n\nМероприятие | Исполнитель | Срок\nНаправить план | {cell} | май 2024\n"
    *_, one = propose(SourceText("r.txt", text), RUSSIAN, None, "2023-03-02")
    assert (one.by, one.new) == (by, new)
    assert "\ue000" not in one.by_words


def test_what_may_be_a_name_is_said_in_json() -> None:
    (one,) = _proposed("UNODC will show Hildegund Sample the building.")
    assert "a person? Hildegund Sample" in one.as_json("")["warnings"]


@pytest.mark.parametrize(
    ("text", "by", "title"),
    [
        ("Посты должны быть подключены до 1 июня 2024 г., ответственный - УНП ООН.", "UNODC", "Подключить посты"),
        ("Контроль возложить на УНП ООН.", "UNODC", "Контроль"),
        ("Материалы размещаются УНП ООН на портале до 30 ноября.", "UNODC", "Материалы размещаются на портале"),
    ],
)
def test_who_is_responsible_behind_what_is_done(text: str, by: str, title: str) -> None:
    (one,) = propose(SourceText("report.txt", text), RUSSIAN, None, "2023-03-02")
    assert (one.by, one.title, one.is_above_line) == ((by,), title, True)


@pytest.mark.parametrize(
    "text",
    [
        "Образцов спросил, кто несёт ответственность за ошибки.",
        "We must act before it is too late.",
        "Копию справки направим в УНП ООН.",
    ],
)
def test_nobody_is_named_who_does_not_promise(text: str) -> None:
    assert all(
        each.by == () for each in propose(SourceText("r.txt", text), RUSSIAN, None, "2023-03-02") if each.is_above_line
    )


def test_both_sides_of_several_hosts_are_left_to_the_person() -> None:
    visit: Visit = {**VISIT, "hosts": ["INTERPOL", "UNODC"], "delegation": "MIA UZ"}
    (one,) = propose(SourceText("r.txt", "Both sides agreed to meet in May."), RUSSIAN, visit, "2023-03-02")
    assert one.by == ()


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("MIA Uzbekistan to name three prosecutors for the UNODC course.", ("UNODC",)),
        ("MIA Uzbekistan is committed to supporting the work of INTERPOL.", ("INTERPOL",)),
        ("MIA Uzbekistan will learn from the work of INTERPOL.", ()),
        ("UNODC and INTERPOL agreed to hold consultations.", ("UNODC", "INTERPOL")),
    ],
)
def test_to_whom_it_is_promised(text: str, to: tuple[str, ...]) -> None:
    (one,) = propose(SourceText("r.txt", text), PARTIES, None, "2023-03-02")
    assert one.to == to


def test_a_person_promises_for_the_party_that_the_list_of_participants_names() -> None:
    text = (
        "Present: Lola Sample (UNODC), Georg Muster (INTERPOL, chair), Anna Probe, Igor Blank (UNODC)\n\n"
        "Mr. Muster will send the list. Ms. Sample will read it. Ms. Probe will print it.\n"
    )
    found = _proposed(text, visit=None)
    assert [(each.by, each.by_how) for each in found] == [(("INTERPOL",), "list"), (("UNODC",), "list"), ((), "none")]
    assert found[2].warnings == ("a person promised this: which institution?",)
    assert all("Muster" not in each.quote for each in found)


def test_we_behind_a_name_and_a_colon_is_that_party() -> None:
    (one,) = _proposed("Next steps for UNODC: we will send letters of thanks.", visit=None)
    assert (one.by, one.by_how) == (("UNODC",), "named")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("INTERPOL wishes to confirm that it will pay UNODC by 5 May 2023.", [(("INTERPOL",), "2023-05-05")]),
        ("It was agreed that the plan be drawn up and signed by 5 May 2023.", [((), "2023-05-05")]),
        ("UNODC will open it by 5 May 2023; INTERPOL to read it.", [(("UNODC",), "2023-05-05"), (("INTERPOL",), None)]),
        (
            "UNODC undertook to send it, and that the Ministry of Trade has agreed to examine it.",
            [(("UNODC",), None), (("Ministry of Trade",), None)],
        ),
        ("INTERPOL noted that the queues would continue to be a problem.", []),
        ("Next year INTERPOL will:\n- submit a request to the UNODC office.\n- pay it.", [(("INTERPOL",), None)] * 2),
    ],
)  # fmt: skip
def test_who_promises_what_in_letters_and_minutes(
    text: str, expected: list[tuple[tuple[str, ...], str | None]]
) -> None:
    assert [(each.by, each.due) for each in _proposed(text)] == expected


def test_what_a_party_takes_upon_itself_in_russian_has_its_object() -> None:
    (one,) = propose(
        SourceText("r.txt", "Перевод анкет возьмёт на себя Пограничная служба."), RUSSIAN, VISIT, "2023-03-02"
    )
    assert (one.by, one.title) == (("State Border Service",), "Взять на себя перевод анкет")


def test_what_the_same_ones_do_besides_is_their_second_promise() -> None:
    text = "Пограничная служба подготовит проект до 1 марта 2024 года, а копию направит в Интерпол."
    one, other = propose(SourceText("r.txt", text), RUSSIAN, VISIT, "2023-03-02")
    assert (one.by, one.to, one.title, one.due) == (("State Border Service",), (), "Подготовить проект", "2024-03-01")
    assert (other.by, other.to, other.title) == (("State Border Service",), ("INTERPOL",), "Направить копию в Интерпол")
    assert other.by_how == "before"


@pytest.mark.parametrize(
    ("text", "by", "title"),
    [
        ("Обучение УНП ООН обеспечит Пограничная служба.", "State Border Service", "Обеспечить обучение УНП ООН"),
        ("Все посты подключить до 1 июня 2024 года, отв. - УНП ООН.", "UNODC", "Подключить все посты"),
        ("The draft will be translated by UNODC and shared.", "UNODC", "Translate the draft and share it"),
        ("INTERPOL will answer within thirty days.", "INTERPOL", "Answer within thirty days"),
    ],
)  # fmt: skip
def test_who_does_it_and_its_title(text: str, by: str, title: str) -> None:
    (one,) = propose(SourceText("r.txt", text), RUSSIAN, VISIT, "2023-03-02")
    assert (one.by, one.title) == ((by,), title)


@pytest.mark.parametrize(
    ("text", "by", "to", "title"),
    [
        ("On behalf of UNODC, Ms Muster undertook to check it.", ("UNODC",), (), "Check it"),
        ("The Director of INTERPOL promised that his staff would return it.", ("INTERPOL",), (), "Return it"),
        ("Пограничная служба по просьбе УНП ООН окажет помощь.", ("State Border Service",), (), "Оказать помощь"),
        ("УНП ООН обязалось совместно с Интерполом подготовить перечень.", ("UNODC",), (), "Подготовить перечень"),
        ("Организацию берёт на себя УНП ООН.", ("UNODC",), (), "Взять на себя организацию"),
    ],
)  # fmt: skip
def test_for_whom_somebody_speaks_and_with_whom(
    text: str, by: tuple[str, ...], to: tuple[str, ...], title: str
) -> None:
    (one,) = propose(SourceText("r.txt", text), RUSSIAN, VISIT, "2023-03-02")
    assert (one.by, one.to, one.title) == (by, to, title)


@pytest.mark.parametrize(
    "text",
    ["Neither UNODC nor INTERPOL will take part.", "Ответственный за выполнение: УНП ООН, срок: 1 марта 2024 г."],
)
def test_what_nobody_promises(text: str) -> None:
    assert [each for each in propose(SourceText("r.txt", text), RUSSIAN, VISIT, "2023-03-02") if each.is_offered] == []


@pytest.mark.parametrize(
    "text",
    [
        "Стороны договорились о следующем:\n\n- UNODC направит список;\n- INTERPOL проведёт курс.\n",
        "Стороны договорились о нижеследующем.\n\n1. UNODC направит список.\n2. INTERPOL проведёт курс.\n",
        "Стороны условились принять следующие общие меры:\n\n- UNODC направит план;\n- INTERPOL проведёт курс.\n",
        "The parties agreed to take the following steps:\n\n- UNODC will send it;\n- INTERPOL will hold a course.\n",
        "The parties agreed as follows:\n\n- UNODC will send a list;\n- INTERPOL will hold a course.\n",
    ],
)
def test_a_line_before_a_list_that_names_only_the_following_is_no_promise(text: str) -> None:
    assert [each.by for each in _proposed(text)] == [("UNODC",), ("INTERPOL",)]


def test_a_line_before_a_list_that_says_what_is_done_is_a_promise() -> None:
    (sends, *_) = _proposed("UNODC agreed to send the following documents:\n\n- a plan\n- a list\n")
    assert (sends.by, sends.title) == (("UNODC",), "Send the following documents")


@pytest.mark.parametrize("said", ["is hoped", "was also expected", "is widely believed"])
def test_what_is_only_hoped_for_is_no_promise(said: str) -> None:
    assert _proposed(f"It {said} that the device, which will be tested next year, will reduce the cost of it.\n") == []
    assert _proposed("It was agreed that UNODC will send the list.\n")


@pytest.mark.parametrize("behind", ["(ОБСЕ, до 11 декабря)", "— ОБСЕ, до 11 декабря"])
def test_a_date_behind_who_does_it_is_the_deadline(behind: str) -> None:
    text = f"Дальнейшие шаги\n\n- Направить письменный запрос {behind}.\n"
    osce = Directory({1: _party(1, "ОБСЕ")})
    (one,) = propose(SourceText("r.txt", text), osce, None, "2026-11-25")
    assert (one.by, one.due, one.title) == (("ОБСЕ",), "2026-12-11", "Направить письменный запрос")


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("IOM and UNODC agreed to hold a call on 5 April.", ("IOM", "UNODC")),
        ("UNODC and the Police Academy agreed to hold a call on 5 April.", ("UNODC", "Police Academy")),
        ("БОМКА и UNODC договорились провести созвон 5 апреля.", ("БОМКА", "UNODC")),
    ],
)
def test_an_unknown_institution_that_promises_with_a_known_one_is_proposed(text: str, by: tuple[str, ...]) -> None:
    (one,) = propose(SourceText("r.txt", text), PARTIES, None, "2023-03-01")
    assert (one.by, one.warnings) == (by, ())


@pytest.mark.parametrize("other", ["Wilk", "The Ministry of Finance and Economy"])
def test_who_promises_with_a_party_and_is_no_sure_institution_is_warned_of(other: str) -> None:
    (one,) = propose(SourceText("r.txt", f"{other} and UNODC agreed to hold a call."), PARTIES, None, "2023-03-01")
    assert one.by == ("UNODC",)
    assert "another one promises it too: which institution?" in one.warnings


@pytest.mark.parametrize(
    ("text", "is_proposed"),
    [
        ("The previous mission took place in May, when UNODC had promised to send the forms.", False),
        ("UNODC undertook to review its list; the review was completed in May.", False),
        ("UNODC undertook to send the list, which was sent on 5 February.", False),
        ("UNODC undertook to sign the plan; the budget was approved in May.", True),
        ("UNODC will send the list; the list was approved in February.", True),
        ("Предыдущий визит прошёл в мае, тогда UNODC обещал направить список.", False),
        ("UNODC обещал пересмотреть программу; программа пересмотрена и утверждена.", False),
        ("UNODC обещал направить проект; смета утверждена.", True),
        ("UNODC направит план, который утверждён в мае.", True),
    ],
)
def test_what_is_done_already_is_no_promise(text: str, is_proposed: bool) -> None:
    found = propose(SourceText("r.txt", text), PARTIES, None, "2023-03-01")
    assert any(each.band != Confidence.UNLIKELY for each in found) == is_proposed


def test_a_deadline_may_stand_between_the_agreement_and_its_verb() -> None:
    text = "Пограничная служба и UNODC условились до конца июня 2027 года подписать указание."
    (one,) = propose(SourceText("r.txt", text), PARTIES, None, "2026-11-25")
    assert (one.title, one.due, one.due_words) == ("Подписать указание", "2027-06-30", "до конца июня 2027 года")


OFFICES = Directory(
    {1: _party(1, "МВД Узбекистана", "МВД"), 2: _party(2, "УНП ООН"), 3: _party(3, "Генеральная прокуратура")}
)


def _of_offices(text: str) -> Proposal:
    found = propose(SourceText("protocol.txt", text), OFFICES, None, "2026-12-03")
    return next(each for each in found if each.band != Confidence.UNLIKELY)


def test_sides_that_no_text_defines_are_nobody_named_before() -> None:
    agreed = "Стороны договорились продолжить обмен информацией."
    found = _of_offices(f"УНП ООН и МВД Узбекистана провели встречу в Ташкенте.\n\n{agreed}\n")
    assert (found.by, found.to, found.band) == ((), (), Confidence.LIKELY)
    assert "both sides" not in found.why
    found = _of_offices(f"УНП ООН и МВД Узбекистана (далее – Стороны) провели встречу.\n\n{agreed}\n")
    assert set(found.by) == {"УНП ООН", "МВД Узбекистана"}


@pytest.mark.parametrize(
    ("sentence", "by", "title"),
    [
        ("Секретариат рабочей группы будет вести УНП ООН.", "УНП ООН", "Вести секретариат рабочей группы"),
        ("Реестр экспертов будет вести УНП ООН до 1 мая 2027 г.", "УНП ООН", "Вести реестр экспертов"),
        ("Секретариат рабочей группы будет вести протокол.", "Секретариат рабочей группы", "Вести протокол"),
        ("Секретариат рабочей группы будет информировать УНП ООН.", "Секретариат рабочей группы", None),
        (
            "Ташкентский учебный институт МВД проведёт совместно с УНП ООН семинар для 25 следователей.",
            "Ташкентский учебный институт МВД",
            "Провести совместно с УНП ООН семинар для 25 следователей",
        ),
    ],
)
def test_the_subject_of_a_russian_sentence_is_told_from_its_object(sentence: str, by: str, title: str | None) -> None:
    found = _of_offices(sentence)
    assert found.by == (by,)
    assert title is None or found.title == title
