"""The palette finds everything by the words that people use, and shows what only the shell does."""

import pytest

from store.database import Database
from tests.support.app_driver import driven, story
from tui.app.key_table import BY_ID
from tui.app.pages.palette_entries import OTHER_WORDS, matching, palette_entries

FOUND = {
    "delete": "remove",
    "remove": "remove",
    "sort": "sort",
    "export": "export",
    "excel": "export",
    "print": "papers",
    "merge": "parties",
    "rename": "edit",
    "calendar": "timeline",
    "search": "filter",
    "exit": "quit",
    "new": "add",
    "postpone": "due",
    "remind": "chase",
    "statistics": "progress",
    "revert": "undo",
    "clear": "sort",
    "only": "filter",
}
"""A word that people use -> a command that it finds on the list."""

IN_THE_SHELL = {"theme": "config ground", "email": "digest", "backup": "backup", "privacy": "redact", "share": "init"}


def test_other_words_are_of_commands_that_there_are() -> None:
    assert OTHER_WORDS.keys() <= BY_ID.keys()


@pytest.mark.parametrize("word", FOUND)
def test_what_the_list_does_is_found_by_its_other_words(word: str) -> None:
    assert FOUND[word] in [entry.id for entry in matching(palette_entries("list"), [word])]


@pytest.mark.parametrize("word", IN_THE_SHELL)
def test_what_only_the_shell_does_is_found_too(word: str) -> None:
    found = matching(palette_entries("list"), [word])
    assert any(IN_THE_SHELL[word] in entry.shown for entry in found)


def test_a_spreadsheet_goes_out_or_comes_in() -> None:
    found = [entry.id for entry in matching(palette_entries("list"), ["spreadsheet"])]
    assert found[:2] == ["export", "import"]


@story
async def test_what_is_chosen_of_the_shell_is_shown_as_the_command_to_type(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press(":", *"theme", "enter")
        assert hand.message == "in the shell: followup config ground dark"
        await hand.press(":", *"set a visit aside", "enter")
        assert hand.message == "A works on the visits: v"


def test_what_another_screen_does_has_the_key_before_it_that_leads_there() -> None:
    others = [entry for entry in matching(palette_entries("list"), ["paper"]) if "(on a paper)" in entry.text]
    assert others
    assert all(entry.shown.startswith("R ") and not entry.id for entry in others)


@story
async def test_the_palette_says_that_there_is_more_and_ends_a_sentence_at_a_word(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press(":")
        assert hand.lines[-2].endswith(" more: Down")
        assert all(line.endswith((" …", "Down")) for line in hand.lines if "…" in line)
        await hand.press(*"theme")
        assert "more:" not in hand.screen


@story
async def test_nothing_typed_shows_groups_and_a_line_that_matches_has_it_bold(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press(":")
        assert " ACT ON WHAT THE CURSOR IS ON" in hand.lines or " MOVE" in hand.lines
        assert hand.lines[1].startswith(" : ")
        await hand.press(*"chased")
        assert not any(line.isupper() for line in hand.lines)


@pytest.mark.parametrize(
    ("typed", "key"),
    [("parties", "i"), ("party", "p"), ("delete", "X, Del"), ("note", "n"), ("sort", "o"), ("chase", "c")],
)
def test_what_is_called_so_comes_before_what_mentions_it(typed: str, key: str) -> None:
    assert matching(palette_entries("list"), [typed])[0].shown == key
