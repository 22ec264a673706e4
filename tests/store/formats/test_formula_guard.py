"""What a spreadsheet would run, and how it is kept from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.formats.formula_guard import guarded, unguarded, would_run

RISKY = st.text(alphabet="=+-@\t\r\n ;'\"＝＋－＠\u00a0aж1", max_size=12)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("  @SUM(1)", "'  @SUM(1)"),
        ("\t=1", "'\t=1"),
        ("＝1+1", "'＝1+1"),
        ("'=1", "''=1"),
        ('"=1', "'\"=1"),
        ("a; =1", "a;' =1"),
        ("quote\n-2", "quote\n'-2"),
        ("\rx", "'\rx"),
        ("it's - fine = so @ be it", "it's - fine = so @ be it"),
        ("'quoted' words", "'quoted' words"),
        ("", ""),
    ],
)
def test_what_would_run_is_guarded_and_nothing_else(text: str, safe: str) -> None:
    assert guarded(text) == safe


@given(RISKY | st.text())
def test_the_guard_can_be_taken_away_again(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(RISKY)
def test_no_piece_of_a_guarded_text_begins_as_a_formula(text: str) -> None:
    for line in guarded(text).split("\n"):
        for piece in line.split(";"):
            assert not would_run(piece) or piece.startswith("'")
