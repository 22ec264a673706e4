"""The doctor on shared stores and on planted links."""

import os
from pathlib import Path

import pytest

from store.database import Database
from store.file.file_store import file_of
from tests.conftest import Run


def test_the_doctor_opens_a_shared_store_again(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "team"
    store = folder / "c.json"
    assert run("init", str(store), "--shared", env={"FOLLOWUP_STORE": str(store)}).code == 0
    there = ["--store", str(store)]
    for name in "XY":  # The copy of the second change shows that the first was shared.
        assert run("visit", "add", name, "--place", "Z", "--from", "2023-02-01", *there).code == 0
    wanted = {store: 0o660, folder / ".c.json.lock": 0o660, folder / ".c.json.copies": 0o2770, folder: 0o2770}
    for path, mode in wanted.items():
        os.chmod(path, mode & 0o700 if path != folder else 0o2700)
        found = run("doctor", *there)
        assert (found.code, found.err) == (1, "")
        assert str(path) in found.out
        mended = run("doctor", "--repair", *there)
        assert (mended.code, mended.err) == (0, "")
        assert " - mended" in mended.out
        assert oct(os.stat(path).st_mode & 0o7777) == oct(mode)
        assert run("doctor", *there).code == 0


@pytest.mark.file_only("the path of a file")
def test_the_doctor_changes_nothing_behind_a_planted_link(database: Database, run: Run, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    victim.chmod(0o644)
    os.symlink(victim, f"{file_of(database).copies.folder}/0000000099.2026-11-25.json")
    before = os.stat(victim)
    assert run("note", "2", "x").code == 0
    run("doctor")
    run("doctor", "--repair")
    after = os.stat(victim)
    assert (after.st_mode, after.st_mtime_ns, after.st_nlink) == (before.st_mode, before.st_mtime_ns, 1)
    assert victim.read_bytes() == b"precious"


@pytest.mark.file_only("modes of a file")
def test_a_store_that_was_shared_before_it_was_copied_is_asked_about(database: Database, run: Run) -> None:
    folder = os.path.dirname(database.path)
    os.chmod(folder, 0o750)
    os.chmod(database.path, 0o640)
    asked = run("doctor", "--repair")
    assert asked.code == 1
    assert asked.out.splitlines()[-2:] == [
        f"  shared:   chgrp -R GROUP {folder} && chmod 2770 {folder} && chmod 660 {database.path}"
        f" && followup doctor --repair --store {database.path}",
        f"  private:  chmod 600 {database.path}",
    ]
    os.chmod(database.path, 0o600)
    assert run("doctor").out.endswith(": no findings\n")
