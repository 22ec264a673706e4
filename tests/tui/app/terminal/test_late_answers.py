"""What the terminal answers is no key in a form, however late it comes and in how many pieces."""

from collections.abc import Iterator

import pytest

from store.database import Database
from tests.support.pty_screen import SilentScreen
from tests.support.run_command import FOLLOWUP

PIECES = [
    [b"\x1b[24;80R"],
    [b"\x1b[", b"2", b"4;8", b"0R"],
    [b"\x1b[?6", b"2;22c"],
    [b"\x1b[24;80R\x1b[24;80R\x1b[?62;2", b"2c"],
    # In the midst of a paste, from which escapes are taken out.
    [b"\x1b[200~", b"\x1b[24;", b"80R", b"\x1b[201~"],
]


@pytest.fixture
def screen(database: Database, environment: dict[str, str]) -> Iterator[SilentScreen]:
    with SilentScreen([FOLLOWUP], {**environment, "LANG": "C.UTF-8"}) as screen:
        screen.wait_for("q quit")
        yield screen


def test_late_answers_in_pieces_are_no_keys_in_a_form(screen: SilentScreen) -> None:
    screen.send("n")
    screen.wait_for("Note on")
    for number, pieces in enumerate(PIECES):
        screen.send(f"b{number}")
        for piece in pieces:
            screen.send(piece)
            screen.wait_for(screen.has_read_all)
        screen.send("a ")
    screen.wait_for(" ".join(f"b{number}a" for number in range(len(PIECES))))
    screen.send("\x13")
    screen.wait_for("noted")


def test_esc_is_the_key_also_while_an_answer_is_due(screen: SilentScreen) -> None:
    screen.send("?")
    screen.wait_for("Help")
    screen.send("\x1b")
    screen.wait_for("q quit")
