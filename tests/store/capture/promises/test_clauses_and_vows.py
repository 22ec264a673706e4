"""Sentences of several clauses, words given that something will be done, and what was asked for and promised."""

import pytest

from store.capture.proposals.propose_commitments import Proposal, propose
from store.capture.proposals.suggest_parties import PartyChoices
from store.capture.readers.source_text import SourceText
from store.model.record_types import Party, Visit
from store.rules.party_names import Directory


def _party(number: int, name: str, *aliases: str) -> Party:
    return {
        "id": number,
        "name": name,
        "aliases": list(aliases),
        "created": "",
        "updated": "",
        "revision": 1,
    }


PORT, GUARD, VETS, HARBOUR = "Port Authority", "Coast Guard", "Ветеринарная служба", "Портовое управление"
CUSTOMS = "Государственная таможенная служба"
PARTIES = Directory(
    {
        1: _party(1, "UNODC", "УНП ООН"),
        2: _party(2, PORT),
        3: _party(3, GUARD),
        4: _party(4, VETS),
        5: _party(5, HARBOUR),
        6: _party(6, "UNICEF", "ЮНИСЕФ"),
        7: _party(7, CUSTOMS),
    }
)
VISIT: Visit = {
    "id": 1,
    "slug": "riga-2026",
    "title": "Mission",
    "start": "2026-03-02",
    "end": "2026-03-05",
    "hosts": [PORT, GUARD, VETS, HARBOUR, CUSTOMS],
    "delegation": "UNODC",
    "created": "",
    "updated": "",
    "revision": 1,
}
ENGLISH = """Date of report: 10 March 2026
Prepared by: A. Tester, UNODC

Persons met

- Mr. Jan Orlov, Head, Port Authority
- Ms. Eva Lind, Adviser, Coast Guard

"""
RUSSIAN = """Дата отчёта: 10 марта 2026 года
Подготовил: А. Проверкин, УНП ООН

Состоялись встречи

- Орлов Ян Петрович, начальник, Портовое управление
- Линд Ева, советник, ЮНИСЕФ

"""


def _proposed(text: str, visit: Visit = VISIT) -> list[Proposal]:
    head = RUSSIAN if any("а" <= letter <= "я" for letter in text) else ENGLISH
    heading = "# Дальнейшие шаги" if head == RUSSIAN else "# Next steps"
    heading = heading if text.startswith("- ") else "# 1. Discussions" if head == ENGLISH else "# 1. Переговоры"
    source = SourceText("report.md", f"{head}{heading}\n\n{text}\n")
    return [each for each in propose(source, PARTIES, visit, "2026-03-10") if each.is_above_line]


def _told(proposal: Proposal) -> tuple[str, str | None, str]:
    return "; ".join(proposal.by), proposal.due or proposal.due_words, proposal.title


@pytest.mark.parametrize(
    ("text", "promises"),
    [
        (
            "Ms. Lind spoke first. She will pass us the map, which was drawn last year, by the end of the month, "
            "and UNODC for its part undertook to print it by 22 April.",
            [(GUARD, "2026-03-31", "Pass us the map"), ("UNODC", "2026-04-22", "Print it")],
        ),
        (
            "I said that we would lend them the scanner used in Riga, by 30 April at the latest, and Mr. Orlov "
            "committed himself to sending a driver within two weeks of delivery.",
            [
                ("UNODC", "2026-04-30", "Lend them the scanner used in Riga"),
                (PORT, "within two weeks of delivery", "Send a driver"),
            ],
        ),
        (
            "Mr. Orlov will be replaced in May and a new officer is to be named by the Port Authority before Easter.",
            [(PORT, "before Easter", "Name a new officer")],
        ),
        (
            "The old list will be printed in April and a new map is to be drawn up by the Coast Guard by 1 July.",
            [("", "2026-04-30", "Print the old list"), (GUARD, "2026-07-01", "Draw up a new map")],
        ),
        (
            "Ms. Lind said that the rules had been adopted in May and promised to send the text next week.",
            [(GUARD, "2026-03-22", "Send the text")],
        ),
        (
            "Mr. Orlov asked for two drivers, and we agreed to send them from 8 to 12 June.",
            [("UNODC", "2026-06-12", "Send them")],
        ),
        (
            "Е. Линд сообщила, что правила приняты в мае, и пообещала прислать их текст на следующей неделе.",
            [("UNICEF", "2026-03-22", "Прислать их текст")],
        ),
        (
            "Для летнего курса нужны ещё два тренера — условились, что УНП ООН пришлёт их с 8 по 12 июня.",
            [("UNODC", "2026-06-12", "Прислать их")],
        ),
        (
            "Мы взялись прислать договор не позднее 4 мая; правки к нему таможня внесёт в течение двух недель "
            "после получения.",
            [
                ("UNODC", "2026-05-04", "Прислать договор"),
                (CUSTOMS, "в течение двух недель после получения", "Внести правки к нему"),
            ],
        ),
        (
            "Портовое управление выделит шесть инспекторов; перечень поступит в наш офис до 20 апреля.",
            [(HARBOUR, "2026-04-20", "Выделить шесть инспекторов")],
        ),
    ],
)
def test_each_clause_has_its_own_promiser_and_date(text: str, promises: list[tuple[str, str, str]]) -> None:
    assert [_told(each) for each in _proposed(text)] == promises


@pytest.mark.parametrize(
    ("text", "by", "title"),
    [
        ("Ms. Lind promised that the results would be sent by 1 June.", GUARD, "Send the results"),
        (
            "Mr. Orlov gave his word that the hall would be ready by the end of May.",
            PORT,
            "Have the hall ready",
        ),
        (
            "I explained the delay, and promised that ten radios would be delivered in May 2026.",
            "UNODC",
            "Deliver ten radios",
        ),
        ("Mr. Orlov assured us that the statistics would be with us by 22 April.", PORT, "Send the statistics"),
        ("Ms. Lind said that the results would be sent by 1 June.", "", "Send the results"),
        ("Ms. Lind was brief. Her office is ready to print the list.", GUARD, "Print the list"),
        ("Mr. Orlov confirmed that the Authority would nominate four officers.", PORT, "Nominate four officers"),
        ("Е. Линд пообещала, что анкеты будут переведены до 1 июня.", "UNICEF", "Перевести анкеты"),
        ("Е. Линд сообщила, что анкеты будут переведены до 1 июня.", "", "Перевести анкеты"),
        ("Мы подтвердили, что пять раций будут поставлены до 1 июня.", "UNODC", "Поставить пять раций"),
        (
            "Я.П. Орлов заверил, что сводка за год будет у нас не позднее 22 апреля.",
            HARBOUR,
            "Передать сводку за год",
        ),
    ],
)
def test_who_gives_a_word_that_something_will_be_done_promises_it(text: str, by: str, title: str) -> None:
    (found,) = _proposed(text)
    assert ("; ".join(found.by), found.title) == (by, title)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Ms. Lind asked us for the slides of the course, which we promised to send by Friday, 20 March.",
            ("UNODC", "2026-03-20", "Send the slides of the course"),
        ),
        (
            "UNODC was asked to share the slides, which it agreed to do by 20 March.",
            ("UNODC", "2026-03-20", "Share the slides"),
        ),
        (
            "Портовое управление просило перевести анкету, что УНП ООН и согласилось выполнить к 5 мая.",
            ("UNODC", "2026-05-05", "Перевести анкету"),
        ),
    ],
)
def test_what_was_asked_for_and_promised(text: str, told: tuple[str, str, str]) -> None:
    (found,) = _proposed(text)
    assert _told(found) == told


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Mr. Orlov will check whether the Coast Guard can lend the boat and write to us by 5 May.", PORT),
        ("Е. Линд выяснит, можно ли передать Портовому управлению катер, и вернётся к нам с ответом в мае.", "UNICEF"),
        ("Я.П. Орлов спросит, сможет ли Ветеринарная служба дать врача, и сообщит нам до 5 мая.", HARBOUR),
    ],
)
def test_of_whom_it_is_asked_neither_promises_nor_receives(text: str, by: str) -> None:
    (found,) = _proposed(text)
    assert (found.by, found.to) == ((by,), ())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "- Invitation letter on the seminar to go out next week.",
            ("", "2026-03-22", "Send out invitation letter on the seminar"),
        ),
        ("- Note on fuel to be sent off by 5 May.", ("", "2026-05-05", "Send off note on fuel")),
        (
            "- Draft programme of the seminar to be circulated by the undersigned by 15 April.",
            ("UNODC", "2026-04-15", "Circulate draft programme of the seminar"),
        ),
        (
            "- Проект программы разослать участникам к 15 апреля (отв. — автор отчёта).",
            ("UNODC", "2026-04-15", "Разослать проект программы участникам"),
        ),
    ],
)
def test_items_of_next_steps(text: str, told: tuple[str, str, str]) -> None:
    (found,) = _proposed(text)
    assert _told(found) == told


@pytest.mark.parametrize(
    "text",
    [
        "- Keep an eye on the fuel prices.",
        "- Держать на контроле вопрос о топливе.",
        "- Следить за ходом ремонта.",
        "- Иметь в виду вопрос о квотах.",
    ],
)
def test_what_is_only_watched_is_no_promise(text: str) -> None:
    assert not _proposed(text)


@pytest.mark.parametrize(
    ("text", "due", "title"),
    [
        ("The Coast Guard agreed to open the archive, starting on 1 May 2026.", "2026-05-01", "Open the archive"),
        ("The Coast Guard offered to print bulletins, the first of them in April.", "2026-04-30", "Print bulletins"),
        ("UNICEF will start the module from the new academic year.", "from the new academic year", "Start the module"),
        ("UNICEF will share the report as soon as it is approved.", "as soon as it is approved", "Share the report"),
        ("ЮНИСЕФ и УНП ООН договорились проводить созвоны, первый — 15 апреля.", "2026-04-15", "Проводить созвоны"),
        ("ЮНИСЕФ включит предмет в план с нового учебного года.", "с нового учебного года", "Включить предмет в план"),
        ("ЮНИСЕФ поделится отчётом, как только его утвердят.", "как только его утвердят", "Поделиться отчётом"),
        ("До конца мая будет назначена комиссия, поскольку прежняя распущена.", "2026-05-31", "Назначить комиссию"),
    ],
)  # fmt: skip
def test_nothing_dangles_where_a_date_was_taken_out(text: str, due: str, title: str) -> None:
    (found,) = _proposed(text)
    assert (found.due or found.due_words, found.title) == (due, title)


def test_all_hosts_receive_what_is_for_all_of_them() -> None:
    (found,) = _proposed("- UNODC to send letters of thanks to all hosts (25 March).")
    assert found.to == tuple(VISIT["hosts"])


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        (
            "Its secretary, for the Ministry of Works, assured us that a letter would be signed by 1 May.",
            "Ministry of Works",
        ),
        ("Нам сказали в МИД Латвийской Республики, что письмо будет подписано в мае.", "МИД Латвийской Республики"),
        ("The Coast Guard met us. The list will be printed by 1 May.", GUARD),
    ],
)
def test_who_may_promise_is_first_whom_the_text_names(text: str, choice: str) -> None:
    found = _proposed(text)[-1]
    assert found.by == ()
    assert found.choices.promisers()[0] == (choice,)


def test_a_row_is_not_for_those_of_the_row_above() -> None:
    rows = (
        "| No. | Action | Responsible |\n|---|---|---|\n| 1 | Send a list | Coast Guard |\n| 2 | Print a map | UNODC |"
    )
    found = _proposed(f"{rows}\n")[-1]
    assert (found.by, found.choices.near) == (("UNODC",), ("UNODC",))
    assert found.choices.receivers(found.by)[0] == (PORT,)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("UNICEF and UNODC agreed to hold a call every week.", ("UNICEF", "UNODC")),
        ("The Port Authority and UNODC agreed to hold a call every week.", (PORT, "UNODC")),
        ("The Port Authority and the Coast Guard agreed to sign a rule.", ("UNODC",)),
    ],
)
def test_who_promise_together_may_promise_each_other(text: str, first: tuple[str, ...]) -> None:
    (found,) = _proposed(text)
    assert found.choices.receivers(found.by)[0] == first


def test_a_step_that_nobody_is_said_to_take_is_first_of_the_author() -> None:
    (found,) = _proposed("- Invitation letter to UNICEF on the seminar to go out next week.")
    assert found.choices.promisers()[0] == ("UNODC",)
    assert ("UNICEF",) not in found.choices.promisers()
    assert found.choices.receivers(("UNODC",))[0] == ("UNICEF",)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("UNICEF offered to pay for the interpreters.", "UNODC"),
        ("UNICEF offered to pay for the interpreters, said Mr. Orlov.", PORT),
    ],
)
def test_who_came_along_promises_the_author_of_the_report(text: str, first: str) -> None:
    visit: Visit = {**VISIT, "delegation": "UNODC, UNICEF"}
    (found,) = (each for each in _proposed(text, visit) if each.by)
    assert found.choices.receivers(found.by)[0] == (first,)


@pytest.mark.parametrize(
    ("lead", "items", "titles"),
    [
        (
            "The delegations agreed that:",
            [
                "UNODC prints the manual.",
                "the Border Guard and UNICEF organise a seminar in June 2026;",
                "both sides exchange visitor lists by 10 May",
                "UNICEF contact points in the region",
                "the seminar remains open.",
            ],
            ["Print the manual", "Organise a seminar", "Exchange visitor lists"],
        ),
        (
            "Стороны условились, что:",
            [
                "УНП ООН печатает пособие.",
                "обе стороны обмениваются списками до 10 мая;",
                "соглашение действует до 10 мая.",
            ],
            ["Печатать пособие", "Обмениваться списками"],
        ),
    ],
)
def test_what_somebody_does_below_a_line_that_agrees_is_promised(
    lead: str, items: list[str], titles: list[str]
) -> None:
    found = _proposed("\n".join([lead, "", *(f"- {item}" for item in items)]))
    assert [each.title for each in found] == titles


@pytest.mark.parametrize(
    ("when", "is_promise"),
    [
        ("done on 20 October", False),
        ("Completed 19.10.2025", False),
        ("sent on 20 October", False),
        ("already delivered", False),
        ("исполнено 15.09.2025", False),
        ("направлены", False),
        ("20 October", True),
        ("done by 20 October", True),
        ("sent before 20 October", True),
        ("выполнено до 15.09.2025", True),
    ],
)
def test_a_row_whose_deadline_says_that_it_is_done_promises_nothing(when: str, is_promise: bool) -> None:
    found = _proposed(f"| What | Who | By when |\n|---|---|---|\n| Send the map | UNODC | {when} |\n")
    assert bool(found) == is_promise


@pytest.mark.parametrize(
    "lead",
    [
        "Стороны отметили динамику и договорились о нижеследующем.",
        "По итогам встречи стороны согласились о следующих мерах.",
        "The sides agreed to the following.",
        "The Board decided as follows.",
    ],
)
def test_a_sentence_that_says_only_that_something_is_agreed_is_no_promise(lead: str) -> None:
    assert [each.title for each in _proposed(f"{lead}\n\n1. UNODC will send the map by 1 May.")] == ["Send the map"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("УНП ООН направит перечень лиц, находящихся в розыске.", "share-data"),
        ("УНП ООН направит сведения о лицах, объявленных в розыск.", "share-data"),
        ("УНП ООН назначит контактное лицо.", "nominate-experts"),
        ("УНП ООН направит двух экспертов.", "nominate-experts"),
    ],
)
def test_a_list_of_persons_is_no_nomination(text: str, kind: str) -> None:
    assert [each.kind for each in _proposed(text)] == [kind]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "По второму делу УНП ООН поручено дополнить запрос, на что дано две недели, то есть до 2 мая.",
            "Дополнить запрос",
        ),
        ("По итогам УНП ООН поручено направить карту до 2 мая.", "Направить карту"),
        ("Поручить УНП ООН направить карту до 2 мая.", "Направить карту"),
    ],
)
def test_who_is_charged_stands_before_or_behind_it(text: str, title: str) -> None:
    (found,) = _proposed(text)
    assert found.by == ("UNODC",)
    assert found.title.startswith(title)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ('UNODC will send the file of the case "Sample" by 1 May.', 'Send the file of the case "Sample"'),
        ("UNODC will send the file of the case “Sample” by 1 May.", "Send the file of the case “Sample”"),
        ('"UNODC will send the file by 1 May."', "Send the file"),
    ],
)
def test_a_title_ends_no_quotation_that_it_has_not_begun(text: str, title: str) -> None:
    assert [each.title for each in _proposed(text)] == [title]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The next meeting will probably take place in Osh in May.", 0),
        ("The next meeting will take place in Osh in May.", 1),
        ("Следующая встреча, вероятно, пройдёт в Оше в мае.", 0),
        ("Следующая встреча пройдёт в Оше в мае.", 1),
        ("UNODC will probably send the map by 1 May.", 1),
    ],
)
def test_an_event_that_may_be_held_is_no_promise(text: str, count: int) -> None:
    assert len(_proposed(text)) == count


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (
            "УНП ООН направит анкету проверки готовности к обмену до 1 мая 2027 года.",
            ["Направить анкету проверки готовности к обмену"],
        ),
        (
            "УНП ООН проведёт оценку степени готовности к переходу на новый порядок до 1 мая 2027 года.",
            ["Провести оценку степени готовности к переходу на новый порядок"],
        ),
        ("УНП ООН заявило о готовности принять двух экспертов.", ["Принять двух экспертов"]),
        ("УНП ООН подтвердило своё намерение провести курс.", ["Провести курс"]),
        ("Участники обсудили степень готовности пункта пропуска к приёму грузов.", []),
    ],
)
def test_a_readiness_promises_where_somebody_voices_it(text: str, titles: list[str]) -> None:
    assert [each.title for each in _proposed(text)] == titles


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("УНП ООН надлежит до 10 апреля 2027 года согласовать список.", ["Согласовать список"]),
        ("УНП ООН предстоит подготовить доклад.", ["Подготовить доклад"]),
        ("Участникам предстоит пройти курс.", []),
        ("Товары подлежат проверке до 1 мая 2027 года.", []),
    ],
)
def test_what_somebody_has_to_do(text: str, titles: list[str]) -> None:
    assert [each.title for each in _proposed(text)] == titles


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("В настоящее время УНП ООН использует три сканера.", 0),
        ("УНП ООН ведёт базу данных и координирует работу сети.", 0),
        ("УНП ООН применяет восемь форм и заменяет две из них.", 0),
        ("Сейчас УНП ООН организует курсы для новых сотрудников.", 0),
        ("УНП ООН организует курсы для новых сотрудников в мае 2027 года.", 1),
        ("УНП ООН поменяет форму и применит её до 1 мая 2027 года.", 1),
        ("Предполагалось, что УНП ООН передаст оборудование до 1 мая 2027 года, но этого не произошло.", 0),
        ("УНП ООН направит проект до 3 июня 2027 года, однако формат ещё не согласован.", 1),
        ("UNODC would send the forms by 1 May 2027, but this was not done.", 0),
        ("UNODC will send the forms by 1 May 2027, but the format is not agreed.", 1),
    ],
)
def test_what_is_so_and_what_was_not_done_is_no_promise(text: str, count: int) -> None:
    assert len(_proposed(text)) == count


def test_whom_a_person_chose_before_is_offered_first_and_nobody_twice() -> None:
    (found,) = _proposed("The Port Authority will print the rule by 1 May 2027.")
    first = found.choices.receivers(found.by)[0]
    assert found.choices.receivers(found.by, [("Ministry of Works",), found.by])[:2] == [("Ministry of Works",), first]
    assert found.by not in found.choices.receivers(found.by, [found.by])


def test_who_do_something_together_and_met_nobody_are_last_for_each_other() -> None:
    choices = PartyChoices(hosts=("host",), guests=("guest",), text=["one", "other"])
    assert choices.receivers(("one", "other")) == [("guest",), ("host",), ("one", "other")]


def test_a_host_promises_first_to_who_is_named_beside_it_where_nobody_is_said_to_have_come() -> None:
    choices = PartyChoices(hosts=("host", "other host"), near=("host", "ministry"))
    assert choices.receivers(("host",)) == [("ministry",), ("other host",)]


def test_every_party_of_the_text_may_be_chosen_and_who_receives_does_not_promise() -> None:
    promise = "Бюро закупок обязалось направить перечень в МИД до 1 мая 2027 года."
    text = f"УНП ООН передало доклад.\n\nОтчёт обсудили.\n\n{promise}"
    found = _proposed(text)[-1]
    assert ("UNODC",) in found.choices.receivers(("Бюро закупок",))
    assert all("МИД" not in each for each in found.choices.promisers())


@pytest.mark.parametrize(
    ("text", "due", "title"),
    [
        (
            "УНП ООН в течение пяти рабочих дней после окончания поездки передаст анкету.",
            "в течение пяти рабочих дней после окончания поездки",
            "Передать анкету",
        ),
        (
            "УНП ООН передаст в течение пяти рабочих дней после подписания протокола анкету.",
            "в течение пяти рабочих дней после подписания протокола",
            "Передать анкету",
        ),
        (
            "УНП ООН обязалось в течение недели после их получения вернуть анкеты.",
            "в течение недели после их получения",
            "Вернуть анкеты",
        ),
        (
            "УНП ООН обязалось начиная с мая 2027 года ежемесячно передавать сведения.",
            "начиная с мая 2027 года ежемесячно",
            "Передавать сведения",
        ),
        ("УНП ООН передаст анкету до 20 мая с.г.", "до 20 мая с.г.", "Передать анкету"),
    ],
)
def test_the_words_of_a_russian_deadline(text: str, due: str, title: str) -> None:
    (found,) = _proposed(text)
    assert (found.due_words, found.title) == (due, title)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("УНП ООН предложило направить в мае 2027 года двух экспертов.", [("soft", "Направить двух экспертов")]),
        ("УНП ООН предложило участникам направить анкеты в мае 2027 года.", []),
        (
            "Предлагается также Управлению связей изучить до 1 мая 2027 года порядок обмена.",
            [("soft", "Изучить порядок обмена")],
        ),
        ("Предлагается Управлению связей изучать опыт соседей.", []),
        ("УНП ООН в 2027 году будет отмечать своё тридцатилетие.", []),
    ],
)
def test_what_is_offered_and_what_is_proposed_to_somebody(text: str, told: list[tuple[str, str]]) -> None:
    assert [(each.strength, each.title) for each in _proposed(text)] == told


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("УНП ООН направит в Постоянное представительство перечень тем.", "share-data"),
        ("УНП ООН направит двух представителей на курс.", "nominate-experts"),
        ("УНП ООН создаст рабочую группу по обмену данными.", "cooperate"),
        ("УНП ООН обновит перечень мер и передаст его службе.", "share-data"),
        ("УНП ООН направит проект технического задания.", "share-data"),
        ("УНП ООН направит проект соглашения.", "legal"),
    ],
)
def test_the_kind_of_a_russian_promise(text: str, kind: str) -> None:
    assert _proposed(text)[0].kind == kind


@pytest.mark.parametrize(
    ("text", "by"),
    [
        (
            "Торгово-ремесленная палата, эксперт которой вёл встречу, взялась собрать анкеты.",
            "Торгово-ремесленная палата",
        ),
        ("Национальный музей любезно согласился передать каталог.", "Национальный музей"),
        ("Представительство Союза направит ответ до 1 мая 2027 года.", "Представительство Союза"),
    ],
)
def test_a_russian_institution_is_named_without_what_stands_behind_it(text: str, by: str) -> None:
    assert _proposed(text)[0].by == (by,)
