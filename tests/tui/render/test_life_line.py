"""The life of a promise in one line."""

import pytest

from store.database import Database
from store.model.vocabulary_and_signs import STATES, State
from tests.support.store_builders import add, beside
from tui.render.life_line import life_line, life_line_of
from tui.render.segments import columns_of, text_of
from tui.render.terminal_style import TerminalStyle

WIDE = TerminalStyle(80)


def test_the_state_it_is_in_is_bold_and_in_brackets_the_rest_dim() -> None:
    line = life_line(WIDE, State.AGREED)
    assert text_of(line) == " - proposed ── [o agreed] ── ~ in progress ── = reported ── # confirmed"
    assert [text for text, style in line if style == "strong"] == ["[o agreed]"]
    assert {style for text, style in line if text.strip() and text != "[o agreed]"} == {"dim"}


def test_without_a_state_nothing_is_marked() -> None:
    line = life_line(WIDE)
    assert "[" not in text_of(line)
    assert not [text for text, style in line if style == "strong"]


def test_below_72_columns_only_the_state_it_is_in_has_its_word() -> None:
    assert text_of(life_line(TerminalStyle(71), State.AGREED)) == " - ── [o agreed] ── ~ ── = ── #"
    assert "proposed" in text_of(life_line(TerminalStyle(72), State.AGREED))


def test_ascii() -> None:
    shown = text_of(life_line(TerminalStyle(80, is_utf8=False), State.PROPOSED))
    assert shown == " [- proposed] -- o agreed -- ~ in progress -- = reported -- # confirmed"


def test_a_closed_one_ends_behind_the_last_state_it_had() -> None:
    line = life_line(WIDE, State.CLOSED, because="declined", before=State.AGREED)
    assert text_of(line) == " - proposed ── o agreed ── [x closed: declined]"


@pytest.mark.parametrize("width", [60, 72, 80])
@pytest.mark.parametrize("state", STATES)
def test_every_state_fits(state: str, width: int) -> None:
    line = life_line(TerminalStyle(width), state, because="superseded", before=State.CONFIRMED)
    assert columns_of(line) <= width
    assert STATES[state].short in text_of(line)


def test_the_state_before_closing_is_read_from_the_events(database: Database) -> None:
    from store import operations

    number = add(database, "It", state="agreed")
    with beside(database, who="asel").transaction() as tx:
        operations.mark(tx, number, "closed", because="dropped")
    snapshot = database.snapshot()
    line = life_line_of(snapshot.row(number).commitment, snapshot.events_of(number), WIDE)
    assert text_of(line) == " - proposed ── o agreed ── [x closed: dropped]"
