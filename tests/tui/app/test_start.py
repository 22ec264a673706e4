"""The installed program in a terminal: how the app is opened, what two people see of each other, how it is left."""

import re
from functools import partial
from pathlib import Path

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support.pty_screen import PtyScreen
from tests.support.run_command import FOLLOWUP

COLOUR = re.compile(rb"\x1b\[(?:[0-9;]*;)?(?:[34][0-8]|9[0-7]|10[0-7])(?:;[0-9;]*)?m")
"""A style sent to the terminal with a colour, or with a ground, of its own."""


@pytest.fixture
def terminal(environment: dict[str, str]) -> dict[str, str]:
    """The environment of a person before a terminal that takes UTF-8."""
    return {**environment, "LANG": "C.UTF-8"}


@pytest.mark.parametrize("words", [[], ["app"], ["--today", "2023-03-01"], ["app", "--today", "2023-03-01"]])
def test_followup_opens_on_a_terminal_and_gives_it_back(
    database: Database, terminal: dict[str, str], words: list[str]
) -> None:
    with PtyScreen([FOLLOWUP, *words], terminal) as screen:
        screen.wait_for("q quit")
        screen.wait_for("Promote cooperation")
        screen.send("q")
        assert screen.wait_exit() == 0
        assert screen.attributes() == screen.attributes_before
        assert not screen.modes() & {1000, 1006, 1049, 2004}


def is_list_again(screen: PtyScreen, words: str) -> bool:
    return words not in screen.text() and "q quit" in screen.text()


def test_nothing_that_is_sent_has_a_colour_where_there_are_none(database: Database, terminal: dict[str, str]) -> None:
    places = {"v": "6-8 Dec 2022", "t": "Calendar of", "P": "ON TIME", "?": "Help", "d": "Due date of", "s": "reported"}
    with PtyScreen([FOLLOWUP], {**terminal, "NO_COLOR": "1"}) as screen:
        screen.wait_for("q quit")
        for key, words in places.items():
            screen.send(key)
            screen.wait_for(words)
            screen.send("\x1b")
            screen.wait_for(partial(is_list_again, screen, words))
        screen.send("/over")
        screen.wait_for("over")
        assert not COLOUR.search(screen.raw())


@pytest.mark.parametrize("keys", ["jn", "G\x1b[An", "/to:un\r"])
def test_keys_that_were_typed_before_it_was_there_are_for_the_list(
    database: Database, terminal: dict[str, str], keys: str
) -> None:
    with PtyScreen([FOLLOWUP], terminal) as patient:
        patient.wait_for("q quit")
        patient.send(keys)
        patient.wait_for(lambda: "Note" in patient.text() or "1 match" in patient.text())
        with PtyScreen([FOLLOWUP], terminal) as hasty:
            hasty.send(keys)
            hasty.wait_for(lambda: hasty.lines() == patient.lines())


def test_the_store_named_by_option_is_opened(database: Database, path: str, terminal: dict[str, str]) -> None:
    with PtyScreen([FOLLOWUP, "--store", path], {**terminal, "FOLLOWUP_STORE": "/nowhere.json"}) as screen:
        screen.wait_for("Promote cooperation")


def test_a_store_that_is_not_there_is_one_sentence_on_a_terminal_left_alone(
    tmp_path: Path, terminal: dict[str, str]
) -> None:
    with PtyScreen([FOLLOWUP], {**terminal, "FOLLOWUP_STORE": str(tmp_path / "none.json")}) as screen:
        assert screen.wait_exit() == 4
        screen.wait_for("followup: there is no store")
        assert b"\x1b" not in screen.raw()


def test_without_a_terminal_followup_is_the_status_and_app_is_refused(database: Database, run: Run) -> None:
    assert run() == run("status")
    refused = run("app")
    assert (refused.code, refused.out) == (2, "")
    assert re.fullmatch(r"followup: the full-screen app needs a terminal: .* work without one\n", refused.err)


def test_the_status_can_still_be_asked_for(database: Database, terminal: dict[str, str]) -> None:
    with PtyScreen([FOLLOWUP, "status"], terminal) as screen:
        assert screen.wait_exit() == 0
        assert b"\x1b[?1049h" not in screen.raw()


def test_a_second_person_sees_what_the_first_one_does(database: Database, run: Run, terminal: dict[str, str]) -> None:
    with PtyScreen([FOLLOWUP], terminal) as one, PtyScreen([FOLLOWUP], terminal) as other:
        one.wait_for("q quit")
        other.wait_for("q quit")
        one.send("si")
        other.wait_for("#4 agreed -> in progress, by")
        one.send("nthe letter came\x13")
        one.wait_for("#4 noted")
        other.wait_for("#4 noted, by")
        assert run("note", "2", "from the shell").code == 0
        for screen in (one, other):
            screen.wait_for("#2 noted, by")
        one.send("u")
        one.wait_for("taken back")
        for screen in (one, other):
            screen.send("q")
            assert screen.wait_exit() == 0
    assert run("show", "4", "--json").out.count("the letter came") == 2


class TestNoStoreYet:
    """`followup` on a terminal where the user has no store opens a page that makes one."""

    def test_enter_makes_the_store_and_opens_the_form_of_the_first_visit(self, terminal: dict[str, str]) -> None:
        path = Path(terminal["HOME"], ".local/share/followup/commitments.json")
        with PtyScreen([FOLLOWUP], without_store(terminal)) as screen:
            screen.wait_for("There is no store yet. It would be made here, for you alone to read:")
            screen.wait_for(lambda: "share/followup/commitments.json" in screen.text().replace("\n │ ", ""))
            screen.wait_for("- proposed ── o agreed ── ~ in progress ── = reported ── # confirmed")
            assert not path.exists()
            screen.send("\r")
            screen.wait_for("A new visit")
            screen.send("Meeting\tRiga\t1 Mar 2023\x13")
            screen.wait_for("visit riga-2023 added")
        assert path.stat().st_mode & 0o777 == 0o600

    def test_q_leaves_nothing_behind(self, terminal: dict[str, str]) -> None:
        with PtyScreen([FOLLOWUP], without_store(terminal)) as screen:
            screen.wait_for("There is no store yet.")
            screen.send("?")
            screen.wait_for("Enter, d, I and q are all the keys of this page.")
            screen.send("q")
            assert screen.wait_exit() == 0
            assert screen.attributes() == screen.attributes_before
        assert not Path(terminal["HOME"], ".local/share/followup").exists()

    def test_esc_first_takes_the_help_away(self, terminal: dict[str, str]) -> None:
        with PtyScreen([FOLLOWUP], without_store(terminal)) as screen:
            screen.wait_for("There is no store yet.")
            screen.send("?")
            screen.wait_for("all the keys of this page")
            screen.send("\x1b")
            screen.wait_for(lambda: "all the keys of this page" not in screen.text())
            screen.send("\x1b")
            assert screen.wait_exit() == 0

    def test_d_opens_a_demo_of_which_nothing_is_kept(self, terminal: dict[str, str], tmp_path: Path) -> None:
        with PtyScreen([FOLLOWUP], without_store({**terminal, "TMPDIR": str(tmp_path)})) as screen:
            screen.wait_for("There is no store yet.")
            screen.send("d")
            screen.wait_for("q quit")
            screen.send("1")
            screen.wait_for("Send the list of contact points")
            screen.send("q")
            assert screen.wait_exit() == 0
        assert not list(tmp_path.glob("followup-demo-*"))
        assert not Path(terminal["HOME"], ".local/share/followup/commitments.json").exists()

    def test_i_makes_the_store_and_asks_for_the_spreadsheet(self, terminal: dict[str, str]) -> None:
        with PtyScreen([FOLLOWUP], without_store(terminal)) as screen:
            screen.wait_for("There is no store yet.")
            screen.send("I")
            screen.wait_for("what it would change is shown first")

    def test_a_store_that_was_named_is_not_made(self, terminal: dict[str, str], tmp_path: Path) -> None:
        with PtyScreen([FOLLOWUP], {**terminal, "FOLLOWUP_STORE": str(tmp_path / "none.json")}) as screen:
            assert screen.wait_exit() == 4


def without_store(environment: dict[str, str]) -> dict[str, str]:
    """The environment of a person who named no store."""
    return {name: value for name, value in environment.items() if name != "FOLLOWUP_STORE"}
