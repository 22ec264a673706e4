"""Which visits a text may be of: by its parties, its place, its days."""

from __future__ import annotations

import re

from store.capture.known_names import KnownNames
from store.rules.dates.words_en import MONTHS as ENGLISH
from store.rules.dates.words_ru import MONTHS as RUSSIAN
from store.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.model.record_types import Visit
    from store.rules.party_names import Directory

_PLACE, _DAYS, _MONTH, _YEAR = 3, 3, 2, 1
"""What the name of its place, its first and last day, its month with the year, its year count; each party of it 1."""


def likely_visits(text: str, visits: Iterable[Visit], parties: Directory) -> list[str]:
    """The slugs of the visits that a text may be of, the likeliest first, of two alike the newer one."""
    folded = fold(text)
    words_of_text = frozenset(re.findall(r"[^\W\d_]+|\d+", folded))
    known = KnownNames(parties)
    named = {each.party for each in known.mentions(text)}

    def score(visit: Visit) -> int:
        place, year = fold(visit.get("place", "")), visit["start"][:4]
        found = len(named.intersection(known.at(visit).of_visit)) + _PLACE * bool(place and place in folded)
        if year in folded:
            month = int(visit["start"][5:7])
            words = f"{ENGLISH[month - 1]} {RUSSIAN[month - 1]}".split()
            found += _YEAR
            if any(word in words_of_text for word in words):
                days = {str(int(visit[edge][8:10])) for edge in ("start", "end")}
                found += _MONTH + _DAYS * (days <= words_of_text)
        return found

    newest = sorted(visits, key=lambda visit: visit["start"], reverse=True)
    return [visit["slug"] for visit in sorted(newest, key=score, reverse=True)]
