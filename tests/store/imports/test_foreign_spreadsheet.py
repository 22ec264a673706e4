"""A stranger's spreadsheet of 90 actions comes in with one command, whatever program it was kept in."""

from pathlib import Path

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support import sample_lists
from tests.support.store_builders import raw

ENCODINGS = ("cp1251", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "koi8-r", "cp866", "mac_cyrillic")


def written(text: str, encoding: str) -> bytes:
    """The text in an encoding; what that has not is written as people there would write it."""
    kept = text
    for strange, plain in (("№", "N"), ("«", '""'), ("»", '""')):
        try:
            strange.encode(encoding)
        except UnicodeEncodeError:
            kept = kept.replace(strange, plain)
    return kept.encode(encoding)


def check_all_came(database: Database, *, is_no_kept: bool = True) -> None:
    """Every action is there with its title, parties, date and state, and nothing else is."""
    commitments = list(database.snapshot().commitments.values())
    assert len(commitments) == sample_lists.ACTIONS
    by_number = {commitment["source_id"]: commitment for commitment in commitments}
    for number in range(1, sample_lists.ACTIONS + 1):
        commitment = by_number[str(number)]
        title = " ".join(sample_lists.title_of(number).split())
        if is_no_kept:
            assert commitment["title"] == title
        assert commitment["by"] == sample_lists.PROMISERS[number % 5].split("; ")
        assert commitment["to"] == [sample_lists.RECIPIENTS[number % 5]]
        assert commitment["due"] == sample_lists.due_of(number).isoformat()
        states = ("reported", "in-progress", "proposed", "proposed", "in-progress")
        assert commitment["state"] == states[number % 5]
        if commitment["state"] == "reported":
            assert commitment["reported"]["on"] == "2023-02-15"
        assert "news_on" not in commitment


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_semicolon_csv_comes_in_with_one_command(lyon: Database, run: Run, tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "план.csv"
    file.write_bytes(written(sample_lists.as_csv(sample_lists.lines(), delimiter=";"), encoding))
    result = run("import", str(file), "--visit", "lyon-2022")
    assert result.code == 0, result
    assert "cells separated by semicolon" in result.err
    assert f"encoding {encoding.removesuffix('-sig')}" in result.err
    assert result.out.splitlines()[-1] == "90 rows: 90 new, 0 changed, 0 as they are"
    assert "followup: new parties: " in result.err
    check_all_came(lyon, is_no_kept=encoding not in ("koi8-r", "cp866"))
    before = raw(lyon)
    again = run("import", str(file), "--visit", "lyon-2022")
    assert again.code == 0
    assert again.out.splitlines()[-1] == "90 rows: 0 new, 0 changed, 90 as they are"
    assert "nothing was changed" in again.err
    assert raw(lyon) == before


@pytest.mark.parametrize("line_end", ["\r", "\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_dialect_comes_in(lyon: Database, run: Run, tmp_path: Path, delimiter: str, line_end: str) -> None:
    file = tmp_path / "plan.csv"
    file.write_bytes(sample_lists.as_csv(sample_lists.lines(), delimiter=delimiter, line_end=line_end).encode("cp1251"))
    result = run("import", str(file), "--visit", "lyon-2022")
    assert result.code == 0, result
    check_all_came(lyon)


def test_mixed_line_ends_come_in(lyon: Database, run: Run, tmp_path: Path) -> None:
    text = sample_lists.as_csv(sample_lists.lines(), delimiter=";", line_end="\0")
    for line_end in ("\r", "\n", "\r\n"):
        text = text.replace("\0", line_end, 20)
    file = tmp_path / "plan.csv"
    file.write_bytes(text.replace("\0", "\n").encode())
    assert run("import", str(file), "--visit", "lyon-2022").code == 0
    check_all_came(lyon)


def test_workbook_comes_in_with_one_command(lyon: Database, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "план.xlsx"
    merged = ["A1:H1", "A2:H2", "A5:H5"]
    file.write_bytes(
        sample_lists.as_xlsx(sample_lists.lines(is_workbook=True), sheets=("План", "Черновик"), merged=merged)
    )
    result = run("import", str(file), "--visit", "lyon-2022")
    assert result.code == 0, result
    assert 'sheet "План"; the other sheets are "Черновик"' in result.err
    check_all_came(lyon)
    assert run("import", str(file), "--visit", "lyon-2022").out.splitlines()[-1].startswith("90 rows: 0 new, 0 changed")


def test_csv_after_the_workbook_is_the_same_list(lyon: Database, run: Run, tmp_path: Path) -> None:
    book, text = tmp_path / "plan.xlsx", tmp_path / "plan.csv"
    book.write_bytes(sample_lists.as_xlsx(sample_lists.lines(is_workbook=True)))
    text.write_bytes(sample_lists.as_csv(sample_lists.lines(), delimiter=";").encode("cp1251"))
    assert run("import", str(book), "--visit", "lyon-2022").code == 0
    again = run("import", str(text), "--visit", "lyon-2022")
    assert again.out.splitlines()[-1] == "90 rows: 0 new, 0 changed, 90 as they are", again.err


def test_what_is_no_action_is_left_out_and_said(lyon: Database, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_bytes(sample_lists.as_csv(sample_lists.lines(), delimiter=";").encode("cp1251"))
    err = run("import", str(file), "--visit", "lyon-2022", "--dry-run").err
    for part in sample_lists.PARTS.values():
        assert f'only "{part}" stands in it' in err
    assert 'row 99 is left out: it is a total ("Итого:")' in err
    assert "1 empty row was left out" in err


def test_undo_takes_the_whole_import_back(lyon: Database, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_bytes(sample_lists.as_csv(sample_lists.lines(), delimiter=";").encode("cp1251"))
    assert run("import", str(file), "--visit", "lyon-2022").code == 0
    assert run("undo").code == 0
    assert lyon.snapshot().commitments == {}
    assert run("redo").code == 0
    check_all_came(lyon)
    assert run("doctor").out.endswith("no findings\n")
