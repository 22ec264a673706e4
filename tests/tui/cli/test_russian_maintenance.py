"""Maintenance, settings and undo in Russian: no English is left in an answer, a finding or a refusal."""

import json
import re
from pathlib import Path

import pytest

from store.database import Database
from store.model.vocabulary_and_signs import State
from tests.conftest import Run
from tests.support.store_builders import add, do, make_empty

pytestmark = pytest.mark.file_only("what is printed of a file, its copies and its rights")

RUSSIAN = {"FOLLOWUP_LANG": "ru"}
OWNER = "советник"

TO_TYPE = {
    *("followup", "redo", "undo", "history", "restore", "doctor", "init", "batch", "config", "backup", "python"),
    *("--repair", "--list", "--shared", "--group", "--yes", "--atomic", "--passage", "--verify", "--moved-from"),
    *("FILE", "LOG", "TEXT", "GROUP", "CHANGE", "PATH", "state", "closed", "agreed", "due", "add", "mark", "note"),
    *(
        "JSON",
        "UTC",
        "UTF",
        "sticky",
        "root",
        "redact",
        "move",
        "export",
        "store",
        "timezone",
        "OTHER",
        "import",
        "stdin",
    ),
}
"""Names of commands, options, fields and what stands for a value, and what has the same name in Russian."""


def english(printed: str, place: Path) -> set[str]:
    """The words in Latin letters that are neither a path nor to be typed."""
    without = re.sub(rf"{re.escape(str(place))}[\w./-]*|/dev/null", " ", printed)
    return set(re.findall(r"-{0,2}[A-Za-z_][A-Za-z_-]*[A-Za-z]", without)) - TO_TYPE


@pytest.fixture
def store(path: str) -> Database:
    """A store in which everything that people wrote is Russian."""
    database = make_empty(path, who=OWNER)
    do(database, "add_visit", "Визит", slug="1", place="Лион", start="2022-12-06", end="2022-12-08")
    for title in ("Направить список", "Передать программы"):
        add(database, title, visit="1", by=["УНП ООН"], to=["Интерпол"], owner=OWNER, due=None, state=State.AGREED)
    return database


@pytest.mark.parametrize(
    ("argv", "typed"),
    [
        (("doctor",), None),
        (("restore", "--list"), None),
        (("restore",), None),
        (("restore", "999"), None),
        (("restore", "нет"), None),
        (("backup", "нет/копия.json"), None),
        (("init",), None),
        (("init", "--group", "нет"), None),
        (("move", "/dev/null"), None),
        (("config", "timezone", "нет"), None),
        (("history", "--moved-from", "нет"), None),
        (("history", "--verify", "/dev/null"), None),
        (("history", "--verify", "нет"), None),
        (("undo",), None),
        (("undo", "#1"), None),
        (("undo", "999"), None),
        (("undo", "слово"), None),
        (("undo", "--list"), None),
        (("redo",), None),
        (("redact", "1", "--yes"), None),
        (("batch", "нет"), None),
        (("batch", "--atomic"), "note 1 звонок\nundo\n"),
        (("batch",), 'note 1 "звонок\n'),
        (("python", "нет"), None),
    ],
)
def test_no_english_is_left(
    store: Database, run: Run, tmp_path: Path, argv: tuple[str, ...], typed: str | None
) -> None:
    result = run(*argv, input=typed, env=RUSSIAN, cwd=tmp_path)
    lines = re.sub(r"^(?:ok|error) \d+ \d+ ", "", result.out, flags=re.MULTILINE)
    printed = re.sub("^followup: ", "", result.err, flags=re.MULTILINE) + lines
    assert not english(printed, tmp_path), printed


@pytest.mark.parametrize(
    "content", ["", "{", "{}", '{"a": 1.5}', '{"a": [NaN]}', '{"_meta": {}, "_meta": {}}', "\udc80", "[" * 100_000]
)
def test_what_is_wrong_with_a_file_is_said_in_russian(store: Database, run: Run, tmp_path: Path, content: str) -> None:
    Path(store.path).write_bytes(content.encode("utf-8", "surrogateescape"))
    for argv in (["status"], ["doctor"], ["note", "1", "звонок"]):
        refused = run(*argv, env=RUSSIAN)
        assert refused.code == 4
        said = refused.err.removeprefix("followup: ")
        assert not english(said, tmp_path) - {"NaN", "_meta"}, said
    assert "восстановлена версия" in run("restore", env=RUSSIAN).out


def test_a_finding_is_said_and_mended_in_russian(store: Database, run: Run, tmp_path: Path) -> None:
    file = Path(store.path)
    file.chmod(0o644)
    file.write_text(file.read_text().replace('"state":"agreed"', '"state":"proposed"', 1))
    found = run("doctor", env=RUSSIAN)
    mended = run("doctor", "--repair", env=RUSSIAN)
    assert (found.code, mended.code) == (1, 1)
    assert "обязательство № 1: данные изменены другой программой" in found.out
    assert mended.out.count("— исправлено") >= found.out.count("(исправит followup doctor --repair)") > 1
    assert not english(found.out + mended.out, tmp_path) - {"proposed"}


def test_the_sources_of_settings_are_english_in_json_alone(store: Database, run: Run) -> None:
    sources = {each["source"] for each in json.loads(run("config", "--json", env=RUSSIAN).out).values()}
    assert "default" in sources
    assert "(по умолчанию)" in run("config", env=RUSSIAN).out


def test_a_file_that_is_no_copy_is_named_as_such(database: Database, run: Run, tmp_path: Path) -> None:
    other = tmp_path / "list.txt"
    other.write_text("no store\n")
    other.chmod(0o600)
    refused = run("restore", str(other), env={"FOLLOWUP_LANG": "ru"})
    assert refused.code == 4
    assert "list.txt не является исправной копией базы: " in refused.err
    assert refused.err.rstrip().endswith("; ничего не изменено")
