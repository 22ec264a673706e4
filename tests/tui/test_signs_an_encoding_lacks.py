"""The signs that a terminal gets for what its encoding lacks."""

from tui.signs_an_encoding_lacks import encoded, encoded_in_columns

SENTENCE = "«список» № 7 — 6–8 мая… А → Б"


def test_a_terminal_without_typographic_signs_gets_plain_ones() -> None:
    assert encoded(SENTENCE, "koi8-r").decode("koi8-r") == '"список" N 7 - 6-8 мая... А -> Б'


def test_what_has_no_plain_sign_is_an_escape() -> None:
    assert encoded("қор", "koi8-r").decode("koi8-r") == "\\u049bор"


def test_on_a_screen_each_character_keeps_its_column() -> None:
    drawn = encoded_in_columns(SENTENCE, "koi8-r").decode("koi8-r")
    assert drawn == '"список" N 7 - 6-8 мая. А - Б'
    assert encoded_in_columns("қ", "koi8-r") == b"?"
    assert len(drawn) == len(SENTENCE)
