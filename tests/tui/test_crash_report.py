"""Reports on faults: one file each, of which old ones are cleared up."""

from pathlib import Path

import pytest

from tui.crash_report import write_crash_report


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "state" / "followup"
    made.mkdir(parents=True, mode=0o700)
    return made


def test_old_reports_are_removed_and_told_and_nothing_else_is(folder: Path) -> None:
    others = ["crash-notes.txt", "drafts", "letter-20200101T000000Z-1.txt"]
    for name in ("crash-20200101T000000Z-17.txt", *others):
        (folder / name).write_text("x")
    told = write_crash_report(ValueError("x"), {"XDG_STATE_HOME": str(folder.parent)})
    assert told.endswith("(1 old report removed)")
    (new,) = {path.name for path in folder.iterdir()} - set(others)
    assert new.startswith("crash-")
    assert new in told
