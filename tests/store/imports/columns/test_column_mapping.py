"""Columns are told by what stands over them, or by what the person says; anything else is refused."""

import pytest

from store.database import Database
from store.imports.headings.heading_synonyms import field_of
from tests.store.imports.conftest import Importing
from tests.support.check_answers_and_refusals import assert_one_sentence, assert_refused, unchanged
from tests.support.run_command import Result
from tests.support.store_builders import record

SAID = "followup: encoding utf-8, cells separated by comma\n"


def assert_refused_once_read(result: Result, *fragments: str) -> None:
    """How the file was read, then one sentence that holds these fragments."""
    assert (result.code, result.out) == (2, ""), result
    assert result.err.startswith(SAID)
    assert_one_sentence(result.err.removeprefix(SAID), *fragments)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Deadline", "due"),
        ("Due date", "due"),
        ("DUE DATES (dd.mm.yyyy)", "due"),
        ("Срок", "due"),
        (" Срок   исполнения ", "due"),
        ("Сроки\nисполнения", "due"),
        ("Ответственный", "by"),
        ("Исполнители:", "by"),
        ("Responsible", "by"),
        ("Lead", "by"),
        ("Кому", "to"),
        ("Обязательство", "title"),
        ("Мероприятия", "title"),
        ("Action", "title"),
        ("Action points", "title"),
        ("Action / Мероприятие", "title"),
        ("Status", "state"),
        ("Статус", "state"),
        ("Примечание", "note"),
        ("Comments", "note"),
        ("№", "source-id"),
        ("№ п/п", "source-id"),
        ("Ref.", "source-id"),
        ("Nr", "source-id"),
        ("Nr.", "source-id"),
        ("#", "source-id"),
        ("seats.wanted", "wanted"),
        ("reported.on", "reported-on"),
        ("miss_reason", "miss-reason"),
        ("Action / Срок", None),
        ("Weather", None),
        ("Contact person", None),
        ("", None),
    ],
)
def test_meaning_of_a_heading(heading: str, field: str | None) -> None:
    assert field_of(heading) == field


def test_what_is_taken_and_what_is_left_is_said(lyon: Database, take: Importing) -> None:
    result = take([["Action", "Lead", "For", "Colour"], ["Send it", "UNODC", "INL", "red"]])
    assert result.code == 0
    assert 'title from column A "Action", by from column B "Lead", to from column C "For"' in result.err
    assert 'left out: column D "Colour"' in result.err


def test_two_columns_of_one_meaning_are_refused_until_one_is_named(lyon: Database, take: Importing) -> None:
    rows = [["Action", "Lead", "Responsible", "To"], ["Send it", "UNODC", "IOM", "INL"]]
    with unchanged(lyon.path):
        result = take(rows)
    assert_refused_once_read(result, 'column B "Lead" and column C "Responsible" both seem to be by', "--map by=B")
    assert take(rows, "--map", "by=C").code == 0
    assert record(lyon, 1)["by"] == ["IOM"]


def test_no_title_is_refused_with_the_columns_that_are_there(lyon: Database, take: Importing) -> None:
    rows = [["Deed", "Lead", "To"], ["Send it", "UNODC", "INL"]]
    with unchanged(lyon.path):
        result = take(rows)
    assert_refused_once_read(result, 'column A "Deed"', "--map title=COLUMN")
    for column in ("Deed", "deed", "A", "a", "1"):
        assert take(rows, "--map", f"title={column}", "--dry-run").out.startswith("row 2: new #1 Send it · ")


def test_column_that_is_not_there_is_refused(lyon: Database, take: Importing) -> None:
    rows = [["Deed", "Lead", "To"], ["Send it", "UNODC", "INL"]]
    assert_refused_once_read(take(rows, "--map", "title=Deeed"), 'no column "Deeed"', 'did you mean "Deed"?')
    assert_refused_once_read(take(rows, "--map", "title=Z"), 'no column "Z"')


@pytest.mark.parametrize("option", ["--map", "--default"])
def test_unknown_field_is_refused_with_the_nearest(lyon: Database, take: Importing, option: str) -> None:
    result = take([["Action"], ["Send it"]], option, "tittle=A")
    assert_refused(result, 2, 'no field "tittle"', 'did you mean "title"?')
    assert_refused(take([["Action"], ["Send it"]], option, "title"), 2, f"{option} is FIELD=")


def test_default_that_is_no_value_is_refused(lyon: Database, take: Importing) -> None:
    rows = [["Action", "By", "To"], ["Send it", "UNODC", "INL"]]
    assert_refused_once_read(take(rows, "--default", "due=soonish"), "--default due:", "soonish")


def test_headings_stand_under_titles(lyon: Database, take: Importing) -> None:
    rows = [["Plan of action"], [], ["as of 1 March"], ["Action", "By", "To"], ["Send it", "UNODC", "INL"]]
    result = take(rows)
    assert result.out.startswith("row 5: new #1 Send it · ")


def test_field_that_no_row_has_is_one_problem(lyon: Database, take: Importing) -> None:
    rows = [["Action"], *[[f"Send {number}"] for number in range(30)]]
    with unchanged(lyon.path):
        result = take(rows)
    assert result.code == 1
    for field in ("by", "to"):
        assert result.err.count(f"--default {field}=PARTY for all") == 1
    assert "rows 2-31: no column says by (who promised it): --map by=COLUMN" in result.err
    assert take(rows, "--default", "by=UNODC", "--default", "to=INL").code == 0
    assert record(lyon, 30)["by"] == ["UNODC"]


def test_id_of_a_stranger_is_never_ours(database: Database, take: Importing) -> None:
    """A list that numbers its rows 1, 2, 3 must not change commitments 1, 2, 3."""
    before = record(database, 1)
    assert take([["ID", "Action", "By", "To"], ["1", "Send it", "UNODC", "INL"]]).code == 0
    assert record(database, 1) == before
    assert record(database, 5)["source_id"] == "1"


def test_id_of_our_own_export_is_ours(database: Database, take: Importing) -> None:
    result = take([["id", "title", "original_due", "band"], ["1", "Join the file", "", ""]])
    assert result.out.startswith('row 2: #1 title "Take part in the TIP Analysis File" -> "Join the file"')


def test_own_number_that_is_not_there_is_named(database: Database, take: Importing) -> None:
    result = take([["No.", "What was promised", "Urgency", "Days left"], ["77", "Join the file", "", ""]])
    assert result.code == 1
    assert 'row 2, column A "No.": there is no commitment 77' in result.err
    assert "--map source-id=COLUMN" in result.err


def test_a_list_of_many_long_columns_is_told_in_few_words(lyon: Database, take: Importing) -> None:
    headings = [f"Deed {'x' * 500} {number}" for number in range(22)]
    result = take([headings, ["a"] * 22])
    assert_refused_once_read(result, 'the columns are column A "Deed xxx', "...", 'column J "Deed', "and 12 more")
    assert len(result.err) < 1000
    assert 'the only column with a heading is column A "Deed"' in take([["Deed"], ["a"]]).err


@pytest.mark.parametrize(
    "content",
    [
        bytes(5000),
        b"a" * 5000,
        b"\0a,b\0\n" * 2001,
        bytes(range(256)) * 40,
        ("я" * 5000 + ";" + "ю" * 5000).encode("cp1251"),
        ("漢" * 5000).encode("utf-16-be"),
        "\u202e".encode() * 3000,
        b"Action,By,To\n" + b"x" * 5000 + b",UNODC,INL,\n",
        b"Action,By,To,Due\na,UNODC,INL," + b"\x1bx" * 5000,
        b"Action,By,To,Visit\na,UNODC,INL," + b"y" * 5000,
    ],
)
def test_a_file_that_is_no_list_is_refused_in_few_words(lyon: Database, take: Importing, content: bytes) -> None:
    result = take(content, "--dry-run")
    assert len(result.err) + len(result.out) < 2000, result
    assert "\0" not in result.err


def test_binary_bytes_are_no_text(lyon: Database, take: Importing) -> None:
    for content in (b"Action,By,To\nSend\0it,UNODC,INL\n", bytes(range(256)) * 40):
        assert_refused(take(content), 2, "list.csv is no text in any encoding")
