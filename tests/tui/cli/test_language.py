"""The language in which the program speaks: the option, the variable, the settings of the three places, and English."""

import json
from pathlib import Path

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support.pty_screen import PtyScreen
from tests.support.run_command import FOLLOWUP
from tests.support.store_builders import do

REFUSED = '{} is "soon", which is not a day'
IN_RUSSIAN = "указывается в виде ГГГГ-ММ-ДД"


def said(run: Run, *argv: str, **environment: str) -> str:
    """What is said of a day that is none: it is refused before there is a store."""
    result = run(*argv, "list", "--today", "soon", env=environment)
    assert (result.code, result.out) == (2, "")
    return result.err


def own_settings(environment: dict[str, str]) -> Path:
    path = Path(environment["HOME"], ".config", "followup", "config.toml")
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def test_it_is_english_whatever_the_locale(database: Database, run: Run) -> None:
    assert REFUSED.format("--today") in said(run)
    assert REFUSED.format("--today") in said(run, LANG="ru_RU.UTF-8", LC_ALL="ru_RU.UTF-8", LANGUAGE="ru")


@pytest.mark.parametrize("option", [("--lang", "ru"), ("--lang=ru",)])
def test_the_option_stands_anywhere(database: Database, run: Run, option: tuple[str, ...]) -> None:
    assert IN_RUSSIAN in said(run, *option)
    result = run("list", *option, "--today", "soon")
    assert IN_RUSSIAN in result.err


def test_the_nearer_one_wins(database: Database, run: Run, environment: dict[str, str]) -> None:
    assert IN_RUSSIAN in said(run, FOLLOWUP_LANG="ru")
    assert IN_RUSSIAN not in said(run, "--lang", "en", FOLLOWUP_LANG="ru")
    own_settings(environment).write_text('lang = "ru"\n')
    assert IN_RUSSIAN in said(run)
    assert IN_RUSSIAN not in said(run, FOLLOWUP_LANG="en")
    own_settings(environment).write_text('me = ["lang"]\n')
    assert IN_RUSSIAN not in said(run)


def test_auto_is_the_language_of_the_locale(database: Database, run: Run) -> None:
    locale = {"LC_ALL": "", "LC_MESSAGES": ""}
    for name, is_russian in (("ru_RU.UTF-8", True), ("ru", True), ("C", False), ("fr_FR.UTF-8", False), ("", False)):
        assert (IN_RUSSIAN in said(run, FOLLOWUP_LANG="auto", LANG=name, **locale)) == is_russian
    assert IN_RUSSIAN in said(run, "--lang", "auto", LANG="C", LC_ALL="ru_RU.KOI8-R")


def test_an_unknown_language_is_refused_with_those_there_are(database: Database, run: Run) -> None:
    for result in (run("list", "--lang", "fr"), run("list", env={"FOLLOWUP_LANG": "fr"})):
        assert (result.code, result.out) == (2, "")
        assert result.err == 'followup: there is no language "fr", only en, ru, auto\n'
    assert run("list", "--help", env={"FOLLOWUP_LANG": "fr"}).code == 0


def test_it_is_set_like_any_setting(database: Database, run: Run, environment: dict[str, str]) -> None:
    assert run("config", "lang").out == "en\n"
    assert run("config", "lang", "ru").out == "lang = ru\n"
    assert own_settings(environment).read_text() == 'lang = "ru"\n'
    assert run("config", "lang").out == "ru\n"
    refused = run("config", "lang", "fr", "--lang", "en")
    assert refused.code == 2
    assert "en, ru, auto" in refused.err
    assert run("config", "lang", "none").code == 0
    assert own_settings(environment).read_text() == ""


def test_the_store_has_one_for_those_who_set_none(database: Database, run: Run, environment: dict[str, str]) -> None:
    assert run("config", "lang", "fr", "--shared").code == 2
    assert run("config", "lang", "ru", "--shared").out == "lang = ru\n"
    assert database.settings()["lang"] == "ru"
    shown = json.loads(run("config", "--json").out)["lang"]
    assert shown == {"value": "ru", "source": "the store"}
    assert "По состоянию" in run("sheet").out
    assert "По состоянию" not in run("sheet", env={"FOLLOWUP_LANG": "en"}).out
    own_settings(environment).write_text('lang = "en"\n')
    assert "По состоянию" not in run("sheet").out


@pytest.mark.parametrize("own", ["", 'me = ["Asel"]\n'])
def test_the_app_speaks_that_of_the_store(database: Database, environment: dict[str, str], own: str) -> None:
    do(database, "change_settings", lang="ru")
    own_settings(environment).write_text(own)
    with PtyScreen([FOLLOWUP], {**environment, "LANG": "C.UTF-8"}) as screen:
        screen.wait_for("q выход")
        screen.send("q")
        assert screen.wait_exit() == 0


def test_a_paper_has_a_language_of_its_own(database: Database, run: Run) -> None:
    assert "По состоянию" in run("sheet", env={"FOLLOWUP_LANG": "ru"}).out
    assert "Meeting sheet" in run("sheet", "--lang", "en", env={"FOLLOWUP_LANG": "ru"}).out
    refused = run("sheet", "--lang", "ru", "--today", "soon")
    assert REFUSED.format("--today") in refused.err


def test_what_scripts_read_is_the_same(database: Database, run: Run) -> None:
    lines = (("status", "--json"), ("list", "--json"), ("list", "--tsv"), ("history", "--json"), ("visits", "--json"))
    for argv in lines:
        assert run(*argv, env={"FOLLOWUP_LANG": "ru"}) == run(*argv)
    english, russian = run("check"), run("check", env={"FOLLOWUP_LANG": "ru"})
    assert (russian.code, russian.out.split()[:2]) == (english.code, english.out.split()[:2])


def test_a_line_of_a_batch_has_no_language(database: Database, run: Run) -> None:
    result = run("batch", input="note 1 called --lang ru\n")
    assert result.code == 2
    assert "--lang does not go into a line of batch" in result.out + result.err
