"""Redaction: a passage leaves the store, its history and its copies, also when it was interrupted."""

import json
from pathlib import Path

import pytest

from store.database import Database
from store.errors import NotAllowed
from store.file.automatic_copies import Copy
from store.file.file_store import file_of
from store.open_folder import OpenFolder
from tests.support.doctor_repair import findings, mend
from tests.support.store_builders import (
    add,
    do,
    events,
    folder_of,
    raw,
    set_due,
)


def numbers_of(database: Database, number: int, action: str) -> list[int]:
    """The changes that did this to a commitment."""
    return [event["change"] for event in events(database, number) if event["action"] == action]


def below(database: Database) -> bytes:
    """All that the store's folder holds, its copies among it, but the lock, which tells who held it last."""
    lock = Path(file_of(database).lock_path)
    files = sorted(path for path in Path(file_of(database).folder).rglob("*") if path.is_file() and path != lock)
    return b"".join(path.read_bytes() for path in files)


def copies_of(database: Database) -> list[Copy]:
    return file_of(database).copies.all()


@pytest.mark.parametrize(
    ("number", "passage", "field"),
    [
        (2, "MIA Uzbekistan", "by"),
        (2, "Uzbek", "by"),
        (2, "INTERPOL", "to"),
        (1, "Tashkent", "via"),
        (3, "UNODC", "by"),
    ],
)
def test_a_passage_in_the_name_of_a_party_is_refused(database: Database, number: int, passage: str, field: str) -> None:
    do(database, "note", number, f"{passage} called")
    before, names = below(database), folder_of(database)
    with pytest.raises(NotAllowed, match=f"name of a party \\({field}\\)"):
        do(database, "redact", number, passage)
    assert below(database) == before
    assert folder_of(database) == names


@pytest.mark.parametrize("voice", ["reported", "returned"])
def test_a_passage_in_the_name_of_who_spoke_is_refused(database: Database, voice: str) -> None:
    add(database, by=["Colonel Y"])
    do(database, "mark", 2, "done", said_by=["Colonel Y"] if voice == "reported" else ())
    if voice == "returned":
        do(database, "mark", 2, "returned", said_by=["Colonel Y"], note="Colonel Y has none of it")
    before = below(database)
    with pytest.raises(NotAllowed, match=f"name of a party \\({voice}\\)"):
        do(database, "redact", 2, "Colonel Y")
    assert below(database) == before


def test_a_name_of_the_past_is_refused_too(database: Database) -> None:
    do(database, "edit", 1, clear=["via"])
    do(database, "note", 1, "Tashkent called")
    before = below(database)
    with pytest.raises(NotAllowed, match="name of a party"):
        do(database, "redact", 1, "Tashkent")
    assert below(database) == before


def test_an_interrupted_redaction_is_finished_by_doing_it_again(database: Database) -> None:
    do(database, "edit", 2, quote="as Major X said")
    do(database, "note", 2, "Major X called")
    do(database, "note", 3, "called")
    uncleaned = {copy.path: Path(copy.path).read_bytes() for copy in copies_of(database)}
    do(database, "redact", 2, "Major X")
    for path in uncleaned.keys() & {copy.path for copy in copies_of(database)}:
        Path(path).write_bytes(uncleaned[path])
    assert b"Major X" not in raw(database)
    assert b"Major X" in below(database)
    before = raw(database)
    assert do(database, "redact", 2, "Major X") >= 1
    assert b"Major X" not in below(database)
    assert raw(database) == before
    with pytest.raises(NotAllowed):
        do(database, "redact", 2, "Major X")
    assert findings(database) == []


def test_the_folder_of_the_copies_is_synced_after_a_redaction(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    do(database, "edit", 2, quote="as Major X said")
    do(database, "note", 2, "called")
    synced: list[tuple[str, bool]] = []

    def sync(folder: OpenFolder) -> None:
        synced.append((folder.path, b"Major X" in below(database)))

    monkeypatch.setattr(OpenFolder, "sync", sync)
    do(database, "redact", 2, "Major X")
    assert synced[-1] == (file_of(database).copies.folder, False)


def test_what_an_interrupted_redaction_left_among_the_copies_is_found_and_swept(database: Database) -> None:
    leftover = Path(f"{copies_of(database)[0].path}.4711.tmp")
    for clean in (lambda: do(database, "note", 2, "called"), lambda: mend(database)):
        leftover.write_bytes(b"Major X")
        assert any(str(leftover) in sentence for sentence in findings(database))
        clean()
        assert not leftover.exists()
        assert findings(database) == []


def test_two_redactions_clean_both_passages_everywhere(database: Database) -> None:
    do(database, "edit", 2, quote="as Major X said", source="file of Captain Z")
    do(database, "mark", 2, "done", evidence="letter of Major X", note="Captain Z was there")
    set_due(database, 2, "2023-06-30", reason="Major X is ill", asked_by="Captain Z")
    do(database, "edit", 2, quote="as Captain Z said")
    do(database, "redact", 2, "Major X")
    assert b"Captain Z" in raw(database)
    do(database, "redact", 2, "Captain Z")
    assert b"Major X" not in below(database)
    assert b"Captain Z" not in below(database)
    assert len(numbers_of(database, 2, "redact")) == 2
    assert findings(database) == []


def test_a_copy_that_cannot_be_cleaned_is_told(database: Database) -> None:
    do(database, "note", 2, "Major X called")
    do(database, "note", 3, "called")
    copy = copies_of(database)[0]
    Path(copy.path).write_bytes(b'{"Major X"')
    with database.transaction() as tx:
        tx.redact(2, lambda value: json.loads(json.dumps(value).replace("Major X", "[redacted]")))
    assert any(copy.path in warning and "may still hold the passage" in warning for warning in tx.warnings)
    assert b"Major X" not in raw(database)
