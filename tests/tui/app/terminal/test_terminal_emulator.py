"""The terminal of the tests draws as terminals do: whole frames, and lines that move over lines never written."""

from tests.support.terminal_emulator import TerminalEmulator


def test_a_line_that_was_never_written_moves_up_as_a_blank_one() -> None:
    glass = TerminalEmulator(20, 6)
    glass.take(b"one\r\ntwo\r\n\r\nfour\x1b[1;4r\x1b[1H\x1b[2M\x1b[r")
    assert glass.lines() == ["", "four", "", "", "", ""]


def test_a_frame_is_shown_when_it_is_whole_and_one_that_nobody_ends_is_shown_in_the_end() -> None:
    glass = TerminalEmulator(20, 2)
    for piece, shown in (
        (b"\x1b[H\x1b[?20", ""),
        (b"26hhalf", ""),
        (b" of it\x1b[?2026", ""),
        (b"l\x1b[?2026h\rnever", "half of it"),
    ):
        glass.take(piece)
        assert glass.lines()[0] == shown
    glass.end_frame()
    assert glass.lines()[0] == "neverof it"
