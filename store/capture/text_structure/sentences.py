"""Cuts the words of a block into sentences: the library nupunkt, with what it does not know of Russian and of slips."""

from __future__ import annotations

import re

from store.capture.lazy_pattern import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NO_END = lazy(
    r"(?:(?<![\w])(?:[А-ЯЁA-Z]|г|гг|т|т\.\s?е|т\.\s?д|т\.\s?п|т\.\s?ч|ст|п|пп|ч|им|ул|д|стр|см|ср|тыс|млн|млрд|руб|долл|чел|др|проф|акад|"
    r"гр|г-н|г-жа|тов|обл|респ|зам|нач|ген|полк|подп|кап|лейт|м-р|No|Nos|no|para|paras|art|Art|p|pp|ca|approx|incl|"
    r"отв|исп|тел|ред|просп|рег|мин|resp|dept|tel|ext|attn|etc|fig|sec|vol|Mr|Mrs|Ms|Dr|Prof|Col|Lt|Gen|Maj|Capt|Sgt|St|H\.E|e\.g|i\.e|vs|cf|Amb|Hon|Sec|Dept|Insp|Supt)\.|№|U\.S\.|U\.N\.)$"
)
_ENDS_AFTER_ALL = lazy(r"(?:\bг|\bгг|т\.\s?д|т\.\s?п|\bдр|U\.S|U\.N)\.$")
"""Abbreviations that may end a sentence: they do where a capital follows that begins one."""

_YEAR_END = lazy(r"(?:\d{4} ?гг?|\bт\. ?г|\bс\. ?г)\.$")
"""A year and its abbreviation: a sentence ends there where a capital follows (`до 1 марта 2027 г. По итогам`)."""
_CAPITAL_RU = lazy(r"[А-ЯЁ](?:[а-яё]+|[А-ЯЁ]+|-[а-яё]+)?[ ,]")

_BEGINS = lazy(
    r"(?:The|In|At|On|A|An|It|They|We|This|These|Both|As|For|Under|Following|Стороны|Сторон|В|По|На|Также|Кроме|Он|Она|Они|МВД)\b"
)

_INNER_END = lazy(r"[.!?…][\"”»’)\]]*\s*(?=\S)")
"""Where a sentence may end within a line."""

_TOGETHER = lazy(r"(?<=[a-zа-яё)\"»”]{2}[.!?])(?=[A-ZА-ЯЁ][a-zа-яё]+[ ,])")
"""Where the blank between two sentences was forgotten: `ended.The Ministry`."""


def sentences_of(words: str) -> Iterator[tuple[int, int]]:
    """The spans of the sentences of a line."""
    if not _INNER_END.search(words):
        yield from _short_enough(words, 0, len(words))
        return
    if (plain := _plain_sentences(words)) is not None:
        for start, end in plain:
            yield from _short_enough(words, start, end)
        return
    from nupunkt import sentence_spans

    joined: list[list[int]] = []
    for start, end in _with_ends_that_were_missed(words, sentence_spans(words)):
        if joined and _is_no_end(_last_of(words, *joined[-1]), words[start : start + _BACK]):
            joined[-1][1] = end
        else:
            joined.append([start, end])
    for start, end in joined:
        at = start
        for cut in _TOGETHER.finditer(words, start, end):
            yield from _short_enough(words, at, cut.start())
            at = cut.start()
        yield from _short_enough(words, at, end)


_PLAIN_END = lazy(r"(?:[a-zа-яё]{4,}|\b\d{4})[.!?]\s+(?=[A-ZА-ЯЁ])")
"""An end that is none of an abbreviation: behind a long word or a year, and before a capital."""

_PLAIN_INITIAL = lazy(r"(?<!\w)[A-Z]\.(?=[A-Z]\.|\s+[a-z])")
"""A stop that ends nothing: of initials that go on, or before a small letter (`U.S. support`)."""


def _plain_sentences(words: str) -> list[tuple[int, int]] | None:
    """The spans where every sign that may end a sentence does; None where the splitter is needed, which takes to load."""
    cuts = list(_PLAIN_END.finditer(words))
    if len(cuts) + len(_PLAIN_INITIAL.findall(words)) != len(_INNER_END.findall(words)):
        return None
    found, at = [], 0
    for cut in cuts:
        stop = len(words[: cut.end()].rstrip())
        if _is_no_end(_last_of(words, at, stop), words[cut.end() : cut.end() + _BACK]):
            return None
        found.append((at, stop))
        at = cut.end()
    return [*found, (at, len(words.rstrip()))]


_MISSED = lazy(r"(?:(?<=[a-zа-яё]{2}[.!?])|(?<=\d г\.)|(?<=\dг\.)|(?<=[тс]\.г\.)|(?<=[тс]\. г\.))\s+(?=[A-ZА-ЯЁ])")
"""A stop behind a word in small letters, and a capital: an end, unless the word is an abbreviation (`so. UNODC`)."""

_VOWEL = lazy(r"[aeiouyаеёиоуыэюя]", re.IGNORECASE)


def _with_ends_that_were_missed(words: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans, cut also behind a short word that the splitter takes for an abbreviation."""
    for start, end in spans:
        at = start
        for cut in _MISSED.finditer(words, start, end):
            before = _last_of(words, at, cut.start())
            last = before.rpartition(" ")[2]
            if (_YEAR_END.search(before) and _CAPITAL_RU.match(words, cut.end())) or (
                _VOWEL.search(last) and "." not in last[:-1] and not _NO_END.search(before)
            ):
                yield at, cut.start()
                at = cut.end()
        yield at, end


_BACK = 60
"""Characters before an end, and behind it, that are looked at: more of an ever longer sentence takes ever longer."""


def _last_of(words: str, start: int, end: int) -> str:
    return words[max(start, end - _BACK) : end]


LONGEST = 2_000
"""Characters of a sentence: what is longer has no ends that are known here, and is cut at words."""


def _short_enough(words: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        cut = words.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut if cut > 0 else start + LONGEST
        yield start, cut
        start = cut + 1 if words[cut] == " " else cut
    if start < end:
        yield start, end


def _is_no_end(before: str, after: str) -> bool:
    """Whether a cut between sentences is wrong: an abbreviation, or a lower-case letter after it."""
    if _ENDS_AFTER_ALL.search(before) and _BEGINS.match(after):
        return False
    if _YEAR_END.search(before) and _CAPITAL_RU.match(after):
        return False
    if _NO_END.search(before):
        return True
    return after[:1].islower() and before[-1:] in ".,;"
