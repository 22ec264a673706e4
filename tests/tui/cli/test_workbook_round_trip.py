"""A workbook of ours is read back as it is, whatever language it and the program are in."""

from itertools import product
from pathlib import Path

import pytest

from tests.tui.cli.conftest import RunOnDemo

LANGUAGES = ("en", "ru")


@pytest.mark.parametrize(("paper", "spoken"), [*product(LANGUAGES, LANGUAGES)])
def test_a_workbook_read_back_changes_nothing(on_demo: RunOnDemo, tmp_path: Path, paper: str, spoken: str) -> None:
    workbook = tmp_path / "list.xlsx"
    assert on_demo("export", "-o", str(workbook), "--lang", paper).code == 0
    read = on_demo("import", str(workbook), "--dry-run", env={"FOLLOWUP_LANG": spoken})
    assert read.code == 0, read.err
    summary = {
        "en": "20 rows: 0 new, 0 changed, 20 as they are",
        "ru": "20 строк (новых — 0, изменено — 0, без изменений — 20)",
    }
    assert summary[spoken] in read.out
