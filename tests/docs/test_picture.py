"""README's pictures show the program as it is: `make picture` draws them anew."""

import re
import struct
from pathlib import Path

import pytest

from tests.docs import draw_sheet_png
from tests.docs.draw_screen_svg import ACT, COLUMNS, PICTURE, drawn, frames


def words_of(picture: str) -> list[str]:
    return re.findall(r">([^<]+)</text>", picture)


def test_the_picture_is_of_the_app_as_it_is() -> None:
    seen = frames()
    assert words_of(PICTURE.read_text(encoding="utf-8")) == words_of(drawn(seen)), "make picture draws it anew"
    assert any("9 d late" in line for line in seen[0].text)
    assert any("Meeting sheet" in line for line in seen[-2].text)


def test_the_picture_is_small_and_fetches_nothing() -> None:
    text = PICTURE.read_text(encoding="utf-8")
    assert len(text) < 1_000_000
    assert set(re.findall(r'(?:href|src)="([^"]{3})', text)) <= {f"#l{digit}" for digit in range(10)}
    assert "url(" not in text
    assert "<script" not in text
    assert all(len(key) + len(caption) + 4 < COLUMNS for key, caption, _, _ in ACT)


def assert_small_and_a_page(picture: Path) -> None:
    data = picture.read_bytes()
    assert data.startswith(b"\x89PNG")
    assert struct.unpack(">II", data[16:24]) == (draw_sheet_png.WIDTH, draw_sheet_png.HEIGHT)
    assert len(data) < 200_000


def test_the_picture_of_the_sheet_is_small_and_a_page() -> None:
    assert_small_and_a_page(draw_sheet_png.SHEET)


@pytest.mark.skipif(not draw_sheet_png.can_draw(), reason="chromium or pdftoppm is not installed")
def test_the_sheet_is_drawn_the_same_each_time(tmp_path: Path) -> None:
    first, second = tmp_path / "first.png", tmp_path / "second.png"
    for picture in (first, second):
        draw_sheet_png.draw(picture)
    assert_small_and_a_page(first)
    assert first.read_bytes() == second.read_bytes()
