"""A list and a text read in Russian: the process that reads them, what is wrong with which row, and JSON in English."""

import json
import re
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.support.pty_screen import PtyScreen
from tests.support.run_command import FOLLOWUP
from tests.support.store_builders import add, do, make_empty, open_store

pytestmark = pytest.mark.file_only("what is printed of a file, not where a store is kept")

RUSSIAN = {"FOLLOWUP_LANG": "ru"}
LIST = """№;Обязательство;Кто;Кому;Срок;Состояние
1;Направить список экспертов;УНП ООН;Интерпол;31.12.2026;согласовано
2;Провести семинар;МВД;УНП ООН;03/04/2026;странно
3;;;;;
Итого;;;;;
5;Закупить автомобили;полковник Образцов;Интерпол;уточняется;выполнено
"""
TEXT = """Ташкент, 12 ноября 2022 года

УНП ООН обязалось направить список экспертов до 15 декабря 2022 года.
Интерпол обязался принять двух офицеров в марте 2023 года.
"""
TYPED = r"followup: |--[\w-]+|\b[A-Z]{3,}\b|\butf-8\b"
"""Words of Latin letters that stay: options, what stands for a value, an encoding."""


def english_in(printed: str) -> list[str]:
    """The words of English: no name of an option, a column or a file."""
    without = re.sub(rf"{TYPED}|столбец [A-F]|(?:list|text)[\w.-]*|lyon-2022", "", printed)
    return re.findall(r"[A-Za-z]{2,}", without)


@pytest.fixture
def folder(path: str, tmp_path: Path) -> Path:
    database = make_empty(path)
    do(database, "add_visit", "Визит", slug="lyon-2022", place="Лион", start="2022-12-06", end="2022-12-08")
    (tmp_path / "list.csv").write_text(LIST)
    (tmp_path / "text.txt").write_text(TEXT)
    return tmp_path


def test_a_list_is_read_and_refused_in_russian(folder: Path, run: Run) -> None:
    result = run("import", str(folder / "list.csv"), "--visit", "lyon-2022", "--dates", "dmy", env=RUSSIAN)
    assert result.code == 1
    assert english_in(result.err) == []
    assert "кодировка utf-8, разделитель ячеек: точка с запятой" in result.err
    assert (
        "строка 3, столбец F «Состояние»: «странно» не является состоянием; укажите открыто, предложено" in result.err
    )
    assert "строка 6, столбец C «Кто»: «полковник Образцов» может быть фамилией" in result.err
    assert "изменений нет: с ошибками — 2 строки, без ошибок — 1" in result.err


def test_what_a_list_changes_is_counted_in_russian(folder: Path, run: Run) -> None:
    (folder / "list.csv").write_text("".join(LIST.splitlines(keepends=True)[:2]))
    words = ("import", str(folder / "list.csv"), "--visit", "lyon-2022")
    result = run(*words, env=RUSSIAN)
    assert (result.code, english_in(result.out + result.err)) == (0, [])
    assert result.out.splitlines()[-1] == "1 строка (новых — 1, изменено — 0, без изменений — 0)"
    assert "новые стороны: УНП ООН, Интерпол" in result.err
    assert (
        run(*words, env=RUSSIAN).out
        == "строка 2: № 1 без изменений\n1 строка (новых — 0, изменено — 0, без изменений — 1)\n"
    )


def test_what_the_reading_process_refuses_is_russian(folder: Path, run: Run) -> None:
    (folder / "list.json").write_text("[1, 2")
    result = run("import", str(folder / "list.json"), env=RUSSIAN)
    assert result.err.startswith("followup: list.json: это не JSON")
    (folder / "list.csv").write_text("")
    assert run("import", str(folder / "list.csv"), env=RUSSIAN).err == "followup: list.csv: файл пуст\n"


def test_a_text_is_read_in_russian(folder: Path, path: str, run: Run) -> None:
    add(open_store(path), "Провести семинар", visit="lyon-2022", by=["УНП ООН"], to=["Интерпол"])
    run("visit", "edit", "lyon-2022", "--delegation", "УНП ООН")
    result = run("capture", str(folder / "text.txt"), "--dry-run", "--visit", "lyon-2022", env=RUSSIAN)
    assert (result.code, english_in(result.out + result.err)) == (0, [])
    assert "дата текста 12.11.2022" in result.err
    assert "абз. 2" in result.out


@pytest.mark.parametrize("words", [("import", "list.csv"), ("capture", "text.txt", "--dated", "2022-12-08")])
def test_json_is_no_language(folder: Path, path: str, run: Run, words: tuple[str, ...]) -> None:
    add(open_store(path), "Провести семинар", visit="lyon-2022", by=["УНП ООН"], to=["Интерпол"])
    line = (words[0], str(folder / words[1]), *words[2:], "--visit", "lyon-2022", "--json")
    english, russian = run(*line), run(*line, env=RUSSIAN)
    assert (russian.code, russian.out, russian.err) == (english.code, english.out, english.err)
    assert words[0] == "import" or json.loads(russian.out)


def test_a_question_is_answered_on_the_russian_layout(folder: Path, environment: dict[str, str]) -> None:
    (folder / "list.csv").write_text("".join(LIST.splitlines(keepends=True)[:3]))
    argv = [FOLLOWUP, "import", str(folder / "list.csv"), "--visit", "lyon-2022", "--dry-run"]
    with PtyScreen(argv, {**environment, **RUSSIAN, "LANG": "C.UTF-8"}, (200, 40)) as screen:
        screen.wait_for("(d, m; Enter — оставить без ответа)")
        screen.send("в\r")  # The key of d.
        screen.wait_for("не учитывать")
        screen.send("т\r")  # The key of n.
        assert screen.wait_exit() == 0
        screen.wait_for("2 строки (новых — 2, изменено — 0, без изменений — 0)")


def test_a_key_is_typed_as_it_looks(folder: Path, environment: dict[str, str]) -> None:
    (folder / "list.csv").write_text("Мероприятие;Исполнитель;Кому;Срок\nЕщё отчёт;УНП ООН;Интерпол;до конца марта\n")
    argv = [FOLLOWUP, "import", str(folder / "list.csv"), "--visit", "lyon-2022", "--dry-run"]
    argv += ["--new-party", "УНП ООН", "--new-party", "Интерпол"]
    with PtyScreen(argv, {**environment, **RUSSIAN, "LANG": "C.UTF-8"}, (200, 40)) as screen:
        screen.wait_for("a — ")
        screen.send("а\r")  # The Russian letter, on whose key lies f.
        assert screen.wait_exit() == 0
        screen.wait_for("новое, № 1 Ещё отчёт")


def test_a_typed_word_is_no_key_with_its_first_letter(folder: Path, environment: dict[str, str]) -> None:
    (folder / "list.csv").write_text("".join(LIST.splitlines(keepends=True)[:3]).replace("03/04/2026", "3.4.2026"))
    argv = [FOLLOWUP, "import", str(folder / "list.csv"), "--visit", "lyon-2022", "--dry-run"]
    with PtyScreen(argv, {**environment, **RUSSIAN, "LANG": "C.UTF-8"}, (200, 40)) as screen:
        screen.wait_for("не учитывать")
        screen.send("сделано\r")  # On the key of its first letter lies c, confirmed.
        screen.send("согласовано\r")
        assert screen.wait_exit() == 0
        screen.wait_for("новое, № 2 Провести семинар")
        assert "подтверждено" not in screen.text().splitlines()[-4:]


def test_what_is_typed_for_a_row_is_russian_and_is_taken(folder: Path, run: Run) -> None:
    columns = ["Обязательство;Исполнитель;Кто;Кому;Срок", "Провести семинар;МВД;;УНП ООН;скоро"]
    (folder / "l.csv").write_text("\n".join(columns) + "\n", encoding="utf-8")
    argv = ["import", str(folder / "l.csv"), "--visit", "lyon-2022", "--new-parties", "--dry-run"]
    alike = run(*argv, env=RUSSIAN).err
    assert "оба столбца похожи на поле «обязавшаяся сторона» (кто): столбец B «Исполнитель» и столбец C" in alike
    assert "; укажите, какой: --map кто=B" in alike
    asked = run(*argv, "--map", "кто=B", "--map", "нет=C", env=RUSSIAN).err
    assert "--value срок:скоро=ДАТА или =нет" in asked
    taken = run(*argv, "--map", "кто=B", "--map", "нет=C", "--value", "срок:скоро=нет", env=RUSSIAN)
    assert taken.code == 0, taken


def test_a_party_and_a_day_are_typed_as_answers(folder: Path, environment: dict[str, str]) -> None:
    (folder / "list.csv").write_text("Мероприятие;Исполнитель;Кому;Срок\nЕщё отчёт;то же;Интерпол;31.XII.2026\n")
    argv = [FOLLOWUP, "import", str(folder / "list.csv"), "--visit", "lyon-2022", "--dry-run"]
    argv += ["--new-party", "УНП ООН", "--new-party", "Интерпол"]
    with PtyScreen(argv, {**environment, **RUSSIAN, "LANG": "C.UTF-8"}, (200, 40)) as screen:
        screen.wait_for("x, укажите сторону; Enter")
        screen.send("УНП ООН\r")
        screen.wait_for("x, укажите дату; Enter")
        screen.send("31.12.26\r31.12.2026\r")  # A year of two digits is asked again.
        assert screen.wait_exit() == 0
        screen.wait_for("Ещё отчёт · УНП ООН → Интерпол · срок 31.12.2026")


def test_the_word_no_is_no_yes(folder: Path, environment: dict[str, str]) -> None:
    event = "BEGIN:VEVENT\nUID:{0}\nSUMMARY:{1}\nDTSTART;VALUE=DATE:2023020{0}\nEND:VEVENT\n"
    events = event.format(1, "Обед") + event.format(2, "Семинар")
    (folder / "e.ics").write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n".replace("\n", "\r\n"))
    parties = [
        "--default",
        "by=УНП ООН",
        "--default",
        "to=Интерпол",
        "--new-party",
        "УНП ООН",
        "--new-party",
        "Интерпол",
    ]
    argv = [FOLLOWUP, "import", str(folder / "e.ics"), "--visit", "lyon-2022", *parties, "--dry-run"]
    with PtyScreen(argv, {**environment, **RUSSIAN, "LANG": "C.UTF-8"}, (200, 40)) as screen:
        screen.wait_for("«Обед»")
        screen.send("нет\r")
        screen.wait_for("«Семинар»")
        screen.send("да\r")
        assert screen.wait_exit() == 0
        screen.wait_for("новое, № 1 Семинар")
        assert "новое, № 2" not in screen.text()


def test_the_word_no_is_nobody_and_a_name_that_is_needed_is_asked_for(
    folder: Path, environment: dict[str, str]
) -> None:
    (folder / "list.csv").write_text("Мероприятие;Исполнитель;Кому\nЕщё отчёт;то же;Интерпол\n")
    argv = [FOLLOWUP, "import", str(folder / "list.csv"), "--visit", "lyon-2022", "--dry-run"]
    argv += ["--new-party", "УНП ООН", "--new-party", "Интерпол"]
    with PtyScreen(argv, {**environment, **RUSSIAN, "LANG": "C.UTF-8"}, (200, 40)) as screen:
        screen.wait_for("x, укажите сторону; Enter")
        screen.send("нет\r")
        screen.wait_for("укажите сторону для всех таких строк; Enter")
        screen.send("УНП ООН\r")
        assert screen.wait_exit() == 0
        screen.wait_for("Ещё отчёт · УНП ООН → Интерпол")


def test_a_name_that_is_needed_can_be_said_to_be_nobody(folder: Path, run: Run) -> None:
    (folder / "l.csv").write_text(
        "Обязательство;Кто;Кому;Срок\nПровести семинар;Все министерства;УНП ООН;31.11.2026\n", encoding="utf-8"
    )
    said = run(
        "import", str(folder / "l.csv"), "--visit", "lyon-2022", "--new-party", "УНП ООН", "--dry-run", env=RUSSIAN
    ).err
    assert "«Все министерства» не называет определённого учреждения" in said
    assert '=нет"' in said.partition("Все министерства")[2].partition("\n")[0]
    assert "--leave-out 2" in said


def test_two_ways_to_write_a_day_are_one_answer(folder: Path, environment: dict[str, str]) -> None:
    (folder / "l.csv").write_text(
        "Обязательство;Кто;Кому;Срок\nПровести семинар;МВД;УНП ООН;31.11.2026\n", encoding="utf-8"
    )
    argv = [FOLLOWUP, "import", str(folder / "l.csv"), "--visit", "lyon-2022", "--new-parties", "--dry-run"]
    with PtyScreen(argv, {**environment, **RUSSIAN, "LANG": "C.UTF-8"}, (200, 40)) as screen:
        screen.wait_for("a — 30.11.2026")
        assert "b — " not in screen.text()
        screen.send("a\r")
        assert screen.wait_exit() == 0


def test_the_words_of_a_cue_are_those_of_the_text(folder: Path, environment: dict[str, str]) -> None:
    (folder / "t.txt").write_text(
        "Решили:\n\n1. МВД направит список слушателей до 15 января 2027 года.\n", encoding="utf-8"
    )
    argv = [FOLLOWUP, "capture", str(folder / "t.txt"), "--visit", "lyon-2022"]
    with PtyScreen(argv, {**environment, **RUSSIAN, "LANG": "C.UTF-8"}, (160, 40)) as screen:
        screen.wait_for("в тексте: «направит»")


def test_the_fields_of_columns_have_russian_names_in_every_language(folder: Path, run: Run) -> None:
    path = folder / "columns.csv"
    path.write_text("Что;Исполнитель;Ответственный;Партнёр\nНаправить список;УНП ООН;asel;Интерпол\n")
    columns = ("--map", "содержание=A", "--map", "Исполнитель=B", "--map", "ответственный=C", "--map", "кому=D")
    taken = run("import", str(path), "--visit", "lyon-2022", *columns, "--new-parties")
    assert taken.code == 0, taken.err
    assert "Направить список" in run("list", "--all").out
    refused = run("import", str(path), "--map", "исполнител=B", env=RUSSIAN)
    assert "«исполнитель»" in refused.err
