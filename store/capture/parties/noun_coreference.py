"""Resolves a noun alone: `the Embassy`, `the Service` mean the one last named in full in the section."""

from __future__ import annotations

import re
from typing import NamedTuple

from store.capture.lazy_pattern import lazy
from store.fold_case_and_accents import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from store.capture.parties.find_party_names import Mention


class Called(NamedTuple):
    """An institution that was named in full; `is_new`: no party of the store has that name."""

    name: str
    is_new: bool


_NOUN = r"(?:Embassy|Consulate|Service|Agency|Office|Institute|Academy|Centre|Center|Bureau|Secretariat|Inspectorate|Department|Division|Directorate|Section|Unit|Committee|Commission|Council|Authority|Court|Bank|University)"
_CAPITAL = r"[A-Z][\w’'&\-]*"
_IN_FULL = lazy(
    rf"(?<![\w’'\-])(?:(?P<before>{_CAPITAL}(?: {_CAPITAL}){{0,4}}) )?(?P<noun>{_NOUN})\b"
    rf"(?P<behind>(?: (?:of|for|in|on)(?: the)?(?: {_CAPITAL})+(?: and(?: {_CAPITAL})+)?){{0,3}})"
)


def called_in(words: str, mentions: Sequence[Mention]) -> Iterator[tuple[str, Called]]:
    """The institutions that a sentence names in full, each with its folded noun."""
    for match in _IN_FULL.finditer(words):
        before = re.sub(r"^The ", "", match["before"] or "") if match["before"] != "The" else ""
        start = match.start("noun") - (len(before) + 1 if before else 0)
        its = [each for each in mentions if start <= each.start and each.end <= match.end()]
        if not (before or match["behind"]):
            continue
        if its:
            yield fold(match["noun"]), Called(its[0].party, is_new=False)
        elif "\ue000" not in match[0]:
            yield fold(match["noun"]), Called(words[start : match.end()], is_new=True)
