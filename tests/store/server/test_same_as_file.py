"""A store on a server answers as a file does, byte for byte, and holds the same lines."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.store.server.conftest import SharedStore
from tests.support.on_file_and_on_server import without_what_differs

READING_COMMANDS = [
    ["status"], ["status", "--json"], ["status", "--short"], ["list"], ["list", "--all", "--json"], ["list", "--tsv"],
    ["list", "overdue"], ["list", "by:MIA", "or", "to:MIA"], ["find", "letter"], ["now"], ["show", "3"],
    ["show", "3", "--json"], ["history"], ["history", "3", "--json"], ["visits"], ["visits", "--json"], ["parties"],
    ["parties", "--json"], ["check"], ["check", "visit:lion"], ["digest"], ["report", "--lang", "ru"], ["sheet"],
    ["export", "--format", "csv"], ["export", "--format", "ics"], ["show", "99"], ["list", "colour:red"],
    ["undo", "--list"],
]  # fmt: skip
CHANGES = [
    ["mark", "1", "agreed"], ["mark", "2", "3", "agreed"], ["due", "1", "2023-06-30", "--reason", "new minister"],
    ["due", "3", "end of March"], ["due", "3", "none"], ["chase", "2", "--note", "phoned", "--again", "2023-02-01"],
    ["note", "4", "привет, «Тошкент» [TIP]"], ["seats", "5", "--wanted", "2", "--nominated", "1"], ["undo"], ["redo"],
    ["mark", "2", "reported", "--said-by", "INTERPOL"], ["mark", "2", "confirmed"],
    ["edit", "6", "--owner", "boris"],
    ["visit", "add", "Visit", "--place", "Riga", "--from", "2023-01-02"], ["visit", "aside", "riga-2023"], ["undo"],
    ["add", "Share the plan", "--visit", "riga-2023", "--by", "IOM", "--to", "UNODC", "--every", "month",
     "--until", "2023-06"],
    ["party", "edit", "IOM", "--short", "IOM", "--alias", "OIM"], ["remove", "21", "--reason", "twice"],
    ["note", "99", "x"], ["mark", "1", "closed"], ["due", "1", "asap"],
    ["party", "merge", "OIM", "UNODC"], ["config", "silent-after", "20", "--shared"],
    ["mark", "4", "closed", "--because", "dropped", "--note", "no need"],
]  # fmt: skip


@pytest.fixture
def both(server: SharedStore, run: Run, tmp_path: Path) -> list[dict[str, str]]:
    """The environments of the same demo on a file and on a server, as the same person."""
    file, demo = tmp_path / "file.json", tmp_path / "demo.json"
    assert run("demo", str(demo)).code == 0
    envs = [{"FOLLOWUP_STORE": str(file)}, server.env("root")]
    assert run("init", str(file)).code == 0
    for env in (envs[0], server.env("postgres")):
        assert run("import", str(demo), env=env).code == 0
    return envs


def same_instants(text: str, env: dict[str, str]) -> str:
    """The text without what differs: instants of the clock, the name of the store, who brought it in."""
    text = without_what_differs(text, (env["FOLLOWUP_STORE"], "STORE")).replace('"postgres"', '"root"')
    if text.startswith(" change "):
        # The column of names is as wide as the longest one, and the lines beside it are wrapped accordingly.
        text = re.sub(r"\b(change \d+ \d+ \w+ \d+) (postgres|root)\b", r"\1 ME", " ".join(text.split()))
    return text


def test_every_look_after_every_change_is_the_same(both: list[dict[str, str]], run: Run) -> None:
    for line in [*READING_COMMANDS, *CHANGES, *READING_COMMANDS]:
        file, server = (tuple(same_instants(str(part), env) for part in run(*line, env=env)) for env in both)
        assert server == file, line


def test_what_is_backed_up_from_a_server_is_the_file_itself(
    both: list[dict[str, str]], run: Run, server: SharedStore, tmp_path: Path
) -> None:
    for line in CHANGES:
        for env in both:
            run(*line, env=env)
    saved = tmp_path / "saved.json"
    assert run("backup", str(saved), env=both[1]).code == 0
    lines = [same_instants(path.read_text(), both[0]).splitlines() for path in (Path(both[0]["FOLLOWUP_STORE"]), saved)]
    assert lines[0][1:] == lines[1][1:], "all but the first line, whose sum is over the instants"
    assert run("doctor", env={"FOLLOWUP_STORE": str(saved)}).code == 0
    missing = run("restore", "no.json", env=server.env("postgres"))
    assert (missing.code, missing.err) == (1, "followup: there is no backup no.json\n")
    assert run("restore", "99", env=server.env("postgres")).err.endswith("name the file of a backup\n")
    assert run("restore", str(saved), env=server.env("postgres"), cwd=str(tmp_path)).code == 0
    assert run("doctor", env=server.env("postgres")).code == 0
    assert len(list(tmp_path.glob("followup.replaced-*.json"))) == 1
