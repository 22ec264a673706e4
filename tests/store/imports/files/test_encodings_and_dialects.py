"""What is written by a spreadsheet program in any encoding and dialect is read as it was meant."""

import csv
from contextlib import suppress
from datetime import date
from io import StringIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.database import Database
from store.errors import FollowUpError, UsageError
from store.imports.answers.parse_answers import ImportAnswers
from store.imports.columns.column_mapping import map_columns
from store.imports.files.child_list_reader import read
from store.imports.files.encoding import decode
from store.imports.files.read_csv import detect_delimiter, parse_csv
from store.imports.files.reading_options import ReadOptions
from store.imports.grid.empty_cells import is_empty
from store.imports.grid.grid import Grid, letters
from store.imports.rows.parse_rows import parse_rows
from store.sanitise_text import clean_line
from tests.store.imports.conftest import Importing
from tests.support.fixed_day_and_user import TODAY
from tests.support.store_builders import record

LATIN = "abcXYZ 0123456789.,;|'\"-=@éüß"
CYRILLIC = "абвгдеёжзАБВГЯю ,;|'\"-=.\n"
MARKS = ("utf-8", "utf-8-sig", "utf-16")
BYTES = ("cp1251", "koi8-r", "cp866", "mac_cyrillic")


def titles_of(letters: str) -> st.SearchStrategy[str]:
    """Texts that name something: figures and marks alone are asked about."""
    return st.text(st.sampled_from(letters), min_size=1, max_size=40).filter(lambda text: any(map(str.isalpha, text)))


titles = titles_of(LATIN + CYRILLIC + "№«»–漢\u202e\x1b")
cyrillic_titles = titles_of(CYRILLIC + "abc123")
days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
styles = st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%d %B %Y"])
dialects = st.tuples(st.sampled_from(",;\t|"), st.sampled_from(["\r", "\n", "\r\n"]), st.booleans())


def written(rows: list[list[str]], dialect: tuple[str, str, bool]) -> str:
    """Rows as a program of this dialect writes them."""
    delimiter, line_end, is_quoted = dialect
    text = StringIO()
    csv.writer(
        text, delimiter=delimiter, lineterminator=line_end, quoting=csv.QUOTE_ALL if is_quoted else csv.QUOTE_MINIMAL
    ).writerows(rows)
    return text.getvalue()


def titles_and_days(raw: bytes, how: ReadOptions) -> list[tuple[str | None, str | None]]:
    """Title and due date of each row."""
    grid = read(raw, "list.csv", how, None)
    assert isinstance(grid, Grid)
    found = parse_rows(map_columns(grid, ImportAnswers()), TODAY)
    assert found.problems == []
    return [(row.values.get("title"), row.values["due"].day if "due" in row.values else None) for row in found.rows]


def check(
    encoding: str, dialect: tuple[str, str, bool], actions: list[tuple[str, date, str]], how: ReadOptions
) -> None:
    """What goes out comes back, but for the blanks and invisible characters that no title keeps."""
    rows = [["Action", "By", "Due", "To"]]
    if dialect[2] == csv.QUOTE_MINIMAL:
        # The writer of Python quotes only its own line ends.
        actions = [(title.replace("\n", " "), day, style) for title, day, style in actions]
    rows += [[title, "UNODC", day.strftime(style), "INL"] for title, day, style in actions]
    found = titles_and_days(written(rows, dialect).encode(encoding), how)
    meant = [(clean_line(title), day.isoformat()) for title, day, _ in actions]
    assert [day for _, day in found] == [day for _, day in meant]
    for (title, _), (wanted, _) in zip(found, meant, strict=True):
        if is_empty(wanted):
            assert title is None
        else:
            assert title == wanted


@given(st.sampled_from(MARKS), dialects, st.lists(st.tuples(titles, days, styles), min_size=1, max_size=8))
def test_any_text_in_any_dialect_of_unicode(
    encoding: str, dialect: tuple[str, str, bool], actions: list[tuple[str, date, str]]
) -> None:
    check(encoding, dialect, actions, ReadOptions(delimiter=dialect[0]))


@given(st.sampled_from(BYTES), dialects, st.lists(st.tuples(cyrillic_titles, days, styles), min_size=1, max_size=8))
def test_russian_in_any_dialect_of_bytes(
    encoding: str, dialect: tuple[str, str, bool], actions: list[tuple[str, date, str]]
) -> None:
    check(encoding, dialect, actions, ReadOptions(delimiter=dialect[0], encoding=encoding))


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_with_a_sentence(raw: bytes) -> None:
    for form in (None, "csv", "json", "ics", "xlsx"):
        with suppress(FollowUpError):
            grid = read(raw, "list", ReadOptions(format=form), None)
            if isinstance(grid, Grid):
                parse_rows(map_columns(grid, ImportAnswers()), TODAY)


@given(st.text(st.sampled_from(CYRILLIC), min_size=60, max_size=200))
@example(";" * 50 + "=Я;=Я;=Я")
def test_guess_is_right_or_refused(text: str) -> None:
    """Never another text: a file in one of the Russian encodings is read as it was written, or not at all."""
    sentence = f"Мероприятие;Ответственный\nНаправить список;МВД\n{text}"
    for encoding in BYTES:
        with suppress(UsageError):
            assert decode(sentence.encode(encoding), "list.csv")[0] == sentence


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_told_though_others_stand_in_cells(delimiter: str) -> None:
    rows = [["Action", "By", "Due"], ["Send one, two; three", "UNODC", "31.03.2023"], ["Train", "IOM", "30.06.2023"]]
    text = written(rows, (delimiter, "\r\n", False))
    assert detect_delimiter(text) == delimiter
    assert [list(line.cells) for line in parse_csv(text, delimiter)] == rows


def test_columns_have_their_letters() -> None:
    assert [letters(column) for column in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


@pytest.mark.parametrize(
    ("title", "encoding"),
    [
        ("Pay £2,400 for the hall – naïve", "cp1252"),
        ("Reprint the © manual", "cp1252"),
        ("Pay £900", "cp1252"),
        ("Pay £900 – “at once”", "mac_roman"),
    ],
)
def test_signs_of_offices_in_an_english_list(lyon: Database, take: Importing, title: str, encoding: str) -> None:
    rows = ["Action;By;To;Due", f"{title};UNODC;INL;31 January 2027", "Send it;INL;UNODC;28 February 2027"]
    result = take("\r\n".join(rows).encode(encoding))
    assert result.code == 0, result.err
    assert record(lyon, 1)["title"] == title


def test_all_encodings_that_fit_are_named() -> None:
    with pytest.raises(UsageError) as refused:
        decode("Action;By;To\nİçişleri Bakanlığı;A;B".encode("cp1254"), "list.csv")
    assert all(f'{each} ("' in refused.value.sentence for each in ("cp1251", "mac_cyrillic", "koi8-r"))


OF_DOS = (
    (
        "N°;Engagement;Responsable;Bénéficiaire;Échéance;Statut\r\n"
        "1;Préparer la salle, coût 5;ONUDC;OIM;31/01/2027;à faire"
        "\r\n2;Élaborer la stratégie;OIM;ONUDC;28/02/2027;terminé le 20/11/2026\r\n"
    ),
    "N°;Compromiso;Responsable;Destinatario;Fecha límite\r\n1;Enviar la relación;Comité;OIM;31/01/2027\r\n",
    "No;Action;By;To\r\n1;Invite a guest from Tomé to the café;UNODC;OIM\r\n",
)


@pytest.mark.parametrize("text", OF_DOS)
def test_what_a_spreadsheet_saves_for_dos_is_read(text: str) -> None:
    assert decode(text.encode("cp850"), "list.csv") == (text, "cp850")


WORDS = (
    *("préparer", "stratégie", "réunion", "là", "où", "août", "santé", "contrôle", "maître", "naïve"),
    *("ça", "français", "Bénin", "Élysée", "règle", "coût", "sûr", "Noël", "señor", "Núñez", "Asunción"),
    *("Panamá", "cámara", "país", "compañía", "México", "Índice", "Óscar", "Perú", "más", "ação"),
    *("Brasília"),
)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), st.sampled_from(("cp1252", "mac_roman")))
def test_letters_of_dos_take_none_from_other_lists(words: list[str], encoding: str) -> None:
    """A list in the encoding of Windows or of a Mac is read as it was written, or not at all."""
    sentence = f"No;Action;Responsible\n1;Send the list {' '.join(words)};UNODC"
    with suppress(UsageError):
        assert decode(sentence.encode(encoding), "list.csv")[0] == sentence
