"""What was mended once stays mended: planted links, undo and agreed dates, redactions, shared folders."""

import json
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.database import Database
from store.errors import Conflict, FollowUpError, NotAllowed, StoreUnusable
from store.file.automatic_copies import Copy
from store.maintenance.backup import make_shared, restore
from store.maintenance.doctor import examine
from tests.support.store_builders import (
    VISIT,
    add,
    contents,
    do,
    events,
    folder_of,
    make_store,
    open_store,
    raw,
    record,
    set_due,
)

GROUP = 4321
"""A group that no file has by itself; only root may give a file to it."""

needs_root = pytest.mark.skipif(os.getuid() != 0, reason="giving a file to another group needs root")


def found(database: Database) -> list[str]:
    return [finding.sentence for finding in examine(database)]


def mend(database: Database) -> None:
    """What `doctor --repair` does: what cannot be mended is left."""
    for finding in examine(database):
        if finding.mend is not None:
            try:
                finding.mend()
            except (FollowUpError, OSError):
                continue


def by_hand(database: Database, change: Callable[[dict[str, Any]], Any]) -> None:
    data = json.loads(raw(database))
    change(data)
    Path(database.storage.path).write_text(json.dumps(data))


def mode_of(path: str | Path) -> int:
    return stat.S_IMODE(os.lstat(path).st_mode)


# Planted links: who may write in the store's folder must not make another user change files elsewhere.

Place = tuple[int, int, int, int, bytes]


def everything_below(folder: Path) -> dict[str, Place]:
    """Name -> mode, owner, group, time and bytes of each thing in a folder, itself among them."""
    there = {}
    for path in (folder, *folder.rglob("*")):
        status = os.lstat(path)
        content = path.read_bytes() if stat.S_ISREG(status.st_mode) else b""
        there[str(path)] = (status.st_mode, status.st_uid, status.st_gid, status.st_mtime_ns, content)
    return there


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder with files that nobody may touch: one that all can read, another store's copies, a temporary file."""
    folder = tmp_path / "elsewhere"
    folder.mkdir(mode=0o755)
    other = make_store(str(tmp_path / "other" / "c.json"))
    do(other, "note", 2, "Major X called")
    (folder / "0000000001.2023-02-01.json").write_bytes(raw(other))
    (folder / "0000000002.2023-02-02.json").write_bytes(b"precious")
    (folder / "victim").write_bytes(b"precious")
    (folder / "half-written.tmp").write_bytes(b"precious")
    for path in folder.iterdir():
        path.chmod(0o666)
    (folder / "inner").mkdir(mode=0o700)
    return folder


def change_examine_and_mend(database: Database) -> None:
    """What an unsuspecting user does: changes, a redaction, an examination, a repair; some of it may be refused."""
    for verb, *arguments in (
        ("note", 2, "Major X called"),
        ("mark", 2, "done"),
        ("redact", 2, "Major X"),
        ("note", 3, "called"),
    ):
        try:
            do(database, verb, *arguments)
        except FollowUpError:
            continue
    examine(database)
    mend(database)
    mend(database)


def copy_of_the_next_change(database: Database) -> str:
    """The path at which the next change keeps the state before it."""
    day = time.strftime("%Y-%m-%d", time.gmtime(os.stat(database.storage.path).st_mtime))
    return os.path.join(database.storage.copies.folder, f"{database.snapshot().revision:010d}.{day}.json")


@pytest.mark.parametrize("target", ["victim", "0000000001.2023-02-01.json", "not-there", "inner"])
@pytest.mark.parametrize("name", ["0000000099.2026-11-25.json", "0000000000.2023-01-01.json", "x.tmp", "the next"])
@pytest.mark.parametrize("is_shared", [False, True])
def test_a_link_among_the_copies_leads_nowhere(
    database: Database, elsewhere: Path, target: str, name: str, is_shared: bool
) -> None:
    if is_shared:
        os.chmod(database.storage.folder, 0o2770)
    planted = copy_of_the_next_change(database)
    if name != "the next":
        planted = os.path.join(database.storage.copies.folder, name)
    os.symlink(elsewhere / target, planted)
    before = everything_below(elsewhere)
    change_examine_and_mend(database)
    assert everything_below(elsewhere) == before
    assert record(database, 2)["state"] == "reported"
    assert b"Major X" not in raw(database)


def test_a_link_among_the_copies_is_no_copy_to_bring_back(database: Database, elsewhere: Path) -> None:
    os.symlink(elsewhere / "0000000001.2023-02-01.json", f"{database.storage.copies.folder}/0000000099.2026-11-25.json")
    before = raw(database)
    with pytest.raises(NotAllowed):
        restore(database, "99")
    assert raw(database) == before
    assert 99 not in [copy.revision for copy in database.storage.copies.all()]


@pytest.mark.parametrize("is_shared", [False, True])
@pytest.mark.parametrize("target", [".", "inner", "not-there", "victim"])
def test_a_link_in_the_place_of_the_copies_leads_nowhere(
    database: Database, elsewhere: Path, target: str, is_shared: bool
) -> None:
    copies = Path(database.storage.copies.folder)
    for copy in copies.iterdir():
        copy.unlink()
    copies.rmdir()
    copies.symlink_to(elsewhere / target)
    if is_shared:
        os.chmod(database.storage.folder, 0o2770)
        if os.getuid() == 0:
            os.chown(database.storage.folder, -1, GROUP)
            os.chmod(database.storage.folder, 0o2770)
    before = everything_below(elsewhere)
    change_examine_and_mend(database)
    assert everything_below(elsewhere) == before
    assert record(database, 2)["state"] == "reported"


def test_a_change_that_keeps_no_copy_behind_a_link_says_so(database: Database, elsewhere: Path) -> None:
    copies = Path(database.storage.copies.folder)
    for copy in copies.iterdir():
        copy.unlink()
    copies.rmdir()
    copies.symlink_to(elsewhere)
    with database.transaction() as tx:
        tx.write("commitments", 2, {"title": "Another"}, action="edit")
    assert [warning.partition(":")[0] for warning in tx.warnings] == ["saved, but no copy of the state before was kept"]


@pytest.mark.parametrize("is_shared", [False, True])
@pytest.mark.parametrize("target", ["victim", "not-there", "inner"])
def test_a_link_in_the_place_of_the_lock_leads_nowhere(
    database: Database, elsewhere: Path, target: str, is_shared: bool
) -> None:
    os.unlink(database.storage.lock_path)
    database = open_store(database.storage.path, lock_timeout=0)
    os.symlink(elsewhere / target, database.storage.lock_path)
    if is_shared:
        os.chmod(database.storage.folder, 0o2770)
    before, contents_before = everything_below(elsewhere), contents(database)
    change_examine_and_mend(database)
    assert everything_below(elsewhere) == before
    assert contents(database) == contents_before
    assert any("the lock" in sentence for sentence in found(database))


# Undo.


def numbers_of(database: Database, number: int, action: str) -> list[int]:
    """The changes that did this to a commitment."""
    return [event["change"] for event in events(database, number) if event["action"] == action]


def refuse(database: Database, kind: type[FollowUpError], change: int | None = None) -> str:
    """Undo is refused in this way and the file stays byte for byte."""
    before = raw(database)
    with pytest.raises(kind) as refused:
        do(database, "undo", change)
    assert raw(database) == before
    return str(refused.value)


@pytest.mark.parametrize("later", ["2023-06-30", "2023-03-15", None])
@pytest.mark.parametrize("is_correction", [False, True])
def test_an_agreed_date_that_was_changed_is_not_unagreed_by_an_undo(
    database: Database, later: str | None, is_correction: bool
) -> None:
    set_due(database, 1, "2023-04-30")
    do(database, "mark", 1, "agreed")
    (mark,) = numbers_of(database, 1, "mark")
    set_due(database, 1, later, reason="new minister", is_correction=is_correction and later is not None)
    assert "1" in refuse(database, Conflict, mark)
    assert record(database, 1)["state"] == "agreed"
    assert "original_due" in record(database, 1)
    for day in ("2023-12-31", None if later else "2023-01-31"):
        with pytest.raises(NotAllowed, match="reason"):
            set_due(database, 1, day)
    assert found(database) == []


def test_an_agreed_date_is_unagreed_once_its_changes_are_taken_back(database: Database) -> None:
    set_due(database, 1, "2023-04-30")
    do(database, "mark", 1, "agreed")
    (mark,) = numbers_of(database, 1, "mark")
    set_due(database, 1, "2023-06-30", reason="new minister")
    do(database, "undo")
    do(database, "undo", mark)
    assert "original_due" not in record(database, 1)
    assert set_due(database, 1, "2023-12-31") == "wish"


def test_a_date_that_was_once_agreed_needs_a_reason_in_every_later_state(database: Database) -> None:
    do(database, "mark", 2, "proposed")
    for day in ("2023-12-31", None):
        with pytest.raises(NotAllowed, match="reason"):
            set_due(database, 2, day)
    assert set_due(database, 2, None, reason="new minister") == "extension"
    with pytest.raises(NotAllowed, match="reason"):
        set_due(database, 2, "2023-12-31")


FAULTS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "waits for nothing": lambda data: data["commitments"]["3"].update(after=99),
    "an unknown party": lambda data: data["commitments"]["3"].update(via="Nobody"),
    "superseded by nothing": lambda data: data["commitments"]["3"].update(
        state="closed", closed={"because": "superseded", "on": "2023-02-01", "by_id": 99}
    ),
    "both voices": lambda data: data["commitments"]["3"].update(
        reported={"said_by": ["UNODC"], "on": "2023-02-01", "recorded_by": "x"},
        confirmed={"said_by": ["UNODC"], "on": "2023-02-01", "recorded_by": "x"},
    ),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_an_old_fault_elsewhere_blocks_no_undo_and_no_redo(database: Database, kind: str) -> None:
    do(database, "mark", 2, "done")
    by_hand(database, FAULTS[kind])
    old = found(database)
    assert len(old) >= 2
    do(database, "undo")
    assert record(database, 2)["state"] == "agreed"
    do(database, "redo")
    assert record(database, 2)["state"] == "reported"
    assert set(found(database)) <= set(old)


def test_an_undo_that_makes_a_new_fault_is_refused_beside_an_old_one(database: Database) -> None:
    do(database, "edit", 2, after=1)
    do(database, "edit", 2, clear=["after"])
    do(open_store(database.storage.path, who="boris"), "remove", 1, "entered by mistake")
    by_hand(database, FAULTS["waits for nothing"])
    refuse(database, Conflict)


def test_a_repair_is_not_my_last_change(database: Database) -> None:
    do(database, "note", 2, "called")
    do(database, "mark", 3, "done")
    by_hand(database, lambda data: data["commitments"]["2"].update(chased=3, last_chased="2023-02-01"))
    mend(database)
    assert events(database, 2)[-1]["action"] == "repair"
    do(database, "undo")
    assert record(database, 3)["state"] == "agreed"
    assert "chased" not in record(database, 2)
    (repair,) = numbers_of(database, 2, "repair")
    refuse(database, NotAllowed, repair)


def test_an_undo_after_a_redaction_names_the_change_before(database: Database) -> None:
    do(database, "mark", 3, "done")
    (mark,) = numbers_of(database, 3, "mark")
    do(database, "edit", 2, quote="as Major X said")
    (edit,) = numbers_of(database, 2, "edit")
    do(database, "redact", 2, "Major X")
    (redaction,) = numbers_of(database, 2, "redact")
    sentence = refuse(database, NotAllowed)
    assert "redaction" in sentence
    assert str(redaction) in sentence
    assert f"followup undo {edit}" in sentence
    refuse(database, NotAllowed, redaction)
    do(database, "undo", mark)
    assert record(database, 3)["state"] == "agreed"


def test_an_undo_of_a_change_after_a_redaction_is_allowed(database: Database) -> None:
    do(database, "note", 2, "Major X called")
    do(database, "redact", 2, "Major X")
    do(database, "mark", 3, "done")
    do(database, "undo")
    assert record(database, 3)["state"] == "agreed"
    assert "redaction" in refuse(database, NotAllowed)


# Redactions.


def below(database: Database) -> bytes:
    """All that the store's folder holds, its copies among it, but the lock, which tells who held it last."""
    lock = Path(database.storage.lock_path)
    files = sorted(path for path in Path(database.storage.folder).rglob("*") if path.is_file() and path != lock)
    return b"".join(path.read_bytes() for path in files)


def copies_of(database: Database) -> list[Copy]:
    return database.storage.copies.all()


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
    assert found(database) == []


def test_the_folder_of_the_copies_is_synced_after_a_redaction(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    do(database, "edit", 2, quote="as Major X said")
    do(database, "note", 2, "called")
    synced: list[tuple[str, bool]] = []

    def sync(folder: str) -> None:
        synced.append((folder, b"Major X" in below(database)))

    monkeypatch.setattr("store.database.sync_folder", sync)
    do(database, "redact", 2, "Major X")
    assert synced == [(database.storage.copies.folder, False)]


def test_what_an_interrupted_redaction_left_among_the_copies_is_found_and_swept(database: Database) -> None:
    leftover = Path(f"{copies_of(database)[0].path}.4711.tmp")
    for clean in (lambda: do(database, "note", 2, "called"), lambda: mend(database)):
        leftover.write_bytes(b"Major X")
        assert any(str(leftover) in sentence for sentence in found(database))
        clean()
        assert not leftover.exists()
        assert found(database) == []


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
    assert found(database) == []


def test_a_copy_that_cannot_be_cleaned_is_told(database: Database) -> None:
    do(database, "note", 2, "Major X called")
    do(database, "note", 3, "called")
    copy = copies_of(database)[0]
    Path(copy.path).write_bytes(b'{"Major X"')
    with database.transaction() as tx:
        tx.redact(2, lambda value: json.loads(json.dumps(value).replace("Major X", "[redacted]")))
    assert any(copy.path in warning and "may still hold the passage" in warning for warning in tx.warnings)
    assert b"Major X" not in raw(database)


# Shared stores that shut the group out.


@pytest.fixture
def team(tmp_path: Path) -> Database:
    """A shared store with one visit; it belongs to a group of its own where the tests may give files away."""
    folder = tmp_path / "team"
    folder.mkdir()
    if os.getuid() == 0:
        os.chown(folder, -1, GROUP)
    os.chmod(folder, 0o2770)
    database = open_store(str(folder / "c.json"))
    make_shared(database, {}, None)
    do(database, "add_visit", "Visit", place="Lyon", start="2022-12-06", slug=VISIT)
    add(database)
    assert found(database) == []
    return database


def is_shared_by_all(database: Database) -> None:
    """The group of the folder can use it, and everything in it."""
    storage = database.storage
    group = os.stat(storage.folder).st_gid
    wanted = {storage.folder: 0o2770, storage.path: 0o660, storage.lock_path: 0o660, storage.copies.folder: 0o2770}
    for path, mode in wanted.items():
        assert (path, oct(mode_of(path)), os.stat(path).st_gid) == (path, oct(mode), group)
    assert {oct(mode_of(copy.path)) for copy in copies_of(database)} == {"0o660"}
    assert found(database) == []


def place_of(database: Database, name: str) -> str:
    storage = database.storage
    return {
        "the store": storage.path,
        "the lock": storage.lock_path,
        "the folder of the copies": storage.copies.folder,
        "the folder": storage.folder,
    }[name]


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("the store", 0o600),
        ("the store", 0o640),
        ("the store", 0o620),
        ("the store", 0o664),
        ("the store", 0o604),
        ("the lock", 0o600),
        ("the lock", 0o640),
        ("the folder of the copies", 0o700),
        ("the folder of the copies", 0o2750),
        ("the folder of the copies", 0o770),
        ("the folder", 0o770),
        ("the folder", 0o2700),
        ("the folder", 0o2750),
        ("the folder", 0o700),
    ],
)
def test_a_mode_that_shuts_the_group_out_is_found_and_mended(team: Database, name: str, mode: int) -> None:
    path = place_of(team, name)
    os.chmod(path, mode)
    assert any(path in sentence for sentence in found(team))
    mend(team)
    is_shared_by_all(team)


@needs_root
@pytest.mark.parametrize("name", ["the store", "the lock", "the folder of the copies"])
@pytest.mark.parametrize("mode", [0o600, 0o660])
def test_another_group_than_that_of_the_folder_is_found_and_mended(team: Database, name: str, mode: int) -> None:
    path = place_of(team, name)
    os.chown(path, -1, GROUP + 1)
    os.chmod(path, mode | 0o2110 if os.path.isdir(path) else mode)
    assert any(f"{name} {path} shuts out the group" in sentence for sentence in found(team))
    mend(team)
    is_shared_by_all(team)


@needs_root
def test_all_that_shuts_the_group_out_is_mended_at_once(team: Database) -> None:
    for name in ("the store", "the lock", "the folder of the copies"):
        os.chown(place_of(team, name), -1, GROUP + 1)
        os.chmod(place_of(team, name), 0o700 if name == "the folder of the copies" else 0o600)
    assert len(found(team)) >= 3
    mend(team)
    is_shared_by_all(team)


def test_a_private_store_in_a_private_folder_is_not_opened_to_anybody(database: Database) -> None:
    mend(database)
    storage = database.storage
    assert [mode_of(path) for path in (storage.folder, storage.path, storage.lock_path, storage.copies.folder)] == [
        0o700,
        0o600,
        0o600,
        0o700,
    ]


def test_a_change_by_one_keeps_all_of_a_shared_store_shared(team: Database) -> None:
    before = os.umask(0o077)
    try:
        os.unlink(team.storage.lock_path)
        do(team, "note", 1, "called")
        mend(team)
        do(team, "note", 1, "called again")
    finally:
        os.umask(before)
    is_shared_by_all(team)
    assert {mode_of(copy.path) for copy in copies_of(team)} == {0o660}


def damage(path: str) -> None:
    Path(path).write_bytes(b"{")
    os.chmod(path, 0o600)


@pytest.mark.parametrize("spoil", [damage, os.unlink], ids=["damaged", "gone"])
def test_a_store_restored_in_a_shared_folder_is_the_groups(team: Database, spoil: Callable[[str], None]) -> None:
    do(team, "note", 1, "called")
    for copy in copies_of(team):
        os.chmod(copy.path, 0o600)
        if os.getuid() == 0:
            os.chown(copy.path, -1, 0)
    spoil(team.storage.path)
    before = os.umask(0o077)
    try:
        restore(team, None)
    finally:
        os.umask(before)
    assert mode_of(team.storage.path) == 0o660
    assert os.stat(team.storage.path).st_gid == os.stat(team.storage.folder).st_gid
    assert len(team.snapshot().rows) == 1


@needs_root
def test_a_store_of_another_group_restored_in_a_shared_folder_is_the_groups(team: Database) -> None:
    do(team, "note", 1, "called")
    damage(team.storage.path)
    os.chown(team.storage.path, -1, GROUP + 1)
    with pytest.raises(StoreUnusable):
        team.snapshot()
    restore(team, None)
    assert (mode_of(team.storage.path), os.stat(team.storage.path).st_gid) == (0o660, GROUP)
