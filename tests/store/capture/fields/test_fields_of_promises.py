"""Deadlines, kinds, seats and titles of a promise."""

import pytest

from store.capture.fields.deadline_of_promise import days_near, due_of, is_span
from store.capture.fields.kind_of_promise import kind_of
from store.capture.fields.seats_of_promise import seats_of
from store.capture.fields.title_of_promise import base_of, title_of
from store.capture.promises.conditions_of_promise import condition_in
from tests.store.capture.proposals.test_propose_commitments import PARTIES, VISIT
from tests.store.capture.proposals.test_propose_commitments import _proposed as proposed

DATED = "2025-03-03"
"""A Monday."""


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("UNODC will send it this autumn.", "2025-11-30"),
        ("UNODC will send it later this year.", "2025-12-31"),
        ("UNODC will send it during June.", "2025-06-30"),
        ("UNODC will pay for it through 2027.", "2027-12-31"),
        ("UNODC will send it no later than October 5.", "2025-10-05"),
        ("UNODC will send it by 30/11.", "2025-11-30"),
        ("UNODC will send it by Friday next week.", "2025-03-14"),
        ("UNODC will send it within 30 days.", "2025-04-02"),
        ("By the end of March 2025 UNODC will send it.", "2025-03-31"),
        ("UNODC will hold it in May and report by July.", "2025-07-31"),
        ("UNODC will send the list (15 July).", "2025-07-15"),
        ("UNODC will attend the forum to be held this autumn.", None),
        ("After the handover in March, UNODC will send it.", None),
        ("UNODC will send the figures for 2024.", None),
        ("UNODC will send the report of 3 March.", None),
        ("UNODC will send it by mid-2025.", None),
        ("UNODC will send it in the first half of April.", "2025-04-15"),
        ("UNODC will send it in the second half of January 2026.", "2026-01-31"),
        ("UNODC will send it at the next meeting.", None),
    ],
)
def test_the_day_of_an_english_promise(sentence: str, day: str | None) -> None:
    due = due_of(sentence, sentence.index("will ") + 5, DATED, is_russian=False)
    assert due.day == day
    assert due.words is None or due.words in sentence


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("в срок до 30 апреля 2025 г.", "2025-04-30"),
        ("до конца года", "2025-12-31"),
        ("в течение двух недель", "2025-03-17"),
        ("во втором квартале 2025 года", "2025-06-30"),
        ("до конца I квартала 2027 года", "2027-03-31"),
        ("до конца II квартала", "2025-06-30"),
        ("к концу третьего квартала текущего года", "2025-09-30"),
        ("в IV квартале 2025 г.", "2025-12-31"),
        ("во II полугодии 2027 г.", "2027-12-31"),
        ("в течение I полугодия 2026 года", "2026-06-30"),
        ("в двухнедельный срок", "2025-03-17"),
        ("24–26 июня 2025 года", "2025-06-26"),
        ("осенью", "2025-11-30"),
        ("за 2024 год", None),
        ("в ближайшее время", None),
        ("до середины мая", None),
    ],
)
def test_the_day_of_a_russian_promise(words: str, day: str | None) -> None:
    assert due_of(f"МВД направит его {words}.", 12, DATED, is_russian=True).day == day


def test_a_second_date_is_told() -> None:
    (one,) = proposed("UNODC will hold it in May 2023 and report by July 2023.", "2023-03-03")
    assert one.due == "2023-07-31"
    assert one.warnings == ("another date in it: in May 2023",)


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        ("contribute to the analysis file", "join-analysis-file"),
        ("nominate two officers", "nominate-experts"),
        ("second one prosecutor", "nominate-experts"),
        ("send the list of officers", "share-data"),
        ("exchange information on routes", "share-data"),
        ("host a course for investigators", "train"),
        ("sign the memorandum", "legal"),
        ("pay for the interpretation", "facilitate"),
        ("work together on cases", "cooperate"),
        ("renovate the building", "other"),
        ("review the draft Law on Seed Production", "legal"),
        ("review the draft programme", "facilitate"),
        ("transmit the draft", "share-data"),
        ("host two statisticians for a two-week placement", "train"),
        ("reserve four scholarships", "train"),
        ("take up the pending request for support", "facilitate"),
        ("take up the post", "other"),
    ],
)
def test_the_kind_is_told_by_the_verb(act: str, kind: str) -> None:
    assert kind_of(act, is_russian=False) == kind


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        ("направит уточнённый перечень лиц, находящихся в розыске", "share-data"),
        ("предоставит сведения о лицах, объявленных в розыск", "share-data"),
        ("назначит контактных лиц", "nominate-experts"),
        ("направит двух сотрудников", "nominate-experts"),
    ],
)
def test_a_list_of_persons_is_data_and_no_nomination(act: str, kind: str) -> None:
    assert kind_of(act, is_russian=True) == kind


def test_seats_are_those_of_a_nomination() -> None:
    assert seats_of("nominate two analysts", "nominate-experts") == 2
    assert seats_of("назначить трёх сотрудников", "nominate-experts") == 3
    assert seats_of("train 20 officers", "train") is None


@pytest.mark.parametrize(
    ("word", "base"),
    [("sharing", "share"), ("submitting", "submit"), ("sent", "send"), ("finalised", "finalise"), ("carried", "carry")],
)
def test_the_base_of_a_verb(word: str, base: str) -> None:
    assert base_of(word) == base


def test_a_title_is_an_order_and_is_cut_at_a_word() -> None:
    assert title_of("be sent out", rest="A summary", is_passive=False) == "Be sent out"
    assert title_of("sent out", rest="A summary", is_passive=True) == "Send out a summary"
    assert title_of("take place", rest="The next meeting", is_event=True) == "Hold the next meeting"
    assert title_of("направит перечень", is_russian=True) == "Направить перечень"
    long = title_of("send " + "the longest of all words " * 9)
    assert 150 < len(long) <= 200
    assert long.rpartition(" ")[2] in ["the", "longest", "of", "all", "words"]
    assert title_of("send two trainers, provided that SBS covers travel") == "Send two trainers"
    assert title_of("introduce a checklist, which the Department drafts") == "Introduce a checklist"
    assert (
        title_of("hold a call every month,, to go through requests")
        == "Hold a call every month, to go through requests"
    )
    assert title_of("разработает и направит проект", is_russian=True) == "Разработать и направить проект"
    assert title_of("изучит вопрос и до мая сообщит о нём", is_russian=True) == "Изучить вопрос и до мая сообщить о нём"


def test_both_sides_are_those_of_the_sentence_before() -> None:
    text = "UNODC met the State Border Service. They agreed to share all statistics on seizures."
    (one,) = proposed(text, visit=VISIT)
    assert (one.by, one.by_how) == (("UNODC", "State Border Service"), "before")
    assert {party["name"] for party in PARTIES.all()} >= set(one.by)


@pytest.mark.parametrize(
    ("text", "by", "to"),
    [
        ("INTERPOL said that it is busy, but that it would be ready to send one if UNODC pays.", ("INTERPOL",), ()),
        ("INTERPOL offered to comment on the draft, should UNODC wish so. The officers left.", ("INTERPOL",), ()),
        ("Если UNODC оплатит проезд, Пограничная служба направит двух преподавателей.", ("State Border Service",), ()),
        ("Делегация пообещала, что данные будут переданы в UNODC к маю.", ("MIA Uzbekistan",), ("UNODC",)),
    ],
)  # fmt: skip
def test_the_party_of_a_condition_and_a_receiver_do_not_promise(
    text: str, by: tuple[str, ...], to: tuple[str, ...]
) -> None:
    (one,) = proposed(text, visit=VISIT)
    assert (one.by, one.to) == (by, to)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("UNODC will send it within two weeks after it has read it.", "within two weeks after it has read it"),
        ("UNODC will hold a call every month, starting in January.", None),
        ("UNODC планирует принять участие в операции весной 2024 года.", None),
        ("UNODC отправит перечень до Нового года.", "до Нового года"),
        ("UNODC will review the draft if INTERPOL sends it by 5 January.", None),
        ("UNODC will send the form in the week following the visit.", "in the week following the visit"),
    ],
)  # fmt: skip
def test_the_date_of_an_event_is_no_deadline(text: str, words: str | None) -> None:
    (one,) = proposed(text, visit=VISIT)
    assert (one.due, one.due_words) == (None, words)


def test_who_does_it_in_brackets_behind() -> None:
    text = (
        "Actions\n\n- Review meeting online in February 2023 (UNODC to organise)\n- NCB Bishkek: report on seizures\n"
    )
    review, report = proposed(text, visit=VISIT)
    assert (review.by, review.title, review.due) == (("UNODC",), "Organise review meeting online", "2023-02-28")
    assert (report.by, report.new) == (("NCB Bishkek",), ("NCB Bishkek",))
    (russian,) = proposed("РЕШИЛИ:\n\n1. Провести встречу в мае 2023 года (отв. UNODC).\n", visit=VISIT)
    assert (russian.by, russian.title) == (("UNODC",), "Провести встречу")


def test_a_title_leaves_out_who_does_it_and_when() -> None:
    (one,) = proposed("Бланк на следующей неделе будет направлен Пограничной службой.", visit=VISIT)
    assert (one.by, one.title) == (("State Border Service",), "Направить бланк")
    (agreed,) = proposed("Достигнута договорённость о совместных семинарах.", visit=VISIT)
    assert agreed.title == "Достигнута договорённость о совместных семинарах"


def test_two_sentences_that_the_splitter_joins() -> None:
    found = proposed("INTERPOL will send a note before each call. UNODC will print it.", visit=VISIT)
    assert [each.title for each in found] == ["Send a note before each call", "Print it"]


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        ("МВД направит список до 31 декабря т.г.", "2022-12-31", "до 31 декабря т.г"),
        ("UNODC will send the list no later than a week before the workshop.", None, "a week before the workshop"),
        (
            "| Action | Responsible | Deadline |\n|---|---|---|\n| Send it | UNODC | 6 months after the visit |",
            None,
            "6",
        ),
    ],
)
def test_a_day_of_this_year_and_days_that_no_calendar_says(text: str, day: str | None, words: str) -> None:
    (one,) = proposed(text)
    assert one.due == day
    assert words in (one.due_words or "")


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("by mid-March", ("2025-03-15", "2025-03-31")),
        ("early June", ("2025-06-10", "2025-06-30")),
        ("before Christmas", ("2025-12-24",)),
        ("до Нового года", ("2025-12-31",)),
        ("до середины апреля", ("2025-04-15", "2025-04-30")),
        ("by the end of March", ()),
        ("as soon as possible", ()),
        ("at the next meeting", ()),
    ],
)
def test_words_that_name_no_day_have_days_near(words: str, days: tuple[str, ...]) -> None:
    assert days_near(words, DATED) == days


@pytest.mark.parametrize(
    ("words", "is_one"),
    [("within two weeks", True), ("в двухнедельный срок", True), ("by 31 March", False), ("next week", False)],
)
def test_a_span_counts_from_the_day_of_the_text(words: str, is_one: bool) -> None:
    assert is_span(words) == is_one


@pytest.mark.parametrize(
    ("words", "kind", "seats"),
    [
        ("Make two prosecutors available as lecturers", "facilitate", 2),
        ("The Service will send two analysts to Vienna", "other", 2),
        ("Provide eight officers with uniforms", "other", None),
        ("Train eight officers", "train", None),
        ("Служба выделит восемь офицеров", "other", 8),
        ("Служба направит двух экспертов на курс", "other", 2),
        ("УНП ООН выделит три места", "other", 3),
        ("Число мест: 12", "other", 12),
        ("УНП ООН проведёт курс для двух экспертов", "train", None),
        ("В зале три места у окна", "other", None),
    ],
)
def test_people_and_places_that_are_given_are_counted(words: str, kind: str, seats: int | None) -> None:
    assert seats_of(words, kind) == seats


@pytest.mark.parametrize(
    ("words", "is_russian", "day", "due_words"),
    [
        ("Border Police: confirmation of the dates - mid-December", False, None, "mid-December"),
        ("Border Police: confirmation of the dates - 15 December.", False, "2026-12-15", "15 December"),
        ("Report of the conference of 12 December - annexes", False, None, None),
        ("Службе подтвердить даты в середине декабря", True, None, "в середине декабря"),
        ("ОБСЕ оплатит перевод при условии, что запрос поступит до Нового года", True, None, None),
    ],
)
def test_a_date_at_the_end_of_an_item(words: str, is_russian: bool, day: str | None, due_words: str | None) -> None:
    due = due_of(words, 0, "2026-11-18", is_russian=is_russian, without=condition_in(words))
    assert (due.day, due.words) == (day, due_words)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("UNODC will invite two officers to its course in Osh (2–6 June 2025).", None),
        ("UNODC will hold a course in Osh (2–6 June 2025).", "2025-06-06"),
        ("UNODC will name two officers for the course (7 June 2025).", "2025-06-07"),
        ("УНП ООН пригласит двух сотрудников на свой курс в Оше (2–6 июня 2025 г.).", None),
        ("УНП ООН проведёт курс в Оше (2–6 июня 2025 г.).", "2025-06-06"),
    ],
)
def test_the_days_of_an_event_to_which_something_is_done_are_no_deadline(text: str, due: str | None) -> None:
    is_russian = text[0] > "\x7f"
    verb = text.index(" ", text.index("пр" if is_russian else "will ") + 5)
    assert due_of(text, verb, DATED, is_russian=is_russian).day == due
