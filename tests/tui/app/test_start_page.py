"""The page of no store yet on a small screen: nothing on it ends in the middle of a sentence or of a name."""

import pytest

from tui.app.start_page import start_lines
from tui.render.segments import text_of
from tui.render.terminal_style import TerminalStyle

PATH = "/home/adviser/.local/share/followup/of/the/office/commitments.json"


@pytest.mark.parametrize(("width", "height"), [(60, 14), (60, 12), (80, 22)])
def test_what_does_not_fit_is_left_out_whole(width: int, height: int) -> None:
    lines = list(map(text_of, start_lines(PATH, TerminalStyle(width=width), height)))
    shown = " ".join(" ".join(lines).split())
    assert len(lines) <= height
    assert max(map(len, lines)) <= width
    assert ("Two voices" in shown) == ("the other received." in shown)
    assert ("A colleague's store" in shown) == ("FOLLOWUP_STORE." in shown)


def test_a_path_breaks_behind_a_slash() -> None:
    lines = [text_of(line)[3:] for line in start_lines(PATH, TerminalStyle(width=40), 30) if text_of(line)[:2] == " │"]
    assert len(lines) > 1
    assert all(line.endswith("/") for line in lines[:-1])
    assert "".join(lines) == PATH
