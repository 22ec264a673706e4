"""README's moving picture shows the app as it is: `make picture` draws it anew."""

import re

from tests.docs.picture import ACT, COLUMNS, PICTURE, drawn, frames


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
