"""A paper says of a redacted passage that it was taken out, and when; who did it stands in the record."""

import pytest

from store.database import Database
from store.rules.redacted_fields_and_mark import without_login
from tests.conftest import Run


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Send [redacted by asel, 2026-11-28] now", "Send [redacted, 2026-11-28] now"),
        ("[изъято: asel, 28.11.2026]", "[изъято, 28.11.2026]"),
        ("[redacted by root (SUDO_USER=asel, unverified), 2026-11-28]", "[redacted, 2026-11-28]"),
        ("[redacted by a, 1] and [redacted by b, 2]", "[redacted, 1] and [redacted, 2]"),
        ("[redacted by nobody", "[redacted by nobody"),
        ("[redacted by them]", "[redacted by them]"),
        ("plain", "plain"),
    ],
)
def test_the_mark_of_a_redaction_loses_its_login(text: str, told: str) -> None:
    assert without_login(text) == told
    assert without_login(told) == told


@pytest.mark.parametrize(
    "argv",
    [
        *(("report", "--from", "2022-01-01", "--to", "2023-12-31", "--format", each) for each in ("md", "html")),
        *(("export", "--format", each) for each in ("csv", "ics", "html", "md")),
        ("sheet", "--only", "visit:lyon-2022", "--format", "md"),
    ],
)
def test_no_paper_and_no_table_names_who_redacted(database: Database, run: Run, argv: tuple[str, ...]) -> None:
    assert run("edit", "2", "--title", "Nominate SECRETNAME for the course").code == 0
    assert run("redact", "2", "--passage", "SECRETNAME", "--yes").code == 0
    title = database.snapshot().commitments[2]["title"]
    assert title.startswith("Nominate [redacted by ")
    printed = run(*argv)
    assert printed.code == 0, printed
    assert "[redacted by" not in printed.out
    assert "redacted" in printed.out
