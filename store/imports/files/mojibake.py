"""Mend mojibake, letters that a program broke: UTF-8 that was read in an encoding of one byte, and saved again."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from re import compile as compile_pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from re import Match

_RUN = compile_pattern(r"[^\x00-\x7f]+")
_WORD = compile_pattern(r"[^\s;,\"]+")
_SAMPLE_SIZE = 2_000
"""Runs of letters beyond ASCII by which it is told whether they are broken."""

_BROKEN = 10
"""One run in so many may stand for itself: a sign that was added afterwards."""

_READ_AS = ("cp1252", "cp1251")


class BrokenLetters:
    """How a text was broken: the `encoding` in which its UTF-8 was read; `broken` and `whole` are a word of it."""

    __slots__ = ("broken", "encoding", "whole")

    def __init__(self, encoding: str, broken: str, whole: str) -> None:
        self.encoding = encoding
        self.broken = broken
        self.whole = whole

    def mend(self, text: str) -> str:
        """The text with its letters as they were."""
        return text if text.isascii() else _RUN.sub(self._mended, text)

    def _mended(self, run: Match[str]) -> str:
        return _whole(run[0], self.encoding) or run[0]


def broken_letters(texts: Iterable[str]) -> BrokenLetters | None:
    """How nearly all letters beyond ASCII in some texts were broken; None where they are whole."""
    runs = list(islice(((run[0], text) for text in texts for run in _RUN.finditer(text)), _SAMPLE_SIZE))
    for encoding in _READ_AS if runs else ():
        whole = [_whole(run, encoding) for run, _ in runs]
        if whole.count(None) * _BROKEN <= len(runs) and any(whole):
            first = next((place for place, each in enumerate(whole) if each and any(map(str.isalpha, each))), None)
            if first is None:
                continue
            found = BrokenLetters(encoding, "", "")
            run, text = runs[first]
            word = next((each for each in _WORD.findall(text) if run in each), run)
            found.broken, found.whole = word, found.mend(word)
            return found
    return None


@lru_cache(maxsize=2 * _SAMPLE_SIZE)  # Most words of a list stand in many of its rows.
def _whole(run: str, encoding: str) -> str | None:
    """The letters that a run of others was made of; None where it was not."""
    try:
        found = b"".join(_bytes(letter, encoding) for letter in run).decode("utf-8")
    except UnicodeError:
        return None
    least = 2 if encoding == "cp1251" else 1
    return found if len(found) >= least and found.isprintable() else None


def _bytes(letter: str, encoding: str) -> bytes:
    """The byte of a letter; those without one are written as control characters."""
    return letter.encode("latin-1") if "\x80" <= letter <= "\x9f" else letter.encode(encoding)
