"""Texts are compared without case and accents."""

from hypothesis import given
from hypothesis import strategies as st

from store.fold_case_and_accents import fold


@given(st.text(st.characters(min_codepoint=0x400, max_codepoint=0x52F) | st.sampled_from("Ёё`' aZ\u0306\u0301")))
def test_cyrillic_is_folded_alike_whatever_stands_beside_it(text: str) -> None:
    """A letter with an accent sends all of it the long way."""
    assert fold(text + " \u00e9") == fold(text + " e")


def test_case_and_accents_do_not_count() -> None:
    assert fold("\u0401лка `Й") == "елка 'й"
    assert fold("\u00c9cole \u2019S \u0142") == "ecole 's l"
