"""What goes to the terminal is the difference, and the screen is the one that Textual's own frames would have made."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.support.terminal_emulator import TerminalEmulator
from tui.app.terminal.driver import Driver
from tui.app.terminal.frame_reader import FrameDiffer
from tui.app.terminal.sgr import change, plain

WIDTH, HEIGHT = 24, 7
TEXTS = ("a", "the list", "Отчёт", "国際", "e\u0301é", "→ …", "   ", "─" * 9, "x" * WIDTH)
STYLES = (
    "0",
    "1",
    "7",
    "1;38;5;166",
    "38;5;36",
    "48;5;20",
    "3;4;38;2;1;2;3;48;2;9;8;7",
    "31;42",
    "39;49",
    "7;38;5;166",
)


class ResizableTerminal:
    """A terminal of a size that changes."""

    def __init__(self, width: int = WIDTH, height: int = HEIGHT) -> None:
        self.size = (width, height)
        self._glass = TerminalEmulator(width, height)

    def take(self, text: str) -> None:
        self._glass.take(text.encode())

    def lose(self, width: int, height: int) -> None:
        """Have another size, and nothing of what stood outside of it, while the mirror asks for neither."""
        self._glass.resize(width, height)

    def cells(self) -> list[list[tuple[object, ...]]]:
        return self._glass.cells()


def frame(pieces: list[tuple[int, int, str, str]]) -> str:
    """What Textual writes: each piece at its place in its style, the cursor left in a corner."""
    return "".join(f"\x1b[{y + 1};{x + 1}H\x1b[{style}m{text}\x1b[0m" for y, x, style, text in pieces) + "\x1b[1;1H"


@st.composite
def pieces(draw: st.DrawFn) -> tuple[int, int, str, str]:
    text = draw(st.sampled_from(TEXTS))
    x = draw(st.integers(0, WIDTH - cell_len(text)))
    return draw(st.integers(0, HEIGHT - 1)), x, draw(st.sampled_from(STYLES)), text


@st.composite
def whole_frames(draw: st.DrawFn) -> list[tuple[int, int, str, str]]:
    """All lines of a screen, as lists scroll: the same lines, some of them further up or down."""
    start = draw(st.integers(0, 12))
    style = draw(st.sampled_from(STYLES))
    return [
        (y, 0, style if y == draw(st.integers(0, HEIGHT)) else "0", f"line {start + y} of the list".ljust(WIDTH))
        for y in range(HEIGHT)
    ]


FRAMES = st.lists(st.one_of(st.lists(pieces(), min_size=1, max_size=4), whole_frames()), min_size=1, max_size=12)


def opened() -> tuple[FrameDiffer, ResizableTerminal, ResizableTerminal]:
    """A mirror with its terminal, and one that gets what Textual writes; both show the same blank screen."""
    ours, stock = ResizableTerminal(), ResizableTerminal()
    frame_differ = FrameDiffer(lambda: ours.size)
    blank = "\x1b[?1049h" + frame([(y, 0, "0", " " * WIDTH) for y in range(HEIGHT)])
    frame_differ.feed(blank)
    ours.take(frame_differ.output())
    stock.take(blank)
    return frame_differ, ours, stock


@given(FRAMES, st.lists(st.booleans(), min_size=12, max_size=12))
def test_the_screen_is_that_of_the_frames(frames: list[list[tuple[int, int, str, str]]], is_sent: list[bool]) -> None:
    """Whether each frame is sent, or only the last of several."""
    frame_differ, ours, stock = opened()
    for each, now in zip(frames, is_sent, strict=False):
        frame_differ.feed(frame(each))
        stock.take(frame(each))
        if now:
            ours.take(frame_differ.output())
            assert ours.cells() == stock.cells()
    ours.take(frame_differ.output())
    assert ours.cells() == stock.cells()
    assert frame_differ.output() == ""


class Resized(Driver):
    """What the driver knows when SIGWINCH comes to an app that has laid out nothing for this size yet."""

    def __init__(self, frame_differ: FrameDiffer) -> None:
        self._frame_differ = frame_differ
        self._out = -1
        self._app = SimpleNamespace(post_message=lambda message: None, screen_stack=[])  # type: ignore[assignment]


def test_a_frame_for_a_size_that_is_over_hides_no_loss() -> None:
    """The terminal was one cell large for a moment. What the app drew for that is written when it is large again."""
    frame_differ, ours, stock = opened()
    whole = frame([(y, 0, "0", f"line {y}") for y in range(HEIGHT)])
    for terminal in (ours, stock):
        terminal.take(whole)
    frame_differ.feed(whole)
    frame_differ.output()
    for size in ((1, 1), (WIDTH, HEIGHT)):
        ours.lose(*size)
    frame_differ.feed(frame([(0, 0, "0", "l")]))
    Resized(frame_differ)._resized()
    frame_differ.feed(whole)
    ours.take(frame_differ.output())
    assert ours.cells() == stock.cells()


@given(FRAMES, FRAMES)
def test_after_somebody_else_wrote_on_it_all_is_painted(
    before: list[list[tuple[int, int, str, str]]], after: list[list[tuple[int, int, str, str]]]
) -> None:
    frame_differ, ours, stock = opened()
    for each in before:
        frame_differ.feed(frame(each))
        stock.take(frame(each))
    ours.take(frame_differ.output())
    ours.take("\x1b[2J\x1b[3;3H\x1b[31mBroadcast message\x1b[m")
    frame_differ.forget()
    ours.take(frame_differ.output())
    assert ours.cells() == stock.cells()
    for each in after:
        frame_differ.feed(frame(each))
        stock.take(frame(each))
        ours.take(frame_differ.output())
        assert ours.cells() == stock.cells()


@given(FRAMES, st.integers(WIDTH, WIDTH + 9), st.integers(HEIGHT, HEIGHT + 9))
def test_another_size_is_painted_whole(frames: list[list[tuple[int, int, str, str]]], width: int, height: int) -> None:
    frame_differ, ours, stock = opened()
    for each in frames:
        frame_differ.feed(frame(each))
        ours.take(frame_differ.output())
    ours = ResizableTerminal(width, height)
    frame_differ._size = lambda: ours.size
    stock = ResizableTerminal(width, height)
    frame_differ.forget()
    whole = frame([(y, 0, "0", f"{y}".ljust(width)) for y in range(height)])
    for text in (frame(frames[0]), whole, *map(frame, frames)):
        frame_differ.feed(text)
        stock.take(text)
        ours.take(frame_differ.output())
    assert ours.cells() == stock.cells()


@pytest.mark.parametrize("unknown", ["\x1b[2K", "\x1b(0", "\x1bP1$r\x1b\\", "past the edge" * 9])
def test_what_it_does_not_know_passes_and_all_is_painted_afterwards(unknown: str) -> None:
    frame_differ, _, _ = opened()
    frame_differ.feed(frame([(0, 0, "1", "before")]))
    frame_differ.feed(unknown)
    due = frame_differ.output()
    assert due.endswith(unknown)
    assert "before" in due
    frame_differ.feed(frame([(0, 0, "1", "before"), (1, 0, "0", "after")]))
    due = frame_differ.output()
    assert "before" in due
    assert "after" in due


def test_what_it_does_not_know_lands_where_it_was_written_in_its_style() -> None:
    frame_differ, ours, stock = opened()
    for text in (frame([(2, 3, "0", "b")]), frame([(4, 5, "1;38;5;160", "a\tcolumn")])):
        frame_differ.feed(text)
        ours.take(frame_differ.output())
        stock.take(text)
        assert ours.cells() == stock.cells()


@pytest.mark.parametrize(
    "aside", ["\x1b[?1000h", "\x1b[?2026$p", "\x1b]52;c;YQ==\x07", "\x1b]22;default\x1b\\", "\x07"]
)
def test_modes_and_messages_pass_in_their_order_and_nothing_is_forgotten(aside: str) -> None:
    frame_differ, _, _ = opened()
    frame_differ.feed(frame([(0, 0, "1", "before")]) + aside + frame([(1, 0, "0", "after")]))
    due = frame_differ.output()
    assert due.index("before") < due.index(aside) < due.index("after")
    frame_differ.feed(frame([(0, 0, "1", "before")]))
    assert frame_differ.output() == ""


def test_the_terminal_is_given_back_in_its_own_style() -> None:
    frame_differ, _, _ = opened()
    frame_differ.feed(frame([(0, 0, "1", "bold")]) + "\x1b[?1049l")
    assert frame_differ.output().endswith("\x1b[m\x1b[?1049l")


def test_a_list_that_scrolls_by_a_line_costs_a_line() -> None:
    frame_differ, ours, stock = opened()
    for start in range(8):
        text = frame([(y, 0, "0", f"line {start + y} of the list".ljust(WIDTH)) for y in range(HEIGHT)])
        frame_differ.feed(text)
        due = frame_differ.output()
        ours.take(due)
        stock.take(text)
        assert ours.cells() == stock.cells()
        assert start == 0 or len(due) < 60


# Styles.


def applied(state: dict[str, object], sequence: str) -> dict[str, object]:
    """A small terminal's idea of SGR: attributes and colours after a sequence."""
    state = dict(state)
    words = iter(sequence.removeprefix("\x1b[").removesuffix("m").split(";"))
    for word in words:
        match word:
            case "" | "0":
                state = {}
            case "38" | "48":
                kind = next(words)
                state[word] = (kind, *(next(words) for _ in range(1 if kind == "5" else 3)))
            case "39" | "49":
                state.pop(str(int(word) - 1), None)
            case "22":
                state.pop("1", None)
                state.pop("2", None)
            case "23" | "24" | "25" | "27" | "28" | "29":
                state.pop(word[1], None)
            case _ if len(word) == 1:
                state[word] = True
            case _:
                state["38" if word[0] in "39" else "48"] = word
    return state


def styles() -> Iterator[str]:
    for attributes in ("", "1", "2", "1;2", "1;7", "2;3;4"):
        for colours in ("", "38;5;166", "31", "97;41", "48;2;1;2;3", "39;49", "104"):
            yield ";".join(part for part in (attributes, colours) if part)


@given(st.sampled_from(list(styles())), st.sampled_from(list(styles())))
def test_a_change_of_style_ends_in_the_style(old: str, new: str) -> None:
    before = applied({}, f"\x1b[0;{old}m") if old else {}
    wanted = applied({}, f"\x1b[0;{new}m") if new else {}
    found = before
    for sequence in change(plain(old), plain(new)).split("m")[:-1]:
        found = applied(found, f"{sequence}m")
    assert found == wanted
    assert plain(plain(new)) == plain(new)
