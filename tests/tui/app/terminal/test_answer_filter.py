"""Answers to flow control never become keys: whole or in pieces, before, after and in the midst of what is typed."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tui.app.terminal.answer_filter import AnswerFilter

ANSWERS = st.sampled_from(["\x1b[1;1R", "\x1b[24;80R", "\x1b[120;300R", "\x1b[?62;22c"])
TYPED = st.sampled_from(
    ["j", "\x1b[B", "\x1b", "\x1b[1;5A", "\x1b[200~", "[12;3", "R", "国", "\x1bOR", "\x1b[12;3~", "c"]
)


def pieces(text: str, cuts: list[int]) -> list[str]:
    """The text, cut at these places."""
    edges = [0, *sorted({cut % (len(text) + 1) for cut in cuts}), len(text)]
    return [text[start:end] for start, end in pairwise(edges)]


@given(st.lists(st.one_of(ANSWERS, TYPED), max_size=12), st.lists(st.integers(0, 200), max_size=12))
def test_what_was_typed_passes_in_its_order_and_the_answers_are_counted(all_of_it: list[str], cuts: list[int]) -> None:
    answers = [each for each in all_of_it if len(each) > 5 and each[-1] in "Rc"]
    filter_, passed, kinds = AnswerFilter(), "", list[str]()
    for piece in pieces("".join(all_of_it), cuts):
        texts, found = filter_.cleaned(piece, is_asked=True)
        passed, kinds = passed + "".join(texts), kinds + found
    assert passed + filter_.released() == "".join(each for each in all_of_it if each not in answers)
    assert kinds == [answer[-1] for answer in answers]
    assert filter_.held == ""


def test_nothing_is_held_back_when_no_answer_is_due() -> None:
    filter_ = AnswerFilter()
    assert filter_.cleaned("j\x1b", is_asked=False) == (["j\x1b"], [])
    assert filter_.cleaned("\x1b[5;7R\x1b[", is_asked=False) == (["", "\x1b["], ["R"])
