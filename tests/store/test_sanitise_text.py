"""What is shown of typed text: nothing that acts, that nobody sees, or that climbs over the lines above."""

import sys
import unicodedata
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.sanitise_text import clean_line, clean_text, visible, without_unseen

_MARKS = ("Mn", "Me")


@cache
def _letters() -> list[str]:
    every = map(chr, range(0x20, sys.maxunicode + 1))
    return [letter for letter in every if unicodedata.category(letter) not in ("Cn", "Co")]


def test_no_character_gets_past_that_does_not_print() -> None:
    shown = visible("".join(_letters()))
    assert all(letter.isprintable() or letter in "\u200c\u200d" for letter in shown)
    for letter in _letters()[:0x3000]:
        alone = visible(f"a{letter}b")
        assert alone.isprintable() or letter in "\u200c\u200d", hex(ord(letter))


def test_no_pile_of_any_mark_is_higher_than_four() -> None:
    marks = [letter for letter in _letters() if unicodedata.category(letter) in _MARKS]
    assert len(marks) > 1_800
    for mark in marks:
        shown = visible(f"a{mark * 6}b")
        assert shown.count(mark) <= 4, hex(ord(mark))


@pytest.mark.parametrize("name", ["UNO{}DC", "{}UNODC", "UNODC{}", "МВ{}Д", "Π{}Σ", "UNODC {}x"])
@pytest.mark.parametrize("joiner", ["\u200c", "\u200d"])
def test_a_joiner_between_letters_that_it_does_not_join_is_written_out(name: str, joiner: str) -> None:
    assert visible(name.format(joiner)) == name.format(f"\\u{ord(joiner):04x}")


@pytest.mark.parametrize("text", ["UN\u200c\u200d\u200cODC", "\u2028\u200cA", "👩\u200d\u200d👧", "\u200c"])
def test_a_text_with_joiners_that_was_made_visible_stays_as_it_is(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize("text", ["می\u200cشود", "क\u094d\u200dष", "👩\u200d👧"])
def test_a_joiner_stays_where_it_joins(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    "seen",
    ["\u034f", "\u115f", "\u3164", "\u2800", "\u00ad", "\u200b", "\u202e", "\U0001d159", "\U00016fe4"],
)
def test_what_nobody_sees_is_written_out(seen: str) -> None:
    assert visible(f"МВД{seen} Узбекистана") != f"МВД{seen} Узбекистана"


UNSEEN = "\u00ad\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u202e\u2060\u2066\u3164\ufeff\U000e0041"


@pytest.mark.parametrize("unseen", UNSEEN)
def test_what_nobody_sees_goes_on_the_way_in(unseen: str) -> None:
    text = f"{unseen}ques{unseen}tionnaire {unseen} of МВ{unseen}Д{unseen}"
    for clean in (clean_line, clean_text, without_unseen):
        assert " ".join(clean(text).split()) == "questionnaire of МВД", clean
    assert clean_line(text) == "questionnaire of МВД"


def test_what_joins_letters_of_a_script_stays_on_the_way_in() -> None:
    for text in ("می\u200cشود", "क\u094d\u200dष", "👩\u200d👧"):
        assert clean_line(text) == clean_text(text) == without_unseen(text) == text


def test_what_acts_is_written_out_on_the_way_in() -> None:
    assert clean_line("\x1b[2J \x07\u202ex") == "\\x1b[2J \\x07x"


@given(st.text(st.sampled_from("".join(_letters()[::97]) + UNSEEN + " \n\u0301\u094dक\ue000a")))
def test_a_text_that_was_cleaned_stays_as_it_is(text: str) -> None:
    for clean in (clean_line, clean_text, visible):
        once = clean(text)
        assert clean(once) == once, clean


@pytest.mark.parametrize(
    "text",
    [
        "Направить список обученных сотрудников — № 12 «Следствие»",
        "Ўзбекистон Республикаси Ички ишлар вазирлиги, қўмита ва ҳоким",
        "Қазақстан Республикасы Ішкі істер министрлігі",
        "Ministère de l’Intérieur “Europe & Asia” – 5 €",
        "Υπουργείο Εξωτερικών",
        "nai\u0308ve with one mark",
    ],
)
def test_what_people_write_stays_as_it_is(text: str) -> None:
    assert visible(text) == text
    assert clean_line(f"  {text} ") == text
