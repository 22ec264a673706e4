"""Sentences are cut the same with and without the library, which takes as long to load as three bare starts."""

import pytest

from store.capture.text_structure import sentences
from store.capture.text_structure.sentences import sentences_of
from tests.support.marked_texts import GIVEN, OWN, marked_texts


def test_what_is_cut_without_the_splitter_is_cut_as_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [each.text for which in (GIVEN, OWN) for each in marked_texts(which)]
    paragraphs = {" ".join(each.split()) for text in texts for each in text.split("\n\n")}
    plain = {each: list(sentences_of(each)) for each in paragraphs if sentences._plain_sentences(each) is not None}
    monkeypatch.setattr(sentences, "_plain_sentences", lambda _: None)
    assert plain == {each: list(sentences_of(each)) for each in plain}
    assert sum(len(spans) > 1 for spans in plain.values()) > 30


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("The U.S. side will send the list. U.S. experts will follow in June 2027. They agreed.", 3),
        ("The office moved.The Ministry will send the list.", 2),
        ("Mr. Smith will send it. No. 7 stays.", 2),
    ],
)
def test_initials_and_abbreviations_end_no_sentence(words: str, count: int) -> None:
    assert len(list(sentences_of(words))) == count
