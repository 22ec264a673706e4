"""A paste stays a paste, whatever is in it and however the line cuts it."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser

from tui.app.terminal.answer_filter import AnswerFilter
from tui.app.terminal.paste_filter import PasteFilter

BEGIN, END = "\x1b[200~", "\x1b[201~"
TEXT = st.text(st.sampled_from("ab\x1b[201~;m\n"), max_size=20).filter(lambda text: END not in text)


def pieces(text: str, cuts: list[int]) -> list[str]:
    edges = [0, *sorted({cut for cut in cuts if cut < len(text)}), len(text)]
    return [text[start:end] for start, end in pairwise(edges)]


@given(TEXT, st.lists(st.integers(1, 40), max_size=6))
def test_all_that_is_pasted_is_one_paste_without_escapes(pasted: str, cuts: list[int]) -> None:
    cleaned = PasteFilter().cleaned
    text = "".join(cleaned(piece) for piece in pieces(f"{BEGIN}{pasted}{END}xy", cuts))
    assert text == f"{BEGIN}{pasted.replace(chr(27), '')}{END}xy"


@given(
    st.lists(st.sampled_from(["\x1b", "[", "\x1b[", "20", "2", "01~", "1~", "\x1b[1;1R", "n", END[:4]]), max_size=9),
    st.lists(st.integers(1, 60), max_size=6),
)
def test_no_answer_of_a_terminal_in_what_is_pasted_makes_its_end(pasted: list[str], cuts: list[int]) -> None:
    """What is left of it, and of the answers, is text: the parser finds the end of the paste in the real one alone."""
    answers, pastes = AnswerFilter(), PasteFilter()
    text = "".join(pasted).replace(END, "")
    came = "".join(
        pastes.cleaned_apart(answers.cleaned(piece, is_asked=True)[0])
        for piece in pieces(f"{BEGIN}{text}{END}xy", cuts)
    )
    assert came.startswith(BEGIN)
    assert came.endswith(f"{END}xy")
    assert "\x1b" not in came[len(BEGIN) : -len(f"{END}xy")]


def test_an_escape_that_was_held_as_the_beginning_of_an_answer_is_no_key_in_a_paste() -> None:
    answers, pastes = AnswerFilter(), PasteFilter()
    came = pastes.cleaned_apart(answers.cleaned(f"{BEGIN}one\x1b", is_asked=True)[0])
    came += pastes.cleaned(answers.released()) + pastes.cleaned_apart(answers.cleaned(f" two{END}", is_asked=True)[0])
    assert came == f"{BEGIN}one two{END}"


@given(st.text(st.sampled_from("ab\x1b[A~2"), max_size=20), st.lists(st.integers(1, 40), max_size=6))
def test_keys_are_left_alone(keys: str, cuts: list[int]) -> None:
    cleaned = PasteFilter().cleaned
    assert "".join(cleaned(piece) for piece in pieces(keys, cuts)) == keys


def test_the_parser_makes_one_paste_of_it() -> None:
    parsed = list(XTermParser().feed(PasteFilter().cleaned(f"{BEGIN}one\x1b[31m red{END}")))
    assert [type(event) for event in parsed] == [events.Paste]
