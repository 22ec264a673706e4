"""Stores: made, copied, checked, brought back; and a passage taken out of one for good."""

import grp
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from store.database import Database
from store.file.file_store import file_of
from store.rules.silence_and_chasing import SILENT_AFTER
from tests.conftest import Run
from tests.support import store_builders
from tests.support.check_answers_and_refusals import (
    assert_one_sentence,
    assert_refused,
    document,
    ids,
    lines_of,
    unchanged,
)
from tests.support.folder_for_all_users import folder_for_all
from tests.support.run_in_shell_or_terminal import on_terminal
from tests.support.store_bytes import in_our_lines, with_the_right_sum

ADD = ["visit", "add", "Workshop", "--place", "Vienna", "--from", "2023-02-01"]


def _mode(path: str | Path) -> int:
    return stat.S_IMODE(os.stat(path).st_mode)


# init.


def test_init_makes_a_private_store_whatever_the_umask(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "new" / "c.json"
    for umask in (0o000, 0o077):
        made = run("init", str(store), umask=umask)
        assert (made.code, made.out) == (0, f"{store}\n")
        assert_one_sentence(made.err, f"export FOLLOWUP_STORE={store}")
        assert (_mode(store), _mode(store.parent)) == (0o600, 0o700)
        assert run("list", "--store", str(store))[:2] == (0, "")
        store.unlink()
        store.parent.rmdir()


def test_init_without_a_path_makes_my_default_store(run: Run, environment: dict[str, str]) -> None:
    store = Path(environment["HOME"], ".local/share/followup/commitments.json")
    assert run("init", env={"FOLLOWUP_STORE": ""}) == (0, f"{store}\n", "")
    assert (_mode(store), _mode(store.parent)) == (0o600, 0o700)
    other = Path(environment["HOME"], "data")
    assert run("init", env={"FOLLOWUP_STORE": "", "XDG_DATA_HOME": str(other)}).code == 0
    assert (other / "followup" / "commitments.json").is_file()


def test_init_where_the_variable_says_needs_no_hint(run: Run, path: str) -> None:
    assert run("init") == (0, f"{path}\n", "")


def test_what_init_says_to_type_works_in_every_folder(run: Run, tmp_path: Path) -> None:
    made = run("init", "c.json", cwd=tmp_path)
    assert (made.code, made.out) == (0, f"{tmp_path}/c.json\n")
    assert f"FOLLOWUP_STORE={tmp_path}/c.json" in made.err


@pytest.mark.file_only("the path of a file")
def test_init_never_touches_what_is_there(database: Database, run: Run) -> None:
    with unchanged(database.path):
        refused = run("init")
        assert refused.code in (1, 4)
        assert_refused(refused, refused.code, database.path, "there already")
        refused = run("init", file_of(database).folder)
        assert_refused(refused, refused.code, file_of(database).folder, "there already")


def test_init_shares_a_folder_whatever_the_umask(run: Run, tmp_path: Path) -> None:
    group = grp.getgrgid(os.getgid()).gr_name
    store = tmp_path / "new" / "c.json"
    made = run("init", str(store), "--shared", "--group", group, "--timezone", "Asia/Tashkent", umask=0o077)
    assert (made.code, made.out) == (0, f"{store}\n")
    assert (_mode(store.parent), _mode(store)) == (0o2770, 0o660)
    there = ["--store", str(store)]
    assert run(*there, *ADD, umask=0o077).code == 0
    assert run(*there, *ADD, "--slug", "other", umask=0o000).code == 0
    copies = store.parent / ".c.json.copies"
    assert (_mode(store), _mode(store.parent / ".c.json.lock"), _mode(copies)) == (0o660, 0o660, 0o2770)
    assert {_mode(copy) for copy in copies.iterdir()} == {0o660}
    assert document(run("config", "timezone", "--json", *there))["timezone"]["value"] == "Asia/Tashkent"
    assert run("doctor", *there).code == 0


@pytest.mark.parametrize(
    ("argv", "code", "fragments"),
    [
        (["--group", "nogroup"], 2, ["--shared"]),
        (["--shared", "--group", "no-such-group"], 2, ["no-such-group"]),
        (["--timezone", "Mars/Olympus"], 2, ["Mars/Olympus"]),
        (["a", "b"], 2, ["b"]),
    ],
)
@pytest.mark.file_only("the path of a file")
def test_init_is_refused(run: Run, path: str, argv: list[str], code: int, fragments: list[str]) -> None:
    assert_refused(run("init", *argv), code, *fragments)
    assert not Path(path).exists()


def test_init_shared_refuses_a_folder_with_other_things(run: Run, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("x")
    mode = _mode(tmp_path)
    assert_refused(run("init", str(tmp_path / "c.json"), "--shared"), 1, str(tmp_path))
    assert _mode(tmp_path) == mode


@pytest.mark.answers_differ("a store on a server is shared by a role")
def test_only_a_visit_in_my_own_default_place_makes_a_store(run: Run, path: str, environment: dict[str, str]) -> None:
    store = Path(environment["HOME"], ".local/share/followup/commitments.json")
    for env in ({}, {"FOLLOWUP_STORE": ""}):
        for argv in (["list"], ["note", "1", "x"], ["undo"], ["backup"], ["doctor"], ["batch"], ["config", "me"]):
            result = run(*argv, env=env, input="note 1 x\n")
            assert result.code == (0 if argv[0] == "config" else 4), argv
    assert_refused(run(*ADD), 4, path, "followup init")
    assert not Path(path).exists()
    assert not store.exists()
    made = run(*ADD, env={"FOLLOWUP_STORE": ""})
    assert (made.code, made.out) == (0, "vienna-2023\n")
    assert_one_sentence(made.err, str(store))
    assert _mode(store) == 0o600


def test_a_visit_that_is_refused_makes_no_store(run: Run, environment: dict[str, str]) -> None:
    """A failing command changes nothing."""
    store = Path(environment["HOME"], ".local/share/followup/commitments.json")
    argv = ["visit", "add", "Workshop", "--place", "Vienna", "--from", "someday"]
    refused = run(*argv, env={"FOLLOWUP_STORE": ""})
    assert (refused.code, refused.out) == (2, "")
    assert not store.exists()


# demo.


def test_the_demo_has_every_band_state_and_outcome(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "d" / "demo.json"
    made = run("demo", str(store))
    assert made.code == 0
    assert_one_sentence(made.err, str(store))
    assert made.out == run("status", "--store", str(store)).out
    listed = document(run("list", "--all", "--json", "--store", str(store)))
    assert {each["band"] for each in listed} == {
        "overdue",
        "today",
        "week",
        "month",
        "later",
        "no-date",
        "unconfirmed",
        "finished",
    }
    assert {each["state"] for each in listed} == {
        "proposed",
        "agreed",
        "in-progress",
        "reported",
        "confirmed",
        "closed",
    }
    assert {each["outcome"] for each in listed} == {None, "met", "met-extended", "met-late", "met-undated", "not-met"}
    assert any(each["seats"] for each in listed)
    assert any(each["miss_reason"] for each in listed)
    assert any(each["silent_days"] >= SILENT_AFTER for each in listed)
    lyon = [each for each in listed if each["visit"] == "lyon-2022"]
    assert sorted(each["state"] for each in lyon) == ["agreed", "agreed", "proposed", "proposed", "proposed"]
    assert all(each["due"] is None and each["seats"] is None for each in lyon)
    assert run("doctor", "--store", str(store)).code == 0


@pytest.mark.parametrize("today", ["2024-02-29", "2023-12-31", "2023-01-01", "2026-11-25"])
def test_the_demo_is_whole_on_every_day(run: Run, tmp_path: Path, today: str) -> None:
    store = str(tmp_path / "demo.json")
    assert run("demo", store, "--today", today).code == 0
    counts = document(run("status", "--json", "--store", store, "--today", today))
    assert (counts["overdue"], counts["due_today"], counts["week"], counts["no_date"]) == (2, 1, 1, 6)


def test_a_demo_is_made_in_the_store_that_the_line_names(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "there.json"
    made = run("demo", "--store", str(store))
    assert made.code == 0
    assert store.is_file()


def test_the_demo_without_a_path_is_in_a_temporary_place(run: Run, tmp_path: Path) -> None:
    made = run("demo", env={"TMPDIR": str(tmp_path)})
    (store,) = tmp_path.glob("followup-demo-*/*.json")
    assert made.code == 0
    assert str(store) in made.err
    assert "20 commitments" in made.out


def test_the_demo_never_touches_what_is_there(database: Database, run: Run) -> None:
    with unchanged(database.path):
        refused = run("demo", database.path)
        assert refused.code in (1, 4)
        assert_refused(refused, refused.code, database.path)


# backup and restore.


@pytest.mark.file_only("the copies beside a file")
def test_a_backup_is_a_verified_copy_at_the_path_printed(database: Database, run: Run, tmp_path: Path) -> None:
    target = tmp_path / "copy.json"
    with unchanged(database.path):
        assert run("backup", str(target)) == (0, f"{target}\n", "")
    assert target.read_bytes() == store_builders.raw(database)
    assert _mode(target) == 0o600
    assert run("list", "--store", str(target)) == run("list")
    assert run("backup", str(target)) == (0, f"{target}\n", "")  # The same: a timer goes on in silence.
    store_builders.do(database, "note", 1, "x")
    assert_refused(run("backup", str(target)), 1, str(target), "there already")


@pytest.mark.file_only("the copies beside a file")
def test_a_backup_without_a_path_lies_beside_the_store(database: Database, run: Run) -> None:
    made = run("backup")
    assert (made.code, made.err) == (0, "")
    target = Path(made.out.removesuffix("\n"))
    assert target.parent == Path(file_of(database).folder)
    assert target.read_bytes() == store_builders.raw(database)


@pytest.mark.answers_differ("a server has no file whose name and folder it could take")
def test_a_backup_goes_into_a_folder(database: Database, run: Run, tmp_path: Path) -> None:
    made = run("backup", str(tmp_path))
    path = Path(made.out.removesuffix("\n"))
    assert path.parent == tmp_path
    os.utime(path, (0, 0))
    assert run("backup", str(tmp_path)) == made
    assert path.stat().st_mtime > 0
    assert len(list(tmp_path.glob("*.backup-*"))) == 1


@pytest.mark.file_only("the copies beside a file")
def test_a_backup_that_cannot_be_written_leaves_nothing(database: Database, run: Run, tmp_path: Path) -> None:
    for missing in (tmp_path / "none", tmp_path / "file"):
        (tmp_path / "file").touch()
        with unchanged(database.path):
            assert_refused(run("backup", str(missing / "c.json")), 1, f"there is no folder {missing}: make it")
    Path(database.path).write_text("{")
    target = tmp_path / "copy.json"
    assert_refused(run("backup", str(target)), 4, "damaged")
    assert not target.exists()


@pytest.mark.file_only("the sum of a file")
@pytest.mark.parametrize(
    ("table", "field", "value"), [("commitments", "by", 5), ("events", "fields", 5), ("visits", "start", "soon")]
)
def test_no_backup_is_made_of_a_store_that_could_not_be_brought_back(
    database: Database, run: Run, tmp_path: Path, table: str, field: str, value: object
) -> None:
    tables = json.loads(store_builders.raw(database))
    number = next(iter(tables[table]))
    tables[table][number][field] = value
    Path(database.path).write_bytes(with_the_right_sum(in_our_lines(tables)))
    target = tmp_path / "copy.json"
    refused = run("backup", str(target))
    assert_refused(refused, 4, f"in {table}, record {number}: {field} ", "followup doctor", "followup restore --list")
    assert not target.exists()
    assert run("restore").code == 0
    assert run("backup", str(target)).code == 0


@pytest.mark.file_only("the copies beside a file")
def test_each_change_keeps_the_one_before_it(database: Database, run: Run) -> None:
    before = store_builders.raw(database)
    run("note", "2", "x")
    (line,) = [line for line in lines_of(run("restore", "--list")) if line.startswith("6\t")]
    copy = Path(line.split("\t")[-1])
    assert copy.parent.name == ".commitments.json.copies"
    assert copy.read_bytes() == before
    assert _mode(copy) == 0o600
    assert json.loads(copy.read_bytes())["_meta"]["1"]["revision"] == 6


@pytest.mark.file_only("the copies beside a file")
def test_ten_copies_at_most_are_kept(database: Database, run: Run) -> None:
    run("batch", input="note 2 x\n" * 30)
    lines = lines_of(run("restore", "--list"))
    revisions = [int(line.split("\t")[0]) for line in lines]
    assert revisions[:3] == [35, 34, 33]
    assert len(revisions) <= 10


@pytest.mark.file_only("the copies beside a file")
def test_restore_brings_back_a_copy_by_its_revision(database: Database, run: Run) -> None:
    run("note", "2", "first")
    run("mark", "2", "3", "done")
    restored = run("restore", "7")
    assert restored.code == 0
    assert restored.out.startswith("revision 7 is back; the store is now at revision ")
    assert "kept as" in restored.err
    shown = document(run("show", "2", "--json"))
    assert (shown["state"], [note["text"] for note in shown["notes"]]) == ("agreed", ["first"])
    assert document(run("status", "--json"))["store_revision"] > 8
    assert shown["revision"] > 3
    assert document(run("history", "--json"))[-1]["action"] == "restore"


@pytest.mark.file_only("the copies beside a file")
def test_restore_keeps_the_replaced_store_beside_it(database: Database, run: Run) -> None:
    run("note", "2", "x")
    before = store_builders.raw(database)
    assert run("restore", "6").code == 0
    kept = [name for name in store_builders.folder_of(database) if "replaced" in name]
    assert [Path(file_of(database).folder, name).read_bytes() for name in kept] == [before]


@pytest.mark.answers_differ("a server has no file whose name and folder it could take")
def test_restore_brings_back_a_backup_file(database: Database, run: Run, tmp_path: Path) -> None:
    target = str(tmp_path / "copy.json")
    run("backup", target)
    run("mark", "2", "done")
    assert run("restore", target).code == 0
    assert document(run("show", "2", "--json"))["state"] == "agreed"


@pytest.mark.file_only("the copies beside a file")
def test_restore_of_a_damaged_store_takes_the_state_before_the_last_change(database: Database, run: Run) -> None:
    run("note", "2", "first")
    run("note", "2", "second")
    Path(database.path).write_bytes(store_builders.raw(database)[:500])
    assert_refused(run("list"), 4, "damaged", "followup restore")
    assert run("restore").code == 0
    assert [note["text"] for note in document(run("show", "2", "--json"))["notes"]] == ["first"]
    assert document(run("status", "--json"))["store_revision"] > 8
    assert run("note", "2", "third").code == 0
    assert run("doctor").code == 0


@pytest.mark.file_only("the copies beside a file")
def test_restore_of_a_missing_store_brings_it_back(database: Database, run: Run) -> None:
    run("note", "2", "x")
    Path(database.path).unlink()
    assert run("restore").code == 0
    assert len(ids(run("list", "--ids"))) == 4
    assert _mode(database.path) == 0o600


def test_restore_of_a_lost_folder_makes_a_private_store_and_says_how_it_is_shared(
    database: Database, run: Run, tmp_path: Path
) -> None:
    target = str(tmp_path / "copy.json")
    run("backup", target)
    folder = tmp_path / "srv" / "followup"
    store = folder / "commitments.json"
    there = ["--store", str(store)]
    assert_refused(run("list", *there), 4, "--shared --group GROUP", f"followup restore --store {store} FILE")
    for refused in ([], ["7"], [str(tmp_path / "none.json")]):
        assert_refused(run("restore", *refused, *there), 1, "no")
        assert not folder.parent.exists()
    restored = run("restore", target, *there)
    assert (restored.code, restored.out) == (0, "revision 6 is back; the store is now at revision 7\n")
    modes = f"chmod 2770 {folder} && chmod 660 {store}"
    to_share = f"chgrp -R GROUP {folder} && {modes} && followup doctor --repair --store {store}"
    assert restored.err == (
        f"followup: there was no store: {store} has mode 0600, its folder 0700, so it is yours alone; "
        f"to share it: {to_share}\n"
    )
    assert (_mode(folder.parent), _mode(folder), _mode(store)) == (0o755, 0o700, 0o600)
    assert run("doctor", *there).out.endswith(": no findings\n")
    folder.chmod(0o2770)
    store.chmod(0o660)
    assert run("doctor", "--repair", *there).code == 0
    assert run("doctor", *there).out.endswith(": no findings\n")
    assert run("note", "2", "x", *there).code == 0


def test_restore_into_a_shared_folder_is_shared(database: Database, run: Run, tmp_path: Path) -> None:
    target = str(tmp_path / "copy.json")
    run("backup", target)
    folder = tmp_path / "team"
    folder.mkdir()
    folder.chmod(0o2770)
    restored = run("restore", target, "--store", str(folder / "c.json"))
    group = grp.getgrgid(folder.stat().st_gid).gr_name
    modes = f"{folder}/c.json has mode 0660, its folder 2770"
    told = f"followup: there was no store: {modes}, shared with the group {group}\n"
    assert (restored.code, restored.err) == (0, told)
    assert run("doctor", "--store", str(folder / "c.json")).code == 0


@pytest.mark.file_only("the copies beside a file")
def test_restore_passes_over_a_damaged_copy(database: Database, run: Run) -> None:
    run("note", "2", "first")
    run("note", "2", "second")
    newest = lines_of(run("restore", "--list"))[0].split("\t")[-1]
    Path(newest).write_bytes(b"{")
    Path(database.path).write_bytes(b"{")
    assert run("restore").code == 0
    assert document(run("show", "2", "--json"))["notes"] == []


@pytest.mark.file_only("the copies beside a file")
def test_a_number_is_not_used_again_after_a_restore(database: Database, run: Run) -> None:
    add = ["add", "New", "--visit", "lyon-2022", "--by", "UNODC", "--to", "INTERPOL"]
    assert run(*add).out == "5\n"
    run("restore", "6")
    assert ids(run("list", "--ids", "--all", "--sort", "id")) == [1, 2, 3, 4]
    assert run(*add).out == "6\n"


@pytest.mark.file_only("the copies beside a file")
def test_an_undo_after_a_restore_does_not_take_it_for_mine(database: Database, run: Run) -> None:
    run("note", "2", "x")
    run("restore", "6")
    with unchanged(database.path):
        assert_refused(run("undo"), 1, "no change of yours")


@pytest.mark.parametrize(
    ("argv", "code", "fragments"),
    [
        ([], 1, ["healthy", "followup restore --list"]),
        (["999"], 1, ["999", "followup restore --list"]),
        (["nofile.json"], 1, ["nofile.json"]),
        (["a", "b"], 2, ["b"]),
    ],
)
@pytest.mark.file_only("the copies beside a file")
def test_restore_is_refused(database: Database, run: Run, argv: list[str], code: int, fragments: list[str]) -> None:
    with unchanged(database.path):
        assert_refused(run("restore", *argv), code, *fragments)


def test_restore_of_a_bad_copy_changes_nothing(database: Database, run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('{"_default": {}}')
    with unchanged(database.path):
        assert_refused(run("restore", str(bad)), 4, str(bad))


@pytest.mark.file_only("the copies beside a file")
def test_restore_refuses_a_newer_store(database: Database, run: Run) -> None:
    run("note", "2", "x")
    text = store_builders.raw(database).replace(b'"schema":1', b'"schema":2')
    Path(database.path).write_bytes(text)
    with unchanged(database.path):
        assert_refused(run("restore"), 4, "newer")


@pytest.mark.file_only("the copies beside a file")
def test_a_restore_without_copies_says_so(database: Database, run: Run) -> None:
    for copy in file_of(database).copies.all():
        os.unlink(copy.path)
    listed = run("restore", "--list")
    assert (listed.code, listed.out) == (0, "")
    assert_one_sentence(listed.err)
    Path(database.path).write_bytes(b"")
    assert_refused(run("restore"), 1, "copy")


def test_a_list_of_copies_of_no_store_says_so(run: Run, tmp_path: Path) -> None:
    assert_refused(run("restore", "--list", env={"FOLLOWUP_STORE": str(tmp_path / "none.json")}), 4, "followup init")


# doctor.


@pytest.mark.file_only("a damaged file")
def test_the_doctor_looks_again_after_mending(database: Database, run: Run) -> None:
    os.chmod(database.path, 0o604)
    assert run("doctor", "--repair").code == 0
    assert run("doctor").code == 0


def test_the_doctor_finds_nothing_in_a_new_store(database: Database, run: Run) -> None:
    clean = run("doctor")
    assert (clean.code, clean.err) == (0, "")
    assert clean.out.splitlines()[0].endswith(": no findings")
    assert run("doctor", "--repair").code == 0


def test_the_doctor_finds_a_folder_that_everybody_can_write_in(run: Run) -> None:
    with folder_for_all() as folder:
        store = str(folder / "c.json")
        assert str(folder) in run("init", store).err
        found = run("doctor", "--store", store)
    assert (found.code, found.err) == (1, "")
    assert str(folder) in found.out


@pytest.mark.file_only("a damaged file")
def test_the_doctor_cannot_read_a_damaged_store(database: Database, run: Run, path: str) -> None:
    Path(path).write_bytes(b"{")
    for argv in (["doctor"], ["doctor", "--repair"]):
        with unchanged(path):
            assert_refused(run(*argv), 4, path, "damaged")
    Path(path).unlink()
    assert_refused(run("doctor"), 4, path)


@pytest.mark.file_only("the path of a file")
def test_stock_tinydb_opens_the_store(database: Database, run: Run) -> None:
    script = (
        "import sys, tinydb\n"
        "db = tinydb.TinyDB(sys.argv[1], access_mode='r')\n"
        "print(len(db.table('commitments')), len(db.table('visits')))\n"
    )
    run("note", "2", "x")
    read = subprocess.run([sys.executable, "-c", script, database.path], capture_output=True, text=True)
    assert (read.returncode, read.stdout, read.stderr) == (0, "4 1\n", "")


# redact.


@pytest.mark.answers_differ("a server has other copies that may hold the passage")
def test_redacting_takes_a_passage_out_everywhere(database: Database, run: Run) -> None:
    run("note", "2", "captain Karimova called")
    run("edit", "2", "--quote", "captain Karimova said so")
    run("note", "3", "captain Karimova again")
    done = run("redact", "2", "--passage", "captain", "Karimova", "--yes")
    assert (done.code, done.out.count("\n")) == (0, 1)
    shown = run("show", "2", "--json").out
    assert "Karimova" not in shown
    assert "[redacted by" in shown
    assert "2023-03-01]" in shown
    assert "Karimova" in run("show", "3").out
    assert "Karimova" not in run("history", "2").out
    for copy in file_of(database).copies.all():
        text = Path(copy.path).read_text()
        assert "Karimova said so" not in text
        assert "Karimova called" not in text
    assert run("doctor").code == 0


def test_redacting_asks_on_a_terminal(database: Database, run: Run, environment: dict[str, str]) -> None:
    run("note", "2", "secret")
    argv = ["redact", "2", "--passage", "secret"]
    with unchanged(database.path):
        refused = on_terminal(*argv, env=environment, typed=b"no\n", is_stderr=True)
    assert refused.code == 1
    assert "secret" in refused.out
    agreed = on_terminal(*argv, env=environment, typed=b"yes\n", is_stderr=True)
    assert agreed.code == 0
    assert "secret" not in run("show", "2").out


@pytest.mark.parametrize(
    ("argv", "code", "fragments"),
    [
        (["redact", "2", "--passage", "ISON"], 2, ["--yes"]),
        (["redact", "2", "--yes"], 2, ["--passage"]),
        (["redact", "2", "--passage", " ", "--yes"], 2, ["passage"]),
        (["redact", "2", "--passage", "nowhere", "--yes"], 1, ["2", "nowhere"]),
        (["redact", "99", "--passage", "x", "--yes"], 3, ["99"]),
        (["redact", "--passage", "x", "--yes"], 2, ["ID"]),
        (["redact", "2", "--passage", "", "--yes"], 2, ["passage"]),
        (["redact", "2", "--passage", "ISON", "--yes", "--expect-rev", "9"], 6, ["revision"]),
        (["redact", "2", "--passage", "MIA", "--yes"], 1, ["party"]),
        (["redact", "two", "--passage", "ISON", "--yes"], 2, ["two"]),
        (["redact", "2", "3", "--passage", "ISON", "--yes"], 2, ["3"]),
    ],
)
def test_redacting_is_refused(database: Database, run: Run, argv: list[str], code: int, fragments: list[str]) -> None:
    with unchanged(database.path):
        assert_refused(run(*argv), code, *fragments)


@pytest.mark.answers_differ("a server has other copies that may hold the passage")
def test_a_redaction_cannot_be_undone(database: Database, run: Run) -> None:
    run("note", "2", "secret")
    run("redact", "2", "--passage", "secret", "--yes")
    run("undo")
    assert "secret" not in run("show", "2", "--json").out
    assert "secret" not in run("history", "2", "--json").out


@pytest.mark.file_only("the copies beside a file")
def test_a_redacted_passage_does_not_come_back_with_an_undo(database: Database, run: Run) -> None:
    run("edit", "2", "--quote", "the secret plan")
    run("edit", "2", "--quote", "nothing")
    run("redact", "2", "--passage", "secret", "--yes")
    run("undo")
    assert "secret" not in Path(database.path).read_text()


@pytest.mark.file_only("copies beside a file")
def test_a_lost_store_is_named_with_what_brings_it_back_and_no_new_one_takes_its_place(
    database: Database, run: Run
) -> None:
    assert run("note", "2", "called").code == 0
    newest = file_of(database).copies.all()[0].revision
    Path(database.path).unlink()
    for argv in (["status"], ["list"], ["doctor"], ["note", "2", "x"], ["config", "lang"]):
        assert_refused(run(*argv), 4, "copies of one that was there lie beside it: followup restore ")
    assert_refused(run("init", database.path), 1, "followup restore ", "for a new store move them away first: mv ")
    assert_refused(run("visit", "add", "Visit", "--place", "Lyon", "--from", "2023-02-01"), 4, "followup restore ")
    assert not Path(database.path).exists()
    restored = run("restore")
    assert restored.out.startswith(f"revision {newest} is back; ")
    assert restored.err.startswith(f"followup: change {newest + 1}, made after it, is not in it\n")
    assert run("status").code == 0
