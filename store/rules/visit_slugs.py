"""The slugs of visits: derived from a place or a title, made unique, looked up."""

from __future__ import annotations

from store.did_you_mean import did_you_mean
from store.errors import NotFound
from store.text import fold, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from store.model.record_types import Visit

_LATIN = {
    **dict(zip("абвгдеёзийклмнопрстуфыэўқғҳ", "abvgdeeziyklmnoprstufyeoqgh", strict=True)),
    **{"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya"},
}
"""Cyrillic letter, Russian or Uzbek -> its transliteration."""


def known_visit(visits: Mapping[str, Visit], slug: str, field: str = "visit") -> Visit:
    """The visit with this slug, ignoring case; `field` is the parameter that named it.

    Raises: NotFound with the nearest known slug.
    """
    visit = visits.get(slug) or visits.get(fold(slug))
    if visit is None:
        near = did_you_mean(slug, list(visits))
        sentence = f'there is no visit "{visible(slug)}"{near}'
        raise NotFound(sentence, code="visit.unknown", field=field, values={"near": near})
    return visit


def slug_from(text: str) -> str:
    """Derive a slug of the letters a to z, digits and hyphens: `Лион` -> `lion`."""
    import unicodedata

    latin = "".join(_LATIN.get(letter, letter) for letter in text.casefold())
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    return "-".join("".join(c if c.isalnum() else " " for c in plain).split())


def is_slug(text: str) -> bool:
    """Whether a text is a valid slug."""
    return bool(text) and text == slug_from(text)


def free_slug(taken: Container[str], title: str, place: str, start: str) -> str:
    """An unused slug for a visit, from its place, else its title, and the year of its ISO day `start`.

    One that is in use gets a number appended: `lyon-2022-2`.
    """
    first = slug_from(place.split(",")[0]) or slug_from(title)[:30].strip("-") or "visit"
    slug, count = f"{first}-{start[:4]}", 1
    while slug in taken:
        count += 1
        slug = f"{first}-{start[:4]}-{count}"
    return slug
