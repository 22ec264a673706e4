"""The examination: what is found, what is mended, and that looking changes nothing."""

import json
import os
import stat
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.database import Database
from store.errors import StoreUnusable
from store.file.file_store import file_of
from store.file.quick_reader import read_quickly
from store.maintenance import doctor_checks_files_and_modes
from store.maintenance.create_store import make_shared
from store.maintenance.doctor import examine
from store.maintenance.restore import restore
from tests.support.doctor_repair import findings
from tests.support.fixed_day_and_user import StandingClock
from tests.support.store_builders import VISIT, add, contents, do, make_store, open_store, raw, record
from tests.support.store_bytes import in_our_lines, with_the_right_sum
from tests.support.synthetic_stores import made


def mend(database: Database) -> None:
    for finding in examine(database):
        if finding.mend is not None:
            finding.mend()


def by_hand(database: Database, change: Callable[[dict[str, Any]], Any]) -> None:
    data = json.loads(raw(database))
    change(data)
    Path(database.path).write_text(json.dumps(data))


def mode_of(path: str) -> int:
    return stat.S_IMODE(os.stat(path).st_mode)


def test_a_store_in_use_has_no_findings(database: Database) -> None:
    do(database, "mark", 2, "done")
    do(database, "chase", 3, again="2023-03-10", note="mailed")
    do(database, "note", 3, "called")
    do(database, "undo")
    do(database, "redo")
    do(database, "merge_parties", "NCB Tashkent", "UNODC")
    do(database, "remove", add(database), "entered twice")
    assert findings(database) == []


def test_a_new_store_and_a_shared_one_have_no_findings(empty: Database, tmp_path: Path) -> None:
    assert findings(empty) == []
    database = open_store(str(tmp_path / "team" / "store.json"))
    make_shared(database, {}, None)
    do(database, "add_visit", "Visit", place="Lyon", start="2022-12-06", slug=VISIT)
    assert findings(database) == []


def test_an_examination_changes_nothing(database: Database) -> None:
    by_hand(database, lambda data: data["commitments"]["2"].update(news_on="2023-02-01"))
    os.chmod(database.path, 0o644)
    before, names = raw(database), sorted(os.listdir(file_of(database).folder))
    assert len(findings(database)) >= 3
    assert raw(database) == before
    assert sorted(os.listdir(file_of(database).folder)) == names
    assert mode_of(database.path) == 0o644


def test_a_damaged_store_cannot_be_examined(database: Database) -> None:
    Path(database.path).write_bytes(b"{")
    with pytest.raises(StoreUnusable):
        examine(database)


def test_a_store_written_by_another_program_is_found_and_laid_out_anew(database: Database) -> None:
    by_hand(database, lambda data: data["commitments"]["2"].update(source="by hand"))
    before, revision = contents(database), database.snapshot().revision
    assert any("another program" in sentence for sentence in findings(database))
    mend(database)
    assert read_quickly(raw(database))
    assert contents(database) == before
    assert database.snapshot().revision == revision
    assert all("was altered by another program: source is" in sentence for sentence in findings(database))


@pytest.mark.parametrize(
    "summary", [{"news_on": "2023-02-28"}, {"chased": 3, "last_chased": "2023-02-01"}, {"chased": 1}]
)
def test_a_wrong_summary_of_the_history_is_found_and_mended(database: Database, summary: dict[str, Any]) -> None:
    by_hand(database, lambda data: data["commitments"]["2"].update(summary))
    assert any("commitment 2 sums its history up wrongly" in sentence for sentence in findings(database))
    mend(database)
    assert set(summary) & record(database, 2).keys() == set()
    assert findings(database) == []


@pytest.mark.parametrize("role", ["by", "to", "support", "via"])
def test_a_party_that_is_not_in_the_list_is_findings(database: Database, role: str) -> None:
    value: Any = "Nobody" if role == "via" else ["Nobody"]
    by_hand(database, lambda data: data["commitments"]["2"].__setitem__(role, value))
    assert any('commitment 2 names the party "Nobody"' in sentence for sentence in findings(database))


@pytest.mark.parametrize("voice", ["reported", "confirmed", "returned"])
def test_a_voice_of_nobody_in_the_list_is_findings(database: Database, voice: str) -> None:
    statement = {"said_by": ["Nobody"], "on": "2023-02-01", "recorded_by": "asel", "note": "x"}
    by_hand(database, lambda data: data["commitments"]["2"].__setitem__(voice, statement))
    assert any('"Nobody"' in sentence for sentence in findings(database))


@pytest.mark.parametrize(
    "fields", [{"after": 99}, {"state": "closed", "closed": {"because": "superseded", "on": "2023-02-01", "by_id": 99}}]
)
def test_a_commitment_that_is_not_there_is_findings(database: Database, fields: dict[str, Any]) -> None:
    by_hand(database, lambda data: data["commitments"]["2"].update(fields))
    assert any("99, which is not there" in sentence for sentence in findings(database))


def test_promises_that_wait_for_each_other_are_findings(database: Database) -> None:
    def circle(data: dict[str, Any]) -> None:
        data["commitments"]["2"]["after"] = 3
        data["commitments"]["3"]["after"] = 2

    by_hand(database, circle)
    assert any("wait" in sentence for sentence in findings(database))


def test_a_name_that_two_parties_have_is_findings(database: Database) -> None:
    by_hand(database, lambda data: data["parties"]["2"].update(short="unodc"))
    assert any('"unodc"' in sentence.casefold() for sentence in findings(database))


def test_a_slug_that_two_visits_have_is_findings(database: Database) -> None:
    def twin(data: dict[str, Any]) -> None:
        data["visits"]["2"] = {**data["visits"]["1"], "id": 2}
        data["_meta"]["1"]["next"]["visits"] = 3

    by_hand(database, twin)
    assert any(VISIT in sentence for sentence in findings(database))


@pytest.mark.parametrize("mode", [0o604, 0o644, 0o606, 0o666])
def test_a_store_that_everybody_can_open_is_found_and_closed(database: Database, mode: int) -> None:
    os.chmod(database.path, mode)
    assert any("everybody" in sentence for sentence in findings(database))
    mend(database)
    assert mode_of(database.path) & 0o007 == 0


def test_a_lock_that_shuts_the_group_out_is_found_and_opened(tmp_path: Path) -> None:
    database = open_store(str(tmp_path / "team" / "store.json"))
    make_shared(database, {}, None)
    do(database, "add_visit", "Visit", place="Lyon", start="2022-12-06")
    os.chmod(file_of(database).lock_path, 0o600)
    assert any("shuts out the group" in sentence for sentence in findings(database))
    mend(database)
    assert mode_of(file_of(database).lock_path) == 0o660
    assert findings(database) == []


def test_a_lock_that_is_a_link_is_findings(database: Database, tmp_path: Path) -> None:
    os.unlink(file_of(database).lock_path)
    os.symlink(tmp_path / "victim", file_of(database).lock_path)
    assert any("the lock" in sentence for sentence in findings(database))


def test_a_copy_more_readable_than_the_store_is_found_and_closed(database: Database) -> None:
    copy = file_of(database).copies.all()[-1].path
    os.chmod(copy, 0o644)
    assert any(copy in sentence for sentence in findings(database))
    mend(database)
    assert mode_of(copy) == 0o600


def test_a_copy_that_is_of_no_use_is_findings(database: Database) -> None:
    copy = file_of(database).copies.all()[-1].path
    Path(copy).write_bytes(b"{")
    assert any(copy in sentence and "of no use" in sentence for sentence in findings(database))


def test_other_names_of_the_store_are_found_but_its_copies_are_none(database: Database, tmp_path: Path) -> None:
    do(database, "note", 2, "called")
    assert findings(database) == []
    os.link(database.path, tmp_path / "other")
    assert any("hard link" in sentence for sentence in findings(database))


def test_what_a_running_change_writes_is_no_leftover(database: Database) -> None:
    (Path(file_of(database).folder) / f".commitments.json.{os.getpid()}.0123456789ab.tmp").write_bytes(b"x")
    assert findings(database) == []


def test_what_a_change_that_ends_meanwhile_has_written_is_no_leftover(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = Path(file_of(database).folder) / ".commitments.json.99999999.0123456789ab.tmp"
    written.write_bytes(b"x")

    def ends(process: int) -> bool:
        written.unlink()
        return False

    monkeypatch.setattr(doctor_checks_files_and_modes, "is_running", ends)
    assert findings(database) == []


def test_leftovers_of_a_crash_are_found_and_swept(database: Database) -> None:
    leftover = Path(file_of(database).folder) / ".commitments.json.99999999.0123456789ab.tmp"
    leftover.write_bytes(b"x")
    assert any(leftover.name in sentence for sentence in findings(database))
    mend(database)
    assert not leftover.exists()
    assert findings(database) == []


def test_a_shared_folder_that_does_not_hand_its_group_on_is_found_and_mended(tmp_path: Path) -> None:
    database = open_store(str(tmp_path / "team" / "store.json"))
    make_shared(database, {}, None)
    os.chmod(file_of(database).folder, 0o770)
    assert any("does not hand its group on" in sentence for sentence in findings(database))
    mend(database)
    assert mode_of(file_of(database).folder) == 0o2770


def test_a_sticky_shared_folder_and_one_open_to_all_are_findings(tmp_path: Path) -> None:
    database = open_store(str(tmp_path / "team" / "store.json"))
    make_shared(database, {}, None)
    os.chmod(file_of(database).folder, 0o3770)
    assert any("sticky" in sentence for sentence in findings(database))
    os.chmod(file_of(database).folder, 0o2777)
    assert any("everybody on this machine can write" in sentence for sentence in findings(database))


def test_a_folder_as_tmp_is_left_as_other_programs_need_it(tmp_path: Path) -> None:
    folder = tmp_path / "everybody"
    folder.mkdir()
    database = make_store(str(folder / "store.json"))
    os.chmod(folder, 0o1777)
    told = [sentence for sentence in findings(database) if "everybody on this machine" in sentence]
    assert told == [f"everybody on this machine can write in {folder}: keep the store in another folder"]


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o660, 0o604])
def test_a_private_store_copied_by_hand_becomes_private_again_and_its_folder_stays(tmp_path: Path, mode: int) -> None:
    """As after `cp` with a usual umask: the folder may be somebody's home."""
    folder = tmp_path / "office"
    folder.mkdir(mode=0o755)
    os.chmod(folder, 0o755)
    database = make_store(str(folder / "c.json"))
    os.chmod(database.path, mode)
    for _ in range(3):
        mend(database)
    assert (mode_of(database.path), mode_of(str(folder))) == (0o600, 0o755)
    assert mode_of(file_of(database).copies.folder) == 0o700
    assert findings(database) == []


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
def test_a_network_file_system_is_a_finding(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    folder = Path(database.path).parent
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/vda / ext4 rw 0 0\nsrv:/share {folder} {kind} rw 0 0\n")
    monkeypatch.setattr(doctor_checks_files_and_modes, "_MOUNTS", str(mounts))
    assert findings(database) == [
        f"{folder} is on a network file system ({kind}): all who change the store must be on one machine"
    ]


def test_a_large_store_is_examined_piece_by_piece(tmp_path: Path) -> None:
    folder = tmp_path / "large"
    folder.mkdir(mode=0o700)
    path = folder / "c.json"
    path.write_bytes(made(1500, 8))
    path.chmod(0o600)
    database = open_store(str(path))
    tracemalloc.start()
    try:
        # It is dated after the clock of the tests.
        assert all("in the future" in sentence for sentence in findings(database))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 2.2 * path.stat().st_size, "its tables are in memory as a whole"


def test_a_number_that_stands_twice_under_a_right_sum_is_found(database: Database) -> None:
    lines = raw(database).split(b"\n")
    place = next(place for place, line in enumerate(lines) if line.startswith(b'"2":{"id":2,"state"'))
    twice = b"\n".join([*lines[: place + 1], lines[place].rstrip(b",") + b",", *lines[place + 1 :]])
    Path(database.path).write_bytes(with_the_right_sum(twice))
    assert any("stands twice" in sentence for sentence in findings(database))


@pytest.mark.parametrize("fields", [{"at": "2031-02-01T09:00:00Z"}, {"day": "2023-03-03"}])
def test_an_event_of_the_future_is_found(database: Database, fields: dict[str, str]) -> None:
    do(database, "note", 2, "called")
    seq = max(json.loads(raw(database))["events"], key=int)
    by_hand(database, lambda data: data["events"][seq].update(fields))
    (told,) = [sentence for sentence in findings(database) if "in the future" in sentence]
    assert f"an event is dated in the future (the first: event {seq} of commitment 2, on " in told


def test_replaced_stores_that_lie_there_for_too_long_are_found_and_removed(database: Database) -> None:
    folder = Path(file_of(database).folder)
    old = folder / "commitments.replaced-20221101T090000Z.json"
    kept = ["commitments.replaced-20230228T090000Z-2.json", "commitments.replaced-letter.json", "other.replaced.json"]
    for path in (old, *(folder / name for name in kept)):
        path.write_bytes(b"{}")
    assert any(old.name in sentence for sentence in findings(database))
    mend(database)
    assert not old.exists()
    assert all((folder / name).exists() for name in kept)
    assert findings(database) == []


def test_a_restore_removes_what_older_ones_left_for_too_long(database: Database) -> None:
    old = Path(file_of(database).folder) / "commitments.replaced-20221101T090000Z.json"
    old.write_bytes(b"{}")
    restored = restore(database, str(file_of(database).copies.all()[0].revision))
    assert f"{old}, which an older restore left, was removed" in restored.warnings
    assert not old.exists()
    assert restored.kept_as
    assert Path(restored.kept_as).exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to somebody else")
@pytest.mark.parametrize(
    ("owner", "numbers", "machine", "is_told"),
    [
        (12346, {"zz-asel": 12345}, os.uname().nodename, True),
        (12345, {"zz-asel": 12345}, os.uname().nodename, False),
        (0, {"zz-asel": 12345}, os.uname().nodename, False),
        (12346, {"zz-asel": 12345}, "another machine", False),
        (12346, {}, os.uname().nodename, False),
    ],
)
def test_a_file_of_another_than_the_newest_change_is_signed_by_is_told(
    path: str, owner: int, numbers: dict[str, int], machine: str, is_told: bool
) -> None:
    make_store(path)
    asel = Database(path, StandingClock(), "zz-asel", 10.0, None)
    do(asel, "note", 2, "x")
    tables = json.loads(raw(asel))
    tables["_meta"]["1"]["accounts"] = {"machine": machine, "numbers": numbers}
    Path(path).write_bytes(with_the_right_sum(in_our_lines(tables)))
    os.chown(path, owner, -1)
    told = [finding.sentence for finding in examine(asel) if "signed by" in finding.sentence]
    sentence = (
        f"change 7, the newest, is signed by zz-asel, and the file that it made belongs to uid {owner}: they signed "
        "under another name, or root gave it to them since"
    )
    assert told == ([sentence] if is_told else [])


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to somebody else")
def test_the_number_of_an_account_is_that_of_the_machine_whatever_the_store_kept(path: str) -> None:
    """A change by a program that signs with another name keeps the number of its process beside that name."""
    make_store(path)
    forged = Database(path, StandingClock(), "daemon", 10.0, 12345)
    do(forged, "note", 2, "I agree to pay")
    os.chown(path, 12345, -1)
    assert any(
        "is signed by daemon, and the file that it made belongs to uid 12345" in each.sentence
        for each in examine(forged)
    )
