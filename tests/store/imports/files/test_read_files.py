"""Every kind of file: what is wrong with it is said, where, and what to do; the store stays as it is."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from store.database import Database
from store.file.file_store import file_of
from tests.conftest import Run
from tests.store.imports.conftest import Importing
from tests.support import sample_lists
from tests.support.check_answers_and_refusals import assert_refused, document, unchanged
from tests.support.store_builders import add_lyon, do, make_empty, raw, record

ROWS = [["Action", "By", "To"], ["Send it", "UNODC", "INL"]]
TODO = """BEGIN:VTODO\r
UID:{uid}\r
SUMMARY:{title}\r
DUE{due}\r
STATUS:{status}\r
END:VTODO\r
"""


def calendar(*items: str) -> str:
    """A calendar of these to-dos."""
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + "".join(items) + "END:VCALENDAR\r\n"


def todo(uid: str, title: str, due: str = ";VALUE=DATE:20230331", status: str = "NEEDS-ACTION") -> str:
    """One to-do."""
    return TODO.format(uid=uid, title=title, due=due, status=status)


PARTIES = ("--default", "by=UNODC", "--default", "to=INL")


def test_near_tie_of_encodings_names_both_readings(lyon: Database, take: Importing) -> None:
    text = sample_lists.as_csv([ROWS[0], ["Send it (нет)", "UNODC", "INL"]])
    with unchanged(lyon.path):
        result = take(text.encode("cp1251"))
    assert_refused(result, 2, 'cp1251 ("(нет)")', 'koi8-r ("(МЕР)")', "--encoding")
    for encoding in ("cp1251", "koi8-r"):
        result = take(text.encode(encoding), "--encoding", encoding, name=f"{encoding}.csv")
        assert result.code == 0
    assert [commitment["title"] for commitment in lyon.snapshot().commitments.values()] == ["Send it (нет)"]


@pytest.mark.parametrize(
    ("encoding", "remark"),
    [
        ("cp1252", "UNODC’s letter – “as agreed” at the café"),
        ("mac_roman", "UNODC’s letter – “as agreed” at the café"),
        ("cp1251", "как договорились с МВД в Лионе, письмо № 7"),
        ("koi8-r", "как договорились с МВД в Лионе, письмо 7"),
        ("mac_cyrillic", "как договорились с МВД в Лионе, письмо № 7"),
    ],
)
def test_few_words_in_a_list_in_english_tell_the_encoding(
    lyon: Database, take: Importing, encoding: str, remark: str
) -> None:
    text = sample_lists.as_csv(
        [
            ["Action", "Responsible", "For", "Deadline", "Remarks"],
            *([f"Send list {number}", "UNODC", "INTERPOL", "2023-03-31", ""] for number in range(20)),
            ["Send the last one", "UNODC", "INTERPOL", "2023-03-31", remark],
        ]
    )
    result = take(text.encode(encoding))
    assert result.code == 0, result
    assert remark in result.out


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_western_encodings_are_told_where_the_text_tells_them(lyon: Database, take: Importing, encoding: str) -> None:
    text = (
        "Titre;Responsible;To;Note\r\n"
        "Réunion à Genève – suivi;Ministère de l'Intérieur;INTERPOL;l’équipe a été désignée\r\n"
        "Désigner les experts;Préfecture de police d'Orléans;INTERPOL;à vérifier après la réunion\r\n"
    )
    result = take(text.encode(encoding), "--map", "title=Titre")
    assert result.code == 0, result
    assert f"encoding {encoding}, cells separated by semicolon" in result.err
    assert record(lyon, 1)["by"] == ["Ministère de l'Intérieur"]


def test_list_in_capitals_is_not_taken_for_small_letters(lyon: Database, take: Importing) -> None:
    text = sample_lists.as_csv([["ПРЕДМЕТ ОБЕЩАНИЯ", "ДЛЯ"], ["НАПРАВИТЬ СПИСОК", "ИНТЕРПОЛ"]])
    assert_refused(take(text.encode("cp1251")), 2, '"ПРЕДМЕТ', "--encoding")


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "mac_cyrillic"])
def test_a_heading_that_is_known_tells_the_encoding(lyon: Database, take: Importing, encoding: str) -> None:
    text = sample_lists.as_csv([["СРОК", "ОБЯЗАТЕЛЬСТВО", "КТО"], ["31.03.2023", "НАПРАВИТЬ СПИСОК", "ИНТЕРПОЛ"]])
    result = take(text.encode(encoding), "--default", "to=INL")
    assert result.code == 0, result
    assert f"encoding {encoding}," in result.err
    assert record(lyon, 1)["title"] == "НАПРАВИТЬ СПИСОК"


@pytest.mark.parametrize(
    ("options", "fragments"),
    [
        (("--encoding", "cp12510"), ('no encoding "cp12510"', 'did you mean "cp1251"?')),
        (("--encoding", "hex"), ("hex",)),
        (("--delimiter", "ab"), ("--delimiter is one sign",)),
        (("--sheet", "Plan"), ("--sheet goes with xlsx",)),
        (("--format", "xlsx"), ("cannot be read as a workbook",)),
        (("--format", "ics"), ("holds no to-dos",)),
        (("--format", "json"), ("is no JSON", "line 1, column 1")),
        (("--format", "xls"), ("--format is one of",)),
    ],
)
def test_what_is_said_of_a_file_must_be_true(
    lyon: Database, take: Importing, options: tuple[str, ...], fragments: tuple[str, ...]
) -> None:
    with unchanged(lyon.path):
        result = take(ROWS, *options)
    assert result.code in (1, 2)
    assert_refused(result, result.code, *fragments)


def test_wrong_encoding_names_the_line(lyon: Database, take: Importing) -> None:
    raw_text = sample_lists.as_csv([*ROWS, ["Отчёт", "UNODC", "INL"]]).encode("cp1251")
    assert_refused(take(raw_text, "--encoding", "utf-8"), 2, "line 3", "is not in utf-8")


def test_quote_that_is_not_closed_names_its_row(lyon: Database, take: Importing) -> None:
    with unchanged(lyon.path):
        result = take('Action,By,To\r\nSend it,UNODC,INL\r\n"Send more,UNODC,INL\r\nLast,UNODC,INL\r\n')
    assert_refused(result, 1, "row 3 cannot be read", "quotation mark")


@pytest.mark.parametrize("content", [b"", b"  \r\n ", b"\xef\xbb\xbf"])
def test_empty_file_is_refused(lyon: Database, take: Importing, content: bytes) -> None:
    assert_refused(take(content), 1, "list.csv is empty")


def test_file_that_is_none_is_refused(lyon: Database, run: Run, tmp_path: Path) -> None:
    assert_refused(run("import", str(tmp_path / "none.csv")), 2, "none.csv cannot be read: No such file")
    assert_refused(run("import", str(tmp_path)), 2, "is no file")
    assert_refused(run("import"), 2, "needs FILE")


def test_list_comes_from_stdin(lyon: Database, run: Run) -> None:
    result = run("import", "-", "--visit", "lyon-2022", input=sample_lists.as_csv(ROWS))
    assert result.out.startswith("row 2: new #1 Send it · ")


@pytest.mark.parametrize("content", [b"PK\x03\x04junk", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + bytes(600)])
def test_workbook_that_is_cut_or_none_is_refused(lyon: Database, take: Importing, content: bytes) -> None:
    with unchanged(lyon.path):
        assert_refused(take(content, name="list.xlsx"), 1, "cannot be read as a workbook")


def test_cell_that_stands_far_off_is_refused(lyon: Database, take: Importing) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1048576"] = "Action", "x"
    raw_book = BytesIO()
    book.save(raw_book)
    with unchanged(lyon.path):
        result = take(raw_book.getvalue(), name="far.xlsx")
    assert_refused(result, 1, "reaches to row 1048576 and column 16384")


def test_many_new_parties_are_not_each_compared_with_all(lyon: Database, take: Importing) -> None:
    rows = [
        ROWS[0],
        *[
            [f"Do {each}", f"Ministry of {chr(97 + each % 26) * 3}{chr(97 + each // 26) * 3}", "INL"]
            for each in range(400)
        ],
    ]
    result = take(rows)
    assert result.code == 0
    assert " and 381 more (--json names all)\n" in result.err
    assert 0 < result.err.count("did you mean") < 110


def test_more_new_parties_than_a_list_can_have_are_refused(lyon: Database, take: Importing) -> None:
    rows = [ROWS[0], *[[f"Do {each}", f"{each} Office of {each * 7919}", "INL"] for each in range(1_001)]]
    with unchanged(lyon.path):
        result = take(rows)
    assert (result.code, result.out) == (1, "")
    assert "the list names more than 1,000 parties that are not known" in result.err.splitlines()[-1]
    assert take(rows[:-2]).code == 0


def test_sheet_is_chosen_by_its_name(lyon: Database, take: Importing) -> None:
    book = sample_lists.as_xlsx(ROWS, sheets=("Plan", "Old"))
    assert_refused(take(book, "--sheet", "Plane", name="a.xlsx"), 2, 'no sheet "Plane"', 'did you mean "Plan"?')
    assert_refused(take(book, "--sheet", "Old", name="a.xlsx"), 1, 'no rows in the sheet "Old"')
    assert take(book, "--sheet", "plan", name="a.xlsx").code == 0


def test_cells_merged_downwards_hold_for_all_their_rows(lyon: Database, take: Importing) -> None:
    rows = [ROWS[0], ["One", "UNODC", "INL"], ["Two", "", ""], ["Three", "IOM", "INL"]]
    assert take(sample_lists.as_xlsx(rows, merged=["B2:B3", "C2:C3"]), name="a.xlsx").code == 0
    assert record(lyon, 2)["by"] == ["UNODC"]


def test_todos_of_a_calendar_come_in(lyon: Database, take: Importing) -> None:
    items = [
        todo("a@x", "Send it\\, soon"),
        todo("b@x", "Train", due=":20230630T235900Z", status="IN-PROCESS"),
        todo("c@x", "Write", status="COMPLETED").replace("END:", "COMPLETED:20230215T100000Z\r\nEND:"),
        todo("d@x", "Drop", status="CANCELLED"),
    ]
    with unchanged(lyon.path):
        refused = take(calendar(*items), *PARTIES, name="list.ics")
    assert 'to-do 4, "state": "CANCELLED" says that it is closed, and not how it ended' in refused.err
    answers = (*PARTIES, "--value", "state:CANCELLED=dropped")
    result = take(calendar(*items), *answers, name="list.ics")
    assert result.code == 0, result
    found = list(lyon.snapshot().commitments.values())
    assert [each["title"] for each in found] == ["Send it, soon", "Train", "Write", "Drop"]
    assert [each["state"] for each in found] == ["proposed", "in-progress", "reported", "closed"]
    assert [each["due"] for each in found] == ["2023-03-31", "2023-06-30", "2023-03-31", "2023-03-31"]
    assert found[2]["reported"]["on"] == "2023-02-15"
    before = raw(lyon)
    assert take(calendar(*items), *answers, name="list.ics").out.splitlines()[-1].startswith("4 to-dos: 0 new, 0 ch")
    assert raw(lyon) == before


@pytest.mark.parametrize("is_of_the_store", [True, False])
def test_instant_of_a_calendar_is_the_day_that_it_was_there(
    lyon: Database, run: Run, tmp_path: Path, is_of_the_store: bool
) -> None:
    """Half past one in the night of Tashkent stands in a calendar as the evening before, in UTC."""
    done = todo("a@x", "Send it", due=":20230330T203000Z", status="COMPLETED")
    done = done.replace("END:", "COMPLETED:20230228T203000Z\r\nEND:")
    days = [":20230330T203000", ";TZID=Europe/Lisbon:20230330T233000", ";VALUE=DATE:20230330"]
    file = tmp_path / "list.ics"
    file.write_text(calendar(done, *(todo(f"{day}@x", f"By {day}", due=day) for day in days)), newline="")
    if is_of_the_store:
        do(lyon, "change_settings", timezone="Asia/Tashkent")
    env = {"TZ": "America/Lima" if is_of_the_store else "Asia/Tashkent"}
    assert run("import", str(file), "--visit", "lyon-2022", *PARTIES, env=env).code == 0
    assert (record(lyon, 1)["due"], record(lyon, 1)["reported"]["on"]) == ("2023-03-31", "2023-03-01")
    # A time of a named place is the day that it was there; one of no place, and a day, are the day that was written.
    assert [record(lyon, number)["due"] for number in (2, 3, 4)] == ["2023-03-30", "2023-03-31", "2023-03-30"]


def test_broken_todo_is_named_and_the_others_can_be_taken(lyon: Database, take: Importing) -> None:
    cut = todo("c@x", "Cut off").split("STATUS")[0]
    text = calendar(todo("a@x", "Good"), todo("b@x", "Bad", due=";VALUE=DATE:2023-31")) + cut
    with unchanged(lyon.path):
        result = take(text.replace("\r\n", "\n"), *PARTIES, name="list.ics")
    assert result.code == 1
    assert "to-do 2: the to-do cannot be read" in result.err
    assert "to-do 3: the to-do cannot be read: it is not ended" in result.err
    result = take(text, *PARTIES, "--skip-bad", name="list.ics")
    assert result.out.startswith("to-do 1: new #1 Good · UNODC → INL · ")


def test_calendar_without_todos_and_events_is_refused(lyon: Database, take: Importing) -> None:
    assert_refused(take(calendar(), name="a.ics"), 1, "no to-dos (VTODO) and no events (VEVENT)")


def test_a_todo_that_comes_again_and_what_is_left_out_are_said(lyon: Database, take: Importing) -> None:
    again = todo("a", "Send figures").replace("END:", "RRULE:FREQ=MONTHLY\r\nEND:")
    event = "BEGIN:VEVENT\r\nUID:e\r\nSUMMARY:Lunch\r\nEND:VEVENT\r\n"
    result = take(calendar(todo("b", "Once"), again, event), *PARTIES, name="a.ics")
    assert result.code == 0, result
    assert "to-do 2 repeats (RRULE): one promise is made of it, for its first date" in result.err
    assert "to-do 1 repeats" not in result.err
    assert "1 event was left out: the to-dos (VTODO) are read (--events reads the events)" in result.err


def test_objects_of_a_stranger_come_in(lyon: Database, take: Importing) -> None:
    text = json.dumps([{"Action": "Send it", "Lead": ["UNODC", "IOM"], "To": "INL", "Deadline": "31.03.2023"}])
    assert take(text, name="a.json").out.startswith("item 1: new #1 Send it · ")
    assert record(lyon, 1)["by"] == ["UNODC", "IOM"]
    assert "item 2" in take(json.dumps([{"Action": "x"}, 5]), *PARTIES, name="a.json").err


@pytest.mark.parametrize("name", ["list.csv", "list.txt", "list", "{list}"])
@pytest.mark.parametrize("first", ["[TIP] action", "{1} Action", "[ ] Action"])
def test_cell_that_begins_with_a_bracket_makes_no_json(lyon: Database, take: Importing, name: str, first: str) -> None:
    if first.startswith("[ ]") and "." not in name:
        pytest.skip("an empty list of JSON begins so, and the name does not tell")
    result = take([[first, "By", "To"], ["Send it", "UNODC", "INL"]], "--map", f"title={first}", name=name)
    assert result.code == 0, result
    assert record(lyon, 1)["title"] == "Send it"


@pytest.mark.parametrize("name", ["list.json", "list", "list.txt.json"])
@pytest.mark.parametrize("space", ["", " \n\t"])
def test_json_is_told_by_how_it_begins(lyon: Database, take: Importing, name: str, space: str) -> None:
    text = f'{space}[{space}{{{space}"Action":"Send it","By":"UNODC","To":"INL"}}]'
    assert take(text, name=name).out.startswith("item 1: new #1 Send it · ")


@pytest.mark.parametrize("text", ["{", "[]", "5", '"x"', "[NaN]", "[" * 2000, '[{"Action": 1e999}]'])
def test_json_that_is_no_list_of_objects_is_refused(lyon: Database, take: Importing, text: str) -> None:
    with unchanged(lyon.path):
        result = take(text, "--format", "json", *PARTIES, name="a.json")
    assert result.code in (1, 2)
    assert "Traceback" not in result.err


def test_whole_store_comes_into_an_empty_one_with_its_history(database: Database, run: Run, tmp_path: Path) -> None:
    exported = tmp_path / "all.json"
    exported.write_bytes(raw(database))
    other = make_empty(str(tmp_path / "other" / "commitments.json"))
    store = ("--store", other.path)
    empty = raw(other)
    dry = run(*store, "import", str(exported), "--dry-run")
    assert raw(other) == empty
    result = run(*store, "import", str(exported))
    assert result.out == dry.out == "a whole store: 4 commitments, 1 visit, 4 parties, 9 events\n"
    for table in ("visits", "parties", "commitments"):
        assert file_of(other).image().table(table) == file_of(database).image().table(table)
    assert other.snapshot().events()[:-1] == database.snapshot().events()
    assert file_of(other).image().meta["next"]["commitments"] == 5
    after = raw(other)
    assert run(*store, "import", str(exported)).out == "the store holds all of it already\n"
    assert raw(other) == after
    assert run(*store, "doctor").out.endswith("no findings\n")
    assert_refused(run(*store, "undo"), 1, "no change of yours")


def test_settings_alone_make_no_store_full(database: Database, run: Run, tmp_path: Path) -> None:
    """Those of the file come in with its records; what they take the place of is said."""
    do(database, "change_settings", silent_after="20")
    exported = tmp_path / "all.json"
    exported.write_bytes(raw(database))
    other = make_empty(str(tmp_path / "other" / "commitments.json"))
    do(other, "change_settings", timezone="Asia/Tashkent", silent_after="30")
    store = ("--store", other.path)
    message = "the settings of the file take the place of those of this store: timezone Asia/Tashkent -> none, "
    for more in (("--dry-run",), ()):
        result = run(*store, "import", str(exported), *more)
        assert result.code == 0, result
        assert f"{message}silent-after 30 -> 20" in result.err
        assert "come with the file" not in result.err
    assert dict(other.snapshot().settings) == {"silent_after": 20}
    assert run(*store, "import", str(exported)).out == "the store holds all of it already\n"
    assert run(*store, "doctor").out.endswith("no findings\n")


def test_settings_that_come_where_none_were_are_said(database: Database, run: Run, tmp_path: Path) -> None:
    do(database, "change_settings", silent_after="20", office="Dushanbe")
    exported = tmp_path / "all.json"
    exported.write_bytes(raw(database))
    other = make_empty(str(tmp_path / "other" / "commitments.json"))
    for more in (("--dry-run",), ()):
        result = run("--store", other.path, "import", str(exported), *more)
        assert result.code == 0, result
        assert "settings that come with the file: silent-after 20, office Dushanbe\n" in result.err


def test_what_was_removed_leaves_its_history_in_the_way(database: Database, run: Run, tmp_path: Path) -> None:
    exported = tmp_path / "all.json"
    exported.write_bytes(raw(database))
    other = make_empty(str(tmp_path / "other" / "commitments.json"))
    add_lyon(other)
    do(other, "undo")
    with unchanged(other.path):
        result = run("--store", other.path, "import", str(exported))
    assert_refused(result, 1, "this one holds the history of what was removed")


def test_whole_store_never_comes_over_another(database: Database, run: Run, tmp_path: Path) -> None:
    exported = tmp_path / "all.json"
    exported.write_bytes(raw(database).replace(b"Facilitate", b"Facillitate"))
    with unchanged(database.path):
        result = run("import", str(exported))
    assert_refused(
        result, 1, "comes into an empty one only", "holds visits, parties, commitments", "followup init OTHER.json"
    )


def test_damaged_store_is_refused_with_the_place(database: Database, run: Run, tmp_path: Path) -> None:
    exported = tmp_path / "all.json"
    exported.write_bytes(raw(database).replace(b'"agreed"', b'"agread"', 1))
    other = make_empty(str(tmp_path / "other" / "commitments.json"))
    with unchanged(other.path):
        result = run("--store", other.path, "import", str(exported))
    assert_refused(result, 1, "is no store that can be trusted", "state is not a state")


def test_skip_bad_takes_the_good_and_writes_the_others(lyon: Database, take: Importing, tmp_path: Path) -> None:
    rows = [[*ROWS[0], "Due"], ["Good", "UNODC", "INL", ""], ["=Bad", "UNODC", "INL", "soonish"]]
    result = take(rows, "--skip-bad")
    assert result.code == 0
    assert result.out.startswith("row 2: new #1 Good · UNODC → INL · no date · proposed\n")
    written = tmp_path / "list-bad.csv"
    assert f"1 bad row was written to {written}" in result.err
    assert written.stat().st_mode & 0o777 == 0o600
    lines = written.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "why,row,Action,By,To,Due"
    assert lines[1].endswith(",3,'=Bad,UNODC,INL,soonish")
    assert "soonish" in lines[1].split(",3,")[0]
    written.write_bytes(written.read_bytes().replace(b",soonish", b",2023-03-31"))
    mended = take(written.read_bytes(), name="mended.csv")
    assert mended.out.startswith("row 2: new #2 =Bad · UNODC → INL · due 31 Mar 2023 · proposed\n"), mended


def test_a_file_of_bad_rows_is_in_the_language_of_the_program_and_read_back(
    lyon: Database, take: Importing, tmp_path: Path
) -> None:
    rows = [[*ROWS[0], "Due"], ["=Bad", "UNODC", "INL", "soonish"]]
    take(rows, "--skip-bad", "--lang", "ru")
    written = tmp_path / "list-bad.csv"
    assert written.read_text(encoding="utf-8-sig").startswith("ошибка;строка;Action;By;To;Due\n")
    written.write_bytes(written.read_bytes().replace(b";soonish", b";2023-03-31"))
    for language in ("en", "ru"):
        mended = take(written.read_bytes(), "--dry-run", "--lang", language, name="mended.csv")
        assert " =Bad · UNODC → INL · " in mended.out  # The quote before the formula is taken off again.


def test_all_rows_that_lack_a_field_are_counted_and_written(lyon: Database, take: Importing, tmp_path: Path) -> None:
    rows = [["Action", "By"], ["One", "UNODC"], ["Two", "UNODC"], ["Three", "UNODC"]]
    assert "nothing was changed: 3 rows are bad, 0 could be taken" in take(rows).err
    result = take(rows, "--skip-bad")
    assert "3 bad rows were written to" in result.err
    assert "nothing was changed: no row could be taken\n" in result.err
    written = (tmp_path / "list-bad.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[-2] for line in written] == ["Action", "One", "Two", "Three"]


def test_json_counts_rows_and_columns_from_one(lyon: Database, take: Importing, tmp_path: Path) -> None:
    rows = [["Action", "By", "To", "Due"], ["Good", "UNODC", "INL", ""], ["Bad", "UNODC", "INL", "soonish"]]
    answer = json.loads(take(rows, "--skip-bad", "--json").out)
    assert [(bad["row"], bad["column"]) for bad in answer["bad"]] == [(3, 4)]
    result = take(rows, "--skip-bad", str(tmp_path / "other.csv"))
    assert "nothing was changed: the rest is there already\n" in result.err


def test_bad_rows_go_over_no_file_that_is_there(lyon: Database, take: Importing, tmp_path: Path) -> None:
    rows = [[*ROWS[0], "Due"], ["Good", "UNODC", "INL", ""], ["Bad", "UNODC", "INL", "soonish"]]
    there = tmp_path / "list-bad.csv"
    there.write_text("mine")
    with unchanged(lyon.path):
        result = take(rows, "--skip-bad")
    assert result.code == 1
    assert "is there already" in result.err
    assert there.read_text() == "mine"
    other = tmp_path / "other.csv"
    assert take(rows, "--skip-bad", str(other)).code == 0
    assert other.exists()
    assert there.read_text() == "mine"


def test_dry_run_says_what_the_run_does_and_does_nothing(lyon: Database, take: Importing) -> None:
    file = sample_lists.as_csv(sample_lists.lines(), delimiter=";").encode("cp1251")
    with unchanged(lyon.path):
        dry = take(file, "--dry-run")
    real = take(file)
    assert dry.out == real.out
    assert dry.err == real.err + "followup: nothing was changed: this was a dry run\n"


def test_dry_run_waits_for_nobody(lyon: Database, take: Importing) -> None:
    with lyon.transaction():
        assert take(ROWS, "--dry-run").code == 0


def test_json_of_a_dry_run_is_that_of_the_run(lyon: Database, take: Importing) -> None:
    dry, real = document_of(take(ROWS, "--dry-run", "--json").out), document(take(ROWS, "--json"))
    assert {**_without_instants(dry), "dry_run": False} == _without_instants(real)


def _without_instants(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer of an import without the seconds in which records were entered."""
    for row in answer["rows"]:
        for change in row["changes"]:
            change["fields"].pop("created", None)
    return answer


def document_of(text: str) -> dict[str, Any]:
    """A JSON document."""
    found: dict[str, Any] = json.loads(text)
    return found


@pytest.mark.parametrize("line_end", ["\r", "\n", "\r\n"])
def test_a_comma_in_a_cell_is_no_separator_of_a_list_with_semicolons(
    lyon: Database, take: Importing, line_end: str
) -> None:
    lines = ["Action;By;To", "Send it, all of it;UNODC;INL", "Come, see, go, write, and tell;UNODC;INL"]
    result = take(line_end.join(lines))
    assert result.code == 0, result
    assert "separated by semicolon" in result.err
    assert record(lyon, 1)["title"] == "Send it, all of it"


def test_the_headings_tell_the_separator_whatever_stands_below(lyon: Database, take: Importing) -> None:
    lines = ["Action|By|To", *(f"a;b;c, d, e{place}|UNODC|INL" for place in range(9))]
    assert take("\n".join(lines)).code == 0
    assert record(lyon, 1)["title"] == "a;b;c, d, e0"
