"""Suggests the visits that a text may be of: by the days that it names, its place, its parties."""

from __future__ import annotations

import re

from store.capture.lazy_pattern import has_cyrillic, lazy
from store.capture.month_patterns import english_months, russian_months
from store.capture.parties.find_party_names import KnownNames
from store.fold_case_and_accents import fold
from store.rules.dates.words_en import MONTHS as ENGLISH
from store.rules.dates.words_ru import MONTHS as RUSSIAN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable

    from store.model.record_types import Visit
    from store.rules.party_names import Directory

_INSIDE, _MOST_INSIDE, _AT_TOP, _PLACE, _DAYS, _MONTH, _YEAR = 6, 4, 2, 3, 3, 2, 1
"""What a day within the visit counts that the text names with its year, the most that further ones add, one at the top;
the name of the place, in any case; first and last day, the month with the year, the year; each party of it 1.
"""
_TOP = 1_500
"""Characters in which the title of a report says of which days it is."""

_MONTHS = rf"(?P<month>{english_months()}|{russian_months()})"
_SPAN = r"(?:(?P<first>\d{1,2})(?:st|nd|rd|th)?(?: ?[–—-] ?| по | to | and | и ))?"
_DAY = lazy(
    rf"(?<![\d.])(?:{_SPAN}(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTHS},? (?P<year>20\d\d)"
    r"|(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>20\d\d)|(?P<iso>20\d\d-\d\d-\d\d))(?!\d)"
    rf"|{_MONTHS.replace('month', 'en')} {_SPAN.replace('first', 'from')}(?P<to>\d{{1,2}})(?:st|nd|rd|th)?, (?P<of>20\d\d)",
    re.IGNORECASE,
)


def likely_visits(text: str, visits: Iterable[Visit], parties: Directory) -> list[str]:
    """The slugs of the visits that a text may be of, the likeliest first, of two alike the newer one."""
    folded = fold(text)
    words_of_text = frozenset(re.findall(r"[^\W\d_]+|\d+", folded))
    known = KnownNames(parties)
    named = {each.party for each in known.mentions(text)}
    days, at_top = _days_in(text), frozenset(_days_in(text[:_TOP]))

    def score(visit: Visit) -> int:
        year = visit["start"][:4]
        found = len(named.intersection(known.at(visit).of_visit))
        found += _PLACE * _is_named(fold(visit.get("place", "")), folded, words_of_text)
        inside = [day for day in days if visit["start"] <= day <= visit["end"]]
        if inside:
            found += _INSIDE + min(_MOST_INSIDE, sum(days[day] for day in inside) - 1)
            found += _AT_TOP * any(day in at_top for day in inside)
        if year in folded:
            month = int(visit["start"][5:7])
            words = f"{ENGLISH[month - 1]} {RUSSIAN[month - 1]}".split()
            found += _YEAR
            if any(word in words_of_text for word in words):
                edges = {str(int(visit[edge][8:10])) for edge in ("start", "end")}
                found += _MONTH + _DAYS * (edges <= words_of_text)
        return found

    newest = sorted(visits, key=lambda visit: visit["start"], reverse=True)
    return [visit["slug"] for visit in sorted(newest, key=score, reverse=True)]


def _days_in(text: str) -> Counter[str]:
    """The ISO days that a text names with their year, and how often; of several its first and its last one."""
    from collections import Counter

    found: Counter[str] = Counter()
    for match in _DAY.finditer(text):
        if match["iso"]:
            found[match["iso"]] += 1
            continue
        year = match["year"] or match["y"] or match["of"]
        name = match["month"] or match["en"]
        month = _month(name) if name else int(match["m"])
        for day in (match["first"], match["day"], match["d"], match["from"], match["to"]):
            if day:
                found[f"{year}-{month:02}-{int(day):02}"] += 1
    return found


def _month(name: str) -> int:
    """The number of a month by its name, in any form."""
    low = fold(name)
    table = RUSSIAN if has_cyrillic(name) else ENGLISH
    return next((at for at, names in enumerate(table, 1) if any(low.startswith(each[:3]) for each in names.split())), 0)


def _is_named(place: str, text: str, words: frozenset[str]) -> bool:
    """Whether a text names a place, a Russian one in any case: `в Женеву`."""
    if not place:
        return False
    if place in text:
        return True
    stems = [re.sub(r"[аеиоуыьэюяй]{1,2}$", "", word) for word in re.findall(r"[^\W\d_]+", place)]
    if not has_cyrillic(place) or not all(len(stem) > 3 for stem in stems):
        return False
    return all(any(word.startswith(stem) and len(word) <= len(stem) + 3 for word in words) for stem in stems)
