"""Text in JSON: letters stay, what does not print is escaped, every locale gives the same bytes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support import check_answers_and_refusals, store_builders
from tests.support.check_answers_and_refusals import document


def by_hand(database: Database, change: Callable[[dict[str, Any]], Any]) -> None:
    data = json.loads(store_builders.raw(database))
    change(data)
    Path(database.path).write_text(json.dumps(data))


HIDDEN = "\u202e\u2066\u200b\x7f\x9b\ue000\U000f0000\U0010fffd\ufeff\x1b\u2028"


TITLE = f"Направить список ўқҳ 漢字 é \U0001f680 {HIDDEN}\\u0041 end"


@pytest.fixture
def titled(database: Database) -> Database:
    by_hand(database, lambda data: data["commitments"]["2"].update(title=TITLE))
    return database


@pytest.mark.parametrize("command", ["list --json", "show 2 --json", "status --json", "note 2 x --json"])
@pytest.mark.file_only("writes into the file by hand")
def test_json_keeps_letters_and_escapes_what_does_not_print(titled: Database, run: Run, command: str) -> None:
    done = run(*command.split())
    found = document(done)
    assert "Направить список ўқҳ 漢字 é \U0001f680" in done.out
    check_answers_and_refusals.assert_harmless(done.out)
    for escaped in ("\\u202e", "\\u007f", "\\udb80\\udc00", "\\udbff\\udffd", "\\u200b", "\\ufeff"):
        assert escaped in done.out
    listed = found if isinstance(found, list) else found.get("urgent", [found])
    assert TITLE in [each["title"] for each in listed]


@pytest.mark.file_only("writes into the file by hand")
def test_every_character_comes_back_from_json(database: Database, run: Run) -> None:
    every = "".join(map(chr, [*range(1, 0x300), *range(0x400, 0x530), *range(0x2000, 0x2070), *range(0xE000, 0xE010)]))
    title = every + "".join(map(chr, [*range(0xFFF0, 0x10010), *range(0xE0000, 0xE0080), 0xF0000, 0x10FFFF]))
    by_hand(database, lambda data: data["commitments"]["2"].update(title=title))
    shown = run("show", "2", "--json")
    assert document(shown)["title"] == title
    check_answers_and_refusals.assert_harmless(shown.out)


@pytest.mark.parametrize(
    "locale",
    [
        {"LANG": "C"},
        {"LANG": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "koi8-r"},
    ],
    ids=str,
)
@pytest.mark.file_only("writes into the file by hand")
def test_json_is_utf_8_in_every_locale(titled: Database, run: Run, locale: dict[str, str]) -> None:
    for command in ("list --json", "show 2 --json", "note 2 x --json", "history --json", "config --json"):
        done = run(*command.split(), env=locale)
        usual = run(*command.split()) if "note" not in command else done
        assert done.code == 0
        assert done.out == usual.out
        assert "config" in command or "history" in command or "Направить список" in done.out


@pytest.mark.file_only("writes into the file by hand")
def test_half_of_a_character_is_strange_text_and_no_damage(database: Database, run: Run) -> None:
    def strange(data: dict[str, Any]) -> None:
        data["parties"]["1"].update(name="MIA \ud800")
        data["commitments"]["2"].update(title="Nominate \udfff officers", by=["MIA \ud800"])

    by_hand(database, strange)
    assert run("status", "--short").code == 0
    assert "MIA \\ud800" in run("parties").out
    assert "Nominate \\udfff officers" in run("list").out
    assert run("note", "2", "called").code == 0  # which writes the party again, too
    shown = document(run("show", "2", "--json"))
    assert (shown["title"], shown["by"]) == ("Nominate \udfff officers", ["MIA \ud800"])
    for command in (
        "sheet",
        "report --format html",
        "digest --for UNODC --format mail",
        "export",
        "export --format ics",
    ):
        done = run(*command.split())
        assert (done.code, "\ud800" in done.out) == (0, False), done.err
