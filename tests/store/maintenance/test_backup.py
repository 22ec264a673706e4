"""Making stores, backups, and bringing one back."""

import json
import os
import shutil
import stat
from pathlib import Path

import pytest

from store.database import Database
from store.errors import Conflict, FollowUpError, NotAllowed, StoreUnusable, UsageError
from store.file.file_store import file_of
from store.file.quick_reader import read_quickly
from store.file.strict_reader import read_strictly
from store.maintenance.backup import backup
from store.maintenance.create_store import make_private, make_shared
from store.maintenance.restore import restore
from store.open_folder import OpenFolder
from store.operations.refuse_clashing_edits import expect_revision
from tests.support.fixed_day_and_user import ASEL, BORIS
from tests.support.store_builders import VISIT, add, beside, contents, do, events, make_store, open_store, raw, record


def mode_of(path: str | Path) -> int:
    return stat.S_IMODE(os.stat(path).st_mode)


def damage(database: Database, file: bytes = b"{") -> None:
    Path(database.path).write_bytes(file)


# Making


def test_a_new_store_is_empty_at_revision_one_and_whole(empty: Database) -> None:
    assert empty.snapshot().revision == 1
    assert contents(empty) == {"visits": {}, "parties": {}, "commitments": {}}
    assert read_quickly(raw(empty))
    read_strictly(raw(empty))


def test_a_private_store_makes_its_folder_for_its_owner_only(tmp_path: Path) -> None:
    database = open_store(str(tmp_path / "a" / "b" / "store.json"))
    make_private(database, {"timezone": "Asia/Tashkent"})
    assert mode_of(file_of(database).folder) == 0o700
    assert mode_of(database.path) == 0o600
    assert dict(database.snapshot().settings) == {"timezone": "Asia/Tashkent"}


def test_missing_folders_above_are_private_unless_a_group_must_get_through(tmp_path: Path) -> None:
    for mask in (0o000, 0o077):
        before = os.umask(mask)
        try:
            make_private(open_store(str(tmp_path / f"a{mask}" / "b" / "store.json")), {})
            make_shared(open_store(str(tmp_path / f"c{mask}" / "d" / "store.json")), {}, None)
        finally:
            os.umask(before)
        assert mode_of(tmp_path / f"a{mask}") == 0o700
        assert mode_of(tmp_path / f"c{mask}") == 0o755


def test_a_private_store_in_a_folder_that_is_there_leaves_the_folder_as_it_is(tmp_path: Path) -> None:
    os.chmod(tmp_path, 0o755)
    make_private(open_store(str(tmp_path / "store.json")), {})
    assert mode_of(tmp_path) == 0o755
    assert mode_of(tmp_path / "store.json") == 0o600


def test_a_shared_store_has_a_folder_that_hands_its_group_on(tmp_path: Path) -> None:
    database = open_store(str(tmp_path / "team" / "store.json"))
    make_shared(database, {}, None)
    assert mode_of(file_of(database).folder) == 0o2770
    assert mode_of(database.path) == 0o660


@pytest.mark.skipif(os.getuid() != 0, reason="giving a folder to another group needs root")
def test_a_shared_store_belongs_to_the_group_that_was_named(tmp_path: Path) -> None:
    import grp

    group = next(entry for entry in grp.getgrall() if entry.gr_gid not in (0, os.getgid()))
    database = open_store(str(tmp_path / "team" / "store.json"))
    make_shared(database, {}, group.gr_name)
    for path in (file_of(database).folder, database.path):
        assert os.stat(path).st_gid == group.gr_gid
    do(database, "add_visit", "Visit", place="Lyon", start="2022-12-06")
    for path in (database.path, file_of(database).lock_path, file_of(database).copies.folder):
        assert os.stat(path).st_gid == group.gr_gid


def test_an_unknown_group_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no-such-group"):
        make_shared(open_store(str(tmp_path / "team" / "store.json")), {}, "no-such-group")
    assert not (tmp_path / "team" / "store.json").exists()


def test_a_folder_that_holds_other_things_is_not_turned_into_a_shared_one(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir(mode=0o755)
    (folder / "letter.txt").write_text("x")
    with pytest.raises(NotAllowed, match="other things"):
        make_shared(open_store(str(folder / "store.json")), {}, None)
    assert mode_of(folder) == 0o755
    assert os.listdir(folder) == ["letter.txt"]


@pytest.mark.parametrize("content", [b"", b"precious", b"{}"])
def test_nothing_is_made_over_a_file_that_is_there(path: str, content: bytes) -> None:
    Path(path).write_bytes(content)
    for make in (make_private, lambda database, settings: make_shared(database, settings, None)):
        with pytest.raises(NotAllowed, match="there already"):
            make(open_store(path), {})
    assert Path(path).read_bytes() == content


def test_nothing_is_made_through_a_dangling_link(path: str, tmp_path: Path) -> None:
    """The link is followed to what it names; a store is never made over something, nor half of one."""
    os.symlink(tmp_path / "elsewhere.json", path)
    make_private(open_store(path), {})
    assert os.path.islink(path)
    assert (tmp_path / "elsewhere.json").is_file()
    with pytest.raises(NotAllowed):
        make_private(open_store(path), {})


# Backups


def test_a_backup_is_the_store_byte_for_byte_and_for_its_owner_only(database: Database, tmp_path: Path) -> None:
    os.chmod(database.path, 0o660)
    target = str(tmp_path / "backup.json")
    assert backup(database, target) == (target, True)
    assert Path(target).read_bytes() == raw(database)
    assert mode_of(target) == 0o600


def test_a_backup_without_a_name_stands_beside_the_store_with_its_revision(database: Database) -> None:
    made = backup(database, None).path
    assert os.path.dirname(made) == file_of(database).folder
    assert f"{database.snapshot().revision:06d}" in os.path.basename(made)


def test_a_backup_into_a_folder_gets_a_name_there(database: Database, tmp_path: Path) -> None:
    assert os.path.dirname(backup(database, str(tmp_path)).path) == str(tmp_path)


def test_a_store_that_has_not_changed_needs_no_second_backup_and_renews_the_time_of_the_first(
    database: Database, tmp_path: Path
) -> None:
    for name in ("", "named.json"):
        made = backup(database, str(tmp_path / name)).path
        os.utime(made, (0, 0))
        before = os.stat(made).st_ino
        assert backup(database, str(tmp_path / name)) == (made, False)
        assert (os.stat(made).st_ino, os.stat(made).st_mtime > 0) == (before, True)
    assert len(list(tmp_path.glob("*.json"))) == 2


def test_a_revision_that_came_a_second_time_gets_a_backup_of_its_own(database: Database, tmp_path: Path) -> None:
    first = backup(database, str(tmp_path)).path
    do(database, "note", 1, "lost")
    lost = backup(database, str(tmp_path)).path
    shutil.rmtree(file_of(database).folder)
    restore(database, first)
    second, again = backup(database, str(tmp_path)), backup(database, str(tmp_path))
    assert second == (lost.replace(".json", "-2.json"), True)
    assert again == (second.path, False)
    assert Path(second.path).read_bytes() == raw(database) != Path(lost).read_bytes()


@pytest.mark.skipif(os.getuid() != 0, reason="a file of another account needs root")
def test_a_backup_of_another_account_is_none_of_ours(database: Database, tmp_path: Path) -> None:
    made = backup(database, str(tmp_path)).path
    os.chown(made, 4321, -1)
    assert backup(database, str(tmp_path)) == (made.replace(".json", "-2.json"), True)
    with pytest.raises(NotAllowed):
        backup(database, made)


def test_the_store_itself_and_a_link_to_it_are_no_backup_of_it(database: Database, tmp_path: Path) -> None:
    hard, link = tmp_path / "hard.json", tmp_path / "link.json"
    os.link(database.path, hard)
    link.symlink_to(hard)
    for path in (database.path, str(hard), str(link)):
        with pytest.raises(NotAllowed, match="there already"):
            backup(database, path)


def test_a_backup_writes_over_nothing_and_follows_no_link(database: Database, tmp_path: Path) -> None:
    target = tmp_path / "backup.json"
    target.write_text("precious")
    with pytest.raises(NotAllowed, match="there already"):
        backup(database, str(target))
    link = tmp_path / "link.json"
    link.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NotAllowed):
        backup(database, str(link))
    assert target.read_text() == "precious"
    assert not (tmp_path / "elsewhere").exists()


def test_a_backup_sweeps_nothing_of_another_store(database: Database) -> None:
    leftover = f".commitments.json.{os.getpid()}.0123456789ab.tmp"
    (Path(file_of(database).folder) / leftover).write_bytes(b"of a change that is being written")
    with pytest.raises(NotAllowed):
        backup(database, database.path)
    backup(database, os.path.join(file_of(database).folder, "commitments"))
    assert leftover in os.listdir(file_of(database).folder)


def test_a_backup_that_the_disk_does_not_confirm_is_removed_again(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OpenFolder, "sync", lambda folder: "Input/output error")
    with pytest.raises(FollowUpError, match="did not confirm it: Input") as refused:
        backup(database, str(tmp_path / "backup.json"))
    assert not isinstance(refused.value, StoreUnusable)
    assert not (tmp_path / "backup.json").exists()


def test_a_damaged_store_is_not_backed_up(database: Database, tmp_path: Path) -> None:
    damage(database)
    with pytest.raises(StoreUnusable):
        backup(database, str(tmp_path / "backup.json"))
    assert not (tmp_path / "backup.json").exists()


def test_a_backup_into_nowhere_is_refused(database: Database, tmp_path: Path) -> None:
    with pytest.raises(FollowUpError, match="no folder") as refused:
        backup(database, str(tmp_path / "none" / "backup.json"))
    assert not isinstance(refused.value, StoreUnusable)


# Bringing one back


def test_a_damaged_store_gets_the_newest_good_copy_and_the_file_that_was_there_is_kept(database: Database) -> None:
    before = contents(database)
    do(database, "mark", 2, "done")
    damage(database, b"{broken")
    restored = restore(database, None)
    assert restored.from_revision == 6
    assert contents(database) == before
    assert restored.kept_as
    assert Path(restored.kept_as).read_bytes() == b"{broken"
    read_strictly(raw(database))


def test_a_damaged_copy_is_passed_over(database: Database) -> None:
    newest, second = file_of(database).copies.all()[:2]
    Path(newest.path).write_bytes(b"{")
    damage(database)
    assert restore(database, None).from_revision == second.revision


def test_without_any_good_copy_nothing_is_touched(database: Database) -> None:
    for copy in file_of(database).copies.all():
        Path(copy.path).write_bytes(b"{")
    damage(database, b"precious")
    with pytest.raises(NotAllowed):
        restore(database, None)
    assert raw(database) == b"precious"


def test_a_healthy_store_needs_the_copy_named(database: Database) -> None:
    before = raw(database)
    with pytest.raises(NotAllowed, match="name the copy that is to take its place"):
        restore(database, None)
    assert raw(database) == before
    assert [name for name in os.listdir(file_of(database).folder) if "replaced" in name] == []


def test_a_named_revision_or_file_takes_a_healthy_stores_place(database: Database, tmp_path: Path) -> None:
    old = contents(database)
    made = backup(database, str(tmp_path / "backup.json")).path
    do(database, "mark", 2, "done")
    newer = raw(database)
    restored = restore(database, made)
    assert contents(database) == old
    assert restored.kept_as
    assert Path(restored.kept_as).read_bytes() == newer
    oldest = file_of(database).copies.all()[-1]
    restore(database, str(oldest.revision))
    assert sorted(database.snapshot().commitments) == list(range(1, oldest.revision - 1))


@pytest.mark.parametrize("wanted", ["777", "/nowhere/backup.json", "notes"])
def test_a_copy_that_is_not_there_is_not_found(database: Database, wanted: str) -> None:
    before = raw(database)
    with pytest.raises(NotAllowed):
        restore(database, wanted)
    assert raw(database) == before


def test_a_file_that_is_no_store_is_not_brought_back(database: Database, tmp_path: Path) -> None:
    before = raw(database)
    (tmp_path / "letter.json").write_text('{"dear": "sir"}')
    with pytest.raises(StoreUnusable, match="letter"):
        restore(database, str(tmp_path / "letter.json"))
    assert raw(database) == before


def test_all_revisions_are_above_any_that_was_seen(database: Database) -> None:
    for _ in range(4):
        do(database, "note", 2, "called")
    seen = database.snapshot().revision
    damage(database, raw(database).replace(b'"agreed"', b'"agreeed"', 1))
    restored = restore(database, None)
    assert database.snapshot().revision == restored.revision > seen
    assert all(record(database, number)["revision"] > seen for number in (1, 2, 3, 4))


def test_even_without_a_readable_line_the_revision_is_above_that_of_the_lost_state(database: Database) -> None:
    lost = database.snapshot().revision
    damage(database, b"")
    assert restore(database, None).revision > lost


def test_who_looked_at_the_lost_state_meets_a_conflict(database: Database) -> None:
    do(database, "mark", 2, "done")
    looked_at = record(database, 2)["revision"]
    damage(database)
    restore(database, None)
    current = record(database, 2)["revision"]
    with pytest.raises(Conflict), database.transaction() as tx:
        expect_revision(tx, 2, looked_at, current)


def test_numbers_given_after_the_copy_are_not_given_again(database: Database) -> None:
    made = file_of(database).copies.all()[0].revision
    assert add(database) == 5
    assert add(database) == 6
    restore(database, str(made))
    assert add(database) == 7
    seqs = [event["seq"] for event in database.snapshot().events()]
    assert seqs == sorted(set(seqs))


def test_numbers_in_a_damaged_file_whose_first_line_still_reads_are_not_given_again(database: Database) -> None:
    assert add(database) == 5
    damage(database, raw(database)[:-200])
    restore(database, None)
    assert add(database) == 6


@pytest.mark.parametrize("number", [b"-7", b"0", b'"9"', b"999999999999999", b"1" * 18, b"null", b"[]"])
@pytest.mark.parametrize("name", [b'"revision":', b'"events":'])
def test_numbers_that_a_damaged_first_line_cannot_mean_are_not_taken(
    database: Database, name: bytes, number: bytes
) -> None:
    start, rest = raw(database).split(name, 1)
    damage(database, start + name + number + rest.lstrip(b"0123456789")[:-9])
    restore(database, None)
    read_strictly(raw(database))
    assert database.snapshot().revision < 1000
    assert add(database) == 5


def test_a_restore_is_an_event_and_cannot_be_undone(database: Database) -> None:
    damage(database)
    restore(beside(database, who=BORIS), None)
    last = database.snapshot().events()[-1]
    assert (last["action"], last["who"]) == ("restore", BORIS)
    with pytest.raises(NotAllowed):
        do(beside(database, who=BORIS), "undo")


def test_after_a_restore_the_former_changes_can_be_undone_and_new_ones_made(database: Database) -> None:
    do(database, "mark", 2, "in-progress")
    do(database, "note", 2, "lost")
    damage(database)
    restore(database, None)
    do(database, "undo")
    assert record(database, 2)["state"] == "agreed"
    do(database, "note", 2, "called")
    assert [event["note"] for event in events(database, 2) if "note" in event] == ["called"]


def test_a_store_that_is_gone_is_brought_back_as_shared_as_it_was(tmp_path: Path) -> None:
    """Its copies are still readable by the group: the store must not come back for one user only."""
    database = open_store(str(tmp_path / "team" / "store.json"))
    make_shared(database, {}, None)
    do(database, "add_visit", "Visit", place="Lyon", start="2022-12-06", slug=VISIT)
    os.unlink(database.path)
    restored = restore(database, None)
    assert restored.kept_as is None
    assert mode_of(database.path) == 0o660


@pytest.mark.parametrize("mode", [0o600, 0o660])
def test_a_restored_store_keeps_its_mode(database: Database, mode: int) -> None:
    os.chmod(database.path, mode)
    damage(database)
    restored = restore(database, None)
    assert mode_of(database.path) == mode
    assert restored.kept_as
    assert mode_of(restored.kept_as) & ~mode == 0


@pytest.mark.parametrize("more", [{}, {"more": "text"}, {"more": {"1": {"share": 0.5}}}, {"more": {"a": {}}}])
def test_a_newer_store_whatever_it_holds_is_not_replaced_by_a_guess(
    database: Database, more: dict[str, object]
) -> None:
    data = json.loads(raw(database)) | more
    data["_meta"]["1"]["schema"] = 2
    damage(database, json.dumps(data).encode())
    before = raw(database)
    with pytest.raises(StoreUnusable, match="newer followup"):
        restore(database, None)
    assert raw(database) == before


def test_two_restores_within_one_second_keep_both_replaced_files(path: str) -> None:
    database = make_store(path, who=ASEL)

    class StoppedClock:
        def now(self) -> str:
            return "2023-03-01T10:00:00Z"

        def today(self, timezone: str | None) -> str:
            return "2023-03-01"

    database.clock = StoppedClock()
    kept = set()
    for content in (b"{one", b"{two"):
        damage(database, content)
        restored = restore(database, None)
        assert restored.kept_as
        kept.add(Path(restored.kept_as).read_bytes())
    assert kept == {b"{one", b"{two"}
