"""The slugs of visits: derived from a place or a title, made unique, looked up."""

from __future__ import annotations

from store.errors import NotFound
from store.fold_case_and_accents import fold
from store.nearest_word import nearest
from store.sanitise_text import visible
from store.translation import tr

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

    Raises: NotFound with the slug that was meant.
    """
    visit = visits.get(slug) or visits.get(fold(slug))
    if visit is None:
        close = _nearest_slug(slug, visits)
        meant = _with_part(visits, slug) or ([close] if close else [])
        names = tr(" or ").join(tr('"{text}"', text=visible(each)) for each in meant[:_MOST_NAMED])
        near = tr("; did you mean {names}?", names=names) if meant else ""
        sentence = tr('there is no visit "{slug}"{near}', slug=visible(slug), near=near)
        values = {"near": near, "typed": slug, "meant": meant if len(meant) == 1 else []}
        raise NotFound(sentence, code="visit.unknown", field=field, values=values)
    return visit


def _nearest_slug(typed: str, visits: Mapping[str, Visit]) -> str | None:
    """The slug that a mistyped one is near to; the year that both end with makes them no nearer."""
    place = _without_year(typed)
    return nearest(typed, [slug for slug in visits if not place or nearest(place, [_without_year(slug)])])


def _without_year(slug: str) -> str:
    return fold(slug).rstrip("-0123456789")


_MOST_NAMED = 3
"""The visits that a refusal names at most."""


def slug_of_part(visits: Mapping[str, Visit], typed: str) -> str | None:
    """The slug of the only visit whose slug, title or place has these words; None where none or several have."""
    found = _with_part(visits, typed)
    return found[0] if len(found) == 1 else None


def _with_part(visits: Mapping[str, Visit], typed: str) -> list[str]:
    """The slugs of the visits whose slug, title or place has these words, the latest first."""
    words = f" {slug_from(typed).replace('-', ' ')}"
    found = [visit for visit in visits.values() if words.strip() and words in _named(visit)]
    return [visit["slug"] for visit in sorted(found, key=lambda visit: visit["start"], reverse=True)]


def _named(visit: Visit) -> str:
    """All words that name a visit, each behind a blank."""
    return " ".join(f" {slug_from(text).replace('-', ' ')}" for text in (visit["slug"], visit["title"], visit["place"]))


def slug_from(text: str) -> str:
    """Derive a slug of the letters a to z, digits and hyphens: `Лион` -> `lion`."""
    import unicodedata

    latin = "".join(_LATIN.get(letter, letter) for letter in text.casefold())
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    return "-".join("".join(c if c.isalnum() else " " for c in plain).split())


def is_slug(text: str) -> bool:
    """Whether a text is a valid slug."""
    return bool(text) and text == slug_from(text)


def free_slug(names: Container[str], title: str, place: str, start: str) -> str:
    """An unused slug for a visit, from its place, else its title, and the year of its ISO day `start`.

    One that is in use gets a number appended: `lyon-2022-2`.
    """
    first = slug_from(place.split(",")[0].strip().removeprefix("г.")) or slug_from(title)[:30].strip("-") or "visit"
    slug, count = f"{first}-{start[:4]}", 1
    while slug in names:
        count += 1
        slug = f"{first}-{start[:4]}-{count}"
    return slug
