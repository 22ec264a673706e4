"""Samples for exports: hostile titles, the demo store of a fixed day, conversion by LibreOffice."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from store.database import Database
from store.maintenance.demo import make_demo
from store.snapshot import Row, Snapshot
from tests.support import store_builders

DAY = "2026-11-25"
"""The day of the golden files."""

HOSTILE = (
    "=1+1",
    "@SUM(1+1)",
    "+cmd|' /C calc'!A0",
    "-2+3",
    " =1+1",
    '"=1+1',
    "'=1+1",
    '=HYPERLINK("http://example.org";"click")',
    "＝1+1",
    "send it; =1+1;=1+1;@SUM(1)",
    'a, "quoted" title, with commas; and more',
    "<script>alert(1)</script> & <b>bold</b>",
    "[link](javascript:alert(1)) | `code` *bold* # heading",
    "{{ 7*7 }} {% raw %}",
    "C:\\New\\new \\N \\n \\; \\,",
    "BEGIN:VTODO END:VTODO",
    "_x0041_ stays",
    "Передать список экспертов; ответственный — МВД",
    "w" * 300,
    "word " * 60,
    "https://example.org/ and mailto:x@example.org",
    "007",
    "1e5",
    "2026-11-25",
)
"""Titles that some program between the store and the reader takes for more than text."""


def demo(folder: Path) -> Database:
    """The demo store of the day of the golden files."""
    database = store_builders.open_store(str(folder / "demo.json"), day=DAY)
    make_demo(database)
    return database


def all_of(database: Database) -> tuple[Snapshot, list[Row]]:
    """A snapshot of a store, and its commitments by number."""
    snapshot = database.snapshot()
    return snapshot, sorted(snapshot.rows, key=lambda row: row.commitment["id"])


def with_titles(database: Database, titles: tuple[str, ...]) -> list[str]:
    """Give a store commitments with these titles; returns them as the store keeps them, the store's own before."""
    for title in titles:
        store_builders.add(database, title, state="agreed", due="2023-04-01")
    return [row.commitment["title"] for row in all_of(database)[1]]


def converted(file: Path, target: str, folder: Path, *options: str) -> Path:
    """A file as LibreOffice reads it and writes it in another format. Skips the test where there is none."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed here")
    ending = target.split(":")[0]
    subprocess.run(
        [office, f"-env:UserInstallation=file://{folder}/office", "--headless", *options,
         "--convert-to", target, "--outdir", str(folder / "converted"), str(file)],
        check=True, capture_output=True, timeout=180, env={**os.environ, "HOME": str(folder)},
    )  # fmt: skip
    return folder / "converted" / f"{file.stem}.{ending}"
