"""Words that were meant as fields: which query they are, in the shell and in the filter bar."""

import pytest

from store.query.words_as_fields import as_spoken, as_text, readings, with_fields, words_of
from store.translation import speak
from store.translation_catalogue_and_plurals import load_catalogue


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("by mia to interpol", "by:mia to:interpol"),
        ("By MIA To INTERPOL overdue", "by:MIA to:INTERPOL overdue"),
        ("from unodc", "by:unodc"),
        ("letters to interpol about seats", "letters to:interpol about seats"),
        ("overdue or silent owner asel", "overdue or silent owner:asel"),
        ("visit lyon by mia uzbekistan", "visit:lyon by:mia uzbekistan"),
        ("by:mia to interpol", "by:mia to:interpol"),
        ('to "MIA Uzbekistan"', 'to:"MIA Uzbekistan"'),
        ("by mia or unodc", "by:mia or unodc"),
        ("by:mia to:interpol", None),
        ("to be done by", "to:be done by"),
        ("by overdue", None),
        ("not:by:mia", None),
        ("minister", None),
        ("", None),
    ],
)
def test_words_before_a_name_are_fields(typed: str, meant: str | None) -> None:
    terms = with_fields(words_of(typed))
    assert (None if terms is None else as_text(terms)) == meant


def test_a_word_that_nothing_has_may_be_a_visit_an_owner_or_a_kind() -> None:
    found = map(as_text, readings(["overdue", "lyon"]))
    assert list(found) == ["overdue visit:lyon", "overdue owner:lyon", "overdue kind:lyon"]
    assert list(readings(["overdue", "by:mia", "-silent"])) == []
    assert next(readings(["Done"])) == ["state:Done"]


def test_a_query_is_spoken_with_the_russian_words_of_the_language() -> None:
    assert as_spoken("now кому:интерпол") == "now кому:интерпол"
    speak(load_catalogue("ru"))
    try:
        assert as_spoken("now кому:интерпол or overdue") == "сейчас кому:интерпол или просрочено"
        assert as_spoken('now "open door"') == 'now "open door"'
    finally:
        speak(None)
