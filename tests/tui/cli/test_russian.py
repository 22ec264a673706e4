"""A morning in Russian: what the commands that look print has no word of English, no wrong plural, and fits."""

import re
import shlex

import pytest

from store.database import Database
from store.model.vocabulary_and_signs import State
from tests.conftest import Run
from tests.support.run_in_shell_or_terminal import on_terminal
from tests.support.store_builders import add, do, make_empty, set_due
from tui.render.widths import width_of

pytestmark = pytest.mark.file_only("what is printed of a store, not where that is kept")

RUSSIAN = {"FOLLOWUP_LANG": "ru"}
MVD, UNODC, INTERPOL, PROSECUTOR = "МВД Узбекистана", "УНП ООН", "Интерпол", "Генпрокуратура Узбекистана"
OWNER, SLUG = "советник", "lyon-2022"

READING_COMMANDS = [
    ("status",),
    ("status", "--short"),
    ("status", "overdue"),
    ("list",),
    ("list", "--all"),
    ("history",),
    ("visits",),
    ("visits", SLUG),
    ("parties",),
    *(("show", str(number)) for number in range(1, 9)),
]


@pytest.fixture
def story(path: str) -> Database:
    """A store in which everything that people wrote is Russian: a promise in each band and state."""
    database = make_empty(path, who=OWNER)
    do(database, "add_visit", "Визит", slug=SLUG, place="Лион", start="2022-12-06", end="2022-12-08")
    promises = [
        ("Направить список контактных лиц", [UNODC], [INTERPOL], "2023-02-20"),
        ("Передать учебные программы", [MVD], [UNODC], "2023-02-28"),
        ("Вернуть подписанный протокол", [MVD, PROSECUTOR], [INTERPOL], "2023-03-01"),
        ("Пригласить НЦБ в рабочую группу", [INTERPOL], [MVD], "2023-03-04"),
        ("Выдвинуть трёх сотрудников на курс", [MVD], [INTERPOL], "2023-03-22"),
        ("Обучить двадцать сотрудников", [UNODC], [MVD, PROSECUTOR], "2023-09-30"),
        ("Присоединиться к аналитическому файлу", [MVD, INTERPOL], [MVD, INTERPOL], None),
        ("Назначить офицера связи", [PROSECUTOR], [UNODC], "2023-02-01"),
    ]
    for title, by, to, due in promises:
        add(database, title, visit=SLUG, by=by, to=to, owner=OWNER, due=due, state=State.AGREED)
    do(database, "mark", 4, State.REPORTED, said_by=[INTERPOL], on="2023-02-10", evidence="письмо 14/208")
    do(database, "chase", 1, note="звонок в бюро", again="2023-02-25", on="2023-02-10")
    set_due(database, 2, "2023-03-10", reason="новый министр", asked_by=MVD)
    do(database, "mark", 8, State.CLOSED, because="declined", note="нет вакансий", on="2023-02-10")
    return database


def words_of_english(printed: str) -> list[str]:
    """The words in Latin letters, but those of a line to type and the slug of the visit."""
    without = re.sub(r"followup(?: (?:list|history \d+|show))?|lyon-2022", "", printed)
    return re.findall(r"[A-Za-z_]{2,}", without)


@pytest.mark.parametrize("columns", [60, 80, 100, 160])
def test_what_is_printed_has_no_english_and_fits(story: Database, run: Run, columns: int) -> None:
    for argv in READING_COMMANDS:
        result = run(*argv, env={**RUSSIAN, "COLUMNS": str(columns)})
        assert (result.code, result.err) == (0, ""), argv
        assert words_of_english(result.out) == [], argv
        if "--short" not in argv:
            assert max(map(width_of, result.out.splitlines())) <= columns, argv


def test_a_morning(story: Database, run: Run) -> None:
    eighty = {**RUSSIAN, "COLUMNS": "80"}
    status = run("status", env=eighty).out
    assert "ср, 1 марта 2023 г. · не завершено 7 из 8 обязательств (1 визит)" in status
    assert "просроч. 9 дн." in status
    assert run("status", "--short", env=eighty).out.startswith("просрочено: 1, на сегодня: 1")
    page = run("show", "1", env=eighty).out
    assert "просрочено на 9 дней" in page
    assert "пн, 20 февраля 2023 г., первоначальный срок" in page
    assert "напоминаний: 1" in page
    assert "срок продлён 1 раз" in run("show", "2", env=eighty).out
    assert "закрыто: отказ" in run("show", "8", env=eighty).out
    history = run("history", "2", env=eighty).out
    assert "инициатор: МВД Узбекистана" in history
    assert "причина: новый министр" in history


def test_parties_have_their_russian_names(path: str, run: Run) -> None:
    database = make_empty(path)
    do(database, "add_visit", "Визит", slug=SLUG, place="Лион", start="2022-12-06", end="2022-12-08")
    do(database, "add", "Обучить", visit=SLUG, by=["Prosecutor General's Office"], to=["MIA Uzbekistan"])
    do(database, "edit_party", "Prosecutor General's Office", ru="Генеральная прокуратура Узбекистана", short="PGO")
    do(database, "edit_party", "MIA Uzbekistan", ru="Министерство внутренних дел Узбекистана", aliases=["МВД РУз"])
    assert "Ген. прок. Узб. → МВД РУз" in run("list", env=RUSSIAN).out
    page = run("show", "1", env={**RUSSIAN, "COLUMNS": "100"}).out
    assert "Генеральная прокуратура Узбекистана → Министерство внутренних дел Узбекистана" in " ".join(page.split())
    assert "PGO → MIA Uzbekistan" in run("list").out


def test_changes_name_parties_in_russian(path: str, run: Run) -> None:
    database = make_empty(path)
    do(database, "add_visit", "Визит", slug=SLUG, place="Лион", start="2022-12-06", end="2022-12-08")
    do(database, "add", "Обучить", visit=SLUG, by=["NCB Tashkent"], to=["INTERPOL"], state=State.AGREED)
    do(database, "mark", 1, State.REPORTED)
    do(database, "edit_party", "INTERPOL", ru="Интерпол")
    do(database, "edit_party", "NCB Tashkent", ru="НЦБ Ташкент")
    returned = run("mark", "1", "returned", "--note", "неполно", env=RUSSIAN)
    assert "возвращено (Интерпол)" in returned.out, returned.err
    assert "сторона «Интерпол» указана в записях (№ 1);" in run("party", "remove", "INTERPOL", env=RUSSIAN).err
    do(
        database,
        "add_visit",
        "Ещё визит",
        slug="wien",
        place="Вена",
        start="2022-12-06",
        end="2022-12-08",
        hosts=["UNODC"],
    )
    do(database, "edit_party", "UNODC", ru="УНП ООН")
    merged = run("party", "merge", "UNODC", "INTERPOL", env=RUSSIAN)
    assert "сторона «УНП ООН» объединена со стороной «Интерпол»" in merged.out, merged.err
    assert "UNODC" not in run("undo", "--list", env=RUSSIAN).out.partition("\n")[0]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("show 99", "обязательства № 99 нет; все обязательства: followup list --all"),
        (
            "due 1 soon --reason x",
            "«soon» не указывает последнего дня; укажите, например: 15.03.2023, конец марта или через 2 недели",
        ),
        ("due 1 2023-06-30", "1: срок согласован (20.02.2023), для изменения нужна причина; добавьте --reason ТЕКСТ"),
        ("list state:nonsense", "«nonsense» не является состоянием; допустимы: proposed"),
        ("list by:Интерполл", "стороны «Интерполл» нет; возможно, имелось в виду «Интерпол»?"),
        ("mark 1 closed", "1: укажите причину закрытия; followup close 1 --because прекращено (или отказ"),
        ("edit 1 --after 1", "обязательство № 1 не может ожидать выполнения № 1: получился бы замкнутый круг"),
        ("экспорт", "команды «экспорт» нет: followup export -o commitments.xlsx"),
        ("выход", "команды «выход» нет: выходить не нужно, команда"),
        ("close", "например: followup close НОМЕР --because прекращено;"),
        ("mark 1 отменено", "«отменено» — причина закрытия: followup mark 1 закрыто --because отменено"),
        ("config nonsense", "настройки «nonsense» нет; есть настройки: store, me"),
    ],
)
def test_a_refusal_says_what_to_type(story: Database, run: Run, line: str, said: str) -> None:
    result = run(*line.split(), env=RUSSIAN)
    assert said in result.err


def test_changes_answer(story: Database, run: Run) -> None:
    assert run("mark", "1", "in-progress", env=RUSSIAN).out == "1: согласовано → в работе\n"
    assert run("note", "1", "письмо получено", env=RUSSIAN).out == "1: примечание внесено\n"
    done = run("undo", "--yes", env=RUSSIAN)
    assert done.code == 0, done.err
    assert "внесение примечания к № 1" in done.out
    assert run("list", "chase", env={**RUSSIAN, "COLUMNS": "80"}).code == 0


def test_states_reasons_and_kinds_are_typed_in_russian(story: Database, run: Run) -> None:
    for env in ({}, RUSSIAN):
        assert run("mark", "2", "в", "работе", env=env).code == 0
        assert run("mark", "2", "согласовано", env=env).code == 0
    assert run("close", "5", "--because", "отказ", env=RUSSIAN).out == "5: согласовано → закрыто\n"
    assert run("edit", "2", "--kind", "обучение", env=RUSSIAN).out == "2: изменения сохранены\n"
    assert "№2 " in run("list", "вид:обучение", env=RUSSIAN).out
    refused = run("close", "6", "--because", "отказно", env=RUSSIAN)
    assert "отказ, неактуально, заменено, прекращено; указано «отказно»" in refused.err
    assert "mark 6 закрыто --because отказ" in run("mark", "6", "отказ", env=RUSSIAN).err
    assert "declined (отказ)" in run("mark", "--help", env=RUSSIAN).out


def test_days_in_answers_are_written_as_people_do(story: Database, run: Run) -> None:
    put_off = run("due", "2", "31.3.2023", "--reason", "новый министр", env=RUSSIAN)
    assert put_off.out == "2: срок 10.03.2023 → 31.03.2023 (продление 2)\n"
    taken_out = run("due", "2", "нет", "--reason", "снято", env=RUSSIAN)
    assert taken_out.out == "2: срок снят, 31.03.2023 → нет (продлений и снятий срока: 3)\n"
    past = run("due", "3", "вчера", "--reason", "х", env=RUSSIAN)
    assert "— прошедший день, который указывается полной датой; укажите, например: 28.02.2023" in past.err
    assert re.findall(r"\d{4}-\d\d-\d\d", put_off.err + taken_out.err + run("history", "2", env=RUSSIAN).out) == []


def test_the_demo_is_in_the_language_of_the_program(run: Run, path: str) -> None:
    env = {**RUSSIAN, "COLUMNS": "100"}
    assert run("demo", path, env=env).code == 0
    shown = run("list", "--all", env=env).out + run("visits", env=env).out + run("parties", env=env).out
    assert "Направить перечень контактных лиц" in shown
    assert {word for word in words_of_english(shown) if word.islower() and not word.startswith("adv")} <= {
        "tashkent",
        "vienna",
    }


def test_a_number_is_typed_with_its_russian_sign(story: Database, run: Run) -> None:
    shown = run("show", "№1", env=RUSSIAN)
    assert shown.out.startswith(" № 1 Направить список контактных лиц")
    assert run("№1", env=RUSSIAN).out == shown.out
    assert run("note", "№1", "письмо № 5", env=RUSSIAN).out == "1: примечание внесено\n"
    assert "письмо № 5" in run("show", "1", env=RUSSIAN).out


def test_what_undo_takes_back_is_declined(story: Database, run: Run) -> None:
    assert (
        run("visit", "add", "О", "--slug", "osh-2023", "--place", "Ош", "--from", "2023-02-01", env=RUSSIAN).code == 0
    )
    undone = run("undo", "--yes", env=RUSSIAN).out
    assert undone.startswith("отменено: внесение визита osh-2023; "), undone


def test_the_view_that_opens_is_named_in_either_language(story: Database, run: Run) -> None:
    for name in ("просроченные", "overdue", "2"):
        result = run("config", "view", name, env=RUSSIAN)
        assert result.out == "view = Просроченные\n", result
    assert run("config", "view", env=RUSSIAN).out == "Просроченные\n"
    assert "view          Просроченные  (" in run("config", env=RUSSIAN).out
    assert run("config", "view").out == "Overdue\n"


def test_a_party_that_may_not_speak_is_called_by_its_russian_name(story: Database, run: Run) -> None:
    assert run("party", "edit", UNODC, "--name", "UNODC", "--ru", UNODC).code == 0
    refused = run("mark", "1", "подтверждено", "--said-by", "UNODC", env=RUSSIAN).err
    assert refused.startswith(
        "followup: 1: обязавшаяся сторона «УНП ООН» сообщает о выполнении, но не подтверждает его"
    )


def test_a_span_behind_a_plus_is_typed_with_a_russian_letter(story: Database, run: Run) -> None:
    for typed, day in (("+2н", "15.03.2023"), ("+10д", "11.03.2023"), ("+1м", "01.04.2023"), ("+1г", "01.03.2024")):
        assert f" {day}" in run("due", "7", typed, "--reason", "по просьбе", env=RUSSIAN).out, typed


def test_what_was_done_late_is_said_once(story: Database, run: Run) -> None:
    assert run("done", "1", "--on", "2023-02-25").code == 0
    assert run("confirm", "1", "--on", "2023-02-26").code == 0
    shown = run("show", "1", env={**RUSSIAN, "COLUMNS": "80"}).out
    assert "выполнено 25.02, с опозданием на 5 дней" in shown
    assert "выполнено с опозданием" not in shown


def test_what_an_undo_took_back_and_redo_brings_back_is_no_restore(story: Database, run: Run) -> None:
    assert run("note", "1", "описка").code == 0
    assert run("undo", "--yes").code == 0
    redone = run("redo", env=RUSSIAN).out
    assert "отмена снята, снова действует" in redone
    assert "восстановлено" not in redone + run("history", "1", env=RUSSIAN).out


def test_what_clashes_and_what_was_redacted_is_said_in_russian(story: Database, run: Run) -> None:
    assert run("mark", "1", "in-progress").code == 0
    refused = run("note", "1", "позже", "--expect-rev", "1", env=RUSSIAN)
    assert "состояние: в базе «в работе»" in refused.err
    assert run("edit", "1", "--quote", "секретное имя").code == 0
    assert run("redact", "1", "--passage", "секретное", "--yes", env=RUSSIAN).code == 0
    assert "[изъято: " in run("show", "1", env=RUSSIAN).out
    assert run("doctor", env=RUSSIAN).code == 0


def test_a_field_is_taken_out_in_russian(story: Database, run: Run) -> None:
    assert run("edit", "1", "--via", "НЦБ Ташкент", "--new-party", "НЦБ Ташкент", env=RUSSIAN).code == 0
    assert "НЦБ" in run("show", "1", env=RUSSIAN).out
    assert run("edit", "1", "--via", "нет").code == 0
    assert "посредник: НЦБ Ташкент → нет" in run("show", "1", env=RUSSIAN).out
    assert run("seats", "5", "--wanted", "3").code == 0
    assert run("seats", "5", "--wanted", "неизвестно").out == "5 seats: wanted unknown, nominated 0, acknowledged 0\n"


def test_a_party_is_called_by_its_own_name_after_a_merge(story: Database, run: Run) -> None:
    add(story, "Назначить ответственных", visit=SLUG, by=["ГКНП"], to=[UNODC], owner=OWNER)
    add(story, "Представить список", visit=SLUG, by=["Госкомитет"], to=[UNODC], owner=OWNER)
    merged = run("party", "merge", "ГКНП", "Госкомитет", env=RUSSIAN)
    listed = run("list", "сторона:Госкомитет", env=RUSSIAN).out
    assert listed.count("Госкомитет") == 2, merged.err
    assert "ГКНП" not in listed


def test_what_others_changed_is_told_in_russian(story: Database, run: Run) -> None:
    do(story, "chase", 1, again="2023-03-12")
    do(story, "edit", 1, kind="nominate-experts")
    refused = run("note", "1", "текст", "--expect-rev", "2", env=RUSSIAN).err
    assert "дата возврата к вопросу: в базе 12.03.2023 (было 25.02.2023;" in refused
    assert "вид: в базе «выдвижение кандидатов» (было «прочее»;" in refused


def test_a_name_that_several_parties_may_have_is_answered_with_their_russian_names(story: Database, run: Run) -> None:
    run("party", "edit", MVD, "--name", "MIA Uzbekistan", "--ru", MVD)
    add(story, "Представить список", visit=SLUG, by=["МВД Казахстана"], to=[UNODC], owner=OWNER)
    refused = run("add", "Письмо", "--visit", SLUG, "--by", "МВД", "--to", UNODC, env=RUSSIAN).err
    assert "«МВД» может означать «МВД Узбекистана» или «МВД Казахстана»" in refused


def test_words_of_a_date_are_called_agreed_where_they_were(story: Database, run: Run) -> None:
    for number, state in ((9, State.PROPOSED), (10, State.AGREED)):
        add(story, "Письмо", visit=SLUG, by=[MVD], to=[UNODC], owner=OWNER, state=state)
        run("due", str(number), "до", "конца", "марта", env=RUSSIAN)
    printed = " ".join(run("sheet", UNODC, "--internal", env=RUSSIAN).out.split())
    assert " формулировка срока: до конца марта" in printed
    assert printed.count("срок в согласованной формулировке: до конца марта") == 1


def test_choices_are_told_in_russian_of_a_word_in_latin_letters(story: Database, run: Run) -> None:
    said = run("close", "1", "--because", "declned", env={"FOLLOWUP_LANG": "ru"}).err
    assert "отказ, неактуально, заменено, прекращено" in said
    assert "«declined»" in said


def test_a_page_calls_the_reason_of_what_was_in_time_no_miss(story: Database, run: Run) -> None:
    run("done", "1", "--on", "20.02.2023", env=RUSSIAN)
    run("reason", "1", "задержка почты", env=RUSSIAN)
    page = " ".join(run("show", "1", env=RUSSIAN).out.split())
    assert "внесённая причина (выполнено в срок): задержка почты" in page
    assert "причина невыполнения в срок: " not in page


def test_a_history_tells_days_as_days_and_the_names_of_a_merge(story: Database, run: Run) -> None:
    assert run("add", "Справка", "--visit", SLUG, "--by", "ЮНОДК", "--to", INTERPOL, "--yes").code == 0
    run("party", "merge", "ЮНОДК", UNODC, env=RUSSIAN)
    (number,) = [each["id"] for each in story.snapshot().commitments.values() if each["title"] == "Справка"]
    assert "обязавшаяся сторона: ЮНОДК → УНП ООН" in run("history", str(number), env=RUSSIAN).out
    run("visit", "aside", SLUG, "--until", "31.03.2027", env=RUSSIAN)
    told = run("history", env=RUSSIAN).out
    assert "до — 31.03.2027" in told
    assert "2027-03-31" not in told


def test_what_somebody_changed_of_a_visit_is_told_in_russian(story: Database, run: Run) -> None:
    run("visit", "add", "Визит", "--place", "Osh", "--from", "2026-10-01", "--slug", "osh")
    change = story.snapshot().revision
    run("visit", "edit", "osh", "--title", "Визит в Ош", "--place", "Ош")
    refused = run("undo", str(change), "--yes", env=RUSSIAN).err
    assert "изменено место, содержание" in refused


def test_the_word_for_an_outcome_that_papers_show_is_one_of_a_query(story: Database, run: Run) -> None:
    for word in ("снято-с-исполнения", "снято", "прекращено", "отозвано"):
        assert run("list", "--all", f"итог:{word}", env=RUSSIAN).code == 0


def test_names_are_quoted_each_and_counted(story: Database, run: Run) -> None:
    run("config", "me", "Айгуль", "Минфин Казахстана", env=RUSSIAN)
    said = run("check", "мои", env=RUSSIAN).out
    assert "в которых указаны «Айгуль», «Минфин Казахстана»; таких имён в базе нет" in said
    assert "относящихся к имени «Айгуль», нет" in run("digest", "--for", "Айгуль", env=RUSSIAN).err
    run("config", "me", "Айгуль", env=RUSSIAN)
    assert "в которых указано «Айгуль»; такого имени в базе нет" in run("check", "мои", env=RUSSIAN).out


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("Поездка в Лион", "Лион"),
        ("Поездка в Баку", "Баку"),
        ("Поездка в Вену", "МЕСТО"),
        ("Семинар в Афинах", "МЕСТО"),
    ],
)
def test_a_place_is_proposed_where_the_title_names_it_in_the_nominative(
    story: Database, run: Run, title: str, place: str
) -> None:
    refused = run("visit", "add", *title.split(), "--from", "2026-11-26", env=RUSSIAN)
    assert f'followup visit add "{title}" --place {place} --from' in refused.err


def test_seats_of_an_unknown_number_are_counted_in_russian(story: Database, run: Run) -> None:
    said = run("seats", "2", "--wanted", "неизвестно", "--nominated", "1", env=RUSSIAN).out
    assert "требуемое число не указано, выдвинуто 1" in said


def test_the_first_line_for_a_commitment_names_the_visit_that_it_enters(path: str, run: Run) -> None:
    make_empty(path)
    refused = run("add", "Направить", "список", "--by", "УНП ООН", "--to", "МОМ", env=RUSSIAN)
    visit, add_it = refused.err.strip().partition("followup visit ")[2].split(" && ")
    assert run(*shlex.split(f"visit {visit}"), env=RUSSIAN).code == 0
    assert run(*shlex.split(add_it)[1:], env=RUSSIAN).code == 0


def test_a_passage_is_asked_for_before_the_yes(story: Database, environment: dict[str, str]) -> None:
    refused = on_terminal("redact", "1", env={**environment, **RUSSIAN})
    assert "--passage" in refused.err
    assert "«»" not in refused.err
