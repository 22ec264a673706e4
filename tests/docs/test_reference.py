"""docs/reference.md names every option, exit code, term, setting and kind of date, and what it names is so."""

import re
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.config import KEYS, MACHINE_KEYS, SHARED_KEYS
from store.query.parse_query import FIELDS, WORDS
from store.rules.dates.date_refusals import DateRefused
from store.rules.dates.parse_date import parse_date, parse_day
from store.rules.days import Direction
from tests.docs.generated import marked, option_as_typed
from tests.docs.man_page import MAN_PAGE, man_page, roff
from tests.docs.pages import section
from tui.cli.command_table import CHANGE_OPTIONS, COMMANDS, GLOBAL_OPTIONS
from tui.cli.exit_codes import BY_KIND, DONE, FAILED, INTERRUPTED

PAGE = "docs/reference.md"


def test_the_options_that_many_commands_take_are_named_outside_the_table() -> None:
    everywhere = marked("commands").sub("", section(PAGE, "Commands"))
    for option in (*GLOBAL_OPTIONS, *CHANGE_OPTIONS):
        assert f"`{option_as_typed(option)}`" in everywhere


def test_every_exit_code_is_named() -> None:
    codes = {DONE, FAILED, *BY_KIND.values(), INTERRUPTED}
    assert {int(code) for code in re.findall(r"(?m)^\| (\d+) \|", section(PAGE, "Exit codes"))} == codes


def test_every_word_and_field_of_a_query_is_named() -> None:
    for name in (*WORDS, *(f"{field}:" for field in FIELDS)):
        assert re.search(rf"`{re.escape(name)}", section(PAGE, "Queries")), name


def test_every_setting_is_named() -> None:
    for key in (*KEYS, *SHARED_KEYS, *MACHINE_KEYS, "FOLLOWUP_STORE", "FOLLOWUP_TODAY", "FOLLOWUP_LOCK_TIMEOUT"):
        assert f"`{key}" in section(PAGE, "Settings"), key


def test_dates_are_understood_and_refused_as_the_page_says() -> None:
    ahead, _, rest = section(PAGE, "Dates").partition("The day on which")
    back, _, rest = rest.partition("Refused")
    for phrase in re.findall(r"`([^`]+)`", ahead):
        parse_date(phrase, "2023-01-16")
    phrases_back = [phrase for phrase in re.findall(r"`([^`]+)`", back) if not phrase.startswith("--")]
    for phrase in phrases_back:
        assert parse_day(phrase, "2023-01-16", Direction.BACK) < "2023-01-16"
    for phrase in [*phrases_back, *re.findall(r"`([^`]+)`", rest.partition("\n\n")[0])]:
        with pytest.raises(DateRefused):
            parse_date(phrase, "2023-01-16")


def test_the_manual_page_is_what_the_table_of_commands_says() -> None:
    assert MAN_PAGE.read_text(encoding="ascii") == man_page(), "make man writes it anew"


@given(st.text())
def test_text_in_the_manual_page_is_no_command_of_roff(text: str) -> None:
    found = roff(text)
    assert found.isascii()
    assert found.isprintable()
    assert not found.startswith((".", "'"))


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_the_manual_page_is_read_without_a_warning_and_shows_what_is_typed() -> None:
    done = subprocess.run(["groff", "-Tutf8", "-man", "-ww", MAN_PAGE], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    shown = " ".join(re.sub(r"\x1b\[\d*m|.\x08", "", done.stdout).split())
    for command in COMMANDS.values():
        for example in command.examples:
            assert " ".join(example.split()) in shown
