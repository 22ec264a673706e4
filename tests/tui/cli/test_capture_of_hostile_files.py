"""Hostile reports: no file of them takes memory without end, reads another file, or reaches the terminal."""

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from store.database import Database
from tests.conftest import Run
from tests.support.check_answers_and_refusals import assert_harmless, assert_one_sentence

pytestmark = pytest.mark.file_only("files of others")

_PROMISE = "UNODC will send the list of officers to INTERPOL by 31 March 2027."
_ENTITIES = "".join(f'<!ENTITY {name} "{f"&{of};" * 10}">' for of, name in zip("abcdefgh", "bcdefghi", strict=True))


def _docx(path: Path, change: Callable[[bytes], bytes]) -> None:
    """A Word document with one promise, whose text is changed as XML."""
    document, sound = Document(), io.BytesIO()
    document.add_paragraph(_PROMISE)
    document.save(sound)
    with zipfile.ZipFile(sound) as parts, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as hostile:
        for name in parts.namelist():
            raw = parts.read(name)
            hostile.writestr(name, change(raw) if name == "word/document.xml" else raw)


def _with_entities(raw: bytes, path: str) -> bytes:
    kinds = f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{_ENTITIES}<!ENTITY f SYSTEM "file://{path}">]>'
    start, _, rest = raw.partition(b"?>")
    return start + b"?>" + kinds.encode() + rest.replace(b"list of officers", b"list &i; &f; of officers")


def _bomb(raw: bytes) -> bytes:
    return raw.replace(b"list of officers", b"list " * 60_000_000)


def test_a_document_reads_no_other_file_and_expands_nothing(database: Database, run: Run, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("a private letter")
    _docx(tmp_path / "report.docx", lambda raw: _with_entities(raw, str(secret)))
    done = run("capture", "--dry-run", "--dated", "2022-12-06", str(tmp_path / "report.docx"))
    assert "private letter" not in done.out + done.err
    assert "aaaaaaaaaaaaaaaaaaaaa" not in done.out
    assert "has a fault" not in done.err


def test_a_bomb_is_one_sentence(database: Database, run: Run, tmp_path: Path) -> None:
    _docx(tmp_path / "report.docx", _bomb)
    (tmp_path / "report.html").write_text("<div>" * 100_000 + _PROMISE)
    for name in ("report.docx", "report.html"):
        done = run("capture", "--dry-run", "--dated", "2022-12-06", str(tmp_path / name))
        assert done.code in (0, 1), done
        if done.code:
            assert_one_sentence(done.err, name)


def test_a_page_that_is_nested_too_deep_is_said_to_be_and_how_to_mend_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text("<div>" * 100_000 + _PROMISE)
    done = run("capture", "--dry-run", "--dated", "2022-12-06", str(tmp_path / "report.html"))
    assert done.code == 1
    assert_one_sentence(done.err, "report.html has too many tags within one another")


def test_what_is_no_file_is_not_waited_for(database: Database, run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "report.txt")
    done = run("capture", "--dry-run", str(tmp_path / "report.txt"))
    assert done.code == 2
    assert_one_sentence(done.err, "is no file")


def test_no_escape_of_a_report_reaches_the_terminal(database: Database, run: Run, tmp_path: Path) -> None:
    hostile = _PROMISE.replace("list", "\x1b]0;evil\x07\x1b[2J list \u202e")
    (tmp_path / "report.txt").write_text(f"Minutes of 6 December 2022\n\n{hostile}\n")
    (tmp_path / "report.eml").write_text(f"From: a\x1b[31m@example.org\nSubject: =?utf-8?q?=1b]0;x=07?=\n\n{hostile}\n")
    for name in ("report.txt", "report.eml"):
        for option in ("--dry-run", "--json"):
            done = run("capture", option, "--dated", "2022-12-06", str(tmp_path / name))
            assert done.code == 0, done
            assert_harmless(done.out)
            assert_harmless(done.err)
